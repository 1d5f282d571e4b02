"""The front of the lead (``BAGHDAD, Oct 5 (Reuters) - ``) and the end of the story (``(Reporting by …)``, ``ENDS``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from cleanarticle.dates import calendar, lazy, printed_day
from cleanarticle.language import SENTENCE_ENDS
from cleanarticle.model import Dateline

# ---------------------------------------------------------------- what the world knows


class Places(NamedTuple):
    """Names of places, folded as ``fold_place`` does."""

    city: frozenset[str]
    """A dateline by themselves."""
    capitals: frozenset[str]
    """By themselves only when printed in capitals: people and words are called so too."""
    unsure: frozenset[str]
    """Never by themselves."""
    colon: frozenset[str]
    """Of ``city`` those whose papers close the dateline with a colon."""
    region: frozenset[str]
    """Countries, states, provinces, in full and shortened."""
    opening: frozenset[str]
    """Words that begin German sentences."""
    ending: tuple[str, ...]
    """How the names of small towns end."""
    suffix: tuple[str, ...]
    """Those of the endings that no common noun has."""


_DROP = str.maketrans({".": None, "’": "'", "\u200c": " "} | {chr(mark): None for mark in range(0x300, 0x370)})


def fold_place(name: str) -> str:
    """Rewrite a place to compare it: case folded, without accents on Latin letters and without dots.

    >>> fold_place("SÃO PAULO"), fold_place("St. Louis")
    ('sao paulo', 'st louis')
    """
    name = name.casefold()
    if not name.isascii():
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).translate(_DROP))
    return " ".join(name.translate(_DROP).split())


def _read(name: str) -> str:
    return (Path(__file__).parent / "lexicons" / name).read_text("utf-8")


@cache
def places() -> Places:
    """Return the names in ``lexicons/places.txt``."""
    names: dict[str, list[str]] = {field: [] for field in Places._fields}
    for line in _read("places.txt").splitlines():
        if not line.startswith("#"):
            kind, _, rest = line.partition(" ")
            names[kind] += rest.split("|")
    sets = {kind: frozenset(found) for kind, found in names.items() if kind not in ("ending", "suffix")}
    return Places(**sets | {"city": sets["city"] | sets["colon"]}, ending=tuple(names["ending"]), suffix=tuple(names["suffix"]))


SHORT_AGENCY = 4  # letters


@cache
def _agency_tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_read("agencies.toml"))


@cache
def agencies() -> frozenset[str]:
    """Return the names in ``lexicons/agencies.toml``: case folded, those of up to four letters also as listed and in capitals.

    Short names are words in another case ("App", "Aa").
    """
    names = [name for listed in _agency_tables()["agency"].values() for name in listed]
    long = {name.casefold() for name in names if len(name) > SHORT_AGENCY}
    return frozenset(long | {spelt for name in names if len(name) <= SHORT_AGENCY for spelt in (name, name.upper())})


@cache
def generic() -> frozenset[str]:
    """Return the words that make "News" a heading and no publication: breaking, latest."""
    return frozenset(_agency_tables()["generic"]["words"])


_CALL_SIGN = lazy(
    r"[KWCX][A-Z]{2,3}(?:[-/ ]?(?:TV|FM|AM|DT|\d{1,2}))?|(?:FOX|ABC|NBC|CBS|CW|NEWS|WB|KHON)(?:\s?\d{1,2}|[A-Z][A-Za-z]{2,14})?"
)
"""American and Canadian stations: WABC, KTRK, WHDH-TV, FOX 5, NEWS10."""
_ADDRESS = lazy(
    r"[\w-]{2,30}(?:\.[\w-]{2,20})?\.(?:com|net|org|info|news|tv|co|id|my|in|de|at|ch|fr|it|es|cr|mx|ar|br|pt|ru|ua|kz|am|az|ge|uk|ie|nl|be|pl)\b",
    re.IGNORECASE,
)
"""A publication that goes by its address: INTERFAX.RU, KOMPAS.com."""
_NEWSY = lazy(
    r"\b(?:news|press|presse|prensa|newswire|wire|news agency|media|tv|radio|agency|agencia|agência|agenzia|agentur|nachrichten|noticias"
    r"|notizie|notícias|haber|ajansı|pers|pressedienst|gazette|herald|tribune|times|post)\b|نيوز|وكالة|أنباء|новости|समाचार|न्यूज़?",
    re.IGNORECASE,
)


_PAPER = lazy(
    r"news|press|newswire|wire|prensa|presse|gazette|herald|tribune|times|notizie|noticias|notícias|nachrichten|نيوز|новости", re.IGNORECASE
)
"""Last words of the names of publications."""


def known_agency(name: str) -> bool:
    """Tell whether a name is an agency's, also with its desk (``dpa/lno``, ``KNA/iz``, ``AFP-de``)."""
    name = " ".join(name.split())
    head, slash, tail = name.partition("/")
    return (
        _listed(name)
        or _listed(name.removeprefix("The ").removeprefix("the "))
        or (bool(slash) and _listed(head.strip()) and len(tail) <= 12)
    )


def _listed(name: str) -> bool:
    return (name.casefold() if len(name) > SHORT_AGENCY else name) in agencies()


def address(name: str) -> bool:
    """Tell a publication that goes by its address."""
    return _ADDRESS().fullmatch(name) is not None


def _agency_shaped(name: str) -> bool:
    first = name.partition(" ")[0].partition("/")[0]  # Bloomberg Law, KDVR FOX31, WFLA/NBC
    return (
        known_agency(name)
        or address(name)
        or _CALL_SIGN().fullmatch(first) is not None
        or _NEWSY().search(name) is not None
        or (first != name and known_agency(first) and "photo" not in name.casefold())
    )


# ---------------------------------------------------------------- places

# fmt: off
_PARTICLES = frozenset((
    "of", "the", "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "les", "los", "las", "el", "al", "am", "an", "der", "im",
    "sur", "sous", "upon", "on", "and", "&", "y", "e", "und", "et", "bei", "ob", "van", "den", "aan", "a", "i", "ed", "och", "og",
    "na", "nad", "en", "sul", "dei",
))
"""Small words inside the names of places."""
# fmt: on

_PART = lazy(r"\s?/\s?|\s?&\s?|\s(?:and|und|et|y|e|dan|и|en)\s|\s?[、・]\s?")
_BRACKETED = lazy(r"\s?[(\[][^()\[\]]{2,30}[)\]]")
LONGEST_REGION = 2  # words of a region that is not on the list, behind a city that is
LONGEST_PLACE = 8  # words: "SAN FRANCISCO & TEL AVIV, Israel" has six

KNOWN, REGION, TOWN, CAPITALS, SHAPED = 5, 4, 3, 2, 1
"""How sure a place is: on the list; followed by a known region; with a town's ending; merely in capitals; merely capitalised."""


def _capitalised(word: str) -> bool:
    first = word[0]
    return first.isupper() or (first.isalpha() and not first.islower()) or word in _PARTICLES or (first in "'’(" and len(word) > 1)


@lru_cache(1024)
def place_trust(text: str, *, alone: bool = False) -> int:
    """Return how sure it is that a text is a place: ``KNOWN`` … ``SHAPED``, 0 for what cannot be one.

    With ``alone`` there is no date and no agency beside it, and names that are words first do not count as known.
    """
    text = _BRACKETED().sub("", text).strip(" *")
    words = text.replace("/", " ").split()
    if not words or len(words) > LONGEST_PLACE or not all(map(_capitalised, words)) or words[0] in _PARTICLES:
        return 0
    if any(len(word) > 6 and word.endswith(".") for word in words):  # a sentence's end, not a shortened name
        return 0
    known = places()
    folded = fold_place(text)
    if folded in known.city or (not alone and folded in known.unsure):
        return KNOWN
    upper = text.upper() == text
    if folded in known.capitals and (upper or not alone):
        return KNOWN
    if not alone and folded in known.region:
        return REGION
    first, _, region = text.partition(",")
    if "،" in text:
        first, _, region = text.partition("،")
    if region:
        regions = [fold_place(part) for part in re.split(r"[,،]", region)]
        if regions[-1] in known.region or (regions[0] in known.region):
            return REGION
        trust = place_trust(first, alone=alone)
        return min(TOWN if trust == KNOWN and len(region.split()) <= LONGEST_REGION else SHAPED, trust)
    parts = _PART().split(text)
    if len(parts) > 1:
        trusts = [place_trust(part, alone=alone) for part in parts if part]
        return max(trusts) if trusts and min(trusts) >= (SHAPED if "/" in text else KNOWN) else 0
    if folded in known.unsure or folded in known.capitals or folded in known.region:
        return 0 if alone else SHAPED
    if len(words) == 1 and len(folded) > 5 and folded.endswith(known.ending if upper else known.suffix) and (upper or text[1:].islower()):
        return TOWN
    return CAPITALS if upper and text.lower() != text else SHAPED


# ---------------------------------------------------------------- the forms

_LONG = "\x96"  # any dash longer than a hyphen, in a plain head
_PLAIN = str.maketrans(
    dict.fromkeys("–—―‒", _LONG) | dict.fromkeys("“”„", '"') | dict(zip("،、。•（）【】［］", ",,.*()[][]", strict=True))
)


def plain(head: str) -> str:
    """Return the text, character for character, with one dash, one quote and one pair of brackets for the many.

    Offsets stay; the forms are read on it, and what they print is taken from the text itself. (A class of characters beyond
    Latin-1 costs half a millisecond to compile, and there are twenty forms.)
    """
    return head.translate(_PLAIN)


_PLACE = r"(?P<place>[^\W\d_][^()\[\]{}\n:;!?\"«»=_\x96\d]{1,60}?(?:\s?\([^()\d\n]{2,30}\))?(?:\s?\[[^\[\]\d\n]{2,30}\])?)"
_MONTH = r"[^\W\d_][^\s\d()\[\]/,.\x96-]{1,14}"
_DAY = rf"(?:{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s)?{_MONTH}\.?)(?:,?\s(?:de\s)?\d{{4}})?"
_DATE = rf"(?:le\s)?(?P<date>{_DAY})"
_AGENCY = r"(?P<agency>[^()\[\]/\n]{2,40}?(?:/[^()\[\]/\n]{1,20})?)"
_DASH = r"(?:\s{0,2}(?:[-\x96]{1,3}(?:\s[-\x96])?|[:.][-\x96]{1,2}|_|=|â€\"|\")\s*)"
_SPACED = r"(?:\s{1,2}(?:[-\x96]{1,3}(?:\s[-\x96])?|_)\s*|[-\x96]{2,3}\s*|\x96\s*|[:.][-\x96]{1,2}\s+|-\s+|\s?â€\"\s*)"
_COMMA = r",?\s"


class Form(NamedTuple):
    """A shape that datelines take."""

    example: str
    pattern: Callable[[], re.Pattern[str]]
    """Of the head made plain (see ``plain``)."""
    judge: Callable[[Parts, str | None], bool]
    """Tells the dateline from prose of the same shape."""
    mark: str
    """One of these characters is in every dateline of the form; a paragraph without any is not tried."""


class Parts(NamedTuple):
    """What a form found."""

    text: str
    place: str | None
    date: str | None
    """ISO."""
    agency: str | None
    gap: str
    """The separator."""
    rest: str


def _is_text(rest: str) -> bool:
    """Tell a lead from the rest of a heading or a list: it begins a sentence, and ends one or is long."""
    return _starts_sentence(rest) and len(rest) >= SHORTEST_LEAD and (len(rest) >= LEAD or _SENTENCE_END().search(rest) is not None)


SHORTEST_LEAD = 25  # characters; "Madrid - 29/05/2025 20:00" is none
_SENTENCE_END = lazy(rf"[{SENTENCE_ENDS}](?:[\"'”’»)\]\s]|$)|[\u0e00-\u0e7f\u3400-\u9fff]")


def _starts_sentence(rest: str) -> bool:
    """Tell a sentence's beginning from the middle of one: no lower-case letter comes first."""
    first = rest.lstrip("\"'“”„«»‘’([¿¡*… ")[:1]
    return first != "" and not first.islower()


def _dated_source(parts: Parts, language: str | None) -> bool:
    if parts.agency is None or not _starts_sentence(parts.rest):
        return False
    return _agency_shaped(parts.agency) or (parts.gap.strip() != "" and place_trust(parts.place or "") >= TOWN)


def _initials(place: str, agency: str) -> bool:
    """Tell "Search Engine Optimization (SEO)": the bracket shortens what stands before it."""
    words = re.split(r"[\s/-]+", place)
    return len(words) > 1 and "".join(word[0] for word in words if word and word[0].isupper()).casefold() == agency.casefold()


LONGEST_STATION = 20  # characters of an unknown station, in capitals: "QUEEN CITY NEWS"
LONGEST_CODE = 9  # characters of an unknown agency: dpo, fn-press, rtr/afp


def _sourced(parts: Parts, language: str | None) -> bool:
    place, agency = parts.place or "", parts.agency or ""
    trust = place_trust(place)
    if not trust or not _starts_sentence(parts.rest) or _initials(place, agency) or known_agency(place):
        return False
    if not parts.gap.strip():
        return known_agency(agency) and trust >= CAPITALS
    if known_agency(agency):
        return True
    if _agency_shaped(agency):
        return trust >= CAPITALS
    if fold_place(agency) in places().city or fold_place(agency) in places().region:  # "Paris (France)"
        return False
    one = " " not in agency and len(agency) <= LONGEST_CODE and not any(map(str.isdigit, agency))
    return trust >= TOWN and (
        one or (len(agency) <= LONGEST_STATION and all(word[0].isupper() for word in agency.split()) and agency[-1:].isupper())
    )


def _source(parts: Parts, language: str | None) -> bool:
    agency = parts.agency or ""
    return (known_agency(agency) or address(agency)) and _starts_sentence(parts.rest)


def _source_in_brackets(parts: Parts, language: str | None) -> bool:
    """A source alone: in brackets with a dash behind it a station or a paper need not be on the list."""
    return _source(parts, language) or (
        parts.gap.strip() not in ("", ".", ":") and _agency_shaped(parts.agency or "") and _is_text(parts.rest)
    )


def _publication(parts: Parts, language: str | None) -> bool:
    """A source alone: an agency, an address, or two or three words that end as papers' names do."""
    if not _is_text(parts.rest):
        return False
    if _source(parts, language):
        return True
    words = (parts.agency or "").split()
    newsy = 2 <= len(words) <= 3 and words[0].casefold() not in generic() and all(map(_capitalised, words))
    return newsy and _PAPER().fullmatch(words[-1]) is not None


def _source_then_place(parts: Parts, language: str | None) -> bool:
    return _source(parts, language) and place_trust(parts.place or "") >= (SHAPED if parts.date else TOWN)


def _source_then_city(parts: Parts, language: str | None) -> bool:
    return _source(parts, language) and place_trust(parts.place or "", alone=True) >= REGION


def _dated_city(parts: Parts, language: str | None) -> bool:
    """With a colon a date is not enough: "Correction, Nov. 15: …"."""
    return parts.date is not None and place_trust(parts.place or "") >= REGION and _is_text(parts.rest)


def _place_then_source(parts: Parts, language: str | None) -> bool:
    return place_trust(parts.place or "") > 0 and _source(parts, language) and not known_agency(parts.place or "")


def _place_bare_source(parts: Parts, language: str | None) -> bool:
    return known_agency(parts.agency or "") and place_trust(parts.place or "", alone=True) >= TOWN and _is_text(parts.rest)


def _dated_place(parts: Parts, language: str | None) -> bool:
    return parts.date is not None and place_trust(parts.place or "") >= TOWN and _starts_sentence(parts.rest)


def _dated_capitals(parts: Parts, language: str | None) -> bool:
    """Russian and Ukrainian papers close with a full stop; elsewhere "OPENING, May 14. The museum …" is a notice."""
    if language not in ("ru", "uk"):
        return False
    place = parts.place or ""
    return (
        parts.date is not None and place_trust(place) >= CAPITALS and place.isupper() and not known_agency(place) and _is_text(parts.rest)
    )


def _placed(parts: Parts, language: str | None) -> bool:
    aside = re.search(r"\s?[(\[]([^()\[\]]*)", parts.place or "")
    if aside is not None and fold_place(aside[1]) not in places().city | places().region:
        return False
    return place_trust(parts.place or "", alone=True) >= TOWN and _is_text(parts.rest)


LEAD = 70  # characters; headings and announcements ("VIENNA: The Musical opens …") are shorter than a story's first paragraph


def _placed_by_colon(parts: Parts, language: str | None) -> bool:
    place = parts.place or ""
    if not _starts_sentence(parts.rest):
        return False
    if fold_place(place) in places().colon:
        return True
    return place.isupper() and len(parts.rest) >= LEAD and place_trust(place, alone=True) >= REGION


def _placed_by_period(parts: Parts, language: str | None) -> bool:
    """German local papers: ``Berlin. Die …``; elsewhere a word and a full stop are a sentence."""
    first = parts.rest.split(" ", 1)[0].casefold()
    if language not in ("de", None) or (language is None and first not in places().opening) or not _is_text(parts.rest):
        return False
    return place_trust(parts.place or "", alone=True) >= TOWN


def _placed_in_brackets(parts: Parts, language: str | None) -> bool:
    return place_trust(parts.place or "", alone=True) == KNOWN and _is_text(parts.rest)


def _dated_in_full(parts: Parts, language: str | None) -> bool:
    return parts.date is not None and not parts.date.startswith("-") and _is_text(parts.rest)


def _form(example: str, pattern: str, judge: Callable[[Parts, str | None], bool], mark: str) -> Form:
    return Form(example, lazy(r"[\s*.]{0,8}" + pattern), judge, mark)


_HAN = r"[\u3400-\u9fff]"

FORMS = (
    _form("TORONTO / ACCESSWIRE / May 3, 2023 / ", rf"(?P<text>{_PLACE}\s/\s{_AGENCY}\s/\s{_DATE}\s/)(?P<gap>\s)", _dated_source, "/"),
    _form(
        "TORONTO--(Newsfile Corp. - May 3, 2023) - ",
        rf"(?P<text>{_PLACE}\s?--\({_AGENCY}\s-\s{_DATE}\))(?P<gap>{_DASH})",
        _dated_source,
        "(",
    ),
    _form(
        "BAGHDAD, Oct 5 (Reuters) - ",
        rf"(?P<text>{_PLACE}{_COMMA}{_DATE}[.,]?\s?(?:[-\x96]\s)?\({_AGENCY}\))(?P<gap>{_DASH}|:\s?|\.\s|\s)",
        _dated_source,
        "(",
    ),
    _form(
        "NEEDHAM, Mass., Sept. 19, 2025 /PRNewswire/ -- ",
        rf"(?P<text>{_PLACE}{_COMMA}{_DATE}[.,]?\s?/{_AGENCY}/)(?P<gap>\.?{_DASH}|[:.]\s|\s)",
        _dated_source,
        "/",
    ),
    _form("WASHINGTON (January 24, 2017) — ", rf"(?P<text>{_PLACE}\s?\({_DATE}\))(?P<gap>{_DASH})", _dated_place, "("),
    _form(
        "(ANSA) - ROMA, 28 LUG - ", rf"(?P<text>\({_AGENCY}\){_DASH}{_PLACE}{_COMMA}{_DATE})(?P<gap>{_DASH}|\.\s)", _source_then_place, "("
    ),
    _form("March 4 (Reuters) - ", rf"(?P<text>{_DATE}[.,]?\s?[(/]{_AGENCY}[)/])(?P<gap>{_DASH}|[:.]\s|\s)", _dated_source, "(/"),
    _form(
        "МОСКВА, 10 фев — РИА Новости. ",
        rf"(?P<text>{_PLACE}[,.]\s{_DATE}[.,]?\s(?:[-\x96]{{1,2}}\s)?{_AGENCY})(?P<gap>\.\s|\s?[-\x96]{{1,2}}\s)",
        _place_then_source,
        "-\x96",
    ),
    _form("MEXICO CITY (AP) — ", rf"(?P<text>{_PLACE}\s{{0,2}}(?:--)?[(/]{_AGENCY}[)/])(?P<gap>\.?{_DASH}|:\s?|\.\s|\s|)", _sourced, "(/"),
    _form("Jakarta [ANTARA] - ", rf"(?P<text>{_PLACE}\s\[{_AGENCY}\])(?P<gap>{_DASH}|[:.]\s)", _sourced, "["),
    _form("(AP) BIRMINGHAM, Ala. — ", rf"(?P<text>\({_AGENCY}\)\s?(?:{_DASH})?{_PLACE})(?P<gap>{_SPACED})", _source_then_place, "("),
    _form("(Reuters) - ", rf"(?P<text>\({_AGENCY}\))(?P<gap>{_DASH}|[:.]\s|)", _source_in_brackets, "("),
    _form("NEW YORK – March 3, 2024 – ", rf"(?P<text>{_PLACE}{_SPACED}{_DATE})(?P<gap>{_SPACED})", _dated_place, "-\x96"),
    _form("Kathmandu, Dec 3: ", rf"(?P<text>{_PLACE}{_COMMA}{_DATE})(?P<gap>\s?:\s)", _dated_city, ":"),
    _form("PARIS, April 8 — ", rf"(?P<text>{_PLACE}{_COMMA}{_DATE})(?P<gap>{_SPACED})", _dated_place, "-\x96_"),
    _form("JAKARTA, KOMPAS.com - ", rf"(?P<text>{_PLACE}(?:[,.]\s|\s[-\x96]\s){_AGENCY})(?P<gap>{_SPACED})", _place_then_source, "-\x96"),
    _form("Washington CNN — ", rf"(?P<text>{_PLACE}\s(?P<agency>[A-Z][\w.]{{1,15}}))(?P<gap>\s?\x96\s?)", _place_bare_source, "\x96"),
    _form("TEMPO.CO, Jakarta - ", rf"(?P<text>{_AGENCY},\s{_PLACE})(?P<gap>{_SPACED})", _source_then_place, "-\x96"),
    _form("KONTAN.CO.ID - JAKARTA. ", rf"(?P<text>{_AGENCY}\s[-\x96]\s{_PLACE})(?P<gap>{_SPACED}|\.\s)", _source_then_city, "-\x96"),
    _form("AGI - ", rf"(?P<text>{_AGENCY})(?P<gap>{_SPACED}|\s?:-\s?)", _publication, "-\x96"),
    _form("Feb. 23, 2015 -- ", rf"(?P<text>{_DATE})(?P<gap>{_SPACED})", _dated_in_full, "-\x96"),
    _form("ALEPPO, Syria — ", rf"(?P<text>{_PLACE})(?P<gap>{_SPACED})", _placed, "-\x96_"),
    _form("(Leipzig) - ", rf"(?P<text>\({_PLACE}\))(?P<gap>{_SPACED})", _placed_in_brackets, "("),
    _form("[SINGAPORE] ", rf"(?P<text>\[{_PLACE}\])(?P<gap>{_DASH}|\s)", _placed_in_brackets, "["),
    _form("NEW DELHI: ", rf"(?P<text>{_PLACE})(?P<gap>\s?:\s)", _placed_by_colon, ":"),
)
"""Most specific first; the first that matches and passes its judge is taken."""

PERIOD_FORMS = (_form("Berlin. ", rf"(?P<text>{_PLACE})(?P<gap>\.\s)", _placed_by_period, "."),)
"""Where a full stop closes the dateline."""
DATED_PERIOD_FORMS = (
    _form("КИЇВ. 3 травня. УНН. ", rf"(?P<text>{_PLACE}[,.]\s{_DATE}[.,]?\s(?:[-\x96]\s)?{_AGENCY})(?P<gap>\.\s)", _place_then_source, "."),
    _form("ЗЕЛЁНЫЙ БОР, 3 мая. ", rf"(?P<text>{_PLACE}{_COMMA}{_DATE})(?P<gap>\.\s)", _dated_capitals, "."),
    _form("ТАСС, 3 мая. ", rf"(?P<text>{_AGENCY},\s{_DATE})(?P<gap>\.\s)", _source, "."),
)
"""As ``PERIOD_FORMS``, in any language: with a date, and a source on the list or a place in capitals."""

HEAD = 180  # characters; "SAN FRANCISCO & TEL AVIV, Israel, Sept. 19, 2025 /PRNewswire-FirstCall/ --" has 76
_SEPARATOR = lazy(r"[(\[/\x96:_=\"]|\s-|--|-\s|[.:]-")
_STOP = lazy(r"\.\s")
LONGEST_FRONT = 75  # characters before the first bracket, slash, dash or colon: "DUBAI, Uni Emirat Arab, Dec. 08, 2023" has 37


def _front(head: str) -> str | None:
    """Return what stands before the first separator when it may be a place, a date, a source; None for running text."""
    separator = _SEPARATOR().search(head, 0, LONGEST_FRONT + 2)
    if separator is None:
        return None
    front = head[: separator.start()]
    lower = [word for word in front.split() if word[0].islower() and word not in _PARTICLES]
    if len(lower) > (2 if any(map(str.isdigit, front)) else 0) and not known_agency(front.strip()):
        return None
    return front


def split_dateline(paragraph: str, language: str | None = None) -> tuple[Dateline, str] | None:
    """Split the dateline from a paragraph: it, and the paragraph behind it and its separator; None without one.

    >>> split_dateline("ALEPPO, Syria — Rebels advanced.")
    (Dateline(text='ALEPPO, Syria', place='ALEPPO, Syria', date=None, agency=None), 'Rebels advanced.')
    """
    first = paragraph[:20].lstrip("\t\n *.•")[:1]
    if first == "":
        return None
    if first in "【［（[(〔" or first >= "\u2e80":
        found = _split_characters(paragraph)
        if found is not None:
            return found
    head = plain(paragraph[: LONGEST_FRONT + 2])
    forms: tuple[Form, ...] = FORMS if _front(head) is not None else ()
    if language in ("de", None) and (stop := _STOP().search(head, 0, LONGEST_FRONT)) is not None and head.count(" ", 0, stop.start()) < 4:
        forms += PERIOD_FORMS
    if head.lstrip(" *")[:2].isupper() and any(map(str.isdigit, head[:LONGEST_FRONT])):
        forms += DATED_PERIOD_FORMS
    head = plain(paragraph[:HEAD]) if forms else head
    for form in forms:
        if not any(mark in head for mark in form.mark):
            continue
        match = form.pattern().match(head)
        if match is None:
            continue
        parts = _parts(match, paragraph, language)
        if parts is not None and form.judge(parts, language):
            return Dateline(parts.text, parts.place, parts.date, parts.agency), parts.rest
    return None


def _parts(match: re.Match[str], paragraph: str, language: str | None) -> Parts | None:
    """Return what a form matched, as printed; None where its date is none."""
    names = match.re.groupindex
    date = None
    if "date" in names:
        date = printed_day(match["date"], language)
        if date is None:
            return None

    def printed(group: str) -> str | None:
        return paragraph[match.start(group) : match.end(group)].strip(" ,،*") if group in names else None

    place = printed("place")
    if date is not None and place is not None and place.rpartition(",")[2].strip().casefold() in calendar().weekdays:
        place = place.rpartition(",")[0]
    agency = printed("agency")
    if agency is not None and "," in agency and known_agency(agency.partition(",")[0]):  # РИА Новости, Иван Петров
        agency = agency.partition(",")[0]
    return Parts(printed("text") or "", place, date, agency, match["gap"], paragraph[match.end() :].lstrip())


# ---------------------------------------------------------------- Chinese, Japanese, Korean

CHINESE = lazy(
    rf"(?P<text>[（(]?(?P<agency>{_HAN}{{1,6}}?(?:社|网|網|报|報|台))(?P<who>记者|記者|特派员|特派員)?(?P<middle>{_HAN}{{0,14}}?)(?=[\d电電讯訊专專])"
    r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?(?P<wire>(?:综合|綜合)?外[电電](?:报道|報導)|[专專]?[电電讯訊])?(?<!\d)(?:[）)]|\s?[（(](?:记者|記者)?[^（()）\n]{1,40}[）)])?)"
    r"(?:\s?题：|\s?題：|[:：，])?\s*"
)
"""新华社北京12月16日电（记者罗沙）, （中央社記者龍瑞雲台北29日電）."""
JAPANESE = lazy(r"(?P<text>[【［\[（(](?P<inside>[^【】［］\[\]（）()\n]{2,60})[】］\])）])(?:\s{0,2}[-－–—]\s)?\s*")
"""【ワシントン時事】, 【6月18日 AFP】, ［東京 ３日 ロイター］ - , 【ロンドン＝岡田浩幸】."""
KOREAN = lazy(
    r"(?P<text>[(\[【［](?P<place>[가-힣][가-힣·・,/\s]{1,20}?)\s?=\s?(?P<agency>[^()\[\]【】=\n]{2,15})[)\]】］]"
    r"(?:\s?[가-힣]{2,4}(?:[·,]?\s?[가-힣]{2,4}){0,3}\s?(?:선임|인턴|수습)?\s?(?:기자|특파원|통신원|객원기자)(?=\s?=))?)\s?=?\s*"
)
"""(서울=연합뉴스) 김병규 기자 = """
_CJK_DATE = lazy(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日")


def _split_characters(paragraph: str) -> tuple[Dateline, str] | None:
    head = paragraph[:HEAD].lstrip()
    skipped = len(paragraph[:HEAD]) - len(head)
    for pattern, read in ((KOREAN, _korean), (CHINESE, _chinese), (TAIWANESE, _taiwanese), (JAPANESE, _japanese)):
        match = pattern().match(head)
        dateline = None if match is None else read(match)
        if match is not None and dateline is not None:
            return dateline, paragraph[skipped + match.end() :]
    return None


TAIWANESE = lazy(
    r"(?P<text>[〔［\[【（(][^〔〕／/\n]{0,14}?(?:記者|记者)[^〔〕／/\n]{2,14}[／/](?P<place>[^〔〕／/\n]{2,6})(?:報導|报道|報道)[〕］\]】）)])\s*"
)
"""〔記者王大明／高雄報導〕"""


def _taiwanese(match: re.Match[str]) -> Dateline:
    return Dateline(match["text"].strip(), match["place"])


def _korean(match: re.Match[str]) -> Dateline:
    return Dateline(match["text"].strip(), match["place"].strip(), None, match["agency"].strip())


def _chinese(match: re.Match[str]) -> Dateline | None:
    place = match["middle"]
    if not match["date"] and not (match["wire"] and (match["who"] or place in places().city)):
        return None
    if not match["wire"] and not known_agency(match["agency"]):
        return None
    if match["who"]:
        place = _place_behind_name(place)
    date = printed_day(match["date"]) if match["date"] else None
    return Dateline(match["text"].strip(), place or None, date, match["agency"])


def _place_behind_name(text: str) -> str:
    """Return 台北 of 龍瑞雲台北: the longest known place at the end, else what follows a name of three characters."""
    city = places().city
    for at in range(2, len(text) - 1):
        if text[at:] in city:
            return text[at:]
    return text[3:] or text


def _japanese(match: re.Match[str]) -> Dateline | None:
    if match["text"].isascii():  # "(CNN) — " has a form of its own
        return None
    inside = unicodedata.normalize("NFKC", match["inside"])
    if "=" in inside and match["text"][0] not in "(（":
        named = [part.partition("=")[0].strip() for part in re.split("[、,]", inside) if "=" in part]
        if named and all(_foreign_place(place) for place in named):
            return Dateline(match["text"].strip(), "、".join(named))
    agency = next((inside[at:] for at in range(len(inside)) if _listed(inside[at:])), None)
    if agency is None:
        return None
    left = inside[: -len(agency)].strip()
    day = _CJK_DATE().search(left)
    place = left if day is None else (left[: day.start()] + left[day.end() :]).strip()
    if place and not _foreign_place(place):
        return None
    return Dateline(match["text"].strip(), place or None, None if day is None else printed_day(day[0]), agency)


_KATAKANA = lazy(r"[\u30a0-\u30ff]{2,14}(?:市|州|島)?")


def _foreign_place(text: str) -> bool:
    return fold_place(text) in places().city or _KATAKANA().fullmatch(text) is not None


# ---------------------------------------------------------------- sign-offs


class Signoff(NamedTuple):
    """A closing line, or the closing tail of a paragraph."""

    rest: str
    """The paragraph without it; "" when it was all of it."""
    text: str
    """As printed."""
    source: str | None
    """The agency it names."""
    whole: bool


class Closing(NamedTuple):
    """A shape that sign-offs take; the group ``source``, where there is one, must be an agency unless ``free``."""

    example: str
    pattern: Callable[[], re.Pattern[str]]
    free: bool = False
    begins: str = ""
    """The characters one of which it begins with, lower case; "" where that may be any."""
    needs: tuple[str, ...] = ()
    """One of these stands in every sign-off of the shape, lower case."""
    longest: int = 520
    """Characters of the longest sign-off of the shape."""


def _closing(
    example: str,
    pattern: str,
    *,
    free: bool = False,
    flags: int = re.IGNORECASE,
    begins: str = "",
    needs: tuple[str, ...] = (),
    longest: int = 520,
) -> Closing:
    return Closing(example, lazy(pattern, flags), free, begins, needs, longest)


_BY = r"(?:and\s(?:writing|editing|reporting)\s)?(?:by|par|von|de|por|da|di|av|af|oleh)"
_CREDITS = (
    r"(?:(?:additional|further|with)\s)?(?:reporting|writing|editing|written|edited|compiled|translated|translation|graphics?|photography|production|source\stext"
    r"|rédigé|édité|reportage|version\sfrançaise|avec|bericht|berichtet|geschrieben|redigiert|reporte|reportado|información|editado|escrito|traducido|traducción"
    r"|reportagem|redazione|tradotto|in\sredazione|verslag|bewerkt|raportoi|redaksi)"
)

TAILS = (
    _closing("(Reporting by A; Editing by B)", rf"{_CREDITS}\s{_BY}\s[^()\n]{{3,400}}"),
    _closing("(إعداد فلان للنشرة العربية)", r"(?:إعداد|تحرير|تغطية|تغطية صحفية)\s[^()\n]{3,200}"),
    _closing("(ANSA)", r"(?P<source>[^()\n]{2,30})"),
    _closing("(END)", r"(?:end|ends|fin|fim|ende|agencies|agencias|agências|完|终|終|끝)"),
    _closing("(abc/def)", r"[A-Za-z]{2,5}(?:-[a-z]{2,5})?(?:/[a-z]{2,5}){1,4}", flags=0),
    _closing(
        "(red)",
        r"(?:red|pm|pr|mag|lrs|dpa/\w{2,4}|ots|ah|mit material (?:von|der) .{2,30}|with (?:inputs|agency inputs|input) from .{2,30})",
    ),
    _closing("【编辑:名】", r"(?:责任)?(?:编辑|責任編輯|編輯|编译|責編|责编)\s?[:：][^【】（）()\n]{1,20}"),
    _closing(
        "(This story has not been edited)",
        r"(?:except for the headline,\s)?this (?:story|report|article|news item) (?:(?:has|was) not"
        r"|(?:is|was) (?:auto-)?(?:published|generated) from) .{10,200}",
    ),
)
"""What stands in brackets at the end of a story."""

ENDS = (
    _closing(" © 2024 AFP", r"\s(?:©|\(c\))\s?(?:copyright\s)?(?:\d{4}\s)?(?P<source>[^\n©()]{2,40}?)\.?$", needs=("©", "(c)")),
    _closing(" / ANSA", r"\s(?:/|[-–—]{1,3})\s?(?P<source>[^\n/()—–]{2,24})$", needs=("/", "-", "–", "—")),
    _closing(" --IANS abc/def", r"\s-{1,2}\s?(?P<source>[A-Z]{2,8})\s[a-z]{2,5}(?:/[a-z]{2,5}){0,4}/?$", flags=0, needs=("-",)),
    _closing("。■", r"\s?[■◆]$", needs=("■", "◆")),
)
"""What stands at the end of a story without brackets; tried on the last characters alone."""
AFTER_SENTENCE = (
    _closing(". PTI ABC DEF", r"(?<=[.!?”\"’…])\s(?P<source>[A-Z]{2,4})(?:\s[A-Z]{2,4}){1,5}$", flags=0),
    _closing(
        ". EFE abc/def",
        r"(?<=[.!?”\"’…])\s(?P<source>[A-Z][A-Za-z]{1,7})[\s/]{1,2}(?:[a-z]{2,5}(?:/[a-z]{2,5}){0,4}|Fim|Fin|End)$",
        flags=0,
    ),
    _closing(". Reuter", r"(?<=[.!?”\"’…])\s(?P<source>[^\W\d_]{2,12})$"),
    _closing(". Enditem", r"(?<=[.!?”\"’…])\s(?:Enditem|ENDITEM|ENDS|-?ENDS-?|-30-|—30—|###|# # #|END)$", flags=0),
    _closing(". burs-abc/def", r"(?<=[.!?”\"’…])\s[a-z]{2,5}(?:-[a-z]{2,5})?(?:/[a-z]{2,5}){1,3}$", flags=0),
)
"""As ``ENDS``; a sentence ends before it, and it ends itself as none does."""
_LAST_SENTENCE = lazy(r"[.!?”\"’…]\s")
_SENTENCE_ENDS = frozenset('.!?…"”’»')

_CAPITAL = r"[A-Z][\w.'’-]{0,20}"
_RIGHTS = lazy(r"©|\(c\)|copyright\b|riproduzione riservata", re.IGNORECASE)
_ROLE_LIST = r"(?:Pewarta|Penulis|Reporter|Redaktur)\s?:\s?.{2,60}(?:Editor|Copyright|Uploader|©)"
WHOLES = (
    _closing("Reporting by A; Editing by B", rf"(?!written by)(?!escrito por){_CREDITS}\s{_BY}\s.{{3,500}}"),
    _closing(
        "Our Standards: The Thomson Reuters Trust Principles.",
        r"our standards:\s.{0,20}(?P<source>thomson reuters).{0,60}",
        begins="o",
    ),
    _closing(
        "ENDS",
        r"[-–—*/]{0,3}\s?(?:ends?|enditem|agencies|-30-|—30—|fin|fim|ende|完|终|終)\s?[-–—*/]{0,3}",
        begins="-–—*/eaf完终終",
        longest=16,
    ),
    _closing("###", r"(?:#\s?){3,6}|[■◆]|_{2,}|\*\s?\*\s?\*", begins="#■◆_*"),
    _closing("(end) abc", r"\(ends?\)\s[a-z./ ]{2,20}", begins="("),
    _closing(
        "abc/def", r"[a-z]{2,5}(?:-[a-z]{2,5})?(?:/[a-z]{2,5}){1,4}(?<!and/or)|[A-Z]{2,5}(?:\s?//\s?[A-Z]{2,5}){1,4}", flags=0, needs=("/",)
    ),
    _closing("9341**1424", r"\d{4}\s?\*\*\s?\d{4}", needs=("**",)),
    _closing("abc@yna.co.kr", r"[\w.+-]{2,40}@[\w-]{2,30}(?:\.[\w-]{2,20}){1,3}", needs=("@",)),
    _closing(
        "Jane Doe reported from Rome. AP writers contributed to this report.",
        r".{0,400}\bcontributed to this (?:report|story|article)\.?",
        needs=("contributed to this ",),
    ),
    _closing("--With assistance from Jane Doe.", r"[-–—]{1,2}\s?with (?:assistance|reporting|help) (?:from|by)\b.{2,200}", begins="-–—"),
    _closing(
        "Original-Content von: A, übermittelt durch news aktuell",
        r"original-content von:.{2,120}|rückfragen bitte an:?.{0,80}|# dpa-notizblock.{0,80}",
        begins="or#",
    ),
    _closing("dpa:240503-99-123456/2", r"(?:dpa-infocom,\s)?(?P<source>dpa):\d{6}-\d{2}-\d{4,6}/\d{1,2}", begins="d"),
    _closing("Pewarta: A / Editor: B", rf"{_ROLE_LIST}.{{0,120}}", begins="pr"),
    _closing("--SPA 12:30 LOCAL TIME", r"-{2}(?P<source>SPA)\b.{0,40}", begins="-"),
    _closing(
        "This story was published from a syndicated feed.",
        r"this (?:story|article) (?:is|was) (?:auto-)?(?:published|generated) from .{5,80}",
        begins="t",
    ),
    _closing(
        "Jane Roe reported from Rome.",
        rf"(?:{_CAPITAL}\s){{1,4}}reported from\s{_CAPITAL}(?:,?\s(?:and\s)?{_CAPITAL}){{0,6}}\.?",
        flags=0,
        needs=("reported from",),
    ),
    _closing("责任编辑：张三", r"(?:责任)?(?:编辑|責任編輯|編輯|責編|责编)\s?[:：].{1,20}", begins="责编責編"),
    _closing("SOURCE Acme Corp.", r"SOURCE:?\s(?P<source>[A-Z][^\n]{1,80})", free=True, begins="s", flags=0),
    _closing(
        "Source: MENA",
        r"(?:source|quelle|fuente|fonte|bron|kaynak|sumber|источник|джерело|źródło|zdroj|källa|kilde|lähde|πηγή|sursa|forrás|nguồn"
        r"|المصدر|منبع|מקור|स्रोत|来源|來源|출처|出典|ที่มา)\s?[:：]\s?(?P<source>[^\n:]{2,60}?)\.?",
        free=True,
        needs=(":", "："),
    ),
    _closing(
        "EFE abc/def",
        r"[-–—/]{0,3}\s?(?P<source>[A-Z][A-Za-z]{1,7})[\s/]{1,3}(?:[a-z]{2,5}(?:/[a-z]{2,5}){0,4}|[A-Z]{2,4}(?:\s[A-Z]{2,4}){0,4}\d{0,4}|Fim|Fin|End)",
        flags=0,
        longest=50,
    ),
    _closing("© AFP", r"[-–—/(\[*]{0,3}\s?(?P<source>[^\n()\[\]]{2,40}?)\s?[)\]*]{0,2}\.?", longest=50),
)
"""What stands on the last line alone."""

LONGEST_SIGNOFF = 520  # characters; a list of contributors runs to 400
_LEFT = 20  # characters of text that a tail must leave
_OPENING = {")": "(", "）": "（", "]": "[", "】": "【"}


def find_signoff(paragraph: str) -> Signoff | None:
    """Return the agency's closing line or tail, None without one.

    >>> find_signoff("The talks go on. (Reporting by Jane Doe; Editing by John Roe)")
    Signoff(rest='The talks go on.', text='(Reporting by Jane Doe; Editing by John Roe)', source=None, whole=False)
    """
    text = paragraph.strip()
    if not text:
        return None
    if len(text) <= LONGEST_SIGNOFF:
        whole = _whole(text)
        if whole is not None:
            return whole
    return _tail(paragraph.rstrip())


def _agency_in(text: str) -> str | None:
    """Return the agency a copyright line names."""
    for part in re.split(r"[.,;|/©]|\(c\)|\bcopyright\b|\b\d{4}\b|\s[-–—]\s", text, flags=re.IGNORECASE):
        name = part.strip(" ()")
        if 1 < len(name) <= 40 and known_agency(name):
            return name
    return None


def _judged(closing: Closing, match: re.Match[str]) -> tuple[bool, str | None]:
    """Tell whether a form's match is a sign-off, and which agency it names."""
    source = match.groupdict().get("source")
    if source is None:
        return True, None
    source = source.strip(" .")
    head, _, tail = source.partition("/")
    if (
        not closing.free and 0 < len(tail) <= LONGEST_CODE + 3 and " " not in source and known_agency(head) and not known_agency(tail)
    ):  # BSS/AB/10:15hrs, dpa/lni
        source = head
    listed = all(known_agency(part.strip()) for part in source.split(","))
    return (closing.free or listed or source.casefold() == "reuter"), source


@cache
def _wholes() -> dict[str, tuple[Closing, ...]]:
    """Return ``WHOLES`` by the character they may begin with; those that begin with any, under ""."""
    firsts = {"", *(character for closing in WHOLES for character in closing.begins)}
    return {first: tuple(closing for closing in WHOLES if not closing.begins or (first in closing.begins and first)) for first in firsts}


def _first(closings: tuple[Closing, ...], text: str) -> tuple[str | None] | None:
    """Return the source that the first fitting form names, in a tuple; None where no form fits the whole text."""
    length, low = len(text), text.lower()
    for closing in closings:
        needs = closing.needs
        if length > closing.longest or (needs and needs[0] not in low and not any(map(low.__contains__, needs[1:]))):
            continue
        match = closing.pattern().fullmatch(text)
        if match is not None:
            good, source = _judged(closing, match)
            if good:
                return (source,)
    return None


def _whole(text: str) -> Signoff | None:
    bare = text.rstrip(".")
    found = _first(TAILS, bare[1:-1].strip()) if _OPENING.get(bare[-1:]) == text[0] else None
    if found is not None:
        return Signoff("", text, found[0], True)
    if _RIGHTS().match(text) is not None:  # a site's own copyright line is chrome, an agency's is its sign-off
        source = _agency_in(text)
        return None if source is None and "riproduzione riservata" not in text.casefold() else Signoff("", text, source, True)
    wholes = _wholes()
    found = _first(wholes.get(text[0].lower(), wholes[""]), text)
    return None if found is None else Signoff("", text, found[0], True)


def _tail(text: str) -> Signoff | None:
    bare = text.rstrip("0123456789") if text[-1:].isdigit() else text  # 中央社 prints its date behind the bracket
    bare = bare.rstrip(".") if bare.endswith((").", "].")) else bare
    opening = _OPENING.get(bare[-1:])
    if opening is not None:
        at = bare.rfind(opening, max(0, len(bare) - LONGEST_SIGNOFF))
        inside = bare[at + 1 : -1].strip()
        found = _first(TAILS, inside) if at >= _LEFT and not _shortens(inside, bare[:at]) else None
        return None if found is None else Signoff(text[:at].rstrip(), text[at:], found[0], False)
    start = max(_LEFT, len(text) - LONGEST_END)
    if start >= len(text):
        return None
    low = text[start:].lower()
    behind = text[-1] not in _SENTENCE_ENDS and _LAST_SENTENCE().search(text, start - 1) is not None
    for closing in (*ENDS, *AFTER_SENTENCE) if behind else ENDS:
        if closing.needs and not any(map(low.__contains__, closing.needs)):
            continue
        match = closing.pattern().search(text, start)
        if match is not None:
            good, source = _judged(closing, match)
            if good:
                return Signoff(text[: match.start()].rstrip(), text[match.start() :].strip(), source, False)
    return None


LONGEST_END = 60  # characters: " © 2024 Agence France-Presse" has 28


def _shortens(inside: str, before: str) -> bool:
    """Tell "Certified Management Consultants of America (CMCA)" from a sign-off."""
    initials = "".join(word[0] for word in before[-80:].split() if word[0].isupper())
    return len(inside) > 1 and inside.isupper() and (initials.endswith(inside) or inside in initials[-len(inside) - 1 :])
