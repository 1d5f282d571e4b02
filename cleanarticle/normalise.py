"""Exact characters in one paragraph or field: spaces, invisible characters, composition, leftovers of markup and print.

Quotes, dashes and ellipses stay as printed, and nothing that the writer typed is guessed at. The result is a fixed point:
normalising it again changes nothing. Patterns that most texts do not need are strings: ``re`` compiles them when they are first used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import normalize as compose

from cleanarticle.decode import c1_table

_WESTERN = (
    " -%'-_a-~"  # ASCII without controls, "&" and "`"
    "¡-¬®-ˮ"  # Latin letters and signs, without the no-break space and the soft hyphen
    "‒-―‘-‧‰-‾⁄€№™"  # dashes, quotes, ellipsis, common signs
)
_OTHER_SCRIPTS = (
    "Ͱ-ͳͶ-ͽͿΆΈ-ҁҊ-Ԯ"  # Greek and Cyrillic, without singletons of NFC and combining marks
    "\u05be\u05c0\u05d0-\u05f4"  # Hebrew letters
    "،؛؟ء-ؿف-ي٠-٭پچژکگھہیےۓ۔۰-۹"  # Arabic letters and digits, without stretching and vowel marks
    "ก-ะาเ-ๆ๐-๙"  # Thai, without marks above and below
    "←-⇿■-◿、-〒〔-〜ぁ-ゖ゛-ヿ一-鿿가-힣！-／：-＠［-｀｛-～"  # Chinese, Japanese, Korean, composed; full-width punctuation
)
"""Characters that stay themselves in any company; a paragraph of nothing else needs no look at its characters."""
_NOT_WESTERN = re.compile(f"[^{_WESTERN}]")


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile(f"[^{_WESTERN}{_OTHER_SCRIPTS}]")


_ODD_PAIRS = ("  ", " ,", " .", " )", "( ")


def normalise(text: str, *, quotes: str = "keep", language: str | None = None) -> str:
    """Return one paragraph or field with exact characters, on one line.

    ``quotes``: ``"keep"`` as printed, or ``"straight"``. ``language``: ISO 639-1, a hint: where it is known to set ``?`` and ``!``
    close, the space before them goes.

    >>> normalise("the\\u00a0mayor , who &quot;left&quot;")
    'the mayor, who "left"'
    """
    text = text.strip(" ")
    odd = any(pair in text for pair in _ODD_PAIRS)
    if not (odd or _plain(text)) and _NOT_WESTERN.search(text) is not None:
        odd = _unusual().search(text) is not None
    if odd:
        text = _characters(text)
    if quotes == "straight":
        text = text.translate(_STRAIGHT)
    if odd:
        text = _punctuation(text)
    if language in _CLOSE_SETTING and (" ?" in text or " !" in text) and "« " not in text:
        text = re.sub(_OPEN_MARK, "", text)
    return text


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "&" not in text and "`" not in text


_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
_CLOSE_SETTING = frozenset("bg ca cs da de el en es et fi hr hu it lt lv nl no pl pt ro ru sk sl sr sv tr uk".split())  # noqa: SIM905
"""Languages that put no space before ``?`` and ``!``."""
_OPEN_MARK = r"(?<=\w) (?=[?!]+(?:[\s\"'”’»)\]]|\Z))"


# ------------------------------------------------------------------ characters

_ROUNDS = 4  # a reference may appear only when an invisible character inside it has gone; deeper ones are made on purpose


def _characters(text: str) -> str:
    for _ in range(_ROUNDS):
        text = _fold_characters(text)
        plain = _references(text)
        if plain == text:
            break
        text = plain
    return text


_ASCII_CONTROL = "[\0-\x08\x0e-\x1f\x7f]"
_SURROGATE = "[\ud800-\udfff]"
_C1 = "[\x80-\x84\x86-\x9f]"
_TERMINAL = r"\x1b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\))"
"""Escape sequences for terminals, such as colours."""


def _fold_characters(text: str) -> str:
    if text.isascii():
        if re.search(_ASCII_CONTROL, text) is not None:
            text = re.sub(_TERMINAL, "", text).translate(_fold_table())
        return " ".join(text.split())
    if re.search(_SURROGATE, text) is not None:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if re.search(_C1, text) is not None:  # a next-line code (U+0085) in their company is their ellipsis, alone it is a space
        text = text.translate(c1_table())
    if "\x1b" in text:
        text = re.sub(_TERMINAL, "", text)
    if re.search(_FOLDED, text) is not None:
        text = text.translate(_fold_table())
    text = _composed(text)
    if re.search(_CONTEXTUAL, text) is not None:
        text = _composed(_fold_by_context(text))
    return " ".join(text.split())


def visible(text: str) -> str:
    """Return one line without what no line should hold: escape sequences and controls gone, form feeds and tabs as spaces,
    halves of characters put together or replaced. All else stays, so that positions and words are the writer's."""
    if re.search(_SURROGATE, text) is not None:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\x1b" in text:
        text = re.sub(_TERMINAL, "", text)
    return text.replace("\v", " ").replace("\f", " ")


_STACKED = r"[^\w\s\0-\u02ff]{128,}"
"""More combining marks than any writing has on one letter: composing them takes quadratic time, so they stay as they are."""


def _composed(text: str) -> str:
    return compose("NFC", text) if re.search(_STACKED, text) is None else text


_DROPPED = (
    "\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, C1 codes without a meaning in windows-1252
    "\xad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width spaces, invisible operators
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates: they can make a text read as another
    "\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff"  # interlinear marks, object replacement, noncharacters
)
_DROPPED_BEYOND = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
"""The noncharacters of the other planes, apart from the rest because a pattern of so many ranges is slow."""
_WIDE_LETTERS = "Ａ-Ｚａ-ｚ"
_LIGATURES = "\ufb00-\ufb06"
_HYPHENS = "\u2010\u2011"
_FOLDED = f"[{_DROPPED}{_WIDE_LETTERS}{_LIGATURES}{_HYPHENS}\U0001fffe-\U0010ffff]"


@cache
def _fold_table() -> dict[int, str | None]:
    """Return what becomes of single characters whatever stands beside them. For ``str.translate``."""
    table: dict[int, str | None] = dict.fromkeys(map(ord, _expand(_DROPPED) + _DROPPED_BEYOND))
    table.update({ord(character): compose("NFKC", character) for character in _expand(_WIDE_LETTERS + _LIGATURES)})
    table.update(dict.fromkeys(map(ord, _HYPHENS), "-"))
    return table


def _expand(ranges: str) -> str:
    """Write out the ranges of a character class.

    >>> _expand("a-cx")
    'abcx'
    """
    return re.sub("(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), ranges, flags=re.DOTALL)


_TAGS = "\U000e0000-\U000e007f"
_PRESENTED = "\uff61-\uff9f\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdcf\ufe70-\ufefc"
"""Half-width katakana; Arabic letters as shapes, without the words of one character such as U+FDF2."""
_JOINERS = "\u200c\u200d\u180e"
_DIRECTIONS = "\u200e\u200f\u061c"
_STRETCH = "\u0640"
_CONTEXTUAL = f"[{_TAGS}{_PRESENTED}{_JOINERS}{_DIRECTIONS}{_STRETCH}０-９]"

_RIGHT_TO_LEFT = "[\u05d0-\u05f4\u0620-\u08ff\ufb1d-\ufdfb\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_JOINED = (
    "\u0600-\u061b\u061d-\u0dff\u0f00-\u109f\u1780-\u180d\u180f-\u18af\ufb50-\ufdff\U00010a00-\U00011fff"  # Arabic, Indic, Mongolian
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"  # emoji
)
"""Characters beside which a joiner is spelling."""
_FLAG_OR_TAGS = "(\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f)|[\U000e0000-\U000e007f]"
_SHAPES = f"[{_PRESENTED}]+"
_WIDE_NUMBER = "(?<![0-9０-９])[０-９]+(?![0-9０-９])"
"""Beside another digit it stays: folded, two numbers would become one."""
_IDLE_JOINER = f"(?<![{_JOINED}])[{_JOINERS}](?![{_JOINED}])"
_DIRECTION = f"[{_DIRECTIONS}]"
_STRETCHED = "(?<=[\u0620-\u06d3])\u0640+(?=[\u0620-\u06d3])|\u0640{2,}"
"""Stretching inside a word, or long; one at the end of a letter stays, as in the abbreviation of the Hijri year."""


def _fold_by_context(text: str) -> str:
    text = re.sub(_FLAG_OR_TAGS, r"\1", text)
    text = re.sub(_SHAPES, lambda match: compose("NFKC", match.group()), text)
    text = re.sub(_WIDE_NUMBER, lambda match: compose("NFKC", match.group()), text)
    text = re.sub(_STRETCHED, "", text)
    if re.search(_RIGHT_TO_LEFT, text) is None:
        text = re.sub(_DIRECTION, "", text)
    return re.sub(_IDLE_JOINER, "", text)


# ------------------------------------------------------------------ references

_LONGEST_REFERENCE = 33  # characters between "&" and ";"
_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})\Z")


def _references(text: str) -> str:
    """Return the text with the HTML references left in it resolved, also those that were escaped twice.

    The characters lie on a stack, so that a reference that another one completes (``&amp;quot;``) is seen when its ``;`` comes.
    """
    if "&" not in text or ";" not in text:
        return text
    first, *rest = text.split(";")
    stack = list(first)
    for part in rest:
        match = _REFERENCE.search("".join(stack[-_LONGEST_REFERENCE - 1 :]))
        character = None if match is None else _referred(match[1])
        if match is None or character is None:
            stack.append(";")
        else:
            del stack[-len(match.group()) :]
            stack.extend(character)
        stack.extend(part)
    return "".join(stack)


def _referred(name: str) -> str | None:
    """Return the characters that a reference stands for; None if there is no such reference."""
    if name[0] != "#":
        from html.entities import html5

        return html5.get(name + ";")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return c1_table().get(code, chr(code)).translate(_fold_table())


# ------------------------------------------------------------------ punctuation

_TEX_QUOTES = "(?<!`)``([^`\"]{1,1000}?)''(?!')"
_SPACED_ELLIPSIS = r"\.(?: \.){2,}"
_LOOSE_SPACE = re.compile(
    r" (?=[,)])"
    r"| (?=\.(?:[\s\"'”’»)\]]|\Z))"  # not before .NET, .5 or an ellipsis
    r"|(?<=\()(?<![:;=-]\() "  # not after a sad face
)


def _punctuation(text: str) -> str:
    if "``" in text:
        text = re.sub(_TEX_QUOTES, r'"\1"', text)
    if ". ." in text:
        text = re.sub(_SPACED_ELLIPSIS, lambda match: match.group().replace(" ", ""), text)
    return _LOOSE_SPACE.sub("", text) if any(pair in text for pair in _ODD_PAIRS) else text


# ------------------------------------------------------------------ lines

_LINE_END = "\r\n|[\n\r]|\u2029|[\v\f\x85\u2028](?:[ \t]*[\v\f\x85\u2028])+"
_LINE_END_WITHOUT_NEWLINES = "\u2029|[\v\f\x85\u2028]"


def split_lines(text: str) -> list[tuple[int, int]]:
    """Return where the lines of a plain text lie, without their ends; an empty or blank one parts paragraphs.

    LF, CR LF and CR end a line. A paragraph separator (U+2029) ends a paragraph: an empty line follows. Vertical tab, form feed,
    next line (U+0085) and line separator (U+2028) end lines only where the text knows no others; elsewhere one of them is a
    space inside its line, and several together end a paragraph.
    """
    usual = "\n" in text or "\r" in text
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(_LINE_END if usual else _LINE_END_WITHOUT_NEWLINES, text):
        spans.append((start, match.start()))
        start = match.end()
        if match.group()[0] == "\u2029" or (usual and match.group()[0] not in "\r\n"):
            spans.append((start, start))
    spans.append((start, len(text)))
    return spans


_DIVIDED = r"(?<!\w)(\w+)([-\u2010\u2011])\Z"
_FIRST_WORD = r"\w+"
_SUSPENDED = frozenset("and or to und oder bis sowie bzw beziehungsweise en of tot och eller og ja tai sekä y o e".split())  # noqa: SIM905
"""Words after which the second half of a pair comes, as in "Vor- und Nachteile": the hyphen before them stands for it."""


def join_lines(lines: Sequence[str]) -> str:
    """Return the lines of one hard-wrapped paragraph as one, words divided at a line end made whole.

    >>> join_lines(["the govern-", "ment said that Jean-", "Paul and the", "mayor met"])
    'the government said that Jean-Paul and the mayor met'
    """
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        if parts:
            parts[-1], seam = _seam(parts[-1], line)
            parts.append(seam)
        parts.append(line)
    return "".join(parts)


def _seam(line: str, following: str) -> tuple[str, str]:
    """Return the end of a line as it should be and what stands between it and the following line."""
    if line[-1] == "\u00ad":
        return line.rstrip("\u00ad"), ""
    divided = re.search(_DIVIDED, line[-64:])
    word = re.match(_FIRST_WORD, following)
    if divided is None or word is None:
        return line, "" if _sets_no_spaces(line[-1]) and _sets_no_spaces(following[0]) else " "
    if word.group() in _SUSPENDED:
        return line, " "
    letters = divided[1]
    if letters.isalpha() and len(letters) > 1 and following[0].islower():
        return line[:-1], ""
    return line, ""


def _sets_no_spaces(character: str) -> bool:
    """Tell Chinese and Japanese characters, full-width punctuation among them."""
    return "\u3001" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60"
