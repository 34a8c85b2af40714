"""Questions on what was tried and how it went: kinds of treatment, the response, trials of single drug classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, CareStatement, Fact, SymptomQuality, Treatment
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.courses import treatments
from necessity.findings.questions.indication import qualities
from necessity.findings.questions.relevance import absent, current, in_region, newest, of_kind, present
from necessity.findings.questions.relieved import relieved_since
from necessity.findings.questions.reply import choice, conflict, evidence_of, no, unknown, yes

KINDS: Mapping[str, tuple[str, ...]] = {
    "active_therapy": ("physical_therapy", "home_exercise"),
    "medication": ("medication",),
    "epidural_injection": ("epidural_injection",),
    "activity_or_education": ("activity_modification", "education", "brace"),
}
_EVENTS = ("epidural_injection", "facet_injection", "medial_branch_block", "si_injection", "trigger_point", "injection")
# "No injections" denies the epidural kind among them.
_WIDER = {"epidural_injection": ("injection",)}
_KIND_WORDS = {
    "active_therapy": "active therapy",
    "medication": "medication",
    "epidural_injection": "epidural injection",
    "activity_or_education": "activity modification or education",
}
# The chart's words for a response, and what they come to.
_RESPONSES = {
    "failed": "failed",
    "partial": "partial",
    "temporary": "temporary",
    "none": "no_change",
    "no_change": "no_change",
    "plateau": "plateau",
    "intolerance": "intolerance",
    "worse": "worsening",
    "worsening": "worsening",
    "improved": "improving",
    "improving": "improving",
    "resolved": "resolved",
}
BETTER = ("improving", "resolved")
_ORDER = ("failed", "plateau", "no_change", "temporary", "partial", "intolerance", "worsening")
RESPONSES = (*_ORDER, *BETTER)


def measures_tried(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """How many kinds were tried. Naming some does not say that no other was; only "nothing else", "no injections" or a
    refusal takes a kind away from `most`."""
    wanted = params.get("of")
    kinds = [k for k in KINDS if not isinstance(wanted, (tuple, list)) or not wanted or k in wanted]
    tried = {kind: found for kind in kinds if (found := _counted(treatments(case, line, *KINDS[kind])))}
    facts: list[Fact] = [found[0] for found in tried.values()]
    excluded = {kind: why for kind in kinds if kind not in tried and (why := _excluded(case, line, kind))}
    only = _nothing_else(case, line)
    least = float(len(tried))
    most = least if only else float(len(kinds) - len(excluded))
    # What was declined or denied is quoted only where it is all that is left to say: it stands beside no trial.
    if least == most:
        facts += only or [why[0] for why in excluded.values()]
    words = ", ".join(_KIND_WORDS[kind] for kind in tried) or "none"
    untried = f" Declined or denied: {', '.join(_KIND_WORDS[kind] for kind in excluded)}." if excluded else ""
    sought = tuple(_KIND_WORDS[kind] for kind in kinds if kind not in tried and kind not in excluded)
    if not tried and not only and not excluded:
        return unknown("No non-operative treatment is described.", *sought)
    return Answer(
        value=least if least == most else None,
        least=least,
        most=most,
        evidence=evidence_of(facts),
        reason=f"Kinds of treatment documented in this episode: {words}.{untried}",
        sought=() if least == most else sought,
    )


def _counted(found: Sequence[Treatment]) -> list[Treatment]:
    """Those that make a trial: a plain painkiller on a list, "as needed" and with no result, is for anything."""
    return [t for t in found if not (t.drug_class == "simple_analgesic" and t.as_needed and not t.response)]


def _excluded(case: CaseFacts, line: Line, kind: str) -> list[Treatment]:
    """Statements that a kind was not tried: said in words for each of its forms, or refused."""
    wider = _WIDER.get(kind, ())
    named = in_region(of_kind(case, Treatment, *KINDS[kind], *wider), line)
    found = [t for t in named if not t.historical and (t.concept not in wider or t.assertion is Assertion.ABSENT)]
    denied = {t.concept for t in found if t.assertion in (Assertion.ABSENT, Assertion.DECLINED)}
    if denied & set(wider):
        return found
    first = KINDS[kind][:1] if kind == "activity_or_education" else KINDS[kind]
    return found if denied and denied >= set(first) else []


def _nothing_else(case: CaseFacts, line: Line) -> list[CareStatement]:
    return list(present(in_region(of_kind(case, CareStatement, "care_none", "care_only"), line)))


def care_response(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """How the treatment of this episode went. The latest word decides between better and not better; within one
    document an unfinished relief stands beside "failed". Nothing tried is no response."""
    told = _told(case, line)
    nothing = [s for s in _nothing_else(case, line) if s.value is None]
    tried = treatments(case, line)
    if nothing and not told:
        return unknown("Nothing was tried that could be responded to.", "response to treatment", facts=nothing)
    if not told:
        return _by_course(case, line, tried)
    poor = [(word, fact) for word, fact in told if word not in BETTER]
    good = [(word, fact) for word, fact in told if word in BETTER]
    if good and not poor:
        still = _by_course(case, line, tried)
        if still.value == "worsening":
            return still
        return choice(good[-1][0], "Treatment is said to help.", [fact for _, fact in good])
    # A drug that eases the pain says less than therapy, or care as a whole, that works.
    better = [(word, fact) for word, fact in good if _is_overall(fact) or fact.concept in _THERAPIES]
    if better and _later(better, poor) and _improving(case, line):
        return choice(
            better[-1][0], "The latest note says that the patient is getting better.", [fact for _, fact in better]
        )
    helped = _helped_of_late(good, poor)
    if helped:
        if _is_confirmed(helped):
            return choice("improving", "The therapy is told to be working, by more than one document.", helped)
        return conflict("The chart calls care failed, and tells that therapy is helping.", [*helped, poor[-1][1]])
    getting_better = [q for q in newest(_courses(case, line)) if q.value == "improving"]
    if getting_better and all(word in ("partial", "temporary") for word, _ in poor):
        return choice("improving", "The latest note says that the symptoms are getting better.", getting_better)
    relieved = relieved_since(case, line, [fact for _, fact in poor])
    if relieved:
        words = "Care is called failed, and a later document tells that the symptoms are better or gone."
        return conflict(words, [*relieved, poor[-1][1]])
    word = min((w for w, _ in poor), key=_ORDER.index)
    facts = sorted((fact for _, fact in poor), key=lambda f: not _is_overall(f))
    return choice(word, f"Response to treatment: {word.replace('_', ' ')}.", facts)


_OF_LATE = timedelta(days=45)
_THERAPIES = ("physical_therapy", "home_exercise", "chiropractic")


def _helped_of_late(good: Sequence[tuple[str, Fact]], poor: Sequence[tuple[str, Fact]]) -> list[Fact]:
    """Therapy that is helping, against nothing but "failed conservative management" with no treatment named.

    The overall phrase is carried from note to note; a result told of a named therapy weeks before it outweighs it.
    """
    if not good or any(not _is_overall(fact) for _, fact in poor):
        return []
    last = max((fact.written for _, fact in poor if fact.written), default=None)
    return [
        fact
        for _, fact in good
        if (_is_overall(fact) or fact.concept in _THERAPIES)
        and (last is None or fact.written is None or last - fact.written <= _OF_LATE)
    ]


def _is_confirmed(helped: Sequence[Fact]) -> bool:
    return len({passage.document for fact in helped for passage in fact.evidence}) > 1


def _told(case: CaseFacts, line: Line) -> list[tuple[str, Fact]]:
    """Each response told, in the order of the chart, as one of the words of `RESPONSES`."""
    said: list[tuple[str, Fact]] = []
    for statement in present(in_region(of_kind(case, CareStatement, "care_response"), line)):
        if statement.value in _RESPONSES:
            said.append((_RESPONSES[statement.value], statement))
    for treatment in treatments(case, line):
        word = _response_of(treatment)
        if word:
            said.append((word, treatment))
    return said


def _response_of(treatment: Treatment) -> str | None:
    if treatment.response in _RESPONSES:
        word = _RESPONSES[treatment.response]
        # Help that wore off is temporary whatever it is called; an injection that helped once is not the state of now.
        if word == "improving" and treatment.relief is not None:
            return "temporary"
        return "partial" if word == "improving" and treatment.concept in _EVENTS else word
    if treatment.relief is not None:
        return "temporary"
    if treatment.relief_percent is not None and treatment.relief_percent < 100:
        return "partial"
    return None


def _is_overall(fact: Fact) -> bool:
    """Said of care as a whole, with no treatment named."""
    return isinstance(fact, CareStatement) or fact.concept == "conservative_care"


def _later(good: Sequence[tuple[str, Fact]], poor: Sequence[tuple[str, Fact]]) -> bool:
    first = [fact.written for _, fact in good if fact.written]
    second = [fact.written for _, fact in poor if fact.written]
    return bool(first and second) and max(first) > max(second)


def _improving(case: CaseFacts, line: Line) -> bool:
    latest = newest(_courses(case, line))
    return not latest or any(q.value == "improving" for q in latest)


def _courses(case: CaseFacts, line: Line) -> tuple[SymptomQuality, ...]:
    return qualities(case, line, "course")


def _by_course(case: CaseFacts, line: Line, tried: Sequence[Treatment]) -> Answer:
    """Where no response is told: symptoms that get worse, or better, while treatment runs."""
    latest = newest(_courses(case, line))
    words = {q.value for q in latest}
    if tried and words >= {"worsening", "improving"}:
        return conflict("The latest note calls the course both improving and worsening.", latest)
    if tried and "worsening" in words:
        return choice("worsening", "The symptoms got worse under treatment.", [*latest, *tried[:1]])
    if "improving" in words:
        return choice("improving", "The symptoms are said to be improving.", latest)
    if tried:
        return unknown("Treatment is named, its effect is not.", "response to treatment", facts=tried[:3])
    return unknown("No response to treatment is described.", "response to treatment", facts=latest)


def therapy_records(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Notes of the therapist in the chart."""
    notes = {d.id for d in case.chart.documents if d.kind is Kind.THERAPY_NOTE}
    found = [
        t
        for t in treatments(case, line, "physical_therapy")
        if t.documentation == "record" or any(e.document in notes for e in t.evidence)
    ]
    if found:
        return yes("Records of the therapist are in the chart.", found)
    named = treatments(case, line, "physical_therapy")
    return unknown("No therapy record is in the chart.", "attendance and progress notes of the therapist", facts=named)


def _trial(case: CaseFacts, line: Line, params: Mapping[str, object], classes: tuple[str, ...], name: str) -> Answer:
    found = [t for t in treatments(case, line, "medication") if t.drug_class in classes]
    if found and params.get("detail") is True:
        whole = [
            t for t in found if t.drug and t.dose and (t.length or t.started) and (t.response or _told(case, line))
        ]
        if whole:
            return yes(f"A trial of {name} is documented with agent, dose, length and response.", whole)
        return unknown(
            f"{name[0].upper() + name[1:]} was taken; dose, length or response is missing.",
            "agent, dose, length and response",
            facts=found,
        )
    if found:
        return yes(f"{name[0].upper() + name[1:]} was taken.", found)
    refused = [
        t
        for t in in_region(of_kind(case, Treatment, "medication"), line)
        if t.drug_class in classes and t.assertion is Assertion.ABSENT
    ]
    if refused:
        return no(f"{name[0].upper() + name[1:]} was not taken.", refused)
    return unknown(f"A trial of {name} is not documented.", name)


def neuropathic_trial(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _trial(case, line, params, ("gabapentinoid", "snri", "tca"), "a neuropathic agent")


def nsaid_trial(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _trial(case, line, params, ("nsaid",), "an anti-inflammatory drug")


def injection_considered(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Given, planned, advised, or offered and refused."""
    found = [
        t
        for t in in_region(current(of_kind(case, Treatment, "epidural_injection")), line)
        if t.assertion is not Assertion.ABSENT
    ]
    if found:
        return yes("An epidural injection was given or considered.", found)
    return unknown("An injection is not said to have been considered.", "injection given, offered or contraindicated")


def activity_modification(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    found = treatments(case, line, *KINDS["activity_or_education"])
    if found:
        return yes("Activity modification or education is documented.", found)
    denied = absent(in_region(of_kind(case, Treatment, *KINDS["activity_or_education"][:2]), line))
    if denied:
        return no("Activity modification was not tried.", denied)
    return unknown("Activity modification is not documented.", "activity modification or education")


_DETAIL = (Param(name="detail", type="flag"),)
QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(
            name="measures_tried",
            type="number",
            ask=measures_tried,
            params=(Param(name="of", type="list", choices=tuple(KINDS)),),
        ),
        Question(name="care_response", type="choice", ask=care_response, choices=RESPONSES),
        Question(name="therapy_records", type="yes_no", ask=therapy_records),
        Question(name="neuropathic_trial", type="yes_no", ask=neuropathic_trial, params=_DETAIL),
        Question(name="nsaid_trial", type="yes_no", ask=nsaid_trial, params=_DETAIL),
        Question(name="injection_considered", type="yes_no", ask=injection_considered),
        Question(name="activity_modification", type="yes_no", ask=activity_modification),
    )
}
