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
    "en: the one before our eyes speaks": (
        "en",
        'Ruta Selmer, an activist, folds her hands. "My brother was kidnapped on a Sunday. Two of his friends were killed."',
        [Expected("abduction", "asserts", "Ruta Selmer"), Expected("killing", "asserts", "Ruta Selmer", (2, 2))],
    ),
    "fr: celle que l’on voit parle": (
        "fr",
        "Ruta Selmer, militante, croise les mains. « Mon frère a été enlevé un dimanche. »",
        [Expected("abduction", "asserts", "Ruta Selmer")],
    ),
    "en: a pause and the same speaker": (
        "en",
        "“My father was arrested in 2019,” Karim, an activist, told me. “He died in prison.”",
        [Expected("detention", "asserts", "Karim"), Expected("killing", "asserts", "Karim")],
    ),
    "en: behind a colon": (
        "en",
        "The activist Jon Abel remembers the night well: three of his friends were shot dead.",
        [Expected("killing", "asserts", "Jon Abel", (3, 3))],
    ),
    "en: a known voice by a possessive": (
        "en",
        "Yusuf's account is hard for the human rights lawyer to hear. They whipped him with cables, he says.",
        [Expected("torture", "asserts", "Yusuf")],
    ),
    "fr: un présent qui ressemble à un nom": (
        "fr",
        "Un gardien, sous couvert d’anonymat, confirme que 40 homosexuels sont détenus mais nie qu’ils aient été torturés.",
        [Expected("detention", "asserts", "gardien", (40, 40)), Expected("torture", "denies", "gardien")],
    ),
    "fr: soupire son frère": ("fr", "Le militant a été tué pour un dessin, soupire son frère.", [Expected("killing", "asserts", "frère")]),
    "fr: nous a confié": (
        "fr",
        "« Ils ont battu mon père devant nous », nous a confié le fils d’un militant, joint par téléphone.",
        [Expected("torture", "asserts", "le fils")],
    ),
    "en: what a newsroom knows is told in its own voice": (
        "en",
        "What we know so far: seven journalists are still in custody.",
        [Expected("detention", "asserts", None, (7, 7))],
    ),
    "fr: la marche a réuni": (
        "fr",
        "La marche des militants a réuni 2 000 personnes selon la police, 7 500 selon les organisateurs.",
        [Expected("protest", "asserts", "police", (2000, 2000)), Expected("protest", "asserts", "organisateurs", (7500, 7500))],
    ),
    "fr: entretien à tirets, avec une question de pure forme dans la réponse": (
        "fr",
        "Entretien avec Awa Diarra, présidente d’une association de défense des droits\n\n– Que s’est-il passé ?\n"
        "– Des hommes sont venus et ont tué onze bergers. Nous les avons comptés. Depuis quand un enfant est-il un combattant ?\n\n"
        "– Le ministre dément.\n– Il n’est jamais venu.\n",
        [Expected("killing", "asserts", "Awa Diarra", (11, 11))],
    ),
    "fr: derrière une apposition": (
        "fr",
        "Le colonel Ghassan Rifaï, chef de la police judiciaire, nie tout mauvais traitement des militants.",
        [Expected("torture", "denies", "Ghassan Rifaï")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_witness_tells_is_theirs(case: str) -> None:
    lang, text, wanted = CASES[case]
    check(text, lang, wanted)
