"""Conflicts between two places of a chart: what cannot both be true is shown, a change over time is none."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts.conflicts import FactConflict, conflicts_of
from necessity.facts.from_chart import facts_of, read_chart
from necessity.facts.readers import READERS
from necessity.library import open_library

KNOWLEDGE = open_library()
MAY, JUNE, NEXT_YEAR = date(2025, 5, 2), date(2025, 5, 6), date(2026, 5, 2)


def conflicts(*documents: tuple[date, str]) -> tuple[FactConflict, ...]:
    chart = chart_of(
        Document(id="", name=f"{n}.txt", text=text, written=day) for n, (day, text) in enumerate(documents)
    )
    chart = KNOWLEDGE.kinds.describe(chart)
    return conflicts_of(facts_of(read_chart(chart, KNOWLEDGE.lexicon, KNOWLEDGE.sections), READERS))


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        ("HPI: Left leg pain down to the foot.", "HPI: Right leg pain down to the foot.", "side of the limb pain"),
        ("SOCIAL HISTORY: Current smoker.", "SOCIAL HISTORY: Never smoker.", "tobacco"),
        ("PSH: L4-5 microdiscectomy 2019.", "PSH: No prior spine surgery.", "earlier spine surgery"),
        (
            "MRI LUMBAR SPINE\nFINDINGS: L4-5: severe central canal stenosis.",
            "OFFICE VISIT\nHPI: leg pain.\nIMAGING: MRI of the lumbar spine shows mild central canal stenosis at L4-5.\nPLAN: follow up.",
            "grade of the stenosis at L4-5",
        ),
        (
            "MRI LUMBAR SPINE\nFINDINGS: L4-5: right paracentral disc extrusion.",
            "OFFICE VISIT\nHPI: leg pain.\nIMAGING: MRI of the lumbar spine shows a left disc extrusion at L4-5.\nPLAN: follow up.",
            "side of the finding at L4-5",
        ),
    ],
)
def test_what_cannot_both_be_true_is_shown_with_both_passages(first: str, second: str, about: str) -> None:
    found = conflicts((MAY, first), (JUNE, second))
    assert [conflict.about for conflict in found] == [about]
    assert len({evidence.document for evidence in found[0].statements}) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("EXAM: Left EHL 5/5.", "EXAM: Left EHL 3/5."),
        ("SOCIAL HISTORY: Current smoker.", "SOCIAL HISTORY: Former smoker, quit last month."),
        ("HPI: Left leg pain.", "HPI: Bilateral leg pain."),
        ("HPI: Left leg pain.", "HPI: The patient has left leg pain. FAMILY HISTORY: mother had right leg pain."),
    ],
)
def test_a_change_over_time_or_another_person_is_no_conflict(first: str, second: str) -> None:
    assert conflicts((MAY, first), (NEXT_YEAR, second)) == ()


def test_one_muscle_graded_twice_on_one_day_is_a_conflict() -> None:
    (found,) = conflicts((MAY, "EXAM: Left EHL 5/5."), (MAY, "EXAM: Left EHL 3/5."))
    assert found.about == "strength of the left extensor hallucis longus"
