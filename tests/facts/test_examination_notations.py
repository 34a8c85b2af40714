"""The examination as hurried hands write it: sides behind muscles, tables, plain words, records that are only quoted."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in, facts_in_documents

from necessity.facts.examination import read
from necessity.facts.fact import Assertion, ExamFinding, Source


def findings(text: str, concept: str) -> list[ExamFinding]:
    found = facts_in(text, read, date(2026, 5, 1))
    return [f for f in found if isinstance(f, ExamFinding) and f.concept == concept]


def grades(text: str) -> list[tuple[str | None, float | None]]:
    return [(f.side.value if f.side else None, f.grade) for f in findings(text, "strength")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("EXAM: Biceps R 4+ L 5.", [("right", 4.33), ("left", 5.0)]),
        ("EXAM: TA (L) 4, (R) 5", [("left", 4.0), ("right", 5.0)]),
        ("EXAM: Dorsiflexion left 4+ and right 5.", [("left", 4.33), ("right", 5.0)]),
        ("EXAM: R triceps 4+.", [("right", 4.33)]),
        ("EXAM: I would give the right quadriceps a 4.", [("right", 4.0)]),
        ("EXAM: Strength 5-/5 plantar flexion, seated SLR hurts at the calf.", [(None, 4.67)]),
    ],
)
def test_a_grade_stands_behind_its_side(text: str, wanted: list[tuple[str | None, float]]) -> None:
    assert grades(text) == wanted


def test_a_muscle_graded_like_a_reflex_is_a_reflex() -> None:
    text = "EXAM: L biceps 4+/5. BR L 1+, R 2+."
    assert grades(text) == [("left", 4.33)]
    assert [(f.side and f.side.value, f.assertion.value) for f in findings(text, "reflex")] == [
        ("left", "present"),
        ("right", "absent"),
    ]


def test_roots_are_graded_under_a_head_of_sides() -> None:
    text = "EXAM:\n            R   L\n  C7         2   3\n  L2-S1      4   4\n"
    assert [(f.roots, f.grade) for f in findings(text, "strength")] == [
        (("C7",), 2.0),
        (("C7",), 3.0),
        (("L2", "S1"), 4.0),
        (("L2", "S1"), 4.0),
    ]


def test_two_columns_of_visits_are_an_earlier_and_a_present_grade() -> None:
    text = "OBJECTIVE:\n                 1/22          4/12\nR EHL            4             5\n"
    assert [(f.grade, f.earlier) for f in findings(text, "strength")] == [(4.0, True), (5.0, False)]


def test_what_records_say_is_earlier() -> None:
    text = "RECORDS REVIEWED:\nDr. Poe: EHL 4/5 left.\n\nEXAM: EHL 5/5."
    assert [(f.grade, f.earlier) for f in findings(text, "strength")] == [(4.0, True), (5.0, False)]


def test_a_row_of_dated_entries_is_earlier() -> None:
    text = "1/12/24, Dr. Ito: EHL 4/5.\n3/2/24, Dr. Ito: EHL 4/5.\n5/9/24, Dr. Ito: VAS 8. EHL 3/5.\n"
    assert all(f.earlier for f in findings(text, "strength"))


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("EXAM: Reflexes could not be obtained in the legs.", True),
        ("EXAM: The right knee jerk I cannot get.", True),
        ("EXAM: Reflexes: R BR 1+ others 2+.", True),
        ("EXAM: L ankle jerk 1+ (R 2+).", True),
        ("EXAM: S1 reflex diminished on the left.", True),
        ("EXAM: The reflexes are two plus.", False),
    ],
)
def test_reflexes_in_plain_words(text: str, present: bool) -> None:
    found = findings(text, "reflex")
    assert found and any(f.assertion is Assertion.PRESENT for f in found) is present


@pytest.mark.parametrize(
    ("text", "concept", "assertion"),
    [
        ("EXAM: No pin around the anus.", "saddle_sensation", "present"),
        ("EXAM: S4-5 pin present.", "saddle_sensation", "absent"),
        ("EXAM: Sensation intact incl. perianal.", "saddle_sensation", "absent"),
        ("EXAM: Perianal sensation and tone intact.", "saddle_sensation", "absent"),
        ("EXAM: Pin lateral foot R down.", "sensation", "present"),
        ("EXAM: There is blunting to light touch over the left foot.", "sensation", "present"),
        ("EXAM: Vibration is gone at the toes.", "sensation", "present"),
        ("EXAM: PVR before it 40 mL.", "post_void_residual", "absent"),
        ("EXAM: Neurologic examination in the legs is normal in all respects.", "neurologic", "absent"),
        ("EXAM: Loading + L. No deficits.", "neurologic", "absent"),
        ("EXAM: Neck flexion sends an electric shock down the spine.", "lhermitte", "present"),
        ("EXAM: Upgoing plantars, a sensory level at the waist, and normal anal tone.", "babinski", "present"),
        ("EXAM: Spurling +R.", "spurling", "present"),
        ("EXAM: Spurling's no longer provokes anything.", "spurling", "absent"),
        ("EXAM: Reverse straight leg raising on the right lights up her thigh.", "femoral_stretch", "present"),
        ("NECK: Extension with left rotation reproduces the arm pain.", "spurling", "present"),
    ],
)
def test_findings_in_plain_words(text: str, concept: str, assertion: str) -> None:
    assert {f.assertion.value for f in findings(text, concept)} == {assertion}


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("EXAM: EHL 4/5. No change since 01/08.", "absent"),
        ("EXAM: Wrist extensors 4/5, stable vs June.", "absent"),
        ("EXAM: EHL 4/5. Worse than in March.", "present"),
        ("HPI: The weakness has been the same ever since, no better and no worse.", "absent"),
    ],
)
def test_the_course_of_a_deficit(text: str, assertion: str) -> None:
    assert [f.assertion.value for f in findings(text, "progression")] == [assertion]


@pytest.mark.parametrize("text", ["GU: Genital: Negative", "EXAM: Scrotum normal.", "PLAN: EHL 4/5 goal 5/5"])
def test_other_examinations_say_nothing_of_the_saddle(text: str) -> None:
    assert findings(text, "saddle_sensation") == []


def test_the_others_say_nothing_of_the_muscle_graded_beside_them() -> None:
    notes = [("EXAM: R EHL 4+, others 5.", date(2026, 3, 1)), ("EXAM: R EHL 4+/5.", date(2026, 4, 1))]
    found = facts_in_documents(notes, read)
    assert not any(isinstance(f, ExamFinding) and f.progressive for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "EXAM: Left TA 2/5 since polio in childhood.",
        "EXAM: Left TA 2/5 from a peroneal nerve injury at knee surgery.",
        "EXAM: Sensation decreased both feet due to diabetic neuropathy.",
        "EXAM: Left DF 4/5 (old ankle fusion).",
        "EXAM: Ankle jerks absent, attributed to polyneuropathy.",
        "EXAM: Left TA 2/5 from common peroneal palsy, confirmed by EMG.",
        "EXAM: Achilles reflexes absent both sides, long known, from diabetic polyneuropathy.",
        "EXAM: Left gastrocnemius 2/5, calf wasted since childhood polio.",
        "EXAM: Left plantar flexion 2/5: old Achilles tendon rupture.",
    ],
)
def test_a_deficit_put_down_to_something_else(text: str) -> None:
    found = [f for f in facts_in(text, read) if isinstance(f, ExamFinding) and f.assertion is Assertion.PRESENT]
    assert found and all(f.other_cause for f in found)


@pytest.mark.parametrize(
    "text", ["EXAM: EHL 3/5, no peroneal palsy.", "EXAM: EHL 4/5 after surgery.", "EXAM: EHL 3/5. Old stroke."]
)
def test_another_illness_explains_nothing_by_itself(text: str) -> None:
    assert not any(f.other_cause for f in facts_in(text, read) if isinstance(f, ExamFinding))


def test_an_examination_within_a_paragraph_is_one() -> None:
    assert grades("60F with arm pain for 3 months. Exam: 5/5, reflexes 2+. MRI: C5-6 disc.") == [(None, 5.0)]


def test_what_the_patient_denies_during_the_examination_is_told() -> None:
    found = findings("EXAM: Strength 5/5. Saddle numbness denied.", "saddle_sensation")
    assert [f.source for f in found] == [Source.PATIENT]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("EXAM: Muscle power is grade IV in the left EHL.", [("left", 4.0)]),
        ("EXAM: EHL IV/V on the left. Grade I slip.", [("left", 4.0)]),
        ("EXAM: Left foot: 0/5 dorsiflexion, 3/5 eversion.", [("left", 0.0), ("left", 3.0)]),
        ("EXAM: R EHL 4/5 on 01/12 and 4/5 today.", [("right", 4.0), ("right", 4.0)]),
    ],
)
def test_grades_in_other_hands(text: str, wanted: list[tuple[str, float]]) -> None:
    assert grades(text) == wanted


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("HPI: Left leg strength is declining; he now needs a walker.", "present"),
        ("HPI: Denies progressive weakness.", "absent"),
    ],
)
def test_the_course_as_the_patient_tells_it(text: str, assertion: str) -> None:
    assert [f.assertion.value for f in findings(text, "progression")] == [assertion]


def test_beats_of_clonus_are_no_grade() -> None:
    assert [f.grade for f in findings("EXAM: DTRs 3+ in the legs with 4 beats of clonus.", "reflex")] == [3.0]


def test_silt_is_intact_sensation() -> None:
    assert [f.assertion.value for f in findings("EXAM: Motor 5/5, SILT, DTRs 2+.", "sensation")] == ["absent"]


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: Myelopathy handout given.",
        "HPI: Reads about myelopathy on the internet and worries.",
        "PATIENT EDUCATION: Cauda equina syndrome is an emergency.",
        "PLAN: Given a leaflet on cauda equina syndrome.",
    ],
)
def test_an_illness_named_in_a_lesson_is_no_diagnosis(text: str) -> None:
    assert findings(text, "myelopathy") + findings(text, "cauda_equina") == []


@pytest.mark.parametrize("text", ["ED: CES excluded.", "ED: Cauda equina syndrome was ruled out."])
def test_a_syndrome_said_to_be_excluded_is_absent(text: str) -> None:
    assert [f.assertion for f in findings(text, "cauda_equina")] == [Assertion.ABSENT]


def test_a_saddle_with_a_result_of_its_own_takes_none_of_the_foot() -> None:
    text = "EXAM: Sensation reduced left lateral foot, perineal sensation intact."
    assert [f.assertion for f in findings(text, "saddle_sensation")] == [Assertion.ABSENT]
    assert [f.assertion for f in findings(text, "sensation")] == [Assertion.PRESENT]
