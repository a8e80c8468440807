"""German: the words by which sentences tell their events, and reports in which nothing of ours is told. No parser is asked."""

import pytest

from temoin.read.lexicon import lexicon
from temoin.read.relevance import relevant
from temoin.read.sentence import Sentence
from temoin.read.words import words

#: Sentence and the events that a careful reader finds in it.
TOLD = {
    "passive with a bound": (
        "Mindestens 40 Aktivisten wurden in der Hauptstadt verhaftet, teilte die Menschenrechtsorganisation Offenes Tor mit.",
        ["detention"],
    ),
    "own voice, perfect passive": ("In der Provinz sind am Montag zwölf Journalisten festgenommen worden.", ["detention"]),
    "separable verb in brackets": ("Die Polizei nahm am Freitagabend vor der Universität 30 Studenten fest.", ["detention"]),
    "active, own voice": ("Soldaten haben drei Gewerkschafter erschossen.", ["killing"]),
    "source first": ("Laut der Menschenrechtsgruppe Morgenrot wurden mehr als 200 Dorfbewohner getötet.", ["killing"]),
    "angaben von": ("Nach Angaben von Amnesty International sind mindestens 15 Oppositionelle verschleppt worden.", ["abduction"]),
    "zufolge": ("Dem Lehrerverband zufolge sitzen 22 Lehrer in Untersuchungshaft.", ["detention"]),
    "dass clause": ("Die Anwältin Mira Holm sagte, dass fünf Häftlinge in der Haftanstalt gefoltert worden seien.", ["detention", "torture"]),
    "reported mood without dass": ("Der Bischof erklärte, Soldaten hätten sieben Dorfbewohner erschlagen.", ["killing"]),
    "trailing cue": ("Vier Mönche seien in der Zelle verprügelt worden, berichtet der Verein.", ["torture"]),
    "nominalisation": ("Das Netzwerk dokumentierte die Ermordung von 17 Menschenrechtsverteidigern.", ["killing"]),
    "accusation": ("Die Gewerkschaft wirft den Soldaten die Entführung von drei Aktivisten vor.", ["abduction"]),
    "quotation": ("„Sie haben uns zwei Tage lang geschlagen“, sagte einer der freigelassenen Studenten.", ["torture"]),
    "two groups": ("Zwölf Mönche wurden verhaftet und zwei wurden getötet, sagte der Anwalt der Minderheit.", ["detention", "killing"]),
    "denial": ("Das Innenministerium bestreitet, dass Aktivisten gefoltert worden seien.", ["torture"]),
    "denial of a noun": ("Der Polizeichef wies die Vorwürfe der Folter an Gefangenen zurück.", ["torture"]),
    "negated": ("„In unseren Gefängnissen wird niemand gefoltert“, sagte der Justizminister zu den Vorwürfen der Menschenrechtler.", ["torture"]),
    "denial of the whole": ("Ein Regierungssprecher nannte die Berichte über die Verfolgung von Homosexuellen eine Lüge.", ["persecution"]),
    "promise": ("Die Außenministerin versprach 50 humanitäre Visa für Homosexuelle.", ["asylum"]),
    "announcement": ("Die Regierung kündigte eine Untersuchung der Vorwürfe von Folter an.", ["investigation", "torture"]),
    "demand of a noun": ("Die Opposition fordert eine unabhängige Untersuchung.", ["investigation"]),
    "demand with zu": ("Die Menschenrechtler forderten die Staatsanwaltschaft auf, Ermittlungen einzuleiten.", ["investigation"]),
    "flight": ("Rund 400 Familien flohen vor den Milizen über die Grenze.", ["displacement"]),
    "expulsion": ("Die Behörden haben 20 Flüchtlinge abgeschoben.", ["displacement"]),
    "judgment": ("Ein Militärgericht verurteilte sechs Aktivisten zu zwölf Jahren Haft.", ["judgment"]),
    "acquittal": ("Das Bezirksgericht sprach die Journalistin Vera Lind frei.", ["judgment"]),
    "protest": ("Hunderte Menschen demonstrierten vor der Botschaft gegen die Junta.", ["protest"]),
    "protest, on the street": ("Mehrere tausend Frauen gingen für ihre Rechte auf die Straße.", ["protest"]),
    "petition": ("Mehr als 8000 Menschen unterzeichneten eine Petition für die inhaftierten Dichter.", ["campaign", "detention"]),
    "evacuation": ("Der Verein hat 31 Homosexuelle in Sicherheit gebracht.", ["evacuation"]),
    "asylum": ("Kanada hat zwei lesbischen Aktivistinnen Asyl gewährt.", ["asylum"]),
    "complaint": ("Die Witwe des Journalisten hat Strafanzeige erstattet.", ["complaint"]),
    "threat": ("Der Imam hat Morddrohungen erhalten, sagte seine Anwältin.", ["threat"]),
    "rape": ("Nach Aussagen von Überlebenden vergewaltigten Soldaten mindestens 19 Frauen.", ["sexual_violence"]),
    "sanction": ("Die EU verhängte Sanktionen gegen drei Offiziere der Junta.", ["sanction"]),
    "condemnation": ("Die Bischofskonferenz zeigte sich zutiefst besorgt über die Lage der Christen.", ["condemnation"]),
    "hearsay": ("Zwei Oppositionelle sollen in einem Keller gefoltert worden sein.", ["torture"]),
    "swiss spelling": ("Die Rebellen erschossen neun Zivilisten und liessen die Leichen auf der Strasse liegen.", ["killing"]),
    "aid": ("Der Hilfsfonds bezahlt die Anwaltskosten von 14 politischen Gefangenen.", ["aid", "detention"]),
    "the dead found": ("Die Leichen von fünf Aktivisten wurden am Flussufer entdeckt.", ["killing"]),
    "stabbed": ("Die Sängerin wurde vor den Augen ihrer Kinder niedergestochen.", ["killing"]),
    "sentence carried out": ("Seit Januar wurden neun Todesurteile vollstreckt.", ["killing"]),
    "camp": ("Die Behörden haben den Anwalt in ein unbekanntes Lager gebracht.", ["detention"]),
    "behind bars": ("Die Journalistin bleibt bis auf Weiteres hinter Gittern.", ["detention"]),
    "wide bracket": ("Die Polizei nahm nach Angaben der Gewerkschaft am Abend in der Hauptstadt dreißig Studenten fest.", ["detention"]),
    "into a van": ("Vermummte zerrten den Studenten in einen Kleinbus.", ["abduction"]),
    "no sign of life": ("Von dem Pfarrer fehlt seither jedes Lebenszeichen.", ["abduction"]),
    "plastic bag": ("Man habe ihm eine Plastiktüte über den Kopf gezogen.", ["torture"]),
    "sleep": ("Den Männern wurde der Schlaf entzogen.", ["torture"]),
    "made to undress": ("Die Soldaten zwangen die Frauen, sich auszuziehen.", ["sexual_violence"]),
    "letter": ("Unbekannte schickten der Redaktion einen Drohbrief.", ["threat"]),
    "hardness": ("Die Regierung geht mit aller Härte gegen Kritiker vor.", ["persecution"]),
    "left the country": ("Zehntausende haben das Land in Richtung Polen verlassen.", ["displacement"]),
    "went under": ("Die Brüder tauchten nach der Razzia in den Bergen unter.", ["displacement"]),
    "proceedings": ("Die Staatsanwaltschaft leitete ein Ermittlungsverfahren gegen zwei Polizisten ein.", ["investigation"]),
    "appeal to a court": ("Die Liga rief den Internationalen Strafgerichtshof an.", ["complaint"]),
    "found guilty": ("Das Gericht sprach alle neun Angeklagten schuldig.", ["judgment"]),
    "court, verb last": ("Im Mai hat ein Gericht die Lehrerin zu acht Jahren Straflager verurteilt.", ["judgment"]),
    "assets": ("Washington fror die Vermögen von vier Generälen ein.", ["sanction"]),
    "summoned": ("Berlin bestellte den Botschafter ein.", ["condemnation"]),
    "condemned": ("Der Rat verurteilte die Hinrichtungen aufs Schärfste.", ["condemnation", "killing"]),
    "flown out": ("Das Hilfswerk flog 60 Verletzte aus.", ["evacuation"]),
    "helped to leave": ("Ein Netzwerk half 120 Schwulen, das Land zu verlassen.", ["evacuation"]),
    "church asylum": ("Die Kirche gewährt der Familie Kirchenasyl.", ["asylum"]),
    "money": ("Der Fonds stellt 200.000 Euro für Unterkünfte bereit.", ["aid"]),
    "hunger strike": ("Die Gefangenen sind in einen Hungerstreik getreten.", ["protest"]),
    "open letter": ("Vierzigtausend Menschen haben den offenen Brief unterzeichnet.", ["campaign"]),
}

NOTHING = {
    "football": "Der Stürmer köpfte nach einer Flanke den Siegtreffer, der Torwart hielt in der zweiten Halbzeit zwei Bälle.",
    "football, penalty": "Der Schiedsrichter verhängte eine Strafe gegen die Mannschaft; der Trainer bestritt ein Foul, die Abwehr wurde vorgeführt.",
    "accident": "Bei einem Busunglück nahe der Autobahn sind elf Menschen ums Leben gekommen, die Polizei ermittelt gegen den Fahrer.",
    "earthquake": "Nach dem Erdbeben wurden 40 Tote geborgen, 2000 Bewohner wurden evakuiert, teilte die Feuerwehr mit.",
    "business": "Der Konzern kündigte an, 300 Jobs zu streichen; Anleger verurteilten den Schritt, die Aktie fiel um vier Prozent.",
    "burglary": "Die Polizei hat zwei Einbrecher festgenommen; nach dem Diebstahl waren sie betrunken geflohen.",
    "avalanche": "Eine Lawine hat drei Skifahrer getötet, ein Bergsteiger gilt als vermisst.",
    "film": "Der Thriller erzählt von einer Entführung; der Regisseur nennt den Film eine Hinrichtung mit Humor.",
    "jealousy": "Aus Eifersucht hat ein Mann seine Ex-Frau erstochen, das Gericht verhandelt im Mai.",
    "weather": "Der Sturm hat 20 Familien aus ihren Häusern vertrieben, das Hochwasser bedroht weitere Orte.",
    "hunt for the lead": "Nach dem 0:2 blies die Mannschaft zur Jagd auf die Spitze; der Trainer will sich nicht abschlachten lassen.",
    "rescue in the mountains": "Die Feuerwehr hat zwei Wanderer aus einer Lawine gerettet, ein dritter wird noch vermisst.",
}

WEAK_WITHOUT_PEOPLE = {
    "to strike a note": "Die Glocke hat zwölf geschlagen.",
    "to leave a topic": "Der Fall ist aus den Schlagzeilen verschwunden.",
    "to pursue a course": "Das Bündnis verfolgt einen harten Kurs.",
    "to hold on to": "Der Rat hält an dem Beschluss fest.",
}


def _sentence(text: str) -> Sentence:
    run = words(text, "de")
    return Sentence(0, 0, run, lexicon("de").hits([w.lower for w in run]))


@pytest.mark.parametrize("case", TOLD)
def test_a_german_sentence_bears_the_words_of_the_events_that_it_tells(case: str) -> None:
    text, wanted = TOLD[case]
    found = {h.entry.code for h in _sentence(text).hits if h.entry.kind == "event"}
    assert found >= set(wanted), f"{set(wanted) - found} not told by {text!r}"


@pytest.mark.parametrize("case", NOTHING)
def test_a_german_report_of_sport_accidents_weather_business_or_everyday_crime_is_none_of_ours(case: str) -> None:
    assert not relevant([_sentence(NOTHING[case])], lexicon("de"))


@pytest.mark.parametrize("case", WEAK_WITHOUT_PEOPLE)
def test_a_german_word_of_many_senses_tells_an_event_only_beside_people(case: str) -> None:
    assert all(h.entry.weak for h in _sentence(WEAK_WITHOUT_PEOPLE[case]).hits if h.entry.kind == "event")


def test_no_german_pattern_holds_a_word_that_the_tokenizer_would_cut() -> None:
    for event in lexicon("de").table["events"].values():
        for patterns in event.values():
            for pattern in patterns:
                for form in (f.strip("*") for p in pattern.split() if p not in ("...", "&") for f in p.split("|")):
                    assert [w.lower for w in words(form, "de")] == [form], f"{form!r} in {pattern!r}"
