"""Entries: what a structured record (FHIR, C-CDA, X12) states in fields, before anything is made of it.

An entry keeps codes, words, status and dates as sent, beside the line of text that shows it. What a code means for a
review is knowledge, and is added in `facts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from necessity.values.dates import PartialDate


class Told(StrEnum):
    """How the record means the entry, from its status and modifier elements."""

    PRESENT = "present"
    ABSENT = "absent"  # refuted, negated
    POSSIBLE = "possible"  # provisional, unconfirmed
    PLANNED = "planned"  # proposed, ordered, intended
    PAST = "past"  # resolved, in remission
    UNUSED = (
        "unused"  # not done, stopped before it began, modified in a way that is not understood: shown, never a fact
    )


@dataclass(frozen=True, slots=True)
class Coding:
    """A code as sent. `system` is a short name (icd10, cpt, loinc, rxnorm, snomed …) or the sender's own identifier."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which part of the record a stretch of the document's text shows: "Condition/c1 code", "Problems section"."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of a structured record and where the document shows it.

    `kind`: patient, condition, request_diagnosis, procedure, billed (of a claim, perhaps the service under review),
    requested (a service sent for authorization), medication, observation, order. `words` is what the sender calls it.
    `when` is the time that it is about (its beginning), `ended` its end, `recorded` when it was written down.
    `sites` are body sites in the sender's words, `value` a number or the words of an answer.
    `ongoing` where a medicine is still taken or an order still stands.
    `reported` where a medicine is known to be taken or handed out, not only prescribed. `name` is the resource that
    states it, `linked` are those that it names as its order, its reason, or what it asks for.
    """

    kind: str
    start: int
    end: int
    words: str = ""
    codings: tuple[Coding, ...] = ()
    told: Told = Told.PRESENT
    when: PartialDate | None = None
    ended: PartialDate | None = None
    recorded: PartialDate | None = None
    value: float | str | None = None
    unit: str = ""
    value_codings: tuple[Coding, ...] = ()
    sites: tuple[str, ...] = ()
    dose: str = ""
    ongoing: bool = False
    as_needed: bool = False
    reported: bool = False
    name: str = ""
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One service that a structured request asks for, in the sender's words and codes.

    `where` names file and resource. `kind` is authorization (a form of its own), order, or claim (already rendered).
    `place` is the place of service, by code of the public list or in words; `priority` how soon the sender wants it
    (routine, urgent, asap, stat …).
    """

    where: str
    kind: str
    codings: tuple[Coding, ...] = ()
    words: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    day: PartialDate | None = field(default=None)
    priority: str = ""
