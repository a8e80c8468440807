"""The figures of one event drawn: time from left to right, numbers upwards, each origin under its own letter.

A figure with two bounds is a bar, an exact one a dot, an open bound an arrow. Sizes across are per cent and sizes upwards pixels, so that
the drawing fits a phone and a sheet of paper without its letters shrinking. The table beside it says the same in words.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

TOP, FLOOR, HEIGHT = 22.0, 196.0, 232
Across = Callable[[date | None], float]  # a day's place, per cent from the left
_ARROW = 30.0  # length of an open side, pixels
_APART = 16.0  # between figures of one day, pixels
#: Beyond this ratio of the largest to the smallest bound, a linear scale would press the small ones flat.
_LOGARITHMIC_FROM = 40


@dataclass(frozen=True)
class Bar:
    """A figure to be drawn. `key` is its origin's letter, `title` what a pointer resting on it reads."""

    key: str
    low: int | None
    high: int | None
    day: date | None
    superseded: bool
    title: str
    href: str


@dataclass(frozen=True)
class Chart:
    """Two drawings that stand side by side: the scale and the field."""

    scale: Markup
    field: Markup
    logarithmic: bool
    open_ended: bool


def letters(n: int) -> str:
    """Return the n-th key, from 0: A … Z, AA, AB …"""
    word = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        word = chr(65 + rest) + word
    return word


class _Scale:
    """Numbers to pixels from the top."""

    def __init__(self, values: Sequence[int]) -> None:
        self.top = max([*values, 1])
        smallest = min([value for value in values if value > 0], default=1)
        self.logarithmic = self.top / smallest > _LOGARITHMIC_FROM
        self.bottom = 10 ** math.floor(math.log10(smallest)) if self.logarithmic else 0

    def y(self, value: float) -> float:
        """Return the height of a value; what lies under a logarithmic scale is drawn on its floor."""
        if self.logarithmic:
            part = math.log(max(value, self.bottom) / self.bottom) / math.log(self.top * 1.3 / self.bottom)
        else:
            part = value / (self.top * 1.12)
        return round(FLOOR - part * (FLOOR - TOP), 1)

    def ticks(self) -> list[int]:
        """Return round values for the scale, at most seven."""
        if self.logarithmic:
            powers = [10**n for n in range(round(math.log10(self.bottom)), math.floor(math.log10(self.top)) + 1)]
            if len(powers) < 3:
                powers = [power * n for power in powers for n in (1, 2, 5) if power * n <= self.top]
            return powers[:: 1 + len(powers) // 7]
        raw = self.top / 4
        unit = 10 ** math.floor(math.log10(raw)) if raw >= 1 else 1
        step = next((unit * n for n in (1, 2, 5, 10) if unit * n >= raw), unit * 10)
        return list(range(0, self.top + 1, int(step)))


def _bounds(values: Sequence[Bar]) -> list[int]:
    return [bound for bar in values for bound in (bar.low, bar.high) if bound is not None]


def chart(
    bars: Sequence[Bar], *, digits: Callable[[int], str], days: Callable[[date], str], undated: str, span: tuple[int | None, int | None] | None = None
) -> Chart:
    """Return the drawing of the bars.

    digits, days: how numbers and days are written. undated: the word under figures without a day.
    span: lowest and highest bound of the reckoning, drawn as a band behind.
    """
    scale = _Scale(_bounds(bars))
    dated = [bar.day for bar in bars if bar.day]
    first, last = (min(dated), max(dated)) if dated else (None, None)
    has_undated = any(bar.day is None for bar in bars)
    left = 22.0 if has_undated and dated else 6.0

    def across(day: date | None) -> float:
        if day is None or first is None or last is None:
            return 7.0 if dated else 50.0
        if first == last:
            return (left + 94) / 2
        return round(left + (94 - left) * (day - first).days / (last - first).days, 2)

    ticks = [(scale.y(value), digits(value)) for value in scale.ticks()]
    scale_parts = [f'<text x="100%" dx="-6" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>' for y, text in ticks]
    field = [f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>' for y, _ in ticks]
    if span and span != (None, None):
        top = scale.y(span[1]) if span[1] is not None else 4.0
        bottom = scale.y(span[0]) if span[0] is not None else FLOOR
        field.append(f'<rect class="span" x="0" width="100%" y="{top}" height="{max(bottom - top, 2):.1f}"/>')
    field.append(_histories(bars, scale, across))
    placed: dict[int, int] = defaultdict(int)
    for bar in sorted(bars, key=lambda bar: (across(bar.day), bar.key)):
        x = across(bar.day)
        slot = placed[round(x / 4)]
        placed[round(x / 4)] += 1
        # Figures of one day fan out to both sides of it: 0, 1, -1, 2, -2 …
        aside = _APART * ((slot + 1) // 2) * (1 if slot % 2 else -1)
        field.append(_bar(bar, scale, x, aside))
    field.append(_axis(first, last, days, undated if has_undated else "", across))
    open_ended = any((bar.low is None) != (bar.high is None) for bar in bars)
    return Chart(
        Markup(f'<svg class="scale" aria-hidden="true" height="{HEIGHT}">{"".join(scale_parts)}</svg>'),
        Markup(f'<svg class="field" aria-hidden="true" height="{HEIGHT}">{"".join(field)}</svg>'),
        scale.logarithmic,
        open_ended,
    )


def _middle(bar: Bar, scale: _Scale) -> float:
    low = scale.y(bar.low) if bar.low is not None else None
    high = scale.y(bar.high) if bar.high is not None else None
    if low is None or high is None:
        return low if low is not None else high if high is not None else FLOOR
    return (low + high) / 2


def _histories(bars: Sequence[Bar], scale: _Scale, across: Across) -> str:
    """Return a thin line along each origin's figures in order of time."""
    by_key: dict[str, list[Bar]] = defaultdict(list)
    for bar in bars:
        if bar.day:
            by_key[bar.key].append(bar)
    lines = []
    for run in by_key.values():
        run.sort(key=lambda bar: bar.day or date.max)
        for before, after in itertools.pairwise(run):
            lines.append(
                f'<line class="history" x1="{across(before.day)}%" x2="{across(after.day)}%" '
                f'y1="{_middle(before, scale):.1f}" y2="{_middle(after, scale):.1f}"/>'
            )
    return "".join(lines)


def _bar(bar: Bar, scale: _Scale, x: float, aside: float) -> str:
    high = scale.y(bar.high) if bar.high is not None else None
    low = scale.y(bar.low) if bar.low is not None else None
    shape = ""
    if low is not None and low == high:
        shape, top = f'<circle cy="{low}" r="5"/>', low - 3
    elif low is not None and high is not None:
        shape = f'<rect x="-5" width="10" y="{high - (2 if low - high < 4 else 0):.1f}" height="{max(low - high, 4):.1f}" rx="2"/>'
        top = high
    elif low is not None:
        tip = max(low - _ARROW, 6.0)
        shape = f'<path d="M-6 {low}H6M0 {low}V{tip:.1f}M-4 {tip + 6:.1f}L0 {tip:.1f}L4 {tip + 6:.1f}"/>'
        top = tip
    elif high is not None:
        tip = min(high + _ARROW, FLOOR)
        shape = f'<path d="M-6 {high}H6M0 {high}V{tip:.1f}M-4 {tip - 6:.1f}L0 {tip:.1f}L4 {tip - 6:.1f}"/>'
        top = high
    else:
        top = FLOOR
    kind = "bar past" if bar.superseded else "bar"
    return (
        f'<svg x="{x}%" overflow="visible"><g class="{kind}" transform="translate({aside} 0)">'
        f'<title>{escape(bar.title)}</title>{shape}<text y="{top - 7:.1f}" text-anchor="middle">{escape(bar.key)}</text></g></svg>'
    )


def _axis(first: date | None, last: date | None, days: Callable[[date], str], undated: str, across: Across) -> str:
    out = [f'<line class="axis" x1="0" x2="100%" y1="{FLOOR}" y2="{FLOOR}"/>']
    if first and last:
        ends = [(first, "start" if first != last else "middle"), (last, "end")] if first != last else [(first, "middle")]
        for day, anchor in ends:
            x = across(day)
            at = {"start": x - 4, "end": min(x + 6, 100), "middle": x}[anchor]
            out.append(f'<text x="{at:.1f}%" y="{FLOOR + 22}" text-anchor="{anchor}">{escape(days(day))}</text>')
            out.append(f'<line class="axis" x1="{x}%" x2="{x}%" y1="{FLOOR}" y2="{FLOOR + 6}"/>')
    if undated:
        out.append(f'<text x="{across(None)}%" y="{FLOOR + 22}" text-anchor="middle">{escape(undated)}</text>')
    return "".join(out)
