"""Complaints as clinicians write them: pain of limb and spine, nerve symptoms, scores, course, episode, the main pain."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts.fact import Assertion, Region, Side, Symptom, SymptomQuality
from necessity.facts.symptoms import read

WRITTEN = date(2026, 1, 20)


def symptoms(text: str, concept: str) -> list[Symptom]:
    return [fact for fact in facts_in(text, read, WRITTEN) if isinstance(fact, Symptom) and fact.concept == concept]


def qualities(text: str, concept: str) -> list[SymptomQuality]:
    return [
        fact for fact in facts_in(text, read, WRITTEN) if isinstance(fact, SymptomQuality) and fact.concept == concept
    ]


def said(text: str, concept: str) -> set[str]:
    return {fact.assertion.value for fact in symptoms(text, concept) if not fact.historical}


@pytest.mark.parametrize(
    "text",
    [
        "Pain goes from the left buttock down the back of the thigh to the calf.",
        "Low back pain with radiation into the left leg.",
        "C/o left leg pain x 3 wks.",
        "Her back pain shoots down the left leg to the foot.",
        "HPI: L leg pain, worse with sitting.",
        "He has sciatica on the left.",
        "Left L5 radiculopathy.",
        "Aching along the lateral left calf into the great toe.",
        "The left leg hurts all the time.",
        "LBP w/ LLE radicular symptoms.",
        "Patient describes burning pain travelling through the left thigh and shin.",
        "Leg pain on the left side is what bothers him.",
        "Left lower extremity pain greater than back pain.",
        "Severe pain in the front of the left thigh to the inner side of the knee.",
        "Left leg 8/10, back 3/10.",
    ],
)
def test_pain_of_a_leg_is_radicular_pain_with_its_side(text: str) -> None:
    found = [fact for fact in symptoms(text, "radicular_pain") if fact.present]
    assert found
    assert {fact.side for fact in found} == {Side.LEFT}
    assert {fact.region for fact in found} <= {Region.LUMBAR, None}


@pytest.mark.parametrize(
    "text",
    [
        "Neck and right arm pain.",
        "Pain from the neck down the right arm into the thumb and index finger.",
        "Right upper extremity radiculopathy.",
        "RUE pain radiating to the hand.",
        "Right C6 radiculopathy.",
        "Neck pain radiates to the right shoulder and down to the forearm.",
    ],
)
def test_pain_of_an_arm_belongs_to_the_neck(text: str) -> None:
    found = [fact for fact in symptoms(text, "radicular_pain") if fact.present]
    assert found
    assert found[0].region is Region.CERVICAL
    assert found[0].side is Side.RIGHT


@pytest.mark.parametrize(
    "text",
    [
        "No leg pain.",
        "Denies arm or leg pain.",
        "The pain does not radiate.",
        "Pain stays in the low back without radiation to the legs.",
        "Neck pain is nonradiating.",
        "It doesn't go into the buttock or the leg.",
        "He has no radicular symptoms.",
        "There is no evidence of radiculopathy.",
        "Leg pain has resolved.",
        "Radicular pain: absent.",
        "Leg pain - no; back pain - yes.",
        "She had pain into both legs, but this has now resolved.",
    ],
)
def test_limb_pain_ruled_out_in_words_is_absent(text: str) -> None:
    assert said(text, "radicular_pain") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "Right knee pain from arthritis.",
        "Left shoulder pain with overhead reach.",
        "Hip pain on the right.",
        "Wrist and hand pain.",
        "Chest pain on exertion.",
        "Father has left leg pain.",
        "Risks include infection, leg pain and numbness.",
        "Return if leg pain worsens.",
        "He sees the pain clinic for his leg.",
        "She is right hand dominant and went back to work.",
        "Straight leg raise causes discomfort.",
    ],
)
def test_joints_relatives_and_warnings_are_no_limb_pain(text: str) -> None:
    assert not [fact for fact in symptoms(text, "radicular_pain") if fact.present]


def test_pain_around_the_chest_wall_is_radicular_of_the_thorax() -> None:
    (found,) = symptoms("Burning pain wraps around the left flank to the groin.", "radicular_pain")[-1:]
    assert (found.region, found.side) == (Region.THORACIC, Side.LEFT)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Bilateral leg pain, left greater than right.", Side.BILATERAL),
        ("L > R leg pain.", Side.BILATERAL),
        ("Pain in both legs.", Side.BILATERAL),
        ("Right leg pain.", Side.RIGHT),
        ("Leg pain.", None),
    ],
)
def test_both_sides_named_are_bilateral(text: str, side: Side | None) -> None:
    assert symptoms(text, "radicular_pain")[0].side is side


def test_sites_are_named_with_their_aspect() -> None:
    (found,) = symptoms(
        "Pain: L buttock, posterolateral thigh, lateral calf, top of foot into the great toe.", "radicular_pain"
    )[:1]
    assert found.sites == ("buttock", "posterolateral_thigh", "lateral_calf", "dorsal_foot")


def test_roots_named_by_the_chart_are_kept() -> None:
    assert symptoms("Right leg pain in an L5 distribution.", "radicular_pain")[0].roots == ("L5",)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Chronic low back pain.", "present"),
        ("LBP x 2 years.", "present"),
        ("Neck and arm pain.", "present"),
        ("Cervicalgia.", "present"),
        ("Mild mid back ache only.", "present"),
        ("Denies back pain.", "absent"),
        ("No neck or back pain.", "absent"),
        ("Went back to work after the pain clinic visit.", None),
    ],
)
def test_back_and_neck_pain(text: str, answer: str | None) -> None:
    assert said(text, "axial_pain") == ({answer} if answer else set())


@pytest.mark.parametrize(
    ("text", "concept", "answer"),
    [
        ("Denies bowel or bladder incontinence.", "bladder", "absent"),
        ("Denies bowel or bladder incontinence.", "bowel", "absent"),
        ("No change in bowel or bladder function.", "bladder", "absent"),
        ("Bowel and bladder are normal.", "bowel", "absent"),
        ("No bowel/bladder sx.", "bladder", "absent"),
        ("New urinary retention since Monday.", "bladder", "present"),
        ("She has had trouble with urination for two days.", "bladder", "present"),
        ("Incontinent of stool and urine.", "bladder", "present"),
        ("Risks include bladder dysfunction.", "bladder", None),
        ("No saddle numbness.", "saddle", "absent"),
        ("Saddle anesthesia: absent.", "saddle", "absent"),
        ("Numb in the saddle area since yesterday.", "saddle", "present"),
        ("weakness - no; back pain - yes", "weakness", "absent"),
        ("Denies numbness, tingling, or weakness.", "weakness", "absent"),
        ("The left leg gives way on stairs.", "weakness", "present"),
        ("Tingling in the right hand.", "numbness", "present"),
        ("Drops objects and has trouble with buttons.", "hand_clumsiness", "present"),
        ("Unsteady gait with frequent falls.", "gait", "present"),
        ("Symptoms of neurogenic claudication.", "claudication", "present"),
        ("No claudication, chest pain or edema.", "claudication", None),
    ],
)
def test_nerve_symptoms_found_and_denied(text: str, concept: str, answer: str | None) -> None:
    assert said(text, concept) == ({answer} if answer else set())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Do you have pain in either leg?   NO", {"absent"}),
        ("Do you have pain in either leg?  Yes", {"present"}),
        ("Do you have pain in either leg?", set()),
    ],
)
def test_a_question_says_what_its_answer_says(text: str, answer: set[str]) -> None:
    assert said(text, "radicular_pain") == answer


def test_a_template_of_systems_gives_way_to_the_complaint() -> None:
    text = (
        "HPI: The right leg gives way, numb shin.\n\nREVIEW OF SYSTEMS:\nNeuro: denies weakness, numbness, headaches.\n"
    )
    assert said(text, "weakness") == {"present"}
    assert said(text, "numbness") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "Legs get heavy and ache after walking one block; she leans on the shopping cart and it goes away.",
        "Bilateral thigh pain when standing, relieved by sitting.",
        "Walks half a block, then must sit with the legs easing off in a few minutes.",
        "Leg cramping comes on with walking and is better when he bends forward.",
    ],
)
def test_claudication_is_read_without_its_name(text: str) -> None:
    assert said(text, "claudication") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "Back pain is worse with bending and standing.",
        "Vascular claudication, ABI 0.6.",
        "Leg pain worse with sitting, better with walking.",
    ],
)
def test_other_pains_are_no_claudication(text: str) -> None:
    assert not said(text, "claudication")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Leg 8/10, back 3/10.", "limb"),
        ("Leg pain 4/10 and back pain 7/10.", "axial"),
        ("Leg 8, back 7.", "limb"),
        ("80% leg pain, 20% back pain.", "limb"),
        ("Pain is 70% back and 30% leg.", "axial"),
        ("Leg pain is worse than the back pain.", "limb"),
        ("Back pain > leg pain.", "axial"),
        ("His neck pain is greater than his arm pain.", "axial"),
        ("Equal back and leg pain.", "equal"),
        ("The legs are what stop him, although he has back pain too.", "limb"),
        ("Left leg pain; the back itself is not a big part of it.", "limb"),
        ("It is the back that bothers him, the leg he could live with.", "axial"),
        ("Predominantly low back pain with occasional leg pain.", "axial"),
        ("Mainly arm pain, some neck pain.", "limb"),
        ("The leg is a 7 and the back a 4.", "limb"),
        ("8 leg / 3 back.", "limb"),
        ("The legs are worse than the back, eight versus six.", "limb"),
        ("The arm is the larger part of it at 7, against 4 for the neck.", "limb"),
        ("Left hip-to-foot pain in the calf, and she puts it at 7, the low back 4.", "limb"),
        ("LBP>>LLE", "axial"),
        ("Ratio leg:back 4:1", "limb"),
        ("Which is worse?   [ ] back   [X] leg   [ ] same", "limb"),
        ("Leg pain. There is very little in the back itself.", "limb"),
        ("Back is a non-issue, right leg pain is the problem.", "limb"),
        ("He says it is the leg that brings him in; he could live with the back pain.", "limb"),
        ("The leg pain overshadows the low back pain.", "limb"),
        ("Back pain dominates; the leg pain is a minor nuisance.", "axial"),
    ],
)
def test_the_main_pain(text: str, value: str) -> None:
    assert qualities(text, "predominant")[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "Leg pain greater on the left than the right.",
        "Low back pain with left greater than right leg pain.",
        "Pain worse with sitting.",
        "50% relief of leg pain.",
    ],
)
def test_comparing_sides_or_relief_names_no_main_pain(text: str) -> None:
    assert not qualities(text, "predominant")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pain 7/10.", 7),
        ("Rates the pain as 6-7/10.", 7),
        ("Pain is 7 out of 10 today.", 7),
        ("VAS 6.5.", 6.5),
        ("VAS 68 mm.", 6.8),
        ("NRS 8.", 8),
        ("Pain level: 5 on a scale of 0 to 10.", 5),
        ("She rates it as a 10.", 10),
        ("Leg pain 8/10 -> 6/10.", 6),
        ("Pain was 9/10 at intake, now 4/10.", 4),
        ("Pain 6/10, at best 3/10.", 6),
        ("She grades it an eight at its worst.", 8),
        ("Rates the pain as nine out of ten.", 9),
        ("Severity: current 6, worst 8, best 3", 8),
        ("Pain runs about a seven.", 7),
        ("NRS legs 7 / back 5.", 7),
        ("The leg is nine, the back maybe three.", 9),
        ("Pain today (0-10)     7", 7),
    ],
)
def test_current_pain_scores(text: str, value: float) -> None:
    assert max(float(fact.value or 0) for fact in qualities(text, "pain_score") if fact.current) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "Strength 4/5.",
        "Seen 9/10 and 10/12 for therapy.",
        "Stress level 8/10.",
        "Scale from 0 to 10.",
        "Grade 1-2 slip.",
        "DOB 01/10/1960",
        "Discogram: concordant pain 9/10 at L5-S1.",
        "Six visits of therapy, two epidurals, leg pain persists.",
        "Back pain for 8 weeks, leg pain for 3 weeks.",
    ],
)
def test_other_numbers_are_no_pain_scores(text: str) -> None:
    assert not qualities(text, "pain_score")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The pain has been getting worse over the past month.", "worsening"),
        ("Progressive leg weakness.", "worsening"),
        ("Symptoms are unchanged.", "stable"),
        ("His symptoms have improved significantly.", "improving"),
        ("Leg pain is slowly resolving.", "improving"),
        ("Worsening since.", "worsening"),
        ("The leg pain is getting worse by the week.", "worsening"),
        ("The weakness is getting worse from one visit to the next.", "worsening"),
        ("The pain is slowly letting up.", "improving"),
        ("Symptoms have resolved.", "improving"),
        ("Sciatica much improved on gabapentin.", "improving"),
    ],
)
def test_the_course_of_the_symptoms(text: str, value: str) -> None:
    assert [fact.value for fact in qualities(text, "course")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Pain is worse with sitting.",
        "Better with rest.",
        "Pain improved after the injection.",
        "Has not improved.",
        "The patient left in stable condition.",
        "Return if symptoms worsen.",
    ],
)
def test_what_changes_the_pain_is_no_course(text: str) -> None:
    assert not qualities(text, "course")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("A 3 week history of right leg pain.", 3),
        ("Low back pain for the past 6 months.", 26),
        ("Leg pain began about ten days ago.", 1.4),
        ("Left arm pain since November 2025.", 9.5),
        ("Leg pain x 8 wks.", 8),
        ("Onset December 10 when he lifted a boat cover and felt a pop.", 5.9),
        ("Neck pain for two years.", 104),
        ("Duration: current episode 6 months.", 26),
        ("Leg pain has been present for several weeks.", 4),
        ("Left leg pain x10 wks", 10),
        ("Eight weeks now of right sciatica.", 8),
        ("It's been twelve weeks since my leg started hurting.", 12),
        ("Six weeks ago he bent to lift a box, and the leg pain has been there since.", 6),
        ("Two years of the legs turning to lead.", 104.36),
        ("Left arm pain of twenty weeks' standing.", 20),
    ],
)
def test_the_length_of_the_episode(text: str, weeks: float) -> None:
    (found,) = qualities(text, "episode")
    assert found.length is not None
    assert found.length.weeks == pytest.approx(weeks, rel=0.12)


@pytest.mark.parametrize(
    "text",
    [
        "Physical therapy for 6 weeks.",
        "Takes naproxen for back pain since March 2024.",
        "The injection helped the leg pain for three weeks.",
        "Smokes for 20 years, leg pain.",
        "Follow up in 4 weeks for leg pain.",
        "Pain after standing for 10 minutes lasts 2 hours.",
    ],
)
def test_other_lengths_are_no_episode(text: str) -> None:
    assert not qualities(text, "episode")


def test_evidence_is_the_exact_text() -> None:
    text = "HPI:  Severe   LEFT\nleg pain, 8/10."
    for fact in facts_in(text, read, WRITTEN):
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


def test_absent_pain_keeps_its_assertion_for_the_questions() -> None:
    assert symptoms("No leg pain.", "radicular_pain")[0].assertion is Assertion.ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "Claudication is vascular, not neurogenic, ABI 0.4.",
        "His claudication is felt to be arterial rather than spinal.",
    ],
)
def test_claudication_said_to_be_vascular_is_not_neurogenic(text: str) -> None:
    assert said(text, "claudication") == {"absent"}
