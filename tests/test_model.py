"""The types that travel."""

from __future__ import annotations

import dataclasses
import json

import pytest

from cleanarticle import Article, Block, Dateline, InputError, Kind, clean
from cleanarticle.model import BODY_KINDS, LONGEST_PATH, Node, css_path

RECORD_KEYS = [
    *("schema", "url", "language", "headline", "standfirst", "byline", "authors", "dateline", "published", "source"),
    *("body", "confidence", "warnings", "fingerprint"),
]


def test_the_record_has_the_keys_of_the_contract_in_its_order() -> None:
    assert list(Article().to_dict()) == RECORD_KEYS
    assert list(Article().to_dict(audit=True)) == [*RECORD_KEYS, "encoding", "blocks"]


def test_an_empty_record_has_nulls_and_no_inventions() -> None:
    record = Article().to_dict()
    assert record == dict.fromkeys(RECORD_KEYS) | {"schema": "cleanarticle/1", "authors": [], "body": "", "confidence": 0.0, "warnings": []}


def test_the_record_is_plain_data() -> None:
    article = Article(
        authors=("Jane Doe",),
        dateline=Dateline("PARIS, May 3 (AFP)", "PARIS", "--05-03", "AFP"),
        blocks=(Block("A", Kind.QUOTE, reason="b"),),
    )
    record = article.to_dict(audit=True)
    assert json.loads(json.dumps(record)) == record
    assert record["dateline"] == {"text": "PARIS, May 3 (AFP)", "place": "PARIS", "date": "--05-03", "agency": "AFP"}
    assert record["authors"] == ["Jane Doe"]
    assert type(record["blocks"][0]["kind"]) is str


def test_a_block_in_the_audit_has_the_keys_of_the_contract() -> None:
    assert list(Block("text").to_dict()) == ["kind", "text", "kept", "reason", "start", "end", "path"]


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Article().body = "other"  # type: ignore[misc]


def test_the_kinds_are_those_of_the_contract() -> None:
    words = "headline standfirst byline timestamp dateline paragraph subheading list-item quote caption credit chrome repeat"
    assert [str(kind) for kind in Kind] == words.split()


@pytest.mark.parametrize("kind", sorted(Kind))
def test_body_kinds_are_what_a_reader_reads_as_the_story(kind: Kind) -> None:
    assert (kind in BODY_KINDS) == (kind in {"paragraph", "subheading", "list-item", "quote"})


def test_an_input_error_is_a_value_error() -> None:
    assert issubclass(InputError, ValueError)


def chain(*steps: tuple[str, int]) -> Node:
    node: Node | None = None
    for tag, nth in steps:
        node = Node(node, tag, nth)
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ((("html", 0),), "html"),
        ((("body", 0), ("div", 2), ("p", 1)), "body>div:nth-child(2)>p:nth-child(1)"),
    ],
)
def test_a_path_is_a_css_selector(steps: tuple[tuple[str, int], ...], path: str) -> None:
    assert css_path(chain(*steps)) == path


def test_a_path_of_a_bottomless_page_is_cut_at_its_outer_end() -> None:
    path = css_path(chain(*[("div", 1)] * (LONGEST_PATH + 1), ("p", 3)))
    assert path is not None
    assert path.startswith("…>div:nth-child(1)>")
    assert path.endswith(">p:nth-child(3)")
    assert path.count(">") == LONGEST_PATH
    whole = css_path(chain(*[("div", 1)] * LONGEST_PATH))
    assert whole is not None
    assert "…" not in whole


def test_plain_text_has_offsets_and_a_page_has_paths() -> None:
    (line,) = clean("The last ferry will sail on Friday, the harbour board said.").blocks
    assert (line.start, line.end, line.path, line.tag) == (0, 59, None, "")
    (block,) = clean("<html><body><p>The last ferry will sail on Friday, the harbour board said.</p></body></html>").blocks
    assert (block.start, block.end, block.path, block.tag) == (None, None, "html>body:nth-child(1)>p:nth-child(1)", "p")


def test_a_path_finds_its_block_in_the_page() -> None:
    from lxml.html import document_fromstring

    page = "<html><body><div>Menu</div><div><p>One <b>bold</b> word.</p><ul><li>First</li><li>Second</li></ul></div></body></html>"
    tree = document_fromstring(page)
    for block in clean(page).blocks:
        assert block.path is not None
        steps = [step.split(":nth-child(") for step in block.path.split(">")[1:]]
        element = tree
        for tag, nth in steps:
            element = element[int(nth.rstrip(")")) - 1]
            assert element.tag == tag
        assert element.text_content() == block.text
