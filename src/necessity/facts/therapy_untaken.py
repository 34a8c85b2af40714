"""Therapy that was not taken up: a record that ends with the evaluation, and one visit that is told as a trial."""

from __future__ import annotations

from collections.abc import Sequence

from necessity.facts.fact import Assertion, Source, Treatment
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.treatments_mention import Mention
from necessity.values.patterns import pattern

_VISITED = frozenset({"physical_therapy", "chiropractic", "acupuncture", "massage"})
_REACH = 70  # characters between a therapy and the visit told of it
# "One visit a week", "missed one visit": no word on how often the patient came.
_RATE = pattern(
    r"\s?(?:/|per\b|an?\b|each\b|every\b|weekly\b|daily\b|left\b|remaining\b|missed\b|short\b|more\b|away\b|cancel)"
)
_BUT = pattern(r"\b(?:missed|all but|but|except(?: for)?|cancel\w*|than|after|another|every|each|no-show\w*)\s$")


def untaken(document: ReadDocument, courses: Sequence[Treatment]) -> Treatment | None:
    """The statement of a therapist's record that the therapy was not given; None where visits are recorded."""
    if any((course.visits or 0) > 1 for course in courses):
        return None
    passages = [s for s in document.sentences if s.has("uptake", "untreated", "lost")]
    sure = any(s.has("uptake", "untreated") for s in passages)
    dated = any(course.length for course in courses)
    if not passages or not (sure or not dated):
        return None
    return Treatment(
        concept="physical_therapy",
        assertion=Assertion.ABSENT,
        evidence=tuple(sentence.evidence() for sentence in passages),
        written=document.document.written,
        source=Source.RECORD,
        documentation="record",
    )


def is_single_visit(sentence: Sentence, mention: Mention) -> bool:
    """ "Physical therapy - went once": behind the name of a therapy, and no rate of visits."""
    if mention.kind not in _VISITED:
        return False
    return any(
        0 <= match.start - mention.end < _REACH
        and match.start <= mention.right
        and not _RATE.match(sentence.text[match.end :])
        and not _BUT.search(sentence.text[: match.start])
        for match, concept in sentence.of("uptake")
        if concept.id in ("went_once", "untreated")
    )
