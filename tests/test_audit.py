"""The audit page: it shows everything, and nothing of the input can act in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cleanarticle import Article, Block, Dateline, Kind, clean
from cleanarticle.audit import SAME, SCRIPT, STYLE, to_html

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
INPUTS = [*SEEDS, *sorted((ROOT / "fixtures").rglob("input.*"))]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VOID = frozenset({"meta", "br", "link", "img"})


class Seen(HTMLParser):
    """What a browser finds in the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.items: list[str] = []
        self._scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "li":
            self.items.append("")

    def handle_data(self, data: str) -> None:
        if self.items:
            self.items[-1] += data


HOSTILE = [
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "</title></style><script>document.title='owned'</script>",
    "' onmouseover='document.title=1' x='",
    "<!-- --><iframe src=javascript:document.title='owned'>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;",
    "</li></ol></section><base href=//evil.example>",
]


def hostile(text: str) -> Article:
    """Return an article with a text in each place that free text may reach."""
    return Article(
        url=f"javascript:{text}",
        headline=text,
        standfirst=text,
        byline=text,
        authors=(text,),
        dateline=Dateline(text, text, None, text),
        source=text,
        body=f"{text} said\n\n{text}",
        blocks=tuple(Block(text, kind, kept, reason=text) for kind in Kind for kept in (True, False)),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_the_input_becomes_markup(text: str) -> None:
    plain, page = to_html(hostile(" ".join("harmless" for _ in text.split()))), to_html(hostile(text))
    tags = Seen(page).tags
    assert tags == [(tag, attrs) for tag, attrs in Seen(plain).tags], "the same elements with the same attributes as for harmless text"
    assert [tag for tag, _ in tags].count("script") == 1
    assert not any(name.startswith("on") or name == "style" for _, attrs in tags for name in attrs)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", "JAVASCRIPT:x"])
def test_only_web_addresses_are_links(url: str) -> None:
    assert not any("href" in attrs and not str(attrs["href"]).startswith("#") for _, attrs in Seen(to_html(Article(url=url))).tags)


def test_a_web_address_is_a_link_that_says_nothing_of_the_reader() -> None:
    (link,) = (attrs for tag, attrs in Seen(to_html(Article(url='https://a.example/?a=1&b="'))).tags if tag == "a")
    assert link == {"href": 'https://a.example/?a=1&b="', "rel": "noreferrer noopener"}


def test_the_policy_lets_the_pages_own_style_and_script_alone_act() -> None:
    from base64 import b64encode
    from hashlib import sha256

    page = to_html(Article())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for source, directive in ((STYLE, "style-src"), (SCRIPT, "script-src")):
        assert f"{directive} 'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" in policy[1]
    assert f"<style>{STYLE}</style>" in page
    assert f"<script>{SCRIPT}</script>" in page


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    page = to_html(clean(SEEDS[0].read_bytes()))
    assert not any(name in attrs for _, attrs in Seen(page).tags for name in ("src", "srcset", "background", "action"))
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_block_stands_in_its_order_with_its_reason_if_removed(path: Path) -> None:
    article = clean(path.read_bytes())
    items = Seen(article.to_html()).items
    assert len(items) == len(article.blocks)
    above = ""
    for item, block in zip(items, article.blocks, strict=True):
        assert item.startswith(block.text)
        if not block.kept:
            above = in_full(item[len(block.text) :].split("\n")[0], above, f"{block.kind} {block.reason}")


def in_full(shown: str, above: str, expected: str) -> str:
    """Return the reason that a row means, read with the row above it."""
    said = re.fullmatch(re.escape(shown).replace(SAME, "(.+)"), expected)
    assert said is not None, (shown, expected)
    for number, words in enumerate(said.groups(), 1):
        assert words in above
        assert len(expected[: said.start(number)].split()) == len(above[: above.index(words)].split()) or above.count(words) > 1
    return expected


def test_a_reason_says_only_what_is_new_beside_the_row_above_and_now_and_then_all() -> None:
    def rows(*blocks: tuple[str, bool]) -> list[str]:
        many = (Block("y", Kind.CHROME, False, "lexicon: share"),) * more + (Block("z"),)
        page = to_html(Article(blocks=many + tuple(Block("x", Kind.CHROME, kept, reason) for reason, kept in blocks)))
        return [re.sub("<.*?>", "", row) for row in re.findall(r"<li><p>x<p>(.*)", page)]

    more = 100
    assert rows(("depth 3, links 2", False), ("depth 4, links 2", False), ("depth 4, links 2", False), ("depth 4", False)) == [
        "chrome depth 3, links 2",
        "″ 4, ″",
        "″",
        "″ 4",
    ]
    assert rows(("lexicon: share", False), ("lexicon: share", True), ("lexicon: share", False)) == ["chrome lexicon: share"] * 3
    many = rows(*[("lexicon: share", False)] * 45)
    assert [number for number, row in enumerate(many) if row != "″"] == [0, 20, 40]
    more = 0
    assert rows(*[("lexicon: share", False)] * 45) == ["chrome lexicon: share"] * 45, "where little is removed all is said"


def test_characters_that_html_forbids_are_replaced() -> None:
    page = to_html(Article(blocks=(Block("a\0b\x1bc\ud800d\x9fe"),)))
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in page
    page.encode("utf-8")


def test_the_dateline_is_marked_where_it_was_found() -> None:
    article = Article(dateline=Dateline("PARIS <AFP>", "PARIS"), blocks=(Block("PARIS <AFP> - Rain."),))
    assert "<p><mark>PARIS &lt;AFP&gt;</mark> - Rain." in to_html(article)


def test_a_page_of_a_thousand_blocks_is_small() -> None:
    """As in the menus of a shop: two words a block, and a reason of ten that is never twice the same."""
    reasons = [
        f"does not read like the article: score around {number / 7:.2f}, in window 0, hint {number / 9:.2f}" for number in range(1800)
    ]
    menu = tuple(Block(f"Camp Tables {number}", Kind.CHROME, kept=False, reason=reason) for number, reason in enumerate(reasons))
    assert len(to_html(Article(blocks=menu)).encode()) < 3 * sum(len(block.text) for block in menu) + 50_000
    blocks = tuple(Block(f"A line of text, number {number}", Kind.CHROME, kept=False, reason="lexicon: share") for number in range(1000))
    visible = sum(len(block.text) for block in blocks)
    assert len(to_html(Article(blocks=blocks)).encode()) < 3 * visible + 50_000


def test_the_command_makes_the_page_of_one_input() -> None:
    command = [sys.executable, "-m", "cleanarticle", "--format", "html"]
    done = subprocess.run([*command, str(SEEDS[4])], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == clean(SEEDS[4].read_bytes()).to_html() + "\n"
    two = subprocess.run([*command, *map(str, SEEDS[:2])], capture_output=True, check=False)
    assert (two.returncode, two.stdout, two.stderr.count(b"\n")) == (2, b"", 1)


# --------------------------------------------------------------------------------------------------------- in a browser

FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"


def dom_of(page: str, tmp_path: Path) -> str:
    """Return the page's elements after it has been opened in Chromium."""
    (tmp_path / "page.html").write_text(page, "utf-8")
    command = [str(CHROMIUM), *FLAGS.split(), "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000"]
    done = subprocess.run([*command, "--dump-dom", (tmp_path / "page.html").as_uri()], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


browser = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")]


@pytest.mark.parametrize("mark", [pytest.param(None, marks=browser)], ids=["chromium"])
def test_chromium_runs_our_script_and_nothing_of_the_input(mark: None, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE):
        (tmp_path / str(number)).mkdir()
        dom = dom_of(to_html(hostile(text)), tmp_path / str(number))
        title = re.search("<title>(.*?)</title>", dom, re.S)
        assert title is not None
        assert title[1].startswith("Audit: ")
        assert "<nav hidden" not in dom, "the page's own script has shown its buttons"


KEYS = {"j": 1, "jj": 2, "jjk": 1, "k": 6, "jJ": 4, "jJJ": 1, "jJK": 2, "n": 1, "p": 6, "kj": 1}
"""Keys pressed, and the block they lead to: blocks 1, 2 and 4, 5, 6 are removed."""


@pytest.mark.parametrize("mark", [pytest.param(None, marks=browser)], ids=["chromium"])
def test_keys_move_between_removed_blocks(mark: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(
        blocks=tuple(Block(f"line {n}", Kind.CHROME if n in (1, 2, 4, 5, 6) else Kind.QUOTE, n in (0, 3, 7)) for n in range(8))
    )
    for keys, expected in KEYS.items():
        press = f"for(const key of '{keys}')dispatchEvent(new KeyboardEvent('keydown',{{key}}));"
        monkeypatch.setattr("cleanarticle.audit.SCRIPT", f"{SCRIPT.rstrip()};{press}")
        (tmp_path / keys).mkdir()
        found = re.findall(r'<li class="at"><p>line (\d)', dom_of(to_html(article), tmp_path / keys))
        assert found == [str(expected)], keys


@pytest.mark.parametrize("mark", [pytest.param(None, marks=browser)], ids=["chromium"])
def test_chromium_runs_no_script_that_is_put_into_the_page(mark: None, tmp_path: Path) -> None:
    page = to_html(Article()).replace(
        "</body>", "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"></body>"
    )
    assert "<title>owned" not in dom_of(page, tmp_path), "the policy holds even where escaping would not"
