"""Phrases as data: one TOML file per language, read on demand and cached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

SHORT = 60  # characters of a folded block; `inside` phrases speak for shorter blocks alone

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00a0": " ", "…": ""})
_NUMBER = re.compile(r"\d[\d.,:]*")
_EDGE = " \t\r\n.,;:!?¡¿…*•·●▪◦‣■►▶›»«<>|/\\-–—_=+~^()[]{}\"'“”‘’„#✓✔✕✖×→←↑↓⟶➔❯❮。、，！？：；「」『』（）【】।؟،؛"


def fold(text: str) -> str:
    """Rewrite a text to compare it: case folded, spaces single, quotes and dashes plain, every number ``#``,
    bullets and punctuation at both ends gone.

    >>> fold("  • Read more:  3 Comments »")
    'read more: # comments'
    """
    text = _NUMBER.sub("#", text.translate(_PLAIN))
    text = " ".join(text.casefold().split())
    kept = text.strip(_EDGE)
    # A number at an end is words, not a bullet: "# comments".
    head = "# " if text.startswith("# ") else ""
    tail = " #" if text.endswith(" #") and kept else ""
    return head + kept + tail
