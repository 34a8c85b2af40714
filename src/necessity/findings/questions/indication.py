"""Questions on the complaint: pain into a limb, which pain is the main one, claudication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from necessity.facts.fact import Region, Symptom, SymptomQuality
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.relevance import (
    absent,
    current,
    in_region,
    latest_word,
    newest,
    of_kind,
    on_side,
    present,
    where,
)
from necessity.findings.questions.reply import choice, conflict, no, unknown, yes

PAINS = ("limb", "axial", "equal")


def limb_symptoms(case: CaseFacts, line: Line) -> tuple[Symptom, ...]:
    """Statements on radiating pain that concern the line's limbs: the arm for the neck, else leg and trunk."""
    found = in_region(of_kind(case, Symptom, "radicular_pain"), line)
    return tuple(s for s in found if _limb_fits(case, s, line))


def _limb_fits(case: CaseFacts, symptom: Symptom, line: Line) -> bool:
    limbs = {case.anatomy.limb_of_site(site) for site in symptom.sites}
    limbs |= {case.anatomy.limb_of(root) for root in symptom.roots}
    limbs.discard(None)
    if not limbs or line.region is None:
        return True
    return "arm" in limbs if line.region is Region.CERVICAL else bool(limbs & {"leg", "trunk"})


def limb_pain(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Pain into a limb of the requested side; ruled out, or on the other side only, is no."""
    found = limb_symptoms(case, line)
    here = [s for s in present(found) if on_side(s.side, line)]
    denied = [s for s in absent(found) if on_side(s.side, line)]
    if here:
        if _only_by_diagnosis(here, denied):
            words = "A diagnosis implies radiating pain, and the same note rules it out."
            return conflict(words, [*here, *denied])
        holds = latest_word(here, denied)
        if holds:
            return yes(f"Pain {_course(case, here, line)} ({where(line)}).", here)
        if holds is None:
            return conflict(
                "One document records radiating pain, another of the same standing rules it out.", [*here, *denied]
            )
        return no("The latest statement rules radiating pain out.", newest(denied))
    other = [s for s in present(found) if not on_side(s.side, line)]
    if other:
        return no("The radiating pain is on the other side only.", other)
    if denied:
        return no("Radiating pain is ruled out.", denied)
    return unknown("The chart does not say whether the pain radiates.", "pain into a limb, or a band round the trunk")


_COURSES = {
    "arm": "radiates into the arm",
    "leg": "radiates into the leg",
    "trunk": "runs round the trunk, flank or groin",
}


def _course(case: CaseFacts, here: Sequence[Symptom], line: Line) -> str:
    """Where the pain runs, by the sites that the chart names, else by the region: a flank is no limb."""
    named = [limb for s in here for site in s.sites if (limb := case.anatomy.limb_of_site(site))]
    named += [case.anatomy.limb_of(root) for s in here for root in s.roots]
    limbs = [limb for limb in _COURSES if limb in named]
    if line.region is Region.CERVICAL and "arm" in limbs:
        limbs = ["arm"]
    if not limbs:
        limbs = ["arm"] if line.region is Region.CERVICAL else ["leg"] if line.region is Region.LUMBAR else []
    return " and ".join(_COURSES[limb] for limb in limbs) or "radiates from the spine"


def _only_by_diagnosis(here: Sequence[Symptom], denied: Sequence[Symptom]) -> bool:
    """Whether the pain stands in a diagnosis alone ("radiculopathy") of a note that denies pain in the whole limb."""
    if any(s.sites for s in here):
        return False
    notes = {passage.document for s in here for passage in s.evidence}
    return any(passage.document in notes for s in denied if _of_whole_limb(s) for passage in s.evidence)


def _of_whole_limb(symptom: Symptom) -> bool:
    return bool(symptom.sites) and all(site in ("leg", "arm", "limb") for site in symptom.sites)


def axial_only(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Back or neck pain with limb pain ruled out."""
    limb = limb_pain(case, line, {})
    axial = in_region(of_kind(case, Symptom, "axial_pain"), line)
    if limb.value is True:
        return Answer(value=False, reason="Pain radiates.", evidence=limb.evidence)
    ruled_out = absent(limb_symptoms(case, line))
    if limb.value is False and ruled_out and present(axial):
        return yes("The pain is in the back or neck, and radiating pain is ruled out.", [*present(axial), *ruled_out])
    return unknown(
        "The chart does not say that the pain is axial only.", "pain into a limb ruled out", facts=present(axial)
    )


def qualities(case: CaseFacts, line: Line, concept: str) -> tuple[SymptomQuality, ...]:
    """Present statements of one kind on the symptoms of this episode."""
    found = in_region(current(of_kind(case, SymptomQuality, concept)), line)
    return tuple(q for q in found if q.present)


def predominant_pain(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Which pain is the main one: as said, else by two scores of one document, else by the only pain there is."""
    stated = [q for q in qualities(case, line, "predominant") if q.value in PAINS]
    if stated:
        latest = newest(stated)
        words = list(dict.fromkeys(str(q.value) for q in latest))
        if len(words) > 1:
            return conflict(
                "The latest note names both the radiating pain and that of the spine as the main one.", latest
            )
        opposed = _opposed(stated, latest)
        if opposed:
            return conflict(
                "One note calls the radiating pain the main one, another of the same weeks the spine's.", opposed
            )
        scored = _opposite_scores(case, line, words[0], latest[0])
        if scored:
            return conflict(
                "One document calls one pain the main one, and the scores of another of the same weeks say the opposite.",
                [latest[0], *scored],
            )
        return choice(words[0], _PREDOMINANT[words[0]], latest)
    return _by_scores(case, line) or _by_only_pain(case, line)


_SAME_WEEKS = timedelta(days=28)


# One pain scored higher than the other by so many points of ten speaks against a note that calls the other the main one.
_CLEARLY_MORE = 2.0


def _opposite_scores(case: CaseFacts, line: Line, word: str, latest: SymptomQuality) -> list[SymptomQuality]:
    """The two scores of another document of the same weeks that put the other pain clearly higher."""
    if word not in ("limb", "axial"):
        return []
    scores = [q for q in qualities(case, line, "pain_score") if q.current and isinstance(q.value, (int, float))]
    for document in dict.fromkeys(q.evidence[0].document for q in scores):
        own = [q for q in scores if q.evidence[0].document == document]
        main = _highest([q for q in own if q.site == word])
        other = _highest([q for q in own if q.site in ("limb", "axial") and q.site != word])
        if document == latest.evidence[0].document or not main or not other:
            continue
        near = main.written and latest.written and abs(latest.written - main.written) <= _SAME_WEEKS
        if near and float(other.value or 0) - float(main.value or 0) >= _CLEARLY_MORE:
            return [other, main]
    return []


def _opposed(stated: Sequence[SymptomQuality], latest: Sequence[SymptomQuality]) -> list[SymptomQuality]:
    """Statements of the same weeks, in another document, that name the other pain as the main one."""
    last = latest[0]
    opposite = {"limb": "axial", "axial": "limb"}.get(str(last.value))
    others = [
        quality
        for quality in stated
        if quality.value == opposite
        and quality.evidence[0].document != last.evidence[0].document
        and quality.written is not None
        and last.written is not None
        and last.written - quality.written <= _SAME_WEEKS
    ]
    return [last, *others] if others else []


_PREDOMINANT = {
    "limb": "The chart calls the radiating pain the worse or main one.",
    "axial": "The chart calls the back or neck pain the main one.",
    "equal": "Radiating and axial pain are said to be equal.",
}


def _by_scores(case: CaseFacts, line: Line) -> Answer | None:
    scores = [q for q in qualities(case, line, "pain_score") if q.current and isinstance(q.value, (int, float))]
    for day in sorted({q.written for q in scores if q.written}, reverse=True):
        limb = _highest([q for q in scores if q.written == day and q.site == "limb"])
        axial = _highest([q for q in scores if q.written == day and q.site == "axial"])
        if limb and axial:
            return _compared(limb, axial)
    return None


def _highest(scores: Sequence[SymptomQuality]) -> SymptomQuality | None:
    return max(scores, key=lambda q: float(q.value or 0), default=None)


def _compared(limb: SymptomQuality, axial: SymptomQuality) -> Answer:
    a, b = float(limb.value or 0), float(axial.value or 0)
    word = "limb" if a > b else "axial" if b > a else "equal"
    return choice(word, f"Radiating pain is scored {a:g} and axial pain {b:g} of 10.", [limb, axial])


def _by_only_pain(case: CaseFacts, line: Line) -> Answer:
    limb = limb_pain(case, line, {})
    axial = in_region(of_kind(case, Symptom, "axial_pain"), line)
    if limb.value is True and absent(axial) and not present(axial):
        return choice("limb", "Axial pain is ruled out, so the radiating pain is the main one.", absent(axial))
    if limb.value is False and present(axial) and absent(limb_symptoms(case, line)):
        return choice("axial", "Radiating pain is ruled out, so the axial pain is the main one.", present(axial))
    return unknown(
        "The chart does not say which pain is the main one.",
        "radiating pain against axial pain, in words or scores",
        facts=_nearest(case, line),
    )


def _nearest(case: CaseFacts, line: Line) -> Iterable[Symptom]:
    return present(limb_symptoms(case, line))[:2]


def claudication(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Neurogenic claudication in words."""
    found = in_region(of_kind(case, Symptom, "claudication"), line)
    if present(found):
        if latest_word(present(found), absent(found)) is False:
            return no("The latest statement rules claudication out.", newest(absent(found)))
        return yes("Neurogenic claudication is described.", present(found))
    if absent(found):
        return no("Claudication is ruled out.", absent(found))
    return unknown("Claudication is not described.", "leg symptoms on standing or walking, eased by sitting or bending")


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="limb_pain", type="yes_no", ask=limb_pain),
        Question(name="axial_only", type="yes_no", ask=axial_only),
        Question(name="predominant_pain", type="choice", ask=predominant_pain, choices=PAINS),
        Question(name="claudication", type="yes_no", ask=claudication),
    )
}
