"""A handful of questions for policies in tests: the forms alone, as a loader sees them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Param:
    name: str
    type: str
    unit: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    name: str
    type: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()


KNOWN = {
    question.name: question
    for question in (
        Question("limb_pain", "yes_no"),
        Question("axial_only", "yes_no"),
        Question("predominant_pain", "choice", choices=("limb", "axial", "equal")),
        Question("care_days", "number", "days", params=(Param("since", "choice", choices=("episode", "recurrence")),)),
        Question("measures_tried", "number", params=(Param("of", "list", choices=("medication", "active_therapy")),)),
        Question("disability_index", "number", "percent"),
        Question(
            "compression_shown",
            "yes_no",
            params=(Param("max_age_months", "number", "months"), Param("contact_counts", "flag")),
        ),
    )
}
CITATIONS = frozenset({"peul-2007.1", "peul-2007.2"})

SMALL = """\
id: small
pack: test
title: A small policy
version: "1"
effective: 2026-01-01
last_checked: 2026-01-01
status: active
owner: a test
source: made up
applies_to:
  - {procedures: [discectomy], levels: [L1-2 to L5-S1]}
thresholds:
  care-length: {value: 6 weeks, source: a test}
criteria:
  - id: pain
    category: indication
    title: Limb pain
    ask: A note on the pain at {level}.
    met: {ask: limb_pain}
    not_met: {ask: limb_pain, is: no}
    why: a test
  - id: duration
    category: conservative_duration
    title: Six weeks
    ask: Dates.
    met: {ask: care_days, at_least: care-length}
    not_met: {ask: care_days, less_than: care-length}
    why: a test
    cites: [peul-2007.2]
waivers:
  - id: emergency
    title: An emergency
    met: {ask: axial_only}
    waives: [duration]
    urgent: yes
"""
