"""The headline of plain text: which line above the body, or at its very top, it is; or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import score
from .features import FULL, Look, Row, Table

ABOVE = 60  # blocks above the first full paragraph in which a headline is looked for; 96 % stand within
INTO = 2  # blocks of the body's beginning that may still be the headline
LONGEST = 40  # words
LONG_LINE = 4  # words
KEPT = 0.4  # probability
TOP = 6  # blocks of the input's top whose lines may say the headline again, with the site's name behind it (a page's <title>)

FROM_TABLE = (
    "words", "chars", "closed", "commas", "capital share", "digit share", "opens", "stamp", "hit", "title overlap", "gap",
    "words -1", "words +1", "capital -1", "capital +1", "from top", "from window start",
    "to hit before", "to hit after", "shared words", "stamps 10 around", "word score", "score -1", "score +1",
    "score 3 before", "score 3 after", "short run", "from scored start", "blocks",
)  # fmt: skip
OWN: Mapping[str, str] = {
    "chance": "probability that the line belongs to the body", "chance -1": "of the line before", "chance +1": "of the next",
    "to body": "lines on to the first full paragraph of the body",
    "said": "times that the line stands in the text, alone or inside another line, at most 5", "same": "times that it stands alone",
    "starts a line of the top": "lines of the top that begin with it and go on, as a page's title with the site's name does",
    "shared with the lead": "longer words that the first three paragraphs have as well", "lead rank": "candidates that share more of them",
    "share of the lead": "the same as a share of its longer words; -1 without such words",
    "shared with the body": "longer words that the body has as well", "body rank": "candidates that share more of them",
    "share of the body": "as a share of its longer words", "share rank": "candidates with a higher share",
    "likelier": "candidates that belong to the body more likely", "long below": "candidates of four words and more between it and the body",
    "longer below": "longer candidates between it and the body", "longer": "longer candidates",
    "stamps 3 below": "lines with a stamp among the next three", "stamps 5 below": "among the next five",
}  # fmt: skip
"""What each column of a candidate's own holds."""
NAMES = (*FROM_TABLE, *OWN)


def first_paragraph(looks: Sequence[Look], chances: Sequence[float], threshold: float = KEPT) -> int:
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
    text = "\n".join([look.folded for look in looks])
    lead = frozenset().union(*(look.content for look in looks[first : first + 3]))
    body = lead.union(*(looks[i].content for i in range(first, n) if chances[i] >= KEPT))
    stamps = table["stamp"]
    contents = [looks[i].content for i in found]
    in_lead = [len(content & lead) for content in contents]
    in_body = [len(content & body) for content in contents]
    shares = [count / (len(content) or 1) for count, content in zip(in_body, contents, strict=True)]
    odds = [chances[i] for i in found]
    sizes = [looks[i].words for i in found]
    long = [size >= LONG_LINE for size in sizes]
    columns = [table[name] for name in FROM_TABLE]
    rows: list[Row] = []
    for at, i in enumerate(found):
        folded, content, size = looks[i].folded, contents[at], sizes[at]
        rows.append((
            *[column[i] for column in columns],
            odds[at],
            chances[i - 1] if i else 0.0,
            chances[i + 1] if i + 1 < n else 0.0,
            first - i,
            min(text.count(folded), 5),
            table["repeats"][i] + table["repeated later"][i],
            sum([line.startswith(folded) and len(line) > len(folded) for line in top]),
            in_lead[at],
            _above(in_lead, in_lead[at]),
            in_lead[at] / len(content) if content else -1.0,
            in_body[at],
            _above(in_body, in_body[at]),
            shares[at],
            _above(shares, shares[at]),
            _above(odds, odds[at]),
            sum(long[at + 1 :]),
            _above(sizes[at + 1 :], size),
            _above(sizes, size),
            sum(stamps[i + 1 : i + 4]),
            sum(stamps[i + 1 : i + 6]),
        ))  # fmt: skip
    return rows


def _above(values: Sequence[float], value: float) -> int:
    return sum([other > value for other in values])


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
