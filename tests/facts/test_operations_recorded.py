"""An operation note of last year is history for the request of today; that of a review after the service is not."""

from __future__ import annotations

from datetime import date

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind
from necessity.facts import operations, requests
from necessity.facts.fact import Fact, Operation
from necessity.facts.from_chart import facts_of, read_chart
from tests.facts.told import vocabulary

NOTE = "Procedure performed: Left L4-L5 hemilaminotomy with microdiscectomy. Indications: HNP. Stable to PACU."


def read(*documents: tuple[str, Kind, date], as_of: date) -> tuple[Fact, ...]:
    made = tuple(
        Document(id=f"d{number}", name="note", text=text, kind=kind, written=written)
        for number, (text, kind, written) in enumerate(documents)
    )
    return facts_of(read_chart(Chart(documents=made), *vocabulary(), as_of), [operations.read, requests.read])


def test_the_operation_of_an_old_note_is_an_earlier_one() -> None:
    visit = ("Left leg pain is back since January.", Kind.CLINIC_NOTE, date(2026, 1, 27))
    facts = read((NOTE, Kind.OPERATIVE_NOTE, date(2025, 3, 19)), visit, as_of=date(2026, 1, 30))
    told = [(fact.concept, fact.levels, str(fact.when)) for fact in facts if isinstance(fact, Operation)]
    assert ("discectomy", ("L4-5",), "2025-03-19") in told
    assert not [fact for fact in facts if fact.concept == "procedure"]


def test_an_operation_note_at_the_end_of_the_chart_is_the_operation_itself() -> None:
    visit = ("Left leg pain.", Kind.CLINIC_NOTE, date(2025, 3, 1))
    facts = read(visit, (NOTE, Kind.OPERATIVE_NOTE, date(2025, 3, 19)), as_of=date(2025, 3, 20))
    assert not [fact for fact in facts if isinstance(fact, Operation)]
    assert [fact for fact in facts if fact.concept == "procedure"]


def test_a_review_after_the_service_judges_the_operation_of_the_note() -> None:
    form = ("Retrospective review. Date of service: 03/19/2025.", Kind.AUTHORIZATION_FORM, date(2025, 6, 1))
    visit = ("Doing well after surgery.", Kind.CLINIC_NOTE, date(2025, 5, 20))
    facts = read((NOTE, Kind.OPERATIVE_NOTE, date(2025, 3, 19)), visit, form, as_of=date(2025, 6, 2))
    assert [fact for fact in facts if fact.concept == "procedure"]


def test_a_fragment_taken_out_on_a_date_is_a_discectomy() -> None:
    visit = ("We took out a left L4-5 fragment on 03/19/2025.", Kind.CLINIC_NOTE, date(2026, 1, 27))
    facts = read(visit, as_of=date(2026, 1, 30))
    assert [fact.levels for fact in facts if fact.concept == "discectomy"] == [("L4-5",)]
