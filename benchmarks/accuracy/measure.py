"""Score the abstract against the labelled notes and cases, by question, and show the misses.

    python benchmarks/accuracy/measure.py [--set tuning|held_out|cases | --cases DIR | --notes DIR] [--questions PREFIX ...]
        [--misses] [--kinds] [--note ID]

Scoring follows the labels' own rules: equal value, numbers within 2 % (weeks 15 %, MRC 0.34), sets element by element. On cases
only the labelled questions count (an absent question was not labelled there).
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from necessity.abstracts.abstract import AbstractAnswer
from necessity.abstracts.answerers import ANSWERERS
from necessity.abstracts.from_facts import abstract_of
from necessity.charts.chart import Chart, chart_of
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document
from necessity.charts.request import Request
from necessity.charts.sections import Headings
from necessity.facts.from_chart import facts_of, read_chart
from necessity.facts.readers import READERS
from necessity.vocabulary.lexicon import Lexicon

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
QUESTIONS = {q["id"]: q for q in yaml.safe_load((DATA / "abstract.yaml").read_text())["questions"]}
VOCABULARY = ROOT / "library" / "vocabulary"


def knowledge() -> tuple[Lexicon, Headings]:
    files = [yaml.safe_load(path.read_text()) for path in sorted((VOCABULARY / "lexicon").glob("*.yaml"))]
    return Lexicon(files), Headings(yaml.safe_load((VOCABULARY / "sections.yaml").read_text()))


def notes(
    part: str, folder: pathlib.Path | None = None
) -> Iterator[tuple[str, Chart, Request, date | None, dict[str, Any]]]:
    """(id, chart, request, as_of, labelled answers) of a part."""
    if part == "cases":
        for path in sorted((folder or DATA / "cases").glob("*.yaml")):
            case = yaml.safe_load(path.read_text())
            chart = chart_of(
                Document(id="", name=d["name"], text=d["text"], written=d.get("date")) for d in case["documents"]
            )
            asked = case["request"]
            request = Request(
                procedures=tuple(asked.get("procedures", ())),
                cpt=tuple(asked.get("cpt", ())),
                levels=tuple(asked.get("levels", ())),
                side=asked.get("side"),
                revision=asked.get("revision"),
                setting=asked.get("setting"),
                sources=dict.fromkeys(asked, "given"),
            )
            yield case["id"], chart, request, case["as_of"], case["expect"]["abstract"]
        return
    source, labels = DATA / "mtsamples" / f"{part}.jsonl", DATA / "mtsamples" / f"{part}.gold.jsonl"
    if folder:
        source, labels = folder / "notes.jsonl", folder / "gold.jsonl"
    gold = {row["id"]: row["answers"] for row in map(json.loads, labels.open())}
    for row in map(json.loads, source.open()):
        chart = chart_of([Document(id="", name=str(row["id"]), text=row["text"])])
        yield str(row["id"]), chart, Request(), None, gold[row["id"]]


def same(question: str, label: Any, answer: Any) -> bool:
    if QUESTIONS[question]["type"] != "number" or isinstance(label, str) or isinstance(answer, str):
        return str(label) == str(answer)
    unit = QUESTIONS[question].get("unit", "")
    largest = max(abs(label), abs(answer))
    tolerance = 0.15 * max(largest, 1) if unit == "weeks" else 0.34 if unit.startswith("MRC") else 0.02 * largest
    return abs(label - answer) <= tolerance + 1e-9


def value_of(label: Any) -> Any:
    value = label["value"] if isinstance(label, Mapping) else label
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class Score:
    """Counts per question: correct, answered, labelled, silent in the labels, kept silent."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
        self.misses: list[tuple[str, str, Any, Any, str]] = []

    def add(
        self, note: str, labels: Mapping[str, Any], answers: Mapping[str, AbstractAnswer], only_labelled: bool
    ) -> None:
        for question, spec in QUESTIONS.items():
            label = value_of(labels[question]) if question in labels else None
            answer = answers.get(question)
            if only_labelled and label is None:
                continue
            if spec["type"] == "set":
                self._add_set(note, question, label, answer)
            else:
                self._add_value(note, question, label, answer)

    def _add_set(self, note: str, question: str, label: Any, answer: AbstractAnswer | None) -> None:
        wanted = set(label) if label and label != "conflicting" else set()
        given = set(answer.value) if answer and not isinstance(answer.value, (str, float)) else set()
        row = self.rows[question]
        row[0] += len(wanted & given)
        row[1] += len(given)
        row[2] += len(wanted)
        row[3] += not wanted
        row[4] += not wanted and not given
        if wanted != given:
            self.misses.append((note, question, sorted(wanted), sorted(given), quote(answer)))

    def _add_value(self, note: str, question: str, label: Any, answer: AbstractAnswer | None) -> None:
        row = self.rows[question]
        right = label is not None and answer is not None and same(question, label, answer.value)
        row[0] += right
        row[1] += answer is not None
        row[2] += label is not None
        row[3] += label is None
        row[4] += label is None and answer is None
        if not right and (label is not None or answer is not None):
            self.misses.append((note, question, label, answer.value if answer else None, quote(answer)))

    def figures(self, names: list[str]) -> dict[str, float]:
        """precision, recall, f1, counts, and the share of silent questions that stayed undocumented."""
        correct, answered, labelled, silent, kept = (
            sum(self.rows[name][i] for name in names if name in self.rows) for i in range(5)
        )
        precision, recall = correct / max(1, answered), correct / max(1, labelled)
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / max(1e-9, precision + recall),
            "labelled": labelled,
            "answered": answered,
            "kept": kept,
            "silent": silent,
            "undocumented_kept": kept / max(1, silent),
        }

    def line(self, names: list[str]) -> str:
        """The figures of some questions on one line."""
        f = self.figures(names)
        return (
            f"P {f['precision']:.3f} R {f['recall']:.3f} F1 {f['f1']:.3f}  labelled {f['labelled']:.0f} answered {f['answered']:.0f}  "
            f"undocumented kept {f['kept']:.0f}/{f['silent']:.0f} = {f['undocumented_kept']:.3f}"
        )

    def kinds(self, names: list[str]) -> list[str]:
        """A line per group of questions: how many answers were missed, given beyond the labels, or given with another value."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for _, question, label, answer, _ in self.misses:
            if question in names:
                wanted, given = label not in (None, []), answer not in (None, [])
                kind = "missed" if not given else "extra" if not wanted else "other value"
                counts[question.split(".")[0]][kind] += 1
        return [
            f"{group:10} missed {found['missed']:3}  extra {found['extra']:3}  other value {found['other value']:3}"
            for group, found in counts.items()
        ]


def quote(answer: AbstractAnswer | None) -> str:
    return " | ".join(e.quote.replace("\n", " ")[:160] for e in answer.evidence[:3]) if answer else ""


def measure(part: str, only: str | None = None, folder: pathlib.Path | None = None) -> Score:
    lexicon, headings = knowledge()
    kinds = DocumentKinds(yaml.safe_load((VOCABULARY / "document_kinds.yaml").read_text()))
    score = Score()
    for note, chart, request, as_of, labels in notes(part, folder):
        if only and note != only:
            continue
        chart = kinds.describe(chart)
        facts = facts_of(read_chart(chart, lexicon, headings, as_of), READERS)
        answers = abstract_of(facts, request, ANSWERERS, as_of)
        check_spans(chart, answers)
        score.add(note, labels, answers, only_labelled=part == "cases")
    return score


def check_spans(chart: Chart, answers: Mapping[str, AbstractAnswer]) -> None:
    for answer in answers.values():
        for evidence in answer.evidence:
            if chart.document(evidence.document).text[evidence.start : evidence.end] != evidence.quote:
                raise AssertionError("a quote differs from its span")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="tuning", choices=["tuning", "held_out", "cases"])
    parser.add_argument("--questions", nargs="*", default=[""])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--kinds", action="store_true", help="misses counted by group of questions and kind of error")
    parser.add_argument("--note")
    parser.add_argument(
        "--cases", type=pathlib.Path, metavar="DIR", help="labelled cases of your own, in the same form"
    )
    parser.add_argument(
        "--notes", type=pathlib.Path, metavar="DIR", help="labelled notes of your own: notes.jsonl and gold.jsonl"
    )
    options = parser.parse_args()
    score = measure("cases" if options.cases else options.set, options.note, options.cases or options.notes)
    names = [name for name in QUESTIONS if any(name.startswith(prefix) for prefix in options.questions)]
    if options.misses:
        for note, question, label, answer, words in score.misses:
            if question in names:
                print(f"{note:32} {question:28} label={label!s:24} answer={answer!s:24} {words}")
    if options.kinds:
        print("\n".join(score.kinds(names)))
    for name in names:
        print(f"{name:32} {score.line([name])}")
    print(f"{'all of these':32} {score.line(names)}")


if __name__ == "__main__":
    main()
