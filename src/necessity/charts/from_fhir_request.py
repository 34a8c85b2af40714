"""What FHIR resources ask for: Claims sent for authorization, else orders, one `Asked` for each service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from necessity.charts.entry import Asked, Entry, Told
from necessity.charts.from_fhir_resources import Lookup, Pieces, Rendered, service_request
from necessity.charts.from_fhir_values import (
    at,
    code_of,
    codings_of,
    day_in,
    day_of,
    is_modified,
    items,
    number,
    references,
    shown,
    words,
    words_of,
)
from necessity.values.dates import PartialDate

Resource = Mapping[str, Any]
_ASKS = frozenset({"preauthorization", "predetermination"})


def asked_by_claim(resource: Resource, where: str, find: Lookup) -> Iterator[Asked]:
    """The services of a claim; of a cancelled or modified one none."""
    if code_of(resource.get("status")) not in ("active", "draft", "") or is_modified(resource):
        return
    kind = "authorization" if code_of(resource.get("use")) in _ASKS else "claim"
    for line in items(resource.get("item")):
        place = line.get("locationCodeableConcept")
        yield Asked(
            where=where,
            kind=kind,
            codings=codings_of(line.get("productOrService")),
            words=_some(words_of(line.get("productOrService"))),
            sites=_all([*items(line.get("bodySite")), *items(line.get("subSite"))]),
            modifiers=tuple(code.code for one in items(line.get("modifier")) for code in codings_of(one)),
            place=_place(place) or _setting_of(resource, find),
            day=day_in(line, "servicedDate", "servicedPeriod"),
            priority=code_of(resource.get("priority")) or words_of(resource.get("priority")).lower(),
        )


def asked_by_order(resource: Resource, where: str, find: Lookup) -> Iterator[Asked]:
    """The service of a ServiceRequest that stands."""
    rendered = service_request(resource, find)
    if rendered.entry is None or rendered.entry.told is not Told.PLANNED or is_modified(resource):
        return
    details = items(resource.get("orderDetail"))
    place = tuple(said for one in items(resource.get("locationCode")) for said in _place(one))
    yield Asked(
        where=where,
        # An order that was carried out asks for nothing more.
        kind="claim" if code_of(resource.get("status")) == "completed" else "order",
        codings=(*codings_of(resource.get("code")), *(code for one in details for code in codings_of(one))),
        words=_some(words_of(resource.get("code"))) + _all(details),
        sites=_all(items(resource.get("bodySite"))),
        place=place or _setting_of(resource, find),
        day=rendered.entry.when,
        priority=code_of(resource.get("priority")),
    )


def claim_lines(resource: Resource, find: Lookup) -> Iterator[Rendered]:
    """A claim as lines: its head with the diagnoses, and one line for each service."""
    asks = code_of(resource.get("use")) in _ASKS
    head: Pieces = [
        ("", "Authorization requested: " if asks else "Claim: "),
        ("use", code_of(resource.get("use")) or "use not said"),
        ("created", f"on {day}" if (day := day_of(resource.get("created"))) else ""),
        ("priority", shown(resource.get("priority"))),
        ("status", code_of(resource.get("status"))),
    ]
    yield Rendered(head)
    for diagnosis in items(resource.get("diagnosis")):
        concept = diagnosis.get("diagnosisCodeableConcept")
        for reference in references(diagnosis.get("diagnosisReference")):
            concept = concept or at(find(reference), "code")
        entry = Entry(kind="request_diagnosis", start=0, end=0, words=words_of(concept), codings=codings_of(concept))
        if concept:
            label = "Diagnosis of the request: " if asks else "Diagnosis of the claim: "
            yield Rendered([("", label), ("diagnosis", shown(concept))], entry if asks else None)
    stands = code_of(resource.get("status")) in ("active", "draft", "")
    for line in items(resource.get("item")):
        yield _claim_line(line, asks, Told.PLANNED if stands else Told.UNUSED, day_of(resource.get("created")))
    for note in items(resource.get("supportingInfo")):
        said = words(note.get("valueString"))
        if said:
            yield Rendered([("", "Supporting information: "), ("supportingInfo", said)])


def _claim_line(line: Resource, asks: bool, asked: Told, created: PartialDate | None) -> Rendered:
    day = day_in(line, "servicedDate", "servicedPeriod")
    sites = _all([*items(line.get("bodySite")), *items(line.get("subSite"))])
    quantity = number(at(line, "quantity", "value"))
    pieces: Pieces = [
        ("", "Service requested: " if asks else "Service billed: "),
        ("item.productOrService", shown(line.get("productOrService"))),
        ("item.modifier", "; ".join(_all(items(line.get("modifier"))))),
        ("item.bodySite", "; ".join(sites)),
        ("item.location", "; ".join(_place(line.get("locationCodeableConcept")))),
        ("item.quantity", f"{quantity:g} units" if quantity else ""),
        ("item.serviced", f"on {day}" if day else ""),
    ]
    concept = line.get("productOrService")
    entry = Entry(
        kind="requested" if asks else "billed",
        start=0,
        end=0,
        words=words_of(concept),
        codings=codings_of(concept),
        told=asked if asks else Told.PRESENT,
        when=day,
        recorded=created,
        sites=sites,
    )
    return Rendered(pieces, entry)


def _setting_of(resource: Resource, find: Lookup) -> tuple[str, ...]:
    """The class of the encounter that a request belongs to."""
    for holder in (resource, *items(resource.get("item"))):
        for reference in references(holder.get("encounter")):
            found = words(at(find(reference), "class", "code")) or words(at(find(reference), "class", "display"))
            if found:
                return (found,)
    return ()


def _place(value: Any) -> tuple[str, ...]:
    """A place of service by its codes and words."""
    codes = tuple(code.code for code in codings_of(value) if code.code)
    return tuple(dict.fromkeys((*codes, *_some(words_of(value)))))


def _some(said: str) -> tuple[str, ...]:
    return (said,) if said else ()


def _all(concepts: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(said for one in concepts if (said := words_of(one)))
