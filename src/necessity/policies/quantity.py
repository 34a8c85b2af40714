"""Quantities as a policy writes them ("6 weeks", "21 percent", "2"), checked against the unit of the question."""

from __future__ import annotations

import re

# A policy's month has 30 days and its year 365: the shortest reading, so that three months of care by the calendar
# never fall short.
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.0, "years": 365.0}
_OTHER = {"percent", "points", "mm", "ml", "deg", "MRC", "levels", "SD"}
_SINGULAR = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "point": "points",
    "level": "levels",
    "degrees": "deg",
    "degree": "deg",
    "%": "percent",
}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z%]*)")
UNITS = (*_DAYS, *sorted(_OTHER))


def amount_in(written: str, unit: str | None) -> float | str:
    """The number in the unit asked for, or the reason why it cannot be read so."""
    found = _QUANTITY.fullmatch(written.strip())
    if found is None:
        return f"`{written}` is not a number with a unit"
    number = float(found[1])
    given = _SINGULAR.get(found[2], found[2]) or None
    if given == unit:
        return number
    if given in _DAYS and unit == "days":
        return number * _DAYS[given]
    if given is None:
        return f"`{written}` needs its unit (the answer is in {unit})"
    if given not in UNITS:
        return f"`{given}` is not a unit; units are {', '.join(UNITS)}"
    return (
        f"`{written}` does not fit: the answer is in {unit}"
        if unit
        else f"`{written}` does not fit: the answer is a bare count"
    )
