"""Reading speed and memory beside a medspaCy pipeline of like size, on the same notes, in one run; prints the ratio.

    pip install medspacy
    python benchmarks/speed/peer.py [--rules 500] [--repeat 3]

The peer gets target rules made from this product's own lexicon (one phrase of each concept), ConText and its sectionizer,
once with its own sentence splitter (PyRuSH) and once with spaCy's fast one. This product reads every fact with its spans. Each
pipeline runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "tests" / "data" / "mtsamples" / "tuning.jsonl"


def notes() -> list[str]:
    return [json.loads(line)["text"] for line in NOTES.open()]


def necessity() -> Callable[[str], int]:
    from necessity.charts.chart import chart_of
    from necessity.charts.document import Document
    from necessity.facts.from_chart import facts_of, read_chart
    from necessity.facts.readers import READERS
    from necessity.facts.times import find_times
    from necessity.library import open_library

    knowledge = open_library()

    def read(text: str) -> int:
        find_times.cache_clear()  # notes read again must not be cheaper for it
        chart = knowledge.kinds.describe(chart_of([Document(id="", name="note", text=text)]))
        return len(facts_of(read_chart(chart, knowledge.lexicon, knowledge.sections), READERS))

    return read


def medspacy(rules: int, splitter: str) -> Callable[[str], int]:
    import medspacy as peer
    import spacy
    from medspacy.target_matcher import TargetRule

    from necessity.library import open_library

    logging.disable(logging.CRITICAL)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("medspacy_pyrush" if splitter == "pyrush" else "sentencizer")
    pipeline.add_pipe("medspacy_target_matcher")
    pipeline.add_pipe("medspacy_context")
    pipeline.add_pipe("medspacy_sectionizer")
    phrases = open_library().lexicon.phrases_of_concepts()
    chosen = [TargetRule(phrase, concept.upper()) for concept, phrase in phrases[:: max(1, len(phrases) // rules)]]
    pipeline.get_pipe("medspacy_target_matcher").add(chosen)
    assert peer.__version__

    def read(text: str) -> int:
        return len(pipeline(text).ents)

    return read


PIPELINES: dict[str, Callable[[int], Callable[[str], int]]] = {
    "necessity": lambda rules: necessity(),
    "medspacy, sentencizer": lambda rules: medspacy(rules, "sentencizer"),
    "medspacy, pyrush": lambda rules: medspacy(rules, "pyrush"),
}


def measure(name: str, rules: int, repeat: int) -> dict[str, float]:
    """Notes a second (best of the repeats), megabytes at the peak, what was found, and the time to be ready."""
    begun = time.perf_counter()
    read = PIPELINES[name](rules)
    ready = time.perf_counter() - begun
    texts = notes()
    best, found = float("inf"), 0
    for _ in range(repeat):
        begun = time.perf_counter()
        found = sum(read(text) for text in texts)
        best = min(best, time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": len(texts) / best, "peak": peak, "found": found, "ready": ready}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", choices=list(PIPELINES))
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options.rules, options.repeat)))
        return
    results = {}
    for name in PIPELINES:
        command = [
            sys.executable,
            __file__,
            "--only",
            name,
            "--rules",
            str(options.rules),
            "--repeat",
            str(options.repeat),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # our own script, our own arguments
        results[name] = json.loads(done.stdout.splitlines()[-1])
        row = results[name]
        print(
            f"{name:24} {row['rate']:8.1f} notes/s  {row['peak']:6.0f} MB  ready in {row['ready']:.2f} s  found {row['found']:.0f}"
        )
    for name in list(PIPELINES)[1:]:
        print(f"ratio to {name}: {results['necessity']['rate'] / results[name]['rate']:.1f} times its notes a second")


if __name__ == "__main__":
    main()
