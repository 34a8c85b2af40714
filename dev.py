"""One door for developers, with nothing but the standard library.

python3 dev.py sample    install into .venv and review the sample chart
python3 dev.py test      install, then run every check
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SAMPLE = ROOT / "samples" / "t12-l1-days"
STAMP = VENV / "installed"
FLOOR = ROOT / "benchmarks" / "accuracy" / "floor.py"
OLDEST = (3, 11)


def install(extras: str) -> None:
    """The package and its extras in .venv, anew only where pyproject.toml changed or an extra is missing."""
    wanted = f"{extras}\n{(ROOT / 'pyproject.toml').read_text('utf-8')}"
    if STAMP.exists() and (STAMP.read_text("utf-8") == wanted):
        return
    if not PYTHON.exists():
        make_venv()
    what = f".[{extras}]" if extras else "."
    run(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what)
    STAMP.write_text(wanted, "utf-8")


def make_venv() -> None:
    """An empty .venv; some systems keep the part that installs pip in a package of its own."""
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("cannot make .venv: install your system's package for Python virtual environments (python3-venv)")


def run(*command: str) -> None:
    """Run a command in the checkout; leave with its status where it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603  our own fixed commands
    if done.returncode:
        sys.stdout.flush()
        print(f"failed ({done.returncode}): {' '.join(command)}", file=sys.stderr)
        sys.exit(done.returncode)


def add_tesseract() -> None:
    """The program that reads scans, where this machine lets it be installed; the tests that need it are skipped elsewhere."""
    apt = shutil.which("apt-get")
    if shutil.which("tesseract") or apt is None or os.name == "nt" or os.geteuid() != 0:
        return
    print("== installing Tesseract, once", flush=True)
    for command in ([apt, "update", "-qq"], [apt, "install", "-y", "-qq", "tesseract-ocr"]):
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  our own fixed commands
        if done.returncode:
            print("Tesseract could not be installed; tests of scans are skipped", flush=True)
            return


def sample() -> None:
    """Review the sample chart."""
    if not STAMP.exists():
        print("Setting up .venv, once …", file=sys.stderr, flush=True)
    install("dev" if STAMP.exists() and STAMP.read_text("utf-8").startswith("dev") else "")
    run(str(PYTHON), "-m", "necessity", "review", str(SAMPLE.relative_to(ROOT)))


def test() -> None:
    """Every check; the test suite comes last, so that its summary is the last line."""
    install("dev")
    add_tesseract()
    checks = [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ]
    for name, *arguments in checks:
        print(f"== {name} {' '.join(arguments)}".rstrip(), flush=True)
        run(str(BIN / name), *arguments)
    if FLOOR.exists():
        print("== accuracy floor", flush=True)
        run(str(PYTHON), str(FLOOR.relative_to(ROOT)))
    print("== pytest", flush=True)
    run(str(PYTHON), "-m", "pytest")


COMMANDS = {"sample": sample, "test": test}


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit("Necessity needs Python 3.11 or newer.")
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python3 dev.py {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()


if __name__ == "__main__":
    main()
