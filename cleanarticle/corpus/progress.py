"""What the person at the terminal sees, and what the run amounts to."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from .document import Row
from .readers import Chunk

EVERY = 10.0  # seconds between two plain lines


def say(message: str) -> None:
    """Print one line to stderr, if there is one."""
    try:
        sys.stderr.write(f"cleanarticle: {message}\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass


class Progress:
    """Counts what was done, and tells: a bar on a terminal, else a line now and then."""

    def __init__(self, counts: Mapping[str, Any] = MappingProxyType({})) -> None:
        """``counts``: of the run that this one goes on with."""
        self.documents = int(counts.get("documents", 0))
        self.empty = int(counts.get("empty", 0))
        self.bytes = int(counts.get("bytes", 0))
        self.problems = int(counts.get("problems", 0))
        self.errors = Counter(counts.get("errors", {}))
        self.passed = Counter(counts.get("passed", {}))
        self.begun = self.told = time.monotonic()
        self.before = self.documents, self.bytes
        self.bar = _bar(self.documents)

    def add(self, chunk: Chunk, rows: Sequence[Row]) -> None:
        """Count one chunk and tell of it."""
        self.documents += len(rows)
        self.bytes += chunk.size
        self.passed.update(chunk.passed)
        for name, message in chunk.problems:
            self.problem(name, message)
        for row in rows:
            if row.fault is not None:
                self.errors[row.fault] += 1
                if row.fault == "Unreadable":
                    self._unreadable(row, chunk)
            elif row.empty:
                self.empty += 1
        if self.bar is not None:
            self.bar.set_postfix_str(self._rate(), refresh=False)
            self.bar.update(len(rows))
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            say(f"{self.documents:,} documents, {self._rate()}")

    def _unreadable(self, row: Row, chunk: Chunk) -> None:
        """Tell of a file that was there when it was listed and could not be read by the worker."""
        made = json.loads(row.line)
        name = str(made["id"])
        if all(name != told for told, _ in chunk.problems):
            self.problem(name, made["error"]["message"])

    def problem(self, name: str, message: str) -> None:
        """Tell of an input that cannot be read."""
        self.problems += 1
        if self.bar is not None:
            self.bar.clear()
        say(f"{name}: {message}")

    def counts(self) -> dict[str, Any]:
        """Return what a resumed run goes on from."""
        return {
            "documents": self.documents,
            "empty": self.empty,
            "bytes": self.bytes,
            "problems": self.problems,
            "errors": dict(self.errors),
            "passed": dict(self.passed),
        }

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None

    def summary(self) -> str:
        """Return the whole run in one line."""
        parts = [f"{self.documents:,} documents, {self._rate()}"]
        if self.errors:
            parts.append("error rows: " + _listed(self.errors))
        if self.empty:
            parts.append(f"{self.empty:,} without article text")
        if self.passed:
            parts.append("passed over: " + _listed(self.passed))
        return "; ".join(parts)

    def _rate(self) -> str:
        seconds = max(time.monotonic() - self.begun, 1e-6)
        documents, size = self.documents - self.before[0], self.bytes - self.before[1]
        return f"{documents / seconds:,.0f}/s, {size / seconds / 1e6:,.1f} MB/s, {self.errors.total():,} errors"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


def _bar(initial: int) -> Any:
    """Return a tqdm bar if stderr is a terminal and tqdm is there."""
    try:
        if not sys.stderr.isatty():
            return None
        from tqdm import tqdm
    except (AttributeError, ImportError, ValueError):
        return None
    return tqdm(initial=initial, unit=" documents", unit_scale=False, dynamic_ncols=True, mininterval=0.5, file=sys.stderr)
