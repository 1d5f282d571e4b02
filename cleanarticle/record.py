"""Fields → the record: normalised text, confidence, warnings."""

from __future__ import annotations

from .label import Labelled
from .model import UNSEEN, Account, Article, Dateline, Page
from .normalise import normalise
from .score import confidence
from .split import Fields

NOT_AN_ARTICLE = 0.8  # expected F1; below it stand half of the pages of other kinds and 3 % of the articles


def record(
    fields: Fields,
    page: Page,
    labelled: Labelled,
    *,
    url: str | None,
    language: str | None,
    quotes: str,
    warnings: tuple[str, ...],
    encoding: str | None,
) -> Article:
    """Return the record of the fields."""

    def tidy(text: str | None) -> str | None:
        return (normalise(text, quotes=quotes, language=language) or None) if text else None

    body = "\n\n".join(text for text in map(tidy, fields.body) if text)
    dateline = fields.dateline
    if dateline is not None:
        dateline = Dateline(tidy(dateline.text) or dateline.text, tidy(dateline.place), dateline.date, tidy(dateline.agency))
    sure = confidence(labelled.expected, "page" if page.html else "text")
    found = list(warnings)
    if body and labelled.expected < NOT_AN_ARTICLE:
        found.append("not-article")
    if not body:
        found.append("no-body")
    if fields.headline is None:
        found.append("no-headline")
    return Article(
        url=UNSEEN.sub("", url or page.claims.url or "") or None,
        language=language,
        headline=tidy(fields.headline),
        standfirst=tidy(fields.standfirst),
        byline=tidy(fields.byline),
        authors=tuple(name for name in map(tidy, fields.authors) if name),
        dateline=dateline,
        published=fields.published,
        source=tidy(fields.source),
        body=body,
        confidence=sure if body else 0.0,
        warnings=tuple(dict.fromkeys(found)),
        blocks=Account(fields.blocks, labelled.explain),
        encoding=encoding,
    )
