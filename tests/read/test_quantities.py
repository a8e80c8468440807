"""Quantities: numbers with their bounds in six languages, and what is never a count.

The tables are sentences as reports write them; each row is a text and the quantities in it, as (quoted, low, high).
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.read.quantities import quantities

Row = tuple[str, list[tuple[str, int | None, int | None]]]

ENGLISH: list[Row] = [
    ("Police held 1,500 people.", [("1,500", 1500, 1500)]),
    ("1.5 million people fled", [("1.5 million", 1_500_000, 1_500_000)]),
    ("2m people fled", [("2m", 2_000_000, 2_000_000)]),
    ("ninety-seven arrests", [("ninety-seven", 97, 97)]),
    ("two hundred and five detainees", [("two hundred and five", 205, 205)]),
    ("at least three people", [("at least three", 3, None)]),
    ("three or more people", [("three or more", 3, None)]),
    ("more than 100 men", [("more than 100", 101, None)]),
    ("well over 300 families", [("well over 300", 301, None)]),
    ("up to 26 men", [("up to 26", None, 26)]),
    ("as many as 26 men", [("as many as 26", None, 26)]),
    ("fewer than 10", [("fewer than 10", None, 9)]),
    ("no fewer than 10", [("no fewer than 10", 10, None)]),
    ("no more than 12 men", [("no more than 12", None, 12)]),
    ("nearly 100 people", [("nearly 100", None, 100)]),
    ("some 60 people", [("some 60", 54, 66)]),
    ("100 people or so", [("100 people or so", 90, 110)]),
    ("between five and seven men", [("between five and seven", 5, 7)]),
    ("20-30 people", [("20-30", 20, 30)]),
    ("two or three men", [("two or three", 2, 3)]),
    ("two to three thousand people", [("two to three thousand", 2000, 3000)]),
    ("between one hundred and two hundred people", [("between one hundred and two hundred", 100, 200)]),
    ("dozens of men", [("dozens", 20, 99)]),
    ("scores were held", [("scores", 40, 99)]),
    ("several hundred people", [("several hundred", 200, 999)]),
    ("tens of thousands of people", [("tens of thousands", 20_000, 99_999)]),
    ("a couple of men", [("a couple of", 2, 3)]),
    ("a handful of men", [("a handful of", 3, 9)]),
    ("half a dozen men", [("half a dozen", 6, 6)]),
    ("more than a dozen men", [("more than a dozen", 13, None)]),
    ("one man was held", [("one", 1, 1)]),
    ("one of them died", [("one", 1, 1)]),
    ("20-odd men", [("20-odd", 18, 22)]),
    ("three of the five men", [("three", 3, 3), ("five", 5, 5)]),
    ("In 2016 57 people died", [("57", 57, 57)]),
    ("2000 people fled", [("2000", 2000, 2000)]),
    ("the number rose from 57 to 64", [("57", 57, 57), ("64", 64, 64)]),
    ("more than 20 and less than 30", [("more than 20 and less than 30", 21, 29)]),
    ("six were jailed for six years", [("six", 6, 6)]),
    ("16.40 Hundreds of students are marching", [("Hundreds", 200, 999)]),
]
FRENCH: list[Row] = [
    ("un millier de personnes, une demi-douzaine", [("un millier", 900, 1100), ("une demi-douzaine", 6, 6)]),
    ("quatre-vingt-dix-sept hommes", [("quatre-vingt-dix-sept", 97, 97)]),
    ("soixante et onze personnes", [("soixante et onze", 71, 71)]),
    ("deux cents personnes", [("deux cents", 200, 200)]),
    ("mille neuf cents personnes", [("mille neuf cents", 1900, 1900)]),
    ("une soixantaine d’hommes", [("une soixantaine", 54, 66)]),
    ("plus d’une centaine de personnes", [("plus d’une centaine", 101, None)]),
    ("des dizaines de milliers de personnes", [("dizaines de milliers", 20_000, 99_999)]),
    ("1\u202f500 personnes", [("1\u202f500", 1500, 1500)]),
    ("1\u00a0500 personnes", [("1\u00a0500", 1500, 1500)]),
    ("120.000 signatures", [("120.000", 120_000, 120_000)]),
    ("1.500 participants environ", [("1.500 participants environ", 1350, 1650)]),
    ("quelque 800 personnes", [("quelque 800", 720, 880)]),
    ("près de 100 personnes", [("près de 100", None, 100)]),
    ("jusqu’à 26 hommes", [("jusqu’à 26", None, 26)]),
    ("au moins un mort", [("au moins un", 1, None)]),
    ("entre vingt et trente hommes", [("entre vingt et trente", 20, 30)]),
    ("de 20 à 30 personnes", [("de 20 à 30", 20, 30)]),
    ("sept à huit cents personnes", [("sept à huit cents", 700, 800)]),
    ("plusieurs centaines de personnes", [("plusieurs centaines", 200, 999)]),
    ("un seul homme", [("un", 1, 1)]),
    ("un mort et deux blessés", [("un", 1, 1), ("deux", 2, 2)]),
    ("L’un d’eux est mort", [("un", 1, 1)]),
    ("une demi-douzaine d’hommes", [("une demi-douzaine", 6, 6)]),
]
SPANISH: list[Row] = [
    ("medio centenar de mujeres, un millar de evacuados", [("medio centenar", 45, 55), ("un millar", 900, 1100)]),
    ("pasó de los dos millones de mensajes", [("pasó de los dos millones", 2_000_001, None)]),
    ("14:35 Miles de personas", [("Miles", 2000, 9999)]),
    ("veintiún mil personas", [("veintiún mil", 21_000, 21_000)]),
    ("treinta y cinco personas", [("treinta y cinco", 35, 35)]),
    ("2,3 millones de personas", [("2,3 millones", 2_300_000, 2_300_000)]),
    ("1,500 personas", [("1,500", 1500, 1500)]),
    ("Más de 60 hombres", [("Más de 60", 61, None)]),
    ("al menos diez visados", [("al menos diez", 10, None)]),
    ("unas 7.500 personas", [("unas 7.500", 6750, 8250)]),
    ("una docena de hombres", [("una docena", 12, 12)]),
    ("más de un centenar", [("más de un centenar", 101, None)]),
    ("casi 100", [("casi 100", None, 100)]),
    ("hasta 26 hombres", [("hasta 26", None, 26)]),
    ("entre 20 y 25 egipcios", [("entre 20 y 25", 20, 25)]),
    ("decenas de miles", [("decenas de miles", 20_000, 99_999)]),
    ("un millón y medio de personas", [("un millón y medio", 1_500_000, 1_500_000)]),
    ("uno de ellos murió", [("uno", 1, 1)]),
    ("un muerto y tres heridos", [("un", 1, 1), ("tres", 3, 3)]),
]
PORTUGUESE: list[Row] = [
    ("meia centena de pessoas", [("meia centena", 45, 55)]),
    ("vinte e dois líderes", [("vinte e dois", 22, 22)]),
    ("cento e setenta pessoas", [("cento e setenta", 170, 170)]),
    ("120 mil assinaturas", [("120 mil", 120_000, 120_000)]),
    ("umas duas dezenas de jornalistas", [("umas duas dezenas", 18, 22)]),
    ("uma dúzia de clientes", [("uma dúzia", 12, 12)]),
    ("passava de 8 mil imagens", [("passava de 8 mil", 8001, None)]),
    ("o número passou de 57 para 64", [("57", 57, 57), ("64", 64, 64)]),
    ("pelo menos dez mensagens", [("pelo menos dez", 10, None)]),
    ("até 26 homens", [("até 26", None, 26)]),
    ("cerca de 1.500 pessoas", [("cerca de 1.500", 1350, 1650)]),
    ("entre 40 e 60 jovens", [("entre 40 e 60", 40, 60)]),
    ("mais de um milhão de pessoas", [("mais de um milhão", 1_000_001, None)]),
    ("um único homem", [("um", 1, 1)]),
    ("meia dúzia de presos", [("meia dúzia", 6, 6)]),
]
GERMAN: list[Row] = [
    ("siebenundzwanzig Männer", [("siebenundzwanzig", 27, 27)]),
    ("zweihundertfünfzig Menschen", [("zweihundertfünfzig", 250, 250)]),
    ("dreihundertsiebenundvierzigtausend Menschen", [("dreihundertsiebenundvierzigtausend", 347_000, 347_000)]),
    ("1,5 Mio. Menschen", [("1,5 Mio.", 1_500_000, 1_500_000)]),
    ("ein Dutzend Männer", [("ein Dutzend", 12, 12)]),
    ("Zehntausende flohen", [("Zehntausende", 20_000, 99_999)]),
    ("mehrere hundert Menschen", [("mehrere hundert", 200, 999)]),
    ("mehr als 100.000 Unterschriften", [("mehr als 100.000", 100_001, None)]),
    ("mindestens drei weitere Reporter", [("mindestens drei", 3, None)]),
    ("höchstens 300 Frauen", [("höchstens 300", None, 300)]),
    ("knapp 100 Menschen", [("knapp 100", None, 100)]),
    ("rund 60 Menschen", [("rund 60", 54, 66)]),
    ("zwischen 150 und 200 Menschen", [("zwischen 150 und 200", 150, 200)]),
    ("20 bis 30 Personen", [("20 bis 30", 20, 30)]),
    ("weniger als zehn", [("weniger als zehn", None, 9)]),
    ("Es waren 14. Die Polizei schweigt.", [("14", 14, 14)]),
    ("Einer von ihnen starb", [("Einer", 1, 1)]),
    ("ein Toter", [("ein", 1, 1)]),
]
RUSSIAN: list[Row] = [
    ("двадцать семь человек", [("двадцать семь", 27, 27)]),
    ("около двухсот человек", [("около двухсот", 180, 220)]),
    ("около трёх десятков", [("около трёх десятков", 27, 33)]),
    ("около полутора тысяч", [("около полутора тысяч", 1350, 1650)]),
    ("больше тысячи двухсот человек", [("больше тысячи двухсот", 1201, None)]),
    ("около тысячи", [("около тысячи", 900, 1100)]),
    ("более сотни", [("более сотни", 101, None)]),
    ("тысячи людей", [("тысячи", 2000, 9999)]),
    ("сотни тысяч", [("сотни тысяч", 200_000, 999_999)]),
    ("несколько сотен человек", [("несколько сотен", 200, 999)]),
    ("1,5 тыс. человек", [("1,5 тыс.", 1500, 1500)]),
    ("трое мужчин", [("трое", 3, 3)]),
    ("десятерых подвергли осмотру", [("десятерых", 10, 10)]),
    ("человек двадцать", [("человек двадцать", 18, 22)]),
    ("свыше 100 человек", [("свыше 100", 101, None)]),
    ("по меньшей мере четырех геев", [("по меньшей мере четырех", 4, None)]),
    ("до трех тысяч зрителей", [("до трех тысяч", None, 3000)]),
    ("не больше шести", [("не больше шести", None, 6)]),
    ("от 10 до 20 человек", [("от 10 до 20", 10, 20)]),
    ("число сократилось с 58 до 11", [("58", 58, 58), ("11", 11, 11)]),
    ("два-три человека", [("два-три", 2, 3)]),
    ("почти сто человек", [("почти сто", None, 100)]),
    ("два с половиной миллиона человек", [("два с половиной миллиона", 2_500_000, 2_500_000)]),
    ("один фоторепортер пропал", [("один", 1, 1)]),
    ("Одному сломали палец.", [("Одному", 1, 1)]),
]
TABLES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "pt": PORTUGUESE, "de": GERMAN, "ru": RUSSIAN}
EXAMPLES = [pytest.param(lang, text, wanted, id=f"{lang}: {text}") for lang, rows in TABLES.items() for text, wanted in rows]

NEVER = {
    "en": [
        "Man, 34, arrested",
        "aged 34",
        "Ivan Petrov, 34, said so",
        "a 57-year-old",
        "18- to 25-year-olds",
        "a boy of sixteen",
        "on 2 June 2031",
        "on June 2",
        "on 3, 5 and 9 May",
        "in 2031",
        "since 2030",
        "the 2031 vote",
        "in 2015-2017",
        "at 18:30",
        "at 6 pm",
        "£2m fraud",
        "$5 million",
        "5 million euros",
        "20 percent",
        "20%",
        "two thirds of them",
        "one in five",
        "Articles 148 and 149",
        "the M27",
        "Room 12",
        "won 4-1",
        "50 km",
        "within 60 days",
        "for 20 years",
        "in 24 hours",
        "Call 06 12 34 56 78",
        "#Kiss4LGBT #57",
        "1. Man arrested",
        "no one was hurt",
        "they help one another",
        "the twenty-first",
        "three times",
        "COVID-19",
        "the channel Nile 24 said",
        "see https://example.org/57/12",
    ],
    "fr": [
        "34 ans",
        "le 3 mai",
        "le 12",
        "du 3 au 12 novembre",
        "à 18 heures",
        "18h30",
        "20 %",
        "vingt pour cent",
        "2,5 millions d’euros",
        "15 000 €",
        "l’un l’autre",
        "un homme est venu",
        "trois fois",
        "trois quarts",
        "vingt-deuxième",
        "dix-huit mois",
        "en 2031",
        "article 148",
        "Tél. 01 23 45 67 89",
        "un sur cinq",
        "15 oct 2031",
    ],
    "es": [
        "34 años",
        "el 3 de mayo",
        "entre el 3 y el 12 de noviembre",
        "el 9 de julio",
        "a las 18:30",
        "el 20 por ciento",
        "tres veces",
        "dos tercios",
        "2,3 millones de euros",
        "en 2031",
        "uno mismo",
        "un hombre",
        "hace 20 años",
    ],
    "pt": [
        "34 anos",
        "no dia 9",
        "3 de maio",
        "sexta-feira (13)",
        "R$ 50 mil",
        "2,5 milhões de reais",
        "10%",
        "em 2031",
        "três vezes",
        "às 18h30",
        "um homem",
        "de 3 a 5 de maio",
    ],
    "de": [
        "34 Jahre",
        "der 34-Jährige",
        "eine sechzehnjährige",
        "am 14. Juli",
        "vom 3. Mai bis 5. Mai",
        "die 2. Kammer",
        "um 18 Uhr",
        "18.30 Uhr",
        "20 Prozent",
        "zwei Drittel",
        "1,5 Millionen Euro",
        "im Jahr 2000",
        "ein Mann kam",
        "Artikel 148",
        "viermal",
        "Achtung",
        "nicht einen Einzigen",
    ],
    "ru": [
        "34 лет",
        "34-летний",
        "3 мая",
        "11 сентября",
        "в 2031 году",
        "20 процентов",
        "двадцать первый",
        "в 18:30",
        "в 6 утра",
        "24 часа",
        "за 60 дней",
        "статья 148",
        "№ 5",
        "три раза",
        "две трети",
        "1,5 млн рублей",
        "ни один",
        "до двадцати лет",
        "40-летие",
        "5 марта 2031, 10:42",
        "со 2 по 5 апреля",
    ],
}


def read(text: str, lang: str) -> list[tuple[str, int | None, int | None]]:
    return [(text[q.start : q.end], q.low, q.high) for q in quantities(text, lang)]


@pytest.mark.parametrize(("lang", "text", "wanted"), EXAMPLES)
def test_a_number_has_the_bounds_that_its_words_give_it(lang: str, text: str, wanted: list[tuple[str, int | None, int | None]]) -> None:
    assert read(text, lang) == wanted


@pytest.mark.parametrize(("lang", "text"), [pytest.param(lang, text, id=f"{lang}: {text}") for lang, texts in NEVER.items() for text in texts])
def test_ages_dates_money_measures_and_labels_are_no_counts(lang: str, text: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "counted"),
    [
        ("en", "20 humanitarian visas would be issued", "humanitarian visas"),
        ("en", "more than 60 men suspected of it", "men"),
        ("en", "drawn 120,000 signatures by Tuesday", "signatures"),
        ("en", "six sentenced after a concert", None),
        ("fr", "avoir reçu 74 demandes d’aide", "demandes"),
        ("fr", "une soixantaine d’hommes", "hommes"),
        ("fr", "100 personnes environ", "personnes"),
        ("es", "25 líderes amenazados", "líderes"),
        ("pt", "120 mil assinaturas", "assinaturas"),
        ("de", "25 bedrohten Führungspersonen", "bedrohten Führungspersonen"),
        ("ru", "четырнадцать общинных лидеров с семьями", "общинных лидеров"),
    ],
)
def test_the_noun_that_is_counted_is_told_as_written(lang: str, text: str, counted: str | None) -> None:
    assert [q.counted for q in quantities(text, lang)] == [counted]


@pytest.mark.parametrize(
    ("text", "approximate"), [("about 20 men", True), ("20 men", False), ("dozens of men", True), ("at least 20 men", False), ("nearly 20 men", True)]
)
def test_what_is_approximate_is_marked_so(text: str, approximate: bool) -> None:
    assert [q.approximate for q in quantities(text, "en")] == [approximate]


def test_a_language_without_a_table_has_its_digits_read() -> None:
    assert read("Poliisi otti kiinni 57 ihmistä, 1 500 pakeni", "fi") == [("57", 57, 57), ("1 500", 1500, 1500)]


def test_a_row_of_numbers_counts_nothing() -> None:
    assert read("Total 12 15 18 20 22 31", "en") == []
    assert read("two two two two two two two two", "en") == []


def test_a_regional_tag_is_read_as_its_language() -> None:
    assert read("mais de 60 homens", "pt-BR") == [("mais de 60", 61, None)]


LANGS = st.sampled_from(["en", "fr", "es", "pt", "de", "ru", "fi", ""])
PIECES = st.sampled_from(
    "two three hundred thousand and one 1 500 2031 , . - – ~ > < = ' between from to or more less than at least deux cents un d’ une "
    "centaine de zwei und hundert vierzehn ein Dutzend "
    "два тысячи около с половиной десятков mil e y veinte cem half million dozens of several % € years May № ( ) [ ] "
    "\n \t İ ſ K 3.5 1,5 k m # @ / :".split(" ")
)


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)), lang=LANGS)
def test_any_text_gives_quantities_in_order_that_cut_the_text(text: str, lang: str) -> None:
    found = quantities(text, lang)
    end = 0
    for q in found:
        assert end <= q.start < q.end <= len(text)
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.low is not None or q.high is not None
        end = q.end
    assert found == quantities(text, lang)


@settings(max_examples=60, deadline=None)
@given(value=st.integers(min_value=2, max_value=899_999).filter(lambda v: not 1900 <= v <= 2100))
def test_a_grouped_number_is_read_by_the_separator_of_its_language(value: int) -> None:
    for lang, mark, noun in (
        ("en", ",", "people"),
        ("fr", "\u202f", "personnes"),
        ("es", ".", "personas"),
        ("pt", ".", "pessoas"),
        ("de", ".", "Menschen"),
        ("ru", "\u00a0", "человек"),
    ):
        written = f"{value:,}".replace(",", mark)
        assert read(f"{written} {noun}", lang) == [(written, value, value)]


@pytest.mark.parametrize("piece", ["7", " ", "two ", "vierzehn", "111 ", "hundred and ", "1-", "\n", "more than ", "<", "3, ", "un ", "mil "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = float("inf")
        for lang in ("en", "de", "fr"):
            quantities("", lang)
        for _ in range(2):
            begun = time.process_time()
            for lang in ("en", "de", "fr"):
                quantities(text, lang)
            best = min(best, time.process_time() - begun)
        return best

    small, large = seconds(5_000), seconds(20_000)
    assert large < 12 * small + 0.1  # four times the text: four times the time, with room for a busy machine; squared growth would be sixteen
