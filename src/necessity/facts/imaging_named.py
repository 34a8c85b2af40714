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
_FILMED = pattern(r"\b(?:x-?rays?|xr|films?|views?|radiograph\w*|imaging|dynamic|plain|lateral)\b")


def is_report(reading: ReadDocument) -> bool:
    """Whether the document as a whole is the report of a study."""
    document = reading.document
    if document.kind is Kind.RADIOLOGY_REPORT:
        return True
    if document.kind not in (Kind.OTHER, Kind.ELECTRODIAGNOSTIC_REPORT):
        return False
    head = document.text[:200]
    if any(section.kind in _EXAM_SECTIONS and section.end - section.body > 220 for section in reading.sections):
        return False
    title = _TITLE.match(head[:160])
    if title and not _NOT_REPORT.search(head) and not _TOLD.search(_line_around(head, title.end())):
        return True
    leads = sum(bool(_LED.match(sentence.text)) for sentence in reading.sentences)
    return (
        leads >= 3
        and any(section.kind in ("findings", "impression", "technique") for section in reading.sections)
        and not any(
            section.kind in ("examination", "assessment", "procedure", "diagnosis") for section in reading.sections
        )
    )


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
    spine: set[str] = set()
    elsewhere: set[str] = set()
    for sentence in document.sentences:
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
    moved = re.search(r"instab|unstable|listhesis|stable", sentence.text)
    around = sentence.text[max(0, match.start - (110 if moved else 40)) : match.end + 30]
    return (
        is_report(sentence.reading)
        or bool(_FILMED.search(around))
        or bool(
            re.search(r"\d{1,2}/\d{1,2}", around[-30:])
            and re.search(r"listhesis|translat|instab|stable|motion", sentence.text)
        )
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
