"""The request as it will be judged: what the form gives, completed from its codes and the chart, each field with its source.

Where form and chart disagree on level or side, both passages are kept: that is shown before anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from necessity.charts.request import Request
from necessity.charts.span import Evidence
from necessity.facts.fact import Fact, RequestFact
from necessity.vocabulary.levels import order
from necessity.vocabulary.procedures import Procedures


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Form and chart that cannot both be meant. `given` is what the form says, `found` what the chart says."""

    about: str
    given: str
    found: str
    statements: tuple[Evidence, ...]


def complete(given: Request, facts: Iterable[Fact], procedures: Procedures) -> Request:
    """The request with what the form left out taken from codes, then from the chart (a document that asks before one that plans)."""
    asked = [fact for fact in facts if isinstance(fact, RequestFact)]
    request = replace(given, sources=dict.fromkeys(_given(given), "given"), evidence={})
    if _given(given) == ("setting",):
        # A form that asks for a setting and nothing else asks about the stay, not about the operation behind it.
        return request
    request = _with(
        request, "cpt", _values(asked, "cpt", lambda value: procedures.code(value) is not None), "chart", asked
    )
    by_code = procedures.asked_by(request.cpt)
    if not request.procedures and by_code:
        request = _with(request, "procedures", by_code, "code", ())
    request = _with(request, "procedures", _values(asked, "procedure"), "chart", asked)
    request = _with(request, "levels", _levels(asked), "chart", asked)
    request = _with(request, "side", _side(asked), "chart", asked)
    request = _with(request, "setting", next(iter(_values(asked, "setting")), None), "chart", asked)
    if request.revision is None and procedures.implies_revision(request.cpt):
        request = _with(request, "revision", True, "code", ())
    request = _with(request, "revision", True if _values(asked, "revision") else None, "chart", asked)
    if any(fact.concept == "service_rendered" for fact in asked):
        request = replace(request, service_rendered=True)
    return request


def disagreements(given: Request, facts: Iterable[Fact]) -> tuple[Disagreement, ...]:
    """Levels or sides that the form gives and the chart's own plan contradicts."""
    planned = [fact for fact in facts if isinstance(fact, RequestFact)]
    found = []
    levels = [fact for fact in planned if fact.concept == "level" and "-" in fact.value]
    if given.levels and levels and not set(given.levels) & {fact.value for fact in levels}:
        found.append(_disagreement("level", ", ".join(given.levels), levels))
    sides = [fact for fact in planned if fact.concept == "side"]
    if given.side in ("left", "right") and sides and all(fact.value not in (given.side, "bilateral") for fact in sides):
        found.append(_disagreement("side", given.side, sides))
    return tuple(found)


def _disagreement(about: str, given: str, facts: list[RequestFact]) -> Disagreement:
    values = ", ".join(dict.fromkeys(fact.value for fact in facts))
    passages = tuple(dict.fromkeys(evidence for fact in facts for evidence in fact.evidence))
    return Disagreement(about=about, given=given, found=values, statements=passages[:4])


def _given(request: Request) -> tuple[str, ...]:
    names = ("procedures", "cpt", "levels", "side", "revision", "setting")
    return tuple(name for name in names if getattr(request, name) not in (None, ()))


def _with(request: Request, name: str, value: object, source: str, facts: Iterable[RequestFact]) -> Request:
    """The request with a field filled in, unless it is known already or there is nothing to fill in."""
    if value in (None, ()) or getattr(request, name) not in (None, ()):
        return request
    concept = {"procedures": "procedure", "levels": "level"}.get(name, name)
    evidence = tuple(dict.fromkeys(passage for fact in facts if fact.concept == concept for passage in fact.evidence))
    sources, passages = {**request.sources, name: source}, {**request.evidence, name: evidence[:3]}
    return replace(request, **{name: value}, sources=sources, evidence=passages)  # type: ignore[arg-type]  # the name decides the type


def _values(facts: Iterable[RequestFact], concept: str, wanted: object = None) -> tuple[str, ...]:
    test = wanted if callable(wanted) else lambda value: True
    return tuple(dict.fromkeys(fact.value for fact in facts if fact.concept == concept and test(fact.value)))


def _levels(facts: list[RequestFact]) -> tuple[str, ...]:
    """Discs where any is named; a vertebra alone only where no disc is."""
    names = _values(facts, "level")
    discs = tuple(name for name in names if "-" in name)
    return tuple(sorted(discs or names, key=order))


def _side(facts: list[RequestFact]) -> str | None:
    sides = _values(facts, "side")
    if "bilateral" in sides or {"left", "right"} <= set(sides):
        return "bilateral"
    return sides[0] if sides else None
