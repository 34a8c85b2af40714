"""Geometry of the care timeline: where each bar stands between the first and the last day, in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from necessity.determinations.determination import Determination, TimelineBar
from necessity.reports import wording
from necessity.reports.outline import anchor_of, shown

ROW = 34
"""Height of a row in pixels: a label above its bar."""
TOP = 6
AXIS = 26
LEAST_WIDTH = 1.2
"""A single day still has to be seen, in percent of the width."""
MOST_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`x` and `width` in percent, `y` in pixels.."""

    label: str
    when: str
    note: str
    x: float
    width: float
    y: int
    counted: bool
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def timeline_of(determination: Determination) -> Timeline | None:
    """None where there is nothing to draw."""
    bars = determination.timeline
    if not bars:
        return None
    first, last = _edges(bars, determination.as_of)
    drawn = tuple(_bar(row, bar, first, last) for row, bar in enumerate(bars))
    return Timeline(height=TOP + ROW * len(bars) + AXIS, bars=drawn, ticks=_ticks(first, last))


def _edges(bars: Sequence[TimelineBar], as_of: date) -> tuple[date, date]:
    """The days that the drawing spans: all that is dated, to the date of the judgement."""
    days = [day for bar in bars for day in (bar.start, bar.end) if day] + [as_of]
    first, last = min(days), max(days)
    return (first, last) if first < last else (first - timedelta(days=1), last)


def _bar(row: int, bar: TimelineBar, first: date, last: date) -> Bar:
    start = _percent(bar.start or first, first, last)
    end = _percent(bar.end or last, first, last)
    width = max(end - start, LEAST_WIDTH)
    evidence = bar.evidence[0] if bar.evidence else None
    return Bar(
        label=shown(bar.label),
        when=wording.days(bar.start, bar.end),
        note=shown(bar.note),
        x=round(min(start, 100 - width), 2),
        width=round(width, 2),
        y=TOP + row * ROW,
        counted=bar.counted,
        anchor=anchor_of("p", evidence.document, str(evidence.start), str(evidence.end)) if evidence else None,
    )


def _percent(day: date, first: date, last: date) -> float:
    return 100 * (day - first).days / (last - first).days


def _ticks(first: date, last: date) -> tuple[Tick, ...]:
    """First days of months, thinned to a readable number; the two ends where no month begins between them."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [month for month in months if first <= month <= last]
    chosen = inside[:: -(-len(inside) // MOST_TICKS)] if len(inside) > 1 else [first, last]
    return tuple(Tick(x=round(_percent(day, first, last), 2), label=day.isoformat()) for day in chosen)
