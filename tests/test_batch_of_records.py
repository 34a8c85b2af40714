"""FHIR charts as rows of many: a Bundle a line, Bulk Data put together for each patient, and clear errors for each row."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "charts"))
from records import bundle, coded, condition, note, patient  # beside the tests of charts

from necessity.asking import Abstract, Asking, Facts, Review
from necessity.batch import answer_all, items_in, items_of_lines

CHART = json.loads(bundle(patient(), condition(), note("Visit date: 01/10/2026\n\nLeft leg pain.", date="2026-01-10")))
CLAIM = {
    "resourceType": "Claim", "status": "active", "use": "preauthorization",
    "item": [{"productOrService": coded("http://www.ama-assn.org/go/cpt", "63030"), "bodySite": {"text": "L4-5"}}],
}  # fmt: skip


def rows(*lines: Any, asking: Asking | None = None) -> list[dict[str, Any]]:
    data = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()
    return [json.loads(row.line) for row in answer_all(items_of_lines(data), asking or Facts(), lambda case: case)]


def test_a_bundle_a_line_is_a_row_a_chart():
    read = rows({**CHART, "id": "b1"}, CHART, {"id": "t", "text": "Left leg pain."})
    assert [(row["id"], len(row["documents"])) for row in read] == [("b1", 2), ("line 2", 2), ("t", 1)]


def test_review_and_abstract_take_them_too():
    chart = {**CHART, "id": "b1", "entry": [*CHART["entry"], {"resource": CLAIM}]}
    (determination,) = rows(chart, asking=Review())
    assert (determination["request"]["cpt"], determination["request"]["levels"]) == (["63030"], ["L4-5"])
    assert rows(chart, asking=Abstract())[0]["id"] == "b1"


def test_single_resources_are_put_together_for_each_patient():
    of_two = {**condition(), "subject": {"reference": "Patient/p2"}}
    of_one = {**note("Right leg pain."), "subject": {"reference": "https://ehr.example/Patient/p1"}}
    read = rows(patient("p1", "Doe"), patient("p2", "Roe"), of_two, of_one)
    assert [(row["id"], [one["name"] for one in row["documents"]]) for row in read] == [
        ("p1", ["line 1, entries", "clinic-note"]),
        ("p2", ["line 2, entries"]),
    ]


def test_what_belongs_to_nobody_belongs_to_all():
    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": "TGVnIHBhaW4u"}
    held = {**note(""), "subject": {"reference": "Patient/p1"}, "content": [{"attachment": {"url": "Binary/b"}}]}
    read = rows(patient("p1"), held, binary)
    assert [one["text"] for one in read[0]["documents"]][1:] == ["Leg pain."]


def test_a_bundle_saved_over_many_lines_is_one_chart():
    assert len(rows(json.dumps(CHART, indent=2))) == 1


def test_a_folder_of_bulk_data_is_put_together_across_its_files(tmp_path: Path):
    (tmp_path / "Patient.ndjson").write_text("\n".join(json.dumps(patient(one)) for one in ("p1", "p2")))
    (tmp_path / "Condition.ndjson").write_text(json.dumps({**condition(), "subject": {"reference": "Patient/p2"}}))
    (tmp_path / "chart.json").write_text(json.dumps(CHART))
    read = [json.loads(row.line) for row in answer_all(items_in(tmp_path), Facts(), lambda case: case)]
    assert [row["id"] for row in read] == ["chart", "p2", "p1"]


def test_a_chart_under_a_case_has_the_case_s_request_and_date():
    request = {"procedures": ["discectomy"], "levels": ["L5-S1"]}
    told = rows({"id": "c", "as_of": "2026-01-20", "request": request, "fhir": CHART}, asking=Review())[0]
    assert (told["id"], told["as_of"], told["request"]["levels"]) == ("c", "2026-01-20", ["L5-S1"])


def test_each_row_that_cannot_be_read_says_why_and_the_rest_goes_on():
    read = rows('{"resourceType": "Bundle"', {"resourceType": "Bundle", "id": "e", "entry": []}, [1], CHART)
    assert [row.get("error", "").split(" (")[0] for row in read] == [
        "line 1: this is no valid JSON",
        "line 2: this JSON holds no FHIR resource",
        "line 3: a case needs `documents` or `text`",
        "",
    ]
    assert [row["id"] for row in read] == [None, "e", None, "line 4"]
