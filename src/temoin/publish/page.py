"""An account as one page of HTML that asks nobody for anything: no script, no request, readable on a phone, on paper and aloud.

The style sheet is inside, named by its digest in the content security policy, and nothing else is allowed to run or load.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from temoin.publish import news
from temoin.publish.atlas import atlas, spots
from temoin.publish.chart import Bar, Chart, chart, letters
from temoin.publish.index import Index, short_path
from temoin.publish.marks import Mark, astray, marked
from temoin.publish.neutral import direction, language_tag, line, neutral
from temoin.publish.phrases import Phrases, spoken
from temoin.publish.relays import drawing, relays
from temoin.publish.story import EventStory, numbers, spread, tell
from temoin.publish.wording import Words, words
from temoin.records import Reading
from temoin.records_account import Account, Figure, SourcedClaim

#: Beyond this many figures a drawing is a thicket; the table below it holds all of them.
_MOST_BARS = 48


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("temoin.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheet, and the source expression that allows it."""
    css = files("temoin.publish").joinpath("templates", "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Markup(css), f"'sha256-{digest}'"


@dataclass(frozen=True)
class Drawn:
    """The figures of one event: the drawing, where there is more than one to compare, and the rows of its table."""

    told: EventStory
    chart: Chart | None
    rows: tuple[tuple[str, Figure], ...]  # key letter, figure
    left_out: int


@dataclass(frozen=True)
class MarkedReport:
    """One report with its claims marked."""

    reading: Reading
    text: Markup
    astray: tuple[SourcedClaim, ...]  # claims whose words do not stand where they should


def html(account: Account, *, lang: str = "en", title: str | None = None, made: datetime | None = None) -> str:
    """Return the account as one self-contained page.

    lang: language of the page's own words, one of en fr ru es pt de; quotations stay as they are.
    title: the page's heading; by default it counts the reports. made: printed as the day of making.
    Raises Misused for another language, Broken where the account points at something it does not hold.
    """
    own = words(lang)
    index = Index(account)
    phrases = Phrases(index, own)
    story = tell(index)
    graph = relays(index)
    placed, unplaced = spots(index)
    style, style_source = _style()
    figured = [_drawn(told, phrases) for told in (*story.alleged, *story.done, *story.others) if index.figures_of_event[told.event.id]]
    has_drawing = bool(graph.links)
    return (
        _environment()
        .get_template("page.html")
        .render(
            account=account,
            index=index,
            story=story,
            news=news,
            spread=spread(story, own),
            numbers=numbers,
            w=own,
            colon=own.colon,
            say=own.say,
            p=phrases,
            spoken=spoken,
            line=line,
            neutral=neutral,
            short_path=short_path,
            title=line(title, 200) if title else own.say("page.title", len(account.readings)),
            made=made,
            style=style,
            style_source=style_source,
            page_lang=language_tag(own.lang),
            page_dir=direction(own.lang),
            drawn=tuple(each for each in figured if len(each.rows) > 1),
            lone=tuple(each for each in figured if len(each.rows) == 1),
            placed=placed,
            unplaced=unplaced,
            atlas=atlas(placed, title=own.say("section.map")) if placed else None,
            graph=graph,
            drawing=drawing(graph, title=own.say("section.relays")) if has_drawing else None,
            marked_reports=tuple(_marked(reading, index, own) for reading in account.readings),
        )
    )


def _drawn(told: EventStory, phrases: Phrases) -> Drawn:
    """Return an event's figures in order of time, each origin under its letter."""
    index, own = phrases.index, phrases.words
    figures = sorted(index.figures_of_event[told.event.id], key=lambda figure: (figure.day or date.max, figure.origin))
    seen: set[tuple[str, int | None, int | None, bool]] = set()
    rows: list[tuple[str, Figure]] = []
    keys: dict[str, str] = {}
    for figure in figures:
        signature = (figure.origin, figure.low, figure.high, figure.superseded_by is None)
        if signature not in seen:  # a repetition of the same number by the same origin says nothing new
            seen.add(signature)
            rows.append((keys.setdefault(figure.origin, letters(len(keys))), figure))
    bars = [_bar(key, figure, phrases) for key, figure in rows if (figure.low, figure.high) != (None, None)]
    picture = None
    if len({(bar.low, bar.high) for bar in bars}) > 1:  # one number, however often, is read faster than drawn
        reckoning = index.reckoning_of_event.get(told.event.id)
        picture = chart(
            bars[:_MOST_BARS],
            digits=own.digits,
            days=own.short_day,
            undated=own.say("text.undated"),
            span=(reckoning.low, reckoning.high) if reckoning else None,
        )
    return Drawn(told, picture, tuple(rows), max(0, len(bars) - _MOST_BARS))


def _bar(key: str, figure: Figure, phrases: Phrases) -> Bar:
    own, index = phrases.words, phrases.index
    said = own.say("summary.figure", number=own.count(figure.low, figure.high), origin=index.origin_name(figure.origin))
    return Bar(
        key,
        figure.low,
        figure.high,
        figure.day,
        figure.superseded_by is not None,
        f"{said}, {own.short_day(figure.day)}",
        index.claim_anchor[figure.claim],
    )


def _marked(reading: Reading, index: Index, own: Words) -> MarkedReport:
    claims: Sequence[SourcedClaim] = index.claims_of_report[reading.id]
    lost = set(astray(reading.text, [(sourced.claim.start, sourced.claim.end, sourced.claim.quote) for sourced in claims]))
    marks = []
    for n, sourced in enumerate(claims):
        if n not in lost:
            anchor = index.claim_anchor[sourced.id]
            kind = own.say(f"event.{sourced.claim.event}")
            if sourced.claim.stance != "asserts":
                kind = f"{kind}{own.colon} {own.say(f'stance.{sourced.claim.stance}')}"
            label = f"{own.say('page.back')}{own.colon} {kind}"
            marks.append(Mark(sourced.claim.start, sourced.claim.end, anchor, f"l-{anchor}", label, kind, not sourced.claim.sure))
    return MarkedReport(reading, marked(reading.text, marks, reading.furniture), tuple(claims[n] for n in sorted(lost)))
