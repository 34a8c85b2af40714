"""Questions on earlier injections, blocks and ablations: how many, when, and how long the relief lasted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Operation, RequestFact, Symptom, Treatment
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.lines import lines_of
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.indication import qualities
from necessity.findings.questions.relevance import (
    absent,
    in_region,
    judged_on,
    latest_word,
    newest,
    of_kind,
    present,
    touches,
)
from necessity.findings.questions.reply import evidence_of, interval, no, number, unknown, yes

EPIDURAL = ("epidural_injection",)
BLOCKS = ("medial_branch_block", "facet_injection")
ABLATION = ("facet_ablation",)
_YEAR = timedelta(days=365)
# No relief, and relief of all pain.
_IN_WORDS = {"none": 0.0, "failed": 0.0, "resolved": 100.0}
# "Epidural injections before": more than one, and nobody says how many.
_SEVERAL = re.compile(
    r"(?i)\b(?:injections|epidurals|esis|tfesis|ilesis|shots|several|multiple|many|numerous|series|repeated)\b"
)


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: the day where it is known, and the statements that speak of it."""

    day: date | None
    facts: tuple[Treatment, ...]

    @property
    def relief(self) -> float | None:
        """The most relief that is told of it, in percent."""
        return max((percent for fact in self.facts if (percent := _percent(fact)) is not None), default=None)


def given(case: CaseFacts, line: Line, concepts: Iterable[str]) -> tuple[Treatment, ...]:
    """Those given in the line's region before the day of judgement, in this episode or an earlier one."""
    until = judged_on(case)
    found = in_region(of_kind(case, Treatment, *concepts), line)
    return tuple(
        fact
        for fact in found
        if fact.assertion is Assertion.PRESENT
        and fact.other_region is None
        and ((day := _day(case, fact)) is None or day < until)
    )


def sessions(case: CaseFacts, facts: Iterable[Treatment]) -> tuple[Session, ...]:
    """The statements by day; those without a day are taken to speak of a dated one, where there is one."""
    by_day: dict[date | None, list[Treatment]] = {}
    for fact in facts:
        by_day.setdefault(_day(case, fact), []).append(fact)
    undated = by_day.pop(None, [])
    dated = [Session(day, tuple(by_day[day])) for day in sorted(by_day, key=lambda each: each or date.min)]
    if dated:
        dated[-1] = Session(dated[-1].day, (*dated[-1].facts, *undated))
        return tuple(dated)
    return (Session(None, tuple(undated)),) if undated else ()


def _day(case: CaseFacts, fact: Treatment) -> date | None:
    """Its own time, or the date of the procedure note that tells it."""
    told = fact.when or fact.started
    if told is not None:
        return told.latest
    kinds = [case.chart.document(passage.document).kind for passage in fact.evidence]
    return fact.written if Kind.INJECTION_NOTE in kinds else None


def _percent(fact: Treatment) -> float | None:
    """The relief in percent; words that leave no doubt stand for a number."""
    if fact.relief_percent is None:
        return _IN_WORDS.get(fact.response or "")
    return fact.relief_percent


def requested_levels(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Levels asked for of the procedure of the line, each counted once."""
    found = tuple(
        dict.fromkeys(each.level for each in lines_of(case) if each.level and each.procedure == line.procedure)
    )
    if not found:
        return unknown("The level of the procedure is not named.", "the level of the procedure")
    return number(float(len(found)), f"Levels asked for: {', '.join(found)}.", of_kind(case, RequestFact, "level")[:2])


def _earlier(case: CaseFacts, line: Line, concepts: tuple[str, ...], word: str) -> Answer:
    tried = given(case, line, concepts)
    denied = absent(in_region(of_kind(case, Treatment, *concepts), line))
    operated = [op for op in in_region(of_kind(case, Operation, *concepts), line) if op.present]
    if (tried or operated) and latest_word([*tried, *operated], denied) is not False:
        return yes(f"An earlier {word} is recorded.", [*tried, *operated])
    if denied:
        return no(f"An earlier {word} is ruled out.", denied)
    return unknown(f"No earlier {word} is mentioned.", f"procedure notes of an earlier {word}")


def earlier_epidural(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _earlier(case, line, EPIDURAL, "epidural injection")


def earlier_ablation(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _earlier(case, line, ABLATION, "ablation")


def relief_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Days of enough relief after the last one at the level; too little relief is none."""
    wanted = _wanted(params, 50.0)
    concept = str(params.get("of") or EPIDURAL[0])
    here = [f for f in given(case, line, (concept,)) if not f.levels or (line.level and touches(f.levels, line.level))]
    told = newest([fact for fact in here if _percent(fact) is not None])
    sought = f"relief in percent, and how long it was {wanted:g} % or more"
    if not told:
        return unknown("The relief of the last one is not told in numbers.", sought, facts=here)
    best = max(told, key=lambda fact: (_percent(fact) or 0, fact.relief.least if fact.relief else 0))
    percent = _percent(best) or 0.0
    if percent < wanted:
        return number(0.0, f"Relief was {percent:g} %, below {wanted:g} %.", [best])
    length = best.relief or best.length
    if length is None:
        return unknown(f"Relief was {percent:g} %; how long is not told.", sought, facts=told)
    return interval(length.least, length.most, f"Relief of {percent:g} % for {length.days:g} days.", [best])


def epidurals_in_year(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Sessions within twelve months before, and the one asked for."""
    since = judged_on(case) - _YEAR
    all_sessions = sessions(case, given(case, line, EPIDURAL))
    within = [session for session in all_sessions if session.day is not None and session.day >= since]
    facts = [fact for session in within for fact in session.facts]
    undated = [session for session in all_sessions if session.day is None]
    if undated:
        told = max((fact.count or 1 for fact in undated[0].facts), default=1)
        if told == 1 and any(_SEVERAL.search(passage.quote) for fact in undated[0].facts for passage in fact.evidence):
            reason = "Earlier sessions are mentioned without their number and dates."
            return interval(1.0, None, reason, undated[0].facts)
        reason = f"Earlier sessions without a date: {told}; with the one asked for at most {told + 1} in a year."
        return interval(1.0, told + 1.0, reason, undated[0].facts)
    return number(len(within) + 1.0, f"Sessions within a year, the one asked for included: {len(within) + 1}.", facts)


def diagnostic_blocks(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Sessions of blocks with enough relief; a session without a number in percent leaves the count open."""
    wanted = _wanted(params, 80.0)
    tried = sessions(case, given(case, line, BLOCKS))
    denied = absent(in_region(of_kind(case, Treatment, *BLOCKS), line))
    if not tried:
        if denied:
            return number(0.0, "Blocks are ruled out.", denied)
        return unknown("No diagnostic block is mentioned.", f"two blocks with {wanted:g} % relief or more")
    good = [session for session in tried if (session.relief or 0) >= wanted]
    untold = [session for session in tried if session.relief is None]
    facts = [fact for session in tried for fact in session.facts]
    reason = f"Block sessions: {len(tried)}, with {wanted:g} % relief or more: {len(good)}."
    return interval(float(len(good)), float(len(good) + len(untold)), reason, facts)


def image_guidance(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Imaging is part of the code, or planned in words; no: the code is the one without it."""
    told = of_kind(case, RequestFact, "image_guidance")
    planned = [fact for fact in told if not fact.absent]
    if planned:
        return yes("Image guidance is planned.", planned)
    if told:
        return no("The injection is planned without image guidance.", told)
    codes = [code for number_ in line.cpt or case.request.cpt if (code := case.procedures.code(number_))]
    guided = [code.number for code in codes if code.image_guidance]
    if guided:
        return yes(f"The code {guided[0]} includes image guidance.", of_kind(case, RequestFact, "cpt")[:1])
    blind = [code.number for code in codes if code.image_guidance is False]
    if blind:
        return no(
            f"The code {blind[0]} is for an injection without image guidance.", of_kind(case, RequestFact, "cpt")[:1]
        )
    return unknown("Image guidance is not mentioned.", "fluoroscopy, CT or ultrasound planned")


def axial_pain(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Pain of the back or neck."""
    found = in_region(of_kind(case, Symptom, "axial_pain"), line)
    here, denied = present(found), absent(found)
    if here and latest_word(here, denied) is not False:
        return yes("Pain of the spine is recorded.", newest(here))
    if denied:
        return no("Pain of the spine is ruled out.", denied)
    return unknown("Pain of the spine is not mentioned.", "pain of the back or neck")


def episode_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """How long the symptoms have lasted, up to the day of judgement; the longest that is told."""
    until = judged_on(case)
    spans: list[tuple[float, float | None, int]] = []
    told = [fact for fact in qualities(case, line, "episode") if fact.onset or fact.length]
    for index, fact in enumerate(told):
        if fact.onset:
            spans.append(((until - fact.onset.latest).days, float((until - fact.onset.earliest).days), index))
        elif fact.length:
            since = max((until - fact.written).days, 0) if fact.written else 0
            most = None if fact.length.most is None else fact.length.most + since
            spans.append((fact.length.least + since, most, index))
    if not spans:
        return unknown("How long the symptoms have lasted is not told.", "onset or length of the symptoms")
    least, most, index = max(spans, key=lambda span: span[0])
    return interval(max(least, 0.0), most, f"The symptoms have lasted {max(least, 0.0):g} days or more.", [told[index]])


def pain_score(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The highest current score, wherever the pain is."""
    scores = [q for q in qualities(case, line, "pain_score") if q.current and isinstance(q.value, (int, float))]
    latest = newest(scores)
    if not latest:
        return unknown("No pain score is recorded.", "pain, 0 to 10")
    most = max(latest, key=lambda q: float(q.value or 0))
    return Answer(
        value=float(most.value or 0),
        least=float(most.value or 0),
        most=float(most.value or 0),
        reason=f"Pain {float(most.value or 0):g} of 10.",
        evidence=evidence_of([most]),
    )


def _wanted(params: Mapping[str, object], default: float) -> float:
    value = params.get("relief_at_least")
    return float(value) if isinstance(value, (int, float)) else default


_RELIEF = Param(name="relief_at_least", type="number", unit="percent")
QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="earlier_epidural", type="yes_no", ask=earlier_epidural),
        Question(name="earlier_ablation", type="yes_no", ask=earlier_ablation),
        Question(
            name="relief_days",
            type="number",
            unit="days",
            ask=relief_days,
            params=(Param(name="of", type="choice", choices=(*EPIDURAL, *ABLATION)), _RELIEF),
        ),
        Question(name="epidurals_in_year", type="number", ask=epidurals_in_year),
        Question(name="requested_levels", type="number", ask=requested_levels, unit="levels"),
        Question(name="diagnostic_blocks", type="number", ask=diagnostic_blocks, params=(_RELIEF,)),
        Question(name="image_guidance", type="yes_no", ask=image_guidance),
        Question(name="axial_pain", type="yes_no", ask=axial_pain),
        Question(name="episode_days", type="number", unit="days", ask=episode_days),
        Question(name="pain_score", type="number", unit="points", ask=pain_score),
    )
}
