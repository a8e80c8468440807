"""The page: every line one click from its passage, nothing of a report can act on it, nothing is asked of anybody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.errors import Broken, Misused
from temoin.publish import LANGUAGES, html, markdown
from temoin.publish.neutral import neutral
from temoin.records import Claim, Place, Reading, Unread
from temoin.records_account import Account
from tests.publish.accounts_for_pages import GOLD, TEXT, from_gold, gather, small

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Collects ids, links, tags and attributes; fails where elements do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.by_id: dict[str, tuple[str, dict[str, str | None]]] = {}
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._see(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._see(tag, attrs)

    def _see(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        for name, value in attrs:
            self.attributes.append((tag, name, value))
            if name == "id":
                self.ids[str(value)] += 1
                self.by_id[str(value)] = (tag, dict(attrs))
            if name == "href":
                self.links.append(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


HOSTILE = (
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</q></title></textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}{origin.__class__}",
    "\u202eevil\u202c \u2066x\u2069",
    "\x00\x07\x1b[31m\x9b",
    "\ud800\udfff",
    "<!-- ]]> -->",
    "&lt;script&gt;&#x3c;",
    "‮\U000e0041",
)


def hostile_account(nasty: str) -> Account:
    text = f"{nasty} men were killed {nasty}"
    claim = Claim(
        start=0, end=len(text), quote=text, event="killing", stance="asserts", claimant=nasty, claimant_name=nasty, via=nasty, where=nasty, when=nasty
    )
    denial = Claim(start=0, end=len(text), quote=text, event="killing", stance="denies", claimant=nasty + "2", claimant_name=nasty + "2", where=nasty)
    promise = Claim(start=3, end=len(text) + 7, quote=text, event="asylum", stance="promises", claimant=nasty, claimant_name=nasty)
    bare = Reading(id="", text=text, path=nasty, sha256=nasty, lang=nasty, outlet=nasty, title=nasty, authors=(nasty,), url=nasty, notes=(nasty,))
    place = Place(start=0, end=1, name=nasty, country=None, lat=1.0, lon=999.0)
    found = {"furniture": ((-5, 3), (2, 9999)), "claims": (claim, denial, promise), "places": (place,)}
    readings = [msgspec.structs.replace(bare, id=f"{nasty}{n}", **found) for n in range(2)]
    account = gather(readings, echoes={f"{nasty}1": f"{nasty}0"}, unread=(Unread(path=nasty, reason=nasty, hint=nasty, sha256=nasty),))
    events = tuple(msgspec.structs.replace(event, why=nasty) for event in account.events)
    return msgspec.structs.replace(account, events=events)


def check_page(page: str) -> Page:
    """What must hold for any page."""
    page.encode()
    seen = Page(page)
    assert max(seen.ids.values()) == 1, "an id twice"
    for link in seen.links:
        assert link.startswith("#") or link == "data:,", link
        if link.startswith("#"):
            assert link[1:] in seen.ids, link
    for tag, name, value in seen.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in {"style", "srcset", "action", "formaction", "xlink:href"}, (tag, name)
        assert name != "src", (tag, value)
        if name in {"id", "href"} and value != "data:,":
            assert re.fullmatch(r"#?[a-z0-9-]+", str(value)), value
    assert not {"script", "img", "iframe", "object", "embed", "form", "base", "textarea"} & set(seen.tags)
    assert seen.tags["style"] == 1
    assert seen.tags["h1"] == 1
    return seen


@pytest.mark.parametrize("nasty", HOSTILE, ids=range(len(HOSTILE)))
def test_a_malicious_report_is_shown_and_does_nothing(nasty: str) -> None:
    page = html(hostile_account(nasty))
    check_page(page)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


@given(st.text(st.characters(codec=None), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_page(nasty: str) -> None:
    check_page(html(hostile_account(nasty)))


def test_a_line_of_a_million_characters_is_kept_whole_in_its_report_and_cut_elsewhere() -> None:
    text = "x" * 1_000_000
    claim = Claim(start=0, end=len(text), quote=text, event="killing", stance="asserts", claimant="x" * 500_000, claimant_name="X" * 500_000)
    page = html(gather([Reading(id="long", text=text, outlet=text, title=text, path=text, claims=(claim,))]))
    check_page(page)
    assert text in page
    assert len(page) < 1_200_000


def test_every_claim_has_one_line_and_one_mark_that_lead_to_each_other() -> None:
    account = small()
    seen = check_page(html(account))
    marks = {key: tag for key, (tag, _) in seen.by_id.items() if re.fullmatch(r"r\d+c\d+", key)}
    assert len(marks) == len(account.claims)
    assert set(marks.values()) == {"mark"}
    for key in marks:
        assert f"l-{key}" in seen.ids
        assert f"#{key}" in seen.links
        assert f"#l-{key}" in seen.links


@pytest.mark.skipif(not GOLD.exists(), reason="the marked documents are not beside this checkout")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_in_six_languages_is_told_in_each_of_them(lang: str) -> None:
    account = from_gold("S1")
    seen = check_page(html(account, lang=lang))
    assert sum(bool(re.fullmatch(r"r\d+c\d+", key)) for key in seen.ids) == len(account.claims)
    assert ("html", "lang", lang) in seen.attributes


@pytest.mark.skipif(not GOLD.exists(), reason="the marked documents are not beside this checkout")
@pytest.mark.parametrize("scenario", ["S1", "S2", "S3"])
def test_a_real_account_of_a_scenario_is_told_whole(scenario: str) -> None:
    reckoned = pytest.importorskip("temoin.account").account(from_gold(scenario).readings)
    seen = check_page(html(reckoned))
    assert sum(bool(re.fullmatch(r"r\d+c\d+", key)) for key in seen.ids) == len(reckoned.claims)
    for sourced in reckoned.claims:
        assert neutral(sourced.claim.quote).split()[0] in seen.text


def test_bounds_are_told_in_words_and_never_flattened() -> None:
    text = Page(html(small())).text
    assert "at least 3" in text
    assert "up to 26" in text
    assert "1 report, 2 origins" in text


def test_a_claim_only_one_reading_found_is_marked_check_in_line_and_report() -> None:
    page = html(small())
    assert page.count('class="unsure"') == 1
    assert page.count('href="#method-check"') >= 1


def test_every_quotation_and_name_carries_language_and_direction() -> None:
    seen = Page(html(small()))
    quotes = re.findall(r"<(?:q|bdi)\b[^>]*>", html(small()))
    assert seen.tags["q"] > 3
    for quote in quotes:
        assert ('lang="en" dir="ltr"' in quote) or quote == "<bdi>", quote
    arabic = msgspec.structs.replace(small().readings[0], lang="ar")
    page = html(gather([arabic]))
    assert '<q lang="ar" dir="rtl">' in page
    assert '<div class="text" lang="ar" dir="rtl">' in page


def test_the_policy_allows_the_style_sheet_by_its_digest_and_nothing_else() -> None:
    page = html(small())
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in unescape(page)
    assert "unsafe" not in page.split("</head>")[0]
    assert not re.search(r"(?:https?:)?//[a-z]", style[1])


def test_the_page_does_not_tell_whose_folder_a_report_lay_in() -> None:
    reading = msgspec.structs.replace(small().readings[0], path="/home/marina/case/reports/one.txt", outlet=None, title=None)
    unread = (Unread(path="C:\\Users\\marina\\reports\\two.pdf", reason="empty"),)
    account = gather([reading], unread=unread)
    for told in (html(account), markdown(account)):
        assert "one" in told
        assert "two" in told
        assert "marina" not in told


def test_unread_files_are_listed_with_their_reason() -> None:
    text = Page(html(small())).text
    assert "two.pdf" in text
    assert "scanned page, no text layer" in text


def test_the_digest_date_outlet_and_language_of_each_source_are_told() -> None:
    text = Page(html(small())).text
    for told in ("0" * 64, "April 3, 2031", "The Courier", "English"):
        assert told in text


def test_an_account_of_nothing_says_so() -> None:
    assert "No report was read" in Page(html(Account(readings=()))).text
    only = Account(readings=(Reading(id="a", text="Fine weather."),))
    assert "No claim about persecution" in Page(html(only)).text
    check_page(html(only))


def test_an_account_without_any_date_place_or_outlet_is_still_told() -> None:
    bare = msgspec.structs.replace(small().readings[0], published=None, outlet=None, title=None, lang=None, sha256=None, places=(), path=None)
    assert "no report bears a date" in check_page(html(gather([bare]))).text


def test_readings_without_their_text_show_their_passages_all_the_same() -> None:
    seen = check_page(html(gather([msgspec.structs.replace(small().readings[0], text="")])))
    assert "The text of this report was not handed over" in seen.text
    assert "r1c1" in seen.ids


def test_an_account_that_points_at_what_it_does_not_hold_is_refused() -> None:
    account = small()
    with pytest.raises(Broken, match="does not hold"):
        html(msgspec.structs.replace(account, origins=()))
    with pytest.raises(Broken, match="two reports"):
        html(msgspec.structs.replace(account, readings=account.readings * 2))


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(Misused):
        html(small(), lang="xx")


def test_the_same_account_gives_the_same_page_and_the_day_of_making_only_where_handed_in() -> None:
    assert html(small()) == html(small())
    assert "Made on" not in html(small())
    assert "Made on May 1, 2031" in html(small(), made=datetime(2031, 5, 1, tzinfo=UTC))


def test_furniture_is_grey_in_the_report() -> None:
    page = html(small())
    assert f'<span class="furniture">{TEXT[TEXT.index("Most read") :]}</span>' in page


def test_two_figures_of_one_event_are_drawn_with_open_ends_as_arrows() -> None:
    page = html(small())
    field = page[page.index('<svg class="field"') :]
    assert field.count('<g class="bar"') >= 2
    assert "An arrow means" in page


@pytest.mark.skipif(not GOLD.exists(), reason="the marked documents are not beside this checkout")
def test_a_page_of_forty_seven_reports_stays_small_enough_to_mail() -> None:
    account = from_gold()
    page = html(account)
    check_page(page)
    texts = sum(len(reading.text.encode()) for reading in account.readings)
    assert len(page.encode()) < 150_000 + texts + 2_000 * len(account.claims)
