"""A policy as plain records: whose criteria, for which requests, and the trees that decide each criterion.

A tree is a small fixed vocabulary over named questions (see docs/reference/policy-language.md). Every leaf reads as a
known-flag and a value, every criterion as a pair of trees (surely met, surely not met), so that a policy can be
translated to a solver as it stands. Records are right by construction: `from_yaml` checks them once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

ParamValue = float | bool | str | tuple[str, ...]
Decides = Literal["procedure", "level_of_care"]
PolicyStatus = Literal["active", "draft"]


class Category(StrEnum):
    """What a criterion is about, the same in every policy, so that results compare across policies."""

    HISTORY = "history"
    INDICATION = "indication"
    NEUROLOGIC = "neurologic"
    IMAGING = "imaging"
    CONCORDANCE = "concordance"
    INSTABILITY = "instability"
    CONSERVATIVE_DURATION = "conservative_duration"
    CONSERVATIVE_MEASURES = "conservative_measures"
    CONSERVATIVE_RESPONSE = "conservative_response"
    FUNCTION = "function"
    EXCLUSION = "exclusion"
    RISK = "risk"
    TRIAL_RESPONSE = "trial_response"
    LEVEL_OF_CARE = "level_of_care"


class Kind(StrEnum):
    """What a sentence of a policy is for."""

    PITFALL = "pitfall"
    DISTINCTION = "distinction"
    SPECIAL_POPULATION = "special_population"
    EXPECTED_OUTCOME = "expected_outcome"
    RISK = "risk"
    NATURAL_HISTORY = "natural_history"
    DECISION_STEP = "decision_step"
    EVIDENCE = "evidence"
    ALTERNATIVE = "alternative"
    EXCEPTION = "exception"  # what is no exception, though it is often offered as one


class Edge(StrEnum):
    """How a number is compared. The first and the third include the number itself."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of these: True or False for a yes/no question, strings for a choice."""

    values: tuple[bool | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The answer lies on one side of a number.

    `amount` is in `unit`, the unit of the question; `written` is the author's words.
    """

    edge: Edge
    amount: float
    unit: str | None
    written: str
    threshold: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One question, asked with its params, and the comparison of its answer. `line` is its place in the file."""

    question: str
    params: tuple[tuple[str, ParamValue], ...]
    test: OneOf | Bound
    line: int = 0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every branch holds."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One branch suffices."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No branch holds, and each is known not to."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class NotShown:
    """No branch is shown: here the policy reads silence as no. A conflict is not silence."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the branches hold."""

    count: int
    of: tuple[Tree, ...]


Tree = Leaf | AllOf | AnyOf | NoneOf | NotShown | AtLeast


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that the policy names once, with where it comes from."""

    id: str
    written: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that must be shown.

    `met` and `not_met` are asked separately; where neither is known the criterion is undocumented. `not_met` None: the
    chart cannot fail it, only leave it open. `ask` names the document that would settle it, with {level} and {side}.
    """

    id: str
    category: Category
    title: str
    ask: str
    met: Tree
    not_met: Tree | None
    not_applicable: Tree | None = None
    why: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reason for which criteria are not asked. `open`: something points to it and nobody examined it.

    `shown_by` says in words what would show it.
    """

    id: str
    title: str
    met: Tree
    open: Tree | None
    waives: tuple[str, ...]
    urgent: bool
    cites: tuple[str, ...] = ()
    shown_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A clinical route on which some criteria do not apply and others are waived."""

    id: str
    title: str
    when: Tree
    not_applicable: tuple[str, ...]
    waived: tuple[str, ...]
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A red flag looked at before everything: it makes the case urgent and asks for what is missing at once.

    `holds_open` are criteria that cannot fail while it stands.
    """

    id: str
    when: Tree
    reason: str
    ask: str
    holds_open: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStatement:
    """A sentence beyond the criteria, said when its tree holds; `when` None: always."""

    id: str
    kind: Kind
    text: str
    when: Tree | None = None
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A property that this policy is not to have, and why: `property` by its name, of the part that `of` names."""

    property: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Requests that a policy covers; an empty field asks nothing (see `scope.covers`)."""

    procedures: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    revision: bool | None = None
    diagnosis: tuple[str, ...] = ()
    with_cpt: tuple[str, ...] = ()
    without_cpt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy in force from `effective` on, until a later dated file of the same id.

    `retroactive`: its first file also judges requests from before its date, as criteria of nobody's contract may.
    `identifier`, `url`, `read_as`: which document of its owner it restates, where it stands, how much of it was read.
    """

    id: str
    pack: str
    title: str
    version: str
    effective: date
    last_checked: date
    status: PolicyStatus
    owner: str
    source: str
    decides: Decides
    applies_to: tuple[Scope, ...]
    thresholds: tuple[Threshold, ...]
    criteria: tuple[Criterion, ...]
    waivers: tuple[Waiver, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    gates: tuple[Gate, ...] = ()
    statements: tuple[PolicyStatement, ...] = ()
    retroactive: bool = False
    allowed: tuple[Allowance, ...] = ()
    identifier: str = ""
    url: str = ""
    read_as: str = ""
    sha256: str = ""


def branches(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below; none for a leaf."""
    return () if isinstance(tree, Leaf) else tree.of


def leaves(tree: Tree) -> tuple[Leaf, ...]:
    """Every leaf, in the order of the file."""
    if isinstance(tree, Leaf):
        return (tree,)
    return tuple(leaf for branch in branches(tree) for leaf in leaves(branch))
