"""A page → blocks: one walk over the tree, a block wherever the layout starts a new line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .model import Block, InputError, Node, Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rb rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
"""Elements that do not start a new line; every other does, unknown ones included."""
SILENT = frozenset(
    "script style template svg math head iframe object embed applet select textarea canvas audio video map noframes datalist source img "
    "input meta link title base param track area col colgroup".split()
)
"""Elements whose text nobody reads on the page."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,20000}-->|HTTP/\d[^\n]{0,200}\n(?:[\w-]{1,60}:[^\n]{0,2000}\n){0,60}|\s)*"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_BLOCK_TAG = re.compile(r"<(?:/?(?:p|div|br|li|ul|ol|td|tr|table|article|section|body|html|h[1-6]|blockquote|meta|script|title))(?=[\s>/])", re.I)
FEWEST_TAGS = 4  # block tags; prose that speaks of HTML names one or two
HEAD = 50_000  # characters looked at to tell a page from text
CLOSED_LINE = 60  # characters; a closed line of so many before a single <br> is a paragraph of its own (pages before 2005)
_CLOSED = re.compile(r"[.!?:…。！？।؟][\"'”’»)\]」]*$")
_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029\x85]+")

BREAK = "\n"
"""Stands in the pieces of a block for one <br>."""


def is_html(text: str) -> bool:
    """Tell a page from plain text by looking at its beginning."""
    if "<" not in text:
        return False
    head = text[:HEAD]
    if _OPENING.match(head):
        return True
    found = 0
    for _ in _BLOCK_TAG.finditer(head):
        found += 1
        if found >= FEWEST_TAGS:
            return True
    return False


def parse(text: str) -> HtmlElement:
    """Return the root of the tree lxml makes of a page. No entity of its own is expanded and nothing is fetched.

    Raises ``InputError`` if there is no element in it.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        parser.feed(text.replace("\0", "").encode("utf-8", "replace"))
        root = parser.close()
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise InputError("the page holds no readable HTML; give its text instead") from error
    if root is None:
        raise InputError("the page holds no readable HTML; give its text instead")
    found: HtmlElement = root
    return found


class _Open:
    """An element that the walk is inside of."""

    __slots__ = ("children", "element", "node", "nth", "tag")

    def __init__(self, element: HtmlElement, tag: str, nth: int) -> None:
        self.element = element
        self.tag = tag
        self.nth = nth
        self.children = 0
        self.node: Node | None = None


class _Walk:
    """The state of one walk: the open elements and the pieces of the block that is being read."""

    def __init__(self, silent: frozenset[str]) -> None:
        self.silent = silent
        self.blocks: list[Block] = []
        self.path: list[_Open] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0
        self.hints: list[str] = []
        self.time: str | None = None
        self.has_text = False

    def say(self, text: str) -> None:
        self.pieces.append(text)
        if not text.isspace():
            self.has_text = True
            if self.links:
                self.linked += len(text)

    def flush(self) -> None:
        if self.has_text:
            whole = "".join(self.pieces)
            parts = [whole] if BREAK not in whole else _parts(whole)
            node = self.node()
            share = 0.0
            if self.linked:
                share = min(1.0, self.linked / max(1, sum(map(len, parts))))
            hints = " ".join(self.hints)
            for part in parts:
                text = _SPACE.sub(" ", part).strip()
                if text:
                    self.blocks.append(Block(text, node=node, hints=hints, link_share=share, time=self.time))
        self.pieces.clear()
        self.hints.clear()
        self.linked = 0
        self.has_text = False
        self.time = None

    def node(self) -> Node | None:
        """The node of the innermost open element that starts a line; nodes are made only where text is."""
        index = len(self.path) - 1
        while index > 0 and self.path[index].tag in INLINE:
            index -= 1
        first = index
        while first >= 0 and self.path[first].node is None:
            first -= 1
        node = self.path[first].node if first >= 0 else None
        for step in self.path[first + 1 : index + 1]:
            node = step.node = Node(node, step.tag, step.nth, _hints(step.element))
        return node


def _hints(element: HtmlElement) -> str:
    found = [value for name in ("class", "id", "role", "itemprop") if (value := element.get(name))]
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        found.append("hidden")
    return " ".join(found)[:LONGEST_HINTS]


LONGEST_HINTS = 200  # characters; utility classes run to thousands and say nothing


def _parts(whole: str) -> list[str]:
    """Part a block at its <br>: at two in a row, and at one behind a closed line."""
    parts: list[str] = []
    current = ""
    empty = False
    for line in whole.split(BREAK):
        if not line.strip():
            empty = True
            continue
        if current and (empty or (len(current) >= CLOSED_LINE and _CLOSED.search(current.rstrip()[-6:]))):
            parts.append(current)
            current = ""
        current = f"{current} {line}" if current else line
        empty = False
    if current:
        parts.append(current)
    return parts


def read_page(text: str, url: str | None = None) -> Page:
    """Read a page: its blocks, and what it claims about itself.

    Raises ``InputError`` if there is no element in it.
    """
    from .claims import read_claims

    root = parse(text)
    return Page(read_blocks(root), read_claims(root, url), html=True)


def read_blocks(root: HtmlElement) -> list[Block]:
    """Walk the tree of a page; a page that shows nothing is walked again with what it hides from readers."""
    blocks = _walk(root, SILENT | {"noscript"})
    if not blocks:
        blocks = _walk(root, SILENT - {"template", "textarea", "svg", "math"})
    return blocks


def _walk(root: HtmlElement, silent: frozenset[str]) -> list[Block]:
    from lxml import etree

    state = _Walk(silent)
    walker = etree.iterwalk(root, events=("start", "end"))
    path = state.path
    skipped = None
    for event, element in walker:
        tag = element.tag
        if event == "start":
            nth = 0
            if path:
                path[-1].children += 1
                nth = path[-1].children
            if not isinstance(tag, str) or tag in silent:
                walker.skip_subtree()
                skipped = element
                continue
            if tag == "br":
                state.pieces.append(BREAK)
                skipped = element
                walker.skip_subtree()
                continue
            if tag not in INLINE:
                state.flush()
            elif tag == "a":
                state.links += 1
                _note(state, element)
            elif tag == "time":
                state.time = state.time or element.get("datetime")
            elif element.attrib:
                _note(state, element)
            path.append(_Open(element, tag, nth))
            text = element.text
            if text:
                state.say(_plain(text))
        else:
            if element is skipped or not isinstance(tag, str):
                skipped = None
            else:
                if tag not in INLINE:
                    state.flush()
                elif tag == "a":
                    state.links -= 1
                path.pop()
            tail = element.tail
            if tail and path:
                state.say(_plain(tail))
    state.flush()
    return state.blocks


def _plain(text: str) -> str:
    """The page's own line ends are layout of its source: spaces."""
    return text.replace("\n", " ") if "\n" in text else text


def _note(state: _Walk, element: HtmlElement) -> None:
    if len(state.hints) < MOST_HINTS:
        for name in ("class", "rel", "itemprop"):
            value = element.get(name)
            if value:
                state.hints.append(value[:LONGEST_HINTS])


MOST_HINTS = 8  # notes; the first inline elements of a block tell what it is
