"""Whose policies judge a request: by payer, state, line of business and date; a draft never, and the reason always said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from necessity import pipeline
from necessity.charts.chart import Case
from necessity.charts.document import Document
from necessity.charts.entry import Entry
from necessity.charts.from_case import case_from_mapping
from necessity.determinations.determination import Determination
from necessity.library import open_library
from necessity.policies.pack import Pack
from necessity.policies.selection import Member, binds_for_certain
from necessity.reports.to_json import to_object
from necessity.reports.to_terminal import to_terminal

KNOWLEDGE = open_library()
EXAMPLE = Pack(id="example", payer=("Example Health",))


def injection(**member: str) -> Case:
    row = {
        "as_of": "2026-11-10",
        "request": {"procedures": ["epidural injection"], "levels": ["L4-5"], "side": "left", **member},
        "documents": [
            {"name": "note", "date": "2026-11-05", "text": "Pain down the left leg to the foot for 3 months."}
        ],
    }
    return case_from_mapping(row, "case.yaml", KNOWLEDGE.form_words(), default_id="case")


def judged(case: Case, pack: str | None = None) -> Determination:
    return pipeline.review(case, KNOWLEDGE, pack=pack)


def policy_of(told: Determination) -> tuple[str, str]:
    assert told.worst_line is not None and told.worst_line.policy is not None
    return told.worst_line.policy.pack, told.worst_line.policy.version


def said(told: Determination) -> str:
    return " ".join(each.text for each in told.policy_choice)


def test_a_request_that_names_no_member_is_judged_by_the_default_and_says_nothing_of_it():
    told = judged(injection())
    assert policy_of(told)[0] == "house" and told.policy_choice == ()
    assert "policy_choice" not in to_object(told) and "payer" not in to_object(told)["request"]


def test_the_policy_of_the_members_payer_goes_before_the_default():
    told = judged(injection(payer="BLUE CROSS & BLUE SHIELD OF ALABAMA, Inc."))
    assert policy_of(told)[0] == "blue-alabama"
    assert "blue-alabama/epidural-injection" in said(told) and "binds payer BLUE CROSS & BLUE SHIELD" in said(told)


def test_a_draft_is_never_chosen_and_the_report_says_so():
    told = judged(injection(line_of_business="Medicare"))
    assert policy_of(told)[0] == "house"
    assert "medicare/epidural-injection is a draft and judges nobody" in said(told)
    assert "Why these criteria" in to_terminal(told).decode()


def test_an_unknown_payer_is_named_and_the_default_judges():
    told = judged(injection(payer="Unheard Mutual"))
    assert policy_of(told)[0] == "house" and "holds no policies for payer Unheard Mutual" in said(told)


def test_a_pack_that_is_called_by_name_judges_whoever_the_member_is():
    told = judged(injection(payer="Unheard Mutual"), pack="blue-massachusetts")
    assert policy_of(told)[0] == "blue-massachusetts" and "as was asked for by name" in said(told)


def test_where_no_policy_is_in_force_the_report_says_which_waits_and_until_when():
    told = judged(replace(injection(payer="BCBSMA"), as_of=date(2021, 12, 6)), pack="blue-massachusetts")
    assert told.outcome == "out_of_scope"
    assert "no policy in force on 2021-12-06" in said(told)
    assert "blue-massachusetts/epidural-injection is in force only from 2021-12-07" in said(told)


def test_a_pack_with_drafts_alone_judges_nothing_and_says_so_even_where_no_member_is_named():
    told = judged(injection(), pack="medicare")
    assert told.outcome == "out_of_scope" and "--pack medicare --policy epidural-injection" in said(told)


@pytest.mark.parametrize(
    ("as_of", "version"), [("2025-12-31", None), ("2026-01-01", "1"), ("2026-06-30", "1"), ("2026-07-01", "2")]
)
def test_each_request_is_judged_by_the_version_of_its_date(as_of: str, version: str | None):
    base = next(each for each in KNOWLEDGE.policies if (each.pack, each.id) == ("house", "epidural-injection"))
    first = replace(base, pack="example", version="1", effective=date(2026, 1, 1), retroactive=False)
    second = replace(first, version="2", effective=date(2026, 7, 1))
    library = replace(KNOWLEDGE, policies=(*KNOWLEDGE.policies, second, first), packs=(*KNOWLEDGE.packs, EXAMPLE))
    told = pipeline.review(replace(injection(payer="Example Health"), as_of=date.fromisoformat(as_of)), library)
    assert policy_of(told) == (("example", version) if version else ("house", "1"))
    assert ("version 2 follows on 2026-07-01" in said(told)) == (version == "1")
    assert ("example/epidural-injection is in force only from" in said(told)) == (version is None)


def test_a_payer_may_be_named_by_the_coverage_of_the_records():
    covered = Entry(kind="coverage", start=0, end=4, words="Blue Cross Blue Shield of Massachusetts")
    assert policy_of(judged(with_entries(injection(), covered)))[0] == "blue-massachusetts"


def test_records_that_name_two_payers_leave_it_open_which():
    payers = [Entry(kind="coverage", start=0, end=4, words=name) for name in ("BCBSMA", "Unheard Mutual")]
    told = judged(with_entries(injection(), *payers))
    assert policy_of(told)[0] == "house" and "more than one payer (BCBSMA and Unheard Mutual)" in said(told)


def with_entries(case: Case, *entries: Entry) -> Case:
    documents: list[Document] = [replace(each, entries=entries) for each in case.chart.documents]
    return replace(case, chart=replace(case.chart, documents=tuple(documents)))


def test_the_rule_of_a_state_binds_only_where_its_programme_is_said_too():
    state = Pack(id="state", state=("WA",), line_of_business=("medicaid",))
    assert binds_for_certain(state, Member(state="wa", line_of_business="Medicaid"))
    assert not binds_for_certain(state, Member(state="WA"))
    assert not binds_for_certain(state, Member(state="WA", line_of_business="commercial"))
    told = judged(injection(state="WA"))
    assert "washington would bind where the line of business is medicaid" in said(told)


def test_a_pack_that_names_nobody_is_nobodys_in_particular():
    assert not binds_for_certain(Pack(id="reference"), Member(payers=("Example Health",)))
    assert not binds_for_certain(EXAMPLE, Member(payers=("Example Health", "Another")))
