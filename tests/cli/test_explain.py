"""The explanation: every mark stands in brackets where the text has it, and the text between is left as it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from temoin.cli.explain import bounds, line, marked, sentences
from temoin.records import Claim, Count, Reading, Span

TEXT = "Officials were silent. According to the Harbour Network, at least three men were killed. Nothing else is known."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def claim(**more: object) -> Claim:
    quote = span("at least three men were killed")
    return Claim(start=quote.start, end=quote.end, quote=quote.text, event="killing", stance="asserts", **more)  # type: ignore[arg-type]


def test_the_sentence_shows_source_cue_event_and_number_in_brackets() -> None:
    found = claim(
        claimant="the Harbour Network",
        claimant_span=span("the Harbour Network"),
        cue=span("According to"),
        trigger=span("killed"),
        counted=span("at least three"),
    )
    reading = Reading(id="r", text=TEXT, claims=(found,))
    ((stretch, told),) = sentences(reading).items()
    assert marked(TEXT, *stretch, told).plain == (
        "[cue: According to] [who: the Harbour Network], [number: at least three] men were [event: killed]."
    )


def test_a_number_inside_an_event_stands_inside_its_brackets() -> None:
    text = "They helped about thirty people to leave."
    found = claim(trigger=span("helped about thirty people to leave", text), counted=span("about thirty", text))
    assert marked(text, 0, len(text), [found]).plain == "They [event: helped [number: about thirty] people to leave]."


def test_a_source_in_the_sentence_before_is_shown_with_it() -> None:
    found = claim(claimant="Officials", claimant_span=span("Officials"))
    ((stretch, _),) = sentences(Reading(id="r", text=TEXT, claims=(found,))).items()
    assert TEXT[slice(*stretch)].startswith("Officials were silent. According")


def test_a_claim_is_told_in_one_line() -> None:
    found = claim(
        claimant="he",
        claimant_name="Tomas Reder",
        via="Radio Quay",
        count=Count(low=3, high=None),
        when="2017-04",
        where="Chechnya",
        modality="alleged",
    )
    assert line(found) == "killing · he = Tomas Reder, through Radio Quay asserts · 3 or more · 2017-04 · Chechnya · alleged"
    assert bounds(Count(low=None, high=26)) == "26 or fewer"
    assert bounds(Count(low=20, high=99)) == "20 to 99"
    assert bounds(Count(low=None, high=None)) is None


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda two: Span(start=min(two), end=max(two), text=""))


@given(st.lists(st.tuples(SPANS, SPANS, SPANS), max_size=5))
def test_without_its_brackets_a_marked_sentence_is_the_sentence(spans: list[tuple[Span, Span, Span]]) -> None:
    claims = [claim(trigger=one, cue=two, counted=three) for one, two, three in spans]
    told = marked(TEXT, 0, len(TEXT), claims).plain
    assert re.sub(r"\[(who|cue|event|number): |\]", "", told) == TEXT
    assert told.count("[") == told.count("]")
