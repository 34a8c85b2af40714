"""Facts of a stay that two words of a sentence tell together: "oxycodone … vomiting", "cardiology … wants telemetry"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from necessity.facts.fact import Assertion, StayFact
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Match

_APART = pattern(r";|\.\s|\bbut\b|\bthen\b")
_ORDERED = (Assertion.PRESENT, Assertion.PLANNED, Assertion.ADVISED)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two atoms that mean `concept` within `reach` characters; `third` must then stand in the sentence too."""

    concept: str
    first: str
    second: str
    reach: int
    third: str | None = None
    planned: bool = False


_PAIRS = (
    _Pair("oral_plan_failed", "by_mouth", "not_enough", 40),
    _Pair("oral_plan_failed", "oral_plan", "not_enough", 40),
    _Pair("oral_plan_failed", "iv_opioid", "back_to", 24),
    _Pair("comorbidity_unstable", "unstable", "illness", 14),
    _Pair("comorbidity_unstable", "specialist", "hospital_care", 60, third="advises", planned=True),
    _Pair("expects_same_day_discharge", "going_home", "within_day", 40, planned=True),
    _Pair("awaiting_placement", "facility", "waits", 30, planned=True),
)


def combined_in(sentence: Sentence) -> Iterator[StayFact]:
    """One fact at most for each pair of atoms in a sentence."""
    for pair in _PAIRS:
        if not (sentence.has("stay", pair.first) and sentence.has("stay", pair.second)):
            continue
        if pair.third is not None and not sentence.has("stay", pair.third):
            continue
        yield from _combined(sentence, pair)


def _combined(sentence: Sentence, pair: _Pair) -> Iterator[StayFact]:
    firsts = [match for match, concept in sentence.of("stay") if concept.id == pair.first]
    seconds = [match for match, concept in sentence.of("stay") if concept.id == pair.second]
    for first in firsts:
        for second in seconds:
            if not _near(sentence.text, first, second, pair.reach):
                continue
            hows = [sentence.qualify(match.start, match.end) for match in (first, second)]
            if any(how.not_patient or how.historical for how in hows):
                continue
            denied = any(how.assertion is Assertion.ABSENT for how in hows)
            stated = all(
                how.assertion is Assertion.PRESENT or pair.planned and how.assertion in _ORDERED for how in hows
            )
            if not denied and not stated:
                continue
            start, end = min(first.start, second.start), max(first.end, second.end)
            yield StayFact(
                concept=pair.concept,
                assertion=Assertion.ABSENT if denied else Assertion.PRESENT,
                evidence=(sentence.evidence(start, end),),
                written=sentence.written,
            )
            return


def _near(text: str, first: Match, second: Match, reach: int) -> bool:
    start, end = (first.end, second.start) if first.end <= second.start else (second.end, first.start)
    return 0 <= end - start <= reach and not _APART.search(text, start, end)
