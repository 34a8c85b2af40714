"""From a chart to its facts: each document is read once, and each subject has one reader.

A reader takes the whole chart, so that it can see what other documents say, and returns facts in document order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from necessity.charts.chart import Chart
from necessity.charts.sections import Headings
from necessity.facts.certainty import marked
from necessity.facts.cues_shown import with_cues
from necessity.facts.fact import Fact
from necessity.facts.outdated import outdated_marked
from necessity.facts.reading import ReadDocument, Sentence
from necessity.vocabulary.codes import NO_CODES, Codes
from necessity.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ReadChart:
    """All documents of a chart, read."""

    documents: tuple[ReadDocument, ...]
    as_of: date | None = None
    codes: Codes = NO_CODES

    @property
    def sentences(self) -> Iterable[Sentence]:
        """Every sentence of every document, in order."""
        return (sentence for document in self.documents for sentence in document.sentences)


Reader = Callable[[ReadChart], Iterable[Fact]]


def read_chart(
    chart: Chart, lexicon: Lexicon, headings: Headings, as_of: date | None = None, codes: Codes = NO_CODES
) -> ReadChart:
    """Sections, sentences and concepts of every document. `codes` are for the entries of structured records."""
    return ReadChart(tuple(ReadDocument(document, lexicon, headings) for document in chart.documents), as_of, codes)


def facts_of(read: ReadChart, readers: Iterable[Reader]) -> tuple[Fact, ...]:
    """The facts of all readers, in the order of the documents and of the text in them."""
    places = {document.document.id: number for number, document in enumerate(read.documents)}
    facts = outdated_marked(marked((fact for reader in readers for fact in reader(read)), read.documents))
    ordered = sorted(
        facts,
        key=lambda fact: (
            places[fact.evidence[0].document],
            fact.evidence[0].start,
            fact.evidence[0].end,
            fact.concept,
        ),
    )
    return tuple(with_cues(ordered, read.documents))
