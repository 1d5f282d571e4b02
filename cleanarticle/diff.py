"""``--format diff``: the account of the input for a terminal, kept and removed lines in their order."""

from __future__ import annotations

import re
from collections import Counter

from .fingerprint import UNSPACED
from .model import Article, Block, Kind

KIND_WIDTH = 11  # columns; the longest kind, standfirst, has 10

RESET, DIM = "\x1b[0m", "\x1b[2m"
COLOURS = {Kind.CHROME: "\x1b[31m", Kind.REPEAT: "\x1b[35m", Kind.CAPTION: "\x1b[33m", Kind.CREDIT: "\x1b[33m"}
"""Of removed blocks; other kinds that are removed are red as chrome is. Kept fields are green, the body is plain."""
FIELD = "\x1b[32m"
BODY = frozenset({Kind.PARAGRAPH, Kind.SUBHEADING, Kind.LIST_ITEM, Kind.QUOTE})

_UNSPACED = re.compile(f"[{UNSPACED}]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    r"""Return a text as one line that a terminal can only print: its control characters written out, white space single.

    >>> safe("Red\n\x1b[31m alert")
    'Red \\x1b[31m alert'
    """
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), " ".join(text.split()))


def to_diff(article: Article, *, audit: bool = False, colour: bool = False) -> str:
    """Return the blocks in order, ``-`` before those removed and their reason below; with ``audit`` every reason.

    The last line counts them.
    """
    lines: list[str] = []
    for block in article.blocks:
        mark = " " if block.kept else "-"
        line = f"{mark} {block.kind:<{KIND_WIDTH}}{safe(block.text)}"
        lines.append(f"{_colour(block)}{line}{RESET}" if colour and _colour(block) else line)
        if (audit or not block.kept) and block.reason:
            reason = " " * (KIND_WIDTH + 2) + safe(block.reason)
            lines.append(f"{DIM}{reason}{RESET}" if colour else reason)
    lines.append(summary(article))
    return "\n".join(lines)


def _colour(block: Block) -> str:
    if not block.kept:
        return COLOURS.get(block.kind, COLOURS[Kind.CHROME])
    return "" if block.kind in BODY else FIELD


def summary(article: Article) -> str:
    """Return how many blocks and words are kept, and how many of each kind are removed.

    >>> summary(Article(blocks=(Block("A pier"), Block("Share", Kind.CHROME, kept=False))))
    'kept 1 block, 2 words; removed 1 block, 1 word: 1 chrome'
    """
    kept = [block for block in article.blocks if block.kept]
    removed = [block for block in article.blocks if not block.kept]
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(str(block.kind) for block in removed).most_common())
    return f"kept {_count(kept)}; removed {_count(removed)}" + (f": {kinds}" if kinds else "")


def _count(blocks: list[Block]) -> str:
    words = sum(words_in(block.text) for block in blocks)
    return f"{len(blocks):,} block{'' if len(blocks) == 1 else 's'}, {words:,} word{'' if words == 1 else 's'}"


def words_in(text: str) -> int:
    """Return the number of words of a text; two characters are one where a script writes without spaces.

    >>> words_in("The pier is shut"), words_in("码头将关闭 until 2026")
    (4, 5)
    """
    if text.isascii():
        return len(text.split())
    spaced, signs = _UNSPACED.subn(" ", text)
    # Of what stands between such characters, only what has a letter or digit is a word; elsewhere a dash is one, as for wc.
    return (signs + 1) // 2 + sum(not signs or any(map(str.isalnum, word)) for word in spaced.split())
