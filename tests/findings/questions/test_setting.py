from question_stories import ABSENT, BOTH, LEFT, Story, day

from necessity.charts.request import Request


def test_the_setting_of_the_request_or_of_the_chart():
    assert Story(request=Request(setting="inpatient")).ask("requested_setting").value == "inpatient"
    assert Story().asks_for("setting", "outpatient").ask("requested_setting").value == "outpatient"
    assert Story().ask("requested_setting").value is None


def asked(*, levels, procedures=("laminectomy",), cpt=(), **more):
    request = Request(procedures=procedures, levels=levels, cpt=cpt)
    return Story(level=levels[0], request=request, **more)


def test_a_thoracic_operation_is_one_at_cord_level():
    assert asked(levels=("T9-10",)).ask("cord_level_operation").value is True
    assert asked(levels=("L4-5",)).ask("cord_level_operation").value is False


def test_a_root_operation_in_the_neck_is_not_and_one_for_myelopathy_is():
    story = asked(levels=("C5-6",), procedures=("discectomy", "fusion"))
    assert story.ask("cord_level_operation").value is False
    assert story.exam("hoffmann", side=BOTH).ask("cord_level_operation").value is True


def test_levels_are_counted_over_the_whole_request():
    story = asked(levels=("L3-4", "L4-5"), procedures=("laminectomy", "fusion"))
    assert story.ask("operated_levels").value == 2
    assert story.ask("operated_lumbar_fusion_levels").value == 2
    assert asked(levels=("L4-5",)).ask("operated_lumbar_fusion_levels").value == 0


def test_front_and_back_by_the_codes_of_the_chart():
    story = Story().asks_for("cpt", "22558").asks_for("cpt", "22840")
    assert story.ask("combined_approach").value is True
    assert Story(request=Request(cpt=("22633",))).ask("combined_approach").value is False
    assert Story().ask("combined_approach").value is None


def test_intravenous_drugs_after_a_failed_oral_plan():
    assert Story().stay("iv_opioid").ask("pain_uncontrolled_after_oral_plan").value is None
    assert Story().stay("iv_opioid").stay("oral_plan_failed").ask("pain_uncontrolled_after_oral_plan").value is True
    assert Story().stay("oral_plan").ask("pain_uncontrolled_after_oral_plan").value is False


def test_a_deficit_is_monitored_only_where_someone_watches():
    story = Story().strength("tibialis_anterior", 3, side=LEFT, progressive=True)
    assert story.ask("monitored_deficit").value is None
    assert story.stay("monitored_care").ask("monitored_deficit").value is True


def test_the_latest_word_on_the_stay_holds():
    story = Story().stay("oxygen", written=day("2026-01-18")).stay("oxygen", ABSENT, written=day("2026-01-20"))
    assert story.ask("medical_stay_reason").value is False
    assert Story().stay("oxygen").ask("medical_stay_reason").value is True
    assert Story().ask("unstable_comorbidity").value is None


def test_waiting_for_a_bed_is_a_continued_stay():
    story = Story().stay("awaiting_placement").stay("cleared_for_discharge")
    assert story.ask("continued_stay").value is True
    assert story.ask("cleared_for_discharge").value is True


def test_daily_life_in_words_and_scores():
    assert Story().function("limitation").ask("function_limited").value is True
    assert Story().function("limitation", ABSENT).ask("function_limited").value is False
    assert Story().function("odi", value=48.0).ask("disability_index").value == 48
    assert Story().function("ndi", value=30.0).ask("functional_assessment").value is True
    assert Story().ask("function_limited").value is None


def test_the_latest_index_counts():
    story = Story().function("odi", value=56.0, written=day("2025-09-15")).function("odi", value=20.0)
    assert story.ask("disability_index").value == 20


def test_the_highest_current_score_of_the_limb():
    story = Story().quality("pain_score", 7.0, site="limb").quality("pain_score", 9.0, site="limb", current=False)
    assert story.ask("limb_pain_score").value == 7
    assert Story().quality("pain_score", 8.0, site="axial").ask("limb_pain_score").value is None


def test_a_score_without_a_site_counts_where_the_limb_hurts():
    assert Story().quality("pain_score", 8.0).ask("limb_pain_score").value is None
    assert Story().symptom("radicular_pain", side=LEFT).quality("pain_score", 8.0).ask("limb_pain_score").value == 8


def test_tobacco_by_the_latest_note():
    story = Story().patient("tobacco", "current", written=day("2025-08-01")).patient("tobacco", "former")
    assert story.ask("tobacco").value == "former"
    assert Story().patient("tobacco", "current").patient("tobacco", "never").ask("tobacco").conflicting
    assert Story().ask("tobacco").value is None
    assert Story().patient("tobacco_advice", "cessation").ask("tobacco_advice").value is True


def test_the_line_speaks_for_itself():
    assert Story(level="T12-L1").ask("line_level_cord").value is True
    assert Story(level="L4-5").ask("line_level_cord").value is False
    assert Story(level=None).ask("line_level_cord").value is None
    assert Story().ask("line_procedure").value == "discectomy"
    assert Story().patient("age", 61.0).ask("age").value == 61


def test_no_question_makes_an_answer_of_silence():
    from necessity.findings.questions import QUESTIONS

    speaks_of_the_record = {
        "cord_signs",
        "cord_compression",
        "cord_level_operation",
        "neurologic_trigger",
        "line_procedure",
        "neurologic_trigger_unexamined",
        "continued_stay",
        "line_level_cord",
        "line_content",
        "operated_lumbar_fusion_levels",
        "operated_levels",
        "epidurals_in_year",
    }
    for name, question in QUESTIONS.items():
        answer = question.ask(Story().case, Story().line, {})
        assert answer.reason, name
        assert name in speaks_of_the_record or not answer.known, name
        assert answer.known or answer.sought or answer.reason, name
