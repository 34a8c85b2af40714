"""Episodes that closed: the patient was well again for weeks or longer, and then the trouble came back.

Treatment told before such words belongs to the episode that they close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from necessity.facts.fact import Assertion, CareStatement, Fact, Treatment
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

_TOLD_IN = frozenset(
    {"history", "preamble", "other", "indication", "chief_complaint", "past_history", "treatment", "identification"}
)
_FOLLOWING = 3  # sentences that may tell of the return
# Shorter good times are the relief of a treatment.
_WELL_DAYS = 56
_PAIN = pattern(
    r"\b(?:pain|symptoms?|sciatica|leg|arm|back|neck|numb\w*|tingl\w*|it|episode|recurr\w*|flare\w*|injur\w*)\b"
)
_RELIEF = pattern(r"\b(?:injections?|esis?|shots?|epidurals?|blocks?|tfesis?|ablation|rfa)\b[^.;]{0,60}$")


@dataclass(frozen=True, slots=True)
class Closed:
    """Where words say that the patient was well, and what tells of the return."""

    well: Sentence
    at: int  # place of the words in the document
    back: Sentence
    when: PartialDate | None


def closed_in(document: ReadDocument) -> list[Closed]:
    """Every episode that a document tells to have closed."""
    found = []
    for sentence in document.sentences:
        if not sentence.has("uptake", "well") or sentence.section.kind not in _TOLD_IN:
            continue
        closed = _closed(document, sentence)
        if closed:
            found.append(closed)
    return found


def _closed(document: ReadDocument, sentence: Sentence) -> Closed | None:
    match = next(match for match, concept in sentence.of("uptake") if concept.id == "well")
    how = sentence.qualify(match.start, match.end)
    if how.not_patient or how.assertion is not Assertion.PRESENT or _RELIEF.search(sentence.text, 0, match.start):
        return None
    if any(
        time.length and not time.ago and time.length.days < _WELL_DAYS and time.start >= match.end
        for time in sentence.times
    ):
        return None
    told = [sentence, *(after for count in range(1, _FOLLOWING + 1) if (after := document.after(sentence, count)))]
    for number, later in enumerate(told):
        start = match.end if number == 0 else 0
        if not any(concept.id == "back" and found.start >= start for found, concept in later.of("uptake")):
            continue
        days = [time.date for time in later.times if time.date is not None and time.start >= start]
        # "Asymptomatic from December until 2/2/26": of the days beside the good time itself the last one ends it.
        when = max(days, key=lambda day: day.earliest, default=None) if number == 0 else next(iter(days), None)
        if when is not None and _PAIN.search(later.text, start) and not _is_too_early(sentence, when):
            return Closed(sentence, sentence.evidence(match.start, match.end).start, later, when)
    return None


def _is_too_early(well: Sentence, back: PartialDate) -> bool:
    """Whether the return lies before the good time, or so soon behind it that no episode closed."""
    days = [time.date for time in well.times if time.date is not None and not time.ago and time.date != back]
    return any((back.latest - day.earliest).days < _WELL_DAYS for day in days)


def with_closed(document: ReadDocument, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a document, what was tried before a good time marked as history, and a `care_closed` for each."""
    closed = closed_in(document)
    marked = [_marked(fact, closed) for fact in facts]
    for each in closed:
        passages = dict.fromkeys((each.well.evidence(), each.back.evidence()))
        marked.append(
            CareStatement(
                concept="care_closed",
                assertion=Assertion.PRESENT,
                evidence=tuple(passages),
                written=each.well.written,
                when=each.when,
            )
        )
    return marked


def _marked(fact: Fact, closed: Sequence[Closed]) -> Fact:
    if not isinstance(fact, Treatment) or fact.assertion is not Assertion.PRESENT:
        return fact
    place = fact.evidence[0].start
    before = any(each.well.section.start <= place < each.at and not _is_later(fact, each) for each in closed)
    return replace(fact, historical=True, ongoing=False) if before else fact


def _is_later(fact: Treatment, closed: Closed) -> bool:
    """Whether the treatment has a day of its own behind the return."""
    days = [day.earliest for day in (fact.when, fact.started, fact.ended) if day is not None]
    return closed.when is not None and any(day >= closed.when.earliest for day in days)
