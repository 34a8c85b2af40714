"""Cases and request forms: what is understood, what is named as wrong, and what stops the case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from necessity.charts.chart import Case
from necessity.charts.from_case import case_from_mapping
from necessity.charts.from_form import FormWords, form_from_mapping, parse_date
from necessity.charts.structured import parse_json, parse_yaml
from necessity.knowledge import levels_in
from necessity.values.errors import InputError

PROCEDURES = {"discectomy": ("discectomy",), "ACDF": ("discectomy", "fusion"), "laminectomy": ("laminectomy",)}
WORDS = FormWords(procedures_in=lambda written: PROCEDURES.get(written, ()), levels_in=levels_in)
CASES = Path(__file__).parent.parent / "data" / "cases"


def case_of(**raw: object) -> Case:
    return case_from_mapping({"id": "c1", "text": "Leg pain."} | raw, "c1.yaml", WORDS, default_id="line 1")


def faults_of(**raw: object) -> str:
    with pytest.raises(InputError) as caught:
        case_of(**raw)
    return str(caught.value)


def test_a_case_file_gives_documents_request_and_date():
    raw = parse_yaml("case.yaml", (CASES / "seed-t12l1-days.yaml").read_text("utf-8"))
    case = case_from_mapping(raw, "case.yaml", FormWords(lambda written: (written,), levels_in), default_id="x")
    assert case.as_of == date(2026, 1, 23)
    assert case.request.levels == ("T12-L1",)
    assert [document.written for document in case.chart.documents] == sorted(d.written for d in case.chart.documents)
    assert case.chart.problems == ()


def test_a_line_with_a_text_alone_is_a_case():
    case = case_of()
    assert (case.id, case.as_of, case.request.procedures) == ("c1", None, ())
    assert case.chart.documents[0].text == "Leg pain."


def test_a_code_written_as_a_number_is_the_same_code():
    assert case_of(request={"cpt": [63030]}).request.cpt == ("63030",)


def test_only_what_the_form_fills_in_is_given():
    request = case_of(request={"levels": "L4/L5, L5-S1", "side": "", "revision": "no"}).request
    assert request.levels == ("L4-5", "L5-S1")
    assert request.revision is False
    assert dict(request.sources) == {"levels": "given", "revision": "given"}


def test_a_procedure_of_two_parts_asks_for_both():
    assert case_of(request={"procedures": ["ACDF"]}).request.procedures == ("discectomy", "fusion")


def test_an_unknown_procedure_is_named_and_left_to_a_person():
    case = case_of(request={"procedures": ["rhizolysis"]})
    assert case.request.procedures == ("other_spine",)
    assert "`rhizolysis`" in str(case.chart.problems[0])


def test_an_unknown_key_is_named_and_not_used():
    case = case_of(urgency="high", request={"surgeon": "x"})
    assert [problem.message.split("`")[1] for problem in case.chart.problems] == ["surgeon", "urgency"]


@pytest.mark.parametrize("day", ["2026-02-30", "01/23/2026", "soon", 20260123])
def test_a_date_that_does_not_exist_stops_the_case(day: object):
    assert f"`as_of` is no date: `{day}`" in faults_of(as_of=day)


def test_a_level_that_does_not_exist_stops_the_case():
    assert "`L9-10` is no level" in faults_of(request={"levels": ["L4-5", "L9-10"]})


def test_every_fault_is_named_at_once():
    message = faults_of(as_of="2026-13-01", record="ajar", request={"side": "up", "setting": "spa", "levels": ["Q1"]})
    assert len(message.splitlines()) == 5


def test_a_document_with_an_impossible_date_is_read_without_it():
    case = case_of(documents=[{"name": "a.txt", "date": "2026-02-30", "text": "Pain."}])
    assert case.chart.documents[0].written is None
    assert "2026-02-30" in str(case.chart.problems[0])


def test_an_empty_document_is_left_out_and_named():
    case = case_of(documents=[{"name": "a.txt", "text": " "}, {"name": "b.txt", "text": "Pain."}])
    assert [document.name for document in case.chart.documents] == ["b.txt"]
    assert "a.txt" in str(case.chart.problems[0])


def test_a_case_without_any_words_is_refused():
    assert "no words" in faults_of(text="\n")


def test_a_closed_record_is_said_by_the_case_or_by_the_form():
    assert case_of(record="closed").record_closed
    assert case_of(request={"record": "closed"}).record_closed
    assert not case_of(record="open", request={"record": "closed"}).record_closed


def test_a_form_may_stand_under_the_key_request():
    form = form_from_mapping({"as_of": "2026-01-23", "request": {"side": "LT"}}, "request.yaml", WORDS)
    assert (form.as_of, form.request.side) == (date(2026, 1, 23), "left")


def test_text_that_cannot_be_parsed_names_its_line():
    with pytest.raises(InputError, match=r"^case.yaml:3: "):
        parse_yaml("case.yaml", "id: x\nrequest: {a: [\n")
    with pytest.raises(InputError, match="no valid JSON"):
        parse_json("line 4", '{"id": "x",')


def test_dates_are_days_of_the_calendar():
    assert parse_date("2024-02-29") == date(2024, 2, 29)
    assert parse_date("2026-02-29") is None
