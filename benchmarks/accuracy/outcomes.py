"""Score determinations against the labelled cases: outcome, criterion statuses, urgency, level of care; and show the misses.

    python benchmarks/accuracy/outcomes.py [--misses] [--case ID] [--family ID ...]

Only cases whose family has a policy in the pack count towards the figures; the others are named.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from measure import DATA

from necessity import pipeline
from necessity.determinations.determination import Determination
from necessity.intake import case_of
from necessity.library import open_library


def labelled(folder: Path | None = None) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((folder or DATA / "cases").glob("*.yaml")):
        yield path, yaml.safe_load(path.read_text())


class Tally:
    """Counts over cases, and a line for each miss."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, name: str, expected: dict[str, Any], found: Determination) -> None:
        self._count(name, "outcome", expected["outcome"], found.outcome.value)
        self.counts["false approvals"] += found.outcome == "medically_necessary" != expected["outcome"]
        self._count(name, "urgent", bool(expected.get("urgent")), found.urgent)
        if expected.get("level_of_care"):
            self._count(
                name,
                "level of care",
                expected["level_of_care"]["outcome"],
                found.level_of_care.outcome.value if found.level_of_care else None,
            )
        statuses = {finding.criterion: finding for finding in found.findings}
        for criterion, status in expected["findings"].items():
            finding = statuses.get(criterion)
            self._count(
                name,
                "criterion",
                status,
                finding.status.value if finding else None,
                f"{criterion}: {finding.reason if finding else ''}",
            )
        if expected.get("split"):
            wanted = Counter((line["procedure"], line.get("level"), line["outcome"]) for line in expected["lines"])
            given = Counter((line.line.procedure, line.line.level, line.outcome.value) for line in found.lines)
            self._count(name, "lines", sorted(map(str, wanted.elements())), sorted(map(str, given.elements())))

    def _count(self, name: str, what: str, expected: Any, found: Any, note: str = "") -> None:
        self.counts[what] += 1
        self.counts[f"{what} right"] += expected == found
        if expected != found:
            self.misses.append(f"{name:30} {what:14} expected {expected}, said {found}  {note}")

    def share(self, name: str) -> float:
        """The share of a thing counted that was right."""
        return self.counts[f"{name} right"] / max(1, self.counts[name])

    def line(self) -> str:
        names = ("outcome", "criterion", "urgent", "level of care", "lines")
        parts = [
            f"{name} {self.counts[f'{name} right']}/{self.counts[name]} = {self.share(name):.3f}" for name in names
        ]
        return " | ".join([*parts, f"false approvals {self.counts['false approvals']}"])


def score(
    only: str | None = None, families: list[str] | None = None, folder: Path | None = None
) -> tuple[Tally, list[str]]:
    knowledge = open_library()
    covered = {policy.id for policy in knowledge.policies if policy.pack == "house"}
    tally, uncovered = Tally(), []
    for path, labels in labelled(folder):
        if (only and path.stem != only) or (families and labels["family"] not in families):
            continue
        if labels["family"] not in covered:
            uncovered.append(path.stem)
            continue
        case = case_of([path], knowledge.form_words())
        tally.add(path.stem, labels["expect"], pipeline.review(case, knowledge))
    return tally, uncovered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--case")
    parser.add_argument("--family", nargs="*")
    parser.add_argument("--cases", type=Path, metavar="DIR", help="labelled cases of your own, in the same form")
    options = parser.parse_args()
    tally, uncovered = score(options.case, options.family, options.cases)
    if options.misses:
        print(*tally.misses, sep="\n")
    if uncovered:
        print(f"no policy for the family of: {', '.join(uncovered)}")
    print(tally.line())


if __name__ == "__main__":
    main()
