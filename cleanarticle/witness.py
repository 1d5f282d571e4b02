"""Trafilatura as a witness: asked only about a page on which the library's own evidence leaves a doubt."""

from __future__ import annotations

from collections import Counter

from .label import Labelled
from .lexicon import fold
from .model import Block, Kind, Page

DOUBT = 0.8  # expected F1 of the own answer below which the witness is asked: 3 % of the development pages
AGREEMENT = 0.6  # F1 of the two bodies' words below which the witness is believed: half of those it was asked about
FEWEST = 60  # words; a witness that finds less has found a notice
LARGEST = 2_000_000  # characters; beyond, the witness takes more than a second
MOST_TAGS = 10_000  # many inline elements in one paragraph cost it quadratic time: 38,000 of them 32 s, 10,000 2 s
LONG_ENOUGH = 30  # characters of a block that may stand inside a longer line of the witness's text


def hear(labelled: Labelled, page: Page) -> Labelled:
    """Return the labels as they are, or, where they are in doubt and the witness tells another story, the witness's.

    A witness that fails, or would take too long, is a witness less.
    """
    if labelled.expected >= DOUBT or not page.source:
        return labelled
    text = _testimony(page.source)
    if not text:
        return labelled
    lines = {fold(line) for line in text.split("\n")}
    whole = f" {fold(text)} "
    believed = [_said(look.folded, lines, whole) for look in labelled.looks]
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for block, look, said in zip(labelled.blocks, labelled.looks, believed, strict=True):
        if block.kept:
            own.update(look.tokens)
        if said:
            other.update(look.tokens)
    if other.total() < FEWEST or 2 * (own & other).total() >= AGREEMENT * (own.total() + other.total()):
        return labelled
    blocks = [_told(block, said) for block, said in zip(labelled.blocks, believed, strict=True)]
    return labelled._replace(blocks=blocks, chances=[1.0 if said else 0.0 for said in believed])


def _said(folded: str, lines: set[str], whole: str) -> bool:
    return folded in lines or (len(folded) >= LONG_ENOUGH and f" {folded} " in whole)


def _told(block: Block, said: bool) -> Block:
    if said and not block.kept:
        return block._replace(kind=Kind.PARAGRAPH, kept=True, reason="the page leaves a doubt, and trafilatura keeps it")
    if not said and block.kept:
        return block._replace(kind=Kind.CHROME, kept=False, reason="the page leaves a doubt, and trafilatura leaves it out")
    return block


def _testimony(source: str) -> str:
    """Return what trafilatura makes of the page; "" if it fails."""
    if len(source) > LARGEST or source.count("<") > MOST_TAGS:
        return ""
    import logging

    try:
        for name in ("trafilatura", "htmldate", "courlan", "readability_lxml"):
            logging.getLogger(name).addHandler(logging.NullHandler())
        from trafilatura import extract

        return extract(source, include_comments=False, with_metadata=False) or ""
    except Exception:  # whatever it raises on a page it was not made for, the library's own answer stands
        return ""
