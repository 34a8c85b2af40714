"""The reader of the neurological examination: each sentence that names a muscle, reflex, sense or sign is read by its subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.facts.examination_cause import with_cause
from necessity.facts.examination_context import ExamContext
from necessity.facts.examination_course import with_course
from necessity.facts.examination_gait import read_abilities, read_gait
from necessity.facts.examination_lists import read_lists
from necessity.facts.examination_sensation import read_sensation
from necessity.facts.examination_summary import read_summary, stated_whole
from necessity.facts.fact import Assertion, ExamFinding, Fact
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.facts.reflexes import read_reflexes
from necessity.facts.signs import read_signs
from necessity.facts.signs_manoeuvres import manoeuvres_of, might_describe
from necessity.facts.signs_tension import read_tension
from necessity.facts.strength import read_strength
from necessity.facts.strength_course import course_of_the_last, with_words_of_course
from necessity.facts.strength_tables import heads_columns, read_root_row, read_row
from necessity.facts.strength_words import read_weakness

GROUPS = ("muscle", "examination", "sign")
_PARTS = frozenset({"leg", "arm", "everywhere", "cranial", "giveway"})
_OUT_OF_FIVE = ("/5", "/ 5", "of 5", "over 5", "of five", "over five")
# Relatives, warnings and the account of an operation hold no examination.
UNREAD = frozenset({"family_history", "consent", "technique", "procedure_details", "complications"})


def read(chart: ReadChart) -> Iterable[Fact]:
    """The findings of every document, in order."""
    return with_course([finding for document in chart.documents for finding in _document(document)])


def _document(document: ReadDocument) -> Iterator[ExamFinding]:
    context = ExamContext()
    for sentence in document.sentences:
        if sentence.section.kind in UNREAD:
            yield from _told_in_passing(sentence)
            continue
        context.enter(sentence)
        if _is_worth_reading(sentence, context):
            yield from _sentence(sentence, context)


def _told_in_passing(sentence: Sentence) -> Iterator[ExamFinding]:
    """The account of an operation says at most that the patient is neurologically intact."""
    if sentence.section.kind == "procedure_details" and sentence.has("examination", "neuro", "deficit", "moves_all"):
        yield from stated_whole(sentence)


def _is_worth_reading(sentence: Sentence, context: ExamContext) -> bool:
    """Most sentences name nothing that is examined; a limb alone counts only beside a grade."""
    if sentence.of("muscle") or sentence.of("sign"):
        return True
    named = sentence.of("examination")
    if any(not concept.get("part") and concept.id not in _PARTS for _, concept in named):
        return True
    if named and any(five in sentence.text for five in _OUT_OF_FIVE):
        return True
    if might_describe(sentence.text) and any(True for _ in manoeuvres_of(sentence)):
        return True
    if "numb" in sentence.text and context.in_examination(sentence):
        return True
    if (
        context.grid is not None
        and sentence.levels
        or "no deficit" in sentence.text
        or sentence.index == context.weak_at + 1
    ):
        return True
    if "5/5" in sentence.text and context.in_examination(sentence):
        return True
    results = sentence.of("result")
    if any(concept.get("sense") in ("up", "down") for _, concept in results) or named and "movement" in sentence.text:
        return True
    if any(concept.get("part") for _, concept in named) and any(c.get("sense") == "impaired" for _, c in results):
        return True
    return (
        context.topic is not None and context.age < 4 and (bool(results) or any(d in sentence.text for d in "012345"))
    )


def _sentence(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    found = with_cause(sentence, list(_by_subject(sentence, context)))
    yield from found
    yield from read_lists(sentence, found)


def _by_subject(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    groups = {group for group in GROUPS if sentence.has(group)}
    if "muscle" in groups:
        context.columns = heads_columns(sentence) or context.columns
    strength = list(read_row(sentence, context)) or list(read_root_row(sentence, context))
    strength = strength or list(read_strength(sentence, context))
    strength = with_words_of_course(sentence, strength)
    if not strength and context.weak is not None and sentence.index == context.weak_at + 1:
        yield from course_of_the_last(sentence, context.weak)
    weak = next(
        (f for f in strength if f.concept == "strength" and f.assertion is Assertion.PRESENT and not f.earlier), None
    )
    if weak is not None:
        context.weak, context.weak_at = weak, sentence.index
    if strength and context.topic != "reflex":
        context.topic, context.age = "strength", 0
    yield from strength
    if groups & {"examination", "muscle"}:
        yield from read_weakness(sentence, context, bool(strength))
    if "examination" in groups:
        yield from read_abilities(sentence)
        yield from read_gait(sentence)
    yield from read_reflexes(sentence, context)
    yield from read_sensation(sentence, context)
    yield from read_signs(sentence, context)
    if "sign" in groups or might_describe(sentence.text):
        yield from read_tension(sentence)
    if groups & {"sign", "examination"} or "examin" in sentence.text or "no deficit" in sentence.text:
        yield from read_summary(sentence, context)
