"""Questions: what a policy may ask of the facts, one module a subject, each registered here by name."""

from __future__ import annotations

from necessity.findings.question import Question
from necessity.findings.questions import (
    compression,
    concordance,
    conservative_care,
    cord,
    examination,
    fractures,
    function,
    history,
    indication,
    injections,
    instability,
    measures,
    patient,
    sacroiliac,
    setting,
    stimulator,
    waivers,
    weakness,
)

_SUBJECTS = (
    indication,
    examination,
    compression,
    concordance,
    instability,
    history,
    conservative_care,
    measures,
    function,
    cord,
    weakness,
    waivers,
    setting,
    injections,
    fractures,
    stimulator,
    sacroiliac,
    patient,
)

QUESTIONS: dict[str, Question] = {
    name: question for subject in _SUBJECTS for name, question in subject.QUESTIONS.items()
}
