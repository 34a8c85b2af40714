"""Injections: kind, level, side, number, relief; and the procedure that a note itself records."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Side, Treatment
from necessity.facts.from_chart import read_chart
from necessity.facts.injections import KINDS
from necessity.knowledge import Knowledge
from necessity.library import open_library


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def injections(*texts: str) -> list[Treatment]:
    documents = [
        Document(id="", name=str(number), text=text, written=date(2026, 1, 10 + number))
        for number, text in enumerate(texts)
    ]
    read = read_chart(chart_of(documents), knowledge().lexicon, knowledge().sections)
    return [fact for fact in treatments.read(read) if isinstance(fact, Treatment) and fact.concept in KINDS]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He had an ESI without relief.", "epidural_injection"),
        ("Right L4 transforaminal injection 10/29.", "epidural_injection"),
        ("She had a selective nerve root block at L5.", "epidural_injection"),
        ("Caudal epidural 5/2025: no relief.", "epidural_injection"),
        ("He has had two epidural blocks.", "epidural_injection"),
        ("She had a steroid injection.", "injection"),
        ("Lumbar facet injections in 2025.", "facet_injection"),
        ("Bilateral medial branch blocks were positive.", "medial_branch_block"),
        ("L3-5 medial branch RFA 08/12/25: approx 30% relief.", "facet_ablation"),
        ("SI joint injection 9/2025 helped for 2 weeks.", "si_injection"),
        ("Patient underwent trigger point injections.", "trigger_point"),
    ],
)
def test_kinds_of_injection_are_told_apart(text: str, kind: str):
    assert [fact.concept for fact in injections(text)] == [kind]


def test_level_side_date_and_relief_of_an_injection():
    (injection,) = injections("Left L4-5 TFESI 12/30/2025, about 40% better for 8 days then back to baseline.")
    assert (injection.levels, injection.side, str(injection.when)) == (("L4-5",), Side.LEFT, "2025-12-30")
    assert injection.relief is not None
    assert (injection.response, injection.relief_percent, injection.relief.days) == ("temporary", 40, 8)


def test_a_list_of_dated_lines_gives_each_its_own_date():
    found = injections(
        "Injections:\n  07/22/2025 L SIJ block - 90% x 3 h\n  08/19/2025 L SIJ block - 100% x 6 h\n  09/16/2025 L SIJ steroid injection - no lasting relief"
    )
    assert [str(fact.when) for fact in found if fact.when] == ["2025-07-22", "2025-08-19", "2025-09-16"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Four epidurals in 2 years.", 4),
        ("ESI x 3 without relief.", 3),
        ("He received an epidural steroid injection.", 1),
        ("TFESIs 2023 x2, 2025 x1.", 3),
    ],
)
def test_how_many_were_given(text: str, count: int):
    assert [fact.count for fact in injections(text)] == [count]


def test_an_injection_on_two_days_is_two_injections():
    assert [str(fact.when) for fact in injections("Two right L4-5 epidurals (10/27 and 12/22).")] == [
        "2025-10-27",
        "2025-12-22",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He can walk one block.",
        "Flu shot given.",
        "No epidural abscess or epidural fluid collection.",
        "Old plate C3-5, caudal end overhangs C5-6 disc.",
    ],
)
def test_other_blocks_shots_and_spaces_are_no_injections(text: str):
    assert not [fact for fact in injections(text) if fact.present]


def test_no_injections_is_told_as_absent():
    assert [fact.absent for fact in injections("No prior PT, no injections.")] == [True]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("This is her second epidural steroid injection.", 1),
        ("She returns today for the third in a series of three epidural steroid injections.", 2),
    ],
)
def test_a_later_injection_of_a_series_counts_those_before_it(text: str, count: int):
    assert [fact.count for fact in injections(text)] == [count]


@pytest.mark.parametrize(
    "text",
    [
        "She presents for repeat caudal epidural.",
        "L S1 transforaminal epidural scheduled 01/22/26.",
        "Lumbar Epidural Steroid Injection",
    ],
)
def test_the_injection_that_is_asked_for_is_not_yet_given(text: str):
    assert not [fact for fact in injections(text) if fact.present]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("The block gave her excellent relief for approximately two days.", "temporary"),
        ("Injections provided her with only a few days of relief.", "temporary"),
        ("Three epidurals have given him short-lived relief.", "temporary"),
        ("ESI L5-S1 11/19/2025, 0% relief.", "failed"),
        ("11/12/25 R L5 TFESI (30% x 1 wk).", "partial"),
    ],
)
def test_what_came_of_an_injection(text: str, response: str):
    assert [fact.response for fact in injections(text)] == [response]


def test_relief_that_ended_on_a_day_is_counted_from_the_injection():
    (injection,) = injections(
        "Last procedure: R L5 TFESI 09/08/2025. 80% relief for two months, after that roughly 60% until mid December (12/15), when it wore off."
    )
    assert injection.relief is not None
    assert (injection.relief_percent, 90 < injection.relief.days < 100) == (60, True)


def test_the_day_on_which_relief_ended_is_no_second_injection():
    (injection,) = injections("R L5 TFESI 09/08/2025, 80% relief until 12/15/2025.")
    assert injection.relief is not None and injection.relief.days == 98


def test_a_procedure_note_alone_is_the_request_and_in_a_later_chart_a_treatment():
    note = "PROCEDURE: Left T11-12 interlaminar epidural steroid injection under fluoroscopy.\nINDICATION: Left thoracic pain."
    assert not injections(note)
    (given,) = injections(note, "SPINE CLINIC\nShe returns to discuss surgery.")
    assert given.present and str(given.when) == "2026-01-10"
