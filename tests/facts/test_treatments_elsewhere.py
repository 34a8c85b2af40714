"""Treatment that another document shows to have been for another part of the body, or another illness."""

from __future__ import annotations

from datetime import date

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Treatment
from necessity.facts.from_chart import read_chart
from necessity.facts.ledger import ledger
from necessity.library import open_library

LIBRARY = open_library()


def counted(*texts: str) -> list[str]:
    documents = [Document(id="", name=f"n-{n}", text=text, written=date(2026, 12, 1)) for n, text in enumerate(texts)]
    chart = read_chart(chart_of(documents), LIBRARY.lexicon, LIBRARY.sections)
    facts = [fact for fact in treatments.read(chart) if isinstance(fact, Treatment)]
    return [entry.drug or entry.modality for entry in ledger(facts) if entry.counts]


KNEE = "Rehab episode: s/p L TKA 3/24/26. 4/7 - 6/30/26. 26 visits. Knee ROM 0-118. Discharged independent."


def test_undated_therapy_of_the_length_of_a_knees_rehabilitation_was_for_the_knee() -> None:
    assert counted("Claudication. Had 12 wks of PT this year, failed.", KNEE) == []


def test_therapy_of_another_length_stands_beside_a_knees_rehabilitation() -> None:
    assert counted("Claudication. Had 6 wks of PT for the back, failed.", KNEE) == ["physical_therapy"]


def test_dated_therapy_stands_beside_a_knees_rehabilitation() -> None:
    assert counted("PT 8/3/26 to 10/30/26 for the back, no better.", KNEE) == ["physical_therapy"]


def test_a_drug_listed_for_diabetic_nerves_is_no_trial_for_the_spine() -> None:
    listed = "Medications: gabapentin 300 TID (2019) dx: diabetic polyneuropathy."
    assert counted("Gabapentin x 7 yrs, failed.", listed) == []


def test_a_drug_begun_on_a_day_of_its_own_is_counted_beside_the_old_one() -> None:
    listed = "Medications: gabapentin 300 TID dx: diabetic polyneuropathy."
    assert counted("Gabapentin started 9/1/26 for the sciatica, no help.", listed) == ["gabapentin"]


def test_a_line_of_dates_and_visits_is_a_therapists_record() -> None:
    assert counted("08/03/26-10/16/26 / 18 sessions / no lasting effect / NDI 38") == ["physical_therapy"]
