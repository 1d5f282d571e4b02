"""``cleanarticle learn``: the lines that recur over many documents of one site, as a phrase file for a person to review.

A line is taken as chrome if enough documents have it, copies of one story counted once. Lines that the lexicon knows are left out.
Among the paragraphs of the articles a line is taken only if it is a sentence that a good share of all documents has: a short one may
be a subheading that the site likes, and a sentence of some documents the background of a running story.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import subcommand
from .diff import words_in
from .lexicon import fold, lexicons_for
from .model import BODY_KINDS, Article

LEAST = 3  # documents that have the line, whatever their number
LEAST_SHARE = 0.05  # of all documents
RUNNING_SHARE = 0.25  # of all documents: for a sentence that stands among the paragraphs
STRAY_SHARE = 0.1  # of a line's documents: so many may have it among their paragraphs, and it counts as standing around them
SENTENCE = 7  # words; shorter lines among the paragraphs are never taken
PROSE = 15  # words; a kept block as long as this is a paragraph


class Line(NamedTuple):
    """A line that recurs."""

    phrase: str
    """Folded."""
    documents: int
    """That have it."""
    kept: int
    """Documents whose record has it now."""


class Document(NamedTuple):
    """What is kept of a document: its lines, and which of them stand among its paragraphs."""

    lines: dict[str, bool]
    """Folded line, and whether it is kept now."""
    order: tuple[str, ...]
    prose: frozenset[int]
    """Places in ``order`` of kept paragraphs."""
    fingerprint: str | None


def document_of(article: Article) -> Document:
    """Return what is kept of a cleaned document."""
    lines: dict[str, bool] = {}
    order: list[str] = []
    prose: set[int] = set()
    for block in article.blocks:
        folded = fold(block.text)
        if not any(map(str.isalpha, folded)):
            continue
        lines[folded] = lines.get(folded, False) or block.kept
        if block.kept and block.kind in BODY_KINDS and words_in(folded) >= PROSE:
            prose.add(len(order))
        order.append(folded)
    return Document(lines, tuple(order), frozenset(prose), article.fingerprint)


def recurring(documents: Sequence[Document], *, least: int = LEAST, language: str | None = None) -> list[Line]:
    """Return the lines of a site's chrome, most frequent first."""
    counts = Counter(line for document in documents for line in document.lines)
    enough = max(least, round(LEAST_SHARE * len(documents)))
    often = {line for line, count in counts.items() if count >= enough}
    among: Counter[str] = Counter()
    for document in documents:
        among.update(_among_paragraphs(document, often))
    lexicons = lexicons_for(language)
    kept = Counter(line for document in documents for line, is_kept in document.lines.items() if is_kept)
    taken = [
        Line(line, counts[line], kept[line])
        for line in often
        if not any(lexicon.find(line) for lexicon in lexicons) and _is_chrome(line, counts[line], among[line], kept[line], len(documents))
    ]
    return sorted(taken, key=lambda line: (-line.documents, line.phrase))


def _is_chrome(line: str, count: int, among: int, kept: int, total: int) -> bool:
    """Weigh where a recurring line stands and what becomes of it without being learned."""
    if among <= STRAY_SHARE * count:
        return True
    if words_in(line) < SENTENCE:
        return False
    return count >= RUNNING_SHARE * total or (2 * among < count and 2 * kept < count)


def _among_paragraphs(document: Document, often: set[str]) -> set[str]:
    """Return the recurring lines that have paragraphs, which do not recur, above and below."""
    own = [index for index in sorted(document.prose) if document.order[index] not in often]
    if not own:
        return set()
    return {line for line in document.order[own[0] : own[-1]] if line in often}


def without_copies(documents: Sequence[Document]) -> list[Document]:
    """Return the documents, but one for each story."""
    from .dedup import groups

    return [documents[index] for index, first in enumerate(groups([document.fingerprint for document in documents])) if index == first]


def to_toml(lines: Iterable[Line], documents: int, topic: str = "site") -> str:
    """Return the phrase file.

    >>> print(to_toml([Line("follow us, # fans do", 9, 2)], 10), end="")
    # Lines that recur in 10 documents of one site, and in how many: read them, and take out what an article may say.
    [chrome.site]
    whole = [
      "follow us, # fans do",  # 9, kept in 2
    ]
    """
    out = [f"# Lines that recur in {documents} documents of one site, and in how many: read them, and take out what an article may say."]
    out += [f"[chrome.{topic}]", "whole = ["]
    for line in lines:
        kept = f", kept in {line.kept}" if line.kept else ""
        out.append(f"  {_quoted(line.phrase)},  # {line.documents}{kept}")
    return "\n".join([*out, "]\n"])


def _quoted(phrase: str) -> str:
    if "'" not in phrase and ('"' in phrase or "\\" in phrase):
        return f"'{phrase}'"
    return json.dumps(phrase, ensure_ascii=False).replace("\x7f", "\\u007f")


def learn(documents: Iterable[bytes | str], *, least: int = LEAST) -> str:
    """Return the phrase file of the documents of one site. Documents that cannot be cleaned are passed over."""
    return _learn(list(_cleaned(documents)), least)


def _cleaned(documents: Iterable[bytes | str]) -> Iterator[Article]:
    from .model import InputError
    from .pipeline import clean

    for data in documents:
        try:
            yield clean(data)
        except InputError:
            continue


def _learn(articles: Sequence[Article], least: int) -> str:
    documents = without_copies([document_of(article) for article in articles])
    languages = Counter(article.language for article in articles if article.language)
    language = languages.most_common(1)[0][0] if languages else None
    return to_toml(recurring(documents, least=least, language=language), len(documents))


@subcommand.command(
    "learn",
    "Read many documents of one site and write the lines that recur as chrome: a phrase file, for you to review.",
    subcommand.argument("documents", nargs="+", metavar="DOCUMENT", help=subcommand.DOCUMENT),
    subcommand.argument(
        "--least", type=int, default=LEAST, metavar="N", help=f"documents that must have a line (default {LEAST}, and 5 %%)"
    ),
    subcommand.OUTPUT,
    epilog="Then: cleanarticle --phrases site.toml < page.html",
)
def main(options: argparse.Namespace) -> int:
    """Run ``cleanarticle learn``."""
    if options.least < 2:
        raise subcommand.CommandError("--least takes a number from 2 on; what one document has does not recur")
    articles = list(_cleaned(data for _, data in subcommand.documents(options.documents)))
    if len(articles) < options.least:
        raise subcommand.CommandError(f"{len(articles)} documents are too few to learn from; give more, or a lower --least")
    text = _learn(articles, options.least)
    subcommand.write(text, options.output)
    subcommand.say(f"learn: {subcommand.counted(len(articles), 'document')}, {subcommand.counted(text.count(',  # '), 'line')} that recur")
    return subcommand.DONE
