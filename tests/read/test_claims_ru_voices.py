"""Russian: who says it. Parties behind whoever is told, inside bodies, on the word of others, and denials by what a thing is called."""

from importlib.resources import files

import pytest

from tests.read.claims_table import Expected, check

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "ru" / "second").is_dir(), reason="the Russian parsers have not been trained (make models LANGS=ru)"
)

AROUND = "\nРечь идёт о правозащитниках, диссидентах и меньшинствах."

CASES = {
    "a sister behind the paper that was told": (
        "«Его били три дня», — рассказала изданию «Восход» сестра пастора Тимура Алиева.",
        [Expected("torture", "asserts", "сестра")],
    ),
    "told of at the head of the sentence": (
        "Об арестах 14 учителей сообщает профсоюз «Голос».",
        [Expected("detention", "asserts", "Голос", (14, 14))],
    ),
    "an agency on the word of a source": (
        "Агентство «Север» со ссылкой на полицию сообщает о гибели двух пастухов.",
        [Expected("killing", "asserts", "полицию", (2, 2))],
    ),
    "called an invention by a ministry": ("В министерстве назвали сообщения о пытках выдумкой.", [Expected("torture", "denies", "министерстве")]),
    "nothing known of it": ("О пытках, отметил он, ведомству ничего не известно.", [Expected("torture", "doubts", "он")]),
    "violence that was not used": ("Насилия к обвиняемым он не применял, заявил следователь.", [Expected("torture", "denies", "следователь")]),
    "observers to be let in": (
        "Правозащитники требуют допустить в регион независимых наблюдателей.",
        [Expected("investigation", "demands", "Правозащитники")],
    ),
    "a perfective future": (
        "Министерство проверит сообщения об избиениях.",
        [Expected("investigation", "promises", "Министерство"), Expected("torture")],
    ),
    "behind a colon": (
        "Юрист Айгуль Тем пишет в своём канале: двоих парней выводили с пакетом на голове.",
        [Expected("torture", "asserts", "Айгуль Тем", (2, 2))],
    ),
    "as of the evening is nobody": ("По данным на вечер, задержаны 64 человека.", [Expected("detention", "asserts", None, (64, 64))]),
    "a body in quotation marks opens the sentence": (
        "«Правозащитный центр» насчитал 140 задержанных.",
        [Expected("detention", "asserts", "Правозащитный центр", (140, 140))],
    ),
    "nobody, inside a quotation, says nothing": (
        "«Никто никого не бил», — сказали в пресс-службе ведомства.",
        [Expected("torture", "denies", "пресс-службе")],
    ),
    "an eyewitness": (
        "Наш корреспондент видит, как омоновцы бьют лежащего студента дубинками.",
        [Expected("torture", "asserts", "корреспондент")],
    ),
    "a hotline by its name is no help given": (
        "Горячая линия «Надежда» сообщает о похищении двух монахов.",
        [Expected("abduction", "asserts", "Надежда", (2, 2))],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_careful_reader_knows_who_says_it(case: str) -> None:
    text, wanted = CASES[case]
    check(text + AROUND, "ru", wanted)
