"""Datelines and sign-offs: what must be split off, and prose that looks just like it and must stay."""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.dateline import (
    AFTER_SENTENCE,
    ENDS,
    FORMS,
    PERIOD_FORMS,
    TAILS,
    WHOLES,
    agencies,
    find_signoff,
    fold_place,
    known_agency,
    place_trust,
    plain,
    split_dateline,
)
from cleanarticle.model import Dateline

TABLE = tomllib.loads((Path(__file__).parent / "tables" / "datelines.toml").read_text("utf-8"))
LEADS = {
    "de": "Die Regierung hat am Montag mitgeteilt, dass die Gespräche in der kommenden Woche weitergehen sollen.",
    "zh": "政府周一表示，谈判将继续进行一周，具体细节有待公布。",
    "ja": "政府は月曜日、協議を継続すると発表した。詳細は来週公表される。",
    "ko": "정부는 월요일 협상이 일주일 더 계속될 것이라고 밝혔다.",
    "ar": "أعلنت الحكومة يوم الاثنين أن المحادثات مع النقابة ستستمر أسبوعا آخر في العاصمة.",
    "ru": "Правительство сообщило в понедельник, что переговоры с профсоюзом продолжатся ещё неделю.",
    "hi": "सरकार ने सोमवार को कहा कि बातचीत एक और सप्ताह तक जारी रहेगी।",
}
LEAD = "The government said on Monday that the talks with the union would go on for another week in the capital."


@pytest.mark.parametrize(("language", "front", "place", "date", "agency"), TABLE["cases"], ids=lambda value: str(value)[:40])
def test_a_dateline_is_split_into_its_parts(language, front, place, date, agency):
    lead = LEADS.get(language, LEAD)
    found = split_dateline(front + lead, language)
    assert found is not None
    dateline, rest = found
    assert (dateline.place or "", dateline.date or "", dateline.agency or "", rest) == (place, date, agency, lead)
    assert front.lstrip(" *").startswith(dateline.text.lstrip())


@pytest.mark.parametrize(("language", "text"), TABLE["lookalikes"], ids=lambda value: str(value)[:40])
def test_prose_that_looks_like_a_dateline_stays(language, text):
    assert split_dateline(text, language) is None


@pytest.mark.parametrize("form", FORMS + PERIOD_FORMS, ids=lambda form: form.example)
def test_each_form_is_the_first_to_take_its_example(form):
    language = "de" if form in PERIOD_FORMS else None
    lead = LEADS["de"] if form in PERIOD_FORMS else LEAD
    head = plain(form.example + lead)
    assert form.pattern().match(head) is not None
    found = split_dateline(form.example + lead, language)
    assert found is not None
    assert found[1] == lead
    groups = set(form.pattern().groupindex)
    assert {name for name in ("place", "date", "agency") if getattr(found[0], name)} == groups & {"place", "date", "agency"}


def test_the_text_is_as_printed_without_the_separator():
    assert split_dateline("BIRMINGHAM, Ala. (AP) -- " + LEAD) == (Dateline("BIRMINGHAM, Ala. (AP)", "BIRMINGHAM, Ala.", None, "AP"), LEAD)


def test_white_space_behind_the_dateline_stays_as_it_was():
    assert split_dateline("CAIRO (Reuters) - Two  spaces\nand a line stay in the rest.")[1] == "Two  spaces\nand a line stay in the rest."


def test_a_known_word_of_two_meanings_needs_more_than_itself():
    prose = "READING - The joy of books is back in our schools, teachers say after a year of lessons."
    assert split_dateline(prose) is None
    assert split_dateline(prose.replace("READING", "READING, England"))[0].place == "READING, England"


def test_a_german_full_stop_is_a_separator_in_german_only():
    text = "Berlin. Der Senat hat am Montag mitgeteilt, dass die Gespräche weitergehen sollen."
    assert split_dateline(text, "de")[0].place == "Berlin"
    assert split_dateline("Berlin. The city had never looked so grey, and nobody seemed to care about it.", "en") is None


SIGNED = [
    ("(Reporting by Jane Roe in Rome; Editing by John Doe)", None),
    ("Reporting by Jane Roe; additional reporting by John Doe", None),
    ("(Rédigé par Jean Dupont, édité par Marie Durand)", None),
    ("(Bericht von Hans Müller, redigiert von Anna Schmidt.)", None),
    ("Our Standards: The Thomson Reuters Trust Principles.", "Thomson Reuters"),
    ("REUTER", "REUTER"),
    ("Reuter", "Reuter"),
    ("(ANSA).", "ANSA"),
    ("© 2024 AFP", "AFP"),
    ("© Agence France-Presse", "Agence France-Presse"),
    ("Copyright 2024 The Associated Press. All rights reserved. This material may not be published.", "The Associated Press"),
    ("RIPRODUZIONE RISERVATA © Copyright ANSA", "ANSA"),
    ("-- BERNAMA", "BERNAMA"),
    ("— Bernama", "Bernama"),
    ("--IANS", "IANS"),
    ("PTI ABC DEF", "PTI"),
    ("EFE abc/def", "EFE"),
    ("Lusa/Fim", "Lusa"),
    ("ENDS", None),
    ("-30-", None),
    ("###", None),
    ("Enditem", None),
    ("■", None),
    ("（完）", None),
    ("(END)", None),
    ("burs-abc/def", None),
    ("(abc/def)", None),
    ("9341**1424", None),
    ("【编辑:张三】", None),
    ("abc@yna.co.kr", None),
    ("Jane Roe reported from Rome. Associated Press writer John Doe contributed to this report.", None),
    ("--With assistance from Jane Roe.", None),
    ("Pewarta: Budi Santoso / Editor: Siti Aminah", None),
    ("(This story has not been edited by our staff and is auto-generated from a syndicated feed.)", None),
    ("SOURCE Acme Corp.", "Acme Corp"),
    ("Source: MENA", "MENA"),
    ("Quelle: dpa", "dpa"),
    ("© dpa-infocom, dpa:240503-99-123456/2", "dpa-infocom"),
    ("(إعداد فلان للنشرة العربية)", None),
    ("(C)時事通信社", "時事通信社"),
    ("© Riproduzione riservata", None),
    ("(AFP, dpa, Reuters)", "AFP, dpa, Reuters"),
    ("BSS/AB/10:15hrs", "BSS"),
    ("UNI ABC DEF1015", "UNI"),
    ("责任编辑：张三", None),
    ("(Agencies)", None),
    ("(With inputs from agencies)", None),
    ("Jane Roe reported from Rome.", None),
]
TAILED = [
    ("(Reporting by Jane Roe; Editing by John Doe)", None),
    ("(ANSA).", "ANSA"),
    ("(AP)", "AP"),
    ("/ ANSA", "ANSA"),
    ("— Bernama", "Bernama"),
    ("--IANS abc/def", "IANS"),
    ("© 2024 AFP", "AFP"),
    ("PTI ABC DEF", "PTI"),
    ("Reuter", "Reuter"),
    ("REUTER", "REUTER"),
    ("dpa", "dpa"),
    ("EFE abc/def", "EFE"),
    ("Lusa/Fim", "Lusa"),
    ("Enditem", None),
    ("ENDS", None),
    ("-30-", None),
    ("burs-abc/def", None),
    ("（編輯：王大明）1120221", None),
    ("（完）", None),
    ("■", None),
    ("(red)", None),
]
UNSIGNED = [
    "The talks will go on for another week (and perhaps for two).",
    "He joined the Certified Management Consultants of America (CMC)",
    "She works for the Agence France-Presse.",
    "The report was written by two members of the panel and is due on Monday in the capital.",
    "© 2024 Example Media Group. All rights reserved.",
    "and/or",
    "Reporting and analysis take time, said the head of the newsroom on Monday afternoon.",
    "The film ends",
    "He said that she had reported from Rome for the paper in the nineties, and that the paper had paid.",
    "Copyright 2024 Example Media Inc. All rights reserved.",
    "Ends and means are not the same, as every minister learns in the first year of office.",
    "The price rose to 30",
    "“This is the end.”",
    "It was a long way to Reuter Street, and the night was cold and dark for all of them.",
    "The ratio is 3:1 [31]",
    "",
]


@pytest.mark.parametrize(("line", "source"), SIGNED)
def test_a_closing_line_is_a_signoff_and_names_its_agency(line, source):
    found = find_signoff(line)
    assert found is not None
    assert (found.rest, found.text, found.source, found.whole) == ("", line, source, True)


@pytest.mark.parametrize(("tail", "source"), TAILED)
def test_a_closing_tail_leaves_the_paragraph(tail, source):
    prose = "The government said on Monday that the talks would go on for another week."
    found = find_signoff(f"{prose} {tail}")
    assert found is not None
    assert (found.rest, found.text, found.source, found.whole) == (prose, tail, source, False)


@pytest.mark.parametrize("text", UNSIGNED)
def test_prose_that_looks_like_a_signoff_stays(text):
    assert find_signoff(text) is None


@pytest.mark.parametrize("closing", TAILS + WHOLES + ENDS + AFTER_SENTENCE, ids=lambda closing: closing.example)
def test_each_closing_matches_its_example(closing):
    example = closing.example
    if closing in TAILS:
        example = example.strip("()【】")
    if closing in ENDS + AFTER_SENTENCE:
        assert closing.pattern().search(f"The talks go on for a week{example}") is not None
    else:
        assert closing.pattern().fullmatch(example) is not None


@pytest.mark.parametrize(
    "name", ["Reuters", "REUTERS", "dpa", "dpa/lni", "The Associated Press", "Associated Press", "新华社", "PRNewswire-FirstCall"]
)
def test_an_agency_is_known_with_its_desk_and_in_capitals(name):
    assert known_agency(name)


@pytest.mark.parametrize("name", ["App", "Sun", "Aa", "Government", "Ap", ""])
def test_a_word_in_another_case_is_no_agency(name):
    assert not known_agency(name)


def test_place_trust_tells_cities_regions_and_mere_capitals():
    assert place_trust("SÃO PAULO") > place_trust("SPRINGDALE, Ark.") > place_trust("GARLIC") > place_trust("Touchscreen") > 0
    assert place_trust("the government said") == place_trust("Mr. Smith of the ministry of finance and of the interior") == 0


def test_the_places_file_is_folded_and_says_nothing_twice():
    seen: dict[str, set[str]] = {}
    for line in files("cleanarticle").joinpath("lexicons", "places.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, _, names = line.partition(" ")
        for name in names.split("|"):
            assert kind == "opening" or name == fold_place(name)
            assert name not in seen.setdefault(kind, set()), (kind, name)
            seen[kind].add(name)
    assert set(seen) == {"city", "capitals", "unsure", "colon", "region", "ending", "suffix", "opening"}
    assert not seen["city"] & seen["unsure"]


def test_the_agencies_file_says_nothing_twice():
    tables = tomllib.loads(files("cleanarticle").joinpath("lexicons", "agencies.toml").read_text("utf-8"))["agency"]
    for names in tables.values():
        assert len(names) == len(set(names))
    assert "reuters" in agencies()


@given(st.text(max_size=200))
def test_nothing_raises_and_the_rest_is_the_end_of_the_paragraph(text):
    found = split_dateline(text)
    assert found is None or text.endswith(found[1])
    signed = find_signoff(text)
    assert signed is None or (text.strip().startswith(signed.rest.strip()) and text.rstrip().endswith(signed.text.rstrip()))


@pytest.mark.parametrize(
    "unit", ["A", "(", "A (", "ROME, ", "- ", "A. ", "( AP", "1月", "【", "（中央社", "/", "A/", "Reporting by A ", "[서울="]
)
def test_hostile_paragraphs_stay_fast(unit):
    text = unit * (1_000_000 // len(unit))
    split_dateline(text[:100])  # compile and load outside the measured time
    find_signoff(text[:100])
    began = time.process_time()
    split_dateline(text)
    find_signoff(text)
    find_signoff(text[:500])
    assert time.process_time() - began < 0.1  # seconds of CPU


def test_running_text_costs_next_to_nothing():
    split_dateline(LEAD)
    began = time.process_time()
    for _ in range(1_000):
        split_dateline(LEAD)
    assert time.process_time() - began < 0.1  # seconds for a thousand, 100 µs each; measured 6
