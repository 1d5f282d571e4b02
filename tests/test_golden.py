"""Each folder of ``fixtures/`` is a test of its own: what a demanding editor wants of that input.

``known-failures/`` holds what the program gets wrong; whoever mends one must move its folder out.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from cleanarticle import clean

ROOT = Path(__file__).resolve().parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_golden", ROOT / "tools" / "update_golden.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
FIXTURES: Path = TOOL.FIXTURES
FOLDERS: list[Path] = TOOL.folders()


def slug_of(folder: Path) -> str:
    return folder.relative_to(FIXTURES).as_posix()


def case(folder: Path) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=(folder / "SOURCE").read_text("utf-8"))] if "known-failures" in folder.parts else []
    return pytest.param(folder, id=slug_of(folder), marks=marks)


@pytest.mark.parametrize("folder", [case(folder) for folder in FOLDERS])
def test_the_record_is_what_an_editor_wants(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert TOOL.golden(clean(TOOL.read_input(folder)).to_dict()) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=slug_of)
def test_each_expectation_is_of_the_record_and_of_this_input(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    record = clean(TOOL.read_input(folder)).to_dict()
    assert list(expected) == list(TOOL.golden(record)), "keys in the order of the contract"
    assert (folder / "SOURCE").read_text("utf-8").strip(), "SOURCE says where the input comes from"
    names = {path.name for path in folder.iterdir()}
    assert names in ({"expected.json", "SOURCE"}, {"expected.json", "SOURCE", "input.html"}, {"expected.json", "SOURCE", "input.txt"})


def test_all_five_seeds_are_here_as_given() -> None:
    seeds = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    assert sorted(folder.name for folder in FOLDERS if folder.name in seeds) == seeds


def test_an_expectation_that_is_not_met_fails() -> None:
    folder = next(folder for folder in FOLDERS if "known-failures" not in folder.parts)
    got = TOOL.golden(clean(TOOL.read_input(folder)).to_dict())
    assert got | {"body": got["body"][:-1]} != json.loads((folder / "expected.json").read_text("utf-8"))
