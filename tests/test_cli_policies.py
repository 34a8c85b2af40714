"""The commands on policies, run as programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROKEN = ROOT / "tests" / "proofs" / "broken"
CASE = ROOT / "tests" / "data" / "cases" / "dev-002.yaml"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
needs_solver = pytest.mark.skipif(not find_spec("z3"), reason="the solver is an extra: medical-necessity[proofs]")


@pytest.fixture
def run() -> Run:
    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "necessity", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    return call


def test_a_sound_policy_passes_the_check(run: Run):
    done = run("policies", "check", BROKEN / "sound.yaml")
    assert (done.returncode, done.stdout) == (0, "1 policy file checked: nothing is wrong\n")


def test_a_fault_is_named_with_its_place_and_the_status_says_so(run: Run):
    done = run("policies", "check", BROKEN / "used-both-ways.yaml")
    assert done.returncode == 1
    assert "[one-way] `pain` needs the same answer for met and for not met" in done.stdout


@needs_solver
def test_a_law_that_fails_is_shown_with_a_patient(run: Run):
    done = run("policies", "prove", BROKEN / "overlapping-thresholds.yaml")
    assert done.returncode == 1
    assert "`duration` is both met and not met by: a patient with: active treatment: 42 days" in done.stdout


def test_what_does_not_exist_is_wrong_usage(run: Run):
    done = run("policies", "check", "no-such-policy")
    assert done.returncode == 2 and "there is no such pack, policy or file" in done.stderr


def test_stories_are_told(run: Run):
    done = run("policies", "test", "house/lumbar-discectomy")
    assert done.returncode == 0 and done.stdout.endswith("stories told: nothing is wrong\n")


def test_two_policies_are_compared_in_the_same_words_every_time(run: Run):
    first, again = (run("policies", "diff", "house/lumbar-discectomy", "house/lumbar-fusion").stdout for _ in range(2))
    assert "threshold `care-length` goes from 6 weeks to 12 weeks" in first
    assert first == again


def test_versions_are_listed(run: Run):
    assert run("policies", "history", "house/lumbar-discectomy").stdout.startswith(
        "house/lumbar-discectomy\n  2026-01-01"
    )


def test_one_chart_is_judged_by_all_packs(run: Run):
    compared = json.loads(run("review", CASE, "--pack", "all", "--format", "json").stdout)
    assert compared["schema"] == "necessity.matrix/1" and {"house", "reference"} <= set(compared["packs"])
    assert run("review", CASE, "--pack", "all", "--policy", "lumbar-discectomy").returncode == 2


def test_another_answer_is_tried(run: Run):
    done = run("whatif", CASE, "--set", "care_days=8 weeks")
    assert done.stdout.splitlines()[1] == "The case goes from needs documentation to medically necessary."
    assert run("whatif", CASE).returncode == 2
