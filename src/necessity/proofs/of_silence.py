"""Properties of silence: it fails nothing, approves nothing, and meets no criterion unless the policy says so by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from necessity.policies.policy import Criterion, leaves
from necessity.proofs.failure import Failure, key_of
from necessity.proofs.proof import Proof
from necessity.values.status import Outcome, Status


def silence_fails_nothing(proof: Proof) -> Iterator[Failure]:
    """With nothing documented on a criterion it is not `not_met`, whatever else the chart says."""
    for index, criterion in enumerate(proof.policy.criteria):
        found = proof.witness(proof.judged.status[criterion.id][Status.NOT_MET], *_silent(criterion, proof))
        if found is not None:
            yield proof.failure(
                "silence-fails-nothing",
                criterion.id,
                ("criteria", index, "not_met"),
                f"`{criterion.id}` fails though nothing is documented on it",
                hint="`not_met` needs an answer beside what is `not_shown`",
                witness=found,
            )


def silence_meets_nothing(proof: Proof) -> Iterator[Failure]:
    """With nothing documented on a criterion it is neither met nor, by its own tree, outside its scope."""
    for index, criterion in enumerate(proof.policy.criteria):
        routes = [proof.judged.pathways[each.id] for each in proof.policy.pathways]
        for status in (Status.MET, Status.NOT_APPLICABLE):
            elsewhere = [z3.Not(route) for route in routes]
            if proof.possible(proof.judged.status[criterion.id][status], *_silent(criterion, proof), *elsewhere):
                yield proof.failure(
                    "silence-meets-nothing",
                    criterion.id,
                    ("criteria", index),
                    f"silence makes `{criterion.id}` {status.value.replace('_', ' ')}",
                    hint="allow it by name under `allowed:` if silence is to be read so",
                )


def silence_approves_nothing(proof: Proof) -> Iterator[Failure]:
    """A patient of whom nothing is known is not approved."""
    silent = [variable.unknown for variable in proof.patient.variables.values()]
    if proof.possible(proof.judged.outcome(Outcome.MEDICALLY_NECESSARY), *silent):
        message = "a patient of whom nothing is documented is approved"
        yield proof.failure("silence-approves-nothing", proof.policy.id, ("criteria",), message)


def _silent(criterion: Criterion, proof: Proof) -> list[Any]:
    trees = [tree for tree in (criterion.met, criterion.not_met, criterion.not_applicable) if tree is not None]
    keys = dict.fromkeys(key_of(leaf) for tree in trees for leaf in leaves(tree))
    return [proof.patient.variables[key].unknown for key in keys]
