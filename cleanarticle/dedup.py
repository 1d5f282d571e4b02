"""``cleanarticle dedup``: group the records of copies of one text, and mark the most complete one of each group.

One pass over the records keeps a fingerprint and a few numbers of each; the fingerprints are then grouped by an index of
``TABLES`` keys, one after the other, so that a million records take minutes and a few hundred megabytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from . import subcommand
from .fingerprint import ALIKE, DIGITS, sketch

RULERS = ((0, 1, 4, 9, 11), (0, 2, 7, 8, 11))
"""Places of a key's digits, to be begun at any place. Golomb rulers: two keys of one ruler share at most one place, so that
each is a new chance. A key of five digits has 2**20 values: of a million records, one other is met by chance."""
TABLES = len(RULERS) * DIGITS
MOST_TRIES = 50  # earlier records of a key that are compared; only keys of very common text have more

KEYS = 16 ** len(RULERS[0])

_SKETCH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_NIBBLES = int("1" * DIGITS, 16)
_VALUES = bytes.maketrans(b"0123456789abcdef", bytes(range(16)))
_WIDTH = array("I").itemsize


def groups(sketches: Sequence[str | None]) -> list[int]:
    """Return for each sketch the index of the first of its group; its own where it is alone.

    Two sketches of a group agree in at least ``ALIKE`` places, or are joined by others that do.

    >>> groups(["0" * 32, None, "1" * 32, "0" * 20 + "2" * 12])
    [0, 1, 2, 0]
    """
    first: dict[str, int] = {}
    parents = list(range(len(sketches)))
    for index, one in enumerate(sketches):
        if one is not None:
            parents[index] = first.setdefault(one, index)
    indexes = list(first.values())
    numbers = [int(one, 16) for one in first]
    columns = _columns(first)
    del first
    previous = array("q", bytes(8 * len(numbers)))
    for ruler in RULERS:
        for start in range(DIGITS):
            last = [-1] * KEYS
            for number, key in enumerate(_keys([columns[(start + place) % DIGITS] for place in ruler])):
                previous[number] = other = last[key]
                last[key] = number
                tries = 0
                while other >= 0 and tries < MOST_TRIES:
                    tries += 1
                    unlike = numbers[number] ^ numbers[other]
                    unlike |= unlike >> 2
                    unlike |= unlike >> 1
                    if (unlike & _NIBBLES).bit_count() <= DIGITS - ALIKE:
                        _join(parents, indexes[number], indexes[other])
                    other = previous[other]
    return [_root(parents, index) for index in range(len(parents))]


def _columns(sketches: Iterable[str]) -> list[bytes]:
    """Return for each place the values of the sketches' digits there."""
    digits = "".join(sketches).encode("ascii").translate(_VALUES)
    return [digits[place::DIGITS] for place in range(DIGITS)]


def _keys(columns: Sequence[bytes]) -> array[int]:
    """Return the key of each sketch: its digits in these columns as one number.

    A column is one long integer with four bytes a sketch, so that one shift puts the digits of all sketches into their place.
    """
    all_keys = 0
    for place, column in enumerate(columns):
        wide = bytearray(_WIDTH * len(column))
        wide[::_WIDTH] = column
        all_keys |= int.from_bytes(wide, "little") << 4 * place
    keys = array("I", all_keys.to_bytes(_WIDTH * len(columns[0]), "little"))
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _join(parents: list[int], one: int, other: int) -> None:
    one, other = _root(parents, one), _root(parents, other)
    parents[max(one, other)] = min(one, other)


class Entry(NamedTuple):
    """What is kept of a record."""

    line: int
    """Its line in the file, from 1."""
    chars: int
    """Of the body."""
    fields: int
    """That are filled."""
    confidence: float


class Entries:
    """Entries by their number, in columns: of a million records they take 25 MB."""

    def __init__(self) -> None:
        self.columns: tuple[array[Any], ...] = (array("q"), array("q"), array("q"), array("d"))

    def append(self, entry: Entry) -> None:
        """Keep one more."""
        for column, value in zip(self.columns, entry, strict=True):
            column.append(value)

    def __getitem__(self, index: int) -> Entry:
        return Entry(*(column[index] for column in self.columns))

    def __len__(self) -> int:
        return len(self.columns[0])


NEARLY = 0.95  # of the characters of the longest body of a group; a copy with fewer is cut, one with more can be the more complete


def most_complete(entries: Sequence[Entry]) -> Entry:
    """Return the record to keep of a group: of those that are nearly as long as the longest, the one with the most fields
    filled; then the surest, the longest, the first.
    """
    longest = max(entry.chars for entry in entries)
    whole = [entry for entry in entries if entry.chars >= NEARLY * longest]
    return max(whole, key=lambda entry: (entry.fields, entry.confidence, entry.chars, -entry.line))


_FIELDS = ("url", "language", "headline", "standfirst", "byline", "authors", "dateline", "published", "source")


def entry_of(line: int, record: dict[str, Any]) -> Entry:
    """Return what is kept of a record."""
    filled = sum(bool(record.get(name)) for name in _FIELDS)
    confidence = record.get("confidence")
    body = record.get("body")
    sure = confidence if isinstance(confidence, int | float) and 0 <= confidence <= 1 else 0.0
    return Entry(line, len(body) if isinstance(body, str) else 0, filled, sure)


def sketch_of(record: dict[str, Any]) -> str | None:
    """Return a record's fingerprint; it is made where the record has none, as rows of earlier versions."""
    found = record.get("fingerprint")
    if isinstance(found, str) and _SKETCH.fullmatch(found):
        return found
    body = record.get("body")
    return sketch(body) if isinstance(body, str) else None


def _grouped(sketches: Sequence[str | None]) -> Iterator[list[int]]:
    """Yield the indexes of each group of two or more, in the order of their first."""
    members: dict[int, list[int]] = {}
    for index, root in enumerate(groups(sketches)):
        members.setdefault(root, []).append(index)
    return (group for group in members.values() if len(group) > 1)


@subcommand.command(
    "dedup",
    "Group the records of copies of one text: one line of JSON for each group of two or more, with the record to keep.",
    subcommand.argument("file", metavar="FILE", help="records, one a line, as cleanarticle writes them; - for stdin"),
    subcommand.argument("--unique", action="store_true", help="write the records instead, without the lesser copies of each group"),
    subcommand.OUTPUT,
    epilog="Records without a body are in no group.",
)
def main(options: argparse.Namespace) -> int:
    """Run ``cleanarticle dedup``."""
    if options.unique and options.file == "-":
        raise subcommand.CommandError("--unique reads the records twice; name a file")
    if options.unique:
        subcommand.keep_inputs([options.file], options.output)
    entries = Entries()
    ids: list[Any] = []
    sketches: list[str | None] = []
    for line, record in subcommand.rows(options.file):
        entries.append(entry_of(line, record))
        sketches.append(sketch_of(record))
        ids.append(record.get("id", record.get("url")))
    lines: list[str] = []
    lesser: set[int] = set()
    for group in _grouped(sketches):
        members = [entries[index] for index in group]
        keep = most_complete(members)
        lesser.update(entry.line for entry in members if entry is not keep)
        row = {"keep": keep.line, "lines": [entry.line for entry in members], "ids": [ids[index] for index in group]}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    if options.unique:
        _copy(options.file, options.output, lesser)
    else:
        subcommand.write("".join(lines), options.output)
    counted = subcommand.counted
    found = counted(len(entries), "record"), counted(len(lines), "group"), counted(len(lesser), "lesser copy", "lesser copies")
    subcommand.say(f"dedup: {', '.join(found)}")
    return subcommand.DONE


def _copy(name: str, output: str | None, lesser: set[int]) -> None:
    """Copy the lines of a file byte for byte, but for the lesser copies."""
    if output is None and sys.stdout is None:
        raise subcommand.CommandError("stdout is closed; give -o FILE")
    try:
        with (
            open(name, "rb") as source,
            open(output if output is not None else sys.stdout.fileno(), "wb", closefd=output is not None) as to,
        ):
            for number, line in enumerate(source, 1):
                if line.strip() and number not in lesser:
                    to.write(line if line.endswith(b"\n") else line + b"\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise subcommand.CommandError(f"{output or 'the output'}: cannot be written ({error.strerror})") from error
