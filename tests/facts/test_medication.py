"""Drugs: which mention is a trial, of which class and dose, and what is none."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Treatment
from necessity.facts.from_chart import read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def drugs(text: str) -> list[Treatment]:
    document = Document(id="", name="note", text=text, written=date(2026, 1, 20))
    read = read_chart(chart_of([document]), knowledge().lexicon, knowledge().sections)
    return [fact for fact in treatments.read(read) if isinstance(fact, Treatment) and fact.concept == "medication"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        (
            "Medications: lisinopril, metformin, gabapentin 300 mg TID, Norco 5/325 PRN, aspirin 81 mg.",
            ["gabapentinoid", "opioid"],
        ),
        (
            "Current Medications: ibuprofen 800 mg p.o. t.i.d. p.r.n., Soma, Percocet, Lyrica 75 mg b.i.d., prednisone 5 mg daily.",
            ["nsaid", "muscle_relaxant", "opioid", "gabapentinoid"],
        ),
        (
            "She has taken anti-inflammatory medications, muscle relaxants, and narcotic pain medications.",
            ["nsaid", "muscle_relaxant", "opioid"],
        ),
        ("The patient received IV Toradol and Dilaudid in the emergency department.", ["nsaid", "opioid"]),
        ("He tried a Medrol dose pack.", ["oral_steroid"]),
        ("Ibuprofen 600 TID since March, two prednisone tapers.", ["nsaid", "oral_steroid"]),
        ("PO steroid x 2, tramadol 50 BID-TID.", ["oral_steroid", "opioid"]),
        ("He is on duloxetine 60 and nortriptyline.", ["snri", "tca"]),
        ("Oxycodone-acetaminophen and Tylenol #3 as needed.", ["opioid", "opioid"]),
    ],
)
def test_drugs_of_a_spine_patient_count_by_their_class(text: str, classes: list[str]):
    assert [fact.drug_class for fact in drugs(text) if fact.present] == classes


@pytest.mark.parametrize(
    "text",
    [
        "ALLERGIES: ibuprofen, codeine.",
        "Patient is allergic to Vicodin.",
        "The patient was sedated with fentanyl and Versed.",
        "40 mg of Depo-Medrol and 2 mL of 0.25% bupivacaine were injected.",
        "TFESI with contrast spread, dexamethasone 10 mg + NS 2 ml.",
        "MEDICATIONS: aspirin 81 mg, Plavix.",
        "MEDICATIONS: prednisone 7.5 mg daily, Imuran.",
        "DISCHARGE MEDICATIONS: Vicodin, Flexeril.",
        "He was given a prescription for Neurontin.",
        "PLAN: Start gabapentin 300 mg at night, add cyclobenzaprine.",
        "We will begin meloxicam.",
        "Prescriptions were written for Flexeril 10 mg and Lortab.",
        "Postoperatively he was started on Percocet.",
        "NSAIDs are contraindicated because of kidney disease.",
    ],
)
def test_what_is_not_taken_for_this_pain_is_no_trial(text: str):
    assert not [fact for fact in drugs(text) if fact.present]


@pytest.mark.parametrize(
    ("text", "drug", "assertion"),
    [
        ("She was prescribed Neurontin by her PCP but never filled it.", "gabapentin", "absent"),
        ("Continue gabapentin 300 mg TID.", "gabapentin", "present"),
        ("Could not tolerate gabapentin due to sedation; ibuprofen helps somewhat.", "gabapentin", "present"),
        ("9/10 despite hydromorphone 1 mg IV q3h, scheduled acetaminophen, methocarbamol.", "methocarbamol", "present"),
    ],
)
def test_how_a_drug_is_told(text: str, drug: str, assertion: str):
    assert [str(fact.assertion) for fact in drugs(text) if fact.drug == drug] == [assertion]


def test_dose_dates_and_result_stay_with_their_drug():
    naproxen, gabapentin = drugs(
        "Treated: naproxen 500 mg BID 09/22/2025 to present, takes the edge off only; gabapentin up to 900 mg TID since 10/13, sedated."
    )
    assert (naproxen.dose, str(naproxen.when or naproxen.started), naproxen.ongoing, naproxen.response) == (
        "500 mg bid",
        "2025-09-22",
        True,
        "partial",
    )
    assert (str(gabapentin.started), gabapentin.ongoing, gabapentin.response) == ("2025-10-13", True, "intolerance")


def test_a_steroid_into_the_vein_is_no_oral_steroid():
    assert "oral_steroid" not in [
        fact.drug_class for fact in drugs("Treated with dexamethasone 10 mg IV and ketorolac 30 mg IV.")
    ]


def test_taking_nothing_for_the_pain_denies_every_drug():
    (denied,) = drugs("Has had no PT, no injections, takes nothing for this.")
    assert denied.absent and denied.drug_class is None


def test_an_empty_list_of_drugs_says_nothing_of_the_past():
    assert not drugs("MEDICATIONS: The patient does not list any current medications.")
