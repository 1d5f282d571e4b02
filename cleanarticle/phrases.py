"""The caller's own phrases: ``--phrases my.toml``, ``phrases=``, and ``cleanarticle phrases check``.

A file has the form of a lexicon (``cleanarticle/lexicons/en.toml``): a table for each topic, in it ``whole``, ``start`` and
``inside``. Phrases need not be folded by hand: capitals, numbers and punctuation are folded as the file is read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import subcommand
from .lexicon import SHORT, TOPICAL, Hit, Lexicon, fold, read_tables
from .model import Kind

if TYPE_CHECKING:
    from .label import Labelled

WAYS = ("whole", "start", "inside")


class PhrasesError(ValueError):
    """The phrases have not the form of a lexicon; the message says where and what to do."""

    def __init__(self, message: str, where: tuple[str, ...] = (), line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.where = where
        """Names of the tables, the key and the phrase, as far as known."""


def read(text: str) -> dict[str, Any]:
    r"""Read a phrase file and fold its phrases. Raises ``PhrasesError`` with the line for what is none.

    >>> read('[chrome.share]\nwhole = ["Share this!"]')
    {'chrome': {'share': {'whole': ['share this']}}}
    """
    import tomllib

    try:
        tables = read_tables(text)
    except tomllib.TOMLDecodeError as error:
        raise PhrasesError(f"is no TOML: {_without_place(str(error))}", line=_line_in(str(error), text)) from error
    except RecursionError as error:
        raise PhrasesError("is no phrase file: lists within lists without end") from error
    try:
        return folded(tables)
    except PhrasesError as error:
        raise PhrasesError(str(error), error.where, line_of(text, error.where)) from None


def folded(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables with every phrase folded. Raises ``PhrasesError`` for what has not the form of a lexicon."""
    if not isinstance(tables, Mapping):
        raise PhrasesError(
            f"phrases are tables, such as {{'chrome': {{'share': {{'whole': ['share this']}}}}}}, not {type(tables).__name__}"
        )
    out: dict[str, Any] = {}
    for family, table in tables.items():
        if family not in TOPICAL:
            raise PhrasesError(f"no table {family!r} in a phrase file; there are [chrome.<topic>], [caption], [credit]", (str(family),))
        out[family] = _family((family,), table)
    return out


def _family(where: tuple[str, ...], table: Any) -> dict[str, Any]:
    if not isinstance(table, Mapping):
        raise PhrasesError(f'{".".join(where)} is no table of phrases; write [{where[0]}.<topic>] and under it whole = ["…"]', where)
    out: dict[str, Any] = {}
    for key, value in table.items():
        here = (*where, str(key))
        if key in WAYS:
            out[key] = [_phrase(here, phrase) for phrase in _list(here, value)]
        elif len(where) == 1 and isinstance(value, Mapping):
            out[key] = _family(here, value)
        else:
            raise PhrasesError(f"no {'.'.join(here)!r} in a phrase file; under a topic there are whole, start and inside", here)
    return out


def _list(where: tuple[str, ...], value: Any) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise PhrasesError(f'{".".join(where)} is no list of phrases; write {where[-1]} = ["…"]', where)


def _phrase(where: tuple[str, ...], phrase: Any) -> str:
    if not isinstance(phrase, str):
        raise PhrasesError(f"{'.'.join(where)} has {phrase!r}, which is no phrase; put it in quotes", (*where, str(phrase)))
    plain = _FOLDS[where[-1]](phrase)
    if not plain:
        raise PhrasesError(f"{'.'.join(where)} has {phrase!r}, of which nothing is left when it is folded", (*where, phrase))
    return plain


# What ends a `start`, as the colon of "share:", says something: a letter stands in for what comes behind it.
_FOLDS: Mapping[str, Callable[[str], str]] = {
    "whole": fold,
    "start": lambda phrase: fold(phrase.strip() + "x")[:-1],
    "inside": lambda phrase: fold("x" + phrase.strip() + "x")[1:-1],
}


_FAMILY = {"chrome": Kind.CHROME, "caption": Kind.CAPTION, "credit": Kind.CREDIT}


def overrule(labelled: Labelled, tables: Mapping[str, Any]) -> Labelled:
    """Remove the blocks that the caller's phrases meet, whatever was said of them.

    It comes after the judgement, and does not enter it: a phrase takes the lines that it names and sways nothing else.
    Raises ``PhrasesError``, a ``ValueError``, for what has not the form of a lexicon.
    """
    own = Lexicon("own", folded(tables))
    blocks, chances = list(labelled.blocks), list(labelled.chances)
    for index, look in enumerate(labelled.looks):
        hit = own.find(look.folded)
        if hit is not None:
            # The later stages look at the hit: what a phrase names is no headline and no credit line either.
            look.hit = hit._replace(how="whole")
            reason = f"own phrases: {hit.topic} ({hit.how}: “{hit.phrase}”)"
            blocks[index] = blocks[index]._replace(kind=_FAMILY[hit.kind], kept=False, reason=reason)
            chances[index] = 0.0
    return labelled._replace(blocks=blocks, chances=chances)


def load(name: str) -> dict[str, Any]:
    """Read a phrase file by its name. Raises ``PhrasesError`` that names it."""
    try:
        with open(name, "rb") as handle:
            text = handle.read().decode("utf-8-sig")
    except OSError as error:
        raise PhrasesError(f"{name}: cannot be read ({error.strerror}); give a phrase file that exists") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PhrasesError(f"{name}: line {line}: is not UTF-8; save the file as UTF-8") from error
    try:
        return read(text)
    except PhrasesError as error:
        raise PhrasesError(f"{name}: {error}", error.where) from None


_PLACE = re.compile(r"\s{0,20}\(at (?:line (\d+), column \d+|end of document)\)")


def _without_place(message: str) -> str:
    return _PLACE.sub("", message).rstrip(".").lower()


def _line_in(message: str, text: str) -> int:
    found = _PLACE.search(message)
    return int(found[1]) if found is not None and found[1] else max(1, len(text.splitlines()))


_HEADER = re.compile(r"\s{0,200}\[([^\]=]{1,200})\]")
_KEY = re.compile(r"\s{0,200}([\w.-]{1,200})\s{0,20}=")


def line_of(text: str, where: Sequence[str]) -> int:
    r"""Return the line, from 1, of a table, a key or a phrase in a phrase file, or of the innermost table around it that is found.

    >>> line_of('[caption]\n\n[chrome.ad]\nwhole = [\n  "ad",\n]', ["chrome", "ad", "whole", "ad"])
    5
    """
    table: list[str] = []
    here: list[str] = []
    best, most = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = here = [part.strip("\"' ") for part in header[1].split(".")]
        elif key := _KEY.match(line):
            here = table + key[1].split(".")
        found = [*here, where[-1]] if here == list(where[:-1]) and where[-1] in line else here
        same = 0
        while same < min(len(found), len(where)) and found[same] == where[same]:
            same += 1
        if same > most:
            best, most = number, same
    return best


# ----------------------------------------------------------------------------------------------------------- the command


class Met(NamedTuple):
    """A phrase that meets a block of a document."""

    hit: Hit
    document: str
    text: str
    kept: bool
    """Without the phrase the block is kept: it is article text, or the program's own mistake."""


def meet(tables: Mapping[str, Any], documents: Iterator[tuple[str, bytes | str]]) -> Iterator[Met]:
    """Yield each meeting of a phrase with a block of a document, cleaned without the phrases."""
    from .model import InputError
    from .pipeline import clean

    lexicons = [Lexicon("own", single) for single in _singles(folded(tables))]
    for name, data in documents:
        try:
            blocks = clean(data).blocks
        except InputError as error:
            raise subcommand.CommandError(f"{name}: {error}") from error
        for block in blocks:
            plain = fold(block.text)
            for lexicon in lexicons:
                if (hit := lexicon.find(plain)) is not None:
                    yield Met(hit, name, block.text, block.kept)


def _singles(tables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a lexicon's tables for each of its phrases alone, so that none hides another."""
    for family, topic, way, phrase in phrases_of(tables):
        table = {way: [phrase]}
        yield {family: {topic: table} if topic != family else table}


def phrases_of(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the family, the topic (the family again where it has none), the way and the phrase of each phrase."""
    for family, table in tables.items():
        for name, value in table.items():
            topic, ways = (family, {name: value}) if name in WAYS else (name, value)
            for way, phrases in ways.items():
                for phrase in phrases:
                    yield family, topic, way, phrase


SHOWN = 90  # characters of a block that are shown


@subcommand.command(
    "phrases",
    "Check a phrase file, and tell which of its phrases would take article text from documents.",
    subcommand.argument("action", choices=["check"], help="check"),
    subcommand.argument("file", metavar="FILE", help="the phrase file, such as my.toml"),
    subcommand.argument("documents", nargs="*", metavar="DOCUMENT", help=subcommand.DOCUMENT),
    epilog="Exit codes: 0 the file is right and takes no article text, 1 some phrase would take some, 2 the file is wrong.",
)
def main(options: argparse.Namespace) -> int:
    """Run ``cleanarticle phrases``."""
    tables = subcommand.phrases(options.file) or {}
    listed = list(phrases_of(tables))
    lines = [f"{options.file}: {subcommand.counted(len(listed), 'phrase')}"]
    lines += [
        f"{options.file}: {topic}, inside “{phrase}” has {len(phrase)} characters; only blocks of fewer than {SHORT} are asked"
        for _, topic, way, phrase in listed
        if way == "inside" and len(phrase) >= SHORT
    ]
    met = list(meet(tables, subcommand.documents(options.documents)))
    taken = [one for one in met if one.kept]
    for one in taken:
        text = one.text if len(one.text) <= SHOWN else one.text[: SHOWN - 1] + "…"
        lines.append(f"{one.document}: {one.hit.topic} ({one.hit.how}: “{one.hit.phrase}”) would remove: {' '.join(text.split())}")
    if options.documents:
        anyway = subcommand.counted(len(met) - len(taken), "block")
        lines.append(f"{anyway} met and removed anyway, {len(taken):,} met and kept without the phrases")
    subcommand.write("\n".join(lines) + "\n")
    return subcommand.FOUND if taken else subcommand.DONE
