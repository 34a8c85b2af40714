"""Which requests a policy covers, and which policy of a pack decides a line.

A line fits a scope when every field that the scope names fits:

    procedures   the line's procedure is one of them; where the line has none, one of its codes is among `cpt`
    levels       the line's level is one of them; a line without a level is asked by `regions` instead
    regions      the line's region is one of them, where the line has no level that `levels` could judge
    revision     the line is, or is not, a repeat operation
    diagnosis    disc, stenosis, or `unknown` for a line whose chart does not decide it
    with_cpt     one of the line's codes is among them: for what only the code tells, such as the approach
    without_cpt  none of the line's codes is among them

A policy covers a line when one of its scopes does. Words decide over codes: `cpt` is looked at only where no procedure
is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from necessity.policies.policy import Policy, Scope
from necessity.vocabulary.levels import SEGMENTS, normalise_level, order, region_of


class LineLike(Protocol):
    """What of a request line a scope looks at."""

    @property
    def procedure(self) -> str: ...
    @property
    def cpt(self) -> tuple[str, ...]: ...
    @property
    def level(self) -> str | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def revision(self) -> bool: ...
    @property
    def diagnosis(self) -> str | None: ...


def covers(policy: Policy, line: LineLike) -> bool:
    """Whether the policy speaks of this line."""
    return policy.decides == "procedure" and any(fits(scope, line) for scope in policy.applies_to)


def fits(scope: Scope, line: LineLike) -> bool:
    """Whether the line fits every field that the scope names."""
    return (
        _procedure_fits(scope, line)
        and _place_fits(scope, line)
        and scope.revision in (None, line.revision)
        and (not scope.diagnosis or (line.diagnosis or "unknown") in scope.diagnosis)
        and (not scope.with_cpt or any(code in scope.with_cpt for code in line.cpt))
        and not any(code in scope.without_cpt for code in line.cpt)
    )


def _procedure_fits(scope: Scope, line: LineLike) -> bool:
    if line.procedure:
        return line.procedure in scope.procedures
    return any(code in scope.cpt for code in line.cpt)


def _place_fits(scope: Scope, line: LineLike) -> bool:
    if line.level is not None and scope.levels:
        return line.level in scope.levels
    region = region_of(line.level) if line.level is not None else line.region
    return not scope.regions or region in scope.regions


def in_force(policies: Iterable[Policy], day: date) -> tuple[Policy, ...]:
    """Of each policy id the newest file whose effective date has come, by id; drafts are never in force.

    On a day before the first file a retroactive one is in force all the same.
    """
    return _newest((policy for policy in policies if policy.status == "active"), day)


def drafts(policies: Iterable[Policy], day: date) -> tuple[Policy, ...]:
    """The same of the drafts: never chosen for a line, only where someone asks for one by its id."""
    return _newest((policy for policy in policies if policy.status == "draft"), day)


def _newest(policies: Iterable[Policy], day: date) -> tuple[Policy, ...]:
    chosen: dict[tuple[str, str], Policy] = {}
    for policy in sorted(policies, key=lambda each: (each.pack, each.id, each.effective)):
        key = (policy.pack, policy.id)
        if policy.effective <= day or (policy.retroactive and key not in chosen):
            chosen[key] = policy
    return tuple(chosen.values())


def policy_for(policies: Iterable[Policy], line: LineLike) -> Policy | None:
    """The first policy that covers a line, in the order given: a member's own before those for anyone.

    Of one pack no two claim a line (the library's test forbids that).
    """
    return next((policy for policy in policies if covers(policy, line)), None)


def read_levels(written: str) -> list[str]:
    """One level, or a range "T1-2 to T12-L1" with all between; empty where it is neither."""
    first, _, last = written.partition(" to ")
    upper = normalise_level(first)
    lower = normalise_level(last) if last else upper
    if upper is None or lower is None or order(upper) > order(lower):
        return []
    if "-" not in upper:
        return [upper] if upper == lower else []
    return [level for level in SEGMENTS if order(upper) <= order(level) <= order(lower)]
