"""C-CDA 2.1 into documents: the narrative of its sections, which is what was signed, and its entries beside it.

The parser resolves no entity and fetches nothing; a document with a DOCTYPE is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from necessity.charts import limits
from necessity.charts.assemble import Assembled
from necessity.charts.attachments import attached, decoded
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document, Kind
from necessity.charts.engine import NO_TOOLS, Tools
from necessity.charts.entry import Entry, Origin
from necessity.charts.from_ccda_entries import lines_of_entries
from necessity.charts.from_ccda_values import NS, Element, all_of, attribute, day_of, first, said, tag_of
from necessity.charts.from_fhir_lines import Lines
from necessity.charts.limits import too_large
from necessity.charts.narrative import NarrativeText
from necessity.values.problem import Problem

_DEEPEST_SECTION = 8
# The longest text that libxml2 takes by default.
_LONGEST_TEXT = 10_000_000
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Marks that no heading holds.
_NO_HEADING = re.compile(r"[:.;!?\[\]|]")
# What a section calls itself where it has no title.
_NO_TITLE = "NOTE"


def documents_from_ccda(
    where: str, data: bytes, tools: Tools = NO_TOOLS, kinds: DocumentKinds | None = None
) -> Assembled | Problem:
    """The documents that a C-CDA file makes, or why it could not be read."""
    root = _root(where, data)
    if isinstance(root, Problem):
        return root
    title = said(first(root, "title")) or said(attribute(first(root, "code"), "displayName")) or "clinical document"
    sha256 = hashlib.sha256(data).hexdigest()
    seen = first(root, "componentOf/encompassingEncounter/effectiveTime")
    day = day_of(first(root, "documentationOf/serviceEvent/effectiveTime")) if seen is None else day_of(seen)
    day = day or day_of(first(root, "effectiveTime"))
    written = day.latest if day and day.is_exact else None
    body = _body(where, root, title, tools, kinds)
    documents = [replace(one, id=title, name=title, written=one.written or written) for one in body.documents]
    documents = [replace(one, sha256=sha256) if one.origins else one for one in documents]
    entries = _entries(root, title, sha256)
    made = day_of(first(root, "effectiveTime"))
    documents += [replace(one, written=made.latest if made else written) for one in entries]
    if not documents and not body.problems:
        return Problem(where, "its sections hold no words")
    return replace(body, documents=tuple(documents))


def _root(where: str, data: bytes) -> Element | Problem:
    if large := too_large(where, "the XML", len(data), limits.MOST_XML_BYTES):
        return large
    if _DOCTYPE.search(data) or _DOCTYPE.search(data.replace(b"\x00", b"")):
        return Problem(
            where, "the XML declares a document type or entities, which is not safe to read", "send it without"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        # A page image inside may be longer than a text otherwise may; nothing here can swell, for there are no entities.
        huge_tree=len(data) > _LONGEST_TEXT,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        place = f"{where}:{line}" if line else where
        return Problem(place, "the XML is damaged, cut off or nested too deep", "send the document again")
    if root.getroottree().docinfo.internalDTD is not None:
        return Problem(where, "the XML declares a document type, which is not safe to read", "send it without")
    if root.tag != f"{{{NS}}}ClinicalDocument":
        return Problem(where, "this XML is no clinical document (C-CDA)", "send its text as a .txt file")
    return root


def _body(where: str, root: Element, title: str, tools: Tools, kinds: DocumentKinds | None) -> Assembled:
    """The narrative as one document, or what stands in place of sections."""
    held = first(root, "component/nonXMLBody/text")
    if held is not None:
        data: bytes | Problem = (said(held)).encode()
        if attribute(held, "representation") == "B64":
            data = decoded(where, "".join(str(part) for part in held.itertext()))
        if isinstance(data, Problem):
            return Assembled((), (data,))
        return attached(where, attribute(held, "mediaType") or "text/plain", data, None, tools, kinds)
    writer = _Writer()
    writer.add("", title)
    for section in all_of(root, "component/structuredBody/component/section"):
        _write_section(writer, section, 0)
    if len(writer.origins) < 1:
        return Assembled(())
    document = Document(id=title, name=title, text="".join(writer.pieces), origins=tuple(writer.origins))
    return Assembled((document,))


class _Writer:
    """The narrative's text as it grows, with the section that each stretch shows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.origins: list[Origin] = []

    def add(self, origin: str, words: str) -> None:
        if origin:
            self.origins.append(Origin(self.length, self.length + len(words), origin))
        self.pieces.append(words)
        self.length += len(words)


def _write_section(writer: _Writer, section: Element, depth: int) -> None:
    if depth > _DEEPEST_SECTION or attribute(section, "nullFlavor") == "NI" and first(section, "text") is None:
        return
    title = said(first(section, "title")) or attribute(first(section, "code"), "displayName")
    text = narrative_of(first(section, "text"))
    if text or title:
        name = f"section {attribute(first(section, 'code'), 'code')} {title or _NO_TITLE}".replace("  ", " ")
        # Capitals make a heading of any title; what is no known heading still closes the section before it.
        heading = " ".join(_NO_HEADING.sub(" ", title.upper()).split())
        writer.add("", f"\n\n{heading}:\n" if heading else "\n\n")
        if text:
            writer.add(name, text)
    for inner in all_of(section, "component/section"):
        _write_section(writer, inner, depth + 1)


def narrative_of(text: Element | None) -> str:
    """The words of a section's narrative, every one of them, in order."""
    if text is None:
        return ""
    narrative = NarrativeText()
    for event, element in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            if element is not text:
                narrative.open(tag_of(element))
            narrative.words(element.text or "")
        elif element is not text:
            narrative.close(tag_of(element))
            narrative.words(element.tail or "")
    return narrative.text()


def _entries(root: Element, title: str, sha256: str) -> Iterator[Document]:
    """The patient and the coded entries as one structured document."""
    lines = Lines()
    patient = first(root, "recordTarget/patientRole")
    if patient is not None:
        _add_patient(lines, patient)
    lines_of_entries(root, lines)
    if lines.text:
        yield Document(
            id=f"{title}, entries",
            name=f"{title}, entries",
            text=lines.whole(),
            kind=Kind.STRUCTURED,
            sha256=sha256,
            entries=tuple(lines.entries),
            origins=tuple(lines.origins),
        )


_SEXES = {"F": "female", "M": "male"}
_SOCIAL_SECURITY = "2.16.840.1.113883.4.1"


def _add_patient(lines: Lines, role: Element) -> None:
    name = first(role, "patient/name")
    if name is not None:
        given = " ".join(filter(None, map(said, all_of(name, "given"))))
        whole = f"{given} {said(first(name, 'family'))}".strip() or said(name)
        lines.line("recordTarget", [("", "Patient: "), ("name", whole)] if whole else [])
    born = day_of(first(role, "patient/birthTime"))
    if born:
        entry = Entry(kind="patient", start=0, end=0, words="birth date", when=born)
        lines.line("recordTarget", [("", "Date of birth: "), ("birthTime", str(born))], entry)
    sex = _SEXES.get(attribute(first(role, "patient/administrativeGenderCode"), "code"))
    if sex:
        entry = Entry(kind="patient", start=0, end=0, words="sex", value=sex)
        lines.line("recordTarget", [("", "Sex: "), ("administrativeGenderCode", sex)], entry)
    for identifier in all_of(role, "id"):
        number = attribute(identifier, "extension")
        if number and attribute(identifier, "root") != _SOCIAL_SECURITY:
            lines.line("recordTarget", [("", "MRN: "), ("id", number)])
            break
