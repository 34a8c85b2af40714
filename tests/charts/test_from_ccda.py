"""C-CDA keeps every word of its narrative, and refuses what is not safe to parse."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from records import DATA, ccda, entries_of, notes_of, read_ccda, section

from necessity.charts.entry import Told
from necessity.charts.from_ccda import documents_from_ccda
from necessity.values.problem import Problem

DOCUMENTS = sorted((DATA / "ccda").glob("*.xml"))
HL7 = "{urn:hl7-org:v3}"
PROBLEM = '<templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
ICD10 = '<value code="M54.16" codeSystem="2.16.840.1.113883.6.90" displayName="Lumbar radiculopathy"/>'


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_no_word_of_the_narrative_is_lost(path):
    read = read_ccda(path.read_bytes())
    told = _squeezed(" ".join(document.text for document in notes_of(read)))
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_comments=True, remove_pis=True))
    texts = [
        part
        for one in root.iter(f"{HL7}section")
        for child in one
        if child.tag in (f"{HL7}text", f"{HL7}title")
        for part in child.itertext()
    ]
    assert len(DOCUMENTS) == 11 and texts
    assert [part for part in texts if _squeezed(part) not in told] == []


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_section_and_entry_has_its_exact_place(path):
    for document in read_ccda(path.read_bytes()).documents:
        for place in (*document.origins, *document.entries):
            assert document.evidence(place.start, place.end).origin


def test_titles_are_headings_and_rows_repeat_theirs():
    table = "<table><thead><tr><th>Problem</th><th>Status</th></tr></thead><tbody><tr><td>Sciatica</td><td>Active</td></tr></tbody></table>"
    document = notes_of(read_ccda(ccda(section("Problem List", table))))[0]
    assert document.text == "Clinic note\n\nPROBLEM LIST:\nProblem: Sciatica; Status: Active"


def test_an_answer_in_a_table_follows_its_question():
    head = "<thead><tr><th>Social History Observation</th><th>Description</th></tr></thead>"
    table = f"<table>{head}<tr><td>Smoking status</td><td>Never smoker</td></tr></table>"
    assert "\nSmoking status: Never smoker" in notes_of(read_ccda(ccda(section("Social History", table))))[0].text


def test_evidence_of_the_narrative_names_its_section():
    document = notes_of(read_ccda(ccda(section("Plan of Treatment", "L4-5 microdiscectomy."))))[0]
    start = document.text.index("L4-5")
    assert "Plan of Treatment" in document.evidence(start, start + 4).origin


def test_a_problem_entry_becomes_a_line_of_the_entries():
    entry = f'<observation moodCode="EVN">{PROBLEM}<effectiveTime><low value="20250912"/></effectiveTime>{ICD10}</observation>'
    document = entries_of(read_ccda(ccda(section("Problems", "Sciatica", entry))))
    assert document.text == "Condition: Lumbar radiculopathy (M54.16), onset 2025-09-12\n"


def test_a_negated_problem_is_absent_and_one_with_an_end_is_past():
    negated = f'<observation moodCode="EVN" negationInd="true">{PROBLEM}{ICD10}</observation>'
    ended = (
        f'<observation moodCode="EVN">{PROBLEM}<effectiveTime><high value="2024"/></effectiveTime>{ICD10}</observation>'
    )
    told = [entries_of(read_ccda(ccda(section("Problems", "x", one)))).entries[0].told for one in (negated, ended)]
    assert told == [Told.ABSENT, Told.PAST]


def test_a_problem_without_onset_is_known_since_the_day_it_was_recorded():
    signed = '<author><time value="202601091030"/></author>'
    entry = f'<act classCode="ACT" moodCode="EVN">{signed}<entryRelationship><observation moodCode="EVN">{PROBLEM}{ICD10}</observation></entryRelationship></act>'
    document = entries_of(read_ccda(ccda(section("Problems", "Sciatica", entry))))
    assert document.text == "Condition: Lumbar radiculopathy (M54.16), recorded 2026-01-09\n"
    assert str(document.entries[0].recorded) == "2026-01-09"


def test_a_body_that_is_a_file_is_read_as_that_file():
    held = '<component><nonXMLBody><text mediaType="text/plain" representation="B64">TGVnIHBhaW4u</text></nonXMLBody></component>'
    read = read_ccda(f'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>T</title>{held}</ClinicalDocument>'.encode())
    assert notes_of(read)[0].text == "Leg pain."


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, b"<!doctype x>"])
def test_a_document_that_declares_entities_is_refused(doctype):
    data = (
        b'<?xml version="1.0"?>'
        + doctype
        + b'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>&a;</title></ClinicalDocument>'
    )
    for encoded in (data, data.decode().encode("utf-16")):
        read = documents_from_ccda("bomb.xml", encoded)
        assert isinstance(read, Problem) and "not safe" in read.message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<?xml version='1.0'?><a/>", "no clinical document"),
        (ccda("x")[:-30], "cut off"),
        (b"<a>" * 50_000, "nested too deep"),
        (ccda(""), "no words"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, message):
    read = documents_from_ccda("note.xml", data)
    assert isinstance(read, Problem) and read.where.startswith("note.xml") and message in read.message
