"""A sketch of a body: copies of one text have sketches that agree in most places.

How it is made, so that anyone can make it again (one-permutation minwise hashing, 32 bins, 4 bits kept of each):

1. The body in Unicode form NFKC, case folded. Words: runs of letters, digits and ``_`` (Python's ``\\w``); scripts that write
   without spaces (``UNSPACED``) are cut into twos from the start of each run.
2. Shingles: each two neighbouring words, a line feed behind each of the two; a body of one word has that word twice.
3. Each shingle's hash: CRC-32 (zlib's) of its UTF-8, times ``0x9E3779B1``, modulo 2**32.
4. The top 5 bits of a hash are its bin, the other 27 its value; a bin keeps its lowest value.
5. An empty bin takes the value of the next bin that has one, in rising order, from 31 on to 0.
6. The digit of a bin is the low 4 bits of its value; the 32 digits, bin 0 first, are the sketch, in lower-case hexadecimal.

The share of equal digits estimates the share of shingles that two bodies have in common (1/16 of the others agree by chance).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from zlib import crc32

DIGITS = 32  # hexadecimal digits of a sketch, 128 bits
ALIKE = 16  # equal digits; copies with a tenth of the words changed have 23 (99.3 % have 16), unrelated articles 2, and at most 12

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana, Han: as in a character class."""

_VALUE_BITS = 27
_VALUE = (1 << _VALUE_BITS) - 1
_SPREAD = 0x9E3779B1  # an odd number near 2**32 over the golden ratio: CRC-32 alone maps like texts to like numbers

_ASCII = bytes(range(128))
_APART = bytes(byte if byte >= 128 or byte == 95 or chr(byte).isalnum() else 10 for byte in range(256))
"""Makes every byte a line feed that is of no word."""
MOST_SIGNS = 20  # kinds of signs beyond ASCII that are replaced one after the other; of more a pattern finds the words


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"[{UNSPACED}]"), re.compile(rf"[^\W{UNSPACED}]+|(?=\w)[{UNSPACED}]{{1,2}}"), re.compile(r"\w+")


def _words(body: str) -> list[bytes]:
    """Return the words, each with a line feed behind it."""
    if not body.isascii():
        from unicodedata import normalize

        body = normalize("NFKC", body)
    body = body.casefold()
    foreign = set(body.encode("utf-8", "replace").translate(None, _ASCII).decode())
    signs = [sign for sign in foreign if not sign.isalnum()]
    unspaced, parted, spaced = _patterns()
    if len(signs) > MOST_SIGNS or unspaced.search("".join(foreign)):
        body = "\n".join((parted if unspaced.search(body) else spaced).findall(body))
    else:
        for sign in signs:
            body = body.replace(sign, "\n")
    lines = (body + "\n").encode("utf-8", "replace").translate(_APART).splitlines(keepends=True)
    return [line for line in lines if line != b"\n"]


def _lowest(hashes: Iterable[int]) -> dict[int, int]:
    """Return the lowest hash of each bin that has one."""
    # It is written last, and stays.
    return {value >> _VALUE_BITS: value for value in sorted(hashes, reverse=True)}


def sketch(body: str) -> str | None:
    """Return the sketch of a body, 32 hexadecimal digits; None where it has no word.

    >>> sketch("The pier is shut.") == sketch("the PIER is shut")
    True
    """
    lines = _words(body)
    if not lines:
        return None
    if len(lines) == 1:
        lines *= 2
    # CRC-32 goes on where it left off: the second word's, begun with the first's, is that of both.
    sums = list(map(crc32, lines[1:], map(crc32, lines)))
    # Of a long body the lowest of a bin is among the low ones, a dozen a bin; if a bin has none, all are asked.
    bound = (DIGITS * 12 << _VALUE_BITS) // len(sums)
    low = (value for sum in sums if (value := sum * _SPREAD & 0xFFFFFFFF) & _VALUE < bound)
    lowest = _lowest(low)
    if len(lowest) < DIGITS and bound <= _VALUE:
        lowest = _lowest(sum * _SPREAD & 0xFFFFFFFF for sum in sums)
    digits: list[str] = []
    value = lowest[min(lowest)]
    for bin in range(DIGITS - 1, -1, -1):
        value = lowest.get(bin, value)
        digits.append("0123456789abcdef"[value & 15])
    return "".join(reversed(digits))


def agreement(one: str, other: str) -> int:
    """Return in how many of their 32 places two sketches agree."""
    return sum(map(str.__eq__, one, other))


def alike(one: str | None, other: str | None) -> bool:
    """Tell whether two sketches are of copies of one text; a record without a body is no copy of anything."""
    return one is not None and other is not None and agreement(one, other) >= ALIKE
