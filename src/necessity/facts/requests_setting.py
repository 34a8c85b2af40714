"""Where the operation is to be done, whether it is a repeat, and whether it has been done already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Region, RequestFact, Source
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of
from necessity.vocabulary.lexicon import Concept

TITLE_SECTIONS = frozenset({"procedure"})
STAY_KINDS = frozenset({Kind.OPERATIVE_NOTE, Kind.INJECTION_NOTE, Kind.HOSPITAL_NOTE, Kind.AUTHORIZATION_FORM})
ELSEWHERE = frozenset(
    {
        "past_history",
        "surgical_history",
        "family_history",
        "social_history",
        "review_of_systems",
        "medications",
        "allergies",
        "consent",
        "examination",
    }
)
_AHEAD = (Assertion.PLANNED, Assertion.ADVISED)
_PLANS = frozenset({"plan", "authorization"})
_STAY_HEADING = pattern(
    r"^(?:admitting diagnos|admission diagnos|hospital course|discharge diagnos|date of admission|date of discharge|admission date|discharge date|date admitted|date discharged|admitted$|admit date)"
)
# "Outpatient surgery scheduling desk", "outpatient physical therapy": the name of a place or of another service.
OF_ANOTHER = pattern(
    r"^[\s-]*(?:(?:surgery|surgical|procedure|spine|pain|hospital|services?)\s)?(?:schedul\w+|desk|department|dept|clinic|office|"
    r"registration|(?:physical |occupational |aquatic |pool |manual )?therap\w+|physio\w*|chiro\w*|detox\w*|psych\w*|counsel\w+|pt\b|rehab\w*|imaging|mri|radiology|pharmacy|records?|unit|coordinator|"
    r"medications?|meds|notes?|visits?|follow|consult\w*|provider|treatment|management|pain|billing|phone|fax|team|workup|evaluation|program)"
)


# "She will follow up in the office": where the patient is seen afterwards.
_LATER = pattern(r"follow(?:ing|ed)?[ -]?up|return|see (?:him|her|me)|seen|call|next (?:week|month|visit)|will be")


# A history tells of other admissions too; these words tie one to the operation of the note.
_THIS_TIME = pattern(
    r"before (?:the |this )?(?:surgery|operation|procedure)|prior to (?:the |this )?(?:surgery|operation|procedure)|bedside|for (?:this|elective|the) (?:surgery|procedure|operation)"
)
_TO_THE_ROOM = pattern(
    r"admitted (?:in)?to (?:the |our )?(?:operating|or\b|procedure|pre-?op|holding|block|radiology|fluoro|surgery (?:center|suite)|surgical suite|endoscopy|pain)"
)


def setting_of(sentence: Sentence) -> Iterator[RequestFact]:
    if sentence.section.kind in ELSEWHERE:
        return
    for match, concept in sentence.of("request"):
        value = concept.get("value")
        if not value:
            continue
        qualifier = sentence.qualify(match.start, match.end)
        if qualifier.not_patient or qualifier.historical or qualifier.assertion is Assertion.ABSENT:
            continue
        if not _asks_for_setting(sentence, concept) or OF_ANOTHER.match(sentence.text[match.end :]):
            continue
        yield request_fact(sentence, "setting", value, match.start, match.end, qualifier.assertion)


def stay_headings(document: ReadDocument) -> Iterator[RequestFact]:
    """The headings of a stay ("ADMITTING DIAGNOSIS", "HOSPITAL COURSE") tell that it was one."""
    if document.document.kind not in STAY_KINDS:
        return
    for section in document.sections:
        if _STAY_HEADING.search(section.heading):
            evidence = document.document.evidence(section.start, section.start + len(section.heading))
            yield RequestFact(
                concept="setting",
                value="inpatient",
                assertion=Assertion.PRESENT,
                evidence=(evidence,),
                written=document.document.written,
            )


def _asks_for_setting(sentence: Sentence, concept: Concept) -> bool:
    """Whether the words tell where this service is given: on a form, in an operation's own note, or beside the planned operation."""
    kind = sentence.document.kind
    if kind is Kind.AUTHORIZATION_FORM or sentence.section.kind == "authorization":
        return True
    if concept.get("weak"):
        if concept.id == "office" and _LATER.search(sentence.text):
            return False
        told = (
            sentence.section.kind in ("history", "indication", "preamble") and "course" not in sentence.section.heading
        )
        if told and not _THIS_TIME.search(sentence.text) or _TO_THE_ROOM.search(sentence.text):
            return False
        here = concept.id == "office" and sentence.has("procedure") and sentence.has("request", "planned")
        return here or kind in concept.get("kinds", ())
    if sentence.section.kind in TITLE_SECTIONS:
        return True
    if sentence.has("request", "planned") and sentence.section.kind not in ("history", "treatment", "chief_complaint"):
        return True
    return sentence.has("procedure") or kind in STAY_KINDS or _closes_plan(sentence)


_SHORT = 60


def _closes_plan(sentence: Sentence) -> bool:
    """A short sentence of the plan right behind the operation: "L4-5 laminectomy. Inpatient, two nights."."""
    if sentence.section.kind not in ("plan", "assessment") or len(sentence.text) > _SHORT:
        return False
    before = (sentence.reading.before(sentence, count) for count in (1, 2))
    return any(each is not None and each.has("procedure") for each in before)


# "Redo 2009", "revision in March 2014": an operation of the past.
_DATED_PAST = pattern(r"^\s?(?:\(|in |on |done |performed )?\s?(?:[a-z]{3,9}\.?,?\s|\d{1,2}/)?(?:19|20)\d\d\b")


def flags_of(sentence: Sentence) -> Iterator[RequestFact]:
    """Whether the operation is a revision."""
    for match, concept in sentence.of("request"):
        if concept.id != "revision" or _DATED_PAST.match(sentence.text[match.end :]):
            continue
        if sentence.section.kind in TITLE_SECTIONS or sentence.has("procedure") or sentence.has("request", "planned"):
            qualifier = sentence.qualify(match.start, match.end)
            if not qualifier.not_patient and qualifier.assertion not in (Assertion.ABSENT, Assertion.POSSIBLE):
                yield request_fact(sentence, "revision", "yes", match.start, match.end, qualifier.assertion)


def guidance_of(sentence: Sentence) -> Iterator[RequestFact]:
    """How the needle is to be guided, where the sentence plans it or denies it; of an earlier session it plans nothing."""
    for match, concept in sentence.of("request"):
        if concept.id != "image_guidance":
            continue
        qualifier = sentence.qualify(match.start, match.end)
        if qualifier.not_patient or qualifier.historical:
            continue
        planned = qualifier.assertion in _AHEAD or sentence.section.kind in _PLANS or sentence.has("request", "planned")
        if planned:
            assertion = Assertion.ABSENT if qualifier.assertion is Assertion.ABSENT else Assertion.PLANNED
            yield request_fact(sentence, "image_guidance", "yes", match.start, match.end, assertion)
            return


def rendered_in(document: ReadDocument, as_of: date | None) -> Iterator[RequestFact]:
    """A review after the service: the form says so, or gives a day of service that lies before the day of judgement."""
    if document.document.kind is not Kind.AUTHORIZATION_FORM:
        return
    served = [
        (sentence, time.date)
        for sentence in document.having("request")
        if sentence.has("request", "service_day")
        for time in sentence.times
        if time.date
    ]
    served = [(sentence, day) for sentence, day in served if day.is_exact and (as_of is None or day.latest <= as_of)]
    for sentence in document.sentences:
        for match, concept in sentence.of("request"):
            if concept.id != "rendered" or sentence.qualify(match.start, match.end).assertion is Assertion.ABSENT:
                continue
            fact = request_fact(sentence, "service_rendered", "yes", match.start, match.end)
            yield replace(fact, when=served[0][1]) if served else fact
            return
    if as_of is None or _asked_before(document):
        return
    for sentence, day in served:
        if (as_of - day.latest).days > 0:
            yield replace(request_fact(sentence, "service_rendered", "yes", 0, len(sentence.text)), when=day)
            return


def _asked_before(document: ReadDocument) -> bool:
    """A form that calls itself prospective, or that asks for a stay that goes on, is no review of what is done."""
    return any(
        sentence.has("request", "pending") or sentence.has("stay", "continued_stay") for sentence in document.sentences
    )


def request_fact(
    sentence: Sentence, concept: str, value: str, start: int, end: int, assertion: Assertion = Assertion.PRESENT
) -> RequestFact:
    source = Source.REQUEST if sentence.document.kind is Kind.AUTHORIZATION_FORM else Source.CLINICIAN
    region = Region(region_of(value)) if concept == "level" else None
    return RequestFact(
        concept=concept,
        value=value,
        assertion=assertion,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        region=region,
        source=source,
    )
