import time
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.language import code_of, detect

PROSE = tomllib.loads((Path(__file__).parent / "tables" / "prose.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(PROSE))
def test_three_sentences_tell_the_language(language):
    assert detect("\n".join(PROSE[language])) == language


@pytest.mark.parametrize("language", sorted(PROSE))
def test_accents_by_themselves_tell_the_same_language(language):
    assert detect(unicodedata.normalize("NFD", "\n".join(PROSE[language]))) == language


@pytest.mark.parametrize("language", sorted(PROSE))
def test_one_sentence_tells_the_language_or_nothing(language):
    assert {detect(text) for text in PROSE[language]} <= {language, None}


PAIRS = {
    "az": (
        "Mer deyib ki, liman ayın sonuna qədər bağlı qalacaq.",
        "Onun sözlərinə görə, kiçik gəmilər gələn həftə qayıda biləcək.",
    ),
    "be": (
        "Мэр сказаў, што порт застанецца закрытым да канца месяца.",
        "Меншыя судны змогуць вярнуцца ўжо на наступным тыдні.",
    ),
    "bg": (
        "Кметът каза, че пристанището ще остане затворено до края на месеца.",
        "По думите му малките кораби могат да се върнат още следващата седмица.",
    ),
    "bn": (
        "মেয়র বলেছেন, মাসের শেষ পর্যন্ত বন্দর বন্ধ থাকবে।",
        "ছোট জাহাজগুলো আগামী সপ্তাহেই ফিরতে পারবে বলে তিনি জানান।",
    ),
    "ca": (
        "L'alcalde va dir que el port continuarà tancat fins a final de mes.",
        "Les barques més petites podran tornar la setmana que ve, segons ell.",
    ),
    "et": (
        "Linnapea ütles, et sadam jääb kuu lõpuni suletuks.",
        "Väiksemad laevad võivad tema sõnul tagasi tulla juba järgmisel nädalal.",
    ),
    "hr": (
        "Gradonačelnik je rekao da će luka ostati zatvorena do kraja mjeseca.",
        "Manji brodovi, prema njegovim riječima, mogu se vratiti već sljedećeg tjedna.",
    ),
    "is": (
        "Borgarstjórinn sagði að höfnin yrði lokuð til loka mánaðarins.",
        "Minni bátar geta að hans sögn komið aftur í næstu viku.",
    ),
    "ka": (
        "მერმა თქვა, რომ პორტი თვის ბოლომდე დაკეტილი იქნება.",
        "მისი თქმით, პატარა გემები მომავალ კვირას დაბრუნდებიან.",
    ),
    "kk": (
        "Қала әкімі порт айдың соңына дейін жабық болады деді.",
        "Оның айтуынша, шағын кемелер келесі аптада қайта алады.",
    ),
    "lt": (
        "Meras sakė, kad uostas bus uždarytas iki mėnesio pabaigos.",
        "Mažesni laivai, pasak jo, galės grįžti jau kitą savaitę.",
    ),
    "lv": (
        "Mērs sacīja, ka osta būs slēgta līdz mēneša beigām.",
        "Mazākie kuģi pēc viņa teiktā varēs atgriezties jau nākamajā nedēļā.",
    ),
    "mk": (
        "Градоначалникот рече дека пристаништето ќе остане затворено до крајот на месецот.",
        "Помалите бродови, според него, можат да се вратат веќе следната недела.",
    ),
    "ms": (
        "Datuk bandar berkata pelabuhan itu akan terus ditutup sehingga akhir bulan.",
        "Kapal yang lebih kecil boleh kembali minggu depan, katanya.",
    ),
    "my": (
        "ဆိပ်ကမ်းကို လကုန်အထိ ပိတ်ထားမည်ဟု မြို့တော်ဝန်က ပြောသည်။",
        "သင်္ဘောငယ်များ လာမည့်အပတ်တွင် ပြန်လာနိုင်မည်ဟု သူက ဆိုသည်။",
    ),
    "sk": (
        "Starosta povedal, že prístav zostane zatvorený do konca mesiaca.",
        "Menšie lode sa podľa neho môžu vrátiť už budúci týždeň.",
    ),
    "sl": (
        "Župan je povedal, da bo pristanišče ostalo zaprto do konca meseca.",
        "Manjše ladje se po njegovih besedah lahko vrnejo že prihodnji teden.",
    ),
    "sq": (
        "Kryetari i bashkisë tha se porti do të mbetet i mbyllur deri në fund të muajit.",
        "Anijet më të vogla mund të kthehen javën e ardhshme, sipas tij.",
    ),
    "sr": (
        "Градоначелник је рекао да ће лука остати затворена до краја месеца.",
        "Мањи бродови, према његовим речима, могу да се врате већ следеће недеље.",
    ),
    "ta": (
        "மாத இறுதி வரை துறைமுகம் மூடப்பட்டிருக்கும் என்று மேயர் கூறினார்.",
        "சிறிய கப்பல்கள் அடுத்த வாரம் திரும்பலாம் என்று அவர் தெரிவித்தார்.",
    ),
    "tl": (
        "Sinabi ng alkalde na mananatiling sarado ang daungan hanggang sa katapusan ng buwan.",
        "Ang mas maliliit na barko ay maaaring bumalik sa susunod na linggo, ayon sa kanya.",
    ),
    "ur": (
        "میئر نے کہا کہ بندرگاہ مہینے کے آخر تک بند رہے گی۔",
        "ان کے مطابق چھوٹے جہاز اگلے ہفتے واپس آ سکیں گے۔",
    ),
    "ar": (
        "قال رئيس البلدية إن الميناء سيبقى مغلقا حتى نهاية الشهر.",
        "وأضاف أن السفن الصغيرة يمكنها استخدام الرصيف الجنوبي.",
    ),
    "cs": (
        "Starosta řekl, že přístav zůstane zavřený do konce měsíce.",
        "Menší lodě se podle něj mohou vrátit už příští týden.",
    ),
    "da": (
        "Borgmesteren sagde, at havnen forbliver lukket indtil udgangen af måneden.",
        "De mindre skibe kan ifølge ham vende tilbage i næste uge.",
    ),
    "de": (
        "Der Bürgermeister sagte, dass der Hafen bis Ende des Monats geschlossen bleibt.",
        "Kleinere Schiffe können nach seinen Worten schon in der nächsten Woche zurückkehren.",
    ),
    "el": (
        "Ο δήμαρχος είπε ότι το λιμάνι θα μείνει κλειστό.",
        "Τα μικρά πλοία μπορούν να επιστρέψουν την άλλη εβδομάδα.",
    ),
    "en": (
        "The mayor said that the harbour would stay closed until the end of the month.",
        "Smaller boats could come back next week, he told the council.",
    ),
    "es": (
        "El alcalde dijo que el puerto permanecerá cerrado hasta fin de mes.",
        "Los barcos más pequeños podrán volver la próxima semana, según él.",
    ),
    "fa": (
        "شهردار گفت که بندر تا پایان ماه بسته خواهد ماند.",
        "کشتی‌های کوچک می‌توانند هفته آینده بازگردند.",
    ),
    "fi": (
        "Kaupunginjohtaja sanoi, että satama pysyy suljettuna kuun loppuun asti.",
        "Pienemmät alukset voivat hänen mukaansa palata jo ensi viikolla.",
    ),
    "fr": (
        "Le maire a déclaré que le port resterait fermé jusqu'à la fin du mois.",
        "Les petits bateaux pourront revenir la semaine prochaine, selon lui.",
    ),
    "he": (
        "ראש העיר אמר שהנמל יישאר סגור עד סוף החודש.",
        "ספינות קטנות יוכלו לחזור בשבוע הבא.",
    ),
    "hi": (
        "महापौर ने कहा कि बंदरगाह महीने के अंत तक बंद रहेगा।",
        "छोटी नावें अगले सप्ताह वापस आ सकती हैं।",
    ),
    "hu": (
        "A polgármester azt mondta, hogy a kikötő a hónap végéig zárva marad.",
        "A kisebb hajók szerinte már a jövő héten visszatérhetnek.",
    ),
    "id": (
        "Wali kota mengatakan bahwa pelabuhan akan tetap ditutup hingga akhir bulan.",
        "Kapal yang lebih kecil dapat kembali pada minggu depan, katanya.",
    ),
    "it": (
        "Il sindaco ha detto che il porto resterà chiuso fino alla fine del mese.",
        "Le barche più piccole potranno tornare la prossima settimana, secondo lui.",
    ),
    "ja": (
        "市長は港が月末まで閉鎖されると述べた。",
        "小型の船は来週から戻ることができるという。",
    ),
    "ko": (
        "시장은 항구가 월말까지 폐쇄될 것이라고 말했다.",
        "작은 배들은 다음 주에 돌아올 수 있다.",
    ),
    "nl": (
        "De burgemeester zei dat de haven tot het einde van de maand gesloten blijft.",
        "Kleinere schepen kunnen volgens hem volgende week al terugkomen.",
    ),
    "no": (
        "Ordføreren sa at havna skal være stengt ut måneden.",
        "De mindre båtene kan ifølge ham komme tilbake neste uke.",
    ),
    "pl": (
        "Burmistrz powiedział, że port pozostanie zamknięty do końca miesiąca.",
        "Mniejsze statki będą mogły wrócić już w przyszłym tygodniu.",
    ),
    "pt": (
        "O presidente da câmara disse que o porto vai ficar fechado até ao fim do mês.",
        "Os barcos mais pequenos poderão voltar na próxima semana, segundo ele.",
    ),
    "ro": (
        "Primarul a spus că portul va rămâne închis până la sfârșitul lunii.",
        "Navele mai mici se vor putea întoarce săptămâna viitoare.",
    ),
    "ru": (
        "Мэр сказал, что порт останется закрытым до конца месяца.",
        "Небольшие суда смогут вернуться уже на следующей неделе.",
    ),
    "sv": (
        "Borgmästaren sade att hamnen ska hållas stängd till slutet av månaden.",
        "De mindre båtarna kan enligt honom komma tillbaka nästa vecka.",
    ),
    "th": (
        "นายกเทศมนตรีกล่าวว่าท่าเรือจะปิดจนถึงสิ้นเดือน",
        "เรือขนาดเล็กจะกลับมาได้ในสัปดาห์หน้า",
    ),
    "tr": (
        "Belediye başkanı limanın ay sonuna kadar kapalı kalacağını söyledi.",
        "Daha küçük tekneler ise ona göre gelecek hafta geri dönebilecek.",
    ),
    "uk": (
        "Міський голова сказав, що порт залишиться закритим до кінця місяця.",
        "Менші судна зможуть повернутися вже наступного тижня.",
    ),
    "vi": (
        "Thị trưởng nói rằng cảng sẽ đóng cửa cho đến cuối tháng.",
        "Các tàu nhỏ hơn có thể trở lại vào tuần tới, theo lời ông.",
    ),
    "zh": (
        "市长说，港口将关闭到月底。",
        "较小的船只下周可以返回。",
    ),
}
"""Two short sentences of each language that has a lexicon."""


@pytest.mark.parametrize("language", sorted(PAIRS))
def test_a_short_text_is_in_its_language_or_in_none(language):
    assert {detect(text) for text in (*PAIRS[language], "\n".join(PAIRS[language]))} <= {language, None}


@pytest.mark.parametrize("language", sorted(PAIRS.keys() - {"no", "zh"}))  # Norwegian like Danish; too few letters
def test_two_short_sentences_tell_the_language(language):
    assert detect("\n".join(PAIRS[language])) == language


def test_every_lexicon_has_its_short_text():
    lexicons = Path(__file__).parent.parent / "cleanarticle" / "lexicons"
    assert {path.stem for path in lexicons.glob("??.toml")} == set(PAIRS)


@pytest.mark.parametrize(
    "text",
    [
        "Dock A - Belfort, WA 12 N. Harbour Rd. Contact: Ann Berg, ann@dock.example.com, Phone: 414-418-4595. 3 N. Main, N. Port, a@b.com",
        "P. S. A. N. Berg, W. O. Smith, A. I. Jones, D. E. Brown, E. A. Miller, O. A. Clark, A. S. Evans",
    ],
)
def test_initials_and_addresses_are_no_words(text):
    assert detect(text) is None


@pytest.mark.parametrize(
    "text", ["", "   ", "2024-12-03", "OK", "\ud800" * 40, "https://example.org/a/b?c=1", "Aleppo Damascus Beirut Mosul"]
)
def test_what_holds_no_words_of_a_language_is_none(text):
    assert detect(text) is None


def test_a_text_half_in_one_language_and_half_in_its_neighbour_is_not_guessed():
    half = min(len(PROSE["no"]), len(PROSE["da"]))
    assert detect("\n".join(PROSE["no"][:half] + PROSE["da"][:half])) is None


@given(st.text(max_size=400))
def test_any_text_is_taken_and_gives_the_same_answer_twice(text):
    assert detect(text) == detect(text)


def test_a_long_text_costs_no_more_than_a_short_one():
    text = "\n".join(PROSE["en"]) * 2000
    started = time.process_time()
    for _ in range(20):
        assert detect(text) == "en"
    assert time.process_time() - started < 0.2  # seconds of CPU


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("en-US", "en"), ("pt_BR", "pt"), ("deu", "de"), ("zh-Hans-CN", "zh"), (" FR ", "fr"), ("nb-NO", "no"), ("en_US.UTF-8", "en"),
        ("iw", "he"), ("English", None), ("xx", None), ("", None), ("en, fr", None), (None, None), (3, None), ("e" * 10_000, None),
    ],
)  # fmt: skip
def test_a_claimed_language_is_read_as_its_code(claim, code):
    assert code_of(claim) == code
