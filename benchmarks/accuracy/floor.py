"""The accuracy floor: exits 1 where a figure of the scoreboards has fallen below benchmarks/accuracy/floor.yaml.

python benchmarks/accuracy/floor.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import measure
import outcomes
import yaml

FLOOR = yaml.safe_load((Path(__file__).parent / "floor.yaml").read_text())


def main() -> int:
    below = [*abstract_below(), *outcomes_below()]
    for line in below:
        print(f"below the floor: {line}")
    return 1 if below else 0


def folder_of(part: str) -> Path | None:
    """The folder of a set of cases; the notes and the first cases have their own loaders."""
    return None if part in ("tuning", "cases") else measure.DATA / part


def abstract_below() -> list[str]:
    found = []
    for part, floors in FLOOR["abstract"].items():
        folder = folder_of(part)
        notes = part == "tuning" or folder is not None and (folder / "notes.jsonl").exists()
        score = measure.measure("tuning" if notes else "cases", folder=folder)
        figures = score.figures(list(measure.QUESTIONS))
        print(f"abstract, {part}: {score.line(list(measure.QUESTIONS))}")
        found += [
            f"abstract {part} {name} {figures[name]:.3f} < {floor}"
            for name, floor in floors.items()
            if figures[name] < floor
        ]
    return found


def outcomes_below() -> list[str]:
    found = []
    for part, floors in FLOOR["outcomes"].items():
        tally, _ = outcomes.score(folder=folder_of(part))
        print(f"outcomes, {part}: {tally.line()}")
        for name, floor in floors.items():
            if name == "false approvals":
                if tally.counts[name] > floor:
                    found.append(f"{part}: false approvals {tally.counts[name]} > {floor}")
            elif tally.share(name) < floor:
                found.append(f"{part}: {name} {tally.share(name):.3f} < {floor}")
    return found


if __name__ == "__main__":
    sys.exit(main())
