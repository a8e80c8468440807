"""Times that hang on others: on the day stated before, on what is left of the week, on what was promised; working days."""

from __future__ import annotations

from datetime import date

import pytest

from temoin.read import calendar
from temoin.read.times import times
from tests.read.times_table import DAY, Table, cases, check

EXAMPLES: Table = {
    "en": [
        ("On 3 March he was taken. That morning two others had fled. Since then nobody has seen him.", ["2031-03-03", "2031-03-03", "2031-03-03/.."]),
        ("In February she was taken. That night 21 were arrested.", ["2031-02", "2031-02"]),
        ("The house was raided overnight. That morning was quiet.", ["2031-04-18/2031-04-19"]),
        ("The minister promised a plan within 60 days.", []),
        ("from the 4th to the 23rd of last month", ["2031-03-04/2031-03-23"]),
        ("Between January and March six died, 40 over the same period in the north.", ["2031-01/2031-03", "2031-01/2031-03"]),
        ("free for two years, in the past two years", ["2029-04/2031-04"]),
        ("On 10 March he spoke. Three weeks later he fled; a day earlier he had been warned.", ["2031-03-10", "2031-03-31", "2031-03-30"]),
        ("In March 2030 she was taken. Two months later she was free.", ["2030-03", "2030-05"]),
        ("It came in March, and three days later a letter.", ["2031-03"]),
        ("It was seen on 3 March. The following week four more fled, and six that month.", ["2031-03-03", "2031-03-10/2031-03-16", "2031-03"]),
        ("He said that Friday was free.", ["2031-04-18"]),
        ("He was taken on 3 March 2029. That year ten others were killed.", ["2029-03-03", "2029"]),
        ("either next Monday or the previous Monday", ["2031-04-21", "2031-04-07"]),
        ("They will meet Monday two weeks from now.", ["2031-04-28"]),
        ("later this week, earlier this month, later in the year", ["2031-04-19/2031-04-20", "2031-04-01/2031-04-19", "2031-04-19/2031-12-31"]),
        ("the rest of the month", ["2031-04-19/2031-04-30"]),
        ("It will meet within five working days.", ["2031-04-19/2031-04-24"]),
        ("the next four business days, next working week", ["2031-04-21/2031-04-24", "2031-04-21/2031-04-25"]),
        ("She promised on 4 April a plan within 60 days.", ["2031-04-04", "2031-04-04/2031-06-03"]),
        ("She said on 4 April that 60 were killed. A plan will follow within 60 days.", ["2031-04-04", "2031-04-19/2031-06-17"]),
    ],
    "fr": [
        (
            "Le 3 mars, il a disparu. Ce jour-là, deux autres ont fui. Depuis lors, six ont été arrêtés.",
            ["2031-03-03", "2031-03-03", "2031-03-03/.."],
        ),
        ("Elle est libre depuis deux ans.", ["2029-04/.."]),
        ("dans la nuit de jeudi à vendredi", ["2031-04-17/2031-04-18"]),
        ("Le 3 mars, il a fui ; trois jours plus tard, il était mort.", ["2031-03-03", "2031-03-06"]),
        ("Il a été arrêté le 3 mars. La semaine suivante, six autres.", ["2031-03-03", "2031-03-10/2031-03-16"]),
        ("Le procès s’ouvrira lundi dans deux semaines.", ["2031-04-28"]),
        ("plus tard dans la semaine, le reste de l’année", ["2031-04-19/2031-04-20", "2031-04-19/2031-12-31"]),
        ("dans un délai de cinq jours ouvrés", ["2031-04-19/2031-04-24"]),
    ],
    "es": [
        ("el pasado día 14, el próximo día 22", ["2031-04-14", "2031-04-22"]),
        ("El 3 de marzo huyó; al cabo de dos días, murió.", ["2031-03-03", "2031-03-05"]),
        ("El 3 de marzo huyó. Tres semanas después cayeron seis, y diez ese mismo mes.", ["2031-03-03", "2031-03-24", "2031-03"]),
        ("Huyó el 3 de marzo de 2029 y volvió este mismo año.", ["2029-03-03", "2031-01-01/2031-04-19"]),
        ("más tarde este año", ["2031-04-19/2031-12-31"]),
        ("los próximos cuatro días hábiles", ["2031-04-21/2031-04-24"]),
    ],
    "pt": [
        ("no passado dia 3; O Ministro proporá, na reunião de 28 de agosto, que sejam libertados", ["2031-04-03", "2031-08-28"]),
        ("No dia 9 de outubro, o colega da Rádio Comunitária foi levado.", ["2030-10-09"]),
        ("Fugiu em março; morreu no dia 14 daquele mês.", ["2031-03", "2031-03-14"]),
        ("No dia 3 de março fugiu. Três semanas depois foi morto.", ["2031-03-03", "2031-03-24"]),
        ("Prometeu no dia 4 um plano em 60 dias.", ["2031-04-04", "2031-04-04/2031-06-03"]),
    ],
    "de": [
        ("In der Nacht zum Freitag starb er, in der Nacht auf den 3. April sie.", ["2031-04-17/2031-04-18", "2031-04-02/2031-04-03"]),
        ("Er ist seit der Nacht zum Freitag verschwunden.", ["2031-04-18/.."]),
        ("Am 21. März schossen sie. Seither wurden 47 festgenommen.", ["2031-03-21", "2031-03-21/.."]),
        ("vom 4. bis 23. des vergangenen Monats, am 7. vierter", ["2031-03-04/2031-03-23", "2031-04-07"]),
        ("Am 3. März floh er. Drei Tage später fand man ihn; im selben Monat sechs andere.", ["2031-03-03", "2031-03-06", "2031-03"]),
        ("später in dieser Woche", ["2031-04-19/2031-04-20"]),
        ("binnen fünf Arbeitstagen", ["2031-04-19/2031-04-24"]),
    ],
    "ru": [
        ("В ночь на пятницу его убили.", ["2031-04-17/2031-04-18"]),
        ("за последние трое суток, за два последних года", ["2031-04-16/2031-04-19", "2029-04/2031-04"]),
        ("3 марта его забрали. С тех пор его никто не видел.", ["2031-03-03", "2031-03-03/.."]),
        ("3 марта он исчез. Через неделю нашли машину.", ["2031-03-03", "2031-03-10"]),
        ("Через неделю состоится суд.", ["2031-04-26"]),
        ("3 марта задержали двоих, в том же месяце еще шестерых.", ["2031-03-03", "2031-03"]),
        ("в течение пяти рабочих дней", ["2031-04-19/2031-04-24"]),
    ],
}


@pytest.mark.parametrize(("lang", "text", "wanted"), cases(EXAMPLES))
def test_a_time_that_hangs_on_another_is_counted_from_it(lang: str, text: str, wanted: list[str]) -> None:
    check(lang, text, wanted)


def test_what_hangs_on_a_time_too_far_away_is_not_resolved() -> None:
    text = "On 3 March he fled." + " Nothing was heard of him." * 40 + " Three weeks later he was found. That month six others fled."
    assert [t.edtf for t in times(text, "en", DAY)] == ["2031-03-03"]


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("count", [-11, -5, -1, 1, 4, 5, 11])
def test_working_days_are_counted_as_on_the_fingers(weekday: int, count: int) -> None:
    it = date(2031, 4, 14 + weekday)
    walked, left = it, abs(count)
    while left:
        walked = date.fromordinal(walked.toordinal() + (1 if count > 0 else -1))
        left -= walked.weekday() < calendar.WORKDAYS
    assert calendar.plus(it, count, "workday") == walked
