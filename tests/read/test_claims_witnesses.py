"""Witnesses and what they tell in quotation marks, over several sentences, with the cue inside, beside or before them."""

import pytest

from tests.read.claims_table import Expected, check

CASES = {
    "fr: incise dans la citation": (
        "fr",
        "« Ils sont arrivés à l’aube, raconte Nadia, 31 ans, infirmière et militante. Ils ont arrêté mon mari et l’ont battu devant nous. »",
        [Expected("detention", "asserts", "Nadia"), Expected("torture", "asserts", "Nadia")],
    ),
    "fr: dit-elle au milieu": (
        "fr",
        "Sonia Brenec est avocate et militante. « Nous avons peur, dit-elle. Trois de mes confrères ont été enlevés. »",
        [Expected("abduction", "asserts", "Sonia Brenec", (3, 3))],
    ),
    "en: place before the verbs": (
        "en",
        "Police in Tarnholm beat and detained at least 14 students on Friday, a rights group said.",
        [Expected("torture", "asserts", "rights group", (14, None)), Expected("detention", "asserts", "rights group", (14, None))],
    ),
    "fr: lieu avant les verbes": (
        "fr",
        "La police de Tarnholm a frappé et interpellé au moins 14 étudiants vendredi, selon une ONG.",
        [Expected("torture", "asserts", "ONG", (14, None)), Expected("detention", "asserts", "ONG", (14, None))],
    ),
    "en: a reported persecution promised a look": (
        "en",
        "The minister of justice promised to look into the reported persecution of Bahai believers.",
        [Expected("investigation", "promises", "minister")],
    ),
    "en: a name that opens with a verb": (
        "en",
        "Halt Executions, a human rights group, said that 14 monks had been arrested.",
        [Expected("detention", "asserts", "Halt Executions", (14, 14))],
    ),
    "en: signatures are no victims": (
        "en",
        "A petition against the killing of eleven journalists has gathered 10,000 signatures.",
        [Expected("campaign", "asserts", None, (10000, 10000)), Expected("killing", "asserts", None, (11, 11))],
    ),
    "en: organisations in general are no claimant": (
        "en",
        "What organisations say is that dozens of journalists have been detained.",
        [Expected("detention", "asserts", None, (20, 99))],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_witness_tells_is_theirs(case: str) -> None:
    lang, text, wanted = CASES[case]
    check(text, lang, wanted)
