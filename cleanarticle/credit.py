"""Who and when: byline, authors and date of publication, from the page's claims and from what is printed near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .byline import Byline, clean_author, has_surname, is_person_name, read_byline, read_run_in, without_place, words
from .dateline import HEAD, REGION, find_signoff, known_agency, place_trust, split_dateline
from .dates import Found, claimed_date, clock, dated
from .draft import ABOVE, BELOW, STAMP_WORDS, Draft, ancestors, letters
from .features import BLANK_LINE
from .lexicon import fold
from .model import Block, Kind

LONGEST = 30  # words of a credit line
LONGEST_DATED = 24  # words of a line that holds a name, a desk and the dates of publication and update
LONGEST_NAMES = 12  # words of a line that holds names and nothing else
BEHIND = 12  # blocks behind the body that may hold the author's name and the date
MENU = 0.9  # of a list item's characters in links: a menu, not a credit
UNDER = 3  # blocks under the headline in which a name that the scorer dropped may be the author's

_NO_CREDIT = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "button", "figcaption"))

_AUTHOR = re.compile(
    r"(?<![a-z])(?:authors?(?!i[sz])|by-?lines?|autor(?:en|in|es|a)?|auteurs?|autore|autori|writer|reporter|verfasser|redact(?:eur|or)|redakteur|muhabir|yazar"
    r"|journalist|signature|firma|contributor|forfatter|creator)(?![a-z]*(?:izat|ity))",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOUT = re.compile(r"\bbio\b|about|affiliat|profile|related|more|comment|photo|image|caption|figure|recommend", re.IGNORECASE)
_PARTS = re.compile(r"\s?[|•·]\s?")
_GAPS = re.compile(r"\s?[|•·]\s?|\u3000+|\s{2,}")
_ASIDE = re.compile(r"\s\([^()\d]{3,30}\)$")
"""Where or as what somebody reports: ``Jane Roe (special correspondent)``."""
_JOINED = re.compile(r"\s?[/,&;]\s?|\s(?:and|und|et|y|e|og|och|en|ve|i|a|dan)\s")


class Credit(NamedTuple):
    """What stands near the headline about who and when."""

    byline: str | None
    authors: tuple[str, ...]
    published: str | None
    source: str | None


class Line(NamedTuple):
    """A printed credit."""

    at: int
    text: str
    persons: tuple[str, ...]
    org: str | None
    published: str | None
    source: str | None
    reason: str
    bare: bool = False
    """A name and nothing that says whose: neither a word such as "By", nor a class, nor a date."""


def find(draft: Draft) -> Credit:
    """Read the credit lines and stamps of the head, and weigh them against the claims; without any, look behind the body."""
    lead_words, menu = tuple(draft.words("byline", "lead")), _menu(draft)
    origin = tuple(lead for lead in draft.words("source", "lead") if lead[-1] in ":：")
    lines: list[Line] = []
    sources: list[str] = []
    dates, updates, above = days = _Days([], [], [])
    for index in _head(draft):
        block, look = draft.blocks[index], draft.looks[index]
        if block.kind in _TAKEN or look.words > LONGEST or index == draft.headline_at:
            continue
        line = _read(draft, index, lead_words, menu)
        if line is not None and line.org is not None and not line.persons and look.folded.startswith(origin):
            sources.append(line.org)
            draft.take(index, Kind.CREDIT, "names the source")
        elif line is not None:
            lines.append(line)
            draft.take(index, Kind.BYLINE, line.reason)
        _date(draft, index, days)
        if draft.is_stamp(index):
            if line is None:
                draft.take(index, Kind.TIMESTAMP, "a date and nothing else")
        elif line is None and draft.in_body(index) and look.words <= LONGEST_NAMES:
            _source_line(draft, index)
    body = draft.body()
    _clocks(draft, body)
    _contacts(draft, body)
    lines.sort(key=lambda line: (_above(draft, line.at), line.bare))  # a line above is the last resort, a name alone one before
    if not lines and not any(is_person_name(name) and not _is_site(name, draft.claims.site) for name in draft.claims.authors):
        lines = _behind_lines(draft, lead_words)
    if not any(days) and draft.claims.published is None:
        dates = _behind_dates(draft, lines)
    printed = [*dates, *(line.published for line in lines if line.published), *updates, *above]
    return Credit(
        lines[0].text if lines else None,
        _authors(draft, lines),
        draft.claims.published or (printed[0] if printed else None),
        next((line.source for line in lines if line.source), None) or next(iter(sources), None) or _claimed_agency(draft),
    )


def behind_headline(text: str) -> tuple[str, Byline] | None:
    """Split a headline from the credit that a text has in the same line behind a colon: ``Pier stays shut by: Jane Roe``.

    Without the colon it may be the title of a book, or what the story is about.
    """
    found = _BEHIND_HEADLINE.search(text)
    if found is None or found["lead"].casefold() not in words().lead:
        return None
    credit = read_byline(text[found.start("lead") :])
    if credit is None or credit.rest or not credit.authors or not all(map(is_person_name, credit.authors)):
        return None
    return text[: found.start()], credit


_BEHIND_HEADLINE = re.compile(r"(?<=\S)\s(?P<lead>[^\W\d_]{1,10})\s?[:：]\s?[^\s:：][^:：]{3,60}$")


def glued(draft: Draft, who: Credit) -> tuple[Credit, dict[int, str]]:
    """Read a byline that is glued to the front of the lead; return the credit with it, and the lead without it."""
    lead_words = tuple(draft.words("byline", "lead"))
    for index in range(draft.top, min(draft.first + 2, len(draft.blocks))):
        if draft.in_body(index):
            found = read_run_in(draft.blocks[index].text, lead_words, draft.language)
            if found is not None:
                byline, authors = who.byline or found.text, who.authors or found.authors
                who = who._replace(byline=byline, authors=authors, source=who.source or found.source)
                return _dated(draft, who, index, found.rest), {index: found.rest}
            who = _dated(draft, who, index, draft.blocks[index].text)
    return who, {}


def _dated(draft: Draft, who: Credit, index: int, lead: str) -> Credit:
    """Return the credit with the day of the lead's dateline, where nothing else gives one and the dateline has its year."""
    if who.published is not None or not dated(lead[:HEAD]):
        return who
    found = split_dateline(lead, draft.language)
    day = None if found is None else found[0].date
    return who if day is None or day.startswith("-") else who._replace(published=day)


def _head(draft: Draft) -> range:
    """Return the head's places; where a text has a paragraph above its headline, those below the headline too."""
    head = draft.head()
    at = draft.headline_at
    if draft.page.html or at is None or at < draft.start:
        return head
    return range(head.start, min(max(head.stop, at + 1 + BELOW), len(draft.blocks)))


def _clocks(draft: Draft, body: Sequence[int]) -> None:
    """Take the times of a live blog's posts out of the body: newest first, running text under each.

    Times that rise are a story's own: what happened when, the programme of a day.
    """
    here = range(max(0, body[0] - 1), body[-1] + 1) if body else range(0)
    short = [index for index in here if draft.looks[index].words <= LONGEST_TIME]
    times = [(index, time) for index in short if (time := clock(draft.blocks[index].text)) is not None]
    if len(times) < FEWEST_POSTS or any(later > earlier for (_, earlier), (_, later) in pairwise(times)) or times[0][1] == times[-1][1]:
        return
    ends = [index for index, _ in times[1:]] + [times[-1][0] + LONGEST_POST]
    told = sum(any(look.prose for look in draft.looks[index + 1 : end]) for (index, _), end in zip(times, ends, strict=True))
    for index, _ in times if told >= len(times) - 1 else ():
        draft.take(index, Kind.TIMESTAMP, "the time of a post", kept=False)


FEWEST_POSTS = 3
LONGEST_TIME = 4  # words: "4:42 p.m. ET"
LONGEST_POST = 6  # blocks of the last post in which its text begins


def _contacts(draft: Draft, body: Sequence[int]) -> None:
    """Take the open lines above and below a release that say whom to write to out of the body."""
    for index in {*(index for index in body[:LINES_OF_CONTACT] if index < draft.first), *body[-LINES_OF_CONTACT:]}:
        text = draft.blocks[index].text
        if "@" not in text:
            continue
        look = draft.looks[index]
        if look.words <= LONGEST_CONTACT and not look.closed and _ADDRESS.search(text):
            draft.take(index, Kind.CHROME, "an address to write to", kept=False)
            _whose(draft, index)


def _whose(draft: Draft, index: int) -> None:
    """Take the few lines of a text that stand together with an address, below a blank line: a name, a title, a firm."""
    gaps = draft.table["gap"]
    start = index
    while start and gaps[start] < BLANK_LINE:
        start -= 1
        if draft.looks[start].words > LONGEST_CONTACT or draft.looks[start].closed:
            return
    if draft.page.html or index - start > LINES_OF_CONTACT:
        return
    for above in range(start, index):
        if draft.in_body(above):
            draft.take(above, Kind.CHROME, "stands with an address to write to", kept=False)


LINES_OF_CONTACT = 4  # blocks at either end of the body
LONGEST_CONTACT = 20  # words: a name, a title, a firm, a telephone number and an address
_ADDRESS = re.compile(r"(?<!\S)\(?[\w.+-]{1,40}@[\w-]{1,30}(?:\.[\w-]{2,20}){1,3}\)?(?!\S)")


def _above(draft: Draft, index: int) -> bool:
    return draft.headline_at is not None and index < draft.headline_at


def _below(draft: Draft, index: int) -> bool:
    return draft.headline_at is not None and index > draft.headline_at


_CREDIT_TOPICS = frozenset(("author", "meta", "credit", "source-note"))
"""Topics of the lexicons whose phrases may begin a credit."""
_TAKEN = frozenset((Kind.HEADLINE, Kind.DATELINE, Kind.REPEAT, Kind.CAPTION, Kind.STANDFIRST))


class _Days(NamedTuple):
    """The dates of a head."""

    dates: list[str]
    updates: list[str]
    above: list[str]
    """Those above the headline of a text: the site's today, the last day of a film's offer."""


def _date(draft: Draft, index: int, days: _Days) -> None:
    """Note the date of a block of the head: its <time>, or what a stamp prints."""
    block, look = draft.blocks[index], draft.looks[index]
    day = draft.day(index)
    if (
        (block.link_share > 0.5 and not _under(draft, index))
        or (look.prose and not (draft.is_stamp(index) and index > (draft.headline_at or 0)))
        or (day is None and not block.time)
    ):
        return
    update = day is not None and _update(block.text, day.start)
    noted = days.above if _above(draft, index) and not draft.page.html else days.updates if update else days.dates
    claimed = claimed_date(block.time) if block.time else None
    if claimed is not None and (draft.headline_at is None or index >= draft.headline_at - 3):
        noted.append(claimed)
    elif day is not None and (draft.is_stamp(index) or (_under(draft, index) and day.start == 0) or _labelled_day(draft, index, day)):
        noted.append(day.date)


def _labelled_day(draft: Draft, index: int, day: Found) -> bool:
    """Tell a line that says what day it gives: ``Article posted on May 5, 2024, by Jane Roe``."""
    label = fold(draft.blocks[index].text[: day.start] + "x")[:-1].rstrip(" :")
    leads = draft.words("timestamp", "lead")
    return 0 < len(label.split()) <= LONGEST_LABEL and any(
        label.endswith(lead.rstrip(" :")) for lead in leads if len(lead) > SHORTEST_LABEL
    )


LONGEST_LABEL = 4  # words
SHORTEST_LABEL = 4  # characters; "on", "as of" are said in any line


def _under(draft: Draft, index: int) -> bool:
    """Tell a short line straight under the headline."""
    return draft.headline_at is not None and 0 < index - draft.headline_at <= UNDER and draft.looks[index].words <= LONGEST_NAMES


def _behind(draft: Draft) -> range:
    """Return the places straight behind the body, a date at its end among them; of a text, where links may follow, fewer."""
    last = next((index for index in reversed(draft.body()) if not _is_last_line(draft, index)), None)
    reach = BEHIND if draft.page.html else UNDER
    return range(0) if last is None else range(last + 1, min(last + reach + 1, len(draft.blocks)))


def _is_last_line(draft: Draft, index: int) -> bool:
    """Tell a date, or a credit with its label, that the scorer took for the body's last line."""
    count = draft.looks[index].words
    return (count <= STAMP_WORDS and draft.is_stamp(index)) or (count <= LONGEST_NAMES and _label_first(draft.blocks[index].text))


def _behind_lines(draft: Draft, lead_words: tuple[str, ...]) -> list[Line]:
    """Return the credit that stands behind the body and says that it is one."""
    for index in _behind(draft):
        block = draft.blocks[index]
        if block.link_share < 0.9 and draft.looks[index].words <= LONGEST_NAMES:
            if not draft.page.html and not _label_first(block.text):  # the names of linked stories have a "By" as well
                continue
            found = read_byline(_labelled(block.text), lead_words, draft.language)
            led = found is not None and found.authors != () and not block.text.startswith(found.authors[0])
            if found is not None and led and all(map(is_person_name, found.authors)):
                draft.take(index, Kind.BYLINE, "a credit behind the body")
                return [Line(index, found.text, found.authors, None, found.published, found.source, "")]
    return []


def _label_first(text: str) -> bool:
    """Tell ``Author: Jane Roe`` and ``Autorin/Autor Jane Roe`` from ``By Jane Roe``."""
    labelled = _labelled(text)
    return labelled != text or labelled.partition(":")[0].strip().casefold() in words().colon


def _labelled(text: str) -> str:
    """Return a label without its colon, as tables print it, with one: ``Autorin/Autor Jane Roe``."""
    label, _, rest = text.partition(" ")
    known = words()
    folded = label.casefold().rpartition("/")[2]
    return f"{folded}: {rest}" if folded in known.colon and is_person_name(rest) else text


def _behind_dates(draft: Draft, lines: Sequence[Line]) -> list[str]:
    """Return the date that stands behind the body with a label, or beside the credit there."""
    credits = {line.at + step for line in lines for step in (-1, 1)}
    leads = {lead.rstrip(":") for lead in draft.words("timestamp", "lead")}
    for index in _behind(draft):
        block, day = draft.blocks[index], draft.day(index)
        if block.link_share < 0.2 and draft.is_stamp(index):
            label = block.text[: day.start].strip(" :").casefold() if day else ""
            if day is not None and (label in leads or index in credits or _changed(draft, day, block.text)):
                draft.take(index, Kind.TIMESTAMP, "a labelled date behind the body")
                return [day.date]
    return []


def _changed(draft: Draft, day: Found, text: str) -> bool:
    """Tell a date with the day of a change behind it: ``5 gennaio 2025 (modifica il 6 gennaio 2025)``."""
    return day.start == 0 and words().updated.find(text, day.end, len(text)) is not None


def _update(text: str, start: int) -> bool:
    """Tell by what stands before a date that it is the day of a change."""
    return words().updated.find(text, 0, start) is not None


def _source_line(draft: Draft, index: int) -> None:
    """Take a line out of the head that names the source alone."""
    found = find_signoff(draft.blocks[index].text)
    if found is not None and found.whole and found.source:
        draft.take(index, Kind.CREDIT, "names the source")


def _read(draft: Draft, index: int, lead_words: tuple[str, ...], menu: frozenset[str]) -> Line | None:
    """Return the credit in a block: a line that reads like one, a part of a line, a name whose class calls it an author, a bare name."""
    block, look, day = draft.blocks[index], draft.looks[index], draft.day(index)
    if look.hit is not None and look.hit.how != "inside" and day is None and look.hit.topic not in _CREDIT_TOPICS:
        return None
    if look.words < 2 and not draft.page.html and _below(draft, index) and known_agency(block.text) and _beside_date(draft, index):
        return Line(index, block.text, (), block.text, None, block.text, "an agency beside the date", bare=True)
    if (look.words < 2 and block.text.isascii()) or block.tag == "button" or (block.tag == "li" and block.link_share > MENU):
        return None
    parts = _parts(block.text, day)
    line = _credited(draft, index, (block.text, *parts), lead_words)
    if line is not None or look.words > (LONGEST_DATED if day else LONGEST_NAMES) or block.text[-1:] in ".!?:":
        return line
    line = _named(draft, index, parts, lead_words, menu)
    if line is None and index and _is_lead(draft, index - 1, lead_words):  # a desk behind the "By" on the line above
        lead = draft.blocks[index - 1].text
        line = _credited(draft, index, (f"{lead} {block.text}",), lead_words)
        line = None if line is None else line._replace(text=line.text.removeprefix(lead).strip())
    return line


def _credited(draft: Draft, index: int, parts: Sequence[str], lead_words: Sequence[str]) -> Line | None:
    """Return the credit in a block that reads like one, as a whole or in a part."""
    block, day = draft.blocks[index], draft.day(index)
    for part in parts:
        found = read_byline(part, lead_words, draft.language)
        if found is None:
            continue
        if found.rest and draft.looks[index].words > LONGEST_NAMES:
            return None
        persons = tuple(name for name in found.authors if name != found.org)
        if _above(draft, index) and not all(map(is_person_name, persons)):
            return None
        published = found.published or _own_day(block, day)
        return Line(index, found.text, persons, found.org, published, found.source, "reads like a credit line")
    return None


def _named(draft: Draft, index: int, parts: Sequence[str], lead_words: Sequence[str], menu: frozenset[str]) -> Line | None:
    """Return the names in a block that has no word of a credit: its class, its date or its place says whose they are."""
    block, day = draft.blocks[index], draft.day(index)
    by_class = draft.page.html and _called_author(block, draft.authored)
    text = _split(block.text)[0]
    if day is not None and any(map(str.isdigit, text)):
        text = _names_in(parts) or text
    parted = text != block.text
    if not draft.page.html:
        text = _HANDLE.sub("", text.strip(_EDGES + "&")) if "@" in text else text.strip(_EDGES + "&")
        text = _FOOTNOTE.sub("", text) if text[-1:].isdigit() else text
    pieces = tuple(_JOINED.split(_ASIDE.sub("", text)))
    agency = pieces[-1] if len(pieces) > 1 and known_agency(pieces[-1]) and text.split()[0].casefold() not in words().lead else None
    pieces = pieces if agency is None else pieces[:-1]
    published = _own_day(block, day)
    if all(map(is_person_name, pieces)):
        if not by_class and any(_is_topic(name, draft.language, menu) for name in pieces):
            return None
        pieces = tuple(next(iter(clean_author(name)), name) for name in pieces)
        if by_class:
            return Line(index, text, pieces, None, published, None, "a name; its class calls it the author's")
        if parted and (draft.page.html or not _above(draft, index)):
            return Line(index, text, pieces, None, published, agency, "a name alone between headline and body", day is None)
        led = _after_lead(draft, index, lead_words)
        if led or _bare(draft, index, pieces):
            return Line(index, text, pieces, None, published, agency, "a name alone between headline and body", not led)
    elif by_class:
        names = tuple(name for name in clean_author(block.text) if is_person_name(name))
        if names:
            return Line(index, block.text, names, None, published, None, "a name; its class calls it the author's")
    return None


def _menu(draft: Draft) -> frozenset[str]:
    """Return what the menus of a page above its headline link to, folded."""
    if not draft.page.html:
        return frozenset()
    end = draft.first if draft.headline_at is None else draft.headline_at
    above = zip(draft.blocks[:end], draft.looks, strict=False)
    return frozenset(look.folded for block, look in above if block.tag == "li" and look.words <= LONGEST_TOPIC and block.link_share > MENU)


def _is_topic(name: str, language: str | None, menu: frozenset[str]) -> bool:
    """Tell a country, a section that the menu links to as well, and a label in Chinese from a person's name."""
    if fold(name) in menu or place_trust(name) >= REGION:
        return True
    return language == "zh" and _HAN.fullmatch(name) is not None and not has_surname(name)


LONGEST_TOPIC = 5  # words
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_HANDLE = re.compile(r"\s\(?@\w{2,30}\)?$")
"""@janeroe"""
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
"""The raised number behind an author's name."""


def _own_day(block: Block, day: Found | None) -> str | None:
    """Return the day on a line of a credit, None where it is called the day of a change."""
    return day.date if day is not None and not _update(block.text, day.start) else None


def _is_lead(draft: Draft, index: int, lead_words: Sequence[str]) -> bool:
    """Tell a line that says "By" and nothing else."""
    look = draft.looks[index]
    return look.words <= LONGEST_LABEL and (look.folded in lead_words or look.folded in words().lead)


def _names_in(parts: Sequence[str]) -> str | None:
    """Return the names in the parts of a dated line, such as ``Dec 26, 2025 • Jane Roe in Markets``, ``Jane Roe / John Doe Madrid``."""
    for part in map(without_place, parts):
        name = next(iter(clean_author(part)), "")
        if is_person_name(name) and part.startswith(name):
            names = _JOINED.split(part)
            several = (
                len(names) > 1 and "," not in part and all(is_person_name(other) and clean_author(other) == (other,) for other in names)
            )
            return part if several else name
    return None


def _parts(text: str, day: Found | None) -> list[str]:
    """Return the parts of a line between its separators, and what stands before and behind its date."""
    parts = _split(text)
    found: list[str] = [] if len(parts) == 1 else parts[:6]
    if day is not None:
        front = text[: day.start].rstrip()
        found += (text[day.end :].strip(_EDGES), "" if front.endswith(":") else front.strip(_EDGES))
        lead = _POSTED.search(text, day.end)
        if lead is not None:
            found.append(f"{text[lead.start() :]} | {text[day.start : day.end]}")  # beside a date one word may be a name
    return [part for part in found if len(part) > 3 and part != text]


def _split(text: str) -> list[str]:
    """Return what stands between the strokes, the dots and the gaps of a line."""
    if "  " in text or "\u3000" in text:
        return _GAPS.split(text)
    return _PARTS.split(text) if "|" in text or "·" in text or "•" in text else [text]


_EDGES = " ,.;:/|•·–—-"
_POSTED = re.compile(r"\b(?:by|von|por|par|di|door|av|af)\s", re.IGNORECASE)


def _called_author(block: Block, known: dict[str, bool]) -> bool:
    """Tell by the classes of a block, of what is in it and of its parent that it names the author; ``known`` remembers them."""
    said = " ".join((block.hints, *(hints for _, hints in ancestors(block, 1))))
    found = known.get(said)
    if found is None:
        words = _CAMEL.sub("-", said)
        found = known[said] = _AUTHOR.search(words) is not None and not _ABOUT.search(words)
    return found


def _bare(draft: Draft, index: int, names: Sequence[str]) -> bool:
    """Tell a line of names alone between headline and body from a heading, a topic, and somebody the story is about."""
    block = draft.blocks[index]
    headline_at = draft.headline_at
    if draft.looks[index].hit is not None or any(name > "\u0590" for name in names):
        return False  # two to four characters are a name as well as a button
    if headline_at is None or block.tag in _NO_CREDIT or index <= headline_at:
        return False
    if index > draft.start and (draft.page.html or not _beside_date(draft, index)):
        return False
    far = not draft.page.html and index - headline_at > UNDER and index < draft.first - ABOVE
    if far and not (_beside_date(draft, index) or _beside_role(draft, index)):
        return False
    if draft.page.html and not draft.in_body(index) and not (index - headline_at <= UNDER and _beside_date(draft, index)):
        return False
    site = letters(draft.claims.site or "")
    if any(tag in ("li", "nav") for tag, _ in ancestors(block, 2)) or any(letters(name) in site for name in names):
        return False
    near = draft.looks[headline_at].tokens + (draft.looks[draft.start].tokens[:60] if draft.start < len(draft.looks) else [])
    return not any(name.split()[-1].casefold() in near for name in names)


def _is_site(name: str, site: str | None) -> bool:
    """Tell the publisher's name from a person's: the site's stands at its front, or is its end, or is made of its initials.

    >>> _is_site("MDR Sachsen", "MDR"), _is_site("Deutsche Welle", "DW.COM"), _is_site("Edita El Muelle", "El Muelle")
    (True, True, True)
    >>> _is_site("Jane Roe", "MDR"), _is_site("Jane Roe", "Roe")
    (False, False)
    """
    site = (site or "").partition(".")[0]
    own = letters(site)
    initials = "".join(word[0] for word in name.split()).casefold()
    ends = " " in site and letters(name).endswith(own)  # a person may have a site of one name
    return len(own) > 1 and (letters(name.split()[0]) == own or letters(name) == own or initials == own or ends)


def _claimed_agency(draft: Draft) -> str | None:
    """Return the agency among the claimed authors; none where it is the site's own story."""
    own = letters(draft.claims.site or "")
    agencies = (name for name in draft.claims.authors if known_agency(name))
    return next((name for name in agencies if not own or not (own in letters(name) or letters(name) in own)), None)


def _after_lead(draft: Draft, index: int, lead_words: Sequence[str]) -> bool:
    """Tell a name under a line that says "By" and nothing else; other names may stand between, read or not."""
    for above in range(index - 1, max(-1, index - 5), -1):
        if _is_lead(draft, above, lead_words):
            return True
        if draft.blocks[above].kind is not Kind.BYLINE and draft.looks[above].words > 1:
            return False
    return False


def _beside_date(draft: Draft, index: int) -> bool:
    """Tell a block that has a short line with a date above or below it."""
    for at in (index - 1, index + 1):
        if 0 <= at < len(draft.blocks) and draft.looks[at].words <= LONGEST_NAMES and draft.day(at) is not None:
            return True
    return False


def _beside_role(draft: Draft, index: int) -> bool:
    """Tell a name with a reporter's work on the line below: ``Corresponsal en Atenas``."""
    tokens = draft.looks[index + 1].tokens if index + 1 < len(draft.blocks) else []
    return 0 < len(tokens) <= LONGEST_ROLE and not words().newsroom.isdisjoint(tokens)


LONGEST_ROLE = 4  # words


def _authors(draft: Draft, lines: list[Line]) -> tuple[str, ...]:
    """Return the claimed names, or the printed ones where they say more: persons for a desk, all for one of them."""
    claimed = draft.claims.authors
    persons = [name for name in claimed if is_person_name(name) and not _is_site(name, draft.claims.site)]
    there = {letters(name) for name in persons}
    first = next((line for line in lines if there and there & set(map(letters, line.persons))), None)
    if first is None and lines and lines[0].org and not claimed and not (lines[0].bare and any(line.persons for line in lines)):
        return (lines[0].org,)
    first = first or next((line for line in lines if line.persons), None)
    if first is None:
        return claimed
    alike = (line for line in lines if draft.shape(line.at) == draft.shape(first.at)) if draft.page.html else _run(lines, first)
    printed = _distinct(name for line in alike for name in line.persons if not _is_site(name, draft.claims.site)) or first.persons
    if not persons:
        return printed
    here = set(map(letters, printed))
    more = here > there and len(here) <= 2 * len(there) + 1 and all(map(is_person_name, printed))
    if more or (not here & there and not _stands_near(draft, persons)):
        return printed
    return claimed


def _run(lines: Sequence[Line], first: Line) -> list[Line]:
    """Return the credits of a text that stand on lines of their own, one straight below the other."""
    run: list[Line] = []
    for line in sorted(lines, key=lambda line: line.at):
        if line.reason == first.reason and line.bare == first.bare:
            if run and line.at - run[-1].at > LONGEST_GAP and run[-1].at < first.at:
                run.clear()
            if not run or line.at - run[-1].at <= LONGEST_GAP:
                run.append(line)
    return run if first in run else [first]


LONGEST_GAP = 2  # lines from one name to the next: a "…" or an "and" may stand between


def _stands_near(draft: Draft, names: list[str]) -> bool:
    """Tell whether any of the claimed names stands in the head."""
    said = " ".join(draft.looks[index].folded for index in draft.head())
    return any(name.casefold().split()[-1] in said for name in names)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(letters(name), name)
    return tuple(found.values())
