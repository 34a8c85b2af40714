"""The shape of `necessity.determination/1`: the types that `to_json` fills, and the JSON Schema made from them.

Only type checking and the schema use this module, so that a report is written without loading pydantic.
`python -m necessity.reports.contract` prints the schema kept at docs/reference/determination.schema.json.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

SCHEMA_ID = "necessity.determination/1"

Day = Annotated[str, Field(json_schema_extra={"format": "date"}, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Status = Literal["met", "not_met", "undocumented", "conflicting", "waived", "not_applicable"]
Outcome = Literal["medically_necessary", "needs_documentation", "not_medically_necessary", "out_of_scope"]
Category = Literal[
    "history",
    "indication",
    "neurologic",
    "imaging",
    "concordance",
    "instability",
    "conservative_duration",
    "conservative_measures",
    "conservative_response",
    "function",
    "exclusion",
    "risk",
    "trial_response",
    "level_of_care",
]


class Engine(TypedDict):
    version: str


class PageReadJson(TypedDict):
    """How a page of a PDF or scan was read. `page` counts in the file, `confidence` is 0 to 100, for OCR."""

    page: Annotated[int, Field(ge=1)]
    how: Literal["text", "ocr", "blank", "unread"]
    confidence: float | None
    note: str


class BoxJson(TypedDict):
    """A place on a page of the file: points (1/72 inch) from the top left corner."""

    page: Annotated[int, Field(ge=1)]
    left: float
    top: float
    right: float
    bottom: float


class DocumentJson(TypedDict):
    id: str
    name: str
    sha256: Sha256
    characters: Annotated[int, Field(ge=0)]
    pages: Annotated[int, Field(ge=1)]
    kind: str
    written: Day | None
    read: NotRequired[list[PageReadJson]]


class EvidenceJson(TypedDict):
    """`text_of(document)[start:end] == quote`, in characters. `boxes` where the document came as pages, `confidence` (the
    least of its words, 0 to 100) where the passage was recognised in a picture, `origin` where it shows a structured record
    (resource and elements)."""

    document: str
    page: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    quote: Annotated[str, Field(min_length=1)]
    boxes: NotRequired[list[BoxJson]]
    confidence: NotRequired[float]
    origin: NotRequired[str]


class RequestJson(TypedDict):
    procedures: list[str]
    cpt: list[str]
    levels: list[str]
    side: str | None
    revision: bool | None
    setting: str | None
    source: Literal["given", "chart"]
    sources: dict[str, str]
    priority: NotRequired[Literal["routine", "urgent"]]
    payer: NotRequired[str]
    state: NotRequired[str]
    line_of_business: NotRequired[str]


class PolicyJson(TypedDict):
    id: str
    pack: str
    version: str
    effective: Day
    sha256: str
    title: str
    owner: str
    last_checked: Day | None
    status: str


class StatementJson(TypedDict):
    kind: str
    text: str
    follows_from: str
    cites: list[str]
    evidence: list[EvidenceJson]


class FindingJson(TypedDict):
    criterion: str
    category: Category
    title: str
    status: Status
    waived_by: list[str]
    reason: str
    evidence: list[EvidenceJson]
    sought: list[str]
    cites: list[str]
    could_be_met_on: Day | None


class WaiverJson(TypedDict):
    id: str
    status: Status
    evidence: list[EvidenceJson]
    title: str
    reason: str
    waives: list[str]
    urgent: bool


class DeficiencyJson(TypedDict):
    criterion: str
    category: Category
    status: Status
    reason: str
    ask: str
    line: str | None


class LineJson(TypedDict):
    id: str
    procedure: str
    cpt: list[str]
    level: str | None
    side: str | None
    policy: PolicyJson | None
    outcome: Outcome
    findings: list[FindingJson]
    basis: str
    procedures: list[str]
    waivers: list[WaiverJson]
    fixes: list[list[str]]
    waiver_fixes: list[list[str]]
    earliest_date: Day | None


class LevelOfCareJson(TypedDict):
    requested: str
    outcome: Outcome
    supported: str | None
    findings: list[FindingJson]
    reason: str


class ConflictJson(TypedDict):
    about: str
    statements: list[EvidenceJson]
    reason: str
    blocking: bool


class AlternativeJson(TypedDict):
    request: str
    outcome: Outcome
    why: str


class ReferenceJson(TypedDict):
    id: str
    citation: str
    finding: str


class BarJson(TypedDict):
    label: str
    start: Day | None
    end: Day | None
    note: str
    counted: bool
    evidence: list[EvidenceJson]


class ProblemJson(TypedDict):
    """Something of the chart that could not be read."""

    where: str
    message: str
    hint: str


class DeterminationJson(TypedDict):
    """One determination.

    `digest` is the SHA-256 of the canonical JSON (keys sorted, no white space, UTF-8) of all the rest. Further keys may
    be added within `/1`; those named here keep their meaning. `policy_choice` says which policy judges and why, where the
    request names a member.
    """

    schema: Literal["necessity.determination/1"]
    case: str
    as_of: Day
    engine: Engine
    digest: Sha256
    documents: list[DocumentJson]
    request: RequestJson
    policy: PolicyJson | None
    outcome: Outcome
    basis: str
    split: bool
    urgent: bool
    urgent_reasons: list[StatementJson]
    lines: list[LineJson]
    findings: list[FindingJson]
    waivers: list[WaiverJson]
    level_of_care: LevelOfCareJson | None
    deficiencies: list[DeficiencyJson]
    fixes: list[list[str]]
    earliest_date: Day | None
    conflicts: list[ConflictJson]
    alternatives: list[AlternativeJson]
    references: list[ReferenceJson]
    as_of_source: str
    record: str
    answer: list[StatementJson]
    statements: list[StatementJson]
    timeline: list[BarJson]
    left_out: list[ProblemJson]
    notes: NotRequired[list[ProblemJson]]
    policy_choice: NotRequired[list[StatementJson]]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a determination, as published."""
    schema = TypeAdapter(DeterminationJson).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": SCHEMA_ID}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
