"""Two policies beside each other: in words, and by the patients whom they part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from necessity.authoring.check import terms
from necessity.authoring.files import read_file
from necessity.comparison.changes import changes
from necessity.comparison.of_policies import cohort, difference
from necessity.policies.policy import Policy

TERMS = terms()
SOUND = Path(__file__).parents[1] / "proofs" / "broken" / "sound.yaml"


def sound(old: str = "", new: str = "", folder: Path | None = None) -> Policy:
    """The sound policy, with some of its words changed."""
    path = SOUND
    if folder is not None:
        path = folder / "2026-06-01.yaml"
        path.write_text(SOUND.read_text("utf-8").replace(old, new), "utf-8")
    file = read_file(path)
    assert file.policy is not None, "\n".join(map(str, file.problems))
    return file.policy


def test_a_policy_does_not_differ_from_itself():
    assert changes(sound(), sound(), TERMS.words) == ()


def test_a_longer_time_is_a_changed_threshold_and_two_changed_trees(tmp_path: Path):
    longer = sound("6 weeks", "12 weeks", tmp_path)
    assert changes(sound(), longer, TERMS.words) == (
        "threshold `care-length` goes from 6 weeks to 12 weeks",
        "criterion `duration`: met was [active treatment: at least 6 weeks], is [active treatment: at least 12 weeks]",
        "criterion `duration`: not met was [active treatment: less than 6 weeks], is [active treatment: less than 12 weeks]",
    )


def test_what_is_taken_out_and_put_in_is_named():
    less = replace(sound(), criteria=sound().criteria[1:], waivers=())
    assert changes(sound(), less, TERMS.words) == (
        "criterion `pain` is taken out",
        "waiver `emergency` is taken out",
    )
    assert "criterion `pain` is new" in changes(less, sound(), TERMS.words)


def test_a_patient_who_is_parted_has_the_number_that_parts(tmp_path: Path):
    pytest.importorskip("z3", reason="the solver is an extra: pip install medical-necessity[proofs]")
    report = list(difference(sound(), sound("6 weeks", "12 weeks", tmp_path), TERMS))
    assert "    Six weeks of treatment: not met (active treatment: 42 days)" in report
    [patient] = [line for line in report if line.strip().startswith("a patient with")]
    assert patient.count(";") == 2, "pain, days and response suffice"


def test_policies_that_part_nobody_say_so():
    pytest.importorskip("z3", reason="the solver is an extra: pip install medical-necessity[proofs]")
    renamed = replace(sound(), title="Another title")
    assert list(difference(sound(), renamed, TERMS))[-1] == "No patient is approved by the one and not by the other."


def test_of_a_cohort_only_the_cases_that_change_are_listed():
    rows = [("a", "medically_necessary", "needs_documentation"), ("b", "out_of_scope", "out_of_scope")]
    assert list(cohort(rows)) == ["1 of 2 cases change.", "  a: medically_necessary -> needs_documentation"]
