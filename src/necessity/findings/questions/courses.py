"""Courses of treatment as intervals of days: what surely ran, what may have run, and the episode that bounds both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from necessity.facts.fact import Assertion, CareStatement, Fact, SymptomQuality, Treatment
from necessity.facts.ledger import closed_before, is_before
from necessity.facts.outweighed import not_outweighed
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.findings.questions.relevance import in_region, judged_on, of_kind
from necessity.findings.questions.studies import last_operation
from necessity.values.dates import DAYS_PER_WEEK, Length, PartialDate

# Treatment that runs for a time. An injection is an event and has no length of its own.
LASTING = (
    "physical_therapy",
    "home_exercise",
    "chiropractic",
    "medication",
    "acupuncture",
    "massage",
    "traction",
    "tens",
    "behavioural",
)
# Those that keep the length open while they have no dates; the others are passing measures.
HOLDING_OPEN = ("physical_therapy", "home_exercise", "chiropractic", "medication")
# "Still taking" in a note of this age is read as still taking now.
_STILL_DAYS = 60
# Lengths are told in round numbers: so much more than the episode they may be.
_ROUNDED = 1.15
# Of an operation so long ago, known by its year, all care of that year belongs to the episode that it closed.
_LONG_AGO_DAYS = 365

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The current episode: when it began at the earliest, and the facts that say so."""

    began: date | None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One treatment: the interval it surely ran, the one it may have run, or a length without a place in time."""

    fact: Fact
    surely: Interval | None = None
    possibly: Interval | None = None
    length: Length | None = None
    ongoing: bool = False

    @property
    def placed(self) -> bool:
        return self.possibly is not None

    @property
    def bounded(self) -> bool:
        """Whether its longest extent is known."""
        return self.possibly is not None or (self.length is not None and self.length.most is not None)


def episode_of(case: CaseFacts, line: Line, *, since_recurrence: bool) -> Episode:
    """When the episode began: by the earliest statement of its onset or length; after an operation, not before it."""
    facts = [
        q
        for q in in_region(of_kind(case, SymptomQuality, "episode"), line)
        if q.assertion is Assertion.PRESENT and not q.historical and _onset(q)
    ]
    operated = last_operation(case, line) if since_recurrence else None
    closed = closed_before(in_region(of_kind(case, CareStatement, "care_closed"), line))
    if closed and (operated is None or operated <= closed):
        return _after_good_time(case, line, facts, closed)
    if operated:
        facts = _told_of_return([q for q in facts if (day := _onset(q)) and day > operated])
    if not facts:
        return Episode(began=operated)
    first = min(facts, key=lambda q: _onset(q) or date.max)
    return Episode(began=_onset(first), facts=(first,))


def _after_good_time(case: CaseFacts, line: Line, facts: Sequence[SymptomQuality], closed: date) -> Episode:
    """The episode that began when the trouble came back."""
    told = [s for s in of_kind(case, CareStatement, "care_closed") if s.when and s.when.earliest > closed]
    later = [q for q in facts if (day := _onset(q)) and day > closed]
    return Episode(began=closed + timedelta(days=1), facts=(*told[:1], *later[:1]))


def _told_of_return(facts: list[SymptomQuality]) -> list[SymptomQuality]:
    """The day of the return, or "came back", outweighs a length counted back, which may be that of the good time after
    the operation; a length of worsening only is left out where anything else is told."""
    sure = [q for q in facts if (q.onset or q.value == "recurrence") and q.value != "change"]
    return sure or [q for q in facts if q.value != "change"] or facts


def _onset(quality: SymptomQuality) -> date | None:
    """The first day that an onset or a length may mean."""
    if quality.onset:
        return quality.onset.earliest
    if quality.length and quality.length.most is not None and quality.written:
        return quality.written - timedelta(days=round(quality.length.most))
    return None


def treatments(case: CaseFacts, line: Line, *concepts: str) -> tuple[Treatment, ...]:
    """Treatment of the line's part of the spine tried in this episode, not before and not for another region."""
    found = in_region(of_kind(case, Treatment, *concepts), line)
    operated = closed_by(case, line)
    return tuple(
        t
        for t in not_outweighed(found)
        if t.assertion is Assertion.PRESENT
        and not t.historical
        and t.other_region is None
        and not is_before(t, operated)
    )


def closed_by(case: CaseFacts, line: Line) -> date | None:
    """For a repeat operation, the day of the earlier one: what was tried before it belongs to the episode it closed.

    So does what was tried before a good time, where the chart tells of one and of the return behind it.
    """
    told = closed_before(in_region(of_kind(case, CareStatement, "care_closed"), line))
    operated = _operated_by(case, line) if line.revision else None
    return max((day for day in (told, operated) if day), default=None)


def _operated_by(case: CaseFacts, line: Line) -> date | None:
    until = judged_on(case)
    latest = last_operation(case, line, latest=True)
    if latest and (until - latest).days > _LONG_AGO_DAYS:
        return latest
    operated = last_operation(case, line)
    return operated if operated and operated < until else None


def courses(case: CaseFacts, line: Line, episode: Episode, *concepts: str) -> tuple[Course, ...]:
    """The lasting treatments of the episode, cut to it and to the day of judgement."""
    until = judged_on(case)
    told = [t for t in treatments(case, line, *(concepts or LASTING)) if _continuous(t)]
    tried = joined([_from_onset(t, episode) for t in told])
    found = [_course(t, until) for t in tried] + [_home_after(t, tried, until) for t in tried if _is_open_home(t)]
    kept = [cut for course in found if (cut := _cut(course, episode.began, until))]
    return tuple(course for course in kept if course.placed or not _covered(course, kept))


def _from_onset(treatment: Treatment, episode: Episode) -> Treatment:
    """Treatment taken "since it started" begins where the episode does."""
    onset = next((day for q in episode.facts if isinstance(q, SymptomQuality) and (day := _onset_of(q))), None)
    if not treatment.since_onset or not treatment.ongoing or start_of(treatment) or treatment.length or onset is None:
        return treatment
    return replace(treatment, started=onset)


def _onset_of(quality: SymptomQuality) -> PartialDate | None:
    first = _onset(quality)
    if quality.onset or first is None or quality.length is None or quality.written is None:
        return quality.onset
    return PartialDate(first, quality.written - timedelta(days=round(quality.length.least)))


def joined(tried: Sequence[Treatment]) -> list[Treatment]:
    """Treatment told in pieces made whole: "started naproxen on 10/17" and "still takes it" are one course.

    A beginning without an end takes up the going on, or the end, that another statement tells of the same treatment.
    """
    pieces = {id(t): _joined_with(t, tried) for t in tried}
    return [pieces[id(t)] for t in tried]


def start_of(treatment: Treatment) -> PartialDate | None:
    """When a course began: as stated, else the one date that a note gives for it ("two weeks ago").

    The date of a record is that of a visit within the course and no beginning.
    """
    if treatment.started or treatment.ended or treatment.documentation == "record":
        return treatment.started
    return treatment.when


def _joined_with(treatment: Treatment, tried: Sequence[Treatment]) -> Treatment:
    start = start_of(treatment)
    if start is None or treatment.ended or treatment.ongoing or treatment.length:
        return treatment
    same = [t for t in tried if start_of(t) is None and t is not treatment and _same_treatment(t, treatment)]
    going = next((t for t in same if t.ongoing and not _before(t, start)), None)
    ended = next((t for t in same if t.ended and t.ended.latest > start.earliest), None)
    other = going or ended
    if other is None:
        return replace(treatment, started=start)
    return replace(
        treatment,
        started=start,
        ongoing=going is not None,
        ended=None if going else other.ended,
        written=other.written,
        evidence=tuple(dict.fromkeys((*treatment.evidence, *other.evidence))),
    )


def _before(statement: Treatment, start: PartialDate) -> bool:
    """Whether a statement was written before a treatment began, so that it cannot be about it."""
    return statement.written is not None and statement.written < start.earliest


def _continuous(treatment: Treatment) -> bool:
    """A drug taken now and then is no continuous treatment."""
    return not (treatment.concept == "medication" and treatment.as_needed)


def _course(treatment: Treatment, until: date) -> Course:
    start, end, ongoing = start_of(treatment), treatment.ended, treatment.ongoing and treatment.ended is None
    if start is None:
        return Course(fact=treatment, length=treatment.length, ongoing=ongoing)
    last = _running_to(treatment, until)
    if end:
        return Course(
            fact=treatment, surely=_ordered(start.latest, end.earliest), possibly=_ordered(start.earliest, end.latest)
        )
    if ongoing:
        return Course(
            fact=treatment, surely=_ordered(start.latest, last), possibly=_ordered(start.earliest, until), ongoing=True
        )
    if treatment.length:
        least = start.latest + timedelta(days=round(treatment.length.least))
        most = (
            start.latest + timedelta(days=round(treatment.length.most)) if treatment.length.most is not None else until
        )
        return Course(fact=treatment, surely=_ordered(start.latest, least), possibly=_ordered(start.earliest, most))
    return Course(fact=treatment, possibly=_ordered(start.earliest, until))


def _running_to(treatment: Treatment, until: date) -> date:
    """To which day treatment said to go on surely ran: to the day of judgement where the note is recent."""
    if treatment.written is None or (until - treatment.written).days <= _STILL_DAYS:
        return until
    return treatment.written


def _is_open_home(treatment: Treatment) -> bool:
    return treatment.concept == "home_exercise" and start_of(treatment) is None and treatment.ongoing


def _home_after(home: Treatment, tried: Sequence[Treatment], until: date) -> Course:
    """Exercises taught in therapy and kept up at home run on from the end of the therapy."""
    ends = [t.ended for t in tried if t.concept == "physical_therapy" and t.ended]
    if not ends:
        return Course(fact=home, ongoing=True)
    end = max(ends)
    return Course(
        fact=home,
        surely=_ordered(end.latest, _running_to(home, until)),
        possibly=_ordered(end.earliest, until),
        ongoing=True,
    )


def _ordered(start: date, end: date) -> Interval | None:
    return (start, end) if start < end else None


def _cut(course: Course, began: date | None, until: date) -> Course | None:
    """The course within the episode; None where it lies outside."""
    if course.possibly is None:
        return None if _outlasts(course, began, until) else course
    start = max(course.possibly[0], began) if began else course.possibly[0]
    possibly = _ordered(start, min(course.possibly[1], until))
    if possibly is None:
        return None
    surely = None
    if course.surely:
        first = max(course.surely[0], began) if began else course.surely[0]
        surely = _ordered(first, min(course.surely[1], until))
    return Course(fact=course.fact, surely=surely, possibly=possibly, length=course.length, ongoing=course.ongoing)


def _outlasts(course: Course, began: date | None, until: date) -> bool:
    """Whether a stated length is more than the whole episode could hold: then it is told of another one."""
    if began is None or course.length is None:
        return False
    return course.length.least > (until - began).days * _ROUNDED + DAYS_PER_WEEK


def _covered(course: Course, others: Iterable[Course]) -> bool:
    """Whether a dated statement of the same treatment takes the place of this one without dates.

    A dated record outweighs "a full course"; home exercises without dates belong to the therapy that taught them.
    """
    mine = course.fact
    return any(other.placed and _same_treatment(mine, other.fact) for other in others)


def _same_treatment(one: Fact, other: Fact) -> bool:
    if not isinstance(one, Treatment) or not isinstance(other, Treatment):
        return False
    if one.concept == "home_exercise" and other.concept == "physical_therapy":
        return True
    if one.concept != other.concept:
        return False
    if one.concept != "medication" or (one.drug is None and one.drug_class is None):
        return True
    return one.drug == other.drug if one.drug else one.drug_class == other.drug_class


def stated_lengths(case: CaseFacts, line: Line, episode: Episode) -> tuple[Course, ...]:
    """Lengths said of non-operative care as a whole, where the episode can hold them."""
    until = judged_on(case)
    found = in_region(of_kind(case, CareStatement, "care_length"), line)
    operated = closed_by(case, line)
    told = [
        Course(fact=s, length=s.length)
        for s in found
        if s.present and s.length and not (operated and s.written and s.written <= operated)
    ]
    return tuple(course for course in told if not _outlasts(course, episode.began, until))


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Overlapping and touching intervals made one; overlaps do not add up."""
    runs: list[Interval] = []
    for start, end in sorted(intervals):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return tuple(runs)


def days_in(runs: Iterable[Interval]) -> int:
    return sum((end - start).days for start, end in runs)


def in_weeks(days: float) -> str:
    """ "60 days (8 weeks 4 days)"."""
    whole = round(days)
    weeks, rest = divmod(whole, DAYS_PER_WEEK)
    if not weeks:
        return _count(whole, "day")
    return f"{_count(whole, 'day')} ({_count(weeks, 'week')}{' ' + _count(rest, 'day') if rest else ''})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def working(runs: Sequence[Interval]) -> str:
    """The arithmetic in words: "2025-10-20 to 2025-12-19 is 60 days (8 weeks 4 days)"."""
    total = in_weeks(days_in(runs))
    spans = ", ".join(f"{start.isoformat()} to {end.isoformat()}" for start, end in runs)
    return f"{spans} is {total}" if len(runs) == 1 else f"{spans} together are {total}"
