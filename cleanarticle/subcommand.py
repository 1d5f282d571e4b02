"""What the sub-commands share: arguments, one line on stderr for a failure, exit codes, documents and lines in, text out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

DONE, FOUND, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; a check found something; wrong use, unreadable input, unwritable output; Ctrl-C."""

DOCUMENTS = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ""})
"""Endings of the files that are taken from a folder."""
LINES = frozenset({".jsonl", ".ndjson"})


class CommandError(Exception):
    """What ends the command with one line on stderr."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message}; see {self.prog} --help")


class Argument(NamedTuple):
    """An argument of a sub-command, as ``argparse`` takes it."""

    names: tuple[str, ...]
    how: dict[str, Any]


def argument(*names: str, **how: Any) -> Argument:
    """Return an argument: its names, and what ``add_argument`` takes of it."""
    return Argument(names, how)


OUTPUT = argument("-o", "--output", metavar="FILE", help="write there instead of stdout")
DOCUMENT = "pages, texts, folders of them, JSON Lines with html or text"
"""What ``documents`` reads."""


def command(
    name: str, description: str, *arguments: Argument, epilog: str | None = None
) -> Callable[[Callable[[argparse.Namespace], int]], Callable[[Sequence[str]], int]]:
    """Make the ``main(argv) -> int`` of a sub-command from what it does with its arguments; why it cannot is said in one line."""

    def made(action: Callable[[argparse.Namespace], int]) -> Callable[[Sequence[str]], int]:
        def main(argv: Sequence[str]) -> int:
            try:
                return action(parser(name, description, *arguments, epilog=epilog).parse_args(argv))
            except CommandError as failure:
                say(f"{name}: {failure}")
                return WRONG
            except BrokenPipeError:
                return WRONG
            except KeyboardInterrupt:
                return INTERRUPTED

        main.__doc__ = f"Run ``cleanarticle {name}`` and return its exit code."
        return main

    return made


def parser(name: str, description: str, *arguments: Argument, epilog: str | None = None) -> argparse.ArgumentParser:
    """Return the argument parser of a sub-command; wrong use is a ``CommandError``."""
    it = _Parser(prog=f"cleanarticle {name}", description=description, epilog=epilog)
    for names, how in arguments:
        it.add_argument(*names, **how)
    return it


def language(text: str) -> str:
    """Return the ISO 639-1 code that an argument names; what names none would be found out in silence."""
    from .language import code_of

    code = code_of(text)
    if code is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 639-1 code, such as en")
    return code


def phrases(name: str | None) -> dict[str, Any] | None:
    """Return the tables of a phrase file; None where none is named."""
    if name is None:
        return None
    from .phrases import PhrasesError, load

    try:
        return load(name)
    except PhrasesError as error:
        raise CommandError(str(error)) from error


def say(message: str) -> None:
    """Say one line on stderr."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"cleanarticle {message}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        pass


def counted(number: int, one: str, more: str | None = None) -> str:
    """Return a number and what it counts.

    >>> counted(1, "group"), counted(2_000, "copy", "copies")
    ('1 group', '2,000 copies')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def write(text: str, output: str | None = None) -> None:
    """Write UTF-8 to a file, or to stdout where no file is given."""
    data = text.encode("utf-8", "replace")
    try:
        if output is not None:
            Path(output).write_bytes(data)
        elif sys.stdout is None:
            raise CommandError("stdout is closed; give -o FILE")
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"{output or 'the output'}: cannot be written ({error.strerror})") from error


def keep_inputs(names: Iterable[str], output: str | None) -> None:
    """Raise ``CommandError`` if the output would be written over one of the inputs."""
    for name in names:
        if output is not None and os.path.isfile(name) and os.path.exists(output) and os.path.samefile(name, output):
            raise CommandError(f"{output}: is an input; give -o another name, so that it is not written over")


def documents(names: Sequence[str]) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name and content of each document of files, folders and JSON Lines (their ``html``, else their ``text``)."""
    for name in names:
        for path in _files(Path(name)):
            if path.suffix.lower() in LINES:
                for number, row in rows(str(path)):
                    data = row.get("html") or row.get("text")
                    if isinstance(data, str):
                        yield f"{path}:{number}", data
                continue
            try:
                yield str(path), path.read_bytes()
            except OSError as error:
                raise CommandError(f"{path}: cannot be read ({error.strerror}); give a file that exists") from error


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(it for it in path.rglob("*") if it.is_file() and it.suffix.lower() in DOCUMENTS | LINES)
    else:
        yield path


def rows(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line number, from 1, and the object of each line of a JSON Lines file (``-``: stdin)."""
    try:
        with open(0 if name == "-" else name, "rb", closefd=name != "-") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield number, _object(name, number, line)
    except OSError as error:
        raise CommandError(f"{name}: cannot be read ({error.strerror}); give a file that exists") from error


def _object(name: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else error
        raise CommandError(f"{name}:{number}: is no JSON ({why}); give one record a line") from error
    if not isinstance(row, dict):
        raise CommandError(f"{name}:{number}: is no JSON object; give one record a line")
    return row
