"""Disability scores: Oswestry and Neck Disability Index in percent, mJOA and Roland-Morris as points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, Function
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern

_VALUE = pattern(
    r"(?<![\d/.])(?P<value>\d{1,3}(?:\.\d{1,2})?)(?:\s?/\s?(?P<of>50|100|45|40|35|18|17|24))?(?P<percent>\s?%|\s?percent)?(?!\d|/\d)"
)
_CHAIN = pattern(
    r"^\s?(?:%|percent|points)?\s?(?:at (?:soc|eval|evaluation|start|intake|baseline|initial|admission)[,;]?(?: and)?|(?:in|pre|initially|initial|start)[,;](?: and)?|->|-->|=>|→|=|to|\(|now|,? (?:and )?(?:now|today|down to|up to|improved to|currently)(?: at)?)\s?(?:is |was )?"
)
_GAP = pattern(r"^[^.;\d]{0,46}$")
_DATE = pattern(
    r"^\s?(?:on |\()?(?:0?[1-9]|1[0-2])/(?:[0-2]?\d|3[01])(?:/\d{2,4})?\)?\s?[:=-]?\s?(?=\d)(?!\d{1,2}/(?:50|100)\b)"
)
_POINTS = {"mjoa": 18.0, "rmdq": 24.0}
_NOT_NOW = pattern(
    r"\b(?:was|initial|baseline|at (?:eval|intake|start)|previous|prior|goal|before|target|expected|preop\w*|pre-op)\b"
)


def disability_scores_of(sentence: Sentence) -> Iterator[Function]:
    """The scores of a sentence; of "52% -> 46%" the last, of "22/50 = 44%" the percentage."""
    for match, concept in sentence.of("function"):
        if concept.get("kind") != "score" or sentence.qualify(match.start, match.end).not_patient:
            continue
        found = _after(sentence.text, match.end, concept.get("score"))
        if found is None:
            continue
        value, end, earlier = found
        yield Function(
            concept=concept.get("score"),
            assertion=Assertion.PRESENT,
            historical=earlier,
            evidence=(sentence.evidence(match.start, end),),
            written=sentence.written,
            value=value,
        )


def _after(text: str, position: int, score: str) -> tuple[float, int, bool] | None:
    """(value, end, whether it is an earlier or a wished-for one) of the last link of a chain of values."""
    date = _DATE.match(text[position:])
    position += date.end() if date else 0
    found = _VALUE.search(text, position)
    if not found or not _GAP.match(text[position : found.start()]):
        return None
    gap = text[position : found.start()]
    last = found
    while True:
        chain = _CHAIN.match(text[last.end() :])
        following = _VALUE.match(text, last.end() + chain.end()) if chain else None
        if not following:
            break
        last = following
    value = _scaled(last, score)
    if value is None:
        return None
    return value, last.end(), bool(_NOT_NOW.search(gap)) and last is found


def _scaled(found: re.Match[str], score: str) -> float | None:
    value = float(found["value"])
    if score in _POINTS:
        return value if value <= _POINTS[score] else None
    if found["of"] and not found["percent"]:
        value = 100 * value / float(found["of"])
    elif not found["percent"] and found["value"].isdigit() and value > 100:
        return None
    return round(value, 1) if value <= 100 else None
