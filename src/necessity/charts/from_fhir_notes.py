"""Notes inside FHIR: attachments, compositions, reports and answered questionnaires, each a document of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from necessity.charts.assemble import Assembled
from necessity.charts.attachments import attached, decoded
from necessity.charts.describe import DocumentKinds, date_of
from necessity.charts.engine import Tools
from necessity.charts.from_fhir_lines import Lines
from necessity.charts.from_fhir_resources import Lookup
from necessity.charts.from_fhir_values import at, code_of, day_of, items, words, words_of
from necessity.charts.from_text import document_from_string
from necessity.charts.narrative import text_of_html
from necessity.values.problem import Problem

Resource = Mapping[str, Any]
# Of one note sent in several formats the first of these is read.
_BEST_FIRST = ("text/plain", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/pdf")
_DEEPEST = 12


class Holder(Protocol):
    """What a note's reader needs of the file that holds it."""

    tools: Tools
    kinds: DocumentKinds | None

    def finder(self, holder: Resource) -> Lookup: ...


def document_reference(where: str, resource: Resource, record: Holder) -> Assembled:
    """The note that a DocumentReference holds, in the best of its formats."""
    if code_of(resource.get("status")) == "superseded":
        return Assembled((), (), (Problem(where, "superseded by another version, not read"),))
    contents = [one for one in items(resource.get("content")) if isinstance(one.get("attachment"), Mapping)]
    attachments = sorted((one["attachment"] for one in contents), key=_preference)
    if not attachments:
        return Assembled((), (Problem(where, "it refers to a note and holds none"),))
    seen = day_of(at(resource, "context", "period"))
    dated = seen or day_of(attachments[0].get("creation"))
    title = words_of(resource.get("type")) or words(resource.get("description")) or "note"
    read = _attachment(where, attachments[0], title, dated.earliest if dated else None, resource, record)
    indexed = day_of(resource.get("date"))
    return _dated(read, indexed.earliest if indexed else None)


def diagnostic_report(where: str, resource: Resource, record: Holder) -> Assembled:
    """A report's own pages, and its conclusion where these do not hold it."""
    if code_of(resource.get("status")) in ("cancelled", "registered"):
        return Assembled((), (), (Problem(where, "a report that was cancelled or not yet made, not read"),))
    title = words_of(resource.get("code")) or "report"
    day = day_of(resource.get("effectiveDateTime") or resource.get("effectivePeriod")) or day_of(resource.get("issued"))
    written = day.earliest if day else None
    forms = sorted(items(resource.get("presentedForm")), key=_preference)
    read = _attachment(where, forms[0], title, written, resource, record) if forms else Assembled(())
    conclusion = _kept_lines(resource.get("conclusion"))
    told = "".join(_squeezed(document.text) for document in read.documents)
    whole = narrative_of(resource)
    head = f"{title}\nDate of study: {written.isoformat()}" if written else title
    if whole and not forms and _squeezed(whole) not in _squeezed(conclusion):
        # The report in full stands in the narrative, its last words again in the conclusion.
        ending = "" if _squeezed(conclusion) in _squeezed(whole) else f"\n\nIMPRESSION:\n{conclusion}"
        report = document_from_string(title, f"{head}\n\n{whole}{ending}", written=written)
    elif not conclusion or _squeezed(conclusion) in told:
        return read
    else:
        report = document_from_string(f"{title}, conclusion", f"{head}\n\nIMPRESSION:\n{conclusion}", written=written)
    if isinstance(report, Problem):
        return read
    return replace(read, documents=(*read.documents, report))


def composition(where: str, resource: Resource, record: Holder) -> Assembled:
    """A document told in sections; their titles become headings."""
    title = words(resource.get("title")) or words_of(resource.get("type")) or "document"
    day = day_of(resource.get("date"))
    lines = [title]
    lines += _sections(resource.get("section"), 0)
    if len(lines) == 1:
        return Assembled(())
    return _document(title, "\n".join(lines), day.earliest if day else None, where)


def questionnaire_response(where: str, resource: Resource, record: Holder) -> Assembled:
    """Questions with their answers, one a line."""
    if code_of(resource.get("status")) == "stopped":
        return Assembled((), (), (Problem(where, "a questionnaire that was given up, not read"),))
    day = day_of(resource.get("authored"))
    lines = list(_answers(resource.get("item"), 0))
    if not lines:
        return Assembled(())
    return _document("questionnaire", "\n".join(["Questionnaire", "", *lines]), day.earliest if day else None, where)


def remarks(where: str, resource: Resource, record: Holder) -> Assembled:
    """What people wrote beside the fields of a resource, as a document of its own: it is prose, and read as such."""
    said = [_kept_lines(at(one, "text")) for one in items(resource.get("note"))]
    # Before R4 a resource had one comment, under a name of its own.
    said += [_kept_lines(resource.get(name)) for name in ("comment", "comments", "notes")]
    said = list(dict.fromkeys(filter(None, said)))
    if not said:
        return Assembled(())
    days = [day_of(one.get("time")) for one in items(resource.get("note"))]
    days += [day_of(resource.get(name)) for name in _DAYS]
    day = next((one for one in days if one), None)
    kind = words(resource.get("resourceType"))
    title = words_of(resource.get("code")) or words_of(resource.get("medicationCodeableConcept")) or kind
    return _document(f"{title}, remarks", "\n".join(said), day.earliest if day else None, where)


_DAYS = (
    "effectiveDateTime", "effectivePeriod", "performedDateTime", "performedPeriod", "authoredOn", "recordedDate", "date",
    "whenHandedOver", "period", "created",
)  # fmt: skip
_LONGEST_LINE = 3000


def narrative_of(resource: Resource) -> str:
    """The words of a resource's own narrative, as it may be shown to people."""
    markup = at(resource, "text", "div")
    return text_of_html(markup) if isinstance(markup, str) else ""


def add_narrative(lines: Lines, name: str, resource: Resource, shown: str) -> None:
    """The narrative of a resource as lines beside its fields, where it says more than they show. It is made of the fields
    as a rule, so that no fact is read from it; what people added by hand stands among the notes."""
    told = _squeezed(shown)
    for line in narrative_of(resource).split("\n"):
        if _squeezed(line) and _squeezed(line) not in told:
            for at_ in range(0, len(line), _LONGEST_LINE):
                lines.line(name, [("", "Narrative: "), ("text", words(line[at_ : at_ + _LONGEST_LINE]))])


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


NOTES: dict[str, Callable[[str, Resource, Any], Assembled]] = {
    "DocumentReference": document_reference,
    "DiagnosticReport": diagnostic_report,
    "Composition": composition,
    "QuestionnaireResponse": questionnaire_response,
}


def _attachment(
    where: str, attachment: Resource, title: str, written: date | None, resource: Resource, record: Holder
) -> Assembled:
    data, kind = attachment.get("data"), words(attachment.get("contentType"))
    address = words(attachment.get("url"))
    if not data and address:
        binary = record.finder(resource)(address)
        data, kind = at(binary, "data"), kind or words(at(binary, "contentType"))
        if not data:
            return Assembled((), (Problem(where, "its note stands elsewhere and was not sent", "send it as well"),))
    read = decoded(where, data)
    if isinstance(read, Problem):
        return Assembled((), (read,))
    size = attachment.get("size")
    if isinstance(size, int) and not isinstance(size, bool) and 0 < size != len(read):
        return Assembled((), (Problem(where, "the attachment is not as long as it says, so it is cut off or changed"),))
    whole = attached(where, kind or "text/plain", read, written, record.tools, record.kinds)
    called = words(attachment.get("title")) or title
    named = tuple(replace(document, name=_called(called, where, document.name)) for document in whole.documents)
    return replace(whole, documents=named)


def _called(title: str, where: str, name: str) -> str:
    """The attachment's title, with what parts its documents from each other: pages, or titles of their own."""
    return title + name.removeprefix(where) if name.startswith(where) else f"{title}, {name}"


def _preference(attachment: Resource) -> int:
    kind = words(attachment.get("contentType")).split(";")[0].strip().lower()
    return _BEST_FIRST.index(kind) if kind in _BEST_FIRST else len(_BEST_FIRST)


def _dated(read: Assembled, indexed: date | None) -> Assembled:
    """The day of indexing only where the visit has no day and the note itself gives none."""
    documents = tuple(
        replace(document, written=document.written or date_of(document.text) or indexed) for document in read.documents
    )
    return replace(read, documents=documents)


def _sections(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for section in items(value):
        title = words(section.get("title")) or words_of(section.get("code"))
        markup = at(section, "text", "div")
        body = text_of_html(markup) if isinstance(markup, str) else ""
        if title and body:
            yield from ("", f"{title.upper().rstrip(':')}:", body)
        elif body:
            yield from ("", body)
        yield from _sections(section.get("section"), depth + 1)


def _answers(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for item in items(value):
        question = words(item.get("text")) or words(item.get("linkId"))
        answers = [said for one in items(item.get("answer")) if (said := _answer(one))]
        if answers:
            yield f"{question.rstrip(':')}: {'; '.join(answers)}"
        elif item.get("item") and words(item.get("text")):
            yield from ("", question.upper().rstrip(":") + ":")
        yield from _answers(item.get("item"), depth + 1)
        for one in items(item.get("answer")):
            yield from _answers(one.get("item"), depth + 1)


def _answer(answer: Resource) -> str:
    if isinstance(answer.get("valueBoolean"), bool):
        return "yes" if answer["valueBoolean"] else "no"
    coding = answer.get("valueCoding")
    if isinstance(coding, Mapping):
        return words(coding.get("display")) or words(coding.get("code"))
    quantity = answer.get("valueQuantity")
    if isinstance(quantity, Mapping):
        return f"{words(quantity.get('value'))} {words(quantity.get('unit'))}".strip()
    keys = ("valueString", "valueDecimal", "valueInteger", "valueDate", "valueDateTime")
    return next((said for key in keys if (said := words(answer.get(key)))), "")


def _kept_lines(value: Any) -> str:
    """A text with its own lines; empty for what is none."""
    return "\n".join(words(line) for line in value.splitlines()).strip() if isinstance(value, str) else ""


def _document(name: str, text: str, written: date | None, where: str) -> Assembled:
    read = document_from_string(name, text, written=written)
    return Assembled((), (replace(read, where=where),)) if isinstance(read, Problem) else Assembled((read,))
