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
        (("AFP", "October 5, 2021"), ("AFP",)),
        (("AFP", "October 5, 2021", "Jane Roe"), ("Jane Roe",)),
        (("Harbour", "October 5, 2021"), ()),
        (("JANE ROE", "STAFF WRITER", "OCTOBER 5, 2021"), ("Jane Roe",)),
        (("Jane Roe @janeroe", "October 5, 2021"), ("Jane Roe",)),
        (("Jane Roe", "Share", "Save", "John Miller", "October 5, 2021"), ("Jane Roe",)),
    ],
    ids=[
        "one below the other",
        "behind a lead",
        "with their work",
        "a topic above",
        "above a dated name",
        "desk",
        "agency",
        "person",
        "section",
        "capitals",
        "handle",
        "buttons between",
    ],
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


@pytest.mark.parametrize(
    ("line", "byline", "authors"),
    [
        ("Posted on 4 February 2022 by Hanne", "by Hanne", ("Hanne",)),
        ("Tested by Jane Roe", "Tested by Jane Roe", ("Jane Roe",)),
        ("Updated 4 February 2022 by popular demand", None, ()),
        ("Posted on 4 February 2022 by Monday", None, ()),
    ],
)
def test_beside_a_date_one_word_may_be_a_name(line, byline, authors):
    article = clean(text(line))
    assert (article.byline, article.authors) == (byline, authors)


def foreign(head, *top):
    body = {
        "섬": "전남의 한 섬마을 우체국이 하루 한 통의 편지를 위해 다시 문을 열었다고 군청이 화요일 밝혔다.",
        "海": "海辺の無人駅に、住民が手作りした小さな図書室が十四日、開設された。本はおよそ八百冊で、誰でも自由に借りることができる。",
        "小": "河畔镇居民自筹资金修建的步行桥十四日正式通行，全长八十六米，耗时两年零三个月，镇政府承担维护费用。",
        "न": "नदीपुर के स्कूली बच्चे इस गर्मी में शहर के सभी पेड़ों की गिनती करेंगे। नगर निगम ने मंगलवार को यह जानकारी दी।",
    }[head[0]]
    return "\n\n".join((head, *top, body, body[5:], body[:-9])) + "\n"


@pytest.mark.parametrize(
    ("document", "authors"),
    [
        (foreign("섬마을 우체국이 다시 문을 열다", "입력 2024.05.14 10:30 수정 2024.05.14 11:02"), ()),
        (foreign("섬마을 우체국이 다시 문을 열다", "김민수 기자", "입력 2024.05.14 10:30"), ("김민수",)),
        (foreign("海辺の無人駅に住民手作りの図書室", "2024年5月14日 10時30分", "社会部 田中花子"), ("田中花子",)),
        (foreign("海辺の無人駅に住民手作りの図書室", "2024年5月14日 10時30分", "公開 共有"), ()),
        (foreign("小镇居民自建桥梁", "2024-05-14 10:30  来源：河畔日报  记者 李明"), ("李明",)),
        (foreign("小镇居民自建桥梁", "2024-05-14 10:30  来源：河畔日报  分享"), ()),
        (foreign("नदीपुर में पेड़ों की गिनती", "संवाददाता: रमेश वर्मा", "१४ मई २०२४"), ("रमेश वर्मा",)),
    ],
)
def test_names_in_other_scripts_and_the_words_beside_their_dates(document, authors):
    article = clean(document)
    assert article.authors == authors
    assert article.published is None or article.published.startswith("2024-05-14")


def page(*top, head="", menu="", site="Harbour Post"):
    lines = "".join(f"<div>{line}</div>" for line in top)
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    meta = f'<title>{HEADLINE}</title><meta property="og:site_name" content="{site}">{head}'
    return f"<html><head>{meta}</head><body><nav><ul>{menu}</ul></nav><article><h1>{HEADLINE}</h1>{lines}{story}</article></body></html>"


def claim(name):
    return f'<meta name="author" content="{name}">'


MENU = '<li><a href="/a">Ports</a></li><li><a href="/b">Coast Guard</a></li>'


@pytest.mark.parametrize(
    ("document", "authors", "source"),
    [
        (page("Coast Guard 09:31 October 5, 2021", menu=MENU), (), None),
        (page("Jane Roe 09:31 October 5, 2021", menu=MENU), ("Jane Roe",), None),
        (page("North Korea 09:31 October 5, 2021"), (), None),
        (page("By Jane Roe 09:31 October 5, 2021", head=claim("Ediciones El Muelle"), site="El Muelle"), ("Jane Roe",), None),
        (page("By Jane Roe October 5, 2021", head=claim("Edita El Muelle"), site="El Muelle"), ("Jane Roe",), None),
        (page("October 5, 2021", head=claim("Ediciones El Muelle"), site="El Muelle"), ("Ediciones El Muelle",), None),
        (page("By JANE ROE 10/ 5/21 09:19 PM ET", head=claim("AP")), ("Jane Roe",), "AP"),
        (page("October 5, 2021", head=claim("AP")), ("AP",), "AP"),
        (page("October 5, 2021", head=claim("AP"), site="AP"), ("AP",), None),
        (page('<span class="author">Jane Roe / John Miller Madrid 5 Oct 2021 - 12:14 CET</span>'), ("Jane Roe", "John Miller"), None),
        (page("Jane Roe The Greypier Tue, 5 October 2021 17:55 UTC"), ("Jane Roe",), None),
    ],
    ids=[
        *("section", "person", "country", "publisher", "site", "publisher alone", "agency", "agency alone", "agency's own"),
        *("two and a place", "outlet"),
    ],
)
def test_a_printed_person_goes_before_who_only_publishes(document, authors, source):
    article = clean(document)
    assert (article.authors, article.source) == (authors, source)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("更新时间 2024年5月14日, 格林尼治标准时间10:41", ()),
        ("小镇频道 2024年5月14日 10:41", ()),
        ("转寄朋友 2024年5月14日 10:41", ()),
        ("欧阳小明 2024年5月14日 10:41", ("欧阳小明",)),
    ],
)
def test_beside_a_date_in_chinese_a_name_begins_with_a_surname(line, authors):
    assert clean(foreign("小镇居民自建桥梁", line)).authors == authors


def posts(*times):
    told = zip(times, PARAGRAPHS, strict=False)
    return "\n\n".join((HEADLINE, "October 5, 2021", *(line for time, paragraph in told for line in (time, paragraph)))) + "\n"


@pytest.mark.parametrize("times", [("16:42", "15:20", "13:05", "11:30"), ("4.42pm", "4.10pm", "2.05pm"), ("16h42", "15h20", "13h05")])
def test_the_times_of_a_live_blog_s_posts_leave_the_body(times):
    article = clean(posts(*times))
    assert [block.kind for block in article.blocks if block.text in times] == [Kind.TIMESTAMP] * len(times)
    assert not any(time in article.body for time in times)
    assert all(paragraph in article.body for paragraph in PARAGRAPHS[: len(times)])


@pytest.mark.parametrize(
    "times", [("11:30", "13:05", "15:20", "16:42"), ("16:42", "15:20"), ("2-1", "1-1", "1-0"), ("16:42", "13:05", "15:20")]
)
def test_the_times_of_a_story_stay(times):
    article = clean(posts(*times))
    assert not any(block.reason == "the time of a post" for block in article.blocks)


@pytest.mark.parametrize(
    ("line", "standfirst"),
    [
        ("Relatives embrace at the gate of the pier on Monday night. Photo: Jane Roe/EPA", None),
        ("Relatives embrace at the gate of the pier on Monday night after the storm had passed", True),
        ("What the photo: a hundred years of the old pier, told by people who walked there every evening of their lives", True),
    ],
)
def test_a_caption_below_the_headline_is_no_standfirst(line, standfirst):
    article = clean(text(line))
    assert article.standfirst == (line if standfirst else None)
    assert standfirst or line not in article.body


@pytest.mark.parametrize(
    "line",
    ["Contact: Jane Roe, Head of News (555) 014-2299 jane.roe@harbour.example", "(555) 014-2299 jane.roe@harbour.example"],
)
def test_whom_to_write_to_is_no_part_of_a_release(line):
    for document in (f"{line}\n\n" + text("NEW YORK, March 3, 2024 – " + PARAGRAPHS[0]), text(bottom=(line,))):
        article = clean(document)
        assert "jane.roe" not in article.body
        assert article.body.endswith(PARAGRAPHS[-1])


def test_who_stands_with_an_address_goes_and_a_list_above_one_stays():
    block = "Press contact:\nJane Roe\nDirector of Communications, Harbour Authority\njane.roe@harbour.example"
    assert "Director" not in clean(text(bottom=(block,))).body
    listed = "\n".join((*PARAGRAPHS, "- New cranes for the quay", "- A wider gate for trucks", "- jane.roe@harbour.example"))
    assert clean(f"Harbour to be widened\n{listed}").body.count("A wider gate") == 1


@pytest.mark.parametrize(
    "line", ["Whoever has seen the barge is asked to write to pier@harbour.example.", "She wrote to @harbour and nobody answered"]
)
def test_a_sentence_with_an_address_stays(line):
    assert line in clean(text(body=(*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]))).body
    assert any(block.text == line and block.reason != "an address to write to" for block in clean(text(bottom=(line,))).blocks)
