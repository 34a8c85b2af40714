"""From facts to the abstract: every subject's answers, in the order of the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from necessity.abstracts.abstract import AbstractAnswer, AbstractContext, Answerer
from necessity.charts.request import Request
from necessity.facts.fact import ExamFinding, Fact, ImagingFinding, Operation, Region, RequestFact
from necessity.vocabulary.levels import region_of


def abstract_of(
    facts: tuple[Fact, ...], request: Request, answerers: Iterable[Answerer], as_of: date | None = None
) -> dict[str, AbstractAnswer]:
    """The answers to the review questions that the chart gives, by question id."""
    context = AbstractContext(facts=facts, request=request, region=problem_region(facts, request), as_of=as_of)
    answers: dict[str, AbstractAnswer] = {}
    for answerer in answerers:
        answers.update(answerer(context))
    return dict(sorted(answers.items()))


def problem_region(facts: Iterable[Fact], request: Request) -> Region | None:
    """The region of the request; else the region that most facts of the chart concern (the first among equals)."""
    votes: Counter[Region] = Counter()
    if request.levels:
        votes.update(Region(region_of(level)) for level in request.levels)
        return votes.most_common(1)[0][0]
    for fact in facts:
        if isinstance(fact, ExamFinding) and not fact.present:
            continue  # a limb found normal is examined everywhere and says nothing of where the problem is
        if fact.region is not None and not isinstance(fact, Operation):
            votes[fact.region] += 3 if isinstance(fact, RequestFact) else 1
        elif isinstance(fact, ImagingFinding) and fact.levels:
            votes[Region(region_of(fact.levels[0]))] += 1
    if not votes:
        return None
    most = max(votes.values())
    return next(region for region in votes if votes[region] == most)
