"""Reader of the symptoms: one pass over the sentences in which a patient's complaints are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.facts.fact import Assertion, Fact, Symptom
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.symptoms_claudication import claudication_of
from necessity.facts.symptoms_course import course_of
from necessity.facts.symptoms_episode import episodes_of
from necessity.facts.symptoms_heads import Head, heads_of
from necessity.facts.symptoms_main import classed_scores, main_pain_of
from necessity.facts.symptoms_meant import UNTOLD, is_told
from necessity.facts.symptoms_nerve import nerve_symptoms_of
from necessity.facts.symptoms_pain import pains_of
from necessity.facts.symptoms_score import Score, find_scores, score_fact

_SCORED = UNTOLD - {"examination", "imaging", "findings", "medications"}


def read(chart: ReadChart) -> Iterable[Fact]:
    """Symptoms and their qualities, document by document."""
    for document in chart.documents:
        yield from _consistent(list(_of_document(document)))


def _of_document(document: ReadDocument) -> Iterator[tuple[str, Fact]]:
    """Each fact with the kind of section that it stands in."""
    for sentence in document.sentences:
        told = is_told(sentence)
        if not told and sentence.section.kind in _SCORED:
            continue
        for fact in _of_sentence(sentence, told):
            yield sentence.section.kind, fact
    for fact in claudication_of(document.sentences):
        yield "history", fact


def _of_sentence(sentence: Sentence, told: bool) -> Iterator[Fact]:
    scores = find_scores(sentence)
    if not told and not scores:
        return
    heads = heads_of(sentence, tuple((score.start, score.end) for score in scores))
    sites = {(score.start, score.end): kind for kind, _, score in classed_scores(sentence, heads, scores)}
    for score in scores:
        fact = score_fact(sentence, score, sites.get((score.start, score.end)))
        if fact is not None:
            yield fact
    if told:
        yield from _told(sentence, heads, scores)


def _told(sentence: Sentence, heads: list[Head], scores: tuple[Score, ...]) -> Iterator[Fact]:
    if heads:
        yield from pains_of(sentence, heads)
    yield from nerve_symptoms_of(sentence, heads)
    yield from main_pain_of(sentence, heads, scores)
    yield from course_of(sentence, heads)
    yield from episodes_of(sentence, heads, scores)


def _consistent(facts: list[tuple[str, Fact]]) -> Iterator[Fact]:
    """What a template of systems denies gives way to what the same document tells of the complaint."""
    told = {fact.concept for kind, fact in facts if isinstance(fact, Symptom) and kind != "review_of_systems" and fact.assertion is Assertion.PRESENT}
    for kind, fact in facts:
        if isinstance(fact, Symptom) and kind == "review_of_systems" and fact.assertion is Assertion.ABSENT and fact.concept in told:
            continue
        yield fact


