"""FHIR resources into lines and entries: one function for each type that a review can use.

Status and modifier elements come first: what was entered in error is left out, what was refuted, not done or modified in a
way that is not understood is shown and never becomes a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from necessity.charts.entry import Entry, Told
from necessity.charts.from_fhir_values import (
    at,
    code_of,
    codings_of,
    day_in,
    day_of,
    end_of,
    is_modified,
    items,
    number,
    number_words,
    references,
    shown,
    words,
    words_of,
)
from necessity.values.dates import PartialDate

Pieces = list[tuple[str, str]]
Resource = Mapping[str, Any]
Lookup = Callable[[str], Resource | None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A resource as one line, and the statement that it makes, if any."""

    pieces: Pieces
    entry: Entry | None = None


def _entry(kind: str, **told: Any) -> Entry:
    return Entry(kind=kind, start=0, end=0, **told)


def _dated(label: str, value: Any) -> str:
    day = day_of(value)
    return f"{label} {day}" if day else ""


_CONDITION_TOLD = {
    "refuted": Told.ABSENT,
    "unconfirmed": Told.POSSIBLE,
    "provisional": Told.POSSIBLE,
    "differential": Told.POSSIBLE,
}


def condition(resource: Resource, find: Lookup) -> Rendered:
    verified, clinical = code_of(resource.get("verificationStatus")), code_of(resource.get("clinicalStatus"))
    told = _CONDITION_TOLD.get(verified, Told.PRESENT)
    if told is Told.PRESENT and (
        clinical in ("inactive", "remission", "resolved") or resource.get("abatementDateTime")
    ):
        told = Told.PAST
    sites = _sites(resource.get("bodySite"))
    entry = _entry(
        "condition",
        words=words_of(resource.get("code")),
        codings=codings_of(resource.get("code")),
        told=told,
        when=day_in(resource, "onsetDateTime", "onsetPeriod"),
        ended=day_in(resource, "abatementDateTime", "abatementPeriod"),
        recorded=day_in(resource, "recordedDate", "assertedDate", "dateRecorded") or _seen(resource, find),
        sites=sites,
    )
    onset = resource.get("onsetDateTime") or resource.get("onsetPeriod")
    pieces = [
        ("", "Condition: "),
        ("code", shown(resource.get("code"))),
        ("bodySite", "; ".join(sites)),
        ("onset", _dated("onset", onset) or _prefixed("onset ", resource.get("onsetString"))),
        ("abatement", _dated("until", resource.get("abatementDateTime"))),
        ("clinicalStatus", clinical),
        ("verificationStatus", verified if verified != "confirmed" else ""),
        ("recordedDate", _dated("recorded", resource.get("recordedDate"))),
    ]
    return Rendered(pieces, entry)


def _seen(resource: Resource, find: Lookup) -> PartialDate | None:
    """The day of the visit at which a diagnosis was made."""
    days = (day_of(at(find(reference), "period")) for reference in references(resource.get("encounter")))
    return next((day for day in days if day), None)


_PROCEDURE_TOLD = {
    "completed": Told.PRESENT,
    "in-progress": Told.PRESENT,
    "preparation": Told.PLANNED,
}


def procedure(resource: Resource, find: Lookup) -> Rendered:
    status = code_of(resource.get("status"))
    told = _PROCEDURE_TOLD.get(status, Told.UNUSED)
    if resource.get("notPerformed") is True or resource.get("notDone") is True:
        told, status = Told.UNUSED, "not done"
    performed = resource.get("performedPeriod") or resource.get("performedDateTime")
    sites = _sites(resource.get("bodySite"))
    entry = _entry(
        "procedure",
        words=words_of(resource.get("code")),
        codings=codings_of(resource.get("code")),
        told=told,
        when=day_of(performed),
        ended=end_of(performed),
        sites=sites,
        value=words_of(resource.get("outcome")) or None,
    )
    pieces = [
        ("", "Procedure: "),
        ("code", shown(resource.get("code"))),
        ("bodySite", "; ".join(sites)),
        ("performed", _dated("performed", performed)),
        ("status", status.replace("-", " ")),
        ("outcome", _prefixed("outcome: ", words_of(resource.get("outcome")))),
    ]
    return Rendered(pieces, entry)


_OBSERVED = frozenset({"final", "amended", "corrected", "preliminary"})


def observation(resource: Resource, find: Lookup) -> Rendered:
    told = Told.PRESENT if code_of(resource.get("status")) in _OBSERVED else Told.UNUSED
    value, value_words = _value(resource)
    if value is None or code_of(resource.get("dataAbsentReason")):
        told = Told.UNUSED
    entry = _entry(
        "observation",
        words=words_of(resource.get("code")),
        codings=codings_of(resource.get("code")),
        told=told,
        when=day_in(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"),
        value=value,
        unit=words(at(resource, "valueQuantity", "code")) or words(at(resource, "valueQuantity", "unit")),
        value_codings=codings_of(resource.get("valueCodeableConcept")),
        sites=_sites(resource.get("bodySite")),
    )
    parts = [f"{shown(one.get('code'))} {said}" for one in items(resource.get("component")) if (said := _value(one)[1])]
    pieces = [
        ("", "Observation: "),
        ("code", shown(resource.get("code"))),
        ("value", value_words or ("no value" if not parts else "")),
        ("component", "; ".join(parts)),
        ("bodySite", "; ".join(entry.sites)),
        ("effective", f"on {entry.when}" if entry.when else ""),
        ("status", "" if code_of(resource.get("status")) == "final" else code_of(resource.get("status"))),
    ]
    return Rendered(pieces, entry)


def _value(resource: Resource) -> tuple[float | str | None, str]:
    """The value of an observation, and how it is written."""
    quantity = at(resource, "valueQuantity")
    amount = number(at(quantity, "value"))
    if amount is not None:
        comparator = words(at(quantity, "comparator"))
        unit = words(at(quantity, "unit")) or words(at(quantity, "code"))
        said = " ".join(filter(None, (comparator + number_words(amount), unit)))
        # "<40" is a bound, no number to compare with.
        return (said if comparator else amount), said
    for key in ("valueCodeableConcept", "valueString", "valueInteger", "valueDateTime"):
        found = resource.get(key)
        if key == "valueInteger" and number(found) is not None:
            return number(found), words(found)
        said = words_of(found) if key == "valueCodeableConcept" else words(found)
        if said:
            return said, said
    answer = resource.get("valueBoolean")
    return (("yes", "yes") if answer else ("no", "no")) if isinstance(answer, bool) else (None, "")


def medication(resource: Resource, find: Lookup) -> Rendered:
    """MedicationRequest, -Statement, -Dispense and -Administration."""
    kind = words(resource.get("resourceType"))
    status, intent = code_of(resource.get("status")), code_of(resource.get("intent"))
    concept = resource.get("medicationCodeableConcept")
    if not concept:
        found = next(
            (one for reference in references(resource.get("medicationReference")) if (one := find(reference))), None
        )
        concept = at(found, "code") or {"text": words(at(resource, "medicationReference", "display"))}
    dosage = at(resource, "dosageInstruction") or at(resource, "dosage")
    period = resource.get("effectivePeriod") or at(resource, "dispenseRequest", "validityPeriod")
    when = day_in(
        resource, "effectivePeriod", "effectiveDateTime", "whenHandedOver", "authoredOn", "dateWritten", "whenPrepared"
    )
    entry = _entry(
        "medication",
        words=words_of(concept),
        codings=codings_of(concept),
        told=_medication_told(resource, kind, status, intent),
        when=when,
        ended=end_of(period),
        recorded=day_in(resource, "dateAsserted", "authoredOn", "dateWritten"),
        dose=_dose(dosage),
        ongoing=status == "active",
        as_needed=at(dosage, "asNeededBoolean") is True or bool(at(dosage, "asNeededCodeableConcept")),
        reported=kind not in _PRESCRIBED or resource.get("reportedBoolean") is True or status == "completed",
    )
    doubt = "do not give" if resource.get("doNotPerform") is True else ""
    pieces = [
        ("", f"{_MEDICATION_LABELS.get(kind, 'Medication')}: "),
        ("medication", shown(concept)),
        ("dosage", entry.dose),
        ("date", f"from {when}" if when else ""),
        ("period", f"until {entry.ended}" if entry.ended else ""),
        ("intent", intent if intent not in ("", "order") else ""),
        ("status", status.replace("-", " ")),
        ("doNotPerform", doubt),
    ]
    return Rendered(pieces, entry)


_PRESCRIBED = frozenset({"MedicationRequest", "MedicationOrder"})
_MEDICATION_LABELS = {
    "MedicationRequest": "Prescription",
    "MedicationOrder": "Prescription",
    "MedicationStatement": "Medication taken",
    "MedicationDispense": "Medication dispensed",
    "MedicationAdministration": "Medication given",
}
_GIVEN = frozenset({"active", "completed", "in-progress", "stopped", "on-hold", "recorded"})


def _medication_told(resource: Resource, kind: str, status: str, intent: str) -> Told:
    if resource.get("doNotPerform") is True or status not in _GIVEN:
        return Told.PLANNED if status == "intended" else Told.UNUSED
    if kind == "MedicationRequest" and intent in ("proposal", "plan", "option"):
        return Told.PLANNED
    # Whether a stopped or held prescription was ever taken is not said; what was handed out or given was.
    return Told.UNUSED if kind == "MedicationDispense" and status in ("stopped", "on-hold") else Told.PRESENT


def _dose(dosage: Any) -> str:
    text = words(at(dosage, "text"))
    if text:
        return text
    quantity = at(dosage, "doseAndRate", "doseQuantity") or at(dosage, "doseQuantity")
    amount = number(at(quantity, "value"))
    if amount is None:
        return ""
    each = " ".join(filter(None, (number_words(amount), words(at(quantity, "unit")))))
    times = number(at(dosage, "timing", "repeat", "frequency"))
    per, unit = number(at(dosage, "timing", "repeat", "period")), words(at(dosage, "timing", "repeat", "periodUnit"))
    if times is None or per is None or not unit:
        return each
    return f"{each}, {number_words(times)} times in {number_words(per)} {_UNITS.get(unit, unit)}"


_UNITS = {"h": "hours", "d": "days", "wk": "weeks", "mo": "months"}


def service_request(resource: Resource, find: Lookup) -> Rendered:
    status, intent = code_of(resource.get("status")), code_of(resource.get("intent"))
    used = status in ("active", "draft", "on-hold", "completed") and resource.get("doNotPerform") is not True
    sites = _sites(resource.get("bodySite"))
    entry = _entry(
        "order",
        words=words_of(resource.get("code")),
        codings=codings_of(resource.get("code")),
        told=Told.PLANNED if used else Told.UNUSED,
        when=day_in(resource, "authoredOn", "occurrenceDateTime", "occurrencePeriod"),
        ongoing=status != "completed",
        sites=sites,
        value_codings=tuple(code for one in items(resource.get("reasonCode")) for code in codings_of(one)),
    )
    pieces = [
        ("", "Service requested: "),
        ("code", shown(resource.get("code"))),
        ("orderDetail", "; ".join(filter(None, (shown(one) for one in items(resource.get("orderDetail")))))),
        ("bodySite", "; ".join(sites)),
        ("reasonCode", _prefixed("for ", "; ".join(shown(one) for one in items(resource.get("reasonCode"))))),
        ("locationCode", "; ".join(shown(one) for one in items(resource.get("locationCode")))),
        ("authoredOn", _dated("ordered", resource.get("authoredOn"))),
        ("priority", words(resource.get("priority"))),
        ("status", status),
        ("doNotPerform", "do not perform" if resource.get("doNotPerform") is True else intent),
    ]
    return Rendered(pieces, entry)


def encounter(resource: Resource, find: Lookup) -> Rendered:
    kind = resource.get("class")
    pieces = [
        ("", "Encounter: "),
        ("type", shown(resource.get("type")) or "visit"),
        ("class", words(at(kind, "display")) or words(at(kind, "code"))),
        ("period", _dated("on", resource.get("period"))),
        ("reasonCode", _prefixed("for ", "; ".join(shown(one) for one in items(resource.get("reasonCode"))))),
        ("status", code_of(resource.get("status"))),
    ]
    return Rendered(pieces)


def coverage(resource: Resource, find: Lookup) -> Rendered:
    payer = "; ".join(filter(None, (_payer(one, find) for one in items(resource.get("payor")))))
    in_force = code_of(resource.get("status")) in ("active", "") and not is_modified(resource)
    entry = Entry(
        kind="coverage",
        start=0,
        end=0,
        words=payer,
        value=words_of(resource.get("type")),
        told=Told.PRESENT if in_force else Told.UNUSED,
    )
    pieces = [
        ("", "Coverage: "),
        ("payor", payer or shown(resource.get("type")) or "payer not named"),
        ("status", code_of(resource.get("status"))),
        ("period", _dated("from", resource.get("period"))),
    ]
    return Rendered(pieces, entry)


def _payer(reference: Any, find: Lookup) -> str:
    """The name of who pays: as the reference shows it, else that of the organisation behind it."""
    shown_as = words(at(reference, "display"))
    return shown_as or next((words(at(find(one), "name")) for one in references(reference)), "")


def allergy(resource: Resource, find: Lookup) -> Rendered:
    status = code_of(resource.get("clinicalStatus"))
    return Rendered([("", "Allergy: "), ("code", shown(resource.get("code"))), ("clinicalStatus", status)])


def _sites(value: Any) -> tuple[str, ...]:
    return tuple(called for one in items(value) if (called := words_of(one)))


def _prefixed(prefix: str, said: Any) -> str:
    text = words(said)
    return f"{prefix}{text}" if text else ""


RENDERERS: dict[str, Callable[[Resource, Lookup], Rendered]] = {
    "Condition": condition,
    "Procedure": procedure,
    "Observation": observation,
    "MedicationRequest": medication,
    "MedicationOrder": medication,  # the same before R4
    "MedicationStatement": medication,
    "MedicationDispense": medication,
    "MedicationAdministration": medication,
    "ServiceRequest": service_request,
    "Encounter": encounter,
    "Coverage": coverage,
    "AllergyIntolerance": allergy,
}


def is_error(resource: Resource) -> bool:
    """Whether the record itself says that it should never have been made."""
    said = (code_of(resource.get(key)) for key in ("status", "docStatus", "verificationStatus"))
    return any(status == "entered-in-error" for status in said)


def unused(rendered: Rendered, resource: Resource) -> Rendered:
    """The same line without a statement, where an extension that is not known here changes its meaning."""
    if not is_modified(resource):
        return rendered
    return Rendered([*rendered.pieces, ("modifierExtension", "not used, for an unknown extension changes its meaning")])
