"""Sketches of bodies: copies of one text agree, other texts do not."""

from __future__ import annotations

import random
import re
import unicodedata
import zlib
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from cleanarticle import Article, clean
from cleanarticle.fingerprint import ALIKE, DIGITS, UNSPACED, agreement, alike, sketch

ROOT = Path(__file__).resolve().parents[1]
SEEDS = {path.name[:3]: clean(path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))}

PINNED = {
    "The pier will stay shut.": "bbbbbbbbbbbb9999aaaaadddddbbbbbb",
    "Pier": "dddddddddddddddddddddddddddddddd",
    "Der Pier bleibt „geschlossen“, Straße gesperrt.": "777777fffffffff222aaaaaaaaa77777",
    "码头将保持关闭状态，港务局周一表示。": "6666666666666611111555555533cc88",
    "Причал останется закрытым": "33333333339999999999993333333333",
}
"""Bodies and their sketches: a schema's sketches never change."""


@pytest.mark.parametrize(("body", "expected"), PINNED.items())
def test_a_sketch_is_the_same_in_every_version_of_the_schema(body: str, expected: str) -> None:
    assert sketch(body) == expected


def by_the_description(words: list[str]) -> str:
    """Make a sketch as the module's description says, step by step."""
    shingles = {f"{one}\n{two}\n" for one, two in pairwise(words)}
    bins: dict[int, int] = {}
    for shingle in shingles:
        value = zlib.crc32(shingle.encode()) * 0x9E3779B1 % 2**32
        bin, value = value // 2**27, value % 2**27
        bins[bin] = min(value, bins.get(bin, value))
    full = [next(bins[(bin + step) % 32] for step in range(32) if (bin + step) % 32 in bins) for bin in range(32)]
    return "".join(f"{value % 16:x}" for value in full)


@pytest.mark.parametrize("length", [2, 3, 10, 50, 1000])
def test_a_sketch_can_be_made_again_from_its_description(length: int) -> None:
    words = [f"w{random.Random(length * i).randrange(300)}" for i in range(length)]
    assert sketch(" ".join(words)) == by_the_description(words)


ODD = "abcdefghijklmnop ABC é_ß0²½ıİſK.,-–“”\n\r\t\x0b\x1c\x85\u2028\u00a0語の漢ไทยกာ\ud800مرحبا़ा١Ⅷ㍿ﬁ" + "".join(
    map(chr, range(0x2190, 0x21D0))
)


@pytest.mark.parametrize("length", [3, 30, 300, 3000, 30_000])
@pytest.mark.parametrize("kinds", [20, 36, 54, 90, len(ODD)])
def test_words_are_what_the_description_calls_words(length: int, kinds: int) -> None:
    """However they are found: few signs and many, scripts with and without spaces, short bodies and long ones."""
    for seed in range(10):
        body = "".join(random.Random(seed).choices(ODD[:kinds], k=length))
        folded = unicodedata.normalize("NFKC", body).casefold()
        words = re.findall(rf"[^\W{UNSPACED}]+|(?=\w)[{UNSPACED}]{{1,2}}", folded)
        assert sketch(body) == (by_the_description(words if len(words) > 1 else words * 2) if words else None)


def test_words_of_unspaced_scripts_are_cut_into_twos() -> None:
    assert sketch("码头将保持关闭，港务局GDP增长。") == by_the_description(["码头", "将保", "持关", "闭", "港务", "局", "gdp", "增长"])


@pytest.mark.parametrize("body", ["", " \n\n ", "… — !"])
def test_a_body_without_a_word_has_none(body: str) -> None:
    assert sketch(body) is None
    assert Article(body=body).fingerprint is None


@pytest.mark.parametrize(
    "other",
    [
        "“THE pier”, it said –\n\nwill stay shut until spring",
        unicodedata.normalize("NFD", "The pier, it said, will stay shut until spring"),
        "The  pier;it said:will stay shut until\u00a0spring!",
    ],
)
def test_case_punctuation_spaces_and_composition_do_not_count(other: str) -> None:
    assert sketch(other) == sketch("The pier, it said, will stay shut until spring.")


def test_one_wire_story_in_two_houses_dress_is_alike_and_others_are_not() -> None:
    pairs = {(one, two) for one, two in combinations(SEEDS, 2) if alike(SEEDS[one].fingerprint, SEEDS[two].fingerprint)}
    assert pairs == {("001", "002")}


def test_the_record_has_it_behind_the_warnings() -> None:
    record = SEEDS["004"].to_dict()
    assert list(record)[-2:] == ["warnings", "fingerprint"]
    assert record["fingerprint"] == sketch(SEEDS["004"].body)


def story(seed: int, length: int) -> list[str]:
    """Return words as prose has them: few that are frequent, many that are rare (Zipf, the most frequent one in sixteen)."""
    source = random.Random(seed)
    return [f"w{int(15 * source.paretovariate(0.9)) % 30_000}" for _ in range(length)]


def changed(words: list[str], share: float, seed: int) -> list[str]:
    source = random.Random(seed)
    out = list(words)
    for index in source.sample(range(len(out)), int(len(out) * share)):
        out[index] = f"x{source.randrange(10_000)}"
    return out


@pytest.mark.parametrize("length", [100, 400, 1500])
def test_copies_with_a_tenth_of_their_words_changed_are_alike(length: int) -> None:
    stories = [story(seed, length) for seed in range(200)]
    found = sum(alike(sketch(" ".join(words)), sketch(" ".join(changed(words, 0.1, seed)))) for seed, words in enumerate(stories))
    assert found >= 0.98 * len(stories)


def test_other_stories_of_one_event_are_not_alike() -> None:
    """A fifth of the words, quoted from the same statement, is not the same story."""
    found = 0
    for seed in range(300):
        shared = story(seed, 80)
        one, other = shared + story(seed + 1000, 320), story(seed + 2000, 320) + shared
        found += alike(sketch(" ".join(one)), sketch(" ".join(other)))
    assert found == 0


def test_agreement_counts_equal_places() -> None:
    assert agreement("0" * DIGITS, "0" * DIGITS) == DIGITS
    assert agreement("0" * 31 + "1", "1" * 31 + "1") == 1
    assert not alike("0" * ALIKE + "1" * ALIKE, "0" * (ALIKE - 1) + "2" * (ALIKE + 1))
    assert alike("0" * ALIKE + "1" * ALIKE, "0" * ALIKE + "2" * ALIKE)
    assert not alike(None, None), "two records without a body are no copies"
