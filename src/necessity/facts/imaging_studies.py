"""Studies of the spine: which were done and reported, when, and which were only ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.charts.sections import Section
from necessity.facts.fact import Assertion, ImagingStudy, Source
from necessity.facts.imaging_named import elsewhere_only, is_report, studies_named, tells_study
from necessity.facts.imaging_reports import POSED, read_report
from necessity.facts.imaging_study import chosen, is_spine, study_of
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.times import find_times
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_REPORTED = pattern(
    r"\b(?:show\w*|reveal\w*|demonstrat\w*|review\w*|read|reports?|reported|confirm\w*|disclos\w*|negative|normal|unremarkable|neg|positive|findings?|results?|looked at|interpret\w*|came back|evidence of|consistent with|indicat\w*|found|noted|suggest\w*|"
    r"seen|impression|identified|documented|personally|my read|own read|described|compatible|correlat\w*|discussed|abnormal|appear\w*|no|stable|solid|with|without)\b"
)
_UNREADABLE = pattern(
    r"non-?diagnostic|motion degraded|motion artifact|limited by artifact|report (?:is )?(?:not|un)\s?available|degraded|(?:results?|report|images?|films?|studies|study) (?:is|are|was|were) (?:not|un)\s?available|not available for review|no report|suboptimal|(?:does|did) not bring (?:that|it|this|them)|not yet (?:available|read)|images? (?:are |were )?not available|unavailable"
)
_PLANNED = pattern(
    r"\b(?:will|schedul\w+|order(?:ed|ing)?|obtain(?:ing)? (?:a|an)|get (?:a|an)|request\w*|recommend\w*|needs?|pending|consider|repeat|await\w*|plan|should|would like|prior to|to be done|set up|refer\w*|if no better|advised|suggest(?:ed)? (?:that|a|an))\b"
)
_NO_STUDY = pattern(
    r"\b(?:monitoring|silent|localiz\w+|intraoperative\w*|intra-operative|confirm(?:ed|ing|s)? (?:the |our |proper |correct |adequate |position|level)|guidance|guided|positioning|placement|compatible|conditional|post-fixation)\b"
)
_SKIPPED = frozenset(
    {
        "procedure_details",
        "consent",
        "family_history",
        "complications",
        "medications",
        "allergies",
        "technique",
        "review_of_systems",
        "procedure",
    }
)
_ORDERS = pattern(
    r"(?:\W|\d)*(?:obtain|order|get|schedule|request|recommend|will|check|consider|repeat|needs?|refer|plan|send|keep|return|rtc|rto|come back|f/u|follow[- ]?up (?:in|at|with|appt|appointment)|bring)\b"
)
# "A slip which does not change in flexion": what is denied is the motion.
_UNMOVED = pattern(
    r"\b(?:no|not|without|n't) (?:\w+ ){0,4}(?:chang|mov|motion|instab|unstable|translat|slip|listhesis|increas|progress|open|shift|subluxation)"
)
# "XR flex/ex today: …", "MRI L-spine (outside): …": what follows the colon is the result.
_LABELLED = pattern(r"[^.;:]{0,40}: ?[a-z\d]")
_CHANGES = pattern(
    r" (?:\w+ ){0,2}?(?:increases?|increased|opens?|moves?|changes?|reduces?|widens?|worsens?|goes|went|adds?)\b[^.;]{0,30}\d"
)
_NOT_READ = pattern(
    r"(?:none|not|n/a|pending|will|ordered|to be|no (?:new |recent |prior |further |other )?(?:stud|film|imag|mri|ct|x-?ray|scan|report|data|result))"
)
_HEADING = 60  # a longer line with a colon is no heading of a study
_NEGATED = pattern(r"\b(?:no|without|not|never|lacks?|lacking)\s(?:(?!on\b|by\b|seen\b|with\b|per\b)[\w'-]+\s){0,4}$")
_NOT_DONE = pattern(
    r"not (?:yet )?(?:been )?(?:done|obtained|performed|taken|completed|scheduled)|never (?:done|obtained)|(?:was|were|been|is) (?:denied|cancell?ed|postponed|not approved|not authorized)"
)


def read(document: ReadDocument) -> Iterator[ImagingStudy]:
    """The studies of a document, each modality and date once."""
    seen: set[tuple[str, PartialDate | None, Assertion, bool]] = set()
    for study in read_report(document) if is_report(document) else _note(document):
        key = (study.concept, study.when, study.assertion, study.unreadable)
        if key not in seen:
            seen.add(key)
            yield study


def _note(document: ReadDocument) -> Iterator[ImagingStudy]:
    elsewhere = elsewhere_only(document)
    for section in document.sections:
        if section.kind in ("imaging", "findings") or section.kind == "other" and len(section.heading) < _HEADING:
            yield from _headed(document, section)
    for sentence in document.sentences:
        found = _candidates(sentence)
        if (
            not found
            or sentence.section.kind in _SKIPPED
            and not tells_study(sentence)
            or sentence.has("modality", "intraoperative")
        ):
            continue
        kept = _posed(document, sentence, chosen(found, sentence.text)) or _films(document, sentence, found)
        for concept in kept:
            match = next((m for m, c in found if c is concept or c.id in ("film", "views")), found[0][0])
            if concept.id == "ct" and _is_of_myelogram(document, sentence, match):
                continue
            if concept.id in elsewhere and not sentence.has("part") and not sentence.levels:
                continue
            study = _noted(document, sentence, match, concept)
            if study is not None:
                yield study


def _posed(document: ReadDocument, sentence: Sentence, kept: list[Concept]) -> list[Concept]:
    """ "Standing films: 5 mm slip, 9 mm in flexion": films that measure a pose are those of flexion and extension."""
    if [concept.id for concept in kept] != ["radiograph"] or not POSED.search(sentence.text):
        return kept
    return [document.lexicon.concepts["modality", "flexion_extension"]]


def _is_of_myelogram(document: ReadDocument, sentence: Sentence, match: Match) -> bool:
    """ "The CT" of a note that tells of a CT myelogram is that one."""
    if not sentence.text[: match.start].endswith(("the ", "post ", "then ")):
        return False
    return any(one.has("modality", "ct_myelogram") for one in document.sentences[: sentence.index])


def _headed(document: ReadDocument, section: Section) -> Iterator[ImagingStudy]:
    """ "EMG/NCV: unremarkable", "MRI LUMBAR SPINE: …": a heading names a study whose result follows."""
    heading = document.document.text[section.start : section.body].rstrip()
    body = document.document.text[section.body : section.end].strip().lower()
    matches, _ = document.lexicon.matches(heading.lower(), heading)
    found = [(m, c) for m in matches for c in m.concepts if c.group == "modality"]
    leading, _ = document.lexicon.matches(body[:24], body[:24])
    if any(m.start < 3 and c.group == "modality" for m in leading for c in m.concepts):
        return
    if not found or not body or _NOT_READ.match(body):
        return
    parts = [c for m in matches for c in m.concepts if c.group == "part"]
    if is_spine(parts) and not re.search(r"\b(?:brain|head|chest|shoulder|knee|hip)\b", body[:60]):
        for concept in chosen(found, heading.lower()):
            dates = [
                time.date
                for time in find_times(heading.lower() + " " + body[:40], document.document.written)
                if time.date
            ]
            yield study_of(
                concept,
                document,
                document.document.evidence(section.start, section.start + len(heading)),
                Source.CLINICIAN,
                dates[0] if dates else None,
                parts,
            )


def _candidates(sentence: Sentence) -> list[tuple[Match, Concept]]:
    return [*studies_named(sentence), *((m, c) for m, c in sentence.of("modality") if c.id in ("film", "views"))]


def _films(document: ReadDocument, sentence: Sentence, found: list[tuple[Match, Concept]]) -> list[Concept]:
    """ "Films on 1/04 demonstrated …", "AP and lateral views dated …" are radiographs."""
    radiograph = document.lexicon.concepts["modality", "radiograph"]
    if any(concept.id == "views" for _, concept in found):
        return [radiograph] if sentence.times or sentence.section.kind == "imaging" or "review" in sentence.text else []
    return (
        [radiograph]
        if re.search(r"films? (?:on|of|from|dated|taken|in) (?:\w+ )?\d", sentence.text) and _shows(sentence.text)
        else []
    )


def _noted(document: ReadDocument, sentence: Sentence, match: Match, concept: Concept) -> ImagingStudy | None:
    low, high = max(0, match.start - 60), min(len(sentence.text), match.end + 60)
    parts = [(m, c) for m, c in sentence.of("part") if low <= m.start and m.end <= high]
    near = [c for m, c in parts if m.start - match.end < 34 and match.start - m.end < 22]
    if any(part.get("elsewhere") for part in near) and not any(
        part.get("region") or part.get("spine") or part.id == "spine" for part in [c for _, c in parts]
    ):
        return None
    if _NO_STUDY.search(sentence.text[max(0, match.start - 24) : match.end + 40]) and concept.id in (
        "radiograph",
        "emg",
        "film",
        "ct",
    ):
        return None
    meant = sentence.qualify(match.start, match.end)
    before = sentence.text[: match.start]
    if meant.not_patient and re.search(r"risk|consent|complication", meant.cue):
        meant = replace(
            meant, assertion=Assertion.PRESENT, not_patient=False
        )  # a study told beside the risks is a study
    if meant.not_patient or meant.assertion in (Assertion.DECLINED, Assertion.POSSIBLE):
        return None
    if (
        _NEGATED.search(before)
        and not _UNMOVED.search(before)
        or _NOT_DONE.search(sentence.text[match.end : match.end + 60])
    ):
        return None
    dates = [
        time.date
        for time in sentence.times
        if time.date
        and (abs(time.start - match.end) < 70 or abs(match.start - time.end) < 30)
        and (time.start > match.start or sentence.text[time.start : time.end] != "today")
    ]
    tail = sentence.text[match.end :]
    if re.match(r"\s(?:scan )?(?:findings|results?|report|images|review)\b", tail) and not re.match(
        r"\s\w+ (?:is|are|were|was)? ?(?:pending|awaited|not)", tail
    ):
        meant = replace(meant, assertion=Assertion.PRESENT, not_patient=False)
    planning = (
        sentence.section.kind == "plan"
        or _ORDERS.match(sentence.text)
        or bool(
            re.match(
                r"(?:\s[\w-]+){0,6}? (?:if|to be|is pending|pending|ordered|will be|requested|scheduled|authori[sz]ed|approved|booked|awaited|to rule|to evaluate|to assess|to look)\b",
                tail,
            )
        )
    )
    told = _is_told(document, sentence, match, tail, bool(dates))
    if planning and not _shows(tail) and not re.search(r"\breview", before):
        told = told and sentence.section.kind not in ("plan",) and bool(dates) and not _ORDERS.match(sentence.text)
    ordered = (
        bool(planning)
        or bool(re.search(r"\b(?:will|scheduled)\b", before))
        or meant.assertion in (Assertion.PLANNED, Assertion.ADVISED)
        or bool(_PLANNED.search(sentence.text[max(0, match.start - 60) : match.start + 30]))
    )
    if not told and not ordered and not _is_unreadable(sentence, match):
        return None
    assertion = Assertion.PRESENT if (told or not ordered) and not (ordered and not _shows(tail)) else Assertion.ADVISED
    if assertion is Assertion.ADVISED and told and _next_tells(document, sentence):
        assertion = Assertion.PRESENT
    evidence = sentence.evidence(low if len(sentence.text) > 260 else 0, high if len(sentence.text) > 260 else None)
    return study_of(
        concept,
        document,
        evidence,
        Source.CLINICIAN,
        dates[0] if dates else None,
        near or [c for _, c in parts],
        assertion,
        _is_unreadable(sentence, match),
    )


def _is_unreadable(sentence: Sentence, match: Match) -> bool:
    """What is said of a study up to the next one named."""
    following = [m.start for m, _ in studies_named(sentence) if m.start > match.end]
    return bool(_UNREADABLE.search(sentence.text[match.start : min(following, default=len(sentence.text))]))


def _shows(tail: str) -> bool:
    return bool(
        re.search(
            r"\b(?:show\w*|reveal\w*|demonstrat\w*|confirm\w*|negative|normal|disclos\w*|which was|came back|unremarkable|taken)\b",
            tail[:120],
        )
    )


def _is_told(document: ReadDocument, sentence: Sentence, match: Match, tail: str, dated: bool) -> bool:
    """Whether the sentence or the next tells what the study showed, or it stands dated among the studies."""
    if (
        dated
        or bool(_CHANGES.match(tail))
        or _REPORTED.search(tail[:140])
        or re.search(
            r"(?:review(?:ed)?|findings?|results?|reports?|seen|noted|shown|evident|demonstrated|large \w+|per|described|by|on|images of|interpretation) (?:of )?(?:\w+ ){0,4}$",
            sentence.text[: match.start],
        )
    ):
        return True
    if (
        tail.lstrip(" ").startswith((":", "-", "="))
        or bool(_LABELLED.match(tail))
        or sentence.section.kind in ("imaging", "impression", "findings")
        or sentence.text[: match.start].strip() == ""
    ):
        return True
    if sentence.has("disc") or sentence.has("stenosis"):
        return True
    return _next_tells(document, sentence)


def _next_tells(document: ReadDocument, sentence: Sentence) -> bool:
    following = document.after(sentence)
    return (
        following is not None
        and bool(
            re.search(
                r"^(?:this|it|these|they|there|findings|cervically|the (?:mri|ct|study|scan|x-?rays?|films?|results?))\b",
                following.text,
            )
        )
        and bool(
            re.search(r"\b(?:show\w*|reveal\w*|demonstrat\w*|confirm\w*|is|was|normal|negative)\b", following.text)
        )
    )
