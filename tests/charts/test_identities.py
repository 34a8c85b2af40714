"""Whose document it is, and when two documents are not of one patient."""

from __future__ import annotations

import pytest

from necessity.charts.chart import Chart, chart_of
from necessity.charts.document import Document
from necessity.charts.identities import identities, other_patients


def document(text: str, number: int = 1) -> Document:
    return Document(id=f"d{number}", name=f"{number}.txt", text=text)


def told(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in identities(document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Patient: ROE, JANE A   DOB: 03/04/1961   MRN: 0012345",
            [("name", "roe, jane a"), ("birth", "1961-03-04"), ("number", "12345")],
        ),
        ("Patient Name: Jane A. Roe\nDate of Birth: March 4, 1961", [("name", "roe, jane a"), ("birth", "1961-03-04")]),
        ("RE: Mrs. Jane Roe, D.O.B. 3/4/61", [("name", "roe, jane"), ("birth", "1961-03-04")]),
        (
            "Name: Jane Roe | Birth date 1961-03-04 | Medical Record # A-7781",
            [("name", "roe, jane"), ("birth", "1961-03-04"), ("number", "A7781")],
        ),
        ("RE: Lumbar Spine MRI\nPatient: 61F with leg pain. Name of clinic: Spine Center", []),
        ("The patient was born in Ohio. His wife, Mary Roe, drove him.", []),
    ],
)
def test_labelled_identities_are_read(text: str, expected: list[tuple[str, str]]):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("Patient: ROE, JANE  DOB: 03/04/1961", "Patient: Jane A. Roe  DOB: March 4, 1961", None),
        ("Patient: ROE, JANE  MRN: 4471", "Patient: Jane Roe  MRN: 99-1203", None),
        ("Patient: Jane Roe  DOB: 03/04/1961", "Patient: Jane Doe-Roe  DOB: 03/04/1961", None),
        ("Patient: J. Roe", "Patient: Jane Roe", None),
        ("Patient: Jane Roe", "no identity here", None),
        ("Patient: Jane Roe  DOB: 03/04/1961", "Patient: Jane Roe  DOB: 03/04/1971", "birth date"),
        ("Patient: Jane Roe", "Patient: Mark Stone", "name"),
        ("Patient: Jane Roe  DOB: 03/04/1961", "Patient: Mark Stone  DOB: 03/04/1961", "name"),
        ("MRN: 4471", "MRN: 5512", "record number"),
    ],
)
def test_two_documents_of_two_patients_are_told(one: str, other: str, about: str | None):
    found = other_patients(Chart(documents=(document(one, 1), document(other, 2))))
    assert [pair.about for pair in found] == ([about] if about else [])


def test_both_passages_are_shown():
    chart = Chart(documents=(document("Patient: Jane Roe  DOB: 03/04/1961"), document("DOB: 03/04/1971", 2)))
    (pair,) = other_patients(chart)
    assert [statement.quote for statement in pair.statements] == ["03/04/1961", "03/04/1971"]


def test_one_stray_document_is_told_once_and_held_against_the_patient_of_the_others():
    names = ["Jane Roe   DOB: 03/04/1961", "John Doe   DOB: 07/08/1970", "ROE, JANE   DOB: 03/04/1961", "Jane Roe"]
    chart = chart_of(
        Document(id=str(number), name=str(number), text=f"Patient: {name}") for number, name in enumerate(names)
    )
    (told,) = other_patients(chart)
    assert [one.quote for one in told.statements] == ["03/04/1961", "07/08/1970"]
