"""The facts: what the chart says of this patient, typed, each with its evidence.

A fact is never made without evidence. `assertion` says how the chart puts it; only PRESENT and ABSENT are findings.
Statements about relatives, risks explained in a consent talk and blank template lines never become facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from necessity.charts.span import Evidence
from necessity.values.dates import Length, PartialDate


class Assertion(StrEnum):
    """How the chart puts a statement."""

    PRESENT = "present"  # found, done, tried, true
    ABSENT = "absent"  # ruled out in words
    POSSIBLE = "possible"  # "possible", "questionable", "rule out"
    PLANNED = "planned"  # "will", "schedule", the operation asked for
    ADVISED = "advised"  # advised, ordered, prescribed for the future, referred
    DECLINED = "declined"  # offered and refused, or contraindicated
    UNEXAMINED = "unexamined"  # "not examined", "deferred", "could not be tested"


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    CENTRAL = "central"  # midline, for imaging and operations

    def covers(self, other: Side | None) -> bool:
        """Whether something on this side is also on the other: bilateral and central cover both."""
        return (
            other is None
            or self == other
            or self in (Side.BILATERAL, Side.CENTRAL)
            or other in (Side.BILATERAL, Side.CENTRAL)
        )


class Region(StrEnum):
    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"


class Source(StrEnum):
    """Who says it, and how near to the thing itself."""

    RECORD = "record"  # therapy record, procedure note, radiologist's report, form of a device
    CLINICIAN = "clinician"  # a clinician's own finding or dated statement
    PATIENT = "patient"  # the patient's account
    REQUEST = "request"  # the request form


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement of the chart.

    `concept` is an id of the vocabulary. `when` is the time that the fact is about (not the date of the document,
    which is `written`). `historical` marks what belongs to an earlier, closed episode or to the past only.
    `region` is the part of the spine that it concerns, where that is clear. `doubtful` where a word that decides it was
    recognised in a scan without certainty: such a fact is shown and decides nothing.
    """

    concept: str
    assertion: Assertion
    evidence: tuple[Evidence, ...]
    written: date | None = None
    when: PartialDate | None = None
    historical: bool = False
    region: Region | None = None
    source: Source = Source.CLINICIAN
    doubtful: bool = False

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a fact ({self.concept}) needs evidence")

    @property
    def present(self) -> bool:
        return self.assertion is Assertion.PRESENT and not self.historical

    @property
    def absent(self) -> bool:
        return self.assertion is Assertion.ABSENT and not self.historical


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFact(Fact):
    """`age` (years), `sex` (female, male), `bmi` (kg/m2), `tobacco` (current, former, never), `tobacco_advice`
    (cessation advised), `bone_density` (a T-score, or "normal"), `comorbidity`…: `value` holds it."""

    value: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom(Fact):
    """What the patient feels.

    concept: `radicular_pain` (limb, or band-like for thoracic roots), `axial_pain`, `claudication`, `numbness`,
    `weakness`, `bladder`, `bowel`, `saddle`, `gait`, `hand_clumsiness`, `sexual`.
    `sites` are body sites as vocabulary ids (`buttock`, `calf`, `great_toe`, `groin`, `arm` …), `roots` the roots named
    by the chart itself ("L5 distribution").
    """

    side: Side | None = None
    sites: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomQuality(Fact):
    """A statement on the symptoms as a whole.

    concept and `value`: `predominant` (limb, axial, equal) · `course` (improving, stable, worsening) ·
    `pain_score` (0-10; `site` limb or axial where said; `current` false for "was", "worst ever", least) ·
    `episode` (length of the current episode; `length`, `onset`) · `event` (likewise, since the fall or lift that began it).
    """

    value: str | float | None = None
    site: str | None = None
    current: bool = True
    length: Length | None = None
    onset: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFinding(Fact):
    """One item of the examination. PRESENT is abnormal, ABSENT is normal, UNEXAMINED was not done.

    concept: `strength`, `sensation`, `reflex`, `straight_leg_raise`, `crossed_straight_leg_raise`, `femoral_stretch`,
    `slump`, `spurling`, `hoffmann`, `babinski`, `clonus`, `gait`, `heel_walk`, `toe_walk`, `tandem`, `romberg`, `tone`,
    `spasticity`, `pathologic_reflex`, `rectal_tone`, `saddle_sensation`, `post_void_residual` (`grade` in ml), `lhermitte`, `neurologic` (a summary such as "neurologically intact"),
    `examination` (the whole examination, deferred or done by video), `cauda_equina` and `myelopathy` (the diagnosis).
    `grade` is the MRC grade 0-5 for strength (4- = 3.67, 4+ = 4.33), the reflex grade 0-4.
    `muscle` is a vocabulary id (`tibialis_anterior`), `roots` the roots it is served by or the dermatome said.
    `value` is the kind of a gait (spastic, steppage, antalgic, wide-based) or how a reflex is changed (reduced, absent, brisk, asymmetric).
    Of strength, `stated` marks weakness named outside an examination ("EHL weakness" in an assessment).
    `progression` is a statement on the course of a deficit: PRESENT worsening, ABSENT said to be unchanged or improving.
    `other_cause` where the chart puts it down to something else than the spine (a stroke, polio, the carpal tunnel): it is a finding and no root sign.
    `progressive` where the statement itself says new and worsening, or a dated examination was better; `earlier` where the value is quoted from an earlier
    examination (then `when` holds that date).
    """

    side: Side | None = None
    muscle: str | None = None
    roots: tuple[str, ...] = ()
    grade: float | None = None
    progressive: bool = False
    earlier: bool = False
    value: str | None = None
    other_cause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagingStudy(Fact):
    """A study of the spine that is reported. concept: mri, ct, ct_myelogram, radiograph, flexion_extension, emg,
    bone_scan, discogram. `when` is the date of the study. PLANNED or ADVISED where it is only ordered."""

    contrast: bool | None = None
    unreadable: bool = False  # "nondiagnostic", "motion degraded", "report not available"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagingFinding(Fact):
    """What a study shows at a level, or at all levels where `levels` is empty.

    concept and `grade`:
    `disc` (none, bulge, protrusion, extrusion, sequestration, unspecified) ·
    `stenosis` (none, mild, mild_to_moderate, moderate, moderate_to_severe, severe; None where present without a grade)
    with `zone` canal, lateral_recess or foramen · `compression` (contact, displacement, compression) of `structure` (root, cauda, cord,
    thecal_sac; `roots` where named) · `slip` (Meyerding 0-5; None where ungraded; `millimetres`) ·
    `instability` (`millimetres`, `degrees`) · `pars_defect` · `recurrent_disc` · `scar` · `cord_signal` ·
    `fracture` · `oedema` · `tumor` · `infection` · `facet_arthropathy` (grade) · `fused` · `hardware` · `pseudarthrosis` · `deformity` · `osteoporosis` ·
    `normal` (a study or level read as normal).
    ABSENT is a finding ruled out in words ("no canal stenosis", "foramina patent").
    `zone`: central, paracentral, lateral_recess, foramen, far_lateral, canal. `source` RECORD is the radiologist's report,
    CLINICIAN the treating clinician's reading.
    `modality` and `when` name the study.
    """

    modality: str | None = None
    levels: tuple[str, ...] = ()
    side: Side | None = None
    zone: str | None = None
    grade: str | float | None = None
    structure: str | None = None
    roots: tuple[str, ...] = ()
    millimetres: float | None = None
    degrees: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Fact):
    """Non-operative treatment of the spine problem. PRESENT is tried; ABSENT "no injections".

    concept: `physical_therapy` (supervised), `home_exercise` (given by a clinician), `exercise` (of their own), `chiropractic`, `activity_modification`, `education`, `brace`,
    `medication`, `epidural_injection`, `facet_injection`, `medial_branch_block`, `si_injection`, `facet_ablation`,
    `trigger_point`, `injection` (kind not said), `acupuncture`, `massage`, `tens`, `traction`, `behavioural`,
    `spinal_cord_stimulator_trial`, `conservative_care` (the whole, unnamed).
    `response`: failed, partial, temporary, none, improved, resolved, intolerance, worse. `relief_percent` 0-100.
    `started`/`ended` are as stated; `ongoing` for "to present"; `as_needed` for a drug taken now and then. `length` where stated or from the dates.
    `since_onset`: taken without interruption "since it started". `documentation`: record, dated, vague.
    `other_region` names the body part where it was for something else (`shoulder`): such treatment does not count.
    """

    drug: str | None = None
    drug_class: str | None = None
    dose: str | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    ongoing: bool = False
    as_needed: bool = False
    since_onset: bool = False
    length: Length | None = None
    visits: int | None = None
    count: int | None = None
    levels: tuple[str, ...] = ()
    side: Side | None = None
    response: str | None = None
    relief_percent: float | None = None
    relief: Length | None = None
    documentation: str = "vague"
    other_region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareStatement(Fact):
    """A statement on non-operative care as a whole. concept: `care_response` (`value` failed, improving, resolved),
    `care_length` (`length`), `care_none` (nothing, or nothing but what `value` names, was tried),
    `care_only` (`value` is called the only thing tried), `care_closed` (the patient was well again; `when` the trouble came back)."""

    value: str | None = None
    length: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Fact):
    """An earlier operation on the spine (`historical` False even though it lies in the past), or ABSENT: none.

    concept: an id of the procedures, or `spine_surgery` where the kind is not said. `when` its date.
    """

    levels: tuple[str, ...] = ()
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Fact):
    """Daily activities, work, walking or sleep: concept `limitation` (PRESENT limited, ABSENT said to be unlimited), or a score:
    `odi`, `ndi` (percent), `mjoa`, `rmdq` with `value`."""

    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag(Fact):
    """concept: `tumor`, `infection`, `fracture` (of the spine; `value` osteoporotic, traumatic, pathologic, old where said)."""

    levels: tuple[str, ...] = ()
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFact(Fact):
    """What a document asks for or says was performed in this encounter.

    concept: `procedure`, `level`, `side`, `setting`, `revision`, `cpt`, `icd10`, `service_rendered` (the operation has been done), `setting_reason`
    (a reason given for the level of care), `image_guidance` (a needle guided by x-ray, CT or ultrasound is planned, or
    denied); `value` holds it. `levels` are those named right beside a `procedure` ("C7-T1 laminectomy").
    """

    value: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFact(Fact):
    """The hospital stay: concept `iv_opioid`, `oxygen`, `iv_treatment`, `vital_instability`, `oral_plan`, `cleared_for_discharge`,
    `awaiting_placement`, `expects_same_day_discharge`, `comorbidity_unstable`, `monitored_care`, `complication`, `oral_plan_failed`."""

    value: str | None = None
