"""The statuses of a policy's criteria alone, without words or passages, for asking one policy very many times.

`from_facts.evaluate` says why; this says what, some ten times as fast, and a test holds the two together. A policy is
compiled once: each different leaf is a bit, what the answers make of the leaves are three sets of bits (true, false,
conflict), and a tree is a small function of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from necessity.findings.answer import Answer
from necessity.findings.verdict import truth_of
from necessity.policies.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Leaf,
    NoneOf,
    NotShown,
    OneOf,
    ParamValue,
    Policy,
    Tree,
)
from necessity.values.status import Status, Truth

Key = tuple[str, tuple[tuple[str, ParamValue], ...]]
# A tree asked of the sets of true, false and conflicting leaves.
Asked = Callable[[int, int, int], Truth]


@dataclass(frozen=True, slots=True)
class _Leaves:
    """All leaves that ask the same, with their bits."""

    key: Key
    tests: tuple[tuple[OneOf | Bound, int], ...]


@dataclass(frozen=True, slots=True)
class _Criterion:
    met: Asked
    not_met: Asked
    not_applicable: Asked | None
    bit: int


@dataclass(frozen=True, slots=True)
class _Waiver:
    met: Asked
    open: Asked | None
    waives: int
    bit: int  # its own, among the waivers


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy made ready. Criteria are bits in the order of the file."""

    leaves: tuple[_Leaves, ...]
    criteria: tuple[_Criterion, ...]
    waivers: tuple[_Waiver, ...]
    pathways: tuple[tuple[Asked, int, int, int], ...]  # taken, takes out, waives, the waiver of the same name
    gates: tuple[tuple[Asked, int], ...]

    def statuses(self, answers: Mapping[Key, Answer]) -> tuple[Status, ...]:
        """The status of each criterion, in the order of the file. A question without an answer is not documented."""
        sets = self._known(answers)
        waived = held = outside = unsettled = 0
        for waiver in self.waivers:
            met = waiver.met(*sets)
            if met is Truth.TRUE:
                waived |= waiver.waives
            elif met is Truth.CONFLICT:
                held |= waiver.waives
            elif met is Truth.UNKNOWN and waiver.open is not None and waiver.open(*sets) is Truth.TRUE:
                held |= waiver.waives
                unsettled |= waiver.bit
        for taken, takes_out, waives, same_name in self.pathways:
            truth = taken(*sets)
            if truth is Truth.TRUE:
                outside |= takes_out
                waived |= waives
            elif truth is not Truth.FALSE and same_name & unsettled:
                held |= takes_out
        for stands, holds_open in self.gates:
            if holds_open and stands(*sets) is Truth.TRUE:
                held |= holds_open
        return tuple(_status(criterion, sets, outside, waived, held) for criterion in self.criteria)

    def _known(self, answers: Mapping[Key, Answer]) -> tuple[int, int, int]:
        true = false = conflict = 0
        for leaves in self.leaves:
            answer = answers.get(leaves.key)
            if answer is None or not (answer.conflicting or answer.known):
                continue
            for test, bit in leaves.tests:
                truth = truth_of(test, answer)
                if truth is Truth.TRUE:
                    true |= bit
                elif truth is Truth.FALSE:
                    false |= bit
                elif truth is Truth.CONFLICT:
                    conflict |= bit
        return true, false, conflict


def _status(criterion: _Criterion, sets: tuple[int, int, int], outside: int, waived: int, held: int) -> Status:
    """The rules of `from_facts`, in their order."""
    if criterion.bit & outside or (
        criterion.not_applicable is not None and criterion.not_applicable(*sets) is Truth.TRUE
    ):
        return Status.NOT_APPLICABLE
    if criterion.bit & waived:
        return Status.WAIVED
    met, not_met = criterion.met(*sets), criterion.not_met(*sets)
    if met is Truth.TRUE:
        return Status.CONFLICTING if not_met is Truth.TRUE else Status.MET
    if met is Truth.CONFLICT or not_met is Truth.CONFLICT:
        return Status.CONFLICTING
    if not_met is not Truth.TRUE or criterion.bit & held:
        return Status.UNDOCUMENTED
    return Status.NOT_MET


def compiled(policy: Policy) -> Compiled:
    """The policy made ready to be asked many times."""
    bits: dict[tuple[Key, OneOf | Bound], int] = {}

    def ready(tree: Tree) -> Asked:
        return _ready(tree, bits)

    place = {criterion.id: 1 << index for index, criterion in enumerate(policy.criteria)}

    def named(ids: tuple[str, ...]) -> int:
        return sum(place[name] for name in dict.fromkeys(ids))

    criteria = tuple(
        _Criterion(
            met=ready(each.met),
            not_met=ready(each.not_met) if each.not_met is not None else _never,
            not_applicable=ready(each.not_applicable) if each.not_applicable is not None else None,
            bit=place[each.id],
        )
        for each in policy.criteria
    )
    waivers = tuple(
        _Waiver(
            ready(each.met),
            ready(each.open) if each.open is not None else None,
            named(each.waives),
            1 << index,
        )
        for index, each in enumerate(policy.waivers)
    )
    flags = {each.id: 1 << index for index, each in enumerate(policy.waivers)}
    pathways = tuple(
        (ready(each.when), named(each.not_applicable), named(each.waived), flags.get(each.id, 0))
        for each in policy.pathways
    )
    gates = tuple((ready(each.when), named(each.holds_open)) for each in policy.gates)
    return Compiled(_grouped(bits), criteria, waivers, pathways, gates)


def _grouped(bits: Mapping[tuple[Key, OneOf | Bound], int]) -> tuple[_Leaves, ...]:
    by_key: dict[Key, list[tuple[OneOf | Bound, int]]] = {}
    for (key, test), bit in bits.items():
        by_key.setdefault(key, []).append((test, bit))
    return tuple(_Leaves(key, tuple(tests)) for key, tests in by_key.items())


def _never(true: int, false: int, conflict: int) -> Truth:
    return Truth.FALSE


def _ready(tree: Tree, bits: dict[tuple[Key, OneOf | Bound], int]) -> Asked:
    if isinstance(tree, Leaf):
        return _all_of(_bit(tree, bits), ())
    mask, branches = 0, []
    for branch in tree.of:
        if isinstance(branch, Leaf):
            mask |= _bit(branch, bits)
        else:
            branches.append(_ready(branch, bits))
    match tree:
        case AllOf():
            return _all_of(mask, tuple(branches))
        case AnyOf():
            return _any_of(mask, tuple(branches))
        case NoneOf():
            return _turned(_any_of(mask, tuple(branches)))
        case NotShown():
            return _not_shown(_any_of(mask, tuple(branches)))
        case AtLeast():
            return _at_least(tree.count, tuple(_ready(branch, bits) for branch in tree.of))


def _bit(leaf: Leaf, bits: dict[tuple[Key, OneOf | Bound], int]) -> int:
    """The same question compared in the same way is the same bit, wherever it is asked."""
    return bits.setdefault(((leaf.question, leaf.params), leaf.test), 1 << len(bits))


def _all_of(mask: int, branches: tuple[Asked, ...]) -> Asked:
    def asked(true: int, false: int, conflict: int) -> Truth:
        if false & mask:
            return Truth.FALSE
        result = Truth.TRUE if true & mask == mask else Truth.CONFLICT if conflict & mask else Truth.UNKNOWN
        for branch in branches:
            truth = branch(true, false, conflict)
            if truth is Truth.FALSE:
                return truth
            if truth is Truth.CONFLICT or (truth is Truth.UNKNOWN and result is Truth.TRUE):
                result = truth
        return result

    return asked


def _any_of(mask: int, branches: tuple[Asked, ...]) -> Asked:
    def asked(true: int, false: int, conflict: int) -> Truth:
        if true & mask:
            return Truth.TRUE
        result = Truth.FALSE if false & mask == mask else Truth.CONFLICT if conflict & mask else Truth.UNKNOWN
        for branch in branches:
            truth = branch(true, false, conflict)
            if truth is Truth.TRUE:
                return truth
            if truth is Truth.CONFLICT or (truth is Truth.UNKNOWN and result is Truth.FALSE):
                result = truth
        return result

    return asked


def _turned(tree: Asked) -> Asked:
    turned = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}

    def asked(true: int, false: int, conflict: int) -> Truth:
        truth = tree(true, false, conflict)
        return turned.get(truth, truth)

    return asked


def _not_shown(tree: Asked) -> Asked:
    def asked(true: int, false: int, conflict: int) -> Truth:
        truth = tree(true, false, conflict)
        if truth is Truth.CONFLICT:
            return truth
        return Truth.FALSE if truth is Truth.TRUE else Truth.TRUE

    return asked


def _at_least(count: int, branches: tuple[Asked, ...]) -> Asked:
    def asked(true: int, false: int, conflict: int) -> Truth:
        seen = [branch(true, false, conflict) for branch in branches]
        if seen.count(Truth.TRUE) >= count:
            return Truth.TRUE
        if len(seen) - seen.count(Truth.FALSE) < count:
            return Truth.FALSE
        return Truth.CONFLICT if Truth.CONFLICT in seen else Truth.UNKNOWN

    return asked
