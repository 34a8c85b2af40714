"""Sections made of findings: the criteria of each line, and the exceptions that were considered."""

from __future__ import annotations

from collections.abc import Iterable

from necessity.charts.span import Evidence
from necessity.determinations.determination import Determination, Statement
from necessity.findings.finding import Finding, WaiverFinding
from necessity.reports import wording
from necessity.reports.apparatus import Apparatus
from necessity.reports.outline import Chip, Group, Item, Note, Section, anchor_of
from necessity.values.status import Outcome, Status


def outcome_chip(outcome: Outcome) -> Chip:
    return Chip(key=outcome.value, label=wording.OUTCOME[outcome])


def status_chip(status: Status) -> Chip:
    return Chip(key=status.value, label=wording.STATUS[status])


def statement_items(
    prefix: str, statements: Iterable[Statement], apparatus: Apparatus, shown: Iterable[Evidence] = ()
) -> tuple[Item, ...]:
    """Statements as points; what the same section has said or quoted already, or the criteria have `shown`, is not said
    or quoted again."""
    items: list[Item] = []
    quoted: set[Evidence] = set(shown)
    for text, same in _by_text(statements).items():
        cites = [cite for statement in same for cite in statement.cites]
        evidence = [one for statement in same for one in statement.evidence if one not in quoted]
        quoted.update(evidence)
        items.append(
            Item(
                id=f"{prefix}-{len(items) + 1}",
                sentences=apparatus.sentences(text, cites),
                quotes=apparatus.quotes(evidence),
            )
        )
    return tuple(items)


def _by_text(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.text, []).append(statement)
    return grouped


def shown_by_criteria(determination: Determination) -> tuple[Evidence, ...]:
    """The passages that criteria and exceptions quote: sentences beside them need not quote them again."""
    care = determination.level_of_care
    found = [finding.evidence for decided in determination.lines for finding in decided.findings]
    found += [waiver.evidence for decided in determination.lines for waiver in decided.waivers]
    found += [finding.evidence for finding in care.findings] if care else []
    return tuple(passage for passages in found for passage in passages)


def kind_of(statement: Statement) -> str:
    """The kind of a statement as an id, however it was written."""
    return statement.kind.replace(" ", "_").replace("-", "_")


def criteria(determination: Determination, apparatus: Apparatus) -> Section | None:
    """Every criterion of every line, the line that decides the case first."""
    worst = determination.worst_line
    ordered = sorted(determination.lines, key=lambda decided: decided is not worst)
    several = len(ordered) > 1
    groups = tuple(
        Group(
            id=anchor_of("criteria", decided.line.id),
            title=wording.line_title(decided) if several else "",
            chip=outcome_chip(decided.outcome) if several else None,
            lead=wording.policy_title(decided.policy) if several and decided.policy else "",
            items=finding_items(decided.line.id, decided.findings, decided.waivers, apparatus),
        )
        for decided in ordered
        if decided.findings
    )
    if not any(group.items for group in groups):
        return None
    return Section(id="criteria", title="Criteria", groups=groups)


def finding_items(
    prefix: str, findings: Iterable[Finding], waivers: Iterable[WaiverFinding], apparatus: Apparatus
) -> tuple[Item, ...]:
    titles = {waiver.id: waiver.title for waiver in waivers}
    return tuple(_finding_item(prefix, finding, titles, apparatus) for finding in findings)


def _finding_item(prefix: str, finding: Finding, waivers: dict[str, str], apparatus: Apparatus) -> Item:
    notes = []
    if finding.waived_by:
        names = wording.joined(waivers.get(one, one.replace("-", " ")) for one in finding.waived_by)
        notes.append(Note(label=wording.WAIVED_BY, text=names))
    if finding.could_be_met_on:
        notes.append(Note(label=wording.COULD_BE_MET_ON, text=finding.could_be_met_on.isoformat()))
    return Item(
        id=anchor_of("f", prefix, finding.criterion),
        heading=finding.title,
        tag=wording.CATEGORY.get(finding.category, wording.readable(finding.category)),
        chip=status_chip(finding.status),
        sentences=apparatus.sentences(finding.reason, finding.cites),
        quotes=apparatus.quotes(finding.evidence if finding.status not in _NOT_ASKED else finding.evidence[:1]),
        sought=finding.sought,
        notes=tuple(notes),
    )


# Of a criterion that is not asked one passage says why; the exception that took its place shows them all.
_NOT_ASKED = (Status.WAIVED, Status.NOT_APPLICABLE)


def exceptions(determination: Determination, apparatus: Apparatus) -> Section | None:
    """Waivers considered, with why each applies or does not; lines that read alike are shown once."""
    waivers = tuple(dict.fromkeys(waiver for decided in determination.lines for waiver in decided.waivers))
    said = tuple(one for one in determination.statements if kind_of(one) in wording.EXCEPTION_KINDS)
    spoken = [waiver for waiver in waivers if waiver.evidence or waiver.status is not Status.NOT_MET]
    silent = [waiver for waiver in waivers if waiver not in spoken]
    claimed = tuple(_waiver_item(number, waiver, apparatus) for number, waiver in enumerate(spoken, 1))
    claimed += _silent_item(len(spoken) + 1, silent, apparatus)
    others = statement_items("considered", said, apparatus, shown_by_criteria(determination))
    if not claimed + others:
        return None
    groups = (Group(items=claimed), Group(items=others, listed=True))
    title, lead = _exceptions_title(determination)
    return Section(id="exceptions", title=title, lead=lead if claimed else "", groups=groups)


def _exceptions_title(determination: Determination) -> tuple[str, str]:
    """What the section answers: why what is missing must be shown, whether it must, or what took its place."""
    waivers = [waiver for decided in determination.lines for waiver in decided.waivers]
    waivable = {(line.line.id, one) for line in determination.lines for waiver in line.waivers for one in waiver.waives}
    wanting = [
        finding
        for decided in determination.lines
        for finding in decided.findings
        if not finding.status.is_settled and (decided.line.id, finding.criterion) in waivable
    ]
    if any(waiver.status is Status.MET for waiver in waivers):
        return wording.EXCEPTIONS, wording.ONE_APPLIES
    if not wanting:
        return wording.EXCEPTIONS, wording.NONE_NEEDED
    titles = wording.quoted(finding.title for finding in wanting)
    if any(waiver.status.is_open for waiver in waivers):
        return wording.MAY_BE_BYPASSED, wording.ONE_IS_OPEN.format(titles=titles)
    return wording.CANNOT_BE_BYPASSED, wording.NONE_APPLIES.format(titles=titles)


def _silent_item(number: int, waivers: list[WaiverFinding], apparatus: Apparatus) -> tuple[Item, ...]:
    """The exceptions that the chart does not speak of, together: there is nothing to quote of any."""
    if len(waivers) < 2:
        return tuple(_waiver_item(number, waiver, apparatus) for waiver in waivers)
    reasons = " ".join(dict.fromkeys(waiver.reason for waiver in waivers))
    return (
        Item(
            id=f"exception-{number}",
            heading="; ".join(dict.fromkeys(waiver.title for waiver in waivers)),
            chip=Chip(key="not_applicable", label=wording.WAIVER_STATUS[Status.NOT_MET]),
            sentences=apparatus.sentences(reasons),
        ),
    )


def _waiver_item(number: int, waiver: WaiverFinding, apparatus: Apparatus) -> Item:
    return Item(
        id=f"exception-{number}",
        heading=waiver.title,
        chip=Chip(key=_WAIVER_KEY.get(waiver.status, waiver.status.value), label=wording.WAIVER_STATUS[waiver.status]),
        sentences=apparatus.sentences(waiver.reason, waiver.cites if waiver.status is not Status.NOT_MET else ()),
        quotes=apparatus.quotes(waiver.evidence),
        notes=(*_shown_by(waiver), *_waives(waiver, apparatus)),
    )


def _shown_by(waiver: WaiverFinding) -> tuple[Note, ...]:
    """What would show it, of one that is not shown."""
    if not waiver.shown_by or waiver.status is Status.MET:
        return ()
    return (Note(label=wording.SHOWN_BY, text=waiver.shown_by),)


def _waives(waiver: WaiverFinding, apparatus: Apparatus) -> tuple[Note, ...]:
    """What the waiver excuses, where it applies or may; of one that does not apply this is of no interest."""
    label = {Status.MET: wording.WAIVES, Status.UNDOCUMENTED: wording.WOULD_WAIVE}.get(waiver.status)
    if not waiver.waives or not label:
        return ()
    titles = (apparatus.criterion_title(None, one) for one in waiver.waives)
    return (Note(label=label, text=wording.joined(titles)),)


# A waiver that does not apply is no failing of the chart, so it is not shown in the colour of one.
_WAIVER_KEY = {Status.MET: "waived", Status.NOT_MET: "not_applicable"}
