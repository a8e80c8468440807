"""English: sentences, and what a careful reader finds in them."""

import pytest

from tests.read.claims_table import Expected, check

CASES = {
    "passive with a bound": (
        "Amnesty International said at least 40 activists had been arrested in the capital.",
        [Expected("detention", "asserts", "Amnesty International", (40, None))],
    ),
    "according to, first": (
        "According to the human rights group Open Door, more than 200 villagers were killed by soldiers.",
        [Expected("killing", "asserts", "Open Door", (201, None))],
    ),
    "according to, last": (
        "Three journalists were kidnapped in March, according to their newspaper.",
        [Expected("abduction", "asserts", "newspaper", (3, 3))],
    ),
    "trailing attribution": (
        "Up to 60 people have been tortured in the prison, the lawyers' union said.",
        [Expected("torture", "asserts", "union", (None, 60))],
    ),
    "inverted": ("“They beat us for two days,” said one of the released students.", [Expected("torture", "asserts", "one")]),
    "nominalisation": ("The report documents the killing of 17 human rights defenders.", [Expected("killing", "asserts", "report", (17, 17))]),
    "coordinated verbs": (
        "Police detained, beat and tortured dozens of gay men, the network said.",
        [Expected("detention", "asserts", "network", (20, 99)), Expected("torture", "asserts", "network", (20, 99))],
    ),
    "two groups": (
        "Rights groups say 12 monks were arrested and two were killed.",
        [Expected("detention", "asserts", "Rights groups", (12, 12)), Expected("killing", "asserts", "Rights groups", (2, 2))],
    ),
    "denial": ("The interior ministry denied that any activist had been tortured in custody.", [Expected("torture", "denies", "ministry")]),
    "denial of the whole": (
        "A government spokesman dismissed the reports of persecution as a fabrication.",
        [Expected("persecution", "denies", "spokesman")],
    ),
    "negated in a quotation": (
        "“Nobody has been tortured in our prisons,” the minister told reporters after the rights groups' report.",
        [Expected("torture", "denies", "minister")],
    ),
    "could not confirm": ("The UN human rights office could not confirm the abduction of the lawyers.", [Expected("abduction", "doubts", "office")]),
    "promise": (
        "The foreign minister promised to grant 50 humanitarian visas to persecuted writers.",
        [Expected("asylum", "promises", "minister", (50, 50)), Expected("persecution", "asserts", "minister")],
    ),
    "demand": (
        "The opposition demanded an independent inquiry into the arrests.",
        [Expected("investigation", "demands", "opposition"), Expected("detention", "asserts", "opposition")],
    ),
    "urge to": (
        "Campaigners urged the prosecutor to open an investigation into the torture of prisoners.",
        [Expected("investigation", "demands", "Campaigners"), Expected("torture", "asserts", "Campaigners")],
    ),
    "own voice": ("Two dozen refugees fled across the border on Monday.", [Expected("displacement", "asserts", None, (24, 24))]),
    "threat": (
        "An imam had received death threats, his lawyer said, after he sheltered gay refugees.",
        [Expected("threat", "asserts", "lawyer"), Expected("aid", "asserts", "lawyer")],
    ),
    "judgment": ("A court in the city sentenced four dissidents to nine years in prison.", [Expected("judgment", "asserts", None, (4, 4))]),
    "complaint": (
        "Her family filed a complaint with the police over the torture of the activist.",
        [Expected("complaint", "asserts", None), Expected("torture", "asserts", None)],
    ),
    "no complaint": ("The ombudsman said his office had received no complaint from any gay man.", [Expected("complaint", "doubts", "ombudsman")]),
    "protest": (
        "About 300 people held a vigil for the murdered activist outside the embassy on Sunday.",
        [Expected("protest", "asserts", None, (270, 330)), Expected("killing", "asserts", None)],
    ),
    "petition": (
        "The petition for the release of the journalists has drawn 80,000 signatures.",
        [Expected("campaign", "asserts", None, (80000, 80000))],
    ),
    "condemnation": (
        "The European Parliament condemned the persecution of Jehovah's Witnesses.",
        [Expected("condemnation", "asserts", "European Parliament"), Expected("persecution", "asserts", "European Parliament")],
    ),
    "pronoun": (
        "Maria Lopez works with gay prisoners. She said seven of them had been raped in prison.",
        [Expected("sexual_violence", "asserts", "Maria Lopez", (7, 7))],
    ),
    "relay": (
        "According to the Daily Mirror, the lawyer Omar Said reported that five clients had disappeared in the crackdown on dissent.",
        [Expected("abduction", "asserts", "Omar Said", (5, 5)), Expected("persecution", "asserts", "Omar Said")],
    ),
}

NOTHING = {
    "sport": "The striker executed a perfect free kick and killed off the match in the league on Sunday.",
    "accident": "At least 12 people were killed when a bus crashed in the storm, police said.",
    "weather": "Hundreds fled their homes as the flood reached the town, the mayor said.",
    "business": "The company killed the project and cut 300 jobs, investors were told.",
    "a hypothesis": "If the activist is arrested again, nobody in the human rights office will hear of it.",
    "the stock market": "Shares in the company were tortured by investors this quarter.",
    "a name only": "The Anti-Torture Committee met journalists on Tuesday to present its new office.",
    "film": "The film tells of a murder in a small town; the actor plays a hunted man.",
    "everyday crime": "A man was arrested over a burglary; the drunk driver had killed a pedestrian.",
}


@pytest.mark.parametrize("case", CASES)
def test_what_an_english_sentence_tells_is_found(case: str) -> None:
    text, wanted = CASES[case]
    check(text, "en", wanted)


@pytest.mark.parametrize("case", NOTHING)
def test_an_english_sentence_that_tells_nothing_of_ours_makes_no_claim(case: str) -> None:
    check(NOTHING[case], "en", [])
