"""Dates of partial precision and lengths of time: what "since about July 2025" or "three months" allows.

A `PartialDate` is the interval of days it may mean. A `Length` keeps days as a range; a policy compares with the
edge that is safe (see `findings`).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_PER_WEEK = 7
# 1 month = 4.345 weeks and 1 year = 52.18 weeks are the conversions of the review questions.
DAYS_PER_MONTH = 4.345 * DAYS_PER_WEEK
DAYS_PER_YEAR = 52.18 * DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, month, season or year: the first and last day that it may be."""

    earliest: date
    latest: date

    @classmethod
    def day(cls, day: date) -> PartialDate:
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> PartialDate:
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> PartialDate:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def middle(self) -> date:
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)

    def __str__(self) -> str:
        if self.is_exact:
            return self.earliest.isoformat()
        if self.earliest.day == 1 and self.latest == PartialDate.month(self.earliest.year, self.earliest.month).latest:
            return f"{self.earliest:%Y-%m}"
        if self == PartialDate.year(self.earliest.year):
            return str(self.earliest.year)
        return f"{self.earliest.isoformat()} to {self.latest.isoformat()}"


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length of time in days: the stated value, and the range it may mean.

    `days` follows the conversions of the review questions ("a few weeks" = 21); `least` and `most` are the edges a
    threshold is compared with ("at least six weeks" has no most).
    """

    days: float
    least: float
    most: float | None

    @classmethod
    def exactly(cls, days: float) -> Length:
        return cls(days, days, days)

    @property
    def weeks(self) -> float:
        return self.days / DAYS_PER_WEEK
