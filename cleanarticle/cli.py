"""The filter: bytes in, bytes out, exit codes. No text handling."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from . import __version__
from .model import InputError
from .pipeline import QUOTES, clean
from .render import FORMATS

RARELY = 200_000  # objects between collections; a start-up makes 60,000, none of them garbage
DONE, EMPTY, WRONG = 0, 1, 2
"""Exit codes: every input gave a body; some input holds no article text; wrong use, unreadable input, unwritable output."""


COMMANDS = {
    "corpus": "cleanarticle.corpus",
    "dedup": "cleanarticle.dedup",
    "learn": "cleanarticle.learn",
    "phrases": "cleanarticle.phrases",
    "schema": "cleanarticle.schema",
}
"""First argument and the module whose ``main(argv) -> int`` it runs; the filter imports none of them."""


class _Stop(Exception):  # noqa: N818 (it ends the run; it is no error of the program)
    """What ends the run with one line on stderr."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Stop(f"{message}; see cleanarticle --help")


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    it = _Parser(
        prog="cleanarticle",
        description="Read a news or blog article, HTML or plain text, and print it as one clean JSON record.",
        epilog="Without FILE it reads stdin. Exit codes: 0 every input gave a body, 1 some input holds no article text, 2 an error. "
        f"Sub-commands, each with --help: {', '.join(COMMANDS)}.",
    )
    it.add_argument("files", nargs="*", metavar="FILE", help="inputs; several give one record a line")
    it.add_argument("--url", help="where the input came from; goes into the record, is never fetched")
    it.add_argument("--audit", action="store_true", help="add every block of the input: kept or removed, and why")
    it.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="json",
        help="json (default); text; diff or html: the input with what was removed and why",
    )
    it.add_argument("--quotes", choices=QUOTES, default="keep", help="keep quotation marks as printed (default) or straighten them")
    it.add_argument("--encoding", help="the charset the sender declared, such as an HTTP header gives it")
    it.add_argument("--language", type=_language, help="ISO 639-1 code, such as en; found out if not given")
    it.add_argument("--phrases", metavar="FILE", help="your own phrases to remove, in the form of a lexicon (TOML)")
    it.add_argument("-o", "--output", metavar="FILE", help="write there instead of stdout")
    it.add_argument("--version", action="version", version=f"cleanarticle {__version__}")
    return it


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] in COMMANDS:
        from importlib import import_module

        code: int = import_module(COMMANDS[argv[0]]).main(argv[1:])
        return code
    try:
        options = parser().parse_args(argv)
        return _run(options)
    except _Stop as failure:
        _say(str(failure))
        return WRONG
    except BrokenPipeError:
        return WRONG
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    if options.format == "html" and len(options.files) > 1:
        raise _Stop("--format html makes one page of one input; run it for each file")
    code = DONE
    chunks: list[str] = []
    given: dict[str, Any] = {"url": options.url, "encoding": options.encoding, "language": options.language, "quotes": options.quotes}
    if options.output is not None or options.phrases is not None:
        given["phrases"] = _prepared(options)
    look = {"colour": True} if options.format == "diff" and _is_colourful(options.output) else {}
    for name, data in _inputs(options.files):
        if data is None:
            code = WRONG
            continue
        try:
            article = clean(data, **given)
        except InputError as error:
            _say(f"{name}: {error}")
            code = WRONG
            continue
        if not article.body:
            _say(f"{name}: holds no article text; its record has an empty body")
            code = max(code, EMPTY)
        text = FORMATS[options.format](article, audit=options.audit, **look) + "\n"
        if options.output is None:
            _write(text)
        else:
            chunks.append(text)
    if options.output is not None:
        _save(options.output, "".join(chunks))
    elif sys.stdout is not None:
        _flush()
    return code


def _is_colourful(output: str | None) -> bool:
    """Tell whether a person looks on, at a terminal that shows colours: https://no-color.org."""
    if output is not None or sys.stdout is None or not sys.stdout.isatty():
        return False
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _language(text: str) -> str:
    from .subcommand import language

    return language(text)


def _prepared(options: argparse.Namespace) -> dict[str, Any] | None:
    """See that no input is written over; return the caller's phrases, if any."""
    from . import subcommand

    try:
        subcommand.keep_inputs(options.files, options.output)
        return subcommand.phrases(options.phrases)
    except subcommand.CommandError as error:
        raise _Stop(str(error)) from error


def _inputs(files: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    if not files:
        yield "stdin", _stdin()
    for name in files:
        try:
            if name == "-":
                yield "stdin", _stdin()
                continue
            with open(name, "rb") as handle:
                data = handle.read()
        except IsADirectoryError:
            _say(f"{name}: is a folder; cleanarticle corpus {name} reads it, a record a document")
            yield name, None
        except OSError as error:
            _say(f"{name}: cannot be read ({error.strerror}); give a file that exists, or pipe the page to stdin")
            yield name, None
        else:
            yield name, data


def _stdin() -> bytes:
    if sys.stdin is None:
        raise _Stop("stdin is closed; pipe a page to it or name a file")
    if sys.stdin.isatty():
        _say("reading stdin; end it with Ctrl-D, or name a file (see --help)")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise _Stop(f"stdin cannot be read ({error.strerror}); pipe a page to it or name a file") from error


def _write(text: str) -> None:
    if sys.stdout is None:
        raise _Stop("stdout is closed; give -o FILE")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _Stop(f"the output cannot be written ({error.strerror})") from error


def _flush() -> None:
    try:
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _Stop(f"the output cannot be written ({error.strerror})") from error


def _save(name: str, text: str) -> None:
    try:
        with open(name, "wb") as handle:
            handle.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise _Stop(f"{name}: cannot be written ({error.strerror})") from error


def _say(message: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"cleanarticle: {message}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def run() -> None:
    """Run the command and leave the process, whatever became of its streams."""
    gc.set_threshold(RARELY)
    code = main()
    # What Python would flush at its end may be closed or full by now; its complaint would be a second error.
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or WRONG
    os._exit(code)
