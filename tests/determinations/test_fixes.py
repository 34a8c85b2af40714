"""What would change the answer: every smallest set, compared with an exhaustive search over all sets."""

from __future__ import annotations

from datetime import date
from itertools import chain, combinations, product

import pytest

from necessity.determinations.fixes import earliest_date, fixes, waiver_fixes
from necessity.determinations.outcome import outcome_of
from necessity.findings.finding import Finding, WaiverFinding
from necessity.values.status import Outcome, Status

JUNE = date(2026, 6, 1)


def finding(name: str, status: Status, on: date | None = None) -> Finding:
    return Finding(criterion=name, category="history", title=name, status=status, reason="", could_be_met_on=on)


def exhaustive(findings: tuple[Finding, ...]) -> set[frozenset[str]]:
    """All minimal sets, by trying every set of criteria that a document or time could settle."""
    names = [f.criterion for f in findings if f.status.is_open or (f.status is Status.NOT_MET and f.could_be_met_on)]
    enough = []
    for chosen in chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1)):
        statuses = [Status.MET if f.criterion in chosen else f.status for f in findings]
        if outcome_of(statuses, False)[0] is Outcome.MEDICALLY_NECESSARY:
            enough.append(frozenset(chosen))
    return {each for each in enough if not any(other < each for other in enough)}


@pytest.mark.parametrize("statuses", list(product(Status, repeat=3)))
@pytest.mark.parametrize("passes", [None, JUNE])
def test_the_fixes_are_all_the_minimal_sets_and_no_other(statuses: tuple[Status, ...], passes: date | None) -> None:
    findings = tuple(finding(name, status, passes) for name, status in zip("abc", statuses, strict=True))
    necessary = outcome_of(statuses, False)[0] is Outcome.MEDICALLY_NECESSARY
    assert {frozenset(each) for each in fixes(findings)} == (set() if necessary else exhaustive(findings))


def test_what_an_image_ruled_out_cannot_be_fixed_by_a_document() -> None:
    assert fixes((finding("compression", Status.NOT_MET), finding("duration", Status.UNDOCUMENTED))) == ()


def test_a_length_of_time_that_will_pass_is_fixable_and_dated() -> None:
    findings = (finding("duration", Status.NOT_MET, JUNE), finding("function", Status.MET))
    assert fixes(findings) == (("duration",),)
    assert earliest_date(findings) == JUNE


def test_an_open_waiver_is_another_way() -> None:
    findings = (
        finding("duration", Status.UNDOCUMENTED),
        finding("measures", Status.UNDOCUMENTED),
        finding("exam", Status.UNDOCUMENTED),
    )
    waiver = WaiverFinding(
        id="cord-signs", title="", status=Status.UNDOCUMENTED, reason="", waives=("duration", "measures")
    )
    assert waiver_fixes(findings, [waiver]) == (("exam", "cord-signs"),)


@pytest.mark.parametrize(
    ("statuses", "closed", "outcome", "basis"),
    [
        ([Status.MET, Status.WAIVED, Status.NOT_APPLICABLE], False, Outcome.MEDICALLY_NECESSARY, "criteria_met"),
        ([Status.MET, Status.CONFLICTING], False, Outcome.NEEDS_DOCUMENTATION, "missing_documentation"),
        ([Status.NOT_MET, Status.UNDOCUMENTED], False, Outcome.NOT_MEDICALLY_NECESSARY, "criteria_not_met"),
        ([Status.MET, Status.UNDOCUMENTED], True, Outcome.NOT_MEDICALLY_NECESSARY, "insufficient_documentation"),
        ([Status.MET], True, Outcome.MEDICALLY_NECESSARY, "criteria_met"),
    ],
)
def test_the_outcome_follows_from_the_statuses(
    statuses: list[Status], closed: bool, outcome: Outcome, basis: str
) -> None:
    assert outcome_of(statuses, closed) == (outcome, basis)
