"""Speakers whom a sentence leaves unsaid: dropped subjects, "we", the body that writes a release, lists, live blogs."""

from __future__ import annotations

import pytest

from temoin.read import read
from temoin.records import Claim


def _claim(text: str, lang: str, event: str, stance: str = "asserts") -> Claim:
    found = [c for c in read(text, lang=lang).claims if c.event == event and c.stance == stance]
    assert found, [(c.event, c.stance, c.claimant, c.quote) for c in read(text, lang=lang).claims]
    return found[-1]


#: text, language, event, stance, words of the claimant's name (None: the report's own voice)
CASES = {
    "a dropped subject is whoever spoke last": (
        "La relatora Julia Mena visitó a los periodistas presos.\n\n«No tienen abogado», dijo Mena. Agregó que a nueve los torturaron en un cuartel.",
        "es", "torture", "asserts", "Mena",
    ),
    "over the items of a list": (
        "Manos Unidas por la Prensa exige al Gobierno:\n• que libere a los periodistas;\n• que los proteja;\n• que devuelva las cámaras.\n\n"
        "También pide a la fiscalía que investigue las amenazas.",
        "es", "investigation", "demands", "Manos Unidas",
    ),
    "or the person whom the text is about": (
        "El escritor Bruno Salas daba clase en la universidad. De los cuarenta poetas perseguidos, dice, once están presos.",
        "es", "detention", "asserts", "Salas",
    ),
    "a verb that opens a sentence is no name": (
        "El comisario Raúl Vega niega la persecución de los gais. Admite, eso sí, doce arrestos.", "es", "detention", "asserts", "Vega",
    ),
    "the future of a dropped subject": (
        "El abogado Samuel Ortiz defiende a los disidentes presos, según explicó Ortiz. No se rinde: recurrirá la sentencia.",
        "es", "complaint", "promises", "Ortiz",
    ),
    "a verb in the plural has no single speaker": (
        "El pescador Abdul Nuro voltou à aldeia. Disseram-lhe que nove refugiados foram mortos.", "pt", "killing", "asserts", None,
    ),
    "what we demand is the body's that writes": (
        "Comunicado da Casa Comum\n\nA Casa Comum repudia a violência contra os indígenas.\n\nExigimos ao governo que:\n"
        "1. investigue as mortes dos líderes;\n2. proteja as famílias.",
        "pt", "investigation", "demands", "Casa Comum",
    ),
    "what we tell is the text's own voice": (
        "Comunicado de la Red Faro\n\nLa Red Faro condena la persecución de las personas trans. "
        "Desde marzo hemos documentado catorce detenciones arbitrarias.",
        "es", "detention", "asserts", None,
    ),
    "what we condemn": (
        "Comunicado de la Red Faro\n\nLa Red Faro defiende a las personas trans. Condenamos el asesinato de dos activistas.",
        "es", "condemnation", "asserts", "Red Faro",
    ),
    "what is about the source is told by the report": (
        "Este ano, 37 terreiros perseguidos fecharam, de acordo com a Rede Axé Livre, que mantém um plantão jurídico para as vítimas.",
        "pt", "aid", "asserts", None,
    ),
    "a live blog's hour is nobody": (
        "18h30 - O sindicato dos jornalistas pede uma investigação das prisões.\n\n18h10 - A polícia prende dois repórteres.\n\n"
        "17h40 - Ativistas fogem para a igreja.",
        "pt", "investigation", "demands", "sindicato",
    ),
    "whoever the clause before a colon and a quotation is about": (
        "A irmã Graça, que dirige o centro de refugiados, não se cala: «Aqui já foram torturadas nove crianças e ninguém perguntou.»",
        "pt", "torture", "asserts", "Graça",
    ),
    "a role, a rank and a name behind a comma": (
        "«O exército não executa refugiados», respondeu por escrito o porta-voz, o brigadeiro Celso Dias.", "pt", "killing", "denies", "Celso Dias",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_an_unsaid_speaker_is_found_or_left_alone(case: tuple[str, str, str, str, str | None]) -> None:
    text, lang, event, stance, who = case
    claim = _claim(text, lang, event, stance)
    if who is None:
        assert claim.claimant is None
    else:
        assert who in (claim.claimant_name or "")
