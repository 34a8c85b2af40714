"""Sentences of findings: put together from the answers' own reasons and the words of the policy."""

from __future__ import annotations

from necessity.findings.line import Line
from necessity.findings.verdict import AskedLeaf, reasons_of
from necessity.policies.policy import Bound, Criterion, Edge, Leaf, Waiver
from necessity.values.status import Status

_EDGES = {Edge.AT_LEAST: "at least", Edge.MORE_THAN: "more than", Edge.AT_MOST: "at most", Edge.LESS_THAN: "less than"}
_MOST_OPEN = 3
_PLAIN = {
    Status.MET: "The chart shows it.",
    Status.NOT_MET: "The chart shows the contrary.",
    Status.CONFLICTING: "The chart says both.",
    Status.UNDOCUMENTED: "The chart does not say.",
    Status.NOT_APPLICABLE: "Not asked here.",
}


def fill(text: str, line: Line) -> str:
    """A policy's sentence with the line's level, side, procedure and region in it."""
    if "{" not in text:
        return text
    return text.format(
        level=line.level or "the requested level",
        side=line.side.value if line.side else "requested",
        procedure=line.procedure.replace("_", " ") or "procedure",
        region=line.region.value if line.region else "spinal",
    )


def comparison(leaf_test: Bound) -> str:
    """`at least 6 weeks`."""
    return f"{_EDGES[leaf_test.edge]} {leaf_test.written}"


def plain_reason(criterion: Criterion, status: Status, decided: tuple[AskedLeaf, ...]) -> str:
    """The answers' reasons; for a number that decides or stays open, what the policy asks for beside it.

    An open criterion with many ways in says the first few; `sought` holds them all.
    """
    reasons = list(reasons_of(decided)) or [_PLAIN[status]]
    if status is Status.UNDOCUMENTED:
        reasons = reasons[:_MOST_OPEN]
    if status in (Status.NOT_MET, Status.UNDOCUMENTED, Status.CONFLICTING):
        reasons += _asked_for(criterion)
    return " ".join(_sentence(reason) for reason in reasons)


def _asked_for(criterion: Criterion) -> list[str]:
    """What the policy wants, for a criterion that is one number and nothing else."""
    if not isinstance(criterion.met, Leaf) or not isinstance(criterion.met.test, Bound):
        return []
    return [f"The policy asks for {comparison(criterion.met.test)}"]


def waiver_reason(waiver: Waiver, status: Status, reasons: tuple[str, ...]) -> str:
    """Why a waiver is met, open, in conflict or not claimed."""
    stated = " ".join(_sentence(reason) for reason in reasons)
    if stated:
        return stated
    if status is Status.UNDOCUMENTED:
        return "Something points to it and the examination that would settle it is not recorded."
    return _PLAIN[status] if status is not Status.NOT_MET else "Nothing in the chart claims it."


def waived_reason(titles: tuple[str, ...]) -> str:
    """Why a waived criterion is not asked."""
    return f"Not asked: {'; '.join(titles)}."


def open_waiver_reason(title: str, failing: str) -> str:
    """Why a criterion that would fail is held open."""
    return f"{_sentence(failing)} Whether it is waived is open: {_sentence(title)}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
