"""Finds every regular expression the package compiles, and builds the inputs each is slowest on."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
INPUTS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "fixtures").rglob("input.*"))
MOST_UNITS = 16  # units a pattern is tried with


def compiled() -> list[tuple[str, str | bytes, int]]:
    """Import the package, clean all inputs at hand, and return the patterns compiled meanwhile: module, pattern, flags."""
    found: dict[tuple[str | bytes, int], str] = {}
    real = re._compile  # type: ignore[attr-defined]

    def spy(pattern: Any, flags: Any) -> Any:
        made = real(pattern, flags)
        frame: Any = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__") in ("re", "functools"):
            frame = frame.f_back
        module = "" if frame is None else str(frame.f_globals.get("__name__"))
        if module.split(".")[0] == "cleanarticle":
            found.setdefault((made.pattern, made.flags), module)
        return made

    re._compile = spy  # type: ignore[attr-defined]
    import cleanarticle

    for info in pkgutil.walk_packages(cleanarticle.__path__, "cleanarticle."):
        if not info.name.endswith("__main__"):
            try:
                importlib.import_module(info.name)
            except ImportError:  # an extra that is not installed
                continue
    for path in INPUTS:
        try:
            cleanarticle.clean(path.read_bytes())
        except cleanarticle.InputError:
            continue
    cleanarticle.clean("Der BÃ¼rgermeister, Ã¤ÃŸ â€žso\x93, sagte er.\n\nVon Jo Smith, 4. MÃ¤rz 2024 &amp;quot; \u0301\u1100\u1161")
    return [(module, pattern, flags) for (pattern, flags), module in found.items()]


def units(pattern: str | bytes, flags: int) -> list[str]:
    """Return short strings that, said again and again, keep a pattern busy: what its repeats repeat, and its characters."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    whole = sample(tree)
    found = [whole, whole[:-1], whole[:1], *repeated(tree)]
    found += [*characters(tree)[:6], " ", "a", "A", "1"]
    found += [a + b for a in characters(tree)[:6] for b in characters(tree)[:6] if a != b][:8]
    found += [*characters(tree), "\n", "a ", "A. ", "1 "]
    return list(dict.fromkeys(unit for unit in found if unit))[:MOST_UNITS]


def before(pattern: str | bytes, flags: int) -> list[str]:
    """Return beginnings that lead a pattern into its repeats."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    heads = [""]
    head = ""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and head:
            heads.append(head)
        head += sample([(code, value)])
    return list(dict.fromkeys(heads))[:2]


def sample(tree: Iterable[tuple[Any, Any]]) -> str:
    """Return a string that (nearly) matches a parsed pattern."""
    return "".join(_sample(code, value) for code, value in tree)


def _sample(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _in(value)[0]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = value
        return sample(body) * min(max(least, 1), most if isinstance(most, int) else 1, 50)
    if code is codes.SUBPATTERN:
        return sample(value[-1])
    if code is codes.ATOMIC_GROUP:
        return sample(value)
    if code is codes.BRANCH:
        return sample(value[1][0])
    return ""


_CATEGORIES = {"DIGIT": "1", "NOT_DIGIT": "a", "SPACE": " ", "NOT_SPACE": "a", "WORD": "a", "NOT_WORD": "-"}


def _in(items: list[tuple[Any, Any]]) -> list[str]:
    found: list[str] = []
    negated = False
    for code, value in items:
        if code is codes.NEGATE:
            negated = True
        elif code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.RANGE:
            found.append(chr(value[0]))
        elif code is codes.CATEGORY:
            found.append(_CATEGORIES.get(str(value).removeprefix("CATEGORY_"), "a"))
    if negated:
        found = [character for character in 'aA1 -."<' if character not in found]
    return found or ["a"]


def characters(tree: Iterable[tuple[Any, Any]]) -> list[str]:
    """Return the characters a pattern speaks of, one for each class or category, without doubles."""
    return list(dict.fromkeys(_characters(tree)))[:16]


def _characters(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for code, value in tree:
        if code in (codes.LITERAL, codes.NOT_LITERAL, codes.ANY):
            yield _sample(code, value)
        elif code is codes.IN:
            yield from _in(value)[:3]
        else:
            for body in bodies(code, value):
                yield from _characters(body)


def bodies(code: Any, value: Any) -> list[Any]:
    """Return the patterns within a node of a parsed pattern."""
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return []


def repeated(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield a sample of what each repeat of a pattern repeats."""
    for code, value in tree:
        for body in bodies(code, value):
            if code not in (codes.SUBPATTERN, codes.BRANCH, codes.ASSERT, codes.ASSERT_NOT, codes.ATOMIC_GROUP):
                yield sample(body)
            yield from repeated(body)


if __name__ == "__main__":
    found = compiled()
    json.dump(
        [(module, text if isinstance(text, str) else {"bytes": text.decode("latin-1")}, flags) for module, text, flags in found], sys.stdout
    )
