"""Check what was built: ``python .ci/check_wheel.py dist records.jsonl``, the records printed by the freshly installed wheel.

The wheel must hold every file of the package and nothing else; the source archive what its tests need.
"""

from __future__ import annotations

import json
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files_of(*folders: str) -> set[str]:
    """Return the files below folders of the checkout, relative to it."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return {path.relative_to(ROOT).as_posix() for path in paths if path.is_file() and path.suffix != ".pyc"}


def main() -> int:
    """Return 0, or a message for what is wrong."""
    (wheel,) = Path(sys.argv[1]).glob("*.whl")
    (source,) = Path(sys.argv[1]).glob("*.tar.gz")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = files_of("cleanarticle")
    if packed != wanted:
        sys.exit(f"{wheel.name} lacks {sorted(wanted - packed)} and has beside them {sorted(packed - wanted)}")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    missing = (
        files_of("cleanarticle", "tests", "fixtures", "seeds", "tools") | {"README.md", "LICENSE", "CHANGELOG.md", ".ci/run"}
    ) - names
    if missing:
        sys.exit(f"{source.name} lacks {sorted(missing)}")
    for line in Path(sys.argv[2]).read_text("utf-8").splitlines():
        record = json.loads(line)
        if not (record["headline"] and record["body"] and record["blocks"]):
            sys.exit(f"the wheel gave a record without headline, body or blocks: {record['headline']!r}")
        print(f"wheel: {record['headline']!r}, {len(record['blocks'])} blocks")
    print(f"{wheel.name}: {len(packed)} files; {source.name}: {len(names)} files and folders")
    return 0


if __name__ == "__main__":
    sys.exit(main())
