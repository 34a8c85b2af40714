"""Questions on the level of care: the setting asked for, what speaks for a stay, and the state on the day."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import Fact, Region, RequestFact, StayFact
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.lines import lines_of
from necessity.findings.question import CaseFacts, Question
from necessity.findings.questions.compression import cord_compression
from necessity.findings.questions.cord import cauda_equina, cord_signs
from necessity.findings.questions.relevance import absent, latest_word, newest, of_kind, present
from necessity.findings.questions.reply import choice, evidence_of, no, number, unknown, yes
from necessity.findings.questions.weakness import progressive_deficit

SETTINGS = ("inpatient", "outpatient", "observation", "office")
_OPERATIONS = ("decompression", "fusion", "disc_replacement")


def requested_setting(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    told = [f for f in of_kind(case, RequestFact, "setting") if f.value in SETTINGS and not f.absent]
    if case.request.setting in SETTINGS:
        return choice(str(case.request.setting), f"The request asks for {case.request.setting} care.", told[:2])
    if told:
        last = newest(told)[-1]
        return choice(last.value, f"The chart asks for {last.value} care.", [last])
    return unknown("No setting is asked for.", "the setting of the request")


def cord_level_operation(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """An operation where the cord or conus is at stake: any thoracic or conus level; in the neck with cord signs or
    cord compression, since a root operation at a neck level is a day case."""
    operated = [
        each
        for each in lines_of(case) or (line,)
        if each.level and case.procedures.family(each.procedure) in _OPERATIONS
    ]
    if not operated:
        return unknown("No operation at a level is asked for.", "the level of the operation")
    for each in operated:
        if not case.anatomy.has_cord(each.level or ""):
            continue
        if each.region is not Region.CERVICAL:
            return yes(
                f"{each.level} lies at the {case.anatomy.content_of(each.level or '').value}.",
                of_kind(case, RequestFact, "level")[:1],
            )
        for answer in (cord_signs(case, each, {}), cord_compression(case, each, {})):
            if answer.value:
                return Answer(value=True, reason=f"{each.level}: {answer.reason}", evidence=answer.evidence)
    return no("No operated level puts the cord at stake.")


def monitored_deficit(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """An acute or progressive deficit under monitored care (neurological checks, pressure goals)."""
    watched = present(of_kind(case, StayFact, "monitored_care"))
    asked = lines_of(case) or (line,)
    for answer in (ask(case, each, {}) for each in asked for ask in (progressive_deficit, cauda_equina, cord_signs)):
        if answer.value and watched:
            return Answer(
                value=True,
                reason="A new or worsening deficit is under monitored care.",
                evidence=(*answer.evidence[:3], *evidence_of(watched)[:2]),
            )
    return unknown("No deficit under monitored care is described.", "neurological checks ordered", facts=watched)


def _stay(case: CaseFacts, name: str, *concepts: str) -> Answer:
    """A reason for a stay, by the latest word on it."""
    found = of_kind(case, StayFact, *concepts)
    here, gone = present(found), absent(found)
    if here and latest_word(here, gone) is not False:
        return yes(f"Recorded: {name}.", newest(here))
    if gone:
        return no(f"Ruled out: {name}.", newest(gone))
    return unknown(f"Not mentioned: {name}.", name)


def unstable_comorbidity(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _stay(case, "an unstable illness beside the spine", "comorbidity_unstable")


def complication(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _stay(case, "a complication", "complication")


def medical_stay_reason(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _stay(
        case,
        "a medical reason for the stay (oxygen, intravenous treatment, unstable vital signs)",
        "oxygen",
        "iv_treatment",
        "vital_instability",
    )


def expects_same_day_discharge(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    return _stay(case, "discharge expected within a day", "expects_same_day_discharge")


def cleared_for_discharge(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Clearance in words; a patient on drugs by mouth who only waits for a place needs none."""
    told = _stay(case, "clearance for discharge", "cleared_for_discharge")
    if told.value is not None:
        return told
    waiting = present(of_kind(case, StayFact, "awaiting_placement"))
    oral = present(of_kind(case, StayFact, "oral_plan"))
    if waiting and oral and not present(of_kind(case, StayFact, "iv_opioid")):
        return yes("The patient takes drugs by mouth and waits for a place.", [*newest(waiting), *newest(oral)])
    return told


def pain_uncontrolled_after_oral_plan(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Pain held only by intravenous drugs after an oral plan failed."""
    failed = present(of_kind(case, StayFact, "oral_plan_failed"))
    intravenous = present(of_kind(case, StayFact, "iv_opioid"))
    if failed and intravenous:
        return yes("Intravenous drugs are needed after an oral plan failed.", [*failed[:2], *intravenous[:2]])
    oral = present(of_kind(case, StayFact, "oral_plan"))
    if oral and not intravenous:
        return no("The pain is held by drugs by mouth.", oral)
    return unknown("A failed oral plan is not described.", "the oral plan and its failure", facts=[*intravenous, *oral])


def continued_stay(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """A further day of a stay is asked for, so the state on that day decides."""
    asked: list[Fact] = [*present(of_kind(case, RequestFact, "continued_stay"))]
    waiting = present(of_kind(case, StayFact, "awaiting_placement"))
    if asked or waiting:
        return yes("A further day of the stay is asked for.", [*asked, *waiting])
    return no("No further day of a running stay is asked for.")


def combined_approach(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Front and back in one stay, by the codes of the request and of the chart, or in words."""
    told = [f for f in of_kind(case, RequestFact, "approach") if not f.absent]
    codes = [f for f in of_kind(case, RequestFact, "cpt") if not f.absent]
    ways = case.procedures.approaches([*case.request.cpt, *(f.value for f in codes)])
    words = {f.value for f in told}
    if {"anterior", "posterior"} <= {*ways, *words} or "combined" in words:
        return yes("The operation goes in from the front and from the back.", [*told, *codes])
    if ways or words:
        return no("The operation has one approach.", [*told, *codes])
    return unknown("The approach is not described.", "the approach")


def operated_levels(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Levels of all operations asked for, each counted once."""
    found = tuple(
        dict.fromkeys(
            each.level
            for each in lines_of(case)
            if each.level and case.procedures.family(each.procedure) in _OPERATIONS
        )
    )
    if not found:
        return unknown("No operation at a level is asked for.", "the levels of the operation")
    return number(float(len(found)), f"Operated levels: {', '.join(found)}.", of_kind(case, RequestFact, "level")[:2])


def operated_lumbar_fusion_levels(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    fused = [each for each in lines_of(case) if each.region is Region.LUMBAR and "fusion" in each.procedures]
    found = [each.level for each in fused if each.level]
    if fused and not found:
        return unknown("The levels to be fused are not named.", "the levels of the fusion")
    words = f"Lumbar levels fused: {', '.join(found)}." if found else "No lumbar level is fused."
    return number(float(len(found)), words, of_kind(case, RequestFact, "level")[:2])


def stay_by_state(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether the state of the patient carries a stay, whatever becomes of the operation."""
    states = (
        medical_stay_reason,
        unstable_comorbidity,
        complication,
        pain_uncontrolled_after_oral_plan,
        monitored_deficit,
    )
    for answer in (ask(case, line, params) for ask in states):
        if answer.value is True:
            return answer
    return unknown("No state of the patient that carries a stay is recorded.", "a reason for the stay of its own")


_YES_NO = {
    "stay_by_state": stay_by_state,
    "cord_level_operation": cord_level_operation,
    "monitored_deficit": monitored_deficit,
    "unstable_comorbidity": unstable_comorbidity,
    "complication": complication,
    "combined_approach": combined_approach,
    "pain_uncontrolled_after_oral_plan": pain_uncontrolled_after_oral_plan,
    "medical_stay_reason": medical_stay_reason,
    "expects_same_day_discharge": expects_same_day_discharge,
    "cleared_for_discharge": cleared_for_discharge,
    "continued_stay": continued_stay,
}
QUESTIONS: dict[str, Question] = {
    **{name: Question(name=name, type="yes_no", ask=ask) for name, ask in _YES_NO.items()},
    "requested_setting": Question(name="requested_setting", type="choice", ask=requested_setting, choices=SETTINGS),
    "operated_levels": Question(name="operated_levels", type="number", ask=operated_levels, unit="levels"),
    "operated_lumbar_fusion_levels": Question(
        name="operated_lumbar_fusion_levels", type="number", ask=operated_lumbar_fusion_levels, unit="levels"
    ),
}
