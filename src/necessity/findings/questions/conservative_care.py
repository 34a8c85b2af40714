"""Questions on the length of non-operative care: days of active treatment in this episode, with the working shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from necessity.facts.fact import CareStatement, Fact, Treatment
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.courses import (
    HOLDING_OPEN,
    Course,
    Episode,
    courses,
    days_in,
    episode_of,
    in_weeks,
    merged,
    stated_lengths,
    treatments,
    working,
)
from necessity.findings.questions.relevance import absent, in_region, judged_on, of_kind, present
from necessity.findings.questions.reply import interval, unknown

# The onset may be told in round weeks.
_SLACK_DAYS = 7
_SOUGHT = "dates of treatment (therapy record, dispensing record, dated clinic note)"


def care_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Days of active treatment. `least` is what the chart surely shows, `most` what it allows: the sum of what is
    named where all of it is dated, and never more than the episode itself."""
    episode = episode_of(case, line, since_recurrence=line.revision or params.get("since") == "recurrence")
    found = [*courses(case, line, episode), *stated_lengths(case, line, episode)]
    none = _nothing_tried(case, line)
    if none and not found:
        return interval(0, 0, "The chart says that no non-operative treatment was tried.", none)
    least, why = _least(found)
    if least is None and (found or treatments(case, line)):
        why = ["treatment is named without dates or length"]
    most = _most(case, line, found)
    if most is not None and least is not None and most > least:
        why = [*why, f"by the dates named it is {in_weeks(most)} at most"]
    bound = _bound(case, episode)
    if bound is not None and least is not None and least > bound + _SLACK_DAYS and not any(c.placed for c in found):
        # A stated length can't be longer than the episode: some of it was before.
        least, why = bound, [*why, "of which no more than the episode itself counts"]
    if bound is not None and (most is None or bound < most):
        most = max(bound, least or 0)
        if not least or least < bound:
            why = [*why, f"the whole episode, from {episode.began}, is {in_weeks(bound)}"]
    return _answer(case, line, found, episode, least, most, why)


def _answer(
    case: CaseFacts,
    line: Line,
    found: Sequence[Course],
    episode: Episode,
    least: float | None,
    most: float | None,
    why: Sequence[str],
) -> Answer:
    facts = [*_telling(found), *(episode.facts if least is None or (most is not None and least < most) else ())]
    growing = any(course.ongoing for course in found)
    if least is None and most is None:
        nearest = [*facts, *treatments(case, line), *present(of_kind(case, CareStatement))]
        named = (
            "Treatment is named without dates or length."
            if found or nearest
            else "No non-operative treatment is described."
        )
        return unknown(named, _SOUGHT, facts=nearest)
    reason = _capital("; ".join(why)) + "." if why else "Treatment is named without dates."
    answer = interval(least or 0, most, reason, facts, sought=() if least is not None and most == least else (_SOUGHT,))
    return Answer(
        value=answer.value,
        least=answer.least,
        most=answer.most,
        reason=reason,
        evidence=answer.evidence,
        sought=answer.sought,
        growing=growing,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _telling(found: Sequence[Course]) -> list[Fact]:
    """The longest courses first."""
    ordered = sorted(found, key=lambda c: -(days_in([c.surely]) if c.surely else c.length.least if c.length else 0))
    return [course.fact for course in ordered][:4]


def _least(found: Sequence[Course]) -> tuple[float | None, list[str]]:
    runs = merged(course.surely for course in found if course.surely)
    dated = days_in(runs)
    stated = max(
        (c for c in found if c.length and not c.placed), key=lambda c: c.length.least if c.length else 0, default=None
    )
    if stated and stated.length and stated.length.least > dated:
        return stated.length.least, [f"a length of {in_weeks(stated.length.days)} is stated"]
    if not runs:
        return None, []
    going = ", and goes on" if any(c.ongoing and c.surely and c.surely[1] == runs[-1][1] for c in found) else ""
    return dated, [working(runs) + going]


def _most(case: CaseFacts, line: Line, found: Sequence[Course]) -> float | None:
    """The most that the named treatments allow; None while one of them has neither dates nor a bounded length.

    Lengths without dates may lie anywhere, so they add to what is dated.
    """
    open_ended = [c for c in found if not c.bounded and c.fact.concept in (*HOLDING_OPEN, "care_length")]
    as_needed = [t for t in treatments(case, line, "medication") if t.as_needed and not t.started]
    if open_ended or not found or (as_needed and not any(c.placed for c in found)):
        return None
    dated = days_in(merged(course.possibly for course in found if course.possibly))
    stated = [c.length.most for c in found if not c.placed and c.length and c.length.most is not None]
    return dated + sum(stated)


def _bound(case: CaseFacts, episode: Episode) -> float | None:
    return float((judged_on(case) - episode.began).days) if episode.began else None


def _nothing_tried(case: CaseFacts, line: Line) -> list[CareStatement]:
    found = in_region(of_kind(case, CareStatement, "care_none"), line)
    return [s for s in found if s.present and s.value is None]


def supervised_therapy_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Days of supervised physical therapy in this episode."""
    episode = episode_of(case, line, since_recurrence=line.revision)
    found = courses(case, line, episode, "physical_therapy")
    if not found:
        denied = absent(in_region(of_kind(case, Treatment, "physical_therapy"), line))
        if denied:
            return interval(0, 0, "Supervised therapy was not done.", denied)
        return unknown("Supervised therapy is not described.", "therapy records with dates")
    least, why = _least(found)
    open_ended = any(not course.bounded for course in found)
    runs = merged(course.possibly for course in found if course.possibly)
    most = (
        None
        if open_ended
        else days_in(runs)
        + sum(c.length.most for c in found if not c.placed and c.length and c.length.most is not None)
    )
    if least is None and most is None:
        return unknown("Therapy is named without dates.", "therapy records with dates", facts=[c.fact for c in found])
    reason = _capital("; ".join(why)) + "." if why else "Therapy is named with its start only."
    return interval(least or 0, most, reason, [c.fact for c in found])


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(
            name="care_days",
            type="number",
            ask=care_days,
            unit="days",
            params=(Param(name="since", type="choice", choices=("episode", "recurrence")),),
        ),
        Question(name="supervised_therapy_days", type="number", ask=supervised_therapy_days, unit="days"),
    )
}
