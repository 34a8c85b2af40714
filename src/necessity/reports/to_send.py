"""What is to be sent, for every report: the missing examination first, and nothing that could not change the answer."""

from __future__ import annotations

from necessity.determinations.determination import Deficiency, Determination
from necessity.determinations.fixes import can_be_fixed
from necessity.determinations.level_of_care import LINE
from necessity.reports import wording
from necessity.values.status import Outcome, Status


def standing_deficiencies(determination: Determination) -> tuple[Deficiency, ...]:
    """The deficiencies; those of a setting that would only matter for an operation that is not approved are left out."""
    care = determination.level_of_care
    refused = bool(determination.lines) and all(
        decided.outcome is Outcome.NOT_MEDICALLY_NECESSARY and decided.line.id != LINE
        for decided in determination.lines
    )
    if not refused or care is None or care.by_state:
        return determination.deficiencies
    return tuple(one for one in determination.deficiencies if one.line != LINE)


def asked_for(determination: Determination) -> tuple[str, ...]:
    """What is to be sent, each once: an examination that cannot wait comes before every document."""
    first = [one.ask for one in determination.urgent_reasons]
    unsettled = [one for one in standing_deficiencies(determination) if one not in _settled(determination)]
    return tuple(dict.fromkeys(ask for ask in (*first, *(one.ask for one in unsettled)) if ask))


def settled_words(determination: Determination) -> str:
    """What no document can change, where a line fails on it: whoever sends the rest should know.

    Nothing is settled while the form itself may be wrong.
    """
    if not _settled(determination):
        return ""
    titles = wording.quoted(
        finding.title
        for decided in determination.lines
        for finding in decided.findings
        if finding.status is Status.NOT_MET and not can_be_fixed(finding)
    )
    return wording.SETTLED_BY_THE_FILE.format(titles=titles) if titles else ""


def _settled(determination: Determination) -> list[Deficiency]:
    """Deficiencies that the documents on file have settled."""
    known = {
        (decided.line.id, finding.criterion)
        for decided in determination.lines
        for finding in decided.findings
        if finding.status is Status.NOT_MET and not can_be_fixed(finding)
    }
    asks = {one.ask for decided in determination.lines for one in decided.deficiencies}
    return [one for one in determination.deficiencies if (one.line, one.criterion) in known and one.ask in asks]
