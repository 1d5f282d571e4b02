"""Rewrite ``expected.json`` of golden fixtures with what the program gives now, for a person to review in the diff.

    python tools/update_golden.py                     every fixture but the known failures
    python tools/update_golden.py amp-page seeds/001  some, by the end of their folder's name or its beginning

Nothing runs this on its own: a record that changed for the worse is a defect, not a new expectation.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cleanarticle import clean

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
UNPROMISED = ("schema", "confidence", "warnings", "fingerprint")
"""Keys of the record that a golden leaves out: they move with the weights or the body, or are the same everywhere."""


def folders() -> list[Path]:
    """Return the folders of all golden fixtures, in order."""
    return sorted(path.parent for path in FIXTURES.rglob("expected.json"))


def read_input(folder: Path) -> bytes:
    """Return a fixture's input: its ``input.html`` or ``input.txt``; for a seed the file of its name in ``seeds/``."""
    for name in ("input.html", "input.txt"):
        if (folder / name).exists():
            return (folder / name).read_bytes()
    return (ROOT / "seeds" / f"{folder.name}.txt").read_bytes()


def golden(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as ``expected.json`` has it: the body as a list of paragraphs, so that a diff shows which one changed."""
    kept = {key: value for key, value in record.items() if key not in UNPROMISED}
    return kept | {"body": record["body"].split("\n\n") if record["body"] else []}


def main(names: list[str]) -> int:
    """Rewrite the expectations of the fixtures named, or of all but the known failures."""
    for folder in folders():
        slug = folder.relative_to(FIXTURES).as_posix()
        wanted = any(slug.endswith(name) or slug.startswith(name) for name in names) if names else "known-failures" not in slug
        if wanted:
            found = golden(clean(read_input(folder)).to_dict())
            text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
            if (folder / "expected.json").read_text("utf-8") != text:
                (folder / "expected.json").write_text(text, "utf-8")
                print(f"changed: {slug}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
