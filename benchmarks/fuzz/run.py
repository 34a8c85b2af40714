"""Long fuzzing of every reader with atheris, which sees what code an input reaches; figures as they stand in README.md beside this file.

    pip install -e '.[fuzz]'
    python benchmarks/fuzz/run.py                       every reader, three minutes each
    python benchmarks/fuzz/run.py --seconds 600 pdf zip  these, ten minutes each
    python benchmarks/fuzz/run.py --again FILE pdf       one input that was kept

An input that breaks a reader, takes longer than 20 seconds or more than 3 GB is kept under --kept, and the run goes on with the next reader.
Where atheris is not installed, the same seeds are changed at random without sight of the code.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "fuzz"), str(ROOT / "tests" / "charts")]

_SLOWEST, _MOST_MB = 20, 3000
_LONGEST = 200_000
# Libraries in Python whose code is watched beside ours.
_WATCHED = ["necessity", "docx", "striprtf", "email", "zipfile", "olefile"]


def one(name: str, seconds: int, kept: Path, seed: int) -> None:
    """Fuzz one reader in this process. It does not come back: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=_WATCHED):
        for path in sorted((ROOT / "src" / "necessity" / "charts").glob("from_*.py")):
            import_module(f"necessity.charts.{path.stem}")  # some are imported only when a file of theirs comes
        import readers
    reader = readers.by_name(name)
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder, "corpus"), Path(folder, "words")
        corpus.mkdir()
        for number, data in enumerate(reader.seeds()):
            Path(corpus, f"seed-{number}").write_bytes(data)
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in reader.words))
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_MOST_MB}",
            f"-max_len={_LONGEST}",
            f"-artifact_prefix={kept}/{name.replace(' ', '-')}-",
            f"-seed={seed}",
            "-print_final_stats=1",
            *([f"-dict={words}"] if reader.words else []),
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], reader.read)
        atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '"\\' else f"\\x{c:02x}" for c in word)


def blind(name: str, seconds: int, kept: Path, seed: int) -> None:
    """The same without sight of the code: seeds changed at random."""
    import readers

    reader, dice = readers.by_name(name), random.Random(seed)  # noqa: S311  dice for mutations
    seeds, began, runs = reader.seeds(), time.monotonic(), 0
    while time.monotonic() - began < seconds:
        data = changed(dice.choice(seeds), dice, reader.words)
        start = time.monotonic()
        try:
            reader.read(data)
        except Exception:
            Path(kept, f"{name.replace(' ', '-')}-crash").write_bytes(data)
            raise
        if time.monotonic() - start > _SLOWEST:
            Path(kept, f"{name.replace(' ', '-')}-timeout").write_bytes(data)
            sys.exit("too slow")
        runs += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"stat::number_of_executed_units: {runs}\nstat::peak_rss_mb: {peak}", file=sys.stderr)


def changed(data: bytes, dice: random.Random, words: tuple[bytes, ...]) -> bytes:
    """A few bytes turned, cut out, doubled or put in."""
    new = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at, length = dice.randrange(len(new) + 1), dice.choice((1, 1, 2, 4, 16, 200))
        match dice.randrange(5):
            case 0:
                new[at : at + length] = dice.randbytes(length)
            case 1:
                del new[at : at + length]
            case 2:
                new[at:at] = new[at : at + length] * dice.choice((1, 2, 50))
            case 3:
                new[at:at] = dice.choice(words) if words else dice.randbytes(length)
            case _:
                new[at : at + 1] = dice.choice((b"\x00", b"\xff", b"\x7f", b"0", b"-1", b"99999999", b"\n"))
    return bytes(new[:_LONGEST])


def told(name: str, seconds: int, kept: Path, seed: int) -> tuple[str, bool]:
    """A line of the table for one reader, and whether nothing broke."""
    command = [
        sys.executable,
        __file__,
        "--one",
        name,
        "--seconds",
        str(seconds),
        "--kept",
        str(kept),
        "--seed",
        str(seed),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=seconds * 3 + 300, check=False
    )
    (kept / f"{name.replace(' ', '-')}.log").write_text(done.stdout + done.stderr)
    figures = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
    covered = re.findall(r"\bcov: (\d+)", done.stderr)
    runs, peak = int(figures.get("number_of_executed_units", 0)), figures.get("peak_rss_mb", "?")
    slowest = figures.get("slowest_unit_time_sec", "?")
    sound = done.returncode == 0
    line = f"| {name} | {runs:,} | {covered[-1] if covered else '-'} | {slowest} s | {peak} MB | {'none' if sound else 'KEPT'} |"
    return line, sound


def main() -> int:
    import readers

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("readers", nargs="*", metavar="READER")
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "necessity-fuzz")
    parser.add_argument("--again", type=Path, help="an input to read once more")
    asked = parser.parse_args()
    asked.kept.mkdir(parents=True, exist_ok=True)
    if asked.again:
        readers.by_name(asked.readers[0]).read(asked.again.read_bytes())
        return 0
    print(
        "| reader | inputs | places of code reached | slowest | most memory | broken |\n|---|---|---|---|---|---|",
        flush=True,
    )
    whole = True
    for name in asked.readers or [reader.name for reader in readers.READERS]:
        line, sound = told(name, asked.seconds, asked.kept, asked.seed)
        whole &= sound
        print(line, flush=True)
    return 0 if whole else 1


def _child() -> None:
    """`--one`: fuzz a single reader here."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--one")
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    try:
        import atheris  # noqa: F401  # only whether it is there
    except ImportError:
        blind(asked.one, asked.seconds, asked.kept, asked.seed)
        return
    one(asked.one, asked.seconds, asked.kept, asked.seed)


if __name__ == "__main__":
    if "--one" in sys.argv:
        _child()
    else:
        sys.exit(main())
