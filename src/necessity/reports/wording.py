"""The fixed words of every report, in one place, so that no two formats disagree.

Everything else that a report says comes from the determination. No clinical words here: labels only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from necessity.charts.document import Document
from necessity.charts.layout import How
from necessity.charts.span import Evidence
from necessity.determinations.determination import Determination, LineDetermination, PolicyRef
from necessity.reports.outline import on_one_line
from necessity.values.status import Outcome, Status

PRODUCT = "Necessity"
TITLE = "Medical necessity determination"

OUTCOME = {
    Outcome.MEDICALLY_NECESSARY: "Medically necessary",
    Outcome.NEEDS_DOCUMENTATION: "Documentation needed",
    Outcome.NOT_MEDICALLY_NECESSARY: "Not medically necessary",
    Outcome.OUT_OF_SCOPE: "Out of scope",
}
STATUS = {
    Status.MET: "Met",
    Status.NOT_MET: "Not met",
    Status.UNDOCUMENTED: "Not documented",
    Status.CONFLICTING: "Chart conflicts",
    Status.WAIVED: "Waived",
    Status.NOT_APPLICABLE: "Not applicable",
}
# A waiver is an exception claimed, so its statuses read differently from those of a criterion.
WAIVER_STATUS = {
    Status.MET: "Applies",
    Status.NOT_MET: "Does not apply",
    Status.UNDOCUMENTED: "Open: not examined",
    Status.CONFLICTING: "Chart conflicts",
    Status.WAIVED: "Waived",
    Status.NOT_APPLICABLE: "Not applicable",
}
BASIS = {
    "criteria_met": "Every criterion is met, waived or not applicable.",
    "criteria_not_met": "A required criterion is not met and no exception applies.",
    "missing_documentation": "Nothing is shown to fail; something is not documented or the chart conflicts.",
    "insufficient_documentation": "The time to send documents has passed; a required criterion is not documented.",
    "no_policy": "No policy in force covers this request; a person decides.",
    "level_of_care_only": "Only the level of care was asked.",
}
CATEGORY = {
    "history": "History",
    "indication": "Indication",
    "neurologic": "Neurologic examination",
    "imaging": "Imaging",
    "concordance": "Concordance",
    "instability": "Instability",
    "conservative_duration": "Conservative care: duration",
    "conservative_measures": "Conservative care: measures",
    "conservative_response": "Conservative care: response",
    "function": "Function",
    "exclusion": "Exclusion",
    "risk": "Risk",
    "trial_response": "Response to trial",
    "level_of_care": "Level of care",
}
RECORD = {"open": "Open: documents can still be sent", "closed": "Closed: the time to send documents has passed"}
AS_OF_SOURCE = {"given": "as given", "chart": "date of the latest document", "clock": "today"}
SOURCE = {"chart": "read from the chart", "code": "from the code"}

# The section that each kind of statement belongs to, in reading order. A kind not named here is shown under OTHER.
STATEMENT_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("uncertain", "Read without certainty, and not counted", ("uncertain_reading",)),
    ("steps", "Decision steps", ("decision_step",)),
    ("distinctions", "Clinical distinctions", ("distinction",)),
    ("populations", "Special populations", ("special_population",)),
    ("pitfalls", "Pitfalls to avoid", ("pitfall",)),
    ("options", "Other options to consider", ("alternative",)),
    ("natural-history", "Natural history", ("natural_history",)),
    ("outcomes", "Expected outcomes", ("expected_outcome", "outcome")),
    ("risks", "Risks", ("risk",)),
    ("evidence", "What the evidence says", ("evidence",)),
    ("disagreement", "Where the evidence disagrees", ("disagreement",)),
)
# Sections that a page shows folded, one click away: what a reviewer looks up, beside what decides.
FOLDED = (
    "steps",
    "distinctions",
    "populations",
    "pitfalls",
    "options",
    "natural-history",
    "outcomes",
    "risks",
    "evidence",
    "disagreement",
    "other",
    "references",
    "documents",
)
# What a section is called where there is little room; the full title elsewhere.
SHORT_TITLE = {
    "correlation": "Correlation",
    "answer": "Answer",
    "conflicts": "Conflicts",
    "exceptions": "Exceptions",
    "deficiencies": "What to send",
    "fixes": "What would change it",
    "timeline": "Timeline",
    "level-of-care": "Level of care",
    "alternatives": "Alternatives",
    "uncertain": "Uncertain",
    "steps": "Steps",
    "distinctions": "Distinctions",
    "populations": "Populations",
    "pitfalls": "Pitfalls",
    "options": "Options",
    "outcomes": "Outcomes",
    "evidence": "Evidence",
    "disagreement": "Disagreement",
    "signature": "Signature",
    "left-out": "Left out",
    "documents": "Documents",
}
EXCEPTION_KINDS = ("exception", "exception_considered")
BY_EXCEPTION = "through the exception"
OTHER_SECTION = ("other", "Also noted")

URGENT = "Urgent"
URGENT_LEAD = "Expedited answer. To be examined or confirmed at once:"
URGENT_SETTLED = "Expedited answer, because of what the chart shows:"
WHAT_WOULD_CHANGE_IT = "What would change it"
SETTLED_BY_THE_FILE = (
    "On {titles} the documents on file have given the answer; sending more documents does not by itself turn it."
)
ADVERSE_NOTICE = (
    "This is a recommendation. It takes effect only when a licensed clinician has reviewed it and signed below."
)
NECESSARY_IF = "Medically necessary if the record also shows:"
DRAFT = (
    "These criteria are a draft: not checked against the whole document of their owner. They are never chosen by "
    "themselves and carry no decision."
)
WHY_THESE = "Why these criteria"
SPLIT = "The lines of this request differ; the case takes the outcome of its worst line."
NO_EVIDENCE = "No passage of the chart decides this."
NO_FIX = "No open criterion, if met, would make this line medically necessary."
FIXES_LEAD = "Each of these sets, if met, would make the line medically necessary:"
SOUGHT = "Looked for"
WAIVED_BY = "Waived by"
WAIVES = "Waives"
WOULD_WAIVE = "Would waive"
COULD_BE_MET_ON = "Could be met on"
EARLIEST_DATE = "Earliest date on which a criterion of time could be met"
SEND = "Send"
AT_ONCE = "At once"
MISSING_EXAMINATION = "The examination that is missing"
SHOWN_BY = "What would show it"
CANNOT_BE_BYPASSED = "Why the requirements cannot be bypassed"
MAY_BE_BYPASSED = "Whether the requirements can be bypassed"
EXCEPTIONS = "Exceptions considered"
NONE_APPLIES = (
    "One of these exceptions would take the place of {titles}. Each was considered; the chart shows none of them."
)
ONE_IS_OPEN = (
    "One of these exceptions would take the place of {titles}. Something in the chart points to one that nobody has "
    "settled, so it is neither claimed nor read as absent."
)
ONE_APPLIES = "An exception applies, so the criteria that it waives are not asked."
NONE_NEEDED = "None is needed: the criteria that these would waive are met."
STEPS_LEAD = "The criteria in the order in which a reviewer takes them, each with its answer."
THEN = "Result"
TO_RESOLVE = "To resolve"
HOW_TO_RESOLVE = "A corrected form, or a signed and dated note, that says which of these holds."
CARE = {
    Outcome.MEDICALLY_NECESSARY: "Setting supported",
    Outcome.NEEDS_DOCUMENTATION: "Setting undecided",
    Outcome.NOT_MEDICALLY_NECESSARY: "Setting not supported",
    Outcome.OUT_OF_SCOPE: "Out of scope",
}
BLOCKING = "Resolve before approval"
NOT_BLOCKING = "For information"
REQUESTED = "Requested"
SUPPORTED = "Supported by the chart"
NOT_COUNTED = "not counted"
READ_BY_OCR = "read by OCR"
READ_BY_OCR_DOUBTFUL = "read by OCR, uncertain"
HOW_ASSEMBLED = "How the documents came together"
PAGE_IMAGE = "The page as it came, with the passages marked"
LEFT_OUT_LEAD = "These could not be read, and nothing in this report comes from them:"
SIGNATURE_FIELDS = (
    "Decision (agree, or disagree with reason)",
    "Clinician's name and credentials",
    "License number and state",
    "Specialty",
    "Signature",
    "Date and time",
)
SENT_AS_URGENT = "sent as urgent"
BRIEF_CRITERIA = "Criteria"
BRIEF_SEND = "To send"
MORE = (
    "This is the short answer. With the passages, exceptions, evidence and references: --full; to read beside the chart: "
    "--format html -o report.html."
)
FOOTER = "Decision support. Every quotation is the chart's own words at the place named."


def readable(identifier: str) -> str:
    """An id of the vocabulary as words: `disc_replacement` becomes "disc replacement"."""
    return identifier.replace("_", " ")


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def request_title(determination: Determination) -> str:
    """What was asked, in one line."""
    request = determination.request
    what = [readable(procedure) for procedure in request.procedures]
    parts = [", ".join(what) or "Procedure not named", ", ".join(request.levels), request.side or ""]
    named = ", ".join(part for part in parts if part)
    revision = " (revision)" if request.revision else ""
    setting = f", {readable(request.setting)}" if request.setting else ""
    sent = f", {SENT_AS_URGENT}" if request.priority == "urgent" else ""
    return sentence_case(f"{named}{revision}{setting}{sent}")


def line_title(decided: LineDetermination) -> str:
    line = decided.line
    parts = [readable(line.procedure), line.level or "level not named", line.side.value if line.side else ""]
    return sentence_case(", ".join(part for part in parts if part))


def policy_title(policy: PolicyRef) -> str:
    """Whose criteria, which version, since when, how fresh, and the digest of the file."""
    owner = f", {policy.owner}" if policy.owner else ""
    status = "" if policy.status == "active" else f", status {policy.status}"
    return (
        f"{policy.title or policy.id} ({policy.pack}/{policy.id}){owner}, version {policy.version}, "
        f"effective {policy.effective.isoformat()}, last checked {day_or(policy.last_checked, 'not recorded')}{status}"
    )


def days(start: date | None, end: date | None) -> str:
    """A stretch of time: one day, or its first and last."""
    if start and start == end:
        return start.isoformat()
    return f"{day_or(start, 'unknown start')} to {day_or(end, 'now')}"


def day_or(day: date | None, otherwise: str) -> str:
    return day.isoformat() if day else otherwise


def joined(words: Iterable[str]) -> str:
    """ "a", "a; and b", "a; b; and c": titles may hold commas and words such as "and" of their own."""
    items = list(words)
    return "; ".join([*items[:-1], f"and {items[-1]}"] if len(items) > 1 else items)


def quoted(titles: Iterable[str]) -> str:
    """Titles of criteria in quotation marks, each once: “a”, “b” and “c”."""
    items = [f"“{title}”" for title in dict.fromkeys(titles)]
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def is_adverse(determination: Determination) -> bool:
    """Whether any part of the answer is adverse, so that a clinician has to sign."""
    care = determination.level_of_care
    outcomes = [determination.outcome, *(line.outcome for line in determination.lines)]
    return Outcome.NOT_MEDICALLY_NECESSARY in ([*outcomes, care.outcome] if care else outcomes)


def place_of(document: Document, evidence: Evidence) -> tuple[str, int]:
    """The file and its page on which a passage stands: of a document that is part of a fax, those of the fax."""
    if not evidence.boxes:
        return document.name, evidence.page
    return _PART_OF_FILE.sub("", document.name), evidence.boxes[0].page


_PART_OF_FILE = re.compile(r", pages? \d+(?:-\d+)?$")


def how_read(evidence: Evidence) -> str:
    """What follows the page of a passage that was recognised in a picture, or that shows part of a structured record;
    nothing for text."""
    read = READ_BY_OCR_DOUBTFUL if evidence.doubtful else READ_BY_OCR
    ocr = f", {read}" if evidence.confidence is not None else ""
    return f"{ocr}, {on_one_line(evidence.origin)}" if evidence.origin else ocr


def pages_read(document: Document) -> str:
    """How the pages of a document were read, where not all of them are text."""
    counts = Counter(page.how for page in document.layout.pages) if document.layout else Counter()
    told = [f"{counts[how]} {words}" for how, words in _HOW.items() if counts[how]]
    return f" ({', '.join(told)})" if told else ""


_HOW = {How.OCR: READ_BY_OCR, How.BLANK: "blank", How.UNREAD: "not read"}
