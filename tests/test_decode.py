import gzip
import random
import time
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanarticle.decode import GUESSED, REPLACED, decode, encoding_named, repair
from cleanarticle.model import InputError

GERMAN = "Die Behörde erklärte am Dienstag: „Das genügt nicht.“ Über die Größe der Straße wird später entschieden, hieß es."
RUSSIAN = "Правительство во вторник обсудило продление мер поддержки: решение ещё не принято, сказал министр."
JAPANESE = "首相は火曜日、「協議を続ける」と述べた。政府は来週までに結論を出す方針だ。"
CHINESE = "国务院发言人周二表示，有关措施将于下周公布，并强调“各方应保持克制”。"
POLISH = "Rząd ogłosił we wtorek, że źródła finansowania są już zapewnione, a łączna kwota przekroczy pięć miliardów złotych."
GREEK = "Η κυβέρνηση ανακοίνωσε την Τρίτη ότι τα νέα μέτρα θα εφαρμοστούν από την επόμενη εβδομάδα."
KOREAN = "정부는 화요일 새로운 대책을 다음 주에 발표하겠다고 밝혔다. 대통령은 협의를 계속하겠다고 말했다."

TEXTS = (GERMAN, RUSSIAN, JAPANESE, CHINESE, POLISH, GREEK, KOREAN)


def page(text: str, head: str = "", before: str = "") -> str:
    return f"{before}<!DOCTYPE html><html><head>{head}<title>News</title></head><body><p>{text}</p></body></html>"


# ------------------------------------------------------------------ evidence in order

META = '<meta charset="{}">'
EVIDENCE = [
    ("a byte order mark beats the meta tag", b"\xef\xbb\xbf" + page(GERMAN, META.format("windows-1251")).encode(), None, "utf-8"),
    ("a UTF-16 mark", b"\xff\xfe" + page(RUSSIAN).encode("utf-16-le"), None, "utf-16le"),
    ("a UTF-16 mark, big end first", b"\xfe\xff" + page(RUSSIAN).encode("utf-16-be"), None, "utf-16be"),
    ("UTF-16 without a mark", page(RUSSIAN, META.format("utf-16")).encode("utf-16-le"), None, "utf-16le"),
    ("UTF-16 text of another script", (RUSSIAN * 3).encode("utf-16-be"), None, "utf-16be"),
    ("valid UTF-8 beats a wrong meta tag", page(GERMAN, META.format("iso-8859-1")).encode(), None, "utf-8"),
    ("valid UTF-8 beats a wrong header", page(GERMAN).encode(), "iso-8859-1", "utf-8"),
    ("the header, where the bytes fit", RUSSIAN.encode("koi8-r"), "KOI8-R", "koi8-r"),
    ("the meta tag, where the header does not fit", page(RUSSIAN, META.format("windows-1251")).encode("cp1251"), "utf-8", "windows-1251"),
    (
        "the second meta tag, where the first does not fit",
        page(GERMAN, META.format("utf-8") + META.format("latin1")).encode("cp1252"),
        None,
        "windows-1252",
    ),
    (
        "a meta tag behind a long head",
        page(POLISH, f"<!-- {'x' * 9000} -->" + META.format("iso-8859-2")).encode("iso-8859-2"),
        None,
        "iso-8859-2",
    ),
    (
        "no meta tag in a comment",
        page(POLISH, f"<!-- {META.format('koi8-r')} -->" + META.format("windows-1250")).encode("cp1250"),
        None,
        "windows-1250",
    ),
    (
        "the XML declaration",
        page(GREEK, before='<?xml version="1.0" encoding="iso-8859-7"?>').encode("iso-8859-7"),
        None,
        "iso-8859-7",
    ),
    ("a label by its WHATWG meaning", page(CHINESE, META.format("gb2312")).encode("gbk"), None, "gb18030"),
    ("the escapes of ISO-2022-JP", JAPANESE.encode("iso2022_jp"), None, "iso-2022-jp"),
]


@pytest.mark.parametrize(("data", "declared", "encoding"), [row[1:] for row in EVIDENCE], ids=[row[0] for row in EVIDENCE])
def test_the_charset_is_found_without_a_guess(data, declared, encoding):
    decoded = decode(data, declared)
    assert decoded.encoding == encoding
    assert GUESSED not in decoded.warnings
    assert sum(text in decoded.text for text in TEXTS) == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gbk"),
        (KOREAN, "euc_kr"),
    ],
)
@pytest.mark.parametrize("html", [False, True], ids=["text", "html"])
def test_an_undeclared_charset_is_guessed_and_said_to_be(text, encoding, html):
    decoded = decode((page(text) if html else text).encode(encoding))
    assert text in decoded.text
    assert decoded.warnings == (GUESSED,)


def test_a_wrong_meta_tag_of_a_latin_charset_is_not_believed_for_whole_words_beyond_ascii():
    assert decode(page(RUSSIAN, META.format("iso-8859-1")).encode("cp1251")).encoding != "windows-1252"


TURKISH = (
    "Belediye çarşamba günü aldığı kararla eski limanı ilkbahara kadar kapattığını açıkladı; işçilere ücretlerinin üçte ikisi ödenecek. "
    "Kaptan Ayşe Güçlü şirketin hiçbir açıklama yapmadığını söyledi."
)
CZECH = "Městská rada ve středu rozhodla, že přístav zůstane zavřený; dělníkům vyplatí dvě třetiny mzdy, řekl večer kapitán Jiří Dvořák."
ROMANIAN = (
    "Consiliul local a hotărât miercuri să închidă vechiul port până la primăvară, iar muncitorii vor primi două treimi din salariu; "
    "căpitanul, care lucrează aici din 1998, nu se aştepta la această decizie, a anunţat primăria, şi aşteaptă."
)
ICELANDIC = "Bæjarráð ákvað á miðvikudag að loka gömlu höfninni fram á vor, þar sem fjárhagsáætlun þraut; sjómenn fá launin sín."
FRENCH = "La mairie a décidé de fermer le vieux port, où l’on répare les bâtiments ; la société n’a rien expliqué, même après l’été."
ITALIAN = (
    "La città chiuderà il porto perché così ha deciso il consiglio: più nessuno lavorerà lì né verrà pagato, e ciò finché durerà l’inverno."
)
PORTUGUESE = "A câmara decidiu fechar o porto até à primavera; não há razões conhecidas, e as embarcações vão ficar à espera da decisão."

LIES = [
    ("Turkish as Western", TURKISH, "cp1254", "iso-8859-1"),
    ("Czech as Western", CZECH, "cp1250", "iso-8859-1"),
    ("Romanian as Western", ROMANIAN, "cp1250", "iso-8859-1"),
    ("Polish as Western", POLISH * 2, "iso-8859-2", "windows-1252"),
    ("Russian of Unix as that of Windows", RUSSIAN * 2, "koi8-r", "windows-1251"),
    ("Greek as Russian", GREEK, "cp1253", "windows-1251"),
    ("French as Russian", FRENCH, "cp1252", "windows-1251"),
    ("German as Greek", GERMAN, "cp1252", "iso-8859-7"),
]


@pytest.mark.parametrize(("text", "encoding", "declared"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
@pytest.mark.parametrize("html", [False, True], ids=["header", "meta"])
def test_a_declaration_that_gives_words_of_no_language_is_not_believed(text, encoding, declared, html):
    text = text.encode(encoding, "ignore").decode(encoding)
    data = page(text, META.format(declared)) if html else text
    decoded = decode(data.encode(encoding), None if html else declared)
    assert text in decoded.text
    assert decoded.warnings == (GUESSED,)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (ICELANDIC, "windows-1252"),
        (FRENCH, "windows-1252"),
        (ITALIAN, "windows-1252"),
        (PORTUGUESE, "windows-1252"),
        ("Das „Büro“ der Şahin-Straße: " + GERMAN, "windows-1254"),
        ("Petr Dvoøák, Lech Wa³êsa und die Größe der Straße", "windows-1252"),
        ("«АвтоВАЗ», «ГлавСтрой» и «РосНефть» закрылись, сказал Иван МакДональд. " + RUSSIAN, "windows-1251"),
        ("МИНИСТР ПРИЕХАЛ В МОСКВУ, ЧТОБЫ ПОДПИСАТЬ ДОГОВОР", "koi8-r"),
        ("В приложении Windоws и iPhоne бoлее не работает " + RUSSIAN, "windows-1251"),
    ],
)
def test_a_declaration_that_may_be_right_is_believed(text, declared):
    text = text.encode(declared, "ignore").decode(declared)
    assert decode(text.encode(declared), declared) == (text, declared, ())


DOS = [
    ("Der Rat schließt den Hafen bis zum Frühjahr; Kapitän Jürgen Größl fährt dort seit Jahren.", "cp437"),
    ("La mairie a décidé de fermer le port, a déclaré la capitaine Zoé Dupré à la presse.", "cp850"),
    (
        "Rada miejska odrzuciła w środę budżet portu, choć prezydent ostrzegał, że żaden statek nie wpłynie do końca miesiąca. "
        "Radna dodała, że spór ciągnie się już pięć lat i pochłonął ćwierć miliona złotych.",
        "cp852",
    ),
]


@pytest.mark.parametrize(("text", "encoding"), DOS)
def test_letters_of_dos_are_read(text, encoding):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.warnings == (GUESSED,)


@pytest.mark.parametrize(
    "text", ["L’Otan et l’Ukraine", "“We won’t wait,” the café’s owner said…", "Indes hat der Gemeinderat „sofort“ beschlossen – müßig"]
)
def test_quotes_of_windows_are_no_letters_of_dos(text):
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE * 3, JAPANESE * 3, KOREAN.replace(" ", "") * 3], ids=["Chinese", "Japanese", "Korean"])
def test_wide_text_without_a_mark_or_ascii_is_no_binary_data(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding.replace("-le", "le").replace("-be", "be"), ())


def test_english_with_chinese_quotes_needs_no_detector():
    text = "The drills’ primary focus was “deliberately kept quiet”, it said."
    assert decode(text.encode("gbk")).text == text
    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize("extra", ["“It’s over – finally,” he said.", "L’été dernier, l’équipe avait perdu à Séville…"])
def test_stray_windows_1252_bytes_in_utf8_are_read_as_such(extra):
    data = page(GERMAN + RUSSIAN).encode() + extra.encode("cp1252")
    assert decode(data) == (page(GERMAN + RUSSIAN) + extra, "utf-8", ())


def test_a_character_cut_off_at_the_end_is_marked():
    decoded = decode((GERMAN + "é").encode()[:-1])
    assert decoded == (GERMAN + "\ufffd", "utf-8", (REPLACED,))


@pytest.mark.parametrize(
    "label", ["idna", "zlib_codec", "rot_13", "undefined", "unicode_escape", "utf-7", "punycode", "x" * 10**6, "utf\0-8", "mbcs", ""]
)
def test_only_charsets_of_text_are_known(label):
    assert encoding_named(label) is None
    assert decode(page(GERMAN, META.format(label)).encode(), label).text == page(GERMAN, META.format(label))


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("ISO-8859-1", "windows-1252"),
        (" 'gb2312' ", "gb18030"),
        ("x-sjis", "shift_jis"),
        ("iso_8859_9", "windows-1254"),
        ("us-ascii", "windows-1252"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label, encoding):
    assert encoding_named(label) == encoding


# ------------------------------------------------------------------ what is no text

RANDOM = random.Random(7)
BINARY = {
    "PNG": b"\x89PNG\r\n\x1a\n" + RANDOM.randbytes(500),
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF" + RANDOM.randbytes(500),
    "GIF": b"GIF89a" + RANDOM.randbytes(500),
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "ZIP": b"PK\x03\x04" + RANDOM.randbytes(500),
    "ELF": b"\x7fELF" + RANDOM.randbytes(500),
    "gzip": gzip.compress(page(GERMAN).encode()),
    "zlib": zlib.compress(page(GERMAN).encode()),
    "zstd": b"\x28\xb5\x2f\xfd" + RANDOM.randbytes(500),
    "OLE": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + RANDOM.randbytes(500),
    "SQLite": b"SQLite format 3\0" + RANDOM.randbytes(500),
    "MP4": b"\0\0\0\x18ftypmp42" + RANDOM.randbytes(500),
    "WebAssembly": b"\0asm\1\0\0\0" + RANDOM.randbytes(300),
    "Java": b"\xca\xfe\xba\xbe" + RANDOM.randbytes(300),
    "binary": RANDOM.randbytes(100_000),
}


@pytest.mark.parametrize("name", BINARY)
def test_binary_data_is_refused_by_name(name):
    with pytest.raises(InputError, match=name):
        decode(BINARY[name])


@pytest.mark.parametrize("name", ["gzip", "zlib", "zstd"])
def test_compressed_data_is_refused_with_advice(name):
    with pytest.raises(InputError, match="decompress"):
        decode(BINARY[name])


@pytest.mark.parametrize(
    "rubbish", [b"\0", b"\0\x01\x02\x07\x08\x1b\x7f", b"\xc0\xaf\xe0\x80\xaf", b"\xed\xa0\x80", b"\xe2\x80", bytes(range(1, 256))]
)
def test_text_with_some_rubbish_in_it_is_still_read(rubbish):
    decoded = decode((GERMAN * 8).encode() + b"\n" + rubbish + b"\n" + RUSSIAN.encode())
    assert GERMAN in decoded.text
    assert RUSSIAN in decoded.text


@pytest.mark.parametrize(
    "text",
    [
        "GIF89a is an image format of 1989.",
        "BM, the ministry’s café",
        "MZ – motorcycles",
        "PK said so.",
        "ID3 tags hold titles.",
        "RIFF raff “é”",
        "BZh",
        "x^2 “é”",
        "",
    ],
)
def test_text_that_begins_like_a_file_format_is_read(text):
    assert decode(text.encode()).text == text


def test_a_zero_byte_and_a_meta_tag_that_says_utf_16_do_not_make_it_so():
    text = page(GERMAN * 3, META.format("utf-16"))
    assert decode(text.encode("cp1252") + b"\0").text == text + "\0"


@given(st.binary(), st.sampled_from([None, "utf-16", "gb2312", "koi8-r", "zlib", "\0"]))
@example(b"\xff\xfe\xd8", None)
@example(b"\x1b$B\xff", None)
@example(b"\x1b$B~", None)
def test_any_bytes_give_text_or_a_clear_error(data, declared):
    try:
        decoded = decode(data, declared)
    except InputError:
        return
    assert repair(decoded.text).count("\n") == decoded.text.count("\n")
    assert (REPLACED in decoded.warnings) == ("\ufffd" in decoded.text) or decoded.encoding == "utf-8"


# ------------------------------------------------------------------ mojibake

BROKEN = [
    ("Itâ€™s â€œfineâ€\x9d", "It’s “fine”"),
    ("GrÃ¶ÃŸe fÃ¼r ÃœberfÃ¼hrung", "Größe für Überführung"),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", "Привет, мир"),
    ("cafÃƒÂ© crÃƒÂ¨me", "café crème"),
    ("Г‰milie a rГ©pondu Г\u00a0 la maГ®tresse", "Émilie a répondu à la maîtresse"),
    ("The pier ‚Äì closed in May ‚Äì stays ‚Äúclosed‚Äù", "The pier – closed in May – stays “closed”"),
    ("pÃ¥ søndag, nÃ¥r det er på tide", "på søndag, når det er på tide"),
    ("it\x92s \x93fine\x94\x85", "it’s “fine”…"),
    ("Il sindaco: В«Bella seratanaВ»", "Il sindaco: «Bella seratana»"),
    ("El C├│rsico volvi├│ a ganar", "El Córsico volvió a ganar"),
    ("The crewΓÇÖs boat cost Γé¼2 million", "The crew’s boat cost €2 million"),
    ("El CĂłrsico volviĂł a ganar", "El Córsico volvió a ganar"),
    ("MulÈ›i oameni È™i orașe, poziÈ›ia", "Mulți oameni și orașe, poziția"),
    ("Ã¥ bo i 40-Ã¥ra på Nordfjord", "å bo i 40-åra på Nordfjord"),
    ("× ×›×ª×‘ ×©×™×¨ ×¢×œ ×”×¢×™×¨ ×•× ×©×ž×¨", "נכתב שיר על העיר ונשמר"),
    ("ThÃ nh phá»‘ vÃ  cáº£ng lÃ  cá»§a ta, toÃ n cáº§u", "Thành phố và cảng là của ta, toàn cầu"),
    ("¡°It¡¯s shut ¡ª for good,¡± she said¡\xad¡\xad", "“It’s shut — for good,” she said……"),
    ("πâ╜Θ¡ªσ»ƒµâàσá▒", "ヽ魦察情報"),
    ("¡§It¡¦s shut,¡¨ she said", "“It’s shut,” she said"),
    ("åˆ¶é€ å±€é•¿è¯´", "制造局长说"),
    ("ì‹œìž¥ì\x9d€ ì „ ë¶€ë‘\x90ì—\x90ì„œ ë°°ê°€", "시장은 전 부두에서 배가"),
]


@pytest.mark.parametrize(
    ("sound", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"),
        (KOREAN, "euc_kr"),
        (CHINESE, "gb2312"),
        ("أعلنت السلطات يوم الأربعاء إغلاق الميناء القديم حتى الربيع", "cp1256"),
        ("מועצת העיר החליטה ביום רביעי לסגור את הנמל הישן עד האביב", "cp1255"),
        ("สภาเมืองมีมติเมื่อวันพุธให้ปิดท่าเรือเก่าไปจนถึงฤดูใบไม้ผลิ", "cp874"),
        (TURKISH, "cp1254"),
        (CZECH, "cp1250"),
        (ROMANIAN, "cp1250"),
        (POLISH, "cp1250"),
        (POLISH * 2, "iso-8859-2"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "<p>The “port”</p><p>{}</p>", "It’s the “port” – café.\n{}\nThe end."])
def test_text_of_another_charset_read_as_western_is_read_anew(sound, encoding, frame):
    data = sound.encode(encoding, "ignore")
    broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert broken != sound
    assert repair(frame.format(broken)) == frame.format(data.decode(encoding))


@pytest.mark.parametrize(("broken", "sound"), BROKEN)
def test_mojibake_is_repaired(broken, sound):
    assert repair(broken) == sound


def test_one_broken_line_among_sound_ones_is_repaired():
    assert repair(f"{GERMAN}\nGrÃ¶ÃŸe fÃ¼r alle\n{RUSSIAN}\n") == f"{GERMAN}\nGröße für alle\n{RUSSIAN}\n"


def test_one_broken_element_among_sound_ones_is_repaired():
    assert repair(f"<p>{RUSSIAN}</p><p>GrÃ¶ÃŸe fÃ¼r alle</p>") == f"<p>{RUSSIAN}</p><p>Größe für alle</p>"


SOUND = [
    *TEXTS,
    "«Правительство», — сказал он: „Нет“ — №5",
    "SÃO PAULO – A REUNIÃO DA COMISSÃO DE EDUCAÇÃO FOI ADIADA. IRMÃ, MAÇÃ, AMANHÃ: «ÓTIMO»",
    "« À la une », dit-il : « Ça ira à Âpremont » – l’été à 12 € …",
    "TRẦN VĂN Â VÀ ÂU CƠ GẶP NHAU Ở HÀ NỘI.",
    "ÅSÅ–HALLÅ: ”ÅÄÖ” på SVT, ”Är det så?”",
    "Їжак, ґанок, Євген — п’ять об’єктів, Січень у Рівному",
    "A «C», o 5.º CAFÉ®, naïve façade — twice™ – at 5°C ±2, ½ price, £9.99.",
    "ÞÓRÐUR Í ÆÐEY, „ŻÓŁĆ” – 15 zł, „ŽLUŤOUČKÝ KŮŇ“, »igen«",
    "قال: «نعم»، ثم غادر؛ ٢٥٪",
    "می‌خواهم کتاب‌ها را بخوانم",
    "क्षेत्र में र्‍य और क्‍ष",
    "צה״ל וארה״ב: ״כן״",
    "น้ำ กำลังไหล “จริง”",
    "İĞDIR’DA KÂR PAYI ARTTI: %15",
    "Η Α΄ Εθνική, «ναι»· όχι;",
    "x² + y² ≤ r², √2 ≈ 1.41, ├──┬──┤",
    "👩‍👩‍👧‍👦 ❤️ 🇺🇦 #1️⃣",
    "Завод В«Renault» и АвтоВАЗ–Renault, группа Г",
    "├┤a┼┐a┼┐a and ┌──┬┐x",
    "Ăştia și CĂRȚI, ăla",
    "O que é “bom”? É o que é… amanhã, disse.",
    "¡Ánimo! «¡Óigame!», dijo; ¡«Hola»!, ¡º y ¡™ no son comillas",
    "DrÃ¥ber – a single word is no proof",
    "Þorgerður og Sævar fóru á Ísafjörð; Ýmir býr í Hafnarfirði, þó að það sé ekki víst",
    "ÀÁÂÃÄÅ ÈÉÊË ÌÍÎÏ ÒÓÔÕÖ ÙÚÛÜ: capitals with accents",
    "Bürgermeister Öztürk, Señor Muñoz, São João, François, Ærø und die Größe: Namen aus aller Welt in Übergröße",
    "Die Größe ist 3 × 4 × 5 m², die Höhe ½ m, ±¼ Zoll ¶ §§ 12",
    "Los niños pequeños; a câmara não põe razões; l’été à Nîmes; så går det på ön",
    "å “hoppe” og å … løpe, lunedì „così”",
    "line one\u2028line two\x85line three",
]


@pytest.mark.parametrize("text", SOUND)
@pytest.mark.parametrize("form", [str, str.upper], ids=["as it is", "capitals"])
def test_sound_text_is_left_alone(text, form):
    assert repair(form(text)) == form(text)


@given(st.text())
def test_repair_keeps_the_lines(text):
    assert repair(text).count("\n") == text.count("\n")


# ------------------------------------------------------------------ cost

HOSTILE = {
    "one lead byte": "Ã" * 100_000,
    "sequences": "Ã©" * 50_000,
    "twice": "ÃƒÂ©" * 25_000,
    "dashes": "â€" * 50_000,
    "lines": "Ã©\n" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mojibake_stays_cheap(name):
    began = time.process_time()
    repair(HOSTILE[name])
    assert time.process_time() - began < 5  # CPU seconds


@pytest.mark.parametrize("unit", [b"<", b"<!--", b"<script>", b"<meta ", b"<meta charset=", b"\xe9", b"\xe9 ", b"\x1b$", b"<?xml "])
def test_hostile_bytes_stay_cheap(unit):
    data = unit * (500_000 // len(unit)) + b"\xe9"
    began = time.process_time()
    decode(data)
    assert time.process_time() - began < 5  # CPU seconds
