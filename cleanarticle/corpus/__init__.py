"""Many documents at once: readers, supervised workers, writers around ``clean``.

``document.py``  one document → one row
``readers.py``   inputs → chunks of documents; ``unpack.py`` for those that are packed
``pool.py``      chunks → rows, in processes that may die; ``worker.py`` is what runs in them
``writers.py``   rows → a file that is whole or resumable
``command.py``   the command, with ``progress.py``
``on_ray.py``    the same job on a Ray cluster
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cleanarticle corpus`` and return its exit code."""
    from .command import main as run

    return run(argv)


__all__ = ["main"]
