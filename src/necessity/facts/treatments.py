"""Non-operative treatment: each drug, therapy and injection of the chart with its dates, dose, meaning and result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from necessity.charts.document import Kind
from necessity.facts.fact import Assertion, Fact, Region, Source, Treatment
from necessity.facts.from_chart import ReadChart
from necessity.facts.injections import KINDS, count_of, levels_of, side_of
from necessity.facts.injections_recorded import own_procedure, recorded_injection
from necessity.facts.injections_told import before_in_series, each_told
from necessity.facts.medication import dose_of, is_intravenous
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.therapy import is_first_visit, is_therapy_record, programmes_of, therapy_record
from necessity.facts.therapy_untaken import untaken
from necessity.facts.treatments_binding import bind, least_favourable, refers_back
from necessity.facts.treatments_closed import with_closed
from necessity.facts.treatments_meaning import is_told, meaning_of
from necessity.facts.treatments_mention import Mention, mentions_of
from necessity.facts.treatments_response import Response, percents_in, responses_of
from necessity.facts.treatments_statements import statements_of
from necessity.facts.treatments_time import RELIEF_UNTIL, WORN_OFF, Timing, is_no_injection, timings_of
from necessity.values.dates import Length, PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of

_TITLE = 3
_FILLS = 2  # further days on which a drug was dispensed
_STAY_DAYS = 14
_OPERATIVE = pattern(r"\b(?:operative (?:note|report|summary)|op[ -]?note|operation report|report of operation)")
_DAY_AFTER = pattern(r"\b(?:pod ?#?\d+|post-?op(?:erative)? day)\b")
_SINCE_ONSET = pattern(
    r"\b(?:since|from) (?:it (?:all )?(?:started|began)|(?:the |his |her )?(?:start|onset|outset|beginning|day one|first day|injury|accident)|(?:the |his |her )?(?:pain|symptoms|trouble) (?:started|began)|onset)\b"
)
_ITEM = pattern(r"^(?:#|no\.?\s|block\s|[-•*]\s?)?\(?\d{0,2}[.):]?\s{0,3}")
_RELIEF_PERCENT = pattern(
    r"\d{1,3}\s?(?:%|percent)(?=\s?(?:x|for|relief|reduction|better|improve\w*|pain|less|$|[.,;)]))(?![^.;]*\d\s?(?:%|percent)\s?(?:x|for|relief))"
)
# "The one before was 06/02/2025": another of the same kind.
_ONE_BEFORE = pattern(
    r"^\W*(?:and )?(?:(?:the|an?|his|her) )?(?:one before(?: (?:that|it))?|one prior(?: to that)?|(?:first|second|third|previous|prior|earlier|other|preceding|next|last|repeat) one|one earlier)\b(?:\s(?:was|were|on|in|of|given|done|had|been|it)|[:,])*\s?$"
)
_AS_NEEDED = r"(?:prn|p\.r\.n\.|(?:only )?as (?:needed|required)|now and then|now and again|occasional(?:ly)?|on occasion|sporadic(?:ally)?|sometimes|once in a while|here and there|from time to time|on bad days|rarely)"
_NEEDED_BEHIND = pattern(rf"(?:(?! and )[^,;.(])*?\b{_AS_NEEDED}(?=\W|$)")
_NEEDED_AHEAD = pattern(rf"\b{_AS_NEEDED}\s(?:otc\s)?$")
_NAMING = frozenset({"drug", "treatment", "injection", "procedure"})


@dataclass(frozen=True, slots=True)
class _Note:
    """What a document is: a therapist's record, the record of an injection, the last of the chart."""

    of_therapy: bool
    of_injection: bool
    is_last: bool
    recorded: str = ""  # the kind of the injection that it records
    first_visit: bool = False  # a therapist's evaluation


def read(chart: ReadChart) -> Iterator[Fact]:
    """The treatments and statements on care of every document."""
    operated = [document.document.written for document in chart.documents if _is_operative(document)]
    for number, document in enumerate(chart.documents):
        if not _is_postoperative(document, operated):
            yield from _read_document(document, is_last=number == len(chart.documents) - 1)


def _is_operative(document: ReadDocument) -> bool:
    title = document.document.text[:120].lower() + " " + document.document.name.lower()
    return document.document.kind is Kind.OPERATIVE_NOTE or bool(_OPERATIVE.search(title))


def _is_postoperative(document: ReadDocument, operated: list[date | None]) -> bool:
    """A note of the days after the operation tells of care that follows it, not of care that failed before it."""
    if any(_DAY_AFTER.search(sentence.text) for sentence in document.sentences[:2]):
        return True
    written = document.document.written
    return (
        written is not None
        and not _is_operative(document)
        and any(day is not None and 0 < (written - day).days <= _STAY_DAYS for day in operated)
    )


def _read_document(document: ReadDocument, is_last: bool) -> list[Fact]:
    recorded = recorded_injection(document)
    note = _Note(is_therapy_record(document), bool(recorded), is_last, recorded, is_first_visit(document))
    programmes = programmes_of(document, note.of_therapy)
    courses = list(therapy_record(document, programmes)) if note.of_therapy else []
    ended = untaken(document, courses) if note.of_therapy else None
    courses = [ended] if ended else courses
    elsewhere = {sentence.index: programme.other_region for programme in programmes for sentence in programme.sentences}
    facts: list[Fact] = []
    told: list[int] = []  # places in `facts` of the treatments that a following sentence may go on about
    told_at = -9
    for plain in document.sentences:
        sentence = _with_heading(document, plain)
        named, answered = _tells(sentence)
        if told and sentence.index - told_at == 1 and (block := _numbered(sentence, facts[told[-1]])):
            facts.append(block)
            told, told_at = [*told[:-1], len(facts) - 1], sentence.index
            continue
        if note.recorded and (series := before_in_series(sentence, note.recorded)):
            facts.append(series)
            told, told_at = [len(facts) - 1], sentence.index
            continue
        if not named and not answered:
            continue
        responses = responses_of(sentence)
        mentions = mentions_of(sentence) if named else []
        bound = bind(sentence, mentions, responses)
        if mentions:
            treatments = _treatments(sentence, mentions, bound, note)
            if note.first_visit and sentence.index < _TITLE and not is_told(sentence):
                treatments = [
                    fact
                    for fact in treatments
                    if fact.concept != "physical_therapy" or fact.length or fact.assertion is not Assertion.PRESENT
                ]
            elif courses and sentence.index < _TITLE:
                # The title of a record names the course that the record tells about.
                treatments = [fact for fact in treatments if fact.concept != courses[0].concept]
            if elsewhere[sentence.index]:
                treatments = [
                    replace(fact, other_region=fact.other_region or elsewhere[sentence.index]) for fact in treatments
                ]
            given = [
                len(facts) + number for number, fact in enumerate(treatments) if fact.assertion is Assertion.PRESENT
            ]
            if given or not treatments or sentence.index - told_at > 1:
                told, told_at = given, sentence.index
            facts.extend(treatments)
        elif responses and sentence.index - told_at <= 2 and (answers := refers_back(sentence, responses)):
            for place in told:
                facts[place] = _answered(facts[place], sentence, answers)
            told = []
        if elsewhere[sentence.index]:
            continue
        facts.extend(
            statements_of(
                sentence,
                mentions,
                responses,
                bound,
                [facts[place] for place in told] if sentence.index - told_at <= 2 else [],
            )
        )
    return with_closed(document, [*facts, *courses])


def _numbered(sentence: Sentence, named: Fact) -> Fact | None:
    """ "Diagnostic blocks" with "#1 10/08/25 lidocaine 85 % x 3 h" below: each line of the list is one of them."""
    if not isinstance(named, Treatment) or named.concept not in KINDS:
        return None
    item = _ITEM.match(sentence.text)
    time = next(
        (
            time
            for time in sentence.times
            if time.date is not None
            and not time.ago
            and (item and time.start <= item.end() or _ONE_BEFORE.match(sentence.text[: time.start]))
        ),
        None,
    )
    if time is None or any(match.concepts[0].group in _NAMING - {"drug"} for match in sentence.matches):
        return None
    told = _RELIEF_PERCENT.search(sentence.text)
    percents = percents_in(told[0]) if told else []
    return replace(
        named,
        when=time.date,
        count=None,
        evidence=(sentence.evidence(), *named.evidence),
        documentation="dated",
        relief_percent=percents[-1] if percents else None,
        relief=None,
        response=None,
    )


def _tells(sentence: Sentence) -> tuple[bool, bool]:
    """Whether a sentence names a treatment, and whether it may tell a result or that there was none."""
    named = answered = False
    for match in sentence.matches:
        for concept in match.concepts:
            if concept.group in _NAMING:
                named = True
            elif concept.group == "response":
                answered = answered or concept.attributes["kind"] != "degree"
            elif concept.group == "care":
                answered = answered or concept.id in ("nothing", "only_that")
    return named, answered


def _with_heading(document: ReadDocument, sentence: Sentence) -> Sentence:
    """ "Physical therapy: no": the heading names the treatment that its first sentence tells about."""
    section = sentence.section
    if section.kind != "treatment" or section.start == section.body or document.before(sentence) is not None:
        return sentence
    return document.sentence_from(section.start, sentence)


def _answered(treatment: Fact, sentence: Sentence, responses: list[Response]) -> Fact:
    """The same treatment with the result told in the sentence behind it."""
    if not isinstance(treatment, Treatment):
        return treatment
    worst = least_favourable(responses)
    told = replace(
        treatment,
        response=worst.value,
        relief_percent=worst.percent,
        relief=worst.relief,
        evidence=(*treatment.evidence, sentence.evidence()),
    )
    lasted = _relief_until(treatment, sentence, 0, len(sentence.text))
    if lasted is None:
        return told
    # "80 % for two months, then 60 % until December": the lesser holds for the whole time.
    relief, end = lasted
    return replace(told, relief=relief, relief_percent=min(percents_in(sentence.text[:end]), default=worst.percent))


def _relief_until(treatment: Treatment, sentence: Sentence, start: int, end: int) -> tuple[Length, int] | None:
    """The length of relief that a date of its end gives, and where that date stands."""
    if treatment.concept not in KINDS or treatment.when is None:
        return None
    for time in sentence.times:
        if not (
            start <= time.start < end
            and time.date is not None
            and not time.ago
            and treatment.when.latest < time.date.latest
        ):
            continue
        lead = sentence.text[start : time.start]
        worn_off = treatment.relief is None and WORN_OFF.search(lead) is not None and is_no_injection(lead)
        if worn_off or RELIEF_UNTIL.search(sentence.text[: time.start]):
            least, most = (
                (time.date.earliest - treatment.when.latest).days,
                (time.date.latest - treatment.when.earliest).days,
            )
            if least > 0:
                return Length(
                    float((time.date.middle - treatment.when.middle).days), float(least), float(most)
                ), time.start
    return None


def _treatments(
    sentence: Sentence, mentions: list[Mention], bound: dict[int, Response], note: _Note
) -> list[Treatment]:
    facts = []
    for number, (mention, timing) in enumerate(zip(mentions, timings_of(sentence, mentions), strict=True)):
        fact = _treatment(sentence, mention, timing, bound.get(number), note)
        if fact is not None:
            if (
                fact.concept in KINDS
                and fact.present
                and (listed := each_told(sentence, fact, mention.end, mention.right))
            ):
                facts.extend(listed)
                continue
            lasted = _relief_until(fact, sentence, mention.end, mention.right)
            facts.extend(_each_day(replace(fact, relief=lasted[0]) if lasted else fact, timing))
    return facts


def _each_day(fact: Treatment, timing: Timing) -> list[Treatment]:
    """An injection given on several days is several injections."""
    if fact.concept not in KINDS or not timing.also:
        return [fact]
    days = [day for day in (fact.when, *timing.also) if day is not None]
    if fact.count is not None and fact.count >= len(days) and not all(day.is_exact for day in days):
        return [fact]
    return [replace(fact, when=day, count=None) for day in days]


def _treatment(
    sentence: Sentence, mention: Mention, timing: Timing, response: Response | None, note: _Note
) -> Treatment | None:
    meaning = meaning_of(sentence, mention, timing, response)
    assertion = meaning.assertion if meaning else None
    own = own_procedure(sentence, mention, note.of_injection)
    if own:
        # The injection that the note itself records: the request of that encounter, yet treatment given for a later one.
        if note.is_last:
            return None
        assertion = Assertion.PRESENT
        timing = timing if timing.when else replace(timing, when=_day(sentence))
    if assertion is None or (note.of_therapy and mention.kind == "chiropractic"):
        return None
    timing = _by_fills(timing) if mention.kind == "medication" else timing
    injection = mention.kind in KINDS
    levels = levels_of(sentence, mention.start, mention.end, mention.left, mention.right) if injection else ()
    return Treatment(
        concept=mention.kind,
        assertion=assertion,
        evidence=(sentence.evidence(*_extent(sentence, mention)),),
        written=sentence.written,
        when=timing.when,
        historical=bool(meaning and meaning.historical),
        region=Region(region_of(levels[0])) if levels else None,
        source=Source.RECORD if note.of_therapy or own else Source.CLINICIAN,
        drug=mention.concept.id if mention.kind == "medication" and mention.concept.get("named", True) else None,
        drug_class=_class(sentence, mention),
        dose=dose_of(sentence.text, mention.end, mention.right) if mention.kind == "medication" else None,
        started=timing.started,
        ended=timing.ended,
        ongoing=timing.ongoing and timing.ended is None,
        as_needed=mention.kind == "medication" and is_as_needed(sentence.text, mention),
        since_onset=bool(_SINCE_ONSET.search(sentence.text, mention.end, mention.right)),
        length=timing.length or _length(timing) or _until_week(sentence.text, mention),
        visits=timing.visits,
        count=count_of(sentence.text, mention.start, mention.end, mention.left, mention.right) if injection else None,
        levels=levels,
        side=side_of(sentence, mention.start, mention.end, mention.left, mention.right) if injection else None,
        response=response.value if response else None,
        relief_percent=response.percent if response else None,
        relief=response.relief if response else None,
        documentation="record" if note.of_therapy or own else "dated" if timing.dated else "vague",
        other_region=meaning.other_region if meaning else None,
    )


def is_as_needed(text: str, mention: Mention) -> bool:
    """ "Takes ibuprofen now and then", "occasional tramadol": no continuous treatment."""
    return bool(
        _NEEDED_AHEAD.search(text[mention.left : mention.start])
        or _NEEDED_BEHIND.match(text[mention.end : mention.right])
    )


_AT_WEEK = pattern(
    r"\b(?:stopped|quit|discontinued|ended|discharged|plateaued|halted|abandoned)\b[^.;]{0,24}\b(?:at|by|after|in) (?:week|wk) (?P<n>\d{1,2})\b"
)


def _until_week(text: str, mention: Mention) -> Length | None:
    """ "Physical therapy, stopped by the therapist at week 4"."""
    found = _AT_WEEK.search(text, mention.end, mention.right)
    return Length.exactly(7.0 * int(found["n"])) if found and mention.kind not in KINDS else None


def _by_fills(timing: Timing) -> Timing:
    """ "Diclofenac #60 11/18, 12/20, 1/19, 2/20": a drug dispensed again and again was taken from the first day to the last."""
    if timing.when is None or len(timing.also) < _FILLS or timing.started or timing.ended:
        return timing
    days = sorted((timing.when, *timing.also), key=lambda day: day.earliest)
    return replace(timing, when=None, also=(), started=days[0], ended=days[-1])


def _class(sentence: Sentence, mention: Mention) -> str | None:
    if mention.drug_class == "oral_steroid" and is_intravenous(sentence, mention.start, mention.end):
        return "intravenous_steroid"
    return None if mention.drug_class == "unspecified" else mention.drug_class


def _day(sentence: Sentence) -> PartialDate | None:
    return PartialDate.day(sentence.written) if sentence.written else None


def _extent(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """The words to quote: the treatment with what is told about it, up to the next one."""
    low = mention.left if mention.start - mention.left <= 40 else mention.start
    text = sentence.text
    while low < mention.start and text[low] in " ,;.:&)":
        low += 1
    high = mention.right
    while high > mention.end and text[high - 1] in " ,;(&":
        high -= 1
    return low, max(high, mention.end)


def _length(timing: Timing) -> Length | None:
    """The length that two dates give."""
    if timing.started is None or timing.ended is None:
        return None
    least = (timing.ended.earliest - timing.started.latest).days
    most = (timing.ended.latest - timing.started.earliest).days
    if most < 0:
        return None
    days = (timing.ended.middle - timing.started.middle).days
    return Length(float(max(0, days)), float(max(0, least)), float(most))
