"""The look of the program: its colours and sizes, and which theme is in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from .palette import palette
from .sheet import style_sheet

Choice: TypeAlias = Literal["light", "dark", "system"]


@dataclass(frozen=True)
class Theme:
    """Every colour and size that a view may use; colours are '#rrggbb', sizes logical pixels."""

    name: str
    dark: bool
    window: str
    base: str
    alternate: str
    hover: str
    text: str
    muted: str
    disabled: str
    faded: str  # a tone beside `muted`, for lines: still 3:1 on `plot`
    border: str
    outline: str
    accent: str
    accent_text: str
    accent_soft: str
    good: str
    warning: str
    danger: str
    plot: str
    grid: str
    axis: str
    missing: str  # the colour of NaN, found in none of the maps
    series: tuple[str, ...]  # distinct in the three kinds of colour blindness, 3:1 on `plot`
    forward: str
    feedback: str
    lateral: str
    inhibitory: str
    diverging: str
    sequential: str
    control: int = 28
    icon: int = 18
    radius: int = 5
    gap: int = 8
    margin: int = 12
    scale: float = 1.0  # of the whole interface: words, controls and icons
    stroke: float = 1.0  # pixels that a curve is thick at least: more for a lecture hall


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f7f8fa",
    base="#ffffff",
    alternate="#f0f2f5",
    hover="#e8ebf0",
    text="#1f2328",
    muted="#5b6472",
    disabled="#9aa2ad",
    faded="#8d95a1",
    border="#dde1e7",
    outline="#c3c9d2",
    accent="#3f51d1",
    accent_text="#ffffff",
    accent_soft="#e2e6fb",
    good="#1a7f4b",
    warning="#946000",
    danger="#c62839",
    plot="#ffffff",
    grid="#eceff3",
    axis="#4a5260",
    missing="#aab0b8",
    series=(
        "#2b45e0",
        "#dd7411",
        "#2f9a6c",
        "#c463c2",
        "#5f4102",
        "#4f86f7",
        "#3c3a66",
        "#84193e",
    ),
    forward="#3b5b92",
    feedback="#c2570c",
    lateral="#6b7280",
    inhibitory="#8b2f8f",
    diverging="colorbrewer:RdBu_r",
    sequential="cmocean:dense",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1b1e23",
    base="#22262c",
    alternate="#282d34",
    hover="#323842",
    text="#e4e7eb",
    muted="#9aa4b2",
    disabled="#656e7a",
    faded="#757f8d",
    border="#343a43",
    outline="#47505c",
    accent="#8b9bff",
    accent_text="#14171b",
    accent_soft="#313860",
    good="#4cc38a",
    warning="#e0ac3f",
    danger="#ff7b72",
    plot="#202429",
    grid="#2b3037",
    axis="#aeb6c2",
    missing="#5d6570",
    series=(
        "#4a9dff",
        "#ffc61a",
        "#33dfa4",
        "#d77ab4",
        "#dcf08c",
        "#b5cdff",
        "#b08c7c",
        "#ff6a42",
    ),
    forward="#8fb4e8",
    feedback="#ffa657",
    lateral="#8b949e",
    inhibitory="#dd9be6",
    diverging="crameri:berlin",
    sequential="cmocean:ice",
)


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
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(palette(theme))
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
