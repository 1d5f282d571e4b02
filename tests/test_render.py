"""Article → what is printed."""

from __future__ import annotations

import json

from cleanarticle import Article, Block, Kind
from cleanarticle.render import FORMATS, to_diff, to_html, to_json, to_text

ARTICLE = Article(
    headline="Brücke gesperrt",
    standfirst="Bis Ostern.",
    byline="Von Jo Ek",
    body="Eins.\n\nZwei „und“ drei.",
    blocks=(Block("Brücke gesperrt", Kind.HEADLINE), Block("Teilen", Kind.CHROME, kept=False, reason="lexicon: share")),
)


def test_json_is_one_line_of_readable_characters() -> None:
    line = to_json(ARTICLE)
    assert "\n" not in line
    assert "Brücke" in line
    assert "„und“" in line
    assert json.loads(line) == ARTICLE.to_dict()
    assert json.loads(to_json(ARTICLE, audit=True)) == ARTICLE.to_dict(audit=True)


def test_text_is_each_part_apart_by_a_blank_line() -> None:
    assert to_text(ARTICLE) == "Brücke gesperrt\n\nBis Ostern.\n\nVon Jo Ek\n\nEins.\n\nZwei „und“ drei."


def test_text_leaves_out_what_is_not_there() -> None:
    assert to_text(Article(body="Eins.")) == "Eins."
    assert to_text(Article()) == ""


def test_text_with_audit_lists_what_was_removed_and_why_and_nothing_kept() -> None:
    body, removed = to_text(ARTICLE, audit=True).split("\n\n--- removed ---\n")
    assert body == to_text(ARTICLE)
    assert removed == "[chrome] Teilen\n    lexicon: share"


def test_the_formats_are_the_command_lines_choices() -> None:
    assert dict(FORMATS) == {"diff": to_diff, "html": to_html, "json": to_json, "text": to_text}
