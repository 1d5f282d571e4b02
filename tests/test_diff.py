"""The account for a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cleanarticle import Article, Block, Kind, clean
from cleanarticle.diff import safe, to_diff

ROOT = Path(__file__).resolve().parents[1]
SEED = sorted((ROOT / "seeds").glob("*.txt"))[4]
COMMAND = [sys.executable, "-m", "cleanarticle", "--format", "diff", str(SEED)]

ARTICLE = Article(
    body="One two.",
    blocks=(
        Block("Pier shut", Kind.HEADLINE, reason="the headline"),
        Block("One\n two.", reason="reads like the article"),
        Block("Share", Kind.CHROME, kept=False, reason="lexicon: share (whole: “share”)"),
        Block("Pier shut", Kind.REPEAT, kept=False, reason="repeats block 0"),
    ),
)


def test_removed_blocks_have_their_reason_and_kept_ones_do_not() -> None:
    assert to_diff(ARTICLE).splitlines() == [
        "  headline   Pier shut",
        "  paragraph  One two.",
        "- chrome     Share",
        "             lexicon: share (whole: “share”)",
        "- repeat     Pier shut",
        "             repeats block 0",
        "kept 2 blocks, 4 words; removed 2 blocks, 3 words: 1 chrome, 1 repeat",
    ]


def test_with_audit_every_block_has_its_reason() -> None:
    assert [line.strip() for line in to_diff(ARTICLE, audit=True).splitlines()][1:4:2] == ["the headline", "reads like the article"]


def test_an_empty_input_is_counted_all_the_same() -> None:
    assert to_diff(Article(blocks=(Block("码头将关闭。"),))).endswith("kept 1 block, 3 words; removed 0 blocks, 0 words")
    assert to_diff(Article()) == "kept 0 blocks, 0 words; removed 0 blocks, 0 words"


def test_without_its_colours_it_is_the_same_text() -> None:
    import re

    painted = to_diff(ARTICLE, colour=True)
    assert "\x1b[31m- chrome" in painted
    assert re.sub("\x1b\\[[0-9]{1,2}m", "", painted) == to_diff(ARTICLE)


def test_every_block_of_a_seed_is_there_in_its_order() -> None:
    article = clean(SEED.read_bytes())
    marks = [line[0] for line in to_diff(article).splitlines()[:-1] if not line.startswith(" " * 10)]
    assert marks == [" " if block.kept else "-" for block in article.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\u202eb", r"a\u202eb"),
        ("a\x9bb", r"a\x9bb"),
        ("a\r\nb\tc", "a b c"),
        ("naïve – café \u200f", "naïve – café \u200f"),
    ],
)
def test_a_page_cannot_drive_the_terminal(text: str, expected: str) -> None:
    assert safe(text) == expected
    assert expected in to_diff(Article(blocks=(Block(text, reason=text),)), audit=True)


def on_terminal(**environment: str) -> bytes:
    """Run the command with a terminal as its stdout."""
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(COMMAND, stdout=theirs, env={**env, "TERM": "xterm", **environment}) as child:
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        assert child.wait() == 0
    os.close(ours)
    return said


def test_a_terminal_gets_colours() -> None:
    assert b"\x1b[31m- chrome" in on_terminal()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_a_terminal_that_wants_none_gets_none(environment: dict[str, str]) -> None:
    said = on_terminal(**environment)
    assert b"- chrome" in said
    assert b"\x1b" not in said


def test_a_pipe_and_a_file_get_none(tmp_path: Path) -> None:
    piped = subprocess.run(COMMAND, capture_output=True, check=True).stdout
    assert piped.decode() == to_diff(clean(SEED.read_bytes())) + "\n"
    subprocess.run([*COMMAND, "-o", str(tmp_path / "account.txt")], check=True)
    assert (tmp_path / "account.txt").read_bytes() == piped
