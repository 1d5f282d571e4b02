"""Fold, read a phrase file, look a block up. What the phrases themselves promise stands in test_lexicons.py."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cleanarticle.lexicon import FOLDER, SHORT, Lexicon, fold, languages, lexicons_for, load, read_tables


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Share", "share"),
        ("  • Print Friendly, PDF & Email", "print friendly, pdf & email"),
        ("Read more: 3,120 Comments »", "read more: # comments"),
        ("You’ll love “this”", "you'll love \"this"),
        ("ÜBER UNS", "über uns"),
        ("Straße", "strasse"),
        ("U\u0308ber uns", "über uns"),
        ("a\u00a0b\t c", "a b c"),
        ("12:45", "#"),
        ("1 2", "# #"),
        ("المزيد؟", "المزيد"),
        ("【相关新闻】", "相关新闻"),
        ("...", ""),
        ("", ""),
    ],
)
def test_fold_rewrites_a_text_to_compare_it(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Share", "Read more: 3,120 Comments »", "Straße", "【相关新闻】", "İstanbul"])
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("one", "other"), [("Resign", "Re-sign"), ("Share", "Shared"), ("Nr. 5", "Nr."), ("résumé", "resume")])
def test_fold_keeps_apart_what_differs(one: str, other: str) -> None:
    assert fold(one) != fold(other)


TABLES: dict[str, Any] = {
    "chrome": {
        "share": {"whole": ["share"], "start": ["share on"], "inside": ["share this"]},
        "related": {"start": ["read more:", "更多"], "inside": ["相关"]},
    },
    "caption": {"start": ["photo:"]},
    "credit": {"whole": ["reuters"]},
    "byline": {"lead": ["by", "written by"]},
}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Share", ("chrome", "share", "share", "whole")),
        ("• Share", ("chrome", "share", "share", "whole")),
        ("Share on Facebook", ("chrome", "share", "share on", "start")),
        ("Share on", ("chrome", "share", "share on", "start")),
        ("Please share this page", ("chrome", "share", "share this", "inside")),
        ("Read more: ferry to stop", ("chrome", "related", "read more:", "start")),
        ("更多新闻", ("chrome", "related", "更多", "start")),
        ("点击查看相关内容", ("chrome", "related", "相关", "inside")),
        ("Photo: Jens Aas", ("caption", "caption", "photo:", "start")),
        ("(Reuters)", ("credit", "credit", "reuters", "whole")),
    ],
)
def test_a_phrase_finds_its_block(text: str, hit: tuple[str, str, str, str]) -> None:
    assert Lexicon("xx", TABLES).find(fold(text)) == hit


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell on Monday",
        "Share only what you know",
        "Sharon shares",
        "Read more",
        "Share one",
        "The photo: a success",
        "Reuters reported",
        "By Jane Doe",
        "written by hand",
        "A ploughshare this old",
        "Nobody should share this story with the children of the village before noon, she said.",
        "",
    ],
)
def test_prose_that_looks_like_a_phrase_finds_none(text: str) -> None:
    hit = Lexicon("xx", TABLES).find(fold(text))
    assert hit is None, hit


def test_inside_speaks_for_short_blocks_alone() -> None:
    lexicon = Lexicon("xx", TABLES)
    short = "share this".rjust(SHORT - 1, "x").replace("xs", "x s")
    assert len(short) in (SHORT - 1, SHORT)
    assert lexicon.find("x " * 20 + "share this") is not None
    assert lexicon.find("x " * 26 + "share this") is None


def test_the_words_of_a_plain_table_are_given_and_missing_ones_are_none() -> None:
    lexicon = Lexicon("xx", TABLES)
    assert lexicon.words("byline", "lead") == ("by", "written by")
    assert lexicon.words("byline", "end") == ()
    assert lexicon.words("source", "lead") == ()


@pytest.mark.parametrize(
    "text",
    [
        '[chrome.share]\nwhole = [\n  "share",  # as printed\n  "tweet",\n]\n',
        "[chrome.share]\nwhole = ['share']\nstart = []\n[byline]\nlead = [\"by\"]\n",
        '[a]\nx = ["it\'s", \'say "so"\', "a # b", "a [b]"]\n',
        "# nothing but a comment\n",
        "",
        '[a]\nx = ["tab\\t", "u\\u00e9"]\n',
        "[a]\nx = [1, 2]\n",
        'a = "b"\n',
        "[a]\nx = true\n",
        '[a]\nx = [["nested"]]\n',
        '[a]\nx = """long\nstring"""\n',
        '[a]\n"quoted key" = ["x"]\n',
        'x = [{y = "z"}]\n',
    ],
)
def test_a_phrase_file_reads_as_toml_reads_it(text: str) -> None:
    assert read_tables(text) == tomllib.loads(text)


@pytest.mark.parametrize("text", ["[a\n", '[a]\nx = ["y"\n', "x = [y]\n", '[a]\nx = ["y"]\nx = ["z"]\n', "]\n", '"stray"\n'])
def test_what_is_no_toml_is_an_error_with_the_line(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_tables(text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("??.toml")), ids=lambda path: path.name)
def test_each_phrase_file_reads_as_toml_reads_it(path: Any) -> None:
    assert read_tables(path.read_text("utf-8")) == tomllib.loads(path.read_text("utf-8"))


def test_a_language_without_a_file_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        load("xx")


def test_the_lexicons_to_ask_are_the_callers_the_languages_and_english() -> None:
    own = Lexicon("own", TABLES)
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "tr", "ru", "ar", "zh"} <= languages()
    assert [lexicon.language for lexicon in lexicons_for("de", own)] == ["own", "de", "en"]
    assert [lexicon.language for lexicon in lexicons_for("en")] == ["en"]
    assert [lexicon.language for lexicon in lexicons_for("xx")] == ["en"]
    assert [lexicon.language for lexicon in lexicons_for(None)] == ["en"]
    assert lexicons_for("de")[0] is load("de"), "read once"
