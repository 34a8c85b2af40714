"""Questions on earlier operations: at the same level or not, and whether the disc has come back since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from necessity.facts.fact import Assertion, ImagingFinding, Operation, RequestFact, Source
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.lines import HERNIATIONS
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.relevance import absent, latest_word, of_kind, on_side, present
from necessity.findings.questions.reply import conflict, no, unknown, yes
from necessity.findings.questions.studies import findings_of, is_reading, last_operation, study_date

_DISC_WORK = ("discectomy",)
# The way to the disc, which reports name where the disc work itself cannot be seen.
_OPENINGS = ("laminectomy", "decompression", "foraminotomy", "facetectomy")


def operations(case: CaseFacts) -> tuple[Operation, ...]:
    return of_kind(case, Operation)


def prior_discectomy_same_level(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """An earlier discectomy at the line's level. No: the chart says there was no spine operation before."""
    done = [op for op in operations(case) if op.assertion.value == "present"]
    here = [op for op in done if op.concept in _DISC_WORK and line.level in op.levels]
    if here:
        when = f" of {here[0].when}" if here[0].when else ""
        return yes(f"An earlier discectomy{when} at {line.level} is documented.", here)
    never = absent(operations(case))
    if never and latest_word(done, never) is False:
        return no("The chart records no earlier spine operation.", never)
    at_level = [op for op in done if line.level in op.levels]
    opened = [op for op in at_level if op.concept in _OPENINGS and on_side(op.side, line)]
    returned = [
        f
        for f in findings_of(case, line, "recurrent_disc")
        if f.present and line.level in f.levels and is_reading(case, f)
    ]
    if opened and returned:
        return yes(
            f"An earlier opening at {line.level} and a disc that came back there show the earlier discectomy.",
            [opened[0], returned[0]],
        )
    if at_level:
        return unknown(
            f"An earlier operation at {line.level} is recorded, its kind is not.",
            "the earlier operation note",
            facts=at_level,
        )
    return unknown(
        f"No earlier discectomy at {line.level} is documented.",
        "the earlier operation note",
        facts=[*done, *present(of_kind(case, RequestFact, "revision"))],
    )


def prior_spine_surgery(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    done, never = present(operations(case)), absent(operations(case))
    if done:
        return yes("An earlier spine operation is recorded.", done)
    if never:
        return no("The chart records no earlier spine operation.", never)
    return unknown("Earlier spine operations are not mentioned.", "surgical history")


def repeat_recurrence(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Second or later recurrence: at least two earlier disc operations at the level."""
    done = _earlier_disc_work(case, line)
    days = {op.when for op in done}
    if len(days - {None}) >= 2:
        return yes(f"{len(days - {None})} earlier disc operations at {line.level} are recorded.", done)
    if done:
        return no(f"One earlier disc operation at {line.level} is recorded.", done)
    never = absent(of_kind(case, Operation))
    if never:
        return no("No earlier spine operation.", never)
    return unknown("No second recurrence is described.", "earlier operation notes")


def _earlier_disc_work(case: CaseFacts, line: Line) -> list[Operation]:
    return [op for op in present(of_kind(case, Operation, *_DISC_WORK)) if line.level in op.levels]


def recurrent_disc(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Recurrent or residual disc in a study after the earlier operation. A report of scar alone, or of no recurrence,
    is no; the surgeon's diagnosis does not overrule it, his reading of the same study would be a conflict."""
    operated = last_operation(case, line)
    earlier = any(not op.levels or line.level in op.levels for op in present(operations(case)))
    found = [
        f
        for f in findings_of(case, line, "recurrent_disc", "scar", "disc")
        if is_reading(case, f) and (line.level in f.levels or not f.levels) and _after(case, f, operated)
    ]
    shown = [f for f in found if f.present and (f.concept == "recurrent_disc" or earlier and _new_herniation(f, line))]
    against = [f for f in found if f.concept == "recurrent_disc" and f.absent]
    reports = [f for f in shown if f.source is Source.RECORD]
    denied = [f for f in against if f.source is Source.RECORD]
    if reports and not denied:
        return yes("A study after the earlier operation shows recurrent or residual disc.", reports)
    if reports and denied and _quoted_in(reports) & _quoted_in(denied):
        return yes("The report shows recurrent or residual disc.", reports)
    if denied and shown:
        return conflict("One reading shows recurrent disc, another rules it out.", [*shown[:2], *denied[:2]])
    unsettled = _left_open(case, line)
    if shown and unsettled:
        reason = "The report cannot tell recurrent disc from scar, and no later study does."
        return unknown(reason, "a post-operative MRI with contrast", facts=[*unsettled, *shown[:1]])
    if shown:
        return yes("The surgeon's reading of a study shows recurrent or residual disc.", shown)
    scar = [f for f in found if f.concept == "scar" and f.present]
    if against or scar:
        return no("The study shows scar, or no recurrent disc.", [*against, *scar])
    return unknown(
        "No study after the earlier operation speaks of recurrent disc.",
        "a post-operative MRI, with contrast if possible",
        facts=findings_of(case, line, "recurrent_disc"),
    )


def _left_open(case: CaseFacts, line: Line) -> list[ImagingFinding]:
    """What a formal report of the level leaves open between disc and scar."""
    return [
        f
        for f in findings_of(case, line, "recurrent_disc", "scar")
        if f.source is Source.RECORD and f.assertion is Assertion.POSSIBLE and (line.level in f.levels or not f.levels)
    ]


def _quoted_in(facts: list[ImagingFinding]) -> set[str]:
    return {passage.document for fact in facts for passage in fact.evidence}


def _after(case: CaseFacts, finding: ImagingFinding, operated: date | None) -> bool:
    day = study_date(case, finding)
    return operated is None or day is None or day.latest >= operated


def _new_herniation(finding: ImagingFinding, line: Line) -> bool:
    """At an operated level a herniation seen afterwards is a recurrent or residual one, whatever it is called."""
    return finding.concept == "disc" and line.revision and line.level in finding.levels and finding.grade in HERNIATIONS


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="prior_discectomy_same_level", type="yes_no", ask=prior_discectomy_same_level),
        Question(name="prior_spine_surgery", type="yes_no", ask=prior_spine_surgery),
        Question(name="repeat_recurrence", type="yes_no", ask=repeat_recurrence),
        Question(name="recurrent_disc", type="yes_no", ask=recurrent_disc),
    )
}
