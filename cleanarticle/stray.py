"""What stands among the paragraphs, above or behind them and is none: comments, separators, keywords, numbers, dates; the frame's rest."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from unicodedata import combining, normalize

from .draft import Draft
from .ending import BULLETS, FIRST, LAST, NEARLY_ALL, STAMP
from .model import Block, Kind
from .structure import HEADINGS, LONGEST_CAPTION, ancestors

LITTLE = 0.05  # share of the body's words; where more stand above the headline, the line is none
MOST_ABOVE = 80  # words; of more there half are a reporter's
FRAME = 4  # dropped blocks without one of the body's among them
FRAME_PHRASES = 2  # of those blocks, the ones that a lexicon lists as of the frame
FRAME_TOPICS = frozenset(
    ("account", "comment", "cookie", "correction", "dialog", "footer", "form", "navigation", "print", "share", "subscribe")
)
"""Tables of the lexicons whose phrases stand around a story; pointers to others, promotions and credits stand within it too."""
MOST = 0.6  # share of the body's words above the frame; below ``NEARLY_ALL`` it takes twice as many phrases
LISTED = 2  # dropped blocks below the heading of a list of other stories
STORY = 100  # words of running text above the comments
MOST_HEADINGS = 3  # headings of comments on a page; more belong to the items of a list, each with its own
FEWEST_BUTTONS = 2  # phrases of comments below their heading; below a story's own heading "Comments" there are none
MANY_BUTTONS = 4  # of those, and lines that sign a comment; so many say it even if most of the words stand below the heading
FULL_TO_A_BUTTON = 4  # paragraphs; among readers' comments each few have their "Reply"
SIGNED = 12  # words of a line that says who wrote a comment, and when
DEEPEST = 12  # elements between a comment's paragraph and the one that is called so
LONGEST_RULE = 200  # characters of a separator
SURE_RULE = 3  # signs; of fewer a line beside running text alone is a separator, others may be empty cells
KEYWORDS = 5  # items of a list of keywords; that so many stand in the alphabet's order by chance is one in 120
KEYWORD = 4  # words of one, where they are not twice as many
FEWEST_TIMES = 4  # times of a list of the latest news
NEXT_TIME = 8  # blocks from one to the next
IN_ORDER = 0.8  # share of them that are not later than the one before
MOST_TOLD = 0.4  # share of them with a sentence beside or below
LONGEST_NUMBER = 10  # characters of a counter, a page or a time
_COMMENT = re.compile(
    r"(?<![a-z])(?:comments?|comentarios?|commentaires?|commenti|kommentare|reacties|disqus)(?![a-z])"
    r"(?!-(?:open|closed|enabled|disabled|on|off|count|link))",
    re.IGNORECASE,
)
_INTRODUCES = frozenset(":-–—")
_RULES = frozenset("-–—―_*=~•·∙◦●○■□◆◇▪★☆✦✻❖#«»‹› ")
"""What lines between the parts of a story are drawn with, and arrows to other pages."""
_PARTS = re.compile(r"[,，、،|·•]")
_NUMBER = re.compile(r"[#№(]?\d{1,7}(?:[.,]\d{1,3}){0,2}[.)]?|\d{1,2}:[0-5]\d|\d{1,3} ?/ ?\d{1,3}")
_YEAR = re.compile(r"1\d{3}|20\d\d")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_POST = re.compile(r"(\d{1,2}):([0-5]\d)\s(?:Uhr\s)?[^\W\d_]")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.][0-5]\d(?!\d)")
_OPENS = frozenset('"«»‹›')
"""Folded quotation marks before a title."""


def clear(draft: Draft) -> None:
    """Take out of the body what is no paragraph."""
    _above_headline(draft)
    _behind_frame(draft)
    _behind_others(draft)
    _comments(draft)
    _separators(draft)
    _file_captions(draft)
    _keywords(draft)
    _bare_front(draft)
    _bare_end(draft)
    _ticker(draft)
    _stamps(draft)


def _above_headline(draft: Draft) -> None:
    """Take the little out of the body that stands above the headline of a text."""
    at = draft.headline_at
    if at is None or draft.page.html:
        return
    body = draft.body()
    above = [index for index in body if index < at]
    words = sum(draft.looks[index].words for index in above)
    if words <= MOST_ABOVE and words < LITTLE * sum(draft.looks[index].words for index in body):
        for index in above:
            draft.take(index, Kind.CHROME, "stands above the headline", kept=False)


def _behind_frame(draft: Draft) -> None:
    """Take out of the body what stands behind the site's frame: most of the story is above it, and nothing but its menus within it."""
    body = draft.body()
    words = list(accumulate(draft.looks[index].words for index in body))
    for place in range(1, len(body)):
        within = range(body[place - 1] + 1, body[place])
        above = words[place - 1]
        if len(within) < FRAME or above < MOST * words[-1]:
            continue
        listed = sum((hit := draft.looks[index].hit) is not None and hit.topic in FRAME_TOPICS for index in within)
        if listed >= (FRAME_PHRASES if above >= NEARLY_ALL * words[-1] else 2 * FRAME_PHRASES):
            for index in body[place:]:
                draft.take(index, Kind.CHROME, "stands behind the site's frame", kept=False)
            return


def _behind_others(draft: Draft) -> None:
    """Take out of a text what stands behind the heading of a list of other stories, if nearly all of the story is above it.

    ``Read also`` and what else may lead to one other story in the midst of this one is no such heading.
    """
    if draft.page.html:  # its elements tell more
        return
    headings = frozenset(draft.words("related", "heading")).difference(draft.words("related", "lead"))
    body = draft.body()
    words = list(accumulate(draft.looks[index].words for index in body))
    place = next((place for place, above in enumerate(words) if above >= NEARLY_ALL * words[-1]), len(body))
    for at in range(body[place] + 1, body[-1]) if place < len(body) else ():
        if draft.looks[at].folded in headings and not any(map(draft.in_body, range(at + 1, at + 1 + LISTED))):
            for index in body[bisect(body, at) :]:
                draft.take(index, Kind.CHROME, "stands behind the heading of other stories", kept=False)
            return


def _comments(draft: Draft) -> None:
    """Take readers' comments out of the body: what stands in elements called so, or behind their heading and among their buttons."""
    body = draft.body()
    told = list(accumulate((draft.looks[index].prose for index in body), initial=0.0))
    behind = _behind_heading(draft, body, told)
    known: dict[str, bool] = {}
    called = {index for index in body if draft.page.html and _called_comment(draft.blocks[index], known)}
    story = 0.0
    for place, index in enumerate(body):
        if index >= behind:
            draft.take(index, Kind.CHROME, "stands behind the heading of the comments", kept=False)
        elif index not in called:
            story += told[place + 1] - told[place]
        elif story >= STORY:
            draft.take(index, Kind.CHROME, "the page calls it a comment", kept=False)


def _behind_heading(draft: Draft, body: Sequence[int], told: Sequence[float]) -> float:
    """Return the place of the heading of the comments: the story stands above it; buttons, names and times below.

    ``told`` is the running text of the body above each of its places. ``Comments`` and ``3 comments`` are headings; ``Leave a
    comment`` may be a button within the story. Below one that gives a title, ``3 comments on “The pier”``, nothing else is needed.
    """
    headings = frozenset(phrase for phrase in draft.words("comments", "heading") if "#" in phrase or " " not in phrase)
    titled = tuple(draft.words("comments", "titled"))
    found = [index for index, look in enumerate(draft.looks) if look.folded in headings and bisect(body, index)]
    found = found if len(found) <= MOST_HEADINGS else []
    titles = [index for index, look in enumerate(draft.looks) if look.folded.startswith(titled) and _names_title(look.folded, titled)]
    below = (at for at in sorted({*found, *titles}) if told[bisect(body, at - 1)] >= STORY)
    return next((at for at in below if at in titles or _answered(draft, at, body, told, headings)), float("inf"))


def _answered(draft: Draft, at: int, body: Sequence[int], told: Sequence[float], headings: frozenset[str]) -> bool:
    """Tell comments below a heading by their buttons, or by lines that sign them: more of them where most of the words are theirs."""
    place = bisect(body, at - 1)
    full = sum(draft.looks[index].prose > 0 for index in body[place:])
    hits = (look.hit for look in draft.looks[at + 1 :] if look.folded not in headings)  # a list of stories has the heading for each
    buttons = sum(hit is not None and hit.topic == "comment" for hit in hits)
    enough = max(FEWEST_BUTTONS if told[place] >= told[-1] / 2 else MANY_BUTTONS, full / FULL_TO_A_BUTTON)
    if buttons >= enough:
        return True
    said = frozenset(draft.words("comments", "said"))
    signed = sum(_signs(draft, index, said) for index in range(at + 1, len(draft.blocks)))
    return buttons + signed >= max(MANY_BUTTONS, enough)


def _names_title(folded: str, titled: tuple[str, ...]) -> bool:
    """Tell a heading of comments that gives the title of what they are on."""
    lead = next(filter(folded.startswith, titled), None)
    return lead is not None and folded[len(lead) :].lstrip()[:1] in _OPENS


def _signs(draft: Draft, index: int, said: frozenset[str]) -> bool:
    """Tell a short line that says who wrote a comment, ``Jane Roe says:``, or when."""
    look, text = draft.looks[index], draft.blocks[index].text
    if look.words > SIGNED or look.prose or (draft.in_body(index) and look.closed):
        return False
    if len(look.tokens) > 1 and look.tokens[-1] in said:
        return True
    return _TIME.search(text) is not None or draft.day(index) is not None


def _called_comment(block: Block, known: dict[str, bool]) -> bool:
    for tag, hints in ancestors(block, DEEPEST):
        if hints and tag not in ("body", "html"):
            said = known.get(hints)
            if said is None:
                said = known[hints] = _COMMENT.search(hints) is not None
            if said:
                return True
    return False


def _separators(draft: Draft) -> None:
    """Take lines of dashes, stars and the like out of the body; what they part stays. In a table a dash is an empty cell."""
    body = draft.body()
    for place, index in enumerate(body):
        text = draft.blocks[index].text
        if text[0] in _RULES and len(text) <= LONGEST_RULE and _RULES.issuperset(text) and not _in_table(draft.blocks[index]):
            beside = (body[at] for at in (place - 1, place + 1) if 0 <= at < len(body))
            if len(text.replace(" ", "")) >= SURE_RULE or any(draft.looks[near].closed for near in beside):
                draft.take(index, Kind.CHROME, "a separator", kept=False)


def _in_table(block: Block) -> bool:
    return any(tag in ("td", "th", "tr") for tag, _ in ancestors(block, 2))


def _file_captions(draft: Draft) -> None:
    """Take captions of any length out of the body whose word for it stands in capitals: ``FILE - Crews inspect the pier …``."""
    for index in draft.body():
        hit, text = draft.looks[index].hit, draft.blocks[index].text.lstrip(BULLETS)
        if hit is None or hit.kind != "caption" or hit.how != "start" or len(text) > LONGEST_CAPTION:
            continue
        size = len(hit.phrase.rstrip(" :-"))
        if text[:size].isupper() and text[size:].lstrip()[:1] in _INTRODUCES:
            draft.take(index, Kind.CAPTION, f"begins as captions do (“{text[:size]}”)", kept=False)


def _keywords(draft: Draft) -> None:
    """Take the keywords out of the body's edges: many short items, in the alphabet's order and not all of them names."""
    body = draft.body()
    for place, index in enumerate(body):
        if FIRST <= place < len(body) - LAST or draft.looks[index].closed:
            continue
        if _sorted_items(draft.blocks[index].text):
            draft.take(index, Kind.CHROME, "a list of keywords", kept=False)


def _sorted_items(text: str) -> bool:
    items = [item for part in _PARTS.split(text) if (item := part.strip(" #*"))]
    if len(items) < KEYWORDS or ":" in text or not any(item[0].islower() for item in items):
        return False
    if len(items) < 2 * KEYWORDS and any(item.count(" ") >= KEYWORD for item in items):
        return False
    folded = [item.casefold() for item in items]
    plain = ["".join(sign for sign in normalize("NFD", item) if not combining(sign)) for item in folded]
    return folded == sorted(folded) or plain == sorted(plain)  # databases sort with accents and without


def _bare_front(draft: Draft) -> None:
    """Take a number out that stands alone straight above the story: a count, a time. A year, or the first of several, is a heading."""
    body = draft.body()
    bare = [place for place, index in enumerate(body[:-1]) if _is_bare(draft, index) and draft.looks[body[place + 1]].prose]
    if bare == [0] and _YEAR.fullmatch(draft.blocks[body[0]].text) is None:
        draft.take(body[0], Kind.CHROME, "a number alone above the story", kept=False)


def _bare_end(draft: Draft) -> None:
    """Take numbers out that stand alone behind the story: counters, pages, the times of other stories.

    Below a line that does not close they may be a table's, below a question its answer.
    """
    body = draft.body()
    ends = len(body)
    while ends and _is_bare(draft, body[ends - 1]):
        ends -= 1
    if 0 < ends < len(body) and draft.looks[body[ends - 1]].closed and draft.blocks[body[ends - 1]].text[-1] not in "?？":
        for index in body[ends:]:
            draft.take(index, Kind.CHROME, "a number with nothing under it", kept=False)
    behind = next((place + 1 for place in reversed(range(len(body))) if draft.looks[body[place]].prose), len(body))
    times = [(index, _clock(draft.blocks[index].text)) for index in body[behind:]]
    for (index, time), (after, later) in pairwise(times):  # other stories stand newest first
        if time is not None and later is not None and time >= later:
            for at in (index, after):
                draft.take(at, Kind.TIMESTAMP, "one of a list of times", kept=False)


def _ticker(draft: Draft) -> None:
    """Take the latest news out that a site lists by the time, newest first: times alone or before titles, few with a text.

    Where sentences stand beside or below the times that is a story told hour by hour; where the times grow it is a programme. Times before
    titles, and the texts between, go from below a story alone: a text may be nothing but such a list.
    """
    times = [_clock(block.text) or _front_clock(block.text) for block in draft.blocks]
    for places in _runs([index for index, time in enumerate(times) if time is not None]):
        falling = sum((times[earlier] or (0, 0)) >= (times[later] or (0, 0)) for earlier, later in pairwise(places))
        step = (places[-1] - places[0]) // (len(places) - 1)
        posts = [range(start, stop) for start, stop in pairwise([*places, min(places[-1] + max(step, 1), len(draft.blocks))])]
        texts = [sum(draft.looks[index].prose > 0 and (index > post[0] or not _asks(draft, index)) for index in post) for post in posts]
        titles = sum(len(post) - 1 for post in posts)
        few = sum(map(bool, texts)) <= MOST_TOLD * len(posts) or sum(texts) <= titles / FULL_TO_A_BUTTON
        if falling < IN_ORDER * (len(places) - 1) or not few:
            continue
        above = sum(draft.looks[index].prose for index in draft.body() if index < places[0]) >= STORY
        for index in (index for post in posts for index in post if draft.in_body(index)):
            if above or not (draft.looks[index].prose or _front_clock(draft.blocks[index].text)):
                draft.take(index, Kind.CHROME, "one of a list of times", kept=False)


def _front_clock(text: str) -> tuple[int, int] | None:
    """Return the time that a line begins with."""
    found = _POST.match(text)
    return (int(found[1]), int(found[2])) if found else None


def _asks(draft: Draft, index: int) -> bool:
    """Tell a title that is a question; a sentence says something."""
    return draft.blocks[index].text[-1] in "?？"


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Return the runs of places that lie near each other, those of enough of them."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place - runs[-1][-1] <= NEXT_TIME:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) >= FEWEST_TIMES]


def _is_bare(draft: Draft, index: int) -> bool:
    """Tell a line that is one number: no price, no share, no score, no heading of a page."""
    block = draft.blocks[index]
    if len(block.text) > LONGEST_NUMBER or block.tag in HEADINGS or _NUMBER.fullmatch(block.text) is None:
        return False
    return not _in_table(block)


def _clock(text: str) -> tuple[int, int] | None:
    found = _CLOCK.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _stamps(draft: Draft) -> None:
    """Take dates that stand alone between the paragraphs of a page out of the body: they belong to teasers."""
    for index in draft.body() if draft.page.html else ():
        if draft.looks[index].words <= STAMP and draft.blocks[index].kind is not Kind.SUBHEADING and draft.is_stamp(index):
            draft.take(index, Kind.TIMESTAMP, "a date alone between the paragraphs", kept=False)
