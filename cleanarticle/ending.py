"""What stands at the end of a body and is no part of it: sign-offs, sources, read-more lines, teasers, biographies; quotes said twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from .byline import is_person_name, words
from .dateline import find_signoff, known_agency
from .draft import Draft, letters, name_words
from .features import Look, tokens_of
from .lexicon import fold
from .model import Kind
from .structure import HEADINGS

CLOSING = 2  # kept blocks at the very end in which anybody may be the author whom the story does not speak of
APART = 2  # dropped blocks between the story and what breaks off behind it, and within that
UNDER = 4  # blocks under the heading "About the author", or a name alone, in which that is told
NAME = 3  # words of it
LONGEST_HEAD = 6  # words of that heading
NEAR = 2  # blocks under other words for authors
DREGS = 0.1  # share of the body's words that may stand behind a biography that has gone
SHORTEST_LIFE = 16  # words of what tells there who the author is; a reporter's last line on somebody new is shorter
LAST = 4  # kept blocks at the end in which sign-offs and biographies are looked for
NEARLY_ALL = 0.8  # share of the body's words above what stands behind the story, and the blocks in which biographies are looked for too
MOST_CLOSING = 100  # of those blocks
FIRST = 2  # kept blocks at the beginning in which a biography may stand
MOST_NAMED = 5  # words of a name and the verb behind it
WORK = 12  # words in which a biography comes to a person's work
STAMP = 7  # words and numbers of a date with its time
SHORT = 12  # words of a source line
MOST_IDLE = 2  # headings at the end of a body with nothing under them; more are a list the story gives
BESIDE = 20  # letters beside an author's name in a line that is no prose
LONGEST_SIGNOFF = 90  # words of a closing credit with all its desks
LONGEST_LINK = 30  # words of a read-more line
SHORTEST_QUOTE = 20  # letters; shorter lines may stand twice for good reason
BEHIND = 8  # blocks behind the body in which the source is named

_INITIALS = re.compile(r"[(\[][a-zäöüß]{2,4}(?:[/,.;]\s?[a-zäöüß]{2,4}){0,3}[)\]]|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}")
_LAST_INITIALS = re.compile(r"[a-zäöüß]{2,4}|[A-ZÄÖÜ]{2,6}\s?\([a-z]{2,4}\)")
"""On the last line alone."""
BULLETS = " -–—*•·▪●►▶»>|[("
_POINTER = frozenset(":|»>→")
"""What parts the words of a read-more line from the title it points to."""


def trim(draft: Draft) -> tuple[str | None, dict[int, str]]:
    """Take the ends out of the body; return the source they name, and the texts of paragraphs whose tail was cut."""
    _teasers(draft)
    body = draft.body()
    _read_more(draft, body)
    _pull_quotes(draft, body)
    source, tails = _signoffs(draft)
    _idle_headings(draft)
    return source or _named_source(draft), tails


def _teasers(draft: Draft) -> None:
    """Take out what breaks off behind the story: last paragraphs that end in an ellipsis and stand apart, and the titles above them."""
    body = draft.body()
    end, apart = len(body), 0
    while end > LAST and draft.blocks[body[end - 1]].text.endswith(_BREAKS_OFF):
        start, above = end - 1, draft.looks[body[end - 2]]
        if not _dropped_above(draft, body, start) and not above.closed and above.words <= LONGEST_LINK:
            start -= 1
        dropped = _dropped_above(draft, body, start)
        if not dropped:
            break
        end, apart = start, apart + dropped
    if apart >= APART:
        for index in body[end:]:
            draft.take(index, Kind.CHROME, "breaks off behind the story", kept=False)


def _dropped_above(draft: Draft, body: Sequence[int], place: int) -> int:
    """Return how many blocks of the site stand between a block of the body and the one before."""
    return sum(block.kind is Kind.CHROME for block in draft.blocks[body[place - 1] + 1 : body[place]])


_BREAKS_OFF = ("...", "…", "...]", "…]")


def _read_more(draft: Draft, body: list[int]) -> None:
    leads, loud = tuple(draft.words("related", "lead")), tuple(draft.words("related", "loud"))
    for index in body:
        look = draft.looks[index]
        if look.words > LONGEST_LINK or not look.folded.startswith(leads + loud):
            continue
        behind = (look.folded[len(lead) :].lstrip()[:1] for lead in leads if look.folded.startswith(lead))
        if any(mark in _POINTER for mark in behind) or _shouts(draft.blocks[index].text, look, leads, loud):
            draft.take(index, Kind.CHROME, "points to another story", kept=False)


def _shouts(text: str, look: Look, leads: tuple[str, ...], loud: tuple[str, ...]) -> bool:
    """Tell a pointer by its word in capitals: ``PHOTOS: The pier after the storm``, ``READ the director's letter:``."""
    text = text.lstrip(BULLETS)
    if look.closed and text[-1] not in "?!":
        return False
    for lead in leads + loud:
        front, rest = text[: len(lead)], text[len(lead) :].lstrip()
        if not rest or not front.isupper() or front.casefold() != lead:
            continue
        if rest[0] in _POINTER or (text[-1] in ":：" and look.words <= SHORT and not rest.split(None, 1)[0].isupper()):
            return True
    return False


def _pull_quotes(draft: Draft, body: list[int]) -> None:
    """Mark a short block that stands, word for word, inside a paragraph of the body."""
    short = [index for index in body if draft.looks[index].words <= LONGEST_LINK and draft.in_body(index) and _may_quote(draft, index)]
    if not short:
        return
    short = [index for index in short if len(draft.blocks[index].text) >= SHORTEST_QUOTE]
    quotes = set(short)
    others = [index for index in body if index not in quotes] if short else []
    said = frozenset().union(*(draft.looks[index].content for index in others))
    for index in short:
        words, longest = _inner_words(draft.looks[index])  # they say at once in which paragraphs to look
        near = [i for i in others if words <= draft.looks[i].content and longest in draft.looks[i].folded] if words <= said else ()
        if near and len(draft.letters(index)) >= SHORTEST_QUOTE and any(draft.letters(index) in draft.letters(other) for other in near):
            draft.take(index, Kind.REPEAT, "a quote from a paragraph of the body", kept=False)


def _inner_words(look: Look) -> tuple[frozenset[str], str]:
    """Return the longer words of a quote that stand whole in what it is from, and its longest run of letters.

    The outer words may go on there, and an apostrophe may be another.
    """
    outer = (look.tokens[0].strip(_MARKS), look.tokens[-1].strip(_MARKS)) if look.tokens else ()
    words = frozenset(word for word in look.content if word not in outer and "'" not in word and "’" not in word)
    return words, max(_LETTERS.findall(look.folded), key=len, default="")


_GOES_ON = re.compile(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]")
"""A second sentence."""
_LETTERS = re.compile(r"[^\W_]+")
_MARKS = "\"'.,;:!?()[]«»-"


def _may_quote(draft: Draft, index: int) -> bool:
    """Tell a quote set apart from a subheading, which may quote too."""
    block = draft.blocks[index]
    if block.kind is Kind.SUBHEADING or block.tag in ("", "h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    return block.kind is Kind.QUOTE or block.tag != "p" or draft.shape(index) not in draft.series


def _signoffs(draft: Draft) -> tuple[str | None, dict[int, str]]:
    """Take the closing lines out, and cut the closing tail of the last paragraph."""
    source: str | None = None
    closing = draft.body()[-LAST:]
    for index in reversed(closing):
        text = draft.blocks[index].text.lstrip("–—-•* ")
        short = draft.looks[index].words <= (LONGEST_SIGNOFF if index == closing[-1] else LONGEST_LINK)
        found = find_signoff(text) if short else None
        ends = not any(map(draft.in_body, (behind for behind in closing if behind > index)))
        whole = (found is not None and found.whole) or (ends and _LAST_INITIALS.fullmatch(text) is not None)
        if whole or _INITIALS.fullmatch(text) or _with_help(draft, index):
            source = source or (found.source if found else None)
            draft.take(index, Kind.CREDIT, "a sign-off", kept=found is not None and found.source is not None)
            _behind_signoff(draft, index, closing)
    source = source or _paper_and_source(draft)
    last = draft.body()[-1:]
    tail = find_signoff(draft.blocks[last[0]].text) if last and draft.blocks[last[0]].text[-1:] not in _NO_TAIL else None
    if tail is not None and not tail.whole:
        return source or tail.source, {last[0]: tail.rest}
    return source, {}


def _idle_headings(draft: Draft) -> None:
    """Take headings out of the end of a page's body: what stood under them has gone."""
    idle: list[int] = []
    for index in reversed(draft.body() if draft.page.html else ()):
        block, look = draft.blocks[index], draft.looks[index]
        if block.tag not in HEADINGS or look.closed or look.words > SHORT:
            break
        idle.append(index)
    for index in idle if len(idle) <= MOST_IDLE else ():
        draft.take(index, Kind.CHROME, "a heading with nothing under it", kept=False)


def _behind_signoff(draft: Draft, index: int, closing: Sequence[int]) -> None:
    """Take the open lines behind a sign-off out with it: programmes, times of broadcasts."""
    for behind in closing:
        if behind > index and draft.in_body(behind) and not draft.looks[behind].closed and draft.looks[behind].words <= SHORT:
            draft.take(behind, Kind.CREDIT, "stands behind a sign-off", kept=False)


def _with_help(draft: Draft, index: int) -> bool:
    """Tell a line that names whose work the story is made with: ``With reporting by Jane Roe``, ``Mit dpa``."""
    look, text = draft.looks[index], draft.blocks[index].text
    if look.words > LONGEST_LINK:
        return False
    leads = draft.words("signoff", "lead")
    if look.folded.startswith(tuple(leads)) and any(f"{look.folded} ".startswith(f"{lead} ") for lead in leads):
        return True
    joined = words().link
    link, _, rest = text.strip("().–—-• ").partition(" ")
    if link.casefold() not in joined:
        return False
    agencies = " ".join("," if word.casefold() in joined else word for word in rest.split()).replace("/", ",").split(",")
    return all(known_agency(name.strip()) for name in agencies)


def _paper_and_source(draft: Draft) -> str | None:
    """Take out a last line that gives the site and its source, such as ``Harbour Post / Reuters``; return the source."""
    site = letters(draft.claims.site or "")
    for index in draft.body()[-1:] if site else ():
        parts = [part.strip() for part in draft.blocks[index].text.split("/")]
        first = letters(parts[0])
        if len(parts) == 2 and len(first) > 2 and first in site and draft.looks[index].words <= STAMP and not draft.looks[index].closed:
            draft.take(index, Kind.CREDIT, "names the site and its source")
            return parts[1] or None
    return None


_NO_TAIL = frozenset('”"’»?!:')
"""What a paragraph with a sign-off does not end in."""


def names_only(draft: Draft, authors: Sequence[str]) -> None:
    """Take short lines out of the body that give an author's name and little else, such as a picture's credit."""
    names = [letters(name) for name in authors if " " in name or name > "\u2e80"]
    for index in draft.body() if names else ():
        block, look = draft.blocks[index], draft.looks[index]
        if look.words > SHORT or block.text[-1:] in '.!?:…”"»' or block.tag in ("h2", "h3", "h4"):
            continue
        text = letters(block.text)
        if any(name in text and len(text) - len(name) <= BESIDE for name in names):
            draft.take(index, Kind.CREDIT, "names the author and little else", kept=False)


def biographies(draft: Draft, authors: Sequence[str]) -> None:
    """Take out of the body what tells who the author is, at its end or above it, and at the end what follows.

    Whom the story itself speaks of is not only its author: those paragraphs stay.
    """
    body = draft.body()
    if len(body) <= LAST:
        return
    closing = _closing(draft, body)
    told = {*_of_authors(draft, body, closing, authors), *_under_names(draft, body, closing)}
    for index in told:
        draft.take(index, Kind.CREDIT, "tells who the author is", kept=False)
    end = next((index for index in closing if index in told), None)
    if end is None:
        end = _dropped_biography(draft, body, authors)
    for index in body:
        if index > end and draft.in_body(index):
            draft.take(index, Kind.CHROME, "stands behind what tells who the author is", kept=False)


def _closing(draft: Draft, body: Sequence[int]) -> Sequence[int]:
    """Return the blocks with nearly all of the body above them, the last few at least, and not very many."""
    above = list(accumulate((draft.looks[index].words for index in body), initial=0.0))
    return body[min(max(bisect_left(above, NEARLY_ALL * above[-1]), len(body) - MOST_CLOSING), len(body) - LAST) :]


def _dropped_biography(draft: Draft, body: Sequence[int], authors: Sequence[str]) -> int:
    """Return the place of a biography that has gone already with hardly anything of the body behind it; else the end."""
    above = list(accumulate(draft.looks[index].words for index in body))
    start = next(index for index, said in zip(body, above, strict=True) if said >= (1 - DREGS) * above[-1])
    names = name_words(authors)
    works = words().work | words().role
    gone = (index for index in range(start, body[-1]) if draft.looks[index].prose and not draft.blocks[index].kept)
    told = (
        index
        for index in gone
        if any(_tells_of(draft, index, name) for name in names) or _writer(draft, index, works, closing=True) is not None
    )
    return next(told, len(draft.blocks))


def _of_authors(draft: Draft, body: Sequence[int], closing: Sequence[int], authors: Sequence[str]) -> set[int]:
    """Return the blocks that open with an author's name and tell who that is."""
    found: set[int] = set()
    edges = sorted({*body[:FIRST], *closing})
    after = dict(pairwise(body))
    writers = filter(None, (_writer(draft, index, words().newsroom) for index in edges))
    for name in [*name_words(authors), *writers, *_closing_writers(draft, body)]:
        told: list[int] = []
        for index in [index for index in edges if index not in found]:
            goes_on = bool(told) and after[told[-1]] == index and _names(draft.looks[index], name)
            if goes_on or _tells_of(draft, index, name):
                told.append(index)
        if told and not any(draft.looks[index].closed and _names(draft.looks[index], name) for index in body if index not in told):
            found.update(told)
    return found


def _under_names(draft: Draft, body: Sequence[int], closing: Sequence[int]) -> Iterator[int]:
    """Yield the blocks at the end that stand below "About the author", or below a line with the name that they open with.

    Below other phrases of authors, "Written by", a paragraph stands that tells of them if nearly all of the body is above; below
    "Author" alone the facts of a book may stand.
    """
    for place in range(max(LAST, len(body) // 2), len(body)):
        index = body[place]
        above = [at for at in range(body[place - 1] + 1, index) if index - at <= UNDER]
        headed = any(_heads_biography(draft.looks[at].folded) for at in above)
        if not headed and index >= closing[0]:
            hits = [hit for at in above if index - at <= NEAR and (hit := draft.looks[at].hit) is not None and hit.topic == "author"]
            headed = any(draft.looks[index].prose or " " in hit.phrase for hit in hits)
        if headed or (place >= len(body) - CLOSING and any(_opens_with(draft, index, at) for at in above)):
            yield index


def _heads_biography(folded: str) -> bool:
    """Tell "About the author", with the name behind it or not."""
    front = folded.split(None, LONGEST_HEAD + NAME)
    if len(front) > LONGEST_HEAD + NAME:
        return False
    return any(" ".join(front[:size]) in words().about for size in range(1, LONGEST_HEAD + 1))


def _opens_with(draft: Draft, index: int, above: int) -> bool:
    """Tell a paragraph that begins with the name that stands alone above it; a first name alone straight above."""
    name, look = draft.looks[above].tokens, draft.looks[index]
    named = 0 < len(name) <= NAME and draft.blocks[above].text[:1].isupper()
    size = 1 if above == index - 1 else max(len(name), 2)
    return bool(named and look.prose) and look.tokens[:size] == name[:size]


def _closing_writers(draft: Draft, body: Sequence[int]) -> list[list[str]]:
    """Return the names of those whom the last blocks introduce by their work; none where a story is a series of portraits."""
    known = words()
    names: list[list[str]] = []
    for index in reversed(body[-CLOSING:]):
        works = known.work | known.role if names else known.work
        name = _writer(draft, index, works, closing=True) if draft.looks[index].words >= SHORTEST_LIFE else None
        names += [name] if name else []
    if names and any(_writer(draft, index, known.work, closing=True) for index in body[:-LAST]):
        return []
    return names


def _writer(draft: Draft, index: int, works: frozenset[str], *, closing: bool = False) -> list[str] | None:
    """Return the name that a block opens with if its first sentence says that this is somebody of such a work.

    "The first reporter to have seen it" is one of the story, and so is "the head of the board" of whom no more is told.
    """
    known = words()
    front = draft.blocks[index].text.lstrip("(").split(None, MOST_NAMED + WORK)
    size = next((at for at, word in enumerate(front[:MOST_NAMED]) if not word[0].isupper() and word not in known.particle), 0)
    if not draft.looks[index].prose or size < 2 or fold(front[size]) not in known.biography or not is_person_name(" ".join(front[:size])):
        return None
    told = front[size + 1 : size + WORK]
    work = next((word for word in told if not works.isdisjoint(tokens_of(word.casefold()))), None)
    if work is None:
        return None
    if told[0] == "the" and work.islower():
        more = closing and _GOES_ON.search(draft.blocks[index].text) is not None
        if not more or not known.newsroom.isdisjoint(tokens_of(work)):
            return None
    return tokens_of(fold(" ".join(front[:size])))


def _tells_of(draft: Draft, index: int, name: Sequence[str]) -> bool:
    """Tell a sentence that begins with a name, or its first part, and a word of biographies."""
    look = draft.looks[index]
    opens = next((size for size in (len(name), 1) if look.tokens[:size] == name[:size]), 0)
    return bool(look.prose and opens) and not words().biography.isdisjoint(look.tokens[opens : opens + 1])


def _names(look: Look, name: Sequence[str]) -> bool:
    return name[0] in look.tokens or name[-1] in look.tokens


def _named_source(draft: Draft) -> str | None:
    """Return the source that a line at the end of the body, or straight behind it, names."""
    leads = tuple(draft.words("source", "lead"))
    body = draft.body()
    if not leads or not body:
        return None
    for index in (*body[-LAST:], *range(body[-1] + 1, min(body[-1] + BEHIND, len(draft.blocks)))):
        look, block = draft.looks[index], draft.blocks[index]
        if look.words <= SHORT and look.folded.startswith(leads):
            name = re.split(r"[:：]", block.text, maxsplit=1)[-1].strip()
            if name and name != block.text:
                draft.take(index, Kind.CREDIT, "names the source")
                return name
    return None
