"""Names taken apart, and names taken for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.account.geography import Geography
from temoin.account.likeness import alike
from temoin.account.names import take_apart
from temoin.account.parties import Parties
from temoin.account.spelling import is_cyrillic, skeleton
from temoin.account.wording import wording
from temoin.records import Claim, Place, Reading


def _reading(rid: str, lang: str, *names: str, outlet: str | None = None, where: str | None = None, country: str | None = None) -> Reading:
    claims = tuple(
        Claim(start=n, end=n + 1, quote="x", event="killing", stance="asserts", claimant=name, claimant_name=name, where=where)
        for n, name in enumerate(names)
    )
    places = (Place(start=0, end=1, name=where, country=country, lat=None, lon=None),) if where else ()
    return Reading(id=rid, lang=lang, outlet=outlet, text="x" * 40, claims=claims, places=places)


def _parties(*readings: Reading) -> list[set[str]]:
    return [set(party.names) for party in Parties(readings, Geography(readings)).all]


@pytest.mark.parametrize(
    ("name", "lang", "core"),
    [
        ("the Russian newspaper Novaya Gazeta", "en", "Novaya Gazeta"),
        ("le journal russe Novaïa Gazeta", "fr", "Novaïa Gazeta"),
        ("газета «Новая газета»", "ru", "Новая газета"),
        ("die Zeitung Wolschski Listok", "de", "Wolschski Listok"),
        ("interior minister Gloria Paz", "en", "Gloria Paz"),
        ("President Vladimir Putin", "en", "Vladimir Putin"),
        ("le président Emmanuel Macron", "fr", "Emmanuel Macron"),
        ("eine Sprecherin der Organisation Casa Puente", "de", "Casa Puente"),
        ("Luis Ortega, the bishop", "en", "Luis Ortega"),
        ("Media Workers' Union", "en", "Media Workers' Union"),
        ("Radio Lumière", "fr", "Radio Lumière"),
        ("bispo Luis Ortega", "pt", "Luis Ortega"),
        ("la ONG Casa Puente", "es", "Casa Puente"),
        ("НКО Северный мост", "ru", "Северный мост"),
        ("NGO Monitor", "en", "NGO Monitor"),
        ("Правозащитники из Nile Rights Desk", "ru", "Nile Rights Desk"),
        ("Представитель внешнеполитической службы ЕС Ильзе Брандт", "ru", "Ильзе Брандт"),
    ],
)
def test_a_proper_name_is_found_behind_its_titles(name: str, lang: str, core: str) -> None:
    got = take_apart(name, lang)
    assert (got.sort, got.core) == ("name", core)


@pytest.mark.parametrize(
    ("name", "lang", "office"),
    [
        ("Russia's interior minister", "en", "interior_minister"),
        ("Le ministre égyptien de l'Intérieur", "fr", "interior_minister"),
        ("Das Innenministerium", "de", "interior_ministry"),
        ("министерстве внутренних дел", "ru", "interior_ministry"),
        ("la Policía Nacional", "es", "police"),
        ("os organizadores", "pt", "organisers"),
        ("the French president", "en", "president"),
    ],
)
def test_an_office_is_no_person(name: str, lang: str, office: str) -> None:
    got = take_apart(name, lang)
    assert (got.sort, got.office) == ("office", office)


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("several associations", "en"),
        ("an official", "en"),
        ("witnesses", "en"),
        ("A UN official", "en"),
        ("Human Rights Watch researchers", "en"),
        ("he", "en"),
        ("plusieurs associations", "fr"),
        ("un rescapé", "fr"),
        ("Ein Beamter des Innenministeriums", "de"),
        ("die sieben Überlebenden", "de"),
        ("двоюродный брат", "ru"),
        ("сотрудника министерства внутренних дел", "ru"),
        ("un vecino", "es"),
        ("um alto funcionário norte-americano", "pt"),
        ("Las autoridades", "xx"),
    ][:-1],
)
def test_an_unnamed_source_stays_unnamed(name: str, lang: str) -> None:
    assert take_apart(name, lang).sort == "unnamed"


@given(st.text(max_size=80), st.sampled_from(["en", "fr", "ru", "es", "pt", "de", None, "xx"]))
def test_any_string_can_be_taken_apart(name: str, lang: str | None) -> None:
    got = take_apart(name, lang)
    assert got.sort in ("name", "office", "unnamed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Новая газета", "Novaya Gazeta"),
        ("Novaïa Gazeta", "Novaya Gazetta"),
        ("Wera Sokolowa", "Вера Соколова"),
        ("Волжский листок", "Wolschski Listok"),
        ("Волжскому листку", "Volzhsky Listok"),
        ("Ильзе Брандт", "Ilse Brandt"),
        ("Эрнан Руэда", "Hernán Rueda"),
        ("Ренсо Монкады", "Ренсо Монкада"),
        ("Рамзан Кадыров", "Ramzan Kadyrow"),
    ],
)
def test_one_name_is_known_in_another_spelling_script_or_case(one: str, other: str) -> None:
    bones = [tuple(skeleton(word) for word in name.split()) for name in (one, other)]
    assert alike(bones[0], bones[1], one_language=False, cyrillic=is_cyrillic(one) + is_cyrillic(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anton Orlov", "Antonia Orlova"),
        ("Александр Соколов", "Александра Соколова"),
        ("Maria Orlova", "Marina Orlova"),
        ("Casa Puente", "Casa Aberta"),
        ("North Bridge", "Pont du Nord"),
        ("Radio 24", "Radio 26"),
        ("Jana Wirth", "Jana Thölke"),
        ("Paz", "Pons"),
    ],
)
def test_names_that_differ_in_more_than_spelling_stay_apart(one: str, other: str) -> None:
    bones = [tuple(skeleton(word) for word in name.split()) for name in (one, other)]
    assert alike(bones[0], bones[1], one_language=True, cyrillic=is_cyrillic(one) + is_cyrillic(other)) is None


def test_a_newspaper_is_one_party_in_three_languages() -> None:
    found = _parties(
        _reading("a", "en", "the Russian newspaper Novaya Gazetta"),
        _reading("b", "fr", "Novaïa Gazeta"),
        _reading("c", "ru", "«Новая газета»"),
    )
    assert found == [{"Novaya Gazetta", "Novaïa Gazeta", "Новая газета"}]


def test_a_surname_is_its_full_name_in_the_same_report_only_where_one_bears_it() -> None:
    assert {"Paul Desmaret", "Desmaret"} in _parties(_reading("a", "en", "Paul Desmaret", "Desmaret"))
    two = _parties(_reading("a", "en", "Paul Desmaret"), _reading("b", "en", "Anne Desmaret"), _reading("c", "en", "Desmaret"))
    assert {"Desmaret"} in two and len(two) == 3


def test_an_acronym_is_its_full_name() -> None:
    assert {"Human Rights Watch", "HRW"} in _parties(_reading("a", "en", "Human Rights Watch"), _reading("b", "fr", "HRW"))


def test_the_police_of_two_countries_are_two_parties() -> None:
    found = _parties(
        _reading("a", "en", "the police", where="Cairo", country="EG"),
        _reading("b", "es", "la policía", where="Bogotá", country="CO"),
        _reading("c", "fr", "la police", where="Bogotá", country="CO"),
    )
    assert sorted(len(names) for names in found) == [1, 2]


def test_the_head_of_a_house_is_not_the_house() -> None:
    got = take_apart("La directrice d’Human Rights Watch en Russie", "fr")
    assert (got.sort, got.core, got.kind) == ("name", "directrice d’Human Rights Watch en Russie", "person")
    assert take_apart("the director of Human Rights Watch in Russia, Tanya Lokshina", "en").core == "Tanya Lokshina"
    assert take_apart("a spokesman for Human Rights Watch", "en").core == "Human Rights Watch"
    assert take_apart("the head of the UN mission", "en").body == ""


def test_two_who_speak_together_are_neither_of_the_two() -> None:
    found = _parties(_reading("a", "en", "The Kremlin and Chechen government", "the Chechen government"))
    assert len(found) == 2


def test_every_merge_says_why_and_how_sure() -> None:
    readings = [_reading("a", "en", "Volzhsky Listok"), _reading("b", "ru", "Волжскому листку")]
    party = Parties(readings, Geography(readings)).all[0]
    assert party.merges and all(merge.why and 0 < merge.score <= 1 for merge in party.merges)


@pytest.mark.parametrize("lang", ["en", "fr", "ru", "es", "pt", "de"])
@given(st.text(max_size=30))
def test_where_phrases_are_looked_for_at_first_letters_only_none_is_lost(lang: str, text: str) -> None:
    words = wording(lang)
    pattern = words.copied
    assert pattern is not None
    slow = re.compile(re.sub(r"\(\?=\[[^\]]*\]\)", "", pattern.pattern, count=1))
    for phrase in (text, f"{text} originally published on {text}", f"{text} com informações da {text}", f"{text} по материалам {text}"):
        assert [got.span() for got in pattern.finditer(phrase)] == [got.span() for got in slow.finditer(phrase)]


def test_an_organisation_is_known_behind_the_word_for_what_it_is_where_its_name_stands_alone_elsewhere() -> None:
    found = _parties(_reading("a", "de", "Organisation Nile Rights Desk"), _reading("b", "en", "Nile Rights Desk"))
    assert {"Organisation Nile Rights Desk", "Nile Rights Desk"} in found
    alone = _parties(_reading("a", "es", "Colectivo Manglar Vivo"), _reading("b", "en", "Manglar Norte"))
    assert {"Colectivo Manglar Vivo"} in alone
