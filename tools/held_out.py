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
import runpy
import sys
from functools import cache
from pathlib import Path
from typing import Any

from train import FOLDS, domain_of, fold_of

import cleanarticle
from cleanarticle import label, score


def held_out(folder: Path, domains: dict[str, str]) -> Any:
    """Return ``clean`` that takes the weights learned without the document's domain."""
    original, lens_for = cleanarticle.clean, label.lens_for.__wrapped__
    load, vocabulary = score.load.__wrapped__, score.vocabulary.__wrapped__
    state = {"fold": 0}

    @cache
    def loaded(kind: str, name: str, fold: int) -> Any:
        score.FOLDER = folder / str(fold)
        return load(name) if kind == "trees" else vocabulary(name)

    @cache
    def lens(language: str | None, lexicons: Any, fold: int) -> Any:
        return lens_for(language, lexicons)

    replaced: Any = score
    label.lens_for = lambda language, lexicons: lens(language, lexicons, state["fold"])  # type: ignore[assignment]
    replaced.load = lambda name: loaded("trees", name, state["fold"])
    replaced.vocabulary = lambda name: loaded("words", name, state["fold"])

    def clean(data: bytes | str, **options: Any) -> Any:
        domain = domains.get(_key(data)) or domain_of(options.get("url"))
        if domain is None:
            raise SystemExit("held_out.py: a document without a domain")
        state["fold"] = fold_of(domain)
        assert 0 <= state["fold"] < FOLDS
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
    sys.argv = [harness, *rest]
    sys.path.insert(0, str(Path(harness).resolve().parent))
    runpy.run_path(harness, run_name="__main__")
