"""A herniation at the level is a recurrent one only behind an earlier operation."""

from __future__ import annotations

from question_stories import Story


def revision() -> Story:
    return Story(level="L4-5", revision=True)


def test_a_herniation_without_an_earlier_operation_is_not_read_as_recurrent():
    assert revision().shows("disc", grade="extrusion").ask("recurrent_disc").value is None


def test_disc_called_recurrent_needs_no_more():
    assert revision().shows("recurrent_disc").ask("recurrent_disc").value is True
