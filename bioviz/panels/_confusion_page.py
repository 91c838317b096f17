"""The confusion matrix with the pictures behind its cells."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ..core.answer import AnswersReply
from ..core.catalogue import ExperimentEntry
from ..core.confusion import Confused, ConfusionReply, Confusions
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.confusion_words import share_in_words, when, worst
from ..figures.task_words import Caption
from ._bar import in_row, push, toggle
from ._confusion import ConfusionView
from ._digits import PictureGrid

DEAR = 0.4  # seconds between two searches for a cell's pictures, while training runs


class ConfusionPage(QStackedWidget):
    """Counts of what is taken for what; where the inputs are pictures, a click shows a cell's.

    `tools` are the controls that belong to it; the panel shows them where it has room.
    """

    changed = Signal()  # something else is wanted
    told = Signal(object)  # what to say in the line above: wordings, the longest first

    def __init__(self) -> None:
        super().__init__()
        self._entry: ExperimentEntry | None = None
        self._reply: ConfusionReply | None = None
        self._opened: tuple[int, int] | None = None  # the cell whose pictures are shown
        self._searched = 0.0
        self.live = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.view = ConfusionView()
        self.pictures = PictureGrid("Pictures of one cell of the confusion matrix")
        self.addWidget(self.view)
        self.addWidget(self.pictures)
        self.percent = toggle("%", "Show percent of each row instead of counts")
        self.percent.setAccessibleName("Percent of each row")
        self.back = push("Back", "Back to the confusion matrix")
        self.back.hide()
        self.tools = in_row(self.percent, self.back)

    def _connect(self) -> None:
        self.view.pointed.connect(self._tell)
        self.view.pressed.connect(self._open)
        self.percent.toggled.connect(self._show_percent)
        self.back.clicked.connect(self.close_cell)

    def start(self, entry: ExperimentEntry) -> None:
        """Begin with another network."""
        self._entry, self._reply = entry, None
        self.view.start(entry.classes, opens=entry.image is not None)
        self.view.say("The confusion matrix appears here.")
        self.close_cell()

    def wanted(self) -> Wanted:
        if self._opened is None:
            return frozenset({Confusions()})
        resting = self.live and time.monotonic() - self._searched < DEAR
        return NOTHING if resting else frozenset({Confused(*self._opened)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._entry is None:
            return
        if self._opened is None:
            reply = snapshot.get(Confusions())
            if reply is not None:
                self._show_counts(reply)
            return
        reply = snapshot.get(Confused(*self._opened))
        if reply is not None:
            self._searched = time.monotonic()
            self._show_pictures(reply, self._entry, *self._opened)

    def close_cell(self) -> None:
        """Go back from a cell's pictures to the counts."""
        focused = self.back.hasFocus()
        self._opened = None
        self._turn()
        if focused:
            self.view.setFocus()

    # Showing --------------------------------------------------------------------------------

    def _show_counts(self, reply: ConfusionReply) -> None:
        self._reply = reply
        if reply.counts is None:
            self.view.say(when(reply.trial))
        else:
            self.view.show_counts(reply.counts, reply.trial)
        self._tell()

    def _show_pictures(
        self, reply: AnswersReply, entry: ExperimentEntry, true: int, said: int
    ) -> None:
        assert entry.image is not None  # noqa: S101  (a cell is opened only of pictures)
        words = share_in_words(reply.wrong, reply.looked, true, said, entry.classes)
        self.told.emit((f"Now {words}.", words))
        if not reply.wrong:
            self.pictures.say("None of the test pictures is answered so now.")
            return
        captions = [
            Caption(f"{answer.max():.2f}", true == said, f"Output {answer.max():.2f}", mark=False)
            for answer in reply.answers
        ]
        self.pictures.show_pictures(reply.inputs.reshape(-1, *entry.image), captions)

    # Hearing --------------------------------------------------------------------------------

    def _tell(self, *_cell: int) -> None:
        """Say what the cell that is looked at means, or which confusions are the worst."""
        if self._entry is None or self._reply is None or self._opened is not None:
            return
        words, counts = self.view.sentence(), self._reply.counts
        if words or counts is None:
            self.told.emit((words,))
            return
        names, in_percent = self._entry.classes, self.percent.isChecked()
        self.told.emit(
            tuple(worst(counts, names, in_percent=in_percent, named=n) for n in (3, 2, 1, 0))
        )

    def _show_percent(self, on: bool) -> None:
        self.view.show_percent(on)
        self._tell()

    def _open(self, row: int, col: int) -> None:
        if self._entry is None or self._entry.image is None:
            return
        focused = self.view.hasFocus()
        self._opened, self._searched = (row, col), 0.0
        self.pictures.say("The pictures appear here.")
        self._turn()
        if focused:
            self.back.setFocus()

    def _turn(self) -> None:
        opened = self._opened is not None
        self.setCurrentWidget(self.pictures if opened else self.view)
        self.percent.setVisible(not opened)
        self.back.setVisible(opened)
        self._tell()
        self.changed.emit()
