"""Run a benchmark of ../shared/bench with weights that never saw the document's domain: the whole of ``clean``, cross-validated.

python tools/train.py --shared ../shared --cv --held-out /tmp/held-out
python tools/held_out.py /tmp/held-out ../shared/bench/text.py --data ../shared/data/text-dev --systems cleanarticle
python tools/held_out.py /tmp/held-out ../shared/bench/body.py --data ../shared/data/wcxb-dev --systems cleanarticle
python tools/held_out.py /tmp/held-out ../shared/bench/fields.py --data ../shared/data/fundus-dev --systems cleanarticle
"""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
import runpy
import sys
from functools import cache
from pathlib import Path
from typing import Any

from train import domain_of, fold_of

import cleanarticle
from cleanarticle import label, score


def held_out(folder: Path, domains: dict[str, str]) -> Any:
    """Return ``clean`` that takes the weights learned without the document's domain."""
    original, lens_for = cleanarticle.clean, label.lens_for.__wrapped__
    load, vocabulary = score.load.__wrapped__, score.vocabulary.__wrapped__
    shipped = score.FOLDER
    state: dict[str, int | None] = {"fold": None}

    @cache
    def loaded(kind: str, name: str, fold: int | None) -> Any:
        score.FOLDER = shipped if fold is None else folder / str(fold)
        return load(name) if kind == "trees" else vocabulary(name)

    @cache
    def lens(language: str | None, lexicons: Any, fold: int | None) -> Any:
        return lens_for(language, lexicons)

    replaced: Any = score
    label.lens_for = lambda language, lexicons: lens(language, lexicons, state["fold"])  # type: ignore[assignment]
    replaced.load = lambda name: loaded("trees", name, state["fold"])
    replaced.vocabulary = lambda name: loaded("words", name, state["fold"])

    def clean(data: bytes | str, **options: Any) -> Any:
        domain = domains.get(_key(data)) or domain_of(options.get("url"))
        state["fold"] = None if domain is None else fold_of(domain)  # the seeds have no domain, and were not learned from
        return original(data, **options)

    return clean


def _key(data: bytes | str) -> str:
    return hashlib.md5(data if isinstance(data, bytes) else data.encode("utf-8", "replace")).hexdigest()


def _domains(shared: Path) -> dict[str, str]:
    """Of the renderings, which come without a URL."""
    found = {}
    for path in sorted((shared / "data" / "text-dev").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            for line in handle:
                row = json.loads(line)
                found[_key(row["text"])] = row["domain"]
    return found


if __name__ == "__main__":
    folder, harness, *rest = sys.argv[1:]
    cleanarticle.clean = held_out(Path(folder), _domains(Path(harness).resolve().parents[1]))
    context = multiprocessing.get_context
    anyway: Any = multiprocessing
    anyway.get_context = lambda _: context("fork")  # a spawned process would import clean as it is
    sys.argv = [harness, *rest]
    sys.path.insert(0, str(Path(harness).resolve().parent))
    runpy.run_path(harness, run_name="__main__")
