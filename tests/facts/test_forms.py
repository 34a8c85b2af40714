"""Forms: boxes ticked and left empty, questions and their answers."""

from __future__ import annotations

import pytest
from told import facts_in_documents

from necessity.facts.fact import Fact
from necessity.facts.forms import circled_options, form_scopes, ticked_options
from necessity.facts.readers import READERS


def told(text: str, concept: str) -> list[Fact]:
    return [fact for fact in facts_in_documents([(text, None)], *READERS) if fact.concept == concept]


@pytest.mark.parametrize(
    "row",
    [
        "Saddle numbness ☐ Yes ☒ No",
        "Saddle numbness? no",
        "Saddle numbness  [X] No  [ ] Yes",
        "Saddle numbness: Yes [ ] No [X]",
        "Saddle numbness ( ) yes (x) no",
        "Saddle numbness?  Y [ ]  N [X]",
        "Saddle numbness: Yes ___ No _X_",
    ],
)
def test_a_no_ticked_or_written_denies(row: str) -> None:
    assert [(fact.concept, fact.assertion) for fact in told(row, "saddle")] == [("saddle", "absent")]


@pytest.mark.parametrize(
    "row", ["Saddle numbness ☒ Yes ☐ No", "Saddle numbness? yes", "Saddle numbness: Yes [x] No [ ]"]
)
def test_a_yes_ticked_or_written_tells(row: str) -> None:
    assert [(fact.concept, fact.assertion) for fact in told(row, "saddle")] == [("saddle", "present")]


@pytest.mark.parametrize(
    "row", ["Saddle numbness ☐ Yes ☐ No", "Have you had saddle numbness?", "Saddle numbness [ ]  Fever [x]"]
)
def test_a_question_without_an_answer_says_nothing(row: str) -> None:
    assert told(row, "saddle") == []


@pytest.mark.parametrize(
    ("row", "main"),
    [
        ("Where is your WORST pain?   [ ] leg   [x] back   [ ] both the same", "axial"),
        ("Which bothers you more?   (x) back   ( ) leg   ( ) same", "axial"),
        ("Which is worse?\n[ ] back  [x] leg", "limb"),
        ("Main area of pain: ☐ Back ☒ Leg ☐ Equal", "limb"),
        ("Pain is mostly:  Leg [ ]  Back [X]  Both [ ]", "axial"),
        ("Worse: back ___ leg _X_", "limb"),
        ("My worst pain is: [ ] back [ ] leg [x] both the same", "equal"),
    ],
)
def test_the_ticked_option_is_the_main_pain(row: str, main: str) -> None:
    assert [fact.value for fact in told(row, "predominant")] == [main]


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("Do you smoke?  ( ) yes (x) no ( ) quit", "never"),
        ("Tobacco: Never [x] Former [ ] Current [ ]", "never"),
        ("Smoking status: ☐ Current ☒ Former ☐ Never", "former"),
        ("Smoking   [ ] never   [ ] past   [x] now", "current"),
        ("Do you smoke?  No, never", "never"),
    ],
)
def test_a_row_on_tobacco_tells_the_status(row: str, status: str) -> None:
    assert {fact.value for fact in told(row, "tobacco")} == {status}


def test_the_next_question_is_no_part_of_an_answer() -> None:
    form = "Weakness?    YES - my foot slaps on the floor when I walk, maybe two weeks now\nBladder / bowel?      fine"
    assert [fact.assertion for fact in told(form, "bladder")] == ["absent"]
    assert "present" in [fact.assertion for fact in told(form, "weakness")]


def test_labels_stand_before_or_behind_their_boxes() -> None:
    in_front, behind = "[ ] arm [x] neck [ ] both", "arm [ ] neck [x] both [ ]"
    assert [in_front[a:b].strip() for a, b in ticked_options(in_front)] == ["neck"]
    assert [behind[a:b].strip() for a, b in ticked_options(behind)] == ["neck"]


def test_prose_is_no_form() -> None:
    assert form_scopes("she denies numbness (but not pain), and walks well").scopes == ()


def test_an_option_in_brackets_is_ringed_where_the_form_says_circle() -> None:
    text = "which is worse, circle one: back (leg) same"
    assert [text[low:high] for low, high in circled_options(text)] == ["leg"]
    assert circled_options("left leg (calf) pain") == ()


def test_the_options_beside_a_ring_or_a_marked_line_say_nothing() -> None:
    assert told("Worst pain (circle one):  back   (leg)   both", "axial_pain") == []
    assert told("Pain: ___ back _x_ right leg", "axial_pain") == []


@pytest.mark.parametrize("text", ["Back hurting now: N. Fosamax 2020 to 2023.", "Smoker: N. Back pain: N. Alcohol: N."])
def test_a_letter_answers_wherever_it_stands(text: str) -> None:
    assert {fact.assertion.value for fact in told(text, "axial_pain")} == {"absent"}


def test_a_list_with_a_letter_for_each_answer_denies_what_has_an_n():
    form = form_scopes("nsaid y, gaba y, mr n, opioid n")
    assert [one.kind for one in form.scopes] == ["plain", "plain", "absent", "absent"]


def test_letters_of_one_kind_alone_may_mean_normal():
    assert not form_scopes("motor n, sensory n, yes to all").scopes
