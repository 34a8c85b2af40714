from dataclasses import replace

import pytest
from report_examples import ALL, adverse, approval, said, split, urgent

from necessity.determinations.determination import LevelOfCare
from necessity.policies.policy import Kind
from necessity.reports import wording
from necessity.reports.sections import outline_of
from necessity.values.status import Outcome, Status


def section(determination, id_):
    return next((one for one in outline_of(determination).sections if one.id == id_), None)


def test_sections_come_in_the_order_in_which_a_reviewer_reads():
    ids = [one.id for one in outline_of(adverse()).sections]
    assert ids == [
        "answer",
        "conflicts",
        "criteria",
        "exceptions",
        "deficiencies",
        "fixes",
        "timeline",
        "level-of-care",
        "alternatives",
        "steps",
        "populations",
        "pitfalls",
        "outcomes",
        "risks",
        "disagreement",
        "other",
        "signature",
        "references",
        "left-out",
        "documents",
    ]


def test_an_urgent_case_says_so_before_anything_else():
    first = outline_of(urgent()).sections[0]
    assert first.id == "urgent"
    assert next(first.items).sentences[0].text == "Severe motor deficit: knee extension 3/5."


def test_an_adverse_answer_is_a_recommendation_to_be_signed():
    assert section(adverse(), "signature")
    assert any("recommendation" in item.sentences[0].text for item in section(adverse(), "answer").items)


@pytest.mark.parametrize("make", [urgent, split, approval])
def test_other_answers_need_no_signature(make):
    assert section(make(), "signature") is None


def test_an_adverse_level_of_care_needs_a_signature_too():
    care = LevelOfCare(requested="inpatient", outcome=Outcome.NOT_MEDICALLY_NECESSARY, supported="outpatient")
    assert section(replace(approval(), level_of_care=care), "signature")


def test_missing_documentation_is_put_as_what_would_make_it_necessary():
    group = next(one for one in section(split(), "answer").groups if one.title.startswith("Medically necessary if"))
    assert [item.sentences[0].text for item in group.items] == ["Report of standing flexion-extension films of L4-5."]


def test_the_line_that_decides_the_case_comes_first():
    assert [group.title for group in section(split(), "criteria").groups] == [
        "Fusion, L4-5",
        "Laminectomy, L4-5, bilateral",
    ]


def test_blocking_conflicts_come_first():
    (plain,) = adverse().conflicts
    blocking = replace(plain, about="side", blocking=True)
    items = list(section(replace(adverse(), conflicts=(plain, blocking)), "conflicts").items)
    assert [item.heading for item in items] == ["Side", "Code"]


def test_references_are_numbered_as_they_are_cited_and_uncited_ones_are_left_out():
    references = list(section(adverse(), "references").items)
    assert [item.sentences[0].text.split()[0] for item in references] == ["Peul", "Chou"]
    sentences = list(section(adverse(), "answer").items)[1].sentences
    assert sentences[0].numbers == (1,)


def test_a_citation_without_a_reference_gets_no_number():
    answer = (said("answer", "A sentence.", "policy", cites=("unknown-1999.1",)),)
    item = next(section(replace(approval(), answer=answer), "answer").items)
    assert item.sentences[0].numbers == ()


def test_a_waiver_that_does_not_apply_says_why():
    items = list(section(adverse(), "exceptions").items)
    assert items[0].chip.label == "Does not apply"
    assert "denied" in items[0].sentences[0].text


def test_a_kind_of_statement_without_a_section_is_not_lost():
    texts = [item.sentences[0].text for item in section(adverse(), "other").items]
    assert texts == ["A sentence of a kind that has no section of its own."]


def test_the_answer_names_criteria_version_date_and_freshness():
    notes = [note.text for group in section(adverse(), "answer").groups for note in group.notes]
    criteria = next(text for text in notes if "house/thoracolumbar-decompression" in text)
    assert "version 2026-01, effective 2026-01-01, last checked 2026-01-05" in criteria


def test_what_could_not_be_read_is_named():
    item = next(section(adverse(), "left-out").items)
    assert item.heading == "fax-0041.tif"


@pytest.mark.parametrize("name", ALL)
def test_every_id_is_used_once(name):
    outline = outline_of(ALL[name]())
    ids = [one.id for one in outline.sections] + [item.id for item in outline.items]
    assert len(ids) == len(set(ids))


def test_an_open_exception_is_named_among_what_would_change_the_answer():
    (line,) = adverse().lines
    waiver = replace(line.waivers[0], status=Status.UNDOCUMENTED)
    opened = replace(line, waivers=(waiver,), waiver_fixes=((waiver.id,),))
    texts = [item.sentences[0].text for item in section(replace(adverse(), lines=(opened,)), "fixes").items]
    assert texts[-1] == "Cauda equina syndrome (through the exception)"


def test_every_kind_of_policy_statement_has_a_section():
    placed = {kind for _, _, kinds in wording.STATEMENT_SECTIONS for kind in kinds}
    placed |= set(wording.EXCEPTION_KINDS)
    assert {kind.value for kind in Kind} <= placed


def test_a_sentence_or_quotation_is_not_repeated_within_a_section():
    quoted = adverse().answer[1]
    again = replace(quoted, text="Another sentence on the same words.")
    items = list(section(replace(adverse(), answer=(quoted, quoted, again)), "answer").items)
    assert [len(item.quotes) for item in items[:2]] == [1, 0]
    assert [item.sentences[0].text for item in items[:2]] == [quoted.text, again.text]
