"""Many documents: one row each, in order, whatever happens to a file, a worker, the output or the whole run."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import clean
from cleanarticle.corpus import main
from cleanarticle.corpus.command import parser
from cleanarticle.corpus.document import Document, Options, record_of, to_line, undo
from cleanarticle.corpus.pool import Pool, PoolError, Worker
from cleanarticle.corpus.readers import READERS, Chunk, Fields, Job, Notes, chunks, documents, reader_of, suffix_of
from cleanarticle.corpus.writers import CODECS, JOURNAL, PART
from cleanarticle.phrases import load

COMMAND = [sys.executable, "-m", "cleanarticle", "corpus"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals, FIFOs and /dev/full are POSIX")


def text(number: int, paragraphs: int = 3) -> str:
    """Return a small article that names its number."""
    lead = f"The harbour authority said on Tuesday that pier number {number} would stay closed until the end of the year."
    more = "Ships are sent to the northern quay, where the depth allows it, the authority said in a written statement."
    return "\n\n".join([f"Pier {number} to stay closed", "By Jane Doe", lead, *[f"{more} ({index})" for index in range(paragraphs)]])


def page(number: int, paragraphs: int = 3) -> str:
    """Return the same as a page."""
    first, second, *rest = text(number, paragraphs).split("\n\n")
    body = "".join(f"<p>{line}</p>" for line in rest)
    return f"<html><head><title>{first}</title></head><body><h1>{first}</h1><p>{second}</p>{body}</body></html>"


def json_lines(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as stream:
            data = stream.read()
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


def run(*arguments: object, expect: int = 0) -> None:
    assert main([str(argument) for argument in arguments]) == expect


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Forty documents as JSON Lines."""
    return json_lines(tmp_path / "in.jsonl", ({"id": f"d{n}", "text": text(n), "day": n} for n in range(40)))


# What goes in


def test_files_and_folders_give_a_row_a_file_in_the_order_of_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.html").write_text(page(1))
    (folder / "a.txt").write_text(text(2))
    (folder / "sub" / "c.htm").write_text(page(3))
    (folder / "notes.docx").write_text("not ours")
    (tmp_path / "first.html").write_text(page(0))
    run(tmp_path / "first.html", folder, "-o", tmp_path / "out.jsonl", "--jobs", 2)
    rows = rows_of(tmp_path / "out.jsonl")
    assert [Path(row["id"]).name for row in rows] == ["first.html", "a.txt", "b.html", "c.htm"]
    assert [row["headline"] for row in rows] == [f"Pier {n} to stay closed" for n in (0, 2, 1, 3)]
    assert "1 .docx files" in capsys.readouterr().err


def test_the_record_is_the_one_that_clean_gives_with_id_before_and_metadata_behind(small: Path, tmp_path: Path) -> None:
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 2)
    expected = [{"id": f"d{n}", **clean(text(n)).to_dict(), "meta": {"day": n}} for n in range(40)]
    rows = rows_of(tmp_path / "out.jsonl")
    assert rows == expected
    assert list(rows[0]) == list(expected[0])


@pytest.mark.parametrize(
    ("row", "arguments", "id", "url", "meta"),
    [
        ({"text": "A", "id": 7}, [], 7, None, None),
        ({"text": "A"}, [], "{file}:1", None, None),
        ({"html": "<p>A</p>", "text": "B", "url": "http://a.b/"}, [], "{file}:1", "http://a.b/", {"text": "B"}),
        ({"html": None, "text": "B"}, [], "{file}:1", None, {"html": None}),
        (
            {"page": "A", "key": "k", "link": "http://c.d/"},
            ["--field", "page", "--id", "key", "--url-field", "link"],
            "k",
            "http://c.d/",
            None,
        ),
        ({"text": "A", "id": "k", "n": [1, {"x": None}]}, [], "k", None, {"n": [1, {"x": None}]}),
    ],
)
def test_fields_are_found_by_name_and_the_rest_is_carried_through(
    tmp_path: Path, row: dict[str, Any], arguments: list[str], id: object, url: str | None, meta: object
) -> None:
    source = json_lines(tmp_path / "in.jsonl", [row])
    run(source, "-o", tmp_path / "out.jsonl", "--jobs", 1, *arguments)
    (made,) = rows_of(tmp_path / "out.jsonl")
    assert made["id"] == (id.format(file=source) if isinstance(id, str) else id)
    assert made["url"] == url
    assert made.get("meta") == meta


def test_audit_adds_the_blocks(small: Path, tmp_path: Path) -> None:
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 1, "--audit")
    assert rows_of(tmp_path / "out.jsonl")[3]["blocks"] == clean(text(3)).to_dict(audit=True)["blocks"]


OWN = '[chrome.harbour]\nstart = ["Ships are sent to the NORTHERN quay"]\n'


def test_own_phrases_take_in_many_documents_what_they_take_in_one(small: Path, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(OWN)
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 2, "--phrases", tmp_path / "my.toml")
    bodies = [row["body"] for row in rows_of(tmp_path / "out.jsonl")]
    assert bodies == [clean(text(n), phrases=load(str(tmp_path / "my.toml"))).body for n in range(40)]
    assert "northern quay" in clean(text(0)).body
    assert not any("northern quay" in body for body in bodies)
    assert all("harbour authority" in body for body in bodies)


@pytest.mark.parametrize("content", [None, "[chrome.share]\nbegin = ['a']\n"], ids=["missing", "wrong"])
def test_a_phrase_file_that_is_none_ends_the_run_before_it_begins(
    content: str | None, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "my.toml").write_text(content)
    before = sorted(os.listdir(tmp_path))
    run(small, "-o", tmp_path / "out.jsonl", "--phrases", tmp_path / "my.toml", expect=2)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"cleanarticle: {tmp_path / 'my.toml'}: ")
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["in.jsonl.gz", "in.ndjson.gz", "in.jsonl.zst"])
def test_packed_lines_are_read_over_all_members(tmp_path: Path, name: str) -> None:
    lines = [json.dumps({"id": n, "text": "é" * n}).encode() + b"\n" for n in range(300)]
    pack = pytest.importorskip("zstandard").ZstdCompressor().compress if name.endswith(".zst") else gzip.compress
    (tmp_path / name).write_bytes(pack(b"".join(lines[:100])) + pack(b"".join(lines[100:])[:50]) + pack(b"".join(lines[100:])[50:]))
    found = list(documents(str(tmp_path / name), Fields(), Notes()))
    assert [(document.id, document.data) for document in found] == [(n, "é" * n) for n in range(300)]


def test_lines_come_from_stdin_and_rows_go_to_stdout() -> None:
    lines = b"".join(json.dumps({"id": n, "text": text(n)}).encode() + b"\n" for n in range(5))
    done = subprocess.run([*COMMAND, "-", "--jobs", "1"], input=lines, capture_output=True, timeout=60)
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1, 2, 3, 4]


# What comes out


@pytest.mark.parametrize("name", ["out.jsonl", "out.ndjson", "out.jsonl.gz", "out.jsonl.zst"])
def test_every_packing_holds_the_same_rows_and_leaves_nothing_beside_them(small: Path, tmp_path: Path, name: str) -> None:
    if name.endswith(".zst"):
        pytest.importorskip("zstandard")
    run(small, "-o", tmp_path / name, "--jobs", 2)
    assert [row["id"] for row in rows_of(tmp_path / name)] == [f"d{n}" for n in range(40)]
    assert sorted(os.listdir(tmp_path)) == sorted(["in.jsonl", name])


def test_an_input_is_not_written_over(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = small.read_bytes()
    run(small, "-o", small, "--jobs", 1, expect=2)
    assert "is an input" in capsys.readouterr().err
    assert small.read_bytes() == before
    assert os.listdir(tmp_path) == [small.name]


def test_an_output_within_the_input_folder_is_not_read(tmp_path: Path) -> None:
    json_lines(tmp_path / "in.jsonl", [{"id": 1, "text": text(1)}])
    for _ in range(2):
        run(tmp_path, "-o", tmp_path / "out.jsonl", "--jobs", 1)
    assert len(rows_of(tmp_path / "out.jsonl")) == 1


def test_half_a_surrogate_pair_does_not_stop_the_line() -> None:
    assert json.loads(to_line({"id": "a\ud800b"})) == {"id": "a?b"}


# What cannot be read: one line, exit 2, and the others are done


def _noise() -> bytes:
    """Return lines that do not pack well, packed."""
    rows = ({"text": text(n), "noise": random.Random(n).randbytes(300).hex()} for n in range(100))
    return gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def _broken_gzip(path: Path) -> None:
    data = bytearray(gzip.compress(b"".join(json.dumps({"text": text(n)}).encode() + b"\n" for n in range(50))))
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing.jsonl": (Path.exists, "cannot be read (No such file or directory)"),
    "plain.jsonl.gz": (lambda path: path.write_bytes(b'{"text": "A"}\n'), "is not compressed, though its name says so"),
    "cut.jsonl.gz": (lambda path: path.write_bytes(gzip.compress(b'{"text": "A"}\n' * 99)[:-9]), "is cut off"),
    "half.jsonl.gz": (lambda path: path.write_bytes(_noise()[:9_000]), "is cut off"),
    "broken.jsonl.gz": (_broken_gzip, "has damaged compressed data"),
    "unknown.docx": (lambda path: path.write_bytes(b"A"), "unknown extension"),
    "nofield.jsonl": (
        lambda path: path.write_bytes(b'{"body": "A"}\n{"body": "B"}\n'),
        'line 1 lacks the field "html" or "text" (its fields: body)',
    ),
    "number.jsonl": (lambda path: path.write_bytes(b'{"text": 5}\n'), "line 1 has a int in the field"),
    "nojson.jsonl": (lambda path: path.write_bytes(b"<html>\n"), "line 1 is not JSON"),
    "deep.jsonl": (lambda path: path.write_bytes(b"[" * 200_000 + b"\n"), "line 1 is not JSON"),
    "list.jsonl": (lambda path: path.write_bytes(b"[1]\n"), "line 1 is not a JSON object"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_one_clear_line_and_the_others_are_done(
    name: str, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message = BAD[name]
    make(tmp_path / name)
    run(tmp_path / name, small, "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    told = [line for line in capsys.readouterr().err.splitlines() if name in line]
    assert len(told) == 1
    assert message in told[0]
    assert [row["id"] for row in rows_of(tmp_path / "out.jsonl")][-40:] == [f"d{n}" for n in range(40)]


def test_a_line_without_a_document_is_an_error_row_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "A"}\nnot json\n\n{"id": 3, "day": 4}\n{"id": 4, "text": "D"}\n')
    run(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    one, two, three, four = rows_of(tmp_path / "out.jsonl")
    assert (one["id"], four["id"]) == (1, 4)
    assert two["id"] == f"{tmp_path / 'in.jsonl'}:2"
    assert two["error"]["type"] == "BadLine"
    assert list(three) == ["id", "error", "meta"]
    assert (three["id"], three["error"]["type"], three["meta"]) == (3, "MissingField", {"day": 4})


def test_a_file_that_vanishes_is_an_error_row_and_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = record_of(Document("gone.html", path=str(tmp_path / "gone.html")), Options())
    assert made == {"id": "gone.html", "error": {"type": "Unreadable", "message": "cannot be read (No such file or directory)"}}


def test_without_a_single_document_an_earlier_output_stays(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text('{"id": "earlier"}\n')
    run(tmp_path / "missing.jsonl", "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    assert [row["id"] for row in rows_of(tmp_path / "out.jsonl")] == ["earlier"]
    assert os.listdir(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.jsonl", "-o", "out.xml"], "unknown extension for the output"),
        (["in.jsonl", "-o", "no/such/folder/out.jsonl"], "cannot be written"),
        (["in.jsonl", "--resume"], "--resume takes -o FILE"),
        (["in.jsonl", "--address", "auto"], "--address is for --engine ray"),
        (["in.jsonl", "--jobs", "0"], "'0' is not a whole number of at least 1"),
        (["in.jsonl", "--memory", "x"], "'x' is not a whole number of at least 200"),
        (["in.jsonl", "--seconds", "nan"], "'nan' is not a number of seconds"),
        (["in.jsonl", "--language", "english"], "'english' is no ISO 639-1 code"),
        ([], "INPUT"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    arguments: list[str], message: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(*arguments, expect=2)
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("fastwarc", ["in.warc", "-o", "out.jsonl"]),
        ("pyarrow", ["in.parquet", "-o", "out.jsonl"]),
        ("pyarrow", ["in.jsonl", "-o", "out.parquet"]),
        ("zstandard", ["in.jsonl", "-o", "out.jsonl.zst"]),
        ("ray", ["in.jsonl", "-o", "out.jsonl", "--engine", "ray"]),
    ],
)
def test_a_missing_extra_is_one_line_that_says_what_to_install(
    module: str, arguments: list[str], small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    real = importlib.util.find_spec
    for place in ("importlib.util.find_spec", "cleanarticle.corpus.on_ray.find_spec"):
        monkeypatch.setattr(place, lambda name, *more: None if name == module else real(name, *more))
    monkeypatch.chdir(tmp_path)
    for name in ("in.warc", "in.parquet"):
        (tmp_path / name).write_bytes(b"x")
    run(*arguments, "--jobs", 1, expect=2)
    told = [line for line in capsys.readouterr().err.splitlines() if "pip install" in line]
    assert len(told) == 1
    assert f'"cleanarticle[{"ray" if module == "ray" else "corpus"}]"' in told[0]


# What the person sees


def test_without_a_terminal_there_are_plain_lines(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cleanarticle.corpus import progress

    monkeypatch.setattr(progress, "EVERY", 0.0)
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 1)
    *lines, last = capsys.readouterr().err.splitlines()
    assert lines
    assert all(re.fullmatch(r"cleanarticle: [\d,]+ documents, [\d,]+/s, [\d.]+ MB/s, 0 errors", line) for line in [*lines, last])
    assert last.startswith("cleanarticle: 40 documents")


@posix
def test_a_terminal_has_a_bar(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("tqdm")
    import pty
    import termios

    above, below = pty.openpty()
    termios.tcsetwinsize(below, (24, 100))
    process = subprocess.Popen([*COMMAND, str(small), "-o", str(tmp_path / "out.jsonl"), "--jobs", "1"], stderr=below)
    os.close(below)
    told = b""
    try:
        while data := os.read(above, 65_536):
            told += data
    except OSError:
        pass  # how Linux says that the other side is closed
    os.close(above)
    assert process.wait(30) == 0
    assert b"40 documents [" in told
    assert b"\r" in told
    assert told.rstrip().splitlines()[-1].startswith(b"cleanarticle: 40 documents")


# Bounds, and workers that die


def chunk_of(*made: Document) -> Chunk:
    return Chunk(0, len(made), 0, made)


def faults(rows: Iterable[Any]) -> list[str | None]:
    return [row.fault for row in rows]


@posix
def test_a_document_beyond_its_time_costs_its_own_row() -> None:
    long = page(1, paragraphs=20_000)
    worker = Worker(Options(seconds=0.3))
    try:
        rows = worker.clean([Document(0, text(0)), Document(1, long), Document(2, text(2))])
    finally:
        worker.stop()
    assert faults(rows) == [None, "TimeLimit", None]
    assert [json.loads(row.line)["id"] for row in rows] == [0, 1, 2]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bound on memory is kept by Linux")
def test_a_document_beyond_its_memory_costs_its_own_row() -> None:
    worker = Worker(Options(memory=150_000_000))
    large = "A line of a very long text that goes on and on.\n" * 500_000
    try:
        rows = worker.clean([Document(0, text(0)), Document(1, large), Document(2, text(2))])
    finally:
        worker.stop()
    assert rows[1].fault in ("MemoryLimit", "WorkerDied")
    assert faults(rows)[::2] == [None, None]


def open_for_reader(fifo: Path) -> int:
    """Open a FIFO for writing as soon as a process reads it."""
    while True:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.005)


@posix
@pytest.mark.parametrize(("deaths", "expected"), [(1, None), (2, None), (3, "WorkerDied")])
def test_a_document_is_blamed_for_the_third_death_of_a_worker_and_not_before(tmp_path: Path, deaths: int, expected: str | None) -> None:
    fifo = tmp_path / "slow.txt"
    os.mkfifo(fifo)
    worker = Worker(Options())

    def feed() -> None:
        for _ in range(deaths):
            waiting = open_for_reader(fifo)
            assert worker.process is not None
            pid = worker.process.pid
            os.kill(pid, signal.SIGKILL)
            while worker.process is None or worker.process.pid == pid:
                time.sleep(0.005)
            os.close(waiting)
        if expected is None:
            waiting = open_for_reader(fifo)
            os.write(waiting, text(1).encode())
            os.close(waiting)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        rows = worker.clean([Document(0, text(0)), Document(1, path=str(fifo)), Document(2, text(2))])
        feeder.join(5)
    finally:
        worker.stop()
    assert faults(rows) == [None, expected, None]
    assert [json.loads(row.line)["id"] for row in rows] == [0, 1, 2]


def test_rows_come_in_the_order_of_the_chunks_however_many_workers() -> None:
    made = [chunk_of(*(Document((n, m), text(m, paragraphs=1 + 400 * (n % 3 == 0))) for m in range(2))) for n in range(30)]
    results = list(Pool(Options(), 3).rows(iter(made)))
    assert [json.loads(row.line)["id"] for _, rows in results for row in rows] == [[n, m] for n in range(30) for m in range(2)]


def test_workers_that_cannot_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(PoolError, match="end as soon as they start"):
        list(Pool(Options(), 2).rows(iter([chunk_of(Document(0, text(0)))])))


def test_an_error_of_the_reader_ends_the_run_and_its_workers() -> None:
    def bad() -> Any:
        yield chunk_of(Document(0, text(0)))
        raise RuntimeError("reader")

    pool = Pool(Options(), 2)
    with pytest.raises(RuntimeError, match="reader"):
        list(pool.rows(bad()))
    assert all(worker.process is None for worker in pool.workers)


# Interrupted runs


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE)


def wait_for(condition: Any, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def committed(output: Path) -> int:
    """Return how many rows the journal of an unfinished run says are whole."""
    try:
        lines = Path(f"{output}{JOURNAL}").read_text().splitlines()[1:]
        return int(json.loads(lines[-1])["rows"]) if lines else 0
    except (OSError, ValueError):
        return 0


@posix
@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_killed_run_goes_on_without_a_lost_or_doubled_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    first = json_lines(tmp_path / "a.jsonl", ({"id": f"a{n}", "text": text(n)} for n in range(150)))
    second = json_lines(tmp_path / "b.jsonl", ({"id": f"b{n}", "text": text(n, 5)} for n in range(500)))
    output = tmp_path / name
    expected = [f"a{n}" for n in range(150)] + [f"b{n}" for n in range(500)]
    arguments = [first, second, "-o", output, "--jobs", 2]
    # Commits as often as can be, so that a short run has many moments to be killed at.
    often = [
        sys.executable,
        "-c",
        "import sys; from cleanarticle.corpus import main, writers; writers.COMMIT_SECONDS = 0; sys.exit(main(sys.argv[1:]))",
    ]
    kills = 0
    for least in (20, 200):
        process = subprocess.Popen([*often, *map(str, arguments), "--resume"], stderr=subprocess.DEVNULL)
        while committed(output) < least and process.poll() is None:
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        assert not output.exists() or process.returncode == 0
    assert kills > 0
    with open(f"{output}{PART}", "ab") as part:
        part.write(b'{"id": "half a ro')  # what a kill in the middle of a write leaves
    before = committed(output)
    assert 0 < before < len(expected)
    run(*arguments, "--resume")
    if name.endswith(".parquet"):
        import pyarrow.parquet

        found = pyarrow.parquet.read_table(output).column("id").to_pylist()
    else:
        found = [row["id"] for row in rows_of(output)]
    assert found == expected
    assert sorted(os.listdir(tmp_path)) == sorted(["a.jsonl", "b.jsonl", name])


def unfinished(small: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run until the first commit, then fail; return how many rows are whole."""
    from cleanarticle.corpus import progress, writers

    seen = 0

    def stop(self: object, chunk: object, rows: list[Any]) -> None:
        nonlocal seen
        seen += len(rows)
        if seen > 20:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writers, "COMMIT_SECONDS", 0)
        patch.setattr(progress.Progress, "add", stop)
        run(small, "-o", output, "--jobs", 1, expect=130)
    return committed(output)


def test_resume_counts_what_was_done_before(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.jsonl"
    assert 0 < unfinished(small, output, monkeypatch) < 40
    assert "--resume" in capsys.readouterr().err
    run(small, "-o", output, "--jobs", 1, "--resume")
    assert [row["id"] for row in rows_of(output)] == [f"d{n}" for n in range(40)]


@pytest.mark.parametrize(
    ("change", "arguments", "message"),
    [
        ("nothing", [], "give --resume"),
        ("nothing", ["--resume", "--audit"], "other options"),
        ("nothing", ["--resume", "--field", "day"], "other options"),
        ("phrases", ["--resume", "--phrases", "my.toml"], "other options"),
        ("rename", ["--resume"], "other inputs"),
        ("edit", ["--resume"], "changed since"),
        ("shorten", ["--resume"], "changed since"),
        ("journal", ["--resume"], "has no"),
    ],
)
def test_an_unfinished_run_is_not_overwritten_nor_mixed_with_another(
    change: str,
    arguments: list[str],
    message: str,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = tmp_path / "out.jsonl"
    unfinished(small, output, monkeypatch)
    part = Path(f"{output}{PART}").read_bytes()
    if change == "phrases":
        monkeypatch.chdir(tmp_path)
        (tmp_path / "my.toml").write_text(OWN)
    if change == "rename":
        small = small.rename(tmp_path / "other.jsonl")
    if change == "edit":
        small.write_bytes(small.read_bytes().replace(b'"d1"', b'"new"'))
    if change == "shorten":
        small.write_bytes(b"".join(small.read_bytes().splitlines(keepends=True)[:3]))
    if change == "journal":
        os.unlink(f"{output}{JOURNAL}")
    capsys.readouterr()
    run(small, "-o", output, "--jobs", 1, *arguments, expect=2)
    assert message in capsys.readouterr().err
    assert Path(f"{output}{PART}").read_bytes() == part


def test_resume_of_a_whole_output_does_nothing(small: Path, tmp_path: Path) -> None:
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 1, "--resume")
    before = (tmp_path / "out.jsonl").stat()
    run(small, "-o", tmp_path / "out.jsonl", "--jobs", 1, "--resume")
    assert (tmp_path / "out.jsonl").stat() == before


@posix
def test_two_runs_do_not_write_one_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fifo = tmp_path / "in.txt"
    os.mkfifo(fifo)
    other = json_lines(tmp_path / "a.jsonl", [{"text": text(1)}])
    process = start(fifo, "-o", tmp_path / "out.jsonl", "--jobs", 1)
    try:
        wait_for(Path(f"{tmp_path / 'out.jsonl'}{JOURNAL}").exists)
        run(other, "-o", tmp_path / "out.jsonl", "--jobs", 1, "--resume", expect=2)
        assert "another run" in capsys.readouterr().err
    finally:
        process.kill()
        process.communicate()


@posix
def test_ctrl_c_ends_the_run_and_says_how_to_go_on(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "in.jsonl", ({"id": n, "text": text(n, 50)} for n in range(3_000)))
    process = start(source, "-o", tmp_path / "out.jsonl", "--jobs", 2)
    wait_for(Path(f"{tmp_path / 'out.jsonl'}{JOURNAL}").exists)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 130
    assert "--resume" in told
    assert "Traceback" not in told


# Outputs that fail


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_device_is_one_clear_line(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(small, "-o", "/dev/full", "--jobs", 1, expect=2)
    (line,) = capsys.readouterr().err.splitlines()
    assert "No space left on device" in line


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_full_disk_keeps_what_is_whole_and_the_run_goes_on_later(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    pytest.importorskip("resource")
    many = json_lines(
        tmp_path / "many.jsonl", ({"id": n, "text": text(n), "noise": random.Random(n).randbytes(200).hex()} for n in range(300))
    )
    most = 8_192 if name.endswith(".gz") else 32_768
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from cleanarticle.corpus import main, writers; writers.COMMIT_SECONDS = 0;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, resource.RLIM_INFINITY)); sys.exit(main(sys.argv[1:]))"
    )
    output = tmp_path / name
    done = subprocess.run([sys.executable, "-c", code, many, "-o", output, "--jobs", "1"], capture_output=True, timeout=60)
    assert done.returncode == 2
    told = done.stderr.decode()
    assert "--resume" in told
    assert "Traceback" not in told
    assert not output.exists()
    part = Path(f"{output}{PART}").read_bytes()
    whole = gzip.decompress(part) if name.endswith(".gz") else part
    rows = [json.loads(line) for line in whole.splitlines()]
    assert 0 < len(rows) < 300
    assert f"{len(rows)} rows are whole" in told
    run(many, "-o", output, "--jobs", 1, "--resume")
    assert [row["id"] for row in rows_of(output)] == list(range(300))


@posix
def test_a_closed_pipe_is_one_clear_line(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "in.jsonl", ({"id": n, "text": text(n, 200)} for n in range(200)))
    process = subprocess.Popen([*COMMAND, source, "--jobs", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    json.loads(process.stdout.readline())
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(30) == 2
    assert "closed by its reader" in told
    assert "Traceback" not in told


# WARC and WET


def http(body: bytes, *, status: str = "200 OK", headers: str = "Content-Type: text/html; charset=utf-8\r\n") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


def archive(path: Path, records: Iterable[tuple[str, str, bytes]]) -> Path:
    """Write ``(type, address, content)`` with fastwarc; gzip by name, a member a record as crawlers do."""
    fastwarc = pytest.importorskip("fastwarc")
    with open(path, "wb") as handle:
        for number, (kind, address, content) in enumerate(records):
            record = fastwarc.WarcRecord()
            record.init_headers(getattr(fastwarc.WarcRecordType, kind), record_urn=f"uuid:{number:08}".encode())
            record.headers["WARC-Target-URI"] = address
            record.set_bytes_content(content)
            types = {"response": "application/http; msgtype=response", "request": "application/http; msgtype=request"}
            record.headers["Content-Type"] = types.get(kind, "text/plain" if kind == "conversion" else "application/warc-fields")
            if path.suffix == ".gz":
                member = fastwarc.GzipWriter(handle)
                record.write(member)
                member.finish()
            else:
                record.write(handle)
    return path


CRAWL = [
    ("warcinfo", "", b"software: test\r\n"),
    ("request", "http://a.b/1", b"GET /1 HTTP/1.1\r\n\r\n"),
    ("response", "http://a.b/1", http(page(1).encode())),
    ("response", "http://a.b/i.png", http(b"\x89PNG\r\n", headers="Content-Type: image/png\r\n")),
    ("response", "http://a.b/404", http(page(404).encode(), status="404 Not Found")),
    ("response", "http://a.b/2", http(page(2).encode("latin-1"), headers="Content-Type: text/html; charset=iso-8859-1\r\n")),
    (
        "response",
        "http://a.b/3",
        http(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed := gzip.compress(page(3).encode(), mtime=0)), packed),
            headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        ),
    ),
    ("metadata", "http://a.b/1", b"languages: en\r\n"),
    ("response", "http://a.b/4", http(page(4).encode(), headers="")),
]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_warc_gives_its_pages_and_counts_what_it_passes_over(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(archive(tmp_path / name, CRAWL), "-o", tmp_path / "out.jsonl", "--jobs", 1)
    rows = rows_of(tmp_path / "out.jsonl")
    assert [row["url"] for row in rows] == [f"http://a.b/{n}" for n in (1, 2, 3, 4)]
    assert [row["headline"] for row in rows] == [f"Pier {n} to stay closed" for n in (1, 2, 3, 4)]
    assert rows[0]["id"] == "<urn:uuid:00000002>"
    assert rows[0]["meta"]["warc-file"] == name
    assert rows[0]["meta"]["warc-date"]
    told = capsys.readouterr().err
    for passed in ("1 warcinfo records", "1 request records", "1 metadata records", "1 image/png records", "1 pages of status 404"):
        assert passed in told


def test_a_wet_file_gives_its_texts(tmp_path: Path) -> None:
    records = [("warcinfo", "", b"x: y\r\n"), *(("conversion", f"http://a.b/{n}", text(n).encode()) for n in range(5))]
    run(archive(tmp_path / "crawl.warc.wet.gz", records), "-o", tmp_path / "out.jsonl", "--jobs", 1)
    assert [row["headline"] for row in rows_of(tmp_path / "out.jsonl")] == [f"Pier {n} to stay closed" for n in range(5)]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
@pytest.mark.parametrize("missing", [1, 3, 5, 30, 200, 330, 400])
def test_a_cut_off_warc_never_ends_in_silence(tmp_path: Path, name: str, missing: int, capsys: pytest.CaptureFixture[str]) -> None:
    whole = archive(tmp_path / name, [("response", f"http://a.b/{n}", http(page(n).encode())) for n in range(10)])
    os.truncate(whole, whole.stat().st_size - missing)
    run(whole, "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    rows = rows_of(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows[:9]] == [f"<urn:uuid:{n:08}>" for n in range(9)]
    assert all("error" not in row for row in rows[:9])
    told = [line for line in capsys.readouterr().err.splitlines() if str(whole) in line]
    assert len(told) == 1


def test_a_record_cut_within_its_page_is_an_error_row(tmp_path: Path) -> None:
    whole = archive(tmp_path / "crawl.warc", [("response", f"http://a.b/{n}", http(page(n).encode())) for n in range(3)])
    os.truncate(whole, whole.stat().st_size - 50)
    run(whole, "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    rows = rows_of(tmp_path / "out.jsonl")
    assert [row.get("error", {}).get("type") for row in rows] == [None, None, "TruncatedRecord"]
    assert rows[2]["id"] == "<urn:uuid:00000002>"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"This is no archive.\n" * 20, "is not a WARC file"), (b"\x00\x01\x02" * 99, "is not a WARC file")],
)
def test_what_is_no_warc_is_one_clear_line(
    tmp_path: Path, content: bytes, message: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("fastwarc")
    (tmp_path / "in.warc").write_bytes(content)
    run(tmp_path / "in.warc", small, "-o", tmp_path / "out.jsonl", "--jobs", 1, expect=2)
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "in.warc" in line]
    assert message in told
    assert len(rows_of(tmp_path / "out.jsonl")) == 40


PLAIN = b"<p>A page that is long enough to be packed, and packed, and packed.</p>"
ZLIB = zlib.compress(PLAIN)


@pytest.mark.parametrize(
    ("data", "codings"),
    [
        (gzip.compress(PLAIN), ("gzip",)),
        (ZLIB, ("deflate",)),
        (ZLIB[2:-4], ("deflate",)),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PLAIN), PLAIN), ("chunked",)),
        (b"5;name=value\r\n%s\r\n%X\n%s\n0\r\n" % (PLAIN[:5], len(PLAIN) - 5, PLAIN[5:]), ("chunked",)),
        (PLAIN, ("gzip",)),
        (PLAIN, ("deflate",)),
        (PLAIN, ("chunked",)),
        (PLAIN, ("chunked", "gzip")),
        (PLAIN, ("zstd",)),
    ],
)
def test_codings_are_undone_where_they_were_done(data: bytes, codings: tuple[str, ...]) -> None:
    assert undo(data, codings) == PLAIN


# Readers, by table


def test_the_filter_imports_nothing_of_all_this() -> None:
    code = "import sys, cleanarticle.cli; print([m for m in sys.modules if 'corpus' in m or m in {'pyarrow', 'subprocess', 'tqdm'}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_every_option_and_every_extension_is_documented() -> None:
    told = (Path(__file__).parent.parent / "docs" / "scale.md").read_text(encoding="utf-8")
    options = [name for action in parser()._actions for name in action.option_strings if name.startswith("--") and name != "--help"]
    assert [name for name in [*options, *READERS, *CODECS] if name not in told] == []


@pytest.mark.parametrize(
    "name", ["a.html", "A.HTM", "a.txt", "a.jsonl", "a.jsonl.gz", "a.warc.gz", "a.warc.wet.gz", "a.parquet", "a.b.ndjson.zst"]
)
def test_an_extension_names_its_reader(name: str) -> None:
    assert callable(reader_of(name))


@pytest.mark.parametrize("name", ["a.html.gz", "a.gz", "a", "a.json5", "a.parquet.gz", "html"])
def test_other_extensions_have_none(name: str) -> None:
    with pytest.raises(Exception, match="unknown extension"):
        reader_of(name)


def test_chunks_grow_and_are_the_same_in_every_run(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "in.jsonl", ({"id": n, "text": "A"} for n in range(100)))
    job = Job((str(source), str(source)))
    sizes = [len(chunk.documents) for chunk in chunks(job)]
    assert sizes == [4, 8, 16, 32, 64, 76, 0] or sum(sizes) == 200
    assert list(chunks(job)) == list(chunks(job))
    resumed = list(chunks(job._replace(first=1, skip=30)))
    assert (resumed[0].number, resumed[0].documents) == (30, ())
    assert [document.id for chunk in resumed for document in chunk.documents] == list(range(30, 100))
    assert suffix_of(str(source)) == ".jsonl"


@pytest.mark.slow
def test_a_large_warc_cut_off_in_its_last_record_gives_a_row_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def records() -> Iterable[tuple[str, str, bytes]]:
        yield "warcinfo", "", b"software: test\r\n"
        for number in range(5_000):
            yield "request", f"http://a.b/{number}", b"GET / HTTP/1.1\r\n\r\n"
            yield "response", f"http://a.b/{number}", http(page(number).encode())
            if number % 10 == 0:
                yield "response", f"http://a.b/{number}.png", http(b"\x89PNG", headers="Content-Type: image/png\r\n")

    whole = archive(tmp_path / "crawl.warc.gz", records())
    with gzip.open(whole) as packed:
        plain = packed.read()
    (tmp_path / "crawl.warc").write_bytes(plain[: -plain[::-1].index(b">lmth<") - 40])
    for name, faults in (("crawl.warc.gz", []), ("crawl.warc", ["TruncatedRecord"])):
        run(tmp_path / name, "-o", tmp_path / "out.jsonl", "--jobs", 2, expect=2 if faults else 0)
        rows = rows_of(tmp_path / "out.jsonl")
        pages = [f"http://a.b/{number}" for number in range(5_000)]
        assert [row["url"] for row in rows if "error" not in row] == (pages[:-1] if faults else pages)
        assert len(rows) == 5_000
        assert [row["error"]["type"] for row in rows if "error" in row] == faults
        told = capsys.readouterr().err
        assert "500 image/png records" in told
        assert "5,000 request records" in told
        assert ("ends within the record" in told) == bool(faults)
