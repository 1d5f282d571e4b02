import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.language import code_of, detect

PROSE = tomllib.loads((Path(__file__).parent / "tables" / "prose.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(PROSE))
def test_three_sentences_tell_the_language(language):
    assert detect("\n".join(PROSE[language])) == language


@pytest.mark.parametrize("language", sorted(PROSE))
def test_one_sentence_tells_the_language_or_nothing(language):
    assert {detect(text) for text in PROSE[language]} <= {language, None}


@pytest.mark.parametrize(
    "text", ["", "   ", "2024-12-03", "OK", "\ud800" * 40, "https://example.org/a/b?c=1", "Aleppo Damascus Beirut Mosul"]
)
def test_what_holds_no_words_of_a_language_is_none(text):
    assert detect(text) is None


def test_a_text_half_in_one_language_and_half_in_its_neighbour_is_not_guessed():
    assert detect("\n".join(PROSE["no"] + PROSE["da"])) is None


@given(st.text(max_size=400))
def test_any_text_is_taken_and_gives_the_same_answer_twice(text):
    assert detect(text) == detect(text)


def test_a_long_text_costs_no_more_than_a_short_one():
    text = "\n".join(PROSE["en"]) * 2000
    started = time.process_time()
    for _ in range(20):
        assert detect(text) == "en"
    assert time.process_time() - started < 0.2  # seconds of CPU


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("en-US", "en"), ("pt_BR", "pt"), ("deu", "de"), ("zh-Hans-CN", "zh"), (" FR ", "fr"), ("nb-NO", "no"), ("en_US.UTF-8", "en"),
        ("iw", "he"), ("English", None), ("xx", None), ("", None), ("en, fr", None), (None, None), (3, None), ("e" * 10_000, None),
    ],
)  # fmt: skip
def test_a_claimed_language_is_read_as_its_code(claim, code):
    assert code_of(claim) == code
