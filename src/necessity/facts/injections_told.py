"""Injections told together: a list of days with what each gave, and the place of one in a series."""

from __future__ import annotations

import re
from dataclasses import replace

from necessity.facts.fact import Assertion, Treatment
from necessity.facts.reading import Sentence
from necessity.facts.treatments_response import percents_in
from necessity.values.dates import Length
from necessity.values.patterns import pattern

_HOUR = 1 / 24
_HOURS = pattern(r"(?:x|for|lasting)\s?(?P<n>\d{1,2}(?:\.\d)?)\s?(?:h|hr|hrs|hours?)\b")
_PERCENT = pattern(r"\d\s?(?:%|percent)")
# "Returns for the second in the series", "here for #3 of 3": those before it were given.
_LATER = pattern(
    r"\b(?:returns?|here|presents?|comes?|scheduled|seen|back)\b[^.;]{0,30}\bfor\s(?:her|his|the|their|injection)?\s?(?:repeat\s)?(?:#\s?(?P<n>[2-4])|(?P<o>second|2nd|third|3rd|fourth|4th))\b|\bthis is (?:her|his|the) (?P<p>second|2nd|third|3rd|fourth|4th)\b"
)
_FIRST = pattern(
    r"\bthis (?:is|was|will be) (?:her|his|the patient's|the|their) (?:very )?first(?: (?:injection|epidural|esi|one|block|shot)\b|\s?[.,;]|$)|\b(?:returns?|here|presents?)\b[^.;]{0,30}\bfor\s(?:her|his|the|their) first (?:injection|epidural|esi|block|in|of)\b"
)
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def each_told(sentence: Sentence, named: Treatment, start: int, end: int) -> list[Treatment]:
    """ "SI injections: 5/6/26 - 85% for 3 h. 7/1/26 - 80% for 2 h": each day with its own percent; empty for any other text."""
    times = [time for time in sentence.times if time.date is not None and not time.ago and start <= time.start < end]
    if len(times) < 2 or len(_PERCENT.findall(sentence.text, times[0].end, end)) < 2:
        return []
    found = []
    for number, time in enumerate(times):
        stop = times[number + 1].start if number + 1 < len(times) else end
        percents = percents_in(sentence.text[time.end : stop])
        if not percents:
            return []
        found.append(
            replace(
                named,
                when=time.date,
                count=None,
                relief_percent=percents[0],
                relief=_lasted(sentence, time.end, stop),
                response="temporary" if percents[0] else "none",
                documentation="dated",
            )
        )
    return found


def _lasted(sentence: Sentence, start: int, end: int) -> Length | None:
    hours = _HOURS.search(sentence.text, start, end)
    if hours:
        return Length.exactly(float(hours["n"]) * _HOUR)
    return next(
        (time.length for time in sentence.times if time.length and not time.ago and start <= time.start < end), None
    )


def before_in_series(sentence: Sentence, kind: str) -> Treatment | None:
    """In the record of an injection: those given before it, or that it is the first; None where nothing is told."""
    later = _LATER.search(sentence.text)
    if later:
        word = later["n"] or later["o"] or later["p"]
        number = int(word) if word.isdigit() else _ORDINALS[word]
        return _of_series(sentence, kind, later, Assertion.PRESENT, number - 1)
    first = _FIRST.search(sentence.text)
    return _of_series(sentence, kind, first, Assertion.ABSENT, None) if first else None


def _of_series(
    sentence: Sentence, kind: str, found: re.Match[str], assertion: Assertion, count: int | None
) -> Treatment:
    return Treatment(
        concept=kind,
        assertion=assertion,
        evidence=(sentence.evidence(found.start(), found.end()),),
        written=sentence.written,
        count=count,
    )
