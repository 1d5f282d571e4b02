"""The same job on a Ray cluster: inputs are read there, documents cleaned there, rows come back in order to be written here."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from .document import Options, Row
from .pool import PoolError, Worker
from .readers import STDIN, Chunk, Job, chunks
from .writers import OutputError

READER_CORES = 0.25  # cores that Ray books for reading one input; it waits for the cleaning most of the time
ANSWER = 10.0  # seconds that the head of a cluster may take to answer


def check(job: Job) -> None:
    """Raise ``OutputError`` if this job cannot run on Ray."""
    if find_spec("ray") is None or find_spec("pyarrow") is None:
        raise OutputError('--engine ray takes Ray Data, which is not installed; pip install "cleanarticle[ray]"')
    if STDIN in job.inputs:
        raise OutputError("--engine ray reads files that every node of the cluster sees, not stdin")


def rows(job: Job, options: Options, *, address: str | None, jobs: int | None) -> Iterator[tuple[Chunk, list[Row]]]:
    """Yield the chunks of all inputs and their rows, in order.

    A Ray worker that dies has its task done again by Ray; a document that takes too much or kills its process dies in a child of
    the Ray worker and costs its own row, as without Ray.
    """
    if address and ":" in address:
        _reach(address)
    try:
        yield from _rows(job, options, address, jobs)
    except Exception as error:
        # Ray's own errors run over many lines and know nothing of the job.
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise PoolError(f"Ray: {first[:300]}; run the same command with --resume to go on") from error


def _reach(address: str) -> None:
    """Raise ``PoolError`` if nobody answers there; Ray itself would try for many minutes."""
    import socket

    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWER).close()
    except (OSError, ValueError) as error:
        raise PoolError(f"Ray: nobody answers at {address} ({error}); give the address that `ray start --head` prints") from error


def _rows(job: Job, options: Options, address: str | None, jobs: int | None) -> Iterator[tuple[Chunk, list[Row]]]:
    import ray
    import ray.data

    if not ray.is_initialized():
        ray.init(address=address, num_cpus=None if address else jobs, log_to_driver=False, logging_level=logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    tasks = [{"source": source} for source in range(job.first, len(job.inputs))]
    if not tasks:
        return
    ray_rows = (
        ray.data.from_items(tasks, override_num_blocks=len(tasks))
        .map_batches(_Read(job), batch_size=1, batch_format="pyarrow", num_cpus=READER_CORES)
        # Another number of cores keeps Ray from running both steps in one task, which would give each input a single core.
        .map_batches(_Clean(options), batch_size=1, batch_format="pyarrow", num_cpus=1, concurrency=jobs)
    )
    for row in ray_rows.iter_rows():
        chunk, made = pickle.loads(row["done"])
        yield chunk, made


class _Read:
    """One input → its chunks."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __call__(self, table: Any) -> Iterator[Any]:
        import pyarrow

        for source in table.column("source").to_pylist():
            skip = self.job.skip if source == self.job.first else 0
            for chunk in chunks(self.job._replace(inputs=self.job.inputs[: source + 1], first=source, skip=skip)):
                yield pyarrow.table({"chunk": pyarrow.array([pickle.dumps(chunk, protocol=5)], pyarrow.large_binary())})


class _Clean:
    """Chunks → their rows."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __call__(self, table: Any) -> Iterator[Any]:
        import pyarrow

        worker = _worker(self.options)
        for data in table.column("chunk"):
            chunk: Chunk = pickle.loads(data.as_py())
            made = worker.clean(list(chunk.documents))
            done = pickle.dumps((chunk._replace(documents=()), made), protocol=5)
            yield pyarrow.table({"done": pyarrow.array([done], pyarrow.large_binary())})


_workers: dict[bytes, Worker] = {}
"""The one child of this Ray worker process, by its options, kept from task to task; it ends with its parent."""


def _worker(options: Options) -> Worker:
    return _workers.setdefault(pickle.dumps(options), Worker(options))
