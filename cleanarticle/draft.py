"""The story while its fields are being found: the labelled blocks, and where its head ends and its body begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .dates import Found, find_date
from .features import Look, tokens_of
from .label import Labelled
from .lexicon import Lexicon, fold
from .model import BODY_KINDS, Block, Claims, Kind, Page
from .structure import Shape, ancestors, mended, shape

ABOVE = 12  # blocks above the body that make its head, where no headline is known
BELOW = 4  # blocks of the body's beginning that may still be headline, byline or date
LONGEST_DATED = 30  # words of a line whose date is looked for
STAMP_WORDS = 14  # words of a line that is a date and little else
STAMP_REST = 24  # letters beside the date in such a line: "Last updated on", "min read"
SERIES_SHARE = 0.3  # of a body's running text; the elements that share less have no common shape

_NEITHER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return the letters and digits of a text, case folded: what two spellings of a headline share.

    >>> letters("Kicker – “The Title”")
    'kickerthetitle'
    """
    return _NEITHER.sub("", text.casefold())


JOINTS = ("", " ", " | ", " - ", " – ", " — ", ": ", " · ")
SHORTEST_SAID = 12  # characters of what a line says twice; shorter names may be double


def once(text: str) -> str:
    """Return what a line says twice or three times, once: templates print a headline, and its picture's name beside it.

    >>> once("Pier stays shut | Pier stays shut"), once("New York, New York")
    ('Pier stays shut', 'New York, New York')
    """
    for joint in JOINTS:
        for copies in (2, 3):
            size, rest = divmod(len(text) - (copies - 1) * len(joint), copies)
            if not rest and size >= SHORTEST_SAID and joint.join([text[:size]] * copies).casefold() == text.casefold():
                return text[:size]
    return text


def name_words(authors: Sequence[str]) -> list[list[str]]:
    """Return the words of the authors' names, folded; a name of one word is left out, it may be any word.

    >>> name_words(["Jane Roe", "dpa"])
    [['jane', 'roe']]
    """
    return [words for author in authors if len(words := tokens_of(fold(author))) > 1]


class Draft:
    """What the finders of the fields share; they change ``blocks`` through ``take`` alone."""

    def __init__(self, page: Page, labelled: Labelled, lexicons: Sequence[Lexicon], language: str | None) -> None:
        self.page = page
        self.claims: Claims = page.claims
        self.blocks: list[Block] = mended(labelled) if page.html else list(labelled.blocks)
        self.looks: Sequence[Look] = labelled.looks
        self.chances = labelled.chances
        self.table = labelled.table
        self.language = language
        self.lexicons = lexicons
        self._days: dict[int, Found | None] = {}
        self._letters: dict[int, str] = {}
        self.said: dict[str, int] = {}
        """What the classes of an element say of a standfirst, each looked at once."""
        self.authored: dict[str, bool] = {}
        """Whether they call it the author's."""
        self._words: dict[tuple[str, str], list[str]] = {}
        self.headline_at: int | None = None
        """The block that gave the headline."""
        body = [index for index, block in enumerate(self.blocks) if block.kept]
        self._body = body
        full = [index for index in body if self.looks[index].prose]
        self.top = body[0] if body else len(self.blocks)
        """The first kept block."""
        self.first = full[0] if full else self.top
        """The first kept paragraph."""
        third = full[2] if len(full) > 2 and not page.html else 0
        self.third = third if third <= self.first + 2 * BELOW else 0
        """Of a text the third paragraph, if it is near: the first is often a standfirst, and the byline stands between."""
        self.series: Counter[Shape] = Counter()
        """Words of running text in the body by the shape of their element; empty for text."""
        self.start = self.first
        """The first paragraph that is shaped like the body's others."""
        if page.html and full:
            self._find_series(full)

    def _find_series(self, full: Sequence[int]) -> None:
        for index in full:
            self.series[self.shape(index)] += int(self.looks[index].prose)
        shape, words = self.series.most_common(1)[0]
        if words < SERIES_SHARE * self.series.total() or self.count(shape, full) < 2:
            self.series.clear()
            return
        at = next(index for index in full if self.shape(index) == shape)
        if len([index for index in full if index < at]) <= BELOW:
            self.start = at

    def count(self, shape: Shape, indexes: Sequence[int]) -> int:
        """Return how many of the blocks have a shape."""
        return sum(self.shape(index) == shape for index in indexes)

    def shape(self, index: int) -> Shape:
        """Return the shape of a block's element."""
        return shape(self.blocks[index])

    def head(self) -> range:
        """Return the places where byline, date and standfirst are looked for: from the headline into the body's beginning."""
        begin = max(0, self.first - ABOVE)
        if self.headline_at is not None and self.headline_at < self.start and self.start - self.headline_at <= 4 * ABOVE:
            above = max(0, self.headline_at - 3)
            begin = above if self.page.html else min(begin, above)
        return range(begin, min(max(self.start + BELOW, self.third), len(self.blocks)))

    def day(self, index: int) -> Found | None:
        """Return the first whole date in a block of a line's length, looked up once."""
        if index not in self._days:
            text = self.blocks[index].text
            dated = self.looks[index].words <= LONGEST_DATED and (
                any(map(text.__contains__, "0123456789")) or (not text.isascii() and any(map(str.isdigit, text)))
            )
            self._days[index] = find_date(text, self.language) if dated else None
        return self._days[index]

    def letters(self, index: int) -> str:
        """Return the letters of a block, looked up once."""
        found = self._letters.get(index)
        if found is None:
            found = self._letters[index] = letters(self.blocks[index].text)
        return found

    def is_stamp(self, index: int) -> bool:
        """Tell a line that is a date, with a time or a word like “Updated”, and nothing else."""
        day = self.day(index)
        if day is None or self.looks[index].words > STAMP_WORDS:
            return False
        text = self.blocks[index].text
        behind = text[day.end :]
        second = find_date(behind, self.language)
        if second is not None:
            behind = behind[: second.start] + behind[second.end :]
        rest = sum(map(str.isalpha, text[: day.start])) + sum(map(str.isalpha, behind))
        return rest <= max(STAMP_REST, day.end - day.start)

    def take(self, index: int, kind: Kind, reason: str, *, kept: bool = True) -> None:
        """Give a block another kind and the reason for it."""
        self.blocks[index] = self.blocks[index]._replace(kind=kind, kept=kept, reason=reason)

    def in_body(self, index: int) -> bool:
        """Tell whether a block's text would reach the body as things stand."""
        block = self.blocks[index]
        return block.kept and block.kind in BODY_KINDS

    def body(self) -> list[int]:
        """Return the places of the blocks that make the body as things stand."""
        return [index for index in self._body if self.in_body(index)]

    def words(self, table: str, key: str) -> list[str]:
        """Return the phrases of a plain table of all lexicons."""
        found = self._words.get((table, key))
        if found is None:
            found = self._words[table, key] = [word for lexicon in self.lexicons for word in lexicon.words(table, key)]
        return found

    def repeated(self, text: str, reason: str, *, but: int | None = None) -> None:
        """Take every block out of the body that says just this."""
        folded, said = fold(text), letters(text)
        for index, look in enumerate(self.looks):
            if look.folded == folded and index != but and self.in_body(index) and self.letters(index) == said:
                self.take(index, Kind.REPEAT, reason, kept=False)


def overlap(words: set[str], tokens: Sequence[str]) -> float:
    """Return the share of words that two texts have in common, of the longer one."""
    other = set(tokens)
    return len(words & other) / max(len(words), len(other), 1)


__all__ = ["Draft", "Shape", "ancestors", "letters", "overlap"]
