"""A ring around whatever has the focus, where keys brought it there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from . import theme
from .scale import px

PAGE = "page"  # a property of what holds the focus for others, and would only be framed by a ring


class FocusRing(QObject):
    """Shows where the focus is, from a press of Tab or F6 until the mouse is used."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown = False
        self._ring: Ring | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def by_keys(self) -> None:
        """The focus goes on by keys: from now on it is to be seen."""
        self.shown = True

    def watch(self, window: QWidget) -> None:
        """Learn from the keys and clicks of a window that is shown."""
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.shown = self.shown or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        elif event.type() == QEvent.Type.MouseButtonPress and self.shown:
            self.shown = False
            self._follow(None, None)
        return super().eventFilter(watched, event)

    def target(self) -> QWidget | None:
        """Return what the ring is around; None where there is none."""
        ring = self._ring
        return ring.parentWidget() if ring is not None and isValid(ring) else None

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        page = isinstance(now, QMenu | QMenuBar | QDialog) or (
            now is not None and now.property(PAGE)
        )
        if now is None or not self.shown or page:
            return
        self._ring = Ring(now)
        self._ring.show()


class Ring(QWidget):
    """Lies over its parent, as large as it is, and lets everything through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        around = self.parentWidget()
        if around is not None:
            self.setGeometry(around.rect())
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(2, px(2))
        inside = self.rect().toRectF().adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setPen(QPen(QColor(look.accent), thick))
        radius = 0 if isinstance(self.parentWidget(), QAbstractScrollArea) else look.radius
        painter.drawRoundedRect(inside, radius, radius)
