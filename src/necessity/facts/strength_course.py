"""Words on the course of a weakness: that it grows, stands still or recovers, said beside the muscle or its grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from necessity.facts.examination_context import region_of_roots
from necessity.facts.examination_results import ELECTRIC, is_finding
from necessity.facts.fact import Assertion, ExamFinding, Source
from necessity.facts.reading import Sentence
from necessity.facts.strength_grades import FULL
from necessity.values.patterns import pattern
from necessity.vocabulary.lexicon import Concept, Match

# "Weaker than the right" compares two sides, not two days.
_OTHER_SIDE = (
    r"(?! (?:on |in )?(?:the |his |her )?(?:left|right|other|opposite|contralateral|good|unaffected|sound|l|r|lt|rt)\b)"
)
_THAN_BEFORE = rf"(?:(?:worse|weaker|poorer|more (?:marked|pronounced|profound|obvious|severe)) (?:than|since|compared){_OTHER_SIDE})"
_GROWS = pattern(
    r"\b(?:progress(?:ive(?:ly)?|ing|ed|es|ion)|worsen(?:ing|ed|s)?|gett(?:ing|en) (?:worse|weaker)|"
    r"gotten (?:worse|weaker)|(?:become|became|becoming|growing|grown) (?:\w+ )?(?:weaker|worse)|"
    rf"increas(?:ing|ingly|ed)|deteriorat\w+|declin\w+|evolving|ascending|advancing|rapid(?:ly)?|{_THAN_BEFORE})\b"
)
_FALLS = pattern(
    rf"\b(?:{_THAN_BEFORE}|(?:has |have |had )?(?:dropped|fallen|declined|deteriorated|slipped|worsened|gone down|got(?:ten)? worse|"
    r"progressed)\b|down (?:from|since|a (?:full )?grade|one (?:full )?grade|by)|(?:lost|a loss of|a drop of|a fall of) "
    r"(?:a|one|half a|two)(?: full| whole)? grades?|worsening|progressive(?:ly)?|deteriorating)"
)
_SAME = pattern(
    r"\b(?:unchanged|unch\b|same as|stable|static|no (?:interval )?change|not (?:changed|progress\w*|worsen\w*)|"
    r"(?:about |much |exactly |remained |stayed |been |is |was )the same|no better (?:and|or|,|but) no worse|neither better nor worse|"
    r"non-?progressive|no progression|improv(?:ed|ing|es)|better|resolved|as before|at baseline|no (?:worse|weaker))"
)
_WHO = r"(?:the|my|our|his|her|their|your|dr|pt|ot|physi\w+|neuro\w+|last|previous|prior|earlier|outside|\d|[a-z]{3,9}\.? \d|"
_MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|fall|autumn|winter)"
_FOUND = r"(?:recorded|had|found|noted|measured|graded|documented|got|saw|did|reported|listed|wrote)"
_SAME_AS = pattern(
    r"\b(?:unchanged|unch\b|no (?:interval |real |significant |further |appreciable )?change|not changed|ha(?:s|ve|d)(?: not|n't) changed|"
    r"same as|(?:is|was|at|still|about|exactly|measured|found|recorded|got|graded|noted|much) the same|identical (?:to|with)|"
    r"no different (?:from|than|to)|(?:no|not any) (?:worse|weaker)|not progressed|no progression|non-?progressive|static|"
    r"stable (?:since|vs\.?|versus|from|over|for|compared|across|on)|remain(?:s|ed) stable|as (?:before|previously|it was|they were)|"
    rf"as (?:since|in|on|at|it was (?:in|on|at)) {_WHO}{_MONTHS}|as since|"
    rf"as (?:also |previously |already |was )?{_FOUND}\b|as (?:\S+ ){{1,4}}(?:also |already )?{_FOUND}\b|"
    r"(?:how|what|where) (?:it|she|he|they) (?:was|were) (?:in|on|at|last|before)|"
    r"(?:stronger|better|improved|recovering|less weak) (?:than|since|from|compared))"
)
_OTHER_TOPIC = pattern(
    r"\b(?:pain|symptoms?|stenosis|kyphosis|scoliosis|disc|disease|spondyl\w+|headache|claudication|listhesis|"
    r"degenerat\w+|numbness|deformity|difficulty|arthritis|sensation|reflex(?:es)?|mri|imaging)\b"
)
_DENIED = pattern(r"\b(?:no|not|without|non|denies|never|nor|neither)\b[\w\s-]{0,20}$")
_DECLINES = pattern(
    r"\b(?:strength|power)(?: in (?:the |his |her )?(?:\w+ ){1,3}?)?(?: (?:is|has been|was|keeps|seems to be|appears to be))? ?(?:progressively |steadily |slowly |clearly )?"
    r"(?:declining|deteriorating|worsening|going down|going downhill|fading|failing|getting worse|slipping|decreasing)\b"
    r"|\b(?:decline|deterioration|progressive (?:loss|decrease|reduction)|worsening) (?:in|of) (?:the |his |her )?(?:\w+ ){0,3}?(?:strength|power)\b"
)
_SHORT, _LEAD = 70, 24  # characters of a sentence on the course alone, and before its word
_REACH = 60  # characters between a grade and the words on its course


def grows_near(text: str, low: int, high: int, match: Match) -> bool | None:
    """True where the weakness is said to grow, False where it is said to be unchanged, None where neither."""
    near = text[max(low, match.start - 45) : min(high, match.end + 60)]
    found = _GROWS.search(near)
    if found and not _OTHER_TOPIC.search(near[: found.start()][-30:]) and not _DENIED.search(near[: found.start()]):
        behind = near[found.end() :]
        inner = behind[: max(0, match.start - max(low, match.start - 45) - found.end())]
        if not _OTHER_TOPIC.search(inner) or " and " in inner or "," in inner:
            return True
    return False if _SAME.search(near) else None


def with_words_of_course(sentence: Sentence, graded: Sequence[ExamFinding]) -> list[ExamFinding]:
    """The graded findings of a sentence, with what is said of their course: a fall marks the deficit before it."""
    if not graded and not sentence.has("muscle") or ELECTRIC.search(sentence.text):
        return list(graded)
    anchors = _anchors(sentence, graded)
    return _fallen(sentence, list(graded), anchors) + _unchanged(sentence, graded, anchors)


def course_of_the_last(sentence: Sentence, weak: ExamFinding) -> Iterator[ExamFinding]:
    """ "EHL 4/5. No change since March.": a short sentence on the course of the deficit that the one before it graded."""
    if len(sentence.text) > _SHORT or ELECTRIC.search(sentence.text) or _OTHER_TOPIC.search(sentence.text):
        return
    for shape, assertion in ((_SAME_AS, Assertion.ABSENT), (_FALLS, Assertion.PRESENT)):
        found = shape.search(sentence.text, 0, _LEAD + 24)
        if found is None or found.start() > _LEAD or is_finding(sentence, found.start(), found.end()) is None:
            continue
        if assertion is Assertion.PRESENT and _DENIED.search(sentence.text[: found.start()]):
            continue
        course = _course(sentence, found.start(), found.end(), assertion, weak)
        yield replace(course, progressive=assertion is Assertion.PRESENT)
        return


def strength_in_decline(sentence: Sentence, told: bool) -> Iterator[ExamFinding]:
    """ "Left leg strength is declining": a deficit that grows, without the word weakness. `told` by the patient."""
    found = _DECLINES.search(sentence.text)
    if found is None or ELECTRIC.search(sentence.text) or _DENIED.search(sentence.text[: found.start()]):
        return
    how = sentence.qualify(found.start(), found.end())
    if how.not_patient or how.assertion is not Assertion.PRESENT:
        return
    limb = next((str(c.get("limb")) for _, c in sentence.of("examination") if c.id in ("leg", "arm")), None)
    yield ExamFinding(
        concept="progression",
        assertion=Assertion.PRESENT,
        evidence=(sentence.evidence(found.start(), found.end()),),
        written=sentence.written,
        side=sentence.side_near(found.start(), found.end()),
        region=region_of_roots((), limb),
        source=Source.PATIENT if told else Source.CLINICIAN,
        progressive=True,
        historical=how.historical,
    )


def _anchors(
    sentence: Sentence, graded: Sequence[ExamFinding]
) -> list[tuple[int, ExamFinding | None, Match | None, Concept | None]]:
    """Where in the sentence weakness stands: the end of each deficit that is graded, and each muscle."""
    found: list[tuple[int, ExamFinding | None, Match | None, Concept | None]] = []
    start = sentence.evidence().start
    for finding in graded:
        if finding.assertion is Assertion.PRESENT and not finding.earlier:
            found.append((_place(sentence, finding.evidence[0].end, start), finding, None, None))
    found += [(m.end, None, m, c) for m, c in sentence.of("muscle")]
    return sorted(found, key=lambda anchor: anchor[0])


def _place(sentence: Sentence, offset: int, start: int) -> int:
    """A place of the document as one of the sentence's text; runs of blanks make it at most a few letters late."""
    return min(offset - start, len(sentence.text))


def _fallen(
    sentence: Sentence,
    graded: list[ExamFinding],
    anchors: list[tuple[int, ExamFinding | None, Match | None, Concept | None]],
) -> list[ExamFinding]:
    for found in _FALLS.finditer(sentence.text):
        own = _nearest(sentence, found.start(), anchors)
        if own is None or own[1] is None or _DENIED.search(sentence.text[: found.start()]):
            continue
        if is_finding(sentence, found.start(), found.end()) is not Assertion.PRESENT:
            continue
        weak = own[1]
        marked = [replace(f, progressive=True) if f is weak else f for f in graded]
        return [*marked, _course(sentence, found.start(), found.end(), Assertion.PRESENT, weak)]
    return graded


def _unchanged(
    sentence: Sentence,
    graded: Sequence[ExamFinding],
    anchors: list[tuple[int, ExamFinding | None, Match | None, Concept | None]],
) -> list[ExamFinding]:
    """ "EHL 4/5 (same as 11/10)", "4+/5, as in October", "TA unchanged": a deficit said to stand still or to recover."""
    for found in _SAME_AS.finditer(sentence.text):
        own = _nearest(sentence, found.start(), anchors)
        if own is None or is_finding(sentence, found.start(), found.end()) is None:
            continue
        _, finding, match, concept = own
        if finding is not None:
            return [_course(sentence, found.start(), found.end(), Assertion.ABSENT, finding)]
        full = [f for f in graded if f.grade is not None and f.grade >= FULL]
        if match is None or concept is None or full or found.start() - match.end > _REACH / 2:
            continue
        return [_of_muscle(sentence, match, concept, found.end())]
    return []


def _nearest(
    sentence: Sentence, position: int, anchors: list[tuple[int, ExamFinding | None, Match | None, Concept | None]]
) -> tuple[int, ExamFinding | None, Match | None, Concept | None] | None:
    """The deficit last named before the words, grades first; nothing of another topic may stand between."""
    before = [a for a in anchors if -2 <= position - a[0] <= _REACH]
    before = [
        a
        for a in before
        if not _OTHER_TOPIC.search(sentence.text[a[0] : position]) and ";" not in sentence.text[a[0] : position]
    ]
    graded = [a for a in before if a[1] is not None]
    return (graded or before)[-1] if before else None


def _course(sentence: Sentence, start: int, end: int, assertion: Assertion, weak: ExamFinding) -> ExamFinding:
    return ExamFinding(
        concept="progression",
        assertion=assertion,
        evidence=(weak.evidence[0], sentence.evidence(start, end)),
        written=sentence.written,
        side=weak.side,
        muscle=weak.muscle,
        roots=weak.roots,
        region=weak.region,
    )


def _of_muscle(sentence: Sentence, match: Match, concept: Concept, end: int) -> ExamFinding:
    roots = tuple(concept.get("roots", ()))
    return ExamFinding(
        concept="progression",
        assertion=Assertion.ABSENT,
        evidence=(sentence.evidence(match.start, end),),
        written=sentence.written,
        side=sentence.side_near(match.start, match.end),
        muscle=concept.id,
        roots=roots,
        region=region_of_roots(roots, concept.get("limb")),
    )
