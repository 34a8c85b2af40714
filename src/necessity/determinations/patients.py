"""Documents of two patients in one folder: nothing is decided of either until someone has parted them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from necessity.charts.identities import OtherPatient
from necessity.determinations.decide import Decided
from necessity.determinations.determination import Conflict, LevelOfCare
from necessity.values.status import Outcome

MISSING = "missing_documentation"


def patient_conflicts(patients: Iterable[OtherPatient]) -> tuple[Conflict, ...]:
    """One blocking conflict for each document that is not of the patient of the others."""
    return tuple(
        Conflict(
            about="patient",
            statements=one.statements,
            reason=f"Two documents give a different {one.about}; they may be of two patients. "
            "Send the records of one patient, or confirm that both are of the same.",
            blocking=True,
        )
        for one in patients
    )


def held_back(decided: Decided) -> Decided:
    """A line that stays undecided while the chart may be of two patients; what is out of scope stays so."""
    line, result = decided
    if line.outcome is Outcome.OUT_OF_SCOPE:
        return decided
    return replace(line, outcome=Outcome.NEEDS_DOCUMENTATION, basis=MISSING, fixes=(), waiver_fixes=()), result


def care_held_back(care: LevelOfCare | None) -> LevelOfCare | None:
    if care is None or care.outcome is Outcome.OUT_OF_SCOPE:
        return care
    return replace(care, outcome=Outcome.NEEDS_DOCUMENTATION)
