"""Draw a digit: a pad, and what the network makes of the drawing while it is drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ..core.ask import Ask, ExampleReply, HeldOut
from ..core.catalogue import ExperimentEntry
from ..core.snapshot import Snapshot, Wanted
from ._bar import in_row, push
from ._pad import DigitPad
from ._seen import seen
from ._verdict import Verdict

GAP = 12


class DrawPage(QWidget):
    """A pad on the left, the answer on the right.

    `tools` are the controls that belong to it; the panel shows them where it has room.
    """

    changed = Signal()  # something else is wanted
    told = Signal(object)  # what to say in the line above: wordings, the longest first

    def __init__(self) -> None:
        super().__init__()
        self._entry: ExperimentEntry | None = None
        self._picture: np.ndarray | None = None  # (rows, cols), what the network is asked about
        self._example: ExampleReply | None = None  # the test picture that lies untouched on the pad
        self._row = 0  # of the next test picture
        self._fetching = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.pad = DigitPad()
        self.verdict = Verdict()
        for part in (self.pad, self.verdict):
            part.setParent(self)
        self.clear = push("Clear", "Wipe the pad")
        self.next = push(
            "Test picture", "Lay the next test picture on the pad: to draw on, or without a mouse"
        )
        self.tools = in_row(self.clear, self.next)

    def _connect(self) -> None:
        self.pad.drawn.connect(self._look)
        self.clear.clicked.connect(self._wipe)
        self.next.clicked.connect(self._fetch)

    def start(self, entry: ExperimentEntry) -> None:
        """Begin with another network; what is drawn stays, and is asked about again."""
        self._entry, self._fetching = entry, False
        self._example = None  # another task's classes have other names
        self.verdict.start(entry.classes, entry.layers[-1].signed)
        if self._picture is not None and self._picture.shape == entry.image:
            self.verdict.show_picture(self._picture)
        elif entry.image is not None and not self.pad.blank:
            self._look()

    def wanted(self) -> Wanted:
        wanted = set[Ask | HeldOut]()
        if self._fetching:
            wanted.add(HeldOut(self._row))
        if self._picture is not None:
            wanted.add(Ask.about(self._picture))
        return frozenset(wanted)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._entry is None or self._entry.image is None:
            return
        example = snapshot.get(HeldOut(self._row)) if self._fetching else None
        if example is not None:
            self._lay(example, self._entry.image)
            return
        answer = None if self._picture is None else snapshot.get(Ask.about(self._picture))
        if answer is not None:
            self.verdict.show_answer(answer)
            self._tell(self._entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pad a square, and the answer as much room as it can use beside it."""
        super().resizeEvent(event)
        high = self.height() - 8
        side = max(40, min(high, (self.width() - 20 - GAP) // 2, 420))
        wide = max(40, min(self.width() - 20 - GAP - side, int(1.6 * side)))
        left, top = (self.width() - side - GAP - wide) // 2, 2 + (high - side) // 2
        self.pad.setGeometry(QRect(left, top, side, side))
        self.verdict.setGeometry(QRect(left + side + GAP, top, wide, side))

    # Hearing --------------------------------------------------------------------------------

    def _look(self) -> None:
        """Ask about what is on the pad now."""
        if self._entry is None or self._entry.image is None:
            return
        self._example = None
        self._picture = None if self.pad.blank else seen(self.pad.drawing(), self._entry.image)
        self.verdict.show_picture(self._picture)
        self.changed.emit()

    def _wipe(self) -> None:
        self.pad.erase()
        self._look()
        self.told.emit(("",))

    def _fetch(self) -> None:
        self._fetching = True
        self.changed.emit()

    def _lay(self, example: ExampleReply, image: tuple[int, int]) -> None:
        """Lay a test picture on the pad: the network is asked about its own pixels."""
        self._fetching, self._row = False, example.row + 1
        self._example, self._picture = example, example.input.reshape(image)
        self.pad.show_picture(self._picture)
        self.verdict.show_picture(self._picture)
        self.changed.emit()

    def _tell(self, entry: ExperimentEntry) -> None:
        words, second = self.verdict.words(), self.verdict.runner_up()
        wordings: tuple[str, ...] = (words, second, second.partition(" (")[0])
        if self._example is not None and self._example.label is not None:
            mark = "✓" if self._example.label == self.verdict.winner else "✗"
            name, place = entry.classes[self._example.label], self._example.row + 1
            whole = f"{mark} {words}. Test picture {place}: {name}."
            wordings = (whole, f"{mark} picture {place} is {name}", f"{mark} is {name}", mark)
        self.told.emit(wordings)
