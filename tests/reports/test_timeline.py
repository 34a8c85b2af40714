from dataclasses import replace
from datetime import date

from report_examples import adverse, approval, split

from necessity.determinations.determination import TimelineBar
from necessity.reports.timeline import timeline_of


def test_no_care_no_drawing():
    assert timeline_of(split()) is None


def test_every_bar_lies_within_the_drawing():
    for bar in timeline_of(adverse()).bars:
        assert bar.x >= 0 and bar.width > 0 and round(bar.x + bar.width, 2) <= 100


def test_a_treatment_still_going_on_runs_to_the_day_of_judgement():
    ketorolac = timeline_of(adverse()).bars[1]
    assert ketorolac.x + ketorolac.width == 100
    assert ketorolac.when == "2026-01-21 to now"


def test_a_single_day_is_wide_enough_to_see_and_named_once():
    mri = timeline_of(adverse()).bars[2]
    assert mri.width >= 1 and mri.when == "2026-01-22"


def test_ticks_are_first_days_of_months_and_few():
    ticks = timeline_of(approval()).ticks
    assert [tick.label for tick in ticks] == ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]


def test_a_ledger_over_many_years_keeps_few_ticks():
    old = TimelineBar(label="Therapy", start=date(1998, 5, 1), end=date(1998, 6, 1))
    assert len(timeline_of(replace(adverse(), timeline=(old,))).ticks) <= 6


def test_care_on_the_day_of_judgement_alone_can_be_drawn():
    today = TimelineBar(label="MRI", start=adverse().as_of, end=adverse().as_of)
    (bar,) = timeline_of(replace(adverse(), timeline=(today,))).bars
    assert 0 <= bar.x < 100
