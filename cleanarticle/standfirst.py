"""The standfirst: the summary between headline and body, told from the lead, a caption and a teaser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dateline import split_dateline
from .draft import Draft, ancestors, letters, name_words, overlap
from .features import CONTENT, tokens_of
from .lexicon import fold
from .model import BODY_KINDS, Kind
from .structure import HEADINGS

LONGEST = 90  # words; longer ones are paragraphs
SHORTEST = 5  # words
SENTENCE = 8  # words; of a block that nothing but its place and its sentence make a standfirst
LONGEST_UNNAMED = 35  # words of a block straight above the body that no class and no claim names
ENOUGH = 1.5  # evidence from which on a block is the standfirst
SAME = 0.8  # share of words in common with a claim
LEAST_SHARED = 0.25  # of the longer words of a claimed description; of 16 with less (wcxb-dev) none is of the story
LIKE = 0.5
FRONT = 25  # letters that two texts begin with alike when one is the other cut off
FEWEST_POINTS = 2  # items of a summary in points
NEAR, FAR = 2, 7  # lines below the headline of a text: above the byline, and below byline, date and picture
SMALL_LETTER, SIGN = 2.0, 5.0  # of the feature ``opens``: what goes on with a sentence begins so
TITLE_CASE = 0.5  # share of words with a capital; more are headlines of other stories, or names

_NAMED = re.compile(
    r"(?<![a-z])(?:lead(?!er)|lede|stand-?first|intro(?!duc)|einleitung|vorspann|summary|teaser|dec?k|excerpt|subtitle|sub-?head(?:line|ing)?"
    r"|sub-?title|unterzeile|sub-?line|preface|abstract|epigraph|entradilla|bajada|sumario|chapo|chapeau|sapo|spot|ingress|manchet|perex"
    r"|ingress|anons|zajawka|sommario|occhiello|short-?text|standfirst|tagline|description|blurb|synopsis|key-?points|bullet-?points)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…][\"'”’)]?\s\S")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OTHER = re.compile(
    r"caption|legend|credit|figure|image(?!s?-?less)|photo|foto|gallery|author|byline|newsletter|promo|related|recommend|advert|share|social"
    r"|breadcrumb|comment|cookie|paywall|picture|media-?info|pic-?box|copyright|video|player|audio",
    re.IGNORECASE,
)

Names = Sequence[list[str]]
"""The authors' names by their words, folded."""


def find(draft: Draft, authors: Sequence[str] = ()) -> str | None:
    """Return the standfirst: as it stands on the page, as a line above the text's body, or as the page claims it.

    What opens with the name of one of the ``authors`` tells of them and not of the story.
    """
    names = name_words(authors)
    if not draft.page.html:
        return _above_text(draft, names)
    at = _best(draft, names)
    points = _points(draft)
    if points and (not at or at[-1] < points[0] or at[0] in points):
        at = [index for index in at if index not in points] + points
        _drop_heading(draft, points[0])
    if at and any(index not in at for index in draft.body()):  # what stands alone is the story
        for index in at:
            draft.take(index, Kind.STANDFIRST, "between headline and body: " + _because(draft, index))
        text = " ".join(draft.blocks[index].text for index in at)
        for index in at:
            draft.repeated(draft.blocks[index].text, "repeats the standfirst")
        return text
    return _claimed(draft)


# ---------------------------------------------------------------------------------------------------- pages


def _best(draft: Draft, names: Names) -> list[int]:
    """Return the block with the most evidence, and its like straight behind it."""
    claims = [(set(tokens_of(fold(claim))), letters(claim)) for claim in draft.claims.standfirsts]
    values: dict[int, float] = {}
    paragraphs = 0
    for index in draft.head():
        values[index] = 0.0 if _opens_with_name(draft, index, names) else _value(draft, index, claims)
        if values[index] < ENOUGH and draft.in_body(index) and draft.looks[index].prose and not _point(draft, index):
            paragraphs += 1
            if paragraphs > 1 or index >= draft.start:
                break
    best = max(values, key=lambda index: (values[index], -index), default=None)
    if best is None or values[best] < ENOUGH:
        return []
    found = [best]
    shape = draft.shape(best)
    for index in range(best + 1, best + 8):
        if values.get(index, 0.0) < 1.0 or draft.shape(index) != shape or (shape in draft.series and index >= draft.start):
            break
        found.append(index)
    return found


def _value(draft: Draft, index: int, claims: list[tuple[set[str], str]]) -> float:
    """Return the evidence that a block is the standfirst; ``ENOUGH`` is enough."""
    block, look = draft.blocks[index], draft.looks[index]
    if not _may_be(draft, index):
        return 0.0
    value = max((_like_claim(draft.letters(index), look.tokens, words, text) for words, text in claims), default=0.0)
    named = _named(draft, index)
    if named < 0:
        return 0.0
    value += named
    if look.words > LONGEST:
        value -= 1.0
    if draft.series:
        if draft.shape(index) in draft.series and index >= draft.start:
            value -= 2.0
        elif draft.shape(index) not in draft.series or draft.series[draft.shape(index)] == look.prose:
            value += 0.5
    if _first_below_headline(draft, index) and not _first_subheading(draft, index):
        value += 0.5
        if look.prose or block.tag in ("h2", "h3", "h4"):
            value += 0.5
    if _above_series(draft, index) and SENTENCE <= look.words <= LONGEST_UNNAMED:
        value += 1.0
    return value


def _may_be(draft: Draft, index: int) -> bool:
    """Tell what cannot be a standfirst: other fields, phrases of the site, links, captions, what is too short or too long."""
    block, look = draft.blocks[index], draft.looks[index]
    if block.kind not in BODY_KINDS and block.kind is not Kind.CHROME:
        return False
    if index == draft.headline_at or look.hit is not None or block.link_share > 0.5 or not SHORTEST <= look.words <= 2 * LONGEST:
        return False
    if any(tag in ("figcaption", "figure", "button", "nav") for tag, _ in ancestors(block, 2)):
        return False
    return not _is_lead(draft, index)


def _is_lead(draft: Draft, index: int) -> bool:
    """Tell the lead by a dateline that names an agency or a day, or is in capitals; a place alone may open a standfirst."""
    found = split_dateline(draft.blocks[index].text, draft.language)
    if found is None:
        return False
    dateline = found[0]
    return dateline.agency is not None or dateline.date is not None or dateline.text.split()[0][:3].isupper()


def _opens_with_name(draft: Draft, index: int, names: Names) -> bool:
    tokens = draft.looks[index].tokens
    return any(tokens[: len(name)] == name for name in names)


def _first_below_headline(draft: Draft, index: int) -> bool:
    """Tell whether nothing of a sentence's length stands between the headline and a block."""
    if draft.headline_at is None or draft.headline_at >= index:
        return False
    between = range(draft.headline_at + 1, index)
    return not any(draft.looks[i].words >= SENTENCE and draft.blocks[i].kind is not Kind.REPEAT for i in between)


def _first_subheading(draft: Draft, index: int) -> bool:
    """Tell the heading of the body's first section: it stands among the paragraphs."""
    here, body = draft.blocks[index].node, draft.blocks[draft.start].node if draft.start < len(draft.blocks) else None
    return here is not None and body is not None and here.tag in HEADINGS and here.parent is body.parent


def _like_claim(here: str, tokens: list[str], words: set[str], claim: str) -> float:
    """Return the evidence of one claim: 2.0 for the same words or for one that goes on where the other is cut off."""
    common = overlap(words, tokens)
    if common >= SAME:
        return 2.0
    if len(claim) >= FRONT and len(here) >= FRONT and here[:FRONT] == claim[:FRONT]:
        short, long = sorted((here, claim), key=len)
        if long.startswith(short):
            return 2.0
    if len(here) >= FRONT and here in claim:
        return 1.5
    third = len(claim) // 3
    if third >= FRONT and claim[third : 2 * third] in here:
        return 2.0
    return 1.0 if common >= LIKE else 0.0


def _named(draft: Draft, index: int) -> float:
    """Return what the classes say: 2.0 for a standfirst's own, 1.5 for its parent's, below 0 for a caption, a byline, a promotion."""
    value = 0.0
    node = draft.blocks[index].node
    for worth in (2.0, 1.5):
        if node is None:
            break
        if node.hints:
            said = draft.said.get(node.hints)
            if said is None:
                said = draft.said[node.hints] = _said(node.hints)
            if said < 0:
                return -1.0
            if not value and said:
                slug = draft.letters(index)[:FRONT]
                value = 0.0 if slug in letters(node.hints) else worth  # an id made of the text names nothing
        node = node.parent
    return value


def _said(hints: str) -> int:
    """Return 1 for the classes of a standfirst, -1 for those of something else near the headline, 0 for all others."""
    words = _CAMEL.sub("-", hints)
    return -1 if _OTHER.search(words) else 1 if _NAMED.search(words) else 0


def _above_series(draft: Draft, index: int) -> bool:
    """Tell the block straight above the body's first paragraph, in the same parent but of another class."""
    if not draft.series or index >= draft.start or draft.series[draft.shape(index)] > draft.looks[index].prose:
        return False
    here, body = draft.blocks[index].node, draft.blocks[draft.start].node
    if here is None or body is None or here.parent is not body.parent or _first_subheading(draft, index):
        return False
    return not any(draft.in_body(i) for i in range(index + 1, draft.start))


def _point(draft: Draft, index: int) -> bool:
    """Tell an item of a list, or of what its class calls one."""
    return any(tag in ("li", "ul") or "bullet" in hints for tag, hints in ancestors(draft.blocks[index], 1))


def _points(draft: Draft) -> list[int]:
    """Return the items of a summary in points that stand above the body."""
    head = draft.head()
    found = [i for i in range(head.start, head.stop) if _point(draft, i) and draft.looks[i].words >= SHORTEST]
    found = [i for i in found if (draft.in_body(i) and i < draft.start) or (_named(draft, i) > 0 and _may_be(draft, i))]
    if 2 * sum(draft.looks[i].closed for i in found) < len(found):
        return []  # a list of contents
    if len(found) < FEWEST_POINTS or found[-1] - found[0] >= 2 * len(found):
        return []
    return found


def _drop_heading(draft: Draft, index: int) -> None:
    """Take the line that announces a summary in points ("In brief:") out of the body."""
    above = next((i for i in range(index - 1, max(-1, index - 4), -1) if draft.in_body(i)), None)
    if above is not None and draft.looks[above].words < SHORTEST:
        draft.take(above, Kind.CHROME, "announces the summary", kept=False)


def _because(draft: Draft, index: int) -> str:
    words = set(draft.looks[index].tokens)
    if any(overlap(set(tokens_of(fold(claim))), list(words)) >= SAME for claim in draft.claims.standfirsts):
        return "the page claims it as its description"
    return "its class names it" if _named(draft, index) > 0 else "set apart from the paragraphs"


def _claimed(draft: Draft) -> str | None:
    """Return a claimed description that stands nowhere on the page; the body's beginning, whole or cut off, is none."""
    headline = "" if draft.headline_at is None else draft.looks[draft.headline_at].folded
    body = "".join(draft.letters(index) for index in draft.body()[:12])
    for claim in draft.claims.standfirsts:
        text = letters(claim)
        if (len(tokens_of(fold(claim))) < 4 and len(text) < FRONT) or fold(claim) == headline:
            continue
        front = text[: max(FRONT, len(text) * 2 // 3)]
        if front in body or text[: 2 * FRONT] in body or body[: 2 * FRONT] in text or _among(claim, draft):
            return None
        if not claim.endswith(("…", "...")) and _of_story(claim, draft):
            return claim
    return None


def _of_story(claim: str, draft: Draft) -> bool:
    """Tell a description of the story from one of the site, "The latest news of the county": it shares words with the body."""
    said = {word for index in draft.body() for word in draft.looks[index].content if len(word) >= CONTENT}  # single signs without spaces
    words = {word for word in tokens_of(fold(claim)) if len(word) >= CONTENT}
    return not said or not words or len(words & said) >= LEAST_SHARED * len(words)


def _among(claim: str, draft: Draft) -> bool:
    words = set(tokens_of(fold(claim)))
    return any(overlap(words, draft.looks[index].tokens) >= LIKE + 0.1 for index in draft.body()[:6])


# ---------------------------------------------------------------------------------------------------- text


def _above_text(draft: Draft, names: Names) -> str | None:
    """Return the line between a text's headline and its byline, or one straight below the headline that the body leaves out."""
    if draft.headline_at is None:
        return None
    found: list[int] = []
    further = (i for i in draft.head() if draft.headline_at is not None and i > draft.headline_at)
    credit = next((i for i in further if draft.blocks[i].kept and draft.blocks[i].kind in (Kind.BYLINE, Kind.TIMESTAMP)), None)
    stop = draft.first if credit is None or credit <= draft.first else min(credit, draft.first + 1)
    for index in range(draft.headline_at + 1, stop):
        block, look = draft.blocks[index], draft.looks[index]
        if (
            block.kind in (Kind.BYLINE, Kind.TIMESTAMP, Kind.CAPTION, Kind.CREDIT, Kind.REPEAT)
            or look.hit is not None
            or _opens_with_name(draft, index, names)
        ):
            continue
        if _repeats_headline(draft, index):
            draft.take(index, Kind.REPEAT, "repeats the headline", kept=False)
            continue
        if draft.in_body(index) and split_dateline(block.text, draft.language) is not None:
            break  # the lead itself, whose end was lost
        if SENTENCE <= look.words <= LONGEST and (index < draft.first or look.words <= LONGEST - LONGEST_UNNAMED):
            found.append(index)
    if not found or found[-1] - found[0] >= 3:
        return None
    at = found[-1]
    below = at - draft.headline_at
    if credit is not None and credit > at:
        reason = "between the headline and the byline" if below <= NEAR else None
    elif below <= len(found) and _summary(draft, at):
        reason = "straight below the headline"
    else:
        reason = "speaks of the story, in a sentence" if below <= FAR and _speaks_of_story(draft, at) else None
    if reason is None:
        return None
    draft.take(at, Kind.STANDFIRST, reason)
    for index in found[:-1]:
        if draft.in_body(index):
            draft.take(index, Kind.CHROME, "a line between headline and standfirst", kept=False)
    return draft.blocks[at].text


def _summary(draft: Draft, index: int) -> bool:
    """Tell a summary straight below the headline from a title, and from a lead that a link or a list breaks off."""
    if draft.table["capital share"][index] >= TITLE_CASE:
        return False
    return not draft.in_body(index) or _one_clause(draft, index)


def _one_clause(draft: Draft, index: int) -> bool:
    """Tell a line that nothing goes on from: one clause, no colon, and what follows begins anew."""
    text = draft.blocks[index].text
    if draft.looks[index].words > LONGEST_UNNAMED or text.endswith((":", "：", ",")) or _STOP.search(text) is not None:
        return False
    return index + 1 == len(draft.blocks) or draft.table["opens"][index + 1] not in (SMALL_LETTER, SIGN)


def _speaks_of_story(draft: Draft, index: int) -> bool:
    """Tell a summary from notes on links and subscriptions, people and captions: a sentence, in the words of the story."""
    table = draft.table
    return (
        not draft.in_body(index) and draft.looks[index].closed and table["shared words"][index] >= LIKE and table["word score"][index] > 0
    )


def _repeats_headline(draft: Draft, index: int) -> bool:
    headline = draft.blocks[draft.headline_at].text if draft.headline_at is not None else ""
    here, there = draft.letters(index), letters(headline)
    return bool(here) and (here in there or overlap(set(draft.looks[index].tokens), tokens_of(fold(headline))) >= SAME)
