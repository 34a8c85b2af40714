"""FHIR R4 into documents: what resources state in fields becomes one structured document for each patient, and each note
inside (attachment, composition, report, questionnaire) a document of its own.

Bundles of all kinds, the NDJSON of Bulk Data and single resources are read alike. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from necessity.charts import limits
from necessity.charts.assemble import Assembled
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document, Kind
from necessity.charts.engine import NO_TOOLS, Tools
from necessity.charts.entry import Asked, Entry
from necessity.charts.from_fhir_lines import Lines
from necessity.charts.from_fhir_notes import NOTES, add_narrative, remarks
from necessity.charts.from_fhir_request import asked_by_claim, asked_by_order, claim_lines
from necessity.charts.from_fhir_resources import RENDERERS, Rendered, is_error, unused
from necessity.charts.from_fhir_values import at, code_of, day_of, is_modified, items, references, words
from necessity.charts.from_text import decode
from necessity.charts.limits import too_large
from necessity.charts.structured import TOO_DEEP, parse_json
from necessity.values.dates import PartialDate
from necessity.values.errors import InputError
from necessity.values.problem import Problem

MOST_RESOURCES = 200_000
_DEEPEST_BUNDLE = 4
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
# Resources about things and people that a determination never asks for.
_ASIDE = frozenset({"Patient", "Binary", "Medication", "OperationOutcome", "Parameters", "Bundle"})
Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A resource of the file: its name for people ("Condition/c1"), and every address it may be referred to by."""

    name: str
    resource: Resource
    addresses: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """The resources of a file, and what became of them."""

    where: str
    tools: Tools = NO_TOOLS
    kinds: DocumentKinds | None = None
    held: list[Held] = field(default_factory=list)
    by_address: dict[str, Resource] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    exported: PartialDate | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def find(self, reference: str) -> Resource | None:
        """The resource that a reference names, with or without its server and version."""
        bare = reference.split("/_history/")[0]
        return self.by_address.get(bare) or self.by_address.get("/".join(bare.split("/")[-2:]))

    def finder(self, holder: Resource) -> Any:
        """As `find`, for references from inside a resource, which may hold others (`#id`)."""
        inside = {f"#{words(one.get('id'))}": one for one in items(holder.get("contained"))}
        return lambda reference: inside.get(reference) or self.find(reference)


def documents_from_fhir(
    where: str, data: bytes, tools: Tools = NO_TOOLS, kinds: DocumentKinds | None = None
) -> Assembled | Problem:
    """Everything that a FHIR file holds for a review, or why it could not be read."""
    if large := too_large(where, "the JSON", len(data), limits.MOST_JSON_BYTES):
        return large
    record = Record(where, tools, kinds)
    try:
        _gather(record, data)
    except InputError as error:
        return error.problems[0]
    if not record.held:
        return (
            record.problems[0]
            if record.problems
            else Problem(where, "this JSON holds no FHIR resource", "send a Bundle, NDJSON or single resources")
        )
    record.notes += _checked(record)
    notes, asked = _note_documents(record), _asked(record)
    documents = (*_structured_documents(record, data), *notes)
    if not documents and not record.problems:
        return Problem(where, "its FHIR resources hold nothing that a review can use")
    return Assembled(documents, tuple(record.problems), (*record.notes, *_left_aside(record)), asked)


def _gather(record: Record, data: bytes) -> None:
    text = decode(data)
    if text is None or not text.strip():
        raise InputError(Problem(record.where, "this is no text" if text is None else "the file is empty"))
    try:
        roots = [parse_json(record.where, text)]
    except InputError:
        roots = _lines_of(record, text)
    for root in roots:
        listed = root if isinstance(root, list) else [root]
        for one in listed:
            _hold(record, one, "", 0)


def _lines_of(record: Record, text: str) -> list[Any]:
    """NDJSON: one resource a line. A line that is none is named, and the rest is read."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    roots: list[Any] = []
    for number, line in lines:
        try:
            roots.append(parse_json(f"{record.where}:{number}", line))
        except InputError as error:
            if error.problems[0].message == TOO_DEEP and len(lines) == 1:
                raise InputError(Problem(record.where, TOO_DEEP)) from None
            if not roots and (len(lines) == 1 or number > lines[0][0]):
                raise InputError(Problem(record.where, "this is no valid JSON, nor one resource a line")) from None
            record.problems += error.problems
    if not any(isinstance(root, Mapping) and "resourceType" in root for root in roots):
        raise InputError(Problem(record.where, "this is no valid JSON, nor one resource a line"))
    return roots


def _hold(record: Record, resource: Any, address: str, depth: int) -> None:
    kind = words(at(resource, "resourceType"))
    if not kind.isalpha() or len(record.held) >= MOST_RESOURCES:
        return
    if kind in ("Bundle", "Parameters"):
        if depth >= _DEEPEST_BUNDLE:
            record.problems.append(Problem(record.where, "bundles within bundles, too many to follow, were not read"))
            return
        record.exported = record.exported or day_of(resource.get("timestamp"))
        for entry in [*items(resource.get("entry")), *items(resource.get("parameter"))]:
            if words(at(entry, "request", "method")).upper() != "DELETE":
                _hold(record, entry.get("resource"), words(entry.get("fullUrl")), depth + 1)
        return
    own = words(resource.get("id"))
    plain = own if own and set(own) <= _PLAIN and len(own) <= 64 else ""
    record.counts[kind] = record.counts.get(kind, 0) + 1
    name = f"{kind}/{plain}" if plain else f"{kind}[{record.counts[kind]}]"
    held = Held(name, resource, tuple(filter(None, (address, f"{kind}/{plain}" if plain else ""))))
    record.held.append(held)
    for one in held.addresses:
        record.by_address.setdefault(one, resource)


def _structured_documents(record: Record, data: bytes) -> Iterator[Document]:
    """One document for each patient that anything is stated of."""
    patients = {id(one.resource): one for one in record.held if words(one.resource.get("resourceType")) == "Patient"}
    groups: dict[str, list[Held]] = {one.name: [one] for one in patients.values()}
    sole = next(iter(groups)) if len(groups) == 1 else ""
    for one in record.held:
        if id(one.resource) in patients:
            continue
        subject = _subject(record, one.resource)
        name = patients[id(subject)].name if isinstance(subject, Mapping) and id(subject) in patients else subject
        groups.setdefault(name if isinstance(name, str) and name else sole, []).append(one)
    sha256 = hashlib.sha256(data).hexdigest()
    for name, members in groups.items():
        lines = Lines()
        for one in members:
            _add(record, lines, one)
        if lines.text:
            title = (
                f"{record.where}, entries"
                if len(groups) == 1
                else f"{record.where}, entries of {name or 'nobody named'}"
            )
            yield Document(
                id=title,
                name=title,
                text=lines.whole(),
                kind=Kind.STRUCTURED,
                written=_written(record, lines.entries),
                sha256=sha256,
                entries=tuple(lines.entries),
                origins=tuple(lines.origins),
            )


def _subject(record: Record, resource: Resource) -> Resource | str | None:
    """The Patient resource that a resource is about, or the bare reference where the file does not hold it."""
    for key in ("subject", "patient", "beneficiary"):
        for reference in references(resource.get(key)):
            return record.find(reference) or reference
    return None


def _add(record: Record, lines: Lines, held: Held) -> None:
    resource, kind = held.resource, words(held.resource.get("resourceType"))
    if is_error(resource):
        record.notes.append(Problem(f"{record.where}, {held.name}", "entered in error, not read"))
        return
    begins = len(lines.text)
    if kind == "Patient":
        _add_patient(lines, held)
    elif kind == "Claim":
        for rendered in claim_lines(resource, record.finder(resource)):
            _line(record, lines, held, rendered)
    elif kind in RENDERERS:
        _line(record, lines, held, RENDERERS[kind](resource, record.finder(resource)))
    if kind not in NOTES:
        add_narrative(lines, held.name, resource, "".join(lines.text[begins:]))


def _line(record: Record, lines: Lines, held: Held, rendered: Rendered) -> None:
    told = unused(rendered, held.resource)
    if len([words for _, words in told.pieces if words]) > 1:
        entry = told.entry and replace(told.entry, name=held.name, linked=_linked(record, held.resource))
        lines.line(held.name, told.pieces, entry)


# Where a resource names the order that it carries out, its reason, or the procedure that it asks for.
_LINKS = ("basedOn", "reasonReference", "partOf", "request")


def _linked(record: Record, resource: Resource) -> tuple[str, ...]:
    """The resources of the file that a resource names so, by their names for people."""
    named = [reference for key in _LINKS for reference in references(resource.get(key))]
    named += [
        reference for one in items(resource.get("procedure")) for reference in references(one.get("procedureReference"))
    ]
    if not named:
        return ()
    targets = [id(found) for reference in named if (found := record.find(reference)) is not None]
    return tuple(one.name for one in record.held if id(one.resource) in targets)


def _add_patient(lines: Lines, held: Held) -> None:
    resource = held.resource
    names = items(resource.get("name"))
    # The maiden name comes last, whatever its place in the list.
    names.sort(key=lambda name: words(name.get("use")) in ("maiden", "old", "nickname", "anonymous"))
    if names:
        given = names[0].get("given")
        first = " ".join(filter(None, map(words, given))) if isinstance(given, list) else words(given)
        family = words(names[0].get("family"))
        lines.line(held.name, [("", "Patient: "), ("name", f"{first} {family}".strip() or words(names[0].get("text")))])
    born = day_of(resource.get("birthDate"))
    if born:
        entry = Entry(kind="patient", start=0, end=0, words="birth date", when=born)
        lines.line(held.name, [("", "Date of birth: "), ("birthDate", str(born))], entry)
    sex = words(resource.get("gender")).lower()
    if sex:
        entry = Entry(kind="patient", start=0, end=0, words="sex", value=sex)
        lines.line(held.name, [("", "Sex: "), ("gender", sex)], entry)
    for identifier in items(resource.get("identifier")):
        if code_of(identifier.get("type")) == "mr":
            lines.line(held.name, [("", "MRN: "), ("identifier", words(identifier.get("value")))])


def _written(record: Record, entries: list[Entry]) -> date | None:
    """The day of the export, else of the newest entry: the day on which the entries are known to hold."""
    if record.exported:
        return record.exported.latest
    days = [day.latest for one in entries if one.kind != "patient" for day in (one.recorded, one.when) if day]
    return max(days, default=None)


def _note_documents(record: Record) -> tuple[Document, ...]:
    documents: list[Document] = []
    for held in record.held:
        reader = NOTES.get(words(held.resource.get("resourceType"))) or remarks
        if is_error(held.resource) or (reader is remarks and is_modified(held.resource)):
            continue
        if is_modified(held.resource):
            message = "an unknown extension changes its meaning, so its text was not read"
            record.problems.append(Problem(f"{record.where}, {held.name}", message))
            continue
        whole = reader(f"{record.where}, {held.name}", held.resource, record)
        record.problems += whole.problems
        record.notes += whole.notes
        documents += [_named(record, document) for document in whole.documents]
    return tuple(documents)


def _named(record: Record, document: Document) -> Document:
    return replace(document, id=document.name, name=document.name or record.where)


def _asked(record: Record) -> tuple[Asked, ...]:
    asked: list[Asked] = []
    for held in record.held:
        if is_error(held.resource):
            continue
        where, find = f"{record.where}, {held.name}", record.finder(held.resource)
        kind = words(held.resource.get("resourceType"))
        if kind == "Claim":
            asked += asked_by_claim(held.resource, where, find)
        elif kind == "ServiceRequest":
            asked += asked_by_order(held.resource, where, find)
    return tuple(asked)


def _left_aside(record: Record) -> list[Problem]:
    """Types of resources that were not used, counted."""
    counts: dict[str, int] = {}
    used = {*RENDERERS, *NOTES, *_ASIDE, "Claim"}
    for held in record.held:
        kind = words(held.resource.get("resourceType"))
        if kind not in used and kind.isalnum() and len(kind) < 60:
            counts[kind] = counts.get(kind, 0) + 1
    if not counts:
        return []
    told = ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items()))
    return [Problem(record.where, f"resources of these types were not used: {told}")]


def _checked(record: Record) -> list[Problem]:
    """What the public models say of the resources, where they are installed."""
    try:
        from necessity.charts.from_fhir_check import check
    except ImportError:
        return []
    return check(record.where, [(held.name, held.resource) for held in record.held])
