"""Studies as the imaging questions see them: their age, what they show of nerve and cord at a level, who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from necessity.facts.fact import Assertion, ImagingFinding, ImagingStudy, Operation, Side, Source
from necessity.findings.line import Line
from necessity.findings.lines import HERNIATIONS
from necessity.findings.question import CaseFacts
from necessity.findings.questions.relevance import in_region, judged_on, of_kind, on_side
from necessity.values.dates import PartialDate

GRADES = ("none", "mild", "mild_to_moderate", "moderate", "moderate_to_severe", "severe")
# A mixed grade counts as the lower word below moderate and as the upper one above it.
_RANK = {"none": 0, "mild": 1, "mild_to_moderate": 1, "moderate": 2, "moderate_to_severe": 3, "severe": 3}
CANAL = ("canal", "central", None)
# A newer CT does not overrule an MRI of the same time on soft tissue.
_SHOWS_NERVE = ("mri", "ct_myelogram")


class Shown(StrEnum):
    """What one finding says of nerve and cord."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # ungraded, questionable, unreadable, or a herniation without a word on the nerve
    BESIDE = "beside"  # nothing on nerve or cord


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The params of the compression questions."""

    max_age_months: float | None = None
    cord_max_age_months: float | None = None
    stenosis_at_least: str = "moderate"
    contact_counts: bool = True
    needs_stenosis: bool = False

    @classmethod
    def of(cls, params: Mapping[str, object]) -> Asked:
        return cls(
            max_age_months=_number(params.get("max_age_months")),
            cord_max_age_months=_number(params.get("cord_max_age_months")),
            stenosis_at_least=str(params.get("stenosis_at_least") or "moderate"),
            contact_counts=params.get("contact_counts") is not False,
            needs_stenosis=params.get("needs_stenosis") is True,
        )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and value else None


def rank(grade: str | float | None) -> int | None:
    """0 none, 1 mild, 2 moderate, 3 severe; None without a grade."""
    return _RANK.get(grade) if isinstance(grade, str) else None


def findings_of(case: CaseFacts, line: Line, *concepts: str) -> tuple[ImagingFinding, ...]:
    """What imaging shows in the line's part of the spine, without findings of the past."""
    found = in_region(of_kind(case, ImagingFinding, *concepts), line)
    return tuple(_placed(case, line, f) for f in found if not f.historical)


def _placed(case: CaseFacts, line: Line, finding: ImagingFinding) -> ImagingFinding:
    """A compression told by root and zone alone ("pushes the right L5 root in the lateral recess") lies at the one level
    where that zone holds that root."""
    if finding.levels or finding.concept != "compression" or not finding.present or not line.level:
        return finding
    if finding.zone in CANAL or not finding.roots or line.level in case.anatomy.several_roots:
        return finding
    held = case.anatomy.roots_at(line.level, finding.zone)
    alone = len(held) == 1 and finding.roots == held
    return replace(finding, levels=(line.level,)) if alone else finding


def study_date(case: CaseFacts, finding: ImagingFinding) -> PartialDate | None:
    """The date of the study that a finding is read from.

    A reading without a date takes that of the one study of its kind in the chart; a report without one its own.
    """
    if finding.when:
        return finding.when
    if finding.source is Source.RECORD and finding.written:
        return PartialDate.day(finding.written)
    if finding.modality is None:
        return None
    days = {s.when for s in of_kind(case, ImagingStudy, finding.modality) if s.present and s.when}
    days |= {
        f.when or PartialDate.day(f.written)
        for f in of_kind(case, ImagingFinding)
        if f.modality == finding.modality and f.source is Source.RECORD and f.written
    }
    return days.pop() if len(days) == 1 else None


def months_allowed(case: CaseFacts, line: Line, asked: Asked) -> float | None:
    if line.level and case.anatomy.has_cord(line.level) and asked.cord_max_age_months:
        return asked.cord_max_age_months
    return asked.max_age_months


def is_fresh(case: CaseFacts, line: Line, finding: ImagingFinding, asked: Asked) -> bool | None:
    """Whether the study is young enough; None where its date is not known well enough to say."""
    limit = months_allowed(case, line, asked)
    if limit is None:
        return True
    day = study_date(case, finding)
    if day is None:
        return None
    oldest = case.days.get(limit)
    if oldest is None:
        oldest = judged_on(case) - relativedelta(months=int(limit), days=round((limit % 1) * 30))
        case.days[limit] = oldest
    if day.earliest >= oldest:
        return True
    return False if day.latest < oldest else None


def age_in_words(case: CaseFacts, finding: ImagingFinding) -> str:
    """ "the MRI of 2023-03-09, 34 months before 2026-02-05"."""
    name = (finding.modality or "study").replace("_", " ")
    name = name.upper() if name in ("mri", "ct") else name
    day, on = study_date(case, finding), judged_on(case)
    if day is None:
        return f"the {name} without a date"
    gap = relativedelta(on, day.latest)
    months = gap.years * 12 + gap.months
    days = (on - day.latest).days
    age = f"{months} month{'s' if months != 1 else ''}" if months else f"{days} day{'s' if days != 1 else ''}"
    return f"the {name} of {day}, {age} before {on.isoformat()}"


def is_reading(case: CaseFacts, finding: ImagingFinding) -> bool:
    """A report, or a clinician's reading of a study that the chart names; a bare diagnosis is neither."""
    return finding.source is Source.RECORD or finding.modality is not None or finding.when is not None


def shows(case: CaseFacts, finding: ImagingFinding, asked: Asked, level: str | None) -> Shown:
    """What a finding says of nerve and cord under the params asked."""
    if finding.assertion is Assertion.POSSIBLE:
        return Shown.OPEN if finding.concept in ("compression", "stenosis") else Shown.BESIDE
    if finding.assertion not in (Assertion.PRESENT, Assertion.ABSENT):
        return Shown.BESIDE
    there = finding.assertion is Assertion.PRESENT
    if finding.concept == "compression":
        return _of_compression(case, finding, asked, level) if there else Shown.NO
    if finding.concept == "stenosis":
        return _of_stenosis(finding, asked) if there else Shown.NO
    if finding.concept == "cord_signal" and there:
        return Shown.OPEN
    if finding.concept == "disc":
        herniated = there and finding.grade in HERNIATIONS
        return Shown.OPEN if herniated else Shown.NO
    if finding.concept == "normal" and there:
        return Shown.NO
    return Shown.BESIDE


def _of_compression(case: CaseFacts, finding: ImagingFinding, asked: Asked, level: str | None) -> Shown:
    if asked.needs_stenosis:
        return Shown.OPEN
    if finding.structure == "thecal_sac":
        # The sac alone says little over the cord; below it a compressed sac is a compressed cauda.
        below_cord = level is not None and not case.anatomy.has_cord(level)
        return Shown.YES if below_cord and finding.grade == "compression" else Shown.OPEN
    if finding.grade == "contact" and not asked.contact_counts:
        return Shown.NO
    return Shown.YES


def _of_stenosis(finding: ImagingFinding, asked: Asked) -> Shown:
    grade = rank(finding.grade)
    if grade is None:
        return Shown.OPEN
    return Shown.YES if grade >= (_RANK.get(asked.stenosis_at_least) or 2) else Shown.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one study says of one place, through one reader."""

    verdict: bool | None
    facts: tuple[ImagingFinding, ...]
    day: PartialDate | None
    modality: str | None


def read_place(case: CaseFacts, line: Line, found: Iterable[ImagingFinding], asked: Asked) -> Reading | None:
    """The verdict of findings of one study at the line's level and side; None where they say nothing of it.

    What is said of the level outweighs what is said of all levels, and what is seen outweighs what is ruled out.
    """
    named = [f for f in found if line.level in f.levels]
    general = [f for f in found if not f.levels and shows(case, f, asked, line.level) is Shown.NO]
    here = [f for f in named if on_side(f.side, line)]
    seen = [(f, shows(case, f, asked, line.level)) for f in here]
    chosen = [f for f, verdict in seen if verdict is Shown.YES]
    if chosen:
        return _reading(case, True, chosen)
    if any(verdict is Shown.OPEN for _, verdict in seen):
        ruled_out = [f for f, _ in seen if f.concept == "compression" and f.assertion is Assertion.ABSENT]
        graded = [f for f, v in seen if v is Shown.NO and f.concept in ("stenosis", "normal")]
        ungraded = [f for f, v in seen if v is Shown.OPEN and f.concept != "disc"]
        if ruled_out or (graded and not ungraded):
            return _reading(case, False, [*ruled_out, *graded])
        return _reading(case, None, [f for f, verdict in seen if verdict is Shown.OPEN])
    against = [f for f, verdict in seen if verdict is Shown.NO]
    if against:
        return _reading(case, False, against)
    other_side = [f for f in named if not on_side(f.side, line) and shows(case, f, asked, line.level) is Shown.YES]
    if other_side:
        return _reading(case, False, other_side)
    if named:
        return _reading(case, None, named)
    return _reading(case, False, general) if general else None


def _reading(case: CaseFacts, verdict: bool | None, facts: list[ImagingFinding]) -> Reading:
    return Reading(verdict=verdict, facts=tuple(facts), day=study_date(case, facts[0]), modality=facts[0].modality)


def by_study(case: CaseFacts, found: Iterable[ImagingFinding]) -> list[tuple[ImagingFinding, ...]]:
    """Findings grouped by study and reader: date, kind of study, and document."""
    groups: dict[tuple[str, str, str], list[ImagingFinding]] = {}
    for finding in found:
        day = study_date(case, finding)
        key = (str(day), finding.modality or "", finding.evidence[0].document)
        groups.setdefault(key, []).append(finding)
    return [tuple(group) for group in groups.values()]


def together(readings: list[Reading]) -> Reading | None:
    """One reading of several studies: the newest decides, but a CT that shows nothing does not overrule an MRI."""
    if not readings:
        return None
    ordered = sorted(readings, key=lambda r: r.day.latest if r.day else date.min, reverse=True)
    settled = [r for r in ordered if r.verdict is not None]
    if not settled:
        return ordered[0]
    first = settled[0]
    if first.verdict is False:
        # Several readings of one day (a body and an impression) and a CT beside an MRI: what is seen stands.
        rival = next((r for r in settled if r.verdict and (r.day == first.day or _outranks(r, first))), None)
        return rival or first
    return first


def _outranks(older: Reading, newer: Reading) -> bool:
    return older.modality in _SHOWS_NERVE and newer.modality not in _SHOWS_NERVE and newer.modality is not None


def last_operation(case: CaseFacts, line: Line, *, latest: bool = False) -> date | None:
    """The last earlier operation at the line's level, where its date is known: its earliest day or, if asked, its latest."""
    days = [
        op.when.latest if latest else op.when.earliest
        for op in of_kind(case, Operation)
        if op.assertion is Assertion.PRESENT and op.when and line.level in op.levels
    ]
    return max(days) if days else None


def sides_of(facts: Iterable[ImagingFinding]) -> tuple[Side, ...]:
    return tuple(dict.fromkeys(f.side for f in facts if f.side is not None))
