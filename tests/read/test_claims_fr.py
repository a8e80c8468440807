"""French: sentences, and what a careful reader finds in them."""

import pytest

from tests.read.claims_table import Expected as E
from tests.read.claims_table import check

CASES = {
    "passif avec borne": ("Amnesty International affirme qu’au moins quarante militants ont été arrêtés dans la capitale.", [E("detention", "asserts", "Amnesty International", (40, None))]),
    "selon, en tête": ("Selon la Ligue des droits humains, plus de deux cents villageois ont été tués par des soldats.", [E("killing", "asserts", "Ligue des droits", (201, None))]),
    "selon, à la fin": ("Trois journalistes ont été enlevés en mars, selon leur rédaction.", [E("abduction", "asserts", "rédaction", (3, 3))]),
    "incise inversée": ("Jusqu’à soixante personnes ont été torturées dans la prison, a indiqué le syndicat des avocats.", [E("torture", "asserts", "syndicat", (None, 60))]),
    "discours direct": ("« Ils nous ont battus pendant deux jours », raconte un étudiant libéré.", [E("torture", "asserts", "étudiant")]),
    "nominalisation": ("L’organisation fait état du meurtre de dix-sept défenseurs des droits.", [E("killing", "asserts", "organisation", (17, 17))]),
    "conditionnel": ("Des dizaines d’opposants auraient été torturés dans une caserne, selon une ONG.", [E("torture", "asserts", "ONG", (20, 99))]),
    "démenti": ("Le ministère de l’Intérieur a démenti que des militants aient été torturés.", [E("torture", "denies", "ministère")]),
    "démenti en bloc": ("Le porte-parole du gouvernement a qualifié ces accusations de persécution de mensonges.", [E("persecution", "denies", "porte-parole")]),
    "négation": ("« Personne n’a été torturé dans nos prisons », a déclaré la ministre à propos des droits humains.", [E("torture", "denies", "ministre")]),
    "promesse": ("Le ministre des Affaires étrangères a promis cinquante visas humanitaires aux écrivains persécutés.", [E("asylum", "promises", "ministre", (50, 50)), E("persecution", "asserts", "ministre")]),
    "demande": ("L’opposition réclame une enquête indépendante sur les arrestations.", [E("investigation", "demands", "opposition"), E("detention", "asserts", "opposition")]),
    "demande à l’infinitif": ("Les associations demandent au parquet d’ouvrir une enquête sur la torture des détenus.", [E("investigation", "demands", "associations"), E("torture", "asserts", "associations")]),
    "voix du récit": ("Une vingtaine de réfugiés ont fui la région lundi.", [E("displacement", "asserts", None, (18, 22))]),
    "menace": ("Un imam a reçu des menaces de mort, dit son avocat, militant des droits humains.", [E("threat", "asserts", "avocat")]),
    "jugement": ("Un tribunal a condamné quatre dissidents à neuf ans de prison.", [E("judgment", "asserts", None, (4, 4))]),
    "plainte": ("La famille du militant a porté plainte pour torture.", [E("complaint", "asserts", None), E("torture", "asserts", None)]),
    "aucune plainte": ("La médiatrice dit n’avoir reçu aucune plainte d’homosexuels.", [E("complaint", "doubts", "médiatrice")]),
    "rassemblement": ("Environ trois cents personnes ont tenu une veillée pour le militant assassiné devant l’ambassade.", [E("protest", "asserts", None, (270, 330)), E("killing", "asserts", None)]),
    "pétition": ("La pétition pour la libération des journalistes a recueilli 80 000 signatures.", [E("campaign", "asserts", None, (80000, 80000))]),
    "condamnation": ("Le Parlement européen a condamné la persécution des croyants.", [E("condemnation", "asserts", "Parlement européen"), E("persecution", "asserts", "Parlement européen")]),
    "pronom": ("Maria Lopez, médecin, soigne des réfugiés homosexuels. Elle affirme que sept d’entre eux ont été violés en prison.", [E("sexual_violence", "asserts", "Maria Lopez", (7, 7))]),
    "confie à": ("L’avocat Omar Saïd a confié au journal Le Matin que cinq de ses clients, tous militants, avaient disparu.", [E("abduction", "asserts", "Omar Saïd", (5, 5))]),
    "relative": ("Les policiers qui ont battu les manifestants homosexuels seront entendus par les juges.", [E("torture", "asserts", None)]),
    "mettre à l’abri": ("L’association dit avoir mis à l’abri quatorze militants et leurs familles.", [E("evacuation", "asserts", "association", (14, 14))]),
}  # fmt: skip

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
