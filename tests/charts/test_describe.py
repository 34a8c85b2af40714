"""What a document is, told by its own words."""

from __future__ import annotations

import pytest

from necessity.charts.document import Document, Kind
from necessity.library import open_library


def kind_of(text: str) -> Kind:
    return open_library().kinds.kind_of(Document(id="d", name="page 1", text=text, sha256=""))


@pytest.mark.parametrize(
    "text",
    [
        "Physical Therapy\nVisit 6 of 12. Pain 4/10 after exercise.",
        "ACME REHAB\nPhysical therapy discharge summary\nSeen for 10 visits.",
        "The patient has attended physical therapy from 1/5 to 2/20, twelve sessions.",
    ],
)
def test_a_note_of_a_therapist_is_known_by_its_title(text: str):
    assert kind_of(text) is Kind.THERAPY_NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Neck pain without arm pain. No physical therapy, no home exercise program.",
        "54F with left sciatica. She failed physical therapy and two injections.",
        "Plan: order for PT eval and treat twice a week, back in six weeks.",
        "Hand and neck therapist weekly since September, and pregabalin.",
    ],
)
def test_a_note_that_speaks_of_therapy_is_none_of_a_therapist(text: str):
    assert kind_of(text) is not Kind.THERAPY_NOTE
