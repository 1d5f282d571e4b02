"""The record as an Arrow table: for Spark ``mapInArrow``, Ray Data ``map_batches``, Dask, DuckDB, Parquet.

>>> import pyarrow
>>> text = "Pier to stay closed\\n\\nBy Jane Doe\\n\\nThe harbour authority said on Tuesday that the pier would stay closed."
>>> batch = pyarrow.RecordBatch.from_pydict({"id": ["a"], "text": [text]})
>>> next(clean_batches(iter([batch]))).column("byline").to_pylist()
['By Jane Doe']
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

try:
    import pyarrow as pa
except ImportError as error:
    raise ImportError('cleanarticle.arrow takes pyarrow, which is not installed; pip install "cleanarticle[corpus]"') from error

from .corpus.document import Options, record_of, to_line
from .corpus.pool import Worker
from .corpus.readers import Fields, document_of_row
from .phrases import folded

_DATELINE = pa.struct([(name, pa.string()) for name in ("text", "place", "date", "agency")])
_ERROR = pa.struct([("type", pa.string()), ("message", pa.string())])
_BLOCK = pa.struct(
    [
        ("kind", pa.string()),
        ("text", pa.string()),
        ("kept", pa.bool_()),
        ("reason", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("path", pa.string()),
    ]
)

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("schema", pa.string()),
        ("url", pa.string()),
        ("language", pa.string()),
        ("headline", pa.string()),
        ("standfirst", pa.string()),
        ("byline", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("dateline", _DATELINE),
        ("published", pa.string()),
        ("source", pa.string()),
        ("body", pa.string()),
        ("confidence", pa.float64()),
        ("warnings", pa.list_(pa.string())),
        ("fingerprint", pa.string()),
        ("error", _ERROR),
        ("meta", pa.string()),
    ]
)
"""The record's fields in their order, behind ``id``; ``error`` is null for a record, and ``meta`` has the input's other fields as JSON."""

AUDIT_SCHEMA = pa.schema([*SCHEMA, pa.field("encoding", pa.string()), pa.field("blocks", pa.list_(_BLOCK))])
"""The same with the account of every block."""


def schema(*, audit: bool = False) -> pa.Schema:
    """Return the schema of the rows, with or without their blocks."""
    return AUDIT_SCHEMA if audit else SCHEMA


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    field: str | None = None,
    id: str | None = None,
    url: str | None = None,
    audit: bool = False,
    language: str | None = None,
    quotes: str = "keep",
    phrases: Mapping[str, Any] | None = None,
    isolated: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Yield a batch of records for each batch of documents: a row for a row, in order.

    ``field``: the column of pages or texts, binary or string; if None, ``html`` or ``text``. ``id``, ``url``: columns; if None,
    those of that name, if any. All other columns go into ``meta``. A document that cannot be cleaned has an ``error``.
    ``phrases``: the caller's own chrome phrases, as ``cleanarticle.phrases.load`` reads them from a file; a ``ValueError`` if
    they have not that form.

    Documents are cleaned in the calling process; ``isolated``: in a child of it, within the bounds in time and memory that
    ``cleanarticle corpus`` keeps, so that a page that takes too much or kills its process costs one row and not the task.
    """
    options = Options(audit=audit, language=language, quotes=quotes, phrases=None if phrases is None else folded(phrases))
    fields = Fields(field, id, url)
    worker = Worker(options) if isolated else None
    try:
        for batch in batches:
            documents = [document_of_row(row, None, fields) for row in batch.to_pylist()]
            if worker is None:
                rows = [record_of(document, options) for document in documents]
            else:
                rows = [json.loads(row.line) for row in worker.clean(documents)]
            yield batch_of(rows, audit=audit)
    finally:
        if worker is not None:
            worker.stop()


def batch_of(rows: Sequence[Mapping[str, Any]], *, audit: bool = False) -> pa.RecordBatch:
    """Return records and errors, as they stand in JSON Lines, as one batch."""
    return pa.RecordBatch.from_pylist([_flat(row) for row in rows], schema=schema(audit=audit))


def _flat(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row with its id as text and its metadata as JSON."""
    id, meta = row.get("id"), row.get("meta")
    flat = {
        **row,
        "id": id if id is None or isinstance(id, str) else json.dumps(id, ensure_ascii=False),
        "meta": to_line(meta).decode().rstrip("\n") if meta else None,
    }
    try:
        for value in flat.values():
            if isinstance(value, str):
                value.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair, from an id or an address; Arrow holds none.
        return dict(json.loads(to_line(flat)))
    return flat
