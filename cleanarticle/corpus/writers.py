"""Rows → a file: under a temporary name until it is whole, resumable at any moment before."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from .document import Row
from .readers import SourceError, need
from .unpack import BLOCK, Unpacked

COMMIT_BYTES = 8_000_000  # bytes of rows; a compressed output has a member of its own for each commit
COMMIT_SECONDS = 5.0  # what a killed run does again at most, with what its workers held
PART, JOURNAL = ".part", ".journal"
"""Behind the output's name: the rows so far, and the account of how far they go."""


class OutputError(Exception):
    """The output cannot be written, or the unfinished one there is not ours to continue; the message says what to do."""


class State(NamedTuple):
    """How far the rows in the part file go; one line of the journal."""

    rows: int = 0
    bytes: int = 0
    source: int = 0
    number: int = 0
    ids: int = 0
    counts: Mapping[str, Any] = {}


class Codec(NamedTuple):
    """How a run of rows is packed; packed runs one behind the other are a valid file."""

    pack: Callable[[bytes], bytes]
    needs: str | None = None


def _zstd(data: bytes) -> bytes:
    import zstandard

    return bytes(zstandard.ZstdCompressor(level=3).compress(data))


CODECS: Mapping[str, Codec] = {
    ".jsonl": Codec(lambda data: data),
    ".ndjson": Codec(lambda data: data),
    ".jsonl.gz": Codec(lambda data: gzip.compress(data, 6, mtime=0)),
    ".jsonl.zst": Codec(_zstd, "zstandard"),
    ".parquet": Codec(lambda data: gzip.compress(data, 1, mtime=0), "pyarrow"),
}
"""Extension of the output and how its part file is packed; the rows of a Parquet file wait as packed lines until all are there."""


def codec_of(name: str) -> Codec:
    """Return the codec for an output's name; ``OutputError`` for a name that says nothing, or an extra that is missing."""
    for extension, codec in CODECS.items():
        if name.lower().endswith(extension):
            if codec.needs:
                try:
                    need(codec.needs, f"writing {extension}")
                except SourceError as missing:
                    raise OutputError(str(missing)) from None
            return codec
    raise OutputError(f"{name}: unknown extension for the output; known are {', '.join(CODECS)}, and - for stdout")


class Stream:
    """Rows straight to a pipe or a device: nothing to rename, nothing to resume."""

    def __init__(self, name: str, stream: IO[bytes], *, own: bool) -> None:
        self.name = name
        self.stream = stream
        self.own = own
        self.state = State()

    def add(self, rows: Sequence[Row], state: State) -> None:
        """Write the rows of a chunk."""
        try:
            self.stream.write(b"".join(row.line for row in rows))
            self.stream.flush()
        except BrokenPipeError:
            raise OutputError(f"{self.name}: closed by its reader; {self.state.rows:,} rows were written") from None
        except OSError as error:
            raise OutputError(f"{self.name}: cannot be written ({error.strerror}); {self.state.rows:,} rows were written") from error
        self.state = state

    def finish(self) -> None:
        """Everything is written already."""

    def close(self) -> None:
        """Close what was opened for this run."""
        if self.own:
            _close(self.stream)


class File:
    """Rows to ``NAME.part``, with an account in ``NAME.journal``; renamed at the end."""

    def __init__(self, name: str, job: Mapping[str, Any], *, resume: bool) -> None:
        self.name = name
        self.codec = codec_of(name)
        self.part, self.journal = name + PART, name + JOURNAL
        self.held: list[bytes] = []
        self.size = 0
        self.since = time.monotonic()
        self.state = self.next = State()
        self.job = job
        # Unbuffered: what a full disk refused must not be tried again when the file is closed.
        self.stream: io.FileIO | None = None
        self.log: io.FileIO | None = None
        try:
            if resume and os.path.exists(self.part):
                self._resume(job)
            else:
                self._begin(job)
        except OutputError:
            self.close()
            raise
        except OSError as error:
            self.close()
            raise OutputError(f"{name}: cannot be written ({error.strerror})") from error

    def add(self, rows: Sequence[Row], state: State) -> None:
        """Take the rows of a chunk; ``state``: how far they go."""
        for row in rows:
            self.held.append(row.line)
            self.size += len(row.line)
        self.next = state
        if self.size >= COMMIT_BYTES or time.monotonic() - self.since >= COMMIT_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Write what is held, whole or not at all."""
        assert self.stream is not None
        assert self.log is not None
        try:
            if self.held:
                _write_all(self.stream, self.codec.pack(b"".join(self.held)))
                os.fsync(self.stream.fileno())
            state = self.next._replace(bytes=self.stream.tell())
            _write_all(self.log, _line(state._asdict()))
        except OSError as error:
            self._back()
            raise OutputError(
                f"{self.name}: cannot be written ({error.strerror}); {self.state.rows:,} rows are whole in {self.part}: "
                + ("free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "see to it")
                + " and run the same command with --resume"
            ) from error
        self.state = state
        self.held.clear()
        self.size = 0
        self.since = time.monotonic()

    def finish(self) -> None:
        """Commit the rest and give the file its name."""
        self.commit()
        try:
            if self.name.lower().endswith(".parquet"):
                whole = self.name + ".tmp"
                _to_parquet(self.part, whole, audit=bool(self.job["options"]["audit"]))
                os.replace(whole, self.name)
                os.unlink(self.part)
            else:
                os.replace(self.part, self.name)
            os.unlink(self.journal)
        except OSError as error:
            raise OutputError(
                f"{self.name}: cannot be written ({error.strerror}); all {self.state.rows:,} rows are in {self.part}; "
                "run the same command with --resume"
            ) from error
        self.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self.close()
        for name in (self.part, self.journal):
            if os.path.exists(name):
                os.unlink(name)

    def close(self) -> None:
        """Close the files; what is not committed will be done again."""
        for stream in (self.stream, self.log):
            _close(stream)

    def _begin(self, job: Mapping[str, Any]) -> None:
        if os.path.exists(self.part) and os.path.getsize(self.part):
            raise OutputError(f"{self.part} holds the rows of an unfinished run; give --resume to go on with it, or remove it")
        self.stream = open(self.part, "ab", buffering=0)  # noqa: SIM115
        self._lock()
        self.log = open(self.journal, "wb", buffering=0)  # noqa: SIM115
        _write_all(self.log, _line(job))

    def _resume(self, job: Mapping[str, Any]) -> None:
        self.stream = open(self.part, "r+b", buffering=0)  # noqa: SIM115
        self._lock()
        size = os.path.getsize(self.part)
        lines = _whole_lines(self.journal)
        before = next(lines, None)
        if before is None:
            if size:
                raise OutputError(f"{self.part} has no {self.journal} beside it, so nobody knows how far it goes; remove it")
            before = dict(job)
        for line in lines:
            state = State(**line)
            if state.bytes <= size:
                self.state = self.next = state
        self._same(before, job)
        self._back()
        self.log = open(self.journal + ".tmp", "wb", buffering=0)  # noqa: SIM115
        _write_all(self.log, _line(job) + _line(self.state._asdict()))
        os.replace(self.journal + ".tmp", self.journal)

    def _same(self, before: Mapping[str, Any], job: Mapping[str, Any]) -> None:
        """Refuse to go on with rows that another job made; inputs behind those already begun may differ."""
        begun = self.state.source + 1
        if before["inputs"][:begun] != job["inputs"][:begun]:
            names = " ".join(before["inputs"][:begun])
            raise OutputError(f"{self.part} was begun with other inputs ({names}); give the same, or remove it")
        for name in ("options", "fields"):
            if before[name] != job[name]:
                raise OutputError(f"{self.part} was begun with other options ({before[name]}); give the same, or remove it")

    def _back(self) -> None:
        """Cut the part file back to what is whole."""
        assert self.stream is not None
        self.stream.seek(self.state.bytes)
        self.stream.truncate()

    def _lock(self) -> None:
        """Keep a second run of the same command out."""
        try:
            import fcntl
        except ImportError:
            return
        assert self.stream is not None
        try:
            fcntl.flock(self.stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputError(f"{self.part} is being written by another run") from None


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _write_all(stream: io.FileIO, data: bytes) -> None:
    """Write everything, or raise."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


def _close(stream: IO[Any] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:
        pass  # what could not be written was told when it was tried


def _whole_lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a journal up to one that was cut off."""
    try:
        with open(name, encoding="utf-8") as handle:
            for line in handle:
                if not line.endswith("\n"):
                    return
                yield json.loads(line)
    except FileNotFoundError:
        return


ROW_GROUP = 32_000_000  # bytes of rows as JSON in one row group of a Parquet file


def _to_parquet(part: str, name: str, *, audit: bool) -> None:
    import zlib

    import pyarrow.parquet

    from ..arrow import batch_of, schema

    with open(part, "rb") as packed, pyarrow.parquet.ParquetWriter(name, schema(audit=audit), compression="zstd") as writer:
        lines = Unpacked(packed, lambda: zlib.decompressobj(31), zlib.error, BLOCK)
        rows: list[dict[str, Any]] = []
        batches: list[Any] = []
        size = 0

        def flush() -> None:
            if rows:
                batches.append(batch_of(rows, audit=audit))
                rows.clear()

        while line := lines.readline(1 << 62):
            rows.append(json.loads(line))
            size += len(line)
            if len(rows) >= 1_000:
                flush()
            if size >= ROW_GROUP:
                flush()
                writer.write_table(pyarrow.Table.from_batches(batches))
                batches.clear()
                size = 0
        flush()
        if batches:
            writer.write_table(pyarrow.Table.from_batches(batches))
