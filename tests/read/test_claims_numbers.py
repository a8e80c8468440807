"""Which number an event is given: of those it befell, all of them, and never of those who did it."""

from importlib.resources import files

import pytest

from tests.read.claims_table import told

CASES = [
    ("en", "Three monks and two nuns were arrested.", "detention", (5, 5)),
    ("es", "Tres monjes y dos monjas fueron detenidos por la policía.", "detention", (5, 5)),
    ("en", "The rights group counted 45 cases of torture.", "torture", (45, 45)),
    ("fr", "L'association a recensé 45 cas de torture.", "torture", (45, 45)),
    ("es", "La organización documentó 45 casos de tortura.", "torture", (45, 45)),
    ("ru", "Правозащитная организация насчитала 45 случаев пыток.", "torture", (45, 45)),
    ("en", "The human rights activist was arrested by four policemen.", "detention", None),
    ("fr", "La militante des droits humains a été arrêtée par quatre policiers.", "detention", None),
    ("es", "La activista fue torturada por dos soldados.", "torture", None),
    ("pt", "A ativista dos direitos humanos foi violada por dois polícias.", "sexual_violence", None),
    ("de", "Die Aktivistin wurde von zwei Polizisten gefoltert.", "torture", None),
    ("fr", "Un moine tibétain sur trois a été arrêté.", "detention", None),
    ("en", "One in three monks was arrested.", "detention", None),
    ("en", "The police chief said eleven Ahmadi men had been arrested by dawn.", "detention", (11, 11)),
    ("ru", "Не менее 30 активистов, в основном молодых, задержаны в Минске.", "detention", (30, None)),
    ("en", "At least 30 journalists, most of them young, were arrested in Minsk.", "detention", (30, None)),
]


@pytest.mark.parametrize(("lang", "text", "event", "count"), CASES, ids=[text[:40] for _, text, _, _ in CASES])
def test_an_event_counts_those_it_befell(lang: str, text: str, event: str, count: tuple[int, int] | None) -> None:
    if not (files("temoin.languages") / lang / "second").is_dir():
        pytest.skip(f"the parsers of {lang} have not been trained (make models LANGS={lang})")
    [claim] = told(text, lang)
    assert claim.event == event
    assert (claim.count and (claim.count.low, claim.count.high)) == count


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "La petición «Los monjes no están solos» reúne 7.500 firmas por los derechos humanos."),
        ("fr", "La pétition « Les moines ne sont pas seuls » a réuni 7 500 signatures pour les prisonniers politiques."),
        ("en", 'The petition "Monks are not alone" gathered 7,500 signatures for the political prisoners.'),
        ("pt", "A petição «Os monges não estão sós» reuniu 7.500 assinaturas pelos direitos humanos."),
    ],
)
def test_a_negation_in_a_title_denies_nothing(lang: str, text: str) -> None:
    claims = told(text, lang)
    assert [(c.event, c.stance, c.count and c.count.low) for c in claims] == [("campaign", "asserts", 7500)]


def test_a_figure_put_by_somebody_is_told_once_and_by_that_party() -> None:
    [claim] = told("Police put the dead at three after soldiers shot at protesters.", "en")
    assert (claim.event, claim.claimant_name, claim.counted.text if claim.counted else None) == ("killing", "Police", "three")
