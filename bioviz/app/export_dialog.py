"""The dialog for figures: choose a panel and what it is for, look at it, save or copy it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ..figures.file import render, save
from ..figures.gather import Described, together
from ..figures.panel import FIGURES
from ..figures.sheet import Sheet
from ..figures.spec import FigureSpec
from ..ui import icon
from ..ui.problem import ProblemBar
from .dialog_foot import Working, foot, press_button
from .export_options import ExportOptions
from .figure_press import FigurePress, Proof
from .figure_preview import FigurePreview
from .folder_export import FolderExport

FILTERS = {"png": "PNG picture (*.png)", "svg": "SVG drawing (*.svg)", "pdf": "PDF (*.pdf)"}


class ExportDialog(QDialog):
    """What is previewed is what is saved: the run goes on, and is taken anew on demand."""

    copied = Signal(object, object)  # a FigureSpec and its Sheet, for the clipboard

    def __init__(
        self, press: FigurePress, suggest: Callable[[str], Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._press = press
        self._suggest = suggest
        self._proof = Proof(press, self)
        self.folder_export = FolderExport(press, self)
        self._spec: FigureSpec | None = None  # what is previewed
        self._serial = 0  # of what was asked of the run last
        self.setWindowTitle("Export figure")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        return QSize(980, 600)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.problem = ProblemBar()
        self.options = ExportOptions()
        self.preview = FigurePreview()
        self.anew_button = press_button("Take anew", "Draw what the run has come to by now.")
        icon.tint(self.anew_button, "restart")
        left = QVBoxLayout()
        left.addWidget(self.options, 1)
        left.addWidget(self.anew_button, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.problem)
        right.addWidget(self.preview, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(middle, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.working = Working("Writing all panels", "Write no more; what is written stays.")
        self.all_button = press_button(
            "Export all panels…", "Write every panel's figure into a folder, with its numbers."
        )
        self.copy_button = press_button("Copy", "Copy the figure, as a picture and as a drawing.")
        icon.tint(self.copy_button, "copy")
        self.close_button = press_button("Close", "Close this window (Esc).")
        self.save_button = press_button("Save…", "Save the figure as it is previewed.")
        right = (self.close_button, self.copy_button, self.save_button)
        return foot((self.all_button,), self.working, right)

    def _connect(self) -> None:
        self.options.panel_chosen.connect(self._take)
        self.options.changed.connect(self._draw)
        self.preview.resized.connect(self._draw)
        self.anew_button.clicked.connect(self._take_anew)
        self.all_button.clicked.connect(self._save_all)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.working.stopped.connect(self.folder_export.stop)
        self._proof.drawn.connect(self.preview.show_image)
        self._proof.failed.connect(self._on_failed)
        self.folder_export.progress.connect(self._on_progress)
        self.folder_export.done.connect(self._on_folder)
        self.folder_export.failed.connect(self._on_failed)

    # ---- calls down ------------------------------------------------------------------------

    def begin(self, panel: str = "") -> None:
        """Start with a panel, or with the one before; those without a figure say why."""
        figures = {figure.key: figure for figure in self._press.figures(list(FIGURES))}
        titles = {key: figure.title for key, figure in figures.items()}
        reasons = {key: why for key, figure in figures.items() if (why := figure.why_not())}
        self.options.offer_panels(titles, reasons)
        self.problem.dismiss()
        if panel and not self.options.panel.choose(panel):
            self._show_nothing(reasons.get(panel, "This panel has no figure."))
        else:
            if self.options.panel.value() in reasons:
                self.options.panel.choose(next((k for k in titles if k not in reasons), ""))
            self._take_anew()

    # ---- what is drawn -----------------------------------------------------------------------

    def _take_anew(self) -> None:
        self._take(self.options.panel.value())

    def _take(self, _key: str) -> None:
        """Ask the run for what a panel shows; an answer to an earlier question is dropped."""
        self._serial += 1
        self.options.follow_panel()
        self.preview.wait()
        self._press.describe(
            self.options.keys(), partial(self._on_described, self._serial), self._on_failed
        )

    def _on_described(self, serial: int, found: Sequence[Described]) -> None:
        if serial != self._serial:
            return
        described = together(found) if found[-1].spec is not None else found[-1]
        self._spec = described.spec
        if described.spec is None:
            self._show_nothing(described.why)
        self._show_state()
        self._draw()

    def _draw(self) -> None:
        if self._spec is not None and self.isVisible():
            sheet = self.options.sheet()
            self.preview.wait()
            seen = replace(sheet, form="png", dpi=self.preview.dpi(sheet.preset))
            self._proof.want(partial(render, self._spec, seen))

    def _show_nothing(self, words: str) -> None:
        self._spec = None
        self.preview.say(words)
        self._show_state()

    def _show_state(self) -> None:
        for button in (self.copy_button, self.save_button):
            button.setEnabled(self._spec is not None)

    # ---- what the user does ------------------------------------------------------------------

    def _save(self) -> None:
        sheet, spec = self.options.sheet(), self._spec
        if spec is None:
            return
        first = self._suggest(f"{self.options.panel.value()}.{sheet.form}")
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the figure", str(first), FILTERS[sheet.form]
        )
        if name:
            path = _ending(Path(name), sheet)
            self._press.run(
                partial(save, spec, path, sheet), partial(self._on_saved, path), self._on_failed
            )

    def _save_all(self) -> None:
        first = str(self._suggest("figures").parent)
        name = QFileDialog.getExistingDirectory(self, "A folder for the figures", first)
        if name:
            self.folder_export.start(Path(name), self.options.sheet())

    def _copy(self) -> None:
        if self._spec is not None:
            self.copied.emit(self._spec, self.options.sheet())

    # ---- hearing -----------------------------------------------------------------------------

    def tell(self, words: str) -> None:
        """Say what was done."""
        self.problem.show_problem("info", words)

    def _on_saved(self, path: Path, _: object) -> None:
        self.tell(f"Saved {path.name} in {path.parent}.")

    def _on_failed(self, fault: BaseException) -> None:
        self.problem.show_problem("error", str(fault))

    def _on_progress(self, text: str, fraction: float) -> None:
        busy = bool(text)
        self.working.tell(text, fraction)
        self.working.set_busy(busy)
        self.all_button.setEnabled(not busy)

    def _on_folder(self, folder: Path, count: int, left_out: Sequence[str]) -> None:
        figures = "1 figure" if count == 1 else f"{count} figures"
        rest = f" Nothing to show in: {', '.join(left_out)}." if left_out else ""
        self.tell(f"Wrote {figures}, each with its numbers, to {folder}.{rest}")


def _ending(path: Path, sheet: Sheet) -> Path:
    """The path, with the format's ending where the user gave none or another."""
    right = path.suffix.lower() == f".{sheet.form}"
    return path if right else path.with_name(f"{path.name}.{sheet.form}")
