"""What the scorer sees of a block: named numbers of its own text and of what stands around it.

Both readers feed the same features; a page adds those of its structure. Everything is one pass or a few over
the blocks, so the cost is linear in the length of the input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from .lexicon import Hit, fold
from .model import Block, Node

Row = list[float]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CHARWISE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*\s+[\"“‘«(\[]?[^\W\d_a-z]|[。！？]")
_CLOSES = re.compile(r"[.!?。！？।؟…][\"'”’»)\]」』]*(?:\[\d{1,3}\])?$")
_ADDRESS = re.compile(r"https?:|www\.|[\w.]@[\w.]|\.(?:com|org|net)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_SEPARATOR = re.compile(r"[|·•›»>→/]")

PROSE = 8  # words; a closed line of at least so many is taken for running text
LONG = 60  # words; beyond it a paragraph is no more a paragraph
FULL = 20  # words; a closed line of so many is a full paragraph
SHORT = 8  # words; shorter blocks in a row make a list, a menu or a footer
CONTENT = 5  # letters; shorter words say little of what a text is about
RECURRING = 3  # times; a short line that stands so often belongs to a form that repeats: comments, teasers, products
FAR = 40  # blocks; distances beyond are all the same
OTHER = -6.0  # the weight of a block that is no running text in the search for the best window (Reuters, blogs: -4 to -10 do alike)

TEXT = (
    "words", "chars", "closed", "colon", "ellipsis", "comma end", "sentences", "commas", "capital share", "caps share", "digit share",
    "function share", "word length", "opens", "separators", "copyright", "address", "year", "clock", "quotes", "brackets", "question",
    "hit", "repeats", "repeated later", "title overlap", "gap", "joined", "is title",
)  # fmt: skip
CONTEXT = (
    "words -3", "words -2", "words -1", "words +1", "words +2", "words +3", "closed -2", "closed -1", "closed +1", "closed +2",
    "function -1", "function +1", "capital -1", "capital +1", "prose 5 before", "prose 5 after", "prose 15 before", "prose 15 after",
    "near prose before", "near prose after", "wide prose before", "wide prose after", "share before", "share after", "prose of all",
    "in window", "from window start", "from window end", "window share", "position", "from top", "from bottom", "blocks",
    "to full before", "to full after", "short run", "run position", "to hit before", "to hit after", "hits 5 before", "hits 5 after",
    "hits above", "hits below", "shared words", "shared words 3 around", "shared words 10 before", "shared words 10 after",
    "recurring 10 around", "stamps 10 around", "to comments", "to related", "names 10 around",
)  # fmt: skip
WORDS = (
    "word score", "score -3", "score -2", "score -1", "score +1", "score +2", "score +3", "score 3 around", "score 10 before",
    "score 10 after", "score 3 before", "score 3 after", "score of all",
)  # fmt: skip
PAGE = (
    "link share", "link share -1", "link share +1", "links 5 around", "tag", "heading level", "hint score", "hint 3 around", "depth",
    "in article", "in aside", "in list", "in table", "in quote", "hub depth", "hub steps", "hub share", "same tag -1", "same tag +1",
    "parent share", "to h1", "link runs", "hint lowest", "hint faded",
)  # fmt: skip
TEXT_NAMES = TEXT + CONTEXT + WORDS
PAGE_NAMES = TEXT_NAMES + PAGE


class Look:
    """What is seen of one block alone."""

    __slots__ = ("content", "folded", "hit", "prose", "row", "tokens", "words")

    def __init__(self, block: Block, common: Collection[str], hit: Hit | None, folded: str) -> None:
        text = block.text
        tokens = _TOKEN.findall(text)
        chars = len(text)
        count = float(len(tokens))
        wide = 0
        if tokens and text > "\u0e00" or not text.isascii():
            wide = len(_CHARWISE.findall(text))
            if wide * 2 > count:
                count = wide / 2
        words = max(count, 1.0)
        tail = text[-8:]
        closed = 1.0 if _CLOSES.search(tail) else 0.0
        upper = caps = 0
        for token in tokens:
            if token[0].isupper():
                upper += 1
                if len(token) > 1 and token.isupper():
                    caps += 1
        lower = folded.split()
        first = text[0] if text else " "
        self.folded = folded
        self.hit = hit
        self.tokens = lower
        self.content = set(_CHARWISE.findall(text)) if wide * 2 > len(tokens) else {token.lower() for token in tokens if len(token) >= CONTENT}
        self.words = count
        self.prose = (count if count < LONG else LONG) if closed and count >= PROSE else 0.0
        digits = sum(map(text.count, "0123456789"))
        self.row = [
            count,
            float(chars),
            closed,
            1.0 if text[-1:] in ":：" else 0.0,
            1.0 if tail.endswith(("...", "…", "[…]", "[...]")) else 0.0,
            1.0 if text[-1:] in ",，،;" else 0.0,
            float(len(_SENTENCE.findall(text))) if closed else 0.0,
            (text.count(",") + text.count("，") + text.count("、") + text.count("،")) / words,
            upper / words,
            caps / words,
            digits / max(chars, 1),
            sum(map(common.__contains__, lower)) / words if common else -1.0,
            chars / words,
            1.0 if first.isupper() else 2.0 if first.islower() else 3.0 if first.isdigit() else 4.0 if first in "\"“‘«„'([" else 5.0 if not first.isalpha() else 0.0,
            float(len(_SEPARATOR.findall(text))) if chars < 400 else 0.0,
            1.0 if "©" in text or "opyright" in text else 0.0,
            1.0 if chars < 600 and _ADDRESS.search(text) else 0.0,
            1.0 if _YEAR.search(text[:200]) else 0.0,
            1.0 if _CLOCK.search(text[:200]) else 0.0,
            float(text.count('"') + text.count("“") + text.count("„") + text.count("«") + text.count("「")),
            float(text.count("(") + text.count("[") + text.count("（")),
            1.0 if text[-1:] in "?？؟" else 0.0,
            0.0 if hit is None else {"whole": 3.0, "start": 2.0}.get(hit.how, 1.0),
        ]  # fmt: skip


def measure(
    blocks: Sequence[Block],
    find: Callable[[str], Hit | None],
    common: Collection[str],
    vocabulary: Mapping[str, float],
    title: str | None = None,
) -> tuple[list[Look], list[Row]]:
    """Return, for every block, its look and the row of ``TEXT_NAMES``.

    ``find`` looks a folded block up in the lexicons, ``common`` are the function words of the text's language
    (empty if it is not known), ``vocabulary`` the word score's weights; ``title`` is the page's claimed headline
    (plain text has none: its first line stands in).
    """
    looks = []
    for block in blocks:
        folded = fold(block.text)
        looks.append(Look(block, common, find(folded), folded))
    _repeats(looks, title)
    _gaps(blocks, looks)
    scores = [word_score(look.tokens, vocabulary) for look in looks] if vocabulary else [0.0] * len(looks)
    rows = [look.row for look in looks]
    _context(looks, rows)
    _scores(scores, rows)
    return looks, rows


def _repeats(looks: Sequence[Look], title: str | None) -> None:
    counts: dict[str, int] = {}
    for look in looks:
        counts[look.folded] = counts.get(look.folded, 0) + 1
    seen: dict[str, int] = {}
    title_words = set((fold(title) if title else looks[0].folded if looks else "").split())
    title_folded = fold(title) if title else looks[0].folded if looks else ""
    for look in looks:
        before = seen.get(look.folded, 0)
        seen[look.folded] = before + 1
        overlap = 0.0
        if look.words < LONG and look.tokens:
            overlap = sum(map(title_words.__contains__, look.tokens)) / max(len(look.tokens), len(title_words), 1)
        look.row += (float(min(before, 5)), float(min(counts[look.folded] - before - 1, 5)), overlap)
        look.row += (0.0, 0.0, 1.0 if look.folded and look.folded == title_folded else 0.0)


_GAP, _JOINED = TEXT.index("gap"), TEXT.index("joined")


def _gaps(blocks: Sequence[Block], looks: Sequence[Look]) -> None:
    """How far the layout sets a block apart from the one before, in characters of white space, at most 6; its own folded breaks."""
    last_end = None
    for block, look in zip(blocks, looks, strict=True):
        if block.start is not None and block.end is not None:
            if last_end is not None:
                look.row[_GAP] = float(min(block.start - last_end, 6))
            last_end = block.end
            look.row[_JOINED] = float(block.end - block.start - len(block.text) != 0)


def _padded(values: list[float], pad: float, reach: int) -> list[float]:
    return [pad] * reach + values + [pad] * reach


def _context(looks: Sequence[Look], rows: list[Row]) -> None:
    n = len(rows)
    words = _padded([look.words for look in looks], 0.0, 3)
    closed = _padded([row[2] for row in rows], 0.0, 2)
    function = _padded([row[11] for row in rows], -1.0, 1)
    capital = _padded([row[8] for row in rows], 0.0, 1)
    prose = [look.prose for look in looks]
    hits = [1.0 if look.hit is not None else 0.0 for look in looks]
    prose_sum = [0.0, *accumulate(prose)]
    hit_sum = [0.0, *accumulate(hits)]
    total = prose_sum[-1] or 1.0
    all_hits = hit_sum[-1] or 1.0
    near_before, wide_before = _decayed(prose)
    near_after, wide_after = (values[::-1] for values in _decayed(prose[::-1]))
    begin, stop = best_window(looks)
    window = (prose_sum[stop] - prose_sum[begin]) / total
    full = [look.prose >= FULL for look in looks]
    full_before, full_after = _distances(full)
    hit_before, hit_after = _distances([h > 0 for h in hits])
    runs, places = _runs([look.words < SHORT for look in looks])
    shared = _shared_words(looks, begin, stop)
    shared_sum = [0.0, *accumulate(shared)]
    recurring = [0.0, *accumulate(1.0 if row[23] + row[24] >= RECURRING - 1 and look.words < SHORT else 0.0 for row, look in zip(rows, looks, strict=True))]
    stamps = [0.0, *accumulate(1.0 if row[17] + row[18] and look.words < 2 * SHORT else 0.0 for row, look in zip(rows, looks, strict=True))]
    names = [0.0, *accumulate(1.0 if row[8] >= 0.99 and 2 <= look.words <= 4 else 0.0 for row, look in zip(rows, looks, strict=True))]
    to_comments, _ = _distances([look.hit is not None and look.hit.topic in COMMENTS for look in looks], VERY_FAR)
    to_related, _ = _distances([look.hit is not None and look.hit.topic in ("related", "promotion", "subscribe") for look in looks], VERY_FAR)
    for i, row in enumerate(rows):
        i5, i15, j5, j15 = max(i - 5, 0), max(i - 15, 0), min(i + 6, n), min(i + 16, n)
        here, after = prose_sum[i], prose_sum[i + 1]
        row += (
            words[i], words[i + 1], words[i + 2], words[i + 4], words[i + 5], words[i + 6],
            closed[i], closed[i + 1], closed[i + 3], closed[i + 4],
            function[i], function[i + 2], capital[i], capital[i + 2],
            here - prose_sum[i5], prose_sum[j5] - after, here - prose_sum[i15], prose_sum[j15] - after,
            near_before[i], near_after[i], wide_before[i], wide_after[i],
            here / total, (prose_sum[n] - after) / total, total,
            1.0 if begin <= i < stop else 0.0,
            float(max(-FAR, min(i - begin, FAR))), float(max(-FAR, min(stop - 1 - i, FAR))), window,
            i / n, float(min(i, 200)), float(min(n - i, 200)), float(min(n, 1000)),
            full_before[i], full_after[i], runs[i], places[i], hit_before[i], hit_after[i],
            hit_sum[i] - hit_sum[i5], hit_sum[j5] - hit_sum[i + 1],
            hit_sum[i] / all_hits, (hit_sum[n] - hit_sum[i + 1]) / all_hits,
            shared[i], (shared_sum[min(i + 4, n)] - shared_sum[max(i - 3, 0)]) / (min(i + 4, n) - max(i - 3, 0)),
            (shared_sum[i] - shared_sum[max(i - 10, 0)]) / max(min(i, 10), 1), (shared_sum[min(i + 11, n)] - shared_sum[i + 1]) / max(min(n - i - 1, 10), 1),
            recurring[min(i + 11, n)] - recurring[max(i - 10, 0)], stamps[min(i + 11, n)] - stamps[max(i - 10, 0)], to_comments[i], to_related[i],
            names[min(i + 11, n)] - names[max(i - 10, 0)],
        )  # fmt: skip


def _decayed(prose: Sequence[float]) -> tuple[list[float], list[float]]:
    """Running text before each block, fading by half and by a seventh a block."""
    near: list[float] = []
    wide: list[float] = []
    a = b = 0.0
    for value in prose:
        near.append(a)
        wide.append(b)
        a = (a + value) * 0.5
        b = (b + value) * 0.85
    return near, wide


def best_window(looks: Sequence[Look]) -> tuple[int, int]:
    """Return the run of blocks with the greatest sum, running text counting its words and the rest ``OTHER``."""
    best = (0, 0)
    most = current = 0.0
    begin = 0
    for i, look in enumerate(looks):
        if current <= 0:
            current, begin = 0.0, i
        current += look.prose or OTHER
        if current > most:
            most, best = current, (begin, i + 1)
    return best


COMMENTS = ("comment", "account", "form")
VERY_FAR = 300  # blocks; comments go on for long behind their heading


def _shared_words(looks: Sequence[Look], begin: int, stop: int) -> list[float]:
    """Share of each block's content words that other blocks of the best window have too; -1 where it has none."""
    holders: dict[str, int] = {}
    for look in looks[begin:stop]:
        for word in look.content:
            holders[word] = holders.get(word, 0) + 1
    shared = []
    for i, look in enumerate(looks):
        if not look.content:
            shared.append(-1.0)
            continue
        own = 1 if begin <= i < stop else 0
        shared.append(sum(1 for word in look.content if holders.get(word, 0) > own) / len(look.content))
    return shared


def _distances(flags: Sequence[bool], far: float = FAR) -> tuple[list[float], list[float]]:
    """Blocks back to the last flagged one and on to the next, itself not counted, at most ``far``."""

    def back(flags: Sequence[bool]) -> list[float]:
        out = []
        distance = float(far)
        for flag in flags:
            out.append(distance)
            distance = 1.0 if flag else min(distance + 1, far)
        return out

    return back(flags), back(flags[::-1])[::-1]


def _runs(flags: Sequence[bool]) -> tuple[list[float], list[float]]:
    """Length of the run of flagged blocks around each (0 outside of one) and the place in it."""
    lengths = [0.0] * len(flags)
    places = [0.0] * len(flags)
    i = 0
    while i < len(flags):
        if not flags[i]:
            i += 1
            continue
        j = i
        while j < len(flags) and flags[j]:
            places[j] = float(min(j - i, FAR))
            j += 1
        lengths[i:j] = [float(min(j - i, FAR))] * (j - i)
        i = j
    return lengths, places


HEAD_WORDS, TAIL_WORDS = 24, 8  # words; of a longer block the word score reads its beginning and its end
WHOLE_WORDS = 6  # words; a block of so many is also looked up whole


def word_keys(tokens: Sequence[str]) -> list[str]:
    """Return what the word score looks up: words, pairs, the first one to three, the last two, a short block whole."""
    if len(tokens) > HEAD_WORDS + TAIL_WORDS:
        tokens = [*tokens[:HEAD_WORDS], *tokens[-TAIL_WORDS:]]
    if not tokens:
        return []
    keys = list(tokens)
    keys += map(" ".join, zip(tokens, tokens[1:], strict=False))
    keys += ("^" + tokens[0], "^" + " ".join(tokens[:2]), "^" + " ".join(tokens[:3]), tokens[-1] + "$", " ".join(tokens[-2:]) + "$")
    if len(tokens) <= WHOLE_WORDS:
        keys.append("^" + " ".join(tokens) + "$")
    return keys


def word_score(tokens: Sequence[str], vocabulary: Mapping[str, float]) -> float:
    """Return the sum of the weights of a block's words; above 0 speaks for the article, below for chrome."""
    get = vocabulary.get
    total = 0.0
    for key in word_keys(tokens):
        weight = get(key)
        if weight is not None:
            total += weight
    return total


def _scores(scores: list[float], rows: list[Row]) -> None:
    n = len(rows)
    around = _padded(scores, 0.0, 3)
    sums = [0.0, *accumulate(scores)]
    mean = sums[-1] / max(n, 1)
    for i, row in enumerate(rows):
        i3, i10, j3, j10 = max(i - 3, 0), max(i - 10, 0), min(i + 4, n), min(i + 11, n)
        row += (
            scores[i], around[i], around[i + 1], around[i + 2], around[i + 4], around[i + 5], around[i + 6],
            (sums[j3] - sums[i3]) / (j3 - i3), (sums[i] - sums[i10]) / max(i - i10, 1), (sums[j10] - sums[i + 1]) / max(j10 - i - 1, 1),
            (sums[i] - sums[i3]) / max(i - i3, 1), (sums[j3] - sums[i + 1]) / max(j3 - i - 1, 1), mean,
        )  # fmt: skip


# ---------------------------------------------------------------------------------------------------- pages

_TAGS = {"p": 1.0, "li": 3.0, "div": 4.0, "section": 4.0, "article": 4.0, "main": 4.0, "td": 5.0, "th": 5.0, "blockquote": 6.0, "figcaption": 7.0,
         "figure": 7.0, "dt": 8.0, "dd": 8.0, "button": 9.0, "pre": 10.0, "nav": 11.0, "footer": 11.0, "header": 12.0, "form": 11.0, "aside": 11.0,
         "h1": 2.0, "h2": 2.0, "h3": 2.0, "h4": 2.0, "h5": 2.0, "h6": 2.0}  # fmt: skip
"""Families of elements; 0 for all others."""
_HINT = re.compile(r"[a-z]{2,}|[A-Z][a-z]+|[A-Z]{2,}")

ARTICLE, ASIDE, LIST, TABLE, QUOTE, HIDDEN = 1, 2, 4, 8, 16, 32
_FLAGS = {"article": ARTICLE, "main": ARTICLE, "aside": ASIDE, "nav": ASIDE, "footer": ASIDE, "header": ASIDE, "form": ASIDE, "ul": LIST, "ol": LIST,
          "dl": LIST, "table": TABLE, "blockquote": QUOTE, "figure": QUOTE}  # fmt: skip


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
            found = self._hints[hints] = sum(get(word, 0.0) for word in set(hint_words(hints)))
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


def measure_page(blocks: Sequence[Block], looks: Sequence[Look], rows: list[Row], hints: Mapping[str, float]) -> None:
    """Lengthen the rows of a page by the features of ``PAGE``."""
    places = Places(hints)
    n = len(blocks)
    hub, share = hub_of(blocks, looks)
    hub_depth = max(hub.values(), default=0)
    links = _padded([block.link_share for block in blocks], 0.0, 1)
    link_sum = [0.0, *accumulate(links[1:-1])]
    tags = _padded([_TAGS.get(block.tag, 0.0) for block in blocks], 0.0, 1)
    parents: dict[int, float] = {}
    total = 0.0
    for block, look in zip(blocks, looks, strict=True):
        if block.node is not None and look.prose:
            parents[id(block.node.parent)] = parents.get(id(block.node.parent), 0.0) + look.prose
            total += look.prose
    first_h1 = next((i for i, block in enumerate(blocks) if block.tag == "h1"), -1)
    runs, _ = _runs([block.link_share > 0.6 for block in blocks])
    found = [places.of(block.node) for block in blocks]
    hint_around = [0.0, *accumulate(place.own for place in found)]
    shared_with_hub: dict[int, tuple[int, int]] = {}
    for i, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        place = found[i]
        i5, j5, i3, j3 = max(i - 5, 0), min(i + 6, n), max(i - 3, 0), min(i + 4, n)
        depth, steps = _meets(block.node, hub, shared_with_hub)
        row += (
            block.link_share, links[i], links[i + 2], (link_sum[j5] - link_sum[i5]) / (j5 - i5),
            tags[i + 1], float(block.tag[1]) if tags[i + 1] == 2.0 else 0.0, place.own + (places.weight(block.hints) if block.hints else 0.0),
            (hint_around[j3] - hint_around[i3]) / (j3 - i3), float(place.depth),
            float(place.flags & ARTICLE != 0), float(place.flags & ASIDE != 0) + 2.0 * (place.flags & HIDDEN != 0), float(place.flags & LIST != 0),
            float(place.flags & TABLE != 0), float(place.flags & QUOTE != 0),
            float(hub_depth - depth), float(steps), share,
            float(tags[i] == tags[i + 1]), float(tags[i + 2] == tags[i + 1]),
            parents.get(id(block.node.parent), 0.0) / total if total and block.node is not None else 0.0,
            float(max(-FAR, min(i - first_h1, FAR))) if first_h1 >= 0 else -FAR - 1.0, runs[i], place.above, place.total,
        )  # fmt: skip


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
