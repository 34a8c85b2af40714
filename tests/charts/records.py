"""Small structured records for tests: bundles, clinical documents, and what is read of them."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from necessity.charts.assemble import Assembled
from necessity.charts.document import Document, Kind
from necessity.charts.from_ccda import documents_from_ccda
from necessity.charts.from_fhir import documents_from_fhir
from necessity.values.problem import Problem

DATA = Path(__file__).parent / "data"
Json = dict[str, Any]


def bundle(*resources: Json, kind: str = "collection") -> bytes:
    return json.dumps(
        {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources]}
    ).encode()


def patient(number: str = "p", family: str = "Sample", born: str = "1970-03-02") -> Json:
    return {"resourceType": "Patient", "id": number, "name": [{"family": family, "given": ["Pat"]}], "birthDate": born}


def condition(**fields: Any) -> Json:
    code = {
        "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.16"}],
        "text": "Lumbar radiculopathy",
    }
    active = {"coding": [{"code": "active"}]}
    return {"resourceType": "Condition", "id": "c1", "code": code, "clinicalStatus": active, **fields}


def coded(system: str, code: str, text: str = "") -> Json:
    return {"coding": [{"system": system, "code": code}], "text": text}


def note(text: str, content_type: str = "text/plain", **fields: Any) -> Json:
    data = base64.b64encode(text.encode()).decode()
    attachment = {"contentType": content_type, "data": data, "title": "clinic-note"}
    return {
        "resourceType": "DocumentReference",
        "id": "n1",
        "status": "current",
        "content": [{"attachment": attachment}],
        **fields,
    }


def fhir(*resources: Json) -> Assembled:
    read = documents_from_fhir("bundle.json", bundle(*resources))
    assert isinstance(read, Assembled), read
    return read


def fhir_problem(data: bytes) -> Problem:
    read = documents_from_fhir("bundle.json", data)
    assert isinstance(read, Problem), read
    return read


def entries_of(read: Assembled) -> Document:
    return next(document for document in read.documents if document.kind is Kind.STRUCTURED)


def notes_of(read: Assembled) -> list[Document]:
    return [document for document in read.documents if document.kind is not Kind.STRUCTURED]


def ccda(body: str, header: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<title>Clinic note</title><effectiveTime value="20260110"/>{header}'
        f"<component><structuredBody>{body}</structuredBody></component></ClinicalDocument>"
    ).encode()


def section(title: str, text: str, entry: str = "") -> str:
    entries = f"<entry>{entry}</entry>" if entry else ""
    return f"<component><section><title>{title}</title><text>{text}</text>{entries}</section></component>"


def read_ccda(data: bytes) -> Assembled:
    read = documents_from_ccda("note.xml", data)
    assert isinstance(read, Assembled), read
    return read
