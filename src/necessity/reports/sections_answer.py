"""The first sections of a report: what is urgent, the answer with whose criteria it follows, and what conflicts."""

from __future__ import annotations

from necessity import __version__
from necessity.determinations.determination import Determination
from necessity.reports import wording
from necessity.reports.apparatus import Apparatus
from necessity.reports.outline import Chip, Group, Item, Note, Section, anchor_of
from necessity.reports.sections_findings import outcome_chip, statement_items
from necessity.reports.to_send import asked_for
from necessity.values.status import Outcome


def urgent(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not determination.urgent:
        return None
    items = statement_items("urgent", determination.urgent_reasons, apparatus)
    group = Group(items=items, listed=True)
    lead = wording.URGENT_LEAD if any(one.ask for one in determination.urgent_reasons) else wording.URGENT_SETTLED
    return Section(id="urgent", title=wording.URGENT, lead=lead, groups=(group,))


def answer(determination: Determination, apparatus: Apparatus) -> Section:
    """The answer in sentences; what would complete it; the lines where there are several; and whose criteria."""
    groups = [Group(items=statement_items("answer", determination.answer, apparatus))]
    if wording.is_adverse(determination):
        groups.append(Group(items=(Item(id="notice", sentences=apparatus.sentences(wording.ADVERSE_NOTICE)),)))
    asks = asked_for(determination)
    if determination.outcome is Outcome.NEEDS_DOCUMENTATION and asks:
        items = tuple(Item(id=f"if-{number}", sentences=apparatus.sentences(ask)) for number, ask in enumerate(asks, 1))
        groups.append(Group(title=wording.NECESSARY_IF, items=items, listed=True))
    if len(determination.lines) > 1:
        groups.append(_lines(determination))
    groups.append(Group(title="How it was judged", notes=_provenance(determination)))
    return Section(id="answer", title="Direct answer", groups=tuple(groups))


def conflicts(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not determination.conflicts:
        return None
    items = tuple(
        Item(
            id=f"conflict-{number}",
            heading=wording.sentence_case(wording.readable(conflict.about)),
            chip=Chip(key="conflicting", label=wording.BLOCKING if conflict.blocking else wording.NOT_BLOCKING),
            sentences=apparatus.sentences(conflict.reason),
            quotes=apparatus.quotes(conflict.statements),
            notes=(Note(label=wording.TO_RESOLVE, text=wording.HOW_TO_RESOLVE),) if conflict.blocking else (),
        )
        for number, conflict in enumerate(sorted(determination.conflicts, key=lambda one: not one.blocking), 1)
    )
    return Section(id="conflicts", title="Conflicts of request and chart", groups=(Group(items=items),))


def _lines(determination: Determination) -> Group:
    items = tuple(
        Item(
            id=anchor_of("line", decided.line.id),
            heading=wording.line_title(decided),
            link=anchor_of("criteria", decided.line.id) if decided.findings else "",
            chip=outcome_chip(decided.outcome),
        )
        for decided in determination.lines
    )
    return Group(title="Lines of the request", lead=wording.SPLIT if determination.split else "", items=items)


def _provenance(determination: Determination) -> tuple[Note, ...]:
    """Whose criteria, judged at which date, on which record: what another reviewer needs to repeat it."""
    request = determination.request
    policies = dict.fromkeys(decided.policy for decided in determination.lines if decided.policy)
    as_of_source = wording.AS_OF_SOURCE.get(determination.as_of_source, determination.as_of_source)
    notes = [Note(label="Request", text=wording.request_title(determination) + _sources(determination))]
    if request.cpt:
        notes.append(Note(label="Codes", text=", ".join(request.cpt)))
    notes += [Note(label="Criteria", text=wording.policy_title(policy)) for policy in policies]
    notes += [Note(label=wording.WHY_THESE, text=choice.text) for choice in determination.policy_choice]
    if any(policy.status == "draft" for policy in policies):
        notes.append(Note(label="Draft", text=wording.DRAFT))
    notes += [
        Note(label="Judged as of", text=f"{determination.as_of.isoformat()} ({as_of_source})"),
        Note(label="Basis", text=wording.BASIS.get(determination.basis, wording.readable(determination.basis))),
        Note(label="Record", text=wording.RECORD.get(determination.record, determination.record)),
        Note(label="Case", text=f"{determination.case}, {wording.PRODUCT} {__version__}"),
    ]
    return tuple(notes)


def _sources(determination: Determination) -> str:
    """Which parts of the request were not on the form itself, and how they are known."""
    fields: dict[str, list[str]] = {}
    for field, how in sorted(determination.request.sources.items()):
        if how != "given":
            fields.setdefault(how, []).append(wording.readable(field))
    found = [f"{', '.join(names)} {wording.SOURCE.get(how, how)}" for how, names in fields.items()]
    return f" ({'; '.join(found)})" if found else ""
