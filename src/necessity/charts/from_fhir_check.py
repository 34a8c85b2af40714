"""The checking step: FHIR resources held against the public models of R4, where `fhir.resources` is installed.

What does not fit is named by resource and element, never by its content, and the rest is read all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from necessity.values.problem import Problem

MOST_NAMED = 20
_KNOWN = frozenset(
    [
        "Patient",
        "Condition",
        "Procedure",
        "Observation",
        "MedicationRequest",
        "MedicationStatement",
        "MedicationDispense",
        "DiagnosticReport",
        "DocumentReference",
        "ServiceRequest",
        "Claim",
        "Encounter",
        "QuestionnaireResponse",
        "Coverage",
        "Composition",
    ]
)


def check(where: str, resources: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Problem]:
    """One problem for each element that the models refuse, the first of them named, the others counted."""
    found: list[Problem] = []
    for name, resource in resources:
        kind = resource.get("resourceType")
        if kind in _KNOWN:
            found += [Problem(f"{where}, {name}", f"no valid FHIR R4: {fault}") for fault in _faults(kind, resource)]
    if len(found) <= MOST_NAMED:
        return found
    more = len(found) - MOST_NAMED
    return [*found[:MOST_NAMED], Problem(where, f"{more} more elements are no valid FHIR R4")]


def _faults(kind: str, resource: Mapping[str, Any]) -> list[str]:
    try:
        get_fhir_model_class(kind).model_validate(dict(resource))
    except ValidationError as error:
        # An unknown element is no fault of what is known, and its name is the sender's own.
        faults = [one["loc"] for one in error.errors(include_input=False) if one["type"] != "extra_forbidden"]
        places = (".".join(str(part) for part in loc[:4] if not _is_content(part)) for loc in faults)
        return list(dict.fromkeys(f"`{place or kind}`" for place in places))
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, AssertionError, OverflowError):
        return [f"`{kind}`"]
    return []


def _is_content(part: object) -> bool:
    # A key that the sender made up may hold anything.
    return isinstance(part, str) and not part.replace("_", "").isalnum() or len(str(part)) > 40
