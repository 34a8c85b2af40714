"""Questions on a fracture of the line's vertebra: whether it is shown, and whether it is recent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from necessity.charts.span import Evidence
from necessity.facts.fact import Fact, ImagingFinding, RedFlag
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.relevance import of_kind, touches
from necessity.findings.questions.reply import no, unknown, yes

_OLD = "old"
_HEALED = re.compile(r"(?i)(?<!not )(?<!non)(?<!non-)(?<!un)\bhealed\b")


def _at_vertebra(line: Line, facts: Iterable[RedFlag | ImagingFinding]) -> list[RedFlag | ImagingFinding]:
    """Those at the line's vertebra or a segment that borders it; all where the line has none. "No fracture" is of all."""
    return [
        fact
        for fact in facts
        if line.level is None or touches(fact.levels, line.level) or (fact.absent and not fact.levels)
    ]


def _fractures(case: CaseFacts, line: Line) -> list[RedFlag | ImagingFinding]:
    told: list[RedFlag | ImagingFinding] = [
        *of_kind(case, RedFlag, "fracture"),
        *of_kind(case, ImagingFinding, "fracture"),
    ]
    return _at_vertebra(line, told)


def _is_old(fact: Fact) -> bool:
    return fact.historical or (isinstance(fact, RedFlag) and fact.value == _OLD)


def _is_healed(fact: Fact) -> bool:
    """Called healed: such a fracture hurts no more, whoever says it."""
    return isinstance(fact, ImagingFinding) and fact.grade == _OLD and any(map(_says_healed, fact.evidence))


def _says_healed(passage: Evidence) -> bool:
    return bool(_HEALED.search(passage.quote))


def _is_old_in_study(fact: Fact) -> bool:
    """A study that calls it old settles its age; whether it hurts is another question."""
    return _is_old(fact) or (isinstance(fact, ImagingFinding) and fact.grade == _OLD)


def _oedema(case: CaseFacts, line: Line) -> list[ImagingFinding]:
    return [f for f in of_kind(case, ImagingFinding, "oedema") if f.levels and _at_vertebra(line, [f])]


def fracture_shown(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    found = _fractures(case, line)
    oedema = [f for f in _oedema(case, line) if f.present]
    fresh = [fact for fact in found if fact.present and (oedema or not (_is_old(fact) or _is_healed(fact)))]
    if fresh:
        return yes(f"A fracture is shown at {line.level or 'the spine'}.", fresh)
    ruled_out = [fact for fact in found if fact.absent]
    if ruled_out:
        return no("A fracture is ruled out.", ruled_out)
    old = [fact for fact in found if _is_old(fact) or _is_healed(fact)]
    if old:
        return no(f"The fracture at {line.level or 'the spine'} is an old one.", old)
    return unknown("No fracture of the vertebra is described.", "a report that names the fractured vertebra")


def fracture_recent(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Oedema at the vertebra shows that the fracture is recent; its absence there, that it is healed."""
    oedema = _oedema(case, line)
    present = [fact for fact in oedema if fact.present]
    if present:
        return yes(f"Oedema is shown at {line.level or 'the vertebra'}.", present)
    found = _fractures(case, line)
    old = [fact for fact in found if _is_old_in_study(fact)]
    without = [fact for fact in oedema if fact.absent]
    if without or (old and not [fact for fact in found if fact.present and not _is_old_in_study(fact)]):
        return no("The fracture is not recent.", [*without, *old])
    return unknown(
        "Whether the fracture is recent is not shown.", "oedema on MRI, or change between films", facts=found
    )


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="fracture_shown", type="yes_no", ask=fracture_shown),
        Question(name="fracture_recent", type="yes_no", ask=fracture_recent),
    )
}
