"""The checking step: FHIR resources held against the public models of R4, where `fhir.resources` is installed.

What does not fit is named by resource and element, never by its content, and the rest is read all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from necessity.values.problem import Problem

MOST_NAMED = 6
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
    """One note for a file: which elements of which types the models refuse, the most frequent first, with their number."""
    counts: Counter[str] = Counter()
    refused = 0
    for _, resource in resources:
        kind = resource.get("resourceType")
        faults = _faults(kind, resource) if kind in _KNOWN else []
        refused += bool(faults)
        counts.update(f"{kind} {fault}" for fault in faults)
    if not counts:
        return []
    named = ", ".join(f"{fault} ({count})" for fault, count in counts.most_common(MOST_NAMED))
    more = f" and {len(counts) - MOST_NAMED} more" if len(counts) > MOST_NAMED else ""
    told = (
        f"{refused} resource{'s are' if refused > 1 else ' is'} no valid FHIR R4, and read all the same: {named}{more}"
    )
    return [Problem(where, told)]


def _faults(kind: str, resource: Mapping[str, Any]) -> list[str]:
    try:
        get_fhir_model_class(kind).model_validate(dict(resource))
    except ValidationError as error:
        # An unknown element is no fault of what is known, and its name is the sender's own.
        faults = [one["loc"] for one in error.errors(include_input=False) if one["type"] != "extra_forbidden"]
        places = (
            ".".join(str(part) for part in loc[:4] if not (_is_content(part) or isinstance(part, int)))
            for loc in faults
        )
        return list(dict.fromkeys(f"`{place or kind}`" for place in places))
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, AssertionError, OverflowError):
        return [f"`{kind}`"]
    return []


def _is_content(part: object) -> bool:
    # A key that the sender made up may hold anything.
    return isinstance(part, str) and not part.replace("_", "").isalnum() or len(str(part)) > 40
