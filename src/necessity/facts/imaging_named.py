"""Studies by their names: which a sentence names, whether a document is a report, what an operation note tells of them."""

from __future__ import annotations

import re

from necessity.charts.document import Kind
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_TITLE = pattern(
    r"^\s*(?:[\w ,.-]{0,40}\n\s*){0,3}?(?:[^.\n]{0,40})\b(?:mri|mr|ct|x-?rays?|xr|radiographs?|emg|nerve conduction|myelogram|bone scan|discogram|magnetic resonance|computed tomography)\b",
    re.IGNORECASE,
)
# What the words of a report can be mistaken for: a needle placed, a ward that asked.
_MISTAKEN = frozenset({Kind.INJECTION_NOTE, Kind.HOSPITAL_NOTE, Kind.CLINIC_NOTE})
# Within so many lines the title of a report stands.
_BORN = pattern(r"\b(?:dob|d\.o\.b\.?|born|birth ?date|date of birth|bd)\b[\s:.]*$")
_TITLE_LINES = 8
_LONGEST_TITLE = 120
_MODALITY = pattern(
    r"\b(?:mri|mr|ct|x-?rays?|xr|radiographs?|emg|nerve conduction|myelo\w*|bone scan|discogram|magnetic resonance|computed tomography|\d views?)\b",
    re.IGNORECASE,
)
_OF_SPINE = pattern(r"\b(?:spine|spinal|lumbar|cervical|thoracic|lumbosacral|[clt]-?spine|[lct]/?s)\b", re.IGNORECASE)
_READ_BY = pattern(
    r"\b(?:radiolog\w*|telerad\w*|(?:prelim\w*|wet|final) (?:read|report)|imaging (?:center|dept|department))\b",
    re.IGNORECASE,
)
# A study for which contrast is injected tells of the needle at length.
_INJECTED = pattern(r"myelo|discogra", re.IGNORECASE)
_NOT_REPORT = pattern(
    r"\b(?:clinic|visit|consult\w*|h&p|history and physical|follow[- ]?up|progress note|discharge|procedure note|operative|op note|injection|letter|dear|soap|chief complaint|cc:|hpi|subjective|evaluation|office note|"
    r"request|review form|authorization|preop\w*|telephone|assessment|emergency|admission|questionnaire|physical therapy|reason for visit|year[- ]old)\b",
    re.IGNORECASE,
)
_EXAM_SECTIONS = frozenset(
    {
        "history",
        "chief_complaint",
        "medications",
        "allergies",
        "social_history",
        "review_of_systems",
        "plan",
        "surgical_history",
        "past_history",
        "procedure_details",
        "family_history",
    }
)
_TOLD = pattern(
    r"\b(?:show\w*|reveal\w*|demonstrat\w*|was|were|is|are|has|had|her|his|my|review\w*|order\w*|not|i|he|she|patient|data|will|plan|if|negative|normal|solid)\b"
)
_LED = pattern(r"^[ctl]\d{1,2}\s?[-/]\s?[ctls]?\d{1,2}\s?:")
_SHOWS = pattern(
    r"\b(?:show\w*|reveal\w*|demonstrat\w*|disclos\w*|confirmed (?:a|an|the presence|severe|multi\w*|signif\w*))\b|\bincluding flexion"
)
IN_THEATRE = pattern(
    r"\b(?:needle|marker|localiz\w+|clamp|we took|was taken|were taken|position\w*|placement|probe|retract\w*|confirmed (?:the|our|proper|correct|adequate|that)|level was|monitoring|silent|penfield|good|interspace)\b"
)
# Words of films in flexion, as against an examination of how far the patient bends.
_MOVED = pattern(r"instab|unstable|listhesis|\bstable|translat|\bmotion\b(?! limited)|\bslip|\d\s?mm\b")
_SLIPS = pattern(r"listhesis|\bslip|translat|\d\s?mm\b")
_FILMED = pattern(r"\b(?:x-?rays?|xr|films?|views?|radiograph\w*|imaging|dynamic|plain|lateral)\b")


# A file's name is broken at marks, between letters and digits, and where capitals begin ("LumbarMRI2026").
_FILE_ENDING = pattern(r"\.[A-Za-z]{2,5}$")
_NAME_BREAK = pattern(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_ASKS = pattern(r"order|request|auth|referral|denial|consent|question|schedul|appeal|letter|note|visit", re.IGNORECASE)


def is_report(reading: ReadDocument) -> bool:
    """Whether the document as a whole is the report of a study."""
    return reading.once(_is_report)


def _is_report(reading: ReadDocument) -> bool:
    document = reading.document
    if document.kind is Kind.RADIOLOGY_REPORT:
        return True
    title = _title_of(document.text)
    if document.kind not in (Kind.OTHER, Kind.ELECTRODIAGNOSTIC_REPORT):
        return bool(title) and document.kind in _MISTAKEN and _is_laid_out(reading)
    if filed_modalities(reading):
        return True
    if any(
        section.kind in _EXAM_SECTIONS
        and section.end - section.body > 220
        and not (title and section.kind == "procedure_details" and _INJECTED.search(title))
        for section in reading.sections
    ):
        return False
    if title:
        return True
    leads = sum(bool(_LED.match(sentence.text)) for sentence in reading.sentences)
    return (
        leads >= 3
        and any(section.kind in ("findings", "impression", "technique") for section in reading.sections)
        and not any(
            section.kind in ("examination", "assessment", "procedure", "diagnosis") for section in reading.sections
        )
    )


def filed_as(reading: ReadDocument) -> list[Concept]:
    """The studies and parts of the body in the name that a report is filed under ("CSPINE_MRI.txt", "xr_flexext")."""
    document = reading.document
    name = _FILE_ENDING.sub("", document.name)
    if document.kind not in (Kind.RADIOLOGY_REPORT, Kind.ELECTRODIAGNOSTIC_REPORT, Kind.OTHER) or _ASKS.search(name):
        return []
    words = " ".join(_NAME_BREAK.sub(" ", name).split())
    matches, _ = reading.lexicon.matches(words.lower(), words.upper())
    return [concept for match in matches for concept in match.concepts if concept.group in ("modality", "part")]


def filed_modalities(reading: ReadDocument) -> list[Concept]:
    """The studies of the spine that the file's name tells of."""
    found = filed_as(reading)
    parts = [concept for concept in found if concept.group == "part"]
    if parts and all(part.get("elsewhere") for part in parts):
        return []
    return [
        concept
        for concept in found
        if concept.group == "modality" and concept.id not in ("film", "intraoperative", "views")
    ]


def _is_laid_out(reading: ReadDocument) -> bool:
    """Findings and impression, or a radiology service at its head, and none of the parts of a visit."""
    kinds = {section.kind for section in reading.sections}
    if kinds & {"history", "examination", "chief_complaint", "assessment", "plan", "diagnosis", "medications"}:
        return False
    return bool(kinds & {"impression", "findings"}) or bool(_READ_BY.search(reading.document.text[:300]))


def _title_of(text: str) -> str | None:
    """The line that titles a report: a study named near the top, in a line that tells nothing."""
    head = text[:200]
    title = _TITLE.match(head[:160])
    if title and not _NOT_REPORT.search(head) and not _TOLD.search(_line_around(head, title.end())):
        return _line_around(head, title.end())
    above = ""
    for line in text[:500].splitlines()[:_TITLE_LINES]:
        if _NOT_REPORT.search(line) and not _READ_BY.search(line) or len(line) > _LONGEST_TITLE:
            return None
        if _MODALITY.search(line) and _OF_SPINE.search(line) and not _TOLD.search(line.lower()):
            return line.lower() if _READ_BY.search(above) or line.strip()[:1].isupper() else None
        above += line
    return None


def is_of_birth(text: str, start: int) -> bool:
    """Whether the date that begins there is that of the patient's birth."""
    return bool(_BORN.search(text, max(0, start - 30), start))


def _line_around(text: str, position: int) -> str:
    """The line of a title, up to its first full stop or colon behind the study."""
    start = text.rfind("\n", 0, position) + 1
    ends = [at for mark in ("\n", ". ", ": ") if (at := text.find(mark, position)) >= 0]
    return text[start : min(ends, default=len(text))].lower()


def studies_named(sentence: Sentence) -> list[tuple[Match, Concept]]:
    """The studies a sentence names. "Flexion and extension" is a movement unless films are spoken of."""
    if not sentence.has("modality"):
        return []
    found = [
        (match, concept)
        for match, concept in sentence.of("modality")
        if concept.id not in ("film", "intraoperative", "views")
    ]
    if sentence.section.kind == "imaging" or not any(concept.id == "flexion_extension" for _, concept in found):
        return found
    return [
        (match, concept) for match, concept in found if concept.id != "flexion_extension" or _is_filmed(sentence, match)
    ]


def elsewhere_only(document: ReadDocument) -> set[str]:
    """Modalities that the note names of other parts of the body and never of the spine: its bare "CT" is of those too."""
    return document.once(_elsewhere_only)


def _elsewhere_only(document: ReadDocument) -> set[str]:
    spine: set[str] = set()
    elsewhere: set[str] = set()
    for sentence in document.having("modality"):
        for match, concept in studies_named(sentence):
            parts = [
                c for m, c in sentence.of("part") if abs(m.start - match.end) < 40 or abs(match.start - m.end) < 40
            ]
            if sentence.levels or any(not part.get("elsewhere") for part in parts):
                spine.add(concept.id)
            elif parts:
                elsewhere.add(concept.id)
    return elsewhere - spine


def _is_filmed(sentence: Sentence, match: Match) -> bool:
    if sentence.section.kind != "examination" and match.start < 3 and re.match(r"\s?[:(-]", sentence.text[match.end :]):
        return True
    moved = _MOVED.search(sentence.text)
    around = sentence.text[max(0, match.start - (110 if moved else 40)) : match.end + 30]
    return (
        is_report(sentence.reading)
        or bool(_FILMED.search(around))
        or bool(moved and _SLIPS.search(around))
        or bool(moved and re.search(r"\d{1,2}/\d{1,2}", around[-30:]))
    )


def tells_study(sentence: Sentence) -> bool:
    """Whether a sentence amid an operation tells what a study before it showed."""
    if sentence.section.kind in (
        "consent",
        "family_history",
        "medications",
        "allergies",
        "review_of_systems",
        "social_history",
    ):
        return False
    found = [concept.id for _, concept in studies_named(sentence)]
    if not found or sentence.has("modality", "intraoperative") or IN_THEATRE.search(sentence.text):
        return False
    if found == ["radiograph"] and not sentence.has("part"):
        return False
    return bool(_SHOWS.search(sentence.text))
