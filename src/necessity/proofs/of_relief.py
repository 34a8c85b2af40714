"""Properties of waivers, pathways, gates and sentences: none is dead, and a waiver really waives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from necessity.policies.policy import Kind, Waiver
from necessity.proofs.encode import truths
from necessity.proofs.failure import Failure
from necessity.proofs.proof import Proof
from necessity.values.status import Outcome, Status


def live_waivers(proof: Proof) -> Iterator[Failure]:
    """Each waiver helps some patient whom nothing else helps, and each trigger can leave it open."""
    for index, waiver in enumerate(proof.policy.waivers):
        relief = proof.judged.waivers[waiver.id]
        if not proof.possible(z3.Or(*_helped(waiver, proof))):
            message = f"waiver `{waiver.id}` is dead: no patient is helped by it"
            yield proof.failure("live-waiver", waiver.id, ("waivers", index, "met"), message)
        if waiver.open is not None and not proof.possible(relief.open):
            message = f"the trigger of waiver `{waiver.id}` is dead: it never leaves the waiver open"
            yield proof.failure("live-waiver", waiver.id, ("waivers", index, "open"), message)


def waivers_waive(proof: Proof) -> Iterator[Failure]:
    """With a waiver met no criterion that it waives stands in the way, and someone is approved through it."""
    for index, waiver in enumerate(proof.policy.waivers):
        met = proof.judged.waivers[waiver.id].met
        path = ("waivers", index, "waives")
        for name in waiver.waives:
            status = proof.judged.status[name]
            found = proof.witness(met, z3.Not(z3.Or(status[Status.WAIVED], status[Status.NOT_APPLICABLE])))
            if found is not None:
                message = f"waiver `{waiver.id}` is met and `{name}` still stands in the way of"
                yield proof.failure("waiver-waives", waiver.id, path, message, witness=found)
        unmet = [z3.Not(proof.judged.met[name].true) for name in waiver.waives]
        if not proof.possible(met, proof.judged.outcome(Outcome.MEDICALLY_NECESSARY), *unmet):
            message = f"waiver `{waiver.id}` never gets a patient approved who lacks what it waives"
            yield proof.failure("waiver-waives", waiver.id, path, message)


def _helped(waiver: Waiver, proof: Proof) -> Iterator[Any]:
    """Where the waiver alone takes a criterion out of the way."""
    judged = proof.judged
    for name in waiver.waives:
        others = [judged.waivers[each.id].met for each in proof.policy.waivers if each is not waiver]
        routes = [
            judged.pathways[each.id] for each in proof.policy.pathways if name in (*each.waived, *each.not_applicable)
        ]
        alone = z3.Not(z3.Or(*others, *routes))
        yield z3.And(judged.status[name][Status.WAIVED], alone, z3.Not(judged.met[name].true))


def live_pathways(proof: Proof) -> Iterator[Failure]:
    """Each pathway is taken by some patient, and changes something."""
    for index, pathway in enumerate(proof.policy.pathways):
        taken = proof.judged.pathways[pathway.id]
        named = [*pathway.not_applicable, *pathway.waived]
        if not named or not proof.possible(taken, z3.Or(*(z3.Not(proof.judged.met[name].true) for name in named))):
            message = f"pathway `{pathway.id}` is dead: no patient takes it, or it changes nothing"
            yield proof.failure("live-pathway", pathway.id, ("pathways", index, "when"), message)


def live_gates(proof: Proof) -> Iterator[Failure]:
    """Each gate stands for some patient, and what it holds open would else have failed."""
    for index, gate in enumerate(proof.policy.gates):
        stands = proof.judged.gates[gate.id]
        if not proof.possible(stands):
            message = f"gate `{gate.id}` is dead: it stands for no patient"
            yield proof.failure("live-gate", gate.id, ("gate", index, "when"), message)
        for name in gate.holds_open:
            failing = (proof.judged.not_met[name].true, proof.judged.status[name][Status.UNDOCUMENTED])
            if not proof.possible(stands, *failing):
                message = f"gate `{gate.id}` holds `{name}` open, which could not have failed"
                yield proof.failure("live-gate", gate.id, ("gate", index, "holds_open"), message)


def live_sentences(proof: Proof) -> Iterator[Failure]:
    """Each guard and statement is said to some patient."""
    for statement in proof.policy.statements:
        if statement.when is None or proof.possible(truths(statement.when, proof.patient).true):
            continue
        part = "guards" if statement.kind is Kind.PITFALL else "statements"
        message = f"`{statement.id}` is never said: its `when` holds for no patient"
        yield proof.failure("live-sentence", statement.id, (part,), message)
