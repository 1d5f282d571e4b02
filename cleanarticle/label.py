"""Each block gets a kind and a reason; none is added, dropped or moved.

Rules that words or layout settle come first; the scorer judges what no rule decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from . import features, score
from .byline import is_person_name
from .dateline import find_signoff, split_dateline
from .features import Lens, Look, Table, tokens_of
from .language import function_words
from .lexicon import LONG_PHRASE, Hit, Lexicon
from .model import Block, Kind, Page


class Mark(NamedTuple):
    """What a rule says of one block."""

    at: int
    kind: Kind
    reason: str


class Seen(NamedTuple):
    """What the rules look at: the blocks, and what the features saw of each."""

    blocks: Sequence[Block]
    looks: Sequence[Look]
    lexicons: tuple[Lexicon, ...]
    inside: Sequence[float] = ()
    """1.0 within the run of the most running text, the tight one; () where nothing is known of it."""


Rule = Callable[[Seen], Iterator[Mark]]

_FAMILY = {"chrome": Kind.CHROME, "caption": Kind.CAPTION, "credit": Kind.CREDIT}

SENTENCE = 7  # words; a repeated block of fewer may be a subheading or a table's cell that stands twice for good reason
SUBHEADING_TOPICS = frozenset(("section",))  # their phrases are subheadings within a story: of 150 there 130 were (text-dev)
CONTENTS = 4  # lines of a table of contents
PARTED = 0.6  # share of its headings with a paragraph between them and the next
LONGEST_HEADING = 16  # words
REACH = 8  # words of a block for each word of the phrase it begins with; longer blocks are prose that happens to begin so
SHORTEST_CAPTION = 5  # words
LONGEST_CAPTION = 600  # characters
LONGEST_CREDIT = 12  # words
_BEFORE_CREDIT = re.compile(r"(?:[.!?…\"')\]|:]\s?(?:[-/|]{1,2}\s)?|\s[-/|]{1,2}\s|\()(?=[^\s.!?…|)/-])")
_BRACKETED = re.compile(r"[(\[]([^()\[\]/\d]{4,40})/[^()\[\]/\d]{2,40}[)\]]")
_GOES_ON = re.compile(r"\)|\w{3}[.!?]\s")
LEARNED = frozenset(("en", "de"))  # of more than ten of the domains learned from; elsewhere words judge short lines alone
SENTENCE_THRESHOLD = -1.6  # log odds of 0.17: a sentence among a text's own has the benefit of the doubt. Cross-validated
# it costs nothing (F1 0.947 as without it) and saves a fifth of the reporters' words that were lost; pages lose by it.
_NUMBER = re.compile(r"\d+")
_GLUED = re.compile(r"[a-zß-ÿ]{3}[A-ZÀ-Þ][a-zß-ÿ]{3}")
LINK_STAMP = re.compile(r"(?:(?:GMT|UTC)\s?\d{1,2}:\d\d\b|\b\d{1,2}:\d\d\s(?:GMT|UTC)\b)[\s\d]{0,8}\d{4}\s\w{2,12}\s?,\s?\d{1,2}\s\w{3,12}")


def listed_phrases(seen: Seen) -> Iterator[Mark]:
    """Mark a block that the lexicon knows whole, by how it begins, or by a long run of its words; not a section's name in a story."""
    for index, look in enumerate(seen.looks):
        hit = look.hit
        if hit is None or (hit.topic in SUBHEADING_TOPICS and seen.inside and seen.inside[index]):
            continue
        size = hit.phrase.count(" ") + 1
        if hit.how == "whole" or (look.words <= REACH * size and (hit.how == "start" or size >= LONG_PHRASE)):
            yield Mark(index, _FAMILY[hit.kind], f"lexicon: {hit.topic} ({hit.how}: “{hit.phrase}”)")


def picture_credits(seen: Seen) -> Iterator[Mark]:
    """Mark a caption: behind its sentence stands who took the picture, as the lexicons say it. An agency alone signs a story off."""
    words, find = _credit_words(seen.lexicons), finder(seen.lexicons)
    for index, (block, look) in enumerate(zip(seen.blocks, seen.looks, strict=True)):
        tokens = look.tokens
        if len(tokens) < SHORTEST_CAPTION or len(block.text) >= LONGEST_CAPTION or words.isdisjoint(tokens[-LONGEST_CREDIT:]):
            continue
        phrase = _credit_behind(look, find)
        if phrase is not None and find_signoff(block.text) is None:
            yield Mark(index, Kind.CAPTION, f"ends in a picture's credit (“{phrase}”)")


def bracketed_credits(seen: Seen) -> Iterator[Mark]:
    """Mark a line that is a name and whose picture it is, in brackets: ``(Jane Roe/The Canadian Press)``; what it stands below may stay."""
    for index, block in enumerate(seen.blocks):
        found = _BRACKETED.fullmatch(block.text) if block.text[0] in "([" else None
        if found is not None and is_person_name(found[1]):
            yield Mark(index, Kind.CREDIT, "a name and a source in brackets")


@lru_cache(maxsize=8)
def _credit_words(lexicons: tuple[Lexicon, ...]) -> frozenset[str]:
    """The words that the phrases of picture credits begin with."""
    phrases = [
        phrase
        for lexicon in lexicons
        for table, key in (("credit", "whole"), ("credit", "start"), ("caption", "start"))
        for phrase in lexicon.words(table, key)
    ]
    return frozenset([tokens[0] for tokens in map(tokens_of, phrases) if tokens])


def _credit_behind(look: Look, find: Callable[[str], Hit | None]) -> str | None:
    """The phrase of the credit that stands behind the end of a sentence, a dash or a bracket."""
    for match in _BEFORE_CREDIT.finditer(look.folded, max(SENTENCE, len(look.folded) - 100)):
        piece = look.folded[match.end() :]
        hit = find(piece)
        longest = LONGEST_CREDIT // 2 if look.closed else LONGEST_CREDIT
        if hit is None or hit.kind == "chrome" or hit.how == "inside" or piece.count(" ") >= longest or _GOES_ON.search(piece):
            continue
        if hit.phrase[-1] in ":：" or (hit.kind == "credit" and not look.closed):
            return hit.phrase
    return None


def timestamped_links(seen: Seen) -> Iterator[Mark]:
    """Mark the lines of a list of links whose times are run together with the titles (seed 001)."""
    zoned = [index for index, block in enumerate(seen.blocks) if "GMT" in block.text or "UTC" in block.text]
    hits = [index for index in zoned if LINK_STAMP.search(seen.blocks[index].text)]
    for index in hits:
        yield Mark(index, Kind.CHROME, "a time stamp of a linked story")
    if len(hits) > 2 and hits[-1] + 1 < len(seen.blocks):
        # The last title of the list has no stamp behind it; the site's own line may be glued to it.
        last, text = seen.looks[hits[-1] + 1], seen.blocks[hits[-1] + 1].text
        if last.words < 2 * SENTENCE and (not last.prose or _GLUED.search(text) is not None):
            yield Mark(hits[-1] + 1, Kind.CHROME, "the end of a list of linked stories")


def repeats(seen: Seen) -> Iterator[Mark]:
    """Mark a sentence, or a line straight below itself, that an earlier block already has (and keeps, see ``label``)."""
    first: dict[str, int] = {}
    for index, (block, look) in enumerate(zip(seen.blocks, seen.looks, strict=True)):
        if not look.folded:
            continue
        earlier = first.setdefault(_said(block, look), index)
        below = index == earlier + 1 and any(map(str.isalpha, look.folded))  # a table has a figure twice
        if earlier != index and (look.words >= SENTENCE or below):
            yield Mark(index, Kind.REPEAT, f"repeats block {earlier}")


def contents(seen: Seen) -> Iterator[Mark]:
    """Mark a table of contents: lines in a row that stand once more below, in the same order, most with paragraphs between them."""
    places: dict[str, list[int]] = {}
    for index, (block, look) in enumerate(zip(seen.blocks, seen.looks, strict=True)):
        if look.folded and look.words <= LONGEST_HEADING and not look.prose:
            places.setdefault(_title(block, look), []).append(index)
    below = {twice[0]: twice[1] for twice in places.values() if len(twice) == 2}
    told = list(accumulate((look.prose for look in seen.looks), initial=0.0)) if len(below) >= CONTENTS else []
    run: list[int] = []
    for index in [*sorted(below), len(seen.blocks)]:
        if run and (index > run[-1] + 1 or index not in below or below[index] < below[run[-1]]):
            if _lists_headings(run, below, told):
                yield from (Mark(at, Kind.CHROME, f"in the contents, heads block {below[at]}") for at in run)
            run = []
        run.append(index)


def _lists_headings(run: Sequence[int], below: Mapping[int, int], told: Sequence[float]) -> bool:
    if len(run) < CONTENTS or below[run[0]] <= run[-1]:
        return False
    headings = [below[at] for at in run]
    parted = sum(told[one] < told[other] for one, other in pairwise(headings))
    return parted >= PARTED * (len(run) - 1)


def _title(block: Block, look: Look) -> str:
    """What a heading says without its number, which the contents or the headings may lack."""
    title = look.folded.lstrip("#. ):-")
    return " ".join([title, *_NUMBER.findall(block.text)[look.folded[0] == "#" :]]) if "#" in look.folded else title


def _said(block: Block, look: Look) -> str:
    """What a block says: its folded text and its numbers, in which the rows of a table and the items of a list may differ alone."""
    return f"{look.folded} {' '.join(_NUMBER.findall(block.text))}" if "#" in look.folded else look.folded


RULES: tuple[Rule, ...] = (listed_phrases, timestamped_links, picture_credits, bracketed_credits, contents, repeats)
"""In order of trust: a block keeps the first mark it gets."""


class Labelled(NamedTuple):
    """The blocks with their kinds, and what the fields need to know of each."""

    blocks: list[Block]
    looks: Sequence[Look]
    table: Table
    chances: list[float]
    """Probability that the block belongs to the body; 0.0 where a rule decided against it."""
    expected: float
    """F1 of the kept words that the probabilities promise, 0.0 to 1.0."""
    explain: Callable[[int, Block], str]
    """Writes the reason of a block that the scorer judged."""


def finder(lexicons: Sequence[Lexicon]) -> Callable[[str], Hit | None]:
    """Return the look-up over several lexicons, the first that knows the block speaking."""

    if len(lexicons) == 1:
        return lexicons[0].find

    def find(folded: str) -> Hit | None:
        for lexicon in lexicons:
            hit = lexicon.find(folded)
            if hit is not None:
                return hit
        return None

    return find


@lru_cache(maxsize=8)
def lens_for(language: str | None, lexicons: tuple[Lexicon, ...]) -> Lens:
    """Return what the blocks of a language are looked at through."""
    longest = float("inf") if language in LEARNED else features.PROSE
    return Lens(finder(lexicons), function_words(language), score.vocabulary("words"), longest)


def label(page: Page, lexicons: Sequence[Lexicon], language: str | None) -> Labelled:
    """Give every block of a page its kind, ``kept`` and reason."""
    blocks = page.blocks
    title = page.claims.headlines[0] if page.claims.headlines else None
    looks, table = features.measure(blocks, lens_for(language, tuple(lexicons)), title)
    model, doubt = score.load("text"), SENTENCE_THRESHOLD
    if page.html:
        features.measure_page(blocks, looks, table, score.vocabulary("hints"))
        model = score.load("page")
        doubt = model.threshold  # a page's elements tell more than its words
    sure = model.threshold
    rows = features.rows_of(table, model.names)
    inside = table["in window"]
    marks: dict[int, Mark] = {}
    seen = Seen(blocks, looks, tuple(lexicons), table["in tight window"])
    for rule in RULES:
        for mark in rule(seen):
            marks.setdefault(mark.at, mark)
    judged = [index for index in range(len(blocks)) if index not in marks or marks[index].kind is Kind.REPEAT]
    log_odds = [0.0] * len(blocks)
    for index, found in zip(judged, model.odds([rows[index] for index in judged]), strict=True):
        log_odds[index] = found
    out: list[Block] = []
    chances: list[float] = []
    begun = False
    copies: set[str] = set()
    for index, block in enumerate(blocks):
        ruled, look = marks.get(index), looks[index]
        if (
            ruled is not None
            and ruled.kind is Kind.REPEAT
            and inside[index]
            and log_odds[index] >= sure
            and _said(block, look) not in copies
        ):
            ruled = None  # the copy above was a menu's or a teaser's; this is the story's (of 480 in text-dev nine in ten)
        if ruled is not None:
            out.append(block.marked(ruled.kind, False, ruled.reason))
            chances.append(0.0)
            continue
        chances.append(score.chance(log_odds[index]))
        full = look.words >= features.FULL
        kept = log_odds[index] >= (doubt if look.prose and inside[index] else sure)
        if full and not begun and doubt <= log_odds[index] < sure:
            kept = kept or split_dateline(block.text, language) is not None  # a story's lead, even where a feed breaks it off
        begun = begun or (kept and full)
        if kept:
            copies.add(_said(block, look))
        kind = Kind.CHROME if not kept else _kind(block) if block.node else _kind_of_line(blocks, index, look)
        out.append(block.marked(kind, kept, ""))

    def explain(index: int, block: Block) -> str:
        because = ", ".join(score.weighed_most(rows[index], model))
        return f"reads like the article: {because}" if block.kept else f"does not read like the article: {because}"

    return Labelled(out, looks, table, chances, expected_f1(looks, out, chances), explain)


def expected_f1(looks: Sequence[Look], blocks: Sequence[Block], chances: Sequence[float]) -> float:
    """Return the F1 that the kept words have if every probability is right: the scorer's own doubt in one number."""
    hoped = right = kept = 0.0
    for look, block, chance in zip(looks, blocks, chances, strict=True):
        hoped += look.words * chance
        if block.kept:
            kept += look.words
            right += look.words * chance
    return 2 * right / (kept + hoped) if kept else 0.0


HEADING_WORDS = 14  # words; longer lines are not subheadings


BULLETS = frozenset("•▪●◦‣*")
DASHES = ("- ", "– ", "— ")


def _kind_of_line(blocks: Sequence[Block], index: int, look: Look) -> Kind:
    text = blocks[index].text
    if text[0] in BULLETS:
        return Kind.LIST_ITEM
    if text[:2] in DASHES:  # one sentence behind a dash is quoted speech in half of Europe; short lines, one below the other, are a list
        beside = (blocks[near].text[:2] for near in (index - 1, index + 1) if 0 <= near < len(blocks))
        return Kind.LIST_ITEM if not look.prose and text[:2] in beside else Kind.PARAGRAPH
    return Kind.SUBHEADING if look.words <= HEADING_WORDS and not look.closed and text[-1] not in ":：" else Kind.PARAGRAPH


def _kind(block: Block) -> Kind:
    if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return Kind.SUBHEADING
    if block.tag in ("li", "dd", "dt"):
        return Kind.LIST_ITEM
    node = block.node
    for _ in range(3):
        if node is None:
            break
        if node.tag == "blockquote":
            return Kind.QUOTE
        node = node.parent
    return Kind.PARAGRAPH
