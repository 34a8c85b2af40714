"""Disability scores: Oswestry and Neck Disability Index in percent, mJOA and Roland-Morris as points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from necessity.facts.fact import Assertion, Function
from necessity.facts.reading import Sentence
from necessity.values.patterns import pattern

_VALUE = pattern(
    r"(?<![\d/.])(?P<value>\d{1,3}(?:\.\d{1,2})?)(?:\s?(?:/|out of|of)\s?(?P<of>50|100|45|40|35|18|17|24))?(?P<percent>\s?%|\s?percent)?(?!\d|/\d)"
)
_CHAIN = pattern(
    r"^\s?(?:%|percent|points)?\s?(?:at (?:soc|eval|evaluation|start|intake|baseline|initial|admission)[,;]?(?: and)?|(?:in|pre|initially|initial|start)[,;](?: and)?|post|,? ?(?:on|at) (?:discharge|d/c|re-?eval\w*|follow-?up|last visit|recheck)|->|-->|=>|→|=|to|\(|now|,? (?:and )?(?:now|today|down to|up to|improved to|currently)(?: at)?)\s?(?:is |was )?"
)
# "58 / DC 54", "56 / 50": from the first visit to the last; "22/50" is a score out of fifty.
_SLASH = pattern(
    r"^\s?(?:%|percent)?\s?(?:/|\|)\s?(?:d/?c|dc|discharge|disch|final|last|now|current|today|f/u|re-?eval|recheck)?[\s:]{0,2}(?:is |was )?"
)
_GAP = pattern(r"^[^.;\d]{0,46}$")
_LONG_GAP = pattern(
    r"^[^;\d]{0,90}\b(?:scored|was|score of|totall?ed|gave|yielded|of|came to|at)\s(?:an? |about )?(?:score of )?$"
)
_DATE = pattern(
    r"^\s?(?:on |\()?(?:0?[1-9]|1[0-2])/(?:[0-2]?\d|3[01])(?:/\d{2,4})?\)?\s?[:=-]?\s?(?=\d)(?!\d{1,2}/(?:50|100)\b)"
)
# "28% (was 56%)": the one before stands behind; "ODI < 30%" is a goal.
_EARLIER = pattern(
    r"^\s?(?:%|percent|points)?\s?[,;(]\s?(?:it )?(?:was|from|prior|previous(?:ly)?|before|baseline|initial(?:ly)?|down from|up from|last)\b|^\s?(?:%|percent)?,? (?:down|up|improved|reduced|increased) from\b"
)
_AIM = pattern(
    r"(?:<|>|≤|≥|less than|below|under|goals?\b[^.;]*|target\b[^.;]*|decrease\w*|improve\w*|reduce\w*|to be)\s?(?:to |by )?(?:<|>|≤)?\s?$"
)
_POINTS = {"mjoa": 18.0, "rmdq": 24.0}
_NOT_NOW = pattern(
    r"\b(?:initial|baseline|at (?:eval|intake|start)|previous|prior|goal|before|target|expected|preop\w*|pre-op)\b"
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
    if not found:
        return None
    gap = text[position : found.start()]
    if not (_GAP.match(gap) or _LONG_GAP.match(gap)) or _AIM.search(gap):
        return None
    last = found
    while True:
        if _EARLIER.match(text[last.end() :]):
            break
        chain = _CHAIN.match(text[last.end() :]) or (
            _SLASH.match(text[last.end() :]) if _is_slashed(text, last) else None
        )
        following = _VALUE.match(text, last.end() + chain.end()) if chain else None
        if not following:
            break
        last = following
    if last["of"] and float(last["value"]) > float(last["of"]):
        return float(last["of"]), last.end(), False  # "56 / 50": from the first visit to the last
    value = _scaled(last, score)
    if value is None:
        return None
    return value, last.end(), bool(_NOT_NOW.search(gap)) and last is found


def _is_slashed(text: str, found: re.Match[str]) -> bool:
    return found["of"] is None and bool(_SLASH.match(text[found.end() :]))


def _scaled(found: re.Match[str], score: str) -> float | None:
    value = float(found["value"])
    if score in _POINTS:
        return value if value <= _POINTS[score] else None
    if found["of"] and not found["percent"]:
        value = 100 * value / float(found["of"])
    elif not found["percent"] and found["value"].isdigit() and value > 100:
        return None
    return round(value, 1) if value <= 100 else None
