"""The care ledger: each course once, lengths from the union of intervals, other episodes and regions kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from necessity.charts.document import Document
from necessity.facts.fact import Assertion, Operation, Side, Treatment
from necessity.facts.ledger import gaps, intervals, ledger, longest_active_days
from necessity.values.dates import Length, PartialDate

SOURCE = Document(id="d1", name="note", text="physical therapy; epidural; naproxen", written=date(2026, 1, 28))


def day(text: str) -> PartialDate:
    return PartialDate.day(date.fromisoformat(text))


def treatment(concept: str, **told: object) -> Treatment:
    plain = Treatment(
        concept=concept, assertion=Assertion.PRESENT, evidence=(SOURCE.evidence(0, 16),), written=SOURCE.written
    )
    return replace(plain, **told)  # type: ignore[arg-type]  # fields are named by each test


THERAPY = treatment(
    "physical_therapy", started=day("2025-10-20"), ended=day("2025-12-19"), visits=15, documentation="dated"
)
NAPROXEN = treatment("medication", drug="naproxen", drug_class="nsaid", started=day("2025-09-22"), ongoing=True)


def test_a_course_told_in_two_documents_is_one_entry_with_the_better_record():
    record = replace(THERAPY, documentation="record", response="failed")
    (entry,) = ledger([THERAPY, record])
    assert (entry.days, entry.visits, entry.grade, entry.response) == (60, 15, "record", "failed")


def test_an_ongoing_drug_runs_to_the_note_that_says_so():
    (entry,) = ledger([NAPROXEN])
    assert (entry.days, str(entry.ended), entry.ongoing) == (128, "2026-01-28", True)


def test_a_later_note_that_still_tells_of_the_drug_prolongs_it():
    begun = treatment(
        "medication", drug="naproxen", drug_class="nsaid", when=day("2025-10-17"), written=date(2025, 10, 17)
    )
    continued = treatment("medication", drug="naproxen", drug_class="nsaid", ongoing=True, written=date(2025, 12, 1))
    assert [entry.days for entry in ledger([begun, continued])] == [45]


def test_overlapping_courses_do_not_add_up():
    entries = ledger([THERAPY, NAPROXEN])
    assert intervals(entries) == ((date(2025, 9, 22), date(2026, 1, 28)),)
    assert longest_active_days(entries)[0] == 128


def test_courses_with_a_gap_are_two_stretches():
    spring = replace(THERAPY, started=day("2025-02-03"), ended=day("2025-03-03"))
    entries = ledger([THERAPY, spring])
    assert gaps(entries) == ((date(2025, 3, 4), date(2025, 10, 19)),)
    assert longest_active_days(entries)[0] == 60


def test_another_body_part_and_an_earlier_episode_are_kept_and_do_not_count():
    shoulder, before = replace(THERAPY, other_region="shoulder"), replace(THERAPY, historical=True)
    entries = ledger([shoulder, before])
    assert {(entry.counts, entry.reason) for entry in entries} == {(False, "for shoulder"), (False, "earlier episode")}
    assert longest_active_days(entries) == (0.0, ())


def test_care_before_an_earlier_operation_closed_with_it():
    operation = Operation(
        concept="discectomy",
        assertion=Assertion.PRESENT,
        evidence=(SOURCE.evidence(0, 16),),
        written=SOURCE.written,
        when=day("2025-06-17"),
    )
    spring = replace(THERAPY, started=day("2025-04-01"), ended=day("2025-05-13"))
    entries = ledger([operation, spring, THERAPY])
    assert [(str(entry.started), entry.counts) for entry in entries] == [("2025-04-01", False), ("2025-10-20", True)]


def test_the_operation_under_review_closes_nothing():
    operation = Operation(
        concept="discectomy",
        assertion=Assertion.PRESENT,
        evidence=(SOURCE.evidence(0, 16),),
        written=SOURCE.written,
        when=day("2026-01-14"),
    )
    assert [entry.counts for entry in ledger([operation, THERAPY])] == [True]


def test_an_exact_start_holds_over_a_vague_one():
    vague = replace(THERAPY, started=PartialDate(date(2025, 10, 11), date(2025, 10, 21)))
    assert [entry.days for entry in ledger([vague, THERAPY])] == [60]


def test_an_injection_told_again_without_its_date_is_counted_once():
    dated = treatment("epidural_injection", when=day("2025-12-30"), levels=("L4-5",), side=Side.LEFT)
    again = treatment("epidural_injection")
    assert [entry.count for entry in ledger([dated, again])] == [1]


def test_injections_on_different_days_or_sides_are_different():
    first = treatment("epidural_injection", when=day("2025-10-27"))
    assert len(ledger([first, replace(first, when=day("2025-12-22"))])) == 2
    assert len(ledger([replace(first, side=Side.LEFT), replace(first, side=Side.RIGHT)])) == 2


def test_a_number_told_for_all_includes_the_dated_one():
    last = treatment("epidural_injection", when=day("2025-07-01"))
    all_of_them = treatment("epidural_injection", count=4)
    assert sum(entry.count or 0 for entry in ledger([all_of_them, last])) == 4


def test_the_stated_length_of_one_treatment_is_not_that_of_all_treatment():
    entries = ledger([treatment("physical_therapy", length=Length.exactly(42))])
    assert entries[0].days == 42
    assert longest_active_days(entries)[0] == 0


def test_an_end_and_a_stated_length_give_the_start():
    (entry,) = ledger([treatment("physical_therapy", ended=day("2025-12-05"), length=Length.exactly(42))])
    assert (str(entry.started), entry.days) == ("2025-10-24", 42)


def test_planned_or_declined_treatment_has_no_entry():
    assert ledger([replace(THERAPY, assertion=Assertion.PLANNED), replace(THERAPY, assertion=Assertion.DECLINED)]) == ()


@given(
    st.permutations(
        [
            THERAPY,
            NAPROXEN,
            replace(THERAPY, documentation="record"),
            treatment("chiropractic", started=day("2025-03-01"), ended=day("2025-04-01")),
        ]
    )
)
def test_the_order_of_the_facts_does_not_change_the_intervals(facts: list[Treatment]):
    assert intervals(ledger(facts)) == intervals(
        ledger(sorted(facts, key=lambda fact: (fact.concept, fact.documentation)))
    )
