"""The review questions on earlier spine surgery and its level."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from necessity.abstracts import history
from necessity.abstracts.from_facts import abstract_of
from necessity.charts.chart import chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.facts import operations, requests
from necessity.facts.from_chart import facts_of, read_chart
from necessity.knowledge import Knowledge
from necessity.library import open_library


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return open_library()


def answers(text: str, *levels: str) -> tuple[object, object]:
    document = Document(id="", name="note", text=text, written=date(2026, 1, 20))
    read = read_chart(chart_of([document]), knowledge().lexicon, knowledge().sections)
    found = abstract_of(facts_of(read, (operations.read,)), Request(levels=levels), (history.answer,))
    values = {question: answer.value for question, answer in found.items()}
    return values.get("history.spine_surgery"), values.get("history.same_level")


@pytest.mark.parametrize(
    ("text", "levels", "expected"),
    [
        ("s/p left L5/S1 microdiscectomy 6/17/2025.", ("L5-S1",), ("yes", "yes")),
        ("s/p L3-L5 posterior fusion 2014.", ("L5-S1",), ("yes", "no")),
        ("PSH: L4-S1 decompression 2017.", ("T12-L1",), ("yes", "no")),
        ("PSH: cervical ACDF C5-7 2016 did well.", ("T9-10", "T10-11"), ("yes", "no")),
        ("PSH: back surgery 2001.", ("L4-5",), ("yes", None)),
        ("s/p L4-5 discectomy.", (), ("yes", None)),
        ("No previous spine surgery.", ("L4-5",), ("no", None)),
        ("PSH: appendectomy.", ("L4-5",), (None, None)),
        ("No prior lumbar surgery. Prior ACDF C4-6 in 2015.", ("L4-5",), ("yes", "no")),
    ],
)
def test_surgery_and_its_level(text: str, levels: tuple[str, ...], expected: tuple[object, object]):
    assert answers(text, *levels) == expected


def test_the_words_on_the_operation_of_this_stay_tell_of_none_before_it_at_the_level():
    text = "ASSESSMENT: Post-op day 9 from L4-5 fusion."
    document = Document(id="", name="note", text=text, written=date(2026, 1, 20))
    read = read_chart(chart_of([document]), knowledge().lexicon, knowledge().sections)
    found = abstract_of(facts_of(read, (operations.read, requests.read)), Request(), (history.answer,))
    assert [found[question].value for question in found] == ["yes"]
