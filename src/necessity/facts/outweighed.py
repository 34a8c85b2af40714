"""Which tellings of a treatment a record contradicts: therapy that was not given, or was for another part of the body."""

from __future__ import annotations

from collections.abc import Sequence

from necessity.facts.fact import Assertion, Source, Treatment

# Two tellings of one course for another part of the body may differ by so much of its length.
_SAME_LENGTH = 0.25


def not_outweighed(treatments: Sequence[Treatment]) -> list[Treatment]:
    """The treatments without those that a record of the same contradicts: "PT - completed" beside the therapist's
    "discharged after evaluation only". A telling with visits, or with a beginning and an end of its own, stands."""
    recorded = {t.concept for t in treatments if t.present and t.source is Source.RECORD and t.other_region is None}
    untaken = {
        t.concept for t in treatments if t.assertion is Assertion.ABSENT and t.source is Source.RECORD
    } - recorded
    elsewhere = [t for t in treatments if t.assertion is Assertion.PRESENT and t.other_region is not None]
    return [
        t
        for t in treatments
        if t.assertion is not Assertion.PRESENT
        or t.historical
        or t.other_region is not None
        or (t.started is not None and t.ended is not None)
        or not (
            (t.concept in untaken and (t.visits or 0) <= 1)
            or any(_is_of_other_part(t, other, recorded) for other in elsewhere)
        )
    ]


def _is_of_other_part(told: Treatment, other: Treatment, recorded: set[str]) -> bool:
    """Whether an undated telling is of a course that another document shows to have been for another part of the body:
    "12 weeks of PT this year" beside twelve weeks of rehabilitation of a knee, gabapentin "for diabetic neuropathy"."""
    if told.concept != other.concept or told.region is not None:
        return False
    if told.concept == "medication":
        return told.drug is not None and told.drug == other.drug and told.started is None
    if other.source is not Source.RECORD or told.concept in recorded or told.source is Source.RECORD:
        return False
    if told.length is None or other.length is None:
        return told.length is None and told.visits == other.visits
    return abs(told.length.days - other.length.days) <= _SAME_LENGTH * other.length.days
