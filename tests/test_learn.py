"""Learning a site's chrome from its documents: what recurs around the articles, and not what the articles say."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from cleanarticle import clean
from cleanarticle.learn import Line, learn, main, to_toml
from cleanarticle.lexicon import fold
from cleanarticle.phrases import read

THINGS = ["ferry", "harbour", "bridge", "school", "library", "market", "station", "theatre", "hospital", "lighthouse"]
VERBS = ["closed", "opened", "rebuilt", "sold", "visited", "inspected", "praised", "moved", "painted", "lost"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]

ABOVE = ["Courier of the Coast", "Tide tables & harbour web cameras", "Tonight on Coast Radio: sea shanties from nine"]
BELOW = [
    "The Courier of the Coast has been owned by its readers since 1911, and every penny that it earns goes back into reporting.",
    "Seen something along the shore that we should look into? Ring the newsroom on 0123 456 789 and ask for the desk.",
    "Our puzzle page has moved to the back of the paper",
]
INSIDE = "Every week our harbour letter brings the coast to 12,000 kitchens; put your name on the list at the newsstand in Quay Street."
SUBHEADING = "What happens next"
BACKGROUND = "The bridge across the sound was closed in March after engineers found cracks in two of the eleven pillars that carry it."


SYLLABLES = ["ber", "lin", "ka", "mo", "sund", "vik", "ton", "ra", "del", "os", "mar", "hel"]
CLAUSES = [
    "{0} of {1} told {2} that the {3} near {4} had been {5} {6} days after {7} first asked for it",
    "In {1}, where {0} and {2} met on {8}, nobody from {4} wanted the {3} to be {5} before {7} had agreed",
    "The {3} cost {6} million crowns, {0} wrote to {2} in {1}, although {7} of {4} never saw it {5}",
    "“We {5} what {7} left us,” said {0}, who came from {1} to {4} with {2} and now runs the {3}",
    "Neither {0} nor {2} would say on {8} why {1} had {5} its {3} while {4} waited {6} years for {7}",
]


def name(source: random.Random) -> str:
    return "".join(source.choices(SYLLABLES, k=3)).capitalize()


def sentence(source: random.Random) -> str:
    places = [name(source), name(source), name(source), source.choice(THINGS), name(source), source.choice(VERBS)]
    return source.choice(CLAUSES).format(*places, source.randrange(2, 90), name(source), source.choice(DAYS)) + "."


def paragraph(source: random.Random) -> str:
    return " ".join(sentence(source) for _ in range(source.randrange(2, 5)))


def site(pages: int) -> list[tuple[str, list[str]]]:
    """Return pages of a made site, and the lines of each article."""
    out: list[tuple[str, list[str]]] = []
    for number in range(pages):
        source = random.Random(number)
        head, tail = [paragraph(source) for _ in range(3)], [paragraph(source) for _ in range(3)]
        if number % 10 == 0:
            head.insert(1, BACKGROUND)
        article = [*head, SUBHEADING, *tail]
        lines = [*ABOVE, f"The {source.choice(THINGS)} of {name(source)}", *head, INSIDE, SUBHEADING, *tail, *BELOW]
        out.append(("\n\n".join(lines), article))
    return out


SITE = site(50)
LEARNED = learn(text for text, _ in SITE)
TABLES = read(LEARNED)
PHRASES = set(TABLES["chrome"]["site"]["whole"])


@pytest.mark.parametrize("line", [*ABOVE, *BELOW, INSIDE])
def test_lines_around_the_articles_and_sentences_within_all_of_them_are_learned(line: str) -> None:
    assert fold(line) in PHRASES


@pytest.mark.parametrize("line", [SUBHEADING, BACKGROUND], ids=["subheading", "background"])
def test_what_articles_say_again_and_again_is_not_learned(line: str) -> None:
    assert fold(line) not in PHRASES


def test_learned_phrases_remove_more_chrome_and_no_line_of_an_article() -> None:
    removed, removed_before, chrome = 0, 0, 0
    for text, article in site(60)[50:]:
        before = clean(text).body.split("\n\n")
        after = clean(text, phrases=TABLES).body.split("\n\n")
        lost = [line for line in article if line in before and line not in after]
        assert lost == []
        chrome += len(ABOVE + BELOW) + 1
        removed_before += sum(line not in before for line in [*ABOVE, *BELOW, INSIDE])
        removed += sum(line not in after for line in [*ABOVE, *BELOW, INSIDE])
    assert removed_before < 0.9 * chrome, "the made site's chrome is not all known beforehand"
    assert removed == chrome


def test_one_story_at_many_addresses_is_one_document() -> None:
    text, article = SITE[0]
    assert read(learn([*[text] * 20, *(text for text, _ in SITE[1:3])], least=4)) == {"chrome": {"site": {"whole": []}}}
    assert article


def test_known_phrases_are_left_out() -> None:
    pages = [f"Share this article\n\n{text}" for text, _ in SITE[:8]]
    assert "share this article" not in learn(pages)


def test_scripts_without_spaces_have_paragraphs_too() -> None:
    """A subheading among Japanese paragraphs is the articles', a line under them the site's."""
    characters = "港湾局海岸道路学校図書館市場駅劇場病院灯台閉鎖再開修理点検発表検討予算議会住民漁船台風橋脚"

    def told(source: random.Random) -> str:
        return "".join("".join(source.choices(characters, k=source.randrange(12, 30))) + "が決まった。" for _ in range(3))

    pages = []
    for number in range(12):
        source = random.Random(number)
        head, tail = [told(source) for _ in range(3)], [told(source) for _ in range(3)]
        pages.append("\n\n".join([told(source)[:14], *head, "今後の見通し", *tail, "海岸新聞は読者のみなさまが支えています"]))
    learned = read(learn(pages))["chrome"]["site"]["whole"]
    assert learned == ["海岸新聞は読者のみなさまが支えています"]


def test_few_documents_teach_nothing() -> None:
    assert "  " not in learn([text for text, _ in SITE[:2]])


def test_counts_stand_beside_the_phrases() -> None:
    found = re.search(rf'^  "{re.escape(fold(ABOVE[1]))}",  # (\d+)', LEARNED, re.M)
    assert found is not None
    assert 0.9 * len(SITE) <= int(found[1]) <= len(SITE), "articles of one made vocabulary may pass for copies"


@pytest.mark.parametrize("phrase", ['say "ahoy"', "d'accord", "back\\slash", "both ' and \"", "naïve – ‘x’", "# of #", "]"])
def test_any_phrase_survives_the_file(phrase: str) -> None:
    import tomllib

    assert tomllib.loads(to_toml([Line(phrase, 3, 0)], 9)) == {"chrome": {"site": {"whole": [phrase]}}}


def test_the_command_reads_a_folder_and_writes_a_phrase_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    for number, (text, _) in enumerate(SITE[:20]):
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
        (tmp_path / "site" / f"{number}.html").write_text(f"<!doctype html><title>x</title><body>{lines}</body>", "utf-8")
    out = tmp_path / "site.toml"
    assert main([str(tmp_path / "site"), "-o", str(out)]) == 0
    assert fold(BELOW[0]) in read(out.read_text("utf-8"))["chrome"]["site"]["whole"]
    assert "learn: 20 documents, " in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["no-such-folder"], ["--least", "1", "."], ["--least", "x", "."]])
def test_wrong_use_is_one_line_and_exit_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1
