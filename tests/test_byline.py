"""Credit lines: who is named, and lines that look like credits and are none."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.byline import clean_author, is_person_name, read_byline, read_run_in, words

TABLE = tomllib.loads((Path(__file__).parent / "tables" / "bylines.toml").read_text("utf-8"))


@pytest.mark.parametrize(("line", "authors", "text", "published"), TABLE["cases"], ids=lambda value: str(value)[:50])
def test_a_credit_line_gives_its_names(line, authors, text, published):
    found = read_byline(line)
    assert found is not None
    assert list(found.authors) == authors
    assert found.rest == ""
    if text:
        assert found.text == text
    if published:
        assert found.published.startswith(published)


@pytest.mark.parametrize("line", TABLE["lookalikes"], ids=lambda value: value[:50])
def test_a_line_that_looks_like_a_credit_stays(line):
    assert read_byline(line) is None


def test_a_bureau_is_author_and_organisation():
    found = read_byline("By bne Gulf bureau December 3, 2024")
    assert (found.text, found.authors, found.org, found.published) == (
        "By bne Gulf bureau",
        ("bne Gulf bureau",),
        "bne Gulf bureau",
        "2024-12-03",
    )


def test_an_agency_beside_a_person_is_the_source():
    found = read_byline("Von Hans Müller, dpa")
    assert (found.authors, found.org, found.source) == (("Hans Müller",), None, "dpa")


def test_of_two_dates_the_update_is_not_the_publication():
    assert read_byline("By Jane Roe | Updated Sep 9, 2025 | Published Sep 8, 2025").published == "2025-09-08"
    assert read_byline("By Jane Roe | Updated Sep 9, 2025").published == "2025-09-09"


@pytest.mark.parametrize(
    ("line", "text", "authors", "rest"),
    [
        (
            "par Jean Dupont PARIS (Reuters) - Le gouvernement a dit lundi.",
            "par Jean Dupont",
            ("Jean Dupont",),
            "PARIS (Reuters) - Le gouvernement a dit lundi.",
        ),
        (
            "(di Mario Rossi) (ANSA) - TORINO, 29 GEN - Il governo ha detto.",
            "(di Mario Rossi)",
            ("Mario Rossi",),
            "(ANSA) - TORINO, 29 GEN - Il governo ha detto.",
        ),
        (
            "By Jane Roe * Example News Service. AMMAN, Jordan (AP) -- The government said on Monday.",
            "By Jane Roe * Example News Service.",
            ("Jane Roe",),
            "AMMAN, Jordan (AP) -- The government said on Monday.",
        ),
    ],
)
def test_a_byline_that_ran_into_the_lead_gives_the_lead_back(line, text, authors, rest):
    found = read_byline(line)
    assert (found.text, found.authors, found.rest) == (text, authors, rest)


REST = "The council voted on Monday evening to close the old pier, and said that it would stay shut until spring."


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jane Roe, Staff Writer", ("Jane Roe",)),
        ("By Jane Roe and John Doe, Associated Press", ("Jane Roe", "John Doe")),
        ("By JANE ROE Political Correspondent", ("Jane Roe",)),
        ("Von Hanna Müller, Chefreporterin", ("Hanna Müller",)),
    ],
)
def test_a_byline_glued_to_the_first_sentence_gives_it_back(byline, authors):
    found = read_run_in(f"{byline} {REST}")
    assert (found.text, found.authors, found.rest) == (byline, authors, REST)


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Monday the council had closed the old pier, and Jane Roe, a reporter, had been told that it would stay shut until spring.",
        "By Monday evening Jane Roe, Staff Writer of the year, had left. The council voted to close the old pier until spring.",
        "By Jane Roe's account, the editor had known. The council voted on Monday evening to close the old pier until spring.",
        "By all accounts Editor John Doe The council voted on Monday evening to close the old pier, and it stays shut.",
        "Von Berlin aus schrieb die Reporterin Hanna Müller, Der Rat habe am Montag beschlossen, die alte Mole zu schließen.",
        "By Jane Roe, Staff Writer and Editor",
    ],
)
def test_prose_that_begins_like_a_glued_byline_is_left_alone(paragraph):
    assert read_run_in(paragraph) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("(Reporting by Jane Roe in Rome and John Doe in Paris; Editing by Max Muster)", ("Jane Roe", "John Doe")),
        ("Reporting by Jane Roe, additional reporting by John Doe, Editing by Max Muster", ("Jane Roe",)),
        ("Reporting by Jane Roe; Writing by John Doe", ("Jane Roe",)),
    ],
)
def test_of_closing_credits_the_reporters_are_the_authors(line, authors):
    assert read_byline(line).authors == authors


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Jane RoeStaff Writer", "Jane Roe"),
        ("By Jane RoeThe Associated Press", "Jane Roe"),
        ("By Jane RoeJane Roe", "Jane Roe"),
        ("ByJane Roe", "Jane Roe"),
        ("Written byby Jane Roe", "Jane Roe"),
        ("By Mary Jane RoeReuters", "Mary Jane Roe"),
        ("By Mary Jane RoeCNN", "Mary Jane Roe"),
        ("By John R. RoeStaff Writer", "John R. Roe"),
        ("By Jane Roe TideFeed News", "Jane Roe"),
        ("By Jane Roe PortFact staff writer", "Jane Roe"),
        ("By Jane Roe, MA SeaMD Health News", "Jane Roe"),
        ("By Mary Jane McGee", "Mary Jane McGee"),
        ("By Ronald McDonald", "Ronald McDonald"),
        ("By Luigi DeSantis", "Luigi DeSantis"),
    ],
)
def test_glue_is_cut_and_names_with_two_capitals_stay_whole(line, name):
    assert read_byline(line).authors == (name,)


def test_the_caller_may_add_leads():
    assert read_byline("Penned by Jane Roe") is None
    assert read_byline("Penned by Jane Roe", lead_words=["penned by"]).authors == ("Jane Roe",)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Jane Roe", ("Jane Roe",)),
        ("Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("Jane Roe, John Doe", ("Jane Roe", "John Doe")),
        ("Roe, Jane", ("Jane Roe",)),
        ("Roe, Jane; Doe, John", ("Jane Roe", "John Doe")),
        ("van der Berg, Anna", ("Anna van der Berg",)),
        ("Smith, J. K.", ("J. K. Smith",)),
        ("By JANE ROE", ("Jane Roe",)),
        ("Jean DUPONT", ("Jean Dupont",)),
        ("JEAN-LUC O'BRIEN", ("Jean-Luc O'Brien",)),
        ("JANE MCDONALD", ("Jane McDonald",)),
        ("Dr. Jane Roe, PhD", ("Jane Roe",)),
        ("Jane Roe, Staff Writer", ("Jane Roe",)),
        ("Jane Roe, Reuters", ("Jane Roe",)),
        ("Jane Roe | Fox News", ("Jane Roe",)),
        ("Jane Roe (CNN)", ("Jane Roe",)),
        ("Jane Roe jane@example.org", ("Jane Roe",)),
        ("Jane Roe, Jane Roe", ("Jane Roe",)),
        ("Jane Roe Jane Roe", ("Jane Roe",)),
        ("홍길동 기자", ("홍길동",)),
        ("山田太郎", ("山田太郎",)),
        ("Reuters", ("Reuters",)),
        ("bne Gulf bureau", ("bne Gulf bureau",)),
        ("DER SPIEGEL", ("DER SPIEGEL",)),
        ("https://example.org/jane", ()),
        ("@janeroe", ()),
        ("jane@example.org", ()),
        ("null", ()),
        ("", ()),
    ],
)
def test_an_author_field_gives_names_and_nothing_else(field, names):
    assert clean_author(field) == names


@pytest.mark.parametrize(
    "name",
    [
        "Jane Roe",
        "Anna van der Berg",
        "J. K. Rowling",
        "Mary-Kate O'Brien",
        "Иван Петров",
        "山田太郎",
        "홍길동",
        "Abdul Rahman al-Rashed",
        "Eva Lische",
        "John Key",
        'Jane "Gull" Roe',
    ],
)
def test_a_full_name_is_a_name(name):
    assert is_person_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Jane",
        "Associated Press",
        "New York",
        "jane roe",
        "White House",
        "Staff Writer",
        "Monday Night",
        "The Editor",
        "Jane Roe said",
        "Written By",
        "Fact Checked",
        "Key Takeaways",
        "Middle East",
        "Jane 2024",
        "Britische Werften",
        "A B",
        "",
    ],
)
def test_what_is_shaped_otherwise_is_no_name(text):
    assert not is_person_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("更新时间", "發佈日期", "最后更新", "国际新闻", "河畔日报", "河畔新闻网", "責任編輯", "编辑推荐", "今日河畔"),
        *("記事一覧", "最新記事", "公開日時", "海辺新聞社", "海辺ニュース", "スポーツ", "ライフスタイル"),
        *("오늘의 신문", "최신 뉴스", "관련 기사", "기사 입력", "많이 본 뉴스", "섬마을일보", "체육", "오피니언"),
    ],
)
def test_a_label_in_a_script_without_capitals_is_no_name(text):
    assert not is_person_name(text)


@pytest.mark.parametrize(
    "name",
    [
        *("李文化", "王更新", "全文静", "欧阳小明", "高橋新", "山田 太郎", "木村カナ", "最上花子", "ジョン・スミス"),
        *("이수정", "신문수", "최신영", "최종현", "주요한", "남궁민수", "홍 길동", "제인 로"),
    ],
)
def test_a_name_in_a_script_without_capitals_is_one(name):
    assert is_person_name(name)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By: Jane Roe CNBC Executive News Editor", ("Jane Roe",)),
        ("By Jane Roe WKRN Chief Reporter", ("Jane Roe",)),
        ("By Jane Roe AP", ("Jane Roe",)),
        ("By Jane Roe HARBOUR.com Archive | Contact", ("Jane Roe",)),
        ("By Jane Roe Pierpost.example.com", ("Jane Roe",)),
        ("By Jane Roe The Greypier", ("Jane Roe",)),
        ("By Jane Roe MD", ("Jane Roe",)),
        ("By Jane ROE", ("Jane ROE",)),
        ("By Jean Pierre DUPONT", ("Jean Pierre Dupont",)),
        ("By J. R. R. Roe", ("J. R. R. Roe",)),
        ("By Pham The Anh", ("Pham The Anh",)),
        ("By Jane Roe, Master Horticulturist & Garden Educator", ("Jane Roe",)),
        ("Par JEANNE DUPONT, LAURE BRÉTON Envoyées spéciales à Toulouse", ("Jeanne Dupont", "Laure Bréton")),
        ("Por ANA PÉREZ y JUAN GÓMEZ Enviados especiales a Quito", ("Ana Pérez", "Juan Gómez")),
        ("Von HANNA MÜLLER und PAUL WEBER, Korrespondenten in Rom", ("Hanna Müller", "Paul Weber")),
        ("By JANE ROE 10/ 5/21 09:19 PM ET", ("Jane Roe",)),
        ('By Jane "Gull" Roe November 19, 2023', ('Jane "Gull" Roe',)),
        ("By Jane Roe Madrid 27 Oct 2012", ("Jane Roe",)),
        ("By Jane Madrid 27 Oct 2012", ("Jane Madrid",)),
        ("By Jane Roe Madrid", ("Jane Roe Madrid",)),
    ],
)
def test_who_one_works_for_and_where_are_no_part_of_a_name(line, authors):
    assert read_byline(line).authors == authors


@pytest.mark.parametrize("line", ['By Jane "is gone" Roe', 'By the time "Gull" Roe left', 'By "Gull" Roe'])
def test_words_in_quotes_that_are_no_nickname_make_no_byline(line):
    assert read_byline(line) is None


def test_a_paper_that_goes_by_a_publisher_s_word_is_no_person():
    assert not is_person_name("Ediciones El Muelle")
    assert clean_author("Ediciones El Muelle") == ("Ediciones El Muelle",)


def test_the_words_are_folded():
    known = words()
    for listed in (known.lead, known.colon, known.role, known.org, known.not_name, known.modifier):
        assert all(word and word == word.strip() and word == word.lower() for word in listed)


@given(st.text(max_size=120))
def test_nothing_raises_and_the_credit_begins_the_line(text):
    found = read_byline(text)
    assert found is None or text.strip().lstrip("( ").startswith(found.text[:5].lstrip("( "))
    clean_author(text)
    is_person_name(text)


@pytest.mark.parametrize(
    "unit", ["By ", "by A ", "By Jane Roe, ", "a", "(", "By By", "Von Hans und ", "Jane Roe ", "기자 ", "@", "1 ", "文：", "McA", "A."]
)
def test_hostile_lines_stay_fast(unit):
    text = unit * (1_000_000 // len(unit))
    read_byline(unit * 20)  # compile and load outside the measured time
    clean_author(unit * 20)
    began = time.process_time()
    read_byline(text)
    read_byline(text[:219])
    clean_author(text)
    is_person_name(text)
    assert time.process_time() - began < 0.1  # seconds of CPU
