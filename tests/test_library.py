"""The library opens whole, and what is asked of it by name exists or is refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from necessity.library import check_asked, library_folder, open_library, packs, policies_in_force
from necessity.values.errors import LibraryError, UsageError


@pytest.fixture
def copy_of_library(tmp_path: Path) -> Path:
    return Path(copytree(library_folder(), tmp_path / "library"))


def a_policy_file(folder: Path) -> Path:
    return sorted((folder / "policies" / "house").rglob("20*.yaml"))[0]


def test_the_library_opens_without_a_problem():
    knowledge = open_library()
    assert {"house", "reference"} <= set(packs(knowledge))
    assert knowledge.citations.ids
    assert knowledge.lexicon.of_group("procedure")


def test_every_policy_of_the_house_pack_is_in_force_today():
    found = [policy.id for policy in policies_in_force(open_library(), "house", date(2026, 11, 1))]
    assert {"lumbar-discectomy", "lumbar-fusion", "thoracolumbar-decompression"} <= set(found)


def test_a_policy_that_is_not_retroactive_is_not_in_force_before_its_date():
    early = policies_in_force(open_library(), "house", date(1999, 1, 1))
    assert all(policy.retroactive for policy in early)


def test_an_unknown_pack_or_policy_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="no pack `hous`.*house.*reference"):
        check_asked(open_library(), "hous", None)
    with pytest.raises(UsageError, match="no policy `lumbar`.*lumbar-fusion"):
        check_asked(open_library(), "house", "lumbar")


def test_a_newer_dated_file_takes_over_from_its_date(copy_of_library: Path):
    old = a_policy_file(copy_of_library)
    newer = old.read_text("utf-8").replace(f"effective: {old.stem}", "effective: 2027-03-01")
    (old.parent / "2027-03-01.yaml").write_text(newer, "utf-8")
    knowledge = open_library(copy_of_library)
    in_june = {p.id: p.effective for p in policies_in_force(knowledge, "house", date(2027, 6, 1))}
    in_january = {p.id: p.effective for p in policies_in_force(knowledge, "house", date(2027, 1, 1))}
    assert in_june[old.parent.name] == date(2027, 3, 1)
    assert in_january[old.parent.name] < date(2027, 3, 1)


def test_a_broken_file_is_named_with_its_line(copy_of_library: Path):
    (copy_of_library / "vocabulary" / "sections.yaml").write_text("kinds:\n  plan: [a\n", "utf-8")
    with pytest.raises(LibraryError, match=r"sections.yaml:\d"):
        open_library(copy_of_library)


def test_every_broken_policy_is_named_at_once(copy_of_library: Path):
    files = sorted((copy_of_library / "policies" / "house").rglob("20*.yaml"))[:2]
    for file in files:
        file.write_text(file.read_text("utf-8") + "\nnonsense: yes\n", "utf-8")
    with pytest.raises(LibraryError) as caught:
        open_library(copy_of_library)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("written", "procedures"),
    [
        ("discectomy", ("discectomy",)),
        ("Epidural-Injection", ("epidural_injection",)),
        ("ACDF", ("discectomy", "fusion")),
        ("microdiscectomy", ("discectomy",)),
        ("cholecystectomy", ()),
    ],
)
def test_a_form_may_name_a_procedure_by_id_or_by_its_usual_words(written: str, procedures: tuple[str, ...]):
    assert open_library().procedures_in(written) == procedures


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("L4-5", ("L4-5",)),
        ("T12/L1", ("T12-L1",)),
        ("L3-S1", ("L3-4", "L4-5", "L5-S1")),
        ("L1", ("L1",)),
        ("SI joint", ()),
        ("L9-10", None),
        ("left knee", None),
        ("L4-5 and the hip", None),
    ],
)
def test_levels_are_read_as_people_write_them(written: str, levels: tuple[str, ...] | None):
    assert open_library().form_words().levels_in(written) == levels
