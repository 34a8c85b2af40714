"""Codes of structured records: which care, observation or diagnosis a number stands for.

The tables are data (`library/vocabulary/codes.yaml`, and `procedures.yaml` for spine procedures and diagnoses).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from necessity.vocabulary.procedures import Procedures


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """A session of non-operative care. `evaluation` where it only begins or judges a course."""

    concept: str
    evaluation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A kind of observation, and the bounds of what its number can be."""

    concept: str
    loinc: tuple[str, ...]
    words: tuple[str, ...]
    least: float | None = None
    most: float | None = None

    def allows(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a diagnosis states beyond its code: `fact` is examination or red_flag."""

    fact: str
    concept: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The tables. Empty ones know nothing, and records are then read by their words alone."""

    procedures: Procedures | None = None
    care: Mapping[str, Care] = field(default_factory=dict)
    ordered_words: tuple[str, ...] = ()
    course_gap_days: int = 0
    diagnosis_days: int = 0
    observations: tuple[Observed, ...] = ()
    tobacco_codes: Mapping[str, str] = field(default_factory=dict)
    tobacco_words: tuple[tuple[str, str], ...] = ()
    diagnoses: Mapping[str, Stated] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], procedures: Procedures) -> Codes:
        """The tables of `codes.yaml`. ValueError names a diagnosis that `procedures.yaml` does not list."""
        groups = {diagnosis.concept for diagnosis in procedures.diagnoses.values()}
        unknown = sorted(set(data["diagnoses"]) - groups)
        if unknown:
            raise ValueError(f"`{unknown[0]}` is no diagnosis of procedures.yaml")
        care = {
            str(number): Care(concept=concept, evaluation=kind == "evaluation")
            for concept, numbers in data["care"].items()
            for kind in ("codes", "evaluation")
            for number in numbers.get(kind, ())
        }
        observations = tuple(
            Observed(concept=concept, **{**entry, "loinc": tuple(entry["loinc"]), "words": tuple(entry["words"])})
            for concept, entry in data["observations"].items()
        )
        return cls(
            procedures=procedures,
            care=care,
            ordered_words=tuple(data["ordered_words"]),
            course_gap_days=int(data["course_gap_days"]),
            diagnosis_days=int(data["diagnosis_days"]),
            observations=observations,
            tobacco_codes=dict(data["tobacco"]["codes"]),
            tobacco_words=tuple((str(word), str(status)) for word, status in data["tobacco"]["words"]),
            diagnoses={name: Stated(**entry) for name, entry in data["diagnoses"].items()},
        )

    def is_ordered(self, name: str) -> bool:
        """Whether the name is that of an order ("referral to physical therapy")."""
        return any(word in name.lower() for word in self.ordered_words)

    def observed(self, loinc: str, name: str) -> Observed | None:
        """The kind of an observation: by its LOINC number, else by a word of its name."""
        by_code = next((one for one in self.observations if loinc and loinc in one.loinc), None)
        lower = name.lower()
        return by_code or next((one for one in self.observations if any(word in lower for word in one.words)), None)

    def tobacco(self, codes: tuple[str, ...], answer: str) -> str:
        """current, former or never; empty where the answer tells none of them."""
        by_code = next((self.tobacco_codes[code] for code in codes if code in self.tobacco_codes), None)
        if by_code is not None:
            return by_code
        lower = answer.lower()
        return next((status for word, status in self.tobacco_words if word in lower), "")

    def stated(self, icd10: str) -> Stated | None:
        """What a diagnosis code states beyond itself."""
        diagnosis = self.procedures.diagnosis(icd10) if self.procedures else None
        return self.diagnoses.get(diagnosis.concept) if diagnosis else None


NO_CODES = Codes()
