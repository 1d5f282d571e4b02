"""Check what a freshly installed wheel printed for a seed and a page: ``python .ci/check_records.py records.jsonl``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

seed, page = (json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines())
for record in (seed, page):
    if not (record["headline"] and record["body"] and record["blocks"]):
        sys.exit(f"the wheel gave a record without headline, body or blocks: {record['headline']!r}")
print(f"wheel: {seed['headline']!r}, {len(seed['blocks'])} blocks; {page['headline']!r}, {len(page['blocks'])} blocks")
