"""Dates and lengths of time in notes, judged from 23 January 2026."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.facts.times import find_times

ANCHOR = date(2026, 1, 23)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("since 10/13", "2025-10-13", "2025-10-13"),
        ("06/30-08/22/2025", "2025-06-30", "2025-06-30"),
        ("12/20 to 01/05/2026", "2025-12-20", "2025-12-20"),
        ("dates of service 10/07/2025-12/11/2025", "2025-10-07", "2025-10-07"),
        ("09/29, three good days", "2025-09-29", "2025-09-29"),
        ("on 06/25/07", "2007-06-25", "2007-06-25"),
        ("12/3/95", "1995-12-03", "1995-12-03"),
        ("2004-05-06", "2004-05-06", "2004-05-06"),
        ("mid september 2025", "2025-09-10", "2025-09-21"),
        ("in march of 2023", "2023-03-01", "2023-03-31"),
        ("quit 2019", "2019-01-01", "2019-12-31"),
        ("a1c 6.9 (10/2025)", "2025-10-01", "2025-10-31"),
        ("april 20, 2003", "2003-04-20", "2003-04-20"),
        ("since christmas", "2025-12-25", "2025-12-25"),
        ("last summer", "2025-06-01", "2025-08-31"),
        ("it began in may", "2025-05-01", "2025-05-31"),
        ("ten days ago", "2026-01-12", "2026-01-14"),
    ],
)
def test_a_date_keeps_the_days_it_may_mean(text: str, earliest: str, latest: str) -> None:
    mention = find_times(text, ANCHOR)[0]
    assert mention.date is not None
    assert (mention.date.earliest.isoformat(), mention.date.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "strength 4/5",
        "ehl 5/5 on the left",
        "pain 8/10",
        "l4-5 5/5",
        "120/80",
        "he may have",
        "61f",
        "0.5 mg iv",
        "q6h prn",
        "pain l3, 9/10 despite drugs",
        "dated mm/dd/yyyy",
    ],
)
def test_strength_scores_levels_and_doses_are_no_dates(text: str) -> None:
    assert find_times(text, ANCHOR) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("x 3 wks", 21),
        ("6-8 weeks", 42),
        ("two to three months", 60.8),
        ("a year and a half", 547.9),
        ("1 1/2 years", 547.9),
        ("several days", 3.5),
        ("a few weeks", 21),
        ("for months", 119),
        ("many years", 3640),
        ("a couple of weeks", 14),
        ("half a year", 182.6),
        ("six-month history", 182.5),
    ],
)
def test_a_length_follows_the_conversions_of_the_review_questions(text: str, days: float) -> None:
    (mention,) = find_times(text, ANCHOR)
    assert mention.length is not None and mention.length.days == pytest.approx(days, abs=0.1)


def test_at_least_six_weeks_has_no_upper_edge_and_less_than_six_no_lower() -> None:
    (more,), (less,) = find_times("at least 6 weeks", ANCHOR), find_times("less than 6 weeks", ANCHOR)
    assert more.length is not None and (more.length.least, more.length.most) == (42, None)
    assert less.length is not None and (less.length.least, less.length.most) == (0, 42)


def test_two_readings_of_one_line_are_found_in_order() -> None:
    found = find_times("eval 9/29: 5/5; 10/20: 4/5", ANCHOR)
    assert [str(mention.date) for mention in found] == ["2025-09-29", "2025-10-20"]


def test_a_day_without_a_year_needs_a_date_to_count_from() -> None:
    assert find_times("since 10/13", None) == ()


def test_parts_of_months_and_years_narrow_them() -> None:
    text = "since the last week of august 2025, before that in early 2023"
    assert [str(time.date) for time in find_times(text, date(2026, 1, 5))] == [
        "2025-08-21 to 2025-08-31",
        "2023-01-01 to 2023-05-02",
    ]


def test_two_and_a_half_may_be_hyphenated() -> None:
    (found,) = find_times("two-and-a-half days ago", date(2026, 1, 5))
    assert found.length is not None and found.length.days == 2.5


def test_a_season_without_a_year_is_the_last_one() -> None:
    (found,) = find_times("since the summer", date(2026, 1, 5))
    assert found.date is not None and found.date.earliest == date(2025, 6, 1)


def test_a_length_may_be_glued_to_its_times_sign() -> None:
    (found,) = find_times("leg pain x10 wks", date(2026, 1, 5))
    assert found.length is not None and found.length.weeks == 10


def test_a_day_before_w_o_is_no_length():
    assert [mention.length for mention in find_times("since 01/08 w/o interruption", ANCHOR)] == [None]
