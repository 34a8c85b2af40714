from datetime import date
from pathlib import Path

import pytest
import yaml

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.facts.fact import Assertion, Fact, ImagingFinding, RequestFact, Side, Source
from necessity.findings.lines import lines_of
from necessity.findings.question import CaseFacts
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

VOCABULARY = Path(__file__).parents[2] / "library" / "vocabulary"
ANATOMY = Anatomy.from_mapping(yaml.safe_load((VOCABULARY / "anatomy.yaml").read_text(encoding="utf-8")))
PROCEDURES = Procedures.from_mapping(yaml.safe_load((VOCABULARY / "procedures.yaml").read_text(encoding="utf-8")))


def lines(*procedures: str, levels=(), cpt=(), text: str = "", facts: tuple[Fact, ...] = (), **more):
    documents = (Document(id="d1", name="note", text=text),) if text else ()
    request = Request(procedures=procedures, levels=levels, cpt=cpt, **more)
    return lines_of(
        CaseFacts(
            facts=facts,
            chart=Chart(documents=documents),
            request=request,
            as_of=date(2026, 1, 31),
            anatomy=ANATOMY,
            procedures=PROCEDURES,
        )
    )


def names(*procedures: str, **more) -> list[str]:
    return [line.id for line in lines(*procedures, **more)]


def shown(concept: str, grade: str, source: Source = Source.CLINICIAN) -> ImagingFinding:
    document = Document(id="d2", name="mri", text=concept)
    return ImagingFinding(
        concept=concept,
        grade=grade,
        assertion=Assertion.PRESENT,
        source=source,
        evidence=(document.evidence(0, len(concept)),),
        levels=("L5-S1",),
    )


def test_decompressions_of_one_level_are_one_line():
    found = lines(
        "laminectomy", "foraminotomy", "facetectomy", "discectomy", levels=("L5-S1",), cpt=("63030",), side="left"
    )
    assert [line.id for line in found] == ["discectomy-L5-S1"]
    assert found[0].side is Side.LEFT
    assert found[0].cpt == ("63030",)


def test_words_decide_over_codes():
    (line,) = lines("discectomy", levels=("L4-5",), cpt=("63047",))
    assert (line.procedure, line.diagnosis) == ("discectomy", "disc")


@pytest.mark.parametrize(
    ("concept", "grade", "name"),
    [("disc", "extrusion", "discectomy-L5-S1"), ("stenosis", "severe", "laminectomy-L5-S1")],
)
def test_where_disc_and_stenosis_are_named_the_diagnosis_decides(concept, grade, name):
    assert names("laminectomy", "discectomy", levels=("L5-S1",), facts=(shown(concept, grade),)) == [name]


def test_where_the_words_leave_it_open_the_code_decides():
    both = (shown("disc", "protrusion"), shown("stenosis", "moderate"))
    assert names("laminectomy", "discectomy", levels=("L5-S1",), facts=both, cpt=("63047",)) == ["laminectomy-L5-S1"]


def test_lumbar_fusion_is_a_line_of_its_own_at_every_level():
    assert names("laminectomy", "fusion", levels=("L5-S1", "L4-5")) == [
        "laminectomy-L4-5",
        "fusion-L4-5",
        "laminectomy-L5-S1",
        "fusion-L5-S1",
    ]


def test_discectomy_and_fusion_of_the_neck_are_one_line():
    found = lines("discectomy", "fusion", levels=("C5-6",), cpt=("22551", "22845"))
    assert [line.id for line in found] == ["fusion-C5-6"]
    assert found[0].procedures == ("discectomy", "fusion")
    assert found[0].cpt == ("22551", "22845")


def test_a_posterior_neck_operation_takes_its_fusion_with_it():
    (line,) = lines("laminectomy", "fusion", levels=("C5-6",), cpt=("63045", "22600"))
    assert (line.procedure, line.procedures) == ("laminectomy", ("laminectomy", "fusion"))


def test_removal_of_implants_has_no_level():
    assert names("fusion", "hardware_removal", levels=("L5-S1",)) == ["fusion-L5-S1", "hardware_removal"]


def test_without_a_level_the_line_has_none():
    (line,) = lines("discectomy", cpt=("63030",))
    assert line.level is None
    assert line.region == "lumbar"


def test_a_request_for_a_setting_alone_has_no_line():
    assert lines(setting="inpatient") == ()


def test_codes_speak_where_no_words_do():
    assert names(levels=("L4-5",), cpt=("63042",)) == ["discectomy-L4-5"]
    assert lines(levels=("L4-5",), cpt=("63042",))[0].revision


def test_a_vertebra_is_the_place_of_an_augmentation_and_a_stimulator_has_none():
    assert names("vertebral_augmentation", levels=("L3",)) == ["vertebral_augmentation-L3"]
    assert names("spinal_cord_stimulator") == ["spinal_cord_stimulator"]
    assert names("si_fusion", side="left") == ["si_fusion"]


def test_levels_are_read_however_they_are_written():
    assert names("discectomy", levels=("L45",)) == ["discectomy-L4-5"]
    assert names("discectomy", levels=("l5/s1",)) == ["discectomy-L5-S1"]


def test_an_operation_named_beside_one_level_is_meant_for_it():
    text = "ACDF C5-6 and C6-7. Then posterior C6-7 laminectomy."
    document = Document(id="d1", name="note", text=text)

    def asked(concept: str, value: str, words: str, start: int = 0) -> RequestFact:
        begin = text.index(words, start)
        return RequestFact(
            concept=concept,
            value=value,
            assertion=Assertion.PLANNED,
            evidence=(document.evidence(begin, begin + len(words)),),
        )

    facts = (
        asked("procedure", "fusion", "ACDF"),
        asked("level", "C5-6", "C5-6"),
        asked("level", "C6-7", "C6-7"),
        asked("level", "C6-7", "C6-7", 20),
        asked("procedure", "laminectomy", "laminectomy"),
    )
    found = names(
        "discectomy", "fusion", "laminectomy", levels=("C5-6", "C6-7"), cpt=("22551", "63045"), text=text, facts=facts
    )
    assert found == ["fusion-C5-6", "fusion-C6-7", "laminectomy-C6-7"]


def test_the_levels_beside_a_procedure_are_its_own():
    document = Document(id="d9", name="note", text="L4-5 TLIF")
    beside = RequestFact(
        concept="procedure",
        value="fusion",
        levels=("L4-5",),
        assertion=Assertion.PLANNED,
        evidence=(document.evidence(0, 9),),
    )
    found = names("laminectomy", "fusion", levels=("L3-4", "L4-5"), facts=(beside,))
    assert found == ["laminectomy-L3-4", "laminectomy-L4-5", "fusion-L4-5"]
