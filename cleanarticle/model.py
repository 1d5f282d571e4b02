"""The types that travel: a reader makes blocks, every later stage takes blocks and returns blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, overload

SCHEMA = "cleanarticle/1"


UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Controls and halves of characters: no field of the record and no block holds one."""


class InputError(ValueError):
    """The input cannot be an article at all; the message says why and what to do."""


class Kind(StrEnum):
    """What a block is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CAPTION = "caption"
    CREDIT = "credit"
    CHROME = "chrome"
    REPEAT = "repeat"


BODY_KINDS = frozenset({Kind.PARAGRAPH, Kind.SUBHEADING, Kind.LIST_ITEM, Kind.QUOTE})
"""The kinds whose text reaches ``Article.body``."""


class Node(NamedTuple):
    """One element on the way from the root of a page to a block; a chain of them is a path."""

    parent: Node | None
    tag: str
    nth: int
    """Position among the element children of its parent, from 1; 0 for the root."""
    hints: str = ""
    """Its class, id, role and itemprop as written, and ``hidden`` where the page hides it."""


LONGEST_PATH = 64  # elements; deeper pages are made by machines, and nobody reads a longer selector


def css_path(node: Node | None) -> str | None:
    """Return the CSS selector of a node, such as ``body>div:nth-child(2)>p:nth-child(1)``.

    Beyond ``LONGEST_PATH`` elements only the innermost are given, led by ``…``.
    """
    if node is None:
        return None
    steps: list[str] = []
    here: Node | None = node
    while here is not None and len(steps) < LONGEST_PATH:
        steps.append(here.tag if here.nth == 0 else f"{here.tag}:nth-child({here.nth})")
        here = here.parent
    return ("…>" if here is not None else "") + ">".join(reversed(steps))


class Block(NamedTuple):
    """One block of the input: a line of plain text, or a paragraph, heading, list item … of a page.

    A tuple and not a dataclass because a page has a thousand of them: making one costs a third.
    """

    text: str
    """As in the input (white space folded where the page's own layout is none)."""
    kind: Kind = Kind.PARAGRAPH
    kept: bool = True
    """Its text reaches a field of the record."""
    reason: str = ""
    """The rule or the evidence, in words a person can act on."""
    start: int | None = None
    """Offset of the first character in the decoded input, plain text only."""
    end: int | None = None
    """Offset behind the last character in the decoded input, plain text only."""
    node: Node | None = None
    """Where in the page, HTML only."""
    hints: str = ""
    """Classes, ids and relations of the inline elements in the block, as written; "" for plain text."""
    link_share: float = 0.0
    """Share of the characters of ``text`` that sit inside links, 0.0 to 1.0; 0.0 for plain text."""
    time: str | None = None
    """The ``datetime`` of the first ``<time>`` in the block."""

    def marked(self, kind: Kind, kept: bool, reason: str) -> Block:
        """Return the block with another kind, ``kept`` and reason; ``_replace`` at a third of its cost."""
        return tuple.__new__(Block, (self[0], kind, kept, reason, *self[4:]))

    @property
    def tag(self) -> str:
        """The innermost block element, such as ``p``, ``h2``, ``li``; "" for plain text."""
        return "" if self.node is None else self.node.tag

    @property
    def path(self) -> str | None:
        """CSS selector of the block's element, HTML only."""
        return css_path(self.node)

    def to_dict(self) -> dict[str, Any]:
        """Return the block as it stands in the audit."""
        return {
            "kind": str(self.kind),
            "text": self.text,
            "kept": self.kept,
            "reason": self.reason,
            "start": self.start,
            "end": self.end,
            "path": self.path,
        }


class Account(Sequence[Block]):
    """The account of an input: every block, in order, kept or removed, with its reason.

    The reasons of the blocks that the scorer judged are written when somebody looks: that costs more than judging.
    """

    __slots__ = ("_blocks", "_explain")

    def __init__(self, blocks: Sequence[Block] = (), explain: Callable[[int, Block], str] | None = None) -> None:
        self._blocks = tuple(blocks)
        self._explain = explain

    def _written(self) -> tuple[Block, ...]:
        explain = self._explain
        if explain is not None:
            self._blocks = tuple(
                block if block.reason else block._replace(reason=explain(index, block)) for index, block in enumerate(self._blocks)
            )
            self._explain = None
        return self._blocks

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        return self._written()[index]

    def __len__(self) -> int:
        return len(self._blocks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self._written() == other._written()

    def __hash__(self) -> int:
        return hash(self._written())

    def __repr__(self) -> str:
        return f"Account({list(self._written())!r})"

    def __reduce__(self) -> tuple[type[Account], tuple[tuple[Block, ...]]]:
        return Account, (self._written(),)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, date and agency at the front of the lead."""

    text: str
    """As printed, without the closing dash."""
    place: str | None = None
    date: str | None = None
    """ISO 8601 day; ``--12-03`` where no year is printed."""
    agency: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the dateline as it stands in the record."""
        return {"text": self.text, "place": self.place, "date": self.date, "agency": self.agency}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page says about itself; every field may be empty. A claim is evidence, not truth."""

    headlines: tuple[str, ...] = ()
    """Most trusted first: JSON-LD headline, OpenGraph title, ``<title>`` …, without duplicates."""
    site: str | None = None
    """The name of the site or publisher."""
    standfirsts: tuple[str, ...] = ()
    """JSON-LD description, OpenGraph and meta descriptions, most trusted first."""
    authors: tuple[str, ...] = ()
    """Names as claimed, in order, cleaned of addresses and duplicates."""
    published: str | None = None
    """ISO 8601 day, or time with its zone when given."""
    url: str | None = None
    """The page's canonical address."""
    language: str | None = None
    """ISO 639-1."""
    body: str | None = None
    """JSON-LD ``articleBody``, where given as text."""
    types: tuple[str, ...] = ()
    """schema.org and OpenGraph types, such as ``NewsArticle``, ``article``, ``Product``."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader returns: the meeting point of HTML and plain text."""

    blocks: Sequence[Block]
    claims: Claims = field(default_factory=Claims)
    html: bool = False
    warnings: tuple[str, ...] = ()
    source: str = ""
    """The page as it came, for the witness; "" for plain text."""


@dataclass(frozen=True, slots=True)
class Article:
    """The record. Field by field it is the JSON that the command prints."""

    url: str | None = None
    language: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    published: str | None = None
    source: str | None = None
    body: str = ""
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()
    blocks: Sequence[Block] = field(default_factory=Account)
    """The account of the input: every block, in order."""
    encoding: str | None = None
    """The charset the bytes were read with; None when text was given."""

    @property
    def fingerprint(self) -> str | None:
        """Sketch of the body, 32 hexadecimal digits: copies of one text agree in at least half of them, place by place."""
        from .fingerprint import sketch

        return sketch(self.body)

    def to_html(self) -> str:
        """Return the audit page: one HTML file with the input in order, what was removed and why, and the record."""
        from .audit import to_html

        return to_html(self)

    def to_dict(self, *, audit: bool = False) -> dict[str, Any]:
        """Return the record as plain data, keys in the order of the contract; with ``audit`` the blocks too."""
        record: dict[str, Any] = {
            "schema": SCHEMA,
            "url": self.url,
            "language": self.language,
            "headline": self.headline,
            "standfirst": self.standfirst,
            "byline": self.byline,
            "authors": list(self.authors),
            "dateline": None if self.dateline is None else self.dateline.to_dict(),
            "published": self.published,
            "source": self.source,
            "body": self.body,
            "confidence": self.confidence,
            "warnings": list(self.warnings),
            "fingerprint": self.fingerprint,
        }
        if audit:
            record["encoding"] = self.encoding
            record["blocks"] = [block.to_dict() for block in self.blocks]
        return record
