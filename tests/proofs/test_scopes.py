"""The scope table of a pack: no line twice, none between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from necessity.authoring.files import read_file
from necessity.policies.pack import Gap, Pack, pack_from
from necessity.policies.policy import Policy, Scope
from necessity.policies.source import read
from necessity.proofs.scopes import check_scopes

SOUND = read_file(Path(__file__).parent / "broken" / "sound.yaml").policy
LUMBAR = tuple(f"L{level}-{level + 1}" for level in range(1, 5)) + ("L5-S1",)


def policy(name: str, **scope: object) -> Policy:
    assert SOUND is not None
    written = Scope(**{"procedures": ("discectomy",), "levels": LUMBAR, "regions": ("lumbar",), **scope})  # type: ignore[arg-type]
    return replace(SOUND, id=name, applies_to=(written,))


def test_two_policies_that_claim_one_line_are_named_with_the_line():
    [failure] = check_scopes([policy("first"), policy("second", revision=True)], ())
    assert (failure.name, failure.about) == ("no-overlap", "first and second")
    assert "discectomy; revision" in failure.message


def test_policies_parted_by_revision_do_not_overlap():
    assert list(check_scopes([policy("first", revision=False), policy("again", revision=True)], ())) == []


def test_policies_parted_by_a_code_do_not_overlap():
    front = policy("front", without_cpt=("12345",))
    assert list(check_scopes([front, policy("back", with_cpt=("12345",))], ())) == []


def test_a_line_that_no_policy_decides_is_a_gap():
    [failure] = check_scopes([policy("first", revision=False)], ())
    assert (failure.name, failure.about) == ("no-gap", "discectomy lumbar")
    assert "discectomy; revision" in failure.message and failure.where == "policies/test/pack.yaml"


def test_a_gap_may_be_named_with_its_reason():
    gap = Gap(procedure="discectomy", region=None, reason="left to a person")
    assert list(check_scopes([policy("first", revision=False)], [gap])) == []


def test_a_pack_binds_the_members_that_it_names_and_asks_nothing_that_is_not_said():
    pack = Pack(id="p", payer=("Example",), state=("NY", "NJ"))
    assert pack.binds(payer="example", state="NJ") and pack.binds()
    assert not pack.binds(payer="Another") and not pack.binds(state="CA")
    assert Pack(id="everyone").binds(payer="Another", line_of_business="commercial")


def test_every_mistake_in_a_pack_file_is_named_with_its_line():
    text = "id: q\ntitle: a pack\npayor: Example\ngaps:\n  - {procedure: discectomy}\n"
    _, problems = pack_from(read(text, "pack.yaml"), "p")
    assert [str(problem) for problem in problems] == [
        "pack.yaml:3: `payor` is not a key here (did you mean `payer`?)",
        "pack.yaml:1: `id` is not the name of the folder (write `p`)",
        "pack.yaml:5: a gap has `procedure` and `reason`",
    ]
