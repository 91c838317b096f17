"""The status line: where the run stands and what is happening, always true."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QStatusBar, QWidget

from ..core.status import Mode, Status
from ..ui.label import Elided, Steady
from ..ui.scale import keep

WORDS = {
    Mode.EMPTY: "no network",
    Mode.BUILDING: "building",
    Mode.PAUSED: "paused",
    Mode.PLAYING: "training",
    Mode.FAILED: "diverged",
}
HELP = {
    "mode": "What the training thread is doing.",
    "moment": "Which moment of the run is shown; training goes on elsewhere.",
    "epoch": "Passes over the training set that are finished.",
    "sample": "Training examples shown since the start.",
    "trial": "Trials finished: batches after which the weights changed.",
    "compiling": "Loops become machine code, which is kept: it happens only once.",
    "condition": "What the world is like now, where the task changes it.",
    "seed": "Every random number of the run follows from it.",
    "speed": "Training speed, measured over the last quarter of a second.",
    "drawing": "How often the panels are drawn; drawing less leaves more to training.",
}
YIELDING = ("drawing", "seed", "trial", "sample", "speed")  # the first goes first
GAP = 8  # pixels between two parts, with Qt's own margins


class StatusLine(QStatusBar):
    """One line at the window's foot; each part has its own place, so that nothing jumps.

    Where there is no room for all, parts give way whole, the least important first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._parts: dict[str, QLabel] = {}
        self._said = self._tip = ""
        self._build()

    def _build(self) -> None:
        for key, help_ in HELP.items():
            label = Steady()
            label.setToolTip(help_)
            label.setAccessibleName(key)
            label.setContentsMargins(6, 0, 10, 0)
            self._parts[key] = label
            self.addWidget(label)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._news = Elided()
        self._news.setAccessibleName("news")
        self._doing = Elided()
        self._doing.setAccessibleName("what is being done")
        for words in (self._news, self._doing):
            words.setAlignment(right)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        keep(self._bar, "width", 140)
        self.addPermanentWidget(self._news, 1)
        self.addPermanentWidget(self._doing)
        self.addPermanentWidget(self._bar)
        self._bar.hide()

    def show_status(self, status: Status, seed: int, drawing: float, lane: int = 0) -> None:
        """Say what is true now; news of a run that has ended goes when the next one begins."""
        playing = status.mode is Mode.PLAYING
        if playing and self.text("mode") != WORDS[Mode.PLAYING]:
            self.say("")
        self._say("mode", WORDS[status.mode])
        if status.positions:
            position = status.positions[min(lane, len(status.positions) - 1)]
            self._say("epoch", f"epoch {position.epoch:,}")
            self._say("sample", f"sample {position.seen:,}")
            self._say("trial", f"trial {position.trial:,}")
            self._say("condition", _behind(status) or position.condition)
        self._say("seed", f"seed {seed}")
        self._say("speed", f"{_round(status.speed):,} samples/s" if playing else "")
        self._say("drawing", f"drawing {drawing:.0f} Hz" if playing else "")
        if status.mode is Mode.BUILDING:
            self.show_progress(status.doing, status.fraction)
        elif self._bar.property("of") == "building":
            self.show_progress("", 0.0)
        self._bar.setProperty("of", "building" if status.mode is Mode.BUILDING else "")
        self._fit()

    def show_compiling(self, under_way: bool) -> None:
        """Say that loops are being compiled, for nothing moves meanwhile."""
        self._say("compiling", "compiling, once after installation" if under_way else "")
        self._fit()

    def show_moment(self, trial: int | None) -> None:
        """Say that a moment of the past is looked at; None for the present."""
        self._say("moment", "" if trial is None else f"looking at trial {trial:,}")
        self._fit()

    def show_progress(self, doing: str, fraction: float) -> None:
        """Show something that takes a while; an empty text hides it again."""
        self._doing.setText(doing)
        self._bar.setVisible(bool(doing))
        self._bar.setValue(int(1000 * fraction))
        self._fit()

    def say(self, news: str) -> None:
        """One sentence of news, which stands until the next; an empty one clears it."""
        self._said = news
        self._tip = "" if news else self._tip  # the mouse may rest for long where it was
        self._write()
        self._fit()

    def hint(self, tip: str) -> None:
        """Say what the mouse points at, in the room that is left; an empty text ends it.

        Qt's own way would put it over the parts, and what is true now could not be read.
        """
        self._tip = tip
        self._write()

    def _write(self) -> None:
        self._news.setText(self._tip or self._said)

    def text(self, part: str) -> str:
        """What one part says, for tests and screen readers."""
        return self._parts[part].text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be no higher than the words: what shrank while hidden has told Qt nothing of it."""
        super().showEvent(event)
        QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _say(self, part: str, text: str) -> None:
        if self._parts[part].text() != text:
            self._parts[part].setText(text)

    def _fit(self) -> None:
        """Show the parts that say something and for which there is room."""
        said = [part for part in self._parts if self.text(part)]
        need = sum(self._parts[part].minimumWidth() + GAP for part in said) + self._asked()
        for part in YIELDING:
            if need > self.width() and part in said:
                said.remove(part)
                need -= self._parts[part].minimumWidth() + GAP
        for part, label in self._parts.items():
            if label.isHidden() == (part in said):
                label.setHidden(part not in said)

    def _asked(self) -> int:
        """The room that news and what is being done ask for."""
        asked = 0
        for words in (self._said, self._doing.text()):
            if words:
                asked += self._news.fontMetrics().horizontalAdvance(words) + GAP
        return asked + (self._bar.width() + GAP if not self._bar.isHidden() else 0)


def _behind(status: Status) -> str:
    """Say that one experiment catches up with the others; "" where all are level."""
    trials = [position.trial for position in status.positions]
    if max(trials) - min(trials) < 2:
        return ""
    return f"catching up: trial {min(trials):,} of {max(trials):,}"


def _round(speed: float) -> float:
    """Three significant digits: the rest is noise."""
    if speed < 10:
        return round(speed, 1)
    if speed < 1000:
        return round(speed)
    digits = len(str(int(speed))) - 3
    return int(round(speed, -digits))
