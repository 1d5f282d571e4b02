"""``cleanarticle schema``: the JSON Schema of the record.

>>> schema()["$id"]
'urn:cleanarticle:1'
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import subcommand

FILE = Path(__file__).parent / "record.schema.json"
"""Draft 2020-12; shipped with the package."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the record, with and without its account, alone and as a row of ``cleanarticle corpus``."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def main(argv: Sequence[str]) -> int:
    """Run ``cleanarticle schema`` and return its exit code."""

    def action() -> int:
        it = subcommand.parser("schema", "Print the JSON Schema (draft 2020-12) of the record.")
        it.add_argument("-o", "--output", metavar="FILE", help="write there instead of stdout")
        options = it.parse_args(argv)
        subcommand.write(FILE.read_text("utf-8"), options.output)
        return subcommand.DONE

    return subcommand.run("schema", action)
