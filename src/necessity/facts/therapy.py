"""The therapist's own record: start of care, last visit, visits attended and how it ended, as one course of treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from necessity.facts.fact import Assertion, Region, Source, Treatment
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.treatments_response import responses_of
from necessity.values.dates import Length, PartialDate
from necessity.values.patterns import pattern

_START = pattern(
    r"\b(?:soc|start of care|start(?:ed)?|initial eval(?:uation)?|eval(?:uation)?(?: date)?|dates? of service|first visit|from|issued|began|treated from|seen from|dos)[\s:.(-]*(?:date|on)?[\s:.-]*$"
)
_END = pattern(
    r"(?:\b(?:d/c|dc|discharged?|last visit|end(?:ed)?|to|through|thru|final visit|last seen|until|most recent visit|discharge date)[\s:.(-]*(?:date|on)?[\s:.-]*|[-–]\s?)$"
)
_VISITS = pattern(
    r"(?<![\d/.-])(?P<n>\d{1,3})(?:\s?(?:/|of|out of)\s?\d{1,3})?\s(?:total\s|completed\s|attended\s|treatment\s|scheduled\s|pt\s)?(?:visits?|sessions?|treatments)\b|\b(?:visits?|sessions?)(?:\s(?:attended|completed|to date|so far|total|number))?\s?[:#=]?\s?(?P<after>\d{1,3})\b|\battended\s(?P<attended>\d{1,3})\b|(?<![\d/.-])(?P<short>\d{1,3})\s(?:v|vis|tx|txs|attended|appts?)\b(?!\s?\d)|(?<=\d\s)x(?P<times>\d{1,3})\b(?!\s?(?:weeks?|wks?|days?|months?|/))"
)
# "pt-flow-sheet.txt", "physical therapy discharge.pdf"
_NAMED_RECORD = pattern(
    r"(?:\d+[-_ ])*(?:op[-_ ]|outpatient[-_ ])?(?:pt|physical[-_ ]?therapy|physio\w*|therapy|rehab)[-_ ]?(?:flow|packet|records|cert|letter|attend|end|final|poc|log|summary|discharge|dc|d-c|note|progress|record|eval|attendance|visit|report)"
)
_TITLED_RECORD = pattern(
    r"\s*(?:outpatient |op )?(?:pt|p\.t\.|physical therapy|physiotherapy|therapy|rehab|rehabilitation)(?: clinic| treatment| visit| episode)? (?:records?|charts?|notes?|flow ?sheets?)[ ]*(?:\n|[:(-]|$)"
)
# The title of a first visit, at which therapy is only planned.
_EVALUATION = pattern(
    r"\s*(?:[a-z'&.-]+\s){0,5}?(?:pt|p\.t\.|physical therapy|physiotherapy|therapy|rehab\w*)\s(?:\w+\s){0,2}?(?:initial eval(?:uation)?|initial examination|initial assessment|i\.?e\.?|eval(?:uation)?(?: (?:and|&) (?:plan|poc|treat\w*))?)\b|\s*(?:initial|new patient) (?:pt|physical therapy|physiotherapy|therapy|rehab\w*) (?:eval(?:uation)?|assessment|examination)\b"
)
# What the patient fills in names therapy and is no record of it.
_FORM = pattern(
    r"questionnaire|\bintake\b|intake[-_ ]form|please (?:list|answer|complete|check|fill)|have you (?:tried|had)|history form|survey"
)
_ROW_OF_DAYS = pattern(
    r"(?<![\d/])(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?(?:\s[a-z]{1,10}){0,2}[\s|,]{1,3}){3,}\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])"
)
_DAY = pattern(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_MISSED = pattern(r"\b(?:cx|cxl|cancel\w*|ns|n/s|no show|no-show|dna|missed|resched\w*)\b")
_FAILING = ("failed", "none", "worse", "temporary")
_PROGRESS = ("partial", "improved", "resolved")
_SCORES = pattern(
    r"\b(?:pain|nprs|vas|nrs|lbp|leg|legs|arm|back|neck|buttock|l?e pain)\b(?: pain| level| score| sx)?[\s:,]{1,2}(?P<before>\d{1,2})(?:/10)?\s?(?:-+>|→|to|=>)\s?(?P<behind>\d{1,2})(?:-\d)?(?:/10)?\b(?!\s?(?:%|weeks?|visits?|lb|min|deg|x\b))"
)
_LEAST_PAIN, _SAME_PAIN, _MUCH_LESS = 3, 0.7, 0.35
_HEAD = 3
_SHORT = 600  # characters
_DATES_AND_VISITS = pattern(
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?\s?(?:-+>?|–|→|to|thru|through)\s?\d{1,2}/\d{1,2}(?:/\d{2,4})?[\s,;:./|()-]{1,6}(?:x\s?\d{1,3}\b|(?:visits?|attended|tx|sessions?)\s?[:#]?\s?\d{1,3}\b|\d{1,3}\s?(?:v\b|vis\b|visits?\b|sessions?\b|tx\b|txs\b|treatments?\b|attended\b|appts?\b|/\s?\d{1,3}\b))"
)
_OF_THERAPY = pattern(
    r"\b(?:ndi|odi|oswestry|nprs|vas|lefs|quickdash|6mwt|goals?|d/c|dc|discharged?|discontinue\w*|disch|plateau\w*|poc|soc|rehab|hep|outcome|functional|rom|strength|eval|\d{1,2}/10)\b"
)
_CLINIC = pattern(
    r"\b(?:chiro\w*|d\.c\.|adjust\w*|acupunct\w*|hpi|chief complaint|history of present|assessment|impression|mri|prescri\w*|refill\w*|mg|injection|esi|tfesi|surgeon|plan)\b"
)
_TITLE_LENGTH = 240
# "[page 2] SHOULDER EPISODE 03/31/2025 - 07/11/2025": a record of several courses, each under its own title.
_PAGE = pattern(
    r"\W*(?:page|pg|sheet|case|episode|record|referral|part|course)\s?#?\d|[\W\d]*(?:[a-z]+[ /-]){1,4}(?:episode|case|course|referral|plan of care)\b(?! of\b(?! care))"
)
_RANGE = pattern(r"\s?(?:-|–|—|to|thru|through|until|-+>|→)\s?")
_OTHER_RANGE = pattern(
    r"\b(?:cert\w*|recert\w*|auth\w*|approved|valid|prior|previous|earlier|goals?|coverage|period)\b[^.;]*$"
)
_NECK = frozenset({"neck", "cervical"})
_LOW_BACK = frozenset({"low back", "lower back", "lumbar", "lumbosacral", "sciatica", "sciatic"})


@dataclass(frozen=True, slots=True)
class Programme:
    """The stretch of a document under one title: what was treated there, where that is said."""

    sentences: tuple[Sentence, ...]
    other_region: str | None = None
    region: Region | None = None


def programmes_of(document: ReadDocument, of_therapy: bool) -> list[Programme]:
    """A record by its titles. A note that is no therapist's record is one stretch, elsewhere where its title says so."""
    if not of_therapy:
        title = document.sentences[:1]
        other = _other_part(title, title)
        rehabilitation = other is not None and bool(re.search(r"rehab|conditioning", other))
        return [Programme(tuple(document.sentences), other if rehabilitation else None)]
    starts = [0, *(s.index for s in document.sentences[1:] if _PAGE.match(s.text) and _parts(s))]
    found = []
    for first, after in zip(starts, [*starts[1:], len(document.sentences)], strict=True):
        inside = document.sentences[first:after]
        head = inside[:1] if len(starts) > 1 else [s for s in inside[:_HEAD] if s.start < _TITLE_LENGTH]
        found.append(Programme(tuple(inside), _other_part(head, inside), _region(head)))
    return found


def _parts(sentence: Sentence) -> list[tuple[str, str]]:
    return [
        (concept.id, sentence.text[match.start : match.end])
        for match in sentence.matches
        for concept in match.concepts
        if concept.group == "care" and concept.id in ("elsewhere", "spine")
    ]


def _other_part(head: Sequence[Sentence], inside: Sequence[Sentence]) -> str | None:
    """The body part that a title names where it names no part of the spine, and the text does not speak of the spine more."""
    named = [part for sentence in head for part in _parts(sentence)]
    if not named or any(kind == "spine" for kind, _ in named) or any(sentence.levels for sentence in inside):
        return None
    kinds = [kind for sentence in inside for kind, _ in _parts(sentence)]
    return named[0][1] if kinds.count("elsewhere") >= kinds.count("spine") else None


def _region(head: Sequence[Sentence]) -> Region | None:
    words = {word for sentence in head for _, word in _parts(sentence)}
    if words & _NECK and not words & _LOW_BACK:
        return Region.CERVICAL
    return Region.LUMBAR if words & _LOW_BACK and not words & _NECK else None


def is_therapy_record(document: ReadDocument) -> bool:
    """Whether the document is a therapist's record: its first lines name therapy and a kind of record."""
    head = [
        (concept.group, concept.id)
        for sentence in document.sentences[:_HEAD]
        if sentence.start < 240
        for match in sentence.matches
        for concept in match.concepts
    ]
    if _FORM.search(document.document.text[:_TITLE_LENGTH].lower()) or _FORM.search(document.document.name.lower()):
        return False
    if document.document.kind == "therapy_note" or _is_summary(document):
        return True
    if _NAMED_RECORD.match(document.document.name.lower()) or _TITLED_RECORD.match(
        document.document.text[:120].lower()
    ):
        return True
    therapy = any(group == "treatment" and name in ("physical_therapy", "home_exercise") for group, name in head)
    record = ("care", "record_of_therapy") in head
    title = document.document.text[:160].lower()
    return (
        therapy
        and record
        and bool(
            re.match(
                r"\s*(?:[a-z'&. ]{0,40}\b)?(?:pt|p\.t\.|physical therapy|physiotherapy|therapy|outpatient|op pt|home program|occupational health|rehab\w*)\b",
                title,
            )
        )
    )


def is_first_visit(document: ReadDocument) -> bool:
    """The record of an evaluation, at which therapy is planned: no course of treatment as yet."""
    return bool(_EVALUATION.match(document.document.text[:_TITLE_LENGTH].lower()))


def _is_summary(document: ReadDocument) -> bool:
    """Some lines with the dates and the number of visits and nothing of a clinic: "3/2/26-5/22/26, 23 v. NDI 52 -> 48"."""
    text = document.document.text.lower()
    if len(text) > _SHORT or not _DATES_AND_VISITS.search(text[:_TITLE_LENGTH]):
        return False
    named = any(sentence.has("drug") or sentence.has("injection") for sentence in document.sentences)
    return not named and bool(_OF_THERAPY.search(text)) and not _CLINIC.search(text)


def therapy_record(document: ReadDocument, programmes: Sequence[Programme]) -> Iterator[Treatment]:
    """One course for each title of the record, where it tells dates or visits."""
    for programme in programmes:
        yield from _course_of(document, programme, is_last=programme is programmes[-1])


def _course_of(document: ReadDocument, programme: Programme, is_last: bool) -> Iterator[Treatment]:
    started: PartialDate | None = None
    ended: PartialDate | None = None
    visits: int | None = None
    quoted: list[Sentence] = []
    response: str | None = None
    progress: tuple[Sentence, str] | None = None
    scored: tuple[Sentence, str] | None = None
    for sentence in programme.sentences:
        found_start, found_end = _dates(sentence, started is None)
        found_visits = _visits(sentence)
        if row := _row_of_days(sentence):
            found_start, found_end, found_visits = row
        if found_start and started is None:
            started = found_start
        if found_end and ended is None:
            ended = found_end
        if found_start or found_end or (found_visits and visits is None):
            quoted.append(sentence)
        visits = visits or found_visits
        results = [] if sentence.section.kind in ("plan", "family_history") else responses_of(sentence)
        told = [result.value for result in results if result.value in _FAILING]
        if told and response is None:
            response = told[0]
            quoted.append(sentence)
        progress = next(((sentence, r.value) for r in results if r.value in _PROGRESS), progress)
        if scored is None and (fell := _by_scores(sentence.text)):
            scored = sentence, fell
    told_last = progress or scored
    if response is None and told_last is not None:
        # How it stood last, where the record tells of no failure.
        response = told_last[1]
        quoted.append(told_last[0])
    if not quoted or (started is None and ended is None and visits is None):
        return
    if ended is None and (visits or 1) == 1 and response is None and is_first_visit(document):
        return
    if started and not ended and document.document.written and visits and is_last:
        # A running record shows the course as far as its own date.
        ended = PartialDate.day(document.document.written)
    yield Treatment(
        concept=_kind(document),
        assertion=Assertion.PRESENT,
        evidence=tuple(sentence.evidence() for sentence in dict.fromkeys(quoted)),
        written=document.document.written,
        source=Source.RECORD,
        started=started,
        ended=ended,
        length=_length(started, ended),
        visits=visits,
        response=response,
        documentation="record",
        other_region=programme.other_region,
        region=programme.region,
    )


def _by_scores(text: str) -> str | None:
    """What the pain before and behind the therapy tells: "leg pain 8 -> 7" is no change."""
    found = _SCORES.search(text)
    if found is None:
        return None
    before, behind = int(found["before"]), int(found["behind"])
    if not _LEAST_PAIN <= before <= 10 or behind > 10:
        return None
    if behind >= _SAME_PAIN * before:
        return "none"
    return "improved" if behind <= _MUCH_LESS * before else "partial"


def _row_of_days(sentence: Sentence) -> tuple[PartialDate, PartialDate, int] | None:
    """A flow sheet's row of visits ("date 10/27 10/30 11/03 ..."): first day, last day, how many."""
    row = _ROW_OF_DAYS.search(sentence.text)
    if row is None:
        return None
    known = [
        time.date
        for time in sentence.times
        if time.date is not None and not time.ago and row.start() <= time.start < row.end()
    ]
    if len(known) < 2 or known[-1].latest <= known[0].earliest:
        return None
    return known[0], known[-1], len(_DAY.findall(row[0])) - len(_MISSED.findall(sentence.text, row.start(), row.end()))


def _kind(document: ReadDocument) -> str:
    title = document.document.text[:160].lower()
    return "home_exercise" if re.search(r"home (?:exercise|program)", title) else "physical_therapy"


def _length(started: PartialDate | None, ended: PartialDate | None) -> Length | None:
    if started is None or ended is None or ended.latest < started.earliest:
        return None
    return Length(
        float((ended.middle - started.middle).days),
        float(max(0, (ended.earliest - started.latest).days)),
        float((ended.latest - started.earliest).days),
    )


def _dates(sentence: Sentence, want_start: bool) -> tuple[PartialDate | None, PartialDate | None]:
    started = ended = None
    known = [time for time in sentence.times if time.date is not None and not time.ago]
    for first, second in zip(known, known[1:], strict=False):
        joined = _RANGE.fullmatch(sentence.text[first.end : second.start])
        if want_start and joined and not _OTHER_RANGE.search(sentence.text[max(0, first.start - 40) : first.start]):
            return first.date, second.date
    for time in sentence.times:
        if time.date is None or time.ago:
            continue
        lead = sentence.text[max(0, time.start - 26) : time.start]
        if want_start and started is None and _START.search(lead):
            started = time.date
        elif (
            ended is None
            and _END.search(lead)
            and (started or not want_start or "visit" in lead or "d/c" in lead or "discharge" in lead)
        ):
            ended = time.date
    return started, ended


def _visits(sentence: Sentence) -> int | None:
    found = _VISITS.search(sentence.text)
    return int(next(number for number in found.groups() if number)) if found else None
