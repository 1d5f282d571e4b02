"""Measure what the bounds for hostile input cost an ordinary page: CPU of ``clean`` with them and without.

    python tools/cost_of_bounds.py PAGES --documents 200 --passes 5

``PAGES`` is a folder of pages, gzipped or not. Every page is cleaned in turn with the bounds and without, in one process, and the
fastest pass of each counts. What is compared without is listed in ``BOUNDS``; the rest are comparisons of two numbers, or of a slice.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cleanarticle import clean, read_html, tame

WARM = 20  # documents cleaned before the first is timed


def bounds() -> dict[str, Callable[[], Any]]:
    """Every measure that walks over a page or its tree for the sake of hostile input, and how it is left out."""
    walk = read_html.read_blocks
    return {
        "attributes of a tag": lambda: patch.object(tame, "fewer_attributes", lambda page: page),
        "depth of the tree": lambda: patch.object(read_html, "read_blocks", lambda root, deepest=None: walk(root)),
    }


def documents(folder: Path, most: int) -> list[bytes]:
    """Read every so many-th page of a folder."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in paths[:: max(1, len(paths) // most)][:most]
    ]


def seconds(page: bytes) -> float:
    """CPU of one ``clean``."""
    started = time.process_time()
    clean(page)
    return time.process_time() - started


def seconds_without(page: bytes, left_out: list[Callable[[], Any]]) -> float:
    """CPU of one ``clean`` without some of the bounds."""
    with ExitStack() as stack:
        for measure in left_out:
            stack.enter_context(measure())
        return seconds(page)


def measure(pages: list[bytes], passes: int, left_out: list[Callable[[], Any]]) -> tuple[float, float]:
    """Return the seconds a page takes with the bounds and without, at its fastest."""
    with_all = without = 0.0
    for page in pages:
        both = [(seconds(page), seconds_without(page, left_out)) for _ in range(passes)]
        with_all += min(one for one, _ in both)
        without += min(other for _, other in both)
    return with_all / len(pages), without / len(pages)


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("pages", type=Path)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--passes", type=int, default=5)
    chosen = options.parse_args()
    pages = documents(chosen.pages, chosen.documents)
    for page in pages[:WARM]:
        clean(page)
    with_all, without = measure(pages, chosen.passes, list(bounds().values()))
    print(f"{1000 * with_all:.2f} ms a page with the bounds, {1000 * without:.2f} ms without: {100 * (with_all / without - 1):+.2f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
