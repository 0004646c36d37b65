"""The colours of the cards: legible, and told apart by every eye."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from colours import SIGHTS, ciede2000, contrast, lab, linear, seen

SHARED = Path(__file__).parent.parent / "templates" / "shared"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
LIGHT = dict(COLOUR.findall((SHARED / "tokens.css").read_text(encoding="utf-8")))
NIGHT = dict(COLOUR.findall((SHARED / "night.css").read_text(encoding="utf-8")))
THEMES = pytest.mark.parametrize("theme", [LIGHT, NIGHT], ids=["light", "night"])

STATES = ("right", "wrong", "missed", "disputed")
PAIRS = tuple(combinations(STATES, 2))
SHEETS = ("paper", "well", "raise", "wrong-wash", "missed-wash")
CODE = ("code-key", "code-name", "code-text", "code-num", "code-note")

TEXT = [
    *(("ink", sheet) for sheet in SHEETS),
    *(("ink-soft", sheet) for sheet in SHEETS),
    *((state, "paper") for state in STATES),
    ("wrong", "wrong-wash"),
    ("missed", "missed-wash"),
    ("left", "paper"),
    ("link", "paper"),
    *((voice, "well") for voice in CODE),
]
SIGNS = [
    *(("edge", sheet) for sheet in ("paper", "raise")),
    *((state, sheet) for state in STATES for sheet in ("paper", "raise", "well")),
    ("choice", "paper"),
    ("choice", "raise"),
    *(("focus", sheet) for sheet in SHEETS),
    ("link-line", "paper"),
]


def test_night_has_a_colour_for_every_colour_of_the_day():
    assert NIGHT.keys() == LIGHT.keys()


@THEMES
@pytest.mark.parametrize(("text", "sheet"), TEXT)
def test_text_passes_wcag_aa(theme, text, sheet):
    assert contrast(theme[text], theme[sheet]) >= 4.5


@THEMES
@pytest.mark.parametrize(("sign", "sheet"), SIGNS)
def test_marks_and_controls_pass_wcag_aa(theme, sign, sheet):
    assert contrast(theme[sign], theme[sheet]) >= 3


@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_states_stay_apart_to_every_eye(theme, sight, one, other):
    assert ciede2000(*(lab(seen(theme[name], sight)) for name in (one, other))) >= 20


# Pairs and differences from the table of Sharma, Wu and Dalal, "The CIEDE2000 color-difference
# formula: implementation notes, supplementary test data, and mathematical observations" (2005).
PUBLISHED = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "difference"), PUBLISHED)
def test_the_difference_is_that_of_the_published_table(one, other, difference):
    assert ciede2000(one, other) == pytest.approx(difference, abs=1e-4)


def test_the_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_white_is_white_to_every_eye():
    for sight in SIGHTS:
        assert lab(seen("#ffffff", sight)) == pytest.approx((100, 0, 0), abs=0.1)
    assert linear("#ffffff") == (1, 1, 1)
