"""The record of a named question: what a policy may ask of the facts, and the form its answer takes.

The registry is `necessity.findings.questions.QUESTIONS`. A policy file names a question, gives its params and compares
its answer; it never sees facts. Every question is asked for one line (procedure, level, side) and answers None where
the chart is silent: silence is never `no`. Answers cite evidence whenever the chart says anything on it, also where
it leaves the question open (the nearest passage), and then `sought` says what was looked for.

Catalogue. `p` marks params, all optional; a param left out takes the default written here.

Indication
  limb_pain yes_no              pain radiates into a limb of the requested side (thoracic: band, flank, groin);
                                no: ruled out in words
  axial_only yes_no             the pain is said to be axial only
  root_deficit yes_no           deficit on examination (strength, sensation, reflex) of a root served by level and side
  root_tension_sign yes_no      positive tension sign of a root served by level and side
  predominant_pain choice       limb | axial | equal
  claudication yes_no           neurogenic claudication; it is a limb symptom for `compression_fits`
Imaging. Those on compression share p max_age_months (number, months; 0 or left out: any age), cord_max_age_months
  (number, months; for a cord or conus level), stenosis_at_least (mild|moderate|severe, default moderate),
  contact_counts (flag, default yes), needs_stenosis (flag, default no: a compressed structure suffices; yes: only
  graded stenosis does).
  compression_shown yes_no      at a requested level; None where too old; conflicting where report and surgeon differ
  compression_elsewhere_only yes_no   shown, but only at another level or on the other side
  compression_fits yes_no       level and side fit side and root of symptoms and signs; None while compression is not
                                shown; no where side or level differ or there is no limb symptom or root sign at all
  compression_too_old yes_no    compression is shown, but only by a study older than the limit
  cord_compression yes_no       cord or conus compressed, or canal stenosis moderate or worse at a cord or conus level
  severe_canal_stenosis yes_no  severe, at cord, conus or cauda level
  canal_stenosis yes_no         p stenosis_at_least (default moderate); at the requested level
  recurrent_disc yes_no         study after the earlier operation shows recurrent or residual disc; no: scar alone
Instability
  stable_and_aligned, slip_with_stenosis, pars_defect_with_slip, wide_facet_removal_planned, deformity,
  repeat_recurrence, pseudarthrosis yes_no · dynamic_motion_mm number mm · dynamic_angle_deg number deg ·
  severe_facet_arthropathy, adjacent_fusion, low_bone_density (p sd: the T-score's
  distance below the young mean that counts), bone_density_risk (a risk factor in words) yes_no
Care (this episode; tried, not advised)
  care_days number days         active treatment; p since (episode|recurrence, default episode); `most` is bounded by
                                the whole episode
  measures_tried number         kinds tried; p of (list of active_therapy, medication, epidural_injection,
                                activity_or_education; default all)
  care_response choice          failed|partial|temporary|no_change|plateau|intolerance|worsening|improving|resolved
  supervised_therapy_days number days
  therapy_records yes_no        attendance or progress notes of the therapist are in the chart
  neuropathic_trial, nsaid_trial yes_no   p detail (flag, default no; yes asks drug, dose, length and response)
  injection_considered, activity_modification yes_no
Function
  function_limited yes_no · disability_index number percent (ODI or NDI) · limb_pain_score number points ·
  functional_assessment yes_no (a scored or described assessment)
History and examination
  prior_discectomy_same_level yes_no · prior_spine_surgery yes_no
  examination_recorded yes_no   p elements (list of strength, reflexes, gait_or_long_tract, sensation, saddle_or_tone;
                                default the first three); yes: all of them; None: some missing; no: never
Waivers
  cauda_equina yes_no (suspected or confirmed; p residual_ml number ml) · cord_signs yes_no (myelopathy or conus signs,
  or the diagnosis) · weakest_concordant_grade number MRC · progressive_deficit yes_no ·
  spine_tumor, spine_infection, spine_fracture yes_no (as the reason for surgery)
  neurologic_trigger, neurologic_trigger_unexamined yes_no   p of (list of new_weakness, bladder_bowel_saddle,
                                bilateral_deficit, severe_canal_stenosis; default all)
Level of care
  requested_setting choice inpatient|outpatient|observation|office
  cord_level_operation, monitored_deficit, unstable_comorbidity, pain_uncontrolled_after_oral_plan, complication,
  combined_approach, medical_stay_reason, expects_same_day_discharge, cleared_for_discharge, continued_stay yes_no ·
  operated_lumbar_fusion_levels, operated_levels number levels (of the whole request)
Injections and fractures (`questions/injections.py`, `questions/fractures.py`)
  earlier_epidural, earlier_ablation yes_no   given before this request, in the region
  relief_days number days       how long relief lasted after the last one; p of (epidural_injection|facet_ablation),
                                relief_at_least (number percent, default 50)
  requested_levels number levels   levels asked for of the procedure of the line
  epidurals_in_year number      sessions in the region within twelve months, the requested one counted
  diagnostic_blocks number      sessions of blocks with enough relief; p relief_at_least (number percent, default 80)
  image_guidance yes_no         by the code, or planned in words
  axial_pain yes_no · episode_days number days · pain_score number points (highest current)
  fracture_shown yes_no         a fracture of the line's vertebra that is not an old one
  fracture_recent yes_no        oedema at the vertebra, or a fracture called acute or subacute
Stimulation and sacroiliac joint (`questions/stimulator.py`, `questions/sacroiliac.py`)
  neuropathic_pain yes_no       neuropathic pain, or pain that goes on after surgery of the spine
  chronic_pain_days number days how long it has lasted, as told, else how long it has been treated
  operable_compression yes_no   something is left to operate on: a clinician's word, else the latest study
  psychological_clearance choice cleared|not_cleared|pending (pending leaves it open)
  stimulator_stage choice       trial|permanent
  stimulator_trial_days number days   days of the trial with enough relief; p relief_at_least (number percent, default 50)
  provocative_tests number      sacroiliac tests positive on the side asked for
  sacroiliac_blocks number      sessions with enough relief; p relief_at_least (number percent, default 75)
  other_source yes_no           hip or lumbar spine as another source of the pain; no: both told to be none
Patient and line
  tobacco choice current|former|never · tobacco_advice yes_no · age number years
  line_level_cord yes_no        the level lies at cord or conus
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from necessity.charts.chart import Chart
from necessity.charts.request import Request
from necessity.facts.fact import Fact
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

QuestionType = Literal["yes_no", "number", "choice"]
ParamType = Literal["number", "flag", "choice", "list"]


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """Everything a question may look at: the facts of the chart, the chart itself, the request, the date
    of judgement, and the tables of anatomy and procedures (pure questions open no files)."""

    facts: tuple[Fact, ...]
    chart: Chart
    request: Request
    as_of: date
    anatomy: Anatomy
    procedures: Procedures

    @cached_property
    def found(self) -> dict[tuple[type[Fact], tuple[str, ...]], tuple[Fact, ...]]:
        """The facts of one type and of certain concepts, kept once they were looked for: a long chart is asked often."""
        return {}

    @cached_property
    def answers(self) -> dict[Line, dict[tuple[Ask, tuple[tuple[str, object], ...]], Answer]]:
        """What was answered for each line: the same question of the same facts has the same answer, whichever policy asks."""
        return {}

    @cached_property
    def days(self) -> dict[object, date]:
        """Days that every question on age counts to or from, reckoned once."""
        return {}


Ask = Callable[[CaseFacts, Line, Mapping[str, object]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A parameter of a question. `choices` are the values of a choice, or those a list may hold.

    Values arrive as float (number), bool (flag), str (choice) or tuple[str, ...] (list).
    """

    name: str
    type: ParamType
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question by name.

    `unit` is that of a number: days, percent, points, mm, deg, MRC, levels, years, ml, or None for a bare count.
    """

    name: str
    type: QuestionType
    ask: Ask
    unit: str | None = None
    choices: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
