"""Phrases as data: one TOML file per language, read on demand and cached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

FOLDER = Path(__file__).parent / "lexicons"

SHORT = 60  # characters of a folded block; `inside` phrases speak for shorter blocks alone …
READ_AS = {"bs": "hr"}  # a language that has no phrases of its own, and the one whose phrases its sites print
LONG_PHRASE = 7  # words; … but for those of so many, which no sentence holds by chance

_PLAIN = (*zip("’‘ʼ“”„–—\u00a0…：ıάέήίόύώϊϋΐΰ", "'''\"\"\"--  :iαεηιουωιυιυ", strict=True), ("\u0307", ""))
"""Quotes, dashes and colons plain; Turkish and Greek as their capitals fold (dot, dotless i, accents)."""
_NUMBER = re.compile(r"\d[\d.,:]*(?<=\d)")
_WORD = re.compile(r"[/(][^\s/(]*|[^\s/(]+")
_EDGE = " \t\r\n.,;:!?¡¿*•·●▪◦‣■►▶›»«<>|/\\-_=+~^()[]{}\"'✓✔✕✖×→←↑↓⟶➔❯❮。、，！？：；「」『』（）【】।؟،؛۔။၊។።։"


def fold(text: str) -> str:
    """Rewrite a text to compare it: case folded, accents composed, spaces single, quotes and dashes plain, every number ``#``,
    bullets and punctuation at both ends gone.

    >>> fold("  • Read more:  3,120 Comments »")
    'read more: # comments'
    """
    folded = text.casefold()
    if not folded.isascii():
        if not is_normalized("NFC", folded):
            folded = normalize("NFC", folded)
        for sign, plain in _PLAIN:
            if sign in folded:
                folded = folded.replace(sign, plain)
        if not folded.isascii():
            return " ".join(_NUMBER.sub("#", folded).split()).strip(_EDGE)
    raw = folded.encode()
    if len(raw.translate(None, b"0123456789")) < len(raw):
        folded = _NUMBER.sub("#", folded)
    if "  " in folded or not folded.isprintable():
        folded = " ".join(folded.split())
    return folded.strip(_EDGE)


class Hit(NamedTuple):
    """A phrase that a block matched."""

    kind: str
    """The table's family: ``chrome``, ``caption``, ``credit``."""
    topic: str
    """The table's own name: ``share``, ``related`` …; the family again where it has no topics."""
    phrase: str
    how: str
    """``whole``, ``start`` or ``inside``."""


class Lexicon:
    """The phrases of one language, indexed for look-up."""

    __slots__ = ("_inside", "_inside_dense", "_lengths", "_long", "_start", "_whole", "language", "tables")

    def __init__(self, language: str, tables: Mapping[str, Any]) -> None:
        self.language = language
        self.tables = tables
        self._whole: dict[str, tuple[str, str]] = {}
        self._start: dict[str, list[tuple[str, str, str]]] = {}
        self._inside: dict[str, list[tuple[str, str, str]]] = {}
        self._inside_dense: list[tuple[str, str, str]] = []
        self._long: dict[str, tuple[str, str]] = {}
        for kind, topic, table in _topics(tables):
            name = (kind, topic)
            for phrase in table.get("whole", ()):
                self._whole.setdefault(phrase, name)
            for phrase in table.get("start", ()):
                self._start.setdefault(phrase[:KEY], []).append((phrase, kind, topic))
            for phrase in table.get("inside", ()):
                if phrase.count(" ") >= LONG_PHRASE - 1:
                    self._long.setdefault(phrase, name)
                if phrase < DENSE:
                    self._inside.setdefault(_WORD.findall(phrase)[0], []).append((phrase, kind, topic))
                else:
                    self._inside_dense.append((phrase, kind, topic))
        self._lengths = sorted({len(key) for key in self._start}, reverse=True)

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """Return a list of a plain table, such as ``("byline", "lead")``; () where the language has none."""
        return tuple(self.tables.get(table, {}).get(key, ()))

    def find(self, folded: str) -> Hit | None:
        """Return the phrase that a folded block matches: whole first, then many words long, then start, then inside a short one."""
        name = self._whole.get(folded)
        if name is not None:
            return Hit(*name, folded, "whole")
        if len(folded) >= SHORT:  # a long phrase says more of a long block than the few words it may begin with
            long = next(filter(folded.__contains__, self._long), None)
            if long is not None:
                return Hit(*self._long[long], long, "inside")
        for length in self._lengths:
            for phrase, kind, topic in self._start.get(folded[:length], ()):
                if folded.startswith(phrase):
                    after = folded[len(phrase) : len(phrase) + 1]
                    if after >= DENSE or not (after.isalnum() and phrase[-1].isalnum()):
                        return Hit(kind, topic, phrase, "start")
        if len(folded) < SHORT:
            words = _WORD.findall(folded) if "(" in folded or "/" in folded else folded.split()
            if not self._inside.keys().isdisjoint(words):
                for word in words:
                    for phrase, kind, topic in self._inside.get(word, ()):
                        at = folded.find(phrase)
                        if at >= 0 and not (phrase[-1].isalnum() and folded[at + len(phrase) : at + len(phrase) + 1].isalnum()):
                            return Hit(kind, topic, phrase, "inside")
            if folded > DENSE or not folded.isascii():
                for phrase, kind, topic in self._inside_dense:
                    if phrase in folded:
                        return Hit(kind, topic, phrase, "inside")
        return None


KEY = 4  # characters; the index of the phrases that a block may begin with
DENSE = "\u0900"  # from here on scripts write without spaces, or join words: a phrase need not end where a word does


TOPICAL = ("chrome", "caption", "credit")
"""The families whose tables hold phrases for whole blocks."""


def _topics(tables: Mapping[str, Any]) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    for kind in TOPICAL:
        family = tables.get(kind, {})
        if any(isinstance(value, list) for value in family.values()):
            yield kind, kind, family
        for topic, table in family.items():
            if isinstance(table, dict):
                yield kind, topic, table


_LINE = re.compile(r"\[([\w.-]{1,60})\]\n|(\w{1,60}) = \[\n|(?:#[^\n]{0,300})?\n")
"""A table's name; the first line of a list; a comment or nothing."""


def read_tables(text: str) -> dict[str, Any]:
    """Read a phrase file: tables of lists of phrases, one in each line. Anything else in it is left to ``tomllib``.

    It is TOML, but one shape of it, and the start of the filter spends a twentieth of the time ``tomllib`` needs.
    Raises ``tomllib.TOMLDecodeError`` for what is no TOML; its message has the line.
    """
    tables: dict[str, Any] = {}
    table, at = tables, 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            return _toml(text)
        header, key = line.groups()
        at = line.end()
        if header:
            table = tables
            for part in header.split("."):
                table = table.setdefault(part, {})
                if not isinstance(table, dict):
                    return _toml(text)
        elif key:
            end = text.find("\n]\n", at - 1)
            phrases = _phrases(text[at:end])
            if end < 0 or phrases is None or key in table:
                return _toml(text)
            table[key], at = phrases, end + 3
    return tables


_PHRASE = re.compile(r"""(?:"([^"\\\n]*)"|'([^'\n]*)'),""")


def _phrases(lines: str) -> list[str] | None:
    """Return what stands in quotes, line for line; None if a line has anything else."""
    if not lines:
        return []
    found = lines[1:-2].split('",\n"')
    if lines.count('"') == 2 * len(found) and lines.count("\n") == len(found) - 1 and lines[0] == '"' and lines.endswith('",'):
        return found if "\\" not in lines else None
    matches = list(map(_PHRASE.fullmatch, lines.split("\n")))
    return None if None in matches else [match[1] or match[2] or "" for match in matches if match is not None]


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


@cache
def load(language: str) -> Lexicon:
    """Return the lexicon for an ISO 639-1 code, such as ``"en"``.

    Raises ``FileNotFoundError`` if the language has no phrase file.
    """
    return Lexicon(language, read_tables((FOLDER / f"{language}.toml").read_text("utf-8")))


@cache
def languages() -> frozenset[str]:
    """Return the codes that have a phrase file."""
    return frozenset(path.stem for path in FOLDER.glob("??.toml"))


def lexicons_for(language: str | None, own: Lexicon | None = None) -> tuple[Lexicon, ...]:
    """Return the lexicons to ask, in order: the caller's own, the language's, English (the chrome of half the web)."""
    wanted = [code for code in (READ_AS.get(language or "", language), "en") if code is not None and code in languages()]
    found = [load(code) for code in dict.fromkeys(wanted)]
    return tuple(([own] if own is not None else []) + found)
