"""An X12 278 request for services review into lines, entries and what is asked for.

Reads the shape of a 005010X217 request: who asks, for whom, which services by which codes, when, where, how urgently, and
under which control numbers documents were announced. No claim of conformance is made beyond what the tests show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

from necessity.charts import limits
from necessity.charts.assemble import Assembled
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document, Kind
from necessity.charts.engine import NO_TOOLS, Tools
from necessity.charts.entry import Asked, Coding, Entry, Told
from necessity.charts.from_fhir_lines import Lines
from necessity.charts.from_text import decode
from necessity.charts.from_x12_segments import Level, Segment, is_cut_off, levels_of, segments_of
from necessity.charts.limits import too_large
from necessity.values.dates import PartialDate
from necessity.values.problem import Problem

Read = tuple[list[tuple[str, str]], Entry | None]
_DIAGNOSES = {"ABK": "icd10", "ABF": "icd10", "ABJ": "icd10", "APR": "icd10", "BK": "icd9", "BF": "icd9", "BJ": "icd9"}
_CODE_SETS = {"HC": "cpt", "WK": "hcpcs", "ZZ": "icd10pcs"}
_NAMES = {
    "X3": "Reviewer",
    "PR": "Payer",
    "1P": "Requester",
    "FA": "Facility",
    "SJ": "Service provider",
    "72": "Surgeon",
    "71": "Attending",
}
_PATIENTS = frozenset({"IL", "QC"})
# Who pays, or reviews for who pays: whose policies judge.
_PAYERS = frozenset({"X3", "PR"})
_ASKS = {"HS": "health services review", "AR": "admission review", "SC": "specialty care review", "IN": "individual"}
_URGENCIES = {"03": "emergency", "U": "urgent", "E": "elective"}
_SEXES = {"F": "female", "M": "male"}
# The first two figures of a bill's type say what kind of place it is for.
_BILLS = {"11": "inpatient", "12": "inpatient", "13": "outpatient", "83": "outpatient"}
_SERVICES = ("SV1", "SV2", "SV3")
_DATES = {
    "472": "service",
    "435": "admission",
    "096": "discharge",
    "AAH": "event",
    "484": "last period",
    "431": "onset",
}


def documents_from_x12(
    where: str, data: bytes, tools: Tools = NO_TOOLS, kinds: DocumentKinds | None = None
) -> Assembled | Problem:
    """The request that an X12 file holds, or why it could not be read."""
    if large := too_large(where, "the X12 interchange", len(data), limits.MOST_X12_BYTES):
        return large
    text = decode(data)
    if text is None:
        return Problem(where, "this is no text", "send the interchange as it left the sender")
    segments = segments_of(text)
    if isinstance(segments, str):
        return Problem(where, f"the X12 interchange is damaged: {segments}", "send it as it left the sender")
    kinds_of = [segment.at(1) for segment in segments if segment.name == "ST"]
    if kinds_of != ["278"]:
        said = ", ".join(dict.fromkeys(kind for kind in kinds_of if kind.isalnum())) or "none"
        return Problem(where, f"X12 with transaction {said}, where one 278 request is read", "send one 278 a file")
    problems = (
        [Problem(where, "the X12 interchange is cut off or its count of segments is wrong")]
        if is_cut_off(segments)
        else []
    )
    start = next(place for place, one in enumerate(segments) if one.name == "ST")
    levels = levels_of(segments[start:])
    if not any(level.code in ("SS", "EV") for level in levels):
        return Problem(where, "the 278 asks for no service", "send the request rather than the answer")
    if sum(level.code == "22" for level in levels) > 1 or sum(level.code == "23" for level in levels) > 1:
        return Problem(where, "the 278 is about more than one patient", "send one patient a file")
    depends = any(level.code == "23" for level in levels)
    lines = Lines()
    for level in levels:
        # Of a dependent the subscriber is another person.
        if not (depends and level.code == "22"):
            _write(lines, level)
    title = f"{where}, request"
    document = Document(
        id=title,
        name=title,
        text=lines.whole(),
        kind=Kind.STRUCTURED,
        written=_made(levels[0]),
        sha256=hashlib.sha256(data).hexdigest(),
        entries=tuple(lines.entries),
        origins=tuple(lines.origins),
    )
    if not lines.text:
        return Problem(where, "the 278 holds nothing that a review can use")
    notes = tuple(_attachments(where, levels))
    return Assembled((document,), tuple(problems), notes, tuple(_asked(where, levels)))


def _made(head: Level) -> date | None:
    day = _day((head.first("BHT") or Segment(0, "BHT", (), ":")).at(4))
    return day.latest if day else None


def _write(lines: Lines, level: Level) -> None:
    for segment in level.segments:
        pieces, entry = _line(segment)
        if len([words for _, words in pieces if words]) > 1:
            lines.line(f"{segment.name}[{segment.number}]", pieces, entry)


def _line(segment: Segment) -> Read:
    """One segment as a line; empty for those that say nothing of the case."""
    reader = _READERS.get(segment.name)
    return reader(segment) if reader else ([], None)


def _party(segment: Segment) -> Read:
    label = "Patient" if segment.at(1) in _PATIENTS else _NAMES.get(segment.at(1))
    if label is None:
        return [], None
    name = " ".join(filter(None, (segment.at(4), segment.at(5), segment.at(3))))
    entry = Entry(kind="coverage", start=0, end=0, words=name) if name and segment.at(1) in _PAYERS else None
    return [("", f"{label}: "), ("NM103", name)], entry


def _person(segment: Segment) -> Read:
    born, sex = _day(segment.at(2)), _SEXES.get(segment.at(3), "")
    entry = Entry(kind="patient", start=0, end=0, words="birth date", when=born) if born else None
    return [("", "Date of birth: "), ("DMG02", str(born) if born else ""), ("DMG03", sex)], entry


def _review(segment: Segment) -> Read:
    place = _place(segment)
    return [
        ("", "Review: "),
        ("UM01", _ASKS.get(segment.at(1), segment.at(1))),
        ("UM03", f"service type {segment.at(3)}" if segment.at(3) else ""),
        ("UM04", f"place {' '.join(place)}" if place else ""),
        ("UM06", _URGENCIES.get(segment.at(6), f"level of service {segment.at(6)}") if segment.at(6) else ""),
    ], None


def _diagnoses(segment: Segment) -> Read:
    codings = tuple(
        Coding(_DIAGNOSES[parts[0]], _dotted(parts[1]) if _DIAGNOSES[parts[0]] == "icd10" else parts[1])
        for place in range(1, len(segment.elements) + 1)
        if len(parts := segment.parts(place)) > 1 and parts[0] in _DIAGNOSES and parts[1]
    )
    entry = Entry(kind="request_diagnosis", start=0, end=0, codings=codings)
    return [("", "Diagnosis of the request: "), ("HI", ", ".join(one.code for one in codings))], entry


def _service(segment: Segment) -> Read:
    coding, modifiers, words = _procedure(segment)
    unit, count = (segment.at(3), segment.at(4)) if segment.name == "SV1" else (segment.at(4), segment.at(5))
    if segment.name == "SV3":
        unit, count = "", segment.at(6)
    codings = (coding,) if coding else ()
    entry = Entry(kind="requested", start=0, end=0, words=words, codings=codings, told=Told.PLANNED)
    return [
        ("", "Service requested: "),
        (f"{segment.name}-code", coding.code if coding else ""),
        (f"{segment.name}-modifier", " ".join(modifiers)),
        (f"{segment.name}-description", words),
        (f"{segment.name}-quantity", f"{count} {unit}".strip() if count else ""),
    ], entry


def _date(segment: Segment) -> Read:
    label = _DATES.get(segment.at(1))
    begin, _, end = segment.at(3).partition("-")
    first, last = _day(begin), _day(end)
    if label is None or first is None:
        return [], None
    return [("", f"Date of {label}: "), ("DTP03", f"{first} to {last}" if last else str(first))], None


def _paperwork(segment: Segment) -> Read:
    return [
        ("", "Document announced: "),
        ("PWK01", f"report type {segment.at(1)}" if segment.at(1) else ""),
        ("PWK02", f"sent by {segment.at(2)}" if segment.at(2) else ""),
        ("PWK06", f"control number {segment.at(6)}" if segment.at(6) else ""),
        ("PWK07", segment.at(7)),
    ], None


def _message(segment: Segment) -> Read:
    return [("", "Message: "), ("MSG01", segment.at(1))], None


_READERS: dict[str, Callable[[Segment], Read]] = {
    "NM1": _party,
    "DMG": _person,
    "UM": _review,
    "HI": _diagnoses,
    "SV1": _service,
    "SV2": _service,
    "SV3": _service,
    "DTP": _date,
    "PWK": _paperwork,
    "MSG": _message,
}


def _procedure(segment: Segment) -> tuple[Coding | None, tuple[str, ...], str]:
    """Code, modifiers and description of a professional, institutional or dental service."""
    composite = segment.parts({"SV1": 1, "SV2": 2, "SV3": 1}[segment.name])
    if len(composite) < 2 or not composite[1]:
        return None, (), ""
    coding = Coding(_CODE_SETS.get(composite[0], composite[0]), composite[1].upper())
    return coding, tuple(filter(None, composite[2:6])), composite[6] if len(composite) > 6 else ""


def _asked(where: str, levels: list[Level]) -> Iterator[Asked]:
    """Each service, with the place of its own review or of the event that it belongs to; the place alone where none is named."""
    event = next((level for level in levels if level.code == "EV"), Level("EV"))
    place = _place_of(event)
    if place and not any(level.first(name) for level in levels for name in _SERVICES):
        yield Asked(where=where, kind="authorization", place=place, priority=_priority_of(event))
    for level in levels:
        for segment in (one for name in _SERVICES for one in level.all(name)):
            coding, modifiers, words = _procedure(segment)
            if coding is not None:
                yield Asked(
                    where=f"{where}, {segment.name}[{segment.number}]",
                    kind="authorization",
                    codings=(coding,),
                    words=(words,) if words else (),
                    sites=_messages(level) or _messages(event),
                    modifiers=modifiers,
                    place=_place_of(level) or place,
                    day=_service_day(level),
                    priority=_priority_of(level) or _priority_of(event),
                )


def _messages(level: Level) -> tuple[str, ...]:
    return tuple(one.at(1) for one in level.all("MSG") if one.at(1))


def _service_day(level: Level) -> PartialDate | None:
    day = level.first("DTP", "472")
    return _day(day.at(3).partition("-")[0]) if day else None


def _place_of(level: Level) -> tuple[str, ...]:
    """Where the services of a level are to be given; an admission review without a place asks for a stay."""
    review = level.first("UM")
    if review is None:
        return ()
    return _place(review) or (("inpatient",) if review.at(1) == "AR" else ())


def _priority_of(level: Level) -> str:
    """How soon, as the level of service (UM06) says it."""
    review = level.first("UM")
    return _URGENCIES.get(review.at(6), "") if review else ""


def _place(review: Segment) -> tuple[str, ...]:
    """The place of service, by code of the public list (B) or type of bill (A)."""
    parts = review.parts(4)
    if len(parts) < 2 or not parts[0]:
        return ()
    if parts[1] == "A":
        return (_BILLS.get(parts[0][:2], ""),) if parts[0][:2] in _BILLS else ()
    return (parts[0],)


def _attachments(where: str, levels: list[Level]) -> Iterator[Problem]:
    for level in levels:
        for segment in level.all("PWK"):
            number = segment.at(6)
            told = f" under control number {number}" if number else ""
            yield Problem(where, f"announces a document{told}", "send it beside the request, if it is not there")


def _dotted(icd10: str) -> str:
    code = icd10.strip().upper()
    return code if "." in code or len(code) <= 3 else f"{code[:3]}.{code[3:]}"


def _day(written: str) -> PartialDate | None:
    digits = written.strip()
    if len(digits) < 8 or not digits[:8].isascii() or not digits[:8].isdigit():
        return None
    try:
        return PartialDate.day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])))
    except ValueError:
        return None
