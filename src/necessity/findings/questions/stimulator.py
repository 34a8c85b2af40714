"""Questions on spinal cord stimulation: what it is for, whether surgery is left, the mind's evaluation and the trial."""

from __future__ import annotations

from collections.abc import Mapping

from necessity.facts.fact import Fact, ImagingFinding, Operation, PatientFact, RequestFact, Symptom, Treatment
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts, Param, Question
from necessity.findings.questions.injections import episode_days
from necessity.findings.questions.relevance import absent, dated, judged_on, latest_word, newest, of_kind, present
from necessity.findings.questions.reply import choice, conflict, interval, no, number, unknown, yes

CLEARANCES = ("cleared", "not_cleared", "pending")
STAGES = ("trial", "permanent")
_TRIALS = ("stimulator_trial", "spinal_cord_stimulator_trial")
_COMPRESSIVE = ("moderate", "moderate_to_severe", "severe")


def neuropathic_pain(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Pain of the nerves themselves, or limb or axial pain that stayed after an operation on the spine."""
    named = of_kind(case, Symptom, "neuropathic_pain")
    here, denied = present(named), absent(named)
    if here and latest_word(here, denied) is not False:
        return yes("Pain of the nerves themselves, or pain that stayed after surgery, is named.", newest(here))
    operated = [op for op in of_kind(case, Operation) if op.present]
    hurting = present(of_kind(case, Symptom, "radicular_pain", "axial_pain"))
    if operated and hurting:
        return yes("Pain goes on after an operation on the spine.", [*operated[:2], *newest(hurting)[:2]])
    unoperated = [op for op in of_kind(case, Operation) if op.absent]
    if denied and (unoperated or not operated):
        return no("Pain of the nerves themselves is ruled out.", [*denied, *unoperated])
    return unknown(
        "Neither neuropathic pain nor failed surgery is described.",
        "neuropathic pain, or pain after surgery",
        facts=operated,
    )


def chronic_pain_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """How long the pain has lasted: as told of the symptoms, else of the neuropathic pain, else of its treatment."""
    told = episode_days(case, line, params)
    if told.known:
        return told
    until = judged_on(case)
    onsets = [(fact.when, fact) for fact in present(of_kind(case, Symptom, "neuropathic_pain")) if fact.when]
    if onsets:
        onset, fact = min(onsets, key=lambda pair: pair[0].latest)
        days = float((until - onset.latest).days)
        return interval(
            days, float((until - onset.earliest).days), f"The pain has lasted {days:g} days or more.", [fact]
        )
    treated = [
        (start, fact)
        for fact in of_kind(case, Treatment)
        if fact.present and fact.other_region is None and (start := fact.started or fact.when) is not None
    ]
    if not treated:
        return told
    start, first = min(treated, key=lambda pair: pair[0].latest)
    days = float((until - start.latest).days)
    return interval(max(days, 0.0), None, f"The pain has been treated for {days:g} days or more.", [first])


def operable_compression(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Whether something is left to operate on: a clinician's word first, then what the studies show."""
    words = of_kind(case, PatientFact, "surgery_left")
    left, none_left = present(words), absent(words)
    if left and none_left and latest_word(left, none_left) is None:
        return conflict("Opinions differ on whether surgery is left.", [*left, *none_left])
    if none_left and latest_word(left, none_left) is not True:
        return no("A clinician sees nothing to operate on.", [*newest(none_left), *_ruled_out(case)[:1]])
    shown = _latest_study(_shown(case), _ruled_out(case))
    if left:
        return yes("A clinician sees something to operate on.", newest(left))
    if shown is True:
        return yes("The latest study shows compression or stenosis that is moderate or worse.", newest(_shown(case)))
    if shown is False:
        return no("The latest study shows no compression.", newest(_ruled_out(case)))
    return unknown("Whether surgery is left is not told.", "a recent study, or a surgeon's opinion")


def _shown(case: CaseFacts) -> tuple[ImagingFinding, ...]:
    found = of_kind(case, ImagingFinding, "compression", "stenosis", "recurrent_disc")
    return tuple(
        fact
        for fact in present(found)
        if fact.concept != "stenosis"
        and fact.grade not in ("contact", "none")
        or fact.concept == "stenosis"
        and fact.grade in _COMPRESSIVE
    )


def _ruled_out(case: CaseFacts) -> tuple[ImagingFinding, ...]:
    found = of_kind(case, ImagingFinding, "compression", "stenosis", "normal", "recurrent_disc")
    return tuple(
        fact
        for fact in found
        if (fact.concept == "normal" and fact.present) or (fact.concept != "normal" and fact.absent)
    )


def _latest_study(shown: tuple[ImagingFinding, ...], ruled_out: tuple[ImagingFinding, ...]) -> bool | None:
    """True compression, False none, None not told: by the most recent study that says anything."""
    if not shown or not ruled_out:
        return True if shown else (False if ruled_out else None)
    days = [[day for fact in facts if (day := dated(fact))] for facts in (shown, ruled_out)]
    if not days[0] or not days[1]:
        return True
    return max(days[0]) >= max(days[1])


def psychological_clearance(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """The latest word; of two on one day the evaluation's own refusal or clearance outweighs what is still to come."""
    told = [fact for fact in of_kind(case, PatientFact, "psychological_clearance") if fact.present]
    settled = [fact for fact in told if fact.value != "pending"]
    if not told:
        return unknown(
            "A psychological evaluation is not documented.", "the psychological evaluation with its conclusion"
        )
    last = newest(settled or told)
    values = tuple(dict.fromkeys(str(fact.value) for fact in last))
    if len(values) > 1:
        return conflict("The evaluation is reported both ways.", last)
    words = {
        "cleared": "The psychological evaluation clears the patient.",
        "not_cleared": "The psychological evaluation does not clear the patient.",
    }
    if values[0] == "pending":
        return unknown(
            "The psychological evaluation is still to come.",
            "the psychological evaluation with its conclusion",
            facts=last,
        )
    return choice(values[0], words[values[0]], last)


def stimulator_stage(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """trial or permanent: by the codes, else by the plan; a trial that is done leaves the permanent system."""
    codes = [code for number_ in (*case.request.cpt, *line.cpt) if (code := case.procedures.code(number_))]
    stages = [code.stage for code in codes if code.stage]
    told = [fact for fact in of_kind(case, RequestFact, "stimulator_stage") if not fact.absent]
    permanent = [fact for fact in newest(told) if fact.value == "permanent"]
    done = _trials_done(case)
    if "permanent" in stages or (permanent and (done or not stages)):
        return choice("permanent", "The permanent system is asked for.", permanent)
    if stages or any(fact.value == "trial" for fact in told):
        return choice("trial", "The trial is asked for.", told[:2])
    if done:
        return choice("permanent", "The trial has been done.", done)
    return unknown("Whether a trial or the permanent system is asked for is not told.", "trial or permanent system")


def _trials_done(case: CaseFacts) -> tuple[Treatment, ...]:
    return tuple(fact for fact in of_kind(case, Treatment, *_TRIALS) if fact.present)


def stimulator_trial_days(case: CaseFacts, line: Line, params: Mapping[str, object]) -> Answer:
    """Days of a trial with enough relief; too little relief is none."""
    value = params.get("relief_at_least")
    wanted = float(value) if isinstance(value, (int, float)) else 50.0
    done = newest(_trials_done(case))
    sought = f"the trial with its days and relief of {wanted:g} % or more"
    told = [fact.relief_percent for fact in done if fact.relief_percent is not None]
    if not told:
        return unknown(
            "The relief of the trial is not told in numbers." if done else "No trial is recorded.", sought, facts=done
        )
    percent = max(told)
    if percent < wanted:
        return number(0.0, f"The trial gave {percent:g} % relief, below {wanted:g} %.", done)
    lengths = [length for fact in done if (length := fact.length or fact.relief)]
    if not lengths:
        return unknown(f"The trial gave {percent:g} % relief; its days are not told.", sought, facts=done)
    longest = max(lengths, key=lambda length: length.least)
    return interval(
        longest.least, longest.most, f"Relief of {percent:g} % in a trial of {longest.days:g} days.", _telling(done)
    )


def _telling(facts: tuple[Treatment, ...]) -> list[Fact]:
    return [fact for fact in facts if fact.relief_percent is not None or fact.length is not None]


QUESTIONS: dict[str, Question] = {
    q.name: q
    for q in (
        Question(name="neuropathic_pain", type="yes_no", ask=neuropathic_pain),
        Question(name="chronic_pain_days", type="number", unit="days", ask=chronic_pain_days),
        Question(name="operable_compression", type="yes_no", ask=operable_compression),
        Question(name="psychological_clearance", type="choice", ask=psychological_clearance, choices=CLEARANCES),
        Question(name="stimulator_stage", type="choice", ask=stimulator_stage, choices=STAGES),
        Question(
            name="stimulator_trial_days",
            type="number",
            unit="days",
            ask=stimulator_trial_days,
            params=(Param(name="relief_at_least", type="number", unit="percent"),),
        ),
    )
}
