"""The caller's own phrases: what they take, what they leave, what a wrong file is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import clean
from cleanarticle.lexicon import languages
from cleanarticle.lexicon import load as lexicon
from cleanarticle.phrases import PhrasesError, folded, load, main, phrases_of, read

LEAD = "The harbour board said on Monday that the last ferry to the islands will sail on Friday, ending a service that began in 1911."
SECOND = "Passenger numbers fell by half after the bridge opened two years ago, according to the board’s report for the year."
THIRD = "“Nobody wanted to be the one to sign this,” said Ingrid Solberg, who has chaired the board since the spring."
STORY = "\n\n".join(["Last ferry to sail on Friday", LEAD, SECOND, THIRD])

OWN = """\
# What our house prints
[chrome.sponsor]
whole = ["The Courier is read by 3,120 people every day, and that is why it is here."]
start = ["Brought to you by"]
inside = ["our shop"]
"""


def body(text: str, phrases: dict[str, Any] | None = None) -> list[str]:
    return clean(text, phrases=phrases).body.split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "The Courier is read by 4,007 people every day, and that is why it is here.",
        "• THE COURIER is read by 3,120 people every day, and that is why it is here",
        "Brought to you by the friends of the lighthouse, who have kept its lamp alight through every one of the last ninety winters.",
        "Please come and see the harbour prints in our shop, friends.",
    ],
)
def test_own_phrases_take_what_they_name(line: str) -> None:
    text = "\n\n".join([LEAD, line, SECOND, THIRD])
    assert body(text, read(OWN)) == [LEAD, SECOND, THIRD]
    (block,) = (block for block in clean(text, phrases=read(OWN)).blocks if block.text == line)
    assert "sponsor" in block.reason


@pytest.mark.parametrize(
    "line",
    [
        "The Courier is read by 3,120 people every day, and that is why it is here, said its editor, whose father had founded it.",
        "The lamps were brought to you by ship, the mayor told the islanders on Sunday, and by ship they will leave again next week.",
        "On Friday the harbour master opened our shop for the last time, said the widow of the man who had built it in the year 1911.",
    ],
)
def test_prose_that_looks_like_own_phrases_stays(line: str) -> None:
    text = "\n\n".join([LEAD, line, SECOND, THIRD])
    assert body(text, read(OWN)) == [LEAD, line, SECOND, THIRD]


def test_what_own_phrases_take_does_not_sway_the_judgement_of_the_rest() -> None:
    """The other blocks are what they are without the phrases."""
    text = "\n\n".join([LEAD, *["Brought to you by our friends"] * 30, SECOND, THIRD, SECOND])
    before, after = clean(text).blocks, clean(text, phrases=read(OWN)).blocks
    mine = [block.reason.startswith("own phrases: sponsor (start: “brought to you by”)") for block in after]
    assert mine == [block.text.startswith("Brought") for block in before]
    assert [one for one, own in zip(after, mine, strict=True) if not own] == [one for one, own in zip(before, mine, strict=True) if not own]


def test_python_takes_phrases_as_they_are_printed() -> None:
    text = f"{STORY}\n\nBrought to you by our friends"
    assert "friends" not in clean(text, phrases={"chrome": {"sponsor": {"start": ["Brought to YOU by…"]}}}).body


@pytest.mark.parametrize("tables", [{}, {"chrome": {}}, {"chrome": {"x": {}}}, {"caption": {"whole": []}}])
def test_no_phrases_change_nothing(tables: dict[str, Any]) -> None:
    assert clean(STORY, phrases=tables) == clean(STORY)


@pytest.mark.parametrize("code", sorted(languages()))
def test_the_phrases_of_a_lexicon_are_own_phrases_as_they_stand(code: str) -> None:
    tables = {family: lexicon(code).tables[family] for family in ("chrome", "caption", "credit") if family in lexicon(code).tables}
    for (*_, before), (*_, after) in zip(phrases_of(tables), phrases_of(folded(tables)), strict=True):
        assert after == before.strip()


def test_the_colon_of_a_start_and_the_marks_of_an_inside_stay() -> None:
    found = read('[chrome.share]\nstart = ["Share:"]\ninside = ["(opens in a new window)"]\nwhole = ["Share:"]')
    assert found == {"chrome": {"share": {"start": ["share:"], "inside": ["(opens in a new window)"], "whole": ["share"]}}}


WRONG = {
    '[chrome.share]\nwhole = ["a\n': "line 2: is no TOML",
    '[chrome.share]\nwhole = ["a"': "line 2: is no TOML",
    '[chrome.share]\n\nwhole = ["a"]\nwhole = ["b"]': "line 4: is no TOML",
    '[caption]\nwhole = ["a"]\n[chrome.share]\nwhol = ["b"]': "line 4: no 'chrome.share.whol'",
    '[chrom.share]\nwhole = ["a"]': "line 1: no table 'chrom'",
    '\n\n[share]\nwhole = ["a"]': "line 3: no table 'share'",
    '[chrome.share]\nwhole = "a"': "line 2: chrome.share.whole is no list",
    '[chrome]\n\nshare = ["a"]': "line 3: no 'chrome.share'",
    '[chrome.share]\nwhole = [\n"a",\n3,\n]': "line 4: chrome.share.whole has 3",
    '[chrome.share]\nstart = [\n"a",\n"—",\n]': "line 4: chrome.share.start has '—'",
    "phrases = 3": "line 1: no table 'phrases'",
    f"[caption]\nwhole = {'[' * 50_000}": "is no phrase file",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=map(str, range(len(WRONG))))
def test_a_wrong_file_is_told_the_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(PhrasesError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    done = _command("--phrases", path, data=STORY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"cleanarticle: {path}: {message}")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("content", [None, b"[chrome.share]\nwhole = ['\xff']"], ids=["missing", "latin-1"])
def test_a_file_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PhrasesError, match=r"my\.toml: (cannot be read|line 2: is not UTF-8)"):
        load(str(path))


@pytest.mark.parametrize("phrases", ["share", ["share"], {"chrome": ["share"]}, {"noise": {}}, {"chrome": {"share": {"whole": [3]}}}])
def test_wrong_phrases_in_python_are_a_value_error(phrases: Any) -> None:
    with pytest.raises(ValueError, match="phrase"):
        clean(STORY, phrases=phrases)


def _command(*args: str | Path, data: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleanarticle", *map(str, args)]
    return subprocess.run(command, input=data.encode(), capture_output=True, check=False)


def test_the_filter_takes_a_phrase_file(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(OWN, "utf-8")
    done = _command("--phrases", path, "--format", "text", data=f"{STORY}\n\nBrought to you by our friends")
    assert done.returncode == 0
    assert done.stdout.decode().endswith(f"{THIRD}\n")


# ------------------------------------------------------------------------------------------------------ phrases check


def check(tmp_path: Path, phrases: str, *texts: str) -> int:
    (tmp_path / "my.toml").write_text(phrases, "utf-8")
    (tmp_path / "docs").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "docs" / f"{number}.txt").write_text(text, "utf-8")
    return main(["check", str(tmp_path / "my.toml"), str(tmp_path / "docs")])


def test_check_tells_which_phrases_would_take_article_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrases = '[chrome.ad]\nstart = ["Passenger numbers", "Passenger", "brought to you"]\n'
    assert check(tmp_path, phrases, STORY, f"{STORY}\n\nShare this story") == 1
    said = capsys.readouterr().out
    assert said.count("(start: “passenger numbers”) would remove: Passenger numbers fell by half") == 2
    assert said.count("(start: “passenger”) would remove") == 2, "a phrase hidden by another is named as well"
    assert "brought" not in said
    assert "0.txt" in said


def test_check_is_content_with_phrases_that_meet_chrome_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, '[chrome.ad]\nwhole = ["share this story"]\n', f"{STORY}\n\nShare this story") == 0
    assert "1 block met and removed anyway, 0 met and kept" in capsys.readouterr().out


def test_check_names_what_can_never_meet_a_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, f'[chrome.ad]\ninside = ["{"very long " * 8}"]\n') == 0
    assert "only blocks of fewer than 60" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["check"], ["check", "no-such.toml"], ["mend", "my.toml"]])
def test_wrong_use_is_one_line_and_exit_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1
