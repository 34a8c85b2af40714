"""How fast a policy is asked of one case's facts: from nothing, again on the same facts, and for the statuses alone.

    python benchmarks/speed/evaluate.py [CASE.yaml]

One line of the case, one policy, one core. From nothing, every question of the policy is answered from the facts; the
answers are kept with the facts, so that the same facts asked again, by this policy or another, cost the combination and
its words alone. `statuses` are those of the compiled policy, for what asks very many times (fixes, proofs, cohorts).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from necessity import pipeline
from necessity.charts.from_case import case_from_mapping
from necessity.facts.from_chart import facts_of, read_chart
from necessity.facts.readers import READERS
from necessity.findings.answer import Answer
from necessity.findings.from_facts import evaluate
from necessity.findings.line import Line
from necessity.findings.lines import lines_of
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions import QUESTIONS
from necessity.findings.requested import complete
from necessity.findings.statuses import Key, compiled
from necessity.library import open_library, policies_in_force
from necessity.policies.policy import Policy
from necessity.policies.scope import policy_for

CASE = Path(__file__).resolve().parents[2] / "tests" / "data" / "cases" / "dev-001.yaml"
SECONDS = 1.0
ROUNDS = 3


def rate(work: Callable[[], object]) -> float:
    """Times a second of this process, the best of some rounds: other programs only ever slow it down."""
    return max(_round(work) for _ in range(ROUNDS))


def _round(work: Callable[[], object]) -> float:
    done, began = 0, time.process_time()
    while (spent := time.process_time() - began) < SECONDS / ROUNDS:
        for _ in range(20):
            work()
        done += 20
    return done / spent


def asked_of(path: Path) -> tuple[CaseFacts, Line, Policy]:
    """The facts of a case, its first line, and the house policy that covers it."""
    knowledge = open_library()
    case = case_from_mapping(
        yaml.safe_load(path.read_text("utf-8")), path.name, knowledge.form_words(), default_id=path.stem
    )
    chart = pipeline.described(case.chart, knowledge)
    as_of, _ = pipeline.judged_on(case, chart)
    found = facts_of(read_chart(chart, knowledge.lexicon, knowledge.sections, as_of), READERS)
    facts = CaseFacts(
        facts=found,
        chart=chart,
        request=complete(case.request, found, knowledge.procedures),
        as_of=as_of,
        anatomy=knowledge.anatomy,
        procedures=knowledge.procedures,
    )
    line = lines_of(facts)[0]
    policy = policy_for(policies_in_force(knowledge, "house", as_of), line)
    if policy is None:
        raise SystemExit(f"no house policy covers {line.id}")
    return facts, line, policy


def answered(facts: CaseFacts, line: Line, policy: Policy) -> dict[Key, Answer]:
    """Every answer that the policy asks for, gathered while it is evaluated once."""
    answers: dict[Key, Answer] = {}

    def gathering(question: Question) -> Question:
        def ask(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
            key = (question.name, tuple(sorted(params.items())))
            answers[key] = question.ask(case, line, params)  # type: ignore[index]  # params are those of a leaf
            return answers[key]  # type: ignore[index]

        return replace(question, ask=ask)

    evaluate(policy, facts, line, {name: gathering(question) for name, question in QUESTIONS.items()})
    return answers


def main() -> None:
    facts, line, policy = asked_of(Path(sys.argv[1]) if len(sys.argv) > 1 else CASE)
    answers = answered(facts, line, policy)
    ready = compiled(policy)
    print(f"{policy.pack}/{policy.id} on {line.id}: {len(policy.criteria)} criteria, {len(answers)} answers")
    for name, work in (
        ("findings with words, from nothing", lambda: evaluate(policy, replace(facts), line, QUESTIONS)),
        ("findings with words, facts asked before", lambda: evaluate(policy, facts, line, QUESTIONS)),
        ("statuses of all criteria, facts asked before", lambda: ready.statuses(answers)),
    ):
        times = rate(work)
        print(f"{name:<46}{times:>10,.0f} a second{1e6 / times:>10,.0f} microseconds each")


if __name__ == "__main__":
    main()
