"""The review questions on the neurological state, from the words of a chart to the answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from necessity.abstracts.abstract import AbstractAnswer
from necessity.abstracts.from_facts import abstract_of
from necessity.abstracts.neuro import answer
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.charts.sections import Headings
from necessity.facts import examination, symptoms
from necessity.facts.from_chart import facts_of, read_chart
from necessity.vocabulary.lexicon import Lexicon

VOCABULARY = Path(__file__).resolve().parents[2] / "library" / "vocabulary"
LUMBAR, CERVICAL = Request(levels=("L4-5",)), Request(levels=("C5-6",))
WRITTEN = date(2026, 1, 20)


@cache
def vocabulary() -> tuple[Lexicon, Headings]:
    files = [yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))]
    return Lexicon(files), Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


def answers(*documents: tuple[str, date], request: Request = LUMBAR) -> dict[str, AbstractAnswer]:
    chart = chart_of(
        Document(id="", name=f"n{number}", text=text, written=day) for number, (text, day) in enumerate(documents)
    )
    facts = facts_of(read_chart(chart, *vocabulary()), (examination.read, symptoms.read))
    return abstract_of(facts, request, (answer,))


def value(question: str, text: str, request: Request = LUMBAR) -> object:
    given = answers((text, WRITTEN), request=request).get(f"neuro.{question}")
    return given.value if given else None


@pytest.mark.parametrize(
    ("text", "motor", "worst"),
    [
        ("EXAM: L EHL 4/5, otherwise 5/5.", "yes", 4.0),
        ("EXAM: Motor 5/5 throughout.", "no", 5.0),
        ("EXAM: Neurologically intact.", "no", None),
        ("EXAM: Strength full.", "no", None),
        ("EXAM: She is 4+/5 in the quadriceps with no obvious weakness.", "yes", 4.33),
        ("Assessment: right foot drop.", "yes", None),
        ("HPI: He reports weakness of the left leg.", "yes", None),
        ("HPI: Denies weakness.", "no", None),
        ("HPI: Weakness of the left leg.\n\nEXAM: Motor 5/5.", "no", 5.0),
        ("EXAM: moves all four.", None, None),
        ("Exam deferred.", None, None),
        ("Risks include weakness.", None, None),
    ],
)
def test_weakness_and_its_lowest_grade(text: str, motor: str | None, worst: float | None) -> None:
    assert (value("motor_deficit", text), value("worst_mrc", text)) == (motor, worst)


def test_only_the_limb_of_the_problem_counts() -> None:
    text = "EXAM: Grip 4/5 on the right. EHL 5/5, TA 5/5."
    assert value("worst_mrc", text) == 5.0
    assert value("worst_mrc", text, CERVICAL) == 4.0


def test_the_most_recent_examination_decides() -> None:
    given = answers(("EXAM: L EHL 3/5.", date(2025, 10, 1)), ("EXAM: L EHL 5/5.", date(2026, 1, 5)))
    assert (given["neuro.worst_mrc"].value, given["neuro.motor_deficit"].value) == (5.0, "no")


def test_a_fall_of_strength_between_examinations_is_progressive() -> None:
    given = answers(("EXAM: L EHL 5/5.", date(2025, 10, 1)), ("EXAM: L EHL 4-/5.", date(2026, 1, 5)))
    assert given["neuro.progressive_deficit"].value == "yes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Assessment: progressive left foot drop.", "yes"),
        ("EXAM: R EHL 4+/5 unchanged.", "no"),
        ("EXAM: Right quad 4/5 today, 4/5 on 11/03.", "no"),
        ("HPI: Progressive back pain.", None),
        ("HPI: No progressive weakness.", "no"),
    ],
)
def test_a_deficit_that_grows_or_stands_still(text: str, expected: str | None) -> None:
    assert value("progressive_deficit", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HPI: Numbness of the left foot.\n\nEXAM: Sensation intact.", "yes"),
        ("EXAM: Sensation intact.", "no"),
        ("EXAM: Decreased sensation left L5.", "yes"),
        ("EXAM: Nonfocal.", "no"),
        ("EXAM: SLR negative.", None),
    ],
)
def test_sensory_deficit_found_or_reported(text: str, expected: str | None) -> None:
    assert value("sensory_deficit", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: Reflexes 3+ and symmetric. No clonus.", "no"),
        ("EXAM: Reflexes 3+ and symmetric. Sustained clonus.", "yes"),
        ("EXAM: Left ankle jerk absent.", "yes"),
        ("EXAM: Motor 5/5.", None),
    ],
)
def test_reflex_change(text: str, expected: str | None) -> None:
    assert value("reflex_change", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: SLR negative on the right, positive on the left.", "yes"),
        ("EXAM: SLR gives back pain only.", "no"),
        ("EXAM: SLR equivocal.", None),
    ],
)
def test_tension_sign(text: str, expected: str | None) -> None:
    assert value("tension_sign", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: Rectal tone diminished.", "yes"),
        ("PVR 400 ml.", "yes"),
        ("PVR 20 ml.", "no"),
        ("HPI: Denies bladder or bowel changes, no saddle numbness.", "no"),
        ("Rule out cauda equina syndrome.", None),
        ("Plan: go to the ER for loss of bladder control.", None),
    ],
)
def test_cauda_equina(text: str, expected: str | None) -> None:
    assert value("cauda_equina", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXAM: Hoffmann positive, no clonus.", "yes"),
        ("EXAM: No clonus, toes downgoing.", "no"),
        ("Cervical spondylosis without myelopathy.", "no"),
        ("Assessment: cervical spondylotic myelopathy.", "yes"),
        ("ICD-10: M47.12 Spondylosis w myelopathy\n\nEXAM: No clonus, Hoffmann negative.", "conflicting"),
        ("Possible myelopathy.", None),
    ],
)
def test_myelopathy(text: str, expected: str | None) -> None:
    assert value("myelopathy", text, CERVICAL) == expected
