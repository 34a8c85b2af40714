"""Reads a text with the product's own vocabulary, for tests of the readers of complaints."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.sections import Headings
from necessity.facts.fact import Fact
from necessity.facts.from_chart import Reader, facts_of, read_chart
from necessity.vocabulary.lexicon import Lexicon

VOCABULARY = Path(__file__).resolve().parents[2] / "library" / "vocabulary"


@cache
def vocabulary() -> tuple[Lexicon, Headings]:
    files = [yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))]
    return Lexicon(files), Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


def facts_in(text: str, reader: Reader, written: date | None = None) -> tuple[Fact, ...]:
    """The facts that one reader finds in one document."""
    return facts_in_documents([(text, written)], reader)


def facts_in_documents(documents: list[tuple[str, date | None]], *readers: Reader) -> tuple[Fact, ...]:
    chart = chart_of(
        Document(id="", name=f"note-{number}", text=text, written=written)
        for number, (text, written) in enumerate(documents)
    )
    return facts_of(read_chart(chart, *vocabulary()), readers)
