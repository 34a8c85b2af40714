"""The studies that a report is of: by its titles, by the views that it measures, else by the name that it is filed under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from necessity.facts.fact import Assertion, ImagingStudy, Source
from necessity.facts.imaging_named import filed_modalities, is_of_birth, studies_named
from necessity.facts.imaging_study import chosen, is_spine, study_of
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.times import find_times
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

_SPOILED = pattern(
    r"\b(?:study|exam\w*|images?|series|scan)\b[^.;]{0,40}(?:non-?diagnostic|degraded|suboptimal)|(?:non-?diagnostic|degraded|suboptimal),? (?:and )?(?:nondiagnostic )?(?:\w+ )?(?:study|exam\w*|images|series|scan)|^non-?diagnostic\b|report (?:is )?not available"
)
# A slip measured in a pose of the spine.
POSED = pattern(
    r"\bmm (?:\w+ )?(?:in |on |with |w |w/ |at )(?:full )?(?:flex|ext)|\b(?:flexion|extension|flex|ext)\b[:=]?\s?(?:is |was |of )?\d{1,2}(?:\.\d)?\s?mm|"
    r"\b(?:motion|translation|angulation|movement|listhesis)\b[^.;]{0,30}\b(?:in|on|with|between) (?:flexion|bending)"
)
# Words that only an MRI report has.
_ONLY_MRI = pattern(
    r"\b(?:stir|t[12]|gadolinium|gad|t[12][ -]?weighted)\b(?!\s?(?:\d|vertebra|body|level|fracture|compression|root))(?![-/])"
)


def read_report(document: ReadDocument) -> Iterator[ImagingStudy]:
    """The titles of a report: at its head, in its headings, at the start of a short line."""
    unreadable = any(
        _SPOILED.search(sentence.text) and not sentence.levels
        for sentence in document.sentences
        if sentence.section.kind != "technique"
    )
    titled = list(_titled(document))
    titled += _filed(document, {study.concept for study in titled})
    within = {"ct", "radiograph"} if any(study.concept == "ct_myelogram" for study in titled) else set()
    for study in titled:
        if study.concept not in within:
            yield replace(study, unreadable=unreadable)


def _filed(document: ReadDocument, titled: set[str]) -> Iterator[ImagingStudy]:
    """The study that the file's name tells of where the text has no title; films in flexion are often told there alone."""
    first = next((sentence for sentence in document.sentences if sentence.text.strip()), None)
    if first is None:
        return
    filed = filed_modalities(document)
    if not titled and not filed and any(_ONLY_MRI.search(sentence.text) for sentence in document.sentences):
        filed = [document.lexicon.concepts["modality", "mri"]]
    for concept in filed:
        if not titled or concept.id == "flexion_extension":
            yield study_of(concept, document, first.evidence(), Source.RECORD, _date(document, ""), [])


def _titled(document: ReadDocument) -> Iterator[ImagingStudy]:
    named = False
    for section in document.sections:
        heading = document.document.text[section.start : section.body]
        if heading.strip() and not re.match(
            r"\s*(?:comparison|compare|technique|indication|history|reason)", heading.lower()
        ):
            matches, _ = document.lexicon.matches(heading.lower(), heading)
            found = [(m, c) for m in matches for c in m.concepts if c.group == "modality"]
            parts = [c for m in matches for c in m.concepts if c.group == "part"]
            for concept in chosen(found, heading.lower()):
                if is_spine(parts):
                    named = True
                    yield study_of(
                        concept,
                        document,
                        document.document.evidence(
                            section.start, max(section.start + 1, section.start + len(heading.rstrip()))
                        ),
                        Source.RECORD,
                        _date(document, heading.lower()),
                        parts,
                    )
        for sentence in document.sentences:
            if (
                sentence.section is not section
                or section.heading.startswith(
                    ("comparison", "technique", "compar", "clinical", "history", "reason", "indication")
                )
                and named
            ):
                continue
            for study in _titles(document, sentence, named):
                named = True
                yield study
            yield from _moved_views(document, sentence)


def _moved_views(document: ReadDocument, sentence: Sentence) -> Iterator[ImagingStudy]:
    """ "No motion on flexion and extension", "9 mm with flexion" in a report of films tells that such films were taken."""
    if sentence.section.kind == "technique" and "taken" not in sentence.text:
        return
    if sentence.text.startswith(("recommend", "consider", "suggest")):
        return
    found = next((c for _, c in studies_named(sentence) if c.id == "flexion_extension"), None)
    if found is None and POSED.search(sentence.text) and "flex" in document.document.text.lower():
        found = document.lexicon.concepts["modality", "flexion_extension"]
    if found is not None:
        yield study_of(found, document, sentence.evidence(), Source.RECORD, _date(document, sentence.text), [])


def _titles(document: ReadDocument, sentence: Sentence, named: bool) -> Iterator[ImagingStudy]:
    if re.match(
        r"(?:comparison|compare|indication|history|clinical|reason|technique|hx|ind|consider|recommend|as described)\b",
        sentence.text,
    ):
        return
    found = [(m, c) for m, c in sentence.of("modality")]
    if (
        not found
        or sentence.has("modality", "intraoperative")
        or named
        and sentence.qualify(found[0][0].start, found[0][0].end).assertion is not Assertion.PRESENT
    ):
        return
    parts = [c for _, c in sentence.of("part")]
    if named and (found[0][0].start > 40 or len(sentence.text) > 170):
        return
    if is_spine(parts, not named):
        views = [concept for _, concept in found if concept.id == "views"][:1] if not named else []
        for concept in chosen(found, sentence.text) or views:
            yield study_of(
                concept,
                document,
                sentence.evidence(),
                Source.RECORD,
                _date(document, sentence.text),
                parts,
                unreadable=False,
            )


def _date(document: ReadDocument, text: str) -> PartialDate | None:
    found = find_times(text, document.document.written)
    dates = [time.date for time in found if time.date and not is_of_birth(text, time.start)]
    top = document.document.text[:300].lower()
    head = [
        time.date
        for time in find_times(top, document.document.written)
        if time.date and time.date.is_exact and not is_of_birth(top, time.start)
    ]
    written = PartialDate.day(document.document.written) if document.document.written else None
    return dates[0] if dates else head[0] if head else written
