"""The plausibility checklist on a rule's card: a sign, what a brain wants, and what is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ..core.plausibility import Point, Verdict
from ..ui.label import Picture, toned
from ..ui.prose import Prose, Span

SIGNS: dict[Verdict, tuple[str, str, str]] = {  # icon, colour, and what it says
    "yes": ("check", "good", "as a brain could"),
    "partly": ("roughly", "warning", "partly"),
    "no": ("close", "danger", "not as a brain could"),
}


COMPARE = "show:plausibility"


class Checklist(QWidget):
    """Every point of the checklist, one below the other, and what leads to those of all rules."""

    asked = Signal(str)  # a link, as a lesson would write it

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[Point, ...] = ()
        self._compare = Prose()
        self._compare.say([Span("Compare all rules", COMPARE, "The plausibility of every rule.")])
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(10)
        seen = toned("Seen in one trial of a tiny network:", "muted", wrap=True)
        seen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(seen)
        column.addLayout(self._grid)
        column.addWidget(self._compare)
        self._compare.asked.connect(self.asked)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these points; the same ones again cost nothing."""
        if tuple(points) == self._points:
            return
        self._points = tuple(points)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, point in enumerate(points):
            name, colour, said = SIGNS[point.verdict]
            sign = Picture(name, colour, 16)
            sign.setAccessibleName(said)
            sign.setToolTip(said[:1].upper() + said[1:])
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_words(point, said), row, 1)


def _words(point: Point, said: str) -> QWidget:
    """Make a point's title and what the rule does, one below the other."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    title, words = toned(point.title, "heading"), toned(point.words, "muted", wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column.addWidget(title)
    column.addWidget(words)
    box.setToolTip(f"<p>{point.help}</p>")
    box.setAccessibleName(f"{point.title}: {said}. {point.words}")
    return box
