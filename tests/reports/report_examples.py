"""Hand-made determinations over the sample charts: one adverse, one urgent approval, one split, one approval."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from necessity.charts.chart import Chart, chart_of
from necessity.charts.document import Document, Kind
from necessity.charts.request import Request
from necessity.charts.span import Evidence
from necessity.determinations.determination import (
    Alternative,
    Conflict,
    Deficiency,
    Determination,
    LevelOfCare,
    LineDetermination,
    PolicyRef,
    Reference,
    Statement,
    TimelineBar,
)
from necessity.facts.fact import Region, Side
from necessity.findings.finding import Finding, WaiverFinding
from necessity.findings.line import Line
from necessity.values.problem import Problem
from necessity.values.status import Outcome, Status

CASES = Path(__file__).parent.parent / "data" / "cases"
KINDS = {"mri": Kind.RADIOLOGY_REPORT, "pt-": Kind.THERAPY_NOTE, "ur-": Kind.AUTHORIZATION_FORM}


class Sample:
    """A case file's chart, and its passages by document name and words."""

    def __init__(self, case: str, *problems: Problem) -> None:
        self.data: dict[str, Any] = yaml.safe_load((CASES / f"{case}.yaml").read_text(encoding="utf-8"))
        self.chart: Chart = chart_of((self._document(one) for one in self.data["documents"]), problems)

    def _document(self, given: dict[str, Any]) -> Document:
        name = given["name"]
        kind = next((kind for start, kind in KINDS.items() if name.lower().startswith(start)), Kind.CLINIC_NOTE)
        return Document(id="", name=name, text=given["text"], kind=kind, written=given.get("date"))

    def says(self, name: str, *quotes: str) -> tuple[Evidence, ...]:
        document = next(one for one in self.chart.documents if one.name == name)
        starts = [(document.text.index(quote), quote) for quote in quotes]
        return tuple(document.evidence(start, start + len(quote)) for start, quote in starts)


def policy(id_: str, title: str) -> PolicyRef:
    return PolicyRef(
        id=id_,
        pack="house",
        version="2026-01",
        effective=date(2026, 1, 1),
        sha256="ab" * 32,
        title=title,
        owner="House criteria",
        last_checked=date(2026, 1, 5),
    )


def finding(
    criterion: str, category: str, title: str, status: Status, reason: str, *passages: Evidence, **more: Any
) -> Finding:
    return Finding(
        criterion=criterion, category=category, title=title, status=status, reason=reason, evidence=passages, **more
    )


def said(kind: str, text: str, follows_from: str, *passages: Evidence, cites: tuple[str, ...] = ()) -> Statement:
    return Statement(kind=kind, text=text, follows_from=follows_from, cites=cites, evidence=passages)


def _line(id_: str, procedure: str, level: str, side: Side | None, **more: Any) -> Line:
    given = {"procedures": (procedure,), "requested_levels": (level,), "region": Region.LUMBAR} | more
    return Line(id=id_, procedure=procedure, level=level, side=side, **given)


PEUL = Reference(
    id="peul-2007",
    citation="Peul WC, van Houwelingen HC, van den Hout WB, et al. Surgery versus prolonged conservative treatment for "
    "sciatica. N Engl J Med. 2007;356(22):2245-2256.",
    finding="Median time to perceived recovery about 4 weeks with early surgery and 12 weeks without; 95% of each arm "
    "reported recovery at 1 year.",
)
CHOU = Reference(
    id="chou-2007",
    citation="Chou R, Qaseem A, Snow V, et al. Diagnosis and treatment of low back pain. "
    "Ann Intern Med. 2007;147(7):478-491.",
    finding="Reserve MRI (preferred) or CT for candidates for surgery or epidural injection; at once for severe or "
    "progressive deficit.",
)
UNCITED = Reference(id="uncited-2001", citation="A source that no sentence cites. 2001.")

COMMON = {
    "radicular-pain": ("indication", "Radicular pain or an objective deficit of a root served"),
    "limb-dominant": ("indication", "Limb or band pain at least equals back pain"),
    "neural-compression": ("imaging", "Neural compression on imaging not older than 6 months"),
    "concordance": ("concordance", "Level and side of the compression fit the symptoms"),
    "conservative-duration": ("conservative_duration", "Six weeks of active non-operative treatment"),
    "conservative-measures": ("conservative_measures", "Two or more non-operative measures"),
    "conservative-response": ("conservative_response", "Treatment did not give lasting relief"),
    "functional-limitation": ("function", "Daily activities, work, walking or sleep limited"),
    "neurologic-examination": ("neurologic", "Strength, reflexes, and gait or long-tract signs recorded"),
}


def common(criterion: str, status: Status, reason: str, *passages: Evidence, **more: Any) -> Finding:
    category, title = COMMON[criterion]
    return finding(criterion, category, title, status, reason, *passages, **more)


@cache
def adverse() -> Determination:
    """T12-L1 after ten days of pain: the answer of the first reference determination, as records."""
    sample = Sample(
        "seed-t12l1-days", Problem("fax-0041.tif", "the page could not be read as text", "send it as text or PDF")
    )
    findings = _adverse_findings(sample)
    waivers = _adverse_waivers(sample)
    deficiencies = _adverse_deficiencies()
    worst = LineDetermination(
        line=_line(
            "l1",
            "laminectomy",
            "T12-L1",
            Side.LEFT,
            region=Region.THORACIC,
            cpt=("63046",),
            diagnosis="stenosis",
            procedures=("laminectomy", "facetectomy", "foraminotomy", "discectomy"),
        ),
        policy=policy("thoracolumbar-decompression", "Thoracolumbar decompression"),
        outcome=Outcome.NOT_MEDICALLY_NECESSARY,
        basis="criteria_not_met",
        findings=findings,
        waivers=waivers,
        fixes=(("conservative-duration", "conservative-measures"),),
        earliest_date=date(2026, 3, 4),
        deficiencies=deficiencies,
    )
    return Determination(
        case="seed-t12l1-days",
        as_of=date(2026, 1, 23),
        as_of_source="given",
        chart=sample.chart,
        request=_adverse_request(),
        record="open",
        outcome=worst.outcome,
        basis=worst.basis,
        split=False,
        urgent=False,
        urgent_reasons=(),
        lines=(worst,),
        worst_line=worst,
        level_of_care=_adverse_care(sample),
        deficiencies=deficiencies,
        conflicts=_adverse_conflicts(sample),
        alternatives=_adverse_alternatives(),
        statements=_adverse_statements(sample),
        references=(UNCITED, CHOU, PEUL),
        answer=_adverse_answer(sample),
        timeline=_adverse_timeline(sample),
    )


def _adverse_request() -> Request:
    return Request(
        procedures=("laminectomy", "facetectomy", "foraminotomy", "discectomy"),
        cpt=("63046",),
        levels=("T12-L1",),
        side="left",
        setting="inpatient",
        revision=False,
        sources={
            "procedures": "given",
            "cpt": "given",
            "levels": "given",
            "side": "given",
            "setting": "given",
            "revision": "chart",
        },
    )


def _adverse_findings(sample: Sample) -> tuple[Finding, ...]:
    admission, mri, consult = "admission-hp.txt", "mri-thoracolumbar.txt", "spine-consult.txt"
    return (
        common(
            "radicular-pain",
            Status.MET,
            "Band-like pain on the left, in the territory of the requested level.",
            *sample.says(admission, "wrapping around the left flank to the left groin"),
        ),
        common(
            "limb-dominant",
            Status.MET,
            "Flank and groin pain is said to outweigh the back pain.",
            *sample.says(admission, "flank/groin much worse than the back itself"),
        ),
        common(
            "neural-compression",
            Status.MET,
            "Severe canal stenosis and severe left foraminal stenosis at T12-L1 on an MRI one day old.",
            *sample.says(
                mri,
                "SEVERE canal stenosis, AP diameter 6 mm, CSF effaced",
                "T12-L1 severe central canal and severe left foraminal stenosis",
            ),
            cites=("chou-2007.2",),
        ),
        common(
            "concordance",
            Status.MET,
            "The stenosis is on the left at T12-L1; the pain is on the left.",
            *sample.says(mri, "SEVERE left neural foraminal stenosis"),
        ),
        common(
            "conservative-duration",
            Status.NOT_MET,
            "The whole episode began about ten days before 2026-01-23; 42 days of treatment are asked.",
            *sample.says(admission, "Began about ten days ago after a coughing fit"),
            could_be_met_on=date(2026, 3, 4),
            cites=("peul-2007.2",),
        ),
        common(
            "conservative-measures",
            Status.UNDOCUMENTED,
            "One measure is documented (medication); two are asked.",
            *sample.says(admission, "ketorolac 15 mg IV q6h PRN"),
            sought=(
                "supervised physical therapy or provider-directed home exercise, in all documents",
                "epidural injection, in all documents",
                "activity modification or education, in all documents",
            ),
        ),
        common(
            "conservative-response",
            Status.MET,
            "Pain persists under the medication given.",
            *sample.says(consult, "Pain persists despite ketorolac and hydromorphone"),
        ),
        common(
            "functional-limitation",
            Status.MET,
            "Sleep and walking are limited.",
            *sample.says(admission, "Cannot find a position to sleep in, walks to the bathroom and back only"),
        ),
        common(
            "neurologic-examination",
            Status.MET,
            "Strength, reflexes, gait and long-tract signs are recorded.",
            *sample.says(
                consult,
                "Motor 5/5 iliopsoas, quads, hamstrings, TA, EHL, GS bilaterally",
                "No clonus. Gait steady, tandem ok, Romberg neg.",
            ),
        ),
    )


CARE = ("conservative-duration", "conservative-measures", "conservative-response")


def _adverse_waivers(sample: Sample) -> tuple[WaiverFinding, ...]:
    consult = "spine-consult.txt"
    return (
        WaiverFinding(
            id="cauda-equina",
            title="Cauda equina syndrome",
            status=Status.NOT_MET,
            waives=CARE,
            urgent=True,
            reason="Bladder, bowel and saddle complaints are denied and perianal sensation is intact.",
            evidence=sample.says(consult, "Denies leg weakness, saddle numbness, urinary hesitancy"),
        ),
        WaiverFinding(
            id="progressive-deficit",
            title="Progressive neurological deficit",
            status=Status.NOT_MET,
            waives=CARE,
            urgent=True,
            reason="Strength is full in every group examined.",
            evidence=sample.says(consult, "Motor 5/5 iliopsoas"),
        ),
        WaiverFinding(
            id="tumor",
            title="Tumor",
            status=Status.NOT_MET,
            waives=CARE,
            reason="Not mentioned in the chart, so not claimed.",
        ),
    )


def _adverse_deficiencies() -> tuple[Deficiency, ...]:
    return (
        Deficiency(
            criterion="conservative-duration",
            category="conservative_duration",
            status=Status.NOT_MET,
            line="l1",
            reason="The episode is ten days old; six weeks of treatment are asked.",
            ask="Therapy records with dates of the first and last visit, attendance and progress notes, "
            "covering six weeks or more.",
        ),
        Deficiency(
            criterion="conservative-measures",
            category="conservative_measures",
            status=Status.UNDOCUMENTED,
            line="l1",
            reason="One measure is documented; two are asked.",
            ask="Records of a second measure: therapy, injection, or activity modification, with dates.",
        ),
    )


def _adverse_care(sample: Sample) -> LevelOfCare:
    reason = finding(
        "inpatient-reason",
        "level_of_care",
        "A reason for inpatient care",
        Status.MET,
        "Oxygen and intravenous steroids are given for an acute illness.",
        *sample.says("admission-hp.txt", "SpO2 87% RA in triage, 94% on 2L NC"),
        *sample.says("ur-request.txt", "desats to 86% off oxygen walking to bathroom"),
    )
    return LevelOfCare(
        requested="inpatient",
        outcome=Outcome.MEDICALLY_NECESSARY,
        supported="inpatient",
        findings=(reason,),
        reason="The stay is supported; it says nothing on the operation.",
    )


def _adverse_conflicts(sample: Sample) -> tuple[Conflict, ...]:
    return (
        Conflict(
            about="code",
            reason="The code sent is for stenosis; a discectomy is named as well.",
            statements=(
                *sample.says("ur-request.txt", "CPT 63046 (T12-L1 left)"),
                *sample.says("spine-consult.txt", "hemilaminotomy, facetectomy, foraminotomy and discectomy"),
            ),
        ),
    )


def _adverse_alternatives() -> tuple[Alternative, ...]:
    return (
        Alternative(
            request="Supervised physical therapy, six weeks",
            outcome=Outcome.MEDICALLY_NECESSARY,
            why="Normal neurological examination and ten days of pain.",
        ),
    )


def _adverse_answer(sample: Sample) -> tuple[Statement, ...]:
    return (
        said(
            "answer",
            "The requested left T12-L1 decompression is not medically necessary at this time.",
            "conservative-duration",
        ),
        said(
            "answer",
            "The episode is about ten days old and six weeks of active treatment are asked.",
            "conservative-duration",
            *sample.says("admission-hp.txt", "Began about ten days ago after a coughing fit"),
            cites=("peul-2007.2",),
        ),
    )


def _adverse_statements(sample: Sample) -> tuple[Statement, ...]:
    return (
        said(
            "exception_considered",
            "Pain called intractable waives nothing by itself.",
            "policy",
            *sample.says("spine-consult.txt", "intractable"),
        ),
        said(
            "pitfall",
            "A severe picture on MRI does not replace treatment that was not tried.",
            "neural-compression",
            cites=("chou-2007.2",),
        ),
        said(
            "pitfall",
            "An earlier operation at other levels does not excuse from treatment.",
            "history",
            *sample.says("admission-hp.txt", "L4-S1 decompression 2017 (other hospital, no records)"),
        ),
        said(
            "special population",
            "Chronic lung disease and recent intravenous steroids raise the risk of infection.",
            "comorbidity",
        ),
        said(
            "expected_outcome",
            "Early surgery brings faster relief; at one year the arms are alike.",
            "discectomy",
            cites=("peul-2007.2",),
        ),
        said("risk", "Complications of surgery were 1.6% in the trial cited.", "discectomy", cites=("peul-2007.3",)),
        said("disagreement", "Sources differ on whether an epidural injection must precede surgery.", "evidence"),
        said("a new kind", "A sentence of a kind that has no section of its own.", "policy"),
    )


def _adverse_timeline(sample: Sample) -> tuple[TimelineBar, ...]:
    admission = "admission-hp.txt"
    return (
        TimelineBar(
            label="Episode",
            start=date(2026, 1, 11),
            end=None,
            note="about ten days",
            counted=False,
            evidence=sample.says(admission, "Began about ten days ago after a coughing fit"),
        ),
        TimelineBar(
            label="Ketorolac",
            start=date(2026, 1, 21),
            end=None,
            note="pain persists",
            evidence=sample.says(admission, "ketorolac 15 mg IV q6h PRN"),
        ),
        TimelineBar(label="MRI", start=date(2026, 1, 22), end=date(2026, 1, 22)),
    )


@cache
def urgent() -> Determination:
    """L3-4 extrusion with knee extension 3/5: approved, urgent, conservative criteria waived."""
    sample = Sample("dev-001")
    consult = "neurosurgery-consult.txt"
    strength = sample.says(consult, "knee extension 3/5 vs 5/5")
    waived = {"waived_by": ("severe-motor-deficit",)}
    findings = (
        common(
            "radicular-pain",
            Status.MET,
            "Pain runs down the front of the right thigh.",
            *sample.says(consult, "severe pain in the front of the right thigh to the inner side of the knee"),
        ),
        common("conservative-duration", Status.WAIVED, "Not asked: strength 3/5.", *strength, **waived),
        common("conservative-measures", Status.WAIVED, "Not asked: strength 3/5.", *strength, **waived),
    )
    waiver = WaiverFinding(
        id="severe-motor-deficit",
        title="Severe motor deficit",
        status=Status.MET,
        urgent=True,
        reason="Knee extension is 3/5, in a root of the requested level.",
        evidence=strength,
        waives=CARE,
    )
    worst = LineDetermination(
        line=_line("l1", "discectomy", "L3-4", Side.RIGHT, cpt=("63030",)),
        policy=policy("lumbar-discectomy", "Lumbar discectomy"),
        outcome=Outcome.MEDICALLY_NECESSARY,
        basis="criteria_met",
        findings=findings,
        waivers=(waiver,),
    )
    return Determination(
        case="dev-001",
        as_of=date(2026, 1, 19),
        as_of_source="chart",
        chart=sample.chart,
        request=Request(
            procedures=("discectomy",),
            cpt=("63030",),
            levels=("L3-4",),
            side="right",
            sources={"procedures": "chart", "levels": "chart"},
        ),
        record="open",
        outcome=worst.outcome,
        basis=worst.basis,
        split=False,
        urgent=True,
        urgent_reasons=(said("urgent", "Severe motor deficit: knee extension 3/5.", waiver.id, *strength),),
        lines=(worst,),
        worst_line=worst,
        level_of_care=None,
        deficiencies=(),
        conflicts=(),
        alternatives=(),
        statements=(),
        references=(PEUL,),
        answer=(said("answer", "The requested right L3-4 discectomy is medically necessary.", "severe-motor-deficit"),),
    )


@cache
def split() -> Determination:
    """L4-5 laminectomy necessary, fusion lacks documentation."""
    sample = Sample("dev-018")
    note, mri = "spine-fu.txt", "mri.txt"
    duration = common(
        "conservative-duration",
        Status.MET,
        "Medication without interruption since 2025-10-06.",
        *sample.says(note, "Gabapentin 300->600 TID since 10/06/2025 + acetaminophen 1 g TID, both ongoing"),
    )
    compression = common(
        "neural-compression",
        Status.MET,
        "Severe central stenosis at L4-5.",
        *sample.says(mri, "Severe central stenosis with crowding of the cauda equina roots"),
    )
    indication = finding(
        "fusion-indication",
        "instability",
        "A reason to fuse the level",
        Status.UNDOCUMENTED,
        "No slip, motion or planned facet removal is shown, and none is excluded.",
        *sample.says(note, "Upright films not yet done, will get at pre op"),
        *sample.says(mri, "alignment better judged on upright radiographs"),
        sought=("standing flexion-extension films, in all documents",),
    )
    gap = Deficiency(
        criterion="fusion-indication",
        category="instability",
        status=Status.UNDOCUMENTED,
        line="l2",
        reason="Standing films are still to be taken.",
        ask="Report of standing flexion-extension films of L4-5.",
    )
    laminectomy = LineDetermination(
        line=_line("l1", "laminectomy", "L4-5", Side.BILATERAL, cpt=("63047",)),
        policy=policy("lumbar-decompression", "Lumbar decompression"),
        outcome=Outcome.MEDICALLY_NECESSARY,
        basis="criteria_met",
        findings=(compression, duration),
    )
    fusion = LineDetermination(
        line=_line("l2", "fusion", "L4-5", None, cpt=("22633", "22840", "22853")),
        policy=policy("lumbar-fusion", "Lumbar fusion"),
        outcome=Outcome.NEEDS_DOCUMENTATION,
        basis="missing_documentation",
        findings=(indication, duration),
        fixes=(("fusion-indication",),),
        deficiencies=(gap,),
    )
    return Determination(
        case="dev-018",
        as_of=date(2026, 1, 29),
        as_of_source="given",
        chart=sample.chart,
        request=Request(
            procedures=("laminectomy", "fusion"),
            cpt=("63047", "22633"),
            levels=("L4-5",),
            side="bilateral",
            sources={"procedures": "given"},
        ),
        record="open",
        outcome=fusion.outcome,
        basis=fusion.basis,
        split=True,
        urgent=False,
        urgent_reasons=(),
        lines=(laminectomy, fusion),
        worst_line=fusion,
        level_of_care=None,
        deficiencies=(gap,),
        conflicts=(),
        alternatives=(
            Alternative(
                request="L4-5 laminectomy alone", outcome=Outcome.MEDICALLY_NECESSARY, why="Its own criteria are met."
            ),
        ),
        statements=(),
        references=(),
        answer=(said("answer", "The laminectomy is medically necessary; the fusion lacks documentation.", "lines"),),
    )


@cache
def approval() -> Determination:
    """Revision L4-5 discectomy with everything supplied."""
    sample = Sample("seed-l45-revision-complete")
    note = "surgeon-clinic-note.txt"
    findings = (
        common(
            "radicular-pain",
            Status.MET,
            "Pain from the left buttock to the great toe.",
            *sample.says(note, "L buttock, posterolateral thigh, lateral calf, top of foot into the great toe"),
        ),
        common(
            "conservative-duration",
            Status.MET,
            "60 days of supervised therapy.",
            *sample.says("pt-discharge.txt", "SOC 10/20/25, D/C 12/19/25. Visits attended 15/16"),
        ),
        finding(
            "recurrent-herniation",
            "imaging",
            "Recurrent or residual disc on a study after that surgery",
            Status.MET,
            "New disc material rather than scar.",
            *sample.says("mri-lumbar-2026-01-08.txt", "findings favor recurrent disc material over scar"),
        ),
    )
    worst = LineDetermination(
        line=_line("l1", "discectomy", "L4-5", Side.LEFT, revision=True, cpt=("63042",)),
        policy=policy("lumbar-discectomy-revision", "Revision lumbar discectomy"),
        outcome=Outcome.MEDICALLY_NECESSARY,
        basis="criteria_met",
        findings=findings,
    )
    therapy = TimelineBar(
        label="Physical therapy",
        start=date(2025, 10, 20),
        end=date(2025, 12, 19),
        note="60 days, 15 visits",
        evidence=findings[1].evidence,
    )
    return Determination(
        case="seed-l45-revision-complete",
        as_of=date(2026, 2, 3),
        as_of_source="given",
        chart=sample.chart,
        request=Request(
            procedures=("discectomy",),
            cpt=("63042",),
            levels=("L4-5",),
            side="left",
            revision=True,
            setting="outpatient",
        ),
        record="open",
        outcome=worst.outcome,
        basis=worst.basis,
        split=False,
        urgent=False,
        urgent_reasons=(),
        lines=(worst,),
        worst_line=worst,
        level_of_care=None,
        deficiencies=(),
        conflicts=(),
        alternatives=(),
        statements=(),
        references=(),
        timeline=(therapy,),
        answer=(said("answer", "The requested revision discectomy is medically necessary.", "findings"),),
    )


ALL = {"adverse": adverse, "urgent": urgent, "split": split, "approval": approval}
