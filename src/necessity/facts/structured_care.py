"""Care of structured records: medicines, sessions of therapy, injections, earlier operations, and what was only ordered.

Sessions are put together into courses, as a therapist's record would tell them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from necessity.charts.document import Kind
from necessity.charts.entry import Entry, Told
from necessity.facts.fact import Assertion, Fact, Operation, Region, Side, Source, Treatment
from necessity.facts.from_chart import ReadChart
from necessity.facts.qualifier import qualify, scopes_of
from necessity.facts.reading import ReadDocument
from necessity.facts.structured_requested import is_the_service, rendered, requested_in
from necessity.values.dates import PartialDate
from necessity.vocabulary.levels import find_levels, region_of
from necessity.vocabulary.lexicon import Concept

_CODED = frozenset({"cpt", "hcpcs"})
_SIDES = (("bilateral", Side.BILATERAL), ("both", Side.BILATERAL), ("left", Side.LEFT), ("right", Side.RIGHT))
# Injections that count as treatment; of other procedures a done one is an earlier operation.
_AS_TREATMENT = frozenset({"epidural_injection", "facet_injection", "facet_ablation", "si_injection"})
_NOT_SURGERY = frozenset({"other_spine"})
# A drug given for another disease, for sedation or by vein as a rule is no trial on the word of a list alone.
_OTHER_USES = ("low_dose", "anaesthetic", "vein")

# Words that are treatment only where a sentence around them says so.
_VAGUE = ("skip", "ambiguous", "company", "bare")


def care_facts(document: ReadDocument, entries: Sequence[Entry], chart: ReadChart) -> Iterator[Fact]:
    """The facts of medicines, procedures and orders."""
    newest = max(
        (one.document.written for one in chart.documents if _is_note(one) and one.document.written), default=None
    )
    named = partial(_named, document, chart)
    requested = requested_in(chart, named)
    sessions: dict[str, list[_Session]] = {}
    for entry in entries:
        if entry.kind == "medication":
            yield from _medicine(document, entry, chart.as_of or newest)
        elif entry.kind in ("procedure", "billed", "order"):
            session = _session(entry, chart)
            if session is not None and entry.told is Told.PRESENT:
                sessions.setdefault(session.concept, []).append(session)
            elif session is not None:
                yield _treatment(document, entry, session.concept, Assertion.ADVISED)
            elif _is_done(entry) and is_the_service(entry, requested, named, chart.as_of):
                if _is_known(entry, chart.as_of) and named(entry):
                    yield rendered(document.document, entry)
            elif entry.kind != "billed":
                # What was billed may be the very service under review, which is no care before it.
                yield from _procedure(document, entry, chart)
    for concept, visits in sessions.items():
        yield from _courses(document, concept, visits, chart.codes.course_gap_days)


def _is_done(entry: Entry) -> bool:
    return entry.kind == "procedure" and entry.told is Told.PRESENT


def _is_known(entry: Entry, as_of: date | None) -> bool:
    """Whether a procedure was done by the day of the review; of later ones a review knows nothing."""
    return entry.when is None or as_of is None or entry.when.earliest <= as_of


def _named(document: ReadDocument, chart: ReadChart, entry: Entry) -> tuple[str, ...]:
    return _kinds(document, entry, chart)[0]


def _is_note(read: ReadDocument) -> bool:
    return read.document.kind is not Kind.STRUCTURED


def _medicine(document: ReadDocument, entry: Entry, known_to: date | None) -> Iterator[Fact]:
    """The drug that the record names. One that was prescribed on the last day known has not been tried."""
    concept, assertion = _concept(document, entry, "drug")
    if concept is None or any(concept.get(use) for use in _OTHER_USES):
        return
    if entry.told is Told.PLANNED or assertion is not Assertion.PRESENT or _is_new(entry, known_to):
        assertion = Assertion.ADVISED
    drug_class = concept.get("class")
    yield Treatment(
        concept="medication",
        assertion=assertion,
        evidence=(document.document.evidence(entry.start, entry.end),),
        written=document.document.written,
        source=Source.RECORD if entry.reported else Source.CLINICIAN,
        drug=concept.id if concept.get("named", True) else None,
        drug_class=None if drug_class == "unspecified" else drug_class,
        dose=entry.dose or None,
        started=entry.when,
        ended=entry.ended,
        ongoing=entry.ongoing and entry.ended is None,
        as_needed=entry.as_needed,
        documentation="dated" if entry.when else "vague",
    )


def _is_new(entry: Entry, known_to: date | None) -> bool:
    return not entry.reported and entry.when is not None and known_to is not None and entry.when.latest >= known_to


@dataclass(frozen=True, slots=True)
class _Session:
    concept: str
    evaluation: bool
    entry: Entry

    @property
    def first(self) -> PartialDate | None:
        return self.entry.when


def _session(entry: Entry, chart: ReadChart) -> _Session | None:
    for coding in entry.codings:
        care = chart.codes.care.get(coding.code) if coding.system in _CODED or not coding.system else None
        if care is not None:
            return _Session(care.concept, care.evaluation, entry)
    return None


def _courses(document: ReadDocument, concept: str, visits: list[_Session], gap: int) -> Iterator[Fact]:
    """Dated sessions as courses, a longer gap between them ending one; undated ones as one course without dates."""
    undated = [visit for visit in visits if visit.first is None]
    dated = sorted(
        ((visit.first, visit) for visit in visits if visit.first is not None),
        key=lambda pair: (pair[0], pair[1].entry.start),
    )
    courses: list[list[_Session]] = [undated] if undated else []
    last: date | None = None
    for day, visit in dated:
        if last is None or day.earliest - last > timedelta(days=gap):
            courses.append([])
        courses[-1].append(visit)
        last = max(day.latest, last or day.latest)
    for course in courses:
        if not all(visit.evaluation for visit in course):
            yield _course(document, concept, course)


def _course(document: ReadDocument, concept: str, course: list[_Session]) -> Fact:
    days = [visit.first for visit in course if visit.first is not None]
    ends = [visit.entry.ended or visit.first for visit in course]
    last = max((day for day in ends if day is not None), key=lambda day: day.latest, default=None)
    visits = len(dict.fromkeys(str(day) for day in days)) or None
    evidence = tuple(document.document.evidence(visit.entry.start, visit.entry.end) for visit in course)
    return Treatment(
        concept=concept,
        assertion=Assertion.PRESENT,
        evidence=evidence,
        written=last.latest if last else document.document.written,
        when=days[0] if visits == 1 else None,
        source=Source.RECORD,
        started=days[0] if days else None,
        ended=last,
        visits=visits,
        documentation="record",
    )


def _procedure(document: ReadDocument, entry: Entry, chart: ReadChart) -> Iterator[Fact]:
    """An injection or operation by its number, else by its name; of orders only what they advise."""
    kinds, assertion = _kinds(document, entry, chart)
    if entry.told is not Told.PRESENT or entry.kind == "order" or chart.codes.is_ordered(entry.words):
        assertion = Assertion.ADVISED
    for kind in kinds:
        if kind in _AS_TREATMENT or kind not in (chart.codes.procedures.kinds if chart.codes.procedures else ()):
            yield _treatment(document, entry, kind, assertion)
        elif assertion is Assertion.PRESENT and kind not in _NOT_SURGERY:
            yield _operation(document, entry, kind)


def _kinds(document: ReadDocument, entry: Entry, chart: ReadChart) -> tuple[tuple[str, ...], Assertion]:
    procedures = chart.codes.procedures
    numbers = [one.code for one in entry.codings if one.system in _CODED or not one.system]
    by_code = procedures.asked_by(numbers) if procedures else ()
    if by_code or any(procedures.code(number) for number in numbers if procedures):
        return by_code, Assertion.PRESENT
    for group in ("injection", "treatment", "procedure"):
        concept, assertion = _concept(document, entry, group)
        if concept is not None and group == "procedure":
            return tuple(concept.get("procedures", ())), assertion
        if concept is not None and not any(concept.get(vague) for vague in _VAGUE):
            return (concept.get("kind", concept.id),), assertion
    return (), Assertion.PRESENT


def _concept(document: ReadDocument, entry: Entry, group: str) -> tuple[Concept | None, Assertion]:
    """The concept of a group that the sender's name stands for, and how its words mean it ("referral for …")."""
    for words in dict.fromkeys((entry.words, *(one.display for one in entry.codings))):
        matches, cues = document.lexicon.matches(words.lower(), words)
        for match in matches:
            for concept in match.concepts:
                if concept.group == group:
                    return concept, qualify(scopes_of(words.lower(), cues), match.start, match.end).assertion
    return None, Assertion.PRESENT


def _treatment(document: ReadDocument, entry: Entry, concept: str, assertion: Assertion) -> Fact:
    levels, side = _places(entry)
    return Treatment(
        concept=concept,
        assertion=assertion,
        evidence=(document.document.evidence(entry.start, entry.end),),
        written=entry.when.latest if entry.when else document.document.written,
        when=entry.when,
        region=Region(region_of(levels[0])) if levels else None,
        source=Source.RECORD,
        levels=levels,
        side=side,
        documentation="record" if entry.when else "vague",
    )


def _operation(document: ReadDocument, entry: Entry, kind: str) -> Fact:
    levels, side = _places(entry)
    return Operation(
        concept=kind,
        assertion=Assertion.PRESENT,
        evidence=(document.document.evidence(entry.start, entry.end),),
        written=entry.when.latest if entry.when else document.document.written,
        when=entry.when,
        region=Region(region_of(levels[0])) if levels else None,
        source=Source.RECORD,
        levels=levels,
        side=side,
    )


def _places(entry: Entry) -> tuple[tuple[str, ...], Side | None]:
    """Levels and side that the body sites name, else the words."""
    levels: tuple[str, ...] = ()
    side: Side | None = None
    for text in (*entry.sites, entry.words, *(one.display for one in entry.codings)):
        lower = text.lower()
        levels = levels or tuple(level for mention in find_levels(lower) for level in mention.segments)
        side = side or next((value for word, value in _SIDES if word in lower.split()), None)
    return levels, side
