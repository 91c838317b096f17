"""Writing all panels' figures into a folder, with how far it is; it can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ..figures.folder import write_folder
from ..figures.gather import Described
from ..figures.panel import FIGURES
from ..figures.sheet import Sheet
from .figure_press import FigurePress


class FolderExport(QObject):
    """One folder at a time."""

    progress = Signal(str, float)  # words and the fraction done; empty words once it has ended
    done = Signal(object, int, object)  # the folder, how many were written, titles left out
    failed = Signal(object)

    def __init__(self, press: FigurePress, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._press = press
        self._state: tuple[str, float] | None = None  # written by the thread, read on each beat
        self._stopped = False

    def start(self, folder: Path, sheet: Sheet) -> None:
        """Write every panel's figure, as each looks now."""
        if self._state is not None:
            return
        self._stopped, self._state = False, ("Looking at all panels", 0.0)
        self.tell()
        then = partial(self._write, folder, sheet)
        self._press.describe(list(FIGURES), then, self._on_failed)

    def stop(self) -> None:
        """Write no more than what is being written."""
        self._stopped = True

    def tell(self) -> None:
        """Say how far it is; to be called on every beat."""
        if self._state is not None:
            self.progress.emit(*self._state)

    def _write(self, folder: Path, sheet: Sheet, found: Sequence[Described]) -> None:
        left_out = [described.title for described in found if described.spec is None]
        then = partial(self._on_done, folder, left_out)
        self._press.run(partial(self._work, found, folder, sheet), then, self._on_failed)

    def _work(self, found: Sequence[Described], folder: Path, sheet: Sheet) -> int:
        """Write until all are there or it is stopped; how many there are. In the press's thread."""
        count = 0
        for _ in write_folder(found, folder, sheet, self._note):
            count += 1
            if self._stopped:
                break
        return count

    def _note(self, text: str, fraction: float) -> None:
        self._state = (text, fraction)

    def _on_done(self, folder: Path, left_out: Sequence[str], count: int) -> None:
        self._end()
        self.done.emit(folder, count, left_out)

    def _on_failed(self, fault: BaseException) -> None:
        self._end()
        self.failed.emit(fault)

    def _end(self) -> None:
        self._state = None
        self.progress.emit("", 0.0)
