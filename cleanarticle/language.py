"""Which language a text is in: by its script, then by its commonest words and the letters no neighbour has."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from unicodedata import is_normalized, normalize

SAMPLE = 5000  # characters looked at; the words of two pages settle it, more only costs time
WINDOWS = 10  # the sample is this many pieces spread over the whole text: the top of a page is often chrome
SCRIPT_STRIDE = 5  # every fifth character of the sample tells the script and the letters
FEWEST_LETTERS = 12  # letters among those counted; below it there is nothing to go by
RULING_SCRIPT = 0.5  # share of the letters that the commonest script must have
KANA = 0.05  # share of kana among kana and Han: Japanese prose has a third and more, Chinese none
FEWEST_WORDS = 3  # different function words of the language that must occur
FEWEST_LONGER = 2  # of these of more than one letter; a letter between full stops is an initial, or one of an address
COVERAGE = 0.07  # share of the words that are function words: 0.3 to 0.5 in English, 0.1 to 0.2 in Finnish or Turkish
CLEAR_LEAD = 0.85  # the runner-up's score must stay below this share of the winner's
SENTENCE_ENDS = ".!?…。！？।؟۔။។።։"
"""What closes a sentence, in all scripts; Thai and Lao have nothing for it."""
LETTER_WORTH = 6.0  # a tell-tale letter against one word that no other language has, both as shares of their kind

_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, ""), (0x0041, "Latin"), (0x005B, ""), (0x0061, "Latin"), (0x007B, ""), (0x00C0, "Latin"), (0x0250, ""),
    (0x0370, "el"), (0x0400, "Cyrillic"), (0x0530, "hy"), (0x0590, "Hebrew"), (0x0600, "Arabic"), (0x0700, ""), (0x0750, "Arabic"),
    (0x0780, ""), (0x08A0, "Arabic"), (0x0900, "Devanagari"), (0x0980, "bn"), (0x0A00, "pa"), (0x0A80, "gu"), (0x0B00, "or"),
    (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"), (0x0D00, "ml"), (0x0D80, "si"), (0x0E00, "th"), (0x0E80, "lo"), (0x0F00, "bo"),
    (0x1000, "my"), (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "am"), (0x1380, ""), (0x1780, "km"), (0x1800, ""), (0x1E00, "Latin"),
    (0x1F00, "el"), (0x2000, ""), (0x3040, "Kana"), (0x3100, ""), (0x3400, "Han"), (0x4DC0, ""), (0x4E00, "Han"), (0xA000, ""),
    (0xAC00, "ko"), (0xD7B0, ""), (0xF900, "Han"), (0xFB00, ""), (0xFB1D, "Hebrew"), (0xFB50, "Arabic"), (0xFE00, ""),
    (0xFE70, "Arabic"), (0xFF00, ""), (0xFF66, "Kana"), (0xFFA0, ""), (0x20000, "Han"), (0x32000, ""),
)  # fmt: skip
"""First code point of a stretch of Unicode and its script; a language code where the script is the language."""

_STARTS = [start for start, _ in _BLOCKS]

_TELLTALES = {
    "de": "ß", "fr": "œêûëï", "es": "ñ", "pt": "ãõ", "tr": "ığşİ", "az": "əğışİ", "pl": "ąęłńśźż", "cs": "ěřůďťň", "sk": "ľĺŕôďťň",
    "hu": "őű", "ro": "ășțşţâ", "sv": "åäö", "no": "åøæ", "da": "åøæ", "is": "ðþýæ", "fi": "äö", "et": "õäöü", "lv": "āēīūģķļņ",
    "lt": "ėįųąęū", "vi": "đơưạảấầẩậắằặẹẻếềểễệịọỏốồổộớờởợụủứừửữựỳỹ", "ca": "ŀ", "sq": "ë", "hr": "đćčžš", "sl": "čžš", "cy": "ŵŷ",
    "eo": "ĉĝĥĵŝŭ", "gl": "ñ", "eu": "ñ",
    "ru": "ыэъё", "be": "ўыэё", "uk": "іїєґ", "bg": "ъ", "sr": "ђћљњџј", "mk": "ѓќѕљњџј", "kk": "қғңүұөһәі", "ky": "ңүөы", "mn": "үөы",
    "tg": "ҳҷӯғқӣ",
    "ar": "ةىيكأإ", "fa": "پچگژیک", "ur": "ٹڈڑںےہھگچپیک", "ps": "ټډړښېۍځڅګږ", "ckb": "ڕۆێڵەکی",
}  # fmt: skip
"""Letters that set a language apart from its neighbours in the same script; small letters, and the Turkish capital İ."""

_SHARED_SCRIPTS = {
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"),
    "Arabic": ("ar", "fa", "ur", "ps", "ckb"),
    "Hebrew": ("he", "yi"),
    "Devanagari": ("hi", "mr", "ne"),
}
"""The languages of the scripts that several share; every language not listed here is Latin (and Serbian is both)."""

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi "
    "fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv "
    "kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng nl no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro "
    "ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
    "yi yo za zh zu"
)
_TWO_LETTERS = frozenset(_ISO_639_1.split())
"""ISO 639-1, without the Norwegian ``nb`` and ``nn``, which count as ``no``."""

_CODE_PAIRS = (
    "nb=no nn=no iw=he in=id ji=yi mo=ro sh=sr fil=tl "
    "eng=en deu=de ger=de fra=fr fre=fr spa=es ita=it por=pt nld=nl dut=nl tur=tr rus=ru ara=ar zho=zh chi=zh cmn=zh yue=zh pol=pl "
    "ukr=uk ces=cs cze=cs swe=sv nor=no nob=no nno=no dan=da fin=fi ell=el gre=el heb=he fas=fa per=fa pes=fa jpn=ja kor=ko hin=hi "
    "ind=id vie=vi ron=ro rum=ro hun=hu tha=th cat=ca glg=gl slk=sk slo=sk slv=sl hrv=hr srp=sr bos=bs bul=bg mkd=mk mac=mk bel=be "
    "est=et lav=lv lit=lt sqi=sq alb=sq isl=is ice=is afr=af swa=sw msa=ms may=ms zsm=ms tgl=tl aze=az kaz=kk urd=ur pus=ps ckb=ku "
    "kur=ku ben=bn tam=ta tel=te mar=mr nep=ne amh=am kat=ka geo=ka hye=hy arm=hy guj=gu pan=pa kan=kn mal=ml sin=si khm=km lao=lo "
    "mya=my bur=my mon=mn uzb=uz kir=ky tgk=tg eus=eu baq=eu cym=cy wel=cy gle=ga epo=eo hau=ha som=so yid=yi ltz=lb mlt=mt yor=yo "
    "ibo=ig zul=zu xho=xh mlg=mg"
)
_OTHER_CODES = dict(pair.split("=") for pair in _CODE_PAIRS.split())
"""ISO 639-2 and 639-3 codes, old two-letter codes, and the two written Norwegians."""

_CLAIM = re.compile(r"\s{0,9}([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,4}(?:\.[A-Za-z0-9-]{1,12})?\s{0,9}\Z")


def code_of(value: object) -> str | None:
    """Return the ISO 639-1 code in a claim about the language; None for anything that is no code.

    >>> code_of("en-US"), code_of("pt_BR"), code_of("deu"), code_of("English"), code_of(None)
    ('en', 'pt', 'de', None, None)
    """
    match = _CLAIM.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    code = match[1].lower()
    return code if code in _TWO_LETTERS else _OTHER_CODES.get(code)


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language most of a text is in; None rather than a guess.

    A language that has no two-letter code of its own answers to the code of its group: ``ku`` for Central Kurdish.
    """
    sample = _sample(text)
    if not is_normalized("NFKC", sample):  # accents by themselves, or the forms in which letters are printed
        sample = normalize("NFKC", sample)
    letters = Counter(sample[::SCRIPT_STRIDE] if len(sample) > SAMPLE // SCRIPT_STRIDE else sample)
    script = _ruling_script(letters)
    if script is None or len(script) == 2:
        return script
    return _by_words(sample, letters, script)


def _sample(text: str) -> str:
    """Return at most ``SAMPLE`` characters: the text itself, or pieces from all over it, joined."""
    if len(text) <= SAMPLE:
        return text
    width = SAMPLE // WINDOWS
    step = (len(text) - width) // (WINDOWS - 1)
    return " ".join([text[index * step : index * step + width] for index in range(WINDOWS)])


def _ruling_script(letters: Counter[str]) -> str | None:
    """Return the script of most letters, as its name or as the code of the one language written in it; None without one."""
    scripts: dict[str, int] = {}
    for letter, count in letters.items():
        script = _script_of(letter)
        scripts[script] = scripts.get(script, 0) + count
    scripts.pop("", None)
    total = sum(scripts.values())
    if total < FEWEST_LETTERS:
        return None
    kana = scripts.pop("Kana", 0)
    if kana or "Han" in scripts:
        both = kana + scripts.pop("Han", 0)
        scripts["ja" if kana > KANA * both else "zh"] = both
    script = max(sorted(scripts), key=scripts.__getitem__)
    return script if scripts[script] > RULING_SCRIPT * total else None


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return _BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1]


def _by_words(sample: str, letters: Counter[str], script: str) -> str | None:
    """Return the language of a script that several share, by its function words and letters."""
    known, telltales = _function_words(), _owners()
    words = Counter(sample.lower().replace("’", " ").replace("'", " ").replace(",", " ").replace(".", " ").split())
    every_word = words.total()
    scores: dict[str, float] = {}
    hits: dict[str, int] = {}
    different: dict[str, int] = {}
    longer: dict[str, int] = {}
    for word in sorted(words.keys() & known.keys()):  # in order, or sums differ in their last bits from process to process
        count, owners = words[word], known[word]
        for code in owners:
            scores[code] = scores.get(code, 0.0) + count / len(owners)
            hits[code] = hits.get(code, 0) + count
            different[code] = different.get(code, 0) + 1
            if len(word) > 1:
                longer[code] = longer.get(code, 0) + 1
    letter_worth = LETTER_WORTH * every_word / letters.total()
    for letter in sorted(letters.keys() & telltales.keys()):
        owners = telltales[letter]
        for code in owners:
            scores[code] = scores.get(code, 0.0) + letter_worth * letters[letter] / len(owners)
    ranked = sorted((-score, code) for code, score in scores.items() if script in _scripts_of(code))
    if not ranked:
        return None
    best = ranked[0][1]
    if script == "Hebrew" and "yi" not in scores:  # writes its commonest words together with the next ones
        return "he"
    if different.get(best, 0) < FEWEST_WORDS or longer.get(best, 0) < FEWEST_LONGER or hits[best] < COVERAGE * every_word:
        return None
    if len(ranked) > 1 and ranked[1][0] < CLEAR_LEAD * ranked[0][0]:
        return None
    return _OTHER_CODES.get(best, best)


@cache
def _scripts_of(code: str) -> tuple[str, ...]:
    """Return the shared scripts that a language is written in."""
    found = tuple(script for script, codes in _SHARED_SCRIPTS.items() if code in codes)
    return ("Cyrillic", "Latin") if code == "sr" else found or ("Latin",)


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """Return the languages of each word in ``lexicons/function-words.txt``."""
    path = os.path.join(os.path.dirname(__file__), "lexicons", "function-words.txt")
    with open(path, encoding="utf-8") as lines:
        rows = [line.partition(":") for line in lines]
    return _owned_by({code: words.split() for code, _, words in rows})


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Return the languages of each tell-tale letter."""
    return _owned_by({code: list(letters) for code, letters in _TELLTALES.items()})


def _owned_by(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = {}
    for code, entries in lists.items():
        for entry in dict.fromkeys(entries):
            owners.setdefault(entry, []).append(code)
    return {entry: tuple(codes) for entry, codes in owners.items()}


@cache
def function_words(language: str | None) -> frozenset[str]:
    """Return the commonest words of a language, folded; an empty set where it is not known."""
    return frozenset(_function_words().get(language, ())) if language else frozenset()
