"""Article → bytes people and programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from .model import Article


def to_json(article: Article, *, audit: bool = False) -> str:
    """Return the record as one line of JSON."""
    return json.dumps(article.to_dict(audit=audit), ensure_ascii=False)


def to_text(article: Article, *, audit: bool = False) -> str:
    """Return what a reader reads: headline, standfirst, byline, body, each apart by a blank line."""
    parts = [article.headline, article.standfirst, article.byline, article.body]
    text = "\n\n".join(part for part in parts if part)
    if audit:
        removed = [f"[{block.kind}] {block.text}\n    {block.reason}" for block in article.blocks if not block.kept]
        text += "\n\n--- removed ---\n" + "\n".join(removed)
    return text


def to_diff(article: Article, *, audit: bool = False, colour: bool = False) -> str:
    """Return the account of every block for a terminal, removed ones with their reason."""
    from .diff import to_diff

    return to_diff(article, audit=audit, colour=colour)


def to_html(article: Article, *, audit: bool = True) -> str:
    """Return the audit page: the input in order, what was removed and why, the record beside it. It always has the account."""
    from .audit import to_html

    return to_html(article)


FORMATS: Mapping[str, Callable[..., str]] = {"diff": to_diff, "html": to_html, "json": to_json, "text": to_text}
"""The names that ``--format`` takes."""
