import json
import tomllib
from pathlib import Path

import pytest

from cleanarticle.features import measure
from cleanarticle.label import Mark, Seen, lens_for, listed_phrases
from cleanarticle.lexicon import fold, languages, lexicons_for, load
from cleanarticle.model import Block

HERE = Path(__file__).parent
TOPICS = {
    "share", "print", "related", "comment", "correction", "subscribe", "account", "cookie", "footer", "dialog", "form", "disclaimer",
    "navigation", "section", "promotion", "audio", "author", "tags", "media", "meta", "source-note",
}  # fmt: skip
HOWS = {"whole", "start", "inside"}
PLAIN = {
    "byline": {"lead"}, "source": {"lead"}, "timestamp": {"lead"}, "signoff": {"lead"},
    "related": {"heading", "lead"}, "comments": {"heading"},
}  # fmt: skip
OPTIONAL = {"related": {"loud"}, "comments": {"titled", "said"}}  # words in capitals; titles behind the words: not every language has them
CODES = (
    "en de fr es it pt nl tr ru ar zh pl uk cs sv no da fi el he fa ja ko hi id vi ro hu th "
    "az be bg bn ca et hr is ka kk lt lv mk ms my sk sl sq sr ta tl ur"
)
EXPECTED = set(CODES.split())
CHROME = tomllib.loads((HERE / "tables" / "chrome.toml").read_text("utf-8"))
PROSE = tomllib.loads((HERE / "tables" / "prose.toml").read_text("utf-8"))


def phrase_lists(language: str) -> list[tuple[str, str, list[str]]]:
    lists = []
    for name, table in load(language).tables.items():
        for topic, inner in table.items() if name == "chrome" else [(name, table)]:
            lists += [(topic, how, phrases) for how, phrases in inner.items()]
    return lists


def as_folded(phrase: str, how: str) -> str:
    """What folding leaves of a phrase where blocks can have it: the end of an opening may be a colon, a dash, a stroke."""
    if how in ("whole", "heading"):
        return fold(phrase)
    return fold(phrase + "x")[:-1] if how in ("start", "lead", "loud") else fold(f"x{phrase}x")[1:-1]


def test_every_promised_language_has_a_file():
    assert languages() >= EXPECTED


@pytest.mark.parametrize("language", sorted(EXPECTED))
def test_a_file_has_only_the_known_tables(language):
    tables = load(language).tables
    assert set(tables) <= {"chrome", "caption", "credit", *PLAIN}
    assert set(tables["chrome"]) <= TOPICS
    for name, table in [*tables["chrome"].items(), ("caption", tables["caption"]), ("credit", tables["credit"])]:
        assert set(table) <= HOWS, name
    for name, keys in PLAIN.items():
        assert set(tables[name]) - OPTIONAL.get(name, set()) == keys
    assert set(tables["chrome"]["section"]) == {"whole"}


@pytest.mark.parametrize("language", sorted(EXPECTED))
def test_phrases_are_folded_sorted_and_unique(language):
    for topic, how, phrases in phrase_lists(language):
        assert phrases == sorted(set(phrases)), (topic, how)
        assert [p for p in phrases if as_folded(p, how) != p] == [], (topic, how)


@pytest.mark.parametrize("language", sorted(EXPECTED))
def test_no_phrase_is_in_two_topics(language):
    owner: dict[str, str] = {}
    for topic, how, phrases in phrase_lists(language):
        if how in HOWS:
            assert [(p, owner[p]) for p in phrases if owner.setdefault(p, topic) != topic] == []


@pytest.mark.parametrize("language", sorted(EXPECTED))
def test_a_heading_over_other_stories_or_comments_is_chrome_itself(language):
    lexicon = load(language)
    for table in ("related", "comments"):
        assert [h for h in lexicon.words(table, "heading") if lexicon.find(h) is None] == []


@pytest.mark.parametrize(
    ("language", "topic", "line"),
    [(lang, topic, line) for lang, topics in CHROME.items() for topic, lines in topics.items() for line in lines],
)
def test_chrome_is_found_under_its_topic(language, topic, line):
    hit = load(language).find(fold(line))
    assert hit is not None
    assert hit.topic == topic


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang, texts in PROSE.items() for text in texts])
def test_prose_that_looks_like_chrome_is_not_found(language, text):
    assert [lexicon.find(fold(text)) for lexicon in lexicons_for(language)] == [None] * len(lexicons_for(language))


def bodies() -> list[tuple[str, str, str]]:
    root = HERE.parent / "fixtures"
    files = [*root.glob("*/expected.json"), *root.glob("seeds/*.json")]
    found = []
    for path in files:
        record = json.loads(path.read_text("utf-8"))
        record = record.get("record", record)
        body = record.get("body") or []
        paragraphs = body.split("\n\n") if isinstance(body, str) else body
        found += [(str(path), record.get("language") or "en", p) for p in paragraphs if p]
    return found


def test_no_phrase_takes_a_paragraph_of_a_fixture():
    """A long paragraph may begin with one; what is taken for chrome by it may not."""

    def taken(language: str, text: str) -> list[Mark]:
        lexicons, blocks = lexicons_for(language), [Block(text)]
        return list(listed_phrases(Seen(blocks, measure(blocks, lens_for(language, lexicons))[0], lexicons)))

    assert [(name, text) for name, language, text in bodies() if taken(language, text)] == []


def test_no_phrase_matches_a_paragraph_of_a_fixture_but_of_the_one_made_of_such():
    found = [name for name, language, text in bodies() if any(lexicon.find(fold(text)) for lexicon in lexicons_for(language))]
    assert {Path(name).parent.name for name in found} == {"prose-like-chrome"}


def test_bosnian_is_read_with_the_phrases_of_croatian():
    assert lexicons_for("bs") == lexicons_for("hr") != lexicons_for(None)
