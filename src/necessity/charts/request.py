"""The request: which procedure, at which levels, on which side, in which setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from necessity.charts.span import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for. An empty field was left out, never denied.

    `procedures` are ids of the vocabulary (`discectomy`, `fusion` …), `levels` are written C5-6, C7-T1, T12-L1, L4-5,
    L5-S1 (a vertebra alone, "L1", for augmentation). `sources` says for each field how it is known: `given` (the form),
    `chart` (read from a document), `code` (follows from a CPT code). `priority` is how soon the sender wants it
    (`routine`, `urgent`); whether the case is urgent follows from the chart. `payer`, `state` and `line_of_business` are the
    member's, and choose whose policies judge.
    """

    procedures: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    side: str | None = None
    revision: bool | None = None
    setting: str | None = None
    service_rendered: bool = False
    priority: str | None = None
    payer: str | None = None
    state: str | None = None
    line_of_business: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
