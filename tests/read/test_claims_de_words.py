"""German words: compounds, separable verbs and verbs with their nouns in either order, and what only looks like them."""

from importlib.resources import files

import pytest

from temoin.read.lexicon import WordSet, lexicon
from tests.read.claims_table import Expected, check, told

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "de" / "second").is_dir(), reason="the German parsers have not been trained (make models LANGS=de)"
)

AROUND = "\nEs geht um Menschenrechtler, Dissidenten und Minderheiten."

CASES = {
    "compound of arrests": ("Massenverhaftungen unter Anwälten in Karsabad.", [Expected("detention")]),
    "compound of killing": ("Seit Jahresbeginn zählte das Komitee 17 Journalistenmorde.", [Expected("killing", "asserts", "Komitee", (17, 17))]),
    "particle at the end": ("Bei der Razzia griffen Beamte 48 Männer auf.", [Expected("detention", "asserts", None, (48, 48))]),
    "beaten, parted": ("Beamte prügelten auf den Studenten ein.", [Expected("torture")]),
    "noun and verb, verb second": ("Der Staatsschutz stellte den Anwalt Jonas Brell unter Arrest.", [Expected("detention")]),
    "noun and verb, verb last": ("Der Staatsschutz hat den Anwalt Jonas Brell unter Arrest gestellt.", [Expected("detention")]),
    "remand ordered": ("Gegen vier Redakteure ordnete ein Richter Untersuchungshaft an.", [Expected("detention", "asserts", None, (4, 4))]),
    "languishing": ("Hunderte Regimegegner schmachten in den Kerkern von Orlan.", [Expected("detention", "asserts", None, (200, 999))]),
    "to prison": ("Der Dichter wanderte ins Gefängnis.", [Expected("detention")]),
    "into a car": ("Bewaffnete zerrten den Gewerkschaftsführer in einen Lieferwagen.", [Expected("abduction")]),
    "no trace": ("Von dem Priester fehlt seit Sonntag jede Spur.", [Expected("abduction")]),
    "missing, in a passive that the tagger misses": ("Seit dem Überfall werden fünf Fischer vermisst.", [Expected("abduction", count=(5, 5))]),
    "people who did not survive are no denied prisoners": (
        "Drei Häftlinge überlebten die Verhöre nicht.",
        [Expected("killing", "asserts", None, (3, 3))],
    ),
    "killed demonstrators are no demonstration": (
        "Scharfschützen töteten mehr als 30 Demonstranten.",
        [Expected("killing", "asserts", None, (31, None))],
    ),
    "an infinitive as what is said": (
        "Elf Frauen gaben an, sexuell genötigt worden zu sein.",
        [Expected("sexual_violence", "asserts", "Frauen", (11, 11))],
    ),
    "where, between the verb and its object": (
        "Soldaten vergewaltigten in dem Lager mindestens 15 Frauen.",
        [Expected("sexual_violence", "asserts", None, (15, None))],
    ),
    "a subject far from its participle": (
        "Hier waren nach dem Auftritt vom 22. September 57 Menschen festgenommen worden.",
        [Expected("detention", "asserts", None, (57, 57))],
    ),
    "a vigil with so many": (
        "Vor dem Gericht gab es eine Mahnwache mit rund 80 Teilnehmern.",
        [Expected("protest", "asserts", None, (72, 88))],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_careful_reader_finds_this(case: str) -> None:
    text, wanted = CASES[case]
    check(text + AROUND, "de", wanted)


NOTHING = {
    "suicide": "Der Rufmord an ihrem Ruf traf sie, ein Vorurteil blieb.",
    "a preposition is no particle": "Die Studenten griffen auf der Reise nach den Sternen.",
    "proposals": "Die Vorschläge der Kommission und ihre Rückschläge waren Thema.",
}


@pytest.mark.parametrize("case", NOTHING)
def test_words_that_only_end_alike_tell_nothing(case: str) -> None:
    assert told(NOTHING[case] + AROUND, "de") == []


def test_a_pattern_may_be_open_in_front() -> None:
    ends = WordSet(["*mord|*morde"])
    assert "journalistenmorde" in ends and "ehrenmord" in ends
    assert "mord" not in ends, "the word alone is another entry"


def test_parts_apart_stand_in_either_order_and_in_one_clause() -> None:
    def found(sentence: str) -> set[str]:
        return {h.entry.code for h in lexicon("de").hits(sentence.split()) if h.entry.others}

    assert "complaint" in found("sie reichte gestern klage ein .")
    assert "complaint" in found("dass sie klage einreichte .")
    assert "complaint" not in found("die klage hörte er , stellte ab .")


def test_a_separable_verb_is_found_as_the_one_word_it_makes() -> None:
    hits = lexicon("de").hits("sie nahmen ihn am abend fest .".split())
    assert any(h.entry.code == "detention" and h.start == 1 for h in hits)
    assert not any(h.entry.code == "detention" for h in lexicon("de").hits("sie nahmen fest an dem spiel teil .".split()))
