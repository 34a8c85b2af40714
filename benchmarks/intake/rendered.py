"""Labelled cases rendered as FHIR and as C-CDA, reviewed again: the determination must be that of the plain text.

    python benchmarks/intake/rendered.py [CASE...]

The notes go into attachments word for word, the request into a Claim for authorization or a ServiceRequest. Cases kept
for measuring are left out.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

from necessity import pipeline
from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_form import parse_date
from necessity.intake import Paging, case_of
from necessity.library import open_library
from necessity.reports.to_json import to_object

CASES = Path(__file__).parents[2] / "tests" / "data" / "cases"
CHOSEN = (
    "dev-001", "dev-002", "dev-004", "dev-006", "dev-008", "dev-010", "dev-012", "dev-014", "dev-018", "dev-020",
    "dev-024", "dev-030", "seed-l45-revision-complete", "seed-t12l1-conus",
)  # fmt: skip
_PLACES = {"inpatient": "21", "outpatient": "22", "office": "11"}
_CLASSES = {"observation": "OBSENC"}
_SYSTEMS = {
    "cpt": "http://www.ama-assn.org/go/cpt",
    "pos": "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
}
Json = dict[str, Any]


def fhir_bundle(case: Mapping[str, Any], *, as_claim: bool) -> Json:
    """A collection Bundle with a DocumentReference for each document and the request."""
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": "Example", "given": ["Pat"]}]}
    resources = [patient, *(_note(number, one) for number, one in enumerate(case["documents"], 1))]
    resources += [_claim(case["request"])] if as_claim else _orders(case["request"])
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def _note(number: int, document: Mapping[str, Any]) -> Json:
    data = base64.b64encode(document["text"].encode()).decode()
    return {
        "resourceType": "DocumentReference",
        "id": f"note-{number}",
        "status": "current",
        "subject": {"reference": "Patient/p"},
        "context": {"period": {"start": str(document["date"])}} if document.get("date") else {},
        "content": [{"attachment": {"contentType": "text/plain", "data": data, "title": document["name"]}}],
    }


def _concept(code: str, text: str) -> Json:
    coding = {"coding": [{"system": _SYSTEMS["cpt"], "code": code}]} if code else {}
    return {**coding, "text": text} if text else coding


def _services(request: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Codes beside procedures; where there are more of one than of the other, they stand alone."""
    names, codes = list(request.get("procedures", ())), [str(code) for code in request.get("cpt", ())]
    length = max(len(names), len(codes), 1)
    names += [""] * (length - len(names))
    codes += [""] * (length - len(codes))
    return list(zip(codes, names, strict=True))


def _sites(request: Mapping[str, Any]) -> list[Json]:
    sites = [{"text": level} for level in request.get("levels", ())]
    return sites + ([{"text": f"{request['side']} side"}] if request.get("side") else [])


def _claim(request: Mapping[str, Any]) -> Json:
    items = []
    for number, (code, name) in enumerate(_services(request), 1):
        text = f"revision {name}" if request.get("revision") and name else name
        item: Json = {"sequence": number, "productOrService": _concept(code, text.replace("_", " "))}
        sites = _sites(request)
        if sites:
            # Claim.item has one body site; the others go beneath it.
            item["bodySite"], item["subSite"] = sites[0], sites[1:]
        place = _PLACES.get(request.get("setting", ""))
        if place:
            item["locationCodeableConcept"] = {"coding": [{"system": _SYSTEMS["pos"], "code": place}]}
        elif request.get("setting"):
            item["locationCodeableConcept"] = {"text": request["setting"]}
        items.append(item)
    return {
        "resourceType": "Claim",
        "id": "request",
        "status": "active",
        "use": "preauthorization",
        "patient": {"reference": "Patient/p"},
        "item": items,
    }


def _orders(request: Mapping[str, Any]) -> list[Json]:
    orders = []
    for number, (code, name) in enumerate(_services(request), 1):
        text = f"revision {name}" if request.get("revision") and name else name
        orders.append(
            {
                "resourceType": "ServiceRequest",
                "id": f"order-{number}",
                "status": "active",
                "intent": "order",
                "subject": {"reference": "Patient/p"},
                "code": _concept(code, text.replace("_", " ")),
                "bodySite": _sites(request),
                "locationCode": [{"text": request["setting"]}] if request.get("setting") else [],
            }
        )
    return orders


def ccda_note(document: Mapping[str, Any]) -> str:
    """A C-CDA document whose one section holds the note, a line of narrative for each of its lines."""
    lines = "".join(f"<br/>{escape(line)}" for line in document["text"].split("\n"))
    day = str(document["date"]).replace("-", "") if document.get("date") else ""
    time = f'<effectiveTime value="{day}"/>' if day else '<effectiveTime nullFlavor="NI"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
        f"<title>{escape(document['name'])}</title>{time}<recordTarget><patientRole><patient><name>"
        "<given>Pat</given><family>Example</family></name></patient></patientRole></recordTarget>"
        f"<component><structuredBody><component><section><text>{lines}</text></section></component>"
        "</structuredBody></component></ClinicalDocument>"
    )


def summary(case: Case) -> Json:
    """What a determination decides, without the places of the evidence."""
    told = to_object(pipeline.review(case, open_library()))
    findings = {line["id"]: {one["criterion"]: one["status"] for one in line["findings"]} for line in told["lines"]}
    care = told["level_of_care"]
    return {
        "outcome": told["outcome"],
        "urgent": told["urgent"],
        "lines": {line["id"]: line["outcome"] for line in told["lines"]},
        "findings": findings,
        "level_of_care": care["outcome"] if care else None,
    }


def reviewed(files: Mapping[str, str], raw: Mapping[str, Any], request: str | None = None) -> Json:
    """The summary of a case that comes as files."""
    knowledge = open_library()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / str(raw["id"])
        folder.mkdir()
        for file, content in files.items():
            (folder / file).write_text(content, "utf-8")
        if request:
            (folder / "request.yaml").write_text(request, "utf-8")
        case = case_of([folder], knowledge.form_words(), None, Paging(kinds=knowledge.kinds))
    return summary(_judged_like(case, raw))


def _judged_like(case: Case, raw: Mapping[str, Any]) -> Case:
    closed = raw.get("record") == "closed"
    return replace(case, id=str(raw["id"]), as_of=parse_date(raw["as_of"]), record_closed=closed)


def renderings(raw: Mapping[str, Any]) -> dict[str, Json]:
    """The summaries of one case by the form it came in."""
    knowledge = open_library()
    plain = case_from_mapping(raw, "case", knowledge.form_words(), default_id="case")
    request = yaml.safe_dump({**raw["request"]})
    notes = {f"{number:02}-{one['name']}.xml": ccda_note(one) for number, one in enumerate(raw["documents"], 1)}
    return {
        "text": summary(plain),
        "FHIR, Claim": reviewed({"bundle.json": json.dumps(fhir_bundle(raw, as_claim=True))}, raw),
        "FHIR, ServiceRequest": reviewed({"bundle.json": json.dumps(fhir_bundle(raw, as_claim=False))}, raw),
        "C-CDA": reviewed(notes, raw, request),
    }


def main(chosen: list[str]) -> int:
    different = 0
    for name in chosen or list(CHOSEN):
        raw = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts alone
        told = renderings(raw)
        for form, result in told.items():
            if result != told["text"]:
                different += 1
                print(f"{name}: {form} differs")
                for key, value in result.items():
                    if value != told["text"][key]:
                        print(f"    {key}: {told['text'][key]} -> {value}")
    print(f"{different} of {len(chosen or CHOSEN) * 3} renderings differ from the text")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
