"""An account as PDF, set by Typst: what the page tells, in the same order, with every report at the end and its claims marked.

The account's words travel to the typesetter as data, never as markup. The same account gives the same pages; no clock is read.
"""

from __future__ import annotations

import itertools
import json as standard
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from temoin.errors import Broken, Misused
from temoin.publish import news
from temoin.publish.changes import ends
from temoin.publish.index import Index, short_path
from temoin.publish.marks import astray
from temoin.publish.neutral import direction, language_tag, line, neutral
from temoin.publish.speakers import told_as
from temoin.publish.story import EventStory, Told, numbers, spread, tell
from temoin.publish.wording import Words, words
from temoin.records import Reading
from temoin.records_account import Account, Event, SourcedClaim

Block = dict[str, Any]
Run = dict[str, Any]


def pdf(account: Account, *, lang: str = "en") -> bytes:
    """Return the account as PDF 1.7, A4, fonts inside.

    Raises as `html` does, and Misused where the typesetter is not installed.
    """
    try:
        import typst
    except ImportError as err:
        raise Misused("PDF needs the library typst, which is not installed", hint="install temoin[pdf], or print the .html page") from err
    own = words(lang)
    sheet = _Sheet(Index(account), own)
    given = {"title": own.say("page.title", len(account.readings)), "lang": own.lang, "blocks": list(sheet.blocks())}
    try:
        made = typst.compile(_template(), sys_inputs={"account": standard.dumps(given)}, format="pdf")
    except typst.TypstError as err:
        raise Broken(f"the typesetter could not set this account: {line(str(err), 300)}", hint="the .html page prints as well") from err
    if not isinstance(made, bytes):
        raise Broken("the typesetter gave no PDF")
    return made


@cache
def _template() -> bytes:
    return files("temoin.publish").joinpath("templates", "account.typ").read_bytes()


def _run(text: str, style: str = "", *, lang: str | None = None, to: str = "", ids: tuple[str, ...] = ()) -> Run:
    # Typst wants the bare language of two or three letters.
    tag = language_tag(lang).split("-")[0].lower()
    return {"t": text, "s": style, "lang": tag if len(tag) in (2, 3) else "", "rtl": direction(lang) == "rtl", "to": to, "ids": list(ids)}


class _Sheet:
    """One account as a list of blocks."""

    def __init__(self, index: Index, own: Words) -> None:
        self.index = index
        self.own = own
        self.story = tell(index)

    def blocks(self) -> Iterator[Block]:
        """Yield what is to be set, in order."""
        own, story, account = self.own, self.story, self.index.account
        yield {"k": "h1", "text": own.say("page.title", len(account.readings))}
        if account.readings:
            lead = own.say("summary.lead", reports=own.say("count.reports", len(account.readings)), origins=own.say("count.origins", story.origins))
            yield {"k": "lead", "text": lead}
            yield {"k": "p", "runs": [_run(spread(story, own), "m")]}
        else:
            yield {"k": "lead", "text": own.say("page.empty")}
        yield {"k": "stance", "text": own.say("page.stance")}
        if account.readings and not account.claims:
            yield {"k": "p", "runs": [_run(own.say("page.no_claims"))]}
        yield from self._news()
        yield from self._brief()
        for key, events in (("section.alleged", story.alleged), ("section.done", story.done), ("section.others", story.others)):
            if events:
                yield {"k": "h2", "text": own.say(key)}
            for told in events:
                yield from self._event(told)
        yield from self._answers()
        yield from self._drift()
        yield from self._gaps()
        yield from self._sources()
        if account.readings:
            yield {"k": "h2", "text": own.say("section.reports")}
        for reading in account.readings:
            yield from self._report(reading)
        yield {"k": "h2", "text": own.say("section.method")}
        for key in ("origin", "number", "check", *(("proposed",) if self.story.proposed else ()), "digest"):
            yield {"k": "li", "runs": [_run(own.say(f"method.{key}"))]}

    def _title(self, event: Event) -> list[Run]:
        own = self.own
        rest = [own.place(event.where)] if event.where else []
        rest += [own.edtf(event.when)] if event.when else []
        return [_run(" · ".join([own.say(f"event.{event.type}"), *rest]))]

    def _origin(self, key: str, style: str = "b") -> list[Run]:
        name, note = told_as(self.index, self.own, key)
        runs = [_run(name, style, lang=self.index.origin_lang(key))]
        return [*runs, _run(f" ({note})", "m")] if note else runs

    def _said(self, sourced: SourcedClaim) -> list[Run]:
        own = self.own
        lang = self.index.lang(sourced.report)
        where = f"{self.index.label(sourced.report)}, {own.short_day(self.index.day(sourced))}"
        runs = [_run(f"“{line(sourced.claim.quote, 400)}”", lang=lang), _run(" "), _run(where, "m", to=self.index.claim_anchor[sourced.id])]
        if sourced.claim.via:
            runs.append(_run(f", {own.say('text.via', name=line(sourced.claim.via, 60))}", "m"))
        if not sourced.claim.sure:
            runs += [_run(" "), _run(own.check(sourced.claim), "c")]
        return runs

    def _news(self) -> Iterator[Block]:
        own, since = self.own, self.index.account.since
        if since is None:
            return
        yield {"k": "h2", "text": own.say("section.news")}
        for text in (news.lead(since, own), news.gone(since, own), "" if since.news else own.say("news.nothing")):
            if text:
                yield {"k": "p", "runs": [_run(text)]}
        if since.news:
            yield {"k": "p", "runs": [_run(news.tally(since, own), "m")]}
        for group in news.groups(since, self.index):
            event, party = group.event, group.party
            title = self._title(self.index.events[event]) if event else self._origin(party, "") if party else [_run(own.say("section.others"))]
            yield {"k": "h3", "runs": title, "id": ""}
            for item in group.items:
                runs = [_run(own.say(f"news.{item.kind}"), "b")]
                if item.event is not None and event is None:
                    runs += [_run(" · "), _run(self._title(self.index.events[item.event])[0]["t"], to=self.index.event_anchor[item.event])]
                if item.origin is not None and party is None:
                    runs += [_run(" · "), *self._origin(item.origin, "")]
                runs += [_run(f" · {text}") for text in (news.number(item, own), news.change(item, self.index, own)) if text]
                yield {"k": "li", "runs": [*runs, _run(f"{own.colon} "), *self._said(self.index.claims[item.claim])]}

    def _brief(self) -> Iterator[Block]:
        """Yield the first page: each part of the summary in a few lines."""
        own, index, story = self.own, self.index, self.story
        if not index.account.claims:
            return
        yield {"k": "h2", "text": own.say("section.summary")}
        for key, events in (("summary.alleged", story.alleged[:6]), ("section.done", story.done[:4])):
            if events:
                yield {"k": "h3", "runs": [_run(own.say(key))], "id": ""}
            for told in events:
                counts = own.say(
                    "summary.event", reports=own.say("count.reports", len(told.reports)), origins=own.say("count.origins", len(told.event.origins))
                )
                title = _run(self._title(told.event)[0]["t"], "b", to=index.event_anchor[told.event.id])
                runs = [title, _run(f"  {counts}", "m")]
                for n, each in enumerate(numbers(index, told)[:3]):
                    said = own.say("summary.figure", number=own.count(each.figure.low, each.figure.high), origin=self._tellers(each))
                    runs.append(_run(f"{'; ' if n else '. '}{said}"))
                if told.deniers:
                    names = ", ".join(index.origin_name(origin) for origin in told.deniers[:4])
                    runs.append(_run(f". {own.say('summary.denied_by', names=names)}"))
                yield {"k": "li", "runs": runs}
        promised = [(each.by, each.claim, own.say(f"state.{each.state}")) for each in story.commitments[:4]]
        denied = [(each.by, each.first.id, ", ".join(own.say(f"event.{kind}") for kind in each.answered[:4])) for each in story.answers[:5]]
        for key, none, answers in (("summary.denied", "summary.none_denied", denied), ("summary.promised", "summary.none_promised", promised)):
            yield {"k": "h3", "runs": [_run(own.say(key))], "id": ""}
            for by, claim, state in answers:
                yield {"k": "li", "runs": [*self._origin(by), _run(f" ({state}): " if state else ": "), *self._said(index.claims[claim])]}
            if not answers:
                yield {"k": "p", "runs": [_run(own.say(none), "m")]}
        yield {"k": "h3", "runs": [_run(own.say("summary.changed"))], "id": ""}
        for drift in story.drifts[:4]:
            changed = f"{own.say(f'drift.{drift.kind}')}{self.own.colon} {' → '.join(ends(drift, index, own))} "
            yield {"k": "li", "runs": [_run(changed), _run(index.label(index.claims[drift.later].report), "m", to=index.claim_anchor[drift.later])]}
        if not story.drifts:
            yield {"k": "p", "runs": [_run(own.say("summary.none_changed"), "m")]}

    def _tellers(self, told: Told) -> str:
        """Return who gives a number: at most three by name, the others counted."""
        own = self.own
        shown = [self.index.origin_name(key) for key in told.origins[:3]]
        rest = len(told.origins) - len(shown) + told.unnamed
        if len(told.origins) > len(shown):
            return f"{', '.join(shown)} {own.say('page.more', rest)}"
        return ", ".join([*shown, *([own.say("count.unnamed", told.unnamed)] if told.unnamed else [])])

    def _event(self, told: EventStory) -> Iterator[Block]:
        own = self.own
        counts = own.say("count.reports", len(told.reports))
        if told.event.origins:
            counts = own.say("summary.event", reports=counts, origins=own.say("count.origins", len(told.event.origins)))
        yield {"k": "h3", "runs": [*self._title(told.event), _run(f"  {counts}", "m")], "id": self.index.event_anchor[told.event.id]}
        if told.figures:
            heads = [own.say(f"column.{key}") for key in ("number", "origin", "day")]
            rows = [[own.count(f.low, f.high), self.index.origin_name(f.origin), own.short_day(f.day)] for f in told.figures]
            yield {"k": "table", "head": heads, "rows": rows}
        for sourced in self.index.claims_of_event[told.event.id]:
            stance = "" if sourced.claim.stance == "asserts" else f" · {own.say(f'stance.{sourced.claim.stance}')}"
            yield {"k": "li", "runs": [*self._origin(sourced.origin), _run(f"{stance}: "), *self._said(sourced)]}

    def _answers(self) -> Iterator[Block]:
        own, index = self.own, self.index
        if not index.account.denials and not self.story.commitments:
            return
        yield {"k": "h2", "text": own.say("section.answers")}
        for denial in index.account.denials:
            sourced = index.claims[denial.claim]
            yield {
                "k": "li",
                "runs": [*self._origin(denial.by), _run(f" · {own.say(f'stance.{sourced.claim.stance}')}{self.own.colon} "), *self._said(sourced)],
            }
            titles = [[_run(self._title(index.events[event])[0]["t"], to=index.event_anchor[event]), _run("; ", "m")] for event in denial.answers]
            if titles:
                yield {"k": "p", "runs": [_run(f"{own.say('text.answers')}{self.own.colon} ", "m"), *[run for title in titles for run in title][:-1]]}
        for commitment in self.story.commitments:
            due = own.due(commitment.due, commitment.due_day)
            state = f"{own.say(f'state.{commitment.state}')}, {own.say('text.due', date=due) if due else own.say('text.no_due')}"
            said = self._said(index.claims[commitment.claim])
            yield {"k": "li", "runs": [*self._origin(commitment.by), _run(f" · {own.say('stance.promises')} ({state}): "), *said]}

    def _drift(self) -> Iterator[Block]:
        own, index = self.own, self.index
        if self.story.drifts:
            yield {"k": "h2", "text": own.say("section.drift")}
        for drift in self.story.drifts:
            changed = f": {' → '.join(ends(drift, index, own))}"
            yield {"k": "h3", "runs": [_run(own.say(f"drift.{drift.kind}")), _run(changed)], "id": ""}
            yield {"k": "li", "runs": [_run(f"{own.say('text.was')}{self.own.colon} ", "m"), *self._said(index.claims[drift.earlier])]}
            yield {"k": "li", "runs": [_run(f"{own.say('text.became')}{self.own.colon} ", "m"), *self._said(index.claims[drift.later])]}

    def _gaps(self) -> Iterator[Block]:
        if self.story.gaps:
            yield {"k": "h2", "text": self.own.say("section.gaps")}
        for gap in self.story.gaps:
            about = [_run(line(gap.about, 90))]
            if gap.about in self.index.events:
                about = self._title(self.index.events[gap.about])
            elif gap.about in self.index.claims:
                about = self._said(self.index.claims[gap.about])
            yield {"k": "li", "runs": [_run(f"{self.own.say(f'gap.{gap.kind}')}{self.own.colon} ", "b"), *about]}

    def _sources(self) -> Iterator[Block]:
        own, account = self.own, self.index.account
        if account.readings:
            yield {"k": "h2", "text": own.say("section.sources")}
        for reading in account.readings:
            title = f" “{line(reading.title, 160)}”" if reading.title else ""
            tail = f" {own.short_day(reading.published)}, {own.language(reading.lang or '')}"
            name = _run(self.index.label(reading.id), "b", lang=reading.lang, to=self.index.report_anchor[reading.id])
            yield {"k": "p", "runs": [name, _run(title, lang=reading.lang), _run(tail, "m")]}
            yield {"k": "code", "text": line(reading.sha256, 64) if reading.sha256 else own.say("text.no_digest")}
        if account.unread:
            yield {"k": "h2", "text": own.say("section.unread")}
        for each in account.unread:
            yield {"k": "li", "runs": [_run(short_path(each.path), "b"), _run(f": {line(each.reason, 300)}")]}

    def _report(self, reading: Reading) -> Iterator[Block]:
        own, index = self.own, self.index
        title = line(reading.title, 300) if reading.title else index.label(reading.id)
        yield {"k": "h3", "runs": [_run(title, lang=reading.lang)], "id": index.report_anchor[reading.id]}
        yield {"k": "p", "runs": [_run(f"{index.label(reading.id)} · {own.day(reading.published)}", "m")]}
        claims = index.claims_of_report[reading.id]
        lost = set(astray(reading.text, [(c.claim.start, c.claim.end, c.claim.quote) for c in claims]))
        found = [sourced for n, sourced in enumerate(claims) if n not in lost]
        yield {"k": "text", "runs": list(self._text(reading, found))} if reading.text else {"k": "p", "runs": [_run(own.say("text.no_text"), "m")]}
        for n in sorted(lost):
            anchor = index.claim_anchor[claims[n].id]
            yield {"k": "li", "runs": [_run(f"“{line(claims[n].claim.quote, 2000)}”", "h", lang=reading.lang, ids=(anchor,))]}

    def _text(self, reading: Reading, claims: list[SourcedClaim]) -> Iterator[Run]:
        """Yield the report's text in stretches: marked, marked to be checked, furniture, or plain."""
        text = neutral(reading.text)
        edges = {0, len(text)} | {edge for c in claims for edge in (c.claim.start, c.claim.end)}
        edges |= {min(max(edge, 0), len(text)) for stretch in reading.furniture for edge in stretch}
        cuts = sorted(edges)
        starts: dict[int, list[str]] = {}
        for sourced in claims:
            starts.setdefault(sourced.claim.start, []).append(self.index.claim_anchor[sourced.id])
        for here, following in itertools.pairwise(cuts):
            over = [c for c in claims if c.claim.start <= here < c.claim.end]
            grey = any(start <= here < end for start, end in reading.furniture)
            style = "" if not over and not grey else "g" if not over else "h" if any(c.claim.sure for c in over) else "c"
            yield _run(text[here:following], style, lang=reading.lang, ids=tuple(starts.get(here, ())))
