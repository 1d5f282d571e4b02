"""Measure `cleanarticle corpus`: what the layer costs, how it grows with cores, whether its memory stays flat, a large WARC.

    python tools/bench_corpus.py cost    --pages FOLDER --documents 1000
    python tools/bench_corpus.py cores   --pages FOLDER --documents 20000
    python tools/bench_corpus.py memory  --documents 200000
    python tools/bench_corpus.py warc    --pages FOLDER --documents 5000
    python tools/bench_corpus.py reader  --pages FOLDER --documents 300
    python tools/bench_corpus.py stages  --pages FOLDER --documents 300
    python tools/bench_corpus.py dedup   --documents 1000000

FOLDER holds .html, .html.gz or .txt pages; they are repeated with changed ids up to the number of documents. Without --pages, small
generated texts are taken. CPU time is that of the command and its workers together; several runs are interleaved and their
median is given, so that a machine that does other things at the same time disturbs as little as it can.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

BILLION = 1_000_000_000

LOOP = """
import json, sys
from cleanarticle import clean
with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as rows:
    for line in lines:
        page = json.loads(line)
        record = {"id": page["id"], **clean(page.get("html") or page["text"]).to_dict()}
        rows.write(json.dumps(record, ensure_ascii=False).encode() + b"\\n")
"""
"""What anyone would write without the layer."""


class Run(NamedTuple):
    """One run of a command."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, with all children."""
    peaks: dict[int, list[int]]
    """Resident kB by process, sampled."""
    idle: dict[int, float]
    """Share of its life that a process waited for something other than a core, by process; Linux only."""
    stderr: str


def main() -> int:
    """Run one measurement and print it as lines of Markdown."""
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("what", choices=sorted(MEASURES))
    it.add_argument("--pages", type=Path)
    it.add_argument("--documents", type=int, default=1_000)
    it.add_argument("--runs", type=int, default=3)
    it.add_argument("--jobs", type=int, default=2)
    it.add_argument("--as-text", action="store_true", help="all the text of each page in place of the page, as in WET files")
    options = it.parse_args()
    print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="bench-corpus-") as folder:
        MEASURES[options.what](options, Path(folder))
    print(f"load after: {os.getloadavg()[0]:.2f}", file=sys.stderr)
    return 0


def cost(options: argparse.Namespace, folder: Path) -> None:
    """The layer with one job against a loop."""
    source = _lines(options, folder)
    size = source.stat().st_size
    loops, layers = [], []
    for _ in range(options.runs):
        loops.append(_run([sys.executable, "-c", LOOP, str(source), str(folder / "loop.jsonl")]))
        layers.append(_run([*_command(source, folder / "out.jsonl"), "--jobs", "1"]))
    ratio = statistics.median(layer.cpu / loop.cpu for loop, layer in zip(loops, layers, strict=True))
    per = statistics.median(loop.cpu for loop in loops) / options.documents
    print(f"| CPU a document, loop around `clean()` | {1e3 * per:.2f} ms |")
    print(f"| CPU a document, `corpus --jobs 1` | {1e3 * statistics.median(run.cpu for run in layers) / options.documents:.2f} ms |")
    print(f"| the layer's CPU over the loop's, median of {options.runs} pairs | {100 * (ratio - 1):+.1f} % |")
    hours = BILLION * 3 * per / 3_600
    print(f"| 3 billion such documents | {hours:,.0f} core-hours |")
    print(f"| MB/s a core ({size / options.documents / 1e3:.0f} kB a document) | {size / 1e6 / (per * options.documents):.1f} |")


def cores(options: argparse.Namespace, folder: Path) -> None:
    """Documents a second with one worker and with several."""
    source = _lines(options, folder)
    ratios, ones, mores = [], [], []
    for _ in range(options.runs):
        ones.append(_run([*_command(source, folder / "one.jsonl"), "--jobs", "1"]))
        mores.append(_run([*_command(source, folder / "more.jsonl"), "--jobs", str(options.jobs)], every=0.5))
        ratios.append(ones[-1].wall / mores[-1].wall)
        assert (folder / "one.jsonl").read_bytes() == (folder / "more.jsonl").read_bytes()
    for jobs, runs in ((1, ones), (options.jobs, mores)):
        rate = options.documents / statistics.median(run.wall for run in runs)
        print(f"| documents/s, {jobs} worker{'s' * (jobs > 1)} | {rate:.1f} (CPU {statistics.median(run.cpu for run in runs):.1f} s) |")
    largest = max(max(peaks) for run in mores for peaks in run.peaks.values())
    print(f"| most that a process of it held resident | {largest / 1e3:.0f} MB |")
    idle = [share for run in mores for share in sorted(run.idle.values())[: options.jobs]]
    print(f"| share of the time that a worker waited for anything but a core | {100 * statistics.median(idle):.1f} % |")
    print(f"| documents/s, {options.jobs} over 1, median of {options.runs} pairs | {statistics.median(ratios):.2f} × |")


def memory(options: argparse.Namespace, folder: Path) -> None:
    """Resident memory of the command and its workers over a long run."""
    source = _lines(options, folder)
    run = _run([*_command(source, folder / "out.jsonl"), "--jobs", str(options.jobs)], every=0.5)
    with open(folder / "out.jsonl", "rb") as rows:
        assert sum(1 for _ in rows) == options.documents
    print(f"| documents/s, {options.documents:,} small documents, {options.jobs} workers | {options.documents / run.wall:.0f} |")
    for pid, peaks in sorted(run.peaks.items()):
        if len(peaks) > 10:
            tenth = len(peaks) // 10
            early, late = max(peaks[tenth : 2 * tenth]), max(peaks[-tenth:])
            megabytes = ", ".join(f"{kilobytes / 1e3:.0f}" for kilobytes in (early, late, max(peaks)))
            print(f"| process {pid}: resident at a fifth, at the end, at most | {megabytes} MB |")


def warc(options: argparse.Namespace, folder: Path) -> None:
    """A WARC as crawlers write it: request, response, metadata."""
    source = folder / "crawl.warc.gz"
    _warc(source, _pages(options))
    run = _run([*_command(source, folder / "out.jsonl"), "--jobs", str(options.jobs)])
    with open(folder / "out.jsonl", "rb") as rows:
        urls = [json.loads(line)["url"] for line in rows]
    assert urls == [f"http://example.org/{number}" for number in range(options.documents)], "rows are lost, doubled or out of order"
    print(f"| WARC of {options.documents:,} pages, {source.stat().st_size / 1e6:.0f} MB: rows, CPU | {len(urls):,}, {run.cpu:.1f} s |")
    print(run.stderr, file=sys.stderr)


def reader(options: argparse.Namespace, folder: Path) -> None:
    """What one process reads, which is what its workers can be fed with."""
    import pyarrow as pa
    import pyarrow.parquet

    from cleanarticle.corpus.readers import Job, chunks

    lines = _lines(options, folder)
    with open(lines, "rb") as handle, gzip.open(folder / "in.jsonl.gz", "wb") as packed:
        packed.write(handle.read())
    pages = list(_pages(options))
    pyarrow.parquet.write_table(pa.table({"html": pages}), folder / "in.parquet", compression="zstd")
    _warc(folder / "in.warc.gz", pages)
    for name in ("in.jsonl", "in.jsonl.gz", "in.parquet", "in.warc.gz"):
        before = time.process_time()
        found = [chunk.size for chunk in chunks(Job((str(folder / name),)))]
        print(f"| reader, {name.removeprefix('in')} | {sum(found) / 1e6 / (time.process_time() - before):.0f} MB/s of pages |")


def stages(options: argparse.Namespace, folder: Path) -> None:
    """Where the time goes, by profile; a profiler makes small functions look larger than they are."""
    import cProfile
    import pstats

    from cleanarticle import clean

    pages = list(_pages(options))
    clean(pages[0])
    with cProfile.Profile() as profile:
        for page in pages:
            clean(page)
    statistic = pstats.Stats(profile)
    total = statistic.total_tt  # type: ignore[attr-defined]
    spent: dict[str, float] = {}
    for (file, _, _), (_, _, own, _, _) in statistic.stats.items():  # type: ignore[attr-defined]
        place = Path(file)
        known = "cleanarticle" in place.parts or "site-packages" in place.parts
        label = f"{place.parent.name}/{place.name}" if known else "Python and C functions"
        spent[label] = spent.get(label, 0.0) + own
    for label, own in sorted(spent.items(), key=lambda item: -item[1])[:12]:
        print(f"| {label} | {100 * own / total:.0f} % |")


COPIES = 5  # of so many records one is a copy of an earlier one, with up to a tenth of its words changed


def dedup(options: argparse.Namespace, folder: Path) -> None:
    """Whole records of made stories, one in five a copy: time, memory, and whether the right ones are found."""
    source, found = folder / "records.jsonl", folder / "groups.jsonl"
    before = time.process_time()
    copies = _records(source, options.documents)
    print(f"made in {time.process_time() - before:.0f} s", file=sys.stderr)
    run = _run([sys.executable, "-m", "cleanarticle", "dedup", str(source), "-o", str(found)], every=0.5)
    first: dict[int, int] = {}
    with open(found, "rb") as lines:
        for line in lines:
            group = json.loads(line)["lines"]
            first.update(dict.fromkeys(group, min(group)))
    together = sum(first.get(copy, copy) == first.get(one, one) for copy, one in copies.items())
    strangers = sum(line not in copies for line in first) - len(set(copies.values()))
    print(f"| {options.documents:,} records, {source.stat().st_size / 1e9:.1f} GB: wall, CPU | {run.wall:.0f} s, {run.cpu:.0f} s |")
    print(f"| most resident memory | {max(max(peaks) for peaks in run.peaks.values()) / 1e3:,.0f} MB |")
    print(f"| copies that are in the group of their story, of {len(copies):,} | {100 * together / len(copies):.2f} % |")
    print(f"| stories in a group though nobody copied them | {max(0, strangers)} |")


def _records(path: Path, count: int) -> dict[int, int]:
    """Write records; return the line of each copy and that of its story, from 1."""
    from cleanarticle import Article

    source = random.Random(count)
    words = ["".join(source.choices("aeioubdfgklmnprstvz", k=source.randrange(2, 11))) for _ in range(50_000)]
    # As prose has them: few words that are frequent, many that are rare.
    frequent = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))
    sentences = [" ".join(source.choices(words, cum_weights=frequent, k=source.randrange(8, 30))) for _ in range(200_000)]
    stories: list[tuple[int, str]] = []
    copies: dict[int, int] = {}
    with open(path, "wb") as handle:
        for line in range(1, count + 1):
            if line % COPIES == 0:
                copies[line], body = source.choice(stories)
                changed = body.split(" ")
                for place in source.sample(range(len(changed)), source.randrange(len(changed) // 10)):
                    changed[place] = source.choice(words)
                body = " ".join(changed)
            else:
                body = "\n\n".join(f"{sentence.capitalize()}." for sentence in source.choices(sentences, k=source.randrange(8, 24)))
                if line % 50 == 1:
                    # The stories that have copies; the wire's, not every page's.
                    stories.append((line, body))
            article = Article(headline=sentences[line % len(sentences)][:60], body=body, confidence=0.9, language="en")
            handle.write(json.dumps({"id": f"d{line}", **article.to_dict()}, ensure_ascii=False).encode() + b"\n")
    return copies


MEASURES = {"cost": cost, "cores": cores, "dedup": dedup, "memory": memory, "reader": reader, "warc": warc, "stages": stages}


def _pages(options: argparse.Namespace) -> Iterator[bytes]:
    if options.pages is None:
        for number in range(options.documents):
            yield _small(number).encode()
        return
    names = [name for end in ("*.html", "*.html.gz", "*.txt") for name in options.pages.rglob(end)]
    # In an order of its own, so that few documents are a sample of all pages.
    names = [name for _, name in sorted((hash_of(name.name), name) for name in names)]
    for number in range(options.documents):
        data = names[number % len(names)].read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        yield _text(data) if options.as_text else data


def _text(page: bytes) -> bytes:
    from cleanarticle import clean

    return "\n".join(block.text for block in clean(page).blocks).encode("utf-8", "replace")


def _warc(path: Path, pages: Iterable[bytes]) -> None:
    import fastwarc

    with open(path, "wb") as handle:
        for number, page in enumerate(pages):
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            kinds = (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", head + page), ("metadata", b"fetchTimeMs: 5\r\n"))
            for kind, content in kinds:
                record = fastwarc.WarcRecord()
                record.init_headers(getattr(fastwarc.WarcRecordType, kind))
                record.headers["WARC-Target-URI"] = f"http://example.org/{number}"
                record.headers["Content-Type"] = "application/warc-fields" if kind == "metadata" else f"application/http; msgtype={kind}"
                record.set_bytes_content(content)
                member = fastwarc.GzipWriter(handle)
                record.write(member)
                member.finish()


def hash_of(name: str) -> int:
    """Return the same number for a name in every run."""
    import zlib

    return zlib.crc32(name.encode())


def _small(number: int) -> str:
    lead = f"The harbour authority said on Tuesday that pier number {number} would stay closed until the end of the year."
    more = "Ships are sent to the northern quay, where the depth allows it, the authority said in a written statement."
    return f"Pier {number} to stay closed\n\nBy Jane Doe\n\n{lead}\n\n{more}\n\nShare this article"


def _lines(options: argparse.Namespace, folder: Path) -> Path:
    """Write the documents as JSON Lines."""
    path = folder / "in.jsonl"
    field = "text" if options.pages is None or options.as_text else "html"
    with open(path, "w", encoding="utf-8") as handle:
        for number, page in enumerate(_pages(options)):
            handle.write(json.dumps({"id": f"d{number}", field: page.decode("utf-8", "replace")}, ensure_ascii=False) + "\n")
    return path


def _command(source: Path, output: Path) -> list[str]:
    output.unlink(missing_ok=True)
    return [sys.executable, "-m", "cleanarticle", "corpus", str(source), "-o", str(output)]


def _run(command: list[str], every: float = 0.0) -> Run:
    before = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    peaks: dict[int, list[int]] = {}
    times: dict[int, tuple[float, float, float]] = {}
    over = threading.Event()
    if every:
        threading.Thread(target=_watch, args=(process.pid, peaks, times, every, over), daemon=True).start()
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    over.set()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{told}")
    wall = time.perf_counter() - before
    idle = {pid: 1 - busy / (last - first) for pid, (first, last, busy) in times.items() if last > first}
    return Run(wall, usage.ru_utime + usage.ru_stime, peaks, idle, told)


def _watch(
    parent: int, peaks: dict[int, list[int]], times: dict[int, tuple[float, float, float]], every: float, over: threading.Event
) -> None:
    begun: dict[int, float] = {}
    while not over.wait(every):
        pids = [parent]
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                pids += map(int, task.read_text().split())
            except OSError:
                continue
        for pid in pids:
            try:
                resident = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
                running, waiting, _ = map(int, Path(f"/proc/{pid}/schedstat").read_text().split())
            except (OSError, StopIteration):
                continue
            peaks.setdefault(pid, []).append(int(resident.split()[1]))
            now, busy = time.perf_counter(), (running + waiting) / 1e9
            first = times[pid][0] if pid in times else now
            times[pid] = first, now, busy - begun.setdefault(pid, busy)


if __name__ == "__main__":
    sys.exit(main())
