"""Records of several courses, each under its own title, and records of what was not the spine."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in

from necessity.facts import treatments
from necessity.facts.fact import CareStatement, Region, Treatment

NOTE_OF = date(2026, 3, 6)


def read(text: str) -> list[Treatment]:
    return [fact for fact in facts_in(text, treatments.read, NOTE_OF) if isinstance(fact, Treatment)]


def therapy(text: str) -> list[tuple[date, date, str | None]]:
    return [
        (fact.started.earliest, fact.ended.earliest, fact.other_region)
        for fact in read(text)
        if fact.concept == "physical_therapy" and fact.started and fact.ended
    ]


@pytest.mark.parametrize(
    "second",
    [
        "[page 2] SHOULDER EPISODE  03/31/2025 - 07/11/2025  26 visits s/p L cuff repair. D/C all goals met.",
        "Page 2: Shoulder 03/31/2025 to 07/11/2025, 26 visits.",
        "Episode 2 - Shoulder. Dates of service 03/31/2025 - 07/11/2025. Visits 26.",
        "SHOULDER EPISODE OF CARE 03/31/2025 through 07/11/2025, 26 visits",
        "Case #2 shoulder: 03/31/2025-07/11/2025, 26 visits.",
    ],
)
def test_each_title_of_a_record_has_its_own_dates_and_body_part(second: str):
    record = f"PHYSICAL THERAPY RECORDS\n[page 1] CERVICAL EPISODE  01/12/2026 - 03/06/2026  14 visits. Not progressing.\n{second}\n"
    assert therapy(record) == [
        (date(2026, 1, 12), date(2026, 3, 6), None),
        (date(2025, 3, 31), date(2025, 7, 11), "shoulder"),
    ]


def test_the_page_of_another_part_tells_no_result_of_the_care_of_the_spine():
    record = "PT RECORDS\n[page 1] SHOULDER EPISODE 03/31/2025 - 07/11/2025 26 visits. Conservative treatment helped, much improved.\n"
    assert not [fact for fact in facts_in(record, treatments.read, NOTE_OF) if isinstance(fact, CareStatement)]


def test_a_title_tells_which_part_of_the_spine_was_treated():
    record = "PT DISCHARGE SUMMARY\nNeck pain. Seen 01/12/2026 - 03/06/2026, 14 visits.\n"
    assert [fact.region for fact in read(record) if fact.started] == [Region.CERVICAL]


def test_a_certified_period_is_not_the_time_of_the_therapy():
    record = "PT PROGRESS NOTE\nLumbar. Certification period 01/12/2026 - 03/06/2026. 4 visits.\n"
    assert not [fact for fact in read(record) if fact.started and fact.started.earliest == date(2026, 1, 12)]


@pytest.mark.parametrize(
    "title",
    [
        "CARDIAC REHABILITATION, PHASE II COMPLETION",
        "Pulmonary rehab discharge summary",
        "Cardiac Rehab: summary of sessions",
        "VESTIBULAR REHABILITATION DISCHARGE",
    ],
)
def test_rehabilitation_of_another_organ_is_no_treatment_of_the_spine(title: str):
    text = f"{title}\n08/18/2025 - 11/14/2025, 36 sessions.\nHome exercise program reviewed, bike 30 min.\nEducation: diet, meds, activity.\n"
    assert all(fact.other_region for fact in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pulses 2+ PT and DP.",
        "DP and PT pulses palpable.",
        "Pedal pulses: DP 2+, PT 2+ bilaterally.",
        "Femoral, popliteal and PT pulses intact.",
        "Pulses are full at the DP and PT.",
    ],
)
def test_the_posterior_tibial_pulse_is_no_therapy(text: str):
    assert not [fact for fact in read(text) if fact.concept == "physical_therapy"]


@pytest.mark.parametrize(
    "text",
    [
        "Two rounds of physical therapy (records requested), had L5-S1 epidurals there, and takes ibuprofen.",
        "PT x 8 weeks (notes requested), had an epidural and took naproxen without relief.",
    ],
)
def test_papers_asked_for_in_brackets_say_nothing_of_what_follows(text: str):
    assert {fact.concept for fact in read(text) if fact.present} >= {"epidural_injection", "medication"}


@pytest.mark.parametrize(
    "text",
    [
        "ESI 10/01/2025, wore off by 11/15/2025.",
        "TFESI 10/01/2025: 60% better for five weeks, faded over Thanksgiving and by early December at baseline.",
        "ESI 10/01/2025 with pain back 11/02/2025.",
        "ESI 10/01/2025 80% relief, seen 12/04/2025.",
        "Epidural 10/01/2025 helped, symptoms returned 11/20/2025.",
    ],
)
def test_the_day_on_which_relief_ended_is_no_further_injection(text: str):
    days = [fact.when for fact in read(text) if fact.concept == "epidural_injection"]
    assert [day.earliest for day in days if day] == [date(2025, 10, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "ESI 10/01/2025 wore off by 11/15/2025, repeated 12/01/2025.",
        "TFESI 10/01 and 12/01/2025.",
        "ESI 10/01/2025 (70%), 12/01/2025 (60%).",
    ],
)
def test_an_injection_given_again_is_counted_again(text: str):
    days = [fact.when for fact in read(text) if fact.concept == "epidural_injection"]
    assert [day.earliest for day in days if day] == [date(2025, 10, 1), date(2025, 12, 1)]


@pytest.mark.parametrize(
    "words", ["w/o interruption", "without a break", "w/o a lapse", "uninterrupted", "continuously"]
)
def test_a_drug_taken_without_interruption_goes_on(words: str):
    drug = next(
        fact
        for fact in read(f"Diclofenac 75 bid since 01/08 {words}, pregabalin tried 3 wks.")
        if fact.drug == "diclofenac"
    )
    assert drug.ongoing
    assert drug.started and drug.started.earliest == date(2026, 1, 8)


def test_going_on_said_behind_one_drug_is_not_said_of_the_next():
    second = next(
        fact for fact in read("Gabapentin 600 tid from 01/12, ongoing, methocarbamol.") if fact.drug == "methocarbamol"
    )
    assert not second.ongoing


@pytest.mark.parametrize(
    "words",
    [
        "The one before was 06/02/2025, same level.",
        "The first one on 06/02/2025 did nothing.",
        "An earlier one was given 06/02/2025.",
        "One prior to that: 06/02/2025, 70%.",
    ],
)
def test_the_one_before_is_an_injection_of_its_own(words: str):
    found = [
        fact
        for fact in read(f"Last L5-S1 TFESI 10/14/2025: 60% for five weeks. {words}")
        if fact.concept == "epidural_injection"
    ]
    assert [fact.when.earliest for fact in found if fact.when] == [date(2025, 10, 14), date(2025, 6, 2)]


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("He takes ibuprofen now and then.", True),
        ("Occasional ibuprofen for the leg.", True),
        ("Ibuprofen 600 mg prn.", True),
        ("Ibuprofen 600 mg tid, tramadol prn.", False),
        ("Ibuprofen 600 mg tid and as needed tramadol.", False),
        ("Ibuprofen 600 mg three times daily since January.", False),
    ],
)
def test_a_drug_taken_when_needed_says_so(text: str, needed: bool):
    assert [fact.as_needed for fact in read(text) if fact.drug == "ibuprofen"] == [needed]
