"""The headline of a page: what it claims, weighed against what stands on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .draft import BELOW, Draft, ancestors, letters, overlap
from .features import tokens_of
from .lexicon import fold
from .model import Block, Kind

REACH = 80  # blocks above the body among which a headline is looked for; a page's head with its menus has 5 to 60
LONGEST = 45  # words of a block that may be a headline
NEAR = 0.8  # share of words two texts must have in common to be the same headline
SHORTEST_PART = 3  # words of a block that is a claim without its kicker
SHORTEST_UNCLAIMED = 4  # words of a heading that no claim supports; shorter ones name a section
LINKED = 0.9  # of a line's characters; so much is a link to somewhere, and no headline unless it is a heading
SMALLEST_PART = 0.4  # of a title's letters; less is a kicker or a rubric and not the headline
CUT_AT = 90  # characters; claims are cut from here on (search engines ask for 110)

_LEVEL = {"h1": 1.0, "h2": 0.7, "h3": 0.5, "h4": 0.3}
_TITLED = re.compile(r"head(?:line|ing)|title|titel|titre|titulo|titolo|titular", re.IGNORECASE)
_TRAIL = re.compile(r"bread|crumb|seo|visually-?hidden|sr-only|screen-?reader|\bnowrap|whitespace-nowrap", re.IGNORECASE)
"""Classes of a headline that is not read as one: in the path of pages above it, or for machines alone."""


class Choice(NamedTuple):
    """A headline, the block it stands in, and the evidence."""

    text: str
    at: int | None
    reason: str


def choose(draft: Draft) -> Choice | None:
    """Return the claim that stands on the page as a heading; a heading without a claim; a claim that stands nowhere.

    None where the page has neither.
    """
    claims = draft.claims.headlines
    claim_words = [set(tokens_of(fold(claim))) for claim in claims]
    claim_letters = [letters(claim) for claim in claims]
    best: tuple[float, int, bool] | None = None
    end = min(max(draft.start, draft.first) + BELOW, len(draft.blocks))
    for index in range(max(0, end - REACH), end):
        look, block = draft.looks[index], draft.blocks[index]
        if not look.tokens or look.words > LONGEST or (block.link_share > LINKED and block.tag not in _LEVEL):
            continue
        level = _level(block)
        like = max((overlap(words, look.tokens) for words in claim_words), default=0.0)
        if like < NEAR and (look.words >= SHORTEST_PART and (level or like > 0.4)):
            like = max(like, max((_within(draft.letters(index), claim) for claim in claim_letters), default=0.0))
        claimed = like >= NEAR
        if not claimed and (level < 1.0 or not _speaks(draft, index)):
            continue
        trail = _in_trail(block)
        if not claimed and trail:
            continue
        value = level + (like if claimed else 0.0) - (1.2 if trail else 0.0) - 0.02 * abs(draft.start - index)
        value += 0.3 if _TITLED.search(" ".join(hints for _, hints in ancestors(block, 0))) else 0.0
        value -= 0.8 * block.link_share + (0.3 if index > draft.start else 0.0)
        if best is None or value > best[0]:
            best = value, index, claimed
    if best is None:
        return Choice(claims[0], None, "") if claims else None
    _, index, claimed = best
    block = draft.blocks[index]
    if not claimed:
        return Choice(block.text, index, "the heading above the body; no claim stands on the page")
    return Choice(printed(block.text, claims), index, "a claimed headline, as it stands on the page")


def _level(block: Block) -> float:
    """Return how much of a heading a block is: its own tag, or that of an element it is part of."""
    level, node = 0.0, block.node
    for _ in range(3):
        if node is None:
            break
        level = max(level, _LEVEL.get(node.tag, 0.0))
        node = node.parent
    return level


def _in_trail(block: Block) -> bool:
    steps = list(ancestors(block, 4))
    return any(tag in ("nav", "li", "ol") for tag, _ in steps) or any(_TRAIL.search(hints) for _, hints in steps[:3])


def _speaks(draft: Draft, index: int) -> bool:
    """Tell a heading from the site's or a section's name."""
    block, look = draft.blocks[index], draft.looks[index]
    long_enough = look.words >= SHORTEST_UNCLAIMED
    return long_enough and look.hit is None and block.link_share < 0.5 and fold(block.text) != fold(draft.claims.site or "")


def _within(text: str, claim: str) -> float:
    """Return 1.0 for two titles one of which is the other with a kicker, a rubric or a site's name at either end."""
    short, long = sorted((text, claim), key=len)
    if not short or len(short) < SMALLEST_PART * len(long):
        return 0.0
    return 1.0 if long.startswith(short) or long.endswith(short) else 0.0


def printed(text: str, claims: Sequence[str]) -> str:
    """Return the headline in a block: without a kicker that a claim lacks, with the punctuation of the claim.

    >>> printed("Party meeting – Leader calls for “resistance”", ["Leader calls for “resistance”"])
    'Leader calls for “resistance”'
    """
    here = letters(text)
    if claims and letters(claims[0]).endswith(here) and here and not _glued(text, claims[0]):
        return claims[0]  # JSON-LD has the kicker too: the publisher calls it part of the headline
    for claim in claims:
        there = letters(claim)
        if len(there) >= SMALLEST_PART * len(here) and here != there and here.endswith(there) and " " in claim:
            return claim
    for claim in claims:
        if letters(claim) == here:
            return claim
    for claim in claims:
        there = letters(claim)
        if here.startswith(there) and len(there) >= SMALLEST_PART * len(here) and not _cut(claim):
            return claim
    return text


def _glued(text: str, claim: str) -> bool:
    """Tell a claim that has more of the headline's first word in front and no kicker: ``FC-coach resigns`` of ``Coach resigns``."""
    front = claim[: -len(text)]
    return claim.casefold().endswith(text.casefold()) and front != "" and text[0].isalnum() and not front[-1].isspace()


def _cut(claim: str) -> bool:
    return claim.endswith(("…", "...")) or len(claim) >= CUT_AT


KICKER = 8  # words of a line above the headline


def mark(draft: Draft, choice: Choice) -> None:
    """Mark the headline's block, and every other that says it again or stands above it in the body."""
    draft.headline_at = choice.at
    said = {fold(choice.text), *map(fold, draft.claims.headlines)}
    if choice.at is not None:
        said.add(draft.looks[choice.at].folded)
        draft.take(choice.at, Kind.HEADLINE, choice.reason)
    near = max(draft.start, draft.first) + BELOW
    for index, look in enumerate(draft.looks):
        if index == choice.at or not look.folded:
            continue
        if look.folded in said:
            if draft.in_body(index) or (index < near and draft.blocks[index].kind is Kind.CHROME):
                draft.take(index, Kind.REPEAT, "repeats the headline", kept=False)
        elif index < near and draft.in_body(index) and look.words < LONGEST and choice.at is not None:
            if index < choice.at and look.words <= KICKER:
                draft.take(index, Kind.CHROME, "a kicker above the headline", kept=False)
            elif _within(draft.letters(index), letters(choice.text)) and index < draft.start and draft.shape(index) not in draft.series:
                draft.take(index, Kind.REPEAT, "the headline and its kicker again", kept=False)
