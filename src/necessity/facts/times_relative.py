"""Dates told by what everyone knows: seasons, holidays, yesterday, last month, and days without a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from necessity.values.dates import PartialDate
from necessity.values.patterns import pattern

RELATIVE = pattern(
    r"\b(?:(?P<today>today|this morning|tonight|this afternoon)|(?P<yesterday>yesterday|last night)|(?P<last>last|past|this) (?P<unit>week|month|year|spring|summer|fall|autumn|winter)\b"
    r"|(?P<season>spring|summer|fall|autumn|winter)(?: of)? (?P<sy>(?:19|20)\d{2}|'\d{2})|(?:in|since|this past|until|by) (?:(?:the |early |late |mid[ -]?)+(?P<bare>spring|summer|fall|autumn|winter)|(?P<plain>spring|summer|winter|autumn))\b(?! of)|(?P<holiday>christmas|new year'?s|thanksgiving|labor day|easter|memorial day|independence day|july 4th|halloween))\b"
)
_HOLIDAYS = {
    "christmas": (12, 25),
    "new year": (1, 1),
    "thanksgiving": (11, 25),
    "labor day": (9, 3),
    "easter": (4, 10),
    "memorial day": (5, 27),
    "independence day": (7, 4),
    "halloween": (10, 31),
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 2)}


def day_of(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.day(date(year, month, day))
    except ValueError:
        return None


def full_year(written: str) -> int:
    year = int(written.strip("'"))
    return year if year > 99 else 2000 + year if year < 50 else 1900 + year


def last_before(anchor: date, month: int, day: int | None) -> PartialDate | None:
    """The last such day or month not after the anchor; a day within the next two months may be meant (a plan)."""
    if day is None:
        year = anchor.year if month <= anchor.month else anchor.year - 1
        return PartialDate.month(year, month)
    this_year = day_of(anchor.year, month, day)
    if this_year and this_year.earliest <= anchor + timedelta(days=60):
        return this_year
    return day_of(anchor.year - 1, month, day)


def relative(found: re.Match[str], anchor: date | None) -> PartialDate | None:
    if found["season"]:
        return season(found["season"], full_year(found["sy"]))
    if anchor is None:
        return None
    if found["today"]:
        return PartialDate.day(anchor)
    if found["yesterday"]:
        return PartialDate.day(anchor - timedelta(days=1))
    if found["bare"] or found["plain"]:
        name = found["bare"] or found["plain"]
        told = season(name, anchor.year)
        return told if told.earliest <= anchor else season(name, anchor.year - 1)
    if found["holiday"]:
        month, day = next(
            md
            for name, md in _HOLIDAYS.items()
            if found["holiday"].startswith(name) or (name == "independence day" and "july" in found["holiday"])
        )
        return last_before(anchor, month, day)
    if found["unit"] in _SEASONS:
        told = season(found["unit"], anchor.year)
        return told if told.latest <= anchor or found["last"] == "this" else season(found["unit"], anchor.year - 1)
    if found["last"] == "last" and found["unit"] == "week":
        return PartialDate(anchor - timedelta(days=13), anchor - timedelta(days=3))
    if found["last"] == "last" and found["unit"] == "month":
        before = anchor - relativedelta(months=1)
        return PartialDate.month(before.year, before.month)
    return PartialDate.year(anchor.year - 1) if found["last"] == "last" and found["unit"] == "year" else None


def season(name: str, year: int) -> PartialDate:
    first, last = _SEASONS[name]
    end_year = year + 1 if last < first else year
    return PartialDate(date(year, first, 1), PartialDate.month(end_year, last).latest)
