"""Russian words: verbs with their nouns in any order, persons in their cases, doers and victims, and numbers that have been reached."""

from importlib.resources import files

import pytest

from tests.read.claims_table import Expected, check

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "ru" / "second").is_dir(), reason="the Russian parsers have not been trained (make models LANGS=ru)"
)

AROUND = "\nРечь идёт о правозащитниках, диссидентах и меньшинствах."

CASES = {
    "noun and verb, verb last": ("Четырёх редакторов заключили под стражу.", [Expected("detention", "asserts", None, (4, 4))]),
    "noun and verb, verb first": ("За решеткой оказались шестеро активисток.", [Expected("detention", "asserts", None, (6, 6))]),
    "an object that opens the sentence": ("Активистку забрали прямо из дома.", [Expected("detention")]),
    "beaten people are no second arrest": ("Задержанных избивали кабелями.", [Expected("torture")]),
    "doers behind the verb are not counted": ("Студентку изнасиловали двое полицейских.", [Expected("sexual_violence")]),
    "victims behind the verb are": ("Солдаты убили двоих пастухов.", [Expected("killing", "asserts", None, (2, 2))]),
    "those who did not survive": (
        "Трое заключённых не пережили допросов.",
        [Expected("killing", "asserts", None, (3, 3))],
    ),
    "who helped whom to leave": ("Фонд помог выехать 17 женщинам.", [Expected("evacuation", "asserts", None, (17, 17))]),
    "across the river": ("До 200 человек перебрались через реку в соседнюю страну.", [Expected("displacement", "asserts", None, (None, 200))]),
    "diplomats sent home": ("Нидерланды выслали двух дипломатов.", [Expected("sanction", "asserts", None, (2, 2))]),
    "called shameful": ("Она назвала приговор позорным.", [Expected("condemnation", "asserts", "Она"), Expected("judgment", "asserts", "Она")]),
    "a hotline that is called": ("На горячую линию обратились 130 человек.", [Expected("aid", "asserts", None, (130, 130))]),
    "pleading for nothing": ("Адвокаты бесплатно защищают арестованных.", [Expected("aid")]),
    "the defence will appeal": ("Защита подаст апелляцию.", [Expected("complaint", "promises", "Защита")]),
    "threatened with murder is no murder": ("Двум редакторам поступили угрозы убийством.", [Expected("threat", "asserts", None, (2, 2))]),
    "lawyers who appeal are counted": ("Трое адвокатов обжаловали запрет в Конституционном суде.", [Expected("complaint", "asserts", None, (3, 3))]),
    "a picket broken up": (
        "У здания суда полиция разогнала пикет, шестеро его участников задержаны.",
        [Expected("persecution"), Expected("protest"), Expected("detention", "asserts", None, (6, 6))],
    ),
    "company is not counted": ("Три недели он провёл в камере с одиннадцатью другими.", [Expected("detention")]),
    "a report that says so": (
        "В тюрьмах систематически пытают, говорится в докладе, который представили в Женеве.",
        [Expected("torture", "asserts", "докладе")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_careful_reader_finds_this(case: str) -> None:
    text, wanted = CASES[case]
    check(text + AROUND, "ru", wanted)
