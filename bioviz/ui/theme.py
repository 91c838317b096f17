"""The look of the program: its colours and sizes, and which theme is in force."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ..figures.theme import DARK, LIGHT, Theme
from .palette import palette
from .sheet import style_sheet

__all__ = ["DARK", "LIGHT", "Choice", "Notifier", "Theme", "apply", "current", "notifier"]

Choice: TypeAlias = Literal["light", "dark", "system"]


class Notifier(QObject):
    """Holds the theme in force and says when another takes its place."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.choice: Choice = "system"
        self.scale = self.stroke = 1.0
        self._plain: QFont | None = None  # the program's font at 100 %
        self._following = False
        self._worn: Theme | None = None  # what the program is dressed in
        self._styled = False  # whether the application has the style that all is drawn in

    def choose(self, app: QApplication, choice: Choice) -> None:
        """Take the user's choice, and follow the desktop from now on if that is the choice."""
        self.choice = choice
        if not self._following:
            app.styleHints().colorSchemeChanged.connect(self._follow)
            self._following = True
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        app.styleHints().setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))
        self.install(app, _chosen(app, choice))

    def resize(self, app: QApplication, scale: float, stroke: float = 1.0) -> None:
        """Draw everything `scale` times as large, and curves at least `stroke` pixels thick."""
        if (scale, stroke) == (self.scale, self.stroke):
            return
        if self._plain is None:
            self._plain = QFont(app.font())
        self.scale, self.stroke = scale, stroke
        self.theme = sized(self.theme, scale, stroke)  # first: widgets hear of their font at once
        font = QFont(self._plain)
        font.setPointSizeF(self._plain.pointSizeF() * scale)
        app.setFont(font)
        self.install(app, _chosen(app, self.choice))

    def install(self, app: QApplication, theme: Theme) -> None:
        """Dress the application in `theme`, at the present size, and tell the views."""
        theme = self.theme = sized(theme, self.scale, self.stroke)
        if not self._styled:  # a style with a sheet has no name to ask for
            app.setStyle("Fusion")
            self._styled = True
        colours = palette(theme)
        if theme == self._worn and app.palette() == colours:
            return  # every widget would be dressed once more, and look as before
        self._worn = theme
        app.setPalette(colours)
        app.setStyleSheet("")  # to put one sheet in another's place takes Qt four times as long
        app.setStyleSheet(style_sheet(theme))
        self.changed.emit(theme)

    def _follow(self) -> None:
        app = QApplication.instance()
        if self.choice == "system" and isinstance(app, QApplication):
            theme = _chosen(app, "system")
            if theme.name != self.theme.name:
                self.install(app, theme)


notifier = Notifier()


def apply(app: QApplication, choice: Choice = "system") -> None:
    """Dress the whole program in the light, the dark or the desktop's own theme."""
    notifier.choose(app, choice)


def current() -> Theme:
    """Return the theme in force."""
    return notifier.theme


@lru_cache(maxsize=16)
def sized(look: Theme, scale: float, stroke: float) -> Theme:
    """Return `look` with its sizes `scale` times as large; itself where nothing is asked for."""
    if (scale, stroke) == (look.scale, look.stroke):
        return look
    names = ("control", "icon", "radius", "gap", "margin")
    sizes = {name: round(getattr(look, name) * scale) for name in names}
    return replace(look, **sizes, scale=scale, stroke=stroke)


def _chosen(app: QApplication, choice: Choice) -> Theme:
    if choice == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT
