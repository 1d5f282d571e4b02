"""What the scorer sees of a block: named numbers of its own text and of what stands around it.

Both readers feed the same features; a page adds those of its structure. A feature is a column: one number for each
block, made in one pass or a few, so the cost is linear in the length of the input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import sub, truediv
from types import MappingProxyType
from typing import NamedTuple

from .language import SENTENCE_ENDS
from .lexicon import Hit, fold
from .model import Block, Node

Row = Sequence[float]
Column = list[float]
Table = dict[str, Column]
"""Columns by the names of ``TEXT`` and ``PAGE``."""

PROSE = 8  # words; a closed line of at least so many is taken for running text
LONG = 60  # words; beyond it a paragraph is no more a paragraph
FULL = 20  # words; a closed line of so many is a full paragraph
SHORT = 8  # words; shorter blocks in a row make a list, a menu or a footer
CONTENT = 5  # letters; shorter words say little of what a text is about
FAR = 40  # blocks; distances beyond are all the same
VERY_FAR = 300  # blocks; comments go on for long behind their heading
MANY = 200  # blocks; from the top and from the bottom
WIDEST_GAP = 20  # characters
BLANK_LINE = 2  # characters of white space between blocks of a text that a blank line parts
OTHER = -6.0  # the weight of a block that is no running text in the search for the best window (trials: -4 to -10 do alike)
TIGHT = -15.0  # the same for a window that bridges less
LOUD = 3.0  # a word score beyond this says no more in the search for the best-scored window

TEXT: Mapping[str, str] = {
    "words": "words of the block; scripts without spaces count two characters a word",
    "chars": "characters of the block",
    "closed": "1 if it ends as a sentence does",
    "colon": "1 if it ends in a colon",
    "ellipsis": "1 if it breaks off with three dots",
    "commas": "commas a word",
    "capital share": "share of the words with a capital, 0 to 1",
    "digit share": "share of the characters that are digits, 0 to 1",
    "function share": "share of the words that are the language's commonest, 0 to 1; -1 where the language is not known",
    "opens": "first character: 1 capital, 2 small, 3 digit, 4 quote or bracket, 5 other sign, 0 letter without case",
    "address": "1 if it holds a web or mail address",
    "quotes": "quotation marks that open",
    "brackets": "brackets that open",
    "stamp": "1 if it holds a year or a time of day near its front",
    "hit": "lexicon phrase: 3 the whole block, 2 its beginning, 1 inside, 0 none",
    "repeats": "earlier blocks that say the same, at most 5",
    "repeated later": "later blocks that say the same, at most 5",
    "title overlap": "words in common with the page's title or the first line, as a share of the longer",
    "gap": "characters of white space before the block, plain text only",
    "words -1": "words of the block before", "words +1": "words of the next block",
    "capital -1": "capital share of the block before", "capital +1": "of the next",
    "near prose before": "words of running text before, fading by half a block", "near prose after": "the same after",
    "share before": "share of all running text that stands before, 0 to 1", "share after": "after",
    "prose of all": "words of running text in the whole input",
    "in window": "1 inside the run of blocks with the most running text",
    "from window start": "blocks from its start, negative before it", "from window end": "blocks to its end, negative behind it",
    "in tight window": "1 inside the run found when other blocks weigh more against it",
    "window share": "share of all running text in that run",
    "position": "place among the blocks, 0 to 1", "from top": "blocks above", "from bottom": "blocks below", "blocks": "blocks in all",
    "short run": "length of the run of short blocks it is part of, 0 outside",
    "to hit before": "blocks back to a lexicon phrase", "to hit after": "blocks on to one",
    "hits above": "share of all lexicon phrases that stand above", "hits below": "below",
    "shared words": "share of its longer words that the best run has elsewhere; -1 without such words",
    "shared words 3 around": "mean over three blocks to both sides", "shared words 10 before": "mean over ten before",
    "shared words 10 after": "mean over ten after",
    "stamps 10 around": "short lines with a stamp, within ten blocks",
    "to comments": "blocks back to a phrase of comments, accounts or forms", "to related": "of related stories, promotion, subscription",
    "word score": "sum of the weights of the block's words and of its form",
    "score -1": "word score of the block before", "score +1": "of the next",
    "score 3 around": "mean word score over three blocks to both sides", "score 3 before": "three before", "score 3 after": "three after",
    "score 10 before": "ten before", "score 10 after": "ten after", "score 30 before": "thirty before", "score 30 after": "thirty after",
    "score of all": "mean over all blocks",
    "in scored window": "1 inside the run of blocks with the highest sum of word scores",
    "from scored start": "blocks from its start, negative before it", "from scored end": "blocks to its end, negative behind it",
}  # fmt: skip
"""What each column holds; words are counted as ``words`` counts them, distances end at ``FAR`` or ``VERY_FAR`` blocks."""

PAGE: Mapping[str, str] = {
    "link share": "share of the characters inside links, 0 to 1", "link share -1": "of the block before", "link share +1": "of the next",
    "links 5 around": "mean over five blocks to both sides",
    "tag": "family of its element, see _TAGS", "heading level": "1 to 6 for headings, else 0",
    "hint score": "sum of the weights of the class and id words of its element, its parent and its inline elements",
    "hint 3 around": "mean of that over three blocks to both sides, inline elements aside",
    "hint lowest": "lowest hint weight on the way from the root", "hint faded": "hint weights from the root, fading by a fifth a step",
    "depth": "elements from the root",
    "in article": "1 inside <article> or <main>", "in aside": "1 inside <aside>, <nav>, <header>, <footer>, <form>; 2 more where hidden",
    "in list": "1 inside a list", "in table": "1 inside a table", "in quote": "1 inside <blockquote> or <figure>",
    "hub depth": "steps from the container of the most running text up to one that holds the block too",
    "hub steps": "steps from the block up to that one", "hub share": "share of all running text in the container",
    "same tag -1": "1 if the block before has the same family of element", "same tag +1": "the next",
    "parent share": "share of all running text under the same parent", "to h1": "blocks from the first <h1>; -41 without one",
    "link runs": "length of the run of blocks that are mostly link",
}  # fmt: skip

TEXT_NAMES = tuple(TEXT)
PAGE_NAMES = (*TEXT, *PAGE)

_TOKEN = re.compile("[\\w'#\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u200c\u200d]+")
_SPACED = bytes(code if chr(code).isalnum() or chr(code) in "_'#" else 32 for code in range(128)) + b" " * 128
_CHARWISE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CLOSES = re.compile(rf"[{SENTENCE_ENDS}][\"'”’“‘»«›‹)\]」』]*(?:\[\d{{1,3}}\])?$")
_SIGNED_OFF = re.compile(r"(?<=[^\W\d_][^\W\d_][.!?])\s[A-Z]{2,5}$")  # an agency's letters behind the last sentence
_INITIALED = re.compile(r"[.!?…\"”»“]\s?[(\[][a-zäöüß]{2,4}(?:[/,.;]\s?[a-zäöüß]{2,4}){0,3}[)\]]$")  # its writer's initials
_STAMP = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[:.]\d\d)(?!\d)")
_HOW = {"whole": 3.0, "start": 2.0, "inside": 1.0}
_DOTS = frozenset(".…]")
_OPENING_MARKS = frozenset("\"'“‘«„([「（")


class Look:
    """What later stages need of one block."""

    __slots__ = ("closed", "content", "folded", "hit", "prose", "tokens", "words")

    def __init__(self, folded: str, hit: Hit | None, tokens: list[str], words: float, closed: bool, content: frozenset[str]) -> None:
        self.folded = folded
        self.hit = hit
        self.tokens = tokens
        """Its words, folded."""
        self.words = words
        """Words; scripts without spaces count two characters a word."""
        self.closed = closed
        """It ends as a sentence does."""
        self.prose = (words if words < LONG else float(LONG)) if closed and words >= PROSE else 0.0
        """Its words if it is running text, at most ``LONG``; else 0."""
        self.content = content
        """Its longer words, folded."""


class Lens:
    """What the blocks of one language are looked at through.

    The short blocks of the last document are remembered: a site's chrome recurs from page to page.
    """

    __slots__ = ("common", "find", "known", "longest_scored", "vocabulary")

    def __init__(
        self,
        find: Callable[[str], Hit | None] = lambda _: None,
        common: Collection[str] = (),
        vocabulary: Mapping[str, float] = MappingProxyType({}),
        longest_scored: float = float("inf"),
    ) -> None:
        self.find = find
        """Looks a folded block up in the lexicons."""
        self.common = common
        """The function words of the language, empty if it is not known."""
        self.vocabulary = vocabulary if isinstance(vocabulary, Vocabulary) else Vocabulary(vocabulary)
        """The weights of the word score."""
        self.longest_scored = longest_scored
        """Words; of a block of so many the form alone is scored: in a language whose words were not learned, the weights of a name
        or a loan word judge a menu well and a paragraph badly."""
        self.known: dict[str, _Seen] = {}


def measure(blocks: Sequence[Block], lens: Lens, title: str | None = None) -> tuple[list[Look], Table]:
    """Return the look of every block, and the columns of ``TEXT``.

    ``title`` is the page's claimed headline (plain text has none: its first line stands in).
    """
    table: Table = {}
    looks, scores = _alone(blocks, lens, table)
    _repeats(looks, title, table)
    _layout(blocks, table)
    window = best_window(looks)
    _around(looks, window, table)
    _topics(looks, window, table)
    _scores(scores, looks, table)
    return looks, table


def rows_of(table: Table, names: Iterable[str]) -> list[tuple[float, ...]]:
    """Return the rows of some columns, one row a block."""
    return list(zip(*(table[name] for name in names), strict=True))


# ------------------------------------------------------------------------------------------------ the block alone

_ALONE = TEXT_NAMES[: TEXT_NAMES.index("hit") + 1]


_Seen = tuple[Look, float, tuple[float, ...]]
"""The look of a block, its word score and its row of ``_ALONE``."""

MOST_KNOWN = 1000  # blocks of the last document that a lens remembers; about 1 kB each
LONGEST_KNOWN = 100  # characters; longer blocks seldom stand on two pages


def _alone(blocks: Sequence[Block], lens: Lens, table: Table) -> tuple[list[Look], Column]:
    """Look at every block; blocks that say the same are looked at once. Returns the looks and the word scores."""
    known = lens.known
    here: dict[str, _Seen] = {}
    seen: list[_Seen] = []
    for block in blocks:
        text = block.text
        one = here.get(text)
        if one is None:
            one = here[text] = known.get(text) or _seen(text, lens)
        seen.append(one)
    lens.known = {text: one for text, one in here.items() if len(text) <= LONGEST_KNOWN} if len(here) <= MOST_KNOWN else {}
    if not seen:
        table.update((name, []) for name in _ALONE)
        return [], []
    looks, scores, rows = zip(*seen, strict=True)
    table.update(zip(_ALONE, map(list, zip(*rows, strict=True)), strict=True))
    return list(looks), list(scores)


def tokens_of(folded: str) -> list[str]:
    """Return the words of a folded text: runs of letters, digits, number signs and apostrophes.

    >>> tokens_of("don't read more: # comments")
    ["don't", 'read', 'more', '#', 'comments']
    """
    return folded.encode().translate(_SPACED).decode().split() if folded.isascii() else _TOKEN.findall(folded)


def head_of(text: str) -> list[str]:
    """Return the first ``LONG`` words as printed, and the rest as one."""
    return text.split(None, LONG)


def _seen(text: str, lens: Lens) -> _Seen:
    """Return the look of a block, its word score and its row of ``_ALONE``."""
    folded = fold(text)
    hit = lens.find(folded)
    tokens = tokens_of(folded)
    chars = len(text)
    count = float(len(tokens))
    last = text[-1:]
    if last.isupper():
        closed = _SIGNED_OFF.search(text, max(chars - 10, 0)) is not None
    else:
        closed = (not last.isalnum() or last > "\u0e00") and _CLOSES.search(text, max(chars - 8, 0)) is not None
        if not closed and last in ")]":
            closed = _INITIALED.search(text, max(chars - 24, 0)) is not None
    content = frozenset([token for token in tokens if len(token) >= CONTENT])
    charwise = False
    if text.isascii():
        commas, quotes = text.count(","), text.count('"')
    else:
        dense = _CHARWISE.findall(text)
        charwise = len(dense) > count  # without spaces, and nothing of its form can be told by words
        if charwise:
            content = frozenset(dense)
        count = max(count, len(dense) / 2)
        commas, quotes = sum(map(text.count, ",，、،")), sum(map(text.count, '"“„«「'))
    size = count or 1.0
    form = form_of(text)
    digits = sum(map(text.count, "0123456789")) if "#" in folded else 0
    common = lens.common
    row = (  # floats all: to compare a float with a number of another kind takes the trees twice as long
        count,
        float(chars),
        1.0 if closed else 0.0,
        1.0 if last == ":" or last == "：" else 0.0,
        1.0 if last in _DOTS and text.endswith(("...", "…", "[…]", "[...]")) else 0.0,
        commas / size,
        form.capitals / (form.words or 1),
        digits / (chars or 1),
        sum(map(common.__contains__, tokens)) / size if common else -1.0,
        _opens(text[:1]),
        1.0 if chars < 600 and _has_address(text) else 0.0,
        float(quotes),
        float(text.count("(") + text.count("[")),
        1.0 if digits > 1 and _STAMP.search(text, 0, 200) is not None else 0.0,
        0.0 if hit is None else _HOW[hit.how],
    )
    weights = chain(
        () if charwise else lens.vocabulary.of_form(form), lens.vocabulary.of_words(tokens) if count < lens.longest_scored else ()
    )
    return Look(folded, hit, tokens, count, closed, content), sum(filter(None, weights), 0.0), row


def _has_address(text: str) -> bool:
    return "@" in text or "://" in text or ("." in text and ("www." in text or ".com" in text or ".org" in text))


def _opens(first: str) -> float:
    if first.isalpha():
        return 1.0 if first.isupper() else 2.0 if first.islower() else 0.0
    return 3.0 if first.isdigit() else 4.0 if first in _OPENING_MARKS else 5.0


def _repeats(looks: Sequence[Look], title: str | None, table: Table) -> None:
    times = Counter([look.folded for look in looks])
    seen: dict[str, int] = {}
    earlier: Column = []
    later: Column = []
    for look in looks:
        if times[look.folded] == 1:
            earlier.append(0.0)
            later.append(0.0)
        else:
            before = seen.get(look.folded, 0)
            seen[look.folded] = before + 1
            earlier.append(float(min(before, 5)))
            later.append(float(min(times[look.folded] - before - 1, 5)))
    wanted = frozenset(tokens_of(fold(title)) if title else looks[0].tokens if looks else ())
    overlap = [
        0.0 if look.words >= LONG or wanted.isdisjoint(look.tokens) else _overlap(look.tokens, wanted)  # most share no word
        for look in looks
    ]
    table["repeats"], table["repeated later"], table["title overlap"] = earlier, later, overlap


def _overlap(tokens: Sequence[str], wanted: frozenset[str]) -> float:
    return sum(map(wanted.__contains__, tokens)) / max(len(tokens), len(wanted))


def _layout(blocks: Sequence[Block], table: Table) -> None:
    gaps: Column = []
    last = 0
    for block in blocks:
        if block.start is None or block.end is None:
            gaps.append(0.0)
        else:
            gap = block.start - last
            gaps.append(float(gap if gap < WIDEST_GAP else WIDEST_GAP))
            last = block.end
    table["gap"] = gaps


# ------------------------------------------------------------------------------------------------ what stands around it


def _shifted(column: Column, by: int, pad: float = 0.0) -> Column:
    """The column as seen ``by`` blocks further on (negative: back)."""
    if abs(by) >= len(column):
        return [pad] * len(column)
    return [pad] * -by + column[:by] if by < 0 else column[by:] + [pad] * by


def _window(total: Sequence[float], before: int, after: int) -> Column:
    """Differences of running totals: for each block the sum from ``before`` blocks back to ``after`` blocks on."""
    n = len(total) - 1
    low = [0.0] * min(before, n) + list(total[: max(n - before, 0)]) if before >= 0 else total[1:]
    high = list(total[min(after + 1, n) : n + 1])[:n] + [total[n]] * min(max(after, 0), n)
    return list(map(sub, high, low))


def _totals(column: Column) -> Column:
    """Running totals: 0 before the first block, then the sum up to each."""
    return list(accumulate(column, initial=0.0))


def _means(totals: Sequence[float], before: int, after: int) -> Column:
    """Mean of a column with these running totals over the blocks from ``before`` back to ``after`` on; 0 where there are none.

    ``before=5, after=-1`` looks at the five blocks before; ``before=3, after=3`` at three to both sides and the block itself.
    """
    return list(map(truediv, _window(totals, before, after), _window_sizes(len(totals) - 1, before, after)))


@lru_cache(maxsize=8)
def _window_sizes(n: int, before: int, after: int) -> Column:
    """Number of the blocks that ``_means`` looks at; 1 where there are none, for dividing."""
    return [count or 1.0 for count in _window(range(n + 1), before, after)]


def _faded(column: Column, keep: float) -> Column:
    """Sum of all blocks before, each block further back counting ``keep`` times less."""
    out: Column = []
    total = 0.0
    for value in column:
        out.append(total)
        total = (total + value) * keep
    return out


def _back(flags: Sequence[bool], far: float = FAR) -> Column:
    """Blocks back to the last flagged one, itself not counted, at most ``far``."""
    out: Column = []
    distance = far
    for flag in flags:
        out.append(distance)
        distance = 1.0 if flag else distance + 1 if distance < far else far
    return out


def _on(flags: Sequence[bool], far: float = FAR) -> Column:
    return _back(flags[::-1], far)[::-1]


def _run_lengths(flags: Sequence[bool]) -> Column:
    """Length of the run of flagged blocks around each, at most ``FAR``; 0 outside of one."""
    lengths = [0.0] * len(flags)
    i = 0
    while i < len(flags):
        j = i
        while j < len(flags) and flags[j]:
            j += 1
        if j > i:
            lengths[i:j] = [float(min(j - i, FAR))] * (j - i)
        i = j + 1
    return lengths


def _best_run(values: Iterable[float]) -> tuple[int, int]:
    """Return begin and end of the run with the greatest sum; (0, 0) if nothing is above 0."""
    best = (0, 0)
    most = current = 0.0
    begin = 0
    for i, value in enumerate(values):
        if current <= 0:
            current, begin = 0.0, i
        current += value
        if current > most:
            most, best = current, (begin, i + 1)
    return best


def best_window(looks: Sequence[Look], other: float = OTHER) -> tuple[int, int]:
    """Return the run of blocks with the most running text, any other block counting ``other``."""
    return _best_run([look.prose or other for look in looks])


def _places(n: int, begin: int, stop: int) -> tuple[Column, Column, Column]:
    """In it or not, blocks from its start and to its end."""
    inside = [0.0] * begin + [1.0] * (stop - begin) + [0.0] * (n - stop)
    return inside, _ramp(n, begin), _ramp(n, n - stop)[::-1]


def _ramp(n: int, zero: int) -> Column:
    """Steps from the block ``zero`` on, negative before it, at most ``FAR``."""
    middle = [float(i) for i in range(max(-FAR, -zero), min(FAR, n - zero))]
    return ([-float(FAR)] * (zero - FAR) + middle + [float(FAR)] * (n - zero - FAR))[:n]


def _around(looks: Sequence[Look], window: tuple[int, int], table: Table) -> None:
    n = len(looks)
    for name, column in (("words", table["words"]), ("capital", table["capital share"])):
        table[f"{name} -1"], table[f"{name} +1"] = _shifted(column, -1), _shifted(column, 1)
    prose = [look.prose for look in looks]
    table["near prose before"], table["near prose after"] = _faded(prose, 0.5), _faded(prose[::-1], 0.5)[::-1]
    total = sum(prose)
    before = [0.0, *accumulate(prose)]
    table["share before"] = [value / (total or 1.0) for value in before[:n]]
    table["share after"] = [(total - value) / (total or 1.0) for value in before[1:]]
    table["prose of all"] = [total] * n
    begin, stop = window
    table["in window"], table["from window start"], table["from window end"] = _places(n, begin, stop)
    tight = best_window(looks, TIGHT)
    table["in tight window"] = _places(n, *tight)[0]
    table["window share"] = [(before[stop] - before[begin]) / (total or 1.0)] * n
    table["position"] = [i / n for i in range(n)]
    table["from top"] = [float(i if i < MANY else MANY) for i in range(n)]
    table["from bottom"] = [float(n - i if n - i < MANY else MANY) for i in range(n)]
    table["blocks"] = [float(min(n, 5 * MANY))] * n
    table["short run"] = _run_lengths([look.words < SHORT for look in looks])
    hits = [look.hit is not None for look in looks]
    table["to hit before"], table["to hit after"] = _back(hits), _on(hits)
    above = [0, *accumulate(hits)]
    every = above[-1] or 1
    table["hits above"] = [value / every for value in above[:n]]
    table["hits below"] = [(above[-1] - value) / every for value in above[1:]]


_COMMENTS = frozenset(("comment", "account", "form"))
_RELATED = frozenset(("related", "promotion", "subscribe"))


def _topics(looks: Sequence[Look], window: tuple[int, int], table: Table) -> None:
    """What a block is about, and the forms that recur around it."""
    begin, stop = window
    holders = Counter(chain.from_iterable([look.content for look in looks[begin:stop]]))
    often = frozenset(word for word, count in holders.items() if count > 1)
    known = frozenset(holders)
    shared: Column = []
    for i, look in enumerate(looks):
        if look.content:
            shared.append(len(look.content & (often if begin <= i < stop else known)) / len(look.content))
        else:
            shared.append(-1.0)
    table["shared words"] = shared
    totals = _totals(shared)
    table["shared words 3 around"] = _means(totals, 3, 3)
    table["shared words 10 before"], table["shared words 10 after"] = _means(totals, 10, -1), _means(totals, -1, 10)
    stamps = [1.0 if stamp and look.words < 2 * SHORT else 0.0 for look, stamp in zip(looks, table["stamp"], strict=True)]
    table["stamps 10 around"] = _window(_totals(stamps), 10, 10)
    table["to comments"] = _back([look.hit is not None and look.hit.topic in _COMMENTS for look in looks], VERY_FAR)
    table["to related"] = _back([look.hit is not None and look.hit.topic in _RELATED for look in looks], VERY_FAR)


# ------------------------------------------------------------------------------------------------ words

HEAD_WORDS, TAIL_WORDS = 24, 8  # words; of a longer block the word score reads its beginning and its end. 12 do as well on whole
# documents, but lose paragraphs of short ones
WHOLE_WORDS = 6  # words; a block of so many is also looked up whole


def word_keys(tokens: Sequence[str]) -> list[str]:
    """Return what the word score looks up: words, pairs, the first one to three, the last two, a short block whole."""
    if len(tokens) > HEAD_WORDS + TAIL_WORDS:
        tokens = [*tokens[:HEAD_WORDS], *tokens[-TAIL_WORDS:]]
    if not tokens:
        return []
    keys = list(tokens)
    keys += map(" ".join, pairwise(tokens))
    keys += ("^" + tokens[0], "^" + " ".join(tokens[:2]), "^" + " ".join(tokens[:3]), tokens[-1] + "$", " ".join(tokens[-2:]) + "$")
    if len(tokens) <= WHOLE_WORDS:
        keys.append("^" + " ".join(tokens) + "$")
    return keys


SHAPED_WORDS = 6  # words; the shape of a block of so many is looked up whole
_JOINTS = frozenset(",:;-–—|•/")


def shape_keys(text: str, head: Sequence[str]) -> list[str]:
    """Return what the word score looks up of the form alone, the same in every language: how the first words and the last
    are written (A capital, X capitals, a small, 0 number, else the sign itself), the length and the end.

    ``head`` are the first words of ``text`` as printed, at most ``LONG``.

    >>> shape_keys("Photo: Jane Doe", ["Photo:", "Jane", "Doe"])
    ['~A:AA', '~A:AA>', '~0', '~A:AA$']
    """
    return _form_keys(_form(text, head))


class Form(NamedTuple):
    """How the words of a block are written."""

    first: Sequence[str]
    """The shapes of the first ``SHAPED_WORDS``."""
    last: Sequence[str]
    """The shapes of the last three."""
    end: str
    """The last character if it is no letter or digit."""
    words: int
    """Words as printed; those beyond ``LONG`` count as one."""
    capitals: int
    """How many of these begin with a capital."""


def form_of(text: str) -> Form:
    """Return how the words of a block are written."""
    if text.isascii():
        # Letters and digits are alike here, so that few different words are left; and blanks and capitals are counted all at once.
        classes = text.encode().translate(_CLASSES).decode()
        words = classes.count(" ") + 1
        if words <= LONG and "  " not in classes and classes and classes[0] != " " != classes[-1]:
            end = classes[-1]
            capitals = classes.count(" A") + (classes[0] == "A")
            if words <= SHAPED_WORDS:
                first = [_KNOWN_SHAPES[word] for word in classes.split(" ")]
                return Form(first, first[-3:], "" if end in "aA0" else end, words, capitals)
            first = [_KNOWN_SHAPES[word] for word in classes.split(" ", SHAPED_WORDS)[:SHAPED_WORDS]]
            last = [_KNOWN_SHAPES[word] for word in classes[-60:].split()[-3:]]
            return Form(first, last, "" if end in "aA0" else end, words, capitals)
    return _form(text, head_of(text))


def _form(text: str, head: Sequence[str]) -> Form:
    if not head:
        return Form([], [], "", 0, 0)
    shapes = [_shape(word) for word in head[:SHAPED_WORDS]]
    tail = shapes[-3:] if len(head) <= SHAPED_WORDS else [_shape(word) for word in text[-60:].split()[-3:]]
    return Form(shapes, tail, "" if text[-1].isalnum() else text[-1], len(head), sum([word[0].isupper() for word in head]))


def _form_keys(form: Form) -> list[str]:
    shapes, tail, end, size, _ = form
    if not shapes:
        return []
    keys = ["~" + "".join(shapes[:3]), f"~{''.join(tail)}{end}>", f"~{size // 4}{end}"]
    if size <= SHAPED_WORDS:
        keys.append(f"~{''.join(shapes)}{end}$")
    return keys


def _shape(word: str) -> str:
    first = word[0]
    if "a" <= first <= "z":
        shape = "a"
    elif first.isupper():
        shape = "X" if word.isupper() else "A"
    else:
        shape = "a" if first.islower() else "0" if first.isdigit() else "o" if first.isalnum() else first
    return shape + word[-1] if word[-1] in _JOINTS and len(word) > 1 else shape


_CLASSES = bytes(
    97 if 97 <= code < 123 else 65 if 65 <= code < 91 else 48 if 48 <= code < 58 else 32 if chr(code).isspace() else code
    for code in range(256)
)
"""ASCII by what shapes tell apart: small letters, capitals, digits, blanks, and every other sign by itself."""


class _Shapes(dict[str, str]):
    """The shapes of words whose letters are all ``a`` and ``A``: some hundred make up nearly all that is written."""

    def __missing__(self, word: str) -> str:
        shape = _shape(word)
        if len(self) < 4000 and len(word) < 30:
            self[word] = shape
        return shape


_KNOWN_SHAPES = _Shapes()


class Vocabulary(dict[str, float]):
    """The weights of the word score by their keys, and what saves putting keys together that have no weight.

    ``of_words`` and ``of_form`` look up what ``word_keys`` and ``shape_keys`` return, in their order.
    """

    __slots__ = ("firsts", "lasts", "pairs")

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self.pairs: dict[tuple[str, str], float] = {}
        """The weights of two words in a row."""
        self.firsts: set[str] = set()
        """The words with which the keys of beginnings begin."""
        self.lasts: set[str] = set()
        """The words with which the keys of ends end."""
        for key, weight in weights.items():
            start = key[0]
            if start == "~":
                continue
            if start == "^":
                self.firsts.add(key[1:].partition(" ")[0].rstrip("$"))
            if key[-1] == "$":
                self.lasts.add(key[:-1].rpartition(" ")[2].lstrip("^"))
            elif start != "^" and " " in key:
                first, _, second = key.partition(" ")
                self.pairs[first, second] = weight

    def of_words(self, tokens: Sequence[str]) -> Iterator[float | None]:
        """Return the weights of ``word_keys``, None or nothing for those without."""
        if len(tokens) > HEAD_WORDS + TAIL_WORDS:
            tokens = [*tokens[:HEAD_WORDS], *tokens[-TAIL_WORDS:]]
        edges: list[str] = []
        starts = bool(tokens) and tokens[0] in self.firsts
        if starts:
            edges += ("^" + tokens[0], "^" + " ".join(tokens[:2]), "^" + " ".join(tokens[:3]))
        if tokens and tokens[-1] in self.lasts:
            edges += (tokens[-1] + "$", " ".join(tokens[-2:]) + "$")
            if starts and len(tokens) <= WHOLE_WORDS:
                edges.append("^" + " ".join(tokens) + "$")
        return chain(map(self.get, tokens), map(self.pairs.get, pairwise(tokens)), map(self.get, edges))

    def of_form(self, form: Form) -> Iterator[float | None]:
        """Return the weights of ``shape_keys``, None for those without."""
        return map(self.get, _form_keys(form))


def key_score(keys: Iterable[str], vocabulary: Mapping[str, float]) -> float:
    """Return the sum of the weights of some keys; above 0 speaks for the article, below for chrome."""
    return sum(filter(None, map(vocabulary.get, keys)))


def _scores(scores: Column, looks: Sequence[Look], table: Table) -> None:
    n = len(scores)
    table["word score"] = scores
    table["score -1"], table["score +1"] = _shifted(scores, -1), _shifted(scores, 1)
    totals = _totals(scores)
    table["score 3 around"] = _means(totals, 3, 3)
    for reach in (3, 10, 30):
        table[f"score {reach} before"] = _means(totals, reach, -1)
        table[f"score {reach} after"] = _means(totals, -1, reach)
    table["score of all"] = [sum(scores) / n if n else 0.0] * n
    bounded = [LOUD if score > LOUD else -LOUD if score < -LOUD else score for score in scores]
    begin, stop = _best_run([score if look.words >= SHORT else score * 0.5 for score, look in zip(bounded, looks, strict=True)])
    table["in scored window"], table["from scored start"], table["from scored end"] = _places(n, begin, stop)


# ------------------------------------------------------------------------------------------------ pages

_TAGS = {
    tag: family
    for family, tags in (
        (1.0, "p"),
        (2.0, "h1 h2 h3 h4 h5 h6"),
        (3.0, "li"),
        (4.0, "div section article main"),
        (5.0, "td th"),
        (6.0, "blockquote"),
        (7.0, "figcaption figure"),
        (8.0, "dt dd"),
        (9.0, "button"),
        (10.0, "pre"),
        (11.0, "nav footer form aside"),
        (12.0, "header"),
    )
    for tag in tags.split()
}
"""Families of elements; 0 for all others."""
HEADING = 2.0
_HINT = re.compile(r"[a-z]{2,}|[A-Z][a-z]+|[A-Z]{2,}")

ARTICLE, ASIDE, LIST, TABLE, QUOTE, HIDDEN = 1, 2, 4, 8, 16, 32
_FLAGS = {
    tag: flag
    for flag, tags in (
        (ARTICLE, "article main"),
        (ASIDE, "aside nav footer header form"),
        (LIST, "ul ol dl"),
        (TABLE, "table"),
        (QUOTE, "blockquote figure"),
    )
    for tag in tags.split()
}


def hint_words(hints: str) -> list[str]:
    """Return the words of classes and ids, camel case and dashes undone, lower case.

    >>> hint_words("relatedPosts sidebar-widget__title")
    ['related', 'posts', 'sidebar', 'widget', 'title']
    """
    return [word.lower() for word in _HINT.findall(hints)]


class Place(NamedTuple):
    """What is known of a node from its ancestors."""

    depth: int
    flags: int
    own: float
    """Hint weights of the node and its parent."""
    above: float
    """The lowest hint weight of all ancestors."""
    total: float
    """Hint weights of all ancestors, faded by four fifths a step."""


_ROOT = Place(0, 0, 0.0, 0.0, 0.0)


class Places:
    """Looks nodes up, each once."""

    __slots__ = ("_hints", "_known", "vocabulary")

    def __init__(self, vocabulary: Mapping[str, float]) -> None:
        self.vocabulary = vocabulary
        self._known: dict[int, Place] = {}
        self._hints: dict[str, float] = {}

    def weight(self, hints: str) -> float:
        """Return the sum of the weights of the words of a hint."""
        found = self._hints.get(hints)
        if found is None:
            get = self.vocabulary.get
            found = self._hints[hints] = sum(get(word, 0.0) for word in dict.fromkeys(hint_words(hints)))
        return found

    def of(self, node: Node | None) -> Place:
        """Return the place of a node."""
        chain: list[Node] = []
        while node is not None and id(node) not in self._known:
            chain.append(node)
            node = node.parent
        place = _ROOT if node is None else self._known[id(node)]
        last = 0.0 if node is None else self.weight(node.hints)
        for step in reversed(chain):
            own = self.weight(step.hints) if step.hints else 0.0
            flags = place.flags | _FLAGS.get(step.tag, 0)
            if step.hints.endswith("hidden"):
                flags |= HIDDEN
            place = Place(place.depth + 1, flags, own + last, min(place.above, own), place.total * 0.8 + own)
            last = own
            self._known[id(step)] = place
        return place


def hub_of(blocks: Sequence[Block], looks: Sequence[Look]) -> tuple[dict[int, int], float]:
    """Return the ancestors of the container of the most running text, each with its depth, and its share of all of it.

    A paragraph counts whole for its parent and half for its grandparent (as Readability does it).
    """
    mass: dict[int, float] = {}
    nodes: dict[int, Node] = {}
    total = 0.0
    for block, look in zip(blocks, looks, strict=True):
        if look.prose and block.node is not None and block.link_share < 0.5:
            total += look.prose
            parent = block.node.parent if block.node.tag != "div" else block.node
            weight = 1.0
            for _ in range(2):
                if parent is None:
                    break
                mass[id(parent)] = mass.get(id(parent), 0.0) + weight * look.prose
                nodes[id(parent)] = parent
                parent = parent.parent
                weight = 0.5
    if not mass:
        return {}, 0.0
    top = max(mass, key=mass.__getitem__)
    chain: list[Node] = []
    node: Node | None = nodes[top]
    while node is not None:
        chain.append(node)
        node = node.parent
    return {id(step): depth for depth, step in enumerate(reversed(chain), 1)}, mass[top] / total


def measure_page(blocks: Sequence[Block], looks: Sequence[Look], table: Table, hints: Mapping[str, float]) -> None:
    """Add the columns of ``PAGE``; ``hints`` are the weights of the words of classes and ids."""
    n = len(blocks)
    links = [block.link_share for block in blocks]
    table["link share"], table["link share -1"], table["link share +1"] = links, _shifted(links, -1), _shifted(links, 1)
    table["links 5 around"] = _means(_totals(links), 5, 5)
    table["link runs"] = _run_lengths([share > MOSTLY_LINK for share in links])
    tags = [_TAGS.get(block.tag, 0.0) for block in blocks]
    table["tag"] = tags
    table["heading level"] = [float(block.tag[1]) if tag == HEADING else 0.0 for block, tag in zip(blocks, tags, strict=True)]
    table["same tag -1"] = [float(tag == other) for tag, other in zip(tags, _shifted(tags, -1), strict=True)]
    table["same tag +1"] = [float(tag == other) for tag, other in zip(tags, _shifted(tags, 1), strict=True)]
    first = next((i for i, block in enumerate(blocks) if block.tag == "h1"), None)
    table["to h1"] = [-FAR - 1.0] * n if first is None else [float(max(-FAR, min(i - first, FAR))) for i in range(n)]
    places = Places(hints)
    found = [places.of(block.node) for block in blocks]
    table["hint score"] = [
        place.own + (places.weight(block.hints) if block.hints else 0.0) for place, block in zip(found, blocks, strict=True)
    ]
    table["hint 3 around"] = _means(_totals([place.own for place in found]), 3, 3)
    table["hint lowest"] = [place.above for place in found]
    table["hint faded"] = [place.total for place in found]
    table["depth"] = [float(place.depth) for place in found]
    flags = [place.flags for place in found]
    for name, flag in (("in article", ARTICLE), ("in list", LIST), ("in table", TABLE), ("in quote", QUOTE)):
        table[name] = [1.0 if here & flag else 0.0 for here in flags]
    table["in aside"] = [(1.0 if here & ASIDE else 0.0) + (2.0 if here & HIDDEN else 0.0) for here in flags]
    _hub(blocks, looks, table)


MOSTLY_LINK = 0.6  # share of a block's characters


def _hub(blocks: Sequence[Block], looks: Sequence[Look], table: Table) -> None:
    """Where the blocks stand against the container of the most running text."""
    n = len(blocks)
    hub, share = hub_of(blocks, looks)
    deepest = max(hub.values(), default=0)
    known: dict[int, tuple[int, int]] = {}
    met = [_meets(block.node, hub, known) for block in blocks]
    table["hub depth"] = [float(deepest - depth) for depth, _ in met]
    table["hub steps"] = [float(steps) for _, steps in met]
    table["hub share"] = [share] * n
    parents: dict[int, float] = {}
    keys = [0 if block.node is None else id(block.node.parent) for block in blocks]
    for key, look in zip(keys, looks, strict=True):
        parents[key] = parents.get(key, 0.0) + look.prose
    total = sum(parents.values()) or 1.0
    table["parent share"] = [parents[key] / total for key in keys]


def _meets(node: Node | None, hub: Mapping[int, int], known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Depth of the nearest ancestor that is the hub or holds it, and the steps up to there."""
    chain: list[int] = []
    depth, steps = 0, 0
    while node is not None:
        key = id(node)
        if key in hub:
            depth, steps = hub[key], 0
            break
        if key in known:
            depth, steps = known[key]
            break
        chain.append(key)
        node = node.parent
    for key in reversed(chain):
        steps += 1
        known[key] = (depth, steps)
    return depth, steps
