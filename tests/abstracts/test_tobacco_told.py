"""What the chart says of tobacco, where it says two things."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from necessity.abstracts import patient
from necessity.abstracts.from_facts import abstract_of
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.charts.sections import Headings
from necessity.facts import patient as read_patient
from necessity.facts.from_chart import facts_of, read_chart
from necessity.vocabulary.lexicon import Lexicon

VOCABULARY = Path(__file__).resolve().parents[2] / "library" / "vocabulary"


@pytest.fixture(scope="module")
def vocabulary() -> tuple[Lexicon, Headings]:
    files = [yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))]
    return Lexicon(files), Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


@pytest.mark.parametrize(
    ("text", "tobacco"),
    [
        ("SOCIAL: Dips snuff. Never smoked cigarettes.", "current"),
        ("SOCIAL: Chews tobacco daily. Never smoked.", "current"),
        ("SOCIAL: Smokes half a pack per day. Never smoker.", "conflicting"),
        ("SOCIAL: Never smoked.", "never"),
    ],
)
def test_tobacco_without_smoke_contradicts_no_word_of_never_smoking(
    text: str, tobacco: str, vocabulary: tuple[Lexicon, Headings]
) -> None:
    chart = chart_of([Document(id="", name="note", text=text)])
    facts = facts_of(read_chart(chart, *vocabulary), (read_patient.read,))
    answers = abstract_of(facts, Request(), (patient.answer,), date(2026, 1, 1))
    assert answers["risk.tobacco"].value == tobacco
