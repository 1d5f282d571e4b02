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


def test_a_block_that_stands_twice_measures_alike():
    blocks = [Block(text) for text in ("Home", "Share this article", "The ferry runs again from Monday, the town said.", "Home")]
    lens = Lens(vocabulary={"ferry": 1.5, "home": -2.0})
    looks, table = measure(blocks, lens)
    assert measure(blocks, lens)[1] == table
    assert looks[0] is looks[3]
    assert table["word score"] == [-2.0, 0.0, 1.5, -2.0]


def test_what_a_lens_remembers_is_the_last_document():
    lens = Lens()
    measure([Block("Home"), Block("word " * 60)], lens)
    assert list(lens.known) == ["Home"]
    measure([Block(f"line {number}") for number in range(features.MOST_KNOWN + 1)], lens)
    assert not lens.known


LINES = (
    "",
    "Home",
    "Photo: Jane Doe/AP",
    "read more",
    "Read  more",
    " Read more ",
    "The ferry runs again from Monday, the town said.",
    "„Die Fähre fährt wieder“, sagte die Stadt – Montag",
    "WORLD | SPORT | 3 May 2024 | iPhone -",
    "word " * 62,
    "Word " * 59 + "End.",
    "Every word of a line that has more than thirty words counts, and so the line goes on, and on, and on, until the Reader has had "
    "enough of it and closes the book:",
)


@pytest.mark.parametrize("text", LINES)
def test_the_vocabulary_looks_up_what_the_keys_say(text):
    tokens = tokens_of(fold(text))
    keys = [*shape_keys(text, features.head_of(text)), *features.word_keys(tokens)]
    weights = {key: 1.0 / (3 + number) for number, key in enumerate(dict.fromkeys(keys)) if number % 3 != 1}
    vocabulary = features.Vocabulary(weights)
    found = [*vocabulary.of_form(features.form_of(text)), *vocabulary.of_words(tokens)]
    assert sum(filter(None, found)) == features.key_score(keys, weights)


@pytest.mark.parametrize("text", LINES)
def test_the_form_is_the_same_by_either_way(text):
    assert features.form_of(text) == features._form(text, features.head_of(text))


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("El lugar será cubierto para protegerlo de las lluvias. EFE", 1),
        ("The town said so on Monday.", 1),
        ("„Das kostet uns keine weiteren vier Jahre.“", 1),
        ("»Das kostet uns keine weiteren vier Jahre.«", 1),
        ("«Cela nous coûte quatre ans.»", 1),
        ("Das kostet uns vier Jahre. (jro)", 1),
        ("„Das kostet uns vier Jahre.“ (jro/dpa)", 1),
        ("Das kostet uns vier Jahre [ab]", 0),
        ("The pier in October. (Photo: Jane Roe)", 0),
        ("Updated 3:14 p.m. EST", 0),
        ("Visit the U.S. NOW", 0),
        ("More from WORLD NEWS", 0),
    ],
)
def test_a_sentence_before_an_agency_s_letters_is_closed(text, closed):
    assert measure([Block(text)], Lens())[1]["closed"] == [closed]


@pytest.mark.parametrize(
    "sentence",
    [
        "میئر نے پیر کو کہا کہ شمالی بندرگاہ مہینے کے آخر تک بند رہے گی۔",
        "ဆိပ်ကမ်းကို လကုန်အထိ ပိတ်ထားမည်ဟု မြို့တော်ဝန်က တနင်္လာနေ့တွင် ပြောကြားခဲ့သည်။",
        "អភិបាលក្រុងបាននិយាយថា កំពង់ផែនឹងបិទរហូតដល់ចុងខែនេះ។",
        "Քաղաքապետն ասաց, որ նավահանգիստը փակ կմնա մինչև ամսվա վերջը։",
        "ከንቲባው ወደቡ እስከ ወሩ መጨረሻ ድረስ ተዘግቶ እንደሚቆይ ሰኞ ዕለት ተናግረዋል።",
        "মেয়র সোমবার বলেছেন যে উত্তরের বন্দরটি মাসের শেষ পর্যন্ত বন্ধ থাকবে।",
    ],
    ids=["Urdu", "Burmese", "Khmer", "Armenian", "Amharic", "Bengali"],
)
def test_sentences_close_in_every_script(sentence: str) -> None:
    (closed, without), _ = measure([Block(sentence), Block(sentence[:-1])], Lens())
    assert (closed.closed, bool(closed.prose)) == (True, True)
    assert (without.closed, without.prose) == (False, 0.0)
    assert fold(sentence) == without.folded
