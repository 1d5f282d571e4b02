"""Plain text → blocks: one block a line, hard-wrapped lines and torn sentences put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .model import UNSEEN, Block, Page

_LINE = re.compile(r"[^\n\r\u2029]+")
_LINE_WITHOUT_NEWLINES = re.compile(r"[^\x0b\x0c\x85\u2028\u2029]+")

NARROW, WIDE = 40, 100  # characters; the widths to which mail, wires and terminals wrap (Reuters 64, mail 72, terminals 80)
WRAPPED_SHARE = 0.9  # of the breaks inside paragraphs are forced by the width in a wrapped text; 0.2 to 0.4 in others
FEWEST_BREAKS = 4  # breaks; with fewer, a narrow text is no evidence of wrapping

_OPENS_LIKE_A_TAIL = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u044f\u03b1-\u03c9]|[,;.!?)\]’”%](?:\s|$)")
_CLOSED = re.compile(r"[.!?:;。！？…।؟][\"'”’»)\]]*$")
LONGEST_TORN = 2000  # characters; longer lines are paragraphs, not pieces of one


class Line(NamedTuple):
    """A non-blank line and where it stands."""

    text: str
    start: int
    end: int
    after_gap: bool
    """A blank line, or nothing, stands before it."""
    indent: int


def lines_of(text: str) -> list[Line]:
    """Return the non-blank lines. VT, FF, NEL and LS end a line only where nothing else does."""
    pattern = _LINE if "\n" in text or "\r" in text or "\u2029" in text else _LINE_WITHOUT_NEWLINES
    lines: list[Line] = []
    last_end = -2
    for match in pattern.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped or stripped == "\ufeff":
            continue
        start = match.start()
        between = text[last_end:start] if last_end >= 0 else "\n\n"
        gap = between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(stripped, start + indent, start + indent + len(stripped), gap, indent))
        last_end = match.end()
    return lines


def read_text(text: str) -> Page:
    """Read plain text, as a scraper or a person left it."""
    lines = lines_of(text)
    blocks = map(_block, paragraphs_of(lines))
    return Page([block for block in blocks if block.text])


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that are pieces of one paragraph; most stand alone."""
    return _wrapped(lines) or list(_torn(lines))


def _block(group: Sequence[Line]) -> Block:
    text = group[0].text
    if len(group) > 1:
        from .normalise import join_lines

        text = join_lines([line.text for line in group])
    if not text.isprintable():
        text = UNSEEN.sub("", text).strip()
    return Block(text, start=group[0].start, end=group[-1].end)


def _wrapped(lines: Sequence[Line]) -> list[list[Line]] | None:
    """Group the lines of a hard-wrapped text into paragraphs; None if the text is not wrapped.

    A break was forced by the width if the first word of the next line would not have fitted any more.
    """
    width = max((line.end - line.start + line.indent for line in lines), default=0)
    if not NARROW <= width <= WIDE:
        return None
    forced = breaks = 0
    for line, following in pairwise(lines):
        if _same_paragraph(line, following):
            breaks += 1
            word = following.text.split(None, 1)[0]
            forced += line.indent + len(line.text) + 1 + len(word) > width - 4
    if breaks < FEWEST_BREAKS or forced < WRAPPED_SHARE * breaks:
        return None
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _same_paragraph(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _same_paragraph(line: Line, following: Line) -> bool:
    return not following.after_gap and following.indent <= line.indent


def _torn(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Put together sentences that a scraper tore at inline tags: the next line opens like a tail
    (lower case, or a closing mark), this one does not close."""
    group: list[Line] = []
    for line in lines:
        if group and not (
            not line.after_gap
            and _OPENS_LIKE_A_TAIL.match(line.text)
            and not _CLOSED.search(group[-1].text[-4:])
            and line.end - group[0].start < LONGEST_TORN
        ):
            yield group
            group = []
        group.append(line)
    if group:
        yield group
