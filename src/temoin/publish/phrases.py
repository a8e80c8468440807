"""The pieces of markup that every part of the page is made of: names, quotations, numbers, links to passages.

Whatever comes from a report goes through `neutral` and is escaped; every quotation and name carries its language and direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from temoin.publish.changes import ends
from temoin.publish.index import Index
from temoin.publish.neutral import direction, language_tag, line, neutral
from temoin.publish.reasons import reason
from temoin.publish.speakers import told_as
from temoin.publish.story import Told
from temoin.publish.wording import Words
from temoin.records_account import RULES, Drift, Event, Figure, Gap, SourcedClaim

#: A quotation longer than this is cut on the account's own lines; the report holds it whole.
LONGEST_QUOTE = 420


@lru_cache(maxsize=256)
def spoken(lang: str | None) -> Markup:
    """Return the attributes `lang` and `dir` for text of a language."""
    return Markup('lang="{}" dir="{}"').format(language_tag(lang), direction(lang))


class Phrases:
    """Markup for one account in one language."""

    def __init__(self, index: Index, words: Words) -> None:
        self.index = index
        self.words = words
        # A page names the same few hundred parties, outlets and events thousands of times: each is made once.
        self._origins: dict[str, Markup] = {}
        self._outlets: dict[str, Markup] = {}
        self._events: dict[str, Markup] = {}

    def name(self, text: str, lang: str | None) -> Markup:
        """Return a name from a report, apart from the direction of what surrounds it."""
        return Markup("<bdi {}>{}</bdi>").format(spoken(lang), line(text, 90))

    def origin(self, key: str) -> Markup:
        """Return an origin's name, with a word where it is unnamed."""
        if key not in self._origins:
            self._origins[key] = self._origin(key)
        return self._origins[key]

    def _origin(self, key: str) -> Markup:
        told, note = told_as(self.index, self.words, key)
        name = self.name(told, self.index.origin_lang(key))
        return Markup('{} <span class="quiet">({})</span>').format(name, note) if note else name

    def names(self, origins: Sequence[str], most: int = 4) -> Markup:
        """Return the names of origins as a list in words, the tail counted beyond `most`."""
        shown: list[str] = [self.origin(key) for key in origins[:most]]
        if len(origins) > most:
            return Markup(", ").join(shown) + " " + self.words.say("page.more", len(origins) - most)
        return self.words.names(shown)

    def places(self, names: Sequence[str], most: int = 60) -> Markup:
        """Return names of places as a list, the tail counted beyond `most`."""
        shown = [escape(self.words.place(name)) for name in names[:most]]
        shown += [escape(self.words.say("page.more", len(names) - most))] if len(names) > most else []
        return Markup(", ").join(shown)

    def outlet(self, report: str) -> Markup:
        """Return what a report is called by."""
        if report not in self._outlets:
            self._outlets[report] = self.name(self.index.label(report), self.index.lang(report))
        return self._outlets[report]

    def quote(self, sourced: SourcedClaim, changed: str = "", limit: int = LONGEST_QUOTE) -> Markup:
        """Return a claim's words as a quotation, cut where very long; the stretch `changed` is set off where it stands in them."""
        lang = self.index.lang(sourced.report)
        text = line(sourced.claim.quote, limit)
        piece = line(changed) if changed else ""
        if piece and piece in text:
            before, _, after = text.partition(piece)
            body = Markup("{}<strong>{}</strong>{}").format(before, piece, after)
        else:
            body = escape(text)
        return Markup(f"<q {spoken(lang)}>{body}</q>")  # both are markup already; format would look at them again

    def title(self, event: Event) -> Markup:
        """Return what an event is called: its type, place and time."""
        parts = [Markup("<strong>{}</strong>").format(self.words.say(f"event.{event.type}"))]
        if event.where:
            parts.append(escape(self.words.place(event.where)))
        if event.when:
            parts.append(escape(self.words.edtf(event.when)))
        return Markup(" · ").join(parts)

    def plain_title(self, event: Event) -> str:
        """Return what an event is called as plain text."""
        parts = [self.words.say(f"event.{event.type}")]
        parts += [self.words.place(event.where)] if event.where else []
        parts += [self.words.edtf(event.when)] if event.when else []
        return " · ".join(parts)

    def event_link(self, key: str) -> Markup:
        """Return an event's name as a link to where the account tells it."""
        if key not in self._events:
            self._events[key] = Markup('<a href="#{}">{}</a>').format(self.index.event_anchor[key], self.title(self.index.events[key]))
        return self._events[key]

    def passage_link(self, sourced: SourcedClaim) -> Markup:
        """Return a link to a claim's mark in its report, named by outlet and day."""
        day = escape(self.words.short_day(self.index.day(sourced)))
        return Markup(
            f'<a class="to" href="#{self.index.claim_anchor[sourced.id]}">{self.outlet(sourced.report)}, <span class="day">{day}</span></a>'
        )

    def report_link(self, sourced: SourcedClaim) -> Markup:
        """Return a link to a claim's mark in its report, named by outlet alone."""
        return Markup(f'<a class="to" href="#{self.index.claim_anchor[sourced.id]}">{self.outlet(sourced.report)}</a>')

    def check(self, sourced: SourcedClaim) -> Markup:
        """Return the word "check" where only one reading, or only a language model, found the claim; else nothing."""
        if sourced.claim.sure:
            return Markup("")
        help = "page.check_help" if sourced.claim.proposed_by is None else "page.proposed_help"
        return Markup(' <a class="check" href="#method-check" title="{}">{}</a>').format(self.words.say(help), self.words.check(sourced.claim))

    def number(self, low: int | None, high: int | None) -> Markup:
        """Return a number with bounds in words, set off."""
        return Markup(f'<span class="number">{escape(self.words.count(low, high))}</span>')

    def span(self, low: int | None, high: int | None) -> Markup:
        """Return what several figures come to, set off."""
        return Markup(f'<span class="number">{escape(self.words.span(low, high))}</span>')

    def numbers(self, figures: Sequence[Figure], most: int = 3) -> Markup:
        """Return the current numbers of one origin, each once."""
        distinct = dict.fromkeys((figure.low, figure.high) for figure in figures if figure.superseded_by is None)
        shown = [self.number(low, high) for low, high in list(distinct)[:most]]
        if len(distinct) > most:
            shown.append(escape(self.words.say("page.more", len(distinct) - most)))
        return Markup(", ").join(shown)

    def told(self, told: Told, most: int = 3) -> Markup:
        """Return a number, leading to the passage that first gave it, and who gives it: by name, those without a name counted."""
        figure, own = told.figure, self.words
        number = Markup('<a class="number" href="#{}">{}</a>').format(self.index.claim_anchor[figure.claim], own.count(figure.low, figure.high))
        shown: list[str] = [self.origin(key) for key in told.origins[:most]]
        rest = len(told.origins) - most + told.unnamed
        if len(told.origins) > most:
            return own.html("summary.figure", number=number, origin=Markup(", ").join(shown) + " " + own.say("page.more", rest))
        if told.unnamed:
            shown.append(own.say("count.unnamed", told.unnamed))
        return own.html("summary.figure", number=number, origin=own.names(shown))

    def via(self, sourced: SourcedClaim) -> Markup:
        """Return through whom a claim came, where its report says so."""
        if not sourced.claim.via:
            return Markup("")
        return Markup(", {}").format(self.words.html("text.via", name=self.name(sourced.claim.via, self.index.lang(sourced.report))))

    def changed(self, drift: Drift) -> Markup:
        """Return a change in one line: was → became."""
        was, became = ends(drift, self.index, self.words)
        earlier, later = self.index.claims[drift.earlier], self.index.claims[drift.later]
        arrow = Markup(' <span class="arrow" aria-hidden="true">→</span> ')
        return self._end(earlier, was) + arrow + self._end(later, became)

    def _end(self, sourced: SourcedClaim, what: str) -> Markup:
        """Return one end of a change: a name in its own language, else the account's own words."""
        named = what == self.index.origin_name(sourced.origin)
        return (
            Markup("<bdi {}>{}</bdi>").format(spoken(self.index.origin_lang(sourced.origin)), what) if named else Markup("<bdi>{}</bdi>").format(what)
        )

    def gap(self, gap: Gap) -> Markup:
        """Return what something is missing of, as far as the account still holds it."""
        if gap.about in self.index.events:
            return self.event_link(gap.about)
        if gap.about in self.index.claims:
            sourced = self.index.claims[gap.about]
            return Markup("{} ({})").format(self.quote(sourced), self.passage_link(sourced))
        return escape(line(gap.about, 90))

    def rule(self, rule: str) -> Markup:
        """Return what a rule of reckoning does; a rule that an account of another version names stays as it is."""
        return escape(self.words.say(f"rule.{rule}")) if rule in RULES else self.english(rule)

    def reason(self, noted: str) -> Markup:
        """Return why the account put something so: in the page's words where they are known, else in the account's own English."""
        said = reason(noted, self.words)
        return escape(neutral(said)) if said else self.english(noted)

    def detail(self, gap: Gap) -> Markup:
        """Return what a gap is measured by: the figure and its day, or the day a promise was due; nothing where the kind of gap says all."""
        own = self.words
        figure = self.index.figure_of_claim.get(gap.about)
        if gap.kind == "stale_figure" and figure is not None:
            return Markup("{}, {}").format(own.count(figure.low, figure.high), own.short_day(figure.day))
        if gap.kind == "overdue" and (due := self.index.due.get(gap.about)):
            return escape(own.say("text.due", date=own.day(due)))
        return Markup("")

    def english(self, text: str) -> Markup:
        """Return a reason that the account gives; reasons are written in English."""
        return Markup('<span lang="en" dir="ltr">{}</span>').format(neutral(text)[:2000])
