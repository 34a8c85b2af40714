"""The hospital stay: what it is for, how the patient is on the day, and what speaks for going home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact, RequestFact, StayFact
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import Sentence
from necessity.facts.requests_setting import OF_ANOTHER
from necessity.facts.stay_combined import combined_in
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_PAST_SECTIONS = frozenset(
    {"past_history", "surgical_history", "family_history", "social_history", "allergies", "consent", "medications"}
)
_ONE_STAY = timedelta(days=60)
_ORDERED = frozenset({Assertion.PRESENT, Assertion.PLANNED, Assertion.ADVISED})
# A fracture note may tell of hypotension years ago; only papers of a stay or of its plan speak of the stay.
_STAY = pattern(r"\b(?:iv|po|oral|pain|opioid|tablet|dose|mg)\b")


def read(chart: ReadChart) -> Iterable[Fact]:
    """Stay facts of every document of this stay; the papers of an earlier operation tell of another."""
    newest = max((document.document.written for document in chart.documents if document.document.written), default=None)
    for document in chart.documents:
        written = document.document.written
        if newest and written and newest - written > _ONE_STAY:
            continue
        for sentence in document.having("stay"):
            if sentence.section.kind not in _PAST_SECTIONS:
                for match, concept in sentence.of("stay"):
                    if not concept.get("atom"):
                        yield from _fact(sentence, match, concept)
                yield from combined_in(sentence)


def _fact(sentence: Sentence, match: Match, concept: Concept) -> Iterator[Fact]:
    qualifier = sentence.qualify(match.start, match.end)
    if qualifier.not_patient or qualifier.historical:
        return
    if concept.id == "expects_same_day_discharge" and OF_ANOTHER.match(sentence.text[match.end :]):
        return
    assertion = qualifier.assertion
    if concept.get("planned") and assertion in _ORDERED:
        assertion = Assertion.PRESENT
    if (
        concept.id == "oral_plan_failed"
        and sentence.text[match.start : match.end] == "vomited"
        and not _STAY.search(sentence.text)
    ):
        return
    evidence = (sentence.evidence(match.start, match.end),)
    if concept.get("request"):
        if sentence.document.kind is Kind.AUTHORIZATION_FORM:
            yield RequestFact(
                concept=concept.id,
                value=concept.get("request"),
                assertion=assertion,
                evidence=evidence,
                written=sentence.written,
            )
    elif concept.get("approach"):
        yield RequestFact(
            concept="approach",
            value=concept.get("approach"),
            assertion=assertion,
            evidence=evidence,
            written=sentence.written,
        )
    else:
        yield StayFact(concept=concept.id, assertion=assertion, evidence=evidence, written=sentence.written)
