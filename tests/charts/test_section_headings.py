"""Headings without a colon: alone in a line of capitals, or one word before a paragraph."""

from __future__ import annotations

import pathlib

import yaml

from necessity.charts.sections import Headings

VOCABULARY = pathlib.Path(__file__).resolve().parents[2] / "library" / "vocabulary" / "sections.yaml"
HEADINGS = Headings(yaml.safe_load(VOCABULARY.read_text()))


def kinds(text: str) -> list[str]:
    return [section.kind for section in HEADINGS.split(text)]


def test_a_heading_of_several_words_in_capitals_stands_alone_in_its_line() -> None:
    text = "STRENGTH: 5/5 throughout.\n\nDISCUSSION AND ANSWERS TO QUESTIONS\n1. I agree with the operation.\n"
    assert kinds(text) == ["examination", "assessment"]


def test_one_word_before_a_paragraph_is_a_heading_of_it() -> None:
    text = "Mr. A has arm pain.\n\nExam. Spurling positive.\n\nImaging. An extrusion at C5-6.\n\nDiscussion. He wants an operation.\n"
    assert kinds(text) == ["preamble", "examination", "imaging", "assessment"]


def test_a_sentence_of_one_word_about_a_part_is_no_heading() -> None:
    assert kinds("He has pain.\n\nNeck. That is where it hurts.\n") == ["preamble"]


def test_the_title_of_a_document_is_no_heading() -> None:
    assert kinds("SPINE ROUNDS POD 6\nS: no complaints.\n") == ["preamble", "history"]


def test_a_line_of_a_text_all_in_capitals_is_no_heading() -> None:
    assert kinds("SEVERE STENOSIS L4-5\n\nDISCUSSION WITH THE FAMILY\nTOOK AN HOUR\n") == ["preamble"]


def test_the_patient_comes_again_behind_the_family() -> None:
    assert kinds("Seen at 5. Family hx: father MI. Smokes 1/2 ppd. Works nights.\n") == [
        "preamble",
        "family_history",
        "preamble",
    ]


def test_illnesses_and_relatives_stay_with_the_family() -> None:
    assert kinds("FAMILY HISTORY: Father has cancer. Heart disease. He died at 60. Mother is alive.\n") == [
        "family_history"
    ]


def test_a_story_goes_on_behind_a_study_told_aside() -> None:
    text = "HPI: Leg pain as above. MRI: severe stenosis at L4-5.\n\nShe cannot walk a block.\n\nPLAN: Surgery.\n"
    assert kinds(text) == ["history", "imaging", "history", "plan"]


def test_a_study_with_a_line_of_its_own_keeps_its_paragraphs() -> None:
    text = "HPI: Leg pain.\nMRI: severe stenosis at L4-5.\n\nA cyst at L3-4.\n\nPLAN: Surgery.\n"
    assert kinds(text) == ["history", "imaging", "plan"]
