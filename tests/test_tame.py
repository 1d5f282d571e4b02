"""Tags with very many attributes lose the last of them, whatever hides them, and nothing else of a page changes."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from cleanarticle.tame import MOST_ATTRIBUTES, WINDOW, fewer_attributes, flatter

MANY = " ".join(f'a{i}=">"' for i in range(3000))
BARE = " ".join(f"b{i}" for i in range(9000))


def tree(page: bytes) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, collect_ids=False)
    parser.feed(page)
    return parser.close()


def shown(root: etree._Element) -> list[tuple[object, str | None, str | None]]:
    return [(element.tag, element.text, element.tail) for element in root.iter()]


def most(root: etree._Element) -> int:
    return max(len(element.attrib) for element in root.iter("*"))


@pytest.mark.parametrize(
    "page",
    [
        f"<p {MANY}>text</p>",
        f"<p {MANY.replace(chr(34), chr(39))}>text</p>",
        f"<p {MANY.replace('=', ' = ')}>text</p>",
        f"<p {BARE}>text</p>",
        f"<P/{BARE.replace(' ', '/')}>text</P>",
        f"<x-y {BARE.replace(' ', '=1 ')}/>text",
        f"<script {BARE}>'<p>'</script>text",
        f"<p>{'word ' * 3000}<b {MANY}>text</b>",
        f"<!--><p {MANY}>text",
        f"<!-- --!><p {MANY}>text",
        f"<script/><p {MANY}>text",
        f"<script><!--<script></script>'</script><p {MANY}>text",
        f"<? '><p {MANY}>text",
        f"<!x '><p {MANY}>text",
        f"</ '><p {MANY}>text",
        f"</i '><p {MANY}>text",
        f"< 'p><p {MANY}>text",
        f'<i a"=" x><p {MANY}>text" <p {MANY}>text',
        f"<i ='><p {MANY}>text",
        f"<i x=y'><p {MANY}>text",
        f"<title>'</title x='><p>'><p {MANY}>text",
        "<p " + " ".join(f'a{i}="><p b="' for i in range(3000)) + ">text",
    ],
)
def test_of_very_many_attributes_the_first_are_kept_wherever_they_hide(page: str) -> None:
    before = page.encode()
    after = fewer_attributes(before)
    assert most(tree(before)) > MOST_ATTRIBUTES
    assert most(tree(after)) == MOST_ATTRIBUTES
    assert shown(tree(after)) == shown(tree(before))


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{BARE}</p>",
        f"<!-- <p {MANY}> -->text",
        f"<!-- <p {BARE} -->text",
        f'<script type="application/ld+json">{{"text": "<p {BARE}"}}</script>text',
        f"<script>'<title></title><p {MANY}>'</script>text",
        f"<script><!-- <script> </script> <p {MANY}> --></script>text",
        f"<STYLE>'<p {MANY}>'</style>text",
        f"<textarea><p {MANY}></textarea>text",
        f"<title><p {BARE}></title>text",
        f"<p title='<p {BARE}>'>text",
        f'<p class="{BARE}">text',
        f"<p>1 < 2 {BARE}",
        f"<!doctype {BARE}><p>text",
        "<p a b c>text</p>" * 3000,
        "<p " + " ".join(f"a{i}" for i in range(MOST_ATTRIBUTES - 1)) + ' title="' + "x > y " * WINDOW + '">text',
    ],
)
def test_what_only_looks_like_many_attributes_stays(page: str) -> None:
    assert fewer_attributes(page.encode()) == page.encode()


PIECES = (
    "<p ", "<p", "a", "b=", "c='", 'd="', '"', "'", ">", "/", "=", " ", "\n", "x", "<", "</", "</p", "<!", "<!--", "-->", "--!>", "<!-->",
    "<!--->", "-", "<script", "</script", "<script>", "</script>", "<SCRIPT ", "<title>", "</title>", "<style", "</style>", "<textarea>",
    "</textarea>", "<?", "<i>", "</i ", "<1", "<iframe>", "</iframe>", "<plaintext>", "<![CDATA[", "]]>", "t=1", "<div>", "</div>", "\f",
    "\x0b", "é", MANY, BARE,
)  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.sampled_from((MANY, BARE)),
    st.lists(st.sampled_from(PIECES), max_size=25),
)
def test_the_parser_reads_the_same_page_with_fewer_attributes(before: str, many: str, behind: list[str]) -> None:
    page = f"<p>text{before}{many}{''.join(behind)}".encode()
    tamed = fewer_attributes(page)
    assert shown(tree(tamed)) == shown(tree(page))
    assert most(tree(tamed)) < 2 * WINDOW / 3  # tags of less than two windows keep what they have


UNITS = (
    "a=\">\" ", "a ", '<a "', "<a '", "<!", "<!--", "--", "-->", "<script ", "<script>", "</script", "<script/>", "<script><!--",
    "<!--<script>", " ", "/", "= ", "<a", "</a ", '"', "x='<", '<a x="', "<title>", "</title><title>", "<?", "> \"", "=\">", "<b></i>",
    "<a><div></a></div>",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("head", ["", "<p ", "<script><!--<script>", "<style>", '<p a="'])
def test_taming_is_linear(head: str, unit: str) -> None:
    page = (head + unit * (600_000 // len(unit))).encode()
    started = time.process_time()
    fewer_attributes(page)
    flatter(page, 50)
    assert time.process_time() - started < 2.0  # 0.02 to 0.3; whatever is quadratic takes minutes


def test_deep_tags_turn_into_such_as_hold_nothing_and_no_text_is_lost() -> None:
    page = b"<div>" * 40 + b"<p>a<i>b</i><script>'<div>'</script><!--<div>--></p>" + b"</div>" * 40
    flat = tree(flatter(page, 10))
    assert "".join(flat.itertext()) == "ab'<div>'"
    assert len(list(flat.iter("div"))) == 10
    assert flatter(page, 60) == page


@pytest.mark.parametrize(
    "unit",
    [
        "<form><div>x</form>",
        "<b><div>x</b>",
        "<div><table>x</div>",
        "<b><section>x</b>",
        "<section><i>x</section>",
        "<table><div>x</table>",
    ],
)
def test_tags_that_are_closed_out_of_order_nest_no_deeper_than_is_left(unit: str) -> None:
    page = (unit * 3000 + "end").encode()
    text = "".join(tree(flatter(page, 100)).itertext())
    assert text == "x" * 3000 + "end"
