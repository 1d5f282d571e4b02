"""Who and when: what stands near a text's headline, and what only looks like it."""

import pytest

from cleanarticle import clean
from cleanarticle.model import Kind

HEADLINE = "Harbour authority closes the old pier after storm"
PARAGRAPHS = (
    "The harbour authority closed the old pier on Tuesday after engineers found cracks in three of its pillars, "
    "and said that it would stay shut until at least the spring.",
    "“We could not let people walk there for another day,” said Maria Keller, who runs the authority, at a meeting in the town hall.",
    "The pier was built in 1931 and repaired twice since, most recently after the flood of 1987, when a barge tore away its northern end.",
    "Fishermen who moor their boats there were told to move them to the new basin by the end of the week, at no cost to themselves.",
)


def text(*top, body=PARAGRAPHS, bottom=()):
    return "\n\n".join((HEADLINE, *top, *body, *bottom)) + "\n"


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Jane Roe", "John Miller", "October 5, 2021"), ("Jane Roe", "John Miller")),
        (("By", "Jane Roe,", "John Miller &", "…", "Ada Byron1", "October 5, 2021"), ("Jane Roe", "John Miller", "Ada Byron")),
        (("Jane Roe – Reporter", "John Miller – Reporter in Oslo", "5 October 2021"), ("Jane Roe", "John Miller")),
        (("Paul Weber", "Share", "By Jane Roe", "October 5, 2021"), ("Jane Roe",)),
        (("Paul Weber", "Jane Roe / HARBOURPOST.COM / Oct 5, 2021, 17:07 IST"), ("Jane Roe",)),
        (("By", "Harbour Newsroom", "October 5, 2021"), ("Harbour Newsroom",)),
        (("Jane Roe", "Share", "Save", "John Miller", "October 5, 2021"), ("Jane Roe",)),
    ],
    ids=["one below the other", "behind a lead", "with their work", "a topic above", "above a dated name", "desk", "buttons between"],
)
def test_the_names_under_a_text_s_headline_are_its_authors(lines, authors):
    article = clean(text(*lines))
    assert article.authors == authors
    assert (article.published or "").startswith("2021-10-05")


@pytest.mark.parametrize(
    "line",
    [
        "Jane Roe · Harbour News · Posted: Oct 05, 2021 4:00 AM EDT | Last Updated: October 8",
        "Jane Roe | Oct 5, 2021",
    ],
)
def test_the_date_on_a_line_of_names_is_the_story_s(line):
    article = clean(text(line))
    assert (article.authors, article.published[:10]) == (("Jane Roe",), "2021-10-05")


@pytest.mark.parametrize(
    ("above", "below", "published"),
    [
        ("Available until November 5, 2021", "October 5, 2021, 6:00 am", "2021-10-05T06:00"),
        ("Friday, October 8, 2021", "Published on October 5, 2021", "2021-10-05"),
        ("October 5, 2021", "By Jane Roe", "2021-10-05"),
    ],
)
def test_a_date_above_the_headline_gives_way_to_one_below(above, below, published):
    assert clean(f"{above}\n\n" + text(below)).published == published


@pytest.mark.parametrize(
    ("line", "published", "authors"),
    [
        ("Published: October 5, 2021", "2021-10-05", ()),
        ("October 5, 2021 (updated October 6, 2021, 15:24)", "2021-10-05", ()),
        ("Author: Jane Roe", None, ("Jane Roe",)),
        ("Ferry runs again October 3, 2021", None, ()),
        ("By Jane Roe", None, ()),
        ("October 5, 2021", None, ()),
        ("© Harbour Post, October 1, 2020", None, ()),
    ],
    ids=["labelled", "with its change", "author", "linked story", "author of a linked story", "day of who knows what", "copyright"],
)
def test_what_stands_behind_a_text_counts_where_it_says_what_it_is(line, published, authors):
    article = clean(text(bottom=(line,)))
    assert (article.published, article.authors) == (published, authors)


@pytest.mark.parametrize(
    ("dateline", "top", "published"),
    [
        ("NEW YORK, March 3, 2024 – ", (), "2024-03-03"),
        ("LONDON, 3 March 2024 (Reuters) - ", (), "2024-03-03"),
        ("LONDON, March 3 (Reuters) - ", (), None),
        ("LONDON, March 3, 2024 (Reuters) - ", ("Published March 4, 2024",), "2024-03-04"),
    ],
    ids=["release", "wire", "no year", "a date of its own"],
)
def test_a_dateline_with_its_year_dates_a_story_that_has_no_other_date(dateline, top, published):
    article = clean(text(*top, body=(dateline + PARAGRAPHS[0], *PARAGRAPHS[1:])))
    assert article.published == published
    assert article.dateline is not None
    assert article.body.startswith(PARAGRAPHS[0])


@pytest.mark.parametrize("line", ["2 hours ago", "Published 3:04 pm", "Updated yesterday", "vor 3 Stunden", "Today, 20:07"])
def test_a_time_without_a_day_dates_nothing(line):
    assert clean(text(line)).published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [("١٤ مايو ٢٠٢٤", "2024-05-14"), ("الثلاثاء ١٤ مايو ٢٠٢٤ - ١٠:٣٠", "2024-05-14T10:30")],
)
def test_a_day_in_other_digits_is_read(line, published):
    head = "إغلاق الرصيف القديم بعد العاصفة"
    lead = (
        "أغلقت سلطة الميناء الرصيف القديم يوم الثلاثاء بعد أن وجد المهندسون شقوقا في ثلاثة من أعمدته، "
        "وقالت إنه سيبقى مغلقا حتى الربيع على الأقل."
    )
    assert clean(f"{head}\n\n{line}\n\n" + "\n\n".join([lead] * 2 + [lead.replace("الثلاثاء", "الأحد")])).published == published


def test_a_headline_below_the_first_paragraph_has_its_credit_below_it():
    teaser = "The engineers of the authority will show the cracks to anybody who wants to see them on Sunday at the gate of the pier."
    lines = [teaser, HEADLINE, "By Jane Roe", "October 5, 2021", *PARAGRAPHS]
    article = clean("\n\n".join(lines))
    assert article.authors == ("Jane Roe",)
    assert [block.kind for block in article.blocks if block.text == "By Jane Roe"] == [Kind.BYLINE]
