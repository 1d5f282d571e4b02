"""Labelled blocks and claims → the fields of the record."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from . import credit, ending, printed, standfirst, stray
from . import headline as title
from .dateline import split_dateline
from .draft import Draft, once
from .label import Labelled
from .lexicon import Lexicon
from .model import BODY_KINDS, Block, Dateline, Kind, Page


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


MOST_LINES = 3  # in which a dateline above the lead stands: its place, its agency, its dash
LONGEST_LINE = 8  # words of each
_DASHES = frozenset("-–—")
_BULLET = re.compile(r"^[•▪●◦‣*·–-]\s+")


def split(page: Page, labelled: Labelled, lexicons: Sequence[Lexicon], language: str | None) -> Fields:
    """Find the fields among the blocks and take them out of the body."""
    return _Splitter(page, labelled, lexicons, language).fields()


class _Splitter(Draft):
    def fields(self) -> Fields:
        headline = self.headline()
        parted = credit.behind_headline(headline) if headline and not self.page.html else None
        above = self.dateline_above()
        who = credit.find(self)
        if parted is not None:
            headline, beside = parted
            who = who if who.authors else who._replace(byline=beside.text, authors=beside.authors)
        summary = standfirst.find(self, who.authors)
        who, unglued = credit.glued(self, who)
        dateline, lead = (above, {}) if above is not None else self.dateline(unglued)
        stray.clear(self)
        source, tails = ending.trim(self)
        ending.names_only(self, who.authors)
        ending.biographies(self, who.authors)
        return Fields(
            headline=headline,
            standfirst=summary,
            byline=who.byline,
            authors=who.authors,
            dateline=dateline,
            published=who.published,
            source=source or who.source or (dateline.agency if dateline else None),
            body=self.paragraphs({**tails, **unglued, **lead}),
            blocks=tuple(self.blocks),
        )

    def paragraphs(self, cut: dict[int, str]) -> tuple[str, ...]:
        """Return the texts of the body; ``cut`` has those of which a part went to another field."""
        texts = []
        for index, block in enumerate(self.blocks):
            if block.kept and block.kind in BODY_KINDS:
                text = cut.get(index, block.text)
                texts.append(_BULLET.sub("", text) if block.kind is Kind.LIST_ITEM else text)
        return tuple(text for text in texts if text)

    def headline(self) -> str | None:
        """Return the page's headline, or the one that is printed above a text."""
        choice = title.choose(self) if self.page.html else None
        if choice is not None:
            title.mark(self, choice)
        text = choice.text if choice is not None else self.printed_headline()
        return None if text is None else once(text)

    def dateline(self, cut: dict[int, str]) -> tuple[Dateline | None, dict[int, str]]:
        """Return the dateline of the lead, and the lead without it; ``cut`` has the lead without its byline."""
        # Two blocks, because what stands first may be a headline that reads like a sentence.
        body = self.body()
        for index in body[: bisect_left(body, self.first) + 2]:
            found = split_dateline(cut.get(index, self.blocks[index].text), self.language)
            if found is not None:
                return found[0], {index: found[1]}
        return None, {}

    def dateline_above(self) -> Dateline | None:
        """Return a dateline that stands in blocks of its own, straight above the lead."""
        if self.first == len(self.blocks) or not self.in_body(self.first):
            return None
        lead = self.blocks[self.first].text
        best: tuple[int, Dateline] | None = None
        for start in range(self.first - 1, max(self.first - MOST_LINES, 0) - 1, -1):
            if not self._may_be_dated(start) or (best is not None and best[1].place is not None):
                break
            front = " ".join(block.text for block in self.blocks[start : self.first])
            found = split_dateline(f"{front} {lead}", self.language) if front[-1] in _DASHES else None
            if found is not None and found[1] == lead:
                best = start, found[0]
        if best is None:
            return None
        for index in range(best[0], self.first):
            self.take(index, Kind.DATELINE, "a dateline above the lead")
        return best[1]

    def _may_be_dated(self, index: int) -> bool:
        return self.looks[index].words <= LONGEST_LINE and self.blocks[index].kind in (*BODY_KINDS, Kind.CHROME)

    # ------------------------------------------------------------------------------------------------ plain text

    def printed_headline(self) -> str | None:
        """Choose among the lines above and at the top of the body; None where no line is likely enough."""
        best = printed.choose(self.looks, self.table, self.chances, [block.text for block in self.blocks])
        if best is None:
            return None
        self.headline_at = best
        text = self.blocks[best].text
        folded, said = self.looks[best].folded, self.letters(best)
        if best == printed.subject(self.looks):
            text = re.split(r"[:：]\s?", text, maxsplit=1)[1]
            self.take(best, Kind.HEADLINE, "the subject of a mail's header")
        else:
            self.take(best, Kind.HEADLINE, "the line above the body that reads most like a headline")
        for index, look in enumerate(self.looks):
            again = look.folded == folded and self.letters(index) == said  # folding makes all numbers one
            if again and index != best and (index < self.first or self.blocks[index].kept):
                self.take(index, Kind.REPEAT, "repeats the headline", kept=False)
        return text
