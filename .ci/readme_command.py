"""Print one of the README's commands: ``python3 .ci/readme_command.py test``.

The README is the single source: what it tells a newcomer to type is what runs here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def readme_command(name: str) -> str:
    """Return the command in the block marked ``<!-- command: name -->``.

    Raises ``LookupError`` if the README has no such block.
    """
    found = re.search(rf"<!-- command: {re.escape(name)} -->\n+```sh\n(.+?)\n```", README.read_text("utf-8"), re.S)
    if found is None:
        raise LookupError(f"README.md has no block marked <!-- command: {name} -->")
    return found[1]


if __name__ == "__main__":
    print(readme_command(sys.argv[1]))
