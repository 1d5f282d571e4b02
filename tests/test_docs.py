"""What the pages print is what happens: a newcomer who types it gets it."""

from __future__ import annotations

import doctest
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from cleanarticle import Article, Kind
from cleanarticle.cli import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
CONFIG = (ROOT / "mkdocs.yml").read_text("utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(page.read_text("utf-8")) if name == language]


def console(page: Path) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def typed(page: Path) -> object:
    return pytest.param(page, id=page.stem)


@pytest.mark.parametrize("page", [typed(page) for page in PAGES if console(page)])
def test_the_commands_of_a_page_print_what_is_printed(page: Path, tmp_path: Path) -> None:
    """One after the other, in one folder, as a reader types them."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    environment = os.environ | {"PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    for command, output in console(page):
        done = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert doctest.OutputChecker().check_output(output, said, FLAGS), f"$ {command}\n{said}"


@pytest.mark.parametrize("page", [typed(page) for page in PAGES if blocks(page, "python")])
def test_the_python_of_a_page_gives_what_is_printed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "\n".join(block for block in blocks(page, "python") if ">>>" in block)
    if not source:
        pytest.skip("a sketch, nothing to be typed")
    monkeypatch.chdir(ROOT)
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append)
    assert result.attempted
    assert result.failed == 0, "".join(said)


def test_every_page_is_in_the_table_of_contents_and_every_entry_is_a_page() -> None:
    assert sorted(re.findall(r": ([\w-]+\.md)$", CONFIG, re.M)) == [page.name for page in PAGES]


@pytest.mark.parametrize("page", [typed(page) for page in PAGES])
def test_links_and_pictures_of_a_page_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (DOCS / target.partition("#")[0]).exists(), target


def test_every_option_and_sub_command_is_on_the_command_line_page() -> None:
    page = (DOCS / "command-line.md").read_text("utf-8")
    for action in parser()._actions:
        for option in action.option_strings:
            assert re.search(rf"`{re.escape(option)}[ `]", page), option
    for name in COMMANDS:
        assert f"`cleanarticle {name}" in page, name


def test_every_field_and_kind_is_on_the_record_page() -> None:
    page = (DOCS / "record.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page.split("With `--audit`")[0], re.M) == list(Article().to_dict())
    assert ", ".join(Kind) in page


def test_pictures_are_small() -> None:
    assert all(path.stat().st_size < 150_000 for path in (DOCS / "img").iterdir())


def test_the_recipe_of_the_fingerprint_is_the_modules_own() -> None:
    from cleanarticle import fingerprint

    def plain(text: str) -> list[str]:
        return re.findall(r"\w+", text.replace("2**32", "2³²").casefold())

    steps = re.findall(r"^\d\. (.*(?:\n   .*)*)", fingerprint.__doc__ or "", re.M)
    page = re.findall(r"^\d\. (.*(?:\n   .*)*)", (DOCS / "copies.md").read_text("utf-8"), re.M)
    assert len(steps) == 6
    assert [plain(step) for step in steps[1:5]] == [plain(step) for step in page[1:5]]


HARNESS = """
import json, sys
option = sys.argv[-2]
assert option in ("--json", "--out"), sys.argv
open(sys.argv[-1], "w").write(FIGURES)
"""
GROUP = {"F1": 0.9512, "P": 0.9, "R": 0.9, "loss%": 7.0, "perfect%": 34.5, "head%": 77.6, "ms/doc": 13.1}
FIGURES = {
    "text": {"cleanarticle": dict.fromkeys(("ALL", "group full", "group leaky"), GROUP)},
    "body": [
        {
            "system": name,
            "word": {"f1": 0.98, "precision": 0.98, "recall": 0.98},
            "shingle": {"f1": 0.97, "accuracy": 0.18},
            "with": 1.0,
            "without": 0.99,
            "ms": {"mean": 27.6, "p99": 79.5},
        }
        for name in ("cleanarticle", "peer")
    ],
    "fields": {
        "summary": {
            "cleanarticle": dict.fromkeys(
                ("headline_exact", "authors_set", "date_day", "sf_right", "para_F1", "tok_F1", "perfect", "cpu_ms_mean"), 0.9
            )
        }
    },
    "dateline": {
        "cleanarticle": {
            "datelines": {"F1": 0.99, "record": 200, "pos": 214, "kept": 139, "neg": 140},
            "bylines": {"F1": 0.99, "authorsF1": 0.99},
        }
    },
    "encoding": {"bytes": {"cleanarticle": {"a": [50, 49, 750.0, 0.3, 49, 0], "b": [950, 946, 0.0, 0.3, 49, 0]}}},
    "hostile": {"system": "cleanarticle", "verdict": "clear_error", "cpu": 3.9, "rss_kb": 2048},
}
"""What the harnesses write, as far as it is read."""


def test_one_command_runs_the_benchmarks_and_fills_the_page(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    for name, figures in FIGURES.items():
        (tmp_path / "bench" / f"{name}.py").write_text(HARNESS.replace("FIGURES", repr(json.dumps(figures))), "utf-8")
    page = tmp_path / "benchmarks.md"
    shutil.copy(DOCS / "benchmarks.md", page)
    tool = [sys.executable, str(ROOT / "tools" / "bench_table.py"), "--shared", str(tmp_path)]
    for _ in range(2):
        subprocess.run([*tool, "--write", str(page)], check=True, capture_output=True)
        text = page.read_text("utf-8")
        assert text.count("| F1 | 0.951 |") == 1
        assert "| | cleanarticle | peer |" in text
        assert "| bytes to characters, right of 1,000 | 0.995 |" in text
        assert "`text.py --data DATA/text-dev" in text
        assert str(tmp_path) not in text
        assert text.count("## How they are measured") == 1
    printed = subprocess.run([*tool, "--print", "hostile"], check=True, capture_output=True, text=True).stdout
    assert "| clear error | 1 |" in printed
    assert "### Characters" not in printed


def test_a_benchmark_that_fails_leaves_the_page_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "text.py").write_text("import sys; sys.exit('no data')", "utf-8")
    page = tmp_path / "benchmarks.md"
    shutil.copy(DOCS / "benchmarks.md", page)
    tool = [sys.executable, str(ROOT / "tools" / "bench_table.py"), "--shared", str(tmp_path), "--write", str(page)]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no data" in done.stderr
    assert page.read_bytes() == (DOCS / "benchmarks.md").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason='mkdocs is not installed; pip install ".[docs]"')
def test_the_site_is_built_and_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    # Without --quiet, which would silence the warnings that --strict counts.
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "excluded" not in done.stderr, "every link leads to something on the site"
    for page in site.rglob("*.html"):
        asked = re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=\"?(https?:|//)|<link[^>]*href=\"?(https?:|//)", page.read_text("utf-8"))
        assert asked == [], page.name
