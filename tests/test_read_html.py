"""A page → blocks."""

from __future__ import annotations

import json
import re

import pytest

from cleanarticle import InputError
from cleanarticle.model import Block
from cleanarticle.read_html import DEEPEST, LONGEST_CELL, is_html, parse, read_blocks, read_page

LONG = "The council met on Tuesday evening and agreed to repair the northern pier before the winter."


def blocks_of(body: str) -> list[Block]:
    return list(read_page(f"<html><body>{body}</body></html>").blocks)


def texts_of(body: str) -> list[str]:
    return [block.text for block in blocks_of(body)]


# -------------------------------------------------------------------------------------------------- page or text


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x",
        "\ufeff \n<!-- a --><!-- b -->\n<HTML><p>x",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><p>x',
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>x",
        "<p>One.<p>Two.<p>Three.<p>Four.",
        "<div class='a'><p>One.</p></div>",
    ],
)
def test_a_page_is_told_by_its_beginning(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No tag at all.",
        "Use <b> and <script> with care, and close each <p>.",
        "If a < b and b > c, then <html> matters.",
        "<3 <3 <3 <3 <3",
        "<p <p <p <p <p <p",  # nothing closes these: no tags
        "<!-- never closed <p></p><p></p",
    ],
)
def test_prose_that_speaks_of_tags_is_text(text: str) -> None:
    assert not is_html(text)


def test_a_page_without_any_element_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no readable HTML"):
        parse("")


# -------------------------------------------------------------------------------------------------- paragraphs as printed


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>One <b>two</b> <i>three</i>, <a href=x>four</a>.</p>", ["One two three, four."]),
        ("<p>One</p>tail<p>two</p>", ["One", "tail", "two"]),
        ("<div>Straight in it<div>within</div>behind</div>", ["Straight in it", "within", "behind"]),
        ("<p>A  line\n  of\tsource\u00a0text</p>", ["A line of source text"]),
        ("<h2>Head</h2><ul><li>one</li><li>two</li></ul>", ["Head", "one", "two"]),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", ["Term", "Meaning"]),
        ("<details><summary>More</summary><p>Hidden at first</p></details>", ["More", "Hidden at first"]),
        ("<span class=dropcap>T</span>he council", ["The council"]),
        ("<p>H<sub>2</sub>O</p>", ["H2O"]),
        ("<p>before<script>var a</script><style>p{}</style>after</p>", ["beforeafter"]),
        ("<p>a <svg><text>drawn</text></svg>b</p>", ["a b"]),
        ("<b><p>One</p><p>Two</p></b>", ["One", "Two"]),
        ("<p>It was <font color=red>red</font><o:p></o:p>, they said</p>", ["It was red, they said"]),
    ],
)
def test_a_block_begins_where_the_layout_starts_a_line_and_nowhere_else(body: str, texts: list[str]) -> None:
    assert texts_of(body) == texts


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>One<br>two</p>", ["One two"]),
        ("<p>One<br><br>two</p>", ["One", "two"]),
        ("<p>One<br> \n <br/>two</p>", ["One", "two"]),
        (f"<p>{LONG}<br>Next day it rained.</p>", [LONG, "Next day it rained."]),
        (f"<p>{LONG[:-1]}<br>of the year.</p>", [f"{LONG[:-1]} of the year."]),
        ("<br><br>One<br><br><br>", ["One"]),
    ],
)
def test_two_breaks_part_paragraphs_and_one_does_behind_a_closed_line(body: str, texts: list[str]) -> None:
    assert texts_of(body) == texts


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<pre>One line\nand its end\n\nAnother</pre>", ["One line and its end", "Another"]),
        (f"<pre>{LONG}\nNext day it rained.</pre>", [LONG, "Next day it rained."]),
        ("<pre>in <b>it</b></pre><p>behind\nit</p>", ["in it", "behind it"]),
    ],
)
def test_preformatted_text_keeps_its_lines(body: str, texts: list[str]) -> None:
    assert texts_of(body) == texts


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>the <x-link>mayor</x-link> said</p>", ["the mayor said"]),
        ("<p><x-link>Mayor</x-link> said</p>", ["Mayor said"]),
        ("<x-card><h2>Head</h2><p>Text</p></x-card>", ["Head", "Text"]),
        ("<x-card>One</x-card><x-card>Two</x-card>", ["One", "Two"]),
        ("<p>before <x-box><p>own</p></x-box></p>", ["before", "own"]),
    ],
)
def test_an_unknown_element_lies_in_the_line_only_where_text_stands_beside_it(body: str, texts: list[str]) -> None:
    assert texts_of(body) == texts


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><a href=a>Home</a><a href=b>News</a></p>", "Home News"),
        ("<p><a href=a>pier</a><a href=n>[1]</a></p>", "pier[1]"),
        ("<p><a href=a>pier</a>s and <a href=b>docks</a></p>", "piers and docks"),
        ("<p><span>inter</span><span>national</span></p>", "international"),
    ],
)
def test_two_links_side_by_side_are_two_words(body: str, text: str) -> None:
    assert texts_of(body) == [text]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><span>By Jo Marsh</span><span>Published: 5 May</span></p>", "By Jo Marsh Published: 5 May"),
        ("<h1><span>Pier to close</span><em>Winter repairs</em></h1>", "Pier to close Winter repairs"),
        ("<p>The pier in November.<cite>Getty</cite></p>", "The pier in November. Getty"),
        ("<p><b>Photo:</b>Jo Marsh</p>", "Photo: Jo Marsh"),
        ("<p>“So they said.”<span>The mayor did not.</span></p>", "“So they said.” The mayor did not."),
    ],
)
def test_an_element_between_a_small_letter_and_a_capital_parts_two_words(body: str, text: str) -> None:
    assert texts_of(body) == [text]


@pytest.mark.parametrize(
    "body",
    [
        "e<b>Bay</b> and i<i>Phone</i>",
        "Mc<b>Donald</b>",
        "<b>T</b>he <b>N</b>orth, N<b>A</b>TO, U.<b>S.</b>",
        "jusqu’<a href=x>Alger</a>",
        "x<sub>N</sub>O",
        "<code>get<span>Name</span>.<span>Of</span></code>",
        "<b>inter</b>national",
        "said “<i>Moby Dick</i>”",
        "a word<a name=x></a>s end",
    ],
)
def test_an_element_within_a_word_parts_nothing(body: str) -> None:
    assert texts_of(f"<p>{body}</p>") == [re.sub("<.*?>", "", body)]


def test_code_is_left_as_it_is() -> None:
    assert texts_of("<pre>get<span>Name</span>.<span></span>Of</pre>") == ["getName.Of"]


def test_an_empty_element_of_another_block_ends_no_line() -> None:
    body = f"<p>{LONG}<i></i></p><p>{LONG}<span>Next day it rained.</span></p>"
    assert texts_of(body) == [LONG, f"{LONG} Next day it rained."]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (f"{LONG}<span class=gap></span>Next day it rained.", [LONG, "Next day it rained."]),
        (f"{LONG}<span class=gap></span>“It rained,” he said.", [LONG, "“It rained,” he said."]),
        ("<b>Winter repairs</b><i></i><i></i>Next day it rained.", ["Winter repairs", "Next day it rained."]),
        ("Share<i class=icon></i>Save", ["Share Save"]),
        (f"{LONG}<a name=x></a> Next day it rained.", [f"{LONG} Next day it rained."]),
        (f"{LONG} <a name=x></a>Next day it rained.", [f"{LONG} Next day it rained."]),
        (f"{LONG[:-1]}<a name=x></a>, they said.", [f"{LONG[:-1]}, they said."]),
    ],
)
def test_an_empty_element_where_a_space_is_missing_ends_a_line(body: str, texts: list[str]) -> None:
    assert texts_of(f"<div>{body}</div>") == texts


@pytest.mark.parametrize("end", ["</body></html>", "</html>", "</body></html><!-- x -->\n", "</div></body></html>\n<html><body>"])
def test_a_page_goes_on_behind_an_end_that_came_too_early(end: str) -> None:
    page = f"<html><body><nav>Menu</nav>{end}<article><p>{LONG}</p>straight</article></body></html>"
    assert [block.text for block in read_page(page).blocks] == ["Menu", LONG, "straight"]
    assert read_page(page).blocks[1].tag == "p"


# -------------------------------------------------------------------------------------------------- tables

CELL = "x" * (LONGEST_CELL + 1)


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("<td>Leeds</td><td>3</td><td>1</td>", ["Leeds 3 1"]),
        ("<th>Team</th><th><b>Won</b></th>", ["Team Won"]),
        ("<td><p>Leeds</p></td><td><p>3<br>1</p></td>", ["Leeds 3 1"]),
        ("<td>Only one</td>", ["Only one"]),
        ("<td>Menu</td><td></td>", ["Menu"]),
        (f"<td>Menu</td><td>{CELL}</td>", ["Menu", CELL]),
        ("<td>Menu</td><td><ul><li>one</li><li>two</li></ul></td>", ["Menu", "one", "two"]),
        ("<td>Outer</td><td><table><tr><td>a</td><td>b</td></tr></table></td>", ["Outer", "a b"]),
    ],
)
def test_a_row_of_short_cells_is_one_block_and_a_row_that_lays_out_the_page_is_not(row: str, texts: list[str]) -> None:
    assert texts_of(f"<p>above</p><table><tr>{row}</tr></table><p>below</p>") == ["above", *texts, "below"]


def test_rows_stay_apart() -> None:
    assert texts_of("<table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>") == ["a b", "c d"]


# -------------------------------------------------------------------------------------------------- what is not shown


def test_what_nobody_sees_is_no_block() -> None:
    silent = (
        "<script>a</script><style>b</style><template>c</template><noscript>d</noscript><select><option>e</select><textarea>f</textarea>"
    )
    assert texts_of(f"{silent}<textarea>f</textarea><!-- g --><iframe>h</iframe><p>Seen</p>") == ["Seen"]


@pytest.mark.parametrize("tag", ["noscript", "template"])
def test_a_page_that_shows_next_to_nothing_is_read_with_what_it_hides(tag: str) -> None:
    article = f"<p>{LONG}</p>" * 3
    assert texts_of(f"<p>Please enable JavaScript.</p><{tag}>{article}</{tag}>").count(LONG) == 3
    assert texts_of(f"<p>{LONG} {LONG} {LONG}</p><{tag}>{article}</{tag}>") == [f"{LONG} {LONG} {LONG}"]


PARAGRAPHS = [f"{LONG} Once.", f"{LONG} Twice.", f"{LONG} And again."]


def claiming(body: str) -> list[str]:
    """The texts of a page whose source claims the headline and the three paragraphs."""
    article = {"@type": "NewsArticle", "headline": "Pier to close", "articleBody": "\n\n".join(PARAGRAPHS)}
    page = f'<html><head><script type="application/ld+json">{json.dumps(article)}</script></head><body>{body}</body></html>'
    return [block.text for block in read_page(page).blocks]


def test_an_article_that_stands_in_the_claims_alone_is_read_there() -> None:
    assert claiming("<div id=root></div>") == PARAGRAPHS
    assert claiming("<p>Please enable JavaScript.</p>") == [*PARAGRAPHS, "Please enable JavaScript."]
    assert claiming("<nav>Home</nav><h1>Pier to close</h1><footer>Legal</footer>") == ["Home", "Pier to close", *PARAGRAPHS, "Legal"]
    assert claiming(f"<nav>Home</nav><p>{PARAGRAPHS[0]}</p><p>Subscribe to read on.</p>") == ["Home", *PARAGRAPHS, "Subscribe to read on."]


def test_an_article_that_is_shown_is_not_read_again_in_the_claims() -> None:
    shown = ["Pier to close", *PARAGRAPHS]
    assert claiming("".join(f"<p>{text}</p>" for text in shown)) == shown
    torn = [f"{LONG} Once. {LONG}", f"Twice. {LONG} And again.", "More of Monday"]
    assert claiming("".join(f"<p>{text}</p>" for text in torn)) == torn


def test_the_inside_of_a_component_is_shown() -> None:
    assert texts_of("<x-card><template shadowrootmode=open><p>Inside</p></template></x-card>") == ["Inside"]


@pytest.mark.parametrize("attribute", ["hidden", "aria-hidden=true", "style='display: none'", "style='VISIBILITY:hidden'"])
def test_a_hidden_element_is_noted(attribute: str) -> None:
    (block,) = blocks_of(f"<div class=copy {attribute}>Again</div>")
    assert block.node is not None
    assert block.node.hints == "copy hidden"


@pytest.mark.parametrize("attribute", ["aria-hidden=false", "style='display:block'", "data-hidden=1", "class=x"])
def test_an_element_that_is_seen_is_not_noted_as_hidden(attribute: str) -> None:
    (block,) = blocks_of(f"<div {attribute}>Here</div>")
    assert block.node is not None
    assert "hidden" not in block.node.hints


# -------------------------------------------------------------------------------------------------- what is noted of a block


@pytest.mark.parametrize(
    ("body", "share"),
    [
        ("<p><a href=a>All of it</a></p>", 1.0),
        ("<li>\n      <a href=a>\n   All of it  </a>\n    </li>", 1.0),
        ("<p><a href=a>Half</a>half</p>", 0.5),
        ("<p>None</p><p><a href=a></a></p>", 0.0),
        ("<a href=a><p>All</p></a>", 1.0),
    ],
)
def test_the_link_share_counts_characters_that_are_seen(body: str, share: float) -> None:
    assert blocks_of(body)[0].link_share == pytest.approx(share)


def test_classes_of_inline_elements_are_hints_of_their_own_block_only() -> None:
    first, second, third = blocks_of(
        "<p><span class=icon></span></p><p>One <a rel=author class=by>Jo</a></p><p>Two</p><p><b class=x>Three</b></p>"
    )
    assert [first.hints, second.hints, third.hints] == ["by author", "", "x"]


def test_the_time_of_a_block_is_its_own() -> None:
    body = "<p><time datetime=2024-01-01></time></p><p>On <time datetime=2024-02-02>Friday</time></p><p>Later</p>"
    assert [block.time for block in blocks_of(body)] == ["2024-02-02", None]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>One</p><section>Two<h2>Three</h2>four</section></div>",
        "<ul><li>One<li>Two <b>three</b></ul><span><div>four</div></span>",
        "<table><tr><td>a<td>b</tr><tr><td>c<td>" + "d" * 99 + "</table>",
        "<p>One<!-- x -->two</p><x-y><p>three</p></x-y><o:p><p>four</p></o:p>",
        "text<script></script><p>in</p>tail<br><br>more",
    ],
)
def test_the_path_of_a_block_leads_to_the_element_that_holds_its_text(body: str) -> None:
    page = f"<html><body>{body}</body></html>"
    root = parse(page)
    for block in read_blocks(root):
        steps = (block.path or "").split(">")
        assert steps[0] == "html"
        element = root
        for step in steps[1:]:
            match = re.fullmatch(r"([a-z][a-z0-9_-]*|\*):nth-child\((\d+)\)", step)
            assert match is not None
            element = element[int(match[2]) - 1]
            assert match[1] in (element.tag, "*")
        inside = " ".join(" ".join(element.itertext()).split())
        assert all(word in inside for word in block.text.split())


# -------------------------------------------------------------------------------------------------- bounds

ARTICLE = f"<article><h1>Pier to close</h1><p>{LONG}</p><p>Second <b>part</b>.</p></article>"


@pytest.mark.parametrize("tag", ["div", "span", "b", "font", "table", "ul", "blockquote", "a", "p", "svg", "x-y", "em", "h2"])
@pytest.mark.parametrize("depth", [DEEPEST - 20, DEEPEST + 100, 3000])
def test_an_article_is_found_behind_any_nesting(tag: str, depth: int) -> None:
    texts = texts_of(f"<p>Above.</p>{f'<{tag}>' * depth}deep{f'</{tag}>' * depth}{ARTICLE}")
    assert texts[0] == "Above."
    assert texts[-3:] == ["Pier to close", LONG, "Second part."]


@pytest.mark.parametrize("depth", [DEEPEST - 20, DEEPEST + 100, 3000, 10_000])
def test_an_article_is_found_within_any_nesting_and_its_heading_stays_one(depth: int) -> None:
    blocks = blocks_of("<div>" * depth + ARTICLE + "</div>" * depth)
    assert [block.text for block in blocks] == ["Pier to close", LONG, "Second part."]
    assert [block.tag for block in blocks] == ["h1", "p", "p"]


def test_no_block_lies_deeper_than_what_can_be_compared_and_copied() -> None:
    import copy
    import pickle

    (block,) = blocks_of("<div>" * 3000 + "<p>deep</p>")
    assert copy.deepcopy(block) == block == pickle.loads(pickle.dumps(block))


def test_more_attributes_than_the_parser_compares_leave_the_text() -> None:
    for quote in ('x=">"', "y"):
        texts = texts_of(f"<p>Above</p><p {quote} " + " ".join(f"a{i}=1" for i in range(60_000)) + f">Within</p>{ARTICLE}")
        assert texts == ["Above", "Within", "Pier to close", LONG, "Second part."]


@pytest.mark.parametrize("reference", ["&#1;", "&#27;", "&#x80;", "&#xD800;", "&#xFFFE;", "\x01", "\ud800", "\0"])
def test_no_block_holds_a_control_character_or_half_of_one(reference: str) -> None:
    (block,) = blocks_of(f"<p>One {reference} two</p>")
    assert not re.search("[\0-\x1f\x7f\ud800-\udfff]", block.text)
    assert block.text.startswith("One")
    assert block.text.endswith("two")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("the mayor&#146;s &#147;plan&#148; &#150; late", "the mayor’s “plan” – late"),
        ("It cost &#128;5 &#x97; or less", "It cost €5 — or less"),
        ("Wait&#133;", "Wait…"),
        ("<b>Wait</b>&#x85; <i>and see</i>&#133;", "Wait… and see…"),
        ("&#133;and then it rained", "…and then it rained"),
        ("a &#129;b", "a b"),
        ("write &amp;#133; for it", "write &#133; for it"),
        ("caf&#233;&#160;&#171;M&#187; &#1330; &#8230;", "café «M» \u0532 …"),
    ],
)
def test_a_reference_to_a_control_code_is_the_windows_character_and_others_stay(body: str, text: str) -> None:
    assert texts_of(f"<p>{body}</p>") == [text]
    assert texts_of(f"<p>One</p>{body}<p>two</p>") == ["One", text, "two"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("the mayor&acirc;&euro;&trade;s plan", "the mayor’s plan"),
        ("caf&Atilde;&copy; <b>d&Atilde;&copy;j&Atilde;&nbsp; vu</b>", "café déjà vu"),
        ("ch&acirc;teau, N&Atilde;O, S&atilde;o &Acirc;ngelo", "château, NÃO, São Ângelo"),
        ("the sign &acirc; costs 5 &euro;", "the sign â costs 5 €"),
    ],
)
def test_references_that_spell_mojibake_are_repaired_and_others_stay(body: str, text: str) -> None:
    assert texts_of(f"<p>{body}</p>") == [text]


@pytest.mark.parametrize("name", ["a\x1db", "x" * 100_000, "a'b", "é"])
def test_the_name_of_an_element_cannot_spoil_a_path(name: str) -> None:
    for block in blocks_of(f"<p>One</p><{name}><p>two</p></{name}>"):
        assert re.fullmatch(r"[a-z0-9>:()*_-]{1,400}", block.path or "")


@pytest.mark.parametrize("entity", ["&a9;", "&x;"])
def test_a_page_declares_no_entities(entity: str) -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY a0 "lol">{laughs}<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>{entity}</p></body></html>'
    assert sum(len(block.text) for block in read_page(page).blocks) < 1000
