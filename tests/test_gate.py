"""The gate that holds the floors of ``.ci/floors.toml``."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = "[least.text]\nf1 = 0.9\nseeds = 5\n[most.hostile]\ncrash = 0\nhang = 1\n"
GOOD: dict[str, dict[str, float]] = {"text": {"f1": 0.9, "seeds": 5, "ms": 99.0}, "hostile": {"ok": 72, "hang": 1}}


def gate(figures: dict[str, Any], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "figures.json").write_text(json.dumps(figures))
    (tmp_path / "floors.toml").write_text(FLOORS)
    command = [sys.executable, *map(str, (ROOT / ".ci" / "gate.py", tmp_path / "figures.json", tmp_path / "floors.toml"))]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_figures_on_their_side_pass_and_a_count_not_named_is_none(tmp_path: Path) -> None:
    done = gate(GOOD, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": {"f1": 0.899, "seeds": 5}}, "text.f1: 0.899, must be at least 0.9"),
        ({"text": {"f1": 0.95, "seeds": 4}}, "text.seeds: 4, must be at least 5"),
        ({"text": {"f1": 0.95}}, "text.seeds: no figure"),
        ({"hostile": {"ok": 72, "hang": 2}}, "hostile.hang: 2, must be at most 1"),
        ({"hostile": {"ok": 72, "crash": 1}}, "hostile.crash: 1, must be at most 0"),
    ],
)
def test_a_figure_on_the_wrong_side_fails_and_is_named(change: dict[str, Any], said: str, tmp_path: Path) -> None:
    done = gate(GOOD | change, tmp_path)
    assert done.returncode == 1
    assert said in done.stdout


@pytest.mark.parametrize("benchmark", ["text", "hostile"])
def test_a_benchmark_that_gave_no_figure_fails(benchmark: str, tmp_path: Path) -> None:
    done = gate({name: row for name, row in GOOD.items() if name != benchmark}, tmp_path)
    assert done.returncode == 1
    assert f"{benchmark}." in done.stdout


def test_the_floors_hold_every_benchmark_and_no_timing() -> None:
    floors = tomllib.loads((ROOT / ".ci" / "floors.toml").read_text("utf-8"))
    assert set(floors["least"]) | set(floors["most"]) == {"text", "body", "fields", "dateline", "encoding", "hostile"}
    assert not [key for side in floors.values() for bounds in side.values() for key in bounds if key.startswith("ms")]
    assert {"crash", "leak", "raw_error"} <= {key for key, bound in floors["most"]["hostile"].items() if bound == 0}
