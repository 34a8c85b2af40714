"""Facts that rest on words read without certainty: which are marked, and what becomes of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from necessity import pipeline
from necessity.charts.chart import Case, chart_of
from necessity.charts.document import Document
from necessity.charts.from_case import case_from_mapping
from necessity.charts.layout import How, Layout, Original, PageReading, PlacedWord
from necessity.charts.request import Request
from necessity.charts.span import Box
from necessity.facts.fact import Fact
from necessity.library import open_library
from necessity.values.status import Outcome, Status

KNOWLEDGE = open_library()


def scanned(text: str, *doubtful: str) -> Document:
    """A document as a scan would give it, with these words in doubt wherever they stand."""
    words = [
        PlacedWord(
            found.start(), found.end(), Box(1, 10, 10, 20, 20), 40 if found[0] in doubtful else 95, found[0] in doubtful
        )
        for found in re.finditer(r"\S+", text)
    ]
    page = PageReading(number=1, width=612, height=792, how=How.OCR, confidence=90)
    layout = Layout(words, (page,), Original(data=b"", is_pdf=True))
    return Document(id="d1", name="fax.pdf", text=text, written=date(2026, 1, 12), layout=layout)


def facts(text: str, *doubtful: str) -> tuple[Fact, ...]:
    case = Case(id="c", chart=chart_of([scanned(text, *doubtful)]), request=Request(), as_of=date(2026, 1, 12))
    return pipeline.facts(case, KNOWLEDGE)


def doubted(found: Iterable[Fact], concept: str) -> set[bool]:
    return {fact.doubtful for fact in found if fact.concept == concept}


@pytest.mark.parametrize("word", ["4/5.", "Left", "dorsiflexion"])
def test_a_fact_whose_figure_side_or_concept_is_in_doubt_is_marked(word: str):
    assert doubted(facts("EXAM:\nLeft ankle dorsiflexion 4/5.", word), "strength") == {True}


def test_a_negation_in_doubt_beside_the_passage_marks_it():
    assert doubted(facts("ROS:\nThere is no saddle numbness.", "no"), "saddle") == {True}


def test_a_doubt_about_something_else_in_the_sentence_marks_nothing():
    text = "EXAM:\nLeft ankle dorsiflexion 4/5; blood pressure 134/82."
    assert doubted(facts(text, "134/82."), "strength") == {False}


def test_words_that_decide_nothing_may_be_in_doubt():
    assert doubted(facts("EXAM:\nLeft ankle dorsiflexion today 4/5.", "today"), "strength") == {False}


def case(*doubtful: str) -> Case:
    """A case that is necessary, sent as a scan."""
    path = Path(__file__).parents[1] / "data" / "cases" / "dev-004.yaml"
    whole = case_from_mapping(
        yaml.safe_load(path.read_text("utf-8")), "dev-004", KNOWLEDGE.form_words(), default_id="c"
    )
    documents = [
        replace(scanned(one.text, *doubtful), name=one.name, written=one.written) for one in whole.chart.documents
    ]
    return replace(whole, chart=chart_of(documents))


def test_a_scan_without_doubt_is_decided_as_its_text():
    assert pipeline.review(case(), KNOWLEDGE).outcome is Outcome.MEDICALLY_NECESSARY


def test_doubt_about_everything_decides_nothing():
    text = " ".join(document.text for document in case().chart.documents)
    determination = pipeline.review(case(*text.split()), KNOWLEDGE)
    assert determination.outcome is Outcome.NEEDS_DOCUMENTATION
    assert not {finding.status for finding in determination.findings} & {Status.MET, Status.NOT_MET}
    assert any(statement.kind == "uncertain_reading" for statement in determination.statements)
