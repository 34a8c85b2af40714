"""Status of a criterion, and the four-valued logic in which criteria are asked.

`Truth` is Kleene's three-valued logic with a fourth value, CONFLICT, for a chart that says both. A conflict
is an unknown that names its reason: it never decides, and it is remembered above a plain unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """What the chart shows about one criterion (see docs/reference/statuses.md)."""

    MET = "met"
    NOT_MET = "not_met"
    UNDOCUMENTED = "undocumented"
    CONFLICTING = "conflicting"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_settled(self) -> bool:
        """Met, waived or not applicable: nothing more is asked."""
        return self in (Status.MET, Status.WAIVED, Status.NOT_APPLICABLE)

    @property
    def is_open(self) -> bool:
        """Undocumented or conflicting: a document could still settle it."""
        return self in (Status.UNDOCUMENTED, Status.CONFLICTING)


class Outcome(StrEnum):
    """Outcome of a request line or of the whole case."""

    MEDICALLY_NECESSARY = "medically_necessary"
    NEEDS_DOCUMENTATION = "needs_documentation"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    OUT_OF_SCOPE = "out_of_scope"


class Truth(StrEnum):
    """The answer to a test over facts."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"

    @property
    def is_known(self) -> bool:
        return self in (Truth.TRUE, Truth.FALSE)


_NEGATED = {
    Truth.TRUE: Truth.FALSE,
    Truth.FALSE: Truth.TRUE,
    Truth.UNKNOWN: Truth.UNKNOWN,
    Truth.CONFLICT: Truth.CONFLICT,
}
_ALL_OF = (Truth.FALSE, Truth.CONFLICT, Truth.UNKNOWN)
_ANY_OF = (Truth.TRUE, Truth.CONFLICT, Truth.UNKNOWN)


def negate(truth: Truth) -> Truth:
    """TRUE and FALSE change places; what is not known stays so."""
    return _NEGATED[truth]


def all_of(truths: Iterable[Truth]) -> Truth:
    """One FALSE decides; otherwise one gap leaves the question open.

              TRUE      FALSE  UNKNOWN   CONFLICT
    TRUE      TRUE      FALSE  UNKNOWN   CONFLICT
    FALSE     FALSE     FALSE  FALSE     FALSE
    UNKNOWN   UNKNOWN   FALSE  UNKNOWN   CONFLICT
    CONFLICT  CONFLICT  FALSE  CONFLICT  CONFLICT
    """
    return _strongest(truths, _ALL_OF, Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """One TRUE decides; the dual of `all_of`."""
    return _strongest(truths, _ANY_OF, Truth.FALSE)


def _strongest(truths: Iterable[Truth], order: tuple[Truth, ...], otherwise: Truth) -> Truth:
    """The first of `order` that is among them."""
    seen = list(truths)
    return next((decisive for decisive in order if decisive in seen), otherwise)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """TRUE once `count` are TRUE, FALSE once so many cannot be; otherwise open.

    `at_least(1, ...)` is `any_of` and `at_least(len, ...)` is `all_of`.
    """
    seen = list(truths)
    surely = seen.count(Truth.TRUE)
    possibly = len(seen) - seen.count(Truth.FALSE)
    if surely >= count:
        return Truth.TRUE
    if possibly < count:
        return Truth.FALSE
    # A conflict is named only where it could tip the count.
    return Truth.CONFLICT if Truth.CONFLICT in seen else Truth.UNKNOWN
