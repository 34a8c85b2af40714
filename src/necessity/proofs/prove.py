"""A policy proved: every property asked, what the policy allows by name taken out, and allowances that allow nothing named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from necessity.policies.policy import Policy
from necessity.policies.source import Source
from necessity.proofs import of_branches, of_criteria, of_order, of_relief, of_silence, of_wording
from necessity.proofs.failure import Failure, not_allowed
from necessity.proofs.proof import Proof, proof_of
from necessity.proofs.terms import Terms

# Each gives what fails; its docstring says what must hold.
SOLVED: tuple[Callable[[Proof], Iterable[Failure]], ...] = (
    of_criteria.one_outcome,
    of_criteria.approvable,
    of_criteria.met_or_not_met,
    of_criteria.reachable,
    of_criteria.compatible,
    of_criteria.needed,
    of_criteria.numbers_decide,
    of_silence.silence_fails_nothing,
    of_silence.silence_meets_nothing,
    of_silence.silence_approves_nothing,
    of_relief.live_waivers,
    of_relief.waivers_waive,
    of_relief.live_pathways,
    of_relief.live_gates,
    of_relief.live_sentences,
    of_branches.live_branches,
    of_order.more_is_not_worse,
)
# What `necessity policies check` asks beside the loader: the faults of writing, without the laws of deciding.
LINTS: tuple[Callable[[Proof], Iterable[Failure]], ...] = (
    of_criteria.reachable,
    of_criteria.compatible,
    of_criteria.needed,
    of_relief.live_waivers,
    of_relief.live_pathways,
    of_relief.live_gates,
    of_relief.live_sentences,
    of_branches.live_branches,
)


def prove(
    policy: Policy, source: Source, terms: Terms, laws: Iterable[Callable[[Proof], Iterable[Failure]]] = SOLVED
) -> tuple[Failure, ...]:
    """Every law that does not hold and is not allowed, by line. An idle allowance shows only where all laws are asked."""
    found = [*of_wording.read_off(policy, source, terms)]
    proof = proof_of(policy, source, terms)
    for law in laws:
        found += law(proof)
    idle = idle_allowances(policy, source, found) if laws is SOLVED else ()
    return tuple(sorted((*not_allowed(policy, found), *idle), key=_by_line))


def idle_allowances(policy: Policy, source: Source, found: Iterable[Failure]) -> Iterator[Failure]:
    """Allowances that nothing needs: a fault repaired, or a name misspelt."""
    failed = {(failure.name, failure.about) for failure in found}
    for index, each in enumerate(policy.allowed):
        if (each.property, each.of) not in failed:
            yield Failure(
                name="allowed",
                about=each.of,
                where=source.where(("allowed", index)),
                message=f"`{each.property}` is allowed for `{each.of}`, which has no need of it",
                hint="take the allowance out, or correct its names",
            )


def _by_line(failure: Failure) -> tuple[int, str, str]:
    line = failure.where.rpartition(":")[2]
    return (int(line) if line.isdigit() else 0, failure.name, failure.about)
