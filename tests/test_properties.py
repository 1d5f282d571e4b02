"""What holds for any input."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanarticle import Article, InputError, clean
from cleanarticle.decode import repair
from cleanarticle.model import BODY_KINDS
from cleanarticle.normalise import normalise
from cleanarticle.render import to_text

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "fixtures").rglob("input.txt"))
INPUTS = TEXTS + sorted((ROOT / "fixtures").rglob("input.html"))

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(QUICK, max_examples=600)


def name_of(path: Path) -> str:
    return path.stem if path.parent.name == "seeds" else path.parent.name


def squeezed(text: str) -> str:
    """The characters without white space and controls: what a reader may not lose."""
    return "".join(char for char in text if not char.isspace() and category(char) != "Cc")


def record(article: Article) -> dict[str, Any]:
    """The record but for the confidence, which any line moves."""
    return {key: value for key, value in article.to_dict().items() if key != "confidence"}


# -------------------------------------------------------------------------------------------------- generated inputs

SENTENCES = (
    "The harbour board said on Monday that the last ferry to the outer islands will sail on Friday.",
    "“Nobody wanted to be the one to sign this,” said Ingrid Solberg, who chairs the board.",
    "Der Stadtrat hat am Dienstagabend beschlossen, das Hallenbad nicht zu sanieren, sondern abzureißen.",
    "La región y la compañía ferroviaria firmaron el miércoles el convenio que prevé seis paradas al día.",
    "Les travaux, estimés à 3,2 millions d’euros, ont commencé au printemps : un quai a été prolongé.",
    "Работы продолжались пять лет, общая стоимость проекта составила 78 млн рублей.",
    "وقالت مديرة المكتبة إن المبنى الذي شيد عام 1932 كان مهددا بالانهيار.",
    "据介绍，该桥自2020年开工以来克服了江面宽、水流急等困难，施工期间没有发生安全事故。",
)
LINES = (
    "Ferry to stop after 113 years",
    "By Tove Lindqvist",
    "4 March 2024, 9:30 am",
    "LINDHAVEN, March 4 (Reuters) - The last ferry will sail on Friday, the harbour board said on Monday.",
    "Share",
    "Read more",
    "Advertisement",
    "• Send to Kindle",
    "(Reporting by Elena Sarkis; Editing by Tom Whitcombe)",
    "© 2024 The Lindhaven Courier. All rights reserved.",
    "Das könnte Sie auch interessieren",
    "Partager l’article",
    "相关新闻",
    "A petition",
    "1. First",
    "- - -",
    "…",
)
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
lines = st.one_of(
    paragraphs, st.sampled_from(LINES), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<"), max_size=30)
)
gaps = st.sampled_from(["\n", "\n\n", "\n \n", "\r\n", "\n\n\n"])
texts = st.lists(st.tuples(lines, gaps), max_size=12).map(lambda pieces: "".join(line + gap for line, gap in pieces))

TAGS = ("p", "div", "h1", "h2", "li", "td", "span", "a", "article", "blockquote", "figcaption", "time", "script", "br", "title", "no-such")
HEAD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":'
markup = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                "<html>",
                "<!doctype html>",
                "<!--",
                "-->",
                "<![CDATA[",
                HEAD,
                "]}",
                "&amp;",
                "&#0;",
                "&#x110000;",
                '<a href="',
                "\0",
                "\ufeff",
            ]
        ),
        lines,
    ),
    max_size=40,
).map("".join)
options = st.fixed_dictionaries(
    {},
    optional={
        "url": st.text(max_size=20),
        "encoding": st.one_of(
            st.sampled_from(["utf-8", "windows-1252", "shift_jis", "utf-16", "klingon", "base64", "idna"]), st.text(max_size=10)
        ),
        "language": st.one_of(st.sampled_from(["en", "de", "zh", "xx", "en-GB"]), st.text(max_size=6)),
        "quotes": st.sampled_from(["keep", "straight"]),
    },
)


def answers(data: bytes | str, **options: Any) -> None:
    """``clean`` gives a sound record or says why there is none."""
    try:
        article = clean(data, **options)
    except InputError:
        return
    assert 0 <= article.confidence <= 1
    assert article.to_dict(audit=True) == json.loads(json.dumps(article.to_dict(audit=True), ensure_ascii=False))
    assert article.body == "" or article.body.strip() == article.body


# -------------------------------------------------------------------------------------------------- never raises


@QUICK
@given(st.binary(max_size=400), options)
def test_any_bytes_give_a_record_or_an_input_error(data: bytes, options: dict[str, Any]) -> None:
    answers(data, **options)


@QUICK
@given(st.text(max_size=300), options)
def test_any_text_gives_a_record_or_an_input_error(text: str, options: dict[str, Any]) -> None:
    answers(text, **options)


@QUICK
@given(markup, options)
def test_any_markup_gives_a_record_or_an_input_error(page: str, options: dict[str, Any]) -> None:
    answers(page, **options)
    answers(page.encode("utf-8", "surrogatepass"), **options)


@pytest.mark.slow
@LONG
@given(st.one_of(st.binary(max_size=3000), markup.map(lambda page: page.encode("utf-8", "surrogatepass")), markup, texts), options)
def test_many_more_inputs_give_a_record_or_an_input_error(data: bytes | str, options: dict[str, Any]) -> None:
    answers(data, **options)


@pytest.mark.parametrize("path", INPUTS, ids=name_of)
def test_a_document_cut_anywhere_or_with_bytes_damaged_still_answers(path: Path) -> None:
    data = path.read_bytes()
    for part in range(1, 8):
        cut = len(data) * part // 8
        answers(data[:cut])
        answers(data[cut:])
        answers(data[:cut] + b"\xff\xfe\x00\x9d" + data[cut:])


@pytest.mark.parametrize("data", [None, 1, ["text"], bytearray(b"text"), memoryview(b"text")], ids=repr)
def test_other_types_are_a_type_error(data: Any) -> None:
    with pytest.raises(TypeError, match="bytes or str"):
        clean(data)


# -------------------------------------------------------------------------------------------------- nothing is lost or invented


def accounts_for(text: str, article: Article) -> None:
    assert squeezed("".join(block.text for block in article.blocks)) == squeezed(text)
    for block in article.blocks:
        assert squeezed(text[block.start : block.end]) == squeezed(block.text)
    for before, after in pairwise(article.blocks):
        assert before.end is not None
        assert after.start is not None
        assert before.end <= after.start


@QUICK
@given(texts)
def test_the_blocks_of_a_text_joined_are_the_text_white_space_aside(text: str) -> None:
    accounts_for(repair(text), clean(text))


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_the_blocks_of_each_text_at_hand_joined_are_the_text(path: Path) -> None:
    text = path.read_text("utf-8")
    accounts_for(repair(text), clean(text))


def body_comes_from_the_input(article: Article) -> None:
    """Each paragraph of the body is the text, normalised, of a kept block or a part of it, and they stand in the input's order."""
    sources = iter(
        squeezed(normalise(block.text, quotes="keep", language=article.language))
        for block in article.blocks
        if block.kept and block.kind in BODY_KINDS
    )
    for paragraph in filter(None, article.body.split("\n\n")):
        assert any(squeezed(paragraph) in source for source in sources), paragraph


@QUICK
@given(texts)
def test_the_body_of_a_text_stands_in_it_and_in_its_order(text: str) -> None:
    body_comes_from_the_input(clean(text))


@QUICK
@given(markup)
def test_the_body_of_a_page_stands_in_it_and_in_its_order(page: str) -> None:
    try:
        article = clean(page)
    except InputError:
        return
    body_comes_from_the_input(article)


@pytest.mark.parametrize("path", INPUTS, ids=name_of)
def test_the_body_of_each_input_at_hand_stands_in_it(path: Path) -> None:
    article = clean(path.read_bytes())
    assert article.blocks
    body_comes_from_the_input(article)


@pytest.mark.parametrize("path", INPUTS, ids=name_of)
def test_every_block_has_a_reason(path: Path) -> None:
    for block in clean(path.read_bytes()).blocks:
        assert block.reason.strip(), block


# -------------------------------------------------------------------------------------------------- the same again

STAYS = 0.75  # of the characters of a body stay when the record is cleaned as a text; all of them in nine cases of ten
GOLDEN = [path for path in INPUTS if "known-failures" not in path.parts and path.parent.name != "no-article"]


def again(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs of a document's body, and of the body of its record cleaned as plain text."""
    article = clean(path.read_bytes())
    return article.body.split("\n\n"), clean(to_text(article), language=article.language).body.split("\n\n")


@pytest.mark.parametrize("path", GOLDEN, ids=name_of)
def test_a_record_cleaned_again_gains_nothing_and_loses_little(path: Path) -> None:
    before, after = again(path)
    assert after == [paragraph for paragraph in before if paragraph in after], "nothing new, and the same order"
    assert sum(map(len, after)) >= STAYS * sum(map(len, before))


def test_nine_records_of_ten_cleaned_again_have_the_same_body() -> None:
    pairs = [again(path) for path in GOLDEN]
    assert sum(before == after for before, after in pairs) >= 0.9 * len(pairs)


@QUICK
@given(texts)
def test_text_and_its_utf8_bytes_give_the_same_record(text: str) -> None:
    assert clean(text).to_dict(audit=True) | {"encoding": None} == clean(text.encode()).to_dict(audit=True) | {"encoding": None}


@pytest.mark.parametrize("path", [path for path in INPUTS if path.parent.name != "windows-1252"], ids=name_of)
def test_each_input_at_hand_gives_the_same_record_as_text_and_as_bytes(path: Path) -> None:
    data = path.read_bytes()
    assert clean(data.decode("utf-8")).to_dict(audit=True) | {"encoding": None} == clean(data).to_dict(audit=True) | {"encoding": None}


def test_the_order_of_documents_makes_no_difference() -> None:
    documents = [path.read_bytes() for path in INPUTS]
    forward = [clean(data).to_dict(audit=True) for data in documents]
    backward = [clean(data).to_dict(audit=True) for data in reversed(documents)]
    assert forward == backward[::-1]


# -------------------------------------------------------------------------------------------------- chrome around an article

CHROME_BELOW = {
    "en": ("All rights reserved.", "Share this article", "Dismiss", "You might also like"),
    "de": ("Alle Rechte vorbehalten", "Artikel teilen"),
    "fr": ("Tous droits réservés", "Partager"),
    "es": ("Todos los derechos reservados", "Compartir"),
    "pt": ("Todos os direitos reservados", "Compartilhar"),
    "tr": ("Tüm hakları saklıdır", "Paylaş"),
    "ru": ("Все права защищены", "Поделиться"),
    "ar": ("جميع الحقوق محفوظة",),
}
BELOW = [
    pytest.param(path, line, id=f"{name_of(path)}-{line}")
    for path in TEXTS
    if "known-failures" not in path.parts
    for line in CHROME_BELOW.get(clean(path.read_bytes()).language or "", ())
]


def with_line_below(path: Path, line: str) -> tuple[Article, Article]:
    """The article of a text, and of the text with a line put below it."""
    text = path.read_text("utf-8")
    return clean(text), clean(f"{text.rstrip()}\n\n{line}\n")


@pytest.mark.parametrize(("path", "line"), BELOW)
def test_a_chrome_line_at_the_bottom_is_removed_and_touches_the_last_paragraph_at_most(path: Path, line: str) -> None:
    without, below = with_line_below(path, line)
    assert not below.blocks[-1].kept
    assert below.blocks[-1].text == line
    moved = {"body": "", "fingerprint": "", "source": ""}  # the source may be named at the end of the last paragraph
    assert record(below) | moved == record(without) | moved
    before, after = without.body.split("\n\n"), below.body.split("\n\n")
    assert after in (before, before[:-1])


def test_nine_chrome_lines_of_ten_at_the_bottom_leave_the_record_alone() -> None:
    pairs = [with_line_below(*case.values) for case in BELOW]  # type: ignore[arg-type]
    assert len(pairs) >= 20
    assert sum(record(without) == record(below) for without, below in pairs) >= 0.9 * len(pairs)


@pytest.mark.parametrize("path", [path for path in TEXTS if "known-failures" not in path.parts], ids=name_of)
def test_a_sentence_at_the_bottom_is_kept(path: Path) -> None:
    # The pair of the test above: were the last line of any text dropped, this would fail.
    sentence = clean(path.read_bytes()).body.split("\n\n")[1]
    text = path.read_text("utf-8").split(sentence)[0] + sentence
    assert sentence in clean(text).body
