"""Compare the scoreboard's figures with the floors: ``python .ci/gate.py figures.json .ci/floors.toml``.

``[least.<benchmark>]`` holds the lowest a figure may be, ``[most.<benchmark>]`` the highest; a count the board does not name is 0.
Exits 1 with a line for each figure that fell, and for each that is missing.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]


def failures(figures: Figures, floors: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a line for each figure on the wrong side of its bound."""
    for side, wrong in (("least", float.__lt__), ("most", float.__gt__)):
        for benchmark, bounds in floors.get(side, {}).items():
            for key, bound in bounds.items():
                name = f"{benchmark}.{key}"
                if benchmark not in figures or (side == "least" and key not in figures[benchmark]):
                    yield f"{name}: no figure; its floor is {bound}"
                    continue
                figure = figures[benchmark].get(key, 0)
                if wrong(float(figure), float(bound)):
                    yield f"{name}: {figure:.4g}, must be at {side} {bound}"


def main() -> int:
    """Return 1 if a figure fell, else 0."""
    figures = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    floors = tomllib.loads(Path(sys.argv[2]).read_text("utf-8"))
    fallen = list(failures(figures, floors))
    print("\n".join(fallen) or f"gate: every figure on its side of {sys.argv[2]}")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
