"""The look: every role set, views told, nothing left to fill in."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from bioviz.ui import theme
from bioviz.ui.palette import palette
from bioviz.ui.sheet import style_sheet


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_every_colour_role_is_set_in_every_group(look):
    colours = palette(look)
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
        for one in role:
            if one not in (role.NoRole, role.NColorRoles):
                assert colours.isBrushSet(group, one), f"{one} in {group}"


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_words_and_lines_stand_out_from_what_is_behind_them(look):
    for colour in (look.text, look.muted, look.danger, look.warning, look.good, look.accent):
        assert _contrast(colour, look.base) >= 4.5, colour
    for colour in (*look.series, look.forward, look.feedback, look.lateral):
        assert _contrast(colour, look.plot) >= 3.0, colour
    assert len(set(look.series)) == 8


def test_choosing_a_theme_tells_the_views_and_dresses_the_program(qapp, qtbot):
    with qtbot.waitSignal(theme.notifier.changed) as told:
        theme.apply(qapp, "dark")
    assert told.args == [theme.DARK]
    assert theme.current() is theme.DARK
    assert qapp.palette().window().color().name() == theme.DARK.window


def test_the_style_sheet_has_no_colour_left_to_fill_in():
    assert "$" not in style_sheet(theme.DARK)


def test_thicker_curves_alone_are_told_to_the_views(qapp, qtbot):
    try:
        with qtbot.waitSignal(theme.notifier.changed) as told:
            theme.notifier.resize(qapp, 1.0, 3.0)
        assert told.args[0].stroke == 3.0
    finally:
        theme.notifier.resize(qapp, 1.0, 1.0)


def test_the_theme_in_force_dresses_nothing_once_more(qapp, qtbot):
    theme.apply(qapp, "light")
    with qtbot.assertNotEmitted(theme.notifier.changed):
        theme.apply(qapp, "light")
