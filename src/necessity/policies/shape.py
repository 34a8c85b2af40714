"""The shape of a policy file, for checking on entry and for the JSON Schema that editors use.

Only the shape: whether questions exist, units fit and ids resolve is checked in `from_yaml`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from necessity.policies.policy import Category, Decides, Kind, PolicyStatus

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Id = Annotated[str, Field(pattern=rf"^{ID_PATTERN.pattern}$", description="lower-case words joined by hyphens")]
Words = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[0-9A-Z]{5}$", description="a procedure code, in quotes")]
Trees = Annotated[list["TreeShape"], Field(min_length=1)]
Quantity = Annotated[str | int | float, Field(description='a number and its unit ("6 weeks"), or a threshold')]
GROUPS = ("all", "any", "none", "not_shown")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AskShape(BaseModel):
    """A question and the comparison of its answer; every other key is a param of the question."""

    model_config = ConfigDict(extra="allow", strict=True)

    ask: Words
    is_: Annotated[bool | str | None, Field(alias="is")] = None
    in_: Annotated[list[str] | None, Field(alias="in", min_length=1)] = None
    at_least: Quantity | None = None
    more_than: Quantity | None = None
    at_most: Quantity | None = None
    less_than: Quantity | None = None


class AllShape(_Shape):
    all: Trees


class AnyShape(_Shape):
    any: Trees


class NoneShape(_Shape):
    none: Trees


class NotShownShape(_Shape):
    not_shown: Trees


class AtLeastShape(_Shape):
    at_least: Annotated[int, Field(ge=1)]
    of: Trees


def _kind_of_tree(value: Any) -> str:
    """Which tree an author meant: the key tells, or the word that stands for one."""
    if isinstance(value, str):
        return "word"
    if not isinstance(value, dict):
        return "ask"
    if "ask" in value:
        return "ask"
    return next((group for group in GROUPS if group in value), "of" if "of" in value else "ask")


_Asked = Annotated[AskShape, Tag("ask")]
_Grouped = (
    Annotated[AllShape, Tag("all")]
    | Annotated[AnyShape, Tag("any")]
    | Annotated[NoneShape, Tag("none")]
    | Annotated[NotShownShape, Tag("not_shown")]
    | Annotated[AtLeastShape, Tag("of")]
)
TreeShape = Annotated[_Asked | _Grouped, Discriminator(_kind_of_tree)]
TreeOrNever = Annotated[_Asked | _Grouped | Annotated[Literal["never"], Tag("word")], Discriminator(_kind_of_tree)]
TreeOrAlways = Annotated[_Asked | _Grouped | Annotated[Literal["always"], Tag("word")], Discriminator(_kind_of_tree)]


class ScopeShape(_Shape):
    procedures: list[Words] = []
    cpt: list[Code] = []
    levels: Annotated[list[Words], Field(description='levels or ranges: "T1-2 to T12-L1"')] = []
    regions: list[Literal["cervical", "thoracic", "lumbar"]] = []
    revision: bool | None = None
    diagnosis: list[Literal["disc", "stenosis", "unknown"]] = []
    with_cpt: list[Code] = []
    without_cpt: list[Code] = []


class ThresholdShape(_Shape):
    value: Annotated[str | int | float, Field(description='a number with its unit: "6 weeks"')]
    source: Words


class CriterionShape(_Shape):
    id: Id
    category: Annotated[Category, Field(strict=False)]
    title: Words
    ask: Annotated[str, Field(min_length=1, description="the exact document that would settle it")]
    met: TreeShape
    not_met: Annotated[TreeOrNever, Field(description="`never` where the chart can only leave it open")]
    not_applicable: TreeShape | None = None
    why: Words
    cites: list[Words] = []


class WaiverShape(_Shape):
    id: Id
    title: Words
    shown_by: str = ""
    met: TreeShape
    open: TreeShape | None = None
    waives: Annotated[list[Words], Field(min_length=1)]
    urgent: bool
    cites: list[Words] = []


class PathwayShape(_Shape):
    id: Id
    title: Words
    when: TreeShape
    not_applicable: list[Words] = []
    waived: list[Words] = []
    cites: list[Words] = []


class GateShape(_Shape):
    id: Id
    when: TreeShape
    reason: Words
    ask: Words
    holds_open: list[Words] = []
    cites: list[Words] = []


class GuardShape(_Shape):
    id: Id
    when: TreeShape
    statement: Words
    cites: list[Words] = []


class StatementShape(_Shape):
    id: Id
    kind: Annotated[Kind, Field(strict=False)]
    when: TreeOrAlways
    text: Words
    cites: list[Words] = []


class AllowanceShape(_Shape):
    property: Annotated[str, Field(min_length=1, description="a property that `necessity policies prove` names")]
    of: Annotated[str, Field(min_length=1, description="the criterion, waiver or question that it is allowed for")]
    reason: Words


class PolicyShape(_Shape):
    """One policy, as its file is written."""

    id: Id
    pack: Id
    title: Words
    version: Words
    effective: date
    last_checked: date
    status: PolicyStatus
    owner: Annotated[str, Field(min_length=1, description="whose criteria these are")]
    source: Words
    identifier: Annotated[str, Field(description="the number of the document at its owner")] = ""
    url: Annotated[str, Field(description="where the document, or the summary that was read, stands")] = ""
    read_as: Annotated[str, Field(description="how much of the document was read, and when; a draft says why")] = ""
    decides: Decides = "procedure"
    retroactive: Annotated[bool, Field(description="judges requests from before its date too")] = False
    applies_to: list[ScopeShape]
    thresholds: dict[Id, ThresholdShape] = {}
    criteria: Annotated[list[CriterionShape], Field(min_length=1)]
    waivers: list[WaiverShape] = []
    pathways: list[PathwayShape] = []
    gate: list[GateShape] = []
    guards: list[GuardShape] = []
    statements: list[StatementShape] = []
    allowed: list[AllowanceShape] = []
