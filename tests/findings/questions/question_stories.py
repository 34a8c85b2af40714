"""Facts made by hand for the tests of questions: the quote is the concept's own name, in a document of its date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from necessity.charts.chart import Chart
from necessity.charts.document import Document, Kind
from necessity.charts.request import Request
from necessity.facts.fact import (
    Assertion,
    CareStatement,
    ExamFinding,
    Fact,
    Function,
    ImagingFinding,
    ImagingStudy,
    Operation,
    PatientFact,
    RedFlag,
    Region,
    RequestFact,
    Side,
    Source,
    StayFact,
    Symptom,
    SymptomQuality,
    Treatment,
)
from necessity.findings.answer import Answer
from necessity.findings.line import Line
from necessity.findings.question import CaseFacts
from necessity.findings.questions import QUESTIONS
from necessity.values.dates import Length, PartialDate
from necessity.vocabulary import levels
from necessity.vocabulary.anatomy import Anatomy
from necessity.vocabulary.procedures import Procedures

LIBRARY = Path(__file__).parents[3] / "library" / "vocabulary"
ANATOMY = Anatomy.from_mapping(yaml.safe_load((LIBRARY / "anatomy.yaml").read_text(encoding="utf-8")))
PROCEDURES = Procedures.from_mapping(yaml.safe_load((LIBRARY / "procedures.yaml").read_text(encoding="utf-8")))
AS_OF = date(2026, 1, 31)
NOTE = date(2026, 1, 20)
PRESENT, ABSENT, POSSIBLE = Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE
LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BILATERAL
REPORT, SURGEON = Source.RECORD, Source.CLINICIAN


def day(text: str) -> date:
    return date.fromisoformat(text)


def on(text: str) -> PartialDate:
    """A day ("2026-01-08"), a month ("2026-01") or a year ("2026")."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return PartialDate.day(date(*parts))
    return PartialDate.month(*parts) if len(parts) == 2 else PartialDate.year(parts[0])


@dataclass
class Story:
    """A chart told fact by fact. A document is made for every date, and every fact quotes it."""

    level: str | None = "L4-5"
    side: Side | None = LEFT
    as_of: date = AS_OF
    revision: bool = False
    procedures: tuple[str, ...] = ("discectomy",)
    request: Request = field(default_factory=Request)
    kind: Kind = Kind.CLINIC_NOTE
    facts: list[Fact] = field(default_factory=list)

    def tell(self, kind: type[Fact], concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        written = more.pop("written", NOTE)
        text = concept.replace("_", " ")
        document = Document(id=f"d{written}", name="note", text=text, kind=self.kind, written=written)
        more.setdefault("evidence", (document.evidence(0, len(text)),))
        self.facts.append(kind(concept=concept, assertion=assertion, written=written, **more))
        return self

    def symptom(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        return self.tell(Symptom, concept, assertion, **more)

    def quality(self, concept: str, value: Any = None, **more: Any) -> Story:
        return self.tell(SymptomQuality, concept, value=value, **more)

    def exam(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        return self.tell(ExamFinding, concept, assertion, **more)

    def strength(self, muscle: str | None, grade: float, **more: Any) -> Story:
        return self.exam("strength", ABSENT if grade >= 5 else PRESENT, muscle=muscle, grade=grade, **more)

    def shows(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        """A line of the radiologist's MRI report of 2026-01-08 at the line's level, unless told otherwise."""
        more = {"modality": "mri", "when": on("2026-01-08"), "source": REPORT, "written": day("2026-01-08")} | more
        more.setdefault("levels", (self.level,) if self.level else ())
        return self.tell(ImagingFinding, concept, assertion, **more)

    def reads(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        """The surgeon's own reading of that MRI."""
        return self.shows(concept, assertion, **({"source": SURGEON, "written": NOTE} | more))

    def study(self, modality: str = "mri", **more: Any) -> Story:
        return self.tell(ImagingStudy, modality, **more)

    def treated(self, concept: str, start: str | None = None, end: str | None = None, **more: Any) -> Story:
        dates = {"started": on(start) if start else None, "ended": on(end) if end else None}
        return self.tell(Treatment, concept, more.pop("assertion", PRESENT), **dates, **more)

    def care(self, concept: str, value: str | None = None, **more: Any) -> Story:
        return self.tell(CareStatement, concept, value=value, **more)

    def operated(self, concept: str, *at: str, when: str | None = None, **more: Any) -> Story:
        return self.tell(
            Operation, concept, more.pop("assertion", PRESENT), levels=at, when=on(when) if when else None, **more
        )

    def function(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        return self.tell(Function, concept, assertion, **more)

    def flag(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        return self.tell(RedFlag, concept, assertion, **more)

    def patient(self, concept: str, value: Any, **more: Any) -> Story:
        return self.tell(PatientFact, concept, value=value, **more)

    def asks_for(self, concept: str, value: str, **more: Any) -> Story:
        return self.tell(RequestFact, concept, value=value, **more)

    def stay(self, concept: str, assertion: Assertion = PRESENT, **more: Any) -> Story:
        return self.tell(StayFact, concept, assertion, **more)

    @property
    def line(self) -> Line:
        return Line(
            id="line",
            procedure=self.procedures[0],
            procedures=self.procedures,
            level=self.level,
            requested_levels=(self.level,) if self.level else (),
            side=self.side,
            revision=self.revision,
            region=Region(levels.region_of(self.level)) if self.level else Region.LUMBAR,
        )

    @property
    def case(self) -> CaseFacts:
        documents = {
            passage.document: Document(
                id=passage.document, name="note", text=passage.quote, kind=self.kind, written=fact.written
            )
            for fact in self.facts
            for passage in fact.evidence
        }
        return CaseFacts(
            facts=tuple(self.facts),
            chart=Chart(documents=tuple(documents.values())),
            request=self.request,
            as_of=self.as_of,
            anatomy=ANATOMY,
            procedures=PROCEDURES,
        )

    def ask(self, question: str, **params: object) -> Answer:
        return QUESTIONS[question].ask(self.case, self.line, params)


def length(days: float, least: float | None = None, most: float | None = -1) -> Length:
    """A length; exact unless its edges are given. `most=None` is open at the top."""
    return Length(days, days if least is None else least, days if most == -1 else most)
