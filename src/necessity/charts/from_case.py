"""A case from a case file or a line of JSON: documents, the request, and the date it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from necessity.charts.assemble import Assembled
from necessity.charts.chart import Case, chart_of
from necessity.charts.document import Document, Kind
from necessity.charts.from_asked import form_from_asked
from necessity.charts.from_form import RECORDS, Faults, FormWords, date_of, echo, one_of, parse_date, read_form
from necessity.charts.from_text import document_from_string
from necessity.values.errors import InputError
from necessity.values.problem import Problem

NOTHING_BESIDE = Assembled(())
CASE_KEYS = ("id", "as_of", "record", "request", "documents", "text", "fhir")
# Keys of labelled cases and notes: they are about the case and no part of it.
_LABELS = frozenset({"title", "family", "expect", "why", "name", "note_type", "description", "specialties"})
_DOCUMENT_KEYS = ("name", "date", "text", "kind", "author_role")
_KINDS = frozenset(kind.value for kind in Kind)


def is_case(raw: Any) -> bool:
    """Whether parsed content is a whole case rather than a request form or something else."""
    # A FHIR resource has a `text` too.
    return isinstance(raw, Mapping) and "resourceType" not in raw and ("documents" in raw or "text" in raw)


def case_from_mapping(
    raw: Any, where: str, words: FormWords, *, default_id: str, beside: Assembled = NOTHING_BESIDE
) -> Case:
    """The case that a case file or a JSON line holds. InputError names everything that stops it.

    `beside` are the documents of a record that came with it, whose request counts where the case brings none.
    """
    if not (is_case(raw) or beside.documents):
        raise InputError(
            *(beside.problems or [Problem(where, "a case needs `documents` or `text`", "or is a FHIR chart")])
        )
    faults = Faults(where)
    for key in raw:
        if key not in CASE_KEYS and key not in _LABELS:
            faults.note(f"unknown key `{echo(key)}`, not used", "a case has " + ", ".join(CASE_KEYS))
    form = read_form(faults, raw.get("request"), words)
    if raw.get("request") is None and beside.asked:
        form = form_from_asked(beside.asked, words)
        faults.notes += form.problems
    as_of = date_of(faults, "as_of", raw.get("as_of")) or form.as_of
    closed = one_of(faults, "record", raw.get("record"), RECORDS)
    case_id = default_id if raw.get("id") in (None, "") else str(raw["id"])
    documents = [*(_documents(faults, raw, case_id) if is_case(raw) else ()), *beside.documents]
    if faults.stopping or not documents:
        raise InputError(*(faults.stopping or faults.notes or [Problem(where, "the case has no documents")]))
    return Case(
        id=case_id,
        chart=chart_of(documents, [*faults.notes, *beside.problems], beside.notes),
        request=form.request,
        as_of=as_of,
        record_closed=form.record_closed if closed is None else closed,
    )


def _documents(faults: Faults, raw: Mapping[str, Any], case_id: str) -> list[Document]:
    entries = raw.get("documents")
    if entries is None:
        entries = [{"name": case_id, "text": raw.get("text")}]
    if not isinstance(entries, list):
        faults.stop("`documents` should be a list")
        return []
    read = [_document(faults, entry, number) for number, entry in enumerate(entries, 1)]
    return [document for document in read if document is not None]


def _document(faults: Faults, entry: Any, number: int) -> Document | None:
    entry = {"text": entry} if isinstance(entry, str) else entry
    if not isinstance(entry, Mapping) or not isinstance(entry.get("text"), str):
        faults.note(f"document {number} has no `text`")
        return None
    name = str(entry.get("name") or f"document {number}")
    for key in entry:
        if key not in _DOCUMENT_KEYS:
            faults.note(f"unknown key `{echo(key)}` of document `{echo(name)}`, not used")
    written = None if entry.get("date") in (None, "") else parse_date(entry["date"])
    if written is None and entry.get("date") not in (None, ""):
        faults.note(
            f"the date of document `{echo(name)}` is no date: `{echo(entry['date'])}`", "write it as 2026-01-23"
        )
    read = document_from_string(name, entry["text"], written=written)
    if isinstance(read, Problem):
        faults.notes.append(Problem(f"{faults.where}, {name}", read.message, read.hint))
        return None
    kind = str(entry.get("kind") or "")
    role = str(entry["author_role"]) if entry.get("author_role") else None
    return replace(read, kind=Kind(kind) if kind in _KINDS else Kind.OTHER, author_role=role)
