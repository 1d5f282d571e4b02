"""Phrases as data: one TOML file per language, read on demand and cached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

SHORT = 60  # characters of a folded block; `inside` phrases speak for shorter blocks alone

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00a0": " ", "…": " "})
_NUMBER = re.compile(r"\d[\d.,:]*(?<=\d)")
_EDGE = " \t\r\n.,;:!?¡¿*•·●▪◦‣■►▶›»«<>|/\\-_=+~^()[]{}\"'✓✔✕✖×→←↑↓⟶➔❯❮。、，！？：；「」『』（）【】।؟،؛"


def fold(text: str) -> str:
    """Rewrite a text to compare it: case folded, spaces single, quotes and dashes plain, every number ``#``,
    bullets and punctuation at both ends gone.

    >>> fold("  • Read more:  3,120 Comments »")
    'read more: # comments'
    """
    return " ".join(_NUMBER.sub("#", text.translate(_PLAIN)).casefold().split()).strip(_EDGE)


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

    __slots__ = ("inside", "language", "start", "tables", "whole")

    def __init__(self, language: str, tables: Mapping[str, Any]) -> None:
        self.language = language
        self.tables = tables
        self.whole: dict[str, Hit] = {}
        self.start: dict[str, list[Hit]] = {}
        self.inside: list[Hit] = []
        for kind, topic, table in _topics(tables):
            for phrase in table.get("whole", ()):
                self.whole.setdefault(phrase, Hit(kind, topic, phrase, "whole"))
            for phrase in table.get("start", ()):
                self.start.setdefault(phrase[:2], []).append(Hit(kind, topic, phrase, "start"))
            for phrase in table.get("inside", ()):
                self.inside.append(Hit(kind, topic, phrase, "inside"))

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """Return a list of a plain table, such as ``("byline", "lead")``; () where the language has none."""
        return tuple(self.tables.get(table, {}).get(key, ()))

    def find(self, folded: str) -> Hit | None:
        """Return the phrase that a folded block matches: whole first, then start, then inside a short one."""
        hit = self.whole.get(folded)
        if hit is not None:
            return hit
        for hit in self.start.get(folded[:2], ()):
            if folded.startswith(hit.phrase):
                after = folded[len(hit.phrase) : len(hit.phrase) + 1]
                if not (after.isalnum() and hit.phrase[-1].isalnum() and after < "\u0900"):
                    return hit
        if len(folded) < SHORT:
            for hit in self.inside:
                if hit.phrase in folded:
                    return hit
        return None


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


@cache
def load(language: str) -> Lexicon:
    """Return the lexicon for an ISO 639-1 code, such as ``"en"``.

    Raises ``FileNotFoundError`` if the language has no phrase file.
    """
    return Lexicon(language, tomllib.loads(files(__package__).joinpath("lexicons", f"{language}.toml").read_text("utf-8")))


@cache
def languages() -> frozenset[str]:
    """Return the codes that have a phrase file."""
    names = (entry.name for entry in files(__package__).joinpath("lexicons").iterdir())
    return frozenset(name[:2] for name in names if len(name) == len("en.toml") and name.endswith(".toml"))


def lexicons_for(language: str | None, own: Lexicon | None = None) -> tuple[Lexicon, ...]:
    """Return the lexicons to ask, in order: the caller's own, the language's, English (the chrome of half the web)."""
    wanted = [code for code in (language, "en") if code is not None and code in languages()]
    found = [load(code) for code in dict.fromkeys(wanted)]
    return tuple(([own] if own is not None else []) + found)
