"""Records that are damaged or hostile: refused in plain words or read as far as they go, never a crash."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DATA, bundle, ccda, condition, fhir_problem, note, patient, section

from necessity.charts.assemble import Assembled
from necessity.charts.from_ccda import documents_from_ccda
from necessity.charts.from_fhir import documents_from_fhir
from necessity.charts.from_fhir_resources import RENDERERS
from necessity.charts.from_x12 import documents_from_x12
from necessity.values.problem import Problem

KEYS = sorted(
    [
        "resourceType",
        "id",
        "status",
        "code",
        "coding",
        "text",
        "subject",
        "reference",
        "value",
        "valueQuantity",
        "valueCodeableConcept",
        "onsetDateTime",
        "period",
        "start",
        "content",
        "attachment",
        "data",
        "contentType",
        "url",
        "item",
        "answer",
        "section",
        "div",
        "title",
        "bodySite",
        "use",
        "entry",
        "resource",
        "name",
        "family",
        "given",
        "birthDate",
        "identifier",
        "type",
        "contained",
        "modifierExtension",
        "dosageInstruction",
        "medicationCodeableConcept",
        "timestamp",
    ]  # fmt: skip
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12),
    st.sampled_from(["2025-09-12", "2025-13-40", "9999-99", "active", "Patient/p", "TGVn", "#x", "\ud800", "1e999"]),
)  # fmt: skip
SHAPES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)
TYPES = sorted(
    [
        *RENDERERS,
        "Patient",
        "Claim",
        "DocumentReference",
        "DiagnosticReport",
        "Composition",
        "QuestionnaireResponse",
        "Bundle",
    ]
)


def holds(read: Assembled | Problem, where: str) -> bool:
    """Whether a reading is sound: spans are exact, and problems name the file."""
    if isinstance(read, Problem):
        return read.where.startswith(where) and bool(read.message)
    for document in read.documents:
        for place in (*document.entries, *document.origins):
            assert document.evidence(place.start, place.end).quote == document.text[place.start : place.end]
    return all(problem.where.startswith(where) for problem in read.problems)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(KEYS), SHAPES, max_size=8))
def test_no_resource_of_any_shape_breaks_the_reader(kind, fields):
    data = json.dumps({**fields, "resourceType": kind}).encode()
    assert holds(documents_from_fhir("f.json", data), "f.json")
    assert holds(documents_from_fhir("f.json", bundle(patient(), {**fields, "resourceType": kind})), "f.json")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_bundle_cut_anywhere_is_refused_or_read(data):
    whole = bundle(patient(), condition(), note("Leg pain since May."))
    place = data.draw(st.integers(0, len(whole)))
    assert holds(documents_from_fhir("f.json", whole[:place] + data.draw(st.binary(max_size=4))), "f.json")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_clinical_document_damaged_anywhere_is_refused_or_read(data):
    whole = ccda(section("Problems", "<table><tr><td>Sciatica</td></tr></table>"))
    place = data.draw(st.integers(0, len(whole)))
    assert holds(
        documents_from_ccda("c.xml", whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + 3 :]), "c.xml"
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_278_damaged_anywhere_is_refused_or_read(data):
    whole = (DATA / "request_278.x12").read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    assert holds(
        documents_from_x12("r.x12", whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + 2 :]), "r.x12"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[" * 200_000, "nested too deep"),
        (b'{"resourceType": "Bundle", "entry": ' + b'[{"a":' * 5_000, "nested too deep"),
        (b'{"a": 1}', "no FHIR resource"),
        (b"[1, 2, 3]", "no FHIR resource"),
        (b'"text"', "no FHIR resource"),
        (b'{"resourceType": 7}', "no FHIR resource"),
        (b'{"resourceType": "Nonsense"}', "nothing that a review can use"),
        (b"\x00\x01\x02\x00", "no text"),
    ],
)
def test_json_that_holds_no_record_is_refused_with_its_reason(data, message):
    problem = fhir_problem(data)
    assert problem.where.startswith("bundle.json") and message in problem.message


def test_numbers_beyond_measure_are_no_values():
    huge = '{"resourceType": "Observation", "status": "final", "code": {"text": "BMI"}, "valueQuantity": {"value": %s}}'
    for number in ("1e308", "9" * 400, "-1e30"):
        read = documents_from_fhir("o.json", (huge % number).encode())
        assert isinstance(read, Assembled) and read.documents[0].entries[0].value is None


def test_bundles_nested_too_deep_are_named():
    inner: dict = condition()
    for _ in range(10):
        inner = {"resourceType": "Bundle", "entry": [{"resource": inner}]}
    read = documents_from_fhir("b.json", json.dumps(inner).encode())
    assert "within bundles" in (read if isinstance(read, Problem) else read.problems[0]).message


def test_no_message_holds_words_of_the_patient():
    family = "Zebediah"
    bad = {"resourceType": "Condition", "id": family * 12, "code": {"text": family}, family: 1, "onsetDateTime": family}
    cut = note(family)
    cut["content"][0]["attachment"]["data"] = family
    read = documents_from_fhir("b.json", bundle(bad, cut))
    assert isinstance(read, Assembled)
    assert family not in " ".join(map(str, (*read.problems, *read.notes)))
