"""The headline of plain text: which line above the body, or at its very top, it is; or none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, takewhile

from . import score
from .byline import is_person_name, read_byline
from .byline import words as credit_words
from .features import BLANK_LINE, FULL, Look, Row, Table

ABOVE = 60  # blocks above the first full paragraph in which a headline is looked for; 96 % stand within
INTO = 6  # blocks of what reads like the body's beginning that may still be the headline: a site's own sentences stand above some
LONGEST = 40  # words
LONG_LINE = 4  # words
NEAR = 10  # blocks above the first full paragraph; farther ones of fewer words must have one in common with the first line
KEPT = 0.4  # probability
TOP = 6  # blocks of the input's top whose lines may say the headline again, with the site's name behind it (a page's <title>)
ALWAYS = 2  # blocks of the input's top that may be the headline however far the body is
SAID = 4  # lines elsewhere that a line of the top begins with, and that may be the headline for that
SAID_WORDS = 3  # words of the shortest of them
FRONT = 4  # characters by which they are found
PARAGRAPHS = 30  # of the body, whose words are counted
SUBJECTS = 8  # words that most of them hold
LONGEST_CONTACT = 6  # lines: whom to ask, office, street, telephone, mail
ALONE = 5.0  # log odds by which the only candidate is ahead
FEWEST_FIELDS, MOST_FIELDS = 2, 12  # lines of a mail's header: sender, recipient, date, subject
LONGEST_CREDIT = 14  # words of a line that names the author

FROM_TABLE = (
    "words", "chars", "closed", "capital share", "digit share", "opens", "title overlap", "gap",
    "words -1", "words +1", "capital -1", "capital +1", "from top", "from window start",
    "to hit before", "to hit after", "shared words", "stamps 10 around", "word score", "score -1", "score +1",
    "score 3 before", "score 3 after", "short run", "from scored start", "blocks",
    "near prose after", "score 10 before", "shared words 10 before",
)  # fmt: skip
OWN: Mapping[str, str] = {
    "chance": "probability that the line belongs to the body", "chance -1": "of the line before", "chance +1": "of the next",
    "to body": "lines on to the first full paragraph of the body",
    "said": "times that the line stands in the text, alone or inside another line, at most 5", "same": "times that it stands alone",
    "starts a line of the top": "lines of the top that begin with it and go on, as a page's title with the site's name does",
    "shared with the lead": "longer words that the first three paragraphs have as well", "lead rank": "candidates that share more of them",
    "share of the lead": "the same as a share of its longer words; -1 without such words",
    "share of the body": "share of its longer words that the body has", "share rank": "candidates with a higher share",
    "longer below": "longer candidates between it and the body", "longer": "longer candidates",
    "stamps 3 below": "lines with a stamp among the next three", "stamps 5 below": "among the next five",
    "said of the body": "sum over its longer words of the share of the body's paragraphs that hold the word",
    "said rank": "candidates of which that is more", "said of a word": "the same for each of its longer words",
    "said of a word rank": "candidates of which that is more",
    "subjects": "longer words of its own among those that most paragraphs hold", "subjects rank": "candidates that have more of them",
    "of the first line": "share of the first line's words that it has", "in the first line": "share of its words that the first line has",
    "overlap rank": "candidates that have more in common with the first line",
    "like the top": "most words in common with a line of the top, as a share of all words of both",
    "site behind": "2 if a line of the top begins with it and goes on behind a bar, a dash, a dot or a colon; 1 if it goes on otherwise",
    "path above": "1 if the line before ends in it, as a path of sections does",
    "contents below": "how many of the next three lines are said again",
    "credit +1": "1 if the next line names an author", "credit +2": "1 if the one after it does",
    "gap +1": "characters of white space behind it", "addresses below": "web and mail addresses among the next three lines",
    "words -2": "words of the last line but one", "words +3": "of the third below",
    "chance +3": "probability that the third line below belongs to the body",
}  # fmt: skip
"""What each column of a candidate's own holds."""
NAMES = (*FROM_TABLE, *OWN)
BEST_NAMES = (*NAMES, "rank", "ahead", "candidates")
"""What is known of the best candidate: its own columns, how it was ranked, by how much more than the next, and among how many."""


_FIELD = re.compile(r"[^\W\d_]{2,12}(?:-[^\W\d_]{1,12})?:\s")


def first_paragraph(looks: Sequence[Look], chances: Sequence[float], threshold: float = KEPT) -> int:
    """Index of the first full paragraph of the body; else of the first block of it; else the number of blocks."""
    body = [i for i, chance in enumerate(chances) if chance >= threshold]
    full = [i for i in body if looks[i].prose]
    return full[0] if full else body[0] if body else len(looks)


def candidates(looks: Sequence[Look], table: Table, first: int, texts: Sequence[str]) -> list[int]:
    """Indices of the lines that may be the headline: of those around the beginning of the body, of the very top, and of those
    that the top says with the site's name behind them; but no listed phrase, address block or credit. ``texts``: as printed."""
    n = len(looks)
    begin, stop = max(0, first - ABOVE), min(first + INTO, n)
    span = [*range(min(ALWAYS, begin)), *range(begin, stop)]
    first_words = frozenset(looks[0].tokens) if looks else frozenset()
    found = [
        i
        for i in span
        if 1 < looks[i].words <= LONGEST
        and looks[i].prose < FULL
        and (looks[i].words >= LONG_LINE or first - i <= NEAR or not first_words.isdisjoint(looks[i].tokens))
    ]
    tops = [look.folded for look in looks[:TOP]]
    fronts = {top[:FRONT] for top in tops}
    said: list[int] = []
    for beyond in (range(TOP, begin), range(max(stop, TOP), n)):
        for i in beyond:
            look = looks[i]
            if look.folded[:FRONT] in fronts and SAID_WORDS <= look.words <= LONGEST and look.prose < FULL:
                said += [i] if any(top.startswith(look.folded) for top in tops) else []
    names = _names_under_labels(looks, begin, stop, texts)
    return [
        i
        for i in sorted({*found, *said[:SAID]})
        if not (_listed(looks[i]) or looks[i].folded in names or _contact(table, i) or _credits(looks[i], texts[i]))
    ]


def _names_under_labels(looks: Sequence[Look], begin: int, stop: int, texts: Sequence[str]) -> frozenset[str]:
    """Return the names, folded, that stand straight below a line that says "By" or "Written by" and nothing else."""
    leads = credit_words().lead
    below = [i for i in range(max(begin, 1), stop) if looks[i - 1].folded in leads]
    return frozenset([looks[i].folded for i in below if is_person_name(texts[i])])


def _listed(look: Look) -> bool:
    """Tell a line that a lexicon has whole, or that begins as credits and the site's own lines do; a gallery may be headed ``Photos:``."""
    hit = look.hit
    return hit is not None and (hit.how == "whole" or (hit.how == "start" and hit.kind != "caption"))


def _credits(look: Look, text: str) -> bool:
    """Tell a line that names its author and nothing else."""
    if not _names_author(look) and look.folded.partition(":")[0] not in credit_words().colon:
        return False
    found = read_byline(text)
    return found is not None and not found.rest


def _contact(table: Table, index: int) -> bool:
    """Tell a line of an address block: between blank lines, below a line that ends in a colon; it or one below has an address."""
    colon, gap, address = table["colon"], table["gap"], table["address"]
    start = index
    while start and gap[start] < BLANK_LINE and index - start < LONGEST_CONTACT:
        start -= 1
    if start == index or (start and gap[start] < BLANK_LINE) or not colon[start]:
        return False
    below = range(index, min(start + LONGEST_CONTACT, len(gap)))
    return any(address[i] for i in takewhile(lambda i: gap[i] < BLANK_LINE, below))


def rows_of(looks: Sequence[Look], table: Table, chances: Sequence[float], first: int, found: Sequence[int]) -> list[Row]:
    """Return one row of ``NAMES`` for each candidate."""
    if not found:
        return []
    n = len(looks)
    top = [look.folded for look in looks[:TOP]]
    top_words = [frozenset(look.tokens) for look in looks[:TOP]]
    text = "\n".join([look.folded for look in looks])
    lead = frozenset().union(*(look.content for look in looks[first : first + 3]))
    paragraphs = [looks[i].content for i in range(first, n) if chances[i] >= KEPT]
    body = lead.union(*paragraphs)
    holders = Counter(chain.from_iterable(paragraphs[:PARAGRAPHS]))
    often = sorted([(-count, word) for word, count in holders.items() if count > 1])  # ties by the word: no order of a set may decide
    subjects = frozenset([word for _, word in often[:SUBJECTS]])
    unit = 1 / (min(len(paragraphs), PARAGRAPHS) or 1)
    words, stamps, again, gaps = table["words"], table["stamp"], table["repeated later"], table["gap"]
    contents = [looks[i].content for i in found]
    in_lead = [len(content & lead) for content in contents]
    in_body = [len(content & body) for content in contents]
    sizes_of_content = [len(content) or 1 for content in contents]
    shares = [count / size for count, size in zip(in_body, sizes_of_content, strict=True)]
    said = [unit * sum([holders[word] for word in content if word in holders]) for content in contents]
    said_a_word = [value / size for value, size in zip(said, sizes_of_content, strict=True)]
    about = [len(content & subjects) for content in contents]
    overlaps = [table["title overlap"][i] for i in found]
    sizes = [looks[i].words for i in found]
    lead_ranks, share_ranks, said_ranks = _ranks(in_lead), _ranks(shares), _ranks(said)
    word_ranks, about_ranks, overlap_ranks, size_ranks = _ranks(said_a_word), _ranks(about), _ranks(overlaps), _ranks(sizes)
    columns = [table[name] for name in FROM_TABLE]
    rows: list[Row] = []
    for at, i in enumerate(found):
        look = looks[i]
        folded, content, size = look.folded, contents[at], sizes[at]
        own = frozenset(look.tokens)
        first_words = len(own & top_words[0])
        rows.append((
            *[column[i] for column in columns],
            chances[i],
            chances[i - 1] if i else 0.0,
            chances[i + 1] if i + 1 < n else 0.0,
            first - i,
            min(text.count(folded), 5),
            table["repeats"][i] + again[i],
            sum([line.startswith(folded) and len(line) > len(folded) for line in top]),
            in_lead[at],
            lead_ranks[at],
            in_lead[at] / len(content) if content else -1.0,
            shares[at],
            share_ranks[at],
            sum([other > size for other in sizes[at + 1 :]]),
            size_ranks[at],
            sum(stamps[i + 1 : i + 4]),
            sum(stamps[i + 1 : i + 6]),
            said[at],
            said_ranks[at],
            said_a_word[at],
            word_ranks[at],
            about[at],
            about_ranks[at],
            first_words / (len(top_words[0]) or 1),
            first_words / (len(own) or 1),
            overlap_ranks[at],
            _most_alike(own, top_words if i >= TOP else top_words[:i] + top_words[i + 1 :]),
            max([_goes_on(line, folded) for line in top]),
            i > 0 and looks[i - 1].folded.endswith(folded),
            sum([count > 0 for count in again[i + 1 : i + 4]]),
            i + 1 < n and _names_author(looks[i + 1]),
            i + 2 < n and _names_author(looks[i + 2]),
            gaps[i + 1] if i + 1 < n else 0.0,
            sum(table["address"][i + 1 : i + 4]),
            words[i - 2] if i > 1 else 0.0,
            words[i + 3] if i + 3 < n else 0.0,
            chances[i + 3] if i + 3 < n else 0.0,
        ))  # fmt: skip
    return rows


def _most_alike(own: frozenset[str], others: Sequence[frozenset[str]]) -> float:
    return max([len(own & other) / (len(own | other) or 1) for other in others], default=0.0)


_JOINTS = frozenset("|-–—·•:")


def _goes_on(line: str, folded: str) -> int:
    """Return 2 for a line that begins with another and has a site's name behind it, 1 for one that goes on otherwise."""
    if len(line) <= len(folded) or not line.startswith(folded):
        return 0
    return 2 if line[len(folded) :].lstrip()[:1] in _JOINTS else 1


def _names_author(look: Look) -> bool:
    tokens = look.tokens
    if not tokens or look.words > LONGEST_CREDIT:
        return False
    lead = credit_words().lead
    return tokens[0] in lead or " ".join(tokens[:2]) in lead


def _ranks(values: Sequence[float]) -> list[int]:
    """Return for each value how many are greater."""
    order = sorted(values)
    return [len(order) - bisect_right(order, value) for value in values]


def best_of(ranks: Sequence[float]) -> tuple[int, tuple[float, float, float]]:
    """Return the place of the highest rank, and the last columns of ``BEST_NAMES``."""
    at = max(range(len(ranks)), key=ranks.__getitem__)
    second = max([rank for place, rank in enumerate(ranks) if place != at], default=ranks[at] - ALONE)
    return at, (ranks[at], ranks[at] - second, len(ranks))


def subject(looks: Sequence[Look]) -> int | None:
    """Return the index of the line of a mail's header that says what the mail is about; None where no header stands at the top."""
    header = list(takewhile(lambda look: _FIELD.match(look.folded), looks[:MOST_FIELDS]))
    if len(header) < FEWEST_FIELDS:
        return None
    return next((i for i, look in enumerate(header) if look.folded.partition(":")[0] in credit_words().subject), None)


def choose(looks: Sequence[Look], table: Table, chances: Sequence[float], texts: Sequence[str]) -> int | None:
    """Return the index of the headline; None where the best line is not likely enough to be one. ``texts``: the lines as printed.

    The lines are ranked against each other; whether the best of them is a headline is another question, and has trees of its own.
    """
    named = subject(looks)
    if named is not None:
        return named
    first = first_paragraph(looks, chances)
    found = candidates(looks, table, first, texts)
    if not found:
        return None
    rows = rows_of(looks, table, chances, first, found)
    ranks = score.load("headline")
    at, told = best_of(ranks.odds(_columns(rows, ranks.names)))
    titled = score.load("titled")
    if _stranger(looks, found[at], first, texts):
        return None
    return found[at] if titled.odds(_columns([(*rows[at], *told)], titled.names))[0] >= titled.threshold else None


def _stranger(looks: Sequence[Look], index: int, first: int, texts: Sequence[str]) -> bool:
    """Tell the name of a person of whom the story says nothing, its author's; titles look like names, but share words with the story."""
    if not is_person_name(texts[index]):
        return False
    own = looks[index].content.union(looks[index].tokens)  # of scripts without spaces the signs
    told = [look for look in looks[first:] if look.prose][:PARAGRAPHS]
    return own.isdisjoint(chain.from_iterable(chain(look.tokens, look.content) for look in told))


def _columns(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    places = [BEST_NAMES.index(name) for name in names]
    return [[row[place] for place in places] for row in rows]
