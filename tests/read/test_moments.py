"""When an event was: its own time, that of the clause it completes, and never when somebody spoke of it."""

from __future__ import annotations

import pytest

from tests.read.claims_table import told

#: Language, text (read as published on Tuesday 20 May 2031), event, the `when` of the first claim of that event.
EXAMPLES: list[tuple[str, str, str, str | None]] = [
    ("en", "Police said on Monday that three activists had been killed in April.", "killing", "2031-04"),
    ("en", "Police said on Monday that three activists had been killed.", "killing", None),
    ("en", "On Monday police arrested five journalists, the union said on Tuesday.", "detention", "2031-05-19"),
    ("en", "The arrest of five journalists on 3 May was condemned by the union.", "detention", "2031-05-03"),
    ("en", "The union has recorded 14 beatings of journalists since January.", "torture", "2031-01/.."),
    ("en", "Six gay men were detained after the concert of 2 May, the group says.", "detention", "2031-05-02/.."),
    ("en", "Last October a court jailed two men over the killing of an Ahmadi preacher.", "judgment", "2030-10"),
    ("en", "Last October a court jailed two men over the killing of an Ahmadi preacher.", "killing", None),
    ("en", "Three journalists were arrested on 4 May, and two activists were killed on 6 May.", "killing", "2031-05-06"),
    ("en", "Three journalists were arrested on 4 May, and two activists were killed on 6 May.", "detention", "2031-05-04"),
    ("fr", "Entre le 3 et le 12 mai, onze avocats ont été arrêtés à Dakar, selon le barreau.", "detention", "2031-05-03/2031-05-12"),
    ("fr", "Lundi, le ministre a indiqué que onze avocats avaient été arrêtés.", "detention", None),
    ("es", "El colectivo documentó entre enero y abril el asesinato de 17 líderes indígenas.", "killing", "2031-01/2031-04"),
    ("es", "Ayer, además, un tribunal condenó a tres abogadas a siete años de cárcel.", "judgment", "2031-05-19"),
    ("es", "Tres activistas fueron asesinados, informó el lunes la ONG Casa Abierta.", "killing", None),
    ("es", "La red convocó para el sábado una marcha por los periodistas detenidos.", "protest", "2031-05-24"),
    ("pt", "De janeiro a abril, mais de 30 jornalistas foram detidos, calcula o sindicato.", "detention", "2031-01/2031-04"),
    ("de", "Von Januar bis April wurden 17 Anwälte verhaftet, wie die Kammer am Montag mitteilte.", "detention", "2031-01/2031-04"),
    ("de", "Am 9. Mai wurden in Minsk nach Angaben der Kammer fünf Anwälte verhaftet.", "detention", "2031-05-09"),
    ("ru", "С начала мая, по данным союза, задержаны семь журналистов.", "detention", "2031-05/.."),
    ("ru", "Семь журналистов задержаны, сообщил в понедельник союз.", "detention", None),
    (
        "en",
        "Vigils for the Ahmadi families took place last weekend in Berlin, where several hundred people stood in the rain.",
        "protest",
        "2031-05-17/2031-05-18",
    ),
    ("en", "Two Ahmadi villagers were killed and nine people wounded on Monday.", "killing", "2031-05-19"),
    ("en", "More than forty lawyers have been arrested since the vote was announced in March, the union says.", "detention", "2031-03/.."),
    ("fr", "Onze avocats ont été arrêtés à la suite d’une marche, organisée le 2 mai, dit le barreau.", "detention", "2031-05-02/.."),
    ("ru", "Полиция задержала 64 активистов после концерта, который прошел 2 мая в Минске.", "detention", "2031-05-02/.."),
    ("pt", "A queixa que o Canadá apresentou em março no Tribunal foi aceite, diz a ONG.", "complaint", "2031-03"),
    ("de", "Die Beobachtungsstelle zählte von Januar bis Ende April 17 ermordete Anwälte.", "killing", "2031-01/2031-04"),
    ("ru", "Во вторник, сообщили в союзе, задержаны четырнадцать журналистов.", "detention", "2031-05-20"),
    ("en", "Since the coup in February, at least 200 journalists have been jailed, the union said.", "detention", "2031-02/.."),
    ("de", "Seit dem Putsch im Februar sind nach Angaben der Gewerkschaft 200 Journalisten inhaftiert worden.", "detention", "2031-02/.."),
    ("fr", "Dans un communiqué publié lundi, Amnesty a condamné l’arrestation de cinq avocats.", "condemnation", "2031-05-19"),
    ("fr", "Dans un communiqué publié lundi, Amnesty a condamné l’arrestation de cinq avocats.", "detention", None),
    ("de", "Die im April festgenommenen Aktivisten seien in der Haft geschlagen worden, sagte ihr Anwalt am Montag.", "torture", None),
    ("es", "Los activistas, detenidos en abril, fueron golpeados bajo custodia, dijo el lunes su abogado.", "torture", None),
    ("en", "A mob set fire to an Ahmadi quarter on Sunday, killing three people.", "killing", "2031-05-18"),
    ("es", "Madrid, 14 de mayo de 2031.- La red condena la detención de tres abogados.", "condemnation", None),
]


@pytest.mark.parametrize(("lang", "text", "event", "when"), EXAMPLES, ids=[f"{x[0]}: {x[1][:60]} {x[2]}" for x in EXAMPLES])
def test_an_event_has_its_own_time_and_not_that_of_the_speech(lang: str, text: str, event: str, when: str | None) -> None:
    found = [c for c in told(text, lang) if c.event == event]
    assert found, "no such claim"
    assert found[0].when == when


TICKER = """Unrest in Almaty: as it happened

18.05 We close this page for the night. Seven journalists are still in custody.

16.40 Hundreds of students are marching towards the police station.

12.15 An editor was beaten in the yard, says a colleague.

09.55 Police vans are outside. At least five journalists have been led away. Three of them had been arrested before."""


def test_a_live_ticker_tells_of_its_day_but_for_what_was_before() -> None:
    claims = told(TICKER, "en")
    assert {c.when for c in claims if c.event in ("protest", "torture")} == {"2031-05-20"}
    assert [c.when for c in claims if "had been arrested" in c.quote] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "event", "when"),
    [
        ("fr", "Le 8 mai, sept hommes attendaient les deux étudiantes homosexuelles. Ils les ont torturées.", "torture", "2031-05-08"),
        (
            "de",
            "Am 8. Mai eröffnete die Polizei das Feuer auf streikende Gewerkschafter. Drei von ihnen starben durch Schüsse.",
            "killing",
            "2031-05-08",
        ),
        ("en", "On 8 May police surrounded the Ahmadi mosque. They tortured three worshippers.", "torture", "2031-05-08"),
        ("en", "On 8 May police surrounded the Ahmadi mosque. They have arrested 400 worshippers in all.", "detention", None),
        ("en", "On 8 May police surrounded the Ahmadi mosque.\n\nThey tortured three worshippers.", "torture", None),
    ],
)
def test_a_story_goes_on_in_its_paragraph_and_its_tense(lang: str, text: str, event: str, when: str | None) -> None:
    found = [c for c in told(text, lang) if c.event == event]
    assert found, "no such claim"
    assert found[0].when == when
