"""The policies that ship: sound, complete, and with the criteria that the contract names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from necessity.findings.questions import QUESTIONS
from necessity.library import open_citations
from necessity.policies.from_yaml import load
from necessity.policies.policy import Category, Criterion, Leaf, Policy, branches
from necessity.policies.scope import covers, in_force, policy_for

LIBRARY = Path(__file__).parents[2] / "library"
FILES = sorted((LIBRARY / "policies").glob("*/*/*.yaml"))
LIBRARY_CITATIONS = open_citations(LIBRARY)
CITATIONS = frozenset(LIBRARY_CITATIONS.ids)
COMMON = [
    "radicular-pain",
    "limb-dominant",
    "neural-compression",
    "concordance",
    "conservative-duration",
    "conservative-measures",
    "conservative-response",
    "functional-limitation",
]
CARE = ["conservative-duration", "conservative-measures", "conservative-response"]
CRITERIA = {
    "lumbar-discectomy": COMMON,
    "lumbar-discectomy-revision": [*COMMON, "prior-surgery", "recurrent-herniation"],
    "thoracolumbar-decompression": [*COMMON, "neurologic-examination"],
    "lumbar-decompression": ["claudication-or-radicular", *COMMON[2:]],
    "cervical-discectomy-fusion": COMMON,
    "cervical-posterior-decompression": COMMON,
    "lumbar-fusion": ["fusion-indication", *CARE, "functional-limitation", "tobacco-status"],
    "cervical-disc-replacement": [
        *COMMON,
        "no-instability",
        "no-facet-arthropathy",
        "no-adjacent-fusion",
        "level-limit",
        "no-osteoporosis",
        "no-infection",
    ],
    "epidural-injection": [
        "claudication-or-radicular",
        "imaging-or-examination",
        "conservative-duration",
        "repeat-relief",
        "injection-frequency",
        "image-guidance",
    ],
    "facet-ablation": ["axial-pain", "no-untreated-radiculopathy", "diagnostic-blocks", "repeat-relief"],
    "vertebral-augmentation": ["painful-fracture", "fracture-acuity", "pain-severity", "failed-medical-care"],
    "spinal-cord-stimulator": ["scs-indication", "no-operable-compression", "psychological-clearance", "trial-relief"],
    "si-fusion": ["conservative-duration", "provocative-tests", "diagnostic-blocks", "other-sources-excluded"],
    "level-of-care": ["inpatient-reason"],
}


@dataclass(frozen=True)
class Line:
    procedure: str
    level: str | None
    revision: bool = False
    diagnosis: str | None = None
    region: str | None = None
    cpt: tuple[str, ...] = ()


def loaded(path: Path) -> Policy:
    policy = load(path.read_text("utf-8"), path.name, QUESTIONS, CITATIONS)
    assert isinstance(policy, Policy), "\n".join(str(problem) for problem in policy)
    return policy


def pack(name: str) -> dict[str, Policy]:
    policies = [loaded(path) for path in FILES if path.parts[-3] == name]
    return {policy.id: policy for policy in in_force(policies, date(2026, 6, 1))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_policy_file_is_sound_and_stands_where_its_ids_say(path: Path):
    policy = loaded(path)
    assert path.parts[-3:] == (policy.pack, policy.id, f"{policy.effective}.yaml")
    assert (path.parent / "policy.md").exists()


@pytest.mark.parametrize("name", CRITERIA)
def test_a_house_policy_asks_the_criteria_of_the_contract(name: str):
    assert [criterion.id for criterion in pack("house")[name].criteria] == CRITERIA[name]


def test_a_criterion_shared_by_house_policies_keeps_its_category():
    categories: dict[str, set[Category]] = defaultdict(set)
    for policy in pack("house").values():
        for criterion in policy.criteria:
            categories[criterion.id].add(criterion.category)
    assert {name: found for name, found in categories.items() if len(found) > 1} == {}


def test_the_waivers_are_the_same_in_every_house_policy_that_asks_for_conservative_care():
    for name in (
        "lumbar-discectomy",
        "lumbar-discectomy-revision",
        "thoracolumbar-decompression",
        "lumbar-decompression",
        "cervical-discectomy-fusion",
        "cervical-posterior-decompression",
        "lumbar-fusion",
    ):
        assert {waiver.id: waiver.urgent for waiver in pack("house")[name].waivers} == {
            "cauda-equina": True,
            "myelopathy": True,
            "severe-motor-deficit": True,
            "progressive-deficit": True,
            "tumor": True,
            "infection": True,
            "fracture": False,
        }
        assert all(list(waiver.waives) == CARE for waiver in pack("house")[name].waivers)


def number_of(criterion: Criterion) -> float:
    assert isinstance(criterion.met, Leaf)
    return float(getattr(criterion.met.test, "amount", -1))


@pytest.mark.parametrize(
    ("name", "days"), [("lumbar-discectomy", 42), ("lumbar-fusion", 84), ("lumbar-decompression", 42)]
)
def test_the_weeks_of_treatment_are_those_of_the_contract(name: str, days: float):
    criterion = next(each for each in pack("house")[name].criteria if each.id == "conservative-duration")
    assert number_of(criterion) == days


LINES = [
    (Line("discectomy", "L4-5"), "lumbar-discectomy"),
    (Line("discectomy", "L4-5", diagnosis="stenosis"), "lumbar-decompression"),
    (Line("laminectomy", "L4-5", diagnosis="disc"), "lumbar-discectomy"),
    (Line("laminectomy", "L4-5"), "lumbar-decompression"),
    (Line("discectomy", "L4-5", revision=True), "lumbar-discectomy-revision"),
    (Line("discectomy", "L4-5", revision=True, diagnosis="stenosis"), "lumbar-decompression"),
    (Line("laminectomy", "T12-L1"), "thoracolumbar-decompression"),
    (Line("fusion", "L5-S1"), "lumbar-fusion"),
    (Line("fusion", "C5-6", cpt=("22551",)), "cervical-discectomy-fusion"),
    (Line("fusion", "C5-6", cpt=("22600",)), "cervical-posterior-decompression"),
    (Line("discectomy", "C6-7", cpt=("63020",)), "cervical-posterior-decompression"),
    (Line("laminectomy", "C3-4"), "cervical-posterior-decompression"),
    (Line("fusion", "T9-10"), None),
    (Line("hardware_removal", None), None),
    (Line("discectomy", None, region="lumbar"), "lumbar-discectomy"),
]


@pytest.mark.parametrize(("line", "name"), LINES)
def test_a_line_is_decided_by_the_one_policy_that_covers_it(line: Line, name: str | None):
    policies = tuple(pack("house").values())
    assert [policy.id for policy in policies if covers(policy, line)] == ([name] if name else [])
    found = policy_for(policies, line)
    assert (found.id if found else None) == name


def test_every_statement_on_evidence_cites_it():
    for path in FILES:
        for statement in loaded(path).statements:
            assert statement.cites or statement.kind != "evidence", statement.id


def test_no_criterion_is_a_group_of_one():
    def single(tree: object) -> bool:
        below = () if isinstance(tree, Leaf) else branches(tree)  # type: ignore[arg-type]  # any tree
        return len(below) == 1 and type(tree).__name__ in ("AllOf", "AnyOf") or any(single(each) for each in below)

    for path in FILES:
        for criterion in loaded(path).criteria:
            assert not single(criterion.met), f"{path}: {criterion.id}"


def test_every_number_of_a_sentence_stands_in_the_finding_that_it_cites():
    for path in FILES:
        for statement in loaded(path).statements:
            cited = " ".join(LIBRARY_CITATIONS.finding(cite).text for cite in statement.cites).replace(",", "")
            said = re.sub(r"\b[CTLS]\d+(-\d)?", "", statement.text).replace(",", "")
            missing = [number for number in re.findall(r"\d+(?:\.\d+)?", said) if number not in cited]
            assert missing == [], f"{path.parent.name}: {statement.id} says {missing}"
