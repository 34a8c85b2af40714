"""Checks that need the whole policy: ids are unique, references resolve, placeholders exist."""

from __future__ import annotations

import string
from collections.abc import Iterable

from necessity.policies.hints import did_you_mean
from necessity.policies.policy import Category, Policy
from necessity.policies.source import Key, Source
from necessity.values.problem import Problem

PLACEHOLDERS = ("level", "side", "procedure", "region")


def check(policy: Policy, source: Source, known_citations: frozenset[str]) -> tuple[Problem, ...]:
    """Every mistake that shows only when the parts are seen together."""
    return (
        *_duplicates(source, "criteria", policy.criteria),
        *_duplicates(source, "waivers", policy.waivers),
        *_duplicates(source, "pathways", policy.pathways),
        *_duplicates(source, "gate", policy.gates),
        *_statement_duplicates(policy, source),
        *_unknown_criteria(policy, source),
        *_unresolved_citations(source, known_citations),
        *_placeholders(policy, source),
        *_level_of_care(policy, source),
        *_dates(policy, source),
    )


def _duplicates(source: Source, part: str, items: Iterable[object]) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        name = str(getattr(item, "id", ""))
        if name in seen:
            yield Problem(
                source.where((part, index, "id")), f"`{name}` is used twice in {part}", "give each its own id"
            )
        seen.add(name)


def _statement_duplicates(policy: Policy, source: Source) -> Iterable[Problem]:
    ids = [statement.id for statement in policy.statements]
    for name in sorted({each for each in ids if ids.count(each) > 1}):
        yield Problem(
            source.where(("statements",)), f"`{name}` is used twice in statements and guards", "give each its own id"
        )


def _unknown_criteria(policy: Policy, source: Source) -> Iterable[Problem]:
    known = [criterion.id for criterion in policy.criteria]
    named: list[tuple[tuple[Key, ...], tuple[str, ...]]] = [
        *((("waivers", index, "waives"), waiver.waives) for index, waiver in enumerate(policy.waivers)),
        *((("gate", index, "holds_open"), gate.holds_open) for index, gate in enumerate(policy.gates)),
    ]
    for index, pathway in enumerate(policy.pathways):
        named.append((("pathways", index, "not_applicable"), pathway.not_applicable))
        named.append((("pathways", index, "waived"), pathway.waived))
    for path, ids in named:
        for position, name in enumerate(ids):
            if name not in known:
                yield Problem(source.where((*path, position)), f"unknown criterion `{name}`", did_you_mean(name, known))


def _unresolved_citations(source: Source, known: frozenset[str]) -> Iterable[Problem]:
    for path, name in _citations(source.data, ()):
        if name not in known:
            yield Problem(
                source.where(path),
                f"unknown citation `{name}`",
                did_you_mean(name, sorted(known)) or "cite a finding of the evidence library (`peul-2007.1`)",
            )


def _citations(data: object, path: tuple[Key, ...]) -> Iterable[tuple[tuple[Key, ...], str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "cites" and isinstance(value, list):
                yield from (((*path, key, index), str(name)) for index, name in enumerate(value))
            else:
                yield from _citations(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _citations(value, (*path, index))


def _placeholders(policy: Policy, source: Source) -> Iterable[Problem]:
    texts: list[tuple[tuple[Key, ...], str]] = [
        *((("criteria", index, "ask"), criterion.ask) for index, criterion in enumerate(policy.criteria)),
        *((("gate", index, "ask"), gate.ask) for index, gate in enumerate(policy.gates)),
        *((("gate", index, "reason"), gate.reason) for index, gate in enumerate(policy.gates)),
        *((("statements",), statement.text) for statement in policy.statements),
    ]
    for path, text in texts:
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            yield Problem(source.where(path), "a brace is not closed", "write {level}, {side}, {procedure} or {region}")
            continue
        for name in names:
            if name not in PLACEHOLDERS:
                yield Problem(source.where(path), f"unknown placeholder `{{{name}}}`", did_you_mean(name, PLACEHOLDERS))


def _level_of_care(policy: Policy, source: Source) -> Iterable[Problem]:
    """The level of care is decided apart: its criteria and those of a procedure never share a policy."""
    for index, criterion in enumerate(policy.criteria):
        if (criterion.category is Category.LEVEL_OF_CARE) != (policy.decides == "level_of_care"):
            yield Problem(
                source.where(("criteria", index, "category")),
                f"`{criterion.category.value}` does not belong in a policy that decides {policy.decides}",
                "the level of care has a policy of its own",
            )


def _dates(policy: Policy, source: Source) -> Iterable[Problem]:
    if policy.decides == "procedure" and not policy.applies_to:
        yield Problem(
            source.where(("applies_to",)), "`applies_to` is empty", "name the procedures that the policy decides"
        )
    for index, scope in enumerate(policy.applies_to):
        if policy.decides == "procedure" and not scope.procedures:
            yield Problem(source.where(("applies_to", index)), "a scope needs `procedures`")
