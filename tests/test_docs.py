"""What the pages print is what happens: a newcomer who types it gets it."""

from __future__ import annotations

import doctest
import importlib.util
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


def test_figures_are_written_between_their_marks(tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text('{"text": {"f1": 0.9512, "seeds": 5, "note": "x"}}', "utf-8")
    page = tmp_path / "benchmarks.md"
    shutil.copy(DOCS / "benchmarks.md", page)
    tool = [sys.executable, str(ROOT / "tools" / "bench_table.py")]
    for _ in range(2):
        subprocess.run([*tool, "--write", str(page), "python board.py", str(tmp_path / "figures.json")], check=True)
        text = page.read_text("utf-8")
        assert text.count("| text / f1 | 0.9512 |") == 1
        assert "`python board.py`, 2" in text
        assert text.count("## How they are measured") == 1


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
