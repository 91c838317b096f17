"""The task picker: what there is to learn, and a download where its data are not here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from ..core.registry import TASKS
from ..core.spec import Choice
from ..tasks.own_data import OwnDataParams
from ..ui import icon
from ..ui.label import Elided
from ..ui.problem import ProblemBar
from .picker import Picker


class TaskPicker(Picker):
    """Chooses the task; offers the download of a chosen set that is not here."""

    fetch_asked = Signal(str)  # a task's key
    data_asked = Signal()  # another file of the user's own

    def __init__(self, parent: QWidget | None = None) -> None:
        last = sorted(TASKS.items(), key=lambda found: bool(found[1].by_file))
        entries = [(key, task.title, task.summary) for key, task in last]
        super().__init__(TASKS, {"": entries}, parent)
        self._lacking = ""  # the key of the task whose data are missing
        self._build_missing()
        self._build_own()
        self._fetch.clicked.connect(self._ask_fetch)
        self._other.clicked.connect(self._ask_data)

    def _build_missing(self) -> None:
        self._missing = QWidget()
        self._message = ProblemBar()
        self._fetch = QPushButton()
        self._fetch.setToolTip("Fetch the data once; they stay on this machine.")
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setAccessibleName("Download")
        self._progress.hide()
        column = QVBoxLayout(self._missing)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        for widget in (self._message, self._fetch, self._progress):
            column.addWidget(widget)
        self._missing.hide()
        self.column.addWidget(self._missing)

    def _build_own(self) -> None:
        self._own = QWidget()
        self._file = Elided("", Qt.TextElideMode.ElideMiddle)
        self._other = QPushButton("See or change the data…")
        self._other.setToolTip(
            "Open the data you chose, change how they are taken, or take others."
        )
        icon.tint(self._other, "data")
        column = QVBoxLayout(self._own)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._file)
        column.addWidget(self._other)
        self._own.hide()
        self.column.insertWidget(2, self._own)

    def show_choice(self, choice: Choice) -> None:
        super().show_choice(choice)
        params = self._params(choice) if choice.key in TASKS else None
        own = isinstance(params, OwnDataParams)
        self._own.setVisible(own)
        if isinstance(params, OwnDataParams):
            self._file.setText(params.path)
            self._summary.setText(params.summary)
        missing = lacks_data(choice)
        if missing and (self._missing.isHidden() or choice.key != self._lacking):
            self._lacking = choice.key
            task = TASKS[choice.key]
            self._message.show_problem("warning", f"{task.title} is not on this machine yet.")
            self._fetch.setText(f"Download {task.title} ({task.megabytes} MB)")
        self._missing.setVisible(missing)

    def set_busy(self, text: str, fraction: float) -> None:
        """Show how far a download is; an empty text means that none is under way."""
        self._fetch.setVisible(not text)
        self._progress.setVisible(bool(text))
        self._progress.setValue(round(1000 * fraction))
        self._progress.setToolTip(text)

    def _ask_data(self) -> None:
        self.data_asked.emit()

    def _ask_fetch(self) -> None:
        self.fetch_asked.emit(self._lacking)


def lacks_data(choice: Choice) -> bool:
    """Whether a task's data must be downloaded before it can be learned."""
    if choice.key not in TASKS:
        return False
    task = TASKS[choice.key]
    return bool(task.megabytes) and task.folder() is None
