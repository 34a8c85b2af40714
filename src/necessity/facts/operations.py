"""Earlier operations on the spine, or that there were none; never the operation that the note asks for or records."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.fact import Assertion, Fact, Operation, Region, Source
from necessity.facts.from_chart import ReadChart
from necessity.facts.operations_meaning import SURGICAL, Named, is_earlier, is_none, is_to_come, names_of, says_never
from necessity.facts.operations_recorded import recorded_earlier
from necessity.facts.reading import ReadDocument, Sentence
from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern
from necessity.vocabulary.levels import region_of

_WATCHED = (("alignment", ("fused", "hardware")), ("procedure", tuple(SURGICAL)))
_REGIONS = (
    (Region.CERVICAL, pattern(r"\b(?:cervical|neck|acdf|c-spine)\b")),
    (Region.THORACIC, pattern(r"\bthoracic\b")),
    (Region.LUMBAR, pattern(r"\b(?:lumbar|low back|lumbosacral|l-spine|back)\b")),
)
_UNREAD = frozenset({"family_history", "consent", "allergies", "review_of_systems", "medications", "laboratory"})
_COURSE = pattern(r"hospital course|discharge|admission")


def read(chart: ReadChart) -> Iterator[Fact]:
    """The earlier operations that each document tells of, and those that an old one records."""
    yield from recorded_earlier(chart)
    for document in chart.documents:
        encounter = _records_operation(document)
        for sentence in document.sentences:
            if sentence.section.kind in _UNREAD or not _is_watched(sentence):
                told_never = (
                    sentence.section.kind == "review_of_systems" and _is_watched(sentence) and says_never(sentence)
                )
                if told_never or sentence.section.kind == "surgical_history" and is_none(sentence):
                    yield _none(sentence)
                continue
            yield from _read_sentence(sentence, encounter)


def _is_watched(sentence: Sentence) -> bool:
    return sentence.has("operation") or any(sentence.has(group, *ids) for group, ids in _WATCHED)


def _records_operation(document: ReadDocument) -> bool:
    """Whether the document records an operation or a stay with one: then "underwent" may be this very operation."""
    return any(
        section.kind in ("procedure_details",) or (section.kind == "procedure") or _COURSE.search(section.heading)
        for section in document.sections
    )


def _read_sentence(sentence: Sentence, encounter: bool) -> Iterator[Operation]:
    if is_none(sentence) or says_never(sentence):
        yield _none(sentence)
        return
    named = names_of(sentence)
    earlier = [is_earlier(sentence, name, encounter) for name in named]
    if any(name.concept.id == "hardware" and past for name, past in zip(named, earlier, strict=True)):
        # Implants that are in place show that the operation named beside them was done.
        earlier = [past or not is_to_come(sentence, name) for name, past in zip(named, earlier, strict=True)]
    told = [name for name, past in zip(named, earlier, strict=True) if past]
    for name in told:
        if name.kind == "spine_surgery" and not name.levels and any(other.kind != "spine_surgery" for other in told):
            continue
        yield from _operations(sentence, name)


def _none(sentence: Sentence) -> Operation:
    return Operation(
        concept="spine_surgery", assertion=Assertion.ABSENT, evidence=(sentence.evidence(),), written=sentence.written
    )


def _operations(sentence: Sentence, named: Named) -> Iterator[Operation]:
    levels = named.levels
    imaging = sentence.section.kind in ("imaging", "findings", "impression")
    for kind in named.kinds:
        yield Operation(
            concept=kind,
            assertion=Assertion.PRESENT,
            evidence=(sentence.evidence(named.left, named.right),),
            written=sentence.written,
            when=_when(sentence, named),
            region=_region(sentence, named),
            source=Source.RECORD if imaging else Source.CLINICIAN,
            levels=levels,
            side=None
            if named.concept.id == "scar"
            else sentence.side_near(named.start, named.end, (named.left, named.right)),
        )


def _when(sentence: Sentence, named: Named) -> PartialDate | None:
    """The date told of the operation: the first behind its name, else one before it."""
    dated = [
        time
        for time in sentence.times
        if time.date is not None and named.left <= time.start and time.end <= named.right
    ]
    behind = [time.date for time in dated if time.start >= named.end]
    ahead = [time.date for time in dated if time.end <= named.start]
    return behind[0] if behind else ahead[-1] if ahead else None


def _region(sentence: Sentence, named: Named) -> Region | None:
    if named.levels:
        return Region(region_of(named.levels[0]))
    text = sentence.text[named.left : named.right]
    return next((region for region, words in _REGIONS if words.search(text)), None)
