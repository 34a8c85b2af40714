"""The lexicon: the phrase syntax that clinicians write, and what is found in a text."""

import pytest

from necessity.vocabulary.lexicon import Lexicon
from necessity.vocabulary.phrases import expand


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("injection(s)", {"injections", "injection"}),
        ("(disc|disk) space", {"disc space", "disk space"}),
        ("no [clear|definite] evidence", {"no clear evidence", "no definite evidence", "no evidence"}),
        (
            "removal of (the )[old ]plate",
            {"removal of the old plate", "removal of the plate", "removal of old plate", "removal of plate"},
        ),
        (
            "hemi[-](laminectom(y|ies))",
            {"hemi-laminectomy", "hemi-laminectomies", "hemilaminectomy", "hemilaminectomies"},
        ),
    ],
)
def test_a_written_phrase_stands_for_all_its_readings(written: str, meant: set[str]) -> None:
    assert set(expand(written)) == meant


def test_a_bracket_without_its_partner_is_refused() -> None:
    with pytest.raises(ValueError, match="partner"):
        expand("injection(s")


def lexicon() -> Lexicon:
    concepts = {"leg": ["leg(s)"], "leg_raise": ["straight leg raise"], "therapy": ["=PT", "physical therapy"]}
    return Lexicon([{"group": "g", "concepts": concepts}])


def test_the_longest_phrase_wins_over_the_words_inside_it() -> None:
    found, _ = lexicon().matches("straight leg raise of the leg", "straight leg raise of the leg")
    assert [match.concepts[0].id for match in found] == ["leg_raise", "leg"]


def test_a_phrase_is_found_at_word_boundaries_only() -> None:
    assert lexicon().matches("legend", "legend")[0] == []


def test_a_phrase_with_its_case_tells_therapy_from_patient() -> None:
    found, _ = lexicon().matches("pt had pt", "Pt had PT")
    assert [(match.start, match.concepts[0].id) for match in found] == [(7, "therapy")]


def test_phrases_hide_each_other_within_a_lane_only() -> None:
    complaints = {"group": "site", "lane": "complaints", "concepts": {"leg": ["leg"]}}
    pain = {"group": "pain", "lane": "complaints", "concepts": {"clinic": ["leg clinic"]}}
    exam = {"group": "exam", "concepts": {"raise": ["straight leg raise"]}}
    found, _ = Lexicon([complaints, pain, exam]).matches(
        "straight leg raise, leg clinic", "straight leg raise, leg clinic"
    )
    assert [match.concepts[0].id for match in found] == ["raise", "leg", "clinic"]


def test_texts_searched_together_are_kept_apart() -> None:
    found = lexicon().matches_in(["pain in the leg", "", "leg raise"], ["pain in the leg", "", "Leg raise"])
    alone = [lexicon().matches(text, text) for text in ("pain in the leg", "", "leg raise")]
    assert [[match[:2] for match in content] for content, _ in found] == [
        [match[:2] for match in content] for content, _ in alone
    ]
