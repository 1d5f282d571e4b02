"""Labelled blocks and claims → the fields of the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from . import credit, ending, standfirst
from . import headline as title
from .byline import read_byline
from .dateline import split_dateline
from .draft import ABOVE, BELOW, Draft
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


LONGEST_HEADLINE = 30  # words
_BULLET = re.compile(r"^[•▪●◦‣*·–-]\s+")


def split(page: Page, labelled: Labelled, lexicons: Sequence[Lexicon], language: str | None) -> Fields:
    """Find the fields among the blocks and take them out of the body."""
    return _Splitter(page, labelled, lexicons, language).fields()


class _Splitter(Draft):
    def fields(self) -> Fields:
        headline = self.headline()
        who = credit.find(self)
        summary = standfirst.find(self)
        dateline, lead = self.dateline()
        source, tails = ending.trim(self)
        ending.stray_stamps(self)
        ending.names_only(self, who.authors)
        return Fields(
            headline=headline,
            standfirst=summary,
            byline=who.byline,
            authors=who.authors,
            dateline=dateline,
            published=who.published,
            source=source or who.source or (dateline.agency if dateline else None),
            body=self.paragraphs({**tails, **lead}),
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
        if choice is None:
            return self.printed_headline()
        title.mark(self, choice)
        return choice.text

    def dateline(self) -> tuple[Dateline | None, dict[int, str]]:
        """Return the dateline of the lead, and the lead without it."""
        # Two blocks, because what stands first may be a headline that reads like a sentence.
        for index in range(self.top, min(self.first + 2, len(self.blocks))):
            if self.in_body(index):
                found = split_dateline(self.blocks[index].text, self.language)
                if found is not None:
                    return found[0], {index: found[1]}
        return None, {}

    # ------------------------------------------------------------------------------------------------ plain text

    def printed_headline(self) -> str | None:
        """Choose among the lines above and at the top of the body; None where nothing looks like one."""
        best, best_value = None, 0.0
        for index in range(max(0, self.first - ABOVE), min(self.first + 1, len(self.blocks))):
            value = self.headline_value(index)
            if value > best_value:
                best, best_value = index, value
        if best is None:
            return None
        self.headline_at = best
        text = self.blocks[best].text
        folded = self.looks[best].folded
        self.take(best, Kind.HEADLINE, "the line above the body that reads like a headline")
        for index, look in enumerate(self.looks):
            if index != best and look.folded == folded and (index < self.first or self.blocks[index].kept):
                self.take(index, Kind.REPEAT, "repeats the headline", kept=False)
        return text

    def headline_value(self, index: int) -> float:
        """Return how much a line looks like the headline; 0.0 for what cannot be one."""
        look, block = self.looks[index], self.blocks[index]
        if not 3 <= look.words <= LONGEST_HEADLINE or look.hit is not None or block.kind in (Kind.CAPTION, Kind.CREDIT):
            return 0.0
        if look.prose and index == self.first:
            return 0.0
        value = 1.0 - 0.03 * (self.first - index) + min(look.words, 12) / 24
        value += 0.5 if index == 0 else 0.0
        value += 0.4 if sum(other.folded == look.folded for other in self.looks[: self.first + BELOW]) > 1 else 0.0
        value -= 0.8 if look.closed else 0.0
        if self.is_stamp(index) or read_byline(block.text, self.words("byline", "lead"), self.language):
            return 0.0
        return max(value, 0.0)
