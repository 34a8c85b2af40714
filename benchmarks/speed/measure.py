"""How fast it is: charts of 100, 300 and 1,000 pages end to end, many cases, and the start.

    python benchmarks/speed/measure.py [--rounds 5]

Each figure is measured in a process of its own, so that memory is that of the program, with compiled code at hand, as pip leaves
it; the best of the rounds counts, for other programs only ever slow one down. Rates hold for one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "tests" / "data" / "mtsamples" / "tuning.jsonl"
CASES = ROOT / "tests" / "data" / "cases"
SAMPLE = ROOT / "samples" / "t12-l1-days"
LINES_PER_PAGE = 50
PAGES = (100, 300, 1000)
COPIES = 5


class Cost(NamedTuple):
    """Seconds by the clock, seconds of a processor, and megabytes at the most."""

    wall: float
    cpu: float
    memory: float


class Program:
    """The program, called in processes of its own; `rounds` times, of which the best counts."""

    def __init__(self, rounds: int, compiled: str) -> None:
        self._rounds = rounds
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._environment = kept | {"PYTHONPYCACHEPREFIX": compiled}
        self._call("review", SAMPLE)  # compiles

    def timed(self, *arguments: str | Path) -> Cost:
        """The least that a call cost."""
        return Cost(*map(min, zip(*(self._call(*arguments) for _ in range(self._rounds)), strict=True)))

    def _call(self, *arguments: str | Path) -> Cost:
        command = [sys.executable, "-m", "necessity", *map(str, arguments)]
        quiet = subprocess.DEVNULL
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=self._environment)
        _, _, usage = os.wait4(process.pid, 0)
        scale = 1024 * 1024 if sys.platform == "darwin" else 1024
        return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def long_chart(folder: Path, pages: int) -> tuple[int, int]:
    """A text chart of so many pages made of whole notes, one document a note; its pages and its characters."""
    lines = characters = 0
    notes = [json.loads(line)["text"] for line in NOTES.read_text("utf-8").splitlines()]
    for number in range(10_000):
        if lines >= pages * LINES_PER_PAGE:
            break
        text = f"Record {number + 1}\n\n{notes[number % len(notes)]}"  # the same text twice is read once
        lines += max(text.count("\n") + 1, len(text) // 90)
        characters += len(text)
        (folder / f"{number:04}.txt").write_text(text, "utf-8")
    form = "{procedures: [discectomy], levels: [L4-5], side: left, as_of: 2026-01-23}"
    (folder / "request.yaml").write_text(form, "utf-8")
    return lines // LINES_PER_PAGE, characters


def many_cases(folder: Path) -> int:
    """The labelled cases, several times over, as case files; their number."""
    files = sorted(CASES.glob("*.yaml"))
    for copy in range(COPIES):
        for file in files:
            (folder / f"{copy}-{file.name}").write_bytes(file.read_bytes())
    return len(files) * COPIES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as compiled:
        program = Program(rounds, compiled)
        print(f"--help                       {program.timed('--help').wall:6.2f} s")
        alone = program.timed("review", SAMPLE)
        print(f"review of the sample chart   {alone.wall:6.2f} s ({alone.cpu:.2f} of a core)   {alone.memory:4.0f} MB")
        for pages in PAGES:
            long_one(program, pages, alone)
        many(program, alone)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, the best of {rounds}")


def long_one(program: Program, wanted: int, alone: Cost) -> None:
    """One long chart: what it takes, and what each page adds to the review of the sample."""
    with tempfile.TemporaryDirectory() as name:
        pages, characters = long_chart(Path(name), wanted)
        cost = program.timed("review", name, "--format", "json")
    print(
        f"review of {pages:4} pages         {cost.wall:6.2f} s ({cost.cpu:.2f} of a core)   {cost.memory:4.0f} MB; "
        f"{characters / 1e6:.1f} MB of text; a page adds {1000 * (cost.cpu - alone.cpu) / pages:.1f} ms of a core "
        f"and {1000 * (cost.memory - alone.memory) / pages:.0f} kB"
    )


def many(program: Program, alone: Cost) -> None:
    """Many cases in one process, and in as many as there are cores."""
    with tempfile.TemporaryDirectory() as name:
        count = many_cases(Path(name))
        for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
            cost = program.timed("review", "--jsonl", name, "--jobs", str(jobs))
            rate = count / (cost.wall - alone.wall)
            print(
                f"{count} cases, {jobs} processes     {cost.wall:6.2f} s   {cost.memory:4.0f} MB; {rate:.0f} a second"
            )


if __name__ == "__main__":
    main()
