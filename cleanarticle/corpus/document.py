"""One document → one row: a record, or an error in its place."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..model import Article, InputError
from ..pipeline import LARGEST, clean


class Document(NamedTuple):
    """What a reader found: one input document on its way to a worker."""

    id: Any
    """Any JSON value: the input's own, else its file name, or file and line."""
    data: bytes | str | None = None
    """None: the worker reads ``path``."""
    path: str | None = None
    url: str | None = None
    encoding: str | None = None
    """The charset the sender declared."""
    codings: tuple[str, ...] = ()
    """Transfer and content codings of ``data`` still to be undone, outermost first, such as ``("chunked", "gzip")``."""
    meta: Mapping[str, Any] | None = None
    """The input's other fields, carried through."""
    fault: tuple[str, str] | None = None
    """Type and message, where the reader already knows that there is nothing to clean."""
    size: int = 0
    """Bytes (characters of a ``str``), as far as the reader knows."""


class Options(NamedTuple):
    """What a worker needs to know."""

    audit: bool = False
    language: str | None = None
    quotes: str = "keep"
    phrases: Mapping[str, Any] | None = None
    """The caller's own chrome phrases, as the tables of a phrase file."""
    seconds: float = 30.0
    """CPU seconds that one document may take."""
    memory: int = 2_000_000_000
    """Bytes that a worker may hold above what it holds when idle."""


class Row(NamedTuple):
    """One line of output."""

    line: bytes
    """JSON, with its newline."""
    fault: str | None = None
    """Type of the error; None for a record."""
    empty: bool = False
    """The record has no body."""


class DocumentError(Exception):
    """What keeps one document from becoming a record."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def record_of(document: Document, options: Options, cleaner: Callable[..., Article] = clean) -> dict[str, Any]:
    """Return ``{"id", …record…, "meta"}``, or ``{"id", "error": {"type", "message"}, "meta"}``; raise nothing but ``BaseException``."""
    try:
        if document.fault:
            raise DocumentError(*document.fault)
        article = cleaner(
            _data_of(document),
            url=document.url,
            encoding=document.encoding,
            language=options.language,
            quotes=options.quotes,
            phrases=options.phrases,
        )
        row = {"id": document.id, **article.to_dict(audit=options.audit)}
        return {**row, "meta": dict(document.meta)} if document.meta else row
    except DocumentError as fault:
        return error_of(document, fault.kind, str(fault))
    except InputError as error:
        return error_of(document, "InputError", str(error))
    except MemoryError:
        return error_of(document, "MemoryLimit", f"needs more than {options.memory:,} bytes; give --memory to allow more")
    except Exception as error:
        # A crawl goes on whatever one page does; the type says that it is a defect to be reported.
        return error_of(document, type(error).__name__, str(error)[:LONGEST_MESSAGE])


LONGEST_MESSAGE = 500  # characters


def error_of(document: Document, kind: str, message: str) -> dict[str, Any]:
    """Return the row that stands for a document without a record."""
    row = {"id": document.id, "error": {"type": kind, "message": message}}
    return {**row, "meta": dict(document.meta)} if document.meta else row


def row_of(record: Mapping[str, Any]) -> Row:
    """Return a record or an error as a line."""
    fault = record["error"]["type"] if "error" in record else None
    return Row(to_line(record), fault, not fault and not record["body"])


def to_line(record: Mapping[str, Any]) -> bytes:
    """Return one line of JSON in UTF-8; what UTF-8 cannot hold (half a surrogate pair) becomes ``?``."""
    return json.dumps(record, ensure_ascii=False, default=_plain).encode("utf-8", "replace") + b"\n"


def _plain(value: Any) -> Any:
    """Return what JSON has no type for as what it has: dates in ISO 8601, bytes as text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _data_of(document: Document) -> bytes | str:
    data = document.data
    if data is None:
        try:
            with open(document.path or "", "rb") as handle:
                data = handle.read(LARGEST + 1)
        except OSError as error:
            raise DocumentError("Unreadable", f"cannot be read ({error.strerror})") from error
    if document.codings and isinstance(data, bytes):
        data = undo(data, document.codings)
    return data


def undo(data: bytes, codings: tuple[str, ...]) -> bytes:
    """Return the body of an HTTP message without its transfer and content codings.

    Archives often hold a body already decoded under a header that still names the coding: such a body is returned as it is.
    A cut-off body gives what can be read of it.
    """
    for coding in codings:
        data = CODINGS[coding](data)
    return data


def _unchunk(data: bytes) -> bytes:
    parts: list[bytes] = []
    here = 0
    while True:
        end = data.find(b"\n", here, here + LONGEST_SIZE_LINE)
        try:
            size = int(data[here:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size <= 0:
            # Size 0 ends the body. No size: not chunked at all, or cut off.
            return b"".join(parts) if parts or size == 0 else data
        parts.append(data[end + 1 : end + 1 + size])
        here = end + 1 + size
        here += 2 if data[here : here + 2] == b"\r\n" else 1


LONGEST_SIZE_LINE = 1_000  # bytes of the line that gives a chunk's size, with its extensions


def _inflate(data: bytes) -> bytes:
    for bits in (47, -15):  # gzip or zlib by its header, else bare deflate as some servers send
        machine = zlib.decompressobj(bits)
        try:
            return machine.decompress(data, LARGEST + 1)
        except zlib.error:
            continue
    return data


def _gunzip(data: bytes) -> bytes:
    return _inflate(data) if data[:2] == b"\x1f\x8b" else data


def _unbrotli(data: bytes) -> bytes:
    import io

    from fastwarc.stream_io import BrotliReader

    try:
        return bytes(BrotliReader(io.BytesIO(data)).read(LARGEST + 1)) or data
    except OSError:
        return data


def _unzstd(data: bytes) -> bytes:
    if data[:4] != b"\x28\xb5\x2f\xfd":
        return data
    import io

    import zstandard

    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)) as stream:
        return bytes(stream.read(LARGEST + 1))


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "chunked": _unchunk,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
"""Coding as HTTP names it, and what undoes it."""
