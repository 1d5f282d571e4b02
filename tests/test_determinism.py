"""The same input gives the same record: in any order, in any process, whatever the hash seed and the locale."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleanarticle import InputError, clean

ROOT = Path(__file__).resolve().parents[1]
INPUTS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "fixtures").rglob("input.*"))
DOCUMENTS = 200
SENTENCES = (
    "The harbour board said on Monday that the last ferry to the outer islands will sail on Friday.",
    "“Nobody wanted to be the one to sign this,” said Ingrid Solberg, who chairs the board.",
    "Der Stadtrat hat am Dienstagabend beschlossen, das Hallenbad nicht zu sanieren, sondern abzureißen.",
    "La región y la compañía ferroviaria firmaron el miércoles el convenio que prevé seis paradas al día.",
    "Работы продолжались пять лет, общая стоимость проекта составила 78 млн рублей.",
    "据介绍，该桥自2020年开工以来克服了江面宽、水流急等困难，施工期间没有发生安全事故。",
)
LINES = (
    "By Tove Lindqvist",
    "4 March 2024, 9:30 am",
    "Share",
    "Read more",
    "Source: MENA",
    "Photo: J. Doe/AFP",
    "© 2024 Example News",
    "Home",
    "1. Lorem",
)
AROUND = (
    "<p>{}</p>",
    "<div>{}<br>",
    "<li><a href='/x'>{}</a></li>",
    "<h2>{}</h2>",
    "<td class='a b'>{}</td>",
    "<span itemprop=author>{}</span>",
)
FINGERPRINTS = """
import hashlib, json, random, sys
sys.path.insert(0, sys.argv[1])
from test_determinism import documents, fingerprint
order = list(enumerate(documents()))
random.Random(int(sys.argv[2])).shuffle(order)
found = {place: fingerprint(document) for place, document in order}
print(json.dumps([found[place] for place in sorted(found)]))
"""


def documents() -> list[bytes | str]:
    """The inputs at hand, and as many made ones as are missing: pages and texts, some cut, some in other charsets."""
    chance = random.Random(11)
    made: list[bytes | str] = [path.read_bytes() for path in INPUTS]
    while len(made) < DOCUMENTS:
        parts = [chance.choice(SENTENCES + LINES) for _ in range(chance.randrange(2, 25))]
        html = chance.random() < 0.5
        text = "".join(chance.choice(AROUND).format(part) for part in parts) if html else chance.choice(("\n", "\n\n")).join(parts)
        if html:
            text = f"<html><head><title>{chance.choice(SENTENCES[:4])} | Example</title></head><body>{text}</body></html>"
        encoding = chance.choice(("utf-8", "windows-1252", "utf-16", ""))
        data: bytes | str = text.encode(encoding, "replace") if encoding else text
        made.append(data[: chance.randrange(len(data))] if chance.random() < 0.1 else data)
    return made


def fingerprint(data: bytes | str) -> str:
    """A hash of the whole record, the account of the blocks included."""
    try:
        record = clean(data).to_dict(audit=True)
    except InputError as error:
        record = {"error": str(error)}
    return hashlib.sha256(json.dumps(record).encode()).hexdigest()


@pytest.fixture(scope="module")
def here() -> list[str]:
    return [fingerprint(document) for document in documents()]


def test_the_documents_are_of_many_kinds(here: list[str]) -> None:
    assert len(here) >= DOCUMENTS
    assert len(set(here)) > 0.9 * len(here)


def test_a_second_run_in_another_order_gives_the_same_records(here: list[str]) -> None:
    numbered = list(enumerate(documents()))
    random.Random(5).shuffle(numbered)
    assert all(fingerprint(document) == here[place] for place, document in numbered)


@pytest.mark.parametrize(
    ("seed", "environment"),
    [
        ("0", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("1", {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Auckland"}),
        ("4711", {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York"}),
    ],
)
def test_another_process_hash_seed_and_locale_give_the_same_records(seed: str, environment: dict[str, str], here: list[str]) -> None:
    assert fingerprints(sys.executable, seed, environment) == here


def test_other_versions_of_python_give_the_same_records(here: list[str]) -> None:
    others = [found for minor in (11, 12, 13, 14) if (found := shutil.which(f"python3.{minor}")) and minor != sys.version_info.minor]
    ready = [
        other for other in others if subprocess.run([other, "-c", "import cleanarticle, lxml, ftfy"], capture_output=True).returncode == 0
    ]
    if not ready:
        pytest.skip("no other Python with the package's dependencies")
    for other in ready:
        assert fingerprints(other, "3", {}) == here


def fingerprints(python: str, seed: str, environment: dict[str, str]) -> list[str]:
    env = {**os.environ, **environment, "PYTHONHASHSEED": seed}
    command = [python, "-c", FINGERPRINTS, str(Path(__file__).parent), seed]
    found: list[str] = json.loads(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    return found
