"""Which sentences speak of a study of the spine, and what each inherits: modality, date, region, levels, who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from necessity.charts.sections import Section
from necessity.facts.fact import Region, Source
from necessity.facts.imaging_named import (
    IN_THEATRE,
    elsewhere_only,
    filed_as,
    filed_modalities,
    is_of_birth,
    is_report,
    studies_named,
    tells_study,
)
from necessity.facts.imaging_scene import Scene
from necessity.facts.imaging_words import Frame
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.times import TimeMention, find_times
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

_UNREAD = frozenset(
    {
        "procedure_details",
        "consent",
        "family_history",
        "surgical_history",
        "complications",
        "medications",
        "allergies",
        "social_history",
        "procedure",
        "review_of_systems",
        "questions",
    }
)
_DIAGNOSES = frozenset({"diagnosis", "assessment", "impression", "indication"})
_GOES_ON = pattern(
    r"^(?:\W*)(?:this|it|these|those|there (?:is|was|were|are)|the (?:study|scan|disc|disk|central|canal|foram|mri|ct|film|image|finding|stenosis|exam|spin|cord|conus|align|report|radiolog|same|images|remaining|rest|vertebra|impress|conclusion)|at |also|findings|impression|conclusion|superimposed|additional|no |mild|moderate|"
    r"severe|normal|intervertebral|degenerative|spondylosis|disc|disk|bulge|hnp|multilevel|[ctl]\d|they (?:show|demonstrate|reveal)|small|large|grade|my read|i |otherwise|otherwise|other levels|conus|alignment|cervical|thoracic|lumbar|vertebral|postop|left|right|central|bilateral|cervically|both)"
)
_GLOBAL = pattern(
    r"^(?:\W*)(?:conus|alignment|vertebral|no (?:fracture|discitis|epidural|enhanc|lesion|spondylolisthesis|pars|abnormal|significant|acute|evidence|other|focal|listhesis|cord)|the (?:remaining|other|conus|cord|spinal cord|visuali[sz]ed|vertebral|alignment|paraspinal|paravertebral|bone)|other levels|remaining|upper levels|paraspinal|marrow|bone|"
    r"five lumbar|twelve|numbering|levels counted|cord signal|soft tissue|incidental|simple|impression|imp\b|conclusion|paravertebral|small left renal|motion degraded|spinal cord)"
)
_PRIOR = pattern(
    r"^(?:comparison|comparisons|compare|prior studies|comparison studies|previous studies|indication|history|clinical|reason|technique)"
)
_ALSO = pattern(r"^(?:there (?:is|was|were|are) also|(?:it|this|they|these) (?:also )?(?:show|reveal|demonstrat))")
_EARLIER = pattern(
    r"\bat that time\b|\byears ago\b|\bback then\b|\bprior to (?:his|her|the) (?:first|previous|prior|last|initial) (?:surgery|operation|fusion)"
)
_INTRAOP_TITLE = pattern(r"\b(?:operation|operative report|procedure performed|operation performed|anesthesia)\b")


_PLAIN = Frame()


@dataclass(slots=True)
class _State:
    """What has been said so far in the document."""

    frame: Frame
    section: Section | None = None
    quiet: int = 0
    by_line: bool = False  # levels stand at the start of lines, so each governs its own line


def scenes(reading: ReadDocument) -> tuple[Scene, ...]:
    """The sentences that may speak of imaging or of a diagnosis that imaging makes, each with its frame."""
    return reading.once(_scenes)


def _scenes(reading: ReadDocument) -> tuple[Scene, ...]:
    return tuple(_report_scenes(reading) if is_report(reading) else _note_scenes(reading))


def _report_scenes(reading: ReadDocument) -> Iterator[Scene]:
    state = _State(Frame(source=Source.RECORD, in_study=True, in_report=True, when=_written(reading)))
    filed = filed_modalities(reading)
    if filed:
        moved = any(concept.id == "flexion_extension" for concept in filed)
        _look_at(state, list(filed_as(reading)), "flexion_extension" if moved else filed[0].id)
    title = reading.document.text[:300].lower()
    when = _first_date(title, reading)
    if when:
        state.frame = replace(state.frame, when=when)
    for sentence in reading.sentences:
        if sentence.section is not state.section:
            state.section = sentence.section
            _enter(state, reading, sentence.section)
        if _PRIOR.match(sentence.section.heading) or _PRIOR.match(sentence.text):
            if sentence.section.kind not in ("indication",) and "exam" in sentence.section.heading:
                _turn(state, sentence)
            if re.match(
                r"^(?:comparison|compare|indication|history|clinical|reason|technique|hx|ind\b)", sentence.text
            ) or _on_heading_line(reading, sentence):
                continue
        _turn(state, sentence)
        yield _scene(state, sentence)


def _on_heading_line(reading: ReadDocument, sentence: Sentence) -> bool:
    """A short heading ("Indication: …") ends with its line; what follows belongs to the report."""
    line_end = reading.document.text.find("\n", sentence.section.body + 1)
    return line_end < 0 or sentence.start < line_end


def _written(reading: ReadDocument) -> PartialDate | None:
    written = reading.document.written
    return PartialDate.day(written) if written else None


def _first_date(title: str, reading: ReadDocument) -> PartialDate | None:
    found: tuple[TimeMention, ...] = find_times(title, reading.document.written)
    return next(
        (
            time.date
            for time in found
            if time.date
            and time.date.is_exact
            and not re.search(r"(?:comparison|compared?)[^\n]{0,60}$", title[: time.start])
            and not is_of_birth(title, time.start)
        ),
        None,
    )


def _enter(state: _State, reading: ReadDocument, section: Section) -> None:
    """A heading may name the study ("MRI CERVICAL SPINE: …") or the region."""
    state.frame = replace(state.frame, levels=(), after_stenosis=False)
    heading = reading.document.text[section.start : section.body]
    if heading.strip():
        matches, _ = reading.lexicon.matches(heading.lower(), heading)
        modality = next(
            (
                c.id
                for m in matches
                for c in m.concepts
                if c.group == "modality" and c.id not in ("film", "intraoperative", "views")
            ),
            None,
        )
        _look_at(state, [c for m in matches for c in m.concepts if c.group == "part"], modality)
        dates = [time.date for time in find_times(heading.lower(), reading.document.written) if time.date]
        if modality and dates:
            state.frame = replace(state.frame, when=dates[0])


def _look_at(state: _State, parts: list[object], modality: str | None) -> None:
    regions = [
        Region(part.attributes["region"])
        for part in parts
        if hasattr(part, "attributes") and part.attributes.get("region")
    ]
    elsewhere = any(hasattr(part, "attributes") and part.attributes.get("elsewhere") for part in parts)
    if modality:
        state.frame = replace(state.frame, modality=modality)
        if regions or elsewhere:
            state.frame = replace(
                state.frame, spine=bool(regions), region=regions[0] if len(set(regions)) == 1 else None
            )
    elif regions and not elsewhere:
        state.frame = replace(state.frame, region=regions[0])


def _turn(state: _State, sentence: Sentence) -> None:
    """Take over what a sentence of a report sets: a title, a region, the governing level."""
    found = studies_named(sentence)
    parts = [c for _, c in sentence.of("part")]
    opening = (
        found
        and (found[0][0].start < 40 and len(sentence.text) < 170)
        and not re.match(r"(?:consider|recommend|if |suggest|no prior|compar)", sentence.text)
    )
    if opening:
        ids = [c.id for _, c in found]
        modality = "flexion_extension" if "flexion_extension" in ids else ids[0]
        near = [c for m, c in sentence.of("part") if m.start < found[-1][0].end + 60]
        _look_at(state, list(near), modality)
        dates = [time.date for time in sentence.times if time.date and not is_of_birth(sentence.text, time.start)]
        state.frame = replace(state.frame, levels=(), when=dates[0] if dates else state.frame.when)
    elif not state.frame.spine and any(part.get("region") or part.get("spine") for part in parts):
        state.frame = replace(state.frame, spine=True)
    elif re.match(r"^(?:cervical|thoracic|lumbar)(?: spine)?\s?[:.]", sentence.text):
        state.frame = replace(
            state.frame,
            levels=(),
            region=Region(parts[0].attributes["region"]) if parts and parts[0].get("region") else None,
        )


def _scene(state: _State, sentence: Sentence) -> Scene:
    """The sentence in its frame; its leading levels govern those that follow."""
    if (
        state.frame.levels
        and (_opens_line(sentence) or not state.by_line)
        and (_GLOBAL.match(sentence.text) or sentence.section.kind == "impression" and not sentence.levels)
    ):
        state.frame = replace(state.frame, levels=())
    scene = Scene(sentence, state.frame)
    if scene.leads and scene.places and (scene.places[0].segments or ":" in sentence.text[: scene.places[0].end + 2]):
        last = (
            scene.places[-1]
            if len(scene.places) > 1
            and not scene.between(
                scene.places[0].end, scene.places[-1].start, "disc", "stenosis", "grade", "compression", "alignment"
            )
            else scene.places[0]
        )
        levels = tuple(
            dict.fromkeys(level for place in scene.places[: scene.places.index(last) + 1] for level in place.levels)
        )
        if len(scene.places) > 1 and last is scene.places[0]:
            levels = scene.places[-1].levels if re.search(r"[:]", sentence.text) is None else levels
        scene = Scene(sentence, replace(state.frame, levels=levels if len(levels) else state.frame.levels))
        state.frame = replace(state.frame, levels=levels)
        state.by_line = _opens_line(sentence)
    elif (
        scene.places
        and scene.places[0].segments
        and (not scene.frame.in_report or len(scene.places) == 1)
        and not _GLOBAL.match(sentence.text)
    ):
        state.frame = replace(state.frame, levels=scene.places[0].segments)
    graded = (
        any(word.concept.get("kind") == "narrow" for word in scene.of("stenosis"))
        or state.frame.after_stenosis
        and bool(scene.of("grade"))
    )
    if graded != state.frame.after_stenosis:
        state.frame = replace(state.frame, after_stenosis=graded)
    return scene


def _is_elsewhere(sentence: Sentence) -> bool:
    """Whether a sentence among the studies is of another part of the body alone."""
    parts = [concept for _, concept in sentence.of("part")]
    return (
        any(part.get("elsewhere") for part in parts)
        and all(part.get("elsewhere") for part in parts)
        and not sentence.levels
    )


def _opens_line(sentence: Sentence) -> bool:
    text = sentence.document.text
    return sentence.start == 0 or text[max(0, sentence.start - 3) : sentence.start].rstrip(" \t-*").endswith("\n")


def _note_scenes(reading: ReadDocument) -> Iterator[Scene]:
    state = _State(Frame())
    elsewhere = elsewhere_only(reading)
    operative = bool(_INTRAOP_TITLE.search(reading.document.text[:1500].lower())) or any(
        section.kind == "procedure_details" for section in reading.sections
    )
    for sentence in reading.sentences:
        kind = sentence.section.kind
        if sentence.section is not state.section:
            state.section, state.quiet = sentence.section, 0
            state.frame = Frame(in_study=True) if kind == "imaging" else _PLAIN
            if kind == "imaging" or kind == "other" and sentence.section.heading:
                _enter(state, reading, sentence.section)
                told = kind == "imaging" or state.frame.modality is not None
                state.frame = replace(state.frame, in_study=state.frame.spine and told)
        unread = kind in _UNREAD or operative and kind in ("findings", "other", "complications", "technique")
        if unread and not tells_study(sentence) and not _tells_more(state, sentence):
            state.frame = _PLAIN
            continue
        _follow(state, sentence, elsewhere)
        aside = state.frame.in_study and _is_elsewhere(sentence)
        if (
            state.frame.in_study
            or kind in _DIAGNOSES
            or sentence.has("disc")
            or sentence.has("stenosis")
            or sentence.has("alignment")
            or sentence.has("compression")
        ):
            scene = _scene(state, sentence)
            if aside:
                scene.frame = replace(scene.frame, in_study=False, spine=False)
            if not scene.words:
                continue
            if kind == "past_history":
                scene.frame = replace(scene.frame, historical=not scene.frame.in_study)
            yield scene


def _tells_more(state: _State, sentence: Sentence) -> bool:
    """ "There were also bulges at C3-4": the study told before goes on amid the account of an operation."""
    return bool(state.frame.modality and _ALSO.match(sentence.text) and not IN_THEATRE.search(sentence.text))


def _follow(state: _State, sentence: Sentence, elsewhere_modalities: set[str]) -> None:
    """A study named opens a frame; it lasts while sentences go on about it."""
    found = studies_named(sentence)
    if found:
        modality = "flexion_extension" if any(c.id == "flexion_extension" for _, c in found) else found[0][1].id
        match = found[0][0]
        near = [c for m, c in sentence.of("part") if abs(m.start - match.end) < 40 or abs(match.start - m.end) < 30]
        regions = [Region(part.attributes["region"]) for part in near if part.get("region")]
        elsewhere = any(part.get("elsewhere") for part in near)
        dates = [time.date for time in sentence.times if time.date and abs(time.start - match.end) < 60]
        spine = (
            bool(regions)
            or not elsewhere
            and not (modality in elsewhere_modalities and not near and not sentence.levels)
        )
        state.frame = Frame(
            studies=tuple((m.start, c.id) for m, c in found),
            modality=modality,
            when=dates[0] if dates else None,
            region=regions[0] if len(set(regions)) == 1 else None,
            in_study=spine,
            spine=spine,
            historical=bool(_EARLIER.search(sentence.text)),
        )
        state.quiet = 0
        return
    if state.frame.studies:
        state.frame = replace(state.frame, studies=())
    if state.frame.modality and state.section is not None and state.section.kind != "imaging":
        goes_on = _GOES_ON.match(sentence.text) and (
            sentence.has("disc")
            or sentence.has("stenosis")
            or sentence.has("alignment")
            or sentence.has("compression")
            or sentence.has("structure")
            or sentence.has("redflag")
        )
        state.quiet = 0 if goes_on else state.quiet + 1
        if state.quiet > 1 or not goes_on and _leaves(sentence):
            state.frame = _PLAIN
    if state.frame.in_study and sentence.has("part"):
        parts = [c for _, c in sentence.of("part")]
        if not state.frame.spine and any(part.get("region") for part in parts):
            state.frame = replace(state.frame, spine=True)


def _leaves(sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"^(?:he|she|his|her|the patient|patient|mr|mrs|ms|plan|we|after|in |on |because|physical|examination|motor|exam|past)\b",
            sentence.text,
        )
    )
