"""Where an unanswered review question was looked for."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from necessity import pipeline
from necessity.abstracts.looked import questions_from
from necessity.charts.chart import Case, chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.library import library_folder, open_library
from necessity.reports.of_abstract import abstract_object, abstract_text
from necessity.values.errors import LibraryError

NOTE = "HPI: Low back pain for six weeks.\n\nEXAM: Strength 5/5 throughout.\n"


def case(text: str = NOTE) -> Case:
    chart = chart_of([Document(id="", name="note.txt", text=text)])
    return Case(id="x", chart=chart, request=Request(), as_of=date(2026, 1, 1))


def test_every_standard_question_is_answered_or_says_where_it_was_looked_for() -> None:
    knowledge = open_library()
    answers = pipeline.abstract(case(), knowledge)
    looked = pipeline.looked_for(case(), answers, knowledge)
    found = sorted([*answers, *(one.question.id for one in looked)])
    assert found == sorted(question.id for question in knowledge.review_questions)
    assert not set(answers) & {one.question.id for one in looked}


def test_the_sections_that_usually_tell_it_are_named() -> None:
    knowledge = open_library()
    looked = {one.question.id: one for one in pipeline.looked_for(case(), {}, knowledge)}
    assert looked["neuro.reflex_change"].documents[0].sections == ("exam",)
    assert looked["imaging.stenosis"].documents[0].sections == ()


def test_the_abstract_keeps_unanswered_questions_out_of_its_answers() -> None:
    knowledge = open_library()
    answers = pipeline.abstract(case(), knowledge)
    written = abstract_object(answers, pipeline.looked_for(case(), answers, knowledge))
    assert "risk.bmi" not in written["answers"]
    assert written["undocumented"]["risk.bmi"]["documents"] == [{"document": "d1", "sections": ["exam"]}]
    assert "risk.bmi: looked for" in abstract_text(answers, pipeline.looked_for(case(), answers, knowledge))


def test_the_shipped_questions_are_the_standard_ones_and_name_known_sections() -> None:
    folder = library_folder() / "vocabulary"
    kinds = set(yaml.safe_load((folder / "sections.yaml").read_text())["kinds"]) | {"preamble", "other"}
    questions = questions_from(yaml.safe_load((folder / "review_questions.yaml").read_text()), "review_questions.yaml")
    assert len(questions) == 55
    assert {kind for question in questions for kind in question.sections} <= kinds


def test_a_question_without_a_label_is_refused_by_name() -> None:
    with pytest.raises(LibraryError, match="label"):
        questions_from({"questions": {"risk.bmi": {"looked_for": []}}}, "review_questions.yaml")
