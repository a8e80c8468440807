"""The drawings: layers that follow the links, scales that keep bounds apart, a map that holds its places."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.publish.atlas import HEIGHT, WIDTH, Spot, atlas, window
from temoin.publish.chart import Bar, chart, letters
from temoin.publish.index import Index
from temoin.publish.layout import Bend, layout
from temoin.publish.outlines import outlines
from temoin.publish.relays import drawing, relays
from tests.publish.accounts_for_pages import small

nodes = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] < pair[1]), max_size=20))
@settings(max_examples=100, deadline=None)
def test_without_cycles_every_link_goes_layer_by_layer_to_the_right(links: list[tuple[str, str]]) -> None:
    laid = layout(links)
    place = {stop: n for n, row in enumerate(laid.rows) for stop in row}
    assert {stop for stop in place if isinstance(stop, str)} == {node for pair in links for node in pair}
    for source, target in links:
        way = laid.ways[(source, target)]
        assert (way[0], way[-1]) == (source, target)
        assert [place[stop] for stop in way] == list(range(place[source], place[target] + 1))


@given(st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]), max_size=30))
@settings(max_examples=100, deadline=None)
def test_with_cycles_every_node_is_drawn_once_and_every_link_has_a_way(links: list[tuple[str, str]]) -> None:
    laid = layout(links)
    drawn = [stop for row in laid.rows for stop in row if isinstance(stop, str)]
    assert sorted(drawn) == sorted({node for pair in links for node in pair})
    assert set(laid.ways) == set(links)


def test_a_link_over_a_layer_is_led_between_its_boxes() -> None:
    laid = layout([("a", "b"), ("b", "c"), ("a", "c")])
    assert laid.ways[("a", "c")] == ["a", Bend("a", "c", 1), "c"]
    assert laid.ways[("a", "b")] == ["a", "b"]


def test_a_chain_of_ten_thousand_is_laid_out() -> None:
    assert len(layout((f"n{n:05}", f"n{n + 1:05}") for n in range(10_000)).rows) == 10_001


def test_the_drawing_has_a_box_for_each_party_and_a_line_for_each_link() -> None:
    graph = relays(Index(small()))
    made, left_out = drawing(graph, title="t")
    assert left_out == 0
    assert made.count("<rect") == len(graph.nodes)
    assert made.count("<path") == len(graph.links)


def test_who_told_whom_is_read_from_the_chains() -> None:
    account = small()
    graph = relays(Index(account))
    told = {(graph.nodes[link.source].name, graph.nodes[link.target].name) for link in graph.links}
    assert ("Volzhsky Listok", "The Courier") in told
    assert ("Relief workers", "The Courier") in told


def test_keys_run_from_a_to_z_and_on() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


bounds = st.none() | st.integers(0, 10**9)


@given(st.lists(st.tuples(bounds, bounds, st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_figure_is_drawn_inside_its_field(figures: list[tuple[int | None, int | None, date | None]]) -> None:
    bars = [Bar(letters(n), low, high, day, bool(n % 2), "t", "r1c1") for n, (low, high, day) in enumerate(figures)]
    made = chart(bars, digits=str, days=str, undated="undated")
    assert made.field.count("<g class=") == len(bars)
    for at in re.findall(r'<svg x="([-\d.]+)%"', made.field):
        assert 0 <= float(at) <= 100
    for height in re.findall(r' y\d?="(-?[\d.]+)"', made.field):
        assert -10 <= float(height) <= 240


def test_small_and_huge_numbers_share_a_logarithmic_scale() -> None:
    bars = [Bar("A", 3, 3, date(2031, 1, 1), False, "", "x"), Bar("B", 3000, None, date(2031, 2, 1), False, "", "x")]
    assert chart(bars, digits=str, days=str, undated="").logarithmic
    assert not chart(bars[:1], digits=str, days=str, undated="").logarithmic


@given(st.lists(st.tuples(st.floats(-55, 80), st.floats(-179, 179)), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_the_map_shows_every_place(points: list[tuple[float, float]]) -> None:
    view = window(points)
    for lat, lon in points:
        assert -1 <= view.x(lon) <= WIDTH + 1
        assert -1 <= view.y(lat) <= HEIGHT + 1


@pytest.mark.parametrize("points", [[(43.3, 45.7)], [(43.3, 45.7), (-10.0, -52.0)], [(60.0, 179.0), (60.0, -179.0)], [(-54.8, -68.3), (78.2, 15.6)]])
def test_the_map_stays_small_and_has_land_on_it(points: list[tuple[float, float]]) -> None:
    made = str(atlas([Spot(n, "x", lat, lon, (), 1) for n, (lat, lon) in enumerate(points, 1)], title="t"))
    assert len(made) < 150_000
    assert "NaN" not in made
    land = re.search(r'class="land" fill-rule="evenodd" d="([^"]+)"', made)
    assert land is not None
    for x in re.findall(r"[ML](-?[\d.]+) ", land[1]):
        assert -30 <= float(x) <= WIDTH + 30


def test_no_outline_jumps_across_the_world() -> None:
    for lines in outlines().values():
        for each in lines:
            assert max((abs(a[0] - b[0]) for a, b in pairwise(each)), default=0) < 60
