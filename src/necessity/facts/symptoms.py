"""Reader of the symptoms: one pass over the sentences in which a patient's complaints are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from necessity.facts.fact import Assertion, Fact, Symptom, SymptomQuality
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.symptoms_brief import brief_facts, briefs_of, trail_of
from necessity.facts.symptoms_claudication import claudication_of
from necessity.facts.symptoms_course import course_of
from necessity.facts.symptoms_episode import episodes_of
from necessity.facts.symptoms_event import events_of
from necessity.facts.symptoms_gone import gone_marked
from necessity.facts.symptoms_heads import Head, heads_of
from necessity.facts.symptoms_main import classed_scores, main_pain_of
from necessity.facts.symptoms_meant import UNTOLD, is_told
from necessity.facts.symptoms_nerve import nerve_symptoms_of
from necessity.facts.symptoms_pain import no_limb_symptoms_of, pains_of
from necessity.facts.symptoms_pairs import classed_places
from necessity.facts.symptoms_score import Score, find_scores, is_current, score_fact
from necessity.values.patterns import pattern

# "12/03 09:00 PT: walked": an entry of a running log.
_STAMP = pattern(r"\d{1,2}/\d{1,2}(?:/\d{2,4})? (?:\d{1,2}:\d{2}|\d{4})\b")
# A score in the account of a procedure: "Pain before, 8. Pain after, 3."
_BEFORE_IT = pattern(r"\b(?:pain|vas|nrs|score)(?: score)? (?:before|after|pre|post|prior)\b")
# Lines of a log, each with its date: "10/23 s: 3/10".
_DATED_LINE = pattern(r"(?:^|\n)[ \t]*(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/\d{2,4})?[ \t]+[a-z]")
_DAY_FIRST = pattern(r"[ \t]*\d{1,2}/\d{1,2}(?:/\d{2,4})?[ \t]")
_LEAST_LINES = 3
_SCORE_OF = pattern(r"[\s:=(-]*(?:(?:is|was|of|now|at|today|score|level|a)[\s:]+)*")
_ANSWER = pattern(r"(yes|no)\b")
_SCORED = UNTOLD - {"examination", "imaging", "findings", "medications"}


def read(chart: ReadChart) -> Iterable[Fact]:
    """Symptoms and their qualities, document by document."""
    for document in chart.documents:
        told = list(_of_document(document))
        told += _events(document, told)
        yield from gone_marked(document, _consistent(told))


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact with the kind of section that it stands in, and whether its line bears its own date and hour."""

    kind: str
    fact: Fact
    stamped: bool = False


def _of_document(document: ReadDocument) -> Iterator[_Told]:
    log = _is_log(document.document.text.lower())
    for sentence in document.sentences:
        told = is_told(sentence)
        if not told and sentence.section.kind in _SCORED and not _BEFORE_IT.search(sentence.text):
            continue
        for fact in _answered(document, sentence, _of_sentence(sentence, told)):
            yield _Told(sentence.section.kind, fact, _is_stamped(sentence, log))
    for fact in claudication_of(document.sentences):
        yield _Told("history", fact)


def _events(document: ReadDocument, told: list[_Told]) -> Iterator[_Told]:
    """The event that began it, where complaints are told and no length of them."""
    complained = any(isinstance(one.fact, Symptom) and one.fact.present for one in told)
    if complained and not any(one.fact.concept == "episode" for one in told):
        for fact in events_of(document):
            yield _Told("history", fact)


def _is_log(text: str) -> bool:
    """Whether lines begin with dates that go on from one to the next: the last is the latest."""
    days = [(int(found["month"]), int(found["day"])) for found in _DATED_LINE.finditer(text)]
    falls = sum(later < earlier for earlier, later in pairwise(days))
    return len(days) >= _LEAST_LINES and falls <= 1 and (falls == 0 or days[0] > days[-1])


def _is_stamped(sentence: Sentence, log: bool) -> bool:
    """Whether the line on which a sentence stands begins with a date and an hour; in a log the date suffices."""
    text = sentence.document.text
    start = text.rfind("\n", 0, sentence.start) + 1
    return _STAMP.match(text, start) is not None or (log and _DAY_FIRST.match(text, start) is not None)


def _answered(document: ReadDocument, sentence: Sentence, facts: Iterator[Fact]) -> Iterator[Fact]:
    """The facts of a sentence; those of a question ("Pain in either leg?  NO") as it is answered, none where it is not."""
    if not sentence.text.endswith("?"):
        yield from facts
        return
    following = document.after(sentence)
    answer = _ANSWER.match(following.text) if following else None
    for fact in facts:
        if answer and isinstance(fact, Symptom):
            yield replace(fact, assertion=Assertion.ABSENT if answer[1] == "no" else Assertion.PRESENT)


def _of_sentence(sentence: Sentence, told: bool) -> Iterator[Fact]:
    scores = find_scores(sentence)
    if not told and not scores:
        return
    briefs = briefs_of(sentence) if told else ()
    gone = tuple((brief.start, brief.end) for brief in briefs if brief.gone)
    heads = heads_of(sentence, tuple((score.start, score.end) for score in scores), gone)
    sites = {(score.start, score.end): kind for kind, _, score in classed_scores(sentence, heads, scores)}
    for score in scores:
        fact = score_fact(sentence, score, sites.get((score.start, score.end)) or _before(sentence, heads))
        if fact is not None:
            yield fact
    if told:
        yield from brief_facts(sentence, briefs)
        trail = list(trail_of(sentence)) if all(head.kind in ("toward", "score") for head in heads) else []
        yield from trail
        yield from _complaints(sentence, heads, scores, bool(trail))


def _before(sentence: Sentence, heads: list[Head]) -> str | None:
    """ "Left leg pain, thigh to shin. 6/10.": a score alone is of the limb told right before it, where no other pain is."""
    if any(head.kind != "score" or head.sites for head in heads) or sentence.has("site"):
        return None
    earlier = [sentence.reading.before(sentence, count) for count in (1, 2)]
    kinds = [{kind for *_, kind in classed_places(one)} for one in earlier if one is not None]
    found = next((kind for kind in kinds if kind), set())
    return "limb" if found == {"limb"} else None


def _complaints(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...], trail: bool) -> Iterator[Fact]:
    if heads:
        yield from _pains(sentence, heads, scores)
    yield from no_limb_symptoms_of(sentence)
    yield from nerve_symptoms_of(sentence, heads)
    yield from main_pain_of(sentence, heads, scores)
    yield from course_of(sentence, heads, bool(scores))
    yield from episodes_of(sentence, heads, scores, complained=trail)


def _pains(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> Iterator[Symptom]:
    """The pains of a sentence; a score of zero denies the pain that it is given to ("leg 0/10, back 6/10")."""
    zero = [(score.start, score.end) for score in scores if score.value == 0 and is_current(sentence.text, score)]
    free = [head for head in heads if zero and _has_none(sentence.text, head, zero)]
    yield from pains_of(sentence, [head for head in heads if head not in free])
    for fact in pains_of(sentence, free):
        if fact.assertion is Assertion.PRESENT:
            yield replace(fact, assertion=Assertion.ABSENT)


def _has_none(text: str, head: Head, zero: list[tuple[int, int]]) -> bool:
    """Whether a head is a score of zero, or a pain with one right behind it ("leg pain 0")."""
    if head.kind == "score":
        return (head.start, head.end) in zero
    return head.kind == "pain" and any(
        head.end <= start and _SCORE_OF.fullmatch(text, head.end, start) is not None for start, _ in zero
    )


def _consistent(told: list[_Told]) -> list[tuple[str, Fact]]:
    """A template of systems gives way to the complaint of the same document; of scores by the hour only the last is current."""
    complained = {
        one.fact.concept
        for one in told
        if isinstance(one.fact, Symptom) and one.kind != "review_of_systems" and one.fact.assertion is Assertion.PRESENT
    }
    last = next((one for one in reversed(told) if one.stamped and one.fact.concept == "pain_score"), None)
    kept: list[tuple[str, Fact]] = []
    for one in told:
        fact = one.fact
        if (
            isinstance(fact, Symptom)
            and one.kind == "review_of_systems"
            and fact.assertion is Assertion.ABSENT
            and fact.concept in complained
        ):
            continue
        if one.stamped and isinstance(fact, SymptomQuality) and fact.concept == "pain_score" and one is not last:
            fact = replace(fact, current=False)
        kept.append((one.kind, fact))
    return kept
