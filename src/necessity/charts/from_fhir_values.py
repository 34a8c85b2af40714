"""The small shapes of FHIR JSON (dicts, as the parser makes them), read without trust: whatever is not of the expected shape is as if it were absent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from necessity.charts.entry import Coding
from necessity.values.dates import PartialDate

_SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10",
    "http://hl7.org/fhir/sid/icd-10": "icd10",
    "http://www.cms.gov/medicare/coding/icd10": "icd10pcs",
    "http://www.ama-assn.org/go/cpt": "cpt",
    "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets": "hcpcs",
    "https://www.cms.gov/medicare/coding/hcpcsreleasecodesets": "hcpcs",
    "http://loinc.org": "loinc",
    "http://snomed.info/sct": "snomed",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "https://www.cms.gov/medicare/coding/place-of-service-codes/place_of_service_code_set": "pos",
}
_OIDS = {
    "2.16.840.1.113883.6.90": "icd10",
    "2.16.840.1.113883.6.3": "icd10",
    "2.16.840.1.113883.6.4": "icd10pcs",
    "2.16.840.1.113883.6.12": "cpt",
    "2.16.840.1.113883.6.285": "hcpcs",
    "2.16.840.1.113883.6.1": "loinc",
    "2.16.840.1.113883.6.96": "snomed",
    "2.16.840.1.113883.6.88": "rxnorm",
    "2.16.840.1.113883.6.50": "pos",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$", re.DOTALL)
_LONGEST = 4000
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def at(value: Any, *path: str) -> Any:
    """What stands under a path of keys; None where any of it is missing. A list stands for its first item."""
    for key in path:
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def items(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, or the one object that stands in place of a list."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def words(value: Any) -> str:
    """A string or number on one line, without characters that cannot be seen; empty for anything else."""
    if isinstance(value, str):
        seen = value if len(value) <= _LONGEST else value[:_LONGEST]
        return " ".join((seen if seen.isprintable() else _UNSEEN.sub(" ", seen)).split())
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return number_words(value)


def number(value: Any) -> float | None:
    """A number of sensible size; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and abs(found) < 1e9 else None


def number_words(value: float) -> str:
    found = number(value)
    return "" if found is None else f"{found:.4f}".rstrip("0").rstrip(".")


def code_of(value: Any) -> str:
    """A code that may be written plainly ("active") or as a CodeableConcept."""
    if isinstance(value, str):
        return words(value).lower()
    return next((words(coding.get("code")).lower() for coding in items(at(value, "coding")) if coding.get("code")), "")


def system_of(written: Any) -> str:
    """The short name of a code system, else what the sender calls it."""
    uri = words(written)
    found = _SYSTEMS.get(uri.lower().rstrip("/"))
    return found or _OIDS.get(uri.lower().removeprefix("urn:oid:")) or uri


def codings_of(value: Any) -> tuple[Coding, ...]:
    """The codes of CodeableConcepts, in order."""
    found = []
    for concept in items(value):
        # A bare Coding is taken as well.
        for coding in items(concept.get("coding", concept if "code" in concept else None)):
            code, display = words(coding.get("code")), words(coding.get("display"))
            if code or display:
                found.append(Coding(system_of(coding.get("system")), code, display))
    return tuple(found)


def words_of(value: Any) -> str:
    """What the sender calls a CodeableConcept: its text, else the first display, else its codes."""
    concept = next(iter(items(value)), {})
    text = words(concept.get("text"))
    codings = codings_of(concept)
    return text or next((one.display for one in codings if one.display), "") or ", ".join(one.code for one in codings)


def shown(value: Any) -> str:
    """Words with the codes that people know: "Lumbar radiculopathy (M54.16)"."""
    called = words_of(value)
    codes = dict.fromkeys(one.code for one in codings_of(value) if one.system in _PRINTED and one.code != called)
    return f"{called} ({', '.join(codes)})" if codes and called else called


_PRINTED = frozenset({"icd10", "icd10pcs", "cpt", "hcpcs", "loinc", "rxnorm"})


def day_of(value: Any) -> PartialDate | None:
    """A FHIR date, date and time, or period (its start), to the precision that was written."""
    if isinstance(value, dict):
        return day_of(value.get("start")) or day_of(value.get("end"))
    found = _DATE.match(value[:40]) if isinstance(value, str) else None
    if not found:
        return None
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        if not year or not 1800 <= year <= 2200:
            return None
        if month is None:
            return PartialDate.year(year)
        return PartialDate.month(year, month) if day is None else PartialDate.day(date(year, month, day))
    except ValueError:
        return None


def day_in(value: Mapping[str, Any], *keys: str) -> PartialDate | None:
    """The first date among elements."""
    return next((day for key in keys if (day := day_of(value.get(key)))), None)


def end_of(value: Any) -> PartialDate | None:
    return day_of(at(value, "end"))


def is_modified(value: Any, depth: int = 0) -> bool:
    """Whether anywhere in a resource an extension changes its meaning in a way that is not known here."""
    if depth > 40:
        return True
    if isinstance(value, dict):
        if value.get("modifierExtension") or value.get("implicitRules"):
            return True
        return any(is_modified(inner, depth + 1) for key, inner in value.items() if key != "contained")
    return isinstance(value, list) and any(is_modified(inner, depth + 1) for inner in value)


def references(value: Any) -> Iterator[str]:
    """The references that an element names."""
    for one in items(value):
        written = words(one.get("reference"))
        if written:
            yield written
