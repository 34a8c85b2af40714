"""The scope table of a pack: no line is claimed by two policies, and none of those that it lists falls between them.

A line is judged by what of it a scope looks at, so a line for every combination that scopes tell apart is every line
there could be: the procedures, levels, regions and codes that the pack names, and the absence of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from necessity.policies.pack import Gap
from necessity.policies.policy import Policy, Scope
from necessity.policies.scope import covers, in_force
from necessity.proofs.failure import Failure
from necessity.vocabulary.levels import SEGMENTS, region_of

_REGIONS = ("cervical", "thoracic", "lumbar")
_DIAGNOSES = ("disc", "stenosis", None)


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """A line, as far as a scope looks at it."""

    procedure: str
    cpt: tuple[str, ...]
    level: str | None
    region: str | None
    revision: bool
    diagnosis: str | None

    def in_words(self) -> str:
        parts = [
            "revision" if self.revision else "first operation",
            f"diagnosis {self.diagnosis or 'not decided'}",
            f"level {self.level}" if self.level else f"no level, region {self.region or 'not named'}",
        ]
        if self.cpt:
            parts.append(f"codes {', '.join(self.cpt)}")
        return f"{self.procedure.replace('_', ' ') or 'no procedure named'}; " + "; ".join(parts)


def check_scopes(policies: Sequence[Policy], gaps: Iterable[Gap]) -> Iterator[Failure]:
    """Overlaps and gaps of one pack on every day on which its policies change."""
    seen: set[tuple[str, str]] = set()
    for day in sorted({policy.effective for policy in policies if policy.status == "active"}):
        there = [policy for policy in in_force(policies, day) if policy.decides == "procedure"]
        for failure in (*overlaps(there), *left_out(there, day, tuple(gaps))):
            if (failure.name, failure.about) not in seen:
                seen.add((failure.name, failure.about))
                yield failure


def overlaps(policies: Sequence[Policy]) -> Iterator[Failure]:
    """Two policies that claim the same line."""
    for first, second in combinations(policies, 2):
        line = _claimed_twice(first, second)
        if line is not None:
            yield Failure(
                name="no-overlap",
                about=f"{first.id} and {second.id}",
                where=_where(second),
                message=f"`{first.id}` and `{second.id}` both claim this line: {line.in_words()}",
                hint="part them by `revision`, `diagnosis`, `levels`, `with_cpt` or `without_cpt`",
            )


def _claimed_twice(first: Policy, second: Policy) -> ScopeLine | None:
    for one, other in product(first.applies_to, second.applies_to):
        for line in _lines([one, other], sorted({*one.procedures} & {*other.procedures}) or [""]):
            if covers(first, line) and covers(second, line):
                return line
    return None


def left_out(policies: Sequence[Policy], day: date, gaps: tuple[Gap, ...]) -> Iterator[Failure]:
    """Lines of a procedure and region that the pack lists, and no policy of it decides."""
    scopes = [scope for policy in policies for scope in policy.applies_to]
    for procedure in sorted({name for scope in scopes for name in scope.procedures}):
        listed = [scope for scope in scopes if procedure in scope.procedures]
        allowed = {gap.region for gap in gaps if gap.procedure == procedure}
        for region in _REGIONS:
            if not any(_lists(scope, region) for scope in listed) or {None, region} & allowed:
                continue
            line = _undecided(policies, listed, procedure, region)
            if line is not None:
                yield Failure(
                    name="no-gap",
                    about=f"{procedure} {region}",
                    where=f"policies/{policies[0].pack}/pack.yaml",
                    message=f"no policy in force on {day} decides this line: {line.in_words()}",
                    hint="widen a scope, or name the gap and its reason in pack.yaml",
                )


def _undecided(policies: Sequence[Policy], scopes: list[Scope], procedure: str, region: str) -> ScopeLine | None:
    for line in _lines(scopes, [procedure]):
        place = region_of(line.level) if line.level else line.region
        if place == region and not any(covers(policy, line) for policy in policies):
            return line
    return None


def _lists(scope: Scope, region: str) -> bool:
    named = {*scope.regions, *(region_of(level) for level in scope.levels)}
    return not named or region in named


def _lines(scopes: Sequence[Scope], procedures: Iterable[str]) -> Iterator[ScopeLine]:
    """Every line that these scopes could tell apart."""
    codes = _codes(scopes)
    places = [(level, None) for level in SEGMENTS] + [(None, region) for region in _REGIONS]
    for procedure, (level, region), revision, diagnosis, cpt in product(
        procedures, places, (False, True), _DIAGNOSES, codes
    ):
        # Codes without words: each code that stands for an operation is a line of its own.
        if procedure or len(cpt) == 1:
            yield ScopeLine(procedure, cpt, level, region, revision, diagnosis)


def _codes(scopes: Sequence[Scope]) -> list[tuple[str, ...]]:
    """No code, each code that a scope looks at, and a code of each of two scopes together."""
    sets = [dict.fromkeys((*scope.with_cpt, *scope.cpt)) for scope in scopes]
    told = dict.fromkeys(code for each in sets for code in each)
    found: dict[tuple[str, ...], None] = {(): None}
    found |= {(code,): None for code in told}
    if len(sets) == 2:
        found |= {(one, other): None for one in sets[0] for other in sets[1] if one != other}
    return list(found)


def _where(policy: Policy) -> str:
    return f"policies/{policy.pack}/{policy.id}/{policy.effective}.yaml"
