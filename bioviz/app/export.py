"""Figures in the window: the dialog, the menu on every panel, and the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from ..core.earlier import EarlierRun
from ..figures.file import render
from ..figures.gather import Described, Options
from ..figures.panel import FIGURES
from ..figures.sheet import Sheet
from ..figures.spec import FigureSpec
from ..ui import icon
from .controller import Controller
from .figure_press import FigurePress
from .files import Files
from .views import Views
from .workspace import Workspace

if TYPE_CHECKING:
    from .export_dialog import ExportDialog

SVG = "image/svg+xml"


class Export(QObject):
    """Makes the dialog when it is first asked for, and puts figures on the clipboard."""

    def __init__(
        self, controller: Controller, views: Views, workspace: Workspace, files: Files
    ) -> None:
        super().__init__(workspace)
        self._controller = controller
        self._views = views
        self._workspace = workspace
        self._files = files
        self.press = FigurePress(controller.looking, controller.waiting, self._looked, self)
        self.dialog: ExportDialog | None = None
        self._offered: WeakSet[QWidget] = WeakSet()  # what has the menu
        for key in FIGURES.names():  # importing them would take a tenth of a second
            if key in workspace.docks:
                self._offer(key)
                workspace.docks[key].filled.connect(self._offer)

    def ask(self) -> None:
        """Open the dialog on the panel that has the focus, or on the one before."""
        focus, docks = self._workspace.focusWidget(), self._workspace.docks
        known = [key for key in FIGURES.names() if key in docks]
        inside = (key for key in known if focus is not None and docks[key].isAncestorOf(focus))
        self.ask_for(next(inside, "" if self.dialog else "loss"))

    def ask_for(self, key: str) -> None:
        """Open the dialog on a panel."""
        dialog = self._made()
        dialog.open()
        dialog.begin(key)

    def copy(self, key: str) -> None:
        """Put a panel's figure on the clipboard, as it was last exported or else for a slide."""
        self.press.describe([key], self._on_described, self._fail)

    def close(self) -> None:
        """End the thread that draws."""
        self.press.close()

    # ---- menus -------------------------------------------------------------------------------

    def menu_of(self, key: str) -> QMenu:
        """What a right click on a panel offers; it goes once it is closed."""
        menu = QMenu(self._workspace)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        export = menu.addAction("Export figure…", partial(self.ask_for, key))
        export.setToolTip("Draw this panel for a slide, a paper or a poster (Ctrl+E)")
        copy = menu.addAction("Copy figure", partial(self.copy, key))
        copy.setToolTip("Copy this panel as a figure, to paste into a talk")
        for action, name in ((export, "export-figure"), (copy, "copy")):
            icon.tint(action, name)
        return menu

    def _offer(self, key: str) -> None:
        """Give a panel's title, and its body where that has no menu of its own, the menu."""
        dock = self._workspace.docks[key]
        for widget in (dock.titleBarWidget(), dock.widget()):
            if widget is not None and widget not in self._offered:
                self._offered.add(widget)
                widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                asked = widget.customContextMenuRequested
                asked.connect(partial(self._open_menu, key, widget))

    def _open_menu(self, key: str, widget: QWidget, place: QPoint) -> None:
        self.menu_of(key).popup(widget.mapToGlobal(place))

    # ---- the clipboard -----------------------------------------------------------------------

    def _on_described(self, found: Sequence[Described]) -> None:
        described = found[0]
        if described.spec is None:
            self._controller.told.emit("warning", f"{described.title}: {described.why}", [])
        else:
            sheet = self.dialog.options.sheet() if self.dialog else Sheet()
            self._draw(described.spec, sheet)

    def _draw(self, spec: FigureSpec, sheet: Sheet) -> None:
        then = partial(self._put, spec.title)
        self.press.run(partial(_both, spec, sheet), then, self._fail)

    def _put(self, title: str, drawn: tuple[bytes, bytes]) -> None:
        png, svg = drawn
        data = QMimeData()
        data.setImageData(QImage.fromData(png))
        data.setData("image/png", png)
        data.setData(SVG, svg)
        QGuiApplication.clipboard().setMimeData(data)
        words = f"Copied “{title}”, as a picture and as a drawing."
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.tell(words)
        else:
            self._controller.told.emit("info", words, [])

    def _fail(self, fault: BaseException) -> None:
        self._controller.waiting.failed.emit(fault)

    # ---- what there is -----------------------------------------------------------------------

    def _made(self) -> ExportDialog:
        if self.dialog is None:
            from .export_dialog import ExportDialog  # not while the window opens

            self.dialog = ExportDialog(self.press, self._files.suggested, self._workspace.window())
            self.dialog.copied.connect(self._draw)
            self._controller.pump.beaten.connect(self.dialog.folder_export.tell)
        return self.dialog

    def _looked(self) -> tuple[Options, Sequence[EarlierRun]]:
        options: dict[str, dict[str, Any]] = {
            key: panel.options() for key, panel in self._views.panels.items()
        }
        return options, self._controller.earlier.runs


def _both(spec: FigureSpec, sheet: Sheet) -> tuple[bytes, bytes]:
    """A figure as PNG and as SVG, of one size."""
    png, svg = replace(sheet, form="png"), replace(sheet, form="svg", fine=False)
    return render(spec, png), render(spec, svg)
