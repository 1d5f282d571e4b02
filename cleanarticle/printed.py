"""The headline of plain text: which line above the body, or at its very top, it is; or none."""

from __future__ import annotations

from collections.abc import Sequence

from . import score
from .features import FULL, Look, Row, Table

ABOVE = 60  # blocks above the first full paragraph in which a headline is looked for; 96 % stand within
INTO = 2  # blocks of the body's beginning that may still be the headline
LONGEST = 40  # words
TOP = 6  # blocks of the input's top whose lines may say the headline again, with the site's name behind it (a page's <title>)

FROM_TABLE = (
    "words", "chars", "closed", "colon", "ellipsis", "commas", "capital share", "digit share", "function share", "opens",
    "stamp", "hit", "repeats", "repeated later", "title overlap", "gap", "words -1", "words +1",
    "capital -1", "capital +1", "from top", "from window start",
    "to hit before", "to hit after", "shared words", "stamps 10 around", "word score", "score -1", "score +1",
    "score 3 before", "score 3 after", "short run", "in scored window", "from scored start", "blocks",
)  # fmt: skip
OWN = (
    "chance", "chance -1", "chance +1", "to body", "kept between", "starts a line of the top", "starts any line", "longest of five",
    "longest above the body", "words shared with the lead", "first line", "stamp next", "by next",
)  # fmt: skip
NAMES = (*FROM_TABLE, *OWN)


def first_paragraph(looks: Sequence[Look], chances: Sequence[float], threshold: float = 0.4) -> int:
    """Index of the first full paragraph of the body; else of the first block of it; else the number of blocks."""
    body = [i for i, chance in enumerate(chances) if chance >= threshold]
    full = [i for i in body if looks[i].prose]
    return full[0] if full else body[0] if body else len(looks)


def candidates(looks: Sequence[Look], first: int) -> list[int]:
    """Indices of the lines that may be the headline."""
    span = range(max(0, first - ABOVE), min(first + INTO, len(looks)))
    return [i for i in span if 1 < looks[i].words <= LONGEST and looks[i].prose < FULL]


def rows_of(looks: Sequence[Look], table: Table, chances: Sequence[float], first: int, found: Sequence[int]) -> list[Row]:
    """Return one row of ``NAMES`` for each candidate."""
    n = len(looks)
    top = [look.folded for look in looks[:TOP]]
    near = [look.folded for look in looks[: first + INTO]]
    lead = frozenset().union(*(look.content for look in looks[first : first + 3]))
    longest = max((looks[i].words for i in found), default=0.0)
    kept = [chance >= 0.4 for chance in chances]
    rows: list[Row] = []
    for i in found:
        look = looks[i]
        after = looks[i + 1].folded if i + 1 < n else ""
        rows.append((
            *[table[name][i] for name in FROM_TABLE],
            chances[i],
            chances[i - 1] if i else 0.0,
            chances[i + 1] if i + 1 < n else 0.0,
            float(first - i),
            float(sum(kept[i + 1 : first])),
            float(sum(line.startswith(look.folded) and len(line) > len(look.folded) for line in top)),
            float(sum(line.startswith(look.folded) and len(line) > len(look.folded) for line in near)),
            float(look.words >= max([other.words for other in looks[max(0, i - 2) : i + 3] if not other.prose], default=0.0)),
            float(look.words == longest),
            len(look.content & lead) / len(look.content) if look.content else -1.0,
            float(i == 0),
            float(sum(table["stamp"][i + 1 : i + 4])),
            float(after.startswith(("by ", "von ", "par ", "por "))),
        ))  # fmt: skip
    return rows


def choose(looks: Sequence[Look], table: Table, chances: Sequence[float]) -> int | None:
    """Return the index of the headline; None where no line is likely enough to be it."""
    first = first_paragraph(looks, chances)
    found = candidates(looks, first)
    model = score.load("headline")
    columns = [NAMES.index(name) for name in model.names]
    rows = [tuple([row[column] for column in columns]) for row in rows_of(looks, table, chances, first, found)]
    best, most = None, model.threshold
    for i, odds in zip(found, model.odds(rows), strict=True):
        if odds >= most:
            best, most = i, odds
    return best
