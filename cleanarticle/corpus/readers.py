"""Inputs → chunks of documents, in an order that is the same in every run."""

from __future__ import annotations

import io
import json
import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, BinaryIO, NamedTuple

from ..pipeline import LARGEST
from .document import CODINGS, Document
from .unpack import BLOCK, ZSTD_BLOCK, Unpacked, first_line

STDIN = "-"
CHUNK_DOCUMENTS = 256  # documents
CHUNK_BYTES = 1_000_000  # bytes of input; some tenths of a second of work
FIRST_CHUNK = 4  # documents; chunks double from there, so that few documents also reach all workers
LONGEST_LINE = 4 * LARGEST  # bytes; a page as JSON escapes may be larger than the page


class Fields(NamedTuple):
    """Where the fields of JSON Lines and Parquet are."""

    text: str | None = None
    """None: the first of ``TEXT_FIELDS`` that the row has."""
    id: str | None = None
    """None: ``id`` if the row has one, else file name and row number."""
    url: str | None = None
    """None: ``url`` if the row has one."""


TEXT_FIELDS = ("html", "text")


class Job(NamedTuple):
    """What is to be read, and how."""

    inputs: tuple[str, ...]
    fields: Fields = Fields()
    leave: tuple[str, ...] = ()
    """Absolute paths that are no inputs though they lie in a folder that is: the output."""
    first: int = 0
    """Number of the first input to read, from 0; those before are done."""
    skip: int = 0
    """Documents of that input that are done."""


class Chunk(NamedTuple):
    """Some documents of one input, with what the reader has to say about it."""

    source: int
    """Number of the input."""
    number: int
    """Documents of the input up to the end of this chunk."""
    ids: int
    """CRC 32 over the ids of these documents, by which a resumed run knows its input again."""
    documents: tuple[Document, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    """File and message, of what could not be read."""
    passed: Mapping[str, int] = {}
    """What was passed over because it is no page, by kind."""
    size: int = 0
    """Bytes of the documents."""


class Notes:
    """What a reader has to say beside its documents."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []
        self.passed: Counter[str] = Counter()

    def problem(self, name: str, message: str) -> None:
        """Note what could not be read; makes the run end with exit code 2."""
        self.problems.append((name, message))


class SourceError(Exception):
    """An input ends here; the message says why."""


def chunks(job: Job) -> Iterator[Chunk]:
    """Yield all inputs' documents in chunks that grow up to their full size.

    A resumed job's first chunk has no documents: it says what was skipped.
    """
    notes = Notes()
    held: list[Document] = []
    number = ids = size = 0
    most = FIRST_CHUNK
    source = job.first

    def chunk() -> Chunk:
        made = Chunk(source, number, ids, tuple(held), tuple(notes.problems), dict(notes.passed), size)
        held.clear()
        notes.problems.clear()
        notes.passed.clear()
        return made

    for source in range(job.first, len(job.inputs)):
        number = ids = 0
        skip = job.skip if source == job.first else 0
        for document in documents(job.inputs[source], job.fields, notes, job.leave):
            number += 1
            ids = zlib.crc32(json.dumps(document.id, default=str).encode(), ids)
            if number <= skip:
                if number == skip:
                    yield chunk()
                continue
            held.append(document)
            size += document.size
            if len(held) >= most or size >= CHUNK_BYTES:
                yield chunk()
                size, most = 0, min(2 * most, CHUNK_DOCUMENTS)
        if number < skip:
            yield chunk()
    # Always a last one: it carries the last notes.
    yield chunk()


def documents(name: str, fields: Fields, notes: Notes, leave: tuple[str, ...] = ()) -> Iterator[Document]:
    """Yield the documents of one input; what cannot be read is a note and not an exception."""
    try:
        if name == STDIN:
            yield from read_json_lines(name, fields, notes)
        elif os.path.isdir(name):
            yield from _read_folder(name, fields, notes, leave)
        else:
            yield from reader_of(name)(name, fields, notes)
    except SourceError as bad:
        notes.problem(name, str(bad))
    except OSError as error:
        notes.problem(name, f"cannot be read ({error.strerror or error})")


def reader_of(name: str) -> Reader:
    """Return the reader for a file name; ``SourceError`` if no reader knows its extension."""
    base = name.lower()
    for packed in (".gz", ".zst"):
        inner = base.removesuffix(packed)
        if inner != base and suffix_of(inner) in PACKABLE:
            base = inner
    if (reader := READERS.get(suffix_of(base))) is None:
        known = ", ".join(READERS)
        raise SourceError(f"unknown extension; known are {known}, and .gz or .zst behind .jsonl, .warc, .wet")
    return reader


def suffix_of(name: str) -> str:
    """Return the extension of a file name, such as ``".html"``."""
    return os.path.splitext(name)[1]


def _read_folder(name: str, fields: Fields, notes: Notes, leave: tuple[str, ...]) -> Iterator[Document]:
    """Yield what lies in a folder and those below, by name; files of no known extension are passed over."""
    try:
        with os.scandir(name) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        notes.problem(name, f"cannot be read ({error.strerror})")
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _read_folder(entry.path, fields, notes, leave)
            continue
        try:
            reader_of(entry.path)
        except SourceError:
            notes.passed[f"{suffix_of(entry.name) or 'extensionless'} files"] += 1
            continue
        if not entry.is_file() or os.path.abspath(entry.path) in leave:
            notes.passed["other files"] += 1
            continue
        yield from documents(entry.path, fields, notes)


def _read_file(name: str, fields: Fields, notes: Notes) -> Iterator[Document]:
    """Yield the one document of a page or text file; the worker reads it."""
    try:
        size = os.stat(name).st_size
        if not os.access(name, os.R_OK):
            raise PermissionError(0, "Permission denied")
    except OSError as error:
        notes.problem(name, f"cannot be read ({error.strerror})")
        yield Document(name, fault=("Unreadable", f"cannot be read ({error.strerror})"))
        return
    yield Document(name, path=name, size=size)


def read_json_lines(name: str, fields: Fields, notes: Notes) -> Iterator[Document]:
    """Yield one document a line; a line that gives none is an error row."""
    with ExitStack() as stack:
        stream = _open(name, stack)
        number = 0
        told = False
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if not line.strip():
                continue
            if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(BLOCK)) and not rest.endswith(b"\n"):
                    pass
                document = _no_line(name, number, f"has more than {LONGEST_LINE:,} bytes")
            elif isinstance(stream, Unpacked) and stream.error and not line.endswith(b"\n"):
                document = Document(f"{name}:{number}", fault=("TruncatedRecord", stream.error))
            else:
                document = _parse_line(name, number, line, fields)
            if document.fault and document.fault[0] in ("BadLine", "MissingField") and not told:
                told = True  # one line a file; every row has its own error
                notes.problem(name, f"line {number} {document.fault[1]}")
            yield document
        _check_end(name, stream)


def _parse_line(name: str, number: int, line: bytes, fields: Fields) -> Document:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        return _no_line(name, number, f"is not JSON ({str(error)[:100]})")
    if not isinstance(row, dict):
        return _no_line(name, number, "is not a JSON object")
    return document_of_row(row, f"{name}:{number}", fields)


def _no_line(name: str, number: int, message: str) -> Document:
    return Document(f"{name}:{number}", fault=("BadLine", message))


def document_of_row(row: dict[str, Any], place: Any, fields: Fields) -> Document:
    """Return the document in a row of named fields; what is neither text, id nor address is carried through."""
    name = fields.text or next((field for field in TEXT_FIELDS if row.get(field) is not None), TEXT_FIELDS[0])
    rest = dict(row)
    data = rest.pop(name, None)
    id = rest.pop(fields.id or "id", None)
    url = rest.pop(fields.url or "url", None)
    fault = None
    if not isinstance(data, str | bytes):
        has = ", ".join(sorted(map(str, row))[:8]) or "none"
        wanted = f'"{name}"' if fields.text or data is not None else " or ".join(f'"{field}"' for field in TEXT_FIELDS)
        what = f"has a {type(data).__name__} in" if data is not None else "lacks"
        fault = ("MissingField", f"{what} the field {wanted} (its fields: {has}); give --field")
        data = None
    return Document(
        id=place if id is None else id,
        data=data,
        url=url if isinstance(url, str) else None,
        meta=rest or None,
        fault=fault,
        size=len(data or ""),
    )


def read_parquet(name: str, fields: Fields, notes: Notes) -> Iterator[Document]:
    """Yield one document a row."""
    need("pyarrow", "Parquet")
    import pyarrow
    import pyarrow.parquet

    with ExitStack() as stack:
        handle = stack.enter_context(open(name, "rb"))
        try:
            file = pyarrow.parquet.ParquetFile(handle)
        except (pyarrow.ArrowInvalid, OSError) as error:
            raise SourceError(f"is not a Parquet file ({first_line(error)})") from error
        number = 0
        told = False
        try:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    number += 1
                    document = document_of_row(row, f"{name}:{number}", fields)
                    if document.fault and not told:
                        told = True
                        notes.problem(name, f"row {number} {document.fault[1]}")
                    yield document
        except (pyarrow.ArrowException, OSError) as error:
            raise SourceError(f"is damaged behind row {number} ({first_line(error)})") from error


PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/xhtml", "text/plain")
"""Media types that are pages; a record that names none is one if it looks like one."""
PAGE_RECORDS = ("response", "resource", "conversion")
"""Kinds of WARC records that can hold a page; WET has its texts in ``conversion``."""
CARRIED = ("WARC-Date", "WARC-Truncated", "WARC-Payload-Digest", "WARC-Identified-Content-Language", "WARC-Refers-To")
"""Headers of a WARC record that are carried through."""


def read_warc(name: str, fields: Fields, notes: Notes) -> Iterator[Document]:
    """Yield the pages of a WARC or WET file; what is no page, or not a page that the server gave (status 404), is passed over."""
    need("fastwarc", "WARC")
    from fastwarc.warc import ArchiveIterator

    with ExitStack() as stack:
        stream = Tail(_open(name, stack))
        number = 0
        last = short = ""
        try:
            for record in ArchiveIterator(stream):
                number += 1
                last = record.record_id or f"{name}:{number}"
                kind = _page_kind(record)
                if kind:
                    notes.passed[kind] += 1
                    continue
                document = _document_of_record(record, last, name)
                if document.fault and document.fault[0] == "TruncatedRecord":
                    short = last
                    notes.problem(name, f"ends within the record {last}, which {document.fault[1]}")
                yield document
        except BaseException as error:
            # fastwarc's parser can panic, which is no Exception.
            if not isinstance(error, OSError) and type(error).__name__ != "PanicException":
                raise
            if number == 0 and not stream.here:
                raise SourceError("is empty") from error
            where = f"is no WARC behind record {last}" if number else "is not a WARC file"
            raise SourceError(f"{where} ({first_line(error)})") from error
        if number == 0:
            raise SourceError("is empty" if not stream.here else "is not a WARC file")
        if not short:
            _check_end(name, stream.stream)
            if not stream.tail.endswith(b"\r\n"):
                raise SourceError(f"ends within a record behind {last}")


class Tail:
    """A stream that remembers its last bytes: a WARC that is whole ends in an empty line."""

    def __init__(self, stream: BinaryIO | Unpacked) -> None:
        self.stream = stream
        self.tail = b""
        self.here = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self.stream.read(size)
        self.here += len(data)
        self.tail = (self.tail + data[-4:])[-4:]
        return data

    def tell(self) -> int:
        """Return the position; ``ArchiveIterator`` asks for it."""
        return self.here

    def seek(self, offset: int, whence: int = 0) -> int:
        """Refuse; a packed stream cannot go back."""
        raise OSError("not seekable")

    def close(self) -> None:
        """Leave the stream to whoever opened it."""


def _page_kind(record: Any) -> str:
    """Return what a record is if it is no page, else ""."""
    kind = (record.headers.get("WARC-Type") or "unnamed").lower()
    if kind not in PAGE_RECORDS:
        return f"{kind} records"
    http = record.http_headers
    status = http.status_code if http is not None else None
    if status is not None and not 200 <= status < 300:
        return f"pages of status {status}"
    if http is None:
        named = record.headers.get("Content-Type")
    else:
        named = record.headers.get("WARC-Identified-Payload-Type") or http.get("Content-Type")
    media = (named or "").split(";")[0].strip().lower()
    return f"{media} records" if media and media not in PAGE_TYPES else ""


def _document_of_record(record: Any, id: str, name: str) -> Document:
    http = record.http_headers
    meta: dict[str, Any] = {"warc-file": os.path.basename(name)}
    meta |= {header.lower(): value for header in CARRIED if (value := record.headers.get(header)) is not None}
    codings: tuple[str, ...] = ()
    if http is not None:
        meta["content-type"] = http.get("Content-Type")
        codings = _codings(http.get("Transfer-Encoding"), http.get("Content-Encoding"))
    document = Document(id, url=record.headers.get("WARC-Target-URI"), codings=codings, meta=meta)
    size = record.content_length
    if size > LARGEST:
        fault = ("InputError", f"the input has {size:,} bytes, more than the {LARGEST:,} of one article")
        return document._replace(fault=fault)
    data = record.reader.read()
    if len(data) < size:
        return document._replace(fault=("TruncatedRecord", f"has {len(data):,} of its {size:,} bytes"))
    return document._replace(data=data, size=len(data), encoding=record.http_charset if http is not None else None)


def _codings(transfer: str | None, content: str | None) -> tuple[str, ...]:
    """Return the codings that HTTP headers name, outermost first."""
    named = [*(transfer or "").split(","), *reversed((content or "").split(","))]
    return tuple(coding for name in named if (coding := name.strip().lower()) in CODINGS)


def _open(name: str, stack: ExitStack) -> BinaryIO | Unpacked:
    """Open a file, told by its first bytes whether it is packed."""
    if name == STDIN:
        if sys.stdin is None:
            raise SourceError("stdin is closed")
        return sys.stdin.buffer
    stream = stack.enter_context(open(name, "rb", buffering=BLOCK))  # noqa: SIM115
    magic = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    if magic[:2] == b"\x1f\x8b":
        return Unpacked(stream, lambda: zlib.decompressobj(31), zlib.error, BLOCK)
    if magic == b"\x28\xb5\x2f\xfd":
        need("zstandard", "zstd files")
        import zstandard

        return Unpacked(stream, zstandard.ZstdDecompressor().decompressobj, zstandard.ZstdError, ZSTD_BLOCK)
    if name.lower().endswith((".gz", ".zst")) and magic:
        raise SourceError("is not compressed, though its name says so")
    return stream


def _check_end(name: str, stream: BinaryIO | Unpacked) -> None:
    if isinstance(stream, Unpacked) and stream.error:
        raise SourceError(stream.error)


def need(module: str, what: str) -> None:
    """Raise ``SourceError`` if an extra is not installed."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise SourceError(f'{what} takes {module}, which is not installed; pip install "cleanarticle[corpus]"')


Reader = Callable[[str, Fields, Notes], Iterator[Document]]

READERS: Mapping[str, Reader] = {
    ".html": _read_file,
    ".htm": _read_file,
    ".xhtml": _read_file,
    ".txt": _read_file,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".warc": read_warc,
    ".wet": read_warc,
    ".parquet": read_parquet,
}
"""Extension and reader."""
PACKABLE = (".jsonl", ".ndjson", ".warc", ".wet")
