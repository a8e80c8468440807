"""German: who says it. Own accounts, compounds of telling, names and roles, moods and quotations without a cue of their own."""

from importlib.resources import files

import pytest

from tests.read.claims_table import Expected, check

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "de" / "second").is_dir(), reason="the German parsers have not been trained (make models LANGS=de)"
)

AROUND = "\nEs geht um Menschenrechtler, Dissidenten und Minderheiten."

CASES = {
    "own account, parted from its verb": (
        "Das Netzwerk Spurlos hat nach eigenen Angaben 40 Familien Rechtshilfe vermittelt.",
        [Expected("aid", "asserts", "Spurlos", (40, 40))],
    ),
    "own account, behind": (
        "Die Beratungsstelle Haltepunkt hat eigenen Angaben zufolge 26 Geflüchtete untergebracht.",
        [Expected("aid", "asserts", "Haltepunkt", (26, 26))],
    ),
    "police figures in one word": (
        "Nach Polizeiangaben nahmen 3.000 Menschen an der Kundgebung teil.",
        [Expected("protest", "asserts", "Polizei", (3000, 3000))],
    ),
    "as a report has it": (
        "Wie aus einem Bericht der Vereinten Nationen hervorgeht, wurden 80 Dorfbewohner verschleppt.",
        [Expected("abduction", "asserts", "Vereinten Nationen", (80, 80))],
    ),
    "so, and a name": (
        "14 Kollegen seien verhaftet worden, so Gewerkschaftschefin Lena Morath.",
        [Expected("detention", "asserts", "Lena Morath", (14, 14))],
    ),
    "so, and no name": ("Die Wut war so groß, so viele Kollegen wurden verhaftet.", [Expected("detention")]),
    "by age": (
        "Die Polizei habe ihn mit Schlagstöcken verprügelt, sagte der 24-Jährige dem Sender Radio Delta.",
        [Expected("torture", "asserts", "24-Jährige")],
    ),
    "on the word of": (
        "Mindestens neun Bauern seien getötet worden, meldete die Agentur Nordpress unter Berufung auf Krankenhausärzte.",
        [Expected("killing", "asserts", "Krankenhausärzte", (9, None))],
    ),
    "an infinitive of what is held against somebody": (
        "Angehörige werfen der Armee vor, 30 Männer erschossen zu haben.",
        [Expected("killing", "asserts", "Angehörige", (30, 30))],
    ),
    "a particle inside the infinitive": (
        "Der Generalstaatsanwalt kündigte an, den Vorwürfen nachzugehen.",
        [Expected("investigation", "promises", "Generalstaatsanwalt")],
    ),
    "a role and a foreign name": (
        "Der Fabrikbesitzer Shafiqul Mridha bestreitet, dass Arbeiterinnen bedroht wurden.",
        [Expected("threat", "denies", "Mridha")],
    ),
    "a quotation with no cue of its own": (
        "„Mein Mann hat gezittert“, sagte Zahra Nasiri am Telefon.\n"
        "Pfarrerin Almut Brink spricht von Willkür. „Diese Leute sind in Schiras ausgepeitscht worden.“",
        [Expected("torture", "asserts", "Brink"), Expected("persecution", "asserts", "Brink")],
    ),
    "a list behind a line with no colon": (
        "Der Verein Lichtblick teilt mit:\nWir fordern\n– von der Regierung, die Vorfälle zu untersuchen;\n– vom Ministerium, Visa zu erteilen.",
        [Expected("investigation", "demands", "Lichtblick"), Expected("asylum", "demands", "Lichtblick")],
    ),
    "supporters who will march": (
        "Vor der Botschaft wollen am Samstag Unterstützer demonstrieren.",
        [Expected("protest", "promises", "Unterstützer")],
    ),
    "a negation in a title": (
        "Die Petition „Kein Hemd ist das wert“ haben über 90.000 Menschen unterzeichnet.",
        [Expected("campaign", "asserts", None, (90001, None))],
    ),
    "a colon behind a denial": (
        "Das Ministerium wies Misshandlungsvorwürfe zurück: Die Beamten hätten sich an das Gesetz gehalten.",
        [Expected("torture", "denies", "Ministerium")],
    ),
    "two cues that the parser joins": (
        "Mara Lind forderte die Freilassung der Gefangenen und kündigte neue Sanktionen an.",
        [Expected("sanction", "promises", "Mara Lind"), Expected("condemnation", "asserts", "Mara Lind")],
    ),
    "an eyewitness": (
        "Unsere Reporterin sieht, wie Beamte einen Mann mit Schlagstöcken verprügeln.",
        [Expected("torture", "asserts", "Reporterin")],
    ),
    "an act in the name of a body": (
        "Die Gesellschaft für bedrohte Nachbarn meldet die Verhaftung von zwei Imamen.",
        [Expected("detention", "asserts", "Gesellschaft", (2, 2))],
    ),
    "an interview of short lines": (
        "Die Journalistin Leyla Demir floh im März aus Orlan.\n"
        "Frau Demir, wie wurden Sie verhaftet?\nSechs Männer traten die Tür ein, mein Mann wurde geschlagen.\n"
        "Wie lange waren Sie in der Zelle?\nElf Wochen. Zwei von uns wurden vergewaltigt.\n"
        "Was fordern Sie?\nDeutschland muss die Kolleginnen schützen, die noch dort sind.",
        [Expected("displacement"), Expected("torture", "asserts", "Demir"), Expected("sexual_violence", "asserts", "Demir", (2, 2))],
    ),
    "a headline of two halves": ("Drei Näherinnen erschossen, hunderte entlassen", [Expected("killing", "asserts", None, (3, 3))]),
    "a call to lynch is a threat, no killing": ("In sozialen Netzwerken kursieren Aufrufe, Schwule zu lynchen.", [Expected("threat")]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_careful_reader_knows_who_says_it(case: str) -> None:
    text, wanted = CASES[case]
    check(text + AROUND, "de", wanted)
