"""Icons: tinted, sharp, and never a silent blank."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QToolButton

from bioviz.ui import icon, theme


def _ink(one: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    """Return the colour of the most opaque pixel."""
    image = one.pixmap(QSize(24, 24), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    return max(pixels, key=lambda pixel: pixel.alpha()).name()


def test_an_icon_has_the_colour_of_the_text_and_pales_when_disabled():
    assert _ink(icon.icon("play")) == theme.LIGHT.text
    assert _ink(icon.icon("play"), QIcon.Mode.Disabled) == theme.LIGHT.disabled


def test_an_icon_is_drawn_at_twice_the_size_for_a_fine_screen(monkeypatch):
    monkeypatch.setattr(icon, "_fineness", lambda: {1.0, 2.0})
    icon._icon.cache_clear()
    pixmap = icon.icon("play").pixmap(QSize(20, 20), 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    icon._icon.cache_clear()


def test_a_missing_icon_says_which_and_offers_the_nearest():
    with pytest.raises(KeyError, match=r"There is no icon 'paly' .* Did you mean 'play'"):
        icon.icon("paly")


def test_a_tinted_action_follows_the_theme(qapp):
    action = QAction("Play")
    icon.tint(action, "play")
    theme.apply(qapp, "dark")
    assert _ink(action.icon()) == theme.DARK.text


def test_tinting_twice_keeps_the_second_drawing(qtbot):
    button = QToolButton()
    qtbot.addWidget(button)
    icon.tint(button, "play")
    icon.tint(button, "pause")
    assert len(button.findChildren(icon.Tinted)) == 1
    assert button.icon().cacheKey() == icon.icon("pause").cacheKey()


def test_tinting_does_not_keep_its_target_alive(qapp):
    action = QAction("Play")
    icon.tint(action, "play")
    gone = weakref.ref(action)
    del action
    gc.collect()
    assert gone() is None
    theme.apply(qapp, "dark")
