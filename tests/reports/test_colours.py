"""Contrast of the page's colours, computed as WCAG 2.1 defines it: 4.5 for text, 3 for the edges of controls."""

import re
from pathlib import Path

import pytest

import necessity.reports

CSS = (Path(necessity.reports.__file__).parent / "pages" / "report.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", CSS))
RULES = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))

# Text that takes its background from what it stands on.
INHERITED = [(text, ground) for text in ("ink", "soft", "link") for ground in ("paper", "ground")] + [
    ("ink", "bad"),
    ("bad-ink", "bad"),
    ("soft", "bad"),
    ("ink", "mark"),
    ("ink", "strong"),
    ("link", "mark"),
]
EDGES = [("focus", "paper"), ("focus", "ground"), ("soft", "paper"), ("good-ink", "ground"), ("soft", "ground")]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text, ground):
    light, dark = sorted((luminance(COLOURS[text]), luminance(COLOURS[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs_of_rules():
    for selector, body in RULES:
        text = re.search(r"(?<![-\w])color: var\(--([a-z-]+)\)", body)
        ground = re.search(r"background: var\(--([a-z-]+)\)", body)
        if text and ground:
            yield pytest.param(text[1], ground[1], id=selector.strip().replace("\n", " ")[:60])


def test_black_on_white_is_the_known_ratio():
    COLOURS.update(black="#000000", white="#ffffff")
    assert round(contrast("black", "white"), 2) == 21


@pytest.mark.parametrize(("text", "ground"), list(pairs_of_rules()))
def test_text_of_a_rule_can_be_read_on_its_background(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("text", "ground"), INHERITED)
def test_text_can_be_read_on_what_it_stands_on(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_the_focus_ring_can_be_seen(edge, ground):
    assert contrast(edge, ground) >= 3


def test_every_colour_comes_from_the_palette():
    outside = CSS[CSS.index("}") :]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", outside)


def test_focus_is_never_hidden_where_the_keyboard_can_go():
    hiding = [selector.strip() for selector, body in RULES if re.search(r"outline: (none|0)", body)]
    # A passage is focused by script only and is outlined by its mark.
    assert hiding == [".anchor:focus"]
