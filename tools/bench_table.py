"""Turn the figures that a benchmark wrote as JSON into Markdown tables, each with the command that gave it.

    python tools/bench_table.py "python board.py --json figures.json" figures.json
    python tools/bench_table.py --write docs/benchmarks.md "python board.py --json figures.json" figures.json

With ``--write`` the tables replace what stands between ``<!-- figures -->`` and ``<!-- /figures -->`` in that page.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PLACE = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)


def rows(figures: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield the name, with those of the tables around it, and the value of each number."""
    for name, value in figures.items():
        here = (*above, str(name))
        if isinstance(value, Mapping):
            yield from rows(value, here)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield " / ".join(here), value


def table(command: str, figures: Mapping[str, Any], day: str) -> str:
    """Return one Markdown table.

    >>> print(table("python x.py", {"text": {"f1": 0.95, "names": ["a"]}}, "2024-12-03"))
    | figure | value |
    |---|---:|
    | text / f1 | 0.95 |
    <BLANKLINE>
    `python x.py`, 2024-12-03
    """
    lines = ["| figure | value |", "|---|---:|", *(f"| {name} | {value:,.4g} |" for name, value in rows(figures))]
    return "\n".join([*lines, "", f"`{command}`, {day}"])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, or write them into a page."""
    it = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    it.add_argument("pairs", nargs="+", metavar="COMMAND FIGURES.json", help="the command as typed, and the file it wrote")
    it.add_argument("--write", type=Path, metavar="PAGE", help="a Markdown page with the marks")
    given = it.parse_args(argv)
    if len(given.pairs) % 2:
        it.error("give a command and its file, in pairs")
    found: list[str] = []
    for command, name in zip(given.pairs[::2], given.pairs[1::2], strict=True):
        path = Path(name)
        day = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
        found.append(table(command, json.loads(path.read_text("utf-8")), day))
    text = "\n\n".join(found) + "\n"
    if given.write is None:
        sys.stdout.write(text)
        return 0
    page = given.write.read_text("utf-8")
    if not PLACE.search(page):
        it.error(f"{given.write} has no place for figures")
    given.write.write_text(PLACE.sub(lambda mark: mark[1] + text + mark[2], page), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
