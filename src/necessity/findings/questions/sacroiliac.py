"""Questions on the sacroiliac joint: tests that provoke it, blocks that relieve it, and other sources of the pain."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import ExamFinding, Fact, ImagingFinding, PatientFact, Treatment
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.injections import given, sessions
from necessity.findings.questions.relevance import absent, dated, latest_word, newest, of_kind, on_side, present
from necessity.findings.questions.reply import interval, no, number, unknown, yes

TESTS = ("faber", "thigh_thrust", "si_compression", "si_distraction", "gaenslen", "sacral_thrust")
_BATTERY = 5
_SUFFICIENT = ("moderate", "moderate_to_severe", "severe")
_NO_RELIEF = ("failed", "none", "worse")


def provocative_tests(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """How many provocative tests are positive on the side asked for, of the latest examination that tells of them."""
    counted = [
        f for f in of_kind(case, ExamFinding, "sacroiliac_tests") if on_side(f.side, line) and f.grade is not None
    ]
    named = [f for f in of_kind(case, ExamFinding, *TESTS) if f.present or f.absent]
    last = newest([*counted, *named])
    totals = [f for f in last if f.concept == "sacroiliac_tests"]
    tests = [f for f in last if f.concept != "sacroiliac_tests"]
    positive = tuple(dict.fromkeys(f.concept for f in tests if f.present and on_side(f.side, line)))
    tested = tuple(dict.fromkeys(f.concept for f in tests))
    if totals and (best := max(totals, key=lambda f: f.grade or 0.0)).grade is not None and best.grade >= len(positive):
        return number(best.grade, f"Positive provocative tests: {best.grade:g}.", [best, *tests])
    if not tested:
        said = of_kind(case, ExamFinding, "sacroiliac_tests")
        return unknown(
            "The results of provocative tests are not told.", "five provocative tests with their results", facts=said
        )
    most = len(positive) + max(0, _BATTERY - len(tested))
    reason = f"Positive provocative tests: {len(positive)} of {len(tested)} told."
    return interval(float(len(positive)), float(most), reason, tests)


def sacroiliac_blocks(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Sessions of sacroiliac blocks with enough relief; one without a number leaves the count open, one that failed does not."""
    value = params.get("relief_at_least")
    wanted = float(value) if isinstance(value, (int, float)) else 75.0
    tried = [fact for fact in given(case, line, ("si_injection",)) if on_side(fact.side, line)]
    denied = absent(of_kind(case, Treatment, "si_injection"))
    if not tried:
        if denied:
            return number(0.0, "Blocks of the joint are ruled out.", denied)
        return unknown("No block of the joint is mentioned.", f"two blocks with {wanted:g} % relief or more")
    held = sessions(case, tried)
    good = [session for session in held if (session.relief or 0) >= wanted]
    untold = [s for s in held if s.relief is None and not any(fact.response in _NO_RELIEF for fact in s.facts)]
    several = max((fact.count or 1 for session in held if session.day is None for fact in session.facts), default=1)
    reason = f"Block sessions: {len(held)}, with {wanted:g} % relief or more: {len(good)}."
    facts = [fact for session in (good or held) for fact in session.facts]
    # "Two blocks, each with 80 % relief" without dates is one statement of two sessions.
    told = float(max(len(good), several if good and good[0].day is None else 0))
    # "Injections helped" tells neither how many nor how much.
    open_end = any(s.day is None and all(fact.count is None for fact in s.facts) for s in untold)
    return interval(told, None if open_end else told + len(untold), reason, facts)


def other_source(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether hip or lumbar spine is another source of the pain; no only where both are told to be none."""
    told = of_kind(case, PatientFact, "other_source")
    whole = [fact for fact in told if fact.value == "all" and fact.absent]
    hip = [fact for fact in told if fact.value == "hip"]
    lumbar = [fact for fact in told if fact.value == "lumbar"]
    if whole:
        return no("Other sources of the pain are ruled out.", whole)
    hip_bad = _holds(present(hip), absent(hip))
    spine_bad = _spine(case, lumbar)
    if hip_bad:
        return yes("The hip is another possible source.", newest(present(hip)))
    if spine_bad:
        return yes("The lumbar spine is another possible source.", [*newest(_compressed(case)), *present(lumbar)])
    clear: list[Fact] = [*_clear(case), *absent(lumbar)]
    if hip_bad is False and spine_bad is False:
        return no("Hip and lumbar spine are ruled out.", [*newest(absent(hip)), *clear])
    missing = " and ".join(
        word for word, state in (("the hip", hip_bad), ("the lumbar spine", spine_bad)) if state is None
    )
    return unknown(
        f"Nothing is told of {missing}.", f"an examination or study of {missing}", facts=[*absent(hip), *clear]
    )


def _holds(here: tuple[PatientFact, ...], gone: tuple[PatientFact, ...]) -> bool | None:
    """True found, False ruled out, None not told; within one note the finding of a study stands."""
    if not here and not gone:
        return None
    return bool(here) and latest_word(here, gone) is not False


def _spine(case: CaseFacts, lumbar: list[PatientFact]) -> bool | None:
    compressed, clear = _compressed(case), _clear(case)
    if compressed and (not clear or _last(compressed) >= _last(clear)):
        return True
    free = absent(lumbar)
    if clear or free:
        return False
    return None


def _compressed(case: CaseFacts) -> tuple[ImagingFinding, ...]:
    found = present(of_kind(case, ImagingFinding, "compression", "stenosis"))
    return tuple(f for f in found if f.concept == "compression" or f.grade in _SUFFICIENT)


def _clear(case: CaseFacts) -> tuple[ImagingFinding, ...]:
    found = of_kind(case, ImagingFinding, "compression", "stenosis", "normal", "disc")
    return tuple(f for f in found if (f.concept == "normal" and f.present) or (f.concept != "normal" and f.absent))


def _last(facts: tuple[ImagingFinding, ...]) -> str:
    return max((str(day) for fact in facts if (day := dated(fact))), default="")


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="provocative_tests", type="number", ask=provocative_tests),
        Question(
            name="sacroiliac_blocks",
            type="number",
            ask=sacroiliac_blocks,
            params=(Param(name="relief_at_least", type="number", unit="percent"),),
        ),
        Question(name="other_source", type="yes_no", ask=other_source),
    )
}
