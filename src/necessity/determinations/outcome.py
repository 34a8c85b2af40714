"""From the statuses of a line's criteria to its outcome, and from its lines to the outcome of a case."""

from __future__ import annotations

from collections.abc import Iterable

from necessity.values.status import Outcome, Status

# The worst line decides; a line that no policy covers does not rank.
_WORST_FIRST = (
    Outcome.NOT_MEDICALLY_NECESSARY,
    Outcome.NEEDS_DOCUMENTATION,
    Outcome.MEDICALLY_NECESSARY,
    Outcome.OUT_OF_SCOPE,
)


def outcome_of(statuses: Iterable[Status], record_closed: bool) -> tuple[Outcome, str]:
    """The outcome of a line and its basis.

    One criterion not met decides. Otherwise one open criterion asks for documents while the record is open, and is the reason of
    an adverse recommendation once it is closed.
    """
    seen = set(statuses)
    if Status.NOT_MET in seen:
        return Outcome.NOT_MEDICALLY_NECESSARY, "criteria_not_met"
    if seen & {Status.UNDOCUMENTED, Status.CONFLICTING}:
        if record_closed:
            return Outcome.NOT_MEDICALLY_NECESSARY, "insufficient_documentation"
        return Outcome.NEEDS_DOCUMENTATION, "missing_documentation"
    return Outcome.MEDICALLY_NECESSARY, "criteria_met"


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of a case: that of its worst line."""
    seen = set(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in seen), Outcome.OUT_OF_SCOPE)


def rank(outcome: Outcome) -> int:
    """Place in the order from worst to best."""
    return _WORST_FIRST.index(outcome)
