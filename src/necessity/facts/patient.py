"""Reader of the patient: age, sex, body mass index, tobacco and other illnesses, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.facts.fact import Assertion, Fact, PatientFact
from necessity.facts.from_chart import ReadChart
from necessity.facts.patient_age import ages_of
from necessity.facts.patient_body import bmi_of, bone_density_of
from necessity.facts.patient_identity import sexes_of
from necessity.facts.patient_tobacco import by_heading, tobacco_of
from necessity.facts.reading import ReadDocument, Sentence

_COMORBIDITY_SECTIONS = frozenset({"family_history", "consent", "imaging", "examination", "procedure_details"})


def read(chart: ReadChart) -> Iterable[Fact]:
    """Facts on the patient; none where a document does not say."""
    for document in chart.documents:
        yield from ages_of(document)
        yield from sexes_of(document)
        yield from bmi_of(document)
        yield from _of_sentences(document)


def _of_sentences(document: ReadDocument) -> Iterator[Fact]:
    for sentence in document.sentences:
        yield from by_heading(sentence)
        if sentence.has("patient"):
            yield from tobacco_of(sentence)
            yield from _comorbidities(sentence)
        yield from bone_density_of(sentence)


def _comorbidities(sentence: Sentence) -> Iterator[PatientFact]:
    if sentence.section.kind in _COMORBIDITY_SECTIONS:
        return
    for match, concept in sentence.of("patient"):
        if concept.get("kind") != "comorbidity":
            continue
        said = sentence.qualify(match.start, match.end)
        if not said.not_patient and said.assertion in (Assertion.PRESENT, Assertion.ABSENT):
            yield PatientFact(
                concept="comorbidity",
                assertion=said.assertion,
                evidence=(sentence.evidence(match.start, match.end),),
                written=sentence.written,
                value=concept.id,
            )
