"""Relief told after the last word that care failed: the limb pain gone, or the symptoms better, in a later document."""

from __future__ import annotations

from collections.abc import Sequence

from necessity.facts.fact import Fact, SymptomQuality
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.findings.questions.indication import limb_symptoms, qualities
from necessity.findings.questions.relevance import absent, newest, on_side, present

# A denial of a part of the limb ("no pain below the knee") is none of the whole.
_WHOLE = ("leg", "arm", "limb", "limbs")


def relieved_since(case: CaseFacts, line: Line, failed: Sequence[Fact]) -> list[Fact]:
    """What the documents after the last statement of failure tell of relief; empty where any of them has no date."""
    days = [fact.written for fact in failed]
    if not days or None in days:
        return []
    last = max(day for day in days if day)
    gone = [f for f in _gone(case, line) if f.written and f.written > last]
    better = [f for f in _better(case, line) if f.written and f.written > last]
    return [*gone, *better]


def _gone(case: CaseFacts, line: Line) -> list[Fact]:
    """The limb pain denied in the newest document that speaks of it."""
    told = [s for s in limb_symptoms(case, line) if on_side(s.side, line)]
    latest = newest([*present(told), *absent(told)])
    if present(latest):
        return []
    return [s for s in latest if all(site in _WHOLE for site in s.sites)]


def _better(case: CaseFacts, line: Line) -> list[SymptomQuality]:
    """The symptoms called better in the newest document that tells of their course, and not steady or worse too."""
    latest = newest(qualities(case, line, "course"))
    return list(latest) if all(q.value == "improving" for q in latest) else []
