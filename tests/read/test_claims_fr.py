"""French: sentences, and what a careful reader finds in them."""

import pytest

from tests.read.claims_table import Expected, check

CASES = {
    "passif avec borne": (
        "Amnesty International affirme qu’au moins quarante militants ont été arrêtés dans la capitale.",
        [Expected("detention", "asserts", "Amnesty International", (40, None))],
    ),
    "selon, en tête": (
        "Selon la Ligue des droits humains, plus de deux cents villageois ont été tués par des soldats.",
        [Expected("killing", "asserts", "Ligue des droits", (201, None))],
    ),
    "selon, à la fin": ("Trois journalistes ont été enlevés en mars, selon leur rédaction.", [Expected("abduction", "asserts", "rédaction", (3, 3))]),
    "incise inversée": (
        "Jusqu’à soixante personnes ont été torturées dans la prison, a indiqué le syndicat des avocats.",
        [Expected("torture", "asserts", "syndicat", (None, 60))],
    ),
    "discours direct": ("« Ils nous ont battus pendant deux jours », raconte un étudiant libéré.", [Expected("torture", "asserts", "étudiant")]),
    "nominalisation": (
        "L’organisation fait état du meurtre de dix-sept défenseurs des droits.",
        [Expected("killing", "asserts", "organisation", (17, 17))],
    ),
    "conditionnel": (
        "Des dizaines d’opposants auraient été torturés dans une caserne, selon une ONG.",
        [Expected("torture", "asserts", "ONG", (20, 99))],
    ),
    "demander d'ouvrir": (
        "Des experts du Conseil de l’Europe ont demandé aux militaires d’ouvrir une enquête sur ces tortures.",
        [Expected("investigation", "demands", "experts"), Expected("torture", "asserts", "experts")],
    ),
    "démenti": ("Le ministère de l’Intérieur a démenti que des militants aient été torturés.", [Expected("torture", "denies", "ministère")]),
    "démenti en bloc": (
        "Le porte-parole du gouvernement a qualifié ces accusations de persécution de mensonges.",
        [Expected("persecution", "denies", "porte-parole")],
    ),
    "négation": (
        "« Personne n’a été torturé dans nos prisons », a déclaré la ministre à propos des droits humains.",
        [Expected("torture", "denies", "ministre")],
    ),
    "promesse": (
        "Le ministre des Affaires étrangères a promis cinquante visas humanitaires aux écrivains persécutés.",
        [Expected("asylum", "promises", "ministre", (50, 50)), Expected("persecution", "asserts", "ministre")],
    ),
    "demande": (
        "L’opposition réclame une enquête indépendante sur les arrestations.",
        [Expected("investigation", "demands", "opposition"), Expected("detention", "asserts", "opposition")],
    ),
    "demande à l’infinitif": (
        "Les associations demandent au parquet d’ouvrir une enquête sur la torture des détenus.",
        [Expected("investigation", "demands", "associations"), Expected("torture", "asserts", "associations")],
    ),
    "voix du récit": ("Une vingtaine de réfugiés ont fui la région lundi.", [Expected("displacement", "asserts", None, (18, 22))]),
    "menace": ("Un imam a reçu des menaces de mort, dit son avocat, militant des droits humains.", [Expected("threat", "asserts", "avocat")]),
    "jugement": ("Un tribunal a condamné quatre dissidents à neuf ans de prison.", [Expected("judgment", "asserts", None, (4, 4))]),
    "plainte": (
        "La famille du militant a porté plainte pour torture.",
        [Expected("complaint", "asserts", None), Expected("torture", "asserts", None)],
    ),
    "aucune plainte": ("La médiatrice dit n’avoir reçu aucune plainte d’homosexuels.", [Expected("complaint", "doubts", "médiatrice")]),
    "rassemblement": (
        "Environ trois cents personnes ont tenu une veillée pour le militant assassiné devant l’ambassade.",
        [Expected("protest", "asserts", None, (270, 330)), Expected("killing", "asserts", None)],
    ),
    "pétition": (
        "La pétition pour la libération des journalistes a recueilli 80 000 signatures.",
        [Expected("campaign", "asserts", None, (80000, 80000))],
    ),
    "condamnation": (
        "Le Parlement européen a condamné la persécution des croyants.",
        [Expected("condemnation", "asserts", "Parlement européen"), Expected("persecution", "asserts", "Parlement européen")],
    ),
    "pronom": (
        "Maria Lopez, médecin, soigne des réfugiés homosexuels. Elle affirme que sept d’entre eux ont été violés en prison.",
        [Expected("sexual_violence", "asserts", "Maria Lopez", (7, 7)), Expected("aid", "asserts", None)],
    ),
    "confie à": (
        "L’avocat Omar Saïd a confié au journal Le Matin que cinq de ses clients, tous militants, avaient disparu.",
        [Expected("abduction", "asserts", "Omar Saïd", (5, 5))],
    ),
    "relative": (
        "Les policiers qui ont battu les manifestants homosexuels seront entendus par les juges.",
        [Expected("torture", "asserts", None), Expected("investigation", "promises", None)],
    ),
    "mettre à l’abri": (
        "L’association dit avoir mis à l’abri quatorze militants et leurs familles.",
        [Expected("evacuation", "asserts", "association", (14, 14))],
    ),
}

NOTHING = {
    "le sport": "L’attaquant a exécuté un coup franc parfait et tué le match dimanche en coupe.",
    "un accident": "Au moins douze personnes ont été tuées dans un accident d’autocar, selon la police.",
    "le temps": "Des centaines d’habitants ont fui leurs maisons devant l’inondation, dit le maire.",
    "les affaires": "L’entreprise a enterré le projet et supprimé 300 emplois, ont appris les investisseurs.",
    "une hypothèse": "Si le militant était arrêté de nouveau, personne au bureau des droits humains ne le saurait.",
    "un film": "Le film raconte un meurtre dans une petite ville ; l’acteur joue un homme traqué.",
    "le fait divers": "Un homme a été arrêté pour escroquerie ; ivre, il avait tué un piéton.",
    "une recette": "La recette demande trois œufs battus et cent grammes de sucre.",
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_french_sentence_tells_is_found(case: str) -> None:
    text, wanted = CASES[case]
    check(text, "fr", wanted)


@pytest.mark.parametrize("case", NOTHING)
def test_a_french_sentence_that_tells_nothing_of_ours_makes_no_claim(case: str) -> None:
    check(NOTHING[case], "fr", [])
