"""Reader of spinal cord stimulation: the trial with its days and relief, the pain it is for, and whether surgery is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from necessity.facts.fact import Assertion, Fact, PatientFact, RequestFact, Source, Symptom, Treatment
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.dates import Length, PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# A percentage of relief: "70%", "greater than 50 percent", "60-70 %".
_PERCENT = pattern(
    r"(?P<less><|less than|under|below|not even|at most|up to)?\s?(?P<n>\d{1,3})(?:\s?(?:-|to)\s?\d{1,3})?\s?(?:%|percent|per cent)"
)
# "from 8/10 to 2/10", "8 -> 3": pain before and under stimulation.
_FELL = pattern(
    r"\b(?:from|before)\s(?:an? )?(?P<before>\d{1,2}(?:\.\d)?)(?:\s?/\s?10)?\s?(?:to|->|→|down to|,? (?:during|on|with|under)(?: \w+)?)\s(?:an? )?(?P<after>\d{1,2}(?:\.\d)?)(?:\s?/\s?10)?(?!\s?(?:%|mg|ft|feet|min|hours|h\b|days?|weeks?|blocks?))"
)
_RELIEF_WORD = pattern(r"relief|reduc|improve|better|decrease|less pain|pain|help|respon")
_NO_RELIEF = pattern(
    r"\b(?:no|without|zero|little to no)\s(?:\w+\s)?(?:relief|benefit|improvement|reduction)\b|\bdid not (?:help|relieve|work)\b"
)
_LEAD_DAYS = pattern(r"\b(?P<n>\d{1,2})[\s-]?(?:full\s)?days?\b")
_FOLLOWING = 3  # sentences after the one that names the trial
_SKIPPED = frozenset({"family_history", "consent", "allergies"})
_DONE = frozenset({Assertion.PRESENT})
_ASKED = frozenset({Assertion.PLANNED, Assertion.ADVISED})


def read(chart: ReadChart) -> Iterable[Fact]:
    """`stimulator_trial`, `neuropathic_pain`, `surgery_left` and `stimulator_stage` of every document."""
    for document in chart.documents:
        yield from _of_document(document)


def _of_document(document: ReadDocument) -> Iterator[Fact]:
    for sentence in document.having("stimulator"):
        if sentence.section.kind in _SKIPPED:
            continue
        for match, concept in sentence.of("stimulator"):
            if concept.get("pain"):
                yield from _pain(sentence, match, concept)
            elif concept.get("left"):
                yield from _surgery_left(sentence, match)
            elif concept.get("stage"):
                yield from _permanent(sentence, match)
        if sentence.has("stimulator", "trial"):
            yield from _trial(document, sentence)


def _pain(sentence: Sentence, match: Match, concept: Concept) -> Iterator[Symptom]:
    """Pain of the nerves themselves, described or diagnosed; `sites` holds `surgery` where it stayed after an operation."""
    how = sentence.qualify(match.start, match.end)
    if how.not_patient or how.assertion not in (Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE):
        return
    yield Symptom(
        concept="neuropathic_pain",
        assertion=how.assertion,
        historical=how.historical and not concept.get("surgical"),
        evidence=(sentence.evidence(match.start, match.end),),
        written=sentence.written,
        sites=("surgery",) if concept.get("surgical") else (),
        when=_onset(sentence),
    )


_BEGAN = pattern(r"\b(?:since|after|following|from|began|started|onset|developed|secondary to|due to)\b")


def _onset(sentence: Sentence) -> PartialDate | None:
    """When the pain began, where its own sentence tells it: "since 2021", "after a fracture in 2022", "for 3 years"."""
    for time in sentence.times:
        if (
            time.length is not None
            and not time.ago
            and sentence.written
            and re.search(r"\b(?:for|chronic|x|over|lasting)\b[^.;]{0,24}$", sentence.text[: time.start])
        ):
            most = time.length.days if time.length.most is None else time.length.most
            return PartialDate(
                sentence.written - timedelta(days=round(most)),
                sentence.written - timedelta(days=round(time.length.least)),
            )
        if time.date is not None and _BEGAN.search(sentence.text[: time.start]):
            return time.date
    return None


_NOTHING_LEFT = pattern(
    r"\b(?:nothing|wouldn't|would not|won't|will not|no|not|never|without)\b[^.;,]{0,40}$|^nothing "
)
_AGREES = pattern(
    r"\b(?:is|are|remains?|has|have|may be|would be|recommend\w*|advise\w*|offer\w*|suggest\w*|there is|needs?|amenable)\b"
)


def _surgery_left(sentence: Sentence, match: Match) -> Iterator[PatientFact]:
    """Whether a clinician sees something to operate on: PRESENT there is, ABSENT there is nothing left."""
    how = sentence.qualify(match.start, match.end)
    words = sentence.text[match.start : match.end]
    before = sentence.text[: match.start]
    if how.not_patient or how.historical:
        return
    if (
        how.assertion in (Assertion.ABSENT, Assertion.DECLINED)
        or _NOTHING_LEFT.search(before)
        or words.startswith("nothing")
    ):
        assertion = Assertion.ABSENT
    elif how.assertion in (Assertion.PRESENT, *_ASKED) and _AGREES.search(before[-40:] + words):
        assertion = Assertion.PRESENT
    else:
        return
    if how.assertion is Assertion.DECLINED or sentence.has("stimulator", "device") and assertion is Assertion.PRESENT:
        return
    yield PatientFact(
        concept="surgery_left",
        value="yes" if assertion is Assertion.PRESENT else "no",
        assertion=assertion,
        evidence=(sentence.evidence(),),
        written=sentence.written,
    )


def _permanent(sentence: Sentence, match: Match) -> Iterator[RequestFact]:
    """The permanent system, asked for or planned."""
    how = sentence.qualify(match.start, match.end)
    planned = (
        how.assertion in _ASKED
        or sentence.section.kind in ("plan", "procedure", "authorization")
        or sentence.has("request", "planned")
    )
    if how.not_patient or how.historical or how.assertion is Assertion.ABSENT or not planned:
        return
    yield RequestFact(
        concept="stimulator_stage",
        value="permanent",
        assertion=how.assertion,
        evidence=(sentence.evidence(match.start, match.end),),
        written=sentence.written,
    )


def _trial(document: ReadDocument, sentence: Sentence) -> Iterator[Fact]:
    """A trial that was done, with what the following sentences tell of it; or one that is asked for."""
    match = next(match for match, concept in sentence.of("stimulator") if concept.id == "trial")
    if not (_about_stimulation(document, sentence)):
        return
    how = sentence.qualify(match.start, match.end)
    if how.not_patient or how.assertion in (Assertion.ABSENT, Assertion.DECLINED):
        return
    told = [sentence, *_followers(document, sentence)]
    relief = next(((s, found) for s in told if (found := _relief(s)) is not None), None)
    asked = how.assertion in _ASKED or (
        relief is None and sentence.section.kind in ("plan", "procedure", "authorization")
    )
    if asked and relief is None:
        yield RequestFact(
            concept="stimulator_stage",
            value="trial",
            assertion=Assertion.PLANNED,
            evidence=(sentence.evidence(),),
            written=sentence.written,
        )
        return
    if how.assertion not in _DONE and relief is None:
        return
    lasting = next(((s, days) for s in told if (days := _length(s)) is not None), None)
    passages = dict.fromkeys([sentence, *([relief[0]] if relief else []), *([lasting[0]] if lasting else [])])
    yield Treatment(
        concept="stimulator_trial",
        assertion=Assertion.PRESENT,
        evidence=tuple(each.evidence() for each in passages),
        written=sentence.written,
        when=_day(told),
        relief_percent=relief[1] if relief else None,
        length=lasting[1] if lasting else None,
        source=Source.CLINICIAN,
    )


def _about_stimulation(document: ReadDocument, sentence: Sentence) -> bool:
    """A trial of stimulation, not of a drug: the device is named in the sentence or in the one before."""
    if any(
        mark in sentence.text for mark in ("stimulation trial", "trial stimulation", "test stimulation", "trial lead")
    ):
        return True
    if sentence.has("stimulator", "device"):
        return True
    before = document.before(sentence)
    return before is not None and before.has("stimulator", "device") and not sentence.has("drug")


def _followers(document: ReadDocument, sentence: Sentence) -> list[Sentence]:
    found = []
    for count in range(1, _FOLLOWING + 1):
        after = document.after(sentence, count)
        if after is None or after.has("injection") or after.has("treatment") or after.has("drug"):
            break
        found.append(after)
    return found


def _relief(sentence: Sentence) -> float | None:
    """Relief in percent, as told or by the pain before and under stimulation."""
    text = sentence.text
    percents = [
        found
        for found in _PERCENT.finditer(text)
        if int(found["n"]) <= 100
        and _RELIEF_WORD.search(text, max(0, found.start() - 50), min(len(text), found.end() + 40))
    ]
    if percents:
        return max(float(found["n"]) - (1.0 if found["less"] else 0.0) for found in percents)
    fell = _FELL.search(text)
    if (
        fell
        and _RELIEF_WORD.search(text)
        and 0 < float(fell["before"]) <= 10
        and float(fell["after"]) <= float(fell["before"])
    ):
        return round(100 * (1 - float(fell["after"]) / float(fell["before"])), 1)
    if _NO_RELIEF.search(text):
        return 0.0
    return None


def _length(sentence: Sentence) -> Length | None:
    """How long the leads stayed: a number of days, or from the first date to the last."""
    days = _LEAD_DAYS.search(sentence.text)
    if days:
        return Length.exactly(float(days["n"]))
    weeks = [time.length for time in sentence.times if time.length and not time.ago and time.length.days <= 35]
    if weeks:
        return weeks[0]
    dates = [time.date for time in sentence.times if time.date and time.date.is_exact]
    if len(dates) > 1 and 0 < (between := (dates[-1].earliest - dates[0].earliest).days) <= 35:
        return Length.exactly(float(between))
    return None


def _day(told: list[Sentence]) -> PartialDate | None:
    return next((time.date for time in told[0].times if time.date), None)
