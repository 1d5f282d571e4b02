"""Plain text → blocks: one block a line, hard-wrapped lines and torn sentences put together again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .language import SENTENCE_ENDS
from .model import UNSEEN, Block, Kind, Page

_LINE = re.compile(r"[^\n\r\u2029]+")
_LINE_WITHOUT_NEWLINES = re.compile(r"[^\x0b\x0c\x85\u2028\u2029]+")

NARROW, WIDE = 40, 100  # characters; the widths to which mail, wires and terminals wrap (Reuters 64, mail 72, terminals 80)
WRAPPED_SHARE = 0.9  # of the breaks inside sentences are forced by the width in a wrapped text; 0.2 to 0.4 in others
FEWEST_BREAKS = 4  # breaks inside sentences; with fewer, a narrow text is no evidence of wrapping
LINES_TO_A_LONG_ONE = 10  # lines; an address or a heading may be longer than the width, a paragraph on one line is not wrapped
MARGIN = 4  # characters; lines are cut this much before the width in texts wrapped by hand

_TAIL_MARKS = frozenset(",;.!?)]’”%")
_CLOSED = re.compile(rf"[{SENTENCE_ENDS}:;][\"'”’»)\]]*$")
_BRACKETS = "(["
_DIVIDED = re.compile(r"\w[-\u00ad\u2010\u2011]\Z")
_HYPHENS = "-\u00ad\u2010\u2011"
_LEADS_ON = frozenset(
    "a an the of and or our their your its his my with from whose der dem des und oder eine einen einem eines "  # noqa: SIM905
    "le la les du et ou une el los las del y una il lo gli della dello nel um uma dos das het een och eller".split()
)
"""Articles, possessives, conjunctions: words no line ends with unless it was torn there. Separable prefixes and English prepositions
such as "for" may end a heading, so they are not here."""
_PARAGRAPH = Kind.PARAGRAPH
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
    if "\n" in text and "\r" not in text and "\u2029" not in text:
        return _lines_between_newlines(text)
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


def _lines_between_newlines(text: str) -> list[Line]:
    """``lines_of`` for the commonest line end, at a fraction of the cost."""
    lines: list[Line] = []
    start, gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped and stripped != "\ufeff":
            indent = 0 if len(stripped) == len(raw) else len(raw) - len(raw.lstrip())
            begin = start + indent
            lines.append(Line(stripped, begin, begin + len(stripped), gap, indent))
            gap = False
        else:
            gap = True
        start += len(raw) + 1
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
    if not text.isprintable() and UNSEEN.search(text) is not None:
        from .normalise import visible

        text = UNSEEN.sub("", visible(text)).strip()
    return Block(text, _PARAGRAPH, True, "", group[0].start, group[-1].end)


# ------------------------------------------------------------------ wrapped by a width


def _wrapped(lines: Sequence[Line]) -> list[list[Line]] | None:
    """Group the lines of a hard-wrapped text into paragraphs; None if the text is not wrapped.

    A break was forced by the width if the first word of the next line would not have fitted any more. Only breaks after a line that
    does not close a sentence are evidence: the others may be ends of paragraphs. Stretches between blank lines are judged each for
    themselves, since a mail has a head and a signature with lines of their own. Where a script has capitals, most lines go on without.
    """
    longer = sum(len(line.text) > WIDE for line in lines)
    if longer * LINES_TO_A_LONG_ONE > len(lines):
        return None
    width = max((len(line.text) + line.indent for line in lines if len(line.text) <= WIDE), default=0)
    if not NARROW <= width <= WIDE:
        return None
    stretches = list(_stretches(lines))
    breaks = [_breaks_of(stretch, width) for stretch in stretches]
    wrapped = [_is_wrapped(found) for found in breaks]
    whole = _Breaks(*map(sum, zip(*itertools.compress(breaks, wrapped), strict=True))) if any(wrapped) else _Breaks(0, 0, 0, 0, 0)
    if whole.inside < FEWEST_BREAKS or whole.lower < whole.upper:
        return None
    groups: list[list[Line]] = []
    for stretch, is_wrapped in zip(stretches, wrapped, strict=True):
        groups += _paragraphs(stretch, width) if is_wrapped else _torn(stretch)
    return groups


def _stretches(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Part the lines at gaps, deeper indents and lines beyond the width."""
    stretch: list[Line] = []
    for line in lines:
        if stretch and (line.after_gap or line.indent > stretch[-1].indent or len(line.text) > WIDE or len(stretch[-1].text) > WIDE):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _is_forced(line: Line, following: Line, width: int) -> bool:
    return line.indent + len(line.text) + 1 + len(following.text.split(None, 1)[0]) > width - MARGIN


class _Breaks(NamedTuple):
    """Line ends after lines that do not close a sentence."""

    inside: int
    forced: int
    lower: int
    """Followed by a small letter."""
    upper: int
    """Followed by a capital."""
    closed: int
    """1 if the last line of the stretch closes a sentence."""


def _breaks_of(stretch: Sequence[Line], width: int) -> _Breaks:
    inside = forced = lower = upper = 0
    for line, following in pairwise(stretch):
        if not _CLOSED.search(line.text[-4:]):
            inside += 1
            forced += _is_forced(line, following, width)
            lower += following.text[0].islower()
            upper += following.text[0].isupper()
    return _Breaks(inside, forced, lower, upper, int(_CLOSED.search(stretch[-1].text[-4:]) is not None))


def _is_wrapped(breaks: _Breaks) -> bool:
    """Tell running text from headlines of like length: it goes on in small letters, or at least closes its sentence."""
    if not breaks.inside or breaks.forced < WRAPPED_SHARE * breaks.inside:
        return False
    return breaks.lower > 0 or breaks.upper == 0 or breaks.closed > 0


def _paragraphs(stretch: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Part a wrapped stretch where a sentence closes though the next word would have fitted."""
    group = [stretch[0]]
    for line in stretch[1:]:
        if _CLOSED.search(group[-1].text[-4:]) and not _is_forced(group[-1], line, width):
            yield group
            group = []
        group.append(line)
    yield group


# ------------------------------------------------------------------ torn at a tag


def _torn(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Put together sentences that a scraper tore at inline tags: the next line opens like a tail (lower case, or a closing mark)
    and this one does not close, or this one ends where no line can."""
    group: list[Line] = []
    for line in lines:
        if group and (line.after_gap or not _goes_on(group[-1].text, line.text) or line.end - group[0].start >= LONGEST_TORN):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(text: str, following: str) -> bool:
    first = following[0]
    if first.islower() or (first in _TAIL_MARKS and (len(following) == 1 or following[1].isspace())):
        return not _CLOSED.search(text[-4:])
    if first.isalnum():
        last = text[-1]
        if last.isalpha():
            return text[-12:].rpartition(" ")[2] in _LEADS_ON and " " in text
        return (last in _BRACKETS and len(text) > 1) or (last in _HYPHENS and _DIVIDED.search(text) is not None)
    return False
