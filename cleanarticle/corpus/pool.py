"""Chunks → rows, in processes of which any may die at any moment.

A process pool of the standard library breaks as a whole when one of its workers dies, and cannot say over which document.
Here each worker is a plain child process with two pipes and a thread of the parent that talks to it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from .document import Document, Options, Row, error_of, row_of
from .readers import Chunk
from .worker import read_frame, write_frame

AHEAD = 32  # chunks a worker may be ahead of the slowest; bounds what waits to be written
PATIENCE = 5.0  # seconds that the end of a run waits for the reader
STARTS = 3  # times in a row that a worker may fail to start


class PoolError(Exception):
    """The workers cannot run at all."""


class Worker:
    """One supervised child process."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None
        self.late = False
        self.closed = False

    def start(self) -> None:
        """Start the child and wait until it is ready."""
        for _ in range(STARTS):
            # The child finds the package where the parent found it, installed or not.
            code = f"import sys; sys.path[:] = {sys.path!r}; from cleanarticle.corpus.worker import serve; serve()"
            try:
                self.process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            except OSError as error:
                raise PoolError(f"no worker process can be started ({error.strerror})") from error
            try:
                self._send(self.options)
                self._receive()
                return
            except (EOFError, OSError):
                self.stop()
                if self.closed:
                    raise PoolError("the run was ended") from None
        raise PoolError("the worker processes end as soon as they start; what they say stands above")

    def clean(self, documents: list[Document]) -> list[Row]:
        """Return the rows of documents, one each and in order."""
        self.send(documents)
        return self.receive(documents)

    def send(self, documents: list[Document], *, careful: bool = False) -> None:
        """Hand documents to the child; a dead child is noticed by ``receive``."""
        if self.process is None:
            self.start()
        with contextlib.suppress(OSError):
            self._send((careful, documents))

    def receive(self, documents: list[Document]) -> list[Row]:
        """Return the rows of the documents just sent, one each and in order.

        If the child dies, the documents it still owed go to a new one that answers each at once. Should that one die, it is
        known over which document: this one is tried once more, and gets the error row if its process dies again. So an
        innocent document (the child was killed from outside) is cleaned after all.
        """
        rows: list[Row] = []
        careful = False
        suspect = -1
        while len(rows) < len(documents):
            try:
                done, leaving = self._receive()
                rows += done
            except (EOFError, OSError):
                why = self._why()
                if self.closed:
                    raise PoolError("the run was ended") from None
                if careful and (suspect == len(rows) or why[0] == "TimeLimit"):
                    rows.append(row_of(error_of(documents[len(rows)], *why)))
                elif careful:
                    suspect = len(rows)
                careful = leaving = True
            if leaving:
                self.stop()
                if len(rows) < len(documents):
                    self.send(documents[len(rows) :], careful=careful)
        return rows

    def stop(self) -> None:
        """End the child, now."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass
        process.wait()

    def close(self) -> None:
        """End the child and start no other; for use from another thread."""
        self.closed = True
        process = self.process
        if process is not None:
            process.kill()

    def _send(self, value: Any) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        write_frame(self.process.stdin, value)

    def _receive(self) -> Any:
        """Return the child's next answer; a child silent beyond all measure is killed."""
        process = self.process
        assert process is not None
        assert process.stdout is not None
        self.late = False

        def give_up() -> None:
            self.late = True
            process.kill()

        # The child's own clock counts CPU time; this one is for what it cannot see: a file that never comes.
        watch = threading.Timer(30 + 10 * self.options.seconds, give_up)
        watch.daemon = True
        watch.start()
        try:
            return read_frame(process.stdout)
        finally:
            watch.cancel()

    def _why(self) -> tuple[str, str]:
        """Return type and message of the error of whoever killed the child."""
        assert self.process is not None
        code = self.process.wait()
        if self.late or code == -getattr(signal, "SIGPROF", 0):
            return "TimeLimit", f"takes more than {self.options.seconds:g} s of CPU time; give --seconds to allow more"
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            hint = "; the system may have run out of memory" if name == "SIGKILL" else ""
            return "WorkerDied", f"the process that cleaned it died three times ({name}{hint})"
        return "WorkerDied", f"the process that cleaned it ended three times (exit code {code})"


class Pool:
    """``jobs`` workers; ``rows`` gives what they make of chunks, in the order of the chunks."""

    def __init__(self, options: Options, jobs: int) -> None:
        self.jobs = jobs
        self.workers = [Worker(options) for _ in range(jobs)]
        self._source = threading.Lock()
        self._state = threading.Condition()
        self._chunks: Iterator[Chunk] = iter(())
        self._taken = 0
        self._given = 0
        self._done: dict[int, tuple[Chunk, list[Row]]] = {}
        self._error: BaseException | None = None
        self._end: int | None = None
        self._closed = False

    def rows(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, list[Row]]]:
        """Yield each chunk, without its documents' data, and its rows."""
        self._chunks = chunks
        threads = [threading.Thread(target=self._work, args=(worker,), daemon=True) for worker in self.workers]
        for thread in threads:
            thread.start()
        try:
            while True:
                with self._state:
                    # With a time-out, because only then does Ctrl-C get through on every system.
                    while not (self._error or self._given in self._done or self._given == self._end):
                        self._state.wait(1.0)
                    if self._error:
                        raise self._error
                    if self._given == self._end:
                        return
                    result = self._done.pop(self._given)
                    self._given += 1
                    self._state.notify_all()
                yield result
        finally:
            self.close()
            for thread in threads:
                # Not for ever: it may be reading a pipe that nobody writes to.
                thread.join(PATIENCE)

    def close(self) -> None:
        """End all workers, now."""
        with self._state:
            self._closed = True
            self._state.notify_all()
        for worker in self.workers:
            worker.close()

    def _work(self, worker: Worker) -> None:
        try:
            worker.start()
            task = self._take()
            while task is not None:
                number, chunk = task
                worker.send(list(chunk.documents))
                # The next chunk is read while the child is busy with this one.
                task = self._take(wait=False)
                rows = worker.receive(list(chunk.documents))
                with self._state:
                    self._done[number] = chunk._replace(documents=()), rows
                    self._state.notify_all()
                if task is None:
                    task = self._take()
        except BaseException as error:
            with self._state:
                if not self._closed:
                    self._error = self._error or error
                self._state.notify_all()
        finally:
            worker.stop()

    def _take(self, *, wait: bool = True) -> tuple[int, Chunk] | None:
        """Return the next chunk and its number; None at the end, and without ``wait`` also while the next is too far ahead."""
        with self._state:
            while not self._closed and self._taken - self._given >= AHEAD * self.jobs:
                if not wait:
                    return None
                self._state.wait(1.0)
        with self._source:
            if self._closed or self._end is not None:
                return None
            chunk = next(self._chunks, None)
            with self._state:
                if chunk is None:
                    self._end = self._taken
                    self._state.notify_all()
                    return None
                self._taken += 1
                return self._taken - 1, chunk


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
