"""What the readers of imaging and red flags make of a text, written short for the tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from necessity.charts.chart import chart_of
from necessity.charts.document import Document, Kind
from necessity.charts.sections import Headings
from necessity.facts import imaging, redflags
from necessity.facts.fact import Fact, ImagingFinding, ImagingStudy, RedFlag
from necessity.facts.from_chart import facts_of, read_chart
from necessity.vocabulary.lexicon import Lexicon

WRITTEN = date(2026, 1, 10)
VOCABULARY = Path(__file__).parents[2] / "library" / "vocabulary"


@cache
def lexicon() -> Lexicon:
    return Lexicon([yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))])


@cache
def headings() -> Headings:
    return Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


def facts(text: str, kind: Kind = Kind.OTHER, name: str = "note") -> tuple[Fact, ...]:
    """The facts of one document written on 10 January 2026."""
    chart = chart_of([Document(id="", name=name, text=text, kind=kind, written=WRITTEN)])
    read = read_chart(chart, lexicon(), headings())
    return facts_of(read, (imaging.read, redflags.read))


def report(line: str) -> tuple[ImagingFinding, ...]:
    """The findings of an MRI report with this line."""
    found = facts(f"MRI LUMBAR SPINE WITHOUT CONTRAST 12/15/2025\n{line}", Kind.RADIOLOGY_REPORT)
    return tuple(fact for fact in found if isinstance(fact, ImagingFinding))


def findings(text: str, concept: str) -> list[ImagingFinding]:
    return [fact for fact in facts(text) if isinstance(fact, ImagingFinding) and fact.concept == concept]


def studies(text: str) -> list[ImagingStudy]:
    return [fact for fact in facts(text) if isinstance(fact, ImagingStudy)]


def flags(text: str) -> list[tuple[str, str]]:
    """(flag, assertion) of every red flag that is not of the past."""
    return [
        (fact.concept, fact.assertion.value)
        for fact in facts(text)
        if isinstance(fact, RedFlag) and not fact.historical
    ]
