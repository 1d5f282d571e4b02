"""Plain text → blocks."""

from __future__ import annotations

import pytest

from cleanarticle.read_text import lines_of, read_text

MAIL = """\
The harbour authority said on Tuesday that the northern pier
would stay closed until at least the end of November, after
engineers found cracks in eleven of the forty supports that a
storm had damaged in early September, a report said.

Fishing crews have used the southern basin since the closure,
and several said that the longer trip had cost them hours of
work every week since then.
"""
LIST = """\
Bread and butter on the table
Milk
Coffee from the shop at the corner
Tea
Sugar
Two pounds of flour for the cake
"""


def texts_of(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("One.\n\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One.\u2029Two.", ["One.", "Two."]),
        ("One.\u2028Two.", ["One.", "Two."]),
        ("One.\x85Two.\x0bThree.", ["One.", "Two.", "Three."]),
        ("One\u2028two.\nThree.", ["One\u2028two.", "Three."]),
        ("  \n\ufeff\n\tOne.  \n", ["One."]),
        ("", []),
        (" \n\u00a0\n", []),
    ],
)
def test_a_line_is_a_block(text: str, texts: list[str]) -> None:
    assert texts_of(text) == texts


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("The mayor\nof Leeds said so.", ["The mayor of Leeds said so."]),
        ("He said it (the pier\n) would close.", ["He said it (the pier ) would close."]),
        ("The mayor said so.\nof Leeds", ["The mayor said so.", "of Leeds"]),
        ("The mayor\n\nof Leeds said so.", ["The mayor", "of Leeds said so."]),
        ("Pier to close\nThe mayor said so.", ["Pier to close", "The mayor said so."]),
    ],
)
def test_a_sentence_torn_at_a_tag_is_made_whole_and_two_lines_are_not(text: str, texts: list[str]) -> None:
    assert texts_of(text) == texts


def test_a_text_wrapped_by_its_width_is_read_by_paragraphs() -> None:
    first, second = texts_of(MAIL)
    assert first.startswith("The harbour authority")
    assert first.endswith("a report said.")
    assert second == "Fishing crews have used the southern basin since the closure, and several said that the longer trip had cost them hours of work every week since then."  # fmt: skip  # noqa: E501


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    assert texts_of(LIST) == LIST.splitlines()


@pytest.mark.parametrize("text", [MAIL, LIST, "  One.\n\n\tTwo\nof three.\r\nFour."])
def test_the_offsets_of_a_block_hold_its_words(text: str) -> None:
    blocks = read_text(text).blocks
    for block in blocks:
        assert text[block.start : block.end].split() == block.text.split()
    ends = [-1, *(block.end or 0 for block in blocks)]
    assert all(end < (block.start or 0) or end == -1 for end, block in zip(ends, blocks, strict=False))


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1b", "\x7f", "\x80", "\ud800"])
def test_no_block_holds_a_control_character_or_half_of_one(character: str) -> None:
    assert texts_of(f"One {character}two\n{character}\nthree") == ["One two", "three"]


def test_a_gap_is_a_blank_line_or_the_beginning() -> None:
    assert [line.after_gap for line in lines_of("One\nTwo\n\nThree\n \nFour")] == [True, False, True, True]
