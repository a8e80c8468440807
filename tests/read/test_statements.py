"""Who says what, of every subject: whole phrases for source and content, every saying once. Invented news of sport, business, courts and science."""

from __future__ import annotations

import pytest

from temoin.read import statements

#: language, text, (source, cue, content) of every statement
WHOLE = [
    (
        "en",
        "“Sales were poor in autumn,” said Petra Lindqvist, head of the Karlby brewery, when she met investors on Friday.",
        [("Petra Lindqvist, head of the Karlby brewery", "said", "Sales were poor in autumn,")],
    ),
    (
        "en",
        "The tenant, a retired baker from Osby, said he was “cold and rather angry”.",
        [("The tenant, a retired baker from Osby", "said", "he was “cold and rather angry”")],
    ),
    (
        "en",
        "The bridge is safe but ugly, according to the engineers' annual report.",
        [("the engineers' annual report", "according to", "The bridge is safe but ugly")],
    ),
    ("fr", "Le pont est solide, affirme-t-elle.", [("elle", "affirme", "Le pont est solide")]),
    (
        "fr",
        "« Nous avons perdu trois clients », a déclaré lundi Odile Marchais, la patronne du garage.",
        [("Odile Marchais, la patronne du garage", "déclaré", "Nous avons perdu trois clients")],
    ),
    ("de", "Die Brücke sei sicher, sagte die Ingenieurin am Mittwoch.", [("die Ingenieurin", "sagte", "Die Brücke sei sicher")]),
    (
        "es",
        "«Perdimos tres clientes en otoño», declaró el lunes Olga Marchena, dueña del taller.",
        [("Olga Marchena, dueña del taller", "declaró", "Perdimos tres clientes en otoño")],
    ),
    (
        "ru",
        "«Мы потеряли трёх клиентов», — заявила во вторник хозяйка мастерской Ольга Марченко.",
        [("хозяйка мастерской Ольга Марченко", "заявила", "Мы потеряли трёх клиентов")],
    ),
]


@pytest.mark.parametrize(("lang", "text", "wanted"), WHOLE, ids=[f"{w[0]}: {w[1][:40]}" for w in WHOLE])
def test_a_statement_has_its_whole_source_and_its_whole_content_once(lang: str, text: str, wanted: list[tuple[str, str, str]]) -> None:
    got = [(s.source.text if s.source else None, s.cue.text if s.cue else None, text[s.start : s.end]) for s in statements(text, lang)]
    assert got == wanted


def test_a_cue_behind_a_left_out_subject_is_its_own_and_not_that_of_the_sentence_before() -> None:
    text = "La alcaldesa Rita Bosch anunció que el mercado cerrará. Añadió que los puestos se trasladarán en mayo."
    got = [(s.source.text if s.source else None, s.cue.text if s.cue else None) for s in statements(text, "es")]
    assert got == [("La alcaldesa Rita Bosch", "anunció"), ("La alcaldesa Rita Bosch", "Añadió")]
