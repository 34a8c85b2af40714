"""The apparatus of a report: numbers of references and anchors of passages, given out as sections are made."""

from __future__ import annotations

from collections.abc import Iterable

from necessity.charts.span import Evidence
from necessity.determinations.determination import Determination, Reference
from necessity.findings.finding import Finding
from necessity.reports import wording
from necessity.reports.outline import Quote, Sentence, anchor_of


class Apparatus:
    """Numbers references in the order in which the report first cites them; uncited ones get none.

    A citation names a reference by its id, or a finding of it (`smith-2020.1` for `smith-2020`). One that the
    determination has no reference for gets no number.
    """

    def __init__(self, determination: Determination) -> None:
        self._references = {reference.id: reference for reference in determination.references}
        self._documents = {document.id: document for document in determination.chart.documents}
        self._titles = _titles(determination)
        self._numbers: dict[str, int] = {}

    def sentences(self, text: str, cites: Iterable[str] = ()) -> tuple[Sentence, ...]:
        """The text with its reference numbers; nothing where there is no text."""
        return (Sentence(text=text, numbers=self.numbers(cites)),) if text else ()

    def numbers(self, cites: Iterable[str]) -> tuple[int, ...]:
        known = [reference.id for cite in cites if (reference := self._reference(cite))]
        return tuple(sorted({self._numbers.setdefault(one, len(self._numbers) + 1) for one in known}))

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        """Each passage once, in the order given."""
        return tuple(self._quote(one) for one in dict.fromkeys(evidence))

    def criterion_title(self, line: str | None, criterion: str) -> str:
        """The title of a criterion of a line; of whichever line has it, where none is named."""
        fallback = criterion.replace("-", " ")
        return self._titles.get((line, criterion)) or self._titles.get((None, criterion), fallback)

    @property
    def cited(self) -> tuple[tuple[int, Reference], ...]:
        return tuple((number, self._references[one]) for one, number in self._numbers.items())

    def _reference(self, cite: str) -> Reference | None:
        return self._references.get(cite) or self._references.get(cite.rsplit(".", 1)[0])

    def _quote(self, evidence: Evidence) -> Quote:
        document = self._documents[evidence.document]
        anchor = anchor_of("p", evidence.document, str(evidence.start), str(evidence.end))
        name, page = wording.place_of(document, evidence)
        return Quote(evidence=evidence, anchor=anchor, name=name, page=page, pages=document.pages)


def _titles(determination: Determination) -> dict[tuple[str | None, str], str]:
    titles: dict[tuple[str | None, str], str] = {}
    for decided in determination.lines:
        for finding in decided.findings:
            titles[decided.line.id, finding.criterion] = finding.title
            titles.setdefault((None, finding.criterion), finding.title)
    for finding in _care_findings(determination):
        titles.setdefault((None, finding.criterion), finding.title)
    return titles


def _care_findings(determination: Determination) -> tuple[Finding, ...]:
    return determination.level_of_care.findings if determination.level_of_care else ()
