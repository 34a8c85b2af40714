"""How fast it is: a long chart end to end, many cases, and the start.

    python benchmarks/speed/measure.py

Each figure is measured in a process of its own, so that memory is that of the program. Rates hold for one machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "tests" / "data" / "mtsamples" / "tuning.jsonl"
CASES = ROOT / "tests" / "data" / "cases"
SAMPLE = ROOT / "samples" / "t12-l1-days"
LINES_PER_PAGE = 50
PAGES = 100
COPIES = 5
STARTS = 5


def timed(*arguments: str | Path) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one call of the program."""
    command = [sys.executable, "-m", "necessity", *map(str, arguments)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss / scale


def long_chart(folder: Path) -> int:
    """A text chart of 100 pages made of whole notes, one document a note; the number of its pages."""
    lines = 0
    notes = [json.loads(line)["text"] for line in NOTES.read_text("utf-8").splitlines()]
    for number in range(10_000):
        if lines >= PAGES * LINES_PER_PAGE:
            break
        text = notes[number % len(notes)]
        lines += max(text.count("\n") + 1, len(text) // 90)
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    form = "{procedures: [discectomy], levels: [L4-5], side: left, as_of: 2026-01-23}"
    (folder / "request.yaml").write_text(form, "utf-8")
    return lines // LINES_PER_PAGE


def many_cases(folder: Path) -> int:
    """The labelled cases, several times over, as case files; their number."""
    files = sorted(CASES.glob("*.yaml"))
    for copy in range(COPIES):
        for file in files:
            (folder / f"{copy}-{file.name}").write_bytes(file.read_bytes())
    return len(files) * COPIES


def main() -> None:
    start = min(timed("--help")[0] for _ in range(STARTS))
    print(f"--help                      {start:6.2f} s")
    alone = min(timed("review", SAMPLE)[0] for _ in range(STARTS))
    print(f"review of the sample chart  {alone:6.2f} s   start included")
    with tempfile.TemporaryDirectory() as name:
        pages = long_chart(Path(name))
        seconds, memory = timed("review", name, "--format", "json")
        print(f"review of {pages} pages         {seconds:6.2f} s   {memory:.0f} MB at most")
    with tempfile.TemporaryDirectory() as name:
        count = many_cases(Path(name))
        seconds, memory = timed("review", "--jsonl", name)
        rate = count / (seconds - alone)
        print(f"{count} cases, one process     {seconds:6.2f} s   {rate:.0f} cases a second, {memory:.0f} MB at most")
        cores = os.cpu_count() or 1
        seconds, _ = timed("review", "--jsonl", name, "--jobs", str(cores))
        print(f"{count} cases, {cores} processes    {seconds:6.2f} s   {count / (seconds - alone):.0f} cases a second")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
