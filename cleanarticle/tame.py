"""What a page's source must not do to the parser: nest deeper than it reads, or give one element very many attributes.

Nothing a reader could see is taken away: deep tags turn into those of elements that hold nothing. A page is the UTF-8 that the parser
gets. Where tags, comments and raw elements begin and end the HTML standard says ("tokenization"), and the parser keeps to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

VOID = frozenset(b"area base br col embed hr img input keygen link meta param source track wbr".split())
IMPLIED = frozenset(b"html head body p li dt dd tr td th thead tbody tfoot colgroup option optgroup rb rt rp".split())
"""Elements that end by themselves where the next of their kind begins: they nest no deeper than what holds them."""
INLINE = frozenset(
    b"a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u "
    b"var".split()
)
HIGHER = (b"div", b"table")
"""Elements that the end tag of another does not end with it: the parser leaves such a tag out."""
ABOVE: dict[bytes, tuple[bytes, ...]] = {b"div": (b"table",), b"table": ()}
"""The same for the end tags of these."""
LEAVES = INLINE | {b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"}
SPARE = 20  # open elements by which headings and inline elements may stand deeper than containers
RAW = frozenset(b"script style textarea title xmp noframes noembed iframe plaintext".split())
"""Elements whose content is no markup."""
MOST_ATTRIBUTES = 500  # of one element; the parser walks along all of them to add one
WINDOW = 4000  # bytes; a tag shorter than two windows may hold more attributes, as they cost little then (5 ms for 2,000)
MANY_SIGNS = 2000  # white space, slashes and quotes, one of which parts any two attributes

# The repeats are possessive, so that nothing is read twice. In CPython before 3.11.5 one that fails in the middle of what it repeats goes
# on from there; these fail at its beginning. No group within one captures, as CPython 3.11 loses count of those.
_S = r" \t\n\f\r"
_GAP = rf"(?:(?!/>)[{_S}/])*+"
_RAW = rf"(?i:{'|'.join(sorted(name.decode() for name in RAW))})"
_NAME = rf"[a-zA-Z][^{_S}/>]*+"
_VALUE = rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_S}>]*+)"
_ATTRIBUTE = rf"[^{_S}/>][^{_S}/>=]*+(?:[{_S}]*+=[{_S}]*+{_VALUE})?+{_GAP}"
_UNREAD = r"(?:!--(?:-?>|(?s:.)*?(?:--!?>|\Z))|[!?][^>]*+|/(?![a-zA-Z])[^>]*+)"  # comments and declarations
_TAG = re.compile(rf"<(?:(/?)({_NAME}){_GAP}(?:{_ATTRIBUTE})*+|{_UNREAD})".encode())
_MORE_THAN_A_NAME = rf"{_RAW}(?=[{_S}/>])|[a-zA-Z][^{_S}/><]*+(?=[{_S}/<])[^{_S}/>]*+"
_WITH_ATTRIBUTES = re.compile(rf"<(?:(/?)({_MORE_THAN_A_NAME}){_GAP}(?:{_ATTRIBUTE})*+|{_UNREAD})".encode())
"""The same without most of the tags that are but a name, except those of raw elements."""
_FIRST = re.compile(rf"{_GAP}(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+".encode())
_RAW_END = re.compile(rf"</({_RAW})(?=[{_S}/>])".encode())
_SCRIPT_SIGN = re.compile(rf"<!--(?!-?>)|-->|</?script(?=[{_S}/>])".encode(), re.IGNORECASE)


def fewer_attributes(page: bytes) -> bytes:
    """Return the page with no more than ``MOST_ATTRIBUTES`` in any tag of two windows and more; the first are kept."""
    return page if _has_few_attributes(page) else _cut(page)


def _has_few_attributes(page: bytes) -> bool:
    """Tell at a glance that no long tag holds very many attributes; a page where this is not plain may be harmless all the same.

    It is plain where the last ``>`` of a window ends any tag that is open, as no quote hides it, and where no tag begins behind that.
    """
    double = single = -1  # the last quotes that were seen
    looked = ended = counted = signs = 0
    for start in range(0, len(page), WINDOW):
        end = start + WINDOW
        closing = page.rfind(b">", start, end)
        if closing >= 0:
            double = max(double, page.rfind(b'"', looked, closing))
            single = max(single, page.rfind(b"'", looked, closing))
            looked = closing
        if closing >= 0 and not _opens_value(page, double) and not _opens_value(page, single):
            ended = counted = closing
            signs = 0
        elif page.find(b"<", ended, end) < 0:
            ended = counted = end
        else:
            span = page[counted:end]
            counted = end
            signs += len(span) - len(span.translate(None, b" \t\n\f\r/\"'"))
            if signs > MANY_SIGNS:
                return False
    return True


def _opens_value(page: bytes, quote: int) -> bool:
    """Tell whether a quote may open a value, which makes it the last one before a ``>`` in that value."""
    return quote > 0 and page[quote - 1] in b"= \t\n\f\r" and page[max(0, quote - 50) : quote].rstrip()[-1:] in (b"=", b"")


def _cut(page: bytes) -> bytes:
    out: list[bytes] = []
    copied = 0
    for tag in _tags(page, _WITH_ATTRIBUTES):
        if tag.end() - tag.end(2) > 2 * MOST_ATTRIBUTES and not tag[1]:
            first = _FIRST.match(page, tag.end(2))
            if first is not None and first.end() < tag.end():
                out += (page[copied : first.end()], b" ")  # what follows is no part of the last value
                copied = tag.end()
    out.append(page[copied:])
    return b"".join(out)


def _tags(page: bytes, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield the tags of a page: a slash if they close, the name, and their end behind the attributes."""
    at = 0
    while (tag := pattern.search(page, at)) is not None:
        at = tag.end()
        if tag[2] is None:
            continue
        yield tag
        # A raw element that closes itself is empty to the parser, if not to the standard.
        if (name := tag[2].lower()) in RAW and not tag[1] and not page.startswith(b"/", at):
            at = _end_of_script(page, at) if name == b"script" else _end_of_raw(page, name, at)


def _end_of_raw(page: bytes, name: bytes, at: int) -> int:
    return next((end.start() for end in _RAW_END.finditer(page, at) if end[1].lower() == name), len(page))


def _end_of_script(page: bytes, at: int) -> int:
    """Where a script ends: in front of its closing tag, save where that closes a script within what looks like a comment."""
    commented = within = False
    for sign in _SCRIPT_SIGN.finditer(page, at):
        if sign[0][:2] == b"</":
            if not within:
                return sign.start()
            within = False
        elif sign[0][:2] == b"<!":
            commented = True
        elif sign[0][:1] == b"-":
            commented = within = False
        else:
            within = commented
    return len(page)


def flatter(page: bytes, deepest: int) -> bytes:
    """Return the page with the tags beyond ``deepest`` open elements turned into such that hold nothing.

    A container becomes ``<hr>``, which still parts what stands before and behind it; an inline element becomes ``<img>``.
    """
    out: list[bytes] = []
    copied = 0
    depth = 0  # open elements that are left as they are
    stack: list[tuple[bytes, bool]] = []  # name, and whether it is one of them
    places: dict[bytes, list[int]] = {}  # in the stack, of the open elements of a name
    for tag in _tags(page, _TAG):
        name = tag[2].lower()
        if name in VOID or name in IMPLIED or name in RAW:
            continue
        left = True
        if not tag[1]:
            left = depth < deepest + (SPARE if name in LEAVES else 0)
            depth += left
            places.setdefault(name, []).append(len(stack))
            stack.append((name, left))
        elif (place := _last(places, name)) > max((_last(places, higher) for higher in ABOVE.get(name, HIGHER)), default=-1):
            while len(stack) > place:
                top, left = stack.pop()
                places[top].pop()
                depth -= left
        if not left:
            out.append(page[copied : tag.start()])
            out.append(b"<img" if name in INLINE else b"<hr")
            copied = tag.end(2)
    out.append(page[copied:])
    return b"".join(out)


def _last(places: dict[bytes, list[int]], name: bytes) -> int:
    """The place of the innermost open element of a name; -1 if there is none."""
    found = places.get(name)
    return found[-1] if found else -1
