"""Written dates: what must be read, and what looks like a date and must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.dates import calendar, claimed_date, find_date, printed_day

WRITTEN = [
    ("en", "December 3, 2024", "2024-12-03"),
    ("en", "Dec. 3, 2024", "2024-12-03"),
    ("en", "3 Dec 2024 14:05 GMT", "2024-12-03T14:05Z"),
    ("en", "3rd December, 2024", "2024-12-03"),
    ("en", "Tuesday, Dec 3 2024 4:15 pm ET", "2024-12-03T16:15-05:00"),
    ("en", "July 3, 2024 4:15 pm ET", "2024-07-03T16:15-04:00"),
    ("en", "11/13/19 at 4:00 PM EST", "2019-11-13T16:00-05:00"),
    ("en", "4/5/2019 at 4:00 PM EDT", "2019-04-05T16:00-04:00"),
    ("en", "04:05 pm, 3 December 2024", "2024-12-03T16:05"),
    ("en", "2019-11-18T20:51:19Z", "2019-11-18T20:51:19Z"),
    ("en", "2024/12/03", "2024-12-03"),
    ("en", "1st of May 2020", "2020-05-01"),
    ("en", "By Jane RoeNovember 8, 2023 | 6:03 pmNovember 9, 2023", "2023-11-08T18:03"),
    ("en", "February 1, 2016: 12:41 PM ET", "2016-02-01T12:41-05:00"),
    ("de", "28.04.2023, 18:11 Uhr", "2023-04-28T18:11"),
    ("de", "Dienstag, 3. Dezember 2024 um 18.11 Uhr", "2024-12-03T18:11"),
    ("de", "03. Jänner 2024", "2024-01-03"),
    ("de", "30.01.202430. Januar 2024", "2024-01-30"),
    ("fr", "le 15 septembre 2009", "2009-09-15"),
    ("fr", "mercredi 15 mai 2019 à 09h29", "2019-05-15T09:29"),
    ("fr", "1er août 2024", "2024-08-01"),
    ("es", "12 de diciembre de 2024 a las 10:15", "2024-12-12T10:15"),
    ("es", "3 de setiembre del 2024", "2024-09-03"),
    ("it", "di Mario Rossi - 3 dicembre 2024", "2024-12-03"),
    ("pt", "3 de março de 2024 às 10h15", "2024-03-03T10:15"),
    ("nl", "3 maart 2024 om 10:15", "2024-03-03T10:15"),
    ("tr", "3 Aralık 2024 10:15", "2024-12-03T10:15"),
    ("ru", "3 декабря 2024, 14:05", "2024-12-03T14:05"),
    ("uk", "3 грудня 2024", "2024-12-03"),
    ("pl", "3 grudnia 2024", "2024-12-03"),
    ("cs", "3. prosince 2024", "2024-12-03"),
    ("sv", "3 december 2024 kl. 14.05", "2024-12-03T14:05"),
    ("no", "3. desember 2024", "2024-12-03"),
    ("da", "3. december 2024 kl. 14:05", "2024-12-03T14:05"),
    ("fi", "3. joulukuuta 2024 klo 14.05", "2024-12-03T14:05"),
    ("el", "3 Δεκεμβρίου 2024", "2024-12-03"),
    ("he", "3 בדצמבר 2024", "2024-12-03"),
    ("fa", "۱۲ آذر ۱۴۰۳", "2024-12-02"),
    ("ja", "2024年12月3日 14時05分", "2024-12-03T14:05"),
    ("ja", "令和6年12月3日", "2024-12-03"),
    ("zh", "2024年12月3日", "2024-12-03"),
    ("zh", "民國113年12月3日", "2024-12-03"),
    ("ko", "2024년 12월 3일 10:15", "2024-12-03T10:15"),
    ("hi", "3 दिसंबर 2024", "2024-12-03"),
    ("id", "3 Desember 2024 10:15 WIB", "2024-12-03T10:15+07:00"),
    ("vi", "ngày 3 tháng 12 năm 2024", "2024-12-03"),
    ("ro", "3 decembrie 2024", "2024-12-03"),
    ("hu", "2024. december 3.", "2024-12-03"),
    ("th", "3 ธันวาคม 2567", "2024-12-03"),
    ("th", "3 ธ.ค. 2567", "2024-12-03"),
    ("ar", "٣ ديسمبر 2024", "2024-12-03"),
    ("ar", "الثلاثاء ٣ ديسمبر ٢٠٢٤ - ١٤:٠٥", "2024-12-03T14:05"),
    ("hi", "३ दिसंबर २०२४", "2024-12-03"),
    ("ar", "3 كانون الأول 2024", "2024-12-03"),
]
UNWRITTEN = [
    ("en", "2 hours ago"),
    ("en", "Updated November 18 at 4:46 PM"),
    ("en", "Oktober 2008"),
    ("en", "The 3 Stooges 2024 tour"),
    ("en", "Vote 5-4, 2024 to 2026"),
    ("en", "Call 1-833-852-6262"),
    ("en", "31 February 2024"),
    ("de", "Nr. 30.01.20243"),
    ("en", "13/13/2024"),
    ("en", "3 December 9024"),
    ("en", "version 2024.99.99"),
    ("en", "December"),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "text", "iso"), WRITTEN)
def test_a_written_date_is_read_in_its_language(language, text, iso):
    found = find_date(text, language)
    assert found is not None
    assert found.date == iso


@pytest.mark.parametrize(("language", "text"), UNWRITTEN)
def test_what_is_no_whole_date_is_none(language, text):
    assert find_date(text, language) is None


@pytest.mark.parametrize(("language", "iso"), [("de", "2024-12-03"), ("fr", "2024-12-03"), ("en", None), (None, None)])
def test_the_language_settles_which_number_is_the_day_and_nothing_else_does(language, iso):
    found = find_date("3/12/2024", language)
    assert (found and found.date) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Madrid-29/05/2025 20:00", "2025-05-29T20:00"),
        ("-Updated 28.04.2023-19:20", "2023-04-28T19:20"),
        ("Serial 5-28-04-2023", None),
        ("Part 28.04.2023-19", None),
    ],
)
def test_a_dash_may_part_a_date_from_a_place_and_a_time(text, iso):
    found = find_date(text)
    assert (found and found.date) == iso


def test_a_number_above_twelve_settles_it_without_a_language():
    assert [find_date(text).date for text in ("13/12/2024", "12/13/2024", "5/5/2024")] == ["2024-12-13", "2024-12-13", "2024-05-05"]


def test_the_place_of_a_date_covers_its_weekday_and_its_time():
    text = "By Jane Roe, Wednesday, 20 November 2019 08:05 GMT | Share"
    found = find_date(text)
    assert text[found.start : found.end] == "Wednesday, 20 November 2019 08:05 GMT"


def test_the_first_date_of_a_line_is_taken():
    assert find_date("August 25, 2025August 29, 2025").date == "2025-08-25"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-11-05", "2024-11-05"),
        ("2024-11-05 10:00", "2024-11-05T10:00"),
        ("2024-11-05T10:00:00.123+0100", "2024-11-05T10:00:00+01:00"),
        ("2024-11-05T10:00:00-05:30", "2024-11-05T10:00:00-05:30"),
        ("Tue, 05 Nov 2024 10:00:00 GMT", "2024-11-05T10:00:00Z"),
        ("Tue Nov 05 2024 10:00:00 GMT+0100 (CET)", "2024-11-05T10:00:00+01:00"),
        ("Tue Dec  3 10:15:00 UTC 2024", "2024-12-03T10:15:00Z"),
        ("20241203", "2024-12-03"),
        ("20241203T101500Z", "2024-12-03T10:15:00Z"),
        ("  November 5, 2024 ", "2024-11-05"),
        (["", "2024-11-05"], "2024-11-05"),
        ({"@type": "DateTime", "@value": "2024-11-05"}, "2024-11-05"),
        ([{"@value": "2024-11-05"}], "2024-11-05"),
    ],
)
def test_a_claimed_date_is_read_as_pages_write_it(value, iso):
    assert claimed_date(value) == iso


@pytest.mark.parametrize(
    "value",
    [
        1730629200,
        1730629200.5,
        "1730629200",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "2024-13-45",
        "2024-02-30",
        "2024-12",
        "today",
        "",
        None,
        True,
        [],
        {},
        ["x"],
        "9" * 5_000,
        " " * 1_000_000,
        "2024" * 250_000,
        [["2024"]] * 100_000,
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_claim_that_is_no_date_is_none(value):
    assert claimed_date(value) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("March 4", "--03-04"),
        ("Sept 29", "--09-29"),
        ("10 фев", "--02-10"),
        ("28 LUG", "--07-28"),
        ("9 Sep.", "--09-09"),
        ("12月16日", "--12-16"),
        ("3 ديسمبر", "--12-03"),
        ("22nd April, 2026", "2026-04-22"),
        ("22. November 2022", "2022-11-22"),
        ("February 29", "--02-29"),
    ],
)
def test_a_dateline_day_keeps_its_missing_year(text, iso):
    assert printed_day(text) == iso


@pytest.mark.parametrize("text", ["1998", "June", "21日", "March 45", "Pro 3", "Room 4", "March 4 and more", ""])
def test_what_is_no_day_and_month_is_none(text):
    assert printed_day(text) is None


@pytest.mark.parametrize(
    ("solar", "common"),
    [("۱ فروردین ۱۳۹۹", "2020-03-20"), ("۱ فروردین ۱۴۰۴", "2025-03-21"), ("۳۰ اسفند ۱۴۰۳", "2025-03-20"), ("۱۴۰۳/۰۹/۱۲", "2024-12-02")],
)
def test_the_solar_calendar_of_iran_is_converted(solar, common):
    assert find_date(solar, "fa").date == common


def test_no_month_name_is_two_months():
    lines = [line for line in _calendar_lines() if line[1] != "w"]
    months: dict[str, set[str]] = {}
    for _, month, names in lines:
        for name in names:
            months.setdefault(name, set()).add(month)
    assert {name: found for name, found in months.items() if len(found) > 1} == {}
    assert len(calendar().months) == len(months)


def _calendar_lines():
    from importlib.resources import files

    for line in files("cleanarticle").joinpath("lexicons", "calendar.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, which, names = line.split(" ", 2)
            yield language, which, names.split("|")


@given(st.text(max_size=80), st.sampled_from([None, "en", "de", "fa", "th", "ja"]))
def test_nothing_raises_and_offsets_lie_inside(text, language):
    found = find_date(text, language)
    assert found is None or 0 <= found.start < found.end <= len(text)
    printed_day(text, language)
    claimed_date(text)


@pytest.mark.parametrize("unit", ["a", "1 ", "1a", "Dec ", "9", "12/", "1. ", "Jan 1 ", "٣", "年"])
def test_hostile_lines_stay_fast(unit):
    text = unit * (1_000_000 // len(unit))
    began = time.process_time()
    find_date(text)
    claimed_date(text)
    printed_day(text[:40])
    assert time.process_time() - began < 0.1  # seconds of CPU
