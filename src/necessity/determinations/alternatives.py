"""Other requests that the same chart would support now: decompression without the fusion, the lines that stand, another setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from necessity.determinations.decide import decide_line
from necessity.determinations.determination import Alternative, LevelOfCare, LineDetermination
from necessity.determinations.sentences import request_in_words
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.policies.policy import Policy
from necessity.values.status import Outcome, Status

_GOOD = (Outcome.MEDICALLY_NECESSARY, Outcome.NEEDS_DOCUMENTATION)


def alternatives(
    lines: tuple[LineDetermination, ...],
    care: LevelOfCare | None,
    policies: tuple[Policy, ...],
    facts: CaseFacts,
    questions: Mapping[str, Question],
) -> Iterator[Alternative]:
    """Alternatives, the smallest change first."""
    standing = [decided for decided in lines if decided.outcome is Outcome.MEDICALLY_NECESSARY]
    if standing and len(standing) < len(lines):
        words = "; ".join(request_in_words(decided.line, facts.procedures) for decided in standing)
        yield Alternative(
            request=words,
            outcome=Outcome.MEDICALLY_NECESSARY,
            why="These lines of the request meet their criteria by themselves.",
        )
    covered = {decided.line.level for decided in lines if "fusion" not in decided.line.procedures}
    for decided in lines:
        if (
            decided.line.procedure == "fusion"
            and decided.outcome not in (Outcome.MEDICALLY_NECESSARY, Outcome.OUT_OF_SCOPE)
            and decided.line.level not in covered
        ):
            yield from _without_fusion(decided.line, policies, facts, questions)
    if (
        care is not None
        and care.outcome is Outcome.NOT_MEDICALLY_NECESSARY
        and care.supported
        and care.supported != care.requested
    ):
        yield Alternative(
            request=f"the same service in the {care.supported} setting",
            outcome=Outcome.MEDICALLY_NECESSARY,
            why=care.reason,
        )


# What relieves the nerves, by what presses on them; either where the chart does not say.
_DECOMPRESSIONS: Mapping[str, tuple[str, ...]] = {"disc": ("discectomy",), "stenosis": ("laminectomy",)}


def _something_is_compressed(decided: LineDetermination) -> bool:
    """Whether imaging shows what the smaller operation would relieve: none is offered on a study that is still to come."""
    return all(finding.status is Status.MET for finding in decided.findings if finding.category == "imaging")


def _without_fusion(
    line: Line, policies: Iterable[Policy], facts: CaseFacts, questions: Mapping[str, Question]
) -> Iterator[Alternative]:
    for procedure in _DECOMPRESSIONS.get(line.diagnosis or "", ("laminectomy", "discectomy")):
        alone = replace(line, id=f"{line.id}-alone", procedure=procedure, procedures=(procedure,), cpt=())
        decided, _ = decide_line(alone, policies, facts, questions, record_closed=False)
        if decided.outcome in _GOOD and _something_is_compressed(decided):
            words = f"{request_in_words(alone, facts.procedures)} without fusion"
            why = "Judged by its own criteria, which ask for no instability."
            yield Alternative(request=words, outcome=decided.outcome, why=why)
            return
