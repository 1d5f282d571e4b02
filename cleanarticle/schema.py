"""``cleanarticle schema``: the JSON Schema of the record.

>>> schema()["$id"]
'urn:cleanarticle:1'
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from . import subcommand

FILE = Path(__file__).parent / "record.schema.json"
"""Draft 2020-12; shipped with the package."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the record, with and without its account, alone and as a row of ``cleanarticle corpus``."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


@subcommand.command("schema", "Print the JSON Schema (draft 2020-12) of the record.", subcommand.OUTPUT)
def main(options: argparse.Namespace) -> int:
    """Run ``cleanarticle schema``."""
    subcommand.write(FILE.read_text("utf-8"), options.output)
    return subcommand.DONE
