"""An account as Markdown (CommonMark with tables): for a wiki, a repository, a letter.

Text of reports is escaped twice over: Markdown's marks with backslashes, HTML's with entities, so that no reader of either can be led astray.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from temoin.publish import news
from temoin.publish.changes import ends
from temoin.publish.index import Index, short_path
from temoin.publish.neutral import line
from temoin.publish.speakers import told_as
from temoin.publish.story import EventStory, spread, tell
from temoin.publish.wording import Words, words
from temoin.records_account import Account, Event, SourcedClaim

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~^$=:@.-])")


def escaped(text: str, limit: int | None = None) -> str:
    """Return the text on one line, with nothing left in it that Markdown or HTML would take for a mark, an address or a heading."""
    plain = line(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(lambda found: f"\\{found.group()}", plain)


def markdown(account: Account, *, lang: str = "en") -> str:
    """Return the account as Markdown. Raises as `html` does."""
    return "\n".join(_Letter(Index(account), words(lang)).lines()).rstrip() + "\n"


class _Letter:
    """One account as lines of Markdown."""

    def __init__(self, index: Index, own: Words) -> None:
        self.index = index
        self.own = own
        self.story = tell(index)

    def lines(self) -> Iterator[str]:
        """Yield the lines, blank ones between blocks."""
        own, story, account = self.own, self.story, self.index.account
        yield from (f"# {own.say('page.title', len(account.readings))}", "")
        if account.readings:
            lead = own.say("summary.lead", reports=own.say("count.reports", len(account.readings)), origins=own.say("count.origins", story.origins))
            yield from (f"**{lead}** {spread(story, own)}", "")
        else:
            yield from (own.say("page.empty"), "")
        yield from (f"> {own.say('page.stance')}", "")
        if account.readings and not account.claims:
            yield from (own.say("page.no_claims"), "")
        yield from self._news()
        for key, events in (("section.alleged", story.alleged), ("section.done", story.done), ("section.others", story.others)):
            if events:
                yield from (f"## {own.say(key)}", "")
            for told in events:
                yield from self._event(told)
        yield from self._answers()
        yield from self._drift()
        yield from self._gaps()
        yield from self._sources()

    def _news(self) -> Iterator[str]:
        own, since = self.own, self.index.account.since
        if since is None:
            return
        yield from (f"## {own.say('section.news')}", "", escaped(news.lead(since, own)), "")
        for text in (news.gone(since, own), "" if since.news else own.say("news.nothing")):
            if text:
                yield from (escaped(text), "")
        if since.news:
            yield from (escaped(news.tally(since, own)), "")
        for group in news.groups(since, self.index):
            heading = self._title(self.index.events[group.event]) if group.event else self._origin(group.party) if group.party else ""
            yield from (f"### {heading or own.say('section.others')}", "")
            for item in group.items:
                parts = [f"**{own.say(f'news.{item.kind}')}**"]
                parts += [self._title(self.index.events[item.event])] if item.event is not None and group.event is None else []
                parts += [self._origin(item.origin)] if item.origin is not None and group.party is None else []
                parts += [escaped(text) for text in (news.number(item, own), news.change(item, self.index, own)) if text]
                yield f"- {' · '.join(parts)}{own.colon} {self._said(self.index.claims[item.claim])}"
            yield ""
        yield ""

    def _title(self, event: Event) -> str:
        own = self.own
        parts = [own.say(f"event.{event.type}")]
        parts += [escaped(own.place(event.where))] if event.where else []
        parts += [escaped(own.edtf(event.when))] if event.when else []
        return " · ".join(parts)

    def _origin(self, key: str) -> str:
        name, note = told_as(self.index, self.own, key)
        return f"{escaped(name)} ({note})" if note else escaped(name)

    def _said(self, sourced: SourcedClaim) -> str:
        own = self.own
        where = f"{escaped(self.index.label(sourced.report))}, {own.short_day(self.index.day(sourced))}"
        number = f" **{own.count(sourced.claim.count.low, sourced.claim.count.high)}**" if sourced.claim.count else ""
        via = f", {own.say('text.via', name=escaped(sourced.claim.via, 60))}" if sourced.claim.via else ""
        check = "" if sourced.claim.sure else f" ({own.check(sourced.claim)})"
        return f"“{escaped(sourced.claim.quote, 400)}”{number} — {where}{via}{check}"

    def _event(self, told: EventStory) -> Iterator[str]:
        own = self.own
        yield from (f"### {self._title(told.event)}", "")
        counts = own.say("count.reports", len(told.reports))
        if told.event.origins:
            counts = own.say("summary.event", reports=counts, origins=own.say("count.origins", len(told.event.origins)))
        yield from (counts, "")
        if told.figures:
            yield f"| {own.say('column.number')} | {own.say('column.origin')} | {own.say('column.day')} |"
            yield "|---|---|---|"
            for figure in told.figures:
                yield f"| {own.count(figure.low, figure.high)} | {self._origin(figure.origin)} | {own.short_day(figure.day)} |"
            yield ""
        for sourced in self.index.claims_of_event[told.event.id]:
            echo = f" ({own.say('text.echo')})" if sourced.echo else ""
            stance = "" if sourced.claim.stance == "asserts" else f" ({own.say(f'stance.{sourced.claim.stance}')})"
            yield f"- {self._origin(sourced.origin)}{stance}: {self._said(sourced)}{echo}"
        yield ""
        for message, origins in (("summary.denied_by", told.deniers), ("summary.doubted_by", told.doubters)):
            if origins:
                yield from (own.say(message, names=", ".join(self._origin(origin) for origin in origins)), "")

    def _answers(self) -> Iterator[str]:
        own, index = self.own, self.index
        if not index.account.denials and not self.story.commitments:
            return
        yield from (f"## {own.say('section.answers')}", "")
        for denial in index.account.denials:
            sourced = index.claims[denial.claim]
            yield f"- **{self._origin(denial.by)}** ({own.say(f'stance.{sourced.claim.stance}')}): {self._said(sourced)}"
            for event in denial.answers:
                yield f"  - {own.say('text.answers')}{self.own.colon} {self._title(index.events[event])}"
        for commitment in self.story.commitments:
            sourced = index.claims[commitment.claim]
            due = own.due(commitment.due, commitment.due_day)
            when = own.say("text.due", date=escaped(due)) if due else own.say("text.no_due")
            state = own.say(f"state.{commitment.state}")
            yield f"- **{self._origin(commitment.by)}** ({own.say('stance.promises')}): {self._said(sourced)} — *{state}*, {when}"
            for claim in commitment.evidence:
                yield f"  - {self._origin(index.claims[claim].origin)}: {self._said(index.claims[claim])}"
        yield ""

    def _drift(self) -> Iterator[str]:
        own, index = self.own, self.index
        if not self.story.drifts:
            return
        yield from (f"## {own.say('section.drift')}", "")
        for drift in self.story.drifts:
            yield f"- **{own.say(f'drift.{drift.kind}')}**: {' → '.join(escaped(end) for end in ends(drift, index, own))}"
            yield f"  - {own.say('text.was')}{self.own.colon} {self._said(index.claims[drift.earlier])}"
            yield f"  - {own.say('text.became')}{self.own.colon} {self._said(index.claims[drift.later])}"
        yield ""

    def _gaps(self) -> Iterator[str]:
        if not self.story.gaps:
            return
        yield from (f"## {self.own.say('section.gaps')}", "")
        for gap in self.story.gaps:
            if gap.about in self.index.events:
                about = self._title(self.index.events[gap.about])
            elif gap.about in self.index.claims:
                about = self._said(self.index.claims[gap.about])
            else:
                about = escaped(gap.about, 90)
            yield f"- **{self.own.say(f'gap.{gap.kind}')}**: {about}"
        yield ""

    def _sources(self) -> Iterator[str]:
        own, account = self.own, self.index.account
        if account.readings:
            yield from (f"## {own.say('section.sources')}", "")
        for n, reading in enumerate(account.readings, 1):
            title = f" “{escaped(reading.title, 160)}”," if reading.title else ""
            digest = f", SHA-256 `{line(reading.sha256, 64).replace('`', '')}`" if reading.sha256 else ""
            tail = f"{own.short_day(reading.published)}, {escaped(own.language(reading.lang or ''))}{digest}"
            yield f"{n}. {escaped(self.index.label(reading.id))},{title} {tail}"
        yield ""
        if account.unread:
            yield from (f"## {own.say('section.unread')}", "")
        for each in account.unread:
            yield f"- {escaped(short_path(each.path))}: {escaped(each.reason, 300)}"
        yield ""
