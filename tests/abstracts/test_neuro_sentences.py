"""Sentences by many hands on the neurological state, and the answers that each gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_neuro import WRITTEN, answers

from necessity.charts.request import Request

SENTENCES: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("neuro_sentences.yaml").read_text())
NAMES = {
    "motor": "neuro.motor_deficit",
    "mrc": "neuro.worst_mrc",
    "prog": "neuro.progressive_deficit",
    "sens": "neuro.sensory_deficit",
    "refl": "neuro.reflex_change",
    "tens": "neuro.tension_sign",
    "cauda": "neuro.cauda_equina",
    "myelo": "neuro.myelopathy",
}


def answers_of(text: str) -> dict[str, Any]:
    return {name: given.value for name, given in answers((text, WRITTEN), request=Request()).items()}


@pytest.mark.parametrize(
    "row",
    [row for topic, rows in SENTENCES.items() if topic != "says_nothing" for row in rows],
    ids=lambda row: row["text"],
)
def test_a_sentence_gives_its_answers(row: dict[str, Any]) -> None:
    found = answers_of(row["text"])
    expected = {NAMES[name]: value for name, value in row.items() if name != "text"}
    told = {name: found[name] for name in expected if name in found}
    assert told == {name: pytest.approx(v, abs=0.02) if name == NAMES["mrc"] else v for name, v in expected.items()}


@pytest.mark.parametrize("text", SENTENCES["says_nothing"])
def test_warnings_fears_and_relatives_answer_nothing(text: str) -> None:
    assert answers_of(text) == {}
