"""A dock with a title bar of our own: title, maximise, float and close."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ..ui import icon
from ..ui.label import Elided, Picture
from ..ui.mark import Mark
from ..ui.scale import keep

NARROW = ("inspector",)  # docks whose title bars have no room for names


class TitleBar(QWidget):
    """The bar above a panel; a double click maximises, dragging moves the dock."""

    maximise_asked = Signal()
    float_asked = Signal()
    close_asked = Signal()

    def __init__(self, title: str, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("title bar")
        self._build(title, picture)
        self._connect()

    def _build(self, title: str, picture: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.setSpacing(6)
        image = Picture(picture)
        image.show_icon(picture, "muted")
        self.label = Elided(title)
        self.label.setProperty("tone", "heading")
        row.addWidget(image)
        self.mark = Mark()
        self.whose = Elided()
        self.whose.setProperty("tone", "muted")
        self.whose.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whose.hide()  # it would take room from narrow panels
        row.addWidget(self.label)
        row.addWidget(self.mark)
        row.addWidget(self.whose, 1)
        row.addStretch()  # where it is hidden, or the mark would stray from the title
        self._maximise = self._button("maximise", f"Maximise {title} (double-click)")
        self._float = self._button("float", f"Float {title} in a window of its own, or dock it")
        self._close = self._button("close", f"Hide {title}; View > Panels brings it back")
        for button in (self._maximise, self._float, self._close):
            row.addWidget(button)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        icon.tint(button, name)
        keep(button, "icon", 14)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        self._maximise.clicked.connect(self.maximise_asked)
        self._float.clicked.connect(self.float_asked)
        self._close.clicked.connect(self.close_asked)

    def show_maximised(self, maximised: bool) -> None:
        icon.tint(self._maximise, "restore" if maximised else "maximise")
        self._maximise.setToolTip(
            "Back among the others" if maximised else "Maximise (double-click)"
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.maximise_asked.emit()
        event.accept()


class PanelDock(QDockWidget):
    """A dock that holds one widget and can be maximised by its title bar."""

    maximise_asked = Signal(object)  # this dock
    seen = Signal(str)  # its key, whenever it comes to the front
    filled = Signal(str)  # its key, once it holds another widget

    def __init__(
        self, key: str, title: str, picture: str, content: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.key = key
        self.setObjectName(f"dock {key}")
        self.setWidget(content)
        self._bar = TitleBar(title, picture, self)
        self.setTitleBarWidget(self._bar)
        self._bar.maximise_asked.connect(self._ask_maximise)
        self._bar.float_asked.connect(self._float)
        self._bar.close_asked.connect(self.close)
        self.visibilityChanged.connect(self._on_visibility)

    def show_maximised(self, maximised: bool) -> None:
        self._bar.show_maximised(maximised)

    def fill(self, content: QWidget) -> None:
        """Hold another widget from now on; the one before is let go."""
        before = self.widget()
        self.setWidget(content)
        if before is not None:
            before.deleteLater()
        self.filled.emit(self.key)

    def name(self, title: str) -> None:
        """Call it something else, where a panel shows another thing for another network."""
        if title != self.windowTitle():
            self.setWindowTitle(title)
            self._bar.label.setText(title)

    def _on_visibility(self, visible: bool) -> None:
        if visible:
            self.seen.emit(self.key)

    def say_whose(self, name: str, lane: int = 0) -> None:
        """Say behind the title which of several experiments is shown; nothing where all are.

        Where the title bar is narrow its mark alone is there.
        """
        self._bar.mark.show_lane(lane, name)
        self._bar.whose.setText(name)
        self._bar.whose.setVisible(bool(name) and self.key not in NARROW)

    def _ask_maximise(self) -> None:
        self.maximise_asked.emit(self)

    def _float(self) -> None:
        self.setFloating(not self.isFloating())
