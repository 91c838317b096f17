"""The window's middle: the workspace or the start page, below what needs an answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..session import gallery
from ..ui.problem import ProblemBar
from .panel_sets import PanelSet
from .start_page import StartPage
from .workspace import Workspace


class Centre(QWidget):
    """Holds both pages; the one that is left keeps what was done in it."""

    turned = Signal()  # to another page

    def __init__(self, entries: Sequence[gallery.Entry]) -> None:
        super().__init__()
        self.problem_bar = ProblemBar()
        self.workspace = Workspace()
        self.start_page = StartPage(list(entries))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.workspace)
        self._stack.addWidget(self.start_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problem_bar)
        column.addWidget(self._stack, 1)
        self.start_page.closed.connect(self.show_workspace)
        self._stack.currentChanged.connect(self._on_turned)

    def show_start_page(self) -> None:
        self.start_page.check_data()
        self._stack.setCurrentWidget(self.start_page)
        self.start_page.focus_first()

    def show_workspace(self) -> None:
        self._stack.setCurrentWidget(self.workspace)
        diagram = self.workspace.docks["network"].widget()
        if diagram is not None:  # it may be on stage
            diagram.setFocus()  # so that Space plays, and does not type

    def arrange(self, panel_set: PanelSet, *_: object) -> None:
        """Put the panels where a set has them."""
        self.show_workspace()
        self.workspace.arrange(panel_set)

    def add_page(self, page: QWidget) -> None:
        """Have another page, which is shown when it is asked for."""
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    def shows(self, page: QWidget) -> bool:
        return self._stack.currentWidget() is page

    def _on_turned(self, _: int) -> None:
        self.turned.emit()

    def reset_layout(self) -> None:
        """Put every panel back in its place."""
        self.show_workspace()
        self.workspace.arrange()
