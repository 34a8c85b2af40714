"""Levels and sides of an operation, by its title or the account of it."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts import requests
from necessity.facts.fact import RequestFact


def told(text: str, concept: str) -> set[str]:
    return {f.value for f in facts_in(text, requests.read) if isinstance(f, RequestFact) and f.concept == concept}


@pytest.mark.parametrize(
    "title",
    [
        "PROCEDURE: XLIF L3-4 with plating, right-sided retroperitoneal approach.",
        "PROCEDURE: C5-6 arthroplasty via right anterior approach.",
        "PROCEDURE: L2-3 lateral interbody fusion, left transpsoas approach.",
    ],
)
def test_the_side_of_the_way_in_is_not_the_side_of_the_work(title: str):
    assert told(title, "side") == set()


def test_a_title_on_the_line_of_the_heading_gives_levels_and_side():
    text = (
        "PROCEDURE NOTE: RIGHT L4-5 TRANSFORAMINAL EPIDURAL STEROID INJECTION\n\nShe is 60 years old and has leg pain."
    )
    assert told(text, "level") == {"L4-5"}
    assert told(text, "side") == {"right"}


@pytest.mark.parametrize(
    ("text", "procedures"),
    [
        ("OPERATION: Exploration of fusion and removal of pedicle screws and rods, L3 to S1.", {"hardware_removal"}),
        ("OPERATION: Exploration of lumbar fusion L4-5.", {"other_spine"}),
        ("PROCEDURE: Bilateral L3, L4 medial branch and L5 dorsal ramus blocks.", {"facet_injection"}),
        ("OPERATIVE REPORT: CERVICAL DISC ARTHROPLASTY", {"disc_replacement"}),
        ("PLAN: Revision fusion L4-5 is reasonable and medically necessary.", {"fusion"}),
    ],
)
def test_titles_name_their_procedures(text: str, procedures: set[str]):
    assert told(text, "procedure") == procedures


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("She will have a 23-hour stay.", {"observation"}),
        ("He will be kept overnight.", {"observation"}),
        ("A course of outpatient physiotherapy had not helped.", set()),
        ("Outpatient aquatic therapy was of no use.", set()),
    ],
)
def test_a_night_of_watching_is_observation_and_therapy_is_no_setting(words: str, setting: set[str]):
    assert told(f"PLAN: L4-5 laminectomy. {words}", "setting") == setting
