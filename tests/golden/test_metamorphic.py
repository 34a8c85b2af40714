"""What must not change the answers: how a note is laid out, what else lies in the folder, who the relatives are.

Layout is judged over all tuning notes at once: each floor is the share of answers that stay the same. Folder changes must change nothing.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from necessity import pipeline
from necessity.abstracts.abstract import Value
from necessity.charts.chart import Case, chart_of
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.library import open_library

KNOWLEDGE = open_library()
NOTES_FILE = Path(__file__).parents[1] / "data/mtsamples/tuning.jsonl"
NOTES = [json.loads(line) for line in NOTES_FILE.read_text().splitlines()]
UNRELATED = "DIETARY NOTE\nThe ward kitchen offers soup on Mondays. Menu cards are collected at noon."


def answers(*texts: str) -> dict[str, Value]:
    documents = [Document(id="", name=f"note-{number}.txt", text=text) for number, text in enumerate(texts)]
    case = Case(id="case", chart=chart_of(documents), request=Request())
    return {question: answer.value for question, answer in pipeline.abstract(case, KNOWLEDGE).items()}


@cache
def plain(number: int) -> dict[str, Value]:
    return answers(NOTES[number]["text"])


def wrapped(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        "\n".join(textwrap.wrap(line, 68, break_on_hyphens=False)) if len(line) > 68 else line for line in lines
    )


def tabbed(text: str) -> str:
    return re.sub(r"(?m)^([A-Z][A-Z ]+:) ", r"\1\t", text)


def bulleted(text: str) -> str:
    return re.sub(r"(?m)^(\d{1,2})\. ", "- ", text)


@pytest.mark.parametrize(
    ("change", "floor"),
    [
        (lambda text: text.replace("\n", "\r\n"), 1.0),
        (lambda text: re.sub(r"(?m)^", "    ", text), 0.995),
        (lambda text: text.replace(". ", ".  "), 0.995),
        (wrapped, 0.99),
        (tabbed, 0.99),
        (bulleted, 0.99),
        (str.upper, 0.985),
    ],
    ids=["line ends", "indent", "two blanks", "line wrapping", "tabs", "bullets", "capitals"],
)
def test_layout_does_not_change_the_answers(change: Callable[[str], str], floor: float) -> None:
    same = total = 0
    for number, note in enumerate(NOTES):
        before, after = plain(number), answers(change(note["text"]))
        for question in before.keys() | after.keys():
            total += 1
            same += before.get(question) == after.get(question)
    assert same / total >= floor


def test_a_document_handed_over_twice_counts_once() -> None:
    for number, note in enumerate(NOTES[:20]):
        assert answers(note["text"], note["text"]) == plain(number)


def test_an_unrelated_document_changes_nothing() -> None:
    for number, note in enumerate(NOTES[:20]):
        assert answers(note["text"], UNRELATED) == plain(number)


NOTE = (
    "HPI: The patient is a 52 year old {who} with low back and left leg pain for {time}. "
    "{whose} {relative} had lumbar fusion and walks with weakness. No bowel or bladder complaints."
)


@pytest.mark.parametrize("relative", ["mother", "father", "brother", "aunt", "maternal grandmother"])
def test_whose_relative_it_is_changes_nothing(relative: str) -> None:
    told = NOTE.format(who="man", whose="His", relative=relative, time="6 weeks")
    assert answers(told) == answers(NOTE.format(who="man", whose="His", relative="sister", time="6 weeks"))


@pytest.mark.parametrize("time", ["42 days", "six weeks", "6 wks", "about 6 weeks"])
def test_the_unit_of_a_length_changes_nothing(time: str) -> None:
    told = NOTE.format(who="woman", whose="Her", relative="mother", time=time)
    assert answers(told)["symptom.duration_weeks"] == pytest.approx(6)
