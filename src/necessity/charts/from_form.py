"""A request form into a request: what is understood becomes a record, everything else a problem with its place.

A level, side or setting that cannot be understood stops the case, for deciding something else than was asked would be
worse than not deciding. An unknown key or procedure is named and the rest is judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from necessity.charts.request import Request
from necessity.values.errors import InputError
from necessity.values.problem import Problem

MEMBER_KEYS = ("payer", "state", "line_of_business")
REQUEST_KEYS = (
    "procedures", "cpt", "levels", "side", "revision", "setting", "priority", "service_rendered", *MEMBER_KEYS, "record",
    "as_of",
)  # fmt: skip
_SAME_KEY = {"procedure": "procedures", "level": "levels", "codes": "cpt", "code": "cpt"}
SIDES = {
    "left": "left", "right": "right", "bilateral": "bilateral", "midline": "central", "central": "central",
    "l": "left", "lt": "left", "r": "right", "rt": "right", "both": "bilateral",
}  # fmt: skip
SETTINGS = {
    "inpatient": "inpatient", "outpatient": "outpatient", "observation": "observation", "office": "office",
    "ambulatory": "outpatient", "asc": "outpatient", "hopd": "outpatient", "same-day": "outpatient",
}  # fmt: skip
PRIORITIES = {
    "routine": "routine", "normal": "routine", "standard": "routine", "elective": "routine", "deferred": "routine",
    "urgent": "urgent", "asap": "urgent", "stat": "urgent", "expedited": "urgent", "emergency": "urgent",
    "emergent": "urgent",
}  # fmt: skip
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
RECORDS = {"open": False, "closed": True}
# A procedure that the product has no word for: no policy covers it, so a person decides.
OTHER_PROCEDURE = "other_spine"
_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class FormWords:
    """What the vocabulary knows of a form.

    `procedures_in` gives the procedure ids that a text names, none where it is unknown; `levels_in` the levels, none
    where the place has no level (a sacroiliac joint), None where the text names no place of the spine. `is_code` tells
    whether a CPT or HCPCS number is one of the procedures.
    """

    procedures_in: Callable[[str], tuple[str, ...]]
    levels_in: Callable[[str], tuple[str, ...] | None]
    is_code: Callable[[str], bool] = lambda number: False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A request form, read: the request, and what it says on how the case is judged."""

    request: Request = field(default_factory=Request)
    as_of: date | None = None
    record_closed: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Faults:
    """What is wrong so far with the file being read: `notes` leave something out, `stopping` stop the case."""

    where: str
    notes: list[Problem] = field(default_factory=list)
    stopping: list[Problem] = field(default_factory=list)

    def stop(self, message: str, hint: str = "") -> None:
        self.stopping.append(Problem(self.where, message, hint))

    def note(self, message: str, hint: str = "") -> None:
        self.notes.append(Problem(self.where, message, hint))


def form_from_mapping(raw: Any, where: str, words: FormWords) -> Form:
    """A request form that stands beside loose documents. InputError names everything that cannot be understood."""
    if isinstance(raw, Mapping) and isinstance(raw.get("request"), Mapping):
        raw = {**{key: raw[key] for key in ("as_of", "record") if key in raw}, **raw["request"]}
    faults = Faults(where)
    form = read_form(faults, raw, words)
    if faults.stopping:
        raise InputError(*faults.stopping)
    return form


def read_form(faults: Faults, raw: Any, words: FormWords) -> Form:
    """The form as far as it can be understood; the rest goes to `faults`."""
    if raw is None:
        return Form()
    if not isinstance(raw, Mapping):
        faults.stop("the request should be keys and values", "keys are " + ", ".join(REQUEST_KEYS))
        return Form()
    given = _given(faults, raw)
    request = Request(
        procedures=_procedures(faults, given.get("procedures"), words),
        cpt=tuple(dict.fromkeys(_strings(given.get("cpt")))),
        levels=_levels(faults, given.get("levels"), words),
        side=one_of(faults, "side", given.get("side"), SIDES),
        revision=one_of(faults, "revision", given.get("revision"), YES_NO),
        setting=one_of(faults, "setting", given.get("setting"), SETTINGS),
        service_rendered=bool(one_of(faults, "service_rendered", given.get("service_rendered"), YES_NO)),
        priority=one_of(faults, "priority", given.get("priority"), PRIORITIES),
        payer=_name(given.get("payer")),
        state=_name(given.get("state")),
        line_of_business=_name(given.get("line_of_business")),
        sources={key: "given" for key in given if key not in ("record", "as_of", "priority", *MEMBER_KEYS)},
    )
    return Form(
        request=request,
        as_of=date_of(faults, "as_of", given.get("as_of")),
        record_closed=bool(one_of(faults, "record", given.get("record"), RECORDS)),
        problems=tuple(faults.notes),
    )


def parse_date(written: object) -> date | None:
    """A calendar date written as 2026-01-23, or None where there is no such day."""
    if type(written) is date:
        return written
    text = str(written).strip()
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def date_of(faults: Faults, key: str, value: object) -> date | None:
    """The date under a key; None where it was left out or there is no such day, which stops the case."""
    if value in (None, ""):
        return None
    found = parse_date(value)
    if found is None:
        faults.stop(f"`{key}` is no date: `{echo(value)}`", "write it as 2026-01-23")
    return found


def one_of(faults: Faults, key: str, value: object, choices: Mapping[str, Any]) -> Any:
    """What a word of the form stands for; None where it was left out or cannot be understood, which stops the case."""
    if value in (None, ""):
        return None
    found = choices.get(str(value).strip().lower())
    if found is None:
        faults.stop(f"`{key}` cannot be `{echo(value)}`", "one of " + ", ".join(choices))
    return found


def echo(value: object) -> str:
    """The author's own word, short enough for a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO] + "…"


def _given(faults: Faults, raw: Mapping[Any, Any]) -> dict[str, Any]:
    """What the form fills in, under the names of the keys; an empty field was left out."""
    given: dict[str, Any] = {}
    for written, value in raw.items():
        key = _SAME_KEY.get(written, written)
        if key not in REQUEST_KEYS:
            faults.note(
                f"unknown key `{echo(written)}` in the request, not used", "keys are " + ", ".join(REQUEST_KEYS)
            )
        elif value not in (None, "", []):
            given[key] = value
    return given


def _name(value: object) -> str | None:
    return None if value is None else " ".join(str(value).split()) or None


def _strings(value: Any) -> list[str]:
    """The items of a list, or of a text with commas."""
    items = value if isinstance(value, list) else [] if value is None else re.split(r"[,;]", str(value))
    return [text for item in items if (text := str(item).strip())]


def _procedures(faults: Faults, value: Any, words: FormWords) -> tuple[str, ...]:
    found: list[str] = []
    for written in _strings(value):
        known = words.procedures_in(written)
        if not known:
            faults.note(f"unknown procedure `{echo(written)}`, judged as another spine procedure")
        found.extend(known or (OTHER_PROCEDURE,))
    return tuple(dict.fromkeys(found))


def _levels(faults: Faults, value: Any, words: FormWords) -> tuple[str, ...]:
    found: list[str] = []
    for written in _strings(value):
        levels = words.levels_in(written)
        if levels is None:
            faults.stop(f"`{echo(written)}` is no level of the spine", "write C5-6, C7-T1, T12-L1, L4-5, L5-S1")
        found.extend(levels or ())
    return tuple(dict.fromkeys(found))
