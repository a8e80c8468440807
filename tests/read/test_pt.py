"""Portuguese: sentences, and what a careful reader finds in them."""

import pytest

from tests.read.claims_table import Expected, check

CASES = {
    "passiva com limite": (
        "A Amnistia Internacional afirma que pelo menos quarenta ativistas foram detidos na capital.",
        [Expected("detention", "asserts", "Amnistia Internacional", (40, None))],
    ),
    "segundo, no início": (
        "Segundo a Liga dos Direitos Humanos, mais de duzentos camponeses foram mortos por soldados.",
        [Expected("killing", "asserts", "Liga dos Direitos", (201, None))],
    ),
    "de acordo com, no fim": (
        "Três jornalistas foram sequestrados em março, de acordo com a redação do jornal.",
        [Expected("abduction", "asserts", "redação", (3, 3))],
    ),
    "verbo de dizer invertido": (
        "Até sessenta pessoas foram torturadas na prisão, disse o sindicato dos advogados.",
        [Expected("torture", "asserts", "sindicato", (None, 60))],
    ),
    "discurso direto com pronome enclítico": (
        "«Espancaram-nos durante dois dias», conta um estudante libertado.",
        [Expected("torture", "asserts", "estudante")],
    ),
    "levaram-no": (
        "«Levaram-no de madrugada», contou a mulher do jornalista.",
        [Expected("abduction", "asserts", "mulher")],
    ),
    "condicional de rumor": (
        "Dezenas de opositores teriam sido torturados num quartel, segundo uma ONG.",
        [Expected("torture", "asserts", "ONG", (20, 99))],
    ),
    "negação com conjuntivo": (
        "O Ministério do Interior negou que ativistas tenham sido torturados.",
        [Expected("torture", "denies", "Ministério")],
    ),
    "negação no discurso direto": (
        "«Ninguém foi torturado no quartel», declarou a ministra a propósito dos direitos humanos.",
        [Expected("torture", "denies", "ministra")],
    ),
    "nenhum": ("Nenhum ativista foi detido, assegurou a polícia.", [Expected("detention", "denies", "polícia")]),
    "promessa de vistos": (
        "O ministro dos Negócios Estrangeiros prometeu cinquenta vistos humanitários aos escritores perseguidos.",
        [Expected("asylum", "promises", "ministro", (50, 50)), Expected("persecution", "asserts", "ministro")],
    ),
    "exigência": (
        "A oposição exige uma investigação independente às detenções.",
        [Expected("investigation", "demands", "oposição"), Expected("detention", "asserts", "oposição")],
    ),
    "pedido com conjuntivo": (
        "As associações pediram à procuradoria que abra um inquérito sobre a tortura de detidos.",
        [Expected("investigation", "demands", "associações"), Expected("torture", "asserts", "associações")],
    ),
    "ameaça, fonte no fim": (
        "O imã recebeu ameaças de morte, diz o seu advogado, ativista dos direitos humanos.",
        [Expected("threat", "asserts", "advogado")],
    ),
    "sentença": (
        "Um tribunal condenou quatro dissidentes a nove anos de prisão.",
        [Expected("judgment", "asserts", None, (4, 4))],
    ),
    "queixa": (
        "A família do ativista apresentou queixa por tortura.",
        [Expected("complaint"), Expected("torture")],
    ),
    "nenhuma queixa": ("A provedora diz não ter recebido qualquer queixa de homossexuais.", [Expected("complaint", "doubts", "provedora")]),
    "vigília": (
        "Cerca de trezentas pessoas fizeram uma vigília pelo ativista assassinado diante da embaixada.",
        [Expected("protest", "asserts", None, (270, 330)), Expected("killing")],
    ),
    "abaixo-assinado": (
        "A petição pela libertação dos jornalistas reuniu 80 mil assinaturas.",
        [Expected("campaign", "asserts", None, (80000, 80000))],
    ),
    "condenação de um parlamento": (
        "O Parlamento Europeu condenou a perseguição dos crentes.",
        [Expected("condemnation", "asserts", "Parlamento Europeu"), Expected("persecution", "asserts", "Parlamento Europeu")],
    ),
    "pronome": (
        "Maria Lopes, médica, trata refugiados homossexuais. Ela garante que sete deles foram violados na prisão.",
        [Expected("sexual_violence", "asserts", "Maria Lopes", (7, 7))],
    ),
    "oração relativa": ("Os polícias que espancaram os manifestantes homossexuais serão ouvidos.", [Expected("torture")]),
    "pôr a salvo": (
        "A associação pôs a salvo 14 ativistas e as suas famílias, disse a presidente.",
        [Expected("evacuation", "asserts", "presidente", (14, 14))],
    ),
    "particípio antes do sujeito": (
        "Foram registadas 64 detenções de jornalistas desde janeiro, segundo o Observatório da Imprensa.",
        [Expected("detention", "asserts", "Observatório da Imprensa", (64, 64))],
    ),
    "passiva com se": (
        "Prenderam-se três pastores evangélicos na quarta-feira, relatou a Igreja.",
        [Expected("detention", "asserts", "Igreja", (3, 3))],
    ),
    "intervalo": (
        "Foram detidos entre 12 e 15 sindicalistas, avançou o semanário Voz Operária.",
        [Expected("detention", "asserts", "Voz Operária", (12, 15))],
    ),
    "terra e casas": (
        "«Expulsaram-nos da nossa terra e queimaram as casas», lamentou um líder indígena.",
        [Expected("displacement", "asserts", "líder indígena"), Expected("persecution", "asserts", "líder indígena")],
    ),
    "refúgio no Brasil": (
        "O governo brasileiro concedeu refúgio a nove ativistas perseguidos.",
        [Expected("asylum", "asserts", None, (9, 9)), Expected("persecution", "asserts", None, (9, 9))],
    ),
    "chegada dos primeiros": (
        "O Canadá recebeu os primeiros 20 refugiados gays na terça-feira.",
        [Expected("asylum", "asserts", None, (20, 20))],
    ),
    "dúvida": ("A polícia não confirmou as mortes de opositores.", [Expected("killing", "doubts", "polícia")]),
    "infinitivo composto": (
        "A ativista afirmou ter sido estuprada por três policiais na delegacia.",
        [Expected("sexual_violence", "asserts", "ativista")],
    ),
    "estar desaparecido": (
        "Onze ativistas LGBT estão desaparecidos há duas semanas, alertou a rede Voz Livre.",
        [Expected("abduction", "asserts", "Voz Livre", (11, 11))],
    ),
    "continuam presos": (
        "De acordo com a Ordem dos Advogados, 14 advogados continuam presos.",
        [Expected("detention", "asserts", "Ordem dos Advogados", (14, 14))],
    ),
    "futuro com ir": (
        "A ONG vai pagar as despesas médicas de seis sobreviventes de tortura.",
        [Expected("aid", "promises", "ONG", (6, 6)), Expected("torture")],
    ),
    "sanções": (
        "A União Europeia aprovou sanções contra oito generais acusados de tortura.",
        [Expected("sanction", "asserts", None, (8, 8)), Expected("torture")],
    ),
    "sair às ruas": (
        "Mais de mil pessoas saíram às ruas de São Paulo contra o assassinato da vereadora.",
        [Expected("protest", "asserts", None, (1001, None)), Expected("killing")],
    ),
    "relatório que documenta": (
        "O relatório da ONU documenta 140 execuções extrajudiciais e 67 desaparecimentos forçados.",
        [Expected("killing", "asserts", "ONU", (140, 140)), Expected("abduction", "asserts", "ONU", (67, 67))],
    ),
    "acusar de": (
        "A deputada acusou a polícia de espancar vinte manifestantes.",
        [Expected("torture", "asserts", "deputada", (20, 20))],
    ),
    "o número de": (
        "A organização calcula em mais de 300 o número de detidos.",
        [Expected("detention", "asserts", "organização", (301, None))],
    ),
    "negação sem nome": (
        "O porta-voz do exército disse desconhecer o caso dos camponeses desaparecidos.",
        [Expected("abduction", "doubts", "porta-voz")],
    ),
}

NOTHING = {
    "o futebol": "O atacante executou uma cobrança de falta perfeita e matou o jogo no domingo, pela Copa.",
    "um acidente": "Pelo menos doze pessoas morreram num acidente de autocarro, segundo a polícia.",
    "uma enchente": "Centenas de moradores fugiram das suas casas por causa da enchente, disse o prefeito.",
    "os negócios": "A empresa enterrou o projeto e cortou 300 postos de trabalho, souberam os investidores da bolsa.",
    "uma hipótese": "Se o ativista for detido outra vez, ninguém no escritório de direitos humanos saberá.",
    "um filme": "O filme conta um assassinato numa pequena cidade; o ator faz de homem perseguido.",
    "o crime comum": "Um homem foi preso por fraude; bêbado, tinha atropelado e matado um peão.",
    "uma receita": "A receita leva três ovos batidos e cem gramas de açúcar.",
    "o tráfico": "A polícia apreendeu 40 quilos de cocaína e deteve dois traficantes no porto.",
    "a expulsão em campo": "O clube foi condenado a pagar multa depois da expulsão do treinador no segundo tempo.",
    "os lobos": "O exército de lobos matou trinta ovelhas do rebanho, queixou-se o pastor.",
    "uma goleada": "A seleção foi massacrada pela equipa visitante e o treinador assumiu a culpa.",
    "uma colisão": "O motorista morreu e três passageiros ficaram feridos na colisão entre um caminhão e um automóvel.",
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_portuguese_sentence_tells_is_found(case: str) -> None:
    text, wanted = CASES[case]
    check(text, "pt", wanted)


@pytest.mark.parametrize("case", NOTHING)
def test_a_portuguese_sentence_that_tells_nothing_of_ours_makes_no_claim(case: str) -> None:
    check(NOTHING[case], "pt", [])
