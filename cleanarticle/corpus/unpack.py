"""Packed files as streams, read to the last byte that can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

BLOCK = 1 << 16  # bytes read at once; gzip makes at most a thousand times as much of them
ZSTD_BLOCK = 1 << 12  # bytes; zstd may make thirty thousand times as much


class Unpacked:
    """The content of a gzip or zstd file, also of several members; what can be read of a damaged one, and then ``error``."""

    def __init__(self, stream: BinaryIO, machine: Callable[[], Any], errors: type[Exception], block: int) -> None:
        self.stream = stream
        self.block = block
        self.new = machine
        self.errors = errors
        self.machine = machine()
        self.within = False
        """Inside a member."""
        self.rest = b""
        self.ready = b""
        self.here = 0
        self.error = ""

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; all with -1."""
        if size < 0:
            return b"".join(iter(lambda: self.read(BLOCK), b""))
        self._fill()
        data = self.ready[self.here : self.here + size]
        self.here += len(data)
        return data

    def readline(self, most: int) -> bytes:
        """Return the next line with its newline, or its first ``most`` bytes."""
        parts: list[bytes] = []
        length = 0
        while length < most:
            self._fill()
            end = self.ready.find(b"\n", self.here)
            part = self.read(min(most - length, end + 1 - self.here if end >= 0 else BLOCK))
            parts.append(part)
            length += len(part)
            if not part or part.endswith(b"\n"):
                break
        return b"".join(parts)

    def _fill(self) -> None:
        """Have something ready, unless the end is reached."""
        while self.here >= len(self.ready) and not self.error:
            if not self._more():
                return

    def _more(self) -> bool:
        """Unpack some more; False at the end, be it good or bad."""
        data = self.rest or self.stream.read(self.block)
        self.rest = b""
        if not data:
            if self.within:
                self.error = "is cut off: its compressed data has no end"
            return False
        try:
            self.ready, self.here = self.machine.decompress(data), 0
        except self.errors as error:
            if not self.within and not data.strip(b"\0"):
                self.machine = self.new()
                return True  # tapes and disk images pad with zeros
            self.error = f"has damaged compressed data ({first_line(error)})"
            self.ready, self.here = b"", 0
            return False
        self.within = not self.machine.eof
        if self.machine.eof:
            self.rest = self.machine.unused_data
            self.machine = self.new()
        return True


def first_line(error: BaseException) -> str:
    """Return the first line of what an exception says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
