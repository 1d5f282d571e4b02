"""Labelled blocks and claims → the fields of the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .byline import Byline, clean_author, read_byline
from .dateline import find_signoff, split_dateline
from .dates import find_date
from .label import Labelled, is_stamp
from .lexicon import Lexicon, fold
from .model import BODY_KINDS, Block, Claims, Dateline, Kind, Page


class Fields(NamedTuple):
    """The record's fields as found, not yet normalised."""

    headline: str | None
    standfirst: str | None
    byline: str | None
    authors: tuple[str, ...]
    dateline: Dateline | None
    published: str | None
    source: str | None
    body: tuple[str, ...]
    blocks: tuple[Block, ...]


ABOVE = 12  # blocks above the body in which headline, byline and date are looked for
BELOW = 4  # blocks of the body's beginning that may still be headline, byline or date
LONGEST_HEADLINE = 30  # words
LONGEST_BYLINE = 30  # words
NEAR = 0.8  # share of words two texts must have in common to be the same headline
_BULLET = re.compile(r"^[•▪●◦‣*·–-]\s+")


def split(page: Page, labelled: Labelled, lexicons: Sequence[Lexicon], language: str | None) -> Fields:
    """Find the fields among the blocks and take them out of the body."""
    return _Splitter(page, labelled, lexicons, language).fields()


class _Splitter:
    def __init__(self, page: Page, labelled: Labelled, lexicons: Sequence[Lexicon], language: str | None) -> None:
        self.page = page
        self.claims: Claims = page.claims
        self.blocks = list(labelled.blocks)
        self.looks = labelled.looks
        self.chances = labelled.chances
        self.language = language
        self.lead_words = [word for lexicon in lexicons for word in lexicon.words("byline", "lead")]
        self.source_words = [word for lexicon in lexicons for word in lexicon.words("source", "lead")]
        body = [i for i, block in enumerate(self.blocks) if block.kept]
        full = [i for i in body if self.looks[i].prose]
        self.first = full[0] if full else body[0] if body else len(self.blocks)
        self.top = body[0] if body else len(self.blocks)

    def fields(self) -> Fields:
        headline = self.headline()
        byline, published, stamp_source = self.byline_and_date()
        standfirst = self.standfirst(headline)
        dateline, lead = self.dateline()
        source, tail = self.source()
        authors = self.claims.authors or (byline.authors if byline else ())
        if byline and not authors and byline.org:
            authors = (byline.org,)
        paragraphs: list[str] = []
        for index, block in enumerate(self.blocks):
            if block.kept and block.kind in BODY_KINDS:
                text = lead.get(index, tail.get(index, block.text))
                if block.kind is Kind.LIST_ITEM:
                    text = _BULLET.sub("", text)
                if text:
                    paragraphs.append(text)
        return Fields(
            headline=headline,
            standfirst=standfirst,
            byline=byline.text if byline else None,
            authors=tuple(authors),
            dateline=dateline,
            published=self.claims.published or published or (byline.published if byline else None),
            source=source or stamp_source or (dateline.agency if dateline else None),
            body=tuple(paragraphs),
            blocks=tuple(self.blocks),
        )

    def take(self, index: int, kind: Kind, reason: str, *, kept: bool = True) -> None:
        self.blocks[index] = self.blocks[index]._replace(kind=kind, kept=kept, reason=reason)

    # ------------------------------------------------------------------------------------------------ headline

    def headline(self) -> str | None:
        return self.claimed_headline() if self.claims.headlines else self.printed_headline()

    def claimed_headline(self) -> str | None:
        """Weigh the claims against what is visible: the claim that stands on the page as a heading wins."""
        best: str | None = None
        best_value = 0.0
        for rank, claim in enumerate(self.claims.headlines):
            words = set(fold(claim).split())
            for index, block in enumerate(self.blocks[: self.first + BELOW]):
                look = self.looks[index]
                if not words or look.words > 2 * LONGEST_HEADLINE or not look.tokens:
                    continue
                common = len(words.intersection(look.tokens)) / max(len(words), len(set(look.tokens)))
                if common < NEAR:
                    continue
                value = common + (1.0 if block.tag == "h1" else 0.3 if block.tag in ("h2", "h3") else 0.0) - 0.1 * rank
                if value > best_value:
                    best_value, best = value, block.text if block.tag in ("h1", "h2") else claim
        headline = best or self.claims.headlines[0]
        self.drop_copies(headline)
        return headline

    def drop_copies(self, headline: str) -> None:
        folded = fold(headline)
        found = False
        for index, block in enumerate(self.blocks[: max(self.first + BELOW, 60)]):
            if self.looks[index].folded == folded:
                kind = Kind.REPEAT if found else Kind.HEADLINE
                self.take(index, kind, "repeats the headline" if found else "the page's own claim, as printed", kept=not found)
                found = True
        for index in range(len(self.blocks)):
            if self.blocks[index].kept and self.blocks[index].kind in BODY_KINDS and self.looks[index].folded == folded:
                self.take(index, Kind.REPEAT, "repeats the headline", kept=False)

    def printed_headline(self) -> str | None:
        """Choose among the lines above and at the top of the body; None where nothing looks like one."""
        best, best_value = None, 0.0
        for index in range(max(0, self.first - ABOVE), min(self.first + 1, len(self.blocks))):
            value = self.headline_value(index)
            if value > best_value:
                best, best_value = index, value
        if best is None:
            return None
        text = self.blocks[best].text
        folded = self.looks[best].folded
        self.take(best, Kind.HEADLINE, "the line above the body that reads like a headline")
        for index, look in enumerate(self.looks):
            if index != best and look.folded == folded and (index < self.first or self.blocks[index].kept):
                self.take(index, Kind.REPEAT, "repeats the headline", kept=False)
        return text

    def headline_value(self, index: int) -> float:
        look, block = self.looks[index], self.blocks[index]
        if not 3 <= look.words <= LONGEST_HEADLINE or look.hit is not None or block.kind in (Kind.CAPTION, Kind.CREDIT, Kind.CHROME):
            if not (3 <= look.words <= LONGEST_HEADLINE and look.hit is None and block.kind is Kind.CHROME):
                return 0.0
        if look.prose and index == self.first:
            return 0.0
        value = 1.0 - 0.03 * (self.first - index)
        value += 0.5 if look.row[TITLE] else 0.0
        value += 0.4 if look.row[LATER] or look.row[EARLIER] else 0.0
        value -= 0.8 if look.row[CLOSED] else 0.0
        value += min(look.words, 12) / 24
        if is_stamp(block.text, look, self.language) or read_byline(block.text, self.lead_words, self.language):
            return 0.0
        return max(value, 0.0)

    # ------------------------------------------------------------------------------------------------ byline, date

    def byline_and_date(self) -> tuple[Byline | None, str | None, str | None]:
        byline: Byline | None = None
        published: str | None = None
        source: str | None = None
        begin = max(0, self.first - ABOVE)
        for index in range(begin, min(self.first + BELOW, len(self.blocks))):
            block, look = self.blocks[index], self.looks[index]
            if block.kind in (Kind.HEADLINE, Kind.REPEAT, Kind.CAPTION) or look.words > LONGEST_BYLINE:
                continue
            if byline is None:
                found = read_byline(block.text, self.lead_words, self.language)
                if found is not None:
                    byline = found
                    source = found.source
                    published = published or found.published
                    self.take(index, Kind.BYLINE, "reads like a credit line")
                    continue
            if is_stamp(block.text, look, self.language):
                day = find_date(block.text, self.language)
                published = published or (day.date if day else None)
                self.take(index, Kind.TIMESTAMP, "a date and nothing else", kept=published is not None)
        return byline, published, source

    # ------------------------------------------------------------------------------------------------ standfirst

    def standfirst(self, headline: str | None) -> str | None:
        """A claimed summary that stands on the page above the body, or straight at its top."""
        for claim in self.claims.standfirsts:
            words = set(fold(claim).split())
            if len(words) < 4:
                continue
            for index in range(max(0, self.first - ABOVE), min(self.first + BELOW, len(self.blocks))):
                look, block = self.looks[index], self.blocks[index]
                if not look.tokens or block.kind in (Kind.HEADLINE, Kind.BYLINE):
                    continue
                common = len(words.intersection(look.tokens)) / max(len(words), len(set(look.tokens)))
                if common >= NEAR and index <= self.first:
                    if index == self.first and self.looks[index].words > 60:
                        continue
                    self.take(index, Kind.STANDFIRST, "the page's own summary, as printed")
                    return block.text
        if self.claims.standfirsts and (headline is None or fold(self.claims.standfirsts[0]) != fold(headline)):
            return self.claims.standfirsts[0]
        return None

    # ------------------------------------------------------------------------------------------------ dateline, source

    def dateline(self) -> tuple[Dateline | None, dict[int, str]]:
        for index in range(self.top, len(self.blocks)):
            block = self.blocks[index]
            if not block.kept or block.kind not in BODY_KINDS:
                continue
            if index > self.first:
                break
            found = split_dateline(block.text, self.language)
            if found is not None:
                return found[0], {index: found[1]}
        return None, {}

    def source(self) -> tuple[str | None, dict[int, str]]:
        """The credit at the end of the story: a line of its own, or the tail of the last paragraph."""
        last = [i for i, block in enumerate(self.blocks) if block.kept and block.kind in BODY_KINDS][-3:]
        for index in reversed(last):
            found = find_signoff(self.blocks[index].text)
            if found is None:
                continue
            if found.whole:
                self.take(index, Kind.CREDIT, "the agency's sign-off", kept=found.source is not None)
                return found.source, {}
            return found.source, {index: found.rest}
        for index in range(self.first, len(self.blocks)):
            look = self.looks[index]
            if look.words <= 8:
                for lead in self.source_words:
                    if look.folded.startswith(lead) and len(look.folded) > len(lead) + 1:
                        name = self.blocks[index].text.split(":", 1)[-1].strip()
                        if name and name != self.blocks[index].text:
                            self.take(index, Kind.CREDIT, "names the source")
                            return name, {}
        return None, {}


CLOSED = 2
EARLIER, LATER, TITLE = 23, 24, 28  # places in features.TEXT

__all__ = ["Fields", "clean_author", "split"]
