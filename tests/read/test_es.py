"""Spanish: what a careful reader finds in one sentence, and where nothing is to be found.

Every sentence is invented. Each is read together with a sentence of context, which holds no event, so that the gate lets it pass.
"""

from __future__ import annotations

from importlib.resources import files

import pytest

from temoin.read.report import read
from temoin.records import Claim

pytestmark = pytest.mark.skipif(
    not (files("temoin.languages") / "es" / "second").is_dir(), reason="the Spanish parsers have not been trained (make models LANGS=es)"
)

_CONTEXT = "La asociación defiende los derechos de las minorías y de los periodistas en todo el país. "
Expected = tuple[str, str, str | None, tuple[int | None, int | None] | None]


def _claims(sentence: str) -> list[Claim]:
    return list(read(_CONTEXT + sentence, lang="es").claims)


#: id → sentence, and per claim its event, stance, a part of the claimant (None: the report's own voice) and bounds (None: no number).
FOUND: dict[str, tuple[str, list[Expected]]] = {
    "passive": ("Catorce periodistas fueron detenidos en la capital.", [("detention", "asserts", None, (14, 14))]),
    "reflexive passive": ("Se detuvo a nueve activistas durante la noche.", [("detention", "asserts", None, (9, 9))]),
    "impersonal plural": ("Detuvieron a seis estudiantes a la salida de la facultad.", [("detention", "asserts", None, (6, 6))]),
    "participle beside its noun": (
        "Los ocho opositores encarcelados en mayo no han visto todavía a un médico.",
        [("detention", "asserts", None, (8, 8))],
    ),
    "state after an arrest": ("Veintiún estudiantes siguen en prisión preventiva.", [("detention", "asserts", None, (21, 21))]),
    "noun reported": ("El colectivo Voz Clara documentó la detención de ocho sindicalistas.", [("detention", "asserts", "Voz Clara", (8, 8))]),
    "noun denounced": ("La diócesis denuncia la desaparición forzada de tres catequistas.", [("abduction", "asserts", "diócesis", (3, 3))]),
    "source before": (
        "Según la asociación Puente Abierto, al menos 31 creyentes fueron torturados en la comisaría.",
        [("torture", "asserts", "Puente Abierto", (31, None))],
    ),
    "source behind": ("Más de 200 familias huyeron de sus aldeas, según la Cruz Verde.", [("displacement", "asserts", "Cruz Verde", (201, None))]),
    "source behind its verb": (
        "Unas 40 familias huyeron de sus aldeas, según informó el portavoz de la parroquia.",
        [("displacement", "asserts", "portavoz", (36, 44))],
    ),
    "cue behind": ("Los soldados mataron a siete campesinos, afirmó el obispo.", [("killing", "asserts", "obispo", (7, 7))]),
    "that-clause": ("La abogada Irene Solís aseguró que cinco catequistas habían sido golpeadas.", [("torture", "asserts", "Irene Solís", (5, 5))]),
    "perfect infinitive": ("El comité dice haber verificado doce asesinatos.", [("killing", "asserts", "comité", (12, 12))]),
    "hearsay conditional": ("Decenas de familias habrían huido al monte.", [("displacement", "asserts", None, (20, 99))]),
    "denied clause": ("El gobernador negó que la policía hubiera torturado a los detenidos.", [("torture", "denies", "gobernador", None)]),
    "denied noun": ("El Ministerio del Interior desmiente las torturas.", [("torture", "denies", "Ministerio del Interior", None)]),
    "negated passive": ("El alcalde insistió en que ningún periodista fue secuestrado.", [("abduction", "denies", "alcalde", None)]),
    "reflexive negated": ("El fiscal aseguró que no se maltrató a nadie.", [("torture", "denies", "fiscal", None)]),
    "blanket denial": (
        "Doce opositores fueron torturados. «Esas informaciones son una mentira absoluta», respondió el ministro Pablo Arce.",
        [("torture", "asserts", None, (12, 12)), ("persecution", "denies", "Pablo Arce", None)],
    ),
    "no such people": (
        "Doce opositores fueron torturados. «Aquí no hay homosexuales», declaró el gobernador Tomás Vega.",
        [("torture", "asserts", None, (12, 12)), ("persecution", "denies", "Tomás Vega", None)],
    ),
    "doubt": ("La defensora del pueblo no pudo confirmar las detenciones.", [("detention", "doubts", "defensora del pueblo", None)]),
    "promise": ("La fiscalía prometió abrir una investigación.", [("investigation", "promises", "fiscalía", None)]),
    "promise by the future": ("La organización presentará una queja ante la corte.", [("complaint", "promises", "organización", None)]),
    "going to": ("El Gobierno va a investigar los hechos.", [("investigation", "promises", "Gobierno", None)]),
    "demand in the subjunctive": ("El colectivo exigió que se investigue lo ocurrido.", [("investigation", "demands", "colectivo", None)]),
    "demand of somebody": ("La red pidió al Gobierno que conceda visados a los periodistas.", [("asylum", "demands", "red", None)]),
    "sentence": ("Un tribunal condenó a doce años de cárcel a dos poetas.", [("judgment", "asserts", None, (2, 2))]),
    "condemnation": ("La presidenta de la comisión condenó los hechos.", [("condemnation", "asserts", "presidenta de la comisión", None)]),
    "concern": ("La relatora expresó su profunda preocupación por la suerte de la minoría.", [("condemnation", "asserts", "relatora", None)]),
    "asylum granted": ("Canadá concedió asilo a 17 disidentes.", [("asylum", "asserts", None, (17, 17))]),
    "out of the country": ("La red ha sacado del país a 43 personas.", [("evacuation", "asserts", None, (43, 43))]),
    "demonstration": ("Unas 5.000 personas se manifestaron frente al ministerio.", [("protest", "asserts", None, (4500, 5500))]),
    "signatures": ("La petición ha reunido 12.000 firmas.", [("campaign", "asserts", None, (12000, 12000))]),
    "shelter": ("Una parroquia aloja a treinta familias.", [("aid", "asserts", None, (30, 30))]),
    "complaint": ("Cinco víctimas presentaron una denuncia ante la fiscalía.", [("complaint", "asserts", None, (5, 5))]),
    "sanctions": ("La Unión Europea impuso sanciones a seis generales.", [("sanction", "asserts", None, (6, 6))]),
    "threats": ("Los soldados amenazaron de muerte a la abogada.", [("threat", "asserts", None, None)]),
    "rape": ("Once mujeres fueron violadas durante la noche.", [("sexual_violence", "asserts", None, (11, 11))]),
    "still missing": ("Cuatro maestros siguen desaparecidos.", [("abduction", "asserts", None, (4, 4))]),
    "abducted": ("Hombres armados secuestraron a la misionera.", [("abduction", "asserts", None, None)]),
    "relative pronoun": (
        "Los 35 campesinos que fueron expulsados de sus tierras han vuelto al valle.",
        [("displacement", "asserts", None, (35, 35))],
    ),
    "dozens": ("Decenas de estudiantes fueron arrestados.", [("detention", "asserts", None, (20, 99))]),
    "up to": ("Hasta 26 activistas fueron asesinados.", [("killing", "asserts", None, (None, 26))]),
    "between": ("Entre cinco y siete monjas fueron secuestradas.", [("abduction", "asserts", None, (5, 7))]),
    "quotation over two sentences": (
        "«Nos golpearon durante horas. Nos aplicaron descargas eléctricas», contó la estudiante Marta Ruiz.",
        [("torture", "asserts", "Marta Ruiz", None), ("torture", "asserts", "Marta Ruiz", None)],
    ),
}

#: Reports of other matters that share our words; read as they stand.
OTHER: dict[str, str] = {
    "sport": "El Real Oriental ejecutó bien las faltas, fusiló al portero y mató el partido; el delantero fue expulsado en la prórroga.",
    "accident": "Doce personas murieron al volcar un autobús en la carretera; el conductor fue detenido y la lluvia dificultó el rescate.",
    "business": "La compañía persigue un beneficio de 40 millones y ejecutará el plan este trimestre, según anunció a los inversores en la bolsa.",
    "film": "La película se estrena el viernes: el actor huye de una prisión y es torturado por las dudas en este thriller.",
    "earthquake": "El terremoto de magnitud 6,1 dejó nueve muertos, un millar de evacuados y decenas de réplicas.",
    "burglary": "Los ladrones golpearon al joyero durante el atraco y huyeron en motocicleta con el dinero del robo.",
}

#: Our words in sentences that tell no event.
NOTHING: dict[str, str] = {
    "closing a door": "La fábrica de relojes cerró sus puertas en mayo.",
    "a reason": "Los motivos de la visita no se conocen.",
    "however": "Sin embargo, nadie respondió al teléfono.",
    "set going": "El ministerio puso en marcha una página nueva.",
    "opinion": "A juicio de la directora, faltan traductores.",
    "to stop something": "Nadie pudo detener el reloj.",
    "hypothesis": "Si lo detienen, su hermano cuidará de la casa.",
    "question": "¿Fueron torturados?",
    "sports page": "El ministro de deportes visitó las obras.",
}


@pytest.mark.parametrize("case", FOUND, ids=lambda x: x.replace(" ", "-"))
def test_what_a_careful_reader_finds_is_found(case: str) -> None:
    sentence, expected = FOUND[case]
    got = [(c.event, c.stance, c.claimant, (c.count.low, c.count.high) if c.count else None) for c in _claims(sentence)]
    assert [(e, s, n) for e, s, _, n in got] == [(e, s, n) for e, s, _, n in expected]
    for (_, _, claimant, _), (_, _, wanted, _) in zip(got, expected, strict=True):
        assert claimant == wanted if wanted is None else claimant is not None and wanted in claimant


@pytest.mark.parametrize("case", NOTHING, ids=lambda x: x.replace(" ", "-"))
def test_where_nothing_happened_nothing_is_found(case: str) -> None:
    assert _claims(NOTHING[case]) == []


@pytest.mark.parametrize("case", OTHER, ids=lambda x: x.replace(" ", "-"))
def test_sport_accidents_and_business_are_kept_out(case: str) -> None:
    assert read(OTHER[case], lang="es").claims == ()
