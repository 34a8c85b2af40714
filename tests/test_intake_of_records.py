"""Structured records as charts: files, folders, the request inside, and the same determination as from the plain text."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "intake"))
sys.path.insert(0, str(Path(__file__).parent / "charts"))
from made_pages import lines_at, pdf_of  # beside the tests of charts
from records import DATA, bundle, coded, condition, note, patient  # likewise
from rendered import CASES, CHOSEN, renderings  # the benchmark's renderings

from necessity import pipeline
from necessity.charts.chart import Case
from necessity.facts.fact import Operation
from necessity.intake import Paging, case_of
from necessity.library import open_library
from necessity.reports.to_html import to_html
from necessity.reports.to_markdown import to_markdown
from necessity.reports.to_terminal import to_terminal
from necessity.values.status import Outcome

KNOWLEDGE = open_library()
CPT = "http://www.ama-assn.org/go/cpt"
PLACES = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


def case(*paths: Path) -> Case:
    return case_of(list(paths), KNOWLEDGE.form_words(), None, Paging(kinds=KNOWLEDGE.kinds))


def claim(code: str = "63030", **fields: object) -> dict[str, object]:
    item = {"productOrService": coded(CPT, code), "bodySite": {"text": "L4-5"}, "modifier": [coded("", "LT")]}
    item["locationCodeableConcept"] = coded(PLACES, "22")
    return {"resourceType": "Claim", "status": "active", "use": "preauthorization", "item": [item], **fields}


def order(text: str) -> dict[str, object]:
    return {"resourceType": "ServiceRequest", "status": "active", "intent": "order", "code": {"text": text}}


@pytest.mark.parametrize("name", [CHOSEN[0], CHOSEN[3], CHOSEN[-1]])
def test_a_rendered_case_is_decided_as_its_text(name):
    raw = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts alone
    told = renderings(raw)
    assert all(result == told["text"] for result in told.values())


def test_the_request_is_found_in_a_claim(tmp_path):
    (tmp_path / "b.json").write_bytes(bundle(patient(), claim(), note("Left leg pain.")))
    request = case(tmp_path / "b.json").request
    assert (request.cpt, request.levels, request.side, request.setting) == (("63030",), ("L4-5",), "left", "outpatient")


def test_orders_for_other_things_are_no_request(tmp_path):
    (tmp_path / "b.json").write_bytes(bundle(patient(), order("MRI lumbar spine"), order("Left L5-S1 microdiscectomy")))
    read = case(tmp_path / "b.json")
    assert (read.request.procedures, read.request.levels, read.request.side) == (("discectomy",), ("L5-S1",), "left")


def test_an_older_order_and_one_carried_out_are_no_request(tmp_path):
    older = {**order("L4-5 epidural steroid injection"), "authoredOn": "2025-06-01"}
    done = {**order("L4-5 fusion"), "authoredOn": "2026-01-10", "status": "completed"}
    newest = {**order("Left L4-5 microdiscectomy"), "authoredOn": "2026-01-10"}
    (tmp_path / "b.json").write_bytes(bundle(patient(), older, done, newest))
    assert case(tmp_path / "b.json").request.procedures == ("discectomy",)


@pytest.mark.parametrize(("written", "priority"), [("stat", "urgent"), ("asap", "urgent"), ("routine", "routine")])
def test_the_priority_of_an_order_or_a_claim_is_that_of_the_request(tmp_path, written, priority):
    (tmp_path / "a.json").write_bytes(bundle(patient(), {**order("Left L5-S1 microdiscectomy"), "priority": written}))
    (tmp_path / "b.json").write_bytes(bundle(patient(), claim(priority={"coding": [{"code": written}]})))
    assert [case(tmp_path / name).request.priority for name in ("a.json", "b.json")] == [priority, priority]


def test_what_the_sender_calls_urgent_is_shown_and_makes_no_red_flag(tmp_path):
    (tmp_path / "note.txt").write_text("Visit date: 01/10/2026\n\nLeft leg pain.")
    (tmp_path / "request.yaml").write_text("procedures: [discectomy]\nlevels: [L4-5]\npriority: stat\n")
    determination = pipeline.review(case(tmp_path), KNOWLEDGE)
    assert not determination.urgent
    assert "sent as urgent" in to_markdown(determination).decode()


def test_a_completed_procedure_based_on_the_order_is_the_service_under_review(tmp_path):
    asked = {**order("Left L4-5 microdiscectomy"), "id": "s1", "authoredOn": "2026-01-05"}
    done = {"resourceType": "Procedure", "status": "completed", "code": {"text": "Left L4-5 microdiscectomy"}}
    done |= {"basedOn": [{"reference": "ServiceRequest/s1"}], "performedDateTime": "2026-01-12"}
    (tmp_path / "b.json").write_bytes(bundle(patient(), asked, done, note("Left leg pain.", date="2026-01-13")))
    found = pipeline.facts(case(tmp_path / "b.json"), KNOWLEDGE)
    assert not [fact for fact in found if isinstance(fact, Operation)]
    assert any(fact.concept == "service_rendered" for fact in found)


def test_a_report_names_the_resource_beside_the_quote(tmp_path):
    smoker = {"resourceType": "Condition", "id": "c9", "code": coded("http://hl7.org/fhir/sid/icd-10-cm", "G83.4")}
    smoker["recordedDate"] = "2026-01-09"
    (tmp_path / "b.json").write_bytes(bundle(patient(), smoker, claim(), note("Left leg pain.", date="2026-01-10")))
    determination = pipeline.review(case(tmp_path / "b.json"), KNOWLEDGE)
    for write in (to_markdown, to_html, to_terminal):
        assert "Condition/c9 code" in " ".join(write(determination).decode().split())


def test_an_order_not_to_be_performed_asks_for_nothing(tmp_path):
    (tmp_path / "b.json").write_bytes(bundle(patient(), {**order("Left L5-S1 microdiscectomy"), "doNotPerform": True}))
    assert case(tmp_path / "b.json").request.procedures == ()


def test_a_form_beside_the_record_counts_before_the_claim(tmp_path):
    (tmp_path / "b.json").write_bytes(bundle(patient(), claim(), note("Left leg pain.")))
    (tmp_path / "request.yaml").write_text("procedures: [fusion]\nlevels: [L4-5]\n")
    assert case(tmp_path).request.procedures == ("fusion",)


def test_a_service_that_is_unknown_goes_to_a_person(tmp_path):
    (tmp_path / "b.json").write_bytes(bundle(patient(), claim("99999"), note("Left leg pain.", date="2026-01-10")))
    determination = pipeline.review(case(tmp_path / "b.json"), KNOWLEDGE)
    assert determination.outcome is Outcome.OUT_OF_SCOPE


def test_a_folder_of_single_resources_is_one_chart(tmp_path):
    for number, one in enumerate((patient(), condition(), claim(), note("Left leg pain."))):
        (tmp_path / f"{number}.json").write_text(json.dumps(one))
    read = case(tmp_path)
    assert len(read.chart.documents) == 4 and read.request.cpt == ("63030",)


def test_the_entries_stand_before_the_notes(tmp_path):
    (tmp_path / "b.json").write_bytes(
        bundle(condition(recordedDate="2026-01-19"), note("Leg pain.", date="2020-01-01"))
    )
    assert [document.kind for document in case(tmp_path / "b.json").chart.documents] == ["structured", "other"]


def test_records_of_two_patients_decide_nothing(tmp_path):
    (tmp_path / "a.json").write_bytes(bundle(patient(), claim(), note("Left leg pain.", date="2026-01-10")))
    (tmp_path / "b.json").write_bytes(bundle(patient("q", "Other", "1951-11-20"), condition()))
    determination = pipeline.review(case(tmp_path), KNOWLEDGE)
    assert determination.outcome is Outcome.NEEDS_DOCUMENTATION
    assert any(conflict.about == "patient" and conflict.blocking for conflict in determination.conflicts)


def test_a_278_beside_a_note_is_its_request(tmp_path):
    (tmp_path / "request.x12").write_bytes((DATA / "request_278.x12").read_bytes())
    (tmp_path / "note.txt").write_text("Visit date: 01/10/2026\n\nLeft leg pain.")
    read = case(tmp_path)
    determination = pipeline.review(read, KNOWLEDGE)
    assert [one.line.id for one in determination.lines] == ["discectomy-L4-5"]
    assert determination.as_of == date(2026, 1, 19)


def test_a_quotation_from_part_of_a_fax_names_the_page_of_the_fax(tmp_path):
    visit = "OFFICE VISIT\nPatient: Pat Sample\nDate of service: 01/10/2026\n\nLeft leg pain to the foot since May."
    report = "MRI LUMBAR SPINE\nPatient: Pat Sample\nDate of exam: 12/02/2025\n\nIMPRESSION: L4-5 left disc extrusion."
    (tmp_path / "fax.pdf").write_bytes(pdf_of([lines_at(report), lines_at(visit)]))
    (tmp_path / "request.yaml").write_text("procedures: [discectomy]\nlevels: [L4-5]\nside: left\n")
    text = " ".join(to_terminal(pipeline.review(case(tmp_path), KNOWLEDGE)).decode().replace("\u00a0", " ").split())
    assert "fax.pdf, page 2)" in text and "page 2, page 1" not in text
