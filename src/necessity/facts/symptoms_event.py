"""The day that a complaint began where only the event is told: a fall, a lift, a date of injury at the head of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, SymptomQuality
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.symptoms_meant import is_treatment
from necessity.facts.times import TimeMention
from necessity.values.dates import Length, PartialDate
from necessity.values.patterns import pattern

_EVENT = pattern(
    r"\b(?:tripped|fell|fall|slipped|slid|lifting|lifted|twisted|bent (?:over|down|to|into)|rear-ended|struck|collision|crash|mva|mvc|car accident|work injury|injured (?:his|her)|moving|pulled|threw|thrown|tackled|stepped off|missed a step|"
    r"(?:something|it) (?:popped|gave|let go|went)|(?:his|her|my) (?:back|neck) (?:went|gave) out|recurrence|reherniat\w+|re-injur\w+)\b"
)
# An injury of another part, and pain that was there long before.
_ELSEWHERE = pattern(
    r"\b(?:broke|broken|sprain(?:ed)?|lacerat\w+|dislocat\w+|torn|tore|fractured?) (?:his|her|a|an|the|left|right)\b"
)
_CHRONIC = re.compile(
    r"\b(?:chronic|long-?standing|longstanding) (?:low |lower |mid )?(?:back|neck|lumbar|cervical|pain|lbp)\b", re.I
)
_BEFORE_NOW = pattern(
    r"\s?(?:ago|before|prior to) (?:(?:this|the|his|her|today's|present) (?:surgery|operation|procedure|admission|visit|presentation|evaluation)|admission|presentation|presenting|(?:he|she) (?:came|presented|was (?:seen|admitted)))\b"
)
_SECTIONS = frozenset({"history", "chief_complaint", "preamble", "other", "indication", "identification"})
_LONGEST_DAYS = 3 * 366
_DAY = r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?(?![\d/])"
_INJURED = re.compile(
    rf"\b(?:doi|date of injury|date of loss|date of accident|injury date|date of onset|onset(?: date)?)\s*:?\s*{_DAY}",
    re.I,
)
_TODAY = re.compile(
    rf"\b(?:today|date of (?:this |today's )?(?:visit|exam(?:ination)?|service|evaluation|report)|eval(?:uation)? date|visit date|exam date|report date|dos)\s*:?\s*{_DAY}",
    re.I,
)
_LOG_LINE = re.compile(rf"^\s*{_DAY}\s+\S", re.M)
_LEAST_LINES = 3


def events_of(document: ReadDocument) -> Iterator[SymptomQuality]:
    """At most one event of a document whose complaint has no length of its own."""
    found = _at_the_head(document)
    if found is None and not _CHRONIC.search(document.document.text):
        found = next(_in_the_story(document), None)
    if found is not None:
        yield found


def _made(
    document: ReadDocument, days: float, onset: PartialDate | None, evidence: tuple[Evidence, ...]
) -> SymptomQuality:
    return SymptomQuality(
        concept="event",
        assertion=Assertion.PRESENT,
        evidence=evidence,
        written=document.document.written,
        length=Length.exactly(days),
        onset=onset,
    )


def _in_the_story(document: ReadDocument) -> Iterator[SymptomQuality]:
    for sentence in document.sentences:
        if sentence.section.kind not in _SECTIONS or not sentence.times or not _EVENT.search(sentence.text):
            continue
        if _ELSEWHERE.search(sentence.text):
            continue
        for mention in sentence.times:
            days = _days_since(sentence, mention)
            low, high = sentence.clause(mention.start)
            if days is None or not 0 < days < _LONGEST_DAYS or not _EVENT.search(sentence.text, low, high):
                continue
            said = sentence.qualify(mention.start, mention.end)
            if said.not_patient or said.historical or is_treatment(sentence, max(low, mention.start - 45), high):
                continue
            yield _made(document, days, mention.date, (sentence.evidence(low, high),))


def _days_since(sentence: Sentence, mention: TimeMention) -> float | None:
    if mention.length is not None and (mention.ago or _BEFORE_NOW.match(sentence.text, mention.end)):
        return mention.length.days
    if mention.date is None or sentence.written is None:
        return None
    return float((sentence.written - mention.date.middle).days)


def _at_the_head(document: ReadDocument) -> SymptomQuality | None:
    """ "DOI: 1/19   Today: 4/12": without a year both are of the same twelve months."""
    text = document.document.text
    injured = _INJURED.search(text)
    if injured is None:
        return None
    lines = list(_LOG_LINE.finditer(text))
    seen = _TODAY.search(text) or (lines[-1] if len(lines) >= _LEAST_LINES else None)
    until = document.document.written or (_day(seen, injured) if seen else None)
    began = _day(injured, seen) if seen else _day(injured, None, until)
    if began is None or until is None:
        return None
    if began > until and not injured["y"]:
        began = _year_before(began)
    days = float((until - began).days)
    evidence = (document.document.evidence(injured.start(), injured.end()),)
    return _made(document, days, PartialDate.day(began), evidence) if 0 < days < _LONGEST_DAYS else None


def _day(found: re.Match[str], other: re.Match[str] | None, near: date | None = None) -> date | None:
    """The day of a match; a missing year is that of the other match, else of the date nearby, else one leap year for both."""
    year = found["y"] or (other["y"] if other else None) or (str(near.year) if near else "2000")
    number = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return date(number, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _year_before(day: date) -> date:
    return day - timedelta(days=366 if day.year % 4 == 0 else 365)
