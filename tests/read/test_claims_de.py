"""German: sentences, and what a careful reader finds in them."""

from importlib.resources import files

import pytest

from tests.read import test_de
from tests.read.claims_table import Expected, check, told

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "de" / "second").is_dir(), reason="the German parsers have not been trained (make models LANGS=de)"
)

CASES = {
    "wie … mit Beisatz": (
        "In Tarvik sind vier Aktivisten verprügelt worden, wie der Sprecher des Gerichts, Arne Holt, am Montag mitteilte. "
        "Sieben Männer seien festgenommen worden.",
        [Expected("torture", "asserts", "Holt", (4, 4)), Expected("detention", "asserts", "Holt", (7, 7))],
    ),
    "keine Belege für": (
        "Die Aktivisten warten. Es gebe keine Anhaltspunkte für schwere Misshandlungen, sagte der Minister.",
        [Expected("torture", "doubts", "Minister")],
    ),
    "passive with a bound": (
        "Mindestens 40 Aktivisten wurden in der Hauptstadt verhaftet, teilte die Menschenrechtsorganisation Offenes Tor mit.",
        [Expected("detention", "asserts", "Offenes Tor", (40, None))],
    ),
    "own voice, perfect passive": (
        "In der Provinz sind am Montag zwölf Journalisten festgenommen worden.",
        [Expected("detention", "asserts", None, (12, 12))],
    ),
    "separable verb in brackets": (
        "Die Polizei nahm am Freitagabend vor der Universität 30 Studenten fest.",
        [Expected("detention", "asserts", None, (30, 30))],
    ),
    "active, own voice": ("Soldaten haben drei Gewerkschafter erschossen.", [Expected("killing", "asserts", None, (3, 3))]),
    "source first": (
        "Laut der Menschenrechtsgruppe Morgenrot wurden mehr als 200 Dorfbewohner getötet.",
        [Expected("killing", "asserts", "Morgenrot", (201, None))],
    ),
    "angaben von": (
        "Nach Angaben von Amnesty International sind mindestens 15 Oppositionelle verschleppt worden.",
        [Expected("abduction", "asserts", "Amnesty International", (15, None))],
    ),
    "zufolge": ("Dem Lehrerverband zufolge sitzen 22 Lehrer in Untersuchungshaft.", [Expected("detention", "asserts", "Lehrerverband", (22, 22))]),
    "dass clause": (
        "Die Anwältin Mira Holm sagte, dass fünf Häftlinge in der Haftanstalt gefoltert worden seien.",
        [Expected("torture", "asserts", "Mira Holm", (5, 5)), Expected("detention", "asserts", "Mira Holm")],
    ),
    "reported mood without dass": (
        "Der Bischof erklärte, Soldaten hätten sieben Dorfbewohner erschlagen.",
        [Expected("killing", "asserts", "Bischof", (7, 7))],
    ),
    "trailing cue": ("Vier Mönche seien in der Zelle verprügelt worden, berichtet der Verein.", [Expected("torture", "asserts", "Verein", (4, 4))]),
    "nominalisation": (
        "Das Netzwerk dokumentierte die Ermordung von 17 Menschenrechtsverteidigern.",
        [Expected("killing", "asserts", "Netzwerk", (17, 17))],
    ),
    "accusation": (
        "Die Gewerkschaft wirft den Soldaten die Entführung von drei Aktivisten vor.",
        [Expected("abduction", "asserts", "Gewerkschaft", (3, 3))],
    ),
    "quotation": (
        "„Sie haben uns zwei Tage lang mit Kabeln geschlagen“, sagte einer der freigelassenen Studenten.",
        [Expected("torture", "asserts", "einer")],
    ),
    "two groups": (
        "Zwölf Mönche wurden verhaftet und zwei wurden getötet, sagte der Anwalt der Minderheit.",
        [Expected("detention", "asserts", "Anwalt", (12, 12)), Expected("killing", "asserts", "Anwalt", (2, 2))],
    ),
    "denial": ("Das Innenministerium bestreitet, dass Aktivisten gefoltert worden seien.", [Expected("torture", "denies", "Innenministerium")]),
    "denial of a noun": ("Der Polizeichef wies die Vorwürfe der Folter an Gefangenen zurück.", [Expected("torture", "denies", "Polizeichef")]),
    "negated": (
        "„In unseren Gefängnissen wird niemand gefoltert“, sagte der Justizminister zu den Vorwürfen der Menschenrechtler.",
        [Expected("torture", "denies", "Justizminister")],
    ),
    "denial of the whole": (
        "Ein Regierungssprecher nannte die Berichte über die Verfolgung von Homosexuellen eine Lüge.",
        [Expected("persecution", "denies", "Regierungssprecher")],
    ),
    "promise": ("Die Außenministerin versprach 50 humanitäre Visa für Homosexuelle.", [Expected("asylum", "promises", "Außenministerin", (50, 50))]),
    "announcement": (
        "Die Regierung kündigte eine Untersuchung der Vorwürfe von Folter an.",
        [Expected("investigation", "promises", "Regierung"), Expected("torture", "asserts", "Regierung")],
    ),
    "demand of a noun": ("Die Opposition fordert eine unabhängige Untersuchung.", [Expected("investigation", "demands", "Opposition")]),
    "demand with zu": (
        "Die Menschenrechtler forderten die Staatsanwaltschaft auf, Ermittlungen einzuleiten.",
        [Expected("investigation", "demands", "Menschenrechtler")],
    ),
    "flight": ("Rund 400 Familien flohen vor den Milizen über die Grenze.", [Expected("displacement", "asserts", None, (360, 440))]),
    "expulsion": ("Die Behörden haben 20 Flüchtlinge abgeschoben.", [Expected("displacement", "asserts", None, (20, 20))]),
    "judgment": ("Ein Militärgericht verurteilte sechs Aktivisten zu zwölf Jahren Haft.", [Expected("judgment", "asserts", None, (6, 6))]),
    "acquittal": ("Das Bezirksgericht sprach die Journalistin Vera Lind frei.", [Expected("judgment")]),
    "protest": ("Hunderte Menschen demonstrierten vor der Botschaft gegen die Junta.", [Expected("protest", "asserts", None, (200, 999))]),
    "protest, on the street": ("Mehrere tausend Frauen gingen für ihre Rechte auf die Straße.", [Expected("protest", "asserts", None, (2000, 9999))]),
    "petition": (
        "Mehr als 8000 Menschen unterzeichneten eine Petition für die inhaftierten Dichter.",
        [Expected("campaign", "asserts", None, (8001, None)), Expected("detention")],
    ),
    "evacuation": ("Der Verein hat 31 Homosexuelle in Sicherheit gebracht.", [Expected("evacuation", "asserts", None, (31, 31))]),
    "asylum": ("Kanada hat zwei lesbischen Aktivistinnen Asyl gewährt.", [Expected("asylum", "asserts", None, (2, 2))]),
    "complaint": ("Die Witwe des Journalisten hat Strafanzeige erstattet.", [Expected("complaint")]),
    "threat": ("Der Imam hat Morddrohungen erhalten, sagte seine Anwältin.", [Expected("threat", "asserts", "Anwältin")]),
    "rape": (
        "Nach Aussagen von Überlebenden haben Soldaten mindestens 19 Frauen vergewaltigt.",
        [Expected("sexual_violence", "asserts", "Überlebenden", (19, None))],
    ),
    "sanction": ("Die EU verhängte Sanktionen gegen drei Offiziere der Junta.", [Expected("sanction", "asserts", None, (3, 3))]),
    "condemnation": (
        "Die Bischofskonferenz zeigte sich zutiefst besorgt über die Lage der Christen.",
        [Expected("condemnation", "asserts", "Bischofskonferenz")],
    ),
    "hearsay": ("Zwei Oppositionelle sollen in einem Keller gefoltert worden sein.", [Expected("torture", "asserts", None, (2, 2))]),
    "swiss spelling": (
        "Die Rebellen erschossen neun Zivilisten und liessen die Leichen auf der Strasse liegen.",
        [Expected("killing", "asserts", None, (9, 9))],
    ),
    "modal and infinitive, two subjects seen": (
        "Zwei Reporterinnen habe man im Untersuchungsgefängnis geschlagen, sagte die Verbandsvorsitzende.",
        [Expected("torture", "asserts", "Verbandsvorsitzende", (2, 2))],
    ),
    "active perfect with a day": (
        "Bei Razzien hat der Geheimdienst am Dienstag elf Reporter festgenommen.",
        [Expected("detention", "asserts", None, (11, 11))],
    ),
    "attributive participle": ("Das Netzwerk zählte 17 ermordete Gemeindeführer.", [Expected("killing", "asserts", "Netzwerk", (17, 17))]),
    "behind bars": ("Elf Reporter hinter Gittern", [Expected("detention", "asserts", None, (11, 11))]),
    "das berichtete": (
        "Bei Razzien wurden am Dienstag acht Reporter festgenommen. Das berichtete der Journalistenverband am Donnerstag.",
        [Expected("detention", "asserts", "Journalistenverband", (8, 8))],
    ),
    "reported mood behind a semicolon": (
        "Die Behörde erklärte, in ihren Einrichtungen werde niemand misshandelt; in Gewahrsam befänden sich lediglich sechs Personen.",
        [Expected("torture", "denies", "Behörde"), Expected("detention", "asserts", "Behörde", (6, 6))],
    ),
    "knows nothing of it": (
        "Das Ministerium erklärte, es werde niemand misshandelt. Vom Verschwinden des Chefredakteurs wisse man nichts.",
        [Expected("torture", "denies", "Ministerium"), Expected("abduction", "doubts", "Ministerium")],
    ),
    "a name that opens with an adjective": (
        "Drei weitere Reporter hätten sich ins Ausland abgesetzt, teilte Freie Feder mit.",
        [Expected("displacement", "asserts", "Freie Feder", (3, 3))],
    ),
    "parenthesis before the cue": (
        "Ihr Sprecher, Oberst Karim Adel, nannte die Berichte über Vergewaltigungen eine Erfindung, in Gewahrsam habe man nur elf Frauen genommen.",
        [Expected("sexual_violence", "denies", "Karim Adel"), Expected("detention", "asserts", "Karim Adel", (11, 11))],
    ),
    "contradiction around a clause": (
        "Die Regierung wies die Vorwürfe, Gefangene würden gefoltert, zurück.",
        [Expected("torture", "denies", "Regierung")],
    ),
    "called baseless": (
        "Die Armee wies Berichte über die Tötung von 30 Zivilisten als haltlos zurück.",
        [Expected("killing", "denies", "Armee", (30, 30))],
    ),
    "agreed to": (
        "Das Justizministerium sagte zu, die Folter an Gefangenen untersuchen zu lassen.",
        [Expected("investigation", "promises", "Justizministerium"), Expected("torture", "asserts", "Justizministerium")],
    ),
    "who is told": (
        "„Wir wurden drei Tage lang gefoltert“, sagte Omar Haddad der Zeitung Der Morgen.",
        [Expected("torture", "asserts", "Omar Haddad")],
    ),
    "a day behind the speaker": (
        "Die Polizei habe am Dienstag rund 60 Studenten festgenommen, teilte die Anwaltskammer am Mittwoch mit.",
        [Expected("detention", "asserts", "die Anwaltskammer", (54, 66))],
    ),
    "demand to look into a harm": (
        "Die Menschenrechtler forderten die Behörden auf, die Tötungen zu untersuchen.",
        [Expected("investigation", "demands", "Menschenrechtler"), Expected("killing", "asserts", "Menschenrechtler")],
    ),
    "headline of two halves": (
        "Elf Journalisten festgenommen – Ministerium bestreitet Misshandlungen",
        [Expected("detention", "asserts", None, (11, 11)), Expected("torture", "denies", "Ministerium")],
    ),
    "a source in the middle": (
        "Aus dem Delta flohen dem Bischof zufolge mehr als 300 Familien vor den Milizen.",
        [Expected("displacement", "asserts", "Bischof", (301, None))],
    ),
    "called a lie": (
        "Die Armee nannte die Berichte über Massenverhaftungen von Journalisten eine „absolute Lüge“.",
        [Expected("detention", "denies", "Armee")],
    ),
    "called invented": (
        "Die Ombudsfrau Lena Sorg bezeichnete die Tötungen von Homosexuellen als frei erfunden.",
        [Expected("killing", "denies", "Lena Sorg")],
    ),
    "demand in reported mood": (
        "Sie fordert, die Schweiz solle mindestens 50 der Frauen Visa geben.",
        [Expected("asylum", "demands", "Sie", (50, None))],
    ),
    "promise of two things": (
        "Die Ministerin versicherte, die Regierung werde einen Plan vorlegen und 25 Aktivisten sicheres Geleit gewähren.",
        [Expected("evacuation", "promises", "Ministerin", (25, 25))],
    ),
    "an outlet relays": (
        "Das Innenministerium erklärte laut der Agentur Nordfunk, in seinen Einrichtungen werde niemand misshandelt.",
        [Expected("torture", "denies", "Innenministerium")],
    ),
    "cases of": ("Der Verein meldete fünf Fälle von gewaltsamem Verschwindenlassen.", [Expected("abduction", "asserts", "Verein", (5, 5))]),
    "aid": (
        "Der Hilfsfonds bezahlt die Anwaltskosten von 14 Gefangenen.",
        [Expected("aid", "asserts", None, (14, 14))],
    ),
}

NOTHING = {
    **test_de.NOTHING,
    "topic word": "Die Kommission gegen Folter tagt im Mai in Genf.",
    "a question": "Wurden die Journalisten gefoltert?",
}


@pytest.mark.parametrize("case", CASES)
def test_a_german_sentence_gives_the_claims_that_a_careful_reader_finds(case: str) -> None:
    text, wanted = CASES[case]
    check(text, "de", wanted)


@pytest.mark.parametrize("case", NOTHING)
def test_a_german_report_of_sport_accidents_business_or_a_mere_topic_gives_no_claim(case: str) -> None:
    assert told(NOTHING[case], "de") == []
