"""The laws of policies: the library keeps them, and each of the broken policies breaks the one that it names."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from evaluator_for_tests import outcome, statuses

from necessity.authoring.check import prove as prove_files
from necessity.authoring.check import terms
from necessity.authoring.files import files_of, read_file
from necessity.proofs.failure import Failure
from necessity.proofs.prove import prove
from necessity.values.status import Outcome, Status

BROKEN = Path(__file__).parent / "broken"
TERMS = terms()
NAMED = re.compile(r"# Found as: (\S+) of (\S+)")


def proved(name: str) -> tuple[Failure, ...]:
    file = read_file(BROKEN / f"{name}.yaml")
    assert file.policy is not None, "\n".join(map(str, file.problems))
    return prove(file.policy, file.source, TERMS)


def test_the_whole_library_keeps_the_laws_in_less_than_a_minute():
    begun = time.process_time()
    assert [str(problem) for problem in prove_files(files_of(None))] == []
    assert time.process_time() - begun < 60


def test_a_sound_policy_is_found_sound():
    assert proved("sound") == ()


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_policy_is_found_to_break_the_law_that_it_names(path: Path):
    named = NAMED.search(path.read_text("utf-8"))
    found = {(failure.name, failure.about) for failure in proved(path.stem)}
    assert path.stem == "sound" if named is None else (named[1], named[2]) in found


def test_there_are_at_least_twelve_broken_policies_that_break_different_laws():
    named = [NAMED.search(path.read_text("utf-8")) for path in BROKEN.glob("*.yaml")]
    assert len({found[1] for found in named if found}) >= 12


def test_a_counterexample_is_a_patient_in_words_with_a_place_and_a_hint():
    [failure] = [each for each in proved("overlapping-thresholds") if each.name == "met-or-not-met"]
    assert failure.where.endswith("overlapping-thresholds.yaml:33")
    assert failure.message == "`duration` is both met and not met by"
    assert failure.patient == "a patient with: active treatment: 42 days"
    assert failure.hint


@pytest.mark.parametrize(
    ("name", "law", "criterion", "status"),
    [
        ("overlapping-thresholds", "met-or-not-met", "duration", Status.CONFLICTING),
        ("met-and-not-met", "met-or-not-met", "pain", Status.CONFLICTING),
        ("silence-fails", "silence-fails-nothing", "pain", Status.NOT_MET),
        ("gap-between-thresholds", "number-decides", "duration", Status.UNDOCUMENTED),
    ],
)
def test_the_evaluator_agrees_with_the_counterexample(name: str, law: str, criterion: str, status: Status):
    failure = next(each for each in proved(name) if each.name == law)
    policy = read_file(BROKEN / f"{name}.yaml").policy
    assert policy is not None
    assert statuses(policy, failure.answers or {})[criterion] is status


def test_a_patient_who_loses_by_better_evidence_is_shown_before_the_loss():
    failure = next(each for each in proved("more-is-worse") if "from medically necessary" in each.message)
    policy = read_file(BROKEN / "more-is-worse.yaml").policy
    assert policy is not None and failure.answers is not None
    assert outcome(policy, failure.answers) is Outcome.MEDICALLY_NECESSARY
