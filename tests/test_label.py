"""Which blocks go and which look-alikes stay, and what the witness may change."""

import random

import pytest

from cleanarticle import Kind, clean, score, witness
from cleanarticle.label import Seen, _kind_of_line, contents, label, picture_credits, repeats
from cleanarticle.lexicon import lexicons_for
from cleanarticle.model import Block, Page
from cleanarticle.read_text import read_text

STORY = [
    "The harbour authority said on Tuesday that the northern pier would stay closed until at least the end of November.",
    "Engineers found cracks in eleven of the forty supports after a storm damaged the structure in early September.",
    "Fishing crews have used the southern basin since the closure, and several said that the longer trip had cost them hours.",
    "The council is expected to vote on emergency funding of 4.2 million euros next month, after a public hearing.",
]


def labelled(*lines: str):
    page = read_text("\n\n".join(lines))
    return label(page, lexicons_for("en"), "en")


def test_a_story_alone_stays_whole():
    assert all(block.kept for block in labelled(*STORY).blocks)


@pytest.mark.parametrize("line", ["Advertisement", "Share this article", "All rights reserved", "Leave a comment"])
def test_a_listed_line_goes_with_the_phrase_in_its_reason(line):
    block = labelled(*STORY, line).blocks[-1]
    assert (block.kind, block.kept) == (Kind.CHROME, False)
    assert "lexicon" in block.reason


@pytest.mark.parametrize("name", ["Technology", "Features", "Culture"])
def test_a_section_s_name_is_a_subheading_in_a_story_and_chrome_around_it(name):
    story = [*STORY, *(line.replace("harbour", "airport") for line in STORY)]
    inside = labelled(*story[:4], name, *story[4:]).blocks[4]
    assert "lexicon" not in inside.reason
    around = labelled("Home", name, "Sport", "Weather", *story).blocks[1]
    assert (around.kind, around.kept) == (Kind.CHROME, False)


def test_prose_that_begins_like_a_listed_phrase_is_left_to_the_scorer():
    prose = "Advertisement of the new ferry line began on Monday in the towns on the coast, where crews hope for many more guests."
    assert "lexicon" not in labelled(*STORY[:2], prose, *STORY[2:]).blocks[2].reason


def test_a_listed_sentence_goes_whatever_the_sites_name_and_one_with_its_words_stays():
    consent = (
        "Harbour Weekly will use the information you provide on this form to be in touch with you and to provide updates and marketing."
    )
    prose = "The authority will use the information that crews provide on this form to plan the repairs of the southern basin."
    kept = {block.text: block.kept for block in labelled(*STORY, consent, prose).blocks}
    assert (kept[consent], kept[prose]) == (False, True)


def test_a_sentence_said_twice_is_a_repeat_and_a_short_subheading_is_not():
    found = labelled(STORY[0], "Costs", STORY[1], STORY[0], "Costs", STORY[2])
    marks = {mark.at for mark in repeats(Seen(found.blocks, found.looks, lexicons_for("en")))}
    assert marks == {3}


def test_lines_that_differ_in_their_numbers_are_no_repeats_and_neither_is_a_figure_that_stands_twice():
    rows = ["Berths in the northern basin: 120", "Berths in the northern basin: 85", "12,000", "12,000", "9,500"]
    fares = ["The ferry to the island costs the crews 12 euros a day.", "The ferry to the island costs the crews 14 euros a day."]
    found = labelled(STORY[0], *rows, STORY[1], *fares, fares[1], *STORY[2:])
    marks = {mark.at for mark in repeats(Seen(found.blocks, found.looks, lexicons_for("en")))}
    assert [found.blocks[at].text for at in marks] == [fares[1]]
    assert max(marks) == min(marks) == 9


@pytest.mark.parametrize("line", ["(Jane Roe/Associated Press)", "(Per van der Berg/HBC)", "[Ana Ruiz/EFE]"])
def test_a_name_and_a_source_in_brackets_go(line):
    assert [block.text for block in labelled(*STORY[:2], line, *STORY[2:]).blocks if block.kept] == STORY


@pytest.mark.parametrize("line", ["(Berths/moorings)", "(4.7/5 rating)", "(he/she said so)", "(Jane Roe)"])
def test_other_lines_in_brackets_are_left_to_the_scorer(line):
    assert "brackets" not in labelled(*STORY[:2], line, *STORY[2:]).blocks[2].reason


HEADINGS = ["Why the pier closed", "What the engineers found", "Where the crews moor now", "How the council will vote"]
CHAPTERS = [line for pair in zip(HEADINGS, STORY, strict=True) for line in pair]


def marked_as_contents(*lines: str) -> list[int]:
    found = labelled(*lines)
    return [mark.at for mark in contents(Seen(found.blocks, found.looks, lexicons_for("en")))]


@pytest.mark.parametrize(
    "listed",
    [
        HEADINGS,
        [f"{number}. {heading}" for number, heading in enumerate(HEADINGS, 1)],
        [f"• {heading}" for heading in HEADINGS],
    ],
)
def test_a_table_of_contents_goes_and_the_headings_stay(listed):
    lines = [STORY[0].replace("Tuesday", "Monday"), *listed, *CHAPTERS]
    assert marked_as_contents(*lines) == [1, 2, 3, 4]
    assert [block.text for block in labelled(*lines).blocks if block.kept and block.text in HEADINGS] == HEADINGS


@pytest.mark.parametrize(
    "lines",
    [
        [*HEADINGS[:3], *CHAPTERS],  # three that the story takes up one by one
        [*HEADINGS, *STORY, *HEADINGS],  # a menu above and below the story
        [*reversed(HEADINGS), *CHAPTERS],  # another order
        [*CHAPTERS[::2], *CHAPTERS, *CHAPTERS],  # headings that each part has
        [line for number in range(1, 5) for line in (f"Day {number}", STORY[number - 1])],
    ],
)
def test_other_lines_said_twice_are_no_table_of_contents(lines):
    assert marked_as_contents(*lines) == []


def marked_as_captions(*lines: str, language: str = "en"):
    lexicons = lexicons_for(language)
    found = label(read_text("\n\n".join(lines)), lexicons, language)
    return [mark.at for mark in picture_credits(Seen(found.blocks, found.looks, lexicons))]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The pier after the storm. / CC: City archive", "en"),
        ("Crews inspect the northern pier on Monday. Photo: Jane Roe/EPA", "en"),
        ("Crews inspect the northern pier on Monday (Photo by J. Roe)", "en"),
        ("Crews inspect the northern pier on Monday. (AP Photo/Jane Roe)", "en"),
        ("The director at the council's hearing | Image courtesy of the authority", "en"),
        ("Arbeiter prüfen am Montag die Stützen der Brücke. Foto: Jana Roth/Archiv", "de"),
        ("Des ouvriers inspectent la jetée nord, lundi. Crédit photo : Jeanne Roux", "fr"),
        ("Obreros revisan el muelle norte el lunes. Foto: Juana Ruiz", "es"),
        ("Рабочие осматривают северный пирс в понедельник. Фото: Анна Рот", "ru"),
    ],
)
def test_a_credit_behind_its_sentence_makes_a_caption(line, language):
    assert marked_as_captions(*STORY[:2], line, *STORY[2:], language=language) == [2]


@pytest.mark.parametrize(
    "line",
    [
        "The council (which met on Monday) voted for the plan.",
        "The older model (pictured above) has looked the same for years, but it gets every new feature.",
        "She showed the council two things: photo albums of the old pier and a film of the storm.",
        "“It is all in the picture,” he said. Photo albums were handed round, and the hearing went on until ten.",
        "The harbour has a rule for journals (CC BY for all, he said) that nobody reads.",
        "The council is expected to vote on the emergency funding next month, after a public hearing. (Reuters)",
        "The council is expected to vote on the emergency funding next month, after a public hearing. (AFP/Reuters)",
        "The jury looked at each photo. Credit: that is what the young photographers hoped for. They got none.",
    ],
)
def test_a_sentence_that_speaks_of_pictures_is_no_caption(line):
    assert marked_as_captions(*STORY[:2], line, *STORY[2:]) == []


def test_a_lead_that_a_feed_breaks_off_stays_behind_its_dateline():
    told = "Ein 58 Jahre alter Mann ist am Freitag mit seinem Wagen gegen einen Baum geprallt."
    rest = "Die Einzelheiten sollen in der kommenden Woche bekanntgegeben werden."
    document = f"Neuer Plan\n\nBremen (dpa/lni) – {told} Nach Angaben der Polizei sei er in...Mehr lesen\n\n{rest}"
    assert told in (clean(document).body or "")


def test_the_reasons_of_judged_blocks_name_features():
    reasons = [block.reason for block in clean("\n\n".join(STORY)).blocks]
    assert any(reason.startswith("reads like the article: ") for reason in reasons)


def doubtful(monkeypatch, testimony):
    monkeypatch.setattr(witness, "_testimony", testimony)
    own = labelled("Menu", *STORY)._replace(expected=0.1)
    blocks = [block._replace(kept=False) for block in own.blocks]
    return own._replace(blocks=blocks), Page([Block(line) for line in ("Menu", *STORY)], html=True, source="<p>")


def test_the_witness_is_believed_where_the_own_answer_is_in_doubt(monkeypatch):
    own, page = doubtful(monkeypatch, lambda source: "\n".join(STORY))
    assert [block.kept for block in witness.hear(own, page).blocks] == [False, True, True, True, True]


def test_the_witness_is_not_asked_without_a_doubt_nor_believed_when_it_says_little(monkeypatch):
    own, page = doubtful(monkeypatch, lambda source: "Menu")
    assert witness.hear(own, page) is own
    assert witness.hear(own._replace(expected=0.95), page)[0] is own.blocks


def test_a_witness_that_fails_is_a_witness_less(monkeypatch):
    import trafilatura

    def fail(*_args, **_options):
        raise RecursionError

    monkeypatch.setattr(trafilatura, "extract", fail)
    assert witness._testimony("<html><body><p>x</p></body></html>") == ""


def test_the_compiled_trees_answer_as_the_walked_ones():
    model = score.load("text")
    chance = random.Random(1)
    rows = [tuple(chance.uniform(-5, 40) for _ in model.names) for _ in range(200)]
    assert [score._compiled(model)(row) for row in rows] == [score._walked(row, model.stages) for row in rows]


SPEECH = "– Vi har inte sett något liknande i den här hamnen på tjugo år, säger hamnchefen."


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["The plan has three parts:", "- a new pier", "- a longer quay"], Kind.LIST_ITEM),
        ([STORY[0], "• a new pier", STORY[1]], Kind.LIST_ITEM),
        ([STORY[0], SPEECH, STORY[1]], Kind.PARAGRAPH),
        ([STORY[0], SPEECH, SPEECH], Kind.PARAGRAPH),
        ([STORY[0], "– Nej.", STORY[1]], Kind.PARAGRAPH),
    ],
)
def test_a_dash_opens_speech_and_short_dashed_lines_below_each_other_are_a_list(lines, kind):
    found = labelled(*lines)
    assert _kind_of_line(found.blocks, 1, found.looks[1]) is kind
