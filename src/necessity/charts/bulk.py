"""Lines of Bulk Data into charts: the resources of many files or lines, put together for each patient.

A line that is a Bundle, or no FHIR at all, is left as it is, for it is a chart of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from necessity.charts.from_fhir_values import references, words

# Without this in a line it is no FHIR, and needs no parsing here.
_MARK = b'"resourceType"'
_WHOLE = frozenset({"Bundle", "Parameters"})
_OF_PATIENT = ("subject", "patient", "beneficiary")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file as it came: where it stands, and its bytes."""

    where: str
    data: bytes


@dataclass(slots=True)
class PatientChart:
    """The lines of one patient. `name` is the id of the Patient, `shared` stands for lines that are of nobody."""

    name: str
    lines: list[Line] = field(default_factory=list)

    def data(self, shared: Iterable[Line]) -> bytes:
        """The chart as NDJSON, with the resources that belong to all (binaries, medications, organisations) behind it."""
        return b"\n".join(line.data.strip() for line in (*self.lines, *shared))


@dataclass(frozen=True, slots=True)
class Shares:
    """What lines were made of: charts and lines that stand for themselves in their order, and what belongs to all charts."""

    rows: tuple[Line | PatientChart, ...]
    shared: tuple[Line, ...]


def shares_of(lines: Iterable[Line]) -> Shares:
    """The lines with those of one patient together, in the order in which each begins.

    Resources that name no patient belong to all; where no line names a patient they are one chart.
    """
    rows: list[Line | PatientChart] = []
    charts: dict[str, PatientChart] = {}
    shared: list[Line] = []
    for line in lines:
        resource = _single(line)
        if resource is None:
            rows.append(line)
            continue
        patient = _patient_of(resource)
        if patient is None:
            shared.append(line)
            continue
        if patient not in charts:
            charts[patient] = PatientChart(patient)
            rows.append(charts[patient])
        charts[patient].lines.append(line)
    if shared and not charts:
        return Shares((*rows, PatientChart("", shared)), ())
    return Shares(tuple(rows), tuple(shared))


def _single(line: Line) -> dict[str, Any] | None:
    """The resource of a line that holds one of its own; None for a Bundle and for anything that is no FHIR."""
    if _MARK not in line.data:
        return None
    try:
        found = orjson.loads(line.data)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("resourceType"), str):
        return None
    return None if found["resourceType"] in _WHOLE else found


def _patient_of(resource: dict[str, Any]) -> str | None:
    """The id of the patient that a resource is, or is about."""
    if resource["resourceType"] == "Patient":
        return words(resource.get("id")) or None
    named: Iterator[str] = (one for key in _OF_PATIENT for one in references(resource.get(key)))
    first = next(named, "")
    return first.split("/_history/")[0].rsplit("/", 1)[-1].removeprefix("urn:uuid:") or None
