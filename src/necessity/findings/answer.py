"""Answers: what the facts say to one question, for one line of the request.

A question is asked by name (`compression_shown`, `care_days`, `measures_tried` …, see `findings/questions/`). An answer is the
whole interface between clinical facts and policies: policies compare answers, and never look at facts themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from necessity.charts.span import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The facts' answer to a question.

    `value` is True/False (yes/no questions), a string (choice), or None: not documented. A number is an interval:
    `least` and `most` bound what it may be, None on a side that is open; `value` is the number as stated.
    `conflicting` where the chart says two things that cannot both be true; `evidence` then cites both.
    `reason` is a sentence for the report, with the working of any arithmetic. It holds no more of the chart than its quotes.
    `growing` where the number rises by one each day (treatment that still goes on).
    `sought` says what was looked for and where, for an answer that was not found.
    """

    value: bool | str | float | None = None
    least: float | None = None
    most: float | None = None
    conflicting: bool = False
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    sought: tuple[str, ...] = ()
    growing: bool = False

    @property
    def known(self) -> bool:
        return not self.conflicting and (self.value is not None or self.least is not None or self.most is not None)
