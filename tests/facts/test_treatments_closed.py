"""Good times between two episodes: treatment before them is history."""

from __future__ import annotations

from datetime import date

import pytest

from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.facts import treatments
from necessity.facts.fact import Fact, Treatment
from necessity.facts.from_chart import read_chart
from necessity.facts.ledger import closed_before, ledger
from necessity.library import open_library

LIBRARY = open_library()


def facts(*texts: str) -> list[Fact]:
    documents = [Document(id="", name=f"n-{n}", text=text, written=date(2026, 5, 1)) for n, text in enumerate(texts)]
    return list(treatments.read(read_chart(chart_of(documents), LIBRARY.lexicon, LIBRARY.sections)))


def counted(text: str) -> list[str]:
    return [entry.drug or entry.modality for entry in ledger(facts(text)) if entry.counts]


@pytest.mark.parametrize(
    "story",
    [
        "We sent him to therapy, and by August he was clean, no meds. On 01/06/2026 he slid and had immediate leg pain.",
        "Sciatica in 2023 treated with PT. He was pain free for two years. New leg pain began 3/1/2026 after lifting.",
        "Had chiropractic and PT in 2024 and fully recovered. Symptoms came back in February 2026.",
        "PT for the same leg; he was asymptomatic from December 2024 until 2/2/26, when he bent and the pain returned.",
        "She did PT in the spring of 2025 and made a full recovery. She was rear-ended 2/9/26 with sudden arm pain.",
    ],
)
def test_treatment_before_a_good_time_is_history(story: str) -> None:
    assert counted(f"HPI: {story} Since then ibuprofen.") == ["ibuprofen"]
    assert closed_before(facts(f"HPI: {story}")) is not None


@pytest.mark.parametrize(
    "story",
    [
        "ESI 2/3/26, was pain free for two weeks, then it came back 2/20/26.",
        "PT since January. He is pain free at rest; the pain returned on walking.",
        "He was fine until PT.",
        "He will be pain free after surgery, and may be back to full duty by 6/1/26.",
    ],
)
def test_relief_of_a_treatment_closes_no_episode(story: str) -> None:
    assert closed_before(facts(f"HPI: {story}")) is None


def test_treatment_behind_the_return_counts() -> None:
    story = "PT in 2024, fully recovered. Pain returned 2/2/26 after lifting. PT 2/10/26 to 4/20/26."
    assert [str(e.started) for e in ledger(facts("HPI: " + story)) if e.counts] == ["2026-02-10"]


def test_a_good_time_that_a_drug_gave_is_told_of_the_drug() -> None:
    assert all(
        not fact.historical for fact in facts("Meloxicam helps, pain free most days.") if isinstance(fact, Treatment)
    )
