"""A page → blocks: one walk over the tree, a block wherever the layout starts a new line."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from .model import UNSEEN, Block, InputError, Kind, Node, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

INLINE = frozenset(
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp small span strike "  # noqa: SIM905
    "strong sub sup tt u var wbr".split()
)
"""Elements that do not start a new line, besides ``a`` and ``time``; every other does."""
SILENT = frozenset(
    "script style template svg math head iframe object embed applet select textarea canvas audio video map noframes datalist source img "  # noqa: SIM905
    "input meta link title base param track area col colgroup".split()
)
"""Elements whose text nobody reads on the page."""
LAST_RESORT = frozenset(("noscript", "template", "textarea", "svg", "math"))
"""Elements that are read where a page shows nothing else."""
STANDARD = (
    INLINE
    | SILENT
    | frozenset(
        "a time address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure "  # noqa: SIM905
        "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noscript ol optgroup option p "
        "plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
    )
)
"""Elements with a known layout; of another it depends on what stands beside it."""

DEEPEST = 200  # open elements; the deepest news page seen has 89, the parser itself loses everything beyond 2,048
FLAT = DEEPEST // 2  # open containers that are left where a page has more; cells, list items and paragraphs come on top
MOST_HINTS = 8  # notes; the first inline elements of a block tell what it is
LONGEST_HINTS = 200  # characters; utility classes run to thousands and say nothing
LONGEST_CELL = 80  # characters; rows with a longer cell lay out a page, or are read cell by cell
LONGEST_TIME = 64  # characters of a ``datetime``
LONGEST_STYLE = 2000  # characters of a ``style``
LITTLE = 200  # characters; a page that shows less shows a notice, and its article may stand in <noscript>
CLOSED_LINE = 60  # characters; a closed line of so many before a single <br> is a paragraph of its own (pages before 2005)
_CLOSED = re.compile(r"[.!?:…。！？।؟][\"'”’»)\]」]{0,9}$")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")
"""Names of elements that a selector takes as they are; the others stand in it as ``*``."""
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)

# ---------------------------------------------------------------------------------------------------- page or text

HEAD = 50_000  # characters looked at to tell a page from text
FEWEST_TAGS = 4  # block tags; prose that speaks of HTML names one or two
_ROOT_TAG = re.compile(r"<(?:!doctype\s{1,20}html|html|head|body)\b", re.I)
_PROLOGUE = re.compile(r"<\?xml[^>]{0,200}>|HTTP/\d[^\n]{0,200}\n(?:[\w-]{1,60}:[^\n]{0,2000}\n){0,60}", re.I)
_SPACE = re.compile(r"[\s\ufeff]*")
_BLOCK_TAG = re.compile(
    r"<(?:/?(?:p|div|br|li|ul|ol|td|tr|table|article|section|body|html|h[1-6]|blockquote|meta|script|title))(?:[\s/][^<>]{0,2000})?>", re.I
)


def is_html(text: str) -> bool:
    """Tell a page from plain text by looking at its beginning."""
    if "<" not in text:
        return False
    head = text[:HEAD]
    if _ROOT_TAG.match(head, _behind_prologue(head)):
        return True
    return any(found == FEWEST_TAGS for found, _ in enumerate(_BLOCK_TAG.finditer(head), 1))


def _behind_prologue(head: str) -> int:
    """Where a page's first tag may stand: behind white space, comments, an XML declaration, the headers it was sent with."""
    at = -1
    following = 0
    while following > at:
        at = following
        space = _SPACE.match(head, at)
        following = space.end() if space else at
        if head.startswith("<!--", following):
            end = head.find("-->", following)
            if end < 0:
                return following
            following = end + 3
        elif (prologue := _PROLOGUE.match(head, following)) is not None:
            following = prologue.end()
    return at


# ---------------------------------------------------------------------------------------------------- the tree


def parse(text: str) -> Element:
    """Return the root of the tree lxml makes of a page. No entity of its own is expanded and nothing is fetched.

    Raises ``InputError`` if there is no element in it.
    """
    from . import tame

    if tame.may_have_many_attributes(text):
        text = tame.fewer_attributes(text)
    root, whole = _tree(text)
    for deepest in (FLAT, FLAT // 4):
        if whole:
            break
        text = tame.flatter(text, deepest)
        root, whole = _tree(text)
    return root


def _tree(text: str) -> tuple[Element, bool]:
    """Return the root, and whether the parser read the page to its end."""
    from lxml import etree

    # Plain elements: those of lxml.html are made by a class look-up in Python and take three times as long to walk.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        parser.feed(text.replace("\0", "").encode("utf-8", "replace"))
        root = parser.close()
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise InputError("the page holds no readable HTML; give its text instead") from error
    if root is None:
        raise InputError("the page holds no readable HTML; give its text instead")
    last = parser.feed_error_log.last_error
    return root, last is None or last.type_name != "ERR_RESOURCE_LIMIT"


def read_page(text: str, url: str | None = None) -> Page:
    """Read a page: its blocks, and what it claims about itself.

    Raises ``InputError`` if there is no element in it.
    """
    from .claims import read_claims

    root = parse(text)
    try:
        blocks = read_blocks(root, deepest=DEEPEST)
    except _TooDeepError:
        from . import tame

        root = parse(tame.flatter(text, FLAT))
        blocks = read_blocks(root)
    return Page(blocks, read_claims(root, url), html=True, source=text)


def read_blocks(root: Element, deepest: int | None = None) -> list[Block]:
    """Walk the tree of a page; one that shows next to nothing is walked again with what it hides from readers.

    ``deepest``: open elements; raises ``_TooDeepError`` where more are. Without it the deeper ones count as their ancestor.
    """
    blocks = _walk(root, _ROLES, deepest)
    if sum(len(block.text) for block in blocks) < LITTLE:
        others = _walk(root, _ROLES_OF_LAST_RESORT, deepest)
        if not blocks or sum(len(block.text) for block in others) >= LITTLE:
            return others
    return blocks


# ---------------------------------------------------------------------------------------------------- the walk

_BLOCK, _INLINE, _LINK, _TIME, _BREAK, _SKIPPED, _ROW, _PRE, _TEMPLATE = range(9)
_WITHIN_A_LINE = frozenset((_INLINE, _LINK, _TIME))
_ROLES: Mapping[str, int] = {
    **dict.fromkeys(STANDARD, _BLOCK),
    **dict.fromkeys(INLINE, _INLINE),
    **dict.fromkeys(SILENT | {"noscript"}, _SKIPPED),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), _PRE),
    "a": _LINK, "time": _TIME, "br": _BREAK, "tr": _ROW, "template": _TEMPLATE,
}  # fmt: skip
_ROLES_OF_LAST_RESORT: Mapping[str, int] = {**_ROLES, **dict.fromkeys(LAST_RESORT, _BLOCK)}


_children: Callable[[Element], Sequence[Element]] = itemgetter(slice(None))  # a slice is the fastest way to get at them
_new = tuple.__new__  # what the constructors of named tuples come down to, at a third of their cost


class _TooDeepError(Exception):
    """More elements lie within each other than the walk goes down."""


class _Open:
    """An element the walk is inside of; its node is made only where text is."""

    __slots__ = ("element", "inline", "node", "nth", "parent", "tag")

    def __init__(self, parent: _Open | None, element: Element, tag: str, nth: int, inline: bool) -> None:
        self.parent = parent
        self.element = element
        self.tag = tag
        self.nth = nth
        self.inline = inline
        self.node: Node | None = None


def _walk(root: Element, roles: Mapping[str, int], deepest: int | None) -> list[Block]:
    blocks: list[Block] = []
    pieces: list[str] = []  # of the block that is being read; a line end is a <br>
    hints: list[str] = []
    linked = links = pre = 0  # characters inside links; open links; open elements that keep their line ends
    behind_link = -1  # pieces at the end of the last link
    row = 0  # depth inside the row that is read as one block; 0 outside
    time: str | None = None
    spoken = False  # there is text in the pieces

    def say(text: str) -> None:
        nonlocal linked, spoken
        if not text.isspace():
            spoken = True
            pieces.append(text if pre or "\n" not in text else text.replace("\n", " "))
            if links:
                linked += len(text.strip())
        else:
            pieces.append(text if pre else " ")

    def flush(node: Node | None) -> None:
        nonlocal behind_link, linked, spoken, time
        whole = "".join(pieces) if len(pieces) > 1 else pieces[0]
        texts = [" ".join(whole.split())] if "\n" not in whole else [" ".join(part.split()) for part in _parts(whole)]
        share = min(1.0, linked / max(1, sum(map(len, texts)))) if linked else 0.0
        noted = ""
        if hints:
            noted = " ".join(hints)
            hints.clear()
        for text in texts:
            if not text.isprintable():
                text = " ".join(UNSEEN.sub("", text).split())
            if text:
                blocks.append(_new(Block, (text, Kind.PARAGRAPH, True, "", None, None, node, noted, share, time)))
        pieces.clear()
        behind_link = -1
        linked = 0
        time = None
        spoken = False

    stack: list[tuple[Element, Iterator[Element], _Open, int, int]] = []  # each element entered, and what was going on before
    children = iter(_children(root))
    here = _Open(None, root, "html", 0, False)
    inside = _BLOCK  # the role of the innermost open element
    nth = 0
    if root.text and not root.text.isspace():
        say(root.text)
    while True:
        element = next(children, None)
        if element is None:  # it was the last of its parent, which ends
            if not stack:
                break
            role = inside
            if row == len(stack):
                row = 0
            node = _line_node(here) if spoken and not row and role not in _NO_END else None
            element, children, here, nth, inside = stack.pop()
        else:
            nth += 1
            tag = element.tag
            listed = roles.get(tag)
            if listed is None or listed == _TEMPLATE:
                role = _unlisted(element, spoken)
                if listed is None and role != _SKIPPED and _NAME.fullmatch(tag) is None:
                    tag = "*"
            else:
                role = listed
            if role == _BREAK:
                if spoken:
                    pieces.append(" " if row else "\n")
            elif role != _SKIPPED:
                text = element.text
                if role in _WITHIN_A_LINE:
                    if role == _TIME:
                        time = time or (element.get("datetime") or "")[:LONGEST_TIME] or None
                    elif len(hints) < MOST_HINTS:
                        _note(element, hints)
                    if role == _LINK:
                        links += 1
                        if text and spoken and len(pieces) == behind_link and text[0].isalnum() and pieces[-1][-1].isalnum():
                            pieces.append(" ")  # two links side by side are never one word
                else:
                    if row:
                        pieces.append(" ")
                    elif spoken:
                        flush(_line_node(here))
                    elif hints or time:
                        hints.clear()
                        time = None
                    if role == _PRE:
                        pre += 1
                if text and (spoken or not text.isspace()):
                    say(text)
                below = _children(element)
                if below:
                    if deepest is not None and len(stack) >= deepest:
                        raise _TooDeepError
                    stack.append((element, children, here, nth, inside))
                    if len(stack) <= DEEPEST:
                        here = _Open(here, element, tag, nth, role in _WITHIN_A_LINE)
                    if role == _ROW and not row and _is_data(below):
                        row = len(stack)
                    children, nth, inside = iter(below), 0, role
                    continue
                if spoken and not row and role not in _WITHIN_A_LINE:
                    node = _new(Node, (_node(here), tag, nth, _hints(element)))
        if role == _LINK:
            links -= 1
            behind_link = len(pieces)
        elif role not in _NO_END:
            if row:
                pieces.append(" ")
            elif spoken:
                flush(node)
            elif hints or time:
                hints.clear()
                time = None
            if role == _PRE:
                pre -= 1
        tail = element.tail
        if tail and (spoken or not tail.isspace()):
            say(tail)
    if spoken:
        flush(_line_node(here))
    return blocks


_NO_END = frozenset((_INLINE, _TIME, _BREAK, _SKIPPED))


def _unlisted(element: Element, spoken: bool) -> int:
    """The role of an element that HTML does not define (or of a template, which is read where it is a component's inside)."""
    tag = element.tag
    if tag.__class__ is not str:
        return _SKIPPED
    if tag == "o:p":  # a word processor's empty paragraph mark
        return _INLINE
    if tag == "template":
        return _BLOCK if element.get("shadowrootmode") else _SKIPPED
    beside = spoken or (element.tail is not None and not element.tail.isspace())
    return _INLINE if beside and all(child.tag in INLINE or child.tag == "a" for child in element) else _BLOCK


def _is_data(cells: Sequence[Element]) -> bool:
    """Tell a row of short cells, which is read as one line, from one that lays out a page."""
    if len(cells) < 2:
        return False
    filled = 0
    for cell in cells:
        length = 0
        for element in cell.iter():
            if element.tag not in _IN_CELLS:
                return False
            length += len(element.text or "") + len(element.tail or "")
            if length > LONGEST_CELL:
                return False
        filled += length > 0
    return filled > 1


_IN_CELLS = INLINE | {"td", "th", "a", "br", "img", "p", "div", "center", "time"}


def _line_node(step: _Open) -> Node:
    """The node of the innermost open element that starts a line."""
    while step.inline and step.parent is not None:
        step = step.parent
    return _node(step)


def _node(step: _Open) -> Node:
    """The node of an open element; those above it are made where they are missing."""
    if step.node is None:
        missing = [step]
        above = step.parent
        while above is not None and above.node is None:
            missing.append(above)
            above = above.parent
        node = None if above is None else above.node
        for step in reversed(missing):
            node = step.node = _new(Node, (node, step.tag, step.nth, _hints(step.element)))
    found: Node = step.node  # type: ignore[assignment]
    return found


def _hints(element: Element) -> str:
    names = element.keys()
    if not names:
        return ""
    if len(names) == 1 and names[0] == "class":
        return (element.get("class") or "")[:LONGEST_HINTS]
    found = [value for name in _HINTS if name in names and (value := element.get(name))]
    if (
        "hidden" in names
        or ("aria-hidden" in names and element.get("aria-hidden") == "true")
        or ("style" in names and _HIDDEN.search((element.get("style") or "")[:LONGEST_STYLE]))
    ):
        return " ".join((" ".join(found)[: LONGEST_HINTS - 7], "hidden")).strip()
    return " ".join(found)[:LONGEST_HINTS]


_HINTS = ("class", "id", "role", "itemprop")


def _note(element: Element, hints: list[str]) -> None:
    names = element.keys()
    for name in ("class", "rel", "itemprop"):
        if name in names and (value := element.get(name)):
            hints.append(value[:LONGEST_HINTS])


def _parts(whole: str) -> list[str]:
    """Part a block at its <br>: at two in a row, and at one behind a closed line."""
    parts: list[str] = []
    current: list[str] = []
    length = 0
    empty = False
    for line in whole.split("\n"):
        if not line or line.isspace():
            empty = True
            continue
        if current and (empty or (length >= CLOSED_LINE and _CLOSED.search(current[-1].rstrip()[-12:]))):
            parts.append(" ".join(current))
            current = []
            length = 0
        current.append(line)
        length += len(line) + 1
        empty = False
    if current:
        parts.append(" ".join(current))
    return parts
