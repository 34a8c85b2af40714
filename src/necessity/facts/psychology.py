"""Reader of the psychological evaluation before a stimulator: cleared, not cleared, or still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.facts.fact import Assertion, Fact, PatientFact, Source
from necessity.facts.from_chart import ReadChart
from necessity.facts.reading import ReadDocument, Sentence
from necessity.vocabulary.lexicon import Concept, Match

CLEARED, NOT_CLEARED, PENDING = "cleared", "not_cleared", "pending"
_TO_COME = frozenset({Assertion.PLANNED, Assertion.ADVISED, Assertion.UNEXAMINED})
_TITLE = 120


def read(chart: ReadChart) -> Iterable[Fact]:
    """`psychological_clearance`, its `value` cleared, not_cleared or pending. An evaluation without its result tells nothing."""
    for document in chart.documents:
        found = document.having("stimulator")
        own = bool(found) and _is_evaluation(document)
        for sentence in found:
            if own or _speaks_of_it(sentence):
                yield from _verdict(sentence, own)


def _is_evaluation(document: ReadDocument) -> bool:
    """Whether the document is the evaluation itself: its name or its title says so."""
    title = document.document.text.lstrip()[:_TITLE].split("\n")[0].strip()
    for text in (document.document.name.replace("-", " ").replace("_", " "), "" if title.endswith(".") else title):
        matches, _ = document.lexicon.matches(text.lower(), text)
        if any(
            concept.group == "stimulator" and concept.id == "evaluation"
            for match in matches
            for concept in match.concepts
        ):
            return True
    return False


def _speaks_of_it(sentence: Sentence) -> bool:
    """Whether the sentence names the evaluation, or a short one follows the sentence that did ("Psych eval 12/18. Cleared.")."""
    if sentence.has("stimulator", "evaluation"):
        return True
    before = sentence.reading.before(sentence)
    return before is not None and before.has("stimulator", "evaluation") and len(sentence.text) < 80


def _verdict(sentence: Sentence, own: bool) -> Iterator[PatientFact]:
    """What the words come to: a refusal weighs more than a condition, and that more than a clearance."""
    told = [
        pair for pair in (_meaning(sentence, match, concept) for match, concept in sentence.of("stimulator")) if pair
    ]
    if not told and not own:
        told = _evaluation_to_come(sentence)
    for value in (NOT_CLEARED, PENDING, CLEARED):
        found = [match for match, meant in told if meant == value]
        if found:
            yield _fact(sentence, value, found[0], own)
            return


def _meaning(sentence: Sentence, match: Match, concept: Concept) -> tuple[Match, str] | None:
    verdict = concept.get("verdict")
    if verdict is None:
        return None
    how = sentence.qualify(match.start, match.end)
    if verdict == "pending":
        return (match, PENDING) if sentence.has("stimulator", "evaluation") else None
    if verdict == "against":
        return (match, NOT_CLEARED) if not how.historical and not how.not_patient else None
    if verdict == "clearance" and not sentence.has("stimulator", "obtained"):
        return None
    if verdict == "barrier":
        return (match, CLEARED) if how.assertion is Assertion.ABSENT else None
    if how.not_patient or how.assertion in _TO_COME or how.assertion is Assertion.POSSIBLE:
        # "Recommended for trial" is itself the advice of the evaluation.
        return (match, CLEARED) if how.assertion is Assertion.ADVISED and "recommend" in how.cue else (match, PENDING)
    if how.assertion is Assertion.ABSENT and _denial_is_of_a_barrier(sentence, match):
        return match, CLEARED
    return match, (NOT_CLEARED if how.assertion in (Assertion.ABSENT, Assertion.DECLINED) else CLEARED)


def _denial_is_of_a_barrier(sentence: Sentence, match: Match) -> bool:
    """ "No contraindication, cleared": what is denied is the barrier, and the clearance stands behind it."""
    scopes = [scope for scope in sentence.scopes if scope.kind == "absent" and scope.start <= match.start < scope.end]
    barriers = [found for found, concept in sentence.of("stimulator") if concept.get("verdict") == "barrier"]
    return bool(scopes) and all(
        any(min(scope.cue_start, scope.start) - 5 <= barrier.end <= match.start for barrier in barriers)
        for scope in scopes
    )


def _evaluation_to_come(sentence: Sentence) -> list[tuple[Match, str]]:
    """An evaluation that is only ordered or planned."""
    return [
        (match, PENDING)
        for match, concept in sentence.of("stimulator")
        if concept.id == "evaluation" and sentence.qualify(match.start, match.end).assertion in _TO_COME
    ]


def _fact(sentence: Sentence, value: str, match: Match, own: bool) -> PatientFact:
    return PatientFact(
        concept="psychological_clearance",
        value=value,
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(match.start, match.end),),
        written=sentence.written,
        source=Source.RECORD if own else Source.CLINICIAN,
    )
