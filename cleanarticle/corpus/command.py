"""``cleanarticle corpus``: arguments, exit codes; how the parts work together."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from .. import subcommand
from ..pipeline import QUOTES
from .document import Options, Row
from .pool import Pool, PoolError, cores
from .progress import Progress, say
from .readers import STDIN, Chunk, Fields, Job, chunks
from .writers import JOURNAL, PART, File, OutputError, State, Stream

DONE, ERRORS, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: a record for every document; some rows are errors; wrong use, an input that cannot be read, an output that
cannot be written; Ctrl-C."""

LEAST_MEMORY = 200  # MB; the libraries that read a page take half of it before they see one
LONGEST = 86_400  # seconds; a day

ENGINES = ("local", "ray")


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    it = subcommand.parser(
        "corpus",
        "Clean many documents: one row a document, in the order of the input.",
        epilog="Exit codes: 0 a record for every document, 1 some rows are errors, 2 an input that cannot be read or an output "
        "that cannot be written (the other inputs are done all the same).",
    )
    it.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="files and folders: .html .txt, .jsonl, .warc, .wet (also .gz, .zst), .parquet; - for JSON Lines on stdin",
    )
    it.add_argument(
        "-o", "--output", metavar="OUT", default="-", help=".jsonl, .jsonl.gz, .jsonl.zst or .parquet; default: JSON Lines on stdout"
    )
    it.add_argument("--field", metavar="NAME", help="field or column of the page or text; default: html, else text")
    it.add_argument("--id", metavar="NAME", help="field or column that names the document; default: id, else file and line")
    it.add_argument("--url-field", metavar="NAME", help="field or column of its address; default: url")
    it.add_argument("--audit", action="store_true", help="add every block of the input: kept or removed, and why")
    it.add_argument("--quotes", choices=QUOTES, default="keep", help="keep quotation marks as printed (default) or straighten them")
    it.add_argument("--language", type=subcommand.language, help="ISO 639-1 code, such as en; found out for each document if not given")
    it.add_argument("--phrases", metavar="FILE", help="your own phrases to remove, in the form of a lexicon (TOML)")
    it.add_argument("--jobs", type=_positive, metavar="N", help=f"worker processes; default: all cores ({cores()} here)")
    it.add_argument("--seconds", type=_bound, default=30.0, metavar="S", help="CPU time that one document may take (default 30)")
    it.add_argument("--memory", type=_megabytes, default=2000, metavar="MB", help="memory that one document may take (default 2000)")
    it.add_argument("--resume", action="store_true", help="go on with a run that was ended; start one if there is none")
    it.add_argument("--engine", choices=ENGINES, default="local", help="local (default), or ray: on a Ray cluster")
    it.add_argument("--address", help="of the Ray cluster, such as auto or ray://head:10001; default: a Ray of its own on this machine")
    return it


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    output = STDIN
    try:
        options = parser().parse_args(argv)
        output = options.output
        return _run(options)
    except (OutputError, PoolError, subcommand.CommandError) as error:
        say(str(error))
        return WRONG
    except KeyboardInterrupt:
        say(f"interrupted; run the same command with --resume to go on{'' if output != STDIN else ' (needs -o FILE)'}")
        return INTERRUPTED


def _positive(text: str) -> int:
    return _number(text, 1)


def _megabytes(text: str) -> int:
    return _number(text, LEAST_MEMORY)


def _number(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
    return int(text)


def _bound(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0, up to {LONGEST:,}")
    return value


def _run(given: argparse.Namespace) -> int:
    name = given.output
    job = Job(tuple(given.inputs), Fields(given.field, given.id, given.url_field), _own_files(name))
    subcommand.keep_inputs(job.inputs, name)
    own = subcommand.phrases(given.phrases)
    options = Options(given.audit, given.language, given.quotes, own, given.seconds, given.memory * 1_000_000)
    if given.engine == "ray":
        from .on_ray import check

        check(job)
    elif given.address:
        raise OutputError("--address is for --engine ray")
    if _is_stream(name):
        if given.resume:
            raise OutputError("--resume takes -o FILE; what went to a pipe cannot be gone on with")
        output: File | Stream = _stream(name)
    elif given.resume and os.path.exists(name) and not os.path.exists(name + PART):
        say(f"{name}: is whole already; nothing to resume")
        return DONE
    else:
        output = File(name, _account(job, options), resume=given.resume)
    progress = Progress(output.state.counts)
    try:
        job = job._replace(first=output.state.source, skip=output.state.number)
        _copy(_rows(given, job, options), output, progress)
        return _end(output, progress)
    finally:
        progress.end()
        output.close()


def _rows(given: argparse.Namespace, job: Job, options: Options) -> Iterator[tuple[Chunk, list[Row]]]:
    if given.engine == "ray":
        from .on_ray import rows

        return rows(job, options, address=given.address, jobs=given.jobs)
    return Pool(options, given.jobs or cores()).rows(chunks(job))


def _copy(rows: Iterator[tuple[Chunk, list[Row]]], output: File | Stream, progress: Progress) -> None:
    """Move rows from the workers to the output."""
    expected = output.state
    done = expected.rows
    try:
        for chunk, made in rows:
            if expected.number and (chunk.source, chunk.number, chunk.ids) != (expected.source, expected.number, expected.ids):
                raise OutputError(f"{output.name}{PART} was begun with inputs that have changed since; restore them, or remove it")
            expected = State()
            progress.add(chunk, made)
            done += len(made)
            output.add(made, State(done, 0, chunk.source, chunk.number, chunk.ids, progress.counts()))
    finally:
        close = getattr(rows, "close", None)
        if close is not None:
            close()


def _end(output: File | Stream, progress: Progress) -> int:
    nothing = progress.documents == 0 and progress.problems > 0
    if nothing and isinstance(output, File):
        output.discard()  # whatever the output's name holds from an earlier run is better than no row at all
    else:
        output.finish()
    progress.end()
    say(progress.summary())
    return WRONG if progress.problems else ERRORS if progress.errors else DONE


def _account(job: Job, options: Options) -> dict[str, Any]:
    """Return what the journal keeps of a job: what makes its rows what they are."""
    inputs = [name if name == STDIN else os.path.abspath(name) for name in job.inputs]
    made = {"audit": options.audit, "language": options.language, "quotes": options.quotes, "phrases": _digest(options.phrases)}
    return {"version": 1, "inputs": inputs, "fields": job.fields._asdict(), "options": made}


def _digest(phrases: Mapping[str, Any] | None) -> str | None:
    """Return what tells one phrase file's content from another's, whatever the files are called."""
    return None if phrases is None else sha256(json.dumps(phrases, sort_keys=True).encode()).hexdigest()[:16]


def _own_files(name: str) -> tuple[str, ...]:
    """Return what of our own making may lie in an input folder."""
    return tuple(os.path.abspath(name + end) for end in ("", PART, JOURNAL, JOURNAL + ".tmp", ".tmp"))


def _is_stream(name: str) -> bool:
    """Tell a pipe or a device, which can only be written through, from a file."""
    try:
        return name == STDIN or not stat.S_ISREG(os.stat(name).st_mode)
    except OSError:
        return False


def _stream(name: str) -> Stream:
    if name != STDIN:
        try:
            return Stream(name, open(name, "wb"), own=True)
        except OSError as error:
            raise OutputError(f"{name}: cannot be written ({error.strerror})") from error
    if sys.stdout is None:
        raise OutputError("stdout is closed; give -o FILE")
    return Stream("stdout", sys.stdout.buffer, own=False)
