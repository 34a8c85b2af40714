"""The many words in which clinicians and patients tell of treatment, of its result, and of earlier operations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import operations, treatments
from necessity.facts.fact import CareStatement, Fact, Operation, Treatment
from necessity.facts.from_chart import read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library

NOTE_OF = date(2026, 1, 20)
POOR = frozenset({"failed", "none", "worse", "temporary", "partial", "intolerance"})


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def facts(*texts: str) -> list[Fact]:
    documents = [Document(id="", name=f"note-{n}", text=text, written=NOTE_OF) for n, text in enumerate(texts)]
    chart = read_chart(chart_of(documents), knowledge().lexicon, knowledge().sections, NOTE_OF)
    return [*treatments.read(chart), *operations.read(chart)]


def of_kind(text: str, *concepts: str) -> list[Treatment]:
    return [fact for fact in facts(text) if isinstance(fact, Treatment) and fact.concept in concepts]


def tried(text: str, *concepts: str) -> bool:
    return any(fact.present for fact in of_kind(text, *concepts))


def failed(text: str) -> bool:
    return any(
        (isinstance(fact, Treatment) and fact.present and fact.response in POOR)
        or (isinstance(fact, CareStatement) and fact.concept == "care_response" and fact.value == "failed")
        for fact in facts(text)
    )


UNHELPED = (
    "He did PT for eight weeks and leveled off.",
    "She was discharged from physical therapy, the therapist writing that she had hit a plateau.",
    "Naproxen, gabapentin, therapy: nothing has touched it.",
    "Physical therapy and Mobic since June. Nothing else has touched the pain.",
    "The epidural in March bought her ten good days.",
    "PT 2x/wk x 6 wks. No better for it.",
    "Conservative care: PT, NSAIDs. Result: ( ) resolved ( ) improved (x) unchanged ( ) worse",
    "Ibuprofen takes the edge off but that is all.",
    "L5 TFESI 9/12, wore off after a fortnight.",
    "Gabapentin: couldn't stomach it.",
    "Lyrica made him foggy so he quit it.",
    "PT x 8 weeks, no progress.",
    "Twelve visits of therapy and he is about the same.",
    "Chiropractic was of no help.",
    "ESI 10/2: relief lasted 2 wks.",
    "After the second epidural she was back to square one within a month.",
    "Therapy 09/01-10/24, 14 visits, no functional gain.",
    "Did land and pool therapy; none of it lasted.",
    "Right L5 root block in September calmed it for a weekend.",
    "TFESI 10/24 - relief 10 days.",
    "C7 nerve root block 1/30: the best four days of the winter.",
    "Caudal ESI in May, two decent weeks.",
    "ESI 2/4: 70 % x 9 d, then nothing.",
    "Aleve does not do much.",
    "Ibuprofen daily, doesn't cut it.",
    "Therapy, naproxen and a root injection, all with fleeting benefit.",
    "PT, Celebrex. Nothing sticks.",
    "Meloxicam and PT. Net: back where he started.",
    "Tried PT and chiropractic without any lasting change.",
    "Six weeks of PT, pain the same.",
    "He completed therapy and felt no different.",
    "Physical therapy did not make a dent.",
    "Medrol dose pack: good for three days, then right back.",
    "Tramadol barely touches the pain.",
    "Gabapentin hardly helps.",
    "PT was a waste of time.",
    "Acupuncture x 6, zilch.",
    "The epidural took it down for about a week.",
    "The shot quieted things for a month and then the pain crept back.",
    "Duloxetine stopped due to nausea.",
    "Diclofenac had to be stopped, upset her stomach.",
    "Twelve sessions of PT; goals unmet.",
    "PT: d/c'd, not progressing.",
    "PT aggravated her leg pain and was stopped.",
    "Therapy stirred it up.",
    "NSAIDs haven't done a thing.",
    "She gets by on Tylenol #3 but still hurts as much as ever.",
    "None of this has relieved him.",
    "Steroid pack helped while she was on it and the pain came right back.",
    "Two epidurals gave her a week apiece.",
    "PT flared her symptoms.",
    "I tried therapy and it didn't do any good.",
    "Pills don't help anymore, PT neither.",
    "Physical therapy (8 wks) → no Δ.",
    "PT x12: sx unchanged.",
    "ESI #1 no relief, ESI #2 40% x 3 wks.",
    "Physical therapy 06/02 to 08/01 with negligible gains.",
)

NOT_OF_TREATMENT = (
    "Physical therapy has been very helpful and he is nearly pain free.",
    "Pain is about the same as yesterday.",
    "Strength is unchanged.",
    "He is back where he grew up.",
    "MRI is unchanged from 2023.",
    "Swelling took it down a size.",
    "She had a good week at work.",
    "Start physical therapy; call if no better.",
    "Exercise tolerance has leveled off.",
    "BMI about the same.",
    "Follow up in two weeks or sooner if pain is no better.",
    "Had two good weeks of vacation in Florida.",
    "Reflexes are the same on both sides.",
    "We hope the injection will hold for a few months.",
    "Cholesterol leveled off on atorvastatin.",
)

HOME_EXERCISE = (
    "She keeps up her stretches every morning from the sheet PT gave.",
    "Home stretching sheet issued 9/22, demonstrates all correctly, logs twice a day.",
    "Does his exercises religiously.",
    "PT with a daily program.",
    "Did PT 05/2025-07/2025, continues at home.",
    "Indep w/ HEP.",
    "no fxnl gain, indep HEP",
    "She is faithful with her back exercises.",
    "He was given exercises by his chiropractor and does them nightly.",
    "Still doing home program.",
    "Assiduous with the exercises.",
    "Has been diligent with exercises from the sheet his therapist gave.",
    "He works through the McKenzie routine at home.",
    "On a written exercise program since 9/3, reviewed at each visit.",
    "Continues the core program on her own.",
    "Physician-directed home exercises x 8 wks.",
    "Performing prescribed exercises at home.",
    "HEP reviewed each visit.",
    "Exercise handout from PCP, done daily for 6 weeks.",
    "He has been doing the home exercises his doctor showed him.",
    "Compliant with home exercise.",
)

NO_PROGRAMME = (
    "Exercises at the gym three times a week.",
    "Given a home exercise sheet today.",
    "Will start HEP.",
    "He found some stretches on the internet.",
    "Declined home ex. sheet.",
    "Exercise stress test was normal.",
    "Encouraged HEP.",
)

ACTIVITY_CHANGED = (
    "He stopped lifting at work.",
    "Told no lifting over 10 lb.",
    "Was told by her PCP not to lift or reach overhead, which she keeps to.",
    "Wears a back brace.",
    "Told to take it easy for two weeks.",
    "Rest from work 1 wk.",
    "On light duty since October.",
    "LD @ wk since Oct.",
    "She has modified her activities.",
    "He rested for a week and took ibuprofen.",
    "SI belt all year.",
    "Has avoided bending and twisting.",
    "Lumbosacral corset on workdays.",
    "Bed rest for 3 days.",
    "Restricted to no lifting greater than 20 pounds by occupational health.",
    "Cut back on gardening and lifting on her doctor's advice.",
    "Relative rest, ice, Advil.",
)

ACTIVITY_NOT_TREATMENT = (
    "No lifting over 10 lb for six weeks after surgery.",
    "Off work for depression.",
    "Please avoid lifting until seen.",
    "At rest the pain is 2/10.",
    "He lifts boxes for a living.",
    "The rest of the exam is normal.",
    "Cannot lift his grandchild.",
)

NEVER_OPERATED = (
    "She has never had her back operated upon.",
    "Virgin back.",
    "No prior spine sx.",
    "No prev spine sx.",
    "No previous operations on the spine.",
    "No surgery to the back.",
    "Spine surgery: none.",
    "Denies prior back surgery.",
    "Has not had any operation on his neck.",
    "His back has never been operated on.",
    "No hx of lumbar surgery.",
    "She has had no spinal surgery.",
    "Surgeries: appendectomy; no spine surgery.",
    "Surgical history negative for spine procedures.",
    "Surgery-naive lumbar spine.",
    "Prior spine operations: none.",
    "No prior spine operations.",
    "No earlier operation of the neck.",
    "Never been under the knife for her back.",
)

OPERATED = (
    "In April of 2024 I took out a left L5-S1 disc.",
    "A disc was removed at L4-5 in 2019.",
    "She had a ruptured disc taken out ten years ago.",
    "He had his back operated on in 2015.",
    "s/p lumbar lami 2018.",
    "Had her neck fused in 2011.",
    "Back operation 2016, did well.",
)

NO_THERAPY = (
    "NO PT TRIAL.",
    "no pt, no injxn this time.",
    "Has not been to therapy.",
    "nobody has given him any treatment, physiotherapy or otherwise.",
    "PT not tried.",
    "Refused PT.",
    "No prior treatment for the neck.",
    "☐ Physical therapy not done",
)

EPIDURAL = (
    "The pain service did a transforaminal at S1 on the right.",
    "Two caudals last year.",
    "Has been through PT, gabapentin, two caudals.",
    "He received three epidurals.",
    "An L5 selective block in March.",
    "Right C5 nerve root injection on January 6.",
    "Pain doc gave her a shot in the spine, epidural, in June.",
    "ILESI x1 8/2025.",
    "LESI #2 done 11/03.",
)


@pytest.mark.parametrize("text", UNHELPED)
def test_treatment_that_did_not_help_in_many_words(text: str):
    assert failed(text)


@pytest.mark.parametrize("text", NOT_OF_TREATMENT)
def test_the_same_words_said_of_other_things_are_no_failure(text: str):
    assert not failed(text)


@pytest.mark.parametrize("text", HOME_EXERCISE)
def test_home_exercise_in_many_words(text: str):
    assert tried(text, "home_exercise")


@pytest.mark.parametrize("text", NO_PROGRAMME)
def test_exercise_that_is_no_programme_done(text: str):
    assert not tried(text, "home_exercise")


@pytest.mark.parametrize("text", ACTIVITY_CHANGED)
def test_rest_braces_and_changed_activity_in_many_words(text: str):
    assert tried(text, "activity_modification", "brace")


@pytest.mark.parametrize("text", ACTIVITY_NOT_TREATMENT)
def test_limits_and_orders_are_no_activity_modification(text: str):
    assert not tried(text, "activity_modification", "brace")


@pytest.mark.parametrize("text", NEVER_OPERATED)
def test_a_spine_never_operated_upon_in_many_words(text: str):
    assert any(isinstance(fact, Operation) and fact.absent for fact in facts(text))


@pytest.mark.parametrize("text", OPERATED)
def test_earlier_operations_in_plain_words(text: str):
    assert any(isinstance(fact, Operation) and fact.present for fact in facts(text))


@pytest.mark.parametrize("text", NO_THERAPY)
def test_therapy_not_had_in_many_words(text: str):
    assert not tried(text, "physical_therapy")
    assert any(fact.absent or fact.assertion.value == "declined" or fact.concept == "care_none" for fact in facts(text))


@pytest.mark.parametrize("text", EPIDURAL)
def test_epidurals_in_many_words(text: str):
    assert tried(text, "epidural_injection")


def test_each_line_below_a_title_of_blocks_is_a_block():
    blocks = of_kind(
        "Back pain.\nDIAGNOSTIC BLOCKS (b/l L3, L4 mb, L5 dr)\n #1  10/08/25  lidocaine 2 %   85 % x 3 hr\n #2  11/12/25  bupivacaine 0.5 %   90 % x 7 hr\n",
        "medial_branch_block",
    )
    assert [(str(block.when), block.relief_percent) for block in blocks if block.when] == [
        ("2025-10-08", 85),
        ("2025-11-12", 90),
    ]


def test_an_arrow_leads_to_the_end_or_on_to_now():
    (therapy,) = of_kind("PT\t11/24/2025 -> 01/19/2026\t14 sessions", "physical_therapy")
    drugs = of_kind("Meloxicam 10/20 ->, Lyrica 75 bid 11/3 ->", "medication")
    assert (str(therapy.started), str(therapy.ended), therapy.visits) == ("2025-11-24", "2026-01-19", 14)
    assert [(str(drug.started), drug.ongoing) for drug in drugs] == [("2025-10-20", True), ("2025-11-03", True)]


def test_care_before_the_last_operation_is_of_the_earlier_episode():
    told = of_kind(
        "Before that operation she had been through twelve weeks of physical therapy, two epidurals and gabapentin.",
        "physical_therapy",
        "epidural_injection",
        "medication",
    )
    assert [fact.historical for fact in told] == [True, True, True]


def test_the_only_thing_tried_excludes_the_rest():
    told = facts("Ibuprofen OTC daily. This is the only thing he has tried.")
    assert [fact.value for fact in told if fact.concept == "care_only"] == ["nsaid"]


def test_a_ticked_result_counts_and_an_open_box_does_not():
    assert failed("PT 2x/wk x 8 wks.\nResult: ( ) resolved ( ) improved (x) unchanged ( ) worse")
    assert not failed("PT 2x/wk x 8 wks.\nResult: (x) resolved ( ) improved ( ) unchanged ( ) worse")


def test_boxes_behind_their_labels_that_are_empty_say_nothing():
    assert not of_kind(
        "Have you had:  physical therapy [ ]    injections [ ]    chiropractor [ ]",
        "physical_therapy",
        "injection",
        "chiropractic",
    )


def test_a_call_after_an_injection_is_no_further_injection():
    (injection,) = of_kind("01/05/2026 RN f/u phone call post ESI.", "epidural_injection")
    assert injection.when is None


def test_percents_in_words_are_read():
    (drug,) = of_kind('Nortriptyline at night. She puts the net result at "maybe ten percent".', "medication")
    assert drug.relief_percent == 10


def test_a_row_of_visits_in_a_flow_sheet_is_a_course():
    sheet = "PT FLOW SHEET\ndate  10/27 10/30 11/06 11/13 11/20 12/08 12/19\npain   8     8     7   8 8 7 8\nD/C no progress."
    courses = [fact for fact in of_kind(sheet, "physical_therapy") if fact.started]
    assert [(str(c.started), str(c.ended), c.visits, c.response) for c in courses] == [
        ("2025-10-27", "2025-12-19", 7, "failed")
    ]


def test_treatment_since_the_start_is_told_so():
    (drug,) = of_kind("Ibuprofen daily since it started.", "medication")
    assert (drug.since_onset, drug.ongoing) == (True, True)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Naproxen 500 mg BID to be started today.", "medication"),
        ("An epidural at left S1 is pencilled in for April 10.", "epidural_injection"),
        ("On the waiting list for physical therapy since January 12.", "physical_therapy"),
        ("Gabapentin was prescribed in January and was never filled.", "medication"),
        ("Physical therapy referral of January 5 expired unused.", "physical_therapy"),
    ],
)
def test_treatment_that_was_never_begun_was_not_tried(text: str, concept: str) -> None:
    assert not tried(text, concept)
