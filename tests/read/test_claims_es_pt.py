"""Spanish and Portuguese: ways of telling that reports of another hand showed, and what a careful reader finds in them.

Each sentence is read behind one that holds no event, so that the gate lets it pass.
"""

from __future__ import annotations

from datetime import date

import pytest

from temoin.read import read

CONTEXT = {
    "es": "La asociación defiende los derechos de las minorías y de los periodistas en todo el país. ",
    "pt": "A associação defende os direitos das minorias e dos jornalistas em todo o país. ",
}
Wanted = tuple[str, str, str | None, tuple[int | None, int | None] | None]

#: language, sentence, and claims that must be among those found: event, stance, a part of the claimant (None: own voice), bounds
CASES: list[tuple[str, str, list[Wanted]]] = [
    ("es", "El escritor fue baleado frente a su casa.", [("killing", "asserts", None, None)]),
    ("es", "Lo tuvieron nueve días en un sótano.", [("detention", "asserts", None, None)]),
    ("es", "Se llevaron detenidas a cuatro estudiantes.", [("detention", "asserts", None, (4, 4))]),
    ("es", "De los dos fotógrafos nada se sabe desde el martes.", [("abduction", "asserts", None, (2, 2))]),
    ("es", "A los catequistas los bajaron de su camioneta unos policías.", [("abduction", "asserts", None, None)]),
    ("es", "Les dieron una golpiza en el cuartel.", [("torture", "asserts", None, None)]),
    ("es", "A una la violaron en el furgón, denuncia la abogada Irene Paz.", [("sexual_violence", "asserts", "Irene Paz", None)]),
    ("es", "Le dejaron una bala en el buzón.", [("threat", "asserts", None, None)]),
    ("es", "Los agentes irrumpieron en la sede del sindicato.", [("persecution", "asserts", None, None)]),
    ("es", "Unas 90 familias abandonaron la zona.", [("displacement", "asserts", None, (81, 99))]),
    ("es", "A mi colega lo acusaron de sedición.", [("investigation", "asserts", None, None)]),
    ("es", "El tribunal suspende la ley contra los sindicatos.", [("judgment", "asserts", None, None)]),
    ("es", "El Gobierno recurrirá.", [("complaint", "promises", "Gobierno", None)]),
    ("es", "El colectivo pide la destitución de los agentes implicados.", [("sanction", "demands", "colectivo", None)]),
    ("es", "La alcaldesa tachó de cobarde la agresión.", [("condemnation", "asserts", "alcaldesa", None)]),
    ("es", "La red trajo a España a diecisiete periodistas.", [("evacuation", "asserts", None, (17, 17))]),
    ("es", "Las primeras cinco visas fueron expedidas ayer.", [("asylum", "asserts", None, (5, 5))]),
    ("es", "La parroquia les abrió sus salones.", [("aid", "asserts", None, None)]),
    ("es", "Unas monjas esconden en su convento a tres estudiantes perseguidos.", [("aid", "asserts", None, (3, 3))]),
    ("es", "El viernes encenderemos velas frente al Congreso.", [("protest", "promises", None, None)]),
    ("es", "Tampoco ha podido corroborarse la denuncia de torturas, admite la fiscal Luz Gil.", [("torture", "doubts", "Luz Gil", None)]),
    ("es", "La juez Ana Roa, quien habló ayer, afirmó que los dos activistas habían sido juzgados.", [("judgment", "asserts", "Ana Roa", (2, 2))]),
    (
        "es",
        "Los organizadores cifran en 5.000 los asistentes a la marcha; la policía, en 800.",
        [("protest", "asserts", "organizadores", (5000, 5000)), ("protest", "asserts", "policía", (800, 800))],
    ),
    (
        "es",
        "El ministro propondrá a sus socios la adopción de sanciones contra los jueces.",
        [("sanction", "promises", "ministro", None)],
    ),
    (
        "es",
        "El obispo lamenta la detención, el pasado 26 de marzo, de veintiséis miembros de la comunidad bahaí.",
        [("detention", "asserts", "obispo", (26, 26))],
    ),
    (
        "es",
        "La Red Amparo ha resuelto:\n1. Otorgar hasta treinta becas.\n2. Pagar la defensa de los presos.",
        [("aid", "promises", "Red Amparo", None)],
    ),
    ("pt", "A polícia invadiu o terreiro e bateu nas mulheres.", [("persecution", "asserts", None, None), ("torture", "asserts", None, None)]),
    ("pt", "O catequista foi levado por homens fardados; nenhum voltou.", [("abduction", "asserts", None, None)]),
    ("pt", "Pelo menos seis raparigas foram vítimas de violação.", [("sexual_violence", "asserts", None, (6, None))]),
    ("pt", "Deixaram-lhe um caixão à porta.", [("threat", "asserts", None, None)]),
    ("pt", "A equipa irá ao terreno em breve, garante o ministro.", [("investigation", "promises", "ministro", None)]),
    ("pt", "A entidade entrará com representação na procuradoria.", [("complaint", "promises", "entidade", None)]),
    ("pt", "O tribunal soltou nove dos detidos.", [("judgment", "asserts", None, (9, 9))]),
    ("pt", "O bispo pediu o afastamento do comandante.", [("sanction", "demands", "bispo", None)]),
    ("pt", "A vereadora classificou o crime como “covarde”.", [("condemnation", "asserts", "vereadora", None)]),
    ("pt", "Ajudámos outras nove a sair do país.", [("evacuation", "asserts", None, (9, 9))]),
    ("pt", "Na escola dormem 260 famílias.", [("aid", "asserts", None, (260, 260))]),
    ("pt", "Cerca de 20 mil pessoas se reúnem em frente à reitoria.", [("protest", "asserts", None, (18000, 22000))]),
    (
        "pt",
        "Dois indígenas foram mortos a tiros na segunda-feira, no município de Serra Alta, informou o Conselho Missionário (CM).",
        [("killing", "asserts", "Conselho Missionário", (2, 2))],
    ),
    (
        "pt",
        "O governo não dispõe de elementos que permitam confirmar a detenção de ativistas, disse a ministra Rita Sá.",
        [("detention", "doubts", "Rita Sá", None)],
    ),
    (
        "pt",
        "O bispo Rui Mota reconhece nove mortes, diz que quatro suspeitos estão presos e nega a tortura.",
        [("torture", "denies", "Rui Mota", None)],
    ),
]


@pytest.mark.parametrize(("lang", "sentence", "wanted"), CASES, ids=[f"{i[0]}-{i[1][:40]}" for i in CASES])
def test_what_a_sentence_tells_is_found(lang: str, sentence: str, wanted: list[Wanted]) -> None:
    claims = read(CONTEXT[lang] + sentence, lang=lang, published=date(2031, 5, 20)).claims
    got = [(c.event, c.stance, c.claimant_name, (c.count.low, c.count.high) if c.count else None) for c in claims]
    for event, stance, claimant, count in wanted:
        fits = [g for g in got if g[:2] == (event, stance) and g[3] == count and (g[2] is None if claimant is None else claimant in (g[2] or ""))]
        assert fits, got


#: what looks alike and tells nothing of ours
NOTHING: list[tuple[str, str]] = [
    ("es", "Nadie debe ser encarcelado por su fe, recordó el obispo."),
    ("es", "El negocio de los visados creció en abril."),
    ("es", "La finca abandonada está junto a la carretera."),
    ("pt", "Os negócios de vistos cresceram em abril."),
    ("pt", "CARTA ABERTA"),
]


@pytest.mark.parametrize(("lang", "sentence"), NOTHING)
def test_what_only_looks_alike_gives_nothing(lang: str, sentence: str) -> None:
    found = [
        (c.event, c.quote)
        for c in read(CONTEXT[lang] + "\n\n" + sentence, lang=lang, published=date(2031, 5, 20)).claims
        if c.event not in ("asylum",)
    ]
    assert found == []


#: sport, accidents, weather, business, films and ordinary crime that share our words
OTHER: list[tuple[str, str]] = [
    ("es", "El delantero disparó al ángulo y mató el partido; el técnico denunció al árbitro ante el comité. Los periodistas aplaudieron."),
    ("es", "Un autobús con estudiantes volcó en la carretera: murieron once personas. La policía investiga el accidente."),
    ("es", "El huracán dejó 14 muertos y miles de familias abandonaron sus casas; el Gobierno habilitó albergues y repartió alimentos."),
    ("es", "La película narra la persecución de un periodista secuestrado por la guerrilla; el actor recibió el premio a mejor protagonista."),
    ("pt", "A enchente deixou 14 mortos; a prefeitura montou abrigos e distribuiu cestas básicas às famílias. A chuva continua."),
    ("pt", "A polícia prendeu dois assaltantes após o roubo a um banco; o juiz decretou a prisão preventiva da quadrilha."),
    ("pt", "O filme conta a história de uma ativista torturada pela ditadura; a atriz ganhou o prêmio no festival."),
]


@pytest.mark.parametrize(("lang", "text"), OTHER)
def test_other_news_gives_no_claim(lang: str, text: str) -> None:
    assert read(text, lang=lang).claims == ()
