"""Run the benchmarks and write their figures into the documentation: one command fills the page, in about ten minutes.

    python tools/bench_table.py                            # all of them, into docs/benchmarks.md
    python tools/bench_table.py --print text hostile       # some of them, to stdout

The harnesses and their data lie beside the checkout, in ``../shared`` (``--shared``). The tables replace what stands between
``<!-- figures -->`` and ``<!-- /figures -->`` in the page; under each stands the command that gives it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PLACE = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.S)

Table = Mapping[str, Mapping[str, float]]
"""System → name of a figure → figure; systems are columns."""


class Benchmark(NamedTuple):
    """A harness, and what of its figures goes into the page."""

    title: str
    arguments: str
    """As typed behind ``python SHARED/bench/``; ``DATA`` stands for the folder of the data."""
    output: str
    """The option that takes the file for the figures."""
    figures: Callable[[str], Table]
    """From the content of that file."""


def _text(said: str) -> Table:
    names = {"F1": "F1", "P": "precision", "R": "recall", "loss%": "% of body lines lost", "perfect%": "% of texts with F1 ≥ 0.99"}
    names |= {"head%": "% of headlines right", "ms/doc": "CPU ms a text"}
    parts = {"ALL": "", "group full": ", with all chrome", "group leaky": ", with leaks"}
    out: dict[str, dict[str, float]] = {}
    for system, groups in json.loads(said).items():
        mine = out.setdefault(system, {f"F1{more}": groups[part]["F1"] for part, more in parts.items()})
        mine |= {name: groups["ALL"][key] for key, name in names.items()}
    return out


def _body(said: str) -> Table:
    return {
        row["system"]: {
            "word F1": row["word"]["f1"],
            "precision": row["word"]["precision"],
            "recall": row["word"]["recall"],
            "F1 of four words in a row": row["shingle"]["f1"],
            "share of pages without a fault": row["shingle"]["accuracy"],
            "snippets that must be there": row["with"],
            "snippets that must not, and are not": row["without"],
            "CPU ms a page, mean": row["ms"]["mean"],
            "CPU ms, 99th percentile": row["ms"]["p99"],
        }
        for row in json.loads(said)
    }


def _fields(said: str) -> Table:
    names = {"headline_exact": "headline", "authors_set": "authors, all of them", "date_day": "day", "sf_right": "standfirst"}
    names |= {"para_F1": "paragraphs, F1", "tok_F1": "words, F1", "perfect": "records without a fault", "cpu_ms_mean": "CPU ms a page"}
    return {system: {name: row[key] for key, name in names.items()} for system, row in json.loads(said)["summary"].items()}


def _dateline(said: str) -> Table:
    out: dict[str, dict[str, float]] = {}
    for system, row in json.loads(said).items():
        lines, credit = row["datelines"], row["bylines"]
        out[system] = {
            "datelines found, F1": lines["F1"],
            "datelines right in every part": lines["record"] / lines["pos"],
            "prose like a dateline that stays": lines["kept"] / lines["neg"],
            "bylines found, F1": credit["F1"],
            "their authors, F1": credit["authorsF1"],
        }
    return out


def _encoding(said: str) -> Table:
    """A row has the number of cases and how many are right."""
    names = {"bytes": "bytes to characters", "text": "mojibake repaired", "real": "mojibake as found", "norm": "normalised"}
    out: dict[str, dict[str, float]] = {}
    for part, systems in json.loads(said).items():
        for system, groups in systems.items():
            right, cases = (sum(group[place] for group in groups.values()) for place in (1, 0))
            out.setdefault(system, {})[f"{names[part]}, right of {cases:,}"] = right / cases
    return out


def _hostile(said: str) -> Table:
    rows = [json.loads(line) for line in said.splitlines()]
    out: dict[str, dict[str, float]] = {}
    for system in dict.fromkeys(row["system"] for row in rows):
        mine = [row for row in rows if row["system"] == system]
        counts = Counter(row["verdict"] for row in mine)
        out[system] = {"cases": len(mine), **{verdict.replace("_", " "): count for verdict, count in counts.most_common()}}
        out[system] |= {"most CPU seconds": max(row["cpu"] for row in mine), "most MiB grown": max(row["rss_kb"] for row in mine) / 1024}
    return out


BENCHMARKS: Mapping[str, Benchmark] = {
    "text": Benchmark(
        "Plain text as scrapers leave it",
        "text.py --data DATA/text-dev --systems identity,c4,justext_p,trafilatura_p,cleanarticle --every 3",
        "--json",
        _text,
    ),
    "body": Benchmark(
        "Bodies of HTML pages",
        "body.py --data DATA/wcxb-dev --systems cleanarticle,trafilatura-nocomments,trafilatura,justext",
        "--json",
        _body,
    ),
    "fields": Benchmark("Fields of news pages", "fields.py --data DATA/fundus-dev --systems cleanarticle", "--out", _fields),
    "dateline": Benchmark(
        "Datelines and bylines", "dateline.py --data DATA/dateline-dev --systems cleanarticle,regex-baseline", "--json", _dateline
    ),
    "encoding": Benchmark("Characters", "encoding.py --data DATA/encoding-dev --systems cleanarticle", "--json", _encoding),
    "hostile": Benchmark("Hostile input", "hostile.py --systems cleanarticle", "--out", _hostile),
}


def run(benchmark: Benchmark, shared: Path) -> Table:
    """Return the figures of a benchmark; leave the program if it fails."""
    with tempfile.TemporaryDirectory(prefix="bench-table-") as folder:
        out = Path(folder) / "figures"
        script, *arguments = shlex.split(benchmark.arguments.replace("DATA", str(shared / "data")))
        command = [sys.executable, str(shared / "bench" / script), *arguments, benchmark.output, str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not out.exists():
            sys.exit(f"{shlex.join(command)}: exit code {done.returncode}\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
        return benchmark.figures(out.read_text("utf-8"))


def table(benchmark: Benchmark, found: Table) -> str:
    """Return a heading, a Markdown table and the command.

    >>> print(table(Benchmark("Words", "x.py", "--json", _text), {"a": {"F1": 0.98765}, "b": {"F1": 0.5, "CPU ms": 12.25}}))
    ### Words
    <BLANKLINE>
    | | a | b |
    |---|---:|---:|
    | F1 | 0.988 | 0.500 |
    | CPU ms | | 12.2 |
    <BLANKLINE>
    `x.py`
    """
    rows = dict.fromkeys(name for figures in found.values() for name in figures)
    lines = [f"| | {' | '.join(found)} |", f"|---|{'---:|' * len(found)}"]
    for name in rows:
        lines.append(f"| {name} |" + "|".join(f" {_shown(figures[name])} " if name in figures else " " for figures in found.values()) + "|")
    return "\n".join([f"### {benchmark.title}", "", *lines, "", f"`{benchmark.arguments}`"])


def _shown(figure: float) -> str:
    if figure != figure:
        return "–"
    if isinstance(figure, int):
        return f"{figure:,}"
    return f"{figure:.3f}" if abs(figure) <= 1 else f"{figure:.1f}"


def page(names: Sequence[str], shared: Path) -> Iterator[str]:
    """Yield what stands between the marks, a part for each benchmark."""
    from cleanarticle import __version__

    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    yield f"cleanarticle {__version__}, Python {platform.python_version()}, {day}. Times are CPU time on that day's machine."
    for name in names:
        begin = time.monotonic()
        yield table(BENCHMARKS[name], run(BENCHMARKS[name], shared))
        print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmarks, and write or print their tables."""
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; default: all")
    it.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of bench/ and data/ (default ../shared)")
    it.add_argument("--write", type=Path, metavar="PAGE", default=PAGE, help="a Markdown page with the marks (default docs/benchmarks.md)")
    it.add_argument("--print", action="store_true", help="to stdout, and into no page")
    given = it.parse_args(argv)
    if wrong := [name for name in given.names if name not in BENCHMARKS]:
        it.error(f"no benchmark {wrong[0]!r}; there are {', '.join(BENCHMARKS)}")
    if given.names and not given.print:
        it.error("the page has all benchmarks; some of them go to --print")
    if not given.print and not PLACE.search(given.write.read_text("utf-8")):
        it.error(f"{given.write} has no place for figures")
    text = "\n\n".join(page(given.names or list(BENCHMARKS), given.shared)) + "\n"
    if given.print:
        sys.stdout.write(text)
    else:
        given.write.write_text(PLACE.sub(lambda mark: f"{mark[1]}{text}{mark[2]}", given.write.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
