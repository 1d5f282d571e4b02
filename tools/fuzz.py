"""Fuzz ``clean`` with atheris: bytes as they come, or text.

    pip install atheris
    python tools/fuzz.py bytes -max_total_time=900 CORPUS_DIR
    python tools/fuzz.py text -max_total_time=900 -max_len=20000 CORPUS_DIR

Whatever is not a record that keeps the contract, or a clear ``InputError``, stops the run and leaves the input in ``crash-…``;
put the fixed case into ``tests/test_hostile.py``. What follows the first argument goes to libFuzzer.
"""

from __future__ import annotations

import json
import re
import sys
import time

import atheris

with atheris.instrument_imports(include=["cleanarticle"]):
    from cleanarticle import InputError, clean

SLOW = 2.0  # seconds of CPU; an input of libFuzzer has 4 to 20 kB and takes some milliseconds
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no field may hold."""


def check(data: bytes | str) -> None:
    """Clean one input and see that the record keeps its promises."""
    started = time.process_time()
    try:
        article = clean(data)
    except InputError:
        return
    taken = time.process_time() - started
    if taken > SLOW:
        raise RuntimeError(f"{taken:.1f} s for {len(data)} bytes or characters")
    record = json.dumps(article.to_dict(audit=True), ensure_ascii=False)
    if json.loads(record.encode("utf-8")) != article.to_dict(audit=True):
        raise RuntimeError("the record does not survive JSON")
    for value in strings(article.to_dict(audit=True)):
        if FORBIDDEN.search(value):
            raise RuntimeError(f"a character that no field may hold: {value[:200]!r}")
    if not 0.0 <= article.confidence <= 1.0:
        raise RuntimeError(f"confidence {article.confidence}")


def strings(value: object) -> list[str]:
    """Return all strings within lists and dicts."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for item in items for found in strings(item)]


def fuzz_bytes(data: bytes) -> None:
    """As a file or a response comes."""
    check(data)


def fuzz_text(data: bytes) -> None:
    """As a scraper hands it over: any characters, lone surrogates included."""
    check(atheris.FuzzedDataProvider(data).ConsumeUnicode(len(data)))


TARGETS = {"bytes": fuzz_bytes, "text": fuzz_text}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
