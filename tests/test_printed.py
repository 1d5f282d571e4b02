"""The headline of plain text: which line, and when none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from cleanarticle import clean, features, printed
from cleanarticle.label import label
from cleanarticle.lexicon import lexicons_for
from cleanarticle.model import Block
from cleanarticle.read_text import read_text

TITLE = "New breakwater in the harbour delayed by a year"
BODY = """The harbour authority said on Monday that the new breakwater would be finished a year late, after storms in the winter \
washed away part of the foundation that divers had laid in the autumn.

Engineers now plan to sink forty concrete caissons along the northern edge of the harbour, where the current is weakest, before \
the fishing season begins again in April.

“We will not put the boats at risk for the sake of a date,” said the harbour master, Ines Calder, who has run the port for eleven \
years and lost two pilot boats in that time.
"""


@pytest.mark.parametrize("above", ["Jane Roe\n", "OPINION\nJane Roe\n"])
def test_an_authors_name_above_the_title_is_not_the_headline(above: str) -> None:
    assert clean(f"{above}{TITLE}\n\n{BODY}").headline == TITLE


def test_an_authors_name_below_the_title_is_not_the_headline() -> None:
    assert clean(f"{TITLE}\nJane Roe\n\n{BODY}").headline == TITLE


@pytest.mark.parametrize("above", ["", "Jane Roe\n\n", "By Jane Roe\n\n"])
def test_a_text_without_a_title_has_no_headline(above: str) -> None:
    assert clean(above + BODY).headline is None


def test_a_title_of_few_signs_is_no_name_where_the_story_has_them() -> None:
    body = "河畔镇居民自筹资金修建的步行桥14日正式通行，全长86米，耗时两年零三个月。\n镇政府表示，桥梁的维护费用将由镇财政承担。"
    assert clean(f"步行桥 通行\n\n{body}").headline == "步行桥 通行"


@pytest.mark.parametrize(
    "header",
    [
        f"From: Jane Roe <jane@example.org>\nTo: desk@example.org\nSubject: {TITLE}",
        f"Von: Jane Roe\nAn: Redaktion\nBetreff: {TITLE}",
    ],
)
def test_a_mails_headline_is_its_subject_and_not_its_sender(header: str) -> None:
    assert clean(f"{header}\n\n{BODY}").headline == TITLE


def test_one_line_with_a_colon_is_no_mails_header() -> None:
    headline = f"Analysis: {TITLE}"
    assert clean(f"{headline}\nJane Roe\n\n{BODY}").headline == headline


def test_a_line_of_an_address_block_is_not_the_headline() -> None:
    contact = "Contact:\nDana Example\nHead of Press, Harbour Authority\ndana@harbour.example"
    assert clean(f"{contact}\n\n{TITLE}\n\n{BODY}").headline not in contact.splitlines()


def test_a_title_above_the_authors_mail_address_stays() -> None:
    assert clean(f"{TITLE}\nBy Dana Example\ndana@harbour.example\n\n{BODY}").headline == TITLE


class Ordered(frozenset[str]):
    """A set that hands its words out in an order of its own, as another hash seed would."""

    key: ClassVar[bool] = False

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__(), reverse=self.key))


class Reversed(Ordered):
    key = True


def test_no_order_of_a_set_decides_what_a_text_is_about() -> None:
    words = ["word" + first + second for first in "abcdef" for second in "abcdefghij"]
    stories = [" ".join(words) + " end." for _ in range(3)]  # sixty words, all as often
    lines = [f"{word} alone" for word in words[::7]]
    blocks = [Block(text) for text in (*lines, *stories)]
    looks, table = features.measure(blocks, features.Lens())
    chances = [0.1] * len(lines) + [0.9] * len(stories)
    rows = []
    for order in (Ordered, Reversed):
        for look in looks:
            look.content = order(look.content)
        rows.append(printed.rows_of(looks, table, chances, len(lines), range(len(lines))))
    assert rows[0] == rows[1]


def _candidates(text: str) -> list[str]:
    lexicons = lexicons_for("en")
    labelled = label(read_text(text), lexicons, "en")
    texts = [block.text for block in labelled.blocks]
    first = printed.first_paragraph(labelled.looks, labelled.chances)
    return [texts[i] for i in printed.candidates(labelled.looks, labelled.table, first, texts)]


@pytest.mark.parametrize("label_of_a_byline", ["By", "Written by", "Von:"])
def test_a_name_below_the_label_of_a_byline_is_never_the_headline(label_of_a_byline: str) -> None:
    text = f"{TITLE}\n\n{label_of_a_byline}\n\nJane Louise Rowan\n\nJane Louise Rowan\n\n{BODY}"
    assert _candidates(text) == [TITLE]


def test_a_title_below_such_a_label_may_be_the_headline() -> None:
    assert TITLE in _candidates(f"By\n\n{TITLE}\n\n{BODY}")
    assert "Jane Louise Rowan" in _candidates(f"{TITLE}\n\nJane Louise Rowan\n\n{BODY}")


@pytest.mark.parametrize("above", ["Credit: Harbour Authority", "Photo by Jane Roe", "Share on Facebook", "3 min read"])
def test_a_line_that_begins_as_the_sites_own_is_never_the_headline(above: str) -> None:
    assert _candidates(f"{above}\n\n{TITLE}\n\n{BODY}") == [TITLE]


def test_the_title_of_a_gallery_may_be_the_headline() -> None:
    assert "Photos: The breakwater after the storm" in _candidates(f"Photos: The breakwater after the storm\n\n{BODY}")
