"""What leaves the ends of a body, and the look-alikes of a story that stay."""

import pytest

from cleanarticle import Kind, clean
from cleanarticle.draft import Draft, name_words
from cleanarticle.ending import biographies
from cleanarticle.label import label
from cleanarticle.lexicon import lexicons_for
from cleanarticle.model import Block, Page
from cleanarticle.stray import clear

STORY = [
    "The harbour authority said on Tuesday that the northern pier would stay closed until at least the end of November.",
    "Engineers found cracks in eleven of the forty supports after a storm damaged the structure in early September.",
    "Fishing crews have used the southern basin since the closure, and several said that the longer trip had cost them hours.",
    "The council is expected to vote on emergency funding of 4.2 million euros next month, after a public hearing.",
    "The authority's director told the council that the work would begin as soon as the money had been found.",
    "Residents who live above the basin have complained about the noise of the engines early in the morning.",
]
TITLE = "Northern pier stays closed"


def as_page(lines, tags=None):
    inner = "".join(f"<{tag}>{line}</{tag}>" for line, tag in zip(lines, tags or ["p"] * len(lines), strict=True))
    return f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{inner}</article></body></html>"


def as_text(lines):
    return "\n\n".join([TITLE, *lines])


FORMS = pytest.mark.parametrize("form", [as_page, as_text])


def body_of(document):
    return clean(document).body.split("\n\n")


# ---------------------------------------------------------------------------------------------- no letters


@FORMS
@pytest.mark.parametrize("line", ["---", "- -", "___", "-------------", "* * *", "***", "###", "«", "~~~"])
def test_a_separator_is_no_paragraph_and_what_it_parts_stays(form, line):
    article = clean(form([*STORY[:3], line, *STORY[3:], line]))
    assert article.body.split("\n\n") == STORY
    assert {block.kind for block in article.blocks if block.text == line} == {Kind.CHROME}


def test_a_dash_between_the_cells_of_a_table_stays():
    cells = ["Hotel beds", "1,200", "-", "Camp sites", "-", "840"]
    blocks = clean(as_text([*STORY[:3], *cells, *STORY[3:]])).blocks
    assert "a separator" not in [block.reason for block in blocks]


@FORMS
@pytest.mark.parametrize("lines", [["861"], ["861", "861"], ["1", "2", "3"], ["#11"], ["1/3"], ["13:44"]])
def test_numbers_alone_behind_the_story_go(form, lines):
    assert body_of(form([*STORY, *lines])) == STORY


@pytest.mark.parametrize("line", ["0", "19:32", "4.9"])
def test_a_number_alone_above_the_story_goes(line):
    assert body_of(as_text([line, *STORY])) == STORY


@pytest.mark.parametrize("numbers", [["1", "2", "3"], ["2022", "2023", "2024"]])
def test_numbers_over_paragraphs_are_headings_and_stay(numbers):
    lines = [line for number, *parts in zip(numbers, STORY[::2], STORY[1::2], strict=True) for line in (number, *parts)]
    reasons = [block.reason for block in clean(as_text(lines)).blocks if block.text in numbers]
    assert not [reason for reason in reasons if "number" in reason]


@FORMS
def test_a_year_over_the_only_paragraphs_stays(form):
    assert "number" not in next(block.reason for block in clean(form(["2024", *STORY])).blocks if block.text == "2024")


@FORMS
@pytest.mark.parametrize("score", ["3:1", "0:0"])
def test_a_score_stays_between_paragraphs_and_behind_them(form, score):
    blocks = clean(form([*STORY[:3], score, *STORY[3:], score])).blocks
    assert not [block for block in blocks if block.text == score and "number" in block.reason]


@pytest.mark.parametrize(
    ("above", "figure"),
    [
        ("Hotel beds in the old town", "10,000"),
        ("In which year was the pier opened?", "1987"),
        ("Share of the crews that have moved to the southern basin since the pier was closed.", "89%"),
        ("The winning numbers of the harbour lottery are:", "7"),
    ],
)
def test_a_figure_that_belongs_to_the_line_above_it_stays(above, figure):
    blocks = clean(as_text([*STORY, above, figure])).blocks
    assert "number" not in blocks[-1].reason


def test_times_of_other_stories_behind_the_end_go_and_those_of_a_race_stay():
    times = [*STORY, "Latest", "18:51", "18:09", "17:24"]
    race = [*STORY, "Jane Roe", "12:44", "Lise Dahl", "12:58", "Mia Berg", "13:10", "13:20"]
    assert body_of(as_page(times)) == STORY
    assert not [block for block in clean(as_page(race)).blocks if "times" in block.reason]


# ---------------------------------------------------------------------------------------------- keywords


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "1.9, cracks, engineers, Harbour Board, northern pier, storm",
        "cracks | engineers | Harbour Board | pier | storm",
        "• Council · engineers · pier · safety · storm",
        "basin, board, boats of the southern basin, cracks, crews, engineers, pier, Roe, storm, supports",
        "Ägypten, Brücke, hafen, Küste, sturm",
    ],
)
def test_keywords_at_the_end_go(form, line):
    assert body_of(form([*STORY, line])) == STORY


def test_keywords_above_the_story_go():
    assert body_of(as_text(["cracks, engineers, Harbour Board, pier, storm", *STORY])) == STORY


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "Also nominated: Anna Berg, Lise Dahl, Mia Holm, Ola Nord, Per Roe",  # names, in order
        "Anna Berg, Lise Dahl, Mia Holm, Ola Nord, Per Roe",
        "flour, eggs, sugar, butter, milk, salt",  # not in order
        "Crabs, eels, herring, plaice, and whiting are caught there.",  # a sentence
        "Caught there: cod, eels, herring, plaice, whiting",  # said of what
        "crabs, eels, herring, plaice",  # few
        "boats of the southern basin, crews, engines in the morning, noise, residents",  # long items
    ],
)
def test_an_enumeration_of_the_story_stays(form, line):
    assert "keywords" not in " ".join(block.reason for block in clean(form([*STORY, line])).blocks)


def test_keywords_within_a_story_stay():
    lines = [*STORY[:3], "cod, eels, herring, plaice, whiting", *STORY[3:], *(f"{line[:-1]} again." for line in STORY)]
    assert "cod, eels, herring, plaice, whiting" in body_of(as_page(lines))


# ---------------------------------------------------------------------------------------------- captions, pointers


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "FILE - Jane and Per Roe mend the nets of their cutter on the quay of the southern basin in the north, on March 1, 2024.",
        "FILE PHOTO: Crews inspect the supports of the northern pier after the storm that closed it in early September last year.",
        "02:12 - Source: Harbour TV",
        "5:07 – Source: Harbour TV",
    ],
)
def test_captions_between_paragraphs_go(form, line):
    article = clean(form([*STORY[:3], line, *STORY[3:]]))
    assert article.body.split("\n\n") == STORY
    assert next(block.kind for block in article.blocks if block.text == line) in (Kind.CAPTION, Kind.CREDIT)


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "File after file was carried out of the office of the harbour board on Monday, and the director watched from across the road.",
        "Source: the director said at 02:12 that the crews had been told, and that nobody had been hurt when the pier gave way.",
    ],
)
def test_sentences_with_the_words_of_captions_stay(form, line):
    assert line in body_of(form([*STORY[:3], line, *STORY[3:]]))


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "PHOTOS: The northern pier after the storm",
        "LISTEN: The director on the radio (06/08)",
        "VIDEO: Will the supports hold?",
        "READ the director's full letter:",
        "WATCH: Crews at work on the pier",
        "▶ VIDEO | Crews at work on the pier",
    ],
)
def test_a_pointer_by_its_word_in_capitals_goes(form, line):
    assert body_of(form([*STORY[:3], line, *STORY[3:]])) == STORY


@FORMS
@pytest.mark.parametrize(
    "line",
    [
        "VIDEO: The crews were filmed by a neighbour, and the board used what she had seen to find out who had been there.",
        "JANE ROE: Do you think that the pier will ever be opened again?",
        "Listen: nobody asked the crews, and nobody told them what the board had known since the spring, she said.",
        "READ my lips, the director told the council, and then he left the hall before the vote had begun:",
        "MORE than a hundred crews have moved to the southern basin since the pier was closed in autumn.",
    ],
)
def test_sentences_that_begin_in_capitals_stay(form, line):
    blocks = clean(form([*STORY[:3], line, *STORY[3:]])).blocks
    assert "points" not in next(block.reason for block in blocks if block.text == line)


# ---------------------------------------------------------------------------------------------- comments

OPINIONS = [
    "I have moored my boat there for thirty years and nobody from the board has ever asked me what I think of it.",
    "They should have mended it years ago, and now all of us have to pay for what they have forgotten.",
]
LONGER = [*STORY, *(line.replace("The", "In spring the").replace("northern", "southern") for line in STORY)]


@FORMS
def test_what_readers_wrote_behind_the_heading_of_the_comments_goes(form):
    lines = [*LONGER, "2 Comments", "Skipper 4", OPINIONS[0], "Reply", "Quayside", OPINIONS[1], "Reply", "Report abuse"]
    assert set(body_of(form(lines))) == set(LONGER)


@FORMS
@pytest.mark.parametrize("heading", ["2 thoughts on “Northern pier stays closed”", "One comment on “Northern pier stays closed”"])
def test_a_heading_of_comments_that_gives_the_title_needs_no_buttons(form, heading):
    assert set(body_of(form([*LONGER, heading, *OPINIONS]))) == set(LONGER)


@FORMS
@pytest.mark.parametrize(
    "signed",
    [
        ("Skipper Four says", "June 5, 2019 at 3:14 pm", "Jane Quayside says:", "June 6, 2019 at 8:20 am"),
        ("by skipper4 at 15:14", "05/06/2019 15:14", "by quayside at 08:20", "06/06/2019 08:20"),
    ],
)
def test_names_and_times_below_the_heading_tell_comments_as_buttons_do(form, signed):
    lines = [*LONGER, "2 Comments", *signed[:2], OPINIONS[0], *signed[2:], OPINIONS[1]]
    assert set(body_of(form(lines))) == set(LONGER)


@FORMS
def test_more_comments_than_story_go_if_each_is_signed(form):
    lines = [line for number in range(8) for line in (f"Skipper {number} says", f"{OPINIONS[number % 2][:-1]} for {number + 2} years.")]
    assert set(body_of(form([*STORY, "8 Comments", *lines]))) == set(STORY)


@FORMS
@pytest.mark.parametrize(
    "lines",
    [
        [*LONGER[:8], "In the same county", "Ferry to stop", "Comments:", "Bus to start", "Comments:", *LONGER[8:]],  # a list's counters
        [*LONGER[:8], "3 thoughts on the pier", *LONGER[8:]],  # a subheading
        [*LONGER[:8], "Comments", "Dock 4, 10:30", "Dock 7, 11:45", *LONGER[8:]],  # two times alone
        [*LONGER, "Comments", *OPINIONS],  # a story's own heading: no buttons below
        [STORY[0], "Comments", *LONGER[1:], "Reply", "Report abuse"],  # a link above most of the story
        [*LONGER, *[line for part in OPINIONS for line in ("2 comments", part, "3 comments", part)], "Reply", "Report abuse"],  # a list's
    ],
)
def test_a_heading_like_that_of_the_comments_takes_nothing_from_the_story(form, lines):
    assert not [block for block in clean(form(lines)).blocks if "heading of the comments" in block.reason]


def page_with(comments, story=STORY):
    return as_page(story).replace("</article>", f"{comments}</article>")


@pytest.mark.parametrize("name", ["submitted-comment clearfix", "visitors_comment_content", "comments-area", "comentarios lista", "disqus"])
def test_what_the_page_calls_a_comment_goes(name):
    page = page_with(f'<div class="{name}"><h3>Well said</h3>{"".join(f"<p>{line}</p>" for line in OPINIONS)}</div>')
    assert body_of(page) == STORY


@pytest.mark.parametrize("name", ["comments-open", "comment-count-3", "commentary", "no-commentary"])
def test_other_names_with_that_word_mark_no_comments(name):
    page = page_with(f'<div class="{name}">{"".join(f"<p>{line}</p>" for line in OPINIONS)}</div>')
    assert not [block for block in clean(page).blocks if "calls it a comment" in block.reason]


def test_a_story_that_stands_wholly_in_such_an_element_stays():
    page = as_page(STORY).replace("<article>", '<article class="tone-comment">')
    assert body_of(page) == STORY


def test_a_closed_line_that_is_all_of_a_long_name_breaks_nothing():
    names = [["ann", "marie", "van", "der", "berg", "de", "la", "cruz"]]
    line = "Ann Marie van der Berg de la Cruz."
    labelled = label(Page([Block(text) for text in (*STORY, line)]), lexicons_for("en"), "en")
    draft = Draft(Page(labelled.blocks), labelled, lexicons_for("en"), "en")
    assert draft.looks[-1].prose
    assert name_words(["Ann Marie van der Berg de la Cruz", "· ·"]) == names
    biographies(draft, ["Ann Marie van der Berg de la Cruz", "· ·"])


# ---------------------------------------------------------------------------------------------- behind the story, above it

MORE = [
    "Two shipyards have offered to mend the supports, and both say that they would need the whole of the spring for it.",
    "The board has not said which of them it prefers, or where the money for the divers is to come from.",
    "A ferry company asked in October whether its boats might use the outer quay for as long as the pier is closed.",
    "That quay belongs to the state, and the ministry has let the letters from the harbour lie since then.",
]
WHOLE = [*STORY, *MORE]
LIFE = "Mira Vale is the founder of Tidework, which builds pumps for small harbours. She has spent fifteen years with crews and boards."


@FORMS
@pytest.mark.parametrize(
    "lines",
    [
        [LIFE],
        ["Mira Vale currently works as a writer for the Harbour Post. She has also worked for a ferry company and for two museums."],
        ["Mira Vale ist Gründerin und Leiterin von Tidework, einer Firma, die seit vielen Jahren Pumpen für kleine Häfen baut und wartet."],
        [LIFE, "With Ole Brandt she wrote a book about tides."],
        ["About the author", "Mira likes boats more than anything else and lives on one in the southern basin with her two cats."],
        ["About the Author", "Mira Vale", "Her next book is about pumps and those who look after them in winter, when nobody else does."],
    ],
)
def test_what_tells_at_the_end_who_the_author_is_goes(form, lines):
    assert body_of(form([*WHOLE, *lines])) == WHOLE


def test_a_reporter_is_found_above_what_else_stands_behind_the_story():
    reporter = "Mira Vale is a reporter for the Harbour Post who covers the coast and the crews that work there."
    told = [f"{when} it was said in the hall that {line[0].lower()}{line[1:]}" for when in ("In May", "In June") for line in WHOLE]
    others = [f"The {place} has asked for money of its own, which the county is to talk of." for place in ("north", "south", "isle", "bay")]
    assert body_of(as_text([*WHOLE, *told, reporter, *others])) == [*WHOLE, *told]


@pytest.mark.parametrize(("at", "left"), [(len(WHOLE), 0), (4, len(WHOLE) - 4)])
def test_what_stands_behind_a_biography_that_has_gone_goes_too(at, left):
    lines = [*WHOLE[:at], LIFE, *WHOLE[at:], "The ferries will sail again in May."][: len(WHOLE) + 1 + (not left)]
    labelled = label(Page([Block(text) for text in lines]), lexicons_for("en"), "en")
    draft = Draft(Page(labelled.blocks), labelled, lexicons_for("en"), "en")
    draft.take(at, Kind.CHROME, "", kept=False)
    assert len(draft.body()) == len(lines) - 1
    biographies(draft, [])
    assert len([index for index in draft.body() if index > at]) == left


@FORMS
def test_a_link_to_a_biography_within_the_story_heads_none(form):
    lines = [*WHOLE, "Full bio", "Questions", *[f"In May it was said that {line[0].lower()}{line[1:]}" for line in WHOLE]]
    assert "tells who the author is" not in [block.reason for block in clean(form(lines)).blocks]


PORTRAITS = [
    f"{name} is the director of a small shipyard in the {place} and has spent most of her life with boats and with those who sail them."
    for name, place in (
        ("Anna Holm", "north"),
        ("Berta Kline", "south"),
        ("Carla Moss", "east"),
        ("Dora Penn", "west"),
        ("Erna Quist", "bay"),
    )
]


@FORMS
@pytest.mark.parametrize(
    "lines",
    [
        [*WHOLE, "Mira Vale is the attorney for the harbour board."],  # a fact
        [*WHOLE[:4], LIFE, *WHOLE[4:], "Vale said that she would come back in the spring."],  # one of the story
        [*WHOLE, *PORTRAITS],
        ["About the author", *WHOLE],  # a link above the story
    ],
)
def test_those_whom_the_story_speaks_of_stay(form, lines):
    assert not [block for block in clean(form(lines)).blocks if "author is" in block.reason]


TEASER = "The board wants to dredge the southern basin before the next winter, and the crews are asked to move their boats to..."


@FORMS
def test_what_breaks_off_behind_the_story_goes(form):
    assert body_of(form([*WHOLE, "Related articles", "Read more", "Why the southern basin is to be dredged", TEASER])) == WHOLE


@FORMS
@pytest.mark.parametrize("between", [[], ["Advertisement"], ["* * *"]])
def test_a_last_paragraph_that_ends_in_an_ellipsis_stays(form, between):
    last = "What comes next nobody on the quay can tell, and the director says that the board will have to wait and see…"
    block = next(block for block in clean(form([*WHOLE, *between, last])).blocks if block.text == last)
    assert "breaks off" not in block.reason
    assert block.kept or between == ["Advertisement"]  # below that the scorer doubts it in a text; no rule takes it


FRAME = ["Share", "Facebook", "Leave a comment", "Subscribe", "Privacy Policy", "Contact us"]
OTHER = "The lighthouse on the outer bank was sold on Monday to a family that wants to live there, the harbour office told the paper."


@FORMS
def test_what_stands_behind_the_frame_goes(form):
    assert body_of(form([*WHOLE, *FRAME, OTHER])) == WHOLE


@FORMS
def test_a_frame_within_the_story_takes_nothing_from_it(form):
    assert body_of(form([*WHOLE[:4], *FRAME, *WHOLE[4:]])) == WHOLE


@pytest.mark.parametrize(("above", "left"), [(1, 0), (4, 4)])
def test_what_little_stands_above_the_headline_of_a_text_goes(above, left):
    others = ["The lighthouse was sold to a family on Monday.", *PORTRAITS][:above]
    labelled = label(Page([Block(text) for text in (*others, TITLE, *WHOLE)]), lexicons_for("en"), "en")
    draft = Draft(Page(labelled.blocks), labelled, lexicons_for("en"), "en")
    draft.headline_at = above
    draft.take(above, Kind.HEADLINE, "")
    assert [index for index in range(above) if draft.in_body(index)] == list(range(above))
    clear(draft)
    assert len([index for index in range(above) if draft.in_body(index)]) == left
    assert [draft.blocks[index].text for index in draft.body() if index > above] == WHOLE


def kept_of(lines, listed, dropped=()):
    """Draft the lines as if the scorer had kept all but the dropped ones, clear it, and return which of the listed ones are in the body."""
    labelled = label(Page([Block(text) for text in lines]), lexicons_for("en"), "en")
    blocks = [Block(text, kept=text not in dropped, kind=Kind.CHROME if text in dropped else Kind.PARAGRAPH) for text in lines]
    draft = Draft(Page(labelled.blocks), labelled._replace(blocks=blocks), [*lexicons_for("de"), *lexicons_for("en")], "en")
    clear(draft)
    return [draft.blocks[index].text for index in draft.body() if draft.blocks[index].text in listed]


OTHERS = ["Bridge opened again after a year", "Ferry sails on Sundays", "Council meets on Monday", OTHER]


@pytest.mark.parametrize("heading", ["Related articles", "Most read", "You may also like:", "Weitere Artikel"])
def test_what_stands_below_the_heading_of_other_stories_goes(heading):
    assert kept_of([*WHOLE, heading, *OTHERS], OTHERS, dropped=(heading, *OTHERS[:2])) == []


@pytest.mark.parametrize(
    ("lines", "dropped"),
    [
        ([*WHOLE[:4], "Related articles", *OTHERS, *WHOLE[4:]], OTHERS[:2]),  # most of the story is below it
        ([*WHOLE, "Read also", *OTHERS], OTHERS[:2]),  # leads to one story
        ([*WHOLE, "Related articles", *OTHERS], OTHERS[:1]),  # the story goes on below a link
    ],
)
def test_what_stands_below_other_headings_stays(lines, dropped):
    assert kept_of(lines, OTHERS, dropped=dropped) == [line for line in OTHERS if line not in dropped]


# ---------------------------------------------------------------------------------------------- the latest news, by the time

TITLES = ["Bridge opened again", "Ferry sails on Sundays", "Council meets on Monday", "Storm expected at night", "School gets a new roof"]
CLOCKS = ["18:51", "18:09", "17:24", "16:06", "15:45"]


def test_the_latest_news_listed_by_the_time_go():
    ticker = [line for pair in zip(CLOCKS, TITLES, strict=True) for line in pair]
    assert kept_of([*WHOLE, *ticker], ticker) == []


def test_titles_behind_their_times_go_from_below_a_story_with_the_few_texts_between():
    ticker = [f"{clock} {title}" for clock, title in zip(CLOCKS, TITLES, strict=True)]
    brief = "The county said on Monday that it would look for somebody to run the ferry in the spring."
    listed = [*ticker[:3], brief, *ticker[3:]]
    assert kept_of([*WHOLE, *listed], listed) == []
    assert len(kept_of(ticker, ticker)) == len(ticker)  # nothing but a list of what was new


@pytest.mark.parametrize(
    "listed",
    [
        [line for pair in zip(reversed(CLOCKS), TITLES, strict=True) for line in pair],  # a programme
        [f"{clock} {title}" for clock, title in zip(reversed(CLOCKS), TITLES, strict=True)],
        [line for pair in zip(CLOCKS, MORE + STORY, strict=False) for line in pair],  # told hour by hour
        ["18:51", "Bridge opened again", "18:09", "Ferry sails on Sundays"],  # too few to tell
        [f"{clock} {told}" for clock, told in zip(CLOCKS, MORE + STORY, strict=False)],  # told in the lines of the times
    ],
)
def test_other_lists_with_times_stay(listed):
    lines = [*WHOLE, *listed] if listed[1].lstrip("0123456789: ") in TITLES else listed
    assert len(kept_of([*lines, "The harbour will be open again in May, the board said."], listed)) >= len(listed)


def test_lines_that_differ_in_their_numbers_do_not_repeat_each_other():
    lines = ["Berths in the basin: 120", "Berths in the basin: 85", "Berths in the basin: 120", *WHOLE]
    labelled = label(Page([Block(text) for text in lines]), lexicons_for("en"), "en")
    draft = Draft(Page(labelled.blocks), labelled._replace(blocks=[Block(text, kept=True) for text in lines]), lexicons_for("en"), "en")
    draft.repeated(lines[0], "repeats the headline", but=0)
    assert [index for index in range(3) if draft.in_body(index)] == [0, 1]
