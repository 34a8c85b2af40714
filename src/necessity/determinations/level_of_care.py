"""The level of care, judged apart from the procedure by a policy of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from necessity.determinations.decide import decide_by
from necessity.determinations.determination import LevelOfCare, LineDetermination
from necessity.facts.fact import Side
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.result import PolicyResult
from necessity.policies.policy import Policy
from necessity.values.status import Outcome

LINE = "level-of-care"


def judge(
    policies: Iterable[Policy], facts: CaseFacts, questions: Mapping[str, Question], record_closed: bool
) -> tuple[LevelOfCare, LineDetermination, PolicyResult] | None:
    """The setting asked for, judged; None where no setting is asked or no policy judges it."""
    setting = facts.request.setting
    policy = next((each for each in policies if each.decides == "level_of_care"), None)
    if setting is None or policy is None:
        return None
    decided, result = decide_by(policy, _line(facts), facts, questions, record_closed)
    if result is None:
        return None
    care = LevelOfCare(
        requested=setting,
        outcome=decided.outcome,
        supported=_supported(setting, decided.outcome),
        findings=decided.findings,
        reason=" ".join(finding.reason for finding in decided.findings),
        policy=decided.policy,
        deficiencies=decided.deficiencies,
        by_state=_by_state(facts, questions),
    )
    return care, decided, result


def _by_state(facts: CaseFacts, questions: Mapping[str, Question]) -> bool:
    question = questions.get("stay_by_state")
    return question is not None and question.ask(facts, _line(facts), {}).value is True


def _supported(setting: str, outcome: Outcome) -> str | None:
    if outcome is Outcome.MEDICALLY_NECESSARY:
        return setting
    return "outpatient" if outcome is Outcome.NOT_MEDICALLY_NECESSARY else None


def _line(facts: CaseFacts) -> Line:
    """The request as a whole: a stay has no level of its own."""
    request = facts.request
    side = Side(request.side) if request.side in ("left", "right", "bilateral") else None
    return Line(
        id=LINE,
        procedure="",
        procedures=request.procedures,
        level=None,
        requested_levels=request.levels,
        side=side,
        region=None,
        cpt=request.cpt,
    )
