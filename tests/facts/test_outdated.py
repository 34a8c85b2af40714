"""What an old note, or text carried forward from one, says about now."""

from __future__ import annotations

from datetime import date

from told import facts_in_documents

from necessity.facts.readers import READERS

NOW, LONG_AGO = date(2026, 4, 28), date(2021, 3, 30)


def test_complaints_of_a_note_years_older_are_of_an_earlier_episode() -> None:
    facts = facts_in_documents([("Right arm pain, 8 weeks.", LONG_AGO), ("Neck pain since March.", NOW)], *READERS)
    assert {fact.concept for fact in facts if fact.historical} >= {"radicular_pain"}
    assert not any(fact.historical for fact in facts if fact.concept == "axial_pain")


def test_the_only_note_is_never_outdated() -> None:
    facts = facts_in_documents([("Right arm pain, 8 weeks.", LONG_AGO)], *READERS)
    assert not any(fact.historical for fact in facts)


def test_text_carried_forward_was_written_on_the_earlier_day() -> None:
    note = """[Carried forward from 01/27/2026]
Exam: R triceps 4+/5.
[End carried forward]
TODAY: R triceps 5/5."""
    strength = [f for f in facts_in_documents([(note, NOW)], *READERS) if f.concept == "strength"]
    assert [fact.written for fact in strength] == [date(2026, 1, 27), NOW]


def test_text_copied_without_a_date_keeps_the_day_of_its_note() -> None:
    note = "Exam copied from prior note:\nR triceps 4+/5."
    strength = [f for f in facts_in_documents([(note, NOW)], *READERS) if f.concept == "strength"]
    assert [fact.written for fact in strength] == [NOW]
