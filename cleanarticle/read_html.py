"""A page → blocks: one walk over the tree, a block wherever the layout starts a new line."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from .decode import c1_table, repair
from .language import SENTENCE_ENDS
from .model import UNSEEN, Block, Claims, InputError, Kind, Node, Page

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
_CLOSED = re.compile(rf"[{SENTENCE_ENDS}:][\"'”’»)\]」]{{0,9}}$")
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
    return _parsed(_source(text))


def _source(text: str) -> bytes:
    from . import tame

    data = text.encode("utf-8", "replace").replace(b"\0", b"")  # among bytes a zero is found at once, among wide characters it is not
    return tame.fewer_attributes(data)


def _parsed(data: bytes) -> Element:
    root, whole = _tree(data)
    for deepest in (FLAT, FLAT // 4):
        if whole:
            break
        from . import tame

        data = tame.flatter(data, deepest)
        root, whole = _tree(data)
    return root


def _tree(data: bytes) -> tuple[Element, bool]:
    """Return the root, and whether the parser read the page to its end."""
    from lxml import etree

    # Plain elements: those of lxml.html are made by a class look-up in Python and take three times as long to walk.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True, collect_ids=False)
    try:
        parser.feed(data)
        root = parser.close()
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise InputError("the page holds no readable HTML; give its text instead") from error
    if root is None:
        raise InputError("the page holds no readable HTML; give its text instead")
    for behind in list(root.itersiblings()):  # what follows a </html> that stood too early
        root.append(behind)
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

        root = _parsed(tame.flatter(_source(text), FLAT))
        blocks = read_blocks(root)
    claims = read_claims(root, url)
    if claims.body is not None and len(claims.body) > sum(len(block.text) for block in blocks):
        blocks = _with_claimed(blocks, claims)
    return Page(blocks, claims, html=True, source=text)


def _with_claimed(blocks: list[Block], claims: Claims) -> list[Block]:
    """The blocks of a page that shows less than the article it claims, and the paragraphs of that article that it does not show.

    They stand behind the last one that it shows, or behind the headline.
    """
    paragraphs = [text for line in (claims.body or "").split("\n") if (text := _one_line(line))]
    shown = {block.text: place for place, block in enumerate(blocks)}
    place = max((shown[text] for text in (*claims.headlines, *paragraphs) if text in shown), default=-1)
    return [*blocks[: place + 1], *(Block(text) for text in paragraphs if text not in shown), *blocks[place + 1 :]]


def read_blocks(root: Element, deepest: int | None = None) -> list[Block]:
    """Walk the tree of a page; one that shows next to nothing is walked again with what it hides from readers.

    ``deepest``: open elements; raises ``_TooDeepError`` where more are. Without it the deeper ones count as their ancestor.
    """
    blocks = _walk(root, _ROLES, deepest)
    if len(blocks) < LITTLE and sum(len(block.text) for block in blocks) < LITTLE:
        others = _walk(root, _ROLES_OF_LAST_RESORT, deepest)
        if not blocks or sum(len(block.text) for block in others) >= LITTLE:
            return others
    return blocks


# ---------------------------------------------------------------------------------------------------- the walk

_BLOCK, _ROW, _PRE, _INLINE, _SIGNS, _LINK, _TIME, _BREAK, _SKIPPED, _TEMPLATE = range(10)
_LAST_OF_BLOCKS, _LAST_IN_LINES = _PRE, _TIME
_ROLES: Mapping[str, int] = {
    **dict.fromkeys(STANDARD, _BLOCK),
    **dict.fromkeys(INLINE, _INLINE),
    **dict.fromkeys(("code", "kbd", "samp", "sub", "sup", "tt", "var"), _SIGNS),
    **dict.fromkeys(SILENT | {"noscript"}, _SKIPPED),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), _PRE),
    "a": _LINK, "time": _TIME, "br": _BREAK, "tr": _ROW, "template": _TEMPLATE,
}  # fmt: skip
_ROLES_OF_LAST_RESORT: Mapping[str, int] = {**_ROLES, **dict.fromkeys(LAST_RESORT, _BLOCK)}

_END = "\0"  # of a line, where the page shows one; the parser lets none through
_NEL = "\x85"  # white space to Python; on a page it is the reference &#133;
_NOTHING_READ = (False, 0, -1, -1, None)
_PARAGRAPH = Kind.PARAGRAPH

_children: Callable[[Element], Sequence[Element]] = itemgetter(slice(None))  # a slice is the fastest way to get at them
_new = tuple.__new__  # what the constructors of named tuples come down to, at a third of their cost


class _TooDeepError(Exception):
    """More elements lie within each other than the walk goes down."""


_Open = tuple["Element", str, int, int, "Iterator[Element]"]
"""An element the walk is inside of: with its tag, its position, its role, and what comes behind it in its parent."""


def _walk(root: Element, roles: Mapping[str, int], deepest: int | None) -> list[Block]:
    blocks: list[Block] = []
    pieces: list[str] = []  # of the block that is being read
    inlines: list[Element] = []  # elements within its line
    linked = links = 0  # characters inside links; open links
    pre = signs = 0  # open elements that keep their line ends; open elements whose text is no prose
    behind_link = -1  # pieces at the end of the last link
    empty, behind_empty = 0, -1  # elements without text, side by side; pieces in front of them
    row = 0  # open elements inside the row that is read as one block; 0 outside
    time: str | None = None
    spoken = False  # there is text in the pieces

    def flush(node: Node | None) -> tuple[bool, int, int, int, None]:
        """End the block that is being read; return what is known of the next."""
        whole = "".join(pieces)
        if not whole.isascii():
            whole = _referred(whole)
        pieces.clear()
        hints = ""
        if inlines:
            hints = _notes(inlines)
            inlines.clear()
        if _END in whole:
            texts = [clean for part in _parts(whole) if (clean := _one_line(part))]
            share = min(1.0, linked / max(1, sum(map(len, texts))))
            for text in texts:
                blocks.append(_new(Block, (text, _PARAGRAPH, True, "", None, None, node, hints, share, time)))
            return _NOTHING_READ
        whole = whole.strip()
        if "  " in whole or not whole.isprintable():
            whole = _one_line(whole)
            if not whole:
                return _NOTHING_READ
        share = min(1.0, linked / len(whole)) if linked else 0.0
        blocks.append(_new(Block, (whole, _PARAGRAPH, True, "", None, None, node, hints, share, time)))
        return _NOTHING_READ

    children = iter(_children(root))
    stack: list[_Open] = [(root, "html", 0, _BLOCK, children)]
    nodes: list[Node | None] = [None]  # of the elements on the stack; made only where text is
    node: Node | None = None
    nth = 0
    if root.text and not root.text.isspace():
        spoken = True
        pieces.append(root.text)
    while True:
        element = next(children, None)
        if element is None:  # it was the last of its parent, which ends
            if row == len(stack):
                row = 0
            if spoken and not row and stack[-1][3] <= _LAST_OF_BLOCKS:
                node = nodes[-1] or _line_node(stack, nodes)
            element, tag, nth, role, children = stack.pop()
            nodes.pop()
            if not stack:
                break
        else:
            nth += 1
            tag = element.tag
            role = roles.get(tag, _TEMPLATE)
            if role == _TEMPLATE:
                role = _unlisted(element, spoken)
                if role != _SKIPPED and _NAME.fullmatch(tag) is None:
                    tag = "*"
            if role <= _LAST_IN_LINES:
                text = element.text
                if role > _LAST_OF_BLOCKS:
                    if role == _TIME:
                        time = time or (element.get("datetime") or "")[:LONGEST_TIME] or None
                    else:
                        inlines.append(element)
                    if role == _LINK:
                        links += 1
                        if text and spoken and len(pieces) == behind_link and text[0].isalnum() and pieces[-1][-1].isalnum():
                            pieces.append(" ")  # two links side by side are never one word
                    elif role == _SIGNS:
                        signs += 1
                else:
                    if row:
                        pieces.append(" ")
                    elif spoken:
                        spoken, linked, behind_link, behind_empty, time = flush(_line_node(stack, nodes))
                    elif inlines or time:
                        inlines.clear()
                        time = None
                    if role == _PRE:
                        pre += 1
                if text:
                    if not text.isspace():
                        if spoken and (text[0].isupper() or behind_empty == len(pieces)) and not (signs or pre):
                            _part_words(pieces, text, empty if behind_empty == len(pieces) else 0)
                        spoken = True
                        pieces.append(text.replace("\n", _END) if pre else text)
                        if links:
                            linked += len(text.strip())
                    elif spoken:
                        pieces.append(text.replace("\n", _END) if pre else text)
                below = _children(element)
                if below:
                    if deepest is not None and len(stack) > deepest:
                        raise _TooDeepError
                    stack.append((element, tag, nth, role, children))
                    nodes.append(None)
                    if role == _ROW and not row and _is_data(below):
                        row = len(stack)
                    children = iter(below)
                    nth = 0
                    continue
                if spoken and not row:
                    if role > _LAST_OF_BLOCKS:
                        if not text:
                            empty = empty + 1 if behind_empty == len(pieces) else 1
                            behind_empty = len(pieces)
                    else:
                        node = _new(Node, (nodes[-1] or _node(stack, nodes, len(stack) - 1), tag, nth, _hints(element)))
            elif role == _BREAK and spoken:
                pieces.append(" " if row else _END)
        if role <= _LAST_OF_BLOCKS:
            if row:
                pieces.append(" ")
            elif spoken:
                spoken, linked, behind_link, behind_empty, time = flush(node)
            elif inlines or time:
                inlines.clear()
                time = None
            if role == _PRE:
                pre -= 1
        elif role == _LINK:
            links -= 1
            behind_link = len(pieces)
        elif role == _SIGNS:
            signs -= 1
        tail = element.tail
        if tail:
            if not tail.isspace():
                if spoken and (tail[0].isupper() or behind_empty == len(pieces)) and not (signs or pre):
                    _part_words(pieces, tail, empty if behind_empty == len(pieces) else 0)
                spoken = True
                pieces.append(tail.replace("\n", _END) if pre else tail)
                if links:
                    linked += len(tail.strip())
            elif spoken:
                pieces.append(tail.replace("\n", _END) if pre else tail)
    if spoken:
        flush(node)
    return blocks


def _part_words(pieces: list[str], text: str, empty: int) -> None:
    """Put a space where an element begins or ends between a small letter and a capital: the page's style sets the two apart.

    ``empty``: elements without text that stand between them; they are line ends.
    """
    before = "".join(pieces[-3:])
    word = before.rstrip("\"'”’»)")
    closed = word.endswith(_CLOSING)
    letters = word.rstrip("".join(_CLOSING))[-2:]
    if (word != before and not closed) or len(letters) < 2 or not (letters.isalpha() and letters.islower()):
        return
    if text[0].isupper() or (empty and closed and text[0] in _OPENING and text[1:2].isalnum()):
        pieces.append(_END * min(2, empty) or " ")


_CLOSING = (".", "!", "?", "…", ":")
_OPENING = '"“„«¿¡'


def _line_node(stack: Sequence[_Open], nodes: list[Node | None]) -> Node:
    """The node of the innermost open element that starts a line."""
    depth = min(len(stack) - 1, DEEPEST)
    while stack[depth][3] > _LAST_OF_BLOCKS:
        depth -= 1
    return nodes[depth] or _node(stack, nodes, depth)


def _node(stack: Sequence[_Open], nodes: list[Node | None], depth: int) -> Node:
    """The node of an open element; those above it are made where they are missing, deeper ones count as their ancestor."""
    depth = min(depth, DEEPEST)
    node = nodes[depth]
    if node is None:
        element, tag, nth, _, _ = stack[depth]
        above = (nodes[depth - 1] or _node(stack, nodes, depth - 1)) if depth else None
        node = nodes[depth] = _new(Node, (above, tag, nth, _hints(element)))
    return node


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


def _hints(element: Element) -> str:
    """The class, id, role and itemprop of an element as written, and ``hidden`` where it is."""
    names = element.keys()
    if not names:
        return ""
    hints = (element.get("class") or "") if "class" in names else ""
    if _TELLING.isdisjoint(names):
        return hints[:LONGEST_HINTS]
    for name in ("id", "role", "itemprop"):
        if name in names and (value := element.get(name)):
            hints = f"{hints} {value}" if hints else value
    if not _HIDING.isdisjoint(names) and _is_hidden(element):
        return " ".join((hints[: LONGEST_HINTS - 7], "hidden")).strip()
    return hints[:LONGEST_HINTS]


_HIDING = frozenset(("hidden", "aria-hidden", "style"))
_TELLING = _HIDING | {"id", "role", "itemprop"}


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return (
        element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
        or (style is not None and _HIDDEN.search(style[:LONGEST_STYLE]) is not None)
    )


def _notes(inlines: Sequence[Element]) -> str:
    """The class, rel and itemprop of the first elements within a line."""
    notes: list[str] = []
    for element in inlines:
        names = element.keys()
        if names and not _NOTED.isdisjoint(names):
            for name in ("class", "rel", "itemprop"):
                if name in names and (value := element.get(name)):
                    notes.append(value[:LONGEST_HINTS])
            if len(notes) >= MOST_HINTS:
                break
    return " ".join(notes)


_NOTED = frozenset(("class", "rel", "itemprop"))


def _referred(text: str) -> str:
    """The text with what only character references can have brought in set right: a C1 code that is white space, mojibake."""
    if _NEL in text:
        text = text.replace(_NEL, "…")
    return repair(text) if "â€" in text or "Ã" in text else text


def _one_line(text: str) -> str:
    """The text with its white space folded and without what no block holds.

    References to C1 codes mean characters of windows-1252 (HTML standard, "numeric character reference end state").
    """
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join(UNSEEN.sub("", text.translate(c1_table())).split())


def _parts(whole: str) -> list[str]:
    """Part a block at its <br>: at two in a row, and at one behind a closed line."""
    parts: list[str] = []
    current: list[str] = []
    length = 0
    empty = False
    for line in whole.split(_END):
        line = line.strip()
        if not line:
            empty = True
            continue
        if current and (empty or (length >= CLOSED_LINE and _CLOSED.search(current[-1][-12:]))):
            parts.append(" ".join(current))
            current = []
            length = 0
        current.append(line)
        length += len(line) + 1
        empty = False
    if current:
        parts.append(" ".join(current))
    return parts
