"""A paragraph on the patient between the title of a procedure and its account is a history."""

from __future__ import annotations

import pathlib

import yaml

from necessity.charts.sections import Headings

VOCABULARY = pathlib.Path(__file__).resolve().parents[2] / "library" / "vocabulary" / "sections.yaml"
HEADINGS = Headings(yaml.safe_load(VOCABULARY.read_text()))


def kinds(text: str) -> list[str]:
    return [section.kind for section in HEADINGS.split(text)]


def test_the_patient_told_of_between_title_and_account_is_a_history() -> None:
    text = (
        "PROCEDURE: Right L4-5 epidural injection.\n\nThe patient is a 44-year-old man with leg pain who takes naproxen.\n\n"
        "He was placed in the prone position and the needle was advanced.\n"
    )
    assert kinds(text) == ["procedure", "history", "procedure_details"]


def test_findings_at_operation_may_be_followed_by_the_story() -> None:
    text = "FINDINGS: A free fragment.\n\nPatient had leg pain for six weeks and tried a steroid pack.\n\nClosure in layers.\n"
    assert kinds(text) == ["findings", "history", "findings"]


def test_how_the_patient_left_is_no_history() -> None:
    text = (
        "PROCEDURE NOTE: The patient was placed prone and the needle was advanced.\n\n"
        "She reports less pain and returns in two weeks.\n"
    )
    assert kinds(text) == ["procedure_details"]


def test_findings_of_a_study_stay_findings() -> None:
    text = "FINDINGS: A protrusion at L4-5.\n\nL5-S1: The canal is patent.\n\nThe facets are hypertrophic.\n"
    assert kinds(text) == ["findings"]


def test_a_plan_within_a_line_is_a_plan() -> None:
    text = "ED NOTE\nHe has sciatica and takes Tylenol. Plan: L4-5 discectomy tonight.\n"
    assert kinds(text)[-1] == "plan"
