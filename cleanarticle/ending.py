"""What stands at the end of a body and is no part of it: sign-offs, sources, read-more lines; and quotes said twice."""

from __future__ import annotations

import re

from .dateline import find_signoff
from .draft import Draft, letters
from .model import Kind

LAST = 4  # kept blocks at the end in which sign-offs are looked for
SHORT = 12  # words of a source line
LONGEST_LINK = 30  # words of a read-more line
SHORTEST_QUOTE = 20  # letters; shorter lines may stand twice for good reason
BEHIND = 8  # blocks behind the body in which the source is named
"""Blocks."""

_INITIALS = re.compile(r"[(\[][a-zäöüß]{2,4}(?:[/,.;]\s?[a-zäöüß]{2,4}){0,3}[)\]]|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}")
_WITH = re.compile(
    r"(?:with|mit|met|con|com|avec|med)\s(?:(?:reports?|reporting|inputs?|files|additional reporting|material|informationen|information|agenturmaterial"
    r"|información|informazioni|informações|dossiers?)\s(?:from|by|der|des|von|de|di|da|av|from the)\s.{2,160}|(?:dpa|afp|ap|reuters|epd|kna|apa|agenturen|agencies|agencias|agenzie)\b.{0,40})",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"(?:read|see|watch|also read|read also|read more|more|related|les også|läs också|læs også|lesen sie (?:auch|hier|mehr)?|mehr (?:zum thema|dazu)|lees ook"
    r"|lire aussi|à lire|a lire aussi|lea también|lee también|ver también|te puede interesar|leggi anche|leia (?:também|mais)|читайте также|ayrıca oku|číst také"
    r"|czytaj także|zobacz także|baca juga|lue myös)(?:\s(?:more|also|too|next|here))?\s?[:：|»>→]",
    re.IGNORECASE,
)


def trim(draft: Draft) -> tuple[str | None, dict[int, str]]:
    """Take the ends out of the body; return the source they name, and the texts of paragraphs whose tail was cut."""
    body = draft.body()
    _read_more(draft, body)
    _pull_quotes(draft, body)
    source, tails = _signoffs(draft)
    return source or _named_source(draft), tails


def _read_more(draft: Draft, body: list[int]) -> None:
    for index in body:
        look, block = draft.looks[index], draft.blocks[index]
        if look.words <= LONGEST_LINK and _READ_MORE.match(block.text):
            draft.take(index, Kind.CHROME, "points to another story", kept=False)


def _pull_quotes(draft: Draft, body: list[int]) -> None:
    """Mark a short block that stands, word for word, inside a paragraph of the body."""
    short = [index for index in body if draft.looks[index].words <= LONGEST_LINK and draft.in_body(index) and _may_quote(draft, index)]
    if not short:
        return
    texts = {index: letters(draft.blocks[index].text) for index in short}
    texts = {index: text for index, text in texts.items() if len(text) >= SHORTEST_QUOTE}
    if not texts:
        return
    whole = "\n".join(letters(draft.blocks[index].text) for index in body if index not in texts)
    for index, text in texts.items():
        if text in whole:
            draft.take(index, Kind.REPEAT, "a quote from a paragraph of the body", kept=False)


def _may_quote(draft: Draft, index: int) -> bool:
    """Tell a quote set apart from a subheading, which may quote too."""
    block = draft.blocks[index]
    if block.kind is Kind.SUBHEADING or block.tag in ("", "h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    return block.kind is Kind.QUOTE or block.tag != "p" or draft.shape(index) not in draft.series


def _signoffs(draft: Draft) -> tuple[str | None, dict[int, str]]:
    source: str | None = None
    for _ in range(LAST):
        last = draft.body()[-1:]
        if not last:
            break
        text = draft.blocks[last[0]].text
        found = find_signoff(text)
        if found is not None and not found.whole:
            return source or found.source, {last[0]: found.rest}
        whole = found is not None or _INITIALS.fullmatch(text) is not None or (draft.looks[last[0]].words <= LONGEST_LINK and _WITH.match(text) is not None)
        if not whole:
            break
        source = source or (found.source if found else None)
        draft.take(last[0], Kind.CREDIT, "a sign-off", kept=found is not None and found.source is not None)
    return source, {}


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
