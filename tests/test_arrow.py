"""The record as an Arrow table, and the engines that take it: rows in = rows out, also when a worker is killed half way."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason='pyarrow is not installed: pip install "cleanarticle[corpus]"')

from cleanarticle import clean  # noqa: E402
from cleanarticle.arrow import AUDIT_SCHEMA, SCHEMA, batch_of, clean_batches, schema  # noqa: E402
from cleanarticle.corpus import main  # noqa: E402
from cleanarticle.corpus.document import Options, record_of, to_line  # noqa: E402
from cleanarticle.corpus.readers import Fields, Notes, document_of_row, documents  # noqa: E402

ROOT = Path(__file__).parent.parent


def text(number: int) -> str:
    """Return a small article that names its number."""
    lead = f"BASRA, Oct 5 (Reuters) - The harbour authority said on Tuesday that pier number {number} would stay closed this year."
    more = "Ships are sent to the northern quay, where the depth allows it, the authority said in a written statement."
    return f"Pier {number} to stay closed\n\nBy Jane Doe\n\n{lead}\n\n{more}\n\nShare this article"


def batches(count: int, size: int) -> Iterator[Any]:
    for first in range(0, count, size):
        numbers = range(first, min(first + size, count))
        yield pa.RecordBatch.from_pydict({"id": [f"d{n}" for n in numbers], "text": [text(n) for n in numbers], "day": list(numbers)})


def test_the_schema_has_the_fields_of_the_record_in_their_order() -> None:
    record = list(clean(text(1)).to_dict())
    assert SCHEMA.names == ["id", *record, "error", "meta"]
    assert set(AUDIT_SCHEMA.names) == {"id", *clean(text(1)).to_dict(audit=True), "error", "meta"}
    assert AUDIT_SCHEMA.field("blocks").type.value_type.get_field_index("reason") >= 0


@pytest.mark.parametrize("isolated", [False, True])
@pytest.mark.parametrize("audit", [False, True])
def test_a_batch_of_documents_gives_a_batch_of_records(isolated: bool, audit: bool) -> None:
    made = list(clean_batches(batches(7, 3), audit=audit, isolated=isolated))
    assert [batch.num_rows for batch in made] == [3, 3, 1]
    assert all(batch.schema == schema(audit=audit) for batch in made)
    rows = [row for batch in made for row in batch.to_pylist()]
    expected = [{"id": f"d{n}", **clean(text(n)).to_dict(audit=audit), "error": None, "meta": json.dumps({"day": n})} for n in range(7)]
    assert rows == expected


def test_what_cannot_be_cleaned_is_an_error_in_its_row() -> None:
    batch = pa.RecordBatch.from_pydict({"id": [1, 2, 3], "html": [text(1).encode(), None, bytes(range(256)) * 40]})
    (made,) = clean_batches([batch])
    one, two, three = made.to_pylist()
    assert (one["id"], one["error"], one["headline"]) == ("1", None, "Pier 1 to stay closed")
    assert (two["error"]["type"], three["error"]["type"]) == ("MissingField", "InputError")
    assert three["body"] is None


def test_columns_are_named_and_the_rest_becomes_metadata() -> None:
    batch = pa.RecordBatch.from_pydict({"key": ["k"], "page": [text(1)], "link": ["http://a.b/"], "tags": [["x", "y"]]})
    (made,) = clean_batches([batch], field="page", id="key", url="link")
    (row,) = made.to_pylist()
    assert (row["id"], row["url"], json.loads(row["meta"])) == ("k", "http://a.b/", {"tags": ["x", "y"]})


@pytest.mark.parametrize("isolated", [False, True])
def test_own_phrases_hold_in_a_batch(isolated: bool) -> None:
    phrases = {"chrome": {"harbour": {"start": ["Ships are sent to the NORTHERN quay"]}}}
    rows = [row for batch in clean_batches(batches(3, 3), phrases=phrases, isolated=isolated) for row in batch.to_pylist()]
    assert [row["body"] for row in rows] == [clean(text(n), phrases=phrases).body for n in range(3)]
    assert rows[0]["body"] != clean(text(0)).body


def test_wrong_phrases_are_an_error_and_not_an_error_in_every_row() -> None:
    with pytest.raises(ValueError, match="no table 'noise'"):
        next(clean_batches(batches(3, 3), phrases={"noise": {}}))


def test_an_empty_batch_stays_one() -> None:
    batch = pa.RecordBatch.from_pydict({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    assert [made.num_rows for made in clean_batches([batch])] == [0]


def test_half_a_surrogate_pair_does_not_stop_a_batch() -> None:
    row = record_of(document_of_row({"id": "a\ud800", "text": text(1), "m": "\udfff"}, None, Fields()), Options())
    (flat,) = batch_of([row]).to_pylist()
    assert flat["id"] == "a?"


def test_parquet_in_and_out_gives_the_rows_of_json_lines(tmp_path: Path) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(pa.Table.from_batches(list(batches(50, 20))), tmp_path / "in.parquet", row_group_size=15)
    lines = "".join(json.dumps({"id": f"d{n}", "text": text(n), "day": n}) + "\n" for n in range(50))
    (tmp_path / "in.jsonl").write_text(lines)
    for source, output in (("in.parquet", "a.parquet"), ("in.jsonl", "b.parquet")):
        assert main([str(tmp_path / source), "-o", str(tmp_path / output), "--jobs", "1"]) == 0
    first, second = (pyarrow.parquet.read_table(tmp_path / name) for name in ("a.parquet", "b.parquet"))
    assert first.schema == SCHEMA
    assert first.to_pylist() == second.to_pylist()
    assert first.column("id").to_pylist() == [f"d{n}" for n in range(50)]
    assert sorted(os.listdir(tmp_path)) == ["a.parquet", "b.parquet", "in.jsonl", "in.parquet"]


def test_parquet_types_that_json_lacks_are_carried_through(tmp_path: Path) -> None:
    import datetime
    import decimal

    import pyarrow.parquet

    day = datetime.datetime(2024, 12, 3, 9, 30)
    table = pa.table({"text": [text(1)], "day": [day], "price": [decimal.Decimal("1.50")], "raw": [b"ab"]})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet")
    (document,) = documents(str(tmp_path / "in.parquet"), Fields(), Notes())
    made = json.loads(to_line(record_of(document, Options())))
    assert made["meta"] == {"day": "2024-12-03T09:30:00", "price": "1.50", "raw": "ab"}


@pytest.mark.parametrize("content", [b"", b"PAR1 no more", b"not at all"])
def test_what_is_no_parquet_is_one_clear_line(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    (tmp_path / "good.jsonl").write_text(json.dumps({"text": text(1)}) + "\n")
    assert main([str(tmp_path / "in.parquet"), str(tmp_path / "good.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--jobs", "1"]) == 2
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "in.parquet" in line]
    assert "is not a Parquet file" in told
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 1


# Engines


def missing(*modules: str) -> bool:
    return any(importlib.util.find_spec(module) is None for module in modules)


def children(pid: int) -> list[int]:
    """Return all processes below one, from /proc."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found, todo = [], [pid]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    return found


def title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.slow
@pytest.mark.skipif(missing("ray", "pandas"), reason='Ray Data is not installed: pip install "cleanarticle[ray]"')
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the worker to kill in /proc")
@pytest.mark.parametrize("victim", ["the Ray worker", "the child that cleans"])
def test_on_ray_rows_in_are_rows_out_though_a_worker_is_killed_half_way(tmp_path: Path, victim: str) -> None:
    count = 1_200
    for name in ("a", "b", "c"):
        rows = ({"id": f"{name}{n}", "text": text(n) + "\n\n" + "\n\n".join(text(m) for m in range(20))} for n in range(count))
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    inputs = [str(tmp_path / f"{name}.jsonl") for name in ("a", "b", "c")]
    output = tmp_path / "out.jsonl"
    code = (
        "import sys; from cleanarticle.corpus import main, writers; writers.COMMIT_SECONDS = 0;"
        "code = main(sys.argv[1:]); import ray; ray.shutdown(); sys.exit(code)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *inputs, "-o", str(output), "--engine", "ray", "--jobs", "2"], stderr=subprocess.PIPE, text=True
    )
    wanted = "ray::" if victim == "the Ray worker" else "cleanarticle.corpus.worker"
    killed: list[int] = []

    def hunt() -> None:
        while process.poll() is None and not killed:
            time.sleep(0.05)
            if _rows_in_journal(output) < 200:
                continue
            for pid in children(process.pid):
                if wanted in title(pid) and ("_Clean" in title(pid) or wanted != "ray::"):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    return

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    told = process.communicate(timeout=300)[1]
    hunter.join(5)
    assert killed, "no worker was found to kill"
    assert process.returncode == 0, told
    found = [json.loads(line) for line in output.read_text().splitlines()]
    assert [row["id"] for row in found] == [f"{name}{n}" for name in ("a", "b", "c") for n in range(count)]
    assert all("error" not in row for row in found)


def _rows_in_journal(output: Path) -> int:
    try:
        lines = Path(f"{output}.journal").read_text().splitlines()[1:]
        return int(json.loads(lines[-1])["rows"]) if lines else 0
    except (OSError, ValueError):
        return 0


@pytest.mark.slow
@pytest.mark.skipif(missing("ray", "pandas"), reason='Ray Data is not installed: pip install "cleanarticle[ray]"')
def test_on_ray_the_rows_and_the_complaints_are_those_of_one_machine(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for n in range(30):
        (tmp_path / "folder" / f"{n:02}.txt").write_text(text(n))
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"id": n, "text": text(n)} if n != 5 else {}) + "\n" for n in range(50)))
    inputs = ["folder", "missing.jsonl", "in.jsonl"]
    done = []
    (tmp_path / "my.toml").write_text('[chrome.harbour]\nstart = ["Ships are sent"]\n')
    for output, more in (("local.jsonl", []), ("ray.jsonl", ["--engine", "ray", "--jobs", "2"])):
        command = [sys.executable, "-m", "cleanarticle", "corpus", *inputs, "-o", output, "--phrases", "my.toml", *more]
        done.append(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300))
    assert [run.returncode for run in done] == [2, 2], done[1].stderr
    assert (tmp_path / "local.jsonl").read_bytes() == (tmp_path / "ray.jsonl").read_bytes()
    assert b"Ships are sent" not in (tmp_path / "ray.jsonl").read_bytes()
    complaints = [[line for line in run.stderr.splitlines() if "missing.jsonl" in line or "line 6" in line] for run in done]
    assert complaints[0] == complaints[1]
    assert len(complaints[0]) == 2


@pytest.mark.slow
@pytest.mark.skipif(missing("ray", "pandas"), reason='Ray Data is not installed: pip install "cleanarticle[ray]"')
def test_on_ray_goes_on_what_one_machine_began_and_says_in_one_line_why_it_cannot(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        lines = (json.dumps({"id": f"{name}{n}", "text": text(n)}) + "\n" for n in range(200))
        (tmp_path / f"{name}.jsonl").write_text("".join(lines))
    arguments = ["a.jsonl", "b.jsonl", "c.jsonl", "-o", "out.jsonl", "--jobs", "2"]
    code = (
        "import os, sys; from cleanarticle.corpus import main, progress, writers; writers.COMMIT_SECONDS = 0\n"
        "counts = progress.Progress.counts\n"
        "progress.Progress.counts = lambda self: counts(self) if self.documents < 500 else os._exit(9)\n"
        "main(sys.argv[1:])"
    )
    killed = subprocess.run([sys.executable, "-c", code, *arguments], cwd=tmp_path, timeout=300)
    assert killed.returncode == 9
    assert 100 <= _rows_in_journal(tmp_path / "out.jsonl") < 600
    command = [sys.executable, "-m", "cleanarticle", "corpus", *arguments, "--resume", "--engine", "ray"]
    nowhere = subprocess.run([*command, "--address", "127.0.0.1:1"], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert nowhere.returncode == 2
    assert [line for line in nowhere.stderr.splitlines() if line.startswith("cleanarticle: Ray: ")]
    assert "Traceback" not in nowhere.stderr
    assert subprocess.run(command, cwd=tmp_path, timeout=300).returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [f"{name}{n}" for name in ("a", "b", "c") for n in range(200)]


@pytest.mark.slow
@pytest.mark.skipif(missing("pyspark"), reason="pyspark is not installed: pip install pyspark")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the worker to kill in /proc")
def test_the_documented_spark_job_gives_a_row_a_document_though_a_worker_is_killed(tmp_path: Path) -> None:
    import pyarrow.parquet

    count = 3_000
    pyarrow.parquet.write_table(pa.Table.from_batches(list(batches(count, 500))), tmp_path / "in.parquet", row_group_size=300)
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    job = [sys.executable, str(ROOT / "docs" / "spark_job.py"), str(tmp_path / "in.parquet"), str(tmp_path / "out")]
    process = subprocess.Popen(
        job, env={**environment, "MASTER": "local[2,4]"}, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    killed: list[int] = []

    def hunt() -> None:
        while process.poll() is None and not killed:
            time.sleep(0.02)
            for pid in children(process.pid):
                if "cleanarticle.corpus.worker" in title(pid):
                    time.sleep(0.3)
                    os.kill(_parent(pid), signal.SIGKILL)
                    killed.append(pid)
                    return

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    told = process.communicate(timeout=300)[1]
    hunter.join(5)
    assert killed, told
    assert process.returncode == 0, told
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert sorted(table.column("id").to_pylist()) == sorted(f"d{n}" for n in range(count))
    assert table.column("error").null_count == count


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_duckdb_takes_the_batches(tmp_path: Path) -> None:
    duckdb: Any = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install duckdb")
    import pyarrow.parquet

    pyarrow.parquet.write_table(pa.Table.from_batches(list(batches(30, 10))), tmp_path / "pages.parquet")
    pages = duckdb.connect().sql(f"select id, text from '{tmp_path}/pages.parquet'").to_arrow_reader(8)
    records = pa.RecordBatchReader.from_batches(SCHEMA, clean_batches(pages))
    connection = duckdb.connect()
    connection.register("records", records)
    connection.sql(f"copy (select id, headline from records where error is null) to '{tmp_path}/out.parquet'")
    found = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert found == [{"id": f"d{n}", "headline": f"Pier {n} to stay closed"} for n in range(30)]


def test_dask_takes_the_batches() -> None:
    dataframe: Any = pytest.importorskip("dask.dataframe", reason='dask is not installed: pip install "dask[dataframe]"')

    def work(frame: Any) -> Any:
        return pa.Table.from_batches(clean_batches(pa.Table.from_pandas(frame, preserve_index=False).to_batches()), SCHEMA).to_pandas()

    pages = dataframe.from_pandas(pa.Table.from_batches(list(batches(30, 30))).to_pandas(), npartitions=3)
    found = pages.map_partitions(work, meta=SCHEMA.empty_table().to_pandas()).compute(scheduler="synchronous")
    assert found["id"].tolist() == [f"d{n}" for n in range(30)]
