"""``clean``: arguments, limits, languages, the caller's own phrases."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from cleanarticle import InputError, clean, pipeline

STORY = (
    "Last ferry to sail on Friday\n\n"
    "The harbour board said on Monday that the last ferry to the islands will sail on Friday, ending a service that began in 1911.\n\n"
    "Passenger numbers fell by half after the bridge opened two years ago, according to the board’s report for the year.\n\n"
    "“Nobody wanted to be the one to sign this,” said Ingrid Solberg, who has chaired the board since the spring.\n"
)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def paragraphs_of(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n\n"))


@pytest.mark.parametrize("quotes", ["curly", "", None])
def test_unknown_quotes_are_a_value_error(quotes: Any) -> None:
    with pytest.raises(ValueError, match="quotes"):
        clean(STORY, quotes=quotes)


@pytest.mark.parametrize("data", [b"x" * 11, "x" * 11], ids=["bytes", "str"])
def test_a_document_over_the_limit_is_an_input_error_that_says_what_to_do(data: bytes | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "LARGEST", 10)
    with pytest.raises(InputError, match=r"11 bytes.*split"):
        clean(data)
    clean(data[:10])


def test_binary_data_is_an_input_error() -> None:
    with pytest.raises(InputError):
        clean(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)


def test_more_blocks_than_the_limit_are_cut_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = clean(STORY)
    monkeypatch.setattr(pipeline, "MOST_BLOCKS", 3)
    cut = clean(STORY)
    assert "truncated" not in whole.warnings
    assert "truncated" in cut.warnings
    assert len(cut.blocks) == 3


@pytest.mark.parametrize(
    ("data", "warnings"),
    [(STORY, ()), ("", ("no-body", "no-headline")), ("Share", ("no-body", "no-headline")), (STORY.split("\n\n", 1)[1], ("no-headline",))],
    ids=["whole", "nothing", "chrome", "no headline"],
)
def test_what_is_missing_is_a_warning(data: str, warnings: tuple[str, ...]) -> None:
    assert set(warnings) <= set(clean(data).warnings)
    assert set(clean(data).warnings) & {"no-body", "no-headline"} == set(warnings)


def test_the_url_given_beats_the_pages_own_and_the_pages_own_beats_none() -> None:
    html = page(paragraphs_of(STORY), '<link rel="canonical" href="https://courier.example/a">')
    assert clean(html).url == "https://courier.example/a"
    assert clean(html, url="https://courier.example/b").url == "https://courier.example/b"
    assert clean(STORY).url is None


@pytest.mark.parametrize(("given", "found"), [("nl", "nl"), ("en-GB", "en"), (None, "en")])
def test_the_language_given_beats_the_one_found(given: str | None, found: str) -> None:
    assert clean(STORY, language=given).language == found


def test_a_language_that_is_none_is_found_out() -> None:
    assert clean(STORY, language="klingon").language == "en"


def test_the_language_of_a_page_is_read_from_its_text_and_not_from_its_claim() -> None:
    assert clean(page(paragraphs_of(STORY)).replace("<html>", '<html lang="de">')).language == "en"
    assert clean(page("<p>2 + 2</p>").replace("<html>", '<html lang="de">')).language == "de"


@pytest.mark.parametrize(("quotes", "mark"), [("keep", "“Nobody"), ("straight", '"Nobody')])
def test_quotes_are_kept_or_straightened(quotes: str, mark: str) -> None:
    assert mark in clean(STORY, quotes=quotes).body


@pytest.mark.parametrize("data", [STORY, page(paragraphs_of(STORY))], ids=["text", "page"])
def test_the_callers_own_phrase_removes_its_line_and_no_other(data: str) -> None:
    own = {"chrome": {"ferry": {"start": ["passenger numbers"]}}}
    plain, without = clean(data), clean(data, phrases=own)
    assert [p for p in plain.body.split("\n\n") if not p.startswith("Passenger")] == without.body.split("\n\n")
    assert "Passenger numbers" in plain.body
    (gone,) = [block for block in without.blocks if block.text.startswith("Passenger")]
    assert (gone.kind, gone.kept) == ("chrome", False)
    assert "ferry" in gone.reason
    assert clean(data) == plain, "the phrases of one call are not those of the next"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (STORY, False),
        (page(paragraphs_of(STORY)), True),
        (paragraphs_of(STORY), True),
        (STORY + "\nIf a < b and b > c, the <p> tag closes.", False),
    ],
    ids=["text", "page", "fragment", "text that speaks of tags"],
)
def test_a_page_and_a_text_are_told_apart_by_looking(text: str, html: bool) -> None:
    assert all((block.path is not None) == html for block in clean(text).blocks)


def test_a_page_and_its_text_give_the_same_body() -> None:
    assert clean(page(paragraphs_of(STORY))).body == clean(STORY).body


def test_bytes_tell_their_charset_and_text_has_none() -> None:
    assert clean(STORY.encode("utf-8")).encoding is not None
    assert clean(STORY).encoding is None


HEAVY = ("trafilatura", "lxml", "ftfy", "charset_normalizer", "dateutil", "dateparser", "chardet")


def test_plain_text_imports_nothing_heavy() -> None:
    code = f"import sys; from cleanarticle import clean; assert clean({STORY!r}).body; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []
