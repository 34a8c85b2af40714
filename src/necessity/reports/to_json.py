"""JSON: the contract `necessity.determination/1`, key by key in its published order (see `contract`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

import orjson

from necessity import __version__
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.charts.span import Evidence
from necessity.determinations.determination import (
    Determination,
    LevelOfCare,
    LineDetermination,
    PolicyRef,
    Statement,
    TimelineBar,
)
from necessity.findings.finding import Finding, WaiverFinding

if TYPE_CHECKING:
    from necessity.reports import contract


def to_json(determination: Determination) -> bytes:
    """The determination as one indented JSON object, with a line end."""
    return encode(to_object(determination), orjson.OPT_INDENT_2) + b"\n"


def to_json_line(determination: Determination) -> bytes:
    """The same object on one line, for many cases in one file."""
    return encode(to_object(determination), 0) + b"\n"


def to_object(determination: Determination) -> contract.DeterminationJson:
    """The determination as plain lists and dictionaries, its digest filled in."""
    whole = _whole(determination)
    rest = {key: value for key, value in whole.items() if key != "digest"}
    whole["digest"] = hashlib.sha256(canonical(rest)).hexdigest()
    return whole


def canonical(value: object) -> bytes:
    """Keys sorted, no white space, UTF-8: the bytes that the digest is taken of."""
    return encode(value, orjson.OPT_SORT_KEYS)


def encode(value: object, option: int = 0) -> bytes:
    """Any JSON value as UTF-8, by the options of orjson."""
    try:
        return orjson.dumps(value, option=option)
    except TypeError:
        # A file name or text that was not valid Unicode on arrival: only escapes can carry it.
        indent = 2 if option & orjson.OPT_INDENT_2 else None
        separators = (",", ": ") if indent else (",", ":")
        sort = bool(option & orjson.OPT_SORT_KEYS)
        return json.dumps(value, indent=indent, separators=separators, sort_keys=sort).encode()


def _whole(determination: Determination) -> contract.DeterminationJson:
    worst = determination.worst_line
    care = determination.level_of_care
    whole: contract.DeterminationJson = {
        "schema": "necessity.determination/1",
        "case": determination.case,
        "as_of": determination.as_of.isoformat(),
        "engine": {"version": __version__},
        "digest": "",
        "documents": [_document(document) for document in determination.chart.documents],
        "request": _request(determination.request),
        "policy": _policy(worst.policy) if worst else None,
        "outcome": determination.outcome.value,
        "basis": determination.basis,
        "split": determination.split,
        "urgent": determination.urgent,
        "urgent_reasons": [_statement(reason) for reason in determination.urgent_reasons],
        "lines": [_line(line) for line in determination.lines],
        "findings": [_finding(finding) for finding in determination.findings],
        "waivers": [_waiver(waiver) for waiver in determination.waivers],
        "level_of_care": _level_of_care(care) if care else None,
        "deficiencies": [
            {
                "criterion": deficiency.criterion,
                "category": cast("contract.Category", deficiency.category),
                "status": deficiency.status.value,
                "reason": deficiency.reason,
                "ask": deficiency.ask,
                "line": deficiency.line,
            }
            for deficiency in determination.deficiencies
        ],
        "fixes": [list(fix) for fix in worst.fixes] if worst else [],
        "earliest_date": _day(worst.earliest_date) if worst else None,
        "conflicts": [
            {
                "about": conflict.about,
                "statements": _passages(conflict.statements),
                "reason": conflict.reason,
                "blocking": conflict.blocking,
            }
            for conflict in determination.conflicts
        ],
        "alternatives": [
            {"request": other.request, "outcome": other.outcome.value, "why": other.why}
            for other in determination.alternatives
        ],
        "references": [
            {"id": reference.id, "citation": reference.citation, "finding": reference.finding}
            for reference in determination.references
        ],
        "as_of_source": determination.as_of_source,
        "record": determination.record,
        "answer": [_statement(sentence) for sentence in determination.answer],
        "statements": [_statement(statement) for statement in determination.statements],
        "timeline": [_bar(bar) for bar in determination.timeline],
        "left_out": [
            {"where": problem.where, "message": problem.message, "hint": problem.hint}
            for problem in determination.chart.problems
        ],
    }
    if determination.chart.notes:
        notes = determination.chart.notes
        whole["notes"] = [{"where": note.where, "message": note.message, "hint": note.hint} for note in notes]
    if determination.policy_choice:
        whole["policy_choice"] = [_statement(choice) for choice in determination.policy_choice]
    return whole


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _passages(evidence: Iterable[Evidence]) -> list[contract.EvidenceJson]:
    return [_passage(one) for one in evidence]


def _passage(one: Evidence) -> contract.EvidenceJson:
    told: contract.EvidenceJson = {
        "document": one.document,
        "page": one.page,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
    }
    if one.boxes:
        told["boxes"] = [
            {"page": box.page, "left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}
            for box in one.boxes
        ]
    if one.confidence is not None:
        told["confidence"] = one.confidence
    if one.origin:
        told["origin"] = one.origin
    return told


def _document(document: Document) -> contract.DocumentJson:
    told: contract.DocumentJson = {
        "id": document.id,
        "name": document.name,
        "sha256": document.sha256,
        "characters": len(document.text),
        "pages": document.pages,
        "kind": document.kind.value,
        "written": _day(document.written),
    }
    if document.layout:
        told["read"] = [
            {"page": page.number, "how": page.how.value, "confidence": page.confidence, "note": page.note}
            for page in document.layout.pages
        ]
    return told


def _request(request: Request) -> contract.RequestJson:
    sources = {field: request.sources[field] for field in sorted(request.sources)}
    source: Literal["given", "chart"] = "given" if not sources or "given" in sources.values() else "chart"
    told: contract.RequestJson = {
        "procedures": list(request.procedures),
        "cpt": list(request.cpt),
        "levels": list(request.levels),
        "side": request.side,
        "revision": request.revision,
        "setting": request.setting,
        "source": source,
        "sources": sources,
    }
    if request.priority:
        told["priority"] = cast("Literal['routine', 'urgent']", request.priority)
    if request.payer:
        told["payer"] = request.payer
    if request.state:
        told["state"] = request.state
    if request.line_of_business:
        told["line_of_business"] = request.line_of_business
    return told


def _policy(policy: PolicyRef | None) -> contract.PolicyJson | None:
    if policy is None:
        return None
    return {
        "id": policy.id,
        "pack": policy.pack,
        "version": policy.version,
        "effective": policy.effective.isoformat(),
        "sha256": policy.sha256,
        "title": policy.title,
        "owner": policy.owner,
        "last_checked": _day(policy.last_checked),
        "status": policy.status,
    }


def _statement(statement: Statement) -> contract.StatementJson:
    return {
        "kind": statement.kind,
        "text": statement.text,
        "follows_from": statement.follows_from,
        "cites": list(statement.cites),
        "evidence": _passages(statement.evidence),
    }


def _finding(finding: Finding) -> contract.FindingJson:
    return {
        "criterion": finding.criterion,
        "category": cast("contract.Category", finding.category),
        "title": finding.title,
        "status": finding.status.value,
        "waived_by": list(finding.waived_by),
        "reason": finding.reason,
        "evidence": _passages(finding.evidence),
        "sought": list(finding.sought),
        "cites": list(finding.cites),
        "could_be_met_on": _day(finding.could_be_met_on),
    }


def _waiver(waiver: WaiverFinding) -> contract.WaiverJson:
    return {
        "id": waiver.id,
        "status": waiver.status.value,
        "evidence": _passages(waiver.evidence),
        "title": waiver.title,
        "reason": waiver.reason,
        "waives": list(waiver.waives),
        "urgent": waiver.urgent,
    }


def _line(decided: LineDetermination) -> contract.LineJson:
    line = decided.line
    return {
        "id": line.id,
        "procedure": line.procedure,
        "cpt": list(line.cpt),
        "level": line.level,
        "side": line.side.value if line.side else None,
        "policy": _policy(decided.policy),
        "outcome": decided.outcome.value,
        "findings": [_finding(finding) for finding in decided.findings],
        "basis": decided.basis,
        "procedures": list(line.procedures),
        "waivers": [_waiver(waiver) for waiver in decided.waivers],
        "fixes": [list(fix) for fix in decided.fixes],
        "waiver_fixes": [list(fix) for fix in decided.waiver_fixes],
        "earliest_date": _day(decided.earliest_date),
    }


def _level_of_care(care: LevelOfCare) -> contract.LevelOfCareJson:
    return {
        "requested": care.requested,
        "outcome": care.outcome.value,
        "supported": care.supported,
        "findings": [_finding(finding) for finding in care.findings],
        "reason": care.reason,
    }


def _bar(bar: TimelineBar) -> contract.BarJson:
    return {
        "label": bar.label,
        "start": _day(bar.start),
        "end": _day(bar.end),
        "note": bar.note,
        "counted": bar.counted,
        "evidence": _passages(bar.evidence),
    }
