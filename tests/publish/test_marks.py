"""A report's text with its claims marked: properly nested, each claim findable, the text itself untouched."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.publish.marks import Mark, astray, marked
from temoin.publish.neutral import neutral


def mark(start: int, end: int, n: int = 0) -> Mark:
    return Mark(start, end, f"m{n}", f"l-m{n}", "back", "back", False)


class Balanced(HTMLParser):
    """Fails on a closing tag that does not close the last opened one; collects what is marked by each id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"nothing open for </{tag}>"
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(tag == "a" for tag, _ in self.open):
            self.text += data


def stretches(size: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    pair = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda pair: (min(pair), max(pair)))
    return st.lists(pair.filter(lambda pair: pair[0] < pair[1]), max_size=12)


@given(st.text(min_size=1, max_size=60).flatmap(lambda text: st.tuples(st.just(text), stretches(len(text)), stretches(len(text)))))
@settings(max_examples=100, deadline=None)
def test_marks_nest_whatever_overlaps_and_the_text_stays_whole(case: tuple[str, list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    text, claims, furniture = case
    made = str(marked(text, [mark(start, end, n) for n, (start, end) in enumerate(claims)], furniture))
    parser = Balanced()
    parser.feed(made)
    parser.close()
    assert not parser.open
    assert parser.text == neutral(text)
    for n in range(len(claims)):
        assert made.count(f'id="m{n}"') == 1
        assert made.count(f'href="#l-m{n}"') == 1


def test_two_claims_that_cross_are_cut_so_that_both_begin_where_they_begin() -> None:
    made = str(marked("abcdefgh", [mark(0, 5, 1), mark(3, 8, 2)]))
    plain = re.sub(r"<a .*?</a>", "", made)
    assert plain == '<mark class="sure" id="m1">abc<mark class="sure" id="m2">de</mark></mark><mark class="sure">fgh</mark>'


def test_two_claims_with_the_same_words_have_one_mark_each() -> None:
    made = str(marked("abc", [mark(0, 3, 1), mark(0, 3, 2)]))
    assert 'id="m1"' in made
    assert 'id="m2"' in made


def test_furniture_is_grey_and_a_claim_in_it_is_still_marked() -> None:
    made = str(marked("one two three", [mark(4, 7)], [(0, 13)]))
    assert '<span class="furniture">one </span>' in made
    assert '<mark class="sure" id="m0"><span class="furniture">two</span></mark>' in made


def test_a_claim_outside_the_text_is_left_out_of_it_and_named_as_astray() -> None:
    assert "<mark" not in str(marked("abc", [mark(2, 9), mark(-1, 2), mark(2, 2)]))
    assert astray("abc", [(0, 2, "ab"), (0, 2, "xx"), (2, 9, "c"), (-1, 2, "ab"), (1, 1, "")]) == [1, 2, 3, 4]


def test_text_and_labels_are_escaped() -> None:
    made = str(marked('<script>"', [Mark(0, 9, 'a"b', "back", '"><script>', "<i>", False)]))
    assert "<script" not in made
    assert entities.unescape(made).count("<script>") == 2


def test_a_thousand_crossing_claims_are_marked_in_time() -> None:
    made = str(marked("x" * 4000, [mark(n, n + 1000, n) for n in range(1000)]))
    assert made.count("id=") == 1000
