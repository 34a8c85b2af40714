"""X12 278: the request, the patient, the codes and the documents announced."""

from __future__ import annotations

import pytest
from records import DATA

from necessity.charts.assemble import Assembled
from necessity.charts.from_asked import form_from_asked
from necessity.charts.from_x12 import documents_from_x12
from necessity.charts.identities import identities
from necessity.library import open_library
from necessity.values.problem import Problem

REQUEST = (DATA / "request_278.x12").read_text()


def read(text: str) -> Assembled:
    found = documents_from_x12("request.x12", text.encode())
    assert isinstance(found, Assembled), found
    return found


def problem(text: str) -> Problem:
    found = documents_from_x12("request.x12", text.encode())
    assert isinstance(found, Problem), found
    return found


def test_the_request_is_what_the_form_would_say():
    request = form_from_asked(read(REQUEST).asked, open_library().form_words()).request
    assert (request.cpt, request.procedures, request.levels) == (("63030",), ("discectomy",), ("L4-5",))
    assert (request.side, request.setting, request.sources["cpt"]) == ("left", "outpatient", "given")


def test_every_segment_of_use_is_a_line_with_its_place():
    document = read(REQUEST).documents[0]
    assert "Diagnosis of the request: M51.26, M54.16\n" in document.text
    start = document.text.index("M51.26")
    assert document.evidence(start, start + 6).origin == "HI[14] HI"


def test_the_patient_is_named_so_that_two_are_told_apart():
    told = {(one.kind, one.value) for one in identities(read(REQUEST).documents[0])}
    assert ("birth", "1970-03-02") in told


def test_documents_announced_are_named_by_their_control_number():
    assert "ATTACH-001" in read(REQUEST).notes[0].message


def test_separators_are_those_that_the_file_declares():
    other = REQUEST.replace("*", "|").replace("~", "'").replace(":", ">")
    assert read(other).documents[0].text == read(REQUEST).documents[0].text


def test_of_a_dependent_the_subscriber_is_another_person():
    dependent = "HL*4*3*23*1~\nNM1*QC*1*EXAMPLE*KIM~\nDMG*D8*20010101*M~\nHL*5*4*EV*1~"
    text = read(REQUEST.replace("HL*4*3*EV*1~", dependent).replace("SE*18", "SE*21")).documents[0].text
    assert "2001-01-01" in text and "1970-03-02" not in text


def test_an_admission_without_a_service_asks_about_the_stay():
    lines = [line for line in REQUEST.replace("UM*HS*I*2*22:B", "UM*AR*I*2*").split("\n") if not line.startswith("SV1")]
    form = form_from_asked(read("\n".join(lines)).asked, open_library().form_words())
    assert (form.request.setting, form.request.cpt, form.request.procedures) == ("inpatient", (), ())


def test_two_patients_in_one_request_are_refused():
    second = "HL*9*2*22*1~\nNM1*IL*1*OTHER*LEE~\nHL*4*3*EV*1~"
    assert "more than one patient" in problem(REQUEST.replace("HL*4*3*EV*1~", second)).message


def test_a_request_cut_off_is_read_as_far_as_it_goes_and_said_to_be():
    cut = REQUEST[: REQUEST.index("SE*18")]
    assert "cut off" in read(cut).problems[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ISA*00*", "damaged"),
        (REQUEST.replace("ST*278*", "ST*837*"), "transaction 837"),
        (REQUEST.replace("*SS*", "*XX*").replace("*EV*", "*XX*"), "asks for no service"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, message):
    assert message in problem(text).message


def test_who_pays_is_told_so_that_the_payers_policies_judge():
    [entry] = [entry for entry in read(REQUEST).documents[0].entries if entry.kind == "coverage"]
    assert entry.words == "EXAMPLE HEALTH PLAN"
