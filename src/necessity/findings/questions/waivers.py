"""Questions on what takes the place of earlier treatment: red flags, and triggers that nobody examined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from necessity.charts.span import Evidence
from necessity.facts.fact import ExamFinding, Fact, ImagingFinding, RedFlag, Region, Side, Symptom
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions import examination
from necessity.findings.questions.compression import severe_canal_stenosis
from necessity.findings.questions.cord import may_hold_cord, sphincter_complaints, standing_complaints, standing_signs
from necessity.findings.questions.relevance import absent, in_region, latest_word, of_kind, on_side, present, touches
from necessity.findings.questions.reply import evidence_of, no, unknown, yes
from necessity.findings.questions.studies import findings_of
from necessity.findings.questions.weakness import bilateral_deficit

_NO_REASON = ("old", "osteoporotic")


def _red_flag(case: CaseFacts, line: Line, concept: str) -> Answer:
    """Tumour, infection or fracture of the spine at the line, as the reason for surgery."""
    words = _WORDS.get(concept, concept)
    flags = [f for f in in_region(of_kind(case, RedFlag, concept), line) if _at_line(f.levels, line)]
    shown = [f for f in findings_of(case, line, concept) if _at_line(f.levels, line)]
    here: list[RedFlag | ImagingFinding] = [*present(flags), *present(shown)]
    reasons = [f for f in here if not (isinstance(f, RedFlag) and f.value in _NO_REASON)]
    if any(isinstance(f, RedFlag) and f.value == "osteoporotic" for f in here):
        return no("The fracture is osteoporotic, which waives nothing.", here)
    if reasons:
        return yes(f"{_a(words)} of the spine is recorded at the level of the operation.", reasons)
    if here:
        return no(f"The {words} recorded is old.", here)
    ruled_out: list[RedFlag | ImagingFinding] = [*absent(flags), *absent(shown)]
    if ruled_out:
        return no(f"{_a(words)} of the spine is ruled out.", ruled_out)
    return unknown(f"No {words} of the spine is mentioned.", f"{words} of the spine")


_WORDS = {"tumor": "tumour"}


def _a(words: str) -> str:
    return f"{'An' if words[0] in 'aeiou' else 'A'} {words}"


def _at_line(found: tuple[str, ...], line: Line) -> bool:
    if not found:
        return True
    wanted = (line.level,) if line.level else line.requested_levels
    return not wanted or any(touches(found, level) for level in wanted if level)


def spine_tumor(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _red_flag(case, line, "tumor")


def spine_infection(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _red_flag(case, line, "infection")


def spine_fracture(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _red_flag(case, line, "fracture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that points to a waiver. `settled_by` are the elements of the examination that would settle it."""

    words: str
    facts: Callable[[CaseFacts, Line], Sequence[Fact]]
    settled_by: tuple[str, ...]


def _new_weakness(case: CaseFacts, line: Line) -> Sequence[Fact]:
    found = [s for s in in_region(of_kind(case, Symptom, "weakness"), line) if on_side(s.side, line)]
    here = present(found)
    return here if here and latest_word(here, absent(found)) is not False else ()


def _sphincter(case: CaseFacts, line: Line) -> Sequence[Fact]:
    signs = standing_signs(case, line) if line.region is not Region.CERVICAL else []
    return [*standing_complaints(case, line), *signs]


def _bilateral(case: CaseFacts, line: Line) -> Sequence[Fact]:
    return bilateral_deficit(case, line) or _hands_of_the_cord(case, line)


def _hands_of_the_cord(case: CaseFacts, line: Line) -> Sequence[Fact]:
    """Both hands numb and clumsy, as a patient with a cord compressed in the neck tells it."""
    if line.region is not Region.CERVICAL:
        return ()
    told = in_region(of_kind(case, Symptom, "numbness", "weakness"), line)
    both = [s for s in present(told) if s.side is Side.BILATERAL]
    clumsy = present(in_region(of_kind(case, Symptom, "hand_clumsiness"), line))
    return [*both, *clumsy] if both and clumsy else ()


def _narrow_canal(case: CaseFacts, line: Line) -> Sequence[Fact]:
    if severe_canal_stenosis(case, line, {}).value is not True:
        return ()
    return [f for f in findings_of(case, line, "stenosis") if line.level in f.levels and f.present]


TRIGGERS: Mapping[str, Trigger] = {
    "new_weakness": Trigger(words="weakness is reported", facts=_new_weakness, settled_by=("strength",)),
    "bladder_bowel_saddle": Trigger(
        words="a bladder, bowel or saddle complaint or sign is recorded",
        facts=_sphincter,
        settled_by=("saddle_or_tone",),
    ),
    "bilateral_deficit": Trigger(
        words="a deficit is found on both sides", facts=_bilateral, settled_by=("saddle_or_tone",)
    ),
    "severe_canal_stenosis": Trigger(
        words="the canal is severely narrowed", facts=_narrow_canal, settled_by=("strength",)
    ),
}


def _asked_triggers(params: Mapping[str, object]) -> list[str]:
    wanted = params.get("of")
    names = [str(name) for name in wanted] if isinstance(wanted, (tuple, list)) else []
    return [name for name in TRIGGERS if not names or name in names]


def neurologic_trigger(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether anything in the chart points to a neurological waiver."""
    for name in _asked_triggers(params):
        facts = TRIGGERS[name].facts(case, line)
        if facts:
            return yes(_sentence(TRIGGERS[name].words), facts)
    return no("Nothing in the chart points to a neurological waiver.")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def neurologic_trigger_unexamined(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether something points to a waiver while the examination that would settle it is not recorded.

    Every trigger is told, so that nobody settles one and overlooks the next. At cord and conus a narrowed canal asks for reflexes or gait besides strength, for cord signs need no weakness.
    """
    reasons: list[str] = []
    passages: list[Evidence] = []
    sought: list[str] = []
    for name in _asked_triggers(params):
        trigger = TRIGGERS[name]
        facts = trigger.facts(case, line)
        missing = _missing(case, line, name, trigger, _first_told(facts)) if facts else []
        if name == "bladder_bowel_saddle" and not missing:
            missing = _beside_signs(case, facts)
        if missing:
            reasons.append(
                f"{_sentence(trigger.words)[:-1]}, and no examination of {' or '.join(missing)} is recorded."
            )
            passages += evidence_of(facts)
            sought += missing
    if not reasons:
        return no("No trigger of a neurological waiver is left unexamined.")
    return Answer(
        value=True,
        evidence=tuple(dict.fromkeys(passages)),
        sought=tuple(dict.fromkeys(sought)),
        reason=" ".join(reasons),
    )


_ELEMENT_WORDS = {
    "strength": "strength",
    "saddle_or_tone": "saddle sensation, anal tone or residual urine",
    "gait_or_long_tract": "gait and long-tract signs",
}


_SPHINCTER_SIGNS = {
    "saddle_sensation": "saddle sensation",
    "rectal_tone": "anal tone",
    "post_void_residual": "residual urine",
}


def _beside_signs(case: CaseFacts, facts: Sequence[Fact]) -> list[str]:
    """One abnormal sign of the cauda equina is settled by the other two alone."""
    if not any(isinstance(fact, ExamFinding) for fact in facts):
        return []
    return [
        words
        for name, words in _SPHINCTER_SIGNS.items()
        if not any(f.present or f.absent or f.grade is not None for f in examination.findings_of(case, name))
    ]


def _first_told(facts: Sequence[Fact]) -> date | None:
    """The day on which a complaint was first told; a finding of an examination or a study is not a complaint."""
    told = [fact.written for fact in facts if isinstance(fact, Symptom) and fact.written]
    return min(told, default=None)


def _missing(case: CaseFacts, line: Line, name: str, trigger: Trigger, since: date | None) -> list[str]:
    settled_by = trigger.settled_by
    if name == "bilateral_deficit":
        if absent(sphincter_complaints(case, line)):
            # Weakness on both sides with sphincters said to be normal is examined as far as it must be.
            return []
        settled_by = ("gait_or_long_tract",) if may_hold_cord(case, line) else settled_by
    missing = [_ELEMENT_WORDS[element] for element in examination.missing_elements(case, line, settled_by, since)]
    at_cord = name == "severe_canal_stenosis" and line.level and may_hold_cord(case, line)
    if at_cord and len(examination.missing_elements(case, line, ("reflexes", "gait_or_long_tract"))) == 2:
        missing.append("reflexes, gait and long-tract signs")
    return missing


_OF = (Param(name="of", type="list", choices=tuple(TRIGGERS)),)
QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="spine_tumor", type="yes_no", ask=spine_tumor),
        Question(name="spine_infection", type="yes_no", ask=spine_infection),
        Question(name="spine_fracture", type="yes_no", ask=spine_fracture),
        Question(name="neurologic_trigger", type="yes_no", ask=neurologic_trigger, params=_OF),
        Question(name="neurologic_trigger_unexamined", type="yes_no", ask=neurologic_trigger_unexamined, params=_OF),
    )
}
