"""The review questions on conservative care, answered from the treatments of this episode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from necessity.abstracts.abstract import NO, YES, AbstractAnswer, AbstractContext
from necessity.charts.span import Evidence
from necessity.facts.fact import Assertion, CareStatement, Treatment
from necessity.facts.ledger import boundary_of, is_before, ledger, longest_active_days
from necessity.facts.outweighed import not_outweighed
from necessity.values.dates import DAYS_PER_WEEK

# The drug classes that answer each question.
_CLASSES = {
    "care.nsaid": ("nsaid",),
    "care.neuropathic": ("gabapentinoid", "snri", "tca"),
    "care.oral_steroid": ("oral_steroid",),
    "care.opioid": ("opioid",),
    "care.muscle_relaxant": ("muscle_relaxant",),
}
_CONCEPTS = {
    "care.physical_therapy": ("physical_therapy",),
    "care.home_exercise": ("home_exercise",),
    "care.chiropractic": ("chiropractic", "massage"),  # "or manual therapy"
    "care.activity_modification": ("activity_modification", "brace"),
    "care.epidural_injection": ("epidural_injection",),
}
# "No injections" denies the epidural too.
_DENIED_BY = {"care.epidural_injection": ("epidural_injection", "injection")}
_FAILED = frozenset({"failed", "partial", "temporary", "none", "intolerance", "worse"})
_NOT_TRIED = frozenset({Assertion.ABSENT, Assertion.DECLINED})
# A block for diagnosis wears off by design, and its relief tells nothing on treatment.
_MEASURES = frozenset(
    {
        "physical_therapy",
        "home_exercise",
        "chiropractic",
        "activity_modification",
        "brace",
        "medication",
        "epidural_injection",
        "injection",
        "facet_injection",
        "acupuncture",
        "massage",
        "traction",
        "tens",
        "conservative_care",
        "facet_ablation",
        "si_injection",
        "trigger_point",
    }
)


def answer(context: AbstractContext) -> Mapping[str, AbstractAnswer]:
    """All `care.` answers that the facts give."""
    boundary = boundary_of(context.facts)
    told = not_outweighed([fact for fact in context.facts if isinstance(fact, Treatment)])
    treatments = [fact for fact in told if fact.other_region is None and not is_before(fact, boundary)]
    statements = [fact for fact in context.facts if isinstance(fact, CareStatement)]
    current = [fact for fact in treatments if not fact.historical]
    answers: dict[str, AbstractAnswer] = {}
    for question, concepts in _CONCEPTS.items():
        _tried(
            answers,
            question,
            [t for t in treatments if t.concept in concepts],
            [t for t in current if t.concept in _DENIED_BY.get(question, concepts)],
            statements,
            concepts,
        )
    for question, classes in _CLASSES.items():
        of_class = [t for t in treatments if t.concept == "medication" and t.drug_class in classes]
        denied = [
            t
            for t in current
            if t.concept == "medication"
            and (t.drug_class in classes or t.drug_class is None and t.drug is None and t.assertion is Assertion.ABSENT)
        ]
        _tried(answers, question, of_class, denied, statements, classes)
    _numbers(answers, context, current, statements)
    _failed(answers, current, statements)
    return answers


def _tried(
    answers: dict[str, AbstractAnswer],
    question: str,
    of_kind: list[Treatment],
    denying: list[Treatment],
    statements: list[CareStatement],
    names: tuple[str, ...],
) -> None:
    given = [fact for fact in of_kind if fact.present]
    denied = [fact for fact in denying if fact.assertion in _NOT_TRIED]
    # "None other than ibuprofen" rules the others out; "the only treatment so far is ibuprofen" leaves them open.
    nothing = [
        fact
        for fact in statements
        if fact.concept == "care_none" and not set(names) & set((fact.value or "").split(","))
    ]
    if given:
        answers[question] = AbstractAnswer(value=YES, evidence=_evidence(given))
    elif denied:
        answers[question] = AbstractAnswer(value=NO, evidence=_evidence(denied))
    elif nothing:
        answers[question] = AbstractAnswer(value=NO, evidence=_evidence(nothing))


def _numbers(
    answers: dict[str, AbstractAnswer],
    context: AbstractContext,
    current: list[Treatment],
    statements: list[CareStatement],
) -> None:
    entries = ledger(context.facts)
    therapy = [entry for entry in entries if entry.modality == "physical_therapy" and entry.counts and entry.days]
    if therapy:
        longest = max(therapy, key=lambda entry: entry.days or 0)
        answers["care.physical_therapy_weeks"] = AbstractAnswer(
            value=_weeks(longest.days or 0), evidence=longest.evidence
        )
    epidurals = [entry for entry in entries if entry.modality == "epidural_injection" and entry.counts]
    if epidurals and all(entry.count is not None for entry in epidurals):
        total = sum(entry.count or 0 for entry in epidurals)
        answers["care.epidural_count"] = AbstractAnswer(
            value=float(total), evidence=tuple(e for entry in epidurals for e in entry.evidence)
        )
    stated = [fact for fact in statements if fact.concept == "care_length" and fact.length is not None]
    days, evidence = longest_active_days(entries)
    if stated:
        longest_stated = max(stated, key=lambda fact: fact.length.days if fact.length else 0)
        answers["care.total_weeks"] = AbstractAnswer(
            value=_weeks(longest_stated.length.days if longest_stated.length else 0), evidence=longest_stated.evidence
        )
    elif days:
        answers["care.total_weeks"] = AbstractAnswer(value=_weeks(days), evidence=evidence)


def _failed(answers: dict[str, AbstractAnswer], current: list[Treatment], statements: list[CareStatement]) -> None:
    told = [fact for fact in statements if fact.concept == "care_response" and fact.present]
    failed = [fact for fact in told if fact.value == "failed"]
    unhelped = [fact for fact in current if fact.present and fact.concept in _MEASURES and fact.response in _FAILED]
    better = [fact for fact in told if fact.value in ("improving", "resolved")]
    if failed or unhelped:
        answers["care.failed"] = AbstractAnswer(value=YES, evidence=_evidence([*failed, *unhelped]))
    elif better:
        answers["care.failed"] = AbstractAnswer(value=NO, evidence=_evidence(better))


def _weeks(days: float) -> float:
    return round(days / DAYS_PER_WEEK, 2)


def _evidence(facts: Iterable[Treatment | CareStatement]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for fact in facts for evidence in fact.evidence))
