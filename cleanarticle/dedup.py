"""``cleanarticle dedup``: group the records of copies of one text, and mark the most complete one of each group.

One pass over the records keeps a fingerprint and a few numbers of each; the fingerprints are then grouped by an index of
``TABLES`` keys, one after the other, so that a million records take minutes and a few hundred megabytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from . import subcommand
from .fingerprint import ALIKE, DIGITS, sketch

RULERS = ((0, 1, 4, 9, 11), (0, 2, 7, 8, 11))
"""Places of a key's digits, to be begun at any place. Golomb rulers: two keys of one ruler share at most one place, so that
each is a new chance. A key of five digits has 2**20 values: of a million records, one other is met by chance."""
TABLES = len(RULERS) * DIGITS
MOST_TRIES = 50  # earlier records of a key that are compared; only keys of very common text have more

_NIBBLES = int("1" * DIGITS, 16)


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
    distinct = list(first.items())
    numbers = [int(one, 16) for one, _ in distinct]
    doubled = [one + one for one, _ in distinct]
    previous = array("q", bytes(8 * len(distinct)))
    for ruler in RULERS:
        for start in range(DIGITS):
            key = itemgetter(*(start + place for place in ruler))
            last: dict[tuple[str, ...], int] = {}
            for number, digits in enumerate(doubled):
                other = last.get(it := key(digits), -1)
                previous[number] = other
                last[it] = number
                tries = 0
                while other >= 0 and tries < MOST_TRIES:
                    tries += 1
                    unlike = numbers[number] ^ numbers[other]
                    unlike |= unlike >> 2
                    unlike |= unlike >> 1
                    if (unlike & _NIBBLES).bit_count() <= DIGITS - ALIKE:
                        _join(parents, distinct[number][1], distinct[other][1])
                    other = previous[other]
    return [_root(parents, index) for index in range(len(parents))]


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
    words: int
    """Of the body."""
    fields: int
    """That are filled."""
    confidence: float


NEARLY = 0.95  # of the words of the longest body of a group; a copy with fewer is cut, one with more can be the more complete


def most_complete(entries: Sequence[Entry]) -> Entry:
    """Return the record to keep of a group: of those that are nearly as long as the longest, the one with the most fields
    filled; then the surest, the longest, the first.
    """
    longest = max(entry.words for entry in entries)
    whole = [entry for entry in entries if entry.words >= NEARLY * longest]
    return max(whole, key=lambda entry: (entry.fields, entry.confidence, entry.words, -entry.line))


_FIELDS = ("url", "language", "headline", "standfirst", "byline", "authors", "dateline", "published", "source")


def entry_of(line: int, record: dict[str, Any]) -> Entry:
    """Return what is kept of a record."""
    filled = sum(bool(record.get(name)) for name in _FIELDS)
    confidence = record.get("confidence")
    body = record.get("body")
    words = len(body.split()) if isinstance(body, str) else 0
    return Entry(line, words, filled, confidence if isinstance(confidence, int | float) else 0.0)


def sketch_of(record: dict[str, Any]) -> str | None:
    """Return a record's fingerprint; it is made where the record has none, as rows of earlier versions."""
    found = record.get("fingerprint")
    if isinstance(found, str) and len(found) == DIGITS:
        try:
            int(found, 16)
        except ValueError:
            pass
        else:
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
    entries: list[Entry] = []
    ids: list[Any] = []
    sketches: list[str | None] = []
    for line, record in subcommand.rows(options.file):
        entries.append(entry_of(line, record))
        sketches.append(sketch_of(record))
        ids.append(record.get("id", record.get("url")))
    lines: list[str] = []
    lesser: set[int] = set()
    for group in _grouped(sketches):
        keep = most_complete([entries[index] for index in group])
        lesser.update(entries[index].line for index in group if entries[index] is not keep)
        row = {"keep": keep.line, "lines": [entries[index].line for index in group], "ids": [ids[index] for index in group]}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    if options.unique:
        _copy(options.file, options.output, lesser)
    else:
        subcommand.write("".join(lines), options.output)
    subcommand.say(f"dedup: {len(entries):,} records, {len(lines):,} groups, {len(lesser):,} lesser copies")
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
