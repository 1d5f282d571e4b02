"""Who and when: byline, authors and date of publication, from the page's claims and from what is printed near the headline."""

from __future__ import annotations

import re
from typing import NamedTuple

from .byline import clean_author, is_person_name, read_byline
from .dateline import find_signoff, known_agency
from .dates import claimed_date, find_date
from .draft import Draft, ancestors, letters
from .label import is_stamp
from .model import Block, Kind

LONGEST = 30  # words of a credit line
LONGEST_NAMES = 12  # words of a line that holds names and nothing else
BEHIND = 6  # blocks behind the body that may hold the author's name

_AUTHOR = re.compile(
    r"(?<![a-z])(?:authors?(?!i[sz])|by-?lines?|autor(?:en|in|es|a)?|auteurs?|autore|autori|writer|reporter|verfasser|redact(?:eur|or)|redakteur|muhabir|yazar"
    r"|journalist|signature|firma|contributor|forfatter|creator)(?![a-z]*(?:izat|ity))",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOUT = re.compile(r"\bbio\b|about|affiliat|profile|related|more|comment|photo|image|caption|figure|recommend", re.IGNORECASE)
_PARTS = re.compile(r"\s?[|•·]\s?")
_JOINED = re.compile(r"\s?[/,&;]\s?|\s(?:and|und|et|y|e|og|och|en|ve|i|a|dan)\s")


class Credit(NamedTuple):
    """What stands near the headline about who and when."""

    byline: str | None
    authors: tuple[str, ...]
    published: str | None
    source: str | None


class Line(NamedTuple):
    """A printed credit."""

    index: int
    text: str
    persons: tuple[str, ...]
    org: str | None
    published: str | None
    source: str | None
    reason: str


def find(draft: Draft) -> Credit:
    """Read the credit lines and stamps of the head, and weigh them against the claims."""
    lead_words = draft.words("byline", "lead")
    lines: list[Line] = []
    published: str | None = None
    updated: str | None = None
    for index in draft.head():
        block, look = draft.blocks[index], draft.looks[index]
        if block.kind in (Kind.HEADLINE, Kind.REPEAT, Kind.CAPTION, Kind.STANDFIRST) or look.words > LONGEST or index == draft.headline_at:
            continue
        line = _read(draft, index, lead_words)
        if line is not None:
            if not lines or line.index - lines[-1].index <= BEHIND:
                lines.append(line)
            draft.take(index, Kind.BYLINE, line.reason)
        stamp = is_stamp(block.text, look, draft.language)
        if (stamp or line is not None) and block.time and index > (draft.headline_at or 0) - 3:
            published = published or claimed_date(block.time)
        if stamp:
            day = find_date(block.text, draft.language)
            if day is not None and not _update(block.text, day.start):
                published = published or day.date
            updated = updated or (day.date if day else None)
            if line is None:
                draft.take(index, Kind.TIMESTAMP, "a date and nothing else")
        elif line is None and draft.in_body(index) and look.words <= LONGEST_NAMES:
            _source_line(draft, index)
    first = lines[0] if lines else None
    return Credit(
        first.text if first else None,
        _authors(draft, lines),
        draft.claims.published or published or next((line.published for line in lines if line.published), None) or updated,
        next((line.source for line in lines if line.source), None),
    )


def _update(text: str, start: int) -> bool:
    return re.search(r"(?i)updat|aktuali|modif|ge[äa]ndert|güncel|bijgewerkt|aggiorn|oppdat|uppdat|opdat|mise? à jour|редак|обнов", text[:start]) is not None


def _source_line(draft: Draft, index: int) -> None:
    """Take a line out of the head that names the source alone."""
    found = find_signoff(draft.blocks[index].text)
    if found is not None and found.whole and found.source:
        draft.take(index, Kind.CREDIT, "names the source")


def _read(draft: Draft, index: int, lead_words: list[str]) -> Line | None:
    """Return the credit in a block: a line that reads like one, a part of a line, a name whose class calls it an author, a bare name."""
    block = draft.blocks[index]
    for part in (block.text, *_parts(block.text)):
        found = read_byline(part, lead_words, draft.language)
        if found is not None:
            if found.rest and draft.looks[index].words > LONGEST_NAMES:
                return None
            persons = tuple(name for name in found.authors if name != found.org)
            if draft.headline_at is not None and index < draft.headline_at and not all(map(is_person_name, persons)):
                return None
            return Line(index, found.text, persons, found.org, found.published, found.source, "reads like a credit line")
    if draft.looks[index].words > LONGEST_NAMES or block.text[-1:] in ".!?:":
        return None
    by_class = _called_author(block)
    pieces = _JOINED.split(_PARTS.split(block.text)[0])
    if all(map(is_person_name, pieces)):
        if by_class:
            return Line(index, block.text, tuple(pieces), None, None, None, "a name; its class calls it the author's")
        if _bare(draft, index, pieces):
            return Line(index, block.text, tuple(pieces), None, None, None, "a name alone between headline and body")
    elif by_class:
        names = tuple(name for name in clean_author(block.text) if is_person_name(name))
        if names:
            return Line(index, block.text, names, None, None, None, "a name; its class calls it the author's")
    return None


def _parts(text: str) -> list[str]:
    parts = _PARTS.split(text)
    return parts if len(parts) > 1 else []


def _called_author(block: Block) -> bool:
    """Tell by the classes of a block, of what is in it and of its parents that it names the author."""
    steps = [block.hints, *(hints for _, hints in ancestors(block, 1))]
    said = _CAMEL.sub("-", " ".join(steps))
    return _AUTHOR.search(said) is not None and not _ABOUT.search(said)


def _bare(draft: Draft, index: int, names: list[str]) -> bool:
    """Tell a line of names alone between headline and body from a heading and from somebody the story is about."""
    block = draft.blocks[index]
    if draft.headline_at is None or not draft.headline_at < index <= draft.start or block.tag.startswith("h") or block.link_share > 0.5:
        return False
    if not draft.in_body(index) and draft.page.html:
        return False
    if any(letters(name) in letters(draft.claims.site or "") for name in names):
        return False
    near = draft.looks[draft.headline_at].tokens + draft.looks[draft.start].tokens[:60] if draft.start < len(draft.looks) else []
    return not any(name.split()[-1].casefold() in near for name in names)


def _authors(draft: Draft, lines: list[Line]) -> tuple[str, ...]:
    """Return the claimed names, or the printed ones where they say more: persons for a desk, all for one of them."""
    claimed = draft.claims.authors
    printed = _distinct(name for line in lines for name in line.persons)
    if not printed:
        orgs = tuple(line.org for line in lines if line.org)
        return claimed or orgs[:1]
    persons = [name for name in claimed if is_person_name(name)]
    if not persons:
        return printed
    here, there = {letters(name) for name in printed}, {letters(name) for name in persons}
    if here > there and len(here) <= 2 * len(there) + 1:
        return printed
    if not here & there and not _stands_near(draft, persons):
        return printed
    return claimed


def _stands_near(draft: Draft, names: list[str]) -> bool:
    """Tell whether any of the claimed names stands in the head."""
    said = " ".join(draft.looks[index].folded for index in draft.head())
    return any(name.casefold().split()[-1] in said for name in names)


def _distinct(names: object) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:  # type: ignore[attr-defined]
        found.setdefault(letters(name), name)
    return tuple(found.values())


__all__ = ["Credit", "find", "known_agency"]
