"""What the scorer sees of a block: words, form, and the same numbers whether or not a block was seen before."""

import pytest

from cleanarticle import features
from cleanarticle.features import Lens, measure, shape_keys, tokens_of
from cleanarticle.lexicon import fold
from cleanarticle.model import Block


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t read more: 3,120 Comments »", ["don't", "read", "more", "#", "comments"]),
        ("“Größe – nicht alles”, sagt sie", ["grösse", "nicht", "alles", "sagt", "sie"]),
        ("हिन्दी में समाचार।", ["हिन्दी", "में", "समाचार"]),
        ("snake_case stays", ["snake_case", "stays"]),
        ("— | —", []),
    ],
)
def test_words_are_runs_of_letters_with_their_marks(text, words):
    assert tokens_of(fold(text)) == words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Photo: Jane Doe", ["~A:AA", "~A:AA>", "~0", "~A:AA$"]),
        ("3 May 2024", ["~0A0", "~0A0>", "~0", "~0A0$"]),
        ("Weitere Berichte aus der Region und dem Land.", ["~AAa", "~aaA.>", "~2."]),
        ("", []),
    ],
)
def test_the_form_of_a_line_is_how_its_words_are_written(text, keys):
    assert shape_keys(text, text.split(None, features.LONG)) == keys


def test_a_remembered_block_measures_as_a_new_one():
    blocks = [Block(text) for text in ("Home", "Share this article", "The ferry runs again from Monday, the town said.", "Home")]
    lens = Lens(vocabulary={"ferry": 1.5, "home": -2.0})
    first = measure(blocks, lens)[1]
    assert measure(blocks, lens)[1] == first == measure(blocks, Lens(vocabulary=lens.vocabulary))[1]


def test_what_a_lens_remembers_is_bounded():
    lens = Lens()
    for start in range(0, 3 * features.MOST_KNOWN, 500):
        measure([Block(f"line {chr(0x4E00 + number)}") for number in range(start, start + 500)], lens)
        assert len(lens.known) <= features.MOST_KNOWN + 1
    measure([Block("word " * 60)], lens)
    assert not any(len(text) > features.LONGEST_KNOWN for text in lens.known)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("El lugar será cubierto para protegerlo de las lluvias. EFE", 1),
        ("The town said so on Monday.", 1),
        ("„Das kostet uns keine weiteren vier Jahre.“", 1),
        ("»Das kostet uns keine weiteren vier Jahre.«", 1),
        ("«Cela nous coûte quatre ans.»", 1),
        ("Updated 3:14 p.m. EST", 0),
        ("Visit the U.S. NOW", 0),
        ("More from WORLD NEWS", 0),
    ],
)
def test_a_sentence_before_an_agency_s_letters_is_closed(text, closed):
    assert measure([Block(text)], Lens())[1]["closed"] == [closed]
