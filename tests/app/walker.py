"""A person at a window: clicks where things are seen, types keys, and takes pictures."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bioviz.app.window import Window
from bioviz.core.experiment import Experiment
from bioviz.core.status import Mode
from bioviz.ui.legend import Entry

from .conftest import Driver

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Kept = dict[str, bytes]


class Walker(Driver):
    """Drives a window by mouse and keys alone; what follows from it is read off the screen."""

    def __init__(self, window: Window, qtbot: QtBot, folder: Path, taken: int = 0) -> None:
        super().__init__(window, qtbot)
        self._taken = taken  # pictures before the first one
        self._folder = Path(os.environ.get("BIOVIZ_SHOTS") or folder)
        self._folder.mkdir(parents=True, exist_ok=True)

    def settle(self) -> None:
        """Also let Qt lay out and draw what has changed."""
        super().settle()
        QApplication.processEvents()

    # ---- hands -----------------------------------------------------------------------------

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key in whatever window is in front."""
        front = QApplication.activePopupWidget() or self._front()
        if not isinstance(front, QMenu) and not front.isActiveWindow():
            front.activateWindow()  # as a desktop does once a dialog is closed
            self.qtbot.waitUntil(front.isActiveWindow)
        QTest.keyClick(_handle(front), key, held)

    def click(self, widget: QWidget) -> None:
        """Click a widget's middle, which must be what lies there on screen."""
        top, place = self._place(widget, widget.rect().center())
        hit = top.childAt(place)
        assert hit is not None, f"{widget} lies outside its window"
        assert hit is widget or widget.isAncestorOf(hit), f"{hit} lies over {widget}"
        QTest.mouseClick(_handle(top), LEFT, PLAIN, place)

    def drag(self, widget: QWidget, first: float, last: float) -> None:
        """Drag from one part of a widget's width to another."""
        steps = [first + (last - first) * part / 4 for part in range(5)]
        across = [QPoint(round(widget.width() * at), widget.height() // 2) for at in steps]
        places = [self._place(widget, point)[1] for point in across]
        handle = _handle(widget.window())
        QTest.mousePress(handle, LEFT, PLAIN, places[0])
        for place in places[1:]:
            QTest.mouseMove(handle, place)
            self.controller.pump.beat()
        QTest.mouseRelease(handle, LEFT, PLAIN, places[-1])

    def choose(self, box: QComboBox, words: str) -> None:
        """Go to a box and through its entries by the arrow keys, until it says `words`."""
        self.click_into(box)
        goal = box.findText(words)
        key = Qt.Key.Key_Down if goal > box.currentIndex() else Qt.Key.Key_Up
        while box.currentText() != words:
            before = box.currentIndex()
            self.key(key)
            assert box.currentIndex() != before, f"{words!r} cannot be reached"

    def click_into(self, box: QWidget) -> None:
        """Put the focus on a box as Tab would: a click would open its list."""
        above = box.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(box)
        box.setFocus(Qt.FocusReason.TabFocusReason)

    def from_menu(self, letter: Qt.Key, words: str) -> None:
        """Open a menu by its letter, go down to an entry and take it."""
        self.key(letter, ALT)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            if menu.activeAction() and menu.activeAction().text().startswith(words):
                break
            self.key(Qt.Key.Key_Down)
        assert menu.activeAction().text().startswith(words)
        self.key(Qt.Key.Key_Return)

    def play_to(self, trial: int) -> None:
        """Press Space, watch until a trial, press Space again."""
        self.key(Qt.Key.Key_Space)
        self.until(lambda: self.trainer.status.mode is Mode.PLAYING and self.said() == "training")
        self.until(lambda: all(at.trial >= trial for at in self.trainer.status.positions))
        self.key(Qt.Key.Key_Space)
        self.settle()
        self.until(lambda: self.said() == "paused")

    # ---- eyes ------------------------------------------------------------------------------

    def picture(self, name: str) -> None:
        """Take a picture of the window that is in front, once it shows what is so."""
        self.controller.pump.refresh()
        for _ in range(4):
            drawn = self.controller.pump.drawn
            self.until(lambda drawn=drawn: self.controller.pump.drawn > drawn or not self._asks())
            QApplication.processEvents()
        self._taken += 1
        path = self._folder / f"walk-{self._taken:02}-{name}.png"
        assert self._front().grab().save(str(path))

    def said(self, part: str = "mode") -> str:
        """What a part of the status line says, where it is seen."""
        return self.window.status_line.text(part)

    def news(self) -> str:
        return self.window.status_line._news.text()

    def legend(self, panel: str) -> list[str]:
        """The names in a panel's legend, with their values."""
        shown = self.window.panels[panel].findChildren(Entry)
        return [f"{one.text()} {one.value}".strip() for one in shown if one.isVisible()]

    def titles(self, panel: str) -> list[str]:
        """The words in a panel's title bar."""
        bar = self.window.workspace.docks[panel].titleBarWidget()
        return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]

    def in_front(self) -> list[str]:
        """The panels that can be seen."""
        docks = self.window.workspace.docks
        return [key for key, dock in docks.items() if not dock.visibleRegion().isEmpty()]

    def kept(self) -> Kept:
        """Every number of the runs: weights, what was recorded, and which moments were kept."""

        def read(runs: list[Experiment]) -> Kept:
            found: Kept = {}
            for place, run in enumerate(runs):
                for name, array in run.net.weights().items():
                    found[f"{place} {name}"] = array.tobytes()
                for name, channel in run.channels.items():
                    found[f"{place} {name}"] = b"".join(part.tobytes() for part in channel.read())
                trials = run.history.trials if run.history else ()
                found[f"{place} history"] = repr([at for at in trials if at < run.trial]).encode()
            return found

        return self.trainer.do(read).result(20)  # type: ignore[no-any-return]

    # ---- where -----------------------------------------------------------------------------

    def _front(self) -> QWidget:
        """The window that hears keys: a dialog where one is open."""
        dialog = self.window.export.dialog
        return dialog if dialog is not None and dialog.isVisible() else self.window

    def _place(self, widget: QWidget, point: QPoint) -> tuple[QWidget, QPoint]:
        assert widget.isVisible(), f"{widget} is hidden"
        return widget.window(), widget.mapTo(widget.window(), point)

    def _asks(self) -> bool:
        return self.controller.pump._waiting


def _handle(widget: QWidget) -> QWindow:
    handle = widget.window().windowHandle()
    assert handle is not None
    return handle
