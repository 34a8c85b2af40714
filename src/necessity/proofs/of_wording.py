"""Properties that can be read off the file, without a solver: one way for each answer, and each number named once."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.policies.policy import Bound, Leaf, Policy
from necessity.policies.source import Key as PathKey
from necessity.policies.source import Source
from necessity.proofs.directions import Direction, directions, signed
from necessity.proofs.failure import Failure
from necessity.proofs.terms import Terms
from necessity.proofs.words import QuestionWords, value_in_words

_DECIDING = ("criteria", "waivers", "pathways", "gate")
# Zero and one say whether there is any; they are no thresholds.
_ANY = ("0", "1")


def read_off(policy: Policy, source: Source, terms: Terms) -> Iterator[Failure]:
    """What is wrong and shows without a solver."""
    yield from one_way(policy, source, terms.words)
    yield from named_numbers(policy, source)


def one_way(policy: Policy, source: Source, words: QuestionWords) -> Iterator[Failure]:
    """No answer is needed true for met and true for not met."""
    for index, criterion in enumerate(policy.criteria):
        for_it = {_claim(leaf) for leaf, sign in signed(criterion.met, 1) if sign > 0}
        for leaf, sign in signed(criterion.not_met, 1):
            if sign > 0 and _claim(leaf) in for_it:
                yield Failure(
                    name="one-way",
                    about=criterion.id,
                    where=f"{source.name}:{leaf.line or source.line(('criteria', index))}",
                    message=f"`{criterion.id}` needs the same answer for met and for not met: {words.leaf(leaf)}",
                    hint="one of the two is turned round",
                )
    for key, direction in directions(policy).items():
        for said, leaf in _both_ways(direction):
            yield Failure(
                name="one-way",
                about=key[0],
                where=f"{source.name}:{leaf.line}",
                message=f"`{key[0]}` counts for approval in one place and against it in another: {said}",
                hint="turn one of them round, or allow it by name with the reason",
            )


def _claim(leaf: Leaf) -> tuple[object, ...]:
    test = leaf.test
    return (leaf.question, leaf.params, (test.edge, test.amount) if isinstance(test, Bound) else test.values)


def _both_ways(direction: Direction) -> Iterator[tuple[str, Leaf]]:
    last = direction.leaves[-1][0]
    if isinstance(last.test, Bound):
        if direction.of_more() is None:
            yield "more of it", last
        return
    named = dict.fromkeys(
        value for leaf, _ in direction.leaves if not isinstance(leaf.test, Bound) for value in leaf.test.values
    )
    both = [value for value in named if direction.of_value(value) is None]
    if both:
        yield ", ".join(value_in_words(value) for value in both), last


def named_numbers(policy: Policy, source: Source) -> Iterator[Failure]:
    """Each number that decides stands under `thresholds:` with its source, and is named where it is used."""
    data = source.data if isinstance(source.data, dict) else {}
    for part in _DECIDING:
        for path, name, value in _numbers(data.get(part), (part,)):
            if str(value).split()[0] not in _ANY:
                yield Failure(
                    name="named-thresholds",
                    about=str(name),
                    where=source.where(path),
                    message=f"`{value}` is a threshold without a name and a source",
                    hint="write it under `thresholds:` and use its name here",
                )


def _numbers(data: object, path: tuple[PathKey, ...]) -> Iterator[tuple[tuple[PathKey, ...], str, object]]:
    """Numbers written in leaves, with their places. A criterion has an `ask` too, and an id, which leaves have not."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _numbers(item, (*path, index))
    if not isinstance(data, dict):
        return
    is_leaf = "ask" in data and "id" not in data
    for key, value in data.items():
        if isinstance(value, (dict, list)):
            yield from _numbers(value, (*path, key))
        elif is_leaf and key != "ask" and not isinstance(value, bool) and str(value)[:1].isdigit():
            yield (*path, key), str(data["ask"]), value
