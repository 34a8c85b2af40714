"""Weakness without a grade: "weak EHL", foot drop, movements that fail; and weakness that grows or stands still."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.examination_context import TOLD, ExamContext, region_of_roots
from necessity.facts.examination_results import ELECTRIC, Result, clause_of, is_finding, nearest, results_of
from necessity.facts.examination_times import dated
from necessity.facts.fact import Assertion, ExamFinding, Source
from necessity.facts.reading import Sentence
from necessity.facts.strength_course import grows_near, strength_in_decline
from necessity.facts.strength_targets import Target, targets_of
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

_CANNOT_MOVE = pattern(
    r"\b(?:unable to|can ?not|can't|could not|not able to) (?:actively |fully )?(?:dorsiflex|plantar ?flex|"
    r"(?:lift|raise|move|extend|wiggle|evert|invert|pull up) (?:up )?(?:the |his |her )?(?:left |"
    r"right )?(?:great toe|big toe|toes?|foot|forefoot|ankle|fingers?|wrist))"
)
# Weakness of effort or pain is no finding of the nerve.
_EFFORT = pattern(
    r"\bgive-?\s?way|breakaway|break-away|cogwheel|(?:pain|effort)[- ](?:limited|related|dependent|inhibit\w*)|"
    r"(?:limited|inhibited) by (?:pain|effort|guarding)|(?:due|secondary) to (?:pain|guarding|effort)"
)
_RESOLVED = pattern(r"\s(?:has |have |had |is |now |since |completely |fully )*(?:resolved|gone|recovered)\b")
_OTHER_WEAK = pattern(
    r"\b(?:general(?:ized)?|overall|core|facial|urinary|stream|ligament|pulse|wall|visual|immune|structur\w*|bone|"
    r"deconditioning|abdominal|all over) (?:\w+ )?$"
)
_GROWING = pattern(r"\b(?:progressive|worsening|increasing|progressing)\b[\w\s]*$")
_AFTER_WEAK = pattern(r"\s?(?:opioid|pulse|stream|radial pulse|bone|positive|of the (?:abdominal|pars)|precautions)")


def read_weakness(sentence: Sentence, context: ExamContext, graded: bool) -> Iterator[ExamFinding]:
    """Weakness in words. `graded` where the sentence has grades, which then say more."""
    concepts = {c.id for _, c in sentence.of("examination")}
    results = results_of(sentence)
    if "weak" in concepts or "foot_drop" in concepts or "wrist_drop" in concepts:
        yield from _weak(sentence, context, graded)
    if not graded and "weak" not in concepts:
        yield from _reduced_muscle(sentence, context, results)
    yield from _cannot_move(sentence, context)
    if "strength" in sentence.text or "power" in sentence.text:
        yield from strength_in_decline(sentence, sentence.section.kind in TOLD)


def _weak(sentence: Sentence, context: ExamContext, graded: bool) -> Iterator[ExamFinding]:
    targets = targets_of(sentence)
    for match, concept in sentence.of("examination"):
        if concept.id not in ("weak", "foot_drop", "wrist_drop"):
            continue
        how = is_finding(sentence, match.start, match.end)
        text = sentence.text
        if (
            how is None
            or _OTHER_WEAK.search(text[max(0, match.start - 30) : match.start])
            or _AFTER_WEAK.match(text[match.end :])
        ):
            continue
        if concept.id == "weak" and _of_a_reflex(sentence, match):
            continue
        low, high = clause_of(text, match.start, match.end)
        if _RESOLVED.match(text, match.end):
            how = Assertion.ABSENT
        if how is Assertion.PRESENT and _EFFORT.search(text, low, high):
            how = Assertion.POSSIBLE
        if how is Assertion.ABSENT and _GROWING.search(text[max(low, match.start - 24) : match.start]):
            yield _no_progression(sentence, match)
        own = _drop(match, concept) if concept.id != "weak" else _own_target(targets, match, low, high)
        grows = grows_near(text, low, high, match) if how is Assertion.PRESENT else None
        told = sentence.section.kind in TOLD
        if (
            concept.id == "weak"
            and told
            and grows is None
            and (own is None or own.kind != "muscle" and own.kind != "root")
        ):
            continue
        if concept.id == "weak" and graded and grows is None:
            continue
        yield from _weakness(sentence, match, own, how, grows, told, context)


def _no_progression(sentence: Sentence, match: Match) -> ExamFinding:
    """ "Denies progressive weakness": that it grows is ruled out in words."""
    return ExamFinding(
        concept="progression",
        assertion=Assertion.ABSENT,
        evidence=(sentence.evidence(match.start, match.end),),
        written=sentence.written,
        source=Source.PATIENT if sentence.section.kind in TOLD else Source.CLINICIAN,
    )


def _of_a_reflex(sentence: Sentence, match: Match) -> bool:
    """ "The ankle jerk is weaker than the right": no muscle is meant."""
    return any(
        concept.get("arc") and 0 <= match.start - other.end <= 30 and "," not in sentence.text[other.end : match.start]
        for other, concept in sentence.of("examination")
    )


def _drop(match: Match, concept: Concept) -> Target:
    return Target(
        match.start,
        match.end,
        "muscle",
        str(concept.get("muscle")),
        tuple(concept.get("roots", ())),
        concept.get("limb"),
    )


def _own_target(targets: list[Target], match: Match, low: int, high: int) -> Target | None:
    """The muscle, root or limb nearest to the word, muscles first."""
    near = [
        t
        for t in targets
        if t.start >= low
        and t.end <= high
        and (t.start - match.end < 60 if t.start >= match.end else match.start - t.end < 40)
    ]
    for kinds in (("muscle", "root"), ("joint", "limb"), ("all",)):
        chosen = [t for t in near if t.kind in kinds]
        if chosen:
            return min(
                chosen,
                key=lambda t: (abs(t.start - match.end) if t.start >= match.end else match.start - t.end, t.start),
            )
    return None


def _weakness(
    sentence: Sentence,
    match: Match,
    own: Target | None,
    how: Assertion,
    grows: bool | None,
    told: bool,
    context: ExamContext,
) -> Iterator[ExamFinding]:
    when, earlier = dated(sentence, match.start, match.end)
    roots = own.roots if own and own.kind in ("muscle", "root") else ()
    limb = own.limb if own else context.limb
    start, end = min(match.start, own.start if own else match.start), max(match.end, own.end if own else match.end)
    if how is Assertion.ABSENT and own is None and told:
        return
    source = Source.PATIENT if told else Source.CLINICIAN
    side = sentence.side_near(match.start, match.end)
    historical = sentence.qualify(match.start, match.end).historical
    yield ExamFinding(
        concept="strength",
        assertion=how,
        evidence=(sentence.evidence(start, end),),
        written=sentence.written,
        when=when,
        earlier=earlier,
        side=side,
        muscle=own.muscle if own else None,
        roots=roots,
        region=region_of_roots(roots, limb),
        value=None if context.in_examination(sentence) else "stated",
        progressive=grows is True and how is Assertion.PRESENT,
        source=source,
        historical=historical,
    )
    if grows is not None and how is Assertion.PRESENT:
        yield ExamFinding(
            concept="progression",
            assertion=Assertion.PRESENT if grows else Assertion.ABSENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            when=when,
            earlier=earlier,
            side=side,
            region=region_of_roots(roots, limb),
            source=source,
            historical=historical,
        )


def _reduced_muscle(sentence: Sentence, context: ExamContext, results: list[Result]) -> Iterator[ExamFinding]:
    """ "Decreased dorsiflexion strength on the left", "strength is reduced in the right leg"."""
    if sentence.section.kind in TOLD or ELECTRIC.search(sentence.text):
        return
    for match in _strength_words(sentence, context):
        low, high = clause_of(sentence.text, match.start, match.end)
        result = nearest(
            results,
            match.start,
            match.end,
            max(low, match.start - 40),
            min(high, match.end + 60),
            ("abnormal", "normal"),
        )
        how = is_finding(sentence, match.start, match.end)
        if (
            result is None
            or result.sense != "abnormal"
            or how is None
            or sentence.text[result.start : result.end] in ("loss", "down", "less", "numbness", "numb")
        ):
            continue
        between = sentence.text[min(result.end, match.end) : max(result.start, match.start)]
        if any(word in between for word in ("sens", "reflex", ";", "range")):
            continue
        own = _own_target(targets_of(sentence), match, low, high)
        assertion = Assertion.ABSENT if result.negated or how is Assertion.ABSENT else how
        yield from _weakness(sentence, match, own, assertion, None, False, context)
        return


def _strength_words(sentence: Sentence, context: ExamContext) -> list[Match]:
    """The words for strength; under a heading "Motor:" the word "muscle" will do."""
    found = [match for match, concept in sentence.of("examination") if concept.id == "strength"]
    place = sentence.text.find("muscle")
    if not found and place >= 0 and context.topic == "strength" and context.age <= 1:
        return [Match(place, place + len("muscle"), ())]
    return found


def _cannot_move(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """ "Unable to dorsiflex the left foot", "cannot lift the great toe"."""
    for found in _CANNOT_MOVE.finditer(sentence.text):
        own = next(
            (
                t
                for t in targets_of(sentence)
                if found.start() < t.start < found.end() + 3 and t.kind in ("muscle", "joint")
            ),
            None,
        )
        if own is not None and not sentence.qualify(found.end() - 1, found.end()).not_patient:
            yield from _weakness(
                sentence,
                Match(found.start(), found.end(), ()),
                own,
                Assertion.PRESENT,
                None,
                sentence.section.kind in TOLD,
                context,
            )
