"""The JSON Schema of the record, and the records it must and must not let through."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleanarticle import Article, Block, Dateline, Kind, clean
from cleanarticle.model import SCHEMA
from cleanarticle.schema import FILE, main, schema

ROOT = Path(__file__).resolve().parents[1]
INPUTS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "fixtures").rglob("input.*")])
VALIDATOR = Draft202012Validator(schema())
FULL = Article(
    url="https://courier.example/a",
    language="en",
    headline="Pier to stay shut",
    byline="By Jane Doe",
    authors=("Jane Doe",),
    dateline=Dateline("HARWICH, May 3 (Courier)", "HARWICH", "--05-03", "Courier"),
    published="2024-05-03T10:00:00+02:00",
    body="The pier will stay shut.",
    confidence=0.5,
    warnings=("truncated",),
    blocks=(Block("Share", Kind.CHROME, kept=False, reason="lexicon: share", start=0, end=5),),
).to_dict(audit=True)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("audit", [False, True])
@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_fixtures_record_is_valid(path: Path, audit: bool) -> None:
    VALIDATOR.validate(clean(path.read_bytes()).to_dict(audit=audit))


@pytest.mark.parametrize("data", ["", "Share", "<p>", b"\xef\xbb\xbf", "\ud800", "a" * 5000], ids=repr)
def test_records_of_odd_inputs_are_valid(data: bytes | str) -> None:
    VALIDATOR.validate(clean(data).to_dict(audit=True))


def test_the_schema_has_every_key_of_the_record_in_its_order() -> None:
    assert schema()["required"] == list(Article().to_dict())
    assert list(schema()["properties"]) == [*Article().to_dict(audit=True), "id", "meta"]
    assert list(schema()["$defs"]["block"]["properties"]) == list(Block("").to_dict())
    assert schema()["$defs"]["block"]["properties"]["kind"]["enum"] == [str(kind) for kind in Kind]
    assert schema()["properties"]["schema"]["const"] == SCHEMA


def test_a_full_record_is_valid() -> None:
    VALIDATOR.validate(FULL)


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in FULL.items() if name != key}


@pytest.mark.parametrize(
    "record",
    [
        _without("body"),
        _without("fingerprint"),
        _without("blocks"),
        FULL | {"schema": "cleanarticle/2"},
        FULL | {"language": "English"},
        FULL | {"headline": ""},
        FULL | {"authors": "Jane Doe"},
        FULL | {"published": "3 May 2024"},
        FULL | {"dateline": {"text": "HARWICH"}},
        FULL | {"dateline": FULL["dateline"] | {"date": "May 3"}},
        FULL | {"confidence": 1.5},
        FULL | {"warnings": ["No headline"]},
        FULL | {"fingerprint": "abc"},
        FULL | {"title": "Pier"},
        FULL | {"blocks": [{"kind": "noise"}]},
    ],
    ids=range(15),
)
def test_what_is_no_record_is_not_valid(record: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(record)


def test_a_row_of_a_corpus_is_valid() -> None:
    VALIDATOR.validate({"id": "a.html", **Article().to_dict(), "meta": {"day": 3}})


def test_the_command_prints_the_file() -> None:
    done = subprocess.run([sys.executable, "-m", "cleanarticle", "schema"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == FILE.read_bytes()
    assert json.loads(done.stdout) == schema()


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    assert main(["-o", str(tmp_path / "record.schema.json")]) == 0
    assert (tmp_path / "record.schema.json").read_bytes() == FILE.read_bytes()


@pytest.mark.parametrize("argv", [["--no-such"], ["surplus"], ["-o", "/no/such/folder/x"]])
def test_wrong_use_is_one_line_and_exit_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert said.startswith("cleanarticle schema: ")
    assert said.count("\n") == 1
