"""The program's only style sheet."""

from __future__ import annotations

import re
from string import Template
from typing import TYPE_CHECKING

from . import arrow

if TYPE_CHECKING:
    from ..figures.theme import Theme


def style_sheet(theme: Theme) -> str:
    """Return the program's style sheet in the colours and sizes of `theme`."""
    tokens = {name: str(value) for name, value in vars(theme).items()}
    tokens["inner"] = str(theme.control - 4)  # without the borders and paddings of the box
    handle = round(14 * theme.scale)  # a slider's, with its border
    tokens["groove"] = str(round(4 * theme.scale) + (handle - round(4 * theme.scale)) % 2)
    tokens["lift"] = str((handle - int(tokens["groove"])) // 2)
    tokens["handle"], tokens["round"] = str(handle - 2), str(handle // 2)
    tokens["arrows"] = arrow.folder(theme).path()
    return Template(_grown(SHEET, theme.scale)).substitute(tokens)


def _grown(sheet: str, scale: float) -> str:
    """Write every size of the sheet `scale` times as large; thin lines grow more slowly."""

    def grow(found: re.Match[str]) -> str:
        size = int(found[1])
        return f"{max(size, round(size * scale**0.5)) if size < 3 else round(size * scale)}px"

    return re.sub(r"(?<![\w}-])(\d+)px", grow, sheet)


SHEET = """
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
QPushButton { icon-size: 16px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
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

QMenu { menu-scrollable: 1; background: $base; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::icon:checked { background: $accent_soft; border: 1px solid $accent; border-radius: 3px; }
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
QTabBar { qproperty-drawBase: 0; outline: none; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px;
  border: none; border-bottom: 2px solid transparent; }
QMainWindow > QTabBar::tab { padding: 6px 7px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabBar::scroller { width: 24px; }
QTabBar QToolButton { background: $window; padding: 0; border-radius: 0; }
QTabBar QToolButton::left-arrow { image: url("$arrows/left.svg"); width: 12px; height: 12px; }
QTabBar QToolButton::right-arrow { image: url("$arrows/right.svg"); width: 12px; height: 12px; }
QTabBar QToolButton::left-arrow:disabled { image: url("$arrows/left-off.svg"); }
QTabBar QToolButton::right-arrow:disabled { image: url("$arrows/right-off.svg"); }
QToolButton#qt_toolbar_ext_button { qproperty-icon: url("$arrows/more.svg"); padding: 0; }
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

QSlider:horizontal { min-height: ${handle}px; }
QSlider::groove:horizontal { height: ${groove}px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $outline; }
QSlider::handle:horizontal { width: ${handle}px; height: ${handle}px; margin: -${lift}px 0;
  border-radius: ${round}px;
  background: $base; border: 1px solid $muted; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: $accent; }
QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QLabel[tone="muted"] { color: $muted; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="looking"] { color: $accent; font-weight: 600; }
QLabel[tone="heading"], QToolButton[tone="heading"] { font-weight: 600; }
QToolButton[tone="heading"] { padding: 4px 2px; }
QToolButton[tone="heading"]:checked { background: transparent; border-color: transparent; }
QToolButton[tone="heading"]:hover { background: $hover; }
QToolButton[tone="heading"]:focus { border-color: $accent; }
QToolButton[tone="small"] { padding: 1px 6px; color: $muted; }
QToolButton[tone="small"][popupMode="2"] { padding-right: 14px; }
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
QFrame[tone="stage"] { background: $base; border: 1px solid $border;
  border-radius: ${radius}px; }
QFrame#palette { background: $window; border: 1px solid $outline; }
QFrame#palette QListView { background: transparent; border: none; }
ProblemBar { background: $base; border: 1px solid $outline; border-left: 3px solid $accent; }
ProblemBar[kind="warning"] { border-left-color: $warning; }
ProblemBar[kind="error"] { border-left-color: $danger; }
"""
