"""Coded entries of C-CDA into lines and entries: problems, procedures, medicines, social history, vital signs.

What an entry says against itself comes first: negation, a status that means it never happened, a missing value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from necessity.charts.entry import Coding, Entry, Told
from necessity.charts.from_ccda_values import (
    XSI_TYPE,
    Element,
    all_of,
    attribute,
    codings_of,
    day_of,
    end_of,
    first,
    quantity,
    said,
    tag_of,
    templates,
    words_of,
)
from necessity.charts.from_fhir_lines import Lines
from necessity.charts.from_fhir_values import number_words
from necessity.values.dates import PartialDate

_ROOT = "2.16.840.1.113883.10.20.22.4."
_PROBLEM, _MEDICATION = _ROOT + "4", _ROOT + "16"
_PROCEDURES = frozenset({_ROOT + "12", _ROOT + "13", _ROOT + "14"})
_PLANNED = frozenset({_ROOT + "39", _ROOT + "40", _ROOT + "41"})
_OBSERVATIONS = frozenset({_ROOT + "27", _ROOT + "78", _ROOT + "85", _ROOT + "38"})
_PROBLEM_STATUS = _ROOT + "6"
_FAMILY_SECTION = "10157-6"
_NEVER_WAS = frozenset({"cancelled", "aborted", "nullified", "obsolete", "held", "suspended"})
_PAST = frozenset({"inactive", "resolved", "remission"})
_PRINTED = frozenset({"icd10", "icd10pcs", "cpt", "hcpcs", "loinc", "rxnorm"})
Pieces = list[tuple[str, str]]


def lines_of_entries(root: Element, lines: Lines) -> None:
    """One line for each statement of a kind that a review can use, in the order of the document."""
    for section in all_of(root, "component/structuredBody/component/section"):
        _section(section, lines, 0)


def _section(section: Element, lines: Lines, depth: int) -> None:
    if attribute(first(section, "code"), "code") != _FAMILY_SECTION:
        referred = _referred(first(section, "text"))
        title = said(first(section, "title")) or "section"
        counts: dict[str, int] = {}
        for statement in _statements(section):
            pieces, entry = _read(statement, referred)
            if entry is not None and len([words for _, words in pieces if words]) > 1:
                counts[entry.kind] = counts.get(entry.kind, 0) + 1
                lines.line(f"{title.replace(' ', '_')}/{entry.kind}[{counts[entry.kind]}]", pieces, entry)
    for inner in all_of(section, "component/section"):
        if depth < 8:
            _section(inner, lines, depth + 1)


def _statements(section: Element) -> Iterator[Element]:
    """The clinical statements of a section, those inside acts and organisers included."""
    names = {f"{{urn:hl7-org:v3}}{name}" for name in ("observation", "procedure", "act", "substanceAdministration")}
    for entry in all_of(section, "entry"):
        for element in entry.iter():
            if element.tag in names:
                yield element


def _referred(text: Element | None) -> dict[str, str]:
    """The parts of the narrative that entries refer to, by their ids."""
    if text is None:
        return {}
    return {attribute(one, "ID"): said(one) for one in text.iter() if isinstance(one.tag, str) and one.get("ID")}


def _read(statement: Element, referred: dict[str, str]) -> tuple[Pieces, Entry | None]:
    kinds = templates(statement)
    if _PROBLEM in kinds:
        return _problem(statement, referred)
    if kinds & (_PROCEDURES | _PLANNED):
        return _procedure(statement, referred, is_planned=bool(kinds & _PLANNED))
    if _MEDICATION in kinds:
        return _medication(statement, referred)
    return _observation(statement, referred) if kinds & _OBSERVATIONS else ([], None)


def _shown(called: str, codings: tuple[Coding, ...]) -> str:
    codes = dict.fromkeys(one.code for one in codings if one.system in _PRINTED and one.code != called)
    return f"{called} ({', '.join(codes)})" if called and codes else called or ", ".join(codes)


def _entry(kind: str, **told: Any) -> Entry:
    return Entry(kind=kind, start=0, end=0, **told)


def _told(statement: Element) -> Told:
    if attribute(first(statement, "statusCode"), "code") in _NEVER_WAS:
        return Told.UNUSED
    mood = attribute(statement, "moodCode")
    return Told.PRESENT if mood in ("EVN", "") else Told.PLANNED


def _problem(statement: Element, referred: dict[str, str]) -> tuple[Pieces, Entry | None]:
    value, time = first(statement, "value"), first(statement, "effectiveTime")
    told = _told(statement)
    status = _status(statement)
    if attribute(statement, "negationInd") == "true":
        told = Told.ABSENT if told is Told.PRESENT else told
    elif told is Told.PRESENT and (status.lower() in _PAST or end_of(time) is not None):
        told = Told.PAST
    called, codings = words_of(value, referred), codings_of(value)
    entry = _entry(
        "condition",
        words=called,
        codings=codings,
        told=told,
        when=day_of(time),
        ended=end_of(time),
        recorded=_recorded(statement),
    )
    pieces = [
        ("", "Condition: "),
        ("negationInd", "no" if told is Told.ABSENT else ""),
        ("value", _shown(called, codings)),
        ("effectiveTime", f"onset {entry.when}" if entry.when else ""),
        ("effectiveTime", f"until {entry.ended}" if entry.ended else ""),
        ("status", status),
        ("author", f"recorded {entry.recorded}" if entry.recorded and not entry.when else ""),
    ]
    return pieces, entry


def _recorded(statement: Element) -> PartialDate | None:
    """The day on which somebody put his name to a statement, or to the concern that holds it."""
    for holder in (statement, *(one for one in statement.iterancestors() if tag_of(one) == "act")):
        day = day_of(first(holder, "author/time"))
        if day is not None:
            return day
    return None


def _status(statement: Element) -> str:
    for inner in all_of(statement, "entryRelationship/observation"):
        if _PROBLEM_STATUS in templates(inner):
            return attribute(first(inner, "value"), "displayName")
    return ""


def _procedure(statement: Element, referred: dict[str, str], is_planned: bool) -> tuple[Pieces, Entry | None]:
    code, time = first(statement, "code"), first(statement, "effectiveTime")
    told = Told.PLANNED if is_planned and _told(statement) is not Told.UNUSED else _told(statement)
    if attribute(statement, "negationInd") == "true":
        told = Told.UNUSED
    called, codings = words_of(code, referred), codings_of(code)
    sites = tuple(name for one in all_of(statement, "targetSiteCode") if (name := words_of(one, referred)))
    entry = _entry(
        "procedure", words=called, codings=codings, told=told, when=day_of(time), ended=end_of(time), sites=sites
    )
    status = attribute(first(statement, "statusCode"), "code")
    pieces = [
        ("", "Procedure planned: " if told is Told.PLANNED else "Procedure: "),
        ("code", _shown(called, codings)),
        ("targetSiteCode", "; ".join(sites)),
        ("effectiveTime", f"on {entry.when}" if entry.when else ""),
        ("statusCode", "not done" if attribute(statement, "negationInd") == "true" else status),
    ]
    return pieces, entry


def _medication(statement: Element, referred: dict[str, str]) -> tuple[Pieces, Entry | None]:
    code = first(statement, "consumable/manufacturedProduct/manufacturedMaterial/code")
    time = first(statement, "effectiveTime")
    told = _told(statement)
    if attribute(statement, "negationInd") == "true":
        told = Told.UNUSED
    called, codings = words_of(code, referred), codings_of(code)
    amount, unit = quantity(first(statement, "doseQuantity")), attribute(first(statement, "doseQuantity"), "unit")
    entry = _entry(
        "medication",
        words=called,
        codings=codings,
        told=told,
        when=day_of(time),
        ended=end_of(time),
        dose=f"{number_words(amount)} {unit}".strip() if amount is not None else "",
        ongoing=attribute(first(statement, "statusCode"), "code") == "active",
        as_needed=first(statement, "precondition") is not None,
        reported=told is Told.PRESENT,
    )
    pieces = [
        ("", "Medication: "),
        ("consumable", _shown(called, codings)),
        ("doseQuantity", entry.dose),
        ("effectiveTime", f"from {entry.when}" if entry.when else ""),
        ("effectiveTime", f"until {entry.ended}" if entry.ended else ""),
        ("statusCode", attribute(first(statement, "statusCode"), "code")),
        ("negationInd", "not given" if attribute(statement, "negationInd") == "true" else ""),
    ]
    return pieces, entry


def _observation(statement: Element, referred: dict[str, str]) -> tuple[Pieces, Entry | None]:
    code, value = first(statement, "code"), first(statement, "value")
    told = _told(statement)
    amount: float | str | None = None
    written = ""
    value_codings: tuple[Coding, ...] = ()
    if value is not None and not attribute(value, "nullFlavor"):
        kind = attribute(value, XSI_TYPE)
        if kind in ("PQ", "INT", "REAL"):
            amount = quantity(value)
            written = f"{number_words(amount)} {attribute(value, 'unit')}".strip() if amount is not None else ""
        else:
            value_codings = codings_of(value)
            amount = written = words_of(value, referred) or said(value)
    if not written or attribute(statement, "negationInd") == "true":
        told = Told.UNUSED
    called, codings, time = words_of(code, referred), codings_of(code), first(statement, "effectiveTime")
    if _ROOT + "78" in templates(statement) and not called:
        called = "Smoking status"
    entry = _entry(
        "observation",
        words=called,
        codings=codings,
        told=told,
        when=end_of(time) or day_of(time),
        value=amount or None if isinstance(amount, str) else amount,
        unit=attribute(value, "unit"),
        value_codings=value_codings,
    )
    pieces = [
        ("", "Observation: "),
        ("code", _shown(called, codings)),
        ("value", written or "no value"),
        ("effectiveTime", f"on {entry.when}" if entry.when else ""),
    ]
    return pieces, entry
