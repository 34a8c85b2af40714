"""What may be asked of a case beside a review: every pack at once, and a review with other answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from necessity import pipeline
from necessity.asking import Answer
from necessity.charts.chart import Case
from necessity.comparison.of_packs import matrix, matrix_text
from necessity.comparison.whatif import assume, differences
from necessity.findings.questions import QUESTIONS
from necessity.knowledge import Knowledge
from necessity.library import policies_in_force
from necessity.reports.to_json import encode, to_object


@dataclass(frozen=True)
class AcrossPacks:
    """What does each pack in force make of it, and which criterion divides them? Where the request names a member, of the
    packs that may bind the member."""

    formats = ("text", "json")

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        compared = self.row(case, knowledge)
        return Answer(_json(compared) if form == "json" else matrix_text(compared).encode())

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        day, _ = pipeline.judged_on(case, pipeline.described(case.chart, knowledge))
        asked = case.request
        there = [
            pack.id
            for pack in knowledge.packs
            if pack.binds(payer=asked.payer, state=asked.state, line_of_business=asked.line_of_business)
            and policies_in_force(knowledge, pack.id, day)
        ]
        return matrix({name: pipeline.review(case, knowledge, pack=name) for name in there}, knowledge.procedures)


@dataclass(frozen=True)
class WhatIf:
    """What would another answer change? `settings` are `criterion=status` or `question=answer`."""

    settings: tuple[str, ...]
    pack: str | None = None
    policy: str | None = None

    formats = ("text", "json")

    def answer(self, case: Case, knowledge: Knowledge, form: str) -> Answer:
        if form == "json":
            return Answer(_json(self.row(case, knowledge)))
        told = self.row(case, knowledge)["differences"]
        return Answer(("\n".join([f"With {', '.join(self.settings)}:", *told]) + "\n").encode())

    def row(self, case: Case, knowledge: Knowledge) -> Mapping[str, Any]:
        assumed = assume(self.settings, QUESTIONS, knowledge.policies)
        changed = replace(knowledge, policies=assumed.policies)
        before = pipeline.review(case, knowledge, pack=self.pack, policy=self.policy)
        after = pipeline.review(case, changed, pack=self.pack, policy=self.policy, questions=assumed.questions)
        return {
            "schema": "necessity.whatif/1",
            "set": list(self.settings),
            "differences": list(differences(before, after)),
            "determination": to_object(after),
        }


def _json(row: Mapping[str, Any]) -> bytes:
    return encode(row, orjson.OPT_INDENT_2) + b"\n"
