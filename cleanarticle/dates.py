"""Written dates → ISO 8601: what pages claim, and what lines print in some thirty languages.

Nothing here asks the clock: "two hours ago" is no date, and the same text gives the same day for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

EARLIEST, LATEST = 1700, 2100  # years; older than newspapers, or a typing error
LONGEST_CLAIM = 120  # characters; a claim is a date, not a text (RFC 822 with a zone in words has 45)
LONGEST_LINE = 600  # characters; a date further back in a line says nothing about it
CENTURY_TURN = 70  # two-digit years below are 20xx, from here on 19xx

# fmt: off
DAY_FIRST = frozenset({
    "de", "fr", "es", "it", "pt", "nl", "tr", "ru", "ar", "pl", "uk", "cs",
    "sv", "no", "da", "fi", "el", "he", "hi", "id", "vi", "ro", "th",
})
# fmt: on
"""Languages whose readers take 3/12/2024 for a day of December. English is not among them: it is read both ways."""


def lazy(source: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that gives the pattern, compiled at the first call: a one-shot filter pays only for what it uses."""
    return cache(lambda: re.compile(source, flags))


class Found(NamedTuple):
    """A date found in a text."""

    date: str
    """ISO 8601 day, or time, with its zone when printed."""
    start: int
    end: int


class Calendar(NamedTuple):
    """Names of months and weekdays, case folded."""

    months: Mapping[str, int]
    """1 to 12; the months of Iran's solar calendar are 101 to 112."""
    weekdays: frozenset[str]


SOLAR = 100  # added to a month of Iran's solar calendar


@cache
def calendar() -> Calendar:
    """Return the names in ``lexicons/calendar.txt``."""
    months: dict[str, int] = {}
    weekdays: set[str] = set()
    for line in (Path(__file__).parent / "lexicons" / "calendar.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, which, names = line.split(" ", 2)
        if which == "w":
            weekdays.update(names.split("|"))
        else:
            months.update(dict.fromkeys(names.split("|"), int(which) + (SOLAR if language == "fa-jalali" else 0)))
    return Calendar(months, frozenset(weekdays))


# ---------------------------------------------------------------- days

# A month's name: letters, with the marks and dots that Thai and Indian scripts put among them.
_NAME = r"[^\W\d_](?:[^\s\d,;:/|()\[\]{}<>·•⋅&@#*\"“”«»!?–—‐=+-]){1,18}(?:\s(?:الأول|الاول|أول|الثاني|ثاني)\b)?"
_ORDINAL = r"(?:st|nd|rd|th|er|ère|de|e|º|ª|°|\.)?"
_OF = r"(?:(?:de|of|di|del)\s|d['’])?"

DAY_MONTH = lazy(
    rf"(?<![\d.:])(?P<d>\d{{1,2}}){_ORDINAL}[ \u00a0\u202f]?[-/.]?{_OF}(?P<m>{_NAME})"
    r"(?:[\s,./'’-]{0,3}(?:(?:de|del|van|of)\s)?(?P<y>\d{4}(?!\d)|(?<=['’/-])\d{2}(?![\d:])))?",
    re.IGNORECASE,
)
"""3 December 2024, 3. Dez. 2024, 3 de diciembre de 2024, 3-Dec-2024; the year may be missing."""
MONTH_DAY = lazy(
    rf"(?P<m>{_NAME})[\s.-]{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|[.,]\d)(?:[\s,.-]{{1,3}}(?P<y>\d{{4}})(?!\d))?", re.IGNORECASE
)
"""December 3, 2024; the year may be missing."""
YEAR_MONTH_DAY = lazy(rf"(?<!\d)(?P<y>\d{{4}})[.,]?[ \u00a0-](?P<m>{_NAME})[ \u00a0-](?P<d>\d{{1,2}})(?!\d)", re.IGNORECASE)
"""2024. december 3., 2024 December 3."""
YEAR_FIRST = lazy(r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.]|\. )(?P<n>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
"""2024-12-03, 2024/12/3, 2024. 12. 3."""
YEAR_LAST = lazy(
    r"(?<![\d./])(?<!\d-)(?P<a>\d{1,2})(?P<s>\s?[-/.]\s?)(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})"
    r"(?!\d(?!\d?\.\s[^\W\d_]{3})|[./]\d|-\d(?!\d:\d\d))"
)
"""03.12.2024, 12/3/24: which is the day is another question. Pages print it twice in a row: 03.12.20243. Dezember 2024."""
CHARACTERS = lazy(
    r"(?:(?P<era>令和|平成|昭和|民國|民国|พ\.ศ\.)\s?)?(?:(?P<y>\d{1,4}|元)\s?[年년]\s?)?(?P<n>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日日號号일]"
)
"""2024年12月3日, 令和6年12月3日, 2024년 12월 3일; the year may be missing."""
VIETNAMESE = lazy(r"(?<!\d)(?P<d>\d{1,2})\s(?:tháng|thg)\s(?P<n>\d{1,2})(?:(?:,?\snăm\s|[,/]\s?)(?P<y>\d{4}))?", re.IGNORECASE)
"""ngày 3 tháng 12 năm 2024."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first of an era."""
_BUDDHIST = 543  # years ahead of the common era, as Thailand prints them


class _Day(NamedTuple):
    year: int | None
    month: int
    day: int
    start: int
    end: int


def _month(word: str) -> tuple[int, int] | None:
    """Return the month a word names, and how many letters in front of it are not of it (``RoeNovember`` has three)."""
    months = calendar().months
    name = word.strip(".'’॰").casefold().replace("’", "'")
    found = months.get(name)
    if found is not None:
        return found, 0
    if name[0] == "ב" and name[1:] in months:  # Hebrew writes its "in" on to the word
        return months[name[1:]], 0
    for at in range(len(word) - 3, 0, -1):
        if word[at].isupper() and word[at - 1].islower():
            found = months.get(word[at:].strip(".").casefold())
            return None if found is None else (found, at)
    return None


def _year(digits: str | None, month: int = 0) -> int | None:
    if digits is None:
        return None
    year = int(digits)
    if len(digits) <= 2:
        return year + (2000 if year < CENTURY_TURN else 1900)
    return year - _BUDDHIST if LATEST < year <= LATEST + _BUDDHIST else year


_SOLAR_EPOCH = 226894  # ordinal of the day before the solar calendar begins, 18 March 622


def _from_solar(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """Return the common date of a day in Iran's solar calendar (33-year cycle, exact from 1178 to 1633)."""
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    leap_days = (8 * year + 21) // 33
    passed = 365 * (year - 1) + leap_days + (31 * (month - 1) if month < 8 else 30 * (month - 1) + 6) + day
    found = date.fromordinal(_SOLAR_EPOCH + passed)
    return found.year, found.month, found.day


def _valid(day: _Day) -> _Day | None:
    """Return the day in the common calendar, or None where no calendar has it."""
    year, month, number = day.year, day.month, day.day
    if month > SOLAR or (year is not None and 1300 <= year <= 1500 and month <= 12):
        solar = None if year is None else _from_solar(year, month % SOLAR, number)
        if solar is None:
            return None
        year, month, number = solar
    if year is not None and not EARLIEST <= year <= LATEST:
        return None
    try:
        date(2000 if year is None else year, month, number)
    except ValueError:
        return None
    return day._replace(year=year, month=month, day=number)


def _named(match: re.Match[str]) -> _Day | None:
    word = match["m"]
    month = _month(word)
    if month is None and " " in word:
        month = _month(word.split(" ")[0])
    if month is None:
        return None
    start = match.start() + (month[1] if match.start("m") == match.start() else 0)
    end = match.end() if match["y"] or match.end("d") > match.end("m") else match.end("m")
    return _Day(_year(match["y"]), month[0], int(match["d"]), start, end)


def _numbered(match: re.Match[str]) -> _Day:
    era = match.groupdict().get("era")
    if era in _ERAS:
        count = 1 if match["y"] == "元" else int(match["y"] or 0)
        year: int | None = _ERAS[era] + count
    else:
        year = _year(match["y"])
    return _Day(year, int(match["n"]), int(match["d"]), match.start(), match.end())


_AMERICAN = lazy(r"\b(?:[ECMP][SD]?T|AK[SD]T|HST)\b")


def _either(match: re.Match[str], language: str | None) -> _Day | None:
    """Read 3/12/2024: by the numbers, by the dots, by the language, by an American clock behind it; else not at all."""
    a, b, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if a > 12 or a == b or (b <= 12 and (match["s"].strip() == "." or language in DAY_FIRST)):
        return _Day(year, b, a, match.start(), match.end())
    if b > 12 or _AMERICAN().search(match.string, match.end(), match.end() + 25):
        return _Day(year, a, b, match.start(), match.end())
    return None


def _days(text: str, language: str | None) -> Iterator[_Day]:
    """Yield what reads as a day, with or without its year, form by form."""
    for match in YEAR_FIRST().finditer(text):
        yield _numbered(match)
    for match in YEAR_LAST().finditer(text):
        either = _either(match, language)
        if either is not None:
            yield either
    if "月" in text or "월" in text:
        for match in CHARACTERS().finditer(text):
            yield _numbered(match)
    for pattern in (DAY_MONTH(), MONTH_DAY(), YEAR_MONTH_DAY()):
        at = 0
        while (found := pattern.search(text, at)) is not None:
            named = _named(found)
            if named is None:
                at = found.start() + max(1, len(found["m"]) if found.start("m") == found.start() else len(found["d"]))
            else:
                at = found.end()
                yield named
    if "th" in text:
        for match in VIETNAMESE().finditer(text):
            yield _numbered(match)


# ---------------------------------------------------------------- times and zones

_ZONES = {
    "Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MEZ": 60,
    "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "EAT": 180, "SAST": 120, "CAT": 120,
    "WAT": 60, "PKT": 300, "WIB": 420, "ICT": 420, "WITA": 480, "WIT": 540, "SGT": 480, "HKT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "ACST": 570, "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240,
    "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
    "ADT": -180, "NST": -210, "NDT": -150, "BRT": -180, "ART": -180, "CLT": -240,
}  # fmt: skip
"""Minutes east of Greenwich. Names that two parts of the world use (IST, CST, AST) are not here."""
_SUMMERED = {"ET": -300, "PT": -480, "MT": -420}
"""Names that leave it to the day whether the clock is an hour ahead (United States, rule of 2007)."""

TIME = lazy(
    r"(?P<gap>T|[\s,.:|·•⋅–—-]{0,4}\(?"
    r"(?:(?:at|um|a las|às|a|à|kl\.?|om|ob|в|о|alle|ore|klo|pukul|jam|saat|время|στις|בשעה|الساعة|lúc)\s?)?)"
    r"(?P<h>\d{1,2})(?:(?P<colon>[:.hH時时点點시])\s?(?P<min>\d{2})?(?:[:.分]?(?P<sec>\d{2})(?:[.,]\d{1,9})?)?[分분]?)?"
    r"\s?(?P<half>[AaPp]\.?[Mm](?![a-z])\.?)?"
    r"(?:\s?(?:Uhr|hrs|hours|uur|год|ч)\b\.?)?"
    r"(?P<zone>\s?\(?(?:Z\b|(?:GMT|UTC)?\s?[+−-]\d{1,2}:?(?:\d{2})?|[A-ZА-Я]{2,4}\b)\)?)?"
)
OFFSET = lazy(r"[+−-](\d{1,2}):?(\d{2})?")
TIME_BEFORE = lazy(
    r"(?<![\d.:])(?P<h>\d{1,2})[:.](?P<min>\d{2})\s?(?P<half>[AaPp]\.?[Mm]\b\.?)?(?:\s?(?:Uhr|hrs|uur)\b)?[\s,|·•–—-]{1,4}(?:on\s)?$"
)
WEEKDAY_BEFORE = lazy(r"([^\W\d_](?:[^\s\d,()|]){1,15})[\s,.]{1,3}(?:(?:the|den|dem|el|le|il|a|đến|ngày)\s)?$")


def _nth_sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first.replace(day=1 + (6 - first.weekday()) % 7 + 7 * (nth - 1))


def _zone(text: str | None, day: date) -> int | None:
    """Return a zone's minutes east of Greenwich; None for no zone, or one of several by that name."""
    name = (text or "").strip(" ()")
    if not name:
        return None
    if (offset := OFFSET().search(name)) is not None:
        minutes = int(offset[1]) * 60 + int(offset[2] or 0)
        return None if minutes > 14 * 60 else (minutes if offset[0][0] == "+" else -minutes)
    if name in _SUMMERED:
        summer = _nth_sunday(day.year, 3, 2) <= day < _nth_sunday(day.year, 11, 1)
        return _SUMMERED[name] + 60 * summer
    return _ZONES.get(name)


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(match["h"]), int(match["min"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _is_time(match: re.Match[str]) -> bool:
    """Tell a printed time from a number that merely follows: it has minutes or says am or pm; a dot needs a word."""
    if not match["colon"] or match["min"] is None:
        return match["half"] is not None or match["colon"] in ("時", "时", "点", "點", "시")
    said = match["half"] is not None or match["gap"].strip(" ,.:|·•⋅–—-(") != "" or "Uhr" in match[0] or "WIB" in match[0]
    return match["colon"] != "." or said or (match["zone"] or "").strip(" ()") in _ZONES


def _with_time(text: str, found: _Day) -> Found:
    """Add the time printed behind or before a day, and the weekday printed before it."""
    day = date(found.year or 2000, found.month, found.day)
    iso, start, end = day.isoformat(), found.start, found.end
    after = TIME().match(text, end)
    clock = _clock(after) if after is not None and _is_time(after) else None
    if after is not None and clock is not None:
        zone = _zone(after["zone"], day)
        end = after.end() if zone is not None or not after["zone"] else after.start("zone")
        seconds = f":{after['sec']}" if after["sec"] and int(after["sec"]) < 60 else ""
        iso += f"T{clock[0]:02}:{clock[1]:02}{seconds}{_offset(zone)}"
    else:
        before = TIME_BEFORE().search(text, max(0, start - 24), start)
        clock = None if before is None else _clock(before)
        if before is not None and clock is not None:
            start = before.start()
            iso += f"T{clock[0]:02}:{clock[1]:02}"
    weekday = WEEKDAY_BEFORE().search(text, max(0, start - 24), start)
    if weekday is not None and weekday[1].strip(".").casefold() in calendar().weekdays:
        start = weekday.start()
    return Found(iso, start, end)


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    if minutes == 0:
        return "Z"
    return f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


# ---------------------------------------------------------------- the public three


_YEAR = lazy(r"\d{4}|[-/.'’]\s?\d\d|[年년和成民]")
"""What reads as a year; no whole date is without one."""


def dated(text: str) -> bool:
    """Tell at a glance a text that may hold a whole date."""
    return _YEAR().search(text) is not None


@lru_cache(256)  # the lines of a head are asked for their day as a stamp and again as a credit
def find_date(text: str, language: str | None = None) -> Found | None:
    """Return the first whole date written in a short line, with its time and zone where printed.

    >>> find_date("By Jane Roe | December 3, 2024")
    Found(date='2024-12-03', start=14, end=30)

    A day without a year is none, nor is a relative time, nor 3/12/2024 where the language does not settle it.
    """
    text = text[:LONGEST_LINE]
    if not dated(text):
        return None
    whole = (day for day in map(_valid, _days(text, language)) if day is not None and day.year is not None)
    first = min(whole, key=lambda day: (day.start, -day.end), default=None)
    return None if first is None else _with_time(text, first)


def clock(text: str) -> int | None:
    """Return the minutes since midnight of a time that a line prints and nothing else; None for any other line.

    >>> clock("16:42"), clock("4.42 pm ET"), clock("16"), clock("16:42 The road is open.")
    (1002, 1002, None, None)
    """
    text = text.strip()
    match = TIME().fullmatch(text) if 4 <= len(text) <= LONGEST_CLOCK and text[0].isdigit() else None
    if match is None or match["colon"] not in (":", ".", "h", "H") or match["min"] is None:
        return None
    found = _clock(match)
    return None if found is None else 60 * found[0] + found[1]


LONGEST_CLOCK = 16  # characters: "10:42 a.m. (GMT)" has 16


def printed_day(text: str, language: str | None = None) -> str | None:
    """Return the day that a dateline prints, ``2024-12-03``, or ``--12-03`` where it gives no year.

    The text must be a date and nothing else: "March 4", "10 фев", "22nd April, 2026", "12月16日".
    """
    text = text.strip(" \t,.()（）")
    if not (4 <= len(text) <= 40 or "日" in text or "일" in text):
        return None
    for day in map(_valid, _days(text, language)):
        if day is not None and day.start == 0 and text[day.end :].strip(" .,") == "":
            return f"{'-' if day.year is None else day.year}-{day.month:02}-{day.day:02}"
    return None


def claimed_date(value: object) -> str | None:
    """Return the date that JSON-LD, a meta tag or ``<time datetime>`` claims; None for what is no date.

    Takes any JSON value: of a list the first date in it, of an object its ``@value``. A number is no date (seconds since
    1970 are somebody's guess), and a placeholder such as 1970-01-01T00:00:00Z or 0001-01-01 is none either.
    """
    for _ in range(3):  # a list of an object of a string is as deep as pages go
        if isinstance(value, dict):
            value = value.get("@value")
        elif isinstance(value, list):
            value = next((item for item in value[:5] if item), None)
    if not isinstance(value, str):
        return None
    text = value[: 8 * LONGEST_CLAIM].strip()[:LONGEST_CLAIM]
    found = _compact(text) or find_date(text)
    if found is None or found.date.startswith("1970-01-01"):
        return None
    return found.date


COMPACT = lazy(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$")
"""20241203, 20241203T101500Z, 20241203101500."""
UNIX = lazy(r"[^\W\d_]{3}\s([^\W\d_]{3})\s{1,2}(\d{1,2})\s(\d{2}:\d{2}:\d{2})\s([A-Z]{3,4}\s)?(\d{4})$")
"""Tue Dec  3 10:15:00 UTC 2024."""


def _compact(text: str) -> Found | None:
    match = COMPACT().match(text)
    if match is not None:
        year, month, day, hour, minute, second, zone = match.groups()
        clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
        return find_date(f"{year}-{month}-{day}{clock}")
    match = UNIX().match(text)
    return None if match is None else find_date(f"{match[2]} {match[1]} {match[5]} {match[3]} {match[4] or ''}")
