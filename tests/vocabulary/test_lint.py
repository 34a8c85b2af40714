"""The lint of lexicons, and the shipped lexicons before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from necessity.vocabulary.lint import lint, shared_phrases

FOLDER = Path(__file__).parents[2] / "library" / "vocabulary" / "lexicon"


def file(concepts: dict[str, Any], **more: Any) -> dict[str, dict[str, Any]]:
    return {"x.yaml": {"source": "own", "group": "x", "concepts": concepts, **more}}


def test_the_shipped_lexicons_surprise_nobody() -> None:
    files = {path.name: yaml.safe_load(path.read_text()) for path in FOLDER.glob("*.yaml")}
    assert [str(problem) for problem in lint(files)] == []


def test_a_phrase_of_two_concepts_is_ambiguous_unless_the_pair_is_named() -> None:
    concepts = {"a": ["slip"], "b": ["slip(s)"]}
    assert "belongs to `a` and to `b`" in str(lint(file(concepts))[0])
    assert lint(file(concepts, together=[["a", "b"]])) == ()


def test_an_exact_phrase_is_shadowed_by_the_same_words_without_case() -> None:
    assert "shadowed" in str(lint(file({"a": ["=HEP", "hep"]}))[0])


def test_a_concept_without_words_and_a_file_without_source_are_named() -> None:
    found = lint({"x.yaml": {"group": "x", "concepts": {"a": []}}})
    assert [problem.message for problem in found][0].startswith("the file does not say")
    assert "no words" in found[1].message


def test_words_that_two_groups_claim_are_listed() -> None:
    files = {**file({"a": ["fusion"]}), "y.yaml": {"source": "own", "group": "y", "concepts": {"b": ["fusion"]}}}
    assert shared_phrases(files) == {"fusion": ("x.a", "y.b")}
