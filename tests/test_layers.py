"""The rules of the architecture that a machine can check."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "necessity"
# Disk, clock and screen belong to these alone.
EDGE = {"__main__", "cli", "cli_policies", "authoring", "batch", "asking", "intake", "library", "progress", "reports"}
IMPURE_NAMES = {"open", "print", "input"}
IMPURE_METHODS = {"today", "now", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"}
PROCEDURE_CODE = re.compile(r"\b(?:0\d{3}T|2[02]\d{3}|6[234]\d{3})\b")


def modules() -> Iterator[tuple[str, Path]]:
    """Every module with the name of the room it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).parts[0].removesuffix(".py"), path


def test_every_module_has_its_place_in_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    listed = set(re.findall(r"necessity\.(\w+)", " ".join(settings["contracts"][0]["layers"])))
    assert {room for room, _ in modules()} - listed == {"__init__"}


def test_the_middle_has_no_disk_clock_or_screen():
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for room, path in modules()
        if room not in EDGE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") in IMPURE_NAMES or getattr(node.func, "attr", "") in IMPURE_METHODS)
    ]
    assert found == []


def strings() -> Iterator[tuple[str, str]]:
    """Every string of the code with its place, docstrings apart."""
    for _, path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node.value


def test_code_holds_no_procedure_codes():
    assert [place for place, text in strings() if PROCEDURE_CODE.search(text)] == []


def test_code_holds_no_drug():
    drugs = yaml.safe_load((ROOT / "library" / "vocabulary" / "lexicon" / "drugs.yaml").read_text("utf-8"))["concepts"]
    named = [str(name).replace("_", " ") for name, entry in drugs.items() if entry.get("named", True)]
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, named)) + r")\b", re.IGNORECASE)
    assert [place for place, text in strings() if pattern.search(text)] == []


def test_no_file_of_the_source_is_longer_than_400_lines():
    long = [str(path.relative_to(SOURCE)) for _, path in modules() if len(path.read_text("utf-8").splitlines()) > 400]
    assert long == []
