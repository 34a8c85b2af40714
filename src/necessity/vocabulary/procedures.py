"""Procedures and codes: what a CPT number asks for, and which diagnosis an ICD-10-CM code names.

The tables are data (`library/vocabulary/procedures.yaml`): numbers with our own labels, never the owner's descriptors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A kind of operation or injection. `place`: disc (a line per segment), vertebra, or none."""

    id: str
    label: str
    family: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a CPT number asks for.

    `target` is disc or stenosis where the number is written for one; `supports` names the procedure that implants,
    graft or microscope go with (such a code asks for nothing of its own).
    """

    number: str
    procedures: tuple[str, ...] = ()
    region: str | None = None
    target: str | None = None
    approach: str | None = None
    revision: bool = False
    add_on_to: tuple[str, ...] = ()
    supports: str | None = None
    image_guidance: bool | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a group of ICD-10-CM codes names; `target` is disc or stenosis where a decompression is done for it."""

    concept: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedures:
    """The tables, looked up by id or by code."""

    kinds: Mapping[str, Procedure]
    codes: Mapping[str, Code]
    diagnoses: Mapping[str, Diagnosis]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Procedures:
        """The tables of `procedures.yaml`. ValueError names a code whose procedure is not listed."""
        kinds = {name: Procedure(id=name, **entry) for name, entry in data["procedures"].items()}
        codes = {str(number): _code(str(number), entry) for number, entry in data["cpt"].items()}
        for code in codes.values():
            for name in (*code.procedures, *((code.supports,) if code.supports else ())):
                if name not in kinds:
                    raise ValueError(f"code `{code.number}` asks for `{name}`, which is no procedure of the file")
        diagnoses = {
            str(prefix).upper(): Diagnosis(concept=entry["concept"], target=entry.get("diagnosis"))
            for prefix, entry in data["icd10"].items()
        }
        return cls(kinds=kinds, codes=codes, diagnoses=diagnoses)

    def code(self, number: str) -> Code | None:
        """The code, whatever modifier or unit is written behind it ("63030-LT", "64493-50")."""
        return self.codes.get(number.strip().upper().split("-")[0].split(" ")[0])

    def known(self, numbers: Iterable[str]) -> tuple[Code, ...]:
        """The codes of a request that the table knows, each once, in the order given."""
        found = [self.code(number) for number in numbers]
        return tuple(dict.fromkeys(code for code in found if code is not None))

    def asked_by(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """The procedures that codes ask for, each once; codes that only support another ask for none."""
        return tuple(dict.fromkeys(name for code in self.known(numbers) for name in code.procedures))

    def region_of(self, numbers: Iterable[str]) -> str | None:
        """The region that all codes with a region agree on, else None."""
        regions = {code.region for code in self.known(numbers) if code.region}
        return regions.pop() if len(regions) == 1 else None

    def target_of(self, numbers: Iterable[str]) -> str | None:
        """disc or stenosis where the codes agree on one, else None."""
        targets = {code.target for code in self.known(numbers) if code.target}
        return targets.pop() if len(targets) == 1 else None

    def implies_revision(self, numbers: Iterable[str]) -> bool:
        return any(code.revision for code in self.known(numbers))

    def diagnosis(self, icd10: str) -> Diagnosis | None:
        """The group of a diagnosis code: the longest beginning that the table knows ("M5116" and "M51.16" alike)."""
        written = icd10.strip().upper()
        dotted = written if "." in written or len(written) <= 3 else f"{written[:3]}.{written[3:]}"
        for size in range(len(dotted), 2, -1):
            if dotted[:size] in self.diagnoses:
                return self.diagnoses[dotted[:size]]
        return None

    def approaches(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """anterior and posterior, as far as the codes say."""
        return tuple(dict.fromkeys(code.approach for code in self.known(numbers) if code.approach))

    def label(self, procedure: str) -> str:
        return self.kinds[procedure].label if procedure in self.kinds else procedure.replace("_", " ")

    def family(self, procedure: str) -> str:
        return self.kinds[procedure].family if procedure in self.kinds else "other_spine"

    def place(self, procedure: str) -> str:
        return self.kinds[procedure].place if procedure in self.kinds else "none"


def _code(number: str, entry: Mapping[str, Any]) -> Code:
    return Code(
        number=number,
        procedures=tuple(entry.get("procedures", ())),
        region=entry.get("region"),
        target=entry.get("target"),
        approach=entry.get("approach"),
        revision=bool(entry.get("revision", False)),
        add_on_to=tuple(str(code) for code in entry.get("add_on_to", ())),
        supports=entry.get("supports"),
        image_guidance=entry.get("image_guidance"),
        stage=entry.get("stage"),
    )
