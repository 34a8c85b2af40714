"""The facts as a report: every statement that was read, with its type, its fields and its spans.

`text` of each document is what all spans count in.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from enum import Enum
from typing import Any

from necessity.charts.chart import Chart
from necessity.charts.span import Evidence
from necessity.facts.fact import Fact
from necessity.reports.outline import on_one_line
from necessity.values.dates import Length, PartialDate

SCHEMA = "necessity.facts/1"


def facts_object(chart: Chart, facts: tuple[Fact, ...]) -> dict[str, Any]:
    """`necessity.facts/1`: documents with their text, and facts in the order of the chart."""
    return {
        "schema": SCHEMA,
        "documents": [
            {
                "id": document.id,
                "name": document.name,
                "sha256": document.sha256,
                "kind": document.kind.value,
                "written": _plain(document.written),
                "pages": document.pages,
                "page_starts": list(document.page_starts),
                "characters": len(document.text),
                "text": document.text,
            }
            for document in chart.documents
        ],
        "facts": [fact_object(fact) for fact in facts],
        "left_out": [{"where": p.where, "message": p.message, "hint": p.hint} for p in chart.problems],
    }


def fact_object(fact: Fact) -> dict[str, Any]:
    """One fact: its type, then its fields in the order of the record; those that say nothing are left out."""
    values = {each.name: _plain(getattr(fact, each.name)) for each in fields(fact)}
    said = {name: value for name, value in values.items() if name != "evidence" and _says_something(value)}
    return {"type": type(fact).__name__, **said, "evidence": values["evidence"]}


def facts_text(chart: Chart, facts: tuple[Fact, ...]) -> str:
    """One line per fact, under the name of its document."""
    lines: list[str] = []
    for document in chart.documents:
        lines.append(f"{document.id}  {on_one_line(document.name)}")
        for fact in facts:
            first = fact.evidence[0]
            if first.document == document.id:
                lines.append(f"  {first.start:>6}-{first.end:<6} {_summary(fact)}  “{on_one_line(first.quote)}”")
    return "\n".join(lines) + "\n"


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    """A passage in the order of the contract."""
    told: dict[str, Any] = {
        "document": evidence.document,
        "page": evidence.page,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    if evidence.boxes:
        told["boxes"] = [asdict(box) for box in evidence.boxes]
    if evidence.confidence is not None:
        told["confidence"] = evidence.confidence
    if evidence.origin:
        told["origin"] = evidence.origin
    return told


def _says_something(value: Any) -> bool:
    # A grade of 0 says much; an unset mark says nothing.
    return value is not None and value is not False and value not in ("", [])


def _summary(fact: Fact) -> str:
    said = fact_object(fact)
    skipped = {"type", "concept", "assertion", "evidence", "written", "source"}
    details = " ".join(f"{name}={_short(value)}" for name, value in said.items() if name not in skipped)
    return f"{fact.concept} {fact.assertion.value}" + (f" [{details}]" if details else "")


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_short(item) for item in value)
    if isinstance(value, dict):
        return "/".join(_short(item) for item in value.values() if item is not None)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
    if isinstance(value, Length):
        return {"days": value.days, "least": value.least, "most": value.most}
    if isinstance(value, Evidence):
        return evidence_object(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
