from question_stories import ABSENT, BOTH, LEFT, PRESENT, RIGHT, Story, day, on

from necessity.charts.document import Document
from necessity.facts.fact import Source


def test_three_of_five_in_a_myotome_of_the_level():
    answer = Story().strength("extensor_hallucis_longus", 3, side=LEFT).ask("weakest_concordant_grade")
    assert answer.value == 3
    assert "extensor hallucis longus" in answer.reason


def test_the_other_leg_is_not_the_lines():
    assert (
        Story(side=LEFT).strength("extensor_hallucis_longus", 2, side=RIGHT).ask("weakest_concordant_grade").value
        is None
    )


def test_a_muscle_of_another_root_is_not_concordant():
    assert Story(level="L5-S1").strength("quadriceps", 2, side=LEFT).ask("weakest_concordant_grade").value is None


def test_with_the_canal_filled_the_roots_below_count():
    story = Story(level="L3-4").strength("gastrocnemius", 2, side=LEFT)
    assert story.ask("weakest_concordant_grade").value is None
    story.shows("stenosis", grade="severe", zone="canal")
    assert story.ask("weakest_concordant_grade").value == 2


def test_at_the_conus_the_foot_belongs_to_the_level():
    assert Story(level="T12-L1").strength("tibialis_anterior", 3, side=LEFT).ask("weakest_concordant_grade").value == 3


def test_the_latest_examination_counts():
    story = Story().strength("tibialis_anterior", 3, side=LEFT, written=day("2025-12-01"))
    story.strength("tibialis_anterior", 4, side=LEFT, written=day("2026-01-20"))
    assert story.ask("weakest_concordant_grade").value == 4


def test_weakness_told_by_the_patient_is_no_grade():
    assert (
        Story().strength("tibialis_anterior", 2, side=LEFT, source=Source.PATIENT).ask("weakest_concordant_grade").value
        is None
    )


def test_without_a_level_the_region_decides():
    assert Story(level=None).strength("tibialis_anterior", 2, side=LEFT).ask("weakest_concordant_grade").value == 2


def test_a_fall_between_two_examinations_is_progressive():
    story = Story().strength("tibialis_anterior", 5, side=LEFT, written=day("2025-12-19"))
    story.strength("tibialis_anterior", 3.67, side=LEFT, written=day("2026-01-20"))
    answer = story.ask("progressive_deficit")
    assert answer.value is True
    assert "MRC 5 to 4-" in answer.reason


def test_full_strength_throughout_is_an_earlier_grade_of_every_muscle():
    story = Story().strength(None, 5, side=BOTH, written=day("2025-12-19"))
    story.strength("quadriceps", 3, side=LEFT, written=day("2026-01-16"))
    assert Story(level="L3-4", facts=story.facts).ask("progressive_deficit").value is True


def test_a_grade_quoted_from_an_earlier_note_counts():
    story = Story().strength("tibialis_anterior", 5, side=LEFT, earlier=True, when=on("2025-09-29"))
    story.strength("tibialis_anterior", 3.33, side=LEFT)
    assert story.ask("progressive_deficit").value is True


def test_the_same_grade_twice_is_not_progressive():
    story = Story().strength("tibialis_anterior", 4, side=LEFT, written=day("2025-11-17"))
    story.strength("tibialis_anterior", 4, side=LEFT, written=day("2026-01-20"))
    assert story.ask("progressive_deficit").value is False


def test_a_summary_of_the_others_is_no_earlier_grade_of_the_muscle():
    story = Story().strength("extensor_hallucis_longus", 4, side=LEFT, written=day("2025-12-01"))
    story.strength(None, 5, side=LEFT, written=day("2025-12-01"))
    story.strength("extensor_hallucis_longus", 4, side=LEFT, written=day("2026-01-20"))
    assert story.ask("progressive_deficit").value is False


def test_strength_that_recovers_is_not_progressive():
    story = Story().strength("tibialis_anterior", 5, side=LEFT, written=day("2025-10-01"))
    story.strength("tibialis_anterior", 3, side=LEFT, written=day("2025-12-01"))
    story.strength("tibialis_anterior", 4, side=LEFT, written=day("2026-01-20"))
    assert story.ask("progressive_deficit").value is False


def test_an_ungraded_normal_examination_is_no_baseline():
    story = Story().exam("neurologic", ABSENT, written=day("2025-09-14"))
    story.strength("extensor_hallucis_longus", 4.33, side=LEFT)
    assert story.ask("progressive_deficit").value is None


def test_a_deficit_called_progressive_on_examination():
    assert (
        Story().strength("tibialis_anterior", 4, side=LEFT, progressive=True).ask("progressive_deficit").value is True
    )


def told(first: str, then: str, *, weak_at: str = "weakness"):
    """A sentence of two complaints and "worsening" after them."""
    text = f"{first} and {then} worsening"
    document = Document(id="d1", name="note", text=text, written=day("2026-01-20"))
    story = Story().strength("tibialis_anterior", 4, side=LEFT)
    for concept, words in (("radicular_pain", "pain"), ("weakness", "weakness")):
        start = text.index(words)
        story.symptom(concept, PRESENT, side=LEFT, evidence=(document.evidence(start, start + len(words)),))
    start = text.index("worsening")
    return story.quality("course", "worsening", evidence=(document.evidence(start, start + 9),))


def test_weakness_said_to_get_worse_and_found_on_examination():
    assert told("leg pain", "weakness").ask("progressive_deficit").value is True


def test_worse_said_of_the_pain_is_not_said_of_the_strength():
    assert told("leg weakness", "pain").ask("progressive_deficit").value is None


def test_with_the_cord_pressed_upon_in_the_neck_the_legs_count():
    story = Story(level="C5-6").strength("iliopsoas", 2, side=LEFT)
    assert story.ask("weakest_concordant_grade").value is None
    story.shows("compression", structure="cord").exam("hoffmann", side=BOTH)
    assert story.ask("weakest_concordant_grade").value == 2


def test_weakness_put_down_to_something_else_is_no_roots():
    story = Story().strength("tibialis_anterior", 2, side=LEFT, other_cause=True)
    assert story.ask("weakest_concordant_grade").value is None
