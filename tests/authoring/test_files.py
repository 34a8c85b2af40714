"""Policies found by name, begun, and told as stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from necessity.authoring import skeleton
from necessity.authoring.check import check
from necessity.authoring.files import files_of, one_policy, packs, read_file
from necessity.authoring.history import history
from necessity.values.errors import UsageError


def test_a_policy_is_named_by_pack_and_id_by_id_alone_or_by_file():
    by_name = one_policy("reference/t12-l1-tubular-decompression")
    assert by_name.policy is not None and by_name.policy == one_policy("t12-l1-tubular-decompression").policy
    assert one_policy(str(by_name.path)).policy == by_name.policy


def test_a_name_that_fits_two_policies_is_refused_with_both():
    with pytest.raises(UsageError, match="house/level-of-care.*reference/level-of-care"):
        one_policy("level-of-care")


def test_a_date_before_the_first_version_finds_none():
    with pytest.raises(UsageError, match="in force by then"):
        one_policy("house/lumbar-discectomy@1999-01-01")


def test_a_pack_is_all_its_policies():
    assert {file.policy.pack for file in files_of("reference") if file.policy} == {"reference"}
    assert set(packs()) >= {"house", "reference"}


def test_every_policy_has_its_history():
    assert list(history("house/lumbar-discectomy"))[0] == "house/lumbar-discectomy"


def test_a_policy_that_is_begun_loads_as_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(skeleton, "policies_folder", lambda: tmp_path)
    written = skeleton.begin("knee-brace", "example", date(2026, 3, 1))
    names = [path.relative_to(tmp_path / "example" / "knee-brace").as_posix() for path in written]
    assert names == ["2026-03-01.yaml", "policy.md", "cases/.gitkeep"]
    file = read_file(written[0])
    assert file.policy is not None and file.policy.status == "draft" and file.policy.id == "knee-brace"
    assert [str(problem) for problem in check([file])] == []


@pytest.mark.parametrize("name", ["Knee Brace", "../knee", "knee_brace"])
def test_an_id_that_is_none_is_refused(name: str):
    with pytest.raises(UsageError, match="is no id"):
        skeleton.begin(name, "house", date(2026, 3, 1))


def test_a_policy_that_is_there_is_not_begun_again():
    with pytest.raises(UsageError, match="there already"):
        skeleton.begin("lumbar-discectomy", "house", date(2026, 3, 1))
