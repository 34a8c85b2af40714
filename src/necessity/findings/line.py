"""A line of the request: one operation at one level, decided for itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from necessity.facts.fact import Region, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One operation at one level and side.

    `procedure` is the operation the line is named after (`discectomy`, `laminectomy`, `fusion`, `disc_replacement`,
    `epidural_injection` …); `procedures` are all that belong to it at this level. `level` is None where the request
    names none; `requested_levels` are all levels of the request ("another requested level is another level").
    `diagnosis` is `disc` or `stenosis` where the chart decides it. `cpt` are the codes that belong to the line.
    """

    id: str
    procedure: str
    procedures: tuple[str, ...]
    level: str | None
    requested_levels: tuple[str, ...]
    side: Side | None
    region: Region | None
    revision: bool = False
    diagnosis: str | None = None
    cpt: tuple[str, ...] = field(default=())
