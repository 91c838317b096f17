"""Choosing one's own data: opens the dialog, and gives what was chosen to the build column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ..core.fault import SpecError
from ..core.registry import TASKS
from ..session.own_file import file_of
from ..tasks.own_data import OwnDataParams
from .build_column import BuildColumn
from .controller import Controller

if TYPE_CHECKING:
    from .own_data_dialog import OwnDataDialog


class DataChoice(QObject):
    """Makes the dialog when it is first asked for; what the user chooses may be read from then."""

    def __init__(self, controller: Controller, column: BuildColumn, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._column = column
        self._window = window
        self.dialog: OwnDataDialog | None = None
        controller.data_asked.connect(self.ask)
        column.data_asked.connect(self.ask_again)

    def ask(self, path: str = "") -> None:
        """Open the dialog, on a file if one is given."""
        dialog = self._made()
        dialog.begin(self._wish(), read=False)
        dialog.open()
        if path:
            dialog.read(Path(path))

    def ask_again(self) -> None:
        """Open the dialog on what is learned from now, if the user has chosen that."""
        dialog, wish = self._made(), self._wish()
        dialog.begin(wish, read=bool(wish.path) and wish.path in self._controller.known)
        dialog.open()

    def _made(self) -> OwnDataDialog:
        if self.dialog is None:
            from .own_data_dialog import OwnDataDialog  # not while the window opens

            self.dialog = OwnDataDialog(self._controller.waiting, self._window)
            self.dialog.chosen.connect(self._take)
            self._controller.pump.beaten.connect(self.dialog.reading.tell)
        return self.dialog

    def _wish(self) -> OwnDataParams:
        """How the present data are taken, where they are the user's own."""
        spec = self._controller.document.spec
        if not file_of(spec):
            return OwnDataParams()
        try:
            params = spec.task.params(TASKS)
        except SpecError:
            return OwnDataParams()  # the description's problems say why
        assert isinstance(params, OwnDataParams)  # noqa: S101  (told to the type checker)
        return params

    def _take(self, params: OwnDataParams) -> None:
        self._controller.known.add(params.path)
        before = self._controller.document.spec
        self._column.take_data(params)
        if self._controller.document.spec == before and self._controller.builder.fault is not None:
            self._controller.builder.again()  # the same file, which is there again
