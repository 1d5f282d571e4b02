"""``clean``: the stages in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import decode, read_html, read_text
from .language import code_of, detect
from .lexicon import lexicons_for
from .model import Article, Block, InputError, Page

LARGEST = 32_000_000  # bytes or characters; a larger input is an InputError; the largest news page seen has 5 MB
MOST_BLOCKS = 50_000  # blocks; of more the shortest are left out, with the warning `truncated`; each costs about 50 µs
QUOTES = ("keep", "straight")


def clean(
    data: bytes | str,
    *,
    url: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
    quotes: str = "keep",
    phrases: Mapping[str, Any] | None = None,
) -> Article:
    """Return the article in a page or a text, and an account of everything else.

    ``data``: ``bytes`` in any charset, or ``str``; an HTML page or plain text, told apart by looking.
    ``url``: where it came from, never fetched. ``encoding``: the charset the sender declared, weaker than the bytes.
    ``language``: ISO 639-1; found out if None. ``quotes``: ``"keep"`` or ``"straight"``.
    ``phrases``: the caller's own chrome phrases, as the tables of a phrase file.

    Raises ``TypeError`` for other types and ``InputError`` for what cannot be an article; ``ValueError`` for options that are none.
    """
    if quotes not in QUOTES:
        raise ValueError(f'quotes must be "keep" or "straight", not {quotes!r}')
    text, charset, warnings = _text_of(data, encoding)
    page = _read(text, url)
    language = code_of(language) or detect("\n".join(block.text for block in page.blocks)) or page.claims.language
    lexicons = lexicons_for(language)
    from .label import label
    from .split import split
    from .witness import hear

    labelled = hear(label(page, lexicons, language), page)
    if phrases is not None:
        from .phrases import overrule

        labelled = overrule(labelled, phrases)
    fields = split(page, labelled, lexicons, language)
    from .record import record

    return record(fields, page, labelled, url=url, language=language, quotes=quotes, warnings=warnings + page.warnings, encoding=charset)


def _text_of(data: bytes | str, encoding: str | None) -> tuple[str, str | None, tuple[str, ...]]:
    """Decode → repair."""
    if not isinstance(data, bytes | str):
        raise TypeError(f"clean() takes bytes or str, not {type(data).__name__}; read the file or encode the text first")
    if len(data) > LARGEST:
        raise InputError(f"the input has {len(data):,} bytes, more than the {LARGEST:,} of one article; split it into documents")
    if isinstance(data, bytes):
        found = decode.decode(data, encoding)
        return decode.repair(found.text), found.encoding, found.warnings
    return decode.repair(data), None, ()


def _read(text: str, url: str | None) -> Page:
    """Read → blocks and claims."""
    page = read_html.read_page(text, url) if read_html.is_html(text) else read_text.read_text(text)
    if len(page.blocks) > MOST_BLOCKS:
        page = Page(_longest(page.blocks, MOST_BLOCKS), page.claims, page.html, (*page.warnings, "truncated"))
    return page


def _longest(blocks: Sequence[Block], most: int) -> list[Block]:
    """The longest blocks, in order: what has so many is a list, a table or a forum around its paragraphs."""
    order = sorted(range(len(blocks)), key=lambda index: (-len(blocks[index].text), index))
    return [blocks[index] for index in sorted(order[:most])]
