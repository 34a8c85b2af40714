"""Questions on daily life: limitation in words, disability scores, the score of the limb pain."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import Function
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.indication import limb_pain, predominant_pain, qualities
from necessity.findings.questions.relevance import absent, in_region, latest_word, newest, of_kind, present
from necessity.findings.questions.reply import conflict, no, number, unknown, yes


def function_limited(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Daily activities, work, walking or sleep limited, in words."""
    found = in_region(of_kind(case, Function, "limitation"), line)
    limited, free = present(found), absent(found)
    if limited and latest_word(limited, free) is not False:
        return yes("Daily activities, work, walking or sleep are limited.", newest(limited))
    if free:
        return no("The chart says that activities are not limited.", free)
    return unknown("The effect on daily life is not described.", "daily activities, work, walking, sleep")


def disability_index(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The latest Oswestry or Neck Disability Index, in percent."""
    found = [f for f in present(in_region(of_kind(case, Function, "odi", "ndi"), line)) if f.value is not None]
    if not found:
        return unknown("No disability index is recorded.", "Oswestry or Neck Disability Index")
    last = newest(found)[-1]
    return number(last.value or 0.0, f"{last.concept.upper()} {last.value:g} %.", [last])


def limb_pain_score(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The highest current score of limb pain; one of no site counts where limb pain is not the lesser pain."""
    scores = [q for q in qualities(case, line, "pain_score") if q.current and isinstance(q.value, (int, float))]
    limb = newest([q for q in scores if q.site == "limb"])
    if not limb and limb_pain(case, line, {}).value is True and predominant_pain(case, line, {}).value != "axial":
        limb = newest([q for q in scores if q.site is None])
    if not limb:
        return unknown("No score of the radiating pain is recorded.", "radiating pain, 0 to 10")
    most = max(limb, key=lambda q: float(q.value or 0))
    free = [f for f in _freed(case, line) if f.written and most.written and f.written > most.written]
    if free:
        return conflict("The pain was scored before a later document that says nothing is limited.", [*free, most])
    return number(float(most.value or 0), f"Radiating pain {float(most.value or 0):g} of 10.", [most])


def _freed(case: CaseFacts, line: Line) -> list[Function]:
    """The newest word on daily life, where it is that nothing is limited."""
    found = in_region(of_kind(case, Function, "limitation"), line)
    latest = newest([*present(found), *absent(found)])
    return [] if present(latest) else list(latest)


def functional_assessment(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A scored or described assessment, whatever it shows."""
    found = in_region(of_kind(case, Function), line)
    stated = [f for f in found if f.present or f.absent]
    if stated:
        return yes("Function is assessed, by score or in words.", stated)
    return unknown("Function is not assessed.", "Oswestry, Neck Disability Index, or a described assessment")


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="function_limited", type="yes_no", ask=function_limited),
        Question(name="disability_index", type="number", ask=disability_index, unit="percent"),
        Question(name="limb_pain_score", type="number", ask=limb_pain_score, unit="points"),
        Question(name="functional_assessment", type="yes_no", ask=functional_assessment),
    )
}
