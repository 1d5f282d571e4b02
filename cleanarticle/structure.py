"""A page's own structure against single verdicts: a paragraph among its like stays, captions and other stories go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .features import Look
from .label import Labelled
from .model import BODY_KINDS, Block, Kind, Node

FEWEST = 3  # kept paragraphs of one shape, or in one parent, that make a dropped one between them a paragraph too
FEWEST_HEADINGS = 2
SERIES_FULL = 10  # words; a closed line of so many is a full paragraph
MOST_LINKED = 0.3  # of a revived paragraph's characters
LINK = 0.75  # of a line's characters inside links, from which on it is a link to something else
SHORTEST_TITLE, LONGEST_LINK = 4, 30  # words of a linked story's title
MOST_ITEMS = 5  # items of a list of related stories inside a body; longer lists may be what the article is about
LIKELY_BEHIND = 0.15  # the same for what stands behind the last kept paragraph
MOST_BEHIND = 6  # blocks behind it
LIKELY = 0.03  # the scorer's chance below which nothing is revived
MOST_OTHERS = 3  # times the words of the main story that all stories of a page have; beyond it they are the posts of one stream
SHARE = 0.7  # of the blocks of one shape must be kept for the rest to be revived
LONGEST_CAPTION = 600  # characters; an inline caption shares its block with nothing else
MOST_IN_CAPTION = 1  # full paragraphs in one element with a caption's class; of 174 captions on news pages none has two
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))

Shape = tuple[str, str, str, str]
"""Tag, classes, parent's tag, parent's classes: what the paragraphs of one body have in common."""

MOST_BESIDE = 0.35  # of the body's running text in asides and boxes; with more they are the story
_BOX = re.compile(r"(?<![a-z])(?:info|fact|fakten)-?box(?![a-z])", re.IGNORECASE)

_CAPTION = re.compile(
    r"caption(?!ed|s?-(?:on|off|none))|(?<![a-z])legende?(?![a-z])|bild(?:unterschrift|text)|pic(?:ture)?-?box|article_{1,2}picture|media-?info|image-?text"
    r"|photo-?text|pie-?(?:de-)?foto|foto-?(?:text|onderschrift)|bilde?tekst|(?:image|media|photo|picture)[a-z-]{0,20}_{0,2}desc",
    re.IGNORECASE,
)


def ancestors(block: Block, up: int) -> Iterator[tuple[str, str]]:
    """Yield tag and hints of a block's element and of ``up`` of its ancestors."""
    node = block.node
    for _ in range(up + 1):
        if node is None:
            return
        yield node.tag, node.hints
        node = node.parent


def shape(block: Block) -> Shape:
    """Return the shape of a block's element."""
    node = block.node
    if node is None:
        return ("", "", "", "")
    parent = node.parent
    return (node.tag, node.hints, parent.tag if parent else "", parent.hints if parent else "")


def captioned(block: Block, known: dict[str, bool]) -> Node | None:
    """Return the element that marks a block as a picture's caption by its name or classes; ``known`` remembers the classes."""
    if block.hints and block.link_share < 0.5 and len(block.text) <= LONGEST_CAPTION and _said(_CAPTION, block.hints, known):
        return block.node
    node = block.node
    for _ in range(3):
        if node is None or node.tag == "figcaption" or (node.hints and _said(_CAPTION, node.hints, known)):
            return node
        node = node.parent
    return None


def _captions(blocks: list[Block], looks: Sequence[Look], kept: Sequence[int]) -> None:
    """Take captions out of the body.

    A class alone does not make captions of whole paragraphs that stand together: "image-text" may be a column beside a picture.
    """
    known: dict[str, bool] = {}
    marks = {index: mark for index in kept if (mark := captioned(blocks[index], known)) is not None}
    full = Counter(id(mark) for index, mark in marks.items() if looks[index].prose >= SERIES_FULL)
    for index, mark in marks.items():
        if mark.tag == "figcaption" or full[id(mark)] <= MOST_IN_CAPTION:
            blocks[index] = blocks[index]._replace(kind=Kind.CAPTION, kept=False, reason="the page marks it as a caption")


def _said(pattern: re.Pattern[str], hints: str, known: dict[str, bool]) -> bool:
    """Tell whether a pattern stands in the classes of an element; ``known`` remembers the answer."""
    found = known.get(hints)
    if found is None:
        found = known[hints] = pattern.search(hints) is not None
    return found


def mended(labelled: Labelled) -> list[Block]:
    """Return the blocks of a page with the verdicts that its structure contradicts set right."""
    blocks = list(labelled.blocks)
    kept = [index for index, block in enumerate(blocks) if block.kept and block.kind in BODY_KINDS]
    _captions(blocks, labelled.looks, kept)
    _beside(blocks, labelled.looks, kept)
    _links(blocks, labelled.looks, kept)
    _revive(blocks, labelled.looks, labelled.chances)
    _other_stories(blocks, labelled.looks)
    return blocks


def _full(block: Block, look: Look) -> bool:
    return block.kept and block.kind in BODY_KINDS and look.prose >= SERIES_FULL


def _revive(blocks: list[Block], looks: Sequence[Look], chances: Sequence[float]) -> None:
    """Keep what was dropped among kept blocks of its own shape or parent."""
    full = [index for index, block in enumerate(blocks) if _full(block, looks[index])]
    if len(full) < FEWEST:
        return
    first, last = full[0], full[-1]
    shapes = Counter(shape(blocks[index]) for index in full)
    dropped = Counter(shape(blocks[i]) for i in range(first, last + 1) if not blocks[i].kept and looks[i].prose >= SERIES_FULL)
    parents: Counter[int] = Counter(id(node.parent) for index in full if (node := blocks[index].node) is not None)
    headings = Counter(shape(block) for block in blocks[first : last + 1] if block.kept and block.tag in HEADINGS)
    contents = {looks[i].folded for i in range(first) if blocks[i].link_share > 1 - MOST_LINKED and not blocks[i].kept}
    for index in range(first - 1, last + 1):
        block, look = blocks[index], looks[index]
        listed = block.kind in (Kind.REPEAT, Kind.CHROME) and block.tag in HEADINGS and look.folded in contents
        if listed and _leads(blocks, looks, index):
            blocks[index] = block._replace(kind=Kind.SUBHEADING, kept=True, reason="a heading that the list of contents links to")
            continue
        if block.kept or block.kind is not Kind.CHROME or look.hit is not None or block.node is None:
            continue
        if chances[index] < LIKELY or block.link_share > MOST_LINKED:
            continue
        parent = parents[id(block.node.parent)]
        headed = block.tag in HEADINGS and (headings[shape(block)] >= FEWEST_HEADINGS or parent >= FEWEST)
        if look.prose >= SERIES_FULL and block.tag == "p" and (_mostly(shapes, dropped, block) or parent >= FEWEST):
            blocks[index] = block._replace(kind=Kind.PARAGRAPH, kept=True, reason="a paragraph among its like")
        elif headed and _leads(blocks, looks, index):
            blocks[index] = block._replace(kind=Kind.SUBHEADING, kept=True, reason="a heading between paragraphs of the body")
    _go_on(blocks, looks, chances, full, shapes)


def _go_on(blocks: list[Block], looks: Sequence[Look], chances: Sequence[float], full: Sequence[int], shapes: Counter[Shape]) -> None:
    """Keep the paragraphs behind the last one that stand in its parent and have its shape: the scorer may doubt a story's end."""
    last = blocks[full[-1]]
    if last.node is None or last.tag != "p" or shapes[shape(last)] < FEWEST:
        return
    headings: list[int] = []
    for index in range(full[-1] + 1, min(full[-1] + 1 + MOST_BEHIND, len(blocks))):
        block, look = blocks[index], looks[index]
        if block.node is None or block.node.parent is not last.node.parent:
            continue
        if look.hit is not None:
            return
        if block.tag in HEADINGS:
            headings.append(index)
        elif block.tag == "p" and shape(block) == shape(last):
            if not look.prose >= SERIES_FULL or chances[index] < LIKELY_BEHIND or block.link_share > MOST_LINKED:
                return
            blocks[index] = block._replace(kind=Kind.PARAGRAPH, kept=True, reason="goes on where the body seemed to end")
            for above in headings:
                if not blocks[above].kept:
                    blocks[above] = blocks[above]._replace(
                        kind=Kind.SUBHEADING, kept=True, reason="a heading between paragraphs of the body"
                    )
            headings.clear()


def _mostly(kept: Counter[Shape], dropped: Counter[Shape], block: Block) -> bool:
    here = shape(block)
    return kept[here] >= FEWEST and kept[here] >= SHARE * (kept[here] + dropped[here])


def _leads(blocks: Sequence[Block], looks: Sequence[Look], index: int) -> bool:
    """Tell whether a full paragraph follows straight."""
    return any(_full(blocks[i], looks[i]) for i in range(index + 1, min(index + 3, len(blocks))))


def _beside(blocks: list[Block], looks: Sequence[Look], kept: Sequence[int]) -> None:
    """Take out of the body what the page itself sets beside it: asides, boxes of facts."""
    known: dict[str, bool] = {}
    beside = {index for index in kept if _set_aside(blocks[index].node, known)}
    words = sum(looks[index].prose for index in kept)
    if beside and sum(looks[index].prose for index in beside) <= MOST_BESIDE * words:
        for index in beside:
            blocks[index] = blocks[index]._replace(kind=Kind.CHROME, kept=False, reason="the page sets it beside the story")


def _set_aside(node: Node | None, known: dict[str, bool]) -> bool:
    for _ in range(4):
        if node is None:
            return False
        if node.tag == "aside" or (node.hints and _said(_BOX, node.hints, known)):
            return True
        node = node.parent
    return False


def _links(blocks: list[Block], looks: Sequence[Look], kept: Sequence[int]) -> None:
    """Take short lists of titles out of the body that are links to other stories, item for item."""
    lists: dict[int, list[int]] = {}
    wanted = {id(node.parent) for i in kept if blocks[i].link_share >= LINK and (node := blocks[i].node) is not None and node.tag == "li"}
    for index, block in enumerate(blocks) if wanted else ():
        if block.node is not None and id(block.node.parent) in wanted:
            lists.setdefault(id(block.node.parent), []).append(index)
    for items in lists.values():
        titles = (blocks[i].link_share >= LINK and SHORTEST_TITLE <= looks[i].words <= LONGEST_LINK and not looks[i].closed for i in items)
        if len(items) <= MOST_ITEMS and all(titles):
            for index in items:
                if blocks[index].kept and blocks[index].kind in BODY_KINDS:
                    blocks[index] = blocks[index]._replace(kind=Kind.CHROME, kept=False, reason="a list of links to other stories")
            above = items[0] - 1
            if above >= 0 and blocks[above].tag in HEADINGS and blocks[above].kept:
                blocks[above] = blocks[above]._replace(kind=Kind.CHROME, kept=False, reason="the heading of a list of links")


def _article_of(block: Block) -> Node | None:
    node = block.node
    while node is not None and node.tag != "article":
        node = node.parent
    return node


def _other_stories(blocks: list[Block], looks: Sequence[Look]) -> None:
    """Take the paragraphs of another <article> out: a page may go on with the next story, or show teasers between."""
    full = [index for index, block in enumerate(blocks) if _full(block, looks[index])]
    owners = {index: _article_of(blocks[index]) for index in full}
    words: Counter[int] = Counter()
    for index, owner in owners.items():
        words[id(owner)] += int(looks[index].prose)
    main = owners[full[0]] if full else None
    if main is None or all(owner is main for owner in owners.values()):
        return
    most = words[id(main)]
    apart = (owner for owner in owners.values() if owner is not None and not _holds(main, owner) and not _holds(owner, main))
    titled = {id(_article_of(block)) for block in blocks if block.tag == "h1"}
    both = id(main) in titled
    smaller = words.total() <= MOST_OTHERS * most
    others = {id(owner) for owner in apart if (both and id(owner) in titled) or (smaller and words[id(owner)] <= most)}
    if not others:
        return
    for index, block in enumerate(blocks):
        if block.kept and id(_article_of(block)) in others:
            blocks[index] = block._replace(kind=Kind.CHROME, kept=False, reason="belongs to another story on the page")


def _holds(outer: Node, inner: Node | None) -> bool:
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent
    return False
