"""How fast things change: words slowly enough to be read, and what moves by itself perhaps not."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

Choice: TypeAlias = Literal["system", "reduced", "full"]

EFFECTS = (  # of Qt's own: menus and lists that unfold or fade in
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
READABLE = 200  # ms between two changes of words and numbers: nobody reads them faster
SLOWEST_BEAT = 250  # ms between two drawings while reduced: fewer than three flashes a second


class Motion(QObject):
    """Holds the choice and says when another takes its place."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.reduced = False

    def choose(self, choice: Choice) -> None:
        """Reduce motion or not; "system" asks the desktop, where Qt can tell."""
        reduced = choice == "reduced" or (choice == "system" and _asked_by_desktop())
        if reduced != self.reduced:
            self.reduced = reduced
            for effect in EFFECTS:
                QApplication.setEffectEnabled(effect, not reduced)
            self.changed.emit(reduced)


notifier = Motion()


def reduced() -> bool:
    """Return whether nothing is to move by itself."""
    return notifier.reduced


def _asked_by_desktop() -> bool:
    """Ask Qt, which knows the desktop's wish only from the version on that has this hint."""
    hints = QGuiApplication.styleHints().accessibility()
    preference = getattr(hints, "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
