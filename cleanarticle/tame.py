"""What a page's source must not do to the parser: nest deeper than it reads, or give one element very many attributes.

Nothing a reader could see is taken away: deep tags turn into those of elements that hold nothing. Ordinary pages never come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input keygen link meta param source track wbr".split())  # noqa: SIM905
IMPLIED = frozenset("html head body p li dt dd tr td th thead tbody tfoot colgroup option optgroup rb rt rp".split())  # noqa: SIM905
"""Elements that end by themselves where the next of their kind begins: they nest no deeper than what holds them."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u "  # noqa: SIM905
    "var".split()
)
LEAVES = INLINE | {"h1", "h2", "h3", "h4", "h5", "h6"}
SPARE = 20  # open elements by which headings and inline elements may stand deeper than containers
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noframes", "iframe"))
"""Elements whose content is no markup."""

GLANCE = 4_000_000  # characters; in longer pages every tag is looked at (14 ms for each million)
WINDOW = 8000  # characters; a shorter tag holds too few attributes to cost anything
MOST_ATTRIBUTES = 500  # of one element; the parser walks along all of them to add one
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/><]{0,60})|!--)")
_ATTRIBUTE = re.compile(r"[\s/]*(?:[^\s=/>\"']+(?:\s{0,20}=\s{0,20}(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)?)?|[\"'=])")


class Tag(NamedTuple):
    """A tag in the source of a page."""

    start: int
    end: int
    """Behind its name."""
    name: str
    closes: bool


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a page in order, without those in comments and in elements whose content is no markup."""
    at = 0
    while (match := _TAG.search(text, at)) is not None:
        at = match.end()
        if match[2] is None:
            end = text.find("-->", at)
            if end >= 0:  # the parser ends an open comment with the page, but what is a comment then is nothing to lose
                at = end + 3
            else:
                return
            continue
        tag = Tag(match.start(), at, match[2].lower(), bool(match[1]))
        yield tag
        if tag.name in RAW and not tag.closes:
            end = _raw_end(text, at, tag.name)
            if end < 0:
                return
            at = end


def _raw_end(text: str, at: int, name: str) -> int:
    closing = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return -1 if closing is None else closing.start()


def flatter(text: str, deepest: int) -> str:
    """Return the page with the tags beyond ``deepest`` open elements turned into such that hold nothing.

    A container becomes ``<hr>``, which still parts what stands before and behind it; an inline element becomes ``<img>``.
    """
    out: list[str] = []
    copied = 0
    depth = 0  # open elements that are left as they are
    stack: list[tuple[str, bool]] = []  # name, and whether it is one of them
    open_by_name: dict[str, int] = {}
    for tag in tags(text):
        name = tag.name
        if name in VOID or name in IMPLIED:
            continue
        left = True
        if not tag.closes:
            left = depth < deepest + (SPARE if name in LEAVES else 0)
            depth += left
            stack.append((name, left))
            open_by_name[name] = open_by_name.get(name, 0) + 1
        elif open_by_name.get(name):
            while stack:
                top, left = stack[-1]
                if top != name and name in INLINE and top not in INLINE:
                    left = True  # an inline element does not end the container it lies in
                    break
                stack.pop()
                open_by_name[top] -= 1
                depth -= left
                if top == name:
                    break
        if not left:
            out.append(text[copied : tag.start])
            out.append("<img" if name in INLINE else "<hr")
            copied = tag.end
    out.append(text[copied:])
    return "".join(out)


def may_have_many_attributes(text: str) -> bool:
    """Tell at a glance whether some tag may have very many attributes: it is so long that a whole window of it holds no ``>``."""
    if len(text) > GLANCE:
        return True
    for start in range(0, len(text) - WINDOW, WINDOW):
        if text.find(">", start, start + WINDOW) < 0 and _in_a_tag(text, start + WINDOW):
            return True
    return False


def _in_a_tag(text: str, end: int) -> bool:
    start = text.rfind("<", 0, end)
    if start < 0:
        return False
    closed = text.find(">", start, end)
    if closed < 0:
        return text[start + 1 : start + 2].isalpha() and _end_of_attributes(text, start + 1, MOST_ATTRIBUTES)[1] > MOST_ATTRIBUTES
    return text.count('"', start, closed) % 2 == 1 or text.count("'", start, closed) % 2 == 1


def fewer_attributes(text: str) -> str:
    """Return the page with no more than ``MOST_ATTRIBUTES`` in any tag; the first are kept."""
    out: list[str] = []
    copied = 0
    for tag in tags(text):
        if tag.closes or tag.start < copied:
            continue
        cut, found = _end_of_attributes(text, tag.end, MOST_ATTRIBUTES)
        if found > MOST_ATTRIBUTES:
            out.append(text[copied:cut])
            copied, _ = _end_of_attributes(text, cut)
    out.append(text[copied:])
    return "".join(out)


def _end_of_attributes(text: str, at: int, most: int | None = None) -> tuple[int, int]:
    """Return where the attributes of a tag end, or the first ``most`` of them, and how many were seen, at most one more."""
    found = 0
    while (match := _ATTRIBUTE.match(text, at)) is not None:
        found += 1
        if most is not None and found > most:
            break
        at = match.end()
    return at, found
