"""What a speaker calls untrue, or fears, is never told as that speaker's own word, in any language and by whichever tree."""

from importlib.resources import files

import pytest

from tests.read.claims_table import told

CASES = [
    ("en", "Reports that 12 monks were killed are untrue, according to the army.", "killing"),
    ("en", "The claim that 12 monks were killed is false, the army said.", "killing"),
    ("en", "It is false that prisoners were tortured, the governor said.", "torture"),
    ("fr", "Les informations selon lesquelles douze moines ont été tués sont fausses, selon l'armée.", "killing"),
    ("fr", "Le préfet dément avoir fait arrêter douze moines.", "detention"),
    ("es", "La información de que 12 monjes fueron asesinados es falsa, según el ejército.", "killing"),
    ("pt", "As notícias de que 12 monges foram mortos são falsas, segundo o exército.", "killing"),
    ("ru", "Сообщения о том, что 12 монахов убиты, — ложь, заявили военные.", "killing"),
    ("ru", "Неправда, что 12 монахов убиты, заявил министр.", "killing"),
    ("de", "Berichte, wonach 12 Mönche getötet wurden, sind falsch, sagte ein Sprecher der Armee.", "killing"),
]


@pytest.mark.parametrize(("lang", "text", "event"), CASES, ids=[text[:40] for _, text, _ in CASES])
def test_what_is_called_untrue_is_denied_and_denied_once(lang: str, text: str, event: str) -> None:
    if not (files("temoin.languages") / lang / "second").is_dir():
        pytest.skip(f"the parsers of {lang} have not been trained (make models LANGS={lang})")
    claims = told(text, lang)
    assert [(c.event, c.stance) for c in claims] == [(event, "denies")]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("fr", "Selon le quotidien « L'Aube », douze moines ont été arrêtés.", "L'Aube"),
        ("fr", "Douze moines ont été arrêtés, selon l'association « L'Aube ».", "L'Aube"),
        ("en", 'According to the newspaper "New Dawn", twelve monks were arrested.', "New Dawn"),
    ],
)
def test_a_name_in_quotation_marks_is_the_source_with_or_without_spaces_inside_them(lang: str, text: str, name: str) -> None:
    [claim] = told(text, lang)
    assert (claim.event, claim.claimant_name) == ("detention", name)


def test_a_report_called_false_beside_another_statement_leaves_that_statement_alone() -> None:
    claims = told("The ombudsman called the reports false and said that her office never received a complaint of torture.", "en")
    assert ("complaint", "doubts") in [(c.event, c.stance) for c in claims]


@pytest.mark.parametrize(
    ("lang", "text", "told_of"),
    [
        ("de", "Wenn die Aktivisten ausgeliefert werden, werden sie gefoltert, warnt Amnesty International.", []),
        ("en", "If the activists are extradited, they are tortured, Amnesty International warns.", []),
        ("fr", "Si les militants sont renvoyés, ils sont torturés, selon l'association.", []),
        ("de", "Als die Aktivisten ankamen, wurden sie gefoltert, sagte Amnesty International.", ["torture"]),
        ("en", "The activists were tortured if they refused to sign, Amnesty International said.", ["torture"]),
    ],
)
def test_a_harm_that_hangs_on_a_condition_is_feared_unless_it_is_of_the_past(lang: str, text: str, told_of: list[str]) -> None:
    assert [c.event for c in told(text, lang)] == told_of


@pytest.mark.parametrize(
    "text",
    [
        "May 12: five activists were detained in Moscow, rights groups said.",
        "May Hernandez, a human rights activist, was arrested by police.",
        "Free Tibet activists were arrested by Chinese police on Monday.",
    ],
)
def test_a_harm_behind_a_word_that_may_open_a_call_is_not_demanded(text: str) -> None:
    [claim] = told(text, "en")
    assert (claim.event, claim.stance) == ("detention", "asserts")
