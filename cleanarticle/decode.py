"""Bytes to text: what the bytes themselves say first, what the sender declared second, a guess last; and mojibake repaired.

Patterns that most documents do not need are strings: ``re`` compiles them when they are first used.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from cleanarticle.model import InputError

REPLACED = "replaced-characters"
"""Warning: some bytes have no meaning in the charset; U+FFFD stands in their place."""
GUESSED = "guessed-encoding"
"""Warning: neither the bytes nor a declaration named the charset."""


class Decoded(NamedTuple):
    """A document as text."""

    text: str
    encoding: str
    """WHATWG name of the charset, lower case: ``utf-8``, ``windows-1252``, ``gb18030`` …"""
    warnings: tuple[str, ...]


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of a document in any charset.

    Order of evidence: byte order mark; the zero bytes of UTF-16; the escapes of ISO-2022-JP; UTF-8, valid or with a few stray
    windows-1252 bytes; ``declared`` (the HTTP header's charset), XML declaration and meta tags, each only if the bytes fit it;
    a detector; windows-1252.

    Raises ``InputError`` for what is no text: images, archives, compressed or random bytes.
    """
    _refuse_known_formats(data)
    marked = _by_mark(data) or _by_zeros(data)
    if marked is not None:
        return marked
    return _by_script(data) or _by_escapes(data) or _as_utf8(data) or _by_declaration(data, declared) or _by_guess(data)


# ------------------------------------------------------------------ what is no text

_HEAD = 16384  # bytes; enough to tell text from binary, and the cost stays fixed for long documents

_DECOMPRESS = "decompress it first"
_EXTRACT = "extract its text first"
_FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "gzip data", _DECOMPRESS),
    (b"\x28\xb5\x2f\xfd", "zstd data", _DECOMPRESS),
    (b"\xfd7zXZ\0", "xz data", _DECOMPRESS),
    (b"BZh", "bzip2 data", _DECOMPRESS),
    (b"x\x01", "zlib data", _DECOMPRESS),
    (b"x\x5e", "zlib data", _DECOMPRESS),
    (b"x\x9c", "zlib data", _DECOMPRESS),
    (b"x\xda", "zlib data", _DECOMPRESS),
    (b"\x04\x22\x4d\x18", "lz4 data", _DECOMPRESS),
    (b"PK\x03\x04", "a ZIP archive or office document", _EXTRACT),
    (b"PK\x05\x06", "an empty ZIP archive", _EXTRACT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _EXTRACT),
    (b"Rar!\x1a\x07", "a RAR archive", _EXTRACT),
    (b"%PDF-", "a PDF document", _EXTRACT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (OLE)", _EXTRACT),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF87a", "a GIF image", ""),
    (b"GIF89a", "a GIF image", ""),
    (b"BM", "a BMP image", ""),
    (b"II*\0", "a TIFF image", ""),
    (b"MM\0*", "a TIFF image", ""),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)", ""),
    (b"OggS", "Ogg audio", ""),
    (b"ID3", "MP3 audio", ""),
    (b"fLaC", "FLAC audio", ""),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM video", ""),
    (b"FLV\x01", "Flash video", ""),
    (b"\x7fELF", "a program (ELF)", ""),
    (b"MZ", "a program (Windows)", ""),
    (b"\xca\xfe\xba\xbe", "a Java class or Mach-O program", ""),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)", ""),
    (b"\0asm", "a WebAssembly module", ""),
    (b"SQLite format 3\0", "an SQLite database", ""),
    (b"wOFF", "a font", ""),
    (b"wOF2", "a font", ""),
    (b"\0\x01\0\0", "a font", ""),
)
"""First bytes, what it is, what to do. They count only where control bytes follow, since a text may begin with letters like these."""

_CONTROL = rb"[\0-\x08\x0e-\x1a\x1c-\x1f]"
_AFTER_MARK = 256  # bytes; chance leaves compressed data without a control byte for so long once in 10^12 times


def _refuse_known_formats(data: bytes) -> None:
    for mark, name, advice in _FORMATS:
        if data.startswith(mark) and (mark == b"%PDF-" or re.search(_CONTROL, data[: len(mark) + _AFTER_MARK])):
            raise InputError(f"this is {name}, not an article; {advice or 'give the page or its text'}")
    if data[4:8] == b"ftyp" and data[:1] == b"\0":
        raise InputError("this is MP4 video or a HEIF image, not an article; give the page or its text")


_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
MOST_CONTROLS = 0.03  # share of control bytes; random bytes have 0.11, a page with 5 % of its bytes damaged 0.006
_FEW_CONTROLS = 16  # bytes; below it a short text with some rubbish in it is still read


def _control_bytes(data: bytes) -> int:
    """Return how many control bytes stand at the beginning, or 0 where they are few of all."""
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls if controls > MOST_CONTROLS * len(head) else 0


def _refuse_control_bytes(controls: int) -> None:
    if controls > _FEW_CONTROLS:
        raise InputError("this is binary data, not text; give the page or its text")


# ------------------------------------------------------------------ what the bytes say

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
"""Byte order marks, longest first where one begins with another."""


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                _refuse_control_bytes(_control_bytes(data))
                return _as_utf8(data[len(mark) :], sure=True)
            return _wide(data[len(mark) :], encoding)
    return None


MOST_BROKEN_UNITS = 0.03  # share of controls and broken surrogates; random UTF-16 has 0.06 of the latter alone
_BROKEN_UNITS = "[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd\ufffe\uffff]"


def _wide(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    head = text[:_HEAD]
    broken = len(re.findall(_BROKEN_UNITS, head))
    if broken > MOST_BROKEN_UNITS * len(head):
        _refuse_control_bytes(broken)
    return _decoded(text, encoding)


_ZEROS_HEAD = 4096  # bytes
_PRINTED = frozenset(b"\t\n\r" + bytes(range(32, 127)))
_SURE_ASCII = 0.3  # of all code units; markup, or Latin writing
_SOME_ASCII = 0.03  # of all code units: the spaces, digits and line ends of text in another script
_FEW_ASCII = 5  # code units; below it a zero byte in a short 8-bit text might be taken for one
_MOST_SPACES = 0.08  # of all high bytes; 8-bit text has 0.15 on either side, UTF-16 only a few U+20xx punctuation marks


def _by_zeros(data: bytes) -> Decoded | None:
    """Return text in UTF-16 without a mark: among its pairs of bytes many are an ASCII character and a zero, in one order."""
    head = data[:_ZEROS_HEAD]
    if b"\0" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    little = sum(1 for low, high in zip(even, odd, strict=False) if high == 0 and low in _PRINTED)
    big = sum(1 for high, low in zip(even, odd, strict=False) if high == 0 and low in _PRINTED)
    encoding, most, least, high_bytes = ("utf-16le", little, big, odd) if little > big else ("utf-16be", big, little, even)
    if most < max(_FEW_ASCII, _SOME_ASCII * len(odd)) or least > 0.1 * most:
        return None
    if most < _SURE_ASCII * len(odd) and high_bytes.count(b" ") > _MOST_SPACES * len(odd):
        return None
    return _wide(data, encoding)


_EAST_ASIAN = "[\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\u2010-\u2026\n\r -~]"
FEWEST_EAST_ASIAN = 0.98  # of all code units; chance gives 0.5
_ENOUGH_WIDE = 8  # code units


def _by_script(data: bytes) -> Decoded | None:
    """Return text in UTF-16 without a mark and next to no ASCII: what would be control bytes are halves of Chinese letters.

    Raises ``InputError`` where so many control bytes are nothing of the kind.
    """
    controls = _control_bytes(data)
    for encoding in ("utf-16le", "utf-16be") if controls else ():
        head = data[:_ZEROS_HEAD].decode(encoding, "ignore")
        if len(head) >= _ENOUGH_WIDE and len(re.findall(_EAST_ASIAN, head)) >= FEWEST_EAST_ASIAN * len(head):
            return _wide(data, encoding)
    _refuse_control_bytes(controls)
    return None


_ESCAPES = rb"\x1b(?:\$[@B]|\([BJI]|\$\([DOP])"


def _by_escapes(data: bytes) -> Decoded | None:
    """Return text in ISO-2022-JP, which is 7-bit and switches its letters with escape sequences."""
    if b"\x1b$" in data and data.isascii() and re.search(_ESCAPES, data):
        return _decoded(_read(data, "iso-2022-jp"), "iso-2022-jp")
    return None


_STRAY = "[\udc80-\udcff]+"
_ENOUGH_GOOD = 4  # UTF-8 characters, and more than there are stray bytes; legacy text that happens to hold valid pairs has fewer


def _as_utf8(data: bytes, sure: bool = False) -> Decoded | None:
    """Return text in UTF-8, valid or nearly so, its stray bytes read as windows-1252.

    ``sure``: a byte order mark says so, whatever the bytes.
    """
    try:
        return Decoded(data.decode(), "utf-8", ())
    except UnicodeDecodeError as error:
        first = error.start
    if not sure:
        good, stray = _good_and_stray(data[first : first + _WINDOW])
        if stray > _DENSE and good < stray:
            return None
        good, stray = _good_and_stray(data)
        if not (good >= _ENOUGH_GOOD and good > stray) and not (good >= 1 and stray <= 1):
            return None
    return _decoded(re.sub(_STRAY, _read_stray, data.decode("utf-8", "surrogateescape")), "utf-8")


_WINDOW = 4096  # bytes from the first stray one on
_DENSE = 400  # stray bytes in the window: one in ten is more than Latin writing has, so the text is in another charset


def _good_and_stray(data: bytes) -> tuple[int, int]:
    """Return how many characters beyond ASCII are UTF-8 and how many bytes are stray."""
    good = data.decode("utf-8", "ignore")
    stray = len(data.decode("utf-8", "surrogateescape")) - len(good)
    return len(good) - len(good.encode("ascii", "ignore")), stray


def _read_stray(match: re.Match[str]) -> str:
    """Read stray bytes as windows-1252; a character cut off at the very end of the document is lost."""
    stray = match.group().encode("ascii", "surrogateescape")
    if match.end() == len(match.string) and len(stray) <= 3 and stray[0] >= 0xC2:
        return "\ufffd"
    return _read(stray, "windows-1252")


# ------------------------------------------------------------------ what the sender says

_DECLARATIONS = 1 << 18  # bytes; the latest meta tag seen in the wild stands behind 100 kB of scripts
_COMMENT = rb"(?s)<!--.*?(?:-->|\Z)"
_XML = rb"(?i)\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"'>]{1,40})"
_META = rb"(?i)<meta[\s/][^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\s\"'/>;]{1,40})"


def _declarations(data: bytes, declared: str | None) -> list[str]:
    """Return the charsets named by header, XML declaration and meta tags, most trusted first, unknown names left out.

    windows-1252 comes last: it is what servers and templates say when nobody set it.
    """
    head = data[:_DECLARATIONS]
    names = [declared or ""]
    if b"<" in head:
        head = re.sub(_COMMENT, b"", head)
        names += [name.decode("latin-1") for name in (*re.findall(_XML, head[:512]), *re.findall(_META, head))]
    known = dict.fromkeys(encoding for encoding in map(encoding_named, names) if encoding is not None)
    return sorted(known, key=lambda encoding: encoding == "windows-1252")


FEWEST_ZEROS = 0.01  # of all bytes of UTF-16 text: spaces, digits or line ends stand in any script


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    for encoding in _declarations(data, declared):
        if encoding.startswith("utf-16"):
            if data.count(0) < FEWEST_ZEROS * len(data):
                continue
        elif encoding == "utf-8" or (encoding in _LATIN and not _is_latin(data)):
            continue
        text = _read(data, encoding)
        if _fits(text) and not _is_contradicted(data, encoding):
            return _decoded(text, encoding)
    return None


def _is_contradicted(data: bytes, encoding: str) -> bool:
    """Tell whether a declared single-byte charset gives words that no language has, and the detector knows one that does not.

    The detector is asked about such words alone, since its import costs more than all the rest.
    """
    if encoding in _MULTIBYTE or encoding in _OTHER_LATIN:
        return False
    sample = _sample(data)
    if not _reads_badly(_read(sample, encoding), encoding):
        return False
    found = encoding_named(_detect(sample) or "")
    if encoding == "windows-1252":
        return found in _OTHER_LATIN
    if found is None or found in _MULTIBYTE:
        return False
    return found in _LATIN or not _reads_badly(_read(sample, found), found)


def _reads_badly(text: str, encoding: str) -> bool:
    if encoding == "windows-1252":
        return _is_of_no_western_language(text)
    return encoding not in _LATIN and encoding not in _OTHER_LATIN and (_swaps_cases(text) or _mixes_scripts(text))


_INSIDE = r"(?<=[A-Za-z])(?:[¡-ÿŒœŠšŽžŸ]{1,3}(?=[A-Za-z])|[À-ÖØ-öø-ÿŒœŠšŽžŸ]{1,3}(?!\w))"
_NO_LETTERS = str.maketrans("", "", "\xad\xb7\xb4")
_WESTERN = (
    "äöüßéàâèáê",  # German, Dutch, Finnish, Estonian, Swedish
    "àâçéèêëîïôöùûüœæÿ",  # French
    "áàâãçéêíóôõúñüïòè",  # Spanish, Portuguese, Catalan
    "àèéìíîòóùú",  # Italian
    "åäöæøéèüòôêáóí",  # Norwegian, Danish, Swedish
    "áðéíóúýþæöø",  # Icelandic, Faroese, Irish
    "äëïöüéèêóáûñç",  # Dutch, Luxembourgish, Albanian
    "äöõüšž",  # Estonian, Finnish
)
"""The letters beyond ASCII of the languages that windows-1252 is for."""
_ENOUGH_INSIDE = 8  # letters beyond ASCII inside words; of fewer the detector is not sure
MOST_UNKNOWN = 0.08  # of them; names from abroad stand in every text
_OTHER_LATIN = frozenset(
    ("windows-1250", "windows-1254", "windows-1257", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-16")
)


def _is_of_no_western_language(text: str) -> bool:
    inside = Counter("".join(re.findall(_INSIDE, text)).translate(_NO_LETTERS).lower())
    if inside.total() < _ENOUGH_INSIDE:
        return False
    known = max(sum(inside[letter] for letter in letters) for letters in _WESTERN)
    return inside.total() - known > MOST_UNKNOWN * inside.total()


_CAPITAL, _SMALL = "[Ά-ΏΑ-ΫА-ЯЁЂ-Џ]", "[ά-ώа-яёђ-џ]"
FEWEST_SWAPPED = 4  # words; a name such as "AvtoVAZ" may stand in any text


def _swaps_cases(text: str) -> bool:
    """Tell whether capitals stand inside words and not at their beginning, as where one Greek or Cyrillic charset is read as another."""
    swapped = len(re.findall(_SMALL + _CAPITAL, text))
    if swapped <= len(re.findall(rf"\b{_CAPITAL}{_SMALL}", text)):
        return False
    return swapped >= FEWEST_SWAPPED or len(re.findall(_CAPITAL, text)) > 2 * len(re.findall(_SMALL, text))


_OTHER_SCRIPTS = "[Ͱ-ࣿก-๛]"


def _mixes_scripts(text: str) -> bool:
    """Tell whether the letters of another script stand alone inside Latin words."""
    mixed = len(re.findall(f"(?<=[A-Za-z]){_OTHER_SCRIPTS}(?=[a-z])", text))
    return mixed >= FEWEST_SWAPPED and mixed > MOST_IN_RUNS * len(re.findall(_OTHER_SCRIPTS, text))


_MISFIT = "[\x80-\x84\x86-\x9f\ufffd\ue000-\uf8ff]"
CHARACTERS_TO_A_MISFIT = 2000  # one broken character in a page or two is damage, more is another charset


def _fits(text: str) -> bool:
    """Tell whether a charset is right: it leaves few broken characters, C1 codes or private ones."""
    allowed = max(1, len(text) // CHARACTERS_TO_A_MISFIT)
    return sum(1 for _ in re.finditer(_MISFIT, text)) <= allowed


_HIGH_RUN = rb"[\x80-\xff]{4,}"
_HIGH = bytes(range(128))
MOST_IN_RUNS = 0.3  # of all bytes beyond ASCII; Latin writing mixes them with ASCII letters: 0.0 to 0.05, other scripts 0.7 and more


def _is_latin(data: bytes) -> bool:
    """Tell whether the bytes beyond ASCII stand alone, as in Latin writing, and not in whole words of them."""
    head = data[:_DECLARATIONS]
    high = len(head.translate(None, _HIGH))
    return sum(map(len, re.findall(_HIGH_RUN, head))) <= MOST_IN_RUNS * high or high < 8


# ------------------------------------------------------------------ a guess

_SAMPLE = 4096  # bytes of text for the detector; 2048 do as well, 1024 do not
_MARKUP = rb"(?si)<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>?"


def _by_guess(data: bytes) -> Decoded:
    sample = _sample(data)
    encoding = _by_quotes(sample) or encoding_named(_detect(sample) or "")
    if encoding is None or encoding.startswith("utf-") or (encoding in _DOS and not _is_dos(sample)):
        encoding = "windows-1252"
    return _decoded(_read(data, encoding), encoding, GUESSED)


_HIGH_BYTES = rb"[\x80-\xff]+"
_WIDE_QUOTES = (
    ("gb18030", frozenset(bytes([0xA1, trail]) for trail in (0xAA, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1))),
    ("big5", frozenset(bytes([0xA1, trail]) for trail in (0xA5, 0xA6, 0xA7, 0xA8))),
)
"""Dashes, ellipses and curly quotes: all that an English text in a Chinese charset has beyond ASCII, too little for a detector."""


def _by_quotes(sample: bytes) -> str | None:
    found = set(re.findall(_HIGH_BYTES, sample))
    return next((encoding for encoding, quotes in _WIDE_QUOTES if found and found <= quotes), None)


_DOS_LETTERS = rb"(?<=[A-Za-z])(?:[\x81-\x84\x8d\x8f\x90]|[\x80\x85\x87-\x8b\x8e\x93-\x95\x98\x9b\x9d](?=[a-z]))"
"""Letters of DOS behind another, where windows-1252 has signs, quotes that open or nothing."""
FEWEST_DOS_LETTERS = 3


def _is_dos(sample: bytes) -> bool:
    return len(re.findall(_DOS_LETTERS, sample)) >= FEWEST_DOS_LETTERS


def _sample(data: bytes) -> bytes:
    """Return the lines of running text that hold bytes beyond ASCII, without markup, ``_SAMPLE`` bytes at most."""
    lines: list[bytes] = []
    size = 0
    for line in re.sub(_MARKUP, b"\n", data[:_DECLARATIONS]).split(b"\n"):
        if not line.isascii():
            lines.append(line.strip())
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(lines)[:_SAMPLE] or data[:_SAMPLE]


def _detect(sample: bytes) -> str | None:
    """Return the name of the most likely charset. The one place that knows which detector is used."""
    from chardet import detect

    try:
        found: str | None = detect(sample)["encoding"]
    except Exception:  # a detector that fails is a detector less
        return None
    return found


# ------------------------------------------------------------------ charsets

_LABELS = """
utf-8: utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig
windows-1252: cp1252 x-cp1252 ansi_x3.4-1968 ascii us-ascii cp819 ibm819 csisolatin1 iso-8859-1 iso8859-1 iso88591 iso_8859-1
  iso_8859-1:1987 iso-ir-100 l1 latin1 latin-1
windows-1250: cp1250 x-cp1250
windows-1251: cp1251 x-cp1251
windows-1253: cp1253 x-cp1253
windows-1254: cp1254 x-cp1254 csisolatin5 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 l5 latin5
windows-1255: cp1255 x-cp1255
windows-1256: cp1256 x-cp1256
windows-1257: cp1257 x-cp1257
windows-1258: cp1258 x-cp1258
windows-874: cp874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
iso-8859-2: iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 csisolatin2 l2 latin2
iso-8859-3: iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 csisolatin3 l3 latin3
iso-8859-4: iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 csisolatin4 l4 latin4
iso-8859-5: iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 csisolatincyrillic cyrillic
iso-8859-6: iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-8859-6-e iso-8859-6-i iso-ir-127 csisolatinarabic arabic asmo-708 ecma-114
iso-8859-7: iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 csisolatingreek greek greek8 ecma-118 elot_928 sun_eu_greek
iso-8859-8: iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-8859-8-e iso-ir-138 csisolatinhebrew hebrew visual
iso-8859-8-i: csiso88598i logical
iso-8859-10: iso8859-10 iso885910 iso-ir-157 csisolatin6 l6 latin6
iso-8859-13: iso8859-13 iso885913
iso-8859-14: iso8859-14 iso885914
iso-8859-15: iso8859-15 iso885915 iso_8859-15 csisolatin9 l9 latin-9
iso-8859-16: iso8859-16 iso885916
koi8-r: koi koi8 koi8_r cskoi8r
koi8-u: koi8-ru
macintosh: mac x-mac-roman csmacintosh mac-roman macroman
x-mac-cyrillic: x-mac-ukrainian mac-cyrillic maccyrillic
ibm437: cp437
ibm850: cp850
ibm852: cp852
ibm858: cp858
ibm860: cp860
ibm861: cp861
ibm863: cp863
ibm865: cp865
ibm866: 866 cp866 csibm866
gb18030: gbk x-gbk gb2312 gb_2312 gb_2312-80 csgb2312 csiso58gb231280 chinese iso-ir-58 cp936 euc-cn
big5: big5-hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950
euc-jp: x-euc-jp eucjp euc-jis-2004 cseucpkdfmtjapanese
iso-2022-jp: csiso2022jp
shift_jis: shift-jis sjis csshiftjis ms932 ms_kanji windows-31j x-sjis cp932 shift-jis-2004
euc-kr: cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 iso-ir-149 windows-949 cp949 uhc
utf-16le: utf-16 unicode ucs-2 csunicode iso-10646-ucs-2 unicodefeff
utf-16be: unicodefffe
"""
"""Names by their WHATWG meaning (https://encoding.spec.whatwg.org/#names-and-labels), with what detectors call them."""


@cache
def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _LABELS.replace("\n  ", " ").strip().split("\n"):
        name, _, labels = line.partition(": ")
        found[name] = name
        found.update(dict.fromkeys(labels.split(), name))
    return found


def encoding_named(label: str) -> str | None:
    """Return the charset a label stands for, or None: only charsets of text are known, so no codec that packs or escapes.

    >>> encoding_named(" ISO-8859-1 ")
    'windows-1252'
    """
    label = label.strip().strip("\"'").lower()
    return _labels().get(label) or _labels().get(label.replace("_", "-"))


_MULTIBYTE: dict[str, tuple[str, ...]] = {
    "gb18030": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_ext"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "euc-kr": ("cp949",),
    "utf-8": ("utf_8",),
    "utf-16le": ("utf_16_le",),
    "utf-16be": ("utf_16_be",),
}
"""Python's codecs for a charset; the later ones know characters that the first has not."""

_DOS = frozenset(f"ibm{n}" for n in (437, 850, 852, 858, 860, 861, 863, 865))

_SINGLE_BYTE = {
    **{encoding: encoding.replace("ibm", "cp") for encoding in _DOS},
    "windows-874": "cp874",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso8859_8",
}
"""Single-byte charsets that Python knows by another name."""

_LATIN = {f"windows-125{n}" for n in (0, 2, 4, 7)} | {f"iso-8859-{n}" for n in (2, 3, 4, 10, 13, 14, 15, 16)} | {"macintosh"} | _DOS


def _read(data: bytes, encoding: str) -> str:
    """Return ``data`` in a charset given by its WHATWG name; broken bytes become U+FFFD."""
    codecs_ = _MULTIBYTE.get(encoding)
    if codecs_ is None:
        return codecs.charmap_decode(data, "replace", _table(encoding))[0]
    for codec in codecs_:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode(codecs_[0], "replace")


@cache
def _table(encoding: str) -> str:
    """Return the 256 characters of a single-byte charset; undefined bytes are C1 codes as in browsers, or U+FFFD above them."""
    codec = _SINGLE_BYTE.get(encoding, encoding)
    characters = (bytes([byte]).decode(codec, "replace") for byte in range(256))
    return "".join(chr(byte) if character == "\ufffd" and byte < 0xA0 else character for byte, character in enumerate(characters))


def _decoded(text: str, encoding: str, *warnings: str) -> Decoded:
    return Decoded(text, encoding, (*warnings, REPLACED) if "\ufffd" in text else warnings)


# ------------------------------------------------------------------ mojibake

_MISREAD_AS = (
    ("[À-ỹ]", ("latin-1", "cp1252", "cp1250", "cp1254", "cp1257")),
    ("[А-я]", ("cp1251",)),
    ("[Α-ω]", ("cp1253",)),
    (r"[¬√ƒ≈∆Œœ◊ÿŸ‚‡]|[–—]\w", ("mac_roman",)),
    ("[Γα─-╪]", ("cp437",)),
)
"""The single-byte charsets as which UTF-8 is misread, those of one script together, and what one of their texts must hold."""
_CLOSERS = "\xa0»«”’…–—“‘›°·΄΅"
"""Characters that may well follow a letter, though UTF-8 misread has them too."""
_OPENERS = "«»…–—“”‘’‹›‚„"
"""Characters that may well stand before a letter, though UTF-8 misread has them too."""


@cache
def _misread(codecs_: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds a UTF-8 sequence misread as one of some charsets.

    It starts at a trailing byte's character and looks back for the leading one, since the former are rarer in sound text.
    It decides only whether ftfy is asked, so it may find too much but should not miss.
    """
    two, more, trail = (
        {character for codec in codecs_ for character in bytes(range(*span)).decode(codec, "ignore")}
        for span in ((0xC2, 0xE0), (0xE0, 0xF5), (0x80, 0xC0))
    )
    sure = _any(c for c in trail if not c.islower() and c not in _CLOSERS)
    symbol = _any(c for c in two | more if not c.isalpha() and c not in _OPENERS)
    lead, lead3, tail = _any(c for c in two | more if c not in _OPENERS), _any(more), _any(trail)
    dash = _any({b"\xe2".decode(codec) for codec in codecs_}) + _any({b"\x80".decode(codec) for codec in codecs_})
    forms = (
        f"(?<={lead}{sure})",
        f"(?<={symbol}{tail})",
        f"(?<={dash}){tail}",
        f"(?<={lead3}{tail}){sure}",
        f"(?<={_any(two | more)}{tail}){_any(two | more)}{tail}",
    )
    return re.compile(f"{tail}(?:{'|'.join(forms)})")


def _any(characters: Iterable[str]) -> str:
    """Return a pattern for any one of the characters, or one that never matches if there are none."""
    among = "".join(sorted(characters))
    return f"[{re.escape(among)}]" if among else "(?!)"


_LATIN_TAIL = "[\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_TYPICAL = re.compile(f"[ÂÃ]{_LATIN_TAIL}|â{_LATIN_TAIL}{_LATIN_TAIL}")
"""Half of all mojibake: Latin letters, dashes, quotes and ticks read as windows-1252 or ISO-8859-1."""
_LOST_SPACE = re.compile("Ã(?<=[a-z]Ã)")
"""What is left of "à" at the end of a word when its no-break space has become a space."""
_RUN = re.compile("[^\0-\x7f]+")


def _looks_broken(text: str) -> bool:
    """Tell whether characters beyond ASCII stand together as they do where UTF-8 was misread."""
    return _runs_look_broken(set(_RUN.findall(text)), text)


def _runs_look_broken(found: set[str], text: str) -> bool:
    """``found``: the different runs of characters beyond ASCII in the text."""
    runs = "\n".join([run for run in found if len(run) > 1])
    if _TYPICAL.search(runs) is not None or _LOST_SPACE.search(text) is not None:
        return True
    if any(re.search(sign, runs) and _misread(codecs_).search(runs) for sign, codecs_ in _MISREAD_AS):
        return True
    return not _FOREIGN_LEADS.isdisjoint([run[0] for run in found if len(run) > 1]) and _foreign(text) is not None


_PIECE = "[<>]?[^<>]+|[<>]"
_C1 = re.compile("[\x80-\x84\x86-\x9f]")


def repair(text: str) -> str:
    """Return the text with its mojibake repaired: UTF-8 once read as another charset, C1 codes that are windows-1252.

    Line by line, and between tags, since one text often holds both broken and sound lines. The lines stay as many as they were.
    """
    if text.isascii():
        return text
    pieces = text.split("<" if "<" in text else "\n")
    beyond_ascii = "\n".join([piece for piece in pieces if not piece.isascii()])  # a tenth of a page, and all that can be broken
    runs = set(_RUN.findall(beyond_ascii))
    joined = "\n".join(runs)
    if "¡" in joined:
        text = re.sub(_WIDE_MARK, lambda match: match.group().translate(_MARKS_OF_CHINA), text)
    if _WESTERN_RUN.search(joined) is not None:
        reread = _reread(text)
        if reread is not text:
            return repair(reread)
    if _C1.search(joined) is not None or _runs_look_broken(runs, beyond_ascii):
        text = "\n".join(line if line.isascii() else _repair_line(line) for line in text.split("\n"))
        joined = beyond_ascii = "\n".join(line for line in text.split("\n") if not line.isascii())
    return _reread_latin(text, beyond_ascii[:_LATIN_HEAD]) if _may_be_no_western(joined) else text


def _repair_line(line: str) -> str:
    if _looks_broken(line):
        line = "".join(_repair_piece(piece) for piece in re.findall(_PIECE, line))
    return line.translate(c1_table()) if _C1.search(line) else line


def _repair_piece(piece: str) -> str:
    if piece.isascii() or not _looks_broken(piece):
        return piece
    from ftfy import fix_encoding

    piece = _with_lost_spaces(piece)
    fixed: str = fix_encoding(piece, _ftfy_config())
    changed = fixed != piece
    return _undo(fixed, sure=changed) if changed or _looks_broken(fixed) else fixed


def _with_lost_spaces(piece: str) -> str:
    """Return a piece with the no-break spaces in its sequences that have become spaces, where ftfy would take them for spaces.

    A double space behind "Ã" is such a one and a space, so that the single ones stand inside words (ftfy takes them for "à" at
    the end of a word). "×" stands for nothing but Hebrew letters where several of them do.
    """
    if "Ã  " in piece:
        piece = piece.replace("Ã ", "Ã\xa0")
    if "× " in piece and len(re.findall(f"×{_HEBREW_TAIL}", piece)) >= MANY_TRAILING:
        piece = piece.replace("× ", "×\xa0")
    return piece


_HEBREW_TAIL = "[\x80-\xaaŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_MISREAD_WHOLE = ("windows-1252", "windows-1251", "macintosh", "ibm437", "windows-1250")
MANY_TRAILING = 3  # trailing bytes of different sequences, in a line that is nothing else; chance gives one


def _undo(piece: str, sure: bool) -> str:
    """Return a piece with its UTF-8 sequences decoded, where they can be nothing else.

    They stand for themselves if the piece holds several and no other character beyond ASCII. Where part of the piece is sound,
    ftfy must have found mojibake in it (``sure``), or two of its sequences must be impossible as text.
    """
    for encoding in _MISREAD_WHOLE:
        sequences = set(_sequences(encoding).findall(piece))
        many = sum(map(len, sequences)) >= MANY_TRAILING + len(sequences)
        if many and _sequences(encoding, spaced=True).sub("", piece).isascii():
            return _decode_sequences(piece, encoding)
    foreign = _foreign(piece)
    if foreign is not None:
        return _decode_sequences(piece, foreign)
    return _decode_sequences(piece, "windows-1252") if sure or len(re.findall(_IMPOSSIBLE, piece)) > 1 else piece


_IMPOSSIBLE = (
    "[¡-§©¬®±-³µ¶¸¹¼-¿€†‡‰™\x80-\x84\x86-\x9f](?:(?<=[a-z][Â-Þ].)|(?<=Ã.))"
    "|[›‹„‚…“”‘’–—](?<=[a-z][Â-Þ].)(?=[a-z])"
)  # fmt: skip
"""A small letter, a capital one and a sign, such as "pÃ¥", or a quote inside a word after one: no writing puts them together."""

_WIDE_MARK = "(?<![^\0-\x7f])(?:¡[ª\xad®¯°±¥¦§¨])+(?![^\0-\x7f])"
"""Quotes, dashes and ellipses of an English text in a Chinese charset, read as windows-1252; in Spanish a letter or quote follows "¡"."""
_MARKS_OF_CHINA = str.maketrans("ª\xad®¯°±¥¦§¨", "—…‘’“”‘’“”", "¡")
_WESTERN_RUN = re.compile("[¡-ÿ]{4}")
"""More accented letters side by side than any language has."""
_TEXT_PIECE = "[^<>\n]+"
ENOUGH_TO_REREAD = 24  # bytes; of fewer the detector is not sure
MOST_FOREIGN = 0.2  # of the letters beyond ASCII that the text gets when it is read anew
_OTHER_LETTER = "[Ͱ-ࣿก-๛\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"


def _reread(text: str) -> str:
    """Return a text in another script that was read as windows-1252 as it should be, or the text itself.

    >>> _reread("Ãîðîäñêèå âëàñòè çàêðûëè ïîðò <i>Times</i> äî âåñíû")
    'Городские власти закрыли порт <i>Times</i> до весны'
    """
    broken = [data for piece in re.findall(_TEXT_PIECE, text) if _WESTERN_RUN.search(piece) and (data := _western_bytes(piece))]
    sample = b"\n".join(broken)[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _HIGH_BYTE)) < ENOUGH_TO_REREAD:
        return text
    encoding = encoding_named(_detect(sample) or "")
    if encoding is None or encoding in _LATIN or encoding in _OTHER_LATIN:
        return text
    found = _read(sample, encoding)
    beyond = len(_RUN.sub("", found))
    letters = len(re.findall(_OTHER_LETTER, found))
    if letters < (1 - MOST_FOREIGN) * (len(found) - beyond) or _reads_badly(found, encoding):
        return text

    def read(match: re.Match[str]) -> str:
        data = _western_bytes(match.group())
        return match.group() if data is None else _read(data, encoding)

    return re.sub(_TEXT_PIECE, read, text)


def _may_be_no_western(runs: str) -> bool:
    """Tell whether a text's letters, all in windows-1252, are not those of one Western language."""
    if re.search(_CENTRAL_LETTER, runs) is not None:
        return False
    letters = {letter for letter in set(runs.lower()) if letter.isalpha() or letter in _SIGNS_FOR_LETTERS}
    return not any(letters.issubset(western) for western in _WESTERN)


_SIGNS_FOR_LETTERS = "£¥¹³±¶¼¾¿"
"""Signs of windows-1252 that stand where charsets for Polish have letters."""
_CENTRAL_LETTER = "[Ā-őŔ-şŢ-ŷŹ-ż\u0180-\u02af]"


def _reread_latin(text: str, sample: str) -> str:
    """Return a text of Central Europe, the Baltic or Turkey that was read as windows-1252 as it should be, or the text itself."""
    if not _is_of_no_western_language(sample):
        return text
    data = sample.translate(_bytes_of("windows-1252")).encode("latin-1", "ignore")[:_SAMPLE]
    encoding = encoding_named(_detect(data) or "")
    if encoding is None or encoding not in _OTHER_LATIN:
        return text
    first = 0x80 if encoding.startswith("windows") else 0xA0
    pairs = zip(_table("windows-1252")[first:], _table(encoding)[first:], strict=True)
    return text.translate({ord(western): other for western, other in pairs if western != other})


_LATIN_HEAD = 16384  # characters
_HIGH_BYTE = bytes(range(128, 256))
_WESTERN_LETTER = "[¡-ÿ]"


def _western_bytes(piece: str) -> bytes | None:
    """Return the bytes of a piece that hardly has a letter of ASCII, as windows-1252; None if it has, or if they are UTF-8."""
    letters = len(re.findall(_WESTERN_LETTER, piece))
    if letters <= len(re.findall("[A-Za-z]", piece)):
        return None
    try:
        data = piece.translate(_bytes_of("windows-1252")).encode("latin-1")
    except UnicodeEncodeError:
        return None
    good, stray = _good_and_stray(data)
    return None if good > stray else data


_FOREIGN = (
    ("windows-1251", "ВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "[В-Я][\x80-ї]", "[А-яЁё]"),
    ("ibm437", "┬├Γ", "[┬├].|Γ..", "[Α-ω─-╬]"),
    ("windows-1250", "Ă", "Ă[łĽźˇ©±¶¤]", "[ĂăȘșȚț]"),
)
"""A charset, what begins the sequences of Latin letters and quotes misread as it, these sequences, and the writing of its own that
must not stand beside them."""
_FOREIGN_LEADS = frozenset("".join(leads for _, leads, _, _ in _FOREIGN))


def _foreign(piece: str) -> str | None:
    """Return the charset as which Latin text was misread, where its writing stands only inside or beside Latin words.

    >>> _foreign("В«Bella serataВ»"), _foreign("завод В«Renault")
    ('windows-1251', None)
    """
    for encoding, leads, sequence, own in _FOREIGN:
        if not any(lead in piece for lead in leads) or re.search(own + "{5}", piece) is not None:  # most have no lead or whole words
            continue
        at_latin = f"(?<=[A-Za-z])(?:{sequence})|(?:{sequence})(?=[A-Za-z0-9])"
        if re.search(at_latin, piece) is not None and re.search(own, re.sub(sequence, "", piece)) is None:
            return encoding
    return None


@cache
def _sequences(encoding: str, spaced: bool = False) -> re.Pattern[str]:
    """Return a pattern for one UTF-8 sequence misread as a single-byte charset.

    ``spaced``: also those of three bytes, Asian letters, one of which was a no-break space and has become a space.
    """  # "è" and "é" may be words, which a space and a quote may follow
    table = _table(encoding)
    two, three, four, tail = (_any(table[slice(*span)]) for span in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5), (0x80, 0xC0)))
    forms = f"{two}{tail}|{three}{tail}{{2}}|{four}{tail}{{3}}"
    if spaced and table[0xA0] == "\xa0":
        forms += f"|(?<![A-Za-z])(?:[ã-çê-í]{tail} |[ê-í] {tail}|[èé][€‚ƒ„†‡ˆ‰Š‹Œ] )"
    return re.compile(forms)


@cache
def _bytes_of(encoding: str) -> dict[int, int]:
    """Return the bytes that a single-byte charset has for characters. For ``str.translate``."""
    return {ord(character): byte for byte, character in enumerate(_table(encoding))}


def _decode_sequences(piece: str, encoding: str) -> str:
    bytes_of = _bytes_of(encoding) | {ord(" "): 0xA0}

    def decode_one(match: re.Match[str]) -> str:
        try:
            return match.group().translate(bytes_of).encode("latin-1").decode()
        except UnicodeDecodeError:
            return match.group()

    return _sequences(encoding, spaced=True).sub(decode_one, piece)


@cache
def _ftfy_config() -> Any:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


@cache
def c1_table() -> dict[int, str]:
    """Return C1 codes as windows-1252 has them; undefined ones are left out. For ``str.translate``."""
    table = _table("windows-1252")
    return {code: table[code] for code in range(0x80, 0xA0) if table[code] != chr(code)}
