"""What the README prints is what happens."""

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

from cleanarticle import clean
from cleanarticle.cli import COMMANDS, parser
from cleanarticle.model import SCHEMA, Kind

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.S | re.M)


def marked(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n+```\w+\n(.*?)\n```", README, re.S)
    assert found is not None, f"the README has no block marked {mark}"
    return found[1]


def test_the_python_examples_give_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert len(blocks("python")) >= 4
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "README.md", "README.md", 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append)
    assert result.attempted >= 8
    assert result.failed == 0, "".join(said)


def console() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), console(), ids=[command for command, _ in console()])
def test_the_console_examples_print_what_is_printed(command: str, output: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    environment = os.environ | {"PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"]}
    done = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    said = done.stdout + done.stderr
    assert doctest.OutputChecker().check_output(output, said, FLAGS), said


def test_the_input_shown_is_the_seed_shortened_only_where_it_says_so() -> None:
    seed = (ROOT / "seeds" / "004_017fe98b2007c615.txt").read_text("utf-8")
    first, last = marked("input: 004_017fe98b2007c615").split("[…]")
    assert seed.startswith(first.rstrip("\n"))
    assert seed.rstrip("\n").endswith(last.lstrip("\n"))


def test_the_record_shown_is_the_seeds_record() -> None:
    shown = json.loads(marked("record: 004_017fe98b2007c615"))
    record = clean((ROOT / "seeds" / "004_017fe98b2007c615.txt").read_bytes()).to_dict()
    assert list(shown) == list(record)
    first, last = shown["body"].split("[…]")
    assert record["body"].startswith(first)
    assert record["body"].endswith(last)
    # The confidence moves with the weights, the fingerprint with every word of the body.
    loose = {"body": "", "confidence": 0, "fingerprint": ""}
    assert {**shown, **loose} == {**record, **loose}
    assert 0 < shown["confidence"] <= 1


def test_the_field_table_names_every_field_in_order() -> None:
    table = README.split("| field | type | meaning |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == list(clean("").to_dict())
    assert f'`"{SCHEMA}"`' in table


def test_every_kind_of_block_is_named() -> None:
    named = re.search(r"`kind` \(([^)]*)\)", README)
    assert named is not None
    assert [word.strip() for word in named[1].replace("\n", " ").split(",")] == [str(kind) for kind in Kind]


def test_every_option_is_in_the_option_table() -> None:
    table = README.split("| option | meaning |")[1].split("\n\n")[0]
    for action in parser()._actions:
        for option in action.option_strings:
            assert re.search(rf"`{re.escape(option)}[ `]", table), option
    for option in re.findall(r"`(--?[a-z]+)", table):
        assert any(option in action.option_strings for action in parser()._actions), f"{option} is no option"


def test_every_command_that_is_there_is_named() -> None:
    for name, module in COMMANDS.items():
        spec = importlib.util.find_spec(module)
        if spec is not None and spec.origin is not None:
            assert f"cleanarticle {name}" in README, name


def _readme_command(name: str) -> str:
    done = subprocess.run([sys.executable, ROOT / ".ci" / "readme_command.py", name], capture_output=True, text=True, check=False)
    return done.stdout.rstrip("\n")


def test_what_ci_runs_is_what_the_readme_tells_a_newcomer_to_type() -> None:
    for name in ("install", "test"):
        assert _readme_command(name) == marked(f"command: {name}")
        assert f"readme {name}" in CI
    assert "pytest" in marked("command: test")
    assert "-m pytest" not in CI, "the test command has one source, the README"


def test_a_command_the_readme_does_not_have_is_an_error() -> None:
    assert _readme_command("no-such-command") == ""
