"""The dialog for data of one's own: choose, look at what was read, set how it is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..core.fault import BiovizError
from ..tasks._account import account_of
from ..tasks._table import Table
from ..tasks.own_data import OwnDataParams, described
from ..ui.label import toned
from ..ui.problem import ProblemBar
from ..ui.scale import keep
from .data_options import FIELDS, DataOptions
from .data_preview import DataPreview
from .data_reading import DataReading
from .dialog_foot import Working, foot, press_button
from .files import dropped_data
from .waiting import Waiting

FILTER = (
    "Data (*.csv *.tsv *.txt *.npz *.idx *.gz *ubyte);;Tables (*.csv *.tsv *.txt *.gz);;"
    "NumPy archives (*.npz);;IDX files (*.idx *.gz *ubyte);;All files (*)"
)
TOLD = 150  # pixels for what was read


class OwnDataDialog(QDialog):
    """Reads what is chosen, in the background; nothing is used before its button is pressed."""

    chosen = Signal(object)  # OwnDataParams, of what was read

    def __init__(self, waiting: Waiting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = DataReading(waiting, self)
        self._wish = OwnDataParams()  # what is asked for
        self._params: OwnDataParams | None = None  # what was read, if it can be learned from
        self._table: Table | None = None
        self.setWindowTitle("Your own data")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(940, 620)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.problem = ProblemBar()
        self.options = DataOptions()
        self.preview = DataPreview()
        self._account = toned("", "", wrap=True)
        self._account.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._account.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._account.setAccessibleName("What was read")
        told = QScrollArea()
        told.setWidget(self._account)
        told.setWidgetResizable(True)
        keep(told, "height", TOLD)
        told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.problem)
        right.addWidget(self.preview, 1)
        self._heading = toned("What was read", "heading")
        right.addWidget(self._heading)
        right.addWidget(told)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.options)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(middle, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.working = Working("Reading", "Stop reading; what was read before stays.")
        self.cancel_button = press_button("Cancel", "Change nothing (Esc).")
        self.use_button = press_button(
            "Use these data", "Let the network learn from them (undoable)."
        )
        return foot((), self.working, (self.cancel_button, self.use_button))

    def _connect(self) -> None:
        self.options.file_asked.connect(self._ask_file)
        self.options.folder_asked.connect(self._ask_folder)
        self.options.label_chosen.connect(self._take_label)
        self.options.changed.connect(self._take_wish)
        self.working.stopped.connect(self._stop)
        self.cancel_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._use)
        self.reading.progress.connect(self._on_progress)
        self.reading.read.connect(self._on_read)
        self.reading.failed.connect(self._on_failed)
        self.finished.connect(self._on_finished)

    # ---- calls down ------------------------------------------------------------------------

    def begin(self, wish: OwnDataParams, *, read: bool) -> None:
        """Start from what is learned from now; read it at once where that is allowed."""
        self._table = self._params = None
        self._wish = wish if read else wish.model_copy(update={"path": ""})
        self.problem.dismiss()
        self.preview.clear()
        self._account.setText("")
        self._show_state()
        if self._wish.path:
            self.reading.start(self._wish)

    def read(self, path: Path) -> None:
        """Read another file or folder; its label is found anew."""
        chosen: dict[str, object] = {"path": str(path.absolute()), "label": "", "target": "auto"}
        if self._wish.image is not None:
            chosen["scaling"] = OwnDataParams().scaling  # pixels had no choice
        self._ask_for(chosen, read=True)

    # ---- what the user does ------------------------------------------------------------------

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a file of data", self._home(), FILTER)
        if name:
            self.read(Path(name))

    def _ask_folder(self) -> None:
        words = "Choose a folder with one sub-folder of pictures for each class"
        name = QFileDialog.getExistingDirectory(self, words, self._home())
        if name:
            self.read(Path(name))

    def _home(self) -> str:
        return str(Path(self._wish.path).parent) if self._wish.path else ""

    def _take_label(self, label: str) -> None:
        self._ask_for({"label": label, "target": "auto"}, read=True)

    def _take_wish(self, model: OwnDataParams) -> None:
        changed = {name: getattr(model, name) for name in FIELDS}
        self._ask_for(changed, read=model.side != self._wish.side and self._is_folder)

    def _ask_for(self, changed: dict[str, object], *, read: bool) -> None:
        """Ask for something else; what describes the earlier data is forgotten."""
        kept = {name: getattr(self._wish, name) for name in ("path", "label", *FIELDS)}
        self._wish = OwnDataParams.model_validate({**kept, **changed})
        if read and self._wish.path:
            self.reading.start(self._wish)
        elif self._table is not None:
            self._describe(self._table)

    def _stop(self) -> None:
        self.reading.stop()
        self._wish = self._params or self._wish  # what was read before
        self._show_state()

    def _use(self) -> None:
        if self._params is not None:
            self.chosen.emit(self._params)
            self.accept()

    # ---- hearing -----------------------------------------------------------------------------

    def _on_progress(self, text: str, fraction: float) -> None:
        self.working.tell(text, fraction)
        self._show_state()

    def _on_read(self, table: Table) -> None:
        self._table = table
        self._describe(table)

    def _on_failed(self, fault: BaseException) -> None:
        self._table = None
        self._refuse(str(fault) if isinstance(fault, BiovizError) else f"Reading failed: {fault}.")

    def _refuse(self, words: str) -> None:
        """Say why these data cannot be used; what was chosen stays, to be changed."""
        self._params = None
        self.preview.clear()
        self._account.setText("")
        self.problem.show_problem("error", words)
        self._show_state()

    def _on_finished(self, _result: int) -> None:
        self.reading.stop()
        self._table = None  # it may be large

    def _describe(self, table: Table) -> None:
        """Say what was read, taken as is asked for; a fault leaves the choices as they are."""
        try:
            params = described(table, self._wish)
            self.preview.show_table(table, params)
            said = account_of(table, params).sentences()
        except BiovizError as fault:
            self._refuse(str(fault))
            return
        self._params = params
        self._wish = params
        self.problem.dismiss()
        self._account.setText("\n".join(said))
        self._show_state()

    # ---- showing -----------------------------------------------------------------------------

    @property
    def _is_folder(self) -> bool:
        return self._table is not None and self._table.kind == "images"

    def _show_state(self) -> None:
        busy, table = self.reading.busy, self._table
        self.working.set_busy(busy)
        self.use_button.setEnabled(self._params is not None and not busy)
        self._heading.setVisible(bool(self._account.text()))
        self.options.show_state(self._wish, self._params, table, busy=busy)

    # ---- dropping ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_data(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_data(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)
