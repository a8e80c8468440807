"""The place of an event and the relay of a claim: sentences that name two places or two parties, and which one a careful reader takes."""

import pytest

from tests.read.claims_table import told

WHERE = {
    "en: a rally abroad": (
        "en",
        "Hundreds of protesters in Oslo marched against the killings of gay men in Minsk.",
        {"protest": "Oslo", "killing": "Minsk"},
    ),
    "en: at the head": (
        "en",
        "In Vienna, some 300 people gathered outside the embassy to protest against the arrest of journalists in Baku.",
        {"protest": "Vienna", "detention": "Baku"},
    ),
    "en: behind a participle": (
        "en",
        "A vigil in Dublin for human rights lawyers jailed in Cairo drew 700 people.",
        {"protest": "Dublin", "detention": "Cairo"},
    ),
    "en: two clauses": (
        "en",
        "Five gay men were killed in Minsk, and hundreds protested in Oslo.",
        {"killing": "Minsk", "protest": "Oslo"},
    ),
    "fr: une marche au loin": (
        "fr",
        "Des centaines de manifestants ont défilé à Oslo contre les assassinats d’homosexuels à Minsk.",
        {"protest": "Oslo", "killing": "Minsk"},
    ),
    "de: fern der Tat": (
        "de",
        "Hunderte Demonstranten protestierten in Oslo gegen die Tötung von Homosexuellen in Minsk.",
        {"protest": "Oslo", "killing": "Minsk"},
    ),
}

VIA = {
    "en: told a daily": (
        "en",
        "A prosecutor told the daily Harbour Post that four gay activists had been tortured.",
        "torture",
        "the daily Harbour Post",
    ),
    "en: told reporters": ("en", "A prosecutor told reporters that four gay activists had been tortured.", "torture", None),
    "en: denial and whom it was told": (
        "en",
        "A spokesman denied the killings of journalists, telling the agency Ostwind that nobody had been killed.",
        "killing",
        "the agency Ostwind",
    ),
    "fr: au micro de": (
        "fr",
        "Au micro de Radio Grand-Large, l’évêque a dénoncé l’expulsion de 200 familles de réfugiés.",
        "displacement",
        "Radio Grand-Large",
    ),
    "en: citing": (
        "en",
        "The Ostwind news agency, citing the union, reported that eleven journalists had been arrested.",
        "detention",
        "The Ostwind news agency",
    ),
    "en: which cites": (
        "en",
        "According to the Harbour Post, which cites the lawyers' association, 45 activists were arrested.",
        "detention",
        "the Harbour Post",
    ),
    "en: quoted as saying": ("en", "The Harbour Post quoted the bishop as saying that nine monks were killed.", "killing", "The Harbour Post"),
    "fr: citant": ("fr", "Onze militants ont été arrêtés, rapporte l’agence Grand-Large, citant le syndicat.", "detention", "l’agence Grand-Large"),
    "fr: qui cite": (
        "fr",
        "Selon Le Phare du Nord, qui cite l’ordre des avocats, 45 militants ont été arrêtés.",
        "detention",
        "Le Phare du Nord",
    ),
    "fr: cité par": (
        "fr",
        "Selon l’ordre des avocats, cité par Le Phare du Nord, 45 militants ont été arrêtés.",
        "detention",
        "Le Phare du Nord",
    ),
    "en: a reason is no party": ("en", "The court closed the case of the murdered activist, citing a lack of evidence.", "killing", None),
    "fr: un pays n’est pas un relais": (
        "fr",
        "Le ministère a confirmé l’arrivée au Sénégal de 400 réfugiés et l’arrestation de deux militants.",
        "detention",
        None,
    ),
}


@pytest.mark.parametrize("case", WHERE)
def test_an_event_is_where_its_own_clause_puts_it(case: str) -> None:
    lang, text, wanted = WHERE[case]
    found = {c.event: c.where for c in told(text, lang)}
    assert {k: found.get(k) for k in wanted} == wanted


@pytest.mark.parametrize("case", VIA)
def test_the_relay_is_the_outlet_that_was_told(case: str) -> None:
    lang, text, event, via = VIA[case]
    relays = [c.via for c in told(text, lang) if c.event == event]
    assert relays
    assert set(relays) == {via}
