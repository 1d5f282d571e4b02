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
        ("He said that Jean-\nPaul Mercier left.", ["He said that Jean-Paul Mercier left."]),
        ("In 2019-\n2020 it closed.", ["In 2019-2020 it closed."]),
        ("It closed in 2019 -\n2020 was worse", ["It closed in 2019 -", "2020 was worse"]),
        ("The pier - said to be safe -\nThe mayor left", ["The pier - said to be safe -", "The mayor left"]),
        ("He praised the\nHarbour Authority\nfor it.", ["He praised the Harbour Authority for it."]),
        ("What the pier is made for\nHarbour Authority", ["What the pier is made for", "Harbour Authority"]),
        ("Who took it with\n\nHarbour Authority", ["Who took it with", "Harbour Authority"]),
        ("A\nBritish mayor", ["A", "British mayor"]),
        ("The pike (\nEsox lucius\n) came back.", ["The pike ( Esox lucius ) came back."]),
        ("The pike came back :(\n(Esox lucius)", ["The pike came back :(", "(Esox lucius)"]),
        ("Mówi, że most\nże będzie zamknięty.", ["Mówi, że most że będzie zamknięty."]),
        ("Er sagte: „Wir gehen.“\nDanach ging er.", ["Er sagte: „Wir gehen.“", "Danach ging er."]),
    ],
)
def test_a_sentence_torn_at_a_tag_is_made_whole_and_two_lines_are_not(text: str, texts: list[str]) -> None:
    assert texts_of(text) == texts


def test_a_text_wrapped_by_its_width_is_read_by_paragraphs() -> None:
    first, second = texts_of(MAIL)
    assert first.startswith("The harbour authority")
    assert first.endswith("a report said.")
    assert second == "Fishing crews have used the southern basin since the closure, and several said that the longer trip had cost them hours of work every week since then."  # fmt: skip  # noqa: E501


POSTED = f"""\
From: Harbour desk <desk@example.org>
To: members
Subject: Northern pier

{MAIL}
See https://example.org/a-very-long-address-of-a-report/that-goes-on-and-on-for-more-than-one-hundred-characters/1

--
Anna Berg
Harbour desk
"""


def test_the_head_and_the_signature_of_a_wrapped_mail_keep_their_lines() -> None:
    texts = texts_of(POSTED)
    assert texts[:3] == POSTED.splitlines()[:3]
    assert texts[3:5] == texts_of(MAIL)
    assert texts[-3:] == ["--", "Anna Berg", "Harbour desk"]


def test_a_wrapped_text_without_blank_lines_is_parted_where_a_sentence_leaves_room() -> None:
    short = MAIL.replace(", a report said", "")
    assert texts_of(short.replace("\n\n", "\n")) == texts_of(short)
    assert texts_of(MAIL.replace("\n\n", "\n   ")) == texts_of(MAIL)


HEADLINES = """\
Harbour Authority Closes the Northern Pier Until November
Engineers Find Cracks in Eleven Supports After the Storm
Fishing Crews Say the Longer Trip Costs Them Whole Hours
Council Delays Its Vote on the New Bridge for Third Time
Museum Opens a Hall for the Ships That Never Came Back
Ferry Company Promises Boats for Every Island by Spring
"""
SENTENCES = """\
The harbour authority closed the northern pier on Tuesday.
Engineers had found cracks in eleven of forty supports.
Fishing crews use the southern basin for the time being.
The longer trip costs them several hours of every week.
The council will vote on repairs before the year is out.
"""


@pytest.mark.parametrize("text", [HEADLINES, SENTENCES, f"{HEADLINES}\n{SENTENCES}", f"{MAIL}\n{HEADLINES}"])
def test_lines_of_like_length_that_stand_for_themselves_are_not_wrapped(text: str) -> None:
    for line in {*HEADLINES.splitlines(), *SENTENCES.splitlines()} & set(text.splitlines()):
        assert line in texts_of(text)


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    assert texts_of(LIST) == LIST.splitlines()


@pytest.mark.parametrize("text", [MAIL, LIST, "  One.\n\n\tTwo\nof three.\r\nFour."])
def test_the_offsets_of_a_block_hold_its_words(text: str) -> None:
    blocks = read_text(text).blocks
    for block in blocks:
        assert text[block.start : block.end].split() == block.text.split()
    ends = [-1, *(block.end or 0 for block in blocks)]
    assert all(end < (block.start or 0) or end == -1 for end, block in zip(ends, blocks, strict=False))


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1b", "\x7f", "\x80"])
def test_no_block_holds_a_control_character_or_half_of_one(character: str) -> None:
    assert texts_of(f"One {character}two\n{character}\nthree") == ["One two", "three"]


def test_a_gap_is_a_blank_line_or_the_beginning() -> None:
    assert [line.after_gap for line in lines_of("One\nTwo\n\nThree\n \nFour")] == [True, False, True, True]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a form\x0cfeed and\x0bmore\nB", "a form feed and more"),
        ("\x1b[31mred\x1b[0m paint\nB", "red paint"),
        ("see [31m] there\nB", "see [31m] there"),
        ("half \ud800 one\nB", "half \ufffd one"),
        ("a \ud83d\ude00 face\nB", "a \U0001f600 face"),
    ],
)
def test_what_no_line_should_hold_is_what_it_stood_for(text: str, block: str) -> None:
    assert texts_of(text)[0] == block
