"""Two policies beside each other: what changed in words, and the patients whom the one approves and the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.comparison.changes import changes
from necessity.policies.policy import Criterion, Policy, leaves
from necessity.proofs.failure import Key, key_of
from necessity.proofs.terms import Terms
from necessity.values.status import Status

_SAID = {Status.NOT_MET: "not met", Status.UNDOCUMENTED: "not documented"}


def name_of(policy: Policy) -> str:
    return f"{policy.pack}/{policy.id}@{policy.effective}"


def difference(old: Policy, new: Policy, terms: Terms, *, with_patients: bool = True) -> Iterator[str]:
    """The lines of a report on two policies."""
    yield f"{name_of(old)} and {name_of(new)}"
    said = changes(old, new, terms.words)
    yield ""
    yield "What changed:" if said else "Nothing changed that could matter to a patient."
    yield from (f"  - {change}" for change in said)
    if with_patients:
        yield ""
        yield from _patients(old, new, terms)


def _patients(old: Policy, new: Policy, terms: Terms) -> Iterator[str]:
    from necessity.proofs.difference import divided

    found = divided(old, new, terms)
    if not found:
        yield "No patient is approved by the one and not by the other."
    for each in found:
        criterion = next(criterion for criterion in each.stops.criteria if criterion.id == each.criterion)
        known = each.witness.about(_keys(criterion), terms.words)
        yield f"{name_of(each.approves)} approves, {name_of(each.stops)} does not:"
        yield f"    {criterion.title}: {_SAID[each.status]} ({known})"
        yield f"    {each.witness.in_words(terms.words)}"


def _keys(criterion: Criterion) -> list[Key]:
    trees = (criterion.met, criterion.not_met, criterion.not_applicable)
    return [key_of(leaf) for tree in trees if tree is not None for leaf in leaves(tree)]


def cohort(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Which cases of a folder come out otherwise: (case, outcome by the one, outcome by the other)."""
    rows = list(rows)
    changed = [row for row in rows if row[1] != row[2]]
    yield f"{len(changed)} of {len(rows)} cases change."
    yield from (f"  {case}: {before} -> {after}" for case, before, after in changed)
