"""Sections of a report, in the order in which a reviewer reads them: answer first, criteria, what to send, the rest."""

from __future__ import annotations

from collections.abc import Callable

from necessity.charts.span import Evidence
from necessity.determinations.determination import Determination, LineDetermination, Statement
from necessity.determinations.sentences import care_sentence
from necessity.reports import wording
from necessity.reports.apparatus import Apparatus
from necessity.reports.outline import Chip, Group, Item, Note, Outline, Section, anchor_of
from necessity.reports.sections_answer import answer, conflicts, urgent
from necessity.reports.sections_findings import (
    criteria,
    exceptions,
    finding_items,
    kind_of,
    outcome_chip,
    shown_by_criteria,
    statement_items,
    status_chip,
)
from necessity.reports.sections_steps import steps
from necessity.reports.to_send import settled_words, standing_deficiencies
from necessity.values.status import Outcome, Status

Maker = Callable[[Determination, Apparatus], Section | None]


def outline_of(determination: Determination) -> Outline:
    """The whole report, format apart. Sections that have nothing to say are left out."""
    apparatus = Apparatus(determination)
    made = [make(determination, apparatus) for make in _MAKERS]
    made += _statement_sections(determination, apparatus)
    made += [make(determination, apparatus) for make in _LAST]
    return Outline(
        title=wording.TITLE,
        request=wording.request_title(determination),
        outcome=outcome_chip(determination.outcome),
        urgent=determination.urgent,
        adverse=wording.is_adverse(determination),
        sections=tuple(section for section in made if section),
    )


def deficiencies(determination: Determination, apparatus: Apparatus) -> Section | None:
    first = _examinations(determination, apparatus)
    standing = standing_deficiencies(determination)
    if not standing and not first:
        return None
    names = {decided.line.id: wording.line_title(decided) for decided in determination.lines}
    several = len(determination.lines) > 1
    items = tuple(
        Item(
            id=f"deficiency-{number}",
            heading=apparatus.criterion_title(deficiency.line, deficiency.criterion),
            tag=names.get(deficiency.line or "", "") if several else "",
            chip=status_chip(deficiency.status),
            sentences=apparatus.sentences(deficiency.reason),
            notes=(Note(label=_label(deficiency.status), text=deficiency.ask),) if deficiency.ask else (),
        )
        for number, deficiency in enumerate(standing, 1)
    )
    title = "What stands in the way, and what to send"
    return Section(
        id="deficiencies",
        title=title,
        lead=settled_words(determination),
        groups=(Group(items=(*first, *items)),),
    )


def _label(status: Status) -> str:
    return wording.WHAT_WOULD_CHANGE_IT if status is Status.NOT_MET else wording.SEND


def _examinations(determination: Determination, apparatus: Apparatus) -> tuple[Item, ...]:
    """The examination that a red flag asks for: it comes before every document."""
    return tuple(
        Item(
            id=f"examination-{number}",
            heading=wording.MISSING_EXAMINATION,
            chip=Chip(key="not_met", label=wording.AT_ONCE),
            sentences=apparatus.sentences(reason.text.removesuffix(reason.ask).strip()),
            notes=(Note(label=wording.SEND, text=reason.ask),),
        )
        for number, reason in enumerate((one for one in determination.urgent_reasons if one.ask), 1)
    )


def fixes(determination: Determination, apparatus: Apparatus) -> Section | None:
    """The smallest sets of criteria that would change the answer, line by line, and the earliest date."""
    groups = []
    for decided in determination.lines:
        if decided.outcome in (Outcome.MEDICALLY_NECESSARY, Outcome.OUT_OF_SCOPE):
            continue
        sets = tuple(
            Item(id=anchor_of("fix", decided.line.id, str(number)), sentences=apparatus.sentences(text))
            for number, text in enumerate(_fix_texts(decided, apparatus), 1)
        )
        earliest = decided.earliest_date
        dates = (Note(label=wording.EARLIEST_DATE, text=earliest.isoformat()),) if earliest and sets else ()
        title = wording.line_title(decided) if len(determination.lines) > 1 else ""
        lead = wording.FIXES_LEAD if sets else wording.NO_FIX
        groups.append(Group(title=title, lead=lead, items=sets, notes=dates, listed=True))
    return Section(id="fixes", title="What would change the answer", groups=tuple(groups)) if groups else None


def _fix_texts(decided: LineDetermination, apparatus: Apparatus) -> list[str]:
    """Each set as its criteria by title, an open exception that would do instead by its own."""
    exceptions = {waiver.id: f"{waiver.title} ({wording.BY_EXCEPTION})" for waiver in decided.waivers}
    return [
        wording.joined(exceptions.get(one) or apparatus.criterion_title(decided.line.id, one) for one in fix)
        for fix in (*decided.fixes, *decided.waiver_fixes)
    ]


def timeline(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not determination.timeline:
        return None
    items = tuple(
        Item(
            id=f"care-{number}",
            heading=bar.label,
            tag=wording.days(bar.start, bar.end) + ("" if bar.counted else f", {wording.NOT_COUNTED}"),
            sentences=apparatus.sentences(bar.note),
            quotes=apparatus.quotes(bar.evidence),
        )
        for number, bar in enumerate(determination.timeline, 1)
    )
    return Section(id="timeline", title="Care timeline", groups=(Group(items=items),))


def level_of_care(determination: Determination, apparatus: Apparatus) -> Section | None:
    care = determination.level_of_care
    if care is None:
        return None
    notes = [Note(label=wording.REQUESTED, text=wording.readable(care.requested))]
    if care.supported:
        notes.append(Note(label=wording.SUPPORTED, text=wording.readable(care.supported)))
    said = apparatus.sentences(care_sentence(determination.lines, care))
    chip = Chip(key=care.outcome.value, label=wording.CARE[care.outcome])
    summary = Item(id="care-summary", chip=chip, sentences=said, notes=tuple(notes))
    group = Group(items=(summary, *finding_items("setting-apart", care.findings, (), apparatus)))
    return Section(id="level-of-care", title="Level of care, judged apart from the procedure", groups=(group,))


def alternatives(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not determination.alternatives:
        return None
    items = tuple(
        Item(
            id=f"alternative-{number}",
            heading=other.request,
            chip=outcome_chip(other.outcome),
            sentences=apparatus.sentences(other.why),
        )
        for number, other in enumerate(determination.alternatives, 1)
    )
    return Section(id="alternatives", title="Alternatives the chart supports", groups=(Group(items=items),))


def signature(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not wording.is_adverse(determination):
        return None
    blanks = tuple(Note(label=field, text="") for field in wording.SIGNATURE_FIELDS)
    return Section(
        id="signature", title="Clinician's review", lead=wording.ADVERSE_NOTICE, groups=(Group(notes=blanks),)
    )


def references(determination: Determination, apparatus: Apparatus) -> Section | None:
    """Made last of those that cite, so that it holds what was cited and nothing else."""
    if not apparatus.cited:
        return None
    items = tuple(
        Item(
            id=f"reference-{number}",
            sentences=apparatus.sentences(reference.citation) + apparatus.sentences(reference.finding),
        )
        for number, reference in apparatus.cited
    )
    return Section(id="references", title="References", groups=(Group(items=items),), numbered=True)


def left_out(determination: Determination, apparatus: Apparatus) -> Section | None:
    if not determination.chart.problems:
        return None
    items = tuple(
        Item(
            id=f"left-out-{number}",
            heading=problem.where,
            sentences=apparatus.sentences(problem.message) + apparatus.sentences(problem.hint),
        )
        for number, problem in enumerate(determination.chart.problems, 1)
    )
    return Section(id="left-out", title="What was left out", lead=wording.LEFT_OUT_LEAD, groups=(Group(items=items),))


def documents(determination: Determination, apparatus: Apparatus) -> Section:
    items = tuple(
        Item(
            id=anchor_of("document", document.id),
            heading=f"{document.id}  {document.name}",
            tag=", ".join(
                [
                    wording.readable(document.kind),
                    wording.day_or(document.written, "no date"),
                    f"{document.pages} page" + ("" if document.pages == 1 else "s") + wording.pages_read(document),
                    f"{len(document.text)} characters",
                ]
            ),
            notes=(Note(label="SHA-256", text=document.sha256),),
        )
        for document in determination.chart.documents
    )
    notes = tuple(
        Item(id=f"assembled-{number}", heading=note.where, sentences=apparatus.sentences(note.message))
        for number, note in enumerate(determination.chart.notes, 1)
    )
    groups = [Group(items=items)] + ([Group(title=wording.HOW_ASSEMBLED, items=notes)] if notes else [])
    return Section(id="documents", title="Documents reviewed", groups=tuple(groups))


def _statement_sections(determination: Determination, apparatus: Apparatus) -> list[Section | None]:
    """One section for each kind of statement; a kind without a section of its own goes to the last."""
    named = {kind for _, _, kinds in wording.STATEMENT_SECTIONS for kind in kinds} | set(wording.EXCEPTION_KINDS)
    sections: list[Section | None] = []
    shown = shown_by_criteria(determination)
    for id_, title, kinds in wording.STATEMENT_SECTIONS:
        chosen = [statement for statement in determination.statements if kind_of(statement) in kinds]
        made = _statement_section(id_, title, chosen, apparatus, shown)
        sections.append(made or (steps(determination, apparatus) if id_ == "steps" else None))
    rest = [statement for statement in determination.statements if kind_of(statement) not in named]
    sections.append(_statement_section(*wording.OTHER_SECTION, rest, apparatus, shown))
    return sections


def _statement_section(
    id_: str, title: str, chosen: list[Statement], apparatus: Apparatus, shown: tuple[Evidence, ...]
) -> Section | None:
    if not chosen:
        return None
    group = Group(items=statement_items(id_, tuple(chosen), apparatus, shown), listed=True)
    return Section(id=id_, title=title, groups=(group,))


_MAKERS: tuple[Maker, ...] = (
    urgent,
    answer,
    conflicts,
    criteria,
    exceptions,
    deficiencies,
    fixes,
    timeline,
    level_of_care,
    alternatives,
)
_LAST: tuple[Maker, ...] = (signature, references, left_out, documents)
