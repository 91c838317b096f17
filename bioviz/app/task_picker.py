"""The task picker: what there is to learn, and a download where its data are not here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from ..core.registry import TASKS
from ..core.spec import Choice
from ..tasks import mnist
from ..ui.problem import ProblemBar
from .picker import Picker

FETCH = "Download MNIST (11 MB)"


class TaskPicker(Picker):
    """Chooses the task; offers MNIST's download where it is chosen and missing."""

    fetch_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        entries = [(key, task.title, task.summary) for key, task in TASKS.items()]
        super().__init__(TASKS, {"": entries}, parent)
        self._build_missing()
        self._fetch.clicked.connect(self._ask_fetch)

    def _build_missing(self) -> None:
        self._missing = QWidget()
        self._message = ProblemBar()
        self._fetch = QPushButton(FETCH)
        self._fetch.setToolTip("Fetch the handwritten digits once; they stay on this machine.")
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setAccessibleName("Download of MNIST")
        self._progress.hide()
        column = QVBoxLayout(self._missing)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        for widget in (self._message, self._fetch, self._progress):
            column.addWidget(widget)
        self._missing.hide()
        self.column.addWidget(self._missing)

    def show_choice(self, choice: Choice) -> None:
        super().show_choice(choice)
        missing = lacks_data(choice)
        if missing and self._missing.isHidden():
            self._message.show_problem("warning", "MNIST is not on this machine yet.")
        self._missing.setVisible(missing)

    def set_busy(self, text: str, fraction: float) -> None:
        """Show how far a download is; an empty text means that none is under way."""
        self._fetch.setVisible(not text)
        self._progress.setVisible(bool(text))
        self._progress.setValue(round(1000 * fraction))
        self._progress.setToolTip(text)

    def _ask_fetch(self) -> None:
        self.fetch_asked.emit()


def lacks_data(choice: Choice) -> bool:
    """Whether a task's data must be downloaded before it can be learned."""
    return choice.key == mnist.Mnist.key and mnist.folder() is None
