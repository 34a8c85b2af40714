"""Questions on compression: whether a study that is young enough shows it at the line's level and side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from necessity.facts.fact import ImagingFinding, ImagingStudy, Side, Source
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.relevance import of_kind, on_side, where
from necessity.findings.questions.reply import conflict, no, unknown, yes
from necessity.findings.questions.studies import (
    CANAL,
    Asked,
    Reading,
    Shown,
    age_in_words,
    by_study,
    findings_of,
    is_fresh,
    is_reading,
    last_operation,
    months_allowed,
    rank,
    read_place,
    shows,
    study_date,
    together,
)

_SOUGHT = "a dated MRI, CT or CT myelogram that shows the level"


def fresh_findings(case: CaseFacts, line: Line, asked: Asked) -> tuple[ImagingFinding, ...]:
    """Readings young enough for the line and, after an operation at the level, later than it."""
    operated = last_operation(case, line) if line.revision else None
    return tuple(
        f
        for f in findings_of(case, line)
        if is_reading(case, f)
        and is_fresh(case, line, f, asked)
        and not (operated and (day := study_date(case, f)) and day.latest < operated)
    )


def read_level(case: CaseFacts, line: Line, asked: Asked, source: Source | None = None) -> Reading | None:
    """What the studies, of one kind of reader where given, say of the line's place."""
    found = [f for f in fresh_findings(case, line, asked) if source is None or _reader(f) is source]
    readings = [r for group in by_study(case, found) if (r := read_place(case, line, group, asked))]
    return together(readings)


def _reader(finding: ImagingFinding) -> Source:
    return Source.RECORD if finding.source is Source.RECORD else Source.CLINICIAN


def compression_shown(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Compression at the line's level and side by a study that is young enough."""
    asked = Asked.of(params)
    if line.level is None:
        return unknown(
            "The request names no level, so compression cannot be tied to it.",
            "the level of the operation",
            facts=_anywhere(case, line, asked),
        )
    report = read_level(case, line, asked, Source.RECORD)
    own = read_level(case, line, asked, Source.CLINICIAN)
    if report and own and report.verdict is False and own.verdict and _same_study(report, own):
        return conflict(
            f"The surgeon's reading shows compression at {where(line)}; the formal report rules it out.",
            [*own.facts, *report.facts],
        )
    if report and own and report.verdict and own.verdict is False and _rules_out(own) and _same_study(report, own):
        return conflict(
            f"The report shows compression at {where(line)}; the surgeon's reading rules it out.",
            [*report.facts, *own.facts],
        )
    verdicts = [reading for reading in (report, own) if reading and reading.verdict is not None]
    chosen = together(verdicts)
    if chosen and chosen.verdict:
        return yes(f"Compression at {where(line)}: {age_in_words(case, chosen.facts[0])}.", _telling(chosen))
    if chosen:
        # The criterion asks for the level; that the side is another is for concordance to say.
        opposite = compressions_opposite(case, line, asked)
        if opposite:
            return yes(_on_the_other_side(line, opposite), opposite)
        return no(_why_not(case, line, chosen, asked), chosen.facts)
    return _left_open(case, line, asked, report or own)


def _same_study(report: Reading, own: Reading) -> bool:
    """Whether two readings may be of one study: a newer study read by the surgeon is no contradiction."""
    if report.day is None or own.day is None:
        return True
    return report.day.earliest <= own.day.latest and own.day.earliest <= report.day.latest


def _rules_out(reading: Reading) -> bool:
    return any(f.concept in ("compression", "normal") for f in reading.facts)


def _telling(reading: Reading) -> list[ImagingFinding]:
    """Named compression first, then graded stenosis."""
    return sorted(reading.facts, key=lambda f: (f.concept != "compression", -(rank(f.grade) or 0)))


def compressions_opposite(case: CaseFacts, line: Line, asked: Asked) -> list[ImagingFinding]:
    """Compression at the line's level of which none is on the line's side."""
    at_level = [
        f
        for f in fresh_findings(case, line, asked)
        if line.level in f.levels and shows(case, f, asked, line.level) is Shown.YES
    ]
    return [] if any(on_side(f.side, line) for f in at_level) else at_level


def _on_the_other_side(line: Line, found: list[ImagingFinding]) -> str:
    side = found[0].side.value if found[0].side else "other"
    return f"Compression is shown at {line.level}, on the {side} side; the request is for {where(line)}."


def _why_not(case: CaseFacts, line: Line, reading: Reading, asked: Asked) -> str:
    grades = [rank(f.grade) for f in reading.facts if f.concept == "stenosis" and f.present]
    if any(grade == 1 for grade in grades):
        return f"Stenosis at {where(line)} is mild (or mild to moderate) only: {age_in_words(case, reading.facts[0])}."
    return f"The study shows no compression at {where(line)}: {age_in_words(case, reading.facts[0])}."


def _left_open(case: CaseFacts, line: Line, asked: Asked, reading: Reading | None) -> Answer:
    if reading:
        ungraded = any(f.concept == "stenosis" and f.present and f.grade is None for f in reading.facts)
        words = (
            f"The study names a stenosis at {where(line)} without a grade, and no compression."
            if ungraded
            else f"The study leaves it open whether the nerves are compressed at {where(line)}."
        )
        return unknown(
            words,
            "a graded or repeated study of the level",
            facts=reading.facts,
        )
    old = _shown_at(case, replace_age(asked), case_line=line)
    if old:
        aged = [f for f in old if is_fresh(case, line, f, asked) is False]
        limit = months_allowed(case, line, asked)
        if aged:
            return unknown(
                f"Only {age_in_words(case, aged[0])} shows it; the limit is {limit:g} months.", _SOUGHT, facts=aged
            )
        return unknown(
            f"The study that shows compression at {where(line)} has no usable date.", "the date of the study", facts=old
        )
    unreadable = [s for s in of_kind(case, ImagingStudy) if s.unreadable]
    if unreadable:
        return unknown("The study of the level could not be read.", "a repeated study", facts=unreadable)
    ordered = [s for s in of_kind(case, ImagingStudy) if not s.present]
    near = [f for f in findings_of(case, line) if shows(case, f, asked, line.level) is not Shown.BESIDE]
    return unknown(f"No study on record speaks of {where(line)}.", _SOUGHT, facts=[*near, *ordered][:4])


def replace_age(asked: Asked) -> Asked:
    """The same question without a limit of age."""
    return replace(asked, max_age_months=None, cord_max_age_months=None)


def _shown_at(case: CaseFacts, asked: Asked, case_line: Line) -> list[ImagingFinding]:
    return [
        f
        for f in findings_of(case, case_line)
        if case_line.level in f.levels
        and on_side(f.side, case_line)
        and shows(case, f, asked, case_line.level) is Shown.YES
    ]


def _anywhere(case: CaseFacts, line: Line, asked: Asked) -> list[ImagingFinding]:
    return [
        f
        for f in fresh_findings(case, line, asked)
        if any(shows(case, f, asked, level) is Shown.YES for level in f.levels)
    ]


def compression_too_old(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Shown, but only by a study older than the limit."""
    asked = Asked.of(params)
    if line.level is None:
        return unknown("The request names no level.", "the level of the operation")
    shown = _shown_at(case, replace_age(asked), line)
    aged = [f for f in shown if is_fresh(case, line, f, asked) is False]
    if aged and len(aged) == len(shown):
        return yes(f"Only {age_in_words(case, aged[0])} shows it.", aged)
    if shown:
        return no("A study within the limit shows it.", [f for f in shown if f not in aged])
    return unknown("No study shows compression at the level.", _SOUGHT)


def compression_elsewhere_only(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Shown at another level or on the other side, and not here."""
    here = compression_shown(case, line, params)
    if here.value is not False:
        return Answer(
            value=False if here.value else None,
            evidence=here.evidence,
            reason="Compression is shown at the level." if here.value else here.reason,
            sought=here.sought,
        )
    asked = Asked.of(params)
    elsewhere = [f for f in _anywhere(case, line, asked) if line.level not in f.levels or not on_side(f.side, line)]
    if elsewhere:
        places = ", ".join(dict.fromkeys(_place(f) for f in elsewhere))
        return yes(f"Compression is shown at {places} only, not at {where(line)}.", elsewhere)
    return no("No compression is shown at any level.", ())


def _place(finding: ImagingFinding) -> str:
    side = f"{finding.side.value} " if finding.side in (Side.LEFT, Side.RIGHT) else ""
    return side + "/".join(finding.levels)


def canal_graded(case: CaseFacts, line: Line, at_least: str) -> Answer:
    """Stenosis of the canal at the line's level, by the newest study that grades it."""
    if line.level is None:
        return unknown("The request names no level.", "the level of the operation")
    needed = rank(at_least) or 2
    found = [
        f
        for f in findings_of(case, line, "stenosis", "normal")
        if f.zone in CANAL and (line.level in f.levels or (not f.levels and not f.present))
    ]
    worst = [f for f in found if f.concept == "stenosis" and f.present and (rank(f.grade) or 0) >= needed]
    if worst:
        return yes(f"Stenosis of the canal at {line.level} is {at_least} or worse.", worst)
    if any(f.concept == "stenosis" and f.present and rank(f.grade) is None for f in found):
        return unknown("The stenosis of the canal is not graded.", "the grade of the canal stenosis", facts=found)
    if found:
        return no(f"Stenosis of the canal at {line.level} is below {at_least}, or ruled out.", found)
    return unknown(f"No study grades the canal at {line.level}.", "the grade of the canal stenosis")


def severe_canal_stenosis(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return canal_graded(case, line, "severe")


def canal_stenosis(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return canal_graded(case, line, str(params.get("stenosis_at_least") or "moderate"))


def cord_compression(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Cord or conus compressed at the line's level, or its canal narrowed to moderate or worse."""
    if line.level is None:
        return unknown("The request names no level.", "the level of the operation")
    if not case.anatomy.has_cord(line.level):
        return no(f"{line.level} lies below the cord.")
    asked = Asked.of(params)
    here = [f for f in fresh_findings(case, line, asked) if line.level in f.levels and f.present]
    pressed = [f for f in here if f.concept == "compression" and f.structure in ("cord", "conus")]
    narrow = [f for f in here if f.concept == "stenosis" and f.zone in CANAL and (rank(f.grade) or 0) >= 2]
    if pressed or narrow:
        signal = [f for f in here if f.concept == "cord_signal"]
        return yes(f"The cord is compressed, or its canal narrowed, at {line.level}.", [*pressed, *narrow, *signal])
    shown = compression_shown(case, line, params)
    if shown.value is False:
        return Answer(value=False, reason=shown.reason, evidence=shown.evidence)
    return unknown(f"No study within the limit speaks of the cord at {line.level}.", _SOUGHT)


COMPRESSION_PARAMS = (
    Param(name="max_age_months", type="number", unit="months"),
    Param(name="cord_max_age_months", type="number", unit="months"),
    Param(name="stenosis_at_least", type="choice", choices=("mild", "moderate", "severe")),
    Param(name="contact_counts", type="flag"),
    Param(name="needs_stenosis", type="flag"),
)

QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="compression_shown", type="yes_no", ask=compression_shown, params=COMPRESSION_PARAMS),
        Question(
            name="compression_elsewhere_only", type="yes_no", ask=compression_elsewhere_only, params=COMPRESSION_PARAMS
        ),
        Question(name="compression_too_old", type="yes_no", ask=compression_too_old, params=COMPRESSION_PARAMS),
        Question(name="severe_canal_stenosis", type="yes_no", ask=severe_canal_stenosis),
        Question(
            name="canal_stenosis",
            type="yes_no",
            ask=canal_stenosis,
            params=(Param(name="stenosis_at_least", type="choice", choices=("mild", "moderate", "severe")),),
        ),
        Question(name="cord_compression", type="yes_no", ask=cord_compression, params=COMPRESSION_PARAMS),
    )
}
