"""An account for a terminal: readable at 80 columns, in black and white, and read aloud.

Colour and weight only repeat what the words say. Control characters of a report never reach the terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from temoin.publish import news
from temoin.publish.changes import ends
from temoin.publish.index import Index
from temoin.publish.neutral import line
from temoin.publish.speakers import told_as
from temoin.publish.story import EventStory, Story, Told, numbers, spread, tell
from temoin.publish.wording import Words, words
from temoin.records_account import Account, Denial, Event, SourcedClaim

_LEAST_WIDTH, _MOST_WIDTH = 40, 110  # narrower breaks words, wider is tiring to read
_QUOTE = 240
_ANSWERS = 2  # denials of one origin told in full; the page has all


def terminal(account: Account, *, width: int = 80, lang: str = "en", color: bool = False) -> str:
    """Return the account as text for a terminal.

    width: columns, taken between 40 and 110. color: whether to add ANSI colours and weights; without, the text is plain.
    Raises Misused for a language without a table, Broken where the account points at something it does not hold.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=min(max(width, _LEAST_WIDTH), _MOST_WIDTH),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _Screen(console, Index(account), words(lang)).show()
    return "\n".join(row.rstrip() for row in out.getvalue().split("\n"))


class _Screen:
    """One account on one console."""

    def __init__(self, console: Console, index: Index, own: Words) -> None:
        self.console = console
        self.index = index
        self.own = own
        self.story: Story = tell(index)

    def show(self) -> None:
        """Print everything."""
        own, index, story = self.own, self.index, self.story
        account = index.account
        self._line(Text(own.say("page.title", len(account.readings)), style="bold"))
        if not account.readings:
            self._line(Text(own.say("page.empty")))
        else:
            lead = own.say("summary.lead", reports=own.say("count.reports", len(account.readings)), origins=own.say("count.origins", story.origins))
            self._line(Text(lead, style="bold cyan"))
            self._line(Text(self._spread()))
        self._line(Text(own.say("page.stance"), style="italic"))
        if account.readings and not account.claims:
            self._heading("section.summary")
            self._line(Text(own.say("page.no_claims")))
        self._news()
        self._events()
        self._answers()
        self._drift()
        self._gaps()
        self._sources()

    def _spread(self) -> str:
        own, story = self.own, self.story
        said = [spread(story, own)]
        said += [own.say("count.echoes", story.echoing)] if story.echoing else []
        said += [own.say("count.unread", len(self.index.account.unread))] if self.index.account.unread else []
        said += [own.say("count.checks", story.checks)] if story.checks else []
        return " ".join(said)

    def _line(self, text: Text, indent: int = 0) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent)) if indent else text)

    def _heading(self, key: str) -> None:
        self.console.print()
        title = self.own.say(key)
        self._line(Text(title.upper(), style="bold cyan"))
        self._line(Text("─" * min(len(title), self.console.width), style="cyan"))

    def _title(self, told: EventStory) -> Text:
        event, own = told.event, self.own
        rest = [own.place(event.where)] if event.where else []
        rest += [own.edtf(event.when)] if event.when else []
        text = Text(own.say(f"event.{event.type}"), style="bold")
        for part in rest:
            text.append(f" · {part}", style="not bold")
        counts = own.say("count.reports", len(told.reports))
        if event.origins:
            counts = own.say("summary.event", reports=counts, origins=own.say("count.origins", len(event.origins)))
        return text.append(f"  ({counts})", style="not bold")

    def _origin(self, key: str) -> str:
        name, note = told_as(self.index, self.own, key)
        return f"{name} ({note})" if note else name

    def _said(self, sourced: SourcedClaim) -> str:
        """Return the words of a claim, and where they stand."""
        where = f"{self.index.label(sourced.report)}, {self.own.short_day(self.index.day(sourced))}"
        via = self._via(sourced)
        check = "" if sourced.claim.sure else f" [{self.own.check(sourced.claim)}]"
        return f"“{line(sourced.claim.quote, _QUOTE)}” — {where}{via}{check}"

    def _via(self, sourced: SourcedClaim) -> str:
        return f", {self.own.say('text.via', name=line(sourced.claim.via, 60))}" if sourced.claim.via else ""

    def _number(self, told: Told) -> Text:
        """Return a number with all who give it, and the day it was first told; through whom it came where one alone gives it."""
        own, figure = self.own, told.figure
        names, via = [self._origin(key) for key in told.origins], ""
        if len(told.origins) + told.unnamed == 1:
            names, via = [self._origin(figure.origin)], self._via(self.index.claims[figure.claim])
        elif told.unnamed:
            names.append(own.say("count.unnamed", told.unnamed))
        said = own.say("summary.figure", number=own.count(figure.low, figure.high), origin=_listed(names))
        return Text(f"{said}, {own.short_day(figure.day)}{via}")

    def _news(self) -> None:
        own, since = self.own, self.index.account.since
        if since is None:
            return
        self._heading("section.news")
        self._line(Text(news.lead(since, own), style="bold"))
        for text in (news.gone(since, own), "" if since.news else own.say("news.nothing")):
            if text:
                self._line(Text(text))
        if since.news:
            self._line(Text(news.tally(since, own)))
        for group in news.groups(since, self.index):
            self.console.print()
            heading = self._name(self.index.events[group.event]) if group.event else self._origin(group.party) if group.party else ""
            self._line(Text(heading or own.say("section.others"), style="bold"))
            for item in group.items:
                parts = [own.say(f"news.{item.kind}")]
                parts += [self._name(self.index.events[item.event])] if item.event is not None and group.event is None else []
                parts += [self._origin(item.origin)] if item.origin is not None and group.party is None else []
                parts += [text for text in (news.number(item, own), news.change(item, self.index, own)) if text]
                self._bullet(Text(" · ".join(parts)))
                self._line(Text(self._said(self.index.claims[item.claim])), 4)

    def _name(self, event: Event) -> str:
        """Return what an event is called: its type and place."""
        return " · ".join([self.own.say(f"event.{event.type}"), *([self.own.place(event.where)] if event.where else [])])

    def _events(self) -> None:
        own, index = self.own, self.index
        for key, events in (("section.alleged", self.story.alleged), ("section.done", self.story.done), ("section.others", self.story.others)):
            if not events:
                continue
            self._heading(key)
            for told in events:
                self._line(self._title(told))
                if told.figures:
                    for each in numbers(index, told):
                        self._bullet(self._number(each))
                voiced = {figure.origin for figure in told.figures}
                for voice in told.voices:
                    if voice.origin not in voiced and voice.said:
                        self._bullet(Text(f"{self._origin(voice.origin)}: {self._said(voice.said[0])}"))
                if not told.voices:
                    for sourced in index.claims_of_event[told.event.id][:_ANSWERS]:
                        self._bullet(
                            Text(
                                f"{self._origin(sourced.origin)} · {own.say(f'stance.{sourced.claim.stance}')}{self.own.colon} {self._said(sourced)}"
                            )
                        )
                reckoning = index.reckoning_of_event.get(told.event.id)
                if reckoning:
                    disputed = f" ({own.say('text.disputed')})" if reckoning.disputed else ""
                    self._line(Text(own.say("text.reckoning", number=own.span(reckoning.low, reckoning.high)) + disputed), 2)
                for message, origins in (("summary.denied_by", told.deniers), ("summary.doubted_by", told.doubters)):
                    if origins:
                        self._line(Text(own.say(message, names=_listed(self._origin(origin) for origin in origins))), 2)
                self.console.print()

    def _bullet(self, text: Text) -> None:
        for n, row in enumerate(text.wrap(self.console, self.console.width - 4)):
            self._line(Text("  · " if n == 0 else "    ").append_text(row))

    def _answers(self) -> None:
        own, index = self.own, self.index
        if not index.account.denials and not self.story.commitments:
            return
        self._heading("section.answers")
        by_origin: dict[str, list[Denial]] = {}
        for denial in index.account.denials:
            by_origin.setdefault(denial.by, []).append(denial)
        for origin, denials in by_origin.items():
            stances = _listed(own.say(f"stance.{index.claims[denial.claim].claim.stance}") for denial in denials)
            answered = _listed(own.say(f"event.{index.events[event].type}") for denial in denials for event in denial.answers)
            self._line(Text(f"{self._origin(origin)} · {stances}{': ' + answered if answered else ''}", style="bold"))
            for denial in denials[:_ANSWERS]:
                self._line(Text(self._said(index.claims[denial.claim])), 2)
            if len(denials) > _ANSWERS:
                self._line(Text(own.say("page.more", len(denials) - _ANSWERS)), 2)
        for commitment in self.story.commitments:
            sourced = index.claims[commitment.claim]
            due = own.due(commitment.due, commitment.due_day)
            when = own.say("text.due", date=due) if due else own.say("text.no_due")
            state = f"[{own.say(f'state.{commitment.state}')}, {when}]"
            self._line(Text(f"{self._origin(commitment.by)} · {own.say('stance.promises')} {state}", style="bold"))
            self._line(Text(self._said(sourced)), 2)

    def _drift(self) -> None:
        if not self.story.drifts:
            return
        self._heading("section.drift")
        for drift in self.story.drifts:
            self._line(Text(f"{self.own.say(f'drift.{drift.kind}')}{self.own.colon} {' → '.join(ends(drift, self.index, self.own))}", style="bold"))
            self._line(Text(f"{self.own.say('text.was')}{self.own.colon} {self._said(self.index.claims[drift.earlier])}"), 2)
            self._line(Text(f"{self.own.say('text.became')}{self.own.colon} {self._said(self.index.claims[drift.later])}"), 2)

    def _gaps(self) -> None:
        if not self.story.gaps:
            return
        self._heading("section.gaps")
        for gap in self.story.gaps:
            if gap.about in self.index.events:
                about = self._name(self.index.events[gap.about])
            elif gap.about in self.index.claims:
                about = self._said(self.index.claims[gap.about])
            else:
                about = line(gap.about, 80)
            self._bullet(Text(f"{self.own.say(f'gap.{gap.kind}')}{self.own.colon} {about}"))

    def _sources(self) -> None:
        own, account = self.own, self.index.account
        if account.readings:
            self._heading("section.sources")
        for reading in account.readings:
            title = f" “{line(reading.title, 100)}”" if reading.title else ""
            tail = f"{own.short_day(reading.published)} · {own.language(reading.lang or '')}"
            self._bullet(Text(f"{self.index.label(reading.id)}{title} · {tail}"))
            if reading.sha256:
                self._line(Text(line(reading.sha256, 64), style="dim", overflow="fold"), 4)
        if account.unread:
            self._heading("section.unread")
        for each in account.unread:
            hint = f" ({line(each.hint, 200)})" if each.hint else ""
            self._bullet(Text(f"{line(each.path, 120)}: {line(each.reason, 300)}{hint}"))


def _listed(items: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(items))
