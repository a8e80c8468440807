"""Years in words and of two digits, dates all in numbers, decades, parts of a year, feasts: and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from temoin.languages import CODES
from temoin.read import calendar
from temoin.read.timewords import words
from temoin.read.yearwords import of_two_digits, short_year
from tests.read.times_table import DAY, Table, cases, check, check_cost

EXAMPLES: Table = {
    "en": [
        ("in nineteen ninety-six and on March 3, twenty thirty", ["1996", "2030-03-03"]),
        ("in October two thousand and five", ["2005-10"]),
        ("two thousand people, in two thousand and fifteen villages, twenty twelve-year-olds", []),
        ("in May \u201968, on 3 March \u201917 and on 12/3/29", ["1968-05", "2017-03-03", "2029-12-03"]),
        ("In July 98 people were killed.", ["2030-07"]),
        ("They fled in the nineties. He is in his nineties.", ["1990/1999"]),
        ("from April 27 to the third", ["2030-04-27/2030-05-03"]),
        ("in the last days of 1999, the first three months of 2030", ["1999", "2030-01/2030-03"]),
        ("a visit of three days starting on Monday", ["2031-04-14/2031-04-16"]),
        ("before Labor Day; a happy new year, in the new year", ["../2031-08-31"]),
    ],
    "fr": [
        ("le 3 mars deux mille vingt-neuf, en mai 68", ["2029-03-03", "1968-05"]),
        ("deux mille personnes, les années quatre-vingt-dix, les années soixante", ["1990/1999", "1960/1969"]),
        ("avant le 15.05.99", ["../1999-05-14"]),
        ("au premier semestre, un tribunal a condamné six hommes", ["2031-01/2031-06"]),
    ],
    "es": [
        ("el 9 de 8 de 1971, el dos de octubre de dos mil veinte", ["1971-08-09", "2020-10-02"]),
        ("dos mil personas, en dos mil quince casos", []),
        ("en abril del 87 y el 1 de enero de 49 a. C.", ["1987-04", "2031-01-01"]),
        ("en los años noventa", ["1990/1999"]),
        ("El segundo semestre traerá despidos; el primer trimestre fue duro.", ["2031-07/2031-12", "2031-01/2031-03"]),
    ],
    "pt": [
        ("em maio de 68, a 2 de outubro de 92", ["1968-05", "1992-10-02"]),
        ("no dia 3 de março de dois mil e vinte e nove", ["2029-03-03"]),
        ("no final do primeiro semestre do ano passado", ["2030-01/2030-06"]),
        ("no mesmo mês do ano passado, essa segunda vítima", ["2030-04"]),
        ("nos cinco primeiros meses de 2030", ["2030-01/2030-05"]),
        ("na Sexta-feira Santa", ["2031-04-11"]),
    ],
    "de": [
        ("im Jahr neunzehnhundertneunundachtzig, im März zweitausendneunundzwanzig", ["1989", "2029-03"]),
        ("am Montag, den siebten vierten, und am 12. 3. kam die Polizei", ["2031-04-07", "2031-03-12"]),
        ("in den neunziger Jahren", ["1990/1999"]),
        ("Im ersten Quartal wurden sechs verhaftet.", ["2031-01/2031-03"]),
        ("Am Buß- und Bettag 2029, am zweiten Advent", ["2029-11-21", "2030-12-08"]),
    ],
    "ru": [
        ("в две тысячи двадцать девятом году", ["2029"]),
        ("в девяностых", ["1990/1999"]),
        ("В субботу, 12-го числа, в первом квартале", ["2031-04-12", "2031-01/2031-03"]),
        ("после Пасхи 2029 года", ["2029-04-08"]),
    ],
}


@pytest.mark.parametrize(("lang", "text", "wanted"), cases(EXAMPLES))
def test_a_time_in_words_or_short_figures_is_read_and_a_count_is_not(lang: str, text: str, wanted: list[str]) -> None:
    check(lang, text, wanted)


@pytest.mark.parametrize("lang", CODES)
def test_every_feast_of_a_language_is_a_day_in_every_year(lang: str) -> None:
    names = {p.value for known in words(lang).phrases.values() for p in known if p.kind == "h"}
    for name in names:
        for year in (1931, 2024, 2031, 2100):
            found = calendar.feast(year, name)
            assert found is not None and found.first == found.last, name


@pytest.mark.parametrize(("year", "day"), [(2016, date(2016, 5, 1)), (2024, date(2024, 5, 5)), (2031, date(2031, 4, 13)), (1991, date(1991, 4, 7))])
def test_orthodox_easter_is_that_of_the_published_tables(year: int, day: date) -> None:
    assert calendar.orthodox_easter(year) == day


def test_a_year_of_two_digits_is_the_last_one_or_soon() -> None:
    assert [of_two_digits(n, DAY) for n in (17, 31, 41, 42, 98)] == [2017, 2031, 2041, 1942, 1998]
    assert [of_two_digits(n, None) for n in (17, 68, 69)] == [2017, 2068, 1969]


def test_two_digits_before_a_noun_are_a_count() -> None:
    assert short_year("July 98 people", 5, 7, 98, DAY) is None
    assert short_year("July 98, people", 5, 7, 98, DAY) == 1998


HOSTILE = [
    "two thousand ",
    "nineteen ninety ",
    "twenty ",
    "three weeks later ",
    "that month ",
    "12/12/12 ",
    "within 9 days ",
    "first quarter ",
    "1 of 2 of ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_of_these_words_costs_no_more_than_its_length(piece: str) -> None:
    check_cost(piece)
