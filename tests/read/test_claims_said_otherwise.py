"""The same events in the many words that reporters, rights groups and witnesses have for them, and who says or asks it."""

import pytest

from tests.read.claims_table import Expected, check

CASES = {
    "en: marched off": ("en", "Twelve nuns were marched off to the police station.", [Expected("detention", "asserts", None, (12, 12))]),
    "en: shot dead, apart": ("en", "Gunmen shot the human rights lawyer dead outside his office.", [Expected("killing")]),
    "en: no word of them": (
        "en",
        "Four activists have not been heard from since the night of the raid on the rights group.",
        [Expected("abduction", "asserts", None, (4, 4))],
    ),
    "en: forced to kneel": (
        "en",
        "They made the prisoners kneel on gravel, the human rights lawyer said.",
        [Expected("torture", "asserts", "lawyer")],
    ),
    "en: go or be killed": ("en", "The gay couple was told to leave town or be killed.", [Expected("threat")]),
    "en: threatened with a harm": ("en", "They threatened to rape the activist's sister.", [Expected("threat")]),
    "en: told of themselves": (
        "en",
        "Seven gay men said they had been whipped with hoses.",
        [Expected("torture", "asserts", "Seven gay men", (7, 7))],
    ),
    "en: two men and a girl": (
        "en",
        "Two monks and a girl were killed in the crackdown.",
        [Expected("killing", "asserts", None, (3, 3)), Expected("persecution")],
    ),
    "en: asked to act": (
        "en",
        "We ask you to grant visas to the persecuted writers.",
        [Expected("asylum", "demands", "We"), Expected("persecution", "asserts", "We")],
    ),
    "en: condemned by its doer": (
        "en",
        "The bishops spoke out against the persecution of Ahmadi believers.",
        [Expected("condemnation", "asserts", "bishops"), Expected("persecution", "asserts", "bishops")],
    ),
    "en: an outcry is nobody's in particular": (
        "en",
        "The killing of the journalist was met with outrage.",
        [Expected("condemnation"), Expected("killing")],
    ),
    "en: prisoners killed tell of no arrest": (
        "en",
        "Seven prisoners were executed in the human rights lawyer's absence.",
        [Expected("killing", "asserts", None, (7, 7))],
    ),
    "en: help in plain verbs": ("en", "The parish pays the rent of forty refugees.", [Expected("aid", "asserts", None, (40, 40))]),
    "en: we shall": (
        "en",
        "The union Writers Free defends human rights. We shall be picketing the embassy every Friday.",
        [Expected("protest", "promises", "Writers Free")],
    ),
    "fr: emmenés par des hommes masqués": (
        "fr",
        "Cinq militants ont été emmenés de chez eux par des hommes masqués.",
        [Expected("abduction", "asserts", None, (5, 5))],
    ),
    "fr: couvert de bleus": ("fr", "On a rendu à la mère du militant un corps couvert de bleus, dit-elle.", [Expected("torture", "asserts", "elle")]),
    "fr: un ultimatum": (
        "fr",
        "Les miliciens ont laissé aux familles chrétiennes trois jours pour quitter la ville.",
        [Expected("threat")],
    ),
    "fr: de l’aide sans le mot": (
        "fr",
        "Des religieuses les ont cachés pendant un mois, explique un réfugié gay.",
        [Expected("aid", "asserts", "réfugié")],
    ),
    "fr: N’Djamena ne nie rien": (
        "fr",
        "La Ligue des droits exhorte N’Djamena à ouvrir une enquête sur l’arrestation des enseignants.",
        [Expected("investigation", "demands", "Ligue"), Expected("detention", "asserts", "Ligue")],
    ),
    "fr: le futur, première personne": (
        "fr",
        "Nous déposerons lundi une plainte contre la police pour la torture des militants.",
        [Expected("complaint", "promises", "Nous"), Expected("torture")],
    ),
    "fr: nous nous engageons": ("fr", "Nous nous engageons à financer le logement des réfugiés homosexuels.", [Expected("aid", "promises", "Nous")]),
    "en: a natural death": (
        "en",
        "Both detained monks died of natural causes, the prison governor said.",
        [Expected("detention", "asserts", "governor")],
    ),
    "en: dragged out of a house": (
        "en",
        "Police dragged three gay men out of a boarding house.",
        [Expected("abduction", "asserts", None, (3, 3))],
    ),
    "fr: les accusés ne parlent pas par leur victime": (
        "fr",
        "Le procès de deux gardiens, accusés d’avoir battu à mort un militant transgenre, s’est ouvert lundi.",
        [Expected("judgment", "asserts", None, (2, 2)), Expected("killing", "asserts", None)],
    ),
    "fr: le futur d’un passé": (
        "fr",
        "Le ministre a annoncé que les policiers qui ont torturé le militant seraient jugés.",
        [Expected("judgment", "promises", "ministre"), Expected("torture", "asserts", "ministre")],
    ),
    "fr: des demandes listées": (
        "fr",
        "Refuge Libre, une ONG de défense des droits, appelle :\n– l’Union européenne à geler les avoirs des responsables ;\n– la police à cesser.",
        [Expected("sanction", "demands", "Refuge Libre")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_event_is_found_in_whatever_words_it_is_told(case: str) -> None:
    lang, text, wanted = CASES[case]
    check(text, lang, wanted)
