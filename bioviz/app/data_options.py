"""What can be chosen about data of one's own: the file, the label, and how they are taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..tasks._table import Table
from ..tasks.own_data import OwnDataParams, square_of
from ..ui import icon
from ..ui.form import Form
from ..ui.label import Elided, toned
from ..ui.scale import keep
from .dialog_foot import press_button
from .picker import GroupedCombo

FIELDS = ("side", "pictures", "target", "scaling", "test", "split_seed")
WIDTH = 268


class DataOptions(QWidget):
    """Says what the user asks for; it reads nothing itself."""

    file_asked = Signal()
    folder_asked = Signal()
    label_chosen = Signal(str)
    changed = Signal(object)  # OwnDataParams whose FIELDS are asked for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep(self, "width", WIDTH)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.path = Elided("", Qt.TextElideMode.ElideMiddle)
        self.path.setProperty("tone", "muted")
        self.path.setAccessibleName("What was chosen")
        self.file_button = press_button("File…", "Choose a table, a NumPy archive or an IDX file.")
        icon.tint(self.file_button, "data")
        self.folder_button = press_button(
            "Folder…", "Choose a folder of pictures: one sub-folder for each class."
        )
        icon.tint(self.folder_button, "open")
        self.label = GroupedCombo({})
        self.label.setAccessibleName("Label")
        self.label.setToolTip("The column, or the file, that holds the labels or targets.")
        nothing = OwnDataParams()
        self.size_form = Form(nothing, fields=("side",))
        self.picture_form = Form(nothing, fields=("pictures",))
        self.form = Form(nothing, fields=FIELDS[2:])
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(toned("Data", "heading"))
        column.addLayout(buttons)
        column.addWidget(self.path)
        column.addSpacing(8)
        column.addWidget(toned("How they are taken", "heading"))
        column.addWidget(toned("Label", ""))
        for widget in (self.label, self.size_form, self.picture_form, self.form):
            column.addWidget(widget)
        column.addStretch()

    def _connect(self) -> None:
        self.file_button.clicked.connect(self._ask_file)
        self.folder_button.clicked.connect(self._ask_folder)
        self.label.chosen.connect(self.label_chosen)
        for form in (self.size_form, self.picture_form, self.form):
            form.committed.connect(self.changed)

    def show_state(
        self,
        wish: OwnDataParams,
        params: OwnDataParams | None,
        table: Table | None,
        *,
        busy: bool,
    ) -> None:
        """Show what is asked for; only what makes a difference to what was read is offered."""
        self.path.setText(wish.path or "Nothing chosen yet")
        for form in (self.size_form, self.picture_form, self.form):
            form.set_model(wish)
        self.size_form.setVisible(table is not None and table.kind == "images")
        square = table is not None and table.image is None and square_of(table) is not None
        self.picture_form.setVisible(square)
        self.form.set_enabled_fields(_free(table, params))
        columns = table.columns if table is not None else ()
        self.label.fill({"": [(name, name, "") for name in columns]})
        self.label.show_key(wish.label)
        self.label.setEnabled(bool(columns) and not busy)
        self.label.setPlaceholderText(table.label if table is not None else "")

    def _ask_file(self) -> None:
        self.file_asked.emit()

    def _ask_folder(self) -> None:
        self.folder_asked.emit()


def _free(table: Table | None, params: OwnDataParams | None) -> set[str]:
    """The choices that make a difference to what was read."""
    free = set()
    if table is not None and table.codes is None:
        free.add("target")
    if params is None or params.image is None:
        free.add("scaling")
    if table is None or not table.held_out:
        free |= {"test", "split_seed"}
    return free
