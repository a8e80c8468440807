"""Stated times in six languages, and what must hold for any text and any day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.languages import CODES
from temoin.read import edtf
from temoin.read.times import times
from temoin.records import Time
from tests.read.times_table import DAY, Table, cases, check, check_cost

EXAMPLES: Table = {
    "en": [
        ("He landed on Friday.", ["2031-04-18"]),
        ("She arrived last night.", ["2031-04-18"]),
        ("They will march on Monday.", ["2031-04-21"]),
        ("It was opened on April 2, on 3 March and on March 3, 2030.", ["2031-04-02", "2031-03-03", "2030-03-03"]),
        ("the raids of 2031-04-11 and 4/12/2031", ["2031-04-11", "2031-04-12"]),
        ("detained since mid-February", ["2031-02/.."]),
        ("38 people had turned to it by mid-March", ["../2031-03"]),
        ("An appeal will be lodged before the end of June.", ["../2031-06-30"]),
        ("families fled between January and March", ["2031-01/2031-03"]),
        ("killed from 3 to 12 March", ["2031-03-03/2031-03-12"]),
        ("so far this year", ["2031-01-01/2031-04-19"]),
        ("Nine were detained this year.", ["2031-01-01/2031-04-19"]),
        ("Vigils were held last weekend.", ["2031-04-12/2031-04-13"]),
        ("abducted ten days ago", ["2031-04-09"]),
        ("fled two months ago", ["2031-02"]),
        ("in the past three weeks", ["2031-03-29/2031-04-19"]),
        ("last week, last month, last year", ["2031-04-07/2031-04-13", "2031-03", "2030"]),
        ("in 2030, in the 1990s and since 2029", ["2030", "1990/1999", "2029/.."]),
        ("It was seen in December.", ["2030-12"]),
        ("In March we'll take five.", ["2032-03"]),
        ("a fund would be opened by Easter 2032", ["../2032-03-28"]),
        ("On 10 March he spoke; the following day he fled.", ["2031-03-10", "2031-03-11"]),
        ("since the summer", ["2030-06/.."]),
        ("the second half of 2030", ["2030-07/2030-12"]),
        ("They march on. You may go. Theresa May said so. March!", []),
        ("2,031 people, $2030, 1500 men, the 19th century, every Friday", []),
        ("In May three people were killed.", ["2030-05"]),
        ("In June 2030 and in July", ["2030-06", "2030-07"]),
        ("The men will be released on Friday.", ["2031-04-25"]),
        ("He promised on April 5 that they would leave in May.", ["2031-04-05", "2031-05"]),
        ("He is free now.", []),
    ],
    "fr": [
        ("Ils se sont tenus mardi soir.", ["2031-04-15"]),
        ("le 1er mars, le 3 mars 2030 et vendredi 4 avril", ["2031-03-01", "2030-03-03", "2031-04-04"]),
        ("Il a été arrêté ; ils ont été tués.", []),
        ("L'été dernier, à l’automne 2029", ["2030-06/2030-08", "2029-09/2029-11"]),
        ("il y a dix jours", ["2031-04-09"]),
        ("la semaine dernière, le mois dernier, l’an dernier", ["2031-04-07/2031-04-13", "2031-03", "2030"]),
        ("depuis janvier", ["2031-01/.."]),
        ("d’ici la fin août", ["../2031-08-31"]),
        ("avoir reçu 74 demandes au 12 avril", ["../2031-04-12"]),
        ("entre janvier et la fin mars", ["2031-01/2031-03"]),
        ("Une audience est prévue le 28 avril.", ["2031-04-28"]),
        ("Ils vivent rue du 18 janvier. Jugement le 11 mai.", ["2031-05-11"]),
        ("fin mars, début avril, à la mi-mars", ["2031-03", "2031-04", "2031-03"]),
        ("Le 26 mars, il est arrêté, puis libéré dès le lendemain.", ["2031-03-26", "2031-03-27"]),
        ("du 3 au 12 mars 2030", ["2030-03-03/2030-03-12"]),
        ("hier, avant-hier, aujourd’hui", ["2031-04-18", "2031-04-17", "2031-04-19"]),
        ("les années 1990", ["1990/1999"]),
        ("des jours meilleurs, des mois difficiles", []),
        ("L’aide sera versée lundi.", ["2031-04-21"]),
        ("Il a été libéré ce vendredi.", ["2031-04-18"]),
        ("L’attaque remonte au 21 mars.", ["2031-03-21"]),
    ],
    "es": [
        ("Fue detenido el viernes.", ["2031-04-18"]),
        ("huyó la semana pasada", ["2031-04-07/2031-04-13"]),
        ("detenidos desde mediados de febrero", ["2031-02/.."]),
        ("el 3 de marzo de 2030 y el 19/03/2031", ["2030-03-03", "2031-03-19"]),
        ("antes de fin de mes", ["../2031-04-30"]),
        ("entre el 3 y el 12 de marzo", ["2031-03-03/2031-03-12"]),
        ("hace dos semanas", ["2031-04-05"]),
        ("Ayer por la mañana salieron; por la mañana llovía.", ["2031-04-18"]),
        ("Mañana habrá una marcha.", ["2031-04-20"]),
        ("la marcha del 9 de abril", ["2031-04-09"]),
        ("en lo que va de año", ["2031-01-01/2031-04-19"]),
        ("Prometió el 4 de abril un plan.", ["2031-04-04"]),
        ("convocó para el viernes una vigilia", ["2031-04-25"]),
        ("Los domingos rezan y los jueves callan.", []),
        ("el fin de semana pasado", ["2031-04-12/2031-04-13"]),
        ("los años 90, la década de 1980", ["1990/1999", "1980/1989"]),
    ],
    "pt": [
        ("Foram detidos na sexta-feira.", ["2031-04-18"]),
        ("desde sexta-feira (18)", ["2031-04-18/.."]),
        ("desde o início do mês", ["2031-04/.."]),
        ("desde 2029", ["2029/.."]),
        ("a 3 de março de 2030", ["2030-03-03"]),
        ("ontem à noite, anteontem", ["2031-04-18", "2031-04-17"]),
        ("A marcha do dia 9 juntou mil pessoas.", ["2031-04-09"]),
        ("de janeiro até 30 de março", ["2031-01/2031-03-30"]),
        ("há três dias", ["2031-04-16"]),
        ("A segunda fase, a quarta vítima.", []),
        ("anunciará até ao Natal", ["../2031-12-25"]),
        ("na semana passada", ["2031-04-07/2031-04-13"]),
    ],
    "de": [
        ("Seit Januar 45 Fälle von Folter", ["2031-01/.."]),
        ("Am Dienstag wurden elf festgenommen.", ["2031-04-15"]),
        ("Vor fünf Wochen ist er gelandet.", ["2031-03-15"]),
        ("seit Jahresbeginn", ["2031-01-01/2031-04-19"]),
        ("am 3. März 2030 und am 12.03.2031", ["2030-03-03", "2031-03-12"]),
        ("bis Jahresende", ["../2031-12-31"]),
        ("von Januar bis Ende März", ["2031-01/2031-03"]),
        ("Morgen sprach er am Morgen, morgen wird er schweigen.", ["2031-04-20"]),
        ("Herr Sommer kam so früh. Er wohnt an der Straße des 17. Juni.", []),
        ("Am Freitag findet eine Mahnwache statt.", ["2031-04-25"]),
        ("im Jahr 2029, 1990er Jahre", ["2029", "1990/1999"]),
        ("im vergangenen Jahr, letzte Woche, Mitte März", ["2030", "2031-04-07/2031-04-13", "2031-03"]),
        ("Bis zum 10. April kamen 8.000 Fotos zusammen.", ["../2031-04-10"]),
    ],
    "ru": [
        ("В пятницу задержали троих.", ["2031-04-18"]),
        ("3 марта 2030 года и 11 апреля", ["2030-03-03", "2031-04-11"]),
        ("С середины февраля задержаны 60 человек.", ["2031-02/.."]),
        ("на прошлой неделе, в прошлом году", ["2031-04-07/2031-04-13", "2030"]),
        ("три дня назад, неделю назад", ["2031-04-16", "2031-04-12"]),
        ("Мая и Марта приехали в Москву.", []),
        ("собрала к 14 апреля 120 тысяч подписей", ["../2031-04-14"]),
        ("с начала года", ["2031-01-01/2031-04-19"]),
        ("до конца месяца", ["../2031-04-30"]),
        ("Двенадцатого марта он исчез, на следующий день нашли машину.", ["2031-03-12", "2031-03-13"]),
        ("апрельских демонстраций", ["2031-04"]),
        ("4 апреля обещала выезд; осенью прошлого года", ["2031-04-04", "2030-09/2030-11"]),
        ("прошлым летом, за последние три недели", ["2030-06/2030-08", "2031-03-29/2031-04-19"]),
        ("вчера вечером", ["2031-04-18"]),
    ],
}


@pytest.mark.parametrize(("lang", "text", "wanted"), cases(EXAMPLES))
def test_a_stated_time_is_resolved_against_the_day_of_publication(lang: str, text: str, wanted: list[str]) -> None:
    check(lang, text, wanted)


def test_every_language_with_a_pack_has_examples() -> None:
    assert set(EXAMPLES) == set(CODES)


def test_without_a_day_of_publication_only_times_with_a_year_are_resolved() -> None:
    text = "On Friday, last week, in May, on 3 March 2030, since April 2029, in 2028, two days ago"
    assert [t.edtf for t in times(text, "en", None)] == ["2030-03-03", "2029-04/..", "2028"]


def test_the_order_of_figures_follows_the_language() -> None:
    assert [times("on 11/12/2030", lang, DAY)[0].edtf for lang in ("en", "fr", "de")] == ["2030-11-12", "2030-12-11", "2030-12-11"]


def test_a_region_after_the_language_changes_nothing_and_an_unknown_language_has_no_times() -> None:
    assert [t.edtf for t in times("no dia 3 de março", "pt-BR", DAY)] == ["2031-03-03"]
    assert times("3 March 2030", "xx", DAY) == []
    assert times("3 March 2030", "", DAY) == []


def test_letters_with_accents_apart_are_read_like_composed_ones() -> None:
    assert [t.edtf for t in times("le 3 fe\u0301vrier et l'e\u0301te\u0301 2030", "fr", DAY)] == ["2031-02-03", "2030-06/2030-08"]


ODD = ["29 February", "31", "12/12", "-", "2999", "\n\n", "İ", "last", "Easter"]
WORDS = sorted({w for known in EXAMPLES.values() for text, _ in known for w in text.split()} | set(ODD))
DATES = st.dates() | st.sampled_from([date.min, date.max, date(1, 1, 31), date(9999, 12, 1), date(2032, 2, 29)]) | st.none()


def check_days(time: Time) -> None:
    """Assert that the days stand in order, share a day with the EDTF, and are open on the same sides."""
    first, last = edtf.days(time.edtf)
    assert ((time.first_day is None), (time.last_day is None)) == (first is None, last is None)
    assert time.first_day is None or time.last_day is None or time.first_day <= time.last_day
    assert first is None or time.last_day is None or first <= time.last_day
    assert last is None or time.first_day is None or time.first_day <= last


@given(st.sampled_from(CODES), st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), DATES)
@settings(max_examples=100, deadline=None)
def test_offsets_are_valid_in_order_and_the_days_are_those_of_the_edtf_by_their_convention(lang: str, text: str, published: date | None) -> None:
    end = 0
    for time in times(text, lang, published):
        assert end <= time.start < time.end <= len(text)
        check_days(time)
        end = time.end


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize("published", [date.min, date.max], ids=["first day", "last day"])
def test_the_ends_of_the_calendar_do_not_overflow(lang: str, published: date) -> None:
    for text, _ in EXAMPLES[lang]:
        for time in times(text, lang, published):
            check_days(time)


def test_reading_twice_gives_the_same() -> None:
    text = " ".join(text for text, _ in EXAMPLES["en"])
    assert times(text, "en", DAY) == times(text, "en", DAY)


HOSTILE = ["1", "1/", "2017-", "12.12.2017 ", "may ", "in the ", "2 ", "of the last ", "a", "monday-", "early mid ", "(", "е\u0301"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    check_cost(piece)
