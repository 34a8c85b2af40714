"""From the text of a policy file to a `Policy`, or to every problem in it, each with file, line and hint.

The known questions and citations are handed in, so that policies stay below facts and findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from necessity.policies import shape
from necessity.policies.checks import check
from necessity.policies.hints import did_you_mean
from necessity.policies.policy import (
    Allowance,
    Criterion,
    Gate,
    Kind,
    Pathway,
    Policy,
    PolicyStatement,
    Scope,
    Threshold,
    Waiver,
)
from necessity.policies.question_like import QuestionLike
from necessity.policies.scope import read_levels
from necessity.policies.source import Key, Source, read
from necessity.policies.trees import TreeReader
from necessity.values.problem import Problem

GUARD_KIND = Kind.PITFALL


def load(
    text: str, where: str, known_questions: Mapping[str, QuestionLike], known_citations: frozenset[str]
) -> Policy | tuple[Problem, ...]:
    """The policy of a file, or all that is wrong with it. `where` names the file in problems."""
    source = read(text, where)
    if source.problems:
        return source.problems
    try:
        written = shape.PolicyShape.model_validate(source.data)
    except ValidationError as error:
        return tuple(_problem_of_shape(source, detail) for detail in error.errors(include_url=False))
    reader = TreeReader(source, known_questions, {name: str(each.value) for name, each in written.thresholds.items()})
    policy = _policy(written, reader, source, hashlib.sha256(text.encode()).hexdigest())
    problems = (*reader.problems, *reader.unused_thresholds(), *check(policy, source, known_citations))
    return tuple(sorted(problems, key=_by_line)) or policy


def _by_line(problem: Problem) -> tuple[int, str]:
    line = problem.where.rpartition(":")[2]
    return (int(line) if line.isdigit() else 0, problem.message)


def _policy(written: shape.PolicyShape, reader: TreeReader, source: Source, sha256: str) -> Policy:
    return Policy(
        id=written.id,
        pack=written.pack,
        title=written.title,
        version=written.version,
        effective=written.effective,
        last_checked=written.last_checked,
        status=written.status,
        owner=written.owner,
        source=written.source,
        identifier=written.identifier,
        url=written.url,
        read_as=written.read_as.strip(),
        decides=written.decides,
        retroactive=written.retroactive,
        applies_to=tuple(_scope(each, reader, ("applies_to", index)) for index, each in enumerate(written.applies_to)),
        thresholds=tuple(
            Threshold(id=name, written=str(each.value), source=each.source) for name, each in written.thresholds.items()
        ),
        criteria=tuple(_criterion(each, reader, ("criteria", index)) for index, each in enumerate(written.criteria)),
        waivers=tuple(_waiver(each, reader, ("waivers", index)) for index, each in enumerate(written.waivers)),
        pathways=tuple(_pathway(each, reader, ("pathways", index)) for index, each in enumerate(written.pathways)),
        gates=tuple(_gate(each, reader, ("gate", index)) for index, each in enumerate(written.gate)),
        statements=(
            *(_statement(each, reader, ("statements", index)) for index, each in enumerate(written.statements)),
            *(_guard(each, reader, ("guards", index)) for index, each in enumerate(written.guards)),
        ),
        allowed=tuple(Allowance(property=each.property, of=each.of, reason=each.reason) for each in written.allowed),
        sha256=sha256,
    )


def _scope(written: shape.ScopeShape, reader: TreeReader, path: tuple[Key, ...]) -> Scope:
    levels: list[str] = []
    for index, text in enumerate(written.levels):
        read_as = read_levels(text)
        if not read_as:
            reader.problem(
                (*path, "levels", index), f"`{text}` is no level or range of levels", 'write "L4-5" or "T1-2 to T12-L1"'
            )
        levels += read_as
    return Scope(
        procedures=tuple(written.procedures),
        cpt=tuple(written.cpt),
        levels=tuple(levels),
        regions=tuple(written.regions),
        revision=written.revision,
        diagnosis=tuple(written.diagnosis),
        with_cpt=tuple(written.with_cpt),
        without_cpt=tuple(written.without_cpt),
    )


def _criterion(written: shape.CriterionShape, reader: TreeReader, path: tuple[Key, ...]) -> Criterion:
    return Criterion(
        id=written.id,
        category=written.category,
        title=written.title,
        ask=written.ask.strip(),
        why=written.why.strip(),
        cites=tuple(written.cites),
        met=reader.tree(written.met, (*path, "met")),
        not_met=reader.optional(written.not_met, (*path, "not_met")),
        not_applicable=reader.optional(written.not_applicable, (*path, "not_applicable")),
    )


def _waiver(written: shape.WaiverShape, reader: TreeReader, path: tuple[Key, ...]) -> Waiver:
    return Waiver(
        id=written.id,
        title=written.title,
        met=reader.tree(written.met, (*path, "met")),
        open=reader.optional(written.open, (*path, "open")),
        waives=tuple(written.waives),
        urgent=written.urgent,
        cites=tuple(written.cites),
        shown_by=written.shown_by,
    )


def _pathway(written: shape.PathwayShape, reader: TreeReader, path: tuple[Key, ...]) -> Pathway:
    return Pathway(
        id=written.id,
        title=written.title,
        when=reader.tree(written.when, (*path, "when")),
        not_applicable=tuple(written.not_applicable),
        waived=tuple(written.waived),
        cites=tuple(written.cites),
    )


def _gate(written: shape.GateShape, reader: TreeReader, path: tuple[Key, ...]) -> Gate:
    return Gate(
        id=written.id,
        when=reader.tree(written.when, (*path, "when")),
        reason=written.reason.strip(),
        ask=written.ask.strip(),
        holds_open=tuple(written.holds_open),
        cites=tuple(written.cites),
    )


def _statement(written: shape.StatementShape, reader: TreeReader, path: tuple[Key, ...]) -> PolicyStatement:
    return PolicyStatement(
        id=written.id,
        kind=written.kind,
        text=written.text.strip(),
        cites=tuple(written.cites),
        when=reader.optional(written.when, (*path, "when")),
    )


def _guard(written: shape.GuardShape, reader: TreeReader, path: tuple[Key, ...]) -> PolicyStatement:
    return PolicyStatement(
        id=written.id,
        kind=GUARD_KIND,
        text=written.statement.strip(),
        cites=tuple(written.cites),
        when=reader.tree(written.when, (*path, "when")),
    )


_KEYS = {
    "criteria": tuple(field.alias or name for name, field in shape.CriterionShape.model_fields.items()),
    "waivers": tuple(shape.WaiverShape.model_fields),
    "pathways": tuple(shape.PathwayShape.model_fields),
    "gate": tuple(shape.GateShape.model_fields),
    "guards": tuple(shape.GuardShape.model_fields),
    "statements": tuple(shape.StatementShape.model_fields),
    "applies_to": tuple(shape.ScopeShape.model_fields),
    "thresholds": tuple(shape.ThresholdShape.model_fields),
    "allowed": tuple(shape.AllowanceShape.model_fields),
}


def _problem_of_shape(source: Source, detail: Mapping[str, object]) -> Problem:
    """A mistake in the shape, in the words of an author; pydantic's tags of unions are taken out of the path."""
    loc = detail["loc"]
    path = _path_in(source.data, loc if isinstance(loc, tuple) else ())
    last = str(path[-1]) if path else ""
    where = source.where(path)
    kind = str(detail["type"])
    if kind == "missing":
        missing = str(loc[-1]) if isinstance(loc, tuple) and loc else ""
        return Problem(
            where,
            f"`{missing}` is missing",
            "write `never` if the chart cannot fail it" if missing == "not_met" else "",
        )
    if kind == "extra_forbidden":
        known = (
            _KEYS.get(str(path[0]), tuple(shape.PolicyShape.model_fields))
            if len(path) > 1
            else tuple(shape.PolicyShape.model_fields)
        )
        return Problem(where, f"`{last}` is not a key here", did_you_mean(last, known))
    if kind == "too_short":
        return Problem(where, f"`{last}` is empty", "an empty group decides nothing: fill it or take it out")
    if kind == "string_type":
        return Problem(where, f"`{last}` must be text", "put it in quotes")
    if kind in ("union_tag_invalid", "model_type", "dict_type"):
        return Problem(
            where, f"`{last}` is not a tree", "write `ask:` or one of all, any, none, not_shown, at_least with of"
        )
    return Problem(where, f"`{last}`: {str(detail['msg']).lower()}")


def _path_in(data: object, loc: Sequence[Key]) -> tuple[Key, ...]:
    path: list[Key] = []
    for step in loc:
        if isinstance(data, list):
            if not isinstance(step, int) or step >= len(data):
                continue
            data = data[step]
        elif isinstance(data, Mapping) and step in data:
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)
