"""The process that cleans: documents in, rows out, within bounds that the kernel keeps."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import time
from typing import IO, Any

from .document import Document, Options, Row, error_of, record_of, row_of

SOON = 0.1  # seconds; rows done are held back no longer than that
MUCH = 1_000_000  # bytes of rows held back at most


def write_frame(stream: IO[bytes], value: Any) -> None:
    """Send one value."""
    data = pickle.dumps(value, protocol=5)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next value; ``EOFError`` if the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (size,) = struct.unpack("<Q", head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """Answer chunks of documents with rows until the other side closes; then leave the process."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    asked, answers = _streams()
    try:
        options: Options = read_frame(asked)
        _bound_memory(options.memory)
        write_frame(answers, "ready")
        _silence()
        while True:
            careful, documents = read_frame(asked)
            _answer(answers, documents, options, careful)
    except (EOFError, OSError):
        pass
    os._exit(0)


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take the pipes for ourselves: whatever a library prints must not get between the frames."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return asked, answers


def _silence() -> None:
    """From here on stderr belongs to the parent's progress."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def _bound_memory(memory: int) -> None:
    """Let the kernel refuse what goes beyond the idle process and ``memory`` bytes; where it can (Linux)."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as handle:
            idle = int(handle.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = idle + memory if hard == resource.RLIM_INFINITY else min(idle + memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):
        pass


def _start_clock(seconds: float) -> None:
    """Have the kernel end this process (SIGPROF) after so many CPU seconds, in whatever C code it may be stuck; 0 stops the clock.

    CPU and not wall time, so that a document does not fail because the machine is busy.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _answer(answers: IO[bytes], documents: list[Document], options: Options, careful: bool) -> None:
    """Send the rows of ``documents`` in order, as ``(rows, leaving)``; ``careful``: each at once, so that the parent knows who died."""
    held: list[Row] = []
    size, since = 0, time.monotonic()
    for document in documents:
        _start_clock(options.seconds)
        try:
            record = record_of(document, options)
            row = row_of(record)
        except MemoryError:
            record = error_of(document, "MemoryLimit", f"needs more than {options.memory:,} bytes; give --memory to allow more")
            row = row_of(record)
        _start_clock(0)
        held.append(row)
        size += len(row.line)
        if row.fault == "MemoryLimit":
            # A process that ran out of memory may be left with little of it.
            write_frame(answers, (held, True))
            raise EOFError
        now = time.monotonic()
        if careful or size > MUCH or now - since > SOON:
            write_frame(answers, (held, False))
            held, size, since = [], 0, now
    if held:
        write_frame(answers, (held, False))


if __name__ == "__main__":
    serve()
