"""Credit lines → names: ``By Jane Roe and John Doe, Reuters | Dec. 3, 2024``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from cleanarticle.dateline import KNOWN, address, agencies, known_agency, place_trust, split_dateline
from cleanarticle.dates import Found, calendar, dated, find_date, lazy
from cleanarticle.lexicon import fold

LONGEST_BYLINE = 220  # characters; four names with their desks and two dates have 160
LONGEST_CREDITS = 520  # characters of "(Reporting by …; Editing by …)"
LONGEST_NAME = 5  # words; "Maria do Carmo de Souza" has five, particles not counted four


class Byline(NamedTuple):
    """What a credit line says."""

    text: str
    """The credit as printed, without the date and what follows it."""
    authors: tuple[str, ...]
    """The names in it, in order; a desk or an agency where no person is named."""
    org: str | None
    """The desk or agency, where no person is named."""
    published: str | None
    """The date on the line, as ``find_date`` gives it; of two the one that is not called an update."""
    source: str | None
    """An agency named beside the persons, or instead of them."""
    rest: str
    """What of the line is no byline: the paragraph that a byline ran into; else ""."""


class Words(NamedTuple):
    """The words of ``lexicons/bylines.toml``, case folded."""

    lead: frozenset[str]
    colon: frozenset[str]
    strong: frozenset[str]
    link: frozenset[str]
    role: frozenset[str]
    newsroom: frozenset[str]
    modifier: frozenset[str]
    org: frozenset[str]
    not_name: frozenset[str]
    particle: frozenset[str]
    updated: Phrases
    tail: Phrases
    longest_lead: int
    """Words in the longest lead."""
    subject: frozenset[str]
    about: frozenset[str]
    """Folded as blocks are, as the next."""
    biography: frozenset[str]
    work: frozenset[str]
    """A reporter's and what else a biography calls a person."""
    label_start: tuple[str, ...]
    label_end: tuple[str, ...]
    surname: str
    """The Chinese and Korean ones of one character, in one string."""
    surname_of_two: frozenset[str]


_LETTERS = lazy(r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z]))[^\W\d_]+")
_INNER_CAPITAL = lazy(r"(?<=[a-z])(?=([A-Z][^\W\d_]{0,60}))")


class Phrases:
    """Words and phrases to be found in a line, also when they are glued to the end of a name (``RoeUpdated``).

    An index and not a pattern: of a hundred alternatives a pattern tries all at every word, and takes three milliseconds to compile.
    """

    __slots__ = ("_by_letters",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_letters: dict[str, list[str]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            letters = _LETTERS().match(phrase)
            if letters is not None:
                self._by_letters.setdefault(letters[0], []).append(phrase)

    def find(self, text: str, start: int, end: int) -> int | None:
        """Return where between two places of a text the first of the phrases begins, None without one."""
        for run in _LETTERS().finditer(text, start, end):
            if self._begins(text, run[0], run.start(), end):
                return run.start()
            for inner in _INNER_CAPITAL().finditer(text, run.start() + 1, run.end()):
                if self._begins(text, inner[1], inner.start(), end):
                    return inner.start()
        return None

    def _begins(self, text: str, letters: str, at: int, end: int) -> bool:
        for phrase in self._by_letters.get(letters.lower(), ()):
            behind = at + len(phrase)
            if behind <= end and text[at:behind].lower() == phrase and not text[behind : min(behind + 1, end)].isalpha():
                return True
        return False


@cache
def words() -> Words:
    """Return the words of credit lines in all languages."""
    tables = tomllib.loads((Path(__file__).parent / "lexicons" / "bylines.toml").read_text("utf-8"))
    surnames = tables.pop("surname")
    sets = {name: frozenset(map(str.strip, "|".join(table.values()).split("|"))) for name, table in tables.items()}
    return Words(
        sets["lead"],
        sets["colon"],
        sets["strong"],
        sets["link"],
        sets["role"] | sets["newsroom"],
        sets["newsroom"],
        sets["modifier"],
        sets["org"],
        sets["not_name"],
        sets["particle"],
        Phrases(sets["updated"]),
        Phrases(sets["tail"] | sets["updated"]),
        max(lead.count(" ") + 1 for lead in sets["lead"]),
        sets["subject"],
        frozenset(map(fold, sets["about"])),
        frozenset(map(fold, sets["biography"])),
        sets["work"] | sets["newsroom"],
        tuple(label[:-1] for label in sets["label"] if label.endswith("-")),
        tuple(label[1:] for label in sets["label"] if label.startswith("-")),
        surnames["one"],
        frozenset(surnames["two"].split()),
    )


# ---------------------------------------------------------------- names

_WORD = lazy(r"[^\W\d_][\w'’ʼ`.·\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u200c\u0e00-\u0e4e-]*")
_INITIALS = lazy(r"(?:[^\W\d_]\.-?){1,4}|[A-Z]{1,2}")
_DEGREE = lazy(
    r"(?:ph\.?\s?d|m\.?d|m\.?a|m\.?s\.?c?|b\.?a|b\.?s\.?c?|m\.?b\.?a|m\.?p\.?h|r\.?d\.?n?|r\.?n|j\.?d|ll\.?[bm]|d\.?o|dds|dvm|psy\.?d|ed\.?d|cfp|cfa|cpa|cpt|cscs|esq|jr|sr|mph|lcsw|faan|facs|obe|mbe|cbe|frs|pa-c)\.?",
    re.IGNORECASE,
)
_TITLE = lazy(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|mx|rev|fr|hon|sen|rep|gov|gen|col|capt|lt|sgt|ing|dipl|mag|dott|dott\.ssa|avv|sr|sra|dra|doç|yrd|arq|lic)\.?(?:-ing\.?)?\s)+",
    re.IGNORECASE,
)


_BEYOND = lazy(r"[\u0591-\u1dff\u2c00-\U0010ffff]")
"""Where the scripts without capitals lie; Latin, Greek, Cyrillic, punctuation and signs are elsewhere."""


def _uncased(text: str) -> bool:
    """Tell a text in a script without capitals, Arabic to Thai to Korean; also one that has a word of it."""
    if text.isascii() or _BEYOND().search(text) is None:
        return False
    return any(char > "\u0590" and char.isalpha() and not (char.islower() or char.isupper()) for char in text)


_HAN_NAME = lazy(r"[\u3400-\u9fff々]{2,4}|[\u3400-\u9fff々]{1,4}\s?[\u3040-\u30ff\u3400-\u9fff々]{1,5}|[\uac00-\ud7a3]{2,4}")
_KATAKANA_NAME = lazy(r"[\u30a1-\u30fa\u30fc]{1,12}(?:[・＝=][\u30a1-\u30fa\u30fc]{1,12}){1,3}")
"""ジョン・スミス; a word of katakana alone is any loan word: スポーツ."""
_HANGUL = lazy(r"[\uac00-\ud7a3]{2,4}")
_GLUED = lazy(r"(?<=[a-zà-öø-ÿ.])(?=[A-ZÀ-ÖØ-Þ][A-Za-zà-ÿ])")
_GLUE_PREFIX = lazy(r"(?:^|[\s'’-])(?:Mc|Mac|De|Di|Da|Du|La|Le|Lo|Van|Von|Fitz|O|D|St|Del|Des|El|Al|Ben|Ver|Ter|Dal|Della|San|Mc'|Des)$")


_PREFIXED = lazy(r"(?:[dl]['’]|(?:al|el|an|ar|as|ash|at|ad|bin)-)[^\W\d_]")
"""d'Estaing, al-Rashed."""


def _word_shaped(word: str) -> bool:
    return _WORD().fullmatch(word) is not None and not any(map(str.isdigit, word))


def _lower_word(word: str) -> bool:
    """Tell a word that stands in no name: without a capital, and no particle."""
    return word[0].islower() and word.casefold() not in words().particle and _PREFIXED().match(word) is None


def _name_words(text: str) -> list[str] | None:
    """Return the words of what is shaped like a name, None for what is not."""
    parts = text.split()
    if not parts or len(parts) > LONGEST_NAME + 2:
        return None
    uncased = _uncased(text)
    if not uncased and any(map(_lower_word, parts)):
        return None
    if not all(map(_word_shaped, parts)):
        return None
    if uncased:
        return parts if len(parts) <= 4 and len(text) <= 40 else None
    counted = 0
    for word in parts:
        if word.casefold() in words().particle and not (word[0].isupper() and len(parts) == 1):
            continue
        if not (word[0].isupper() or _PREFIXED().match(word)):
            return None
        if word.endswith(".") and len(word) > 3 and _INITIALS().fullmatch(word) is None:
            return None
        counted += 1
    return parts if 0 < counted <= LONGEST_NAME else None


def _taboo(word: str) -> bool:
    known = words()
    folded = word.casefold().strip(".'’")
    return folded in known.not_name or folded in known.org or folded in known.role


_ACRONYM = lazy(r"[A-ZÄÖÜ]{2,12}-[A-ZÄÖÜ][a-zäöü]{2,}|(?:U\.?[SKN]|E\.?U|N\.?Y)\.")
"""ARD-Studio, U.S.: of a name no word."""


def _menu_words(parts: list[str]) -> bool:
    """Tell whether a word of a name is none; behind the first, short ones (Das, An) are surnames."""
    return any(_taboo(word) for at, word in enumerate(parts) if len(word.strip(".")) > (3 if at else 1))


def _weekday(word: str) -> bool:
    """Tell "Monday"; shortened weekdays (Sam, Mar, Jo) are people."""
    return len(word) > 4 and word.casefold() in calendar().weekdays


@lru_cache(1024)
def is_person_name(text: str) -> bool:
    """Tell whether a text is shaped like a person's full name: two to five capitalised words and nothing else.

    Conservative: single names, organisations, places and menu words are none. In scripts without capitals, two to
    four short words (or two to four characters of Chinese or Korean) count.

    >>> is_person_name("Anna van der Berg"), is_person_name("Associated Press")
    (True, False)
    """
    text = _without_nickname(text.strip())
    if not 2 <= len(text) <= 60:
        return False
    if _uncased(text):
        return _is_uncased_name(text)
    parts = _name_words(text)
    if text.casefold() in words().lead:
        return False
    if parts is None or len(parts) < 2 or not (parts[-1][0].isupper() or _PREFIXED().match(parts[-1])):
        return False
    if _weekday(parts[0]) or _ACRONYM().fullmatch(parts[0]) or _OF_A_LAND().fullmatch(parts[0]):
        return False
    if _menu_words(parts) or all(len(word.strip(".")) <= 1 for word in parts):
        return False
    return not known_agency(text) and place_trust(text, alone=True) < KNOWN


_NICKNAME = lazy(r"(?<=[^\W\d_])\s[\"“](?![a-zß-ÿ])[^\"“”]{2,20}[\"”](?=\s[^\W\d_])")


def _without_nickname(text: str) -> str:
    """Return a name without what stands in quotes between its words: ``Jane "the Gull" Roe``."""
    return _NICKNAME().sub("", text) if '"' in text or "“" in text else text


def _is_uncased_name(text: str) -> bool:
    if _KATAKANA_NAME().fullmatch(text) is not None:
        return True
    if _HAN_NAME().fullmatch(text) is None and " " not in text:
        return False
    if _name_words(text) is None or any(_taboo(word) or _label_word(word) for word in text.split()):
        return False
    return _HANGUL().fullmatch(text) is None or has_surname(text)


def _label_word(word: str) -> bool:
    """Tell 更新时间, 最新記事, 오늘의: a word that begins or ends as labels do."""
    known = words()
    return word > "\u2e80" and (word.startswith(known.label_start) or word.endswith(known.label_end))


def has_surname(name: str) -> bool:
    """Tell whether a Chinese or Korean name begins with one of the surnames; those of two characters leave one or two behind.

    >>> has_surname("홍길동"), has_surname("경기방송"), has_surname("李明"), has_surname("更多")
    (True, False, True, False)
    """
    known = words()
    return (name[:1] in known.surname and 1 < len(name) <= LONGEST_HAN) or name[:2] in known.surname_of_two


LONGEST_HAN = 3  # characters of a name whose surname has one


_MIXED = lazy(r"\b(Ma?c)([A-Z]{2,})\b")
"""McDONALD."""


def _title_case(name: str) -> str:
    """Set a name printed in capitals the usual way: DANICA KIRKA, JEAN-LUC O'BRIEN, Jean DUPONT; J.R. and initials stay."""
    many = name.upper() == name

    def word(match: re.Match[str]) -> str:
        text = match[0]
        if len(text) < 2 or text.upper() != text or (not many and len(text) < 4):
            return text
        if many and text.casefold() in words().particle and match.start() > 0:
            return text.casefold()
        low = text[0] + text[1:].replace("İ", "i").lower()
        return f"{low[:2]}{low[2].upper()}{low[3:]}" if low.startswith("Mc") and len(low) > 3 else low

    name = _MIXED().sub(lambda match: match[1] + match[2].capitalize(), name)

    if len(name) < 4 or name.lower() == name or (many and " " not in name):
        return name
    return re.sub(r"[^\W\d_]+", word, name)


# ---------------------------------------------------------------- the credit, piece by piece

_EMAIL = lazy(r"\(?\b[\w.+-]{1,40}@[\w-]{1,30}(?:\.[\w-]{2,20}){1,3}")
_CUT = lazy(
    r"\s?\|?\s?(?:\(?\b[\w.+-]{1,40}@[\w-]{1,30}\.[a-z]{2,10}|@\w{2,30}|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|https?://|www\.|\(?\+?\d{2,4}\)?[\s.-]\d{3})",
    re.IGNORECASE,
)
_COUNTED = lazy(
    r"\s?(?:\b(?:vor|il y a|hace|há|at)\s)?\d{1,3}(?:[-–:]\d{1,3})?\s?(?:min|hour|hr|day|week|month|year|comment|share|view|std|stunde|tag"
    r"|heure|jour|hora|día|ore\b|giorn|uur|dag|мин|час|дн|分|時間|小时|am\b|pm\b|a\.m|p\.m)",
    re.IGNORECASE,
)
"""2 hours ago, 4 min read, at 10:15 AM: page furniture with a number."""
_LABEL = lazy(r"\s[^\W\d_]{3,20}(?:\s(?:&|and|und|et|y)\s[^\W\d_]{3,12})?\s?[:：]")
_MONTH_YEAR = lazy(r"[,\s]{1,8}([^\W\d_]{3,12})\.?\s\d{4}$")
_STRONG_BREAK = lazy(r"\s?[|•·⋅*]\s?|\s[-–—]{1,2}\s|\s?/\s?|\s?／\s?")
_COMMAS = lazy(r"\s?[,;،、，]\s?")
_TRAILING = " \t\u00a0|·•⋅*-–—/,;:(（［["
_FOR = lazy(
    r"\s(?:for|in|im|aus|à|at|of|from|special to|mit|i|en|bei|pour|para|per|voor|på|of the|w|en exclusiva|correspondiente)\s", re.IGNORECASE
)
_COMPANY = lazy(r"\b(?:ltd|limited|inc|llc|plc|gmbh|ag|s\.?a|corp|pty|b\.?v|s\.?r\.?l|s\.?p\.?a)\b\.?$", re.IGNORECASE)
"""The owner of the rights, not the writer: "Published by Example Newspapers Ltd"."""
_OF_A_LAND = lazy(r"[^\W\d_]{4,30}ische[nrs]?", re.IGNORECASE)
"""Britische, Ukrainische: nobody's first name."""
_ADJECTIVE = lazy(r".{3,}(?:ische[rn]?|liche[rn]?|politischer?)$")


_HAN_LIST = lazy(r"[\u3400-\u9fff]{2,4}(?:\s[\u3400-\u9fff]{2,4}){1,5}")


class _Piece(NamedTuple):
    text: str
    linked: bool
    """A word for "and" stands before it."""


def _pieces(text: str) -> list[_Piece]:
    """Split at commas and the words for "and"."""
    link, particle = words().link, words().particle
    found: list[_Piece] = []
    for part in _COMMAS().split(text):
        if part[:1] >= "\u3400" and _HAN_LIST().fullmatch(part):
            found += [_Piece(name, True) for name in part.split()]
            continue
        piece: list[str] = []
        linked = False
        for word in part.split():
            if word in link and not piece and found:
                linked = True
            elif word in link and piece and not (word in particle and len(piece) < 2 and word not in ("e", "y", "i")):
                found.append(_Piece(" ".join(piece), linked))
                piece, linked = [], True
            else:
                piece.append(word)
        found.append(_Piece(" ".join(piece), linked))
    return [piece for piece in found if piece.text]


def _unglue(piece: str) -> str:
    """Cut what a page glued to a name: ``Howard BlumeStaff Writer``, ``Andrea WongAndrea Wong``.

    Behind a whole name a word of two parts is an employer's own: ``Jane Roe BuzzFeed News``.
    """
    for match in _GLUED().finditer(piece):
        at = match.start()
        name, _, before = piece[:at].rpartition(" ")
        if not name or _GLUE_PREFIX().search(before) or len(before) < 3 or before.endswith("-"):
            continue
        return name if _whole(name) and not _known_behind(piece[at:], name) else piece[:at]
    return piece


def _whole(name: str) -> bool:
    """Tell a first name and a surname, the last word no initial and no particle."""
    last = name.split()[-1]
    return " " in name and len(last) > 2 and last[-1] != "." and last.casefold() not in words().particle


def _known_behind(tail: str, name: str) -> bool:
    """Tell what stands behind a third name: an agency, an acronym, a role, an article, the name again."""
    known, first = words(), tail.split()[0].strip(".,()")
    folded = first.casefold()
    if (len(first) > 2 and first.isupper()) or tail.startswith(name.split()[0]):
        return True
    return folded in known.role or folded in known.modifier or folded == "the" or known_agency(tail) or known_agency(first)


SHORT_ACRONYM = 4  # letters
_ROMAN = lazy(r"[IVX]{1,4}|JR|SR")


def _without_role(parts: list[str]) -> list[str]:
    """Cut a person's work, and whom it is done for, from the end of the words of a name."""
    known = words()
    folded = [word.casefold().strip(".,()") for word in parts]
    role = next((at for at, word in enumerate(folded) if at >= 2 and word in known.role), None)
    if role is not None:
        first = next((at for at in range(2, role) if folded[at] in known.modifier or _ADJECTIVE().fullmatch(folded[at])), role)
        while first > 2 and (folded[first - 1] in known.modifier or folded[first - 1] in known.org):
            first -= 1
        parts = parts[:first]
    return _without_employer(parts, folded)


def _without_employer(parts: list[str], folded: list[str]) -> list[str]:
    """Cut whom a person works for from the end of the words of a name: an agency, capitals, an address, what has an article."""
    known = words()
    mixed = not " ".join(parts).isupper()
    for at in range(2, len(parts)):
        tail = " ".join(parts[at:])
        short = len(parts[at]) <= SHORT_ACRONYM or at < len(parts) - 1
        if mixed and len(parts[at]) > 2 and parts[at].isupper() and short and "." not in parts[at] and not _ROMAN().fullmatch(parts[at]):
            return parts[:at]  # John Doe USA, John Doe BBC Sport; but Jean Pierre DUPONT
        if address(parts[at]) or (folded[at] == "the" and at < len(parts) - 1):  # John Doe Example.com, John Doe The Example
            return parts[:at]
        if known_agency(tail) or folded[at] in known.org or (folded[len(parts) - 1] in known.org and at == len(parts) - 2):
            return parts[:at]
        if _local_paper(parts[at:]):
            return parts[:at]
    return parts


def without_place(credit: str) -> str:
    """Return a credit without the place that stands between its last name and a date: ``Jane Roe / John Doe Madrid``.

    >>> without_place("Jane Roe Madrid"), without_place("Jane Madrid")
    ('Jane Roe', 'Jane Madrid')
    """
    for size in (2, 1):
        parts = credit.rsplit(" ", size)
        if len(parts) > size and place_trust(" ".join(parts[1:]), alone=True) >= KNOWN:
            names = _pieces(_STRONG_BREAK().split(parts[0])[-1])
            if names and parts[0].endswith(names[-1].text) and is_person_name(names[-1].text):
                return parts[0]
    return credit


_COLLECTIVE = frozenset(
    ("staff", "team", "desk", "bureau", "newsroom", "reporters", "writers", "editors", "correspondents", "board", "agencies")
)
"""Last words of what is no single person."""


def _person(piece: str, *, single: bool = False) -> str | None:
    """Return the name in a piece of a credit, None where it names no person."""
    piece = _unglue(_TITLE().sub("", piece.strip(" .\"'“”")) if not _TITLE().fullmatch(piece + " ") else piece)
    aside = re.search(r"\s?[(（\[]", piece)
    if aside is not None and aside.start() > 3:
        piece = piece[: aside.start()]
    preposition = _FOR().search(piece)
    if preposition is not None and preposition.start() > 3:
        piece = piece[: preposition.start()]
    parts = piece.split()
    while len(parts) > 2 and _DEGREE().fullmatch(parts[-1]) and parts[-1].casefold().strip(".") not in ("jr", "sr"):
        parts.pop()
    if len(parts) > 1 and (parts[-1].casefold() in _COLLECTIVE or _local_paper(parts)):
        return None
    parts = _without_role(parts)
    name = " ".join(parts).strip(" ,.-–") if len(parts) > 1 and not _INITIALS().fullmatch(parts[-1]) else " ".join(parts)
    if is_person_name(name):
        return _title_case(name)
    if (
        single
        and _name_words(name) is not None
        and (len(name.split()) == 1 and 2 < len(name) <= 20)
        and not _taboo(name)
        and not _weekday(name)
    ):
        return _title_case(name) if not known_agency(name) else None
    return None


def _local_paper(parts: list[str]) -> bool:
    """Tell the name of an organisation that begins with its place: ``Detroit Free Press``."""
    sure = any(place_trust(" ".join(parts[:size]), alone=True) >= KNOWN for size in (1, 2))
    return parts[-1].casefold().strip(".,()") in words().org and sure


_SELF = frozenset(
    (
        "admin",
        "administrator",
        "staff",
        "webmaster",
        "redazione",
        "redaktion",
        "redacción",
        "redação",
        "redaksi",
        "rédaction",
        "agencies",
        "agencias",
    )
)
"""What systems and desks call themselves without a capital."""
_OURS = frozenset(("our", "staff", "special", "a", "agency", "city", "web"))
"""Our Correspondent, Staff Reporter."""
LONGEST_DESK = 7  # words


def _organisation(piece: str) -> bool:
    if known_agency(piece) or address(piece):
        return True
    folded = [word.casefold().strip(".,()'’") for word in piece.split()]
    if len(folded) > 1 and folded[0] in _OURS and folded[-1] in words().role:
        return True
    if len(folded) == 1 and folded[0] not in _SELF and not _uncased(piece):
        return False
    if not 0 < len(folded) <= LONGEST_DESK or not any(word in words().org for word in folded):
        return False
    if folded[-1] in words().not_name and folded[-1] not in words().org:
        return False
    return any(char.isupper() or char.isdigit() for char in piece) or folded[0] in _SELF or _uncased(piece)


def _explained(piece: str) -> bool:
    """Tell whether a piece beside the names is what credits hold: a role, a place, a degree, an organisation."""
    folded = [word.casefold().strip(".,()") for word in piece.split()]
    if any(word in words().role or word in words().org or word in words().modifier for word in folded) or known_agency(piece):
        return len(folded) <= 8
    lower = sum(word[0].islower() and word not in words().particle for word in piece.split())
    return len(folded) <= 4 and (lower == 0 or (lower == 1 and len(folded) <= 3))


class _Names(NamedTuple):
    persons: tuple[str, ...]
    org: str | None
    source: str | None


def _works(piece: str) -> bool:
    return any(word.casefold().strip(".,()") in words().role for word in piece.split())


def _names(credit: str, *, single: bool) -> _Names | None:
    """Return who a credit names; None where it reads as something else than a credit."""
    persons: list[str] = []
    org: str | None = None
    source: str | None = None
    worked = False  # a role or an employer was named: what follows a comma is where the person has it
    for number, segment in enumerate(part.strip() for part in _STRONG_BREAK().split(credit)):
        for place, (piece, linked) in enumerate(_pieces(segment)):
            bare = piece.strip(" .()")
            if known_agency(bare):
                source = source or bare
                org = org or (bare if not persons else None)
                worked = worked or bool(persons)
                continue
            if not persons and _COMPANY().search(bare):
                return None
            leading = number == 0 and place == 0
            name = _person(piece, single=single and (leading or (number == 0 and all(" " not in person for person in persons))))
            if place and piece.split()[0].isupper() and not piece.isupper() and _DEGREE().fullmatch(piece.split()[0]):  # "MA Example News"
                name = None
            if not leading and piece[0].islower() and len(piece.split()) < 3:  # "de Brasília", "da Reuters"
                name = None
            beside = number > 0 and not _slashed(credit, segment)
            if name is not None and (number == 0 or " " in name) and not (persons and (beside or (worked and not linked))):
                if name not in persons:
                    persons.append(name)
            elif not persons and _organisation(bare):
                org = org or bare
            elif (leading and org is None) or not _explained(piece):
                return None
            worked = worked or _works(piece)
    if not persons and org is None:
        return None
    return _Names(tuple(persons), None if persons else org, source)


def _slashed(credit: str, segment: str) -> bool:
    at = credit.find(segment)
    return at > 0 and credit[:at].rstrip()[-1:] in "/／"


# ---------------------------------------------------------------- the line

_LEAD_WORD = lazy(r"[^\s:：|／/]+")


@lru_cache(64)
def _openers(extra: tuple[str, ...]) -> frozenset[str]:
    """Return the first words of all leads, to pass over a line that begins with none of them."""
    return frozenset(found[0] for lead in (*words().lead, *words().colon, *extra) if (found := _LEAD_WORD().search(lead)) is not None)


def _lead(line: str, extra: Sequence[str]) -> tuple[str, int] | None:
    """Return the lead a line begins with, folded, and where the name begins; None without one."""
    head = line[:48]
    first = _LEAD_WORD().search(head)
    found = None
    if first is not None and (first[0].casefold() in _openers(tuple(extra)) or "byby" in head.casefold()):
        found = _listed_lead(line, head, extra)
    if found is None and head[:2] in ("By", "by") and head[2:3].isupper() and head[3:4].islower():  # templates lose the space behind it
        return "by", 2
    return found


def _listed_lead(line: str, head: str, extra: Sequence[str]) -> tuple[str, int] | None:
    known = words()
    tokens = list(_LEAD_WORD().finditer(head))[: known.longest_lead]
    for count in range(len(tokens), 0, -1):
        end = tokens[count - 1].end()
        lead = " ".join(head[tokens[0].start() : end].casefold().split())
        after = line[end : end + 4]
        behind = re.match(r"\s?[:：／/|]\s?|\s", line[end:]) if after else None
        if lead in known.colon or lead in known.lead or lead in extra:
            if behind is None or (len(lead) == 2 and lead != "by" and head[:2].isupper() and not line.isupper()):
                continue
            punctuated = behind[0].strip() != ""
            if punctuated and behind[0].strip() in "/／|" and not _uncased(lead):
                continue
            if punctuated or lead in known.lead or lead in extra:
                return lead, end + behind.end()
        if lead.endswith("byby"):  # templates double the word
            return "by", end + (behind.end() if behind else 0)
    return None


def _dates(text: str, language: str | None, start: int = 0) -> tuple[str | None, int | None]:
    """Return the date of publication in a line from ``start`` on, and where the first date begins."""
    first = find_date(text, language)
    if first is not None and first.start < start:
        first = find_date(text[start:], language)
        first = None if first is None else Found(first.date, first.start + start, first.end + start)
    if first is None:
        return None, None
    chosen: Found = first
    updated = words().updated
    if updated.find(text, max(0, first.start - 24), first.start) is not None:
        second = find_date(text[first.end :], language)
        if second is not None and updated.find(text, max(first.end, first.end + second.start - 24), first.end + second.start) is None:
            chosen = second
    return chosen.date, first.start


_DATE_WORDS = frozenset(("on", "am", "vom", "le", "den", "el", "the", "at", "il", "em", "op", "dne", "dniu", "от", "of", "ngày", "a", "på"))
"""Words before a date that are no part of the credit."""

_KOREAN = lazy(
    r"(?P<text>(?:[가-힣]{2,6}(?:,\s?[가-힣]{2,6}){0,3}\s?=?\s)?(?P<names>[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}){0,4})\s?(?:선임|인턴|수습|전문|객원|대)?\s?"
    r"(?:기자|특파원|통신원|논설위원|앵커))(?:\s외\s\d명)?(?P<tail>.{0,80})"
)
_HAN_NAMES = r"[\u3400-\u9fff]{2,4}(?:[、\s][\u3400-\u9fff]{2,4}){0,4}"
_HAN_NAMES = r"[\u3400-\u9fff]{2,4}(?:[、\s][\u3400-\u9fff]{2,4}){0,4}"
_CHINESE = lazy(
    rf"(?P<text>(?:[\u3400-\u9fff]{{2,8}})?(?:记者|記者|通讯员)\s?(?P<names>{_HAN_NAMES})"
    r"(?:\s?[／/]\s?[\u3400-\u9fff]{2,8}(?:報導|报道|報道)|\s[\u3400-\u9fff]{2,6}(?:报道|報導))?)"
    rf"|(?P<text2>(?P<names2>{_HAN_NAMES})\s?[／/]\s?[\u3400-\u9fff]{{2,6}}(?:報導|报道|報道|撰文))"
)
_JAPANESE_DESK = lazy(
    r"(?P<text>[\u3400-\u9fff]{2,4}[部局](?:記者)?[\s\u3000・](?P<names>[\u3400-\u9fff々]{2,4}[\s\u3000]?[\u3040-\u30ff\u3400-\u9fff々]{0,4}))"
)
"""社会部 田中花子"""
_REPORTING = lazy(
    r"[(\s]{0,8}(?:Reporting|Bericht|Reportage|Reporte|Reportagem|Verslag|Reportado)\s(?:by|von|par|de|por|van|di)\s", re.IGNORECASE
)
_NEXT_CREDIT = lazy(
    r"\s?;|[,.]\s(?:with |and )?(?:additional|further|writing|editing|graphics?|translat|compil|redigiert|edit|édit|rédig|escrit|editad"
    r"|photograph|version)",
    re.IGNORECASE,
)


def read_byline(line: str, lead_words: Sequence[str] = (), language: str | None = None) -> Byline | None:
    """Return what a credit line says, None for a line that is none.

    >>> read_byline("By Jane Roe and John Doe | December 3, 2024").authors
    ('Jane Roe', 'John Doe')

    ``lead_words`` are the caller's own, case folded, besides those of all languages. A long line is read too: where a byline ran
    into the lead (``par Jean Dupont PARIS (Reuters) - Le gouvernement …``) the paragraph comes back as ``rest``.
    """
    text = line.strip()
    if len(text) < 4:
        return None
    if _REPORTING().match(text) and len(text) <= LONGEST_CREDITS:
        return _reporting(text)
    lead = _lead(text.lstrip("(（") if text[0] in "(（" else text, lead_words)
    if len(text) > LONGEST_BYLINE:
        return _run_in(text, lead_words, language)
    if lead is None:
        return _caseless(text, language) if text[0] >= "\u3000" else _unled(text, language)
    found = _led(text, lead[0], lead[1], language)
    if found is None and text[0] >= "\u3000":
        return _caseless(text, language)
    return found if found is not None else _run_in(text, lead_words, language)


def _trim(text: str, start: int, language: str | None) -> tuple[str, str | None]:
    """Return a line's credit, from ``start`` on without dates, addresses and page furniture, and its date."""
    published, at = _dates(text, language, start)
    end = len(text) if at is None else at
    for pattern in (_CUT(), _COUNTED()):
        cut = pattern.search(text, start + 2, end)
        if cut is not None:
            end = cut.start()
    month = _MONTH_YEAR().search(text, start + 2, end)
    if month is not None and month[1].casefold() in calendar().months:
        end = month.start()
    tail = words().tail.find(text, start + 2, end)
    if tail is not None:
        end = tail
    label = _LABEL().search(text, start + 2, end)
    if label is not None:
        glue = _GLUED().search(text, label.start() + 2, label.end())
        end = label.start() if glue is None else glue.start()
    credit = text[:end]
    before, _, last = credit.rstrip(_TRAILING).rpartition(" ")
    if (last.casefold() in _DATE_WORDS if at is not None else last.casefold() == "on") and len(before) > start:
        credit = before
    return credit.rstrip(_TRAILING + "".join(")）" if credit.count("(") < credit.count(")") else "")), published


def _led(text: str, lead: str, start: int, language: str | None) -> Byline | None:
    credit, published = _trim(text, start, language)
    body = credit[start:].strip(" :：")
    if published is not None:
        body = without_place(body)
    if not body or any(mark in _without_nickname(body) for mark in '!?:«»„“"') or body.endswith((" of", " the")):
        return None
    again = _lead(body, ())
    if again is not None and again[0] in ("by", "von", "par", "por"):
        body = body[again[1] :]
    single = published is not None or lead in words().strong or text[len(lead) : len(lead) + 2].strip().startswith((":", "："))
    names = _names(body, single=single)
    if names is None:
        return None
    return Byline(credit, names.persons or _org_author(names), names.org, published, names.source, "")


def _org_author(names: _Names) -> tuple[str, ...]:
    return () if names.org is None else (names.org,)


def _plain_name(name: str) -> bool:
    """Tell a name from a job: no "Senior", no "Content", no abbreviation in front."""
    parts = name.split()
    first = parts[0]
    shouted = len(first) > 2 and first.isupper() and not parts[-1].isupper() and "." not in first
    return not shouted and not any(word.casefold() in words().modifier for word in parts)


_FIRST_TOKEN = lazy(r"(?:the\s)?[^\w]{0,20}([^\W_]+)", re.IGNORECASE)


@cache
def _agency_openers() -> frozenset[str]:
    """Return the first words of the agencies' names, without their article."""
    return frozenset(found[1].casefold() for agency in agencies() if (found := _FIRST_TOKEN().match(agency)) is not None)


_PARTED = lazy(r"[|•·⋅,]|[–—-]\s|\s[–—-]")
"""What parts a name from the agency or the date behind it."""


def _may_be_unled(text: str) -> bool:
    """Tell at a glance what ``_unled`` cannot read: it names an agency first, or two words of a name and something of a credit."""
    first = _FIRST_TOKEN().match(text)
    if first is not None and first[1].casefold() in _agency_openers():
        return True
    parts = text.split()
    if len(parts) < 2:
        return _uncased(text)
    if _lower_word(parts[1]):
        return False
    if _PARTED().search(text) is not None or dated(text):
        return True
    return any(part.casefold().strip(".,") in words().newsroom for part in parts) or _GLUED().search(text) is not None


def _unled(text: str, language: str | None) -> Byline | None:
    """Read a line without a lead: a name and its role, a name and an agency or a date, an agency and its place."""
    if len(text) > 120 or text[-1] in ".!?:;…" or text[0] in "(（[" or not (text[0].isupper() or text[0] > "\u0590"):
        return None
    if not _may_be_unled(text):
        return None
    credit, published = _trim(text, 0, language)
    if not 4 <= len(credit) <= 90 or any(mark in credit for mark in '!?:;«»„“"()'):
        return None
    agency, _, place = credit.partition(" in ")
    if known_agency(agency) and len(agency) > 1 and (place_trust(place) > 0 if place else len(agency) > 4):
        return Byline(credit, (agency,), agency, published, agency, "")
    first = re.split(r"\s?[|•·⋅,/]\s?|\s[-–—]\s", credit, maxsplit=1)
    name = _person(first[0])
    if name is None or not credit.startswith(name) or not 2 <= len(name.split()) <= 4 or not _plain_name(name):
        return None
    behind = text[len(name) :].split(None, 1)[:1] or [""]
    parted = behind[0][:1] in tuple("|•·⋅,–—-") or behind[0].strip(".,").casefold() in calendar().weekdays  # Jane Roe Tue 14 May 2024
    left = credit[len(name) :].strip(" ,|•·⋅/–—-")
    folded = [word.casefold().strip(".,") for word in left.split()]
    worded = (
        0 < len(folded) <= 8 and any(word in words().newsroom for word in folded) and sum(word[0].islower() for word in left.split()) <= 3
    )
    if worded or (parted and (known_agency(left) or (not left and published is not None))):
        if worded and {"said", "says", "is", "was", "sagte", "ist", "est", "es", "has", "writes", "told"} & set(folded):
            return None
        return Byline(credit, (name,), None, published, left if known_agency(left) else None, "")
    return None


def _caseless(text: str, language: str | None) -> Byline | None:
    korean = _KOREAN().fullmatch(text)
    if korean is not None and (not korean["tail"] or _EMAIL().search(korean["tail"]) or find_date(korean["tail"], language)):
        names = korean["names"]
        if place_trust(names, alone=True) >= KNOWN and " " in korean["text"]:  # 홍길동 워싱턴 특파원
            names = korean["text"].split()[0]
        authors = tuple(re.split(r"\s?[·,]\s?", names))
        return Byline(korean["text"], authors, None, _dates(korean["tail"], language)[0], None, "")
    credit, published = _trim(text, 0, language)
    desk = _JAPANESE_DESK().fullmatch(credit)
    if desk is not None and is_person_name(desk["names"]):
        return Byline(credit, (desk["names"],), None, published, None, "")
    chinese = _CHINESE().fullmatch(credit)
    if chinese is not None:
        names = chinese["names"] or chinese["names2"]
        return Byline(credit, tuple(re.split(r"[、\s]", names)), None, published, None, "")
    return None


def _reporting(text: str) -> Byline | None:
    credit = text.strip("() ") if text[0] == "(" else text
    start = _REPORTING().match(credit)
    if start is None:
        return None
    end = _NEXT_CREDIT().search(credit, start.end())
    first = credit[start.end() : end.start() if end is not None else len(credit)]
    names: list[str] = []
    for piece in _pieces(first):
        name = _person(piece.text)
        if name is not None and name not in names:
            names.append(name)
    return Byline(credit, tuple(names), None, None, None, "") if names else None


def read_run_in(paragraph: str, lead_words: Sequence[str] = (), language: str | None = None) -> Byline | None:
    """Return the byline glued to the front of a paragraph, which comes back as its ``rest``; None without one.

    >>> read_run_in("By Jane Roe LONDON (AP) - The council voted on Monday to close the pier.").rest
    'LONDON (AP) - The council voted on Monday to close the pier.'
    """
    found = _run_in(paragraph, lead_words, language)
    return found if found is not None and found.rest else None


MAX_RUN_IN = 9  # words of a byline that runs into a dateline: "By Jane Roe * Catholic News Service."


def _run_in(text: str, extra: Sequence[str], language: str | None) -> Byline | None:
    """Read a byline that runs into a dateline."""
    if text[0] in "(（":
        end = text.find(")" if text[0] == "(" else "）", 0, LONGEST_BYLINE)
        if end < 0:
            return None
        inside = text[1:end]
        lead = _lead(inside, extra)
        names = None if lead is None else _names(inside[lead[1] :], single=False)
        if names is None or not names.persons:
            return None
        return Byline(text[: end + 1], names.persons, None, None, names.source, text[end + 1 :].lstrip())
    lead = _lead(text, extra)
    if lead is None:
        return None
    breaks = [match.end() for match in re.finditer(r"\s+", text[:LONGEST_BYLINE]) if match.end() > lead[1]]
    for at in breaks[1:MAX_RUN_IN]:
        rest = text[at:]
        if not (rest[0].isupper() or rest[0] in "(["):
            continue
        if split_dateline(rest, language) is None:
            continue
        credit = text[:at].rstrip()
        names = _names(credit[lead[1] :].rstrip("."), single=False)
        if names is not None and names.persons:
            return Byline(credit, names.persons, None, None, names.source, rest)
    return _run_into_sentence(text, lead[1], breaks)


SHORTEST_LEAD = 70  # characters; what follows a name and a role in a shorter line is more of the credit


def _run_into_sentence(text: str, start: int, breaks: Sequence[int]) -> Byline | None:
    """Read a byline that ends in a reporter's work or an agency and runs into the first sentence."""
    if len(text) < start + SHORTEST_LEAD or text[-1] not in '.!?…”"’»':
        return None
    known = words()
    for at in breaks[1:MAX_RUN_IN]:
        credit, rest = text[:at].rstrip(), text[at:]
        first = rest.split(None, 1)[0]
        folded = first.casefold().strip(".,;:()|")
        if len(rest) < SHORTEST_LEAD or not first[0].isupper() or folded in known.role or folded in known.modifier or folded in known.org:
            continue
        work = credit.rpartition(" ")[2].casefold() in known.newsroom
        comma, _, agency = credit.rpartition(", ")
        if not work and not (comma and known_agency(agency.rstrip("."))):
            continue
        names = _names(credit[start:], single=False)
        if names is not None and names.persons:
            return Byline(credit, names.persons, None, None, names.source, rest)
    return None


NOBODY = frozenset(("null", "none", "undefined", "n/a", "na", "unknown", "[]", "{}", "false", "true", "author", "anonymous author"))
"""What empty author fields hold."""


def clean_author(name: str) -> tuple[str, ...]:
    """Return the names in an author field: "A and B", "Roe, Jane; Doe, John", "By Jane Roe, Staff Writer", "JANE ROE jane@example.org".

    A desk or an agency is a name when the field holds nothing else; an address alone gives none.
    """
    text = " ".join(name[:LONGEST_CREDITS].split()).strip(" ,;|-–—")
    found = dict.fromkeys(author for part in _SEMICOLON().split(text) for author in _field(part.strip(" ,|-–—")))
    persons = [author for author in found if is_person_name(author)]
    return tuple(persons if len(persons) > 1 or (persons and len(found) == 1) else found)


_SEMICOLON = lazy(r"[;；\n]")


def _field(text: str) -> list[str]:
    """Return the names in a part of an author field that has no semicolon."""
    if not text or text.casefold() in NOBODY or text.startswith(("http://", "https://", "www.", "@")) or _EMAIL().match(text):
        return []
    lead = _lead(text, ())
    if lead is not None and len(text) > lead[1]:
        text = text[lead[1] :].strip(" :")
    korean = _KOREAN().fullmatch(text) if text[:1] >= "\uac00" else None
    if korean is not None:
        return re.split(r"\s?[·,]\s?", korean["names"])
    surname, _, first = text.partition(",")
    if "," not in first and _surname_first(surname.strip(), first.strip()):
        text = f"{first.strip()} {surname.strip()}"
    text, published = _trim(text, 0, None)
    if published is not None:
        text = without_place(text)
    half = len(text) // 2
    if text[:half] == text[half:].strip() and " " in text[:half].strip():
        text = text[:half].strip()
    found: list[str] = []
    desk: str | None = None
    worked = False
    for number, segment in enumerate(part.strip() for part in _STRONG_BREAK().split(text)):
        for piece, linked in _pieces(segment):
            bare = piece.strip(" .")
            person = _person(piece)
            if person is not None and (not found or ((number == 0 or _slashed(text, segment)) and (linked or not worked))):
                found.append(person)
            elif person is None and desk is None and bare:
                desk = bare
            worked = worked or _works(piece)
    if not found and desk is not None and not _EMAIL().search(desk):
        found.append(text.split(",")[0].strip())
    return found


def _surname_first(surname: str, first: str) -> bool:
    """Tell "Roe, Jane" from "Jane Roe, Reuters": one word, or a surname with particles, before; given names behind."""
    if not surname or not first or known_agency(first) or _name_words(surname) is None or _name_words(first) is None:
        return False
    family = [word for word in surname.split() if word.casefold() not in words().particle]
    given = first.split()
    if len(family) != 1 or len(given) > 3:
        return False
    return (
        not any(map(_taboo, given))
        and not any(map(_taboo, family))
        and _DEGREE().fullmatch(first) is None
        and place_trust(first, alone=True) < KNOWN
    )
