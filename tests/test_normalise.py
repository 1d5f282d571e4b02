import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanarticle.normalise import join_lines, normalise, split_lines

TABLE = tomllib.loads(Path(__file__).with_name("tables").joinpath("normalise.toml").read_text("utf-8"))
CHANGED = [(topic, before, after) for topic, rows in TABLE["changed"].items() for before, after in rows]
KEPT = [(topic, text) for topic, texts in TABLE["kept"].items() for text in texts]


@pytest.mark.parametrize(("topic", "before", "after"), CHANGED)
def test_what_is_not_text_goes(topic, before, after):
    assert normalise(before) == after


@pytest.mark.parametrize(("topic", "text"), KEPT)
def test_what_was_written_stays(topic, text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“Yes,” she said. ‘No.’", "\"Yes,\" she said. 'No.'"),
        ("„Ja“, l’été", '"Ja", l\'été'),
        ("« oui »", "« oui »"),
        ("Hawaiʻi 5′", "Hawaiʻi 5′"),
    ],
)
def test_quotes_are_straightened_on_demand_only(before, after):
    assert normalise(before) == before
    assert normalise(before, quotes="straight") == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Really ? Yes !", "Really? Yes!"),
        ("fr", "Vraiment ? Oui !", "Vraiment ? Oui !"),
        (None, "Vraiment ? Oui !", "Vraiment ? Oui !"),
        ("en", "« Vraiment ? »", "« Vraiment ? »"),
        ("en", "The ?a=1 query and !important", "The ?a=1 query and !important"),
    ],
)
def test_only_a_language_that_sets_marks_close_loses_the_space_before_them(language, before, after):
    assert normalise(before, language=language) == after


ODD = (
    "&;#x3amplt10 ,.()!?`'\u200b\u200c\u200d\u00ad\x85\x92\x1b[31m\u2028\u0640\u0645\u200f\u0301e\u212b\ufb01Ａ２2ｶﾞ\u0915\u094d"
    '\U0001f3f4\U000e0067\U000e007f\u037e\u1fef\ud800\udc00\ufe70\ufefb\ufffe:-"\u3000\u2010ﾀ\u0338<\u180e\u1820'
)
PIECES = ["&amp;", "amp;", "&#38;", "&#x200d;", "&nbsp;", "``", "''", " . .", " ,", "( ", " )", " ?", "\u200d", "&#65;"]
ANY_TEXT = st.one_of(
    st.text(st.characters()), st.text(ODD), st.lists(st.one_of(st.sampled_from(PIECES), st.text(ODD, max_size=3))).map("".join)
)


@given(ANY_TEXT, st.sampled_from(["keep", "straight"]), st.sampled_from([None, "fr", "en"]))
@example("````x''''", "keep", None)
@example("``0'\x91", "straight", None)
@example("\u180e\u200c", "keep", None)
@example("&amp;amp;quot;", "keep", None)
@example("&am\u200bp;", "keep", None)
def test_normalising_twice_changes_nothing_more(text, quotes, language):
    once = normalise(text, quotes=quotes, language=language)
    assert normalise(once, quotes=quotes, language=language) == once
    assert once.encode().decode() == once
    assert once == " ".join(once.split())


def test_characters_that_need_no_look_are_those_that_never_change():
    from cleanarticle import normalise as module

    usual = [chr(code) for code in range(0x110000) if module._unusual().match(chr(code)) is None and chr(code) not in " ,.)("]
    assert len(usual) > 30_000
    changed = [ascii(c) for c in usual if module._punctuation(module._characters(f"a{c}b {c}\u0645{c}")) != f"a{c}b {c}\u0645{c}"]
    assert changed == []


# ------------------------------------------------------------------ lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\r\n\r\ntwo\r", ["one", "", "two", ""]),
        ("one\u2029two", ["one", "", "two"]),
        ("one\u2029two\n", ["one", "", "two", ""]),
        ("head\nform\x0cfeed, next\x85line, line\u2028line, a\x0btab", ["head", "form\x0cfeed, next\x85line, line\u2028line, a\x0btab"]),
        ("head\none\x0b\x0btwo", ["head", "one", "", "two"]),
        ("one\x85two\x85\x85three", ["one", "two", "", "three"]),
        ("", [""]),
    ],
)
def test_lines_end_where_a_reader_sees_them_end(text, lines):
    assert [text[start:end] for start, end in split_lines(text)] == lines


@given(ANY_TEXT)
def test_split_lines_leaves_out_nothing_but_line_ends(text):
    last = 0
    for start, end in split_lines(text):
        assert last <= start <= end
        assert text[last:start].strip() == ""
        last = end
    assert text[last:].strip() == ""


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the govern-", "ment said"], "the government said"),
        (["die Regie-", "rung sagte"], "die Regierung sagte"),
        (["Jean-", "Paul Sartre"], "Jean-Paul Sartre"),
        (["in 2019-", "2020"], "in 2019-2020"),
        (["COVID-", "19"], "COVID-19"),
        (["an X-", "ray"], "an X-ray"),
        (["Vor-", "und Nachteile"], "Vor- und Nachteile"),
        (["Vor- und", "Nachteile"], "Vor- und Nachteile"),
        (["he paused --", "then left"], "he paused -- then left"),
        (["a dash -", "here"], "a dash - here"),
        (["the govern\u00ad", "ment"], "the government"),
        (["said the  ", "  mayor of"], "said the mayor of"),
        (["国务院发言人", "表示"], "国务院发言人表示"),
        (["정부는", "화요일"], "정부는 화요일"),
        (["", "one", " ", "two"], "one two"),
        ([], ""),
    ],
)
def test_hard_wrapped_lines_are_joined(lines, joined):
    assert join_lines(lines) == joined


# ------------------------------------------------------------------ cost


@pytest.mark.parametrize(
    "unit",
    [
        "a\u0301\u0316",
        "\u0301\u0316",
        "&amp;",
        "&",
        "amp;",
        "&#38;",
        "``a",
        "``",
        "''",
        " ,",
        "( ",
        ". ",
        "\x1b[",
        "\x1b]",
        "\u200d",
        "ـ",
        "ｶﾞ",
        "０",
        "\ud800",
        "\U0001f3f4\U000e0067",
    ],
)
def test_hostile_paragraphs_stay_cheap(unit):
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    normalise(text)
    assert time.process_time() - began < 3  # CPU seconds


def test_hostile_lines_stay_cheap():
    began = time.process_time()
    join_lines(["a-"] * 30_000)
    split_lines("\x0b \x0b\n" * 50_000)
    assert time.process_time() - began < 3  # CPU seconds
