"""FHIR R4 becomes lines, entries and notes; what its modifiers say against it is heeded."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest
from made_pages import lines_at, pdf_of
from records import DATA, bundle, ccda, coded, condition, entries_of, fhir, note, notes_of, patient, section

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "intake"))
from lossless import lost  # the benchmark's measure

from necessity.charts.assemble import Assembled
from necessity.charts.chart import chart_of
from necessity.charts.document import Kind
from necessity.charts.entry import Told
from necessity.charts.from_fhir import documents_from_fhir
from necessity.charts.identities import other_patients

CPT = "http://www.ama-assn.org/go/cpt"


def test_a_condition_is_one_line_that_people_can_read():
    document = entries_of(fhir(condition(onsetDateTime="2025-09-12")))
    assert document.text == "Condition: Lumbar radiculopathy (M54.16), onset 2025-09-12, active\n"


def test_evidence_names_resource_and_elements():
    document = entries_of(fhir(condition(onsetDateTime="2025-09")))
    entry = document.entries[0]
    evidence = document.evidence(entry.start, entry.end)
    assert evidence.quote == "Condition: Lumbar radiculopathy (M54.16), onset 2025-09, active"
    assert evidence.origin == "Condition/c1 code, onset, clinicalStatus"


@pytest.mark.parametrize(
    ("verified", "told"),
    [
        ("confirmed", Told.PRESENT),
        ("refuted", Told.ABSENT),
        ("provisional", Told.POSSIBLE),
        ("differential", Told.POSSIBLE),
    ],
)
def test_verification_decides_how_a_condition_is_meant(verified, told):
    document = entries_of(fhir(condition(verificationStatus={"coding": [{"code": verified}]})))
    assert document.entries[0].told is told


def test_what_was_entered_in_error_is_left_out_and_named():
    read = fhir(patient(), condition(verificationStatus={"coding": [{"code": "entered-in-error"}]}))
    assert "Condition" not in entries_of(read).text
    assert any("entered in error" in note.message for note in read.notes)


def test_an_unknown_modifier_extension_leaves_the_line_without_a_statement():
    document = entries_of(
        fhir(patient(), condition(modifierExtension=[{"url": "http://example.org/not", "valueBoolean": True}]))
    )
    assert "unknown extension changes its meaning" in document.text
    assert [entry.kind for entry in document.entries] == ["patient"]


def test_a_procedure_that_was_not_done_is_no_procedure():
    not_done = {"resourceType": "Procedure", "status": "not-done", "code": coded(CPT, "62323", "Epidural injection")}
    document = entries_of(fhir(not_done))
    assert document.entries[0].told is Told.UNUSED
    assert "not done" in document.text


def test_a_drug_that_must_not_be_given_was_not_taken():
    order = {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "doNotPerform": True}
    document = entries_of(fhir({**order, "medicationCodeableConcept": {"text": "gabapentin 300 mg"}}))
    assert document.entries[0].told is Told.UNUSED


def test_a_medicine_in_a_contained_resource_is_found():
    held = {"resourceType": "Medication", "id": "m", "code": {"text": "naproxen 500 mg"}}
    taken = {"resourceType": "MedicationStatement", "status": "active", "contained": [held]}
    document = entries_of(fhir({**taken, "medicationReference": {"reference": "#m"}}))
    assert document.text == "Medication taken: naproxen 500 mg, active\n"


def test_a_note_comes_out_word_for_word_with_the_day_of_its_visit():
    text = "HPI: left leg pain.\r\n\r\nPLAN: L4-5 microdiscectomy."
    document = notes_of(fhir(note(text, context={"period": {"start": "2026-01-16T09:00:00Z"}})))[0]
    assert document.text == text
    assert (document.name, str(document.written)) == ("clinic-note", "2026-01-16")


def test_a_note_in_html_loses_its_markup_and_no_word():
    document = notes_of(fhir(note("<p>Left leg pain.<br>SLR <b>positive</b>.</p><script>x()</script>", "text/html")))[0]
    assert document.text == "Left leg pain.\nSLR positive."


def test_a_note_in_a_binary_is_found_by_its_address():
    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": "TGVnIHBhaW4u"}
    reference = {
        "resourceType": "DocumentReference",
        "status": "current",
        "content": [{"attachment": {"url": "Binary/b"}}],
    }
    assert notes_of(fhir(binary, reference))[0].text == "Leg pain."


def test_a_note_that_was_not_sent_is_named():
    away = {
        "resourceType": "DocumentReference",
        "status": "current",
        "content": [{"attachment": {"url": "https://example.org/1"}}],
    }
    assert "was not sent" in fhir(patient(), away).problems[0].message


def test_an_attachment_cut_off_is_refused_and_the_rest_is_read():
    cut = {"contentType": "text/plain", "data": "TGVnIHBhaW4", "title": "note"}
    read = fhir(
        patient(),
        {"resourceType": "DocumentReference", "id": "n", "status": "current", "content": [{"attachment": cut}]},
    )
    assert "cut off" in read.problems[0].message and "DocumentReference/n" in read.problems[0].where
    assert entries_of(read).text.startswith("Patient: Pat Sample")


def test_an_attachment_shorter_than_it_says_is_refused():
    short = note("Leg pain.")
    short["content"][0]["attachment"]["size"] = 999
    assert "not as long as it says" in fhir(patient(), short).problems[0].message


def test_a_reports_conclusion_is_a_document_with_an_impression():
    report = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "MRI lumbar spine"}}
    read = fhir(
        {**report, "effectiveDateTime": "2026-01-12", "conclusion": "L4-5 extrusion compressing the left L5 root."}
    )
    assert notes_of(read)[0].text.endswith("IMPRESSION:\nL4-5 extrusion compressing the left L5 root.")


def test_sections_of_a_composition_have_their_titles_as_headings():
    told = {"title": "Assessment", "text": {"div": "<div><p>Left L5 radiculopathy.</p></div>"}}
    read = fhir({"resourceType": "Composition", "status": "final", "title": "Clinic visit", "section": [told]})
    assert notes_of(read)[0].text == "Clinic visit\n\nASSESSMENT:\nLeft L5 radiculopathy."


def test_a_questionnaire_is_read_as_questions_with_answers():
    item = {"text": "Weeks of physical therapy", "answer": [{"valueInteger": 8}]}
    read = fhir({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]})
    assert "Weeks of physical therapy: 8" in notes_of(read)[0].text


@pytest.mark.parametrize("kind", ["collection", "document", "searchset", "transaction"])
def test_every_kind_of_bundle_is_read_alike(kind):
    read = documents_from_fhir("b.json", bundle(patient(), condition(), kind=kind))
    assert isinstance(read, Assembled) and len(read.documents[0].entries) == 2


def test_ndjson_is_read_line_by_line_and_a_bad_line_is_named():
    lines = [json.dumps(patient()), json.dumps(condition()), '{"resourceType": "Cond']
    read = documents_from_fhir("all.ndjson", "\n".join(lines).encode())
    assert isinstance(read, Assembled)
    assert read.problems[0].where == "all.ndjson:3"
    assert len(read.documents[0].entries) == 2


def test_a_single_resource_is_read():
    read = documents_from_fhir("c.json", json.dumps(condition()).encode())
    assert isinstance(read, Assembled) and read.documents[0].kind is Kind.STRUCTURED


def test_two_patients_in_one_bundle_are_two_documents_that_contradict_each_other():
    other = condition(id="c2", subject={"reference": "Patient/q"})
    read = fhir(patient("p"), patient("q", "Other", "1951-11-20"), condition(subject={"reference": "Patient/p"}), other)
    structured = [document for document in read.documents if document.kind is Kind.STRUCTURED]
    assert [len(document.entries) for document in structured] == [2, 2]
    assert other_patients(chart_of(structured))[0].about == "birth date"


def test_resources_of_no_use_are_counted_in_a_note():
    read = fhir(patient(), {"resourceType": "Immunization"}, {"resourceType": "Immunization"})
    assert any("Immunization (2)" in note.message for note in read.notes)


@pytest.mark.parametrize("name", ["stu3_conditions.json", "r4_synthea.json"])
def test_public_samples_are_read(name):
    read = documents_from_fhir(name, (DATA / name).read_bytes())
    assert isinstance(read, Assembled) and not read.problems
    assert len(read.documents[0].entries) > 5


def test_the_same_bytes_give_the_same_documents():
    data = bundle(patient(), condition(), note("Leg pain."))
    assert documents_from_fhir("b.json", data) == documents_from_fhir("b.json", data)


def test_a_clinical_document_inside_a_record_is_read_as_one():
    inside = note(ccda(section("Plan", "L4-5 microdiscectomy.")).decode(), "application/xml")
    read = fhir(patient(), inside)
    assert any("PLAN:\nL4-5 microdiscectomy." in document.text for document in read.documents)


def test_a_pdf_inside_a_record_is_read_page_by_page():
    data = base64.b64encode(pdf_of([lines_at("Left leg pain for nine weeks despite physical therapy.")])).decode()
    attachment = {"contentType": "application/pdf", "data": data, "title": "scan"}
    read = fhir({"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": attachment}]})
    assert "nine weeks" in notes_of(read)[0].text and notes_of(read)[0].layout is not None


@pytest.mark.parametrize(("status", "told"), [("active", Told.PRESENT), ("cancelled", Told.UNUSED)])
def test_a_coverage_in_force_tells_who_pays(status, told):
    payer = {"resourceType": "Organization", "id": "o1", "name": "Example Health"}
    coverage = {
        "resourceType": "Coverage",
        "id": "v1",
        "status": status,
        "type": {"text": "Medicare Advantage"},
        "payor": [{"reference": "Organization/o1"}],
    }
    [entry] = [entry for entry in entries_of(fhir(patient(), payer, coverage)).entries if entry.kind == "coverage"]
    assert (entry.words, entry.value, entry.told) == ("Example Health", "Medicare Advantage", told)


@pytest.mark.parametrize(
    "path", [*sorted(DATA.glob("*.json")), *sorted((DATA / "ccda").glob("*.xml"))], ids=lambda path: path.stem
)
def test_every_text_node_of_the_narratives_stands_in_the_text(path):
    nodes, words, missing = lost(path)
    assert nodes and words and missing == []


def test_what_people_wrote_beside_the_fields_is_a_note():
    said = {"note": [{"text": "No relief from gabapentin.\nStopped for drowsiness.", "time": "2025-11-02"}]}
    read = fhir(patient(), condition(**said))
    assert [(one.name, one.text, str(one.written)) for one in notes_of(read)] == [
        ("Lumbar radiculopathy, remarks", "No relief from gabapentin.\nStopped for drowsiness.", "2025-11-02")
    ]


def test_a_narrative_stands_beside_the_fields_only_where_it_says_more():
    same, more = (
        {"status": "generated", "div": f"<div><p>{said}</p></div>"}
        for said in ("Lumbar radiculopathy", "Told at the visit: worse on the left")
    )
    texts = [entries_of(fhir(patient(), condition(text=one))).text for one in (same, more)]
    assert "Narrative" not in texts[0] and "Narrative: Told at the visit: worse on the left" in texts[1]


def test_a_report_told_in_its_narrative_alone_is_read():
    report = {
        "resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "MRI lumbar spine"},
        "effectiveDateTime": "2025-12-20", "text": {"div": "<div><p>L4-5: left disc extrusion.</p></div>"},
    }  # fmt: skip
    (document,) = notes_of(fhir(patient(), report))
    assert document.text == "MRI lumbar spine\nDate of study: 2025-12-20\n\nL4-5: left disc extrusion."


def test_a_prescription_of_an_older_release_is_a_prescription():
    order = {"resourceType": "MedicationOrder", "status": "active", "dateWritten": "2025-10-01"}
    order |= {"medicationCodeableConcept": {"text": "Gabapentin 300 MG"}}
    assert [(one.kind, one.words, one.reported) for one in entries_of(fhir(patient(), order)).entries][-1] == (
        "medication", "Gabapentin 300 MG", False,
    )  # fmt: skip


def test_what_the_models_refuse_is_one_note_for_a_file():
    pytest.importorskip("fhir.resources")
    odd = [condition(id=f"c{number}", onsetDateTime="yesterday") for number in range(30)]
    told = [note.message for note in fhir(patient(), *odd).notes if "no valid FHIR" in note.message]
    assert len(told) == 1 and told[0].startswith("30 resources are no valid FHIR R4, and read all the same")
