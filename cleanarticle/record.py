"""Fields → the record: normalised text, confidence, warnings."""

from __future__ import annotations

from .label import Labelled
from .model import UNSEEN, Account, Article, Dateline, Page
from .normalise import normalise
from .split import Fields


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
    found = list(warnings)
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
        confidence=confidence(labelled) if body else 0.0,
        warnings=tuple(dict.fromkeys(found)),
        blocks=Account(fields.blocks, labelled.explain),
        encoding=encoding,
    )


def confidence(labelled: Labelled) -> float:
    """How sure the scorer was, over the words of all blocks."""
    total = sure = 0.0
    for look, chance in zip(labelled.looks, labelled.chances, strict=True):
        weight = look.words + 1.0
        total += weight
        sure += weight * abs(2 * chance - 1)
    return round(sure / total, 2) if total else 0.0
