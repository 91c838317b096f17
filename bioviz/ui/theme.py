"""The look of the program: colours, sizes, palette, colour maps and its only style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Literal, TypeAlias

import numpy as np
from cmap import Colormap
from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

Choice: TypeAlias = Literal["light", "dark", "system"]
Kind: TypeAlias = Literal["diverging", "sequential", "cyclic"]


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
    diverging: str
    sequential: str
    cyclic: str
    control: int = 28
    icon: int = 18
    radius: int = 5
    gap: int = 8
    margin: int = 12


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
    diverging="colorbrewer:RdBu_r",
    sequential="cmocean:dense",
    cyclic="crameri:romaO",
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
    diverging="crameri:berlin",
    sequential="cmocean:ice",
    cyclic="crameri:romaO",
)


class Notifier(QObject):
    """Holds the theme in force and says when another takes its place."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.choice: Choice = "system"
        self.drawings: dict[str, QTemporaryDir] = {}
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

    def install(self, app: QApplication, theme: Theme) -> None:
        """Dress the application in `theme` and tell the views."""
        self.theme = theme
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(palette(theme))
        app.setStyleSheet(style_sheet(theme))
        self.changed.emit(theme)

    def _follow(self) -> None:
        app = QApplication.instance()
        if self.choice == "system" and isinstance(app, QApplication):
            theme = _chosen(app, "system")
            if theme is not self.theme:
                self.install(app, theme)


notifier = Notifier()


def apply(app: QApplication, choice: Choice = "system") -> None:
    """Dress the whole program in the light, the dark or the desktop's own theme."""
    notifier.choose(app, choice)


def current() -> Theme:
    """Return the theme in force."""
    return notifier.theme


def lookup(kind: Kind, theme: Theme | None = None) -> np.ndarray:
    """Return the colour map of `kind` on the theme in force, uint8 (256, 4), read-only.

    In the diverging map negative is blue, zero the background's tone and positive red.
    """
    return _table(getattr(theme or current(), kind))


@lru_cache(maxsize=8)
def _table(name: str) -> np.ndarray:
    table: np.ndarray = np.round(Colormap(name).lut(256) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def _chosen(app: QApplication, choice: Choice) -> Theme:
    if choice == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def palette(theme: Theme) -> QPalette:
    """Return a palette with every role set: Qt's own derivations clash with ours."""
    role = QPalette.ColorRole
    shades = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.base,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Light: theme.base,
        role.Midlight: theme.alternate,
        role.Mid: theme.outline,
        role.Dark: theme.disabled,
        role.Shadow: theme.outline,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
    }
    colours = QPalette()
    for where, shade in shades.items():
        colours.setColor(where, QColor(shade))
    dim = QPalette.ColorGroup.Disabled
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        colours.setColor(dim, where, QColor(theme.disabled))
    for where in (role.Highlight, role.Accent):
        colours.setColor(dim, where, QColor(theme.border))
    return colours


def style_sheet(theme: Theme) -> str:
    """Return the program's style sheet in the colours and sizes of `theme`."""
    tokens = {name: str(value) for name, value in vars(theme).items()}
    tokens["inner"] = str(theme.control - 4)  # without the borders and paddings of the box
    tokens["arrows"] = _arrows(theme)
    return Template(_SHEET).substitute(tokens)


def _arrows(theme: Theme) -> str:
    """Return a folder with this theme's arrows: style sheets take pictures from files only."""
    if theme.name not in notifier.drawings:
        folder = notifier.drawings[theme.name] = QTemporaryDir()
        for name, path in _ARROWS.items():
            bright = theme.accent_text if name in ("check", "dot") else theme.muted
            for state, colour in (("", bright), ("-off", theme.disabled)):
                svg = _ARROW.format(path=path, colour=colour)
                Path(folder.filePath(f"{name}{state}.svg")).write_text(svg, encoding="utf-8")
    return notifier.drawings[theme.name].path()


_ARROW = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">'
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
_ARROWS = {
    "down": "M2 3.5 L5 6.5 L8 3.5",
    "up": "M2 6.5 L5 3.5 L8 6.5",
    "check": "M2 5.2 L4.2 7.4 L8 2.8",
    "dot": "M4.2 5 A0.8 0.8 0 1 1 5.8 5 A0.8 0.8 0 1 1 4.2 5 Z",
    "close": "M2.5 2.5 L7.5 7.5 M7.5 2.5 L2.5 7.5",
    "float": "M2 4 H6 V8 H2 Z M4 4 V2 H8 V6 H6",
}

_SHEET = """
QToolTip { background: $base; color: $text; border: 1px solid $outline; padding: 4px 6px; }

QToolButton { border: 1px solid transparent; border-radius: ${radius}px; padding: 3px; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: 14px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent_soft; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: url("$arrows/down.svg"); width: 10px; height: 10px;
  subcontrol-position: right center; right: 2px; }

QPushButton { background: $base; border: 1px solid $outline; border-radius: ${radius}px;
  min-height: ${inner}px; padding: 1px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton:disabled { color: $disabled; border-color: $border; background: $window; }

QLineEdit, QComboBox, QAbstractSpinBox { background: $base; border: 1px solid $outline;
  border-radius: ${radius}px; min-height: ${inner}px; padding: 1px 6px;
  selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $muted; }
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus { border-color: $accent; }
QLineEdit[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $disabled;
  background: $window; border-color: $border; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url("$arrows/down.svg"); width: 10px; height: 10px; }
QComboBox::down-arrow:disabled { image: url("$arrows/down-off.svg"); }
QComboBox QAbstractItemView { background: $base; border: 1px solid $outline; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 4px; }
QAbstractSpinBox { padding: 0 2px 0 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px;
  background: transparent; border-radius: 3px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$arrows/up.svg"); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url("$arrows/down.svg"); width: 9px; height: 9px; }
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::up-arrow:disabled {
  image: url("$arrows/up-off.svg"); }
QAbstractSpinBox::down-arrow:off, QAbstractSpinBox::down-arrow:disabled {
  image: url("$arrows/down-off.svg"); }

QCheckBox, QRadioButton { spacing: 6px; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QMenu::indicator,
QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid $muted;
  border-radius: 3px; background: $base; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus,
QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QMenu::indicator:checked,
QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$arrows/check.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$arrows/dot.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border;
  background: $window; }
QCheckBox::indicator:checked:disabled { image: url("$arrows/check-off.svg"); }
QRadioButton::indicator:checked:disabled { image: url("$arrows/dot-off.svg"); }
QMenu::indicator { margin-left: 6px; }

QMenu { background: $base; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QToolBar { background: $window; border: none; spacing: 3px; padding: 3px 6px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 4px; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }

QDockWidget { titlebar-close-icon: url("$arrows/close.svg");
  titlebar-normal-icon: url("$arrows/float.svg"); font-weight: 600; }
QDockWidget::title { background: $window; padding: 6px 10px; text-align: left;
  border-bottom: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px;
  border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QGroupBox { border: 1px solid $border; border-radius: ${radius}px; margin-top: 18px;
  padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: $muted; }

QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 6px; }
QSplitter::handle:vertical { height: 6px; }
QSplitter::handle:hover { background: $accent_soft; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }

QHeaderView, QTableCornerButton::section { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 5px 8px; }
QAbstractItemView { background: $base; border: 1px solid $border; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; gridline-color: $border; }

QScrollArea { border: none; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $outline; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
  background: $base; border: 1px solid $muted; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: $accent; }
QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QLabel[tone="muted"] { color: $muted; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="heading"], QToolButton[tone="heading"] { font-weight: 600; }
QToolButton[tone="heading"] { padding: 4px 2px; }
QToolButton[tone="heading"]:checked { background: transparent; border-color: transparent; }
QToolButton[tone="heading"]:hover { background: $hover; }
QToolButton[tone="heading"]:focus { border-color: $accent; }
QToolButton[tone="small"] { padding: 1px 6px; color: $muted; }
QToolButton[tone="small"]:checked { color: $accent; }
QLineEdit[tone="inline"], QComboBox[tone="inline"], QAbstractSpinBox[tone="inline"] {
  background: transparent; border-color: transparent; padding: 1px 2px; }
QLineEdit[tone="inline"]:hover, QComboBox[tone="inline"]:hover,
QAbstractSpinBox[tone="inline"]:hover { border-color: $outline; }
QLineEdit[tone="inline"]:focus, QComboBox[tone="inline"]:focus,
QAbstractSpinBox[tone="inline"]:focus { background: $base; border-color: $accent; }
QLineEdit[tone="inline"]:disabled, QAbstractSpinBox[tone="inline"]:disabled { color: $muted;
  border-color: transparent; }
QComboBox[tone="inline"]::drop-down { width: 14px; }
QLabel[tone="keycap"] { background: $base; border: 1px solid $outline;
  border-bottom-width: 2px; border-radius: 4px; padding: 1px 6px; }
QLabel[tone="readout"] { background: $base; border: 1px solid $outline;
  border-radius: ${radius}px; padding: 5px 8px; }
ProblemBar { background: $base; border: 1px solid $outline; border-left: 3px solid $accent; }
ProblemBar[kind="warning"] { border-left-color: $warning; }
ProblemBar[kind="error"] { border-left-color: $danger; }
"""
