"""Copies of one text among many records."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from cleanarticle import clean
from cleanarticle.dedup import RULERS, Entries, Entry, entry_of, groups, main, most_complete, sketch_of
from cleanarticle.fingerprint import ALIKE, DIGITS, agreement, sketch

ROOT = Path(__file__).resolve().parents[1]
SEEDS = [clean(path.read_bytes()).to_dict() for path in sorted((ROOT / "seeds").glob("*.txt"))]


def a_sketch(source: random.Random) -> str:
    return f"{source.getrandbits(128):032x}"


def a_copy(one: str, places: int, source: random.Random) -> str:
    """Return a sketch that agrees with another in so many places."""
    same = set(source.sample(range(DIGITS), places))
    return "".join(digit if place in same else f"{(int(digit, 16) + source.randrange(1, 16)) % 16:x}" for place, digit in enumerate(one))


def test_seeds_001_and_002_are_one_story_and_the_others_are_not() -> None:
    assert groups([record["fingerprint"] for record in SEEDS]) == [0, 1, 1, 3, 4]


@pytest.mark.parametrize(("places", "least"), [(32, 1.0), (26, 0.99), (23, 0.98), (20, 0.9)])
def test_the_index_finds_copies(places: int, least: float) -> None:
    source = random.Random(places)
    ones = [a_sketch(source) for _ in range(1000)]
    found = groups(ones + [a_copy(one, places, source) for one in ones])
    assert sum(found[index] == found[index + 1000] for index in range(1000)) >= least * 1000


def test_what_agrees_in_fewer_places_is_never_joined() -> None:
    source = random.Random(7)
    ones = [a_sketch(source) for _ in range(1000)]
    sketches = ones + [a_copy(one, ALIKE - 1, source) for one in ones]
    for index, first in enumerate(groups(sketches)):
        assert first == index or any(agreement(sketches[index], other) >= ALIKE for at, other in enumerate(sketches) if at != index)
    assert groups(sketches) == list(range(2000))


def test_the_order_of_the_records_does_not_change_who_belongs_together() -> None:
    source = random.Random(3)
    sketches = [a_copy(one, 25, source) for one in [a_sketch(source) for _ in range(20)] for _ in range(5)]
    order = list(range(len(sketches)))
    source.shuffle(order)

    def pairs(found: list[int], names: list[int]) -> set[frozenset[int]]:
        return {frozenset((names[i], names[j])) for i, j in combinations(range(len(found)), 2) if found[i] == found[j]}

    shuffled = groups([sketches[index] for index in order])
    assert pairs(groups(sketches), list(range(len(sketches)))) == pairs(shuffled, order)


def test_records_without_a_body_stay_alone() -> None:
    assert groups([None, None, "0" * DIGITS, None]) == [0, 1, 2, 3]


def test_a_thousand_copies_are_one_group() -> None:
    source = random.Random(5)
    one = a_sketch(source)
    assert set(groups([a_copy(one, 28, source) for _ in range(1000)])) == {0}


@pytest.mark.parametrize("ruler", RULERS, ids=str)
def test_two_keys_of_a_ruler_share_at_most_one_place(ruler: tuple[int, ...]) -> None:
    keys = [{(start + place) % DIGITS for place in ruler} for start in range(DIGITS)]
    assert all(len(one & other) <= 1 for one, other in combinations(keys, 2))


COMPLETE = {
    "a body cut in half loses": ([Entry(1, 200, 9, 1.0), Entry(2, 400, 1, 0.1)], 2),
    "of bodies nearly as long the one with more fields wins": ([Entry(1, 400, 2, 1.0), Entry(2, 390, 5, 0.5)], 2),
    "then the surer one": ([Entry(1, 400, 5, 0.5), Entry(2, 400, 5, 0.9)], 2),
    "then the longer one": ([Entry(1, 399, 5, 0.9), Entry(2, 400, 5, 0.9)], 2),
    "then the first": ([Entry(1, 400, 5, 0.9), Entry(2, 400, 5, 0.9)], 1),
}


@pytest.mark.parametrize(("entries", "line"), COMPLETE.values(), ids=COMPLETE)
def test_the_most_complete_record(entries: list[Entry], line: int) -> None:
    assert most_complete(entries).line == line
    assert most_complete(entries[::-1]).line == line


@pytest.mark.parametrize(
    "record", [{}, {"body": None}, {"body": 3, "confidence": "high", "fingerprint": 7}, {"confidence": 10**400}, {"error": {}}]
)
def test_rows_that_are_no_records_do_no_harm(record: dict[str, object]) -> None:
    assert entry_of(1, record) == Entry(1, 0, 0, 0.0)
    assert sketch_of(record) is None


@pytest.mark.parametrize("fingerprint", [None, "", "zz" * 16, "12", "1_" * 16, " 1" * 16, "١" * 32, "A" * 32])
def test_a_missing_fingerprint_is_made_from_the_body(fingerprint: str | None) -> None:
    assert sketch_of({"body": "The pier will stay shut.", "fingerprint": fingerprint}) == sketch("The pier will stay shut.")


def test_entries_in_columns_are_the_entries_put_in() -> None:
    entries = Entries()
    put = [Entry(line, 3 * line, line % 7, line / 9) for line in range(1, 50)]
    for entry in put:
        entries.append(entry)
    assert list(entries) == put


def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps({"id": f"s{n}", **record}) + "\n" for n, record in enumerate(SEEDS)) + "\n", "utf-8")
    return path


def test_the_command_prints_a_line_a_group(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cleanarticle", "dedup"]
    done = subprocess.run([*command, records(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "cleanarticle dedup: 5 records, 1 group, 1 lesser copy\n")
    row = json.loads(done.stdout)
    assert row == {"keep": row["keep"], "lines": [2, 3], "ids": ["s1", "s2"]}
    assert row["keep"] in (2, 3)
    piped = subprocess.run([*command, "-"], input=records(tmp_path).read_text("utf-8"), capture_output=True, text=True, check=False)
    assert piped.stdout == done.stdout


def test_unique_copies_the_other_records_byte_for_byte(tmp_path: Path) -> None:
    path, out = records(tmp_path), tmp_path / "unique.jsonl"
    assert main(["--unique", str(path), "-o", str(out)]) == 0
    before, after = path.read_bytes().splitlines(), out.read_bytes().splitlines()
    assert len(after) == 4
    assert [line for line in before if line in after] == after
    assert {json.loads(line)["id"] for line in after} > {"s0", "s3", "s4"}


@pytest.mark.parametrize("argv", [[], ["no-such.jsonl"], ["--unique", "-"], ["--every", "x"]])
def test_wrong_use_is_one_line_and_exit_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_unique_does_not_write_over_the_records_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, link = records(tmp_path), tmp_path / "link.jsonl"
    link.symlink_to(path)
    before = path.read_bytes()
    for output in (path, link):
        assert main(["--unique", str(path), "-o", str(output)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", ["{", "[]", "3", "[" * 200_000], ids=["open", "list", "number", "deep"])
def test_a_line_that_is_no_record_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.jsonl").write_text(f'{{"body": "a"}}\n{line}\n', "utf-8")
    assert main([str(tmp_path / "r.jsonl")]) == 2
    assert "r.jsonl:2: is no JSON" in capsys.readouterr().err
