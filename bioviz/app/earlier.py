"""The earlier runs of a session: kept when what is trained begins again, for views to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ..core.earlier import EarlierRun, comparable, gather, named, same_run
from ..core.spec import ExperimentSpec


class Earlier(QObject):
    """Holds a few earlier runs, in memory and in the session file.

    Those of another task or loss are no longer shown nor saved, as their curves mean something
    else; they come back with their task, by undo for instance.
    """

    changed = Signal(object)  # the EarlierRuns to show, oldest first

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[EarlierRun] = []
        self._shown: tuple[EarlierRun, ...] = ()
        self._present: ExperimentSpec | None = None

    @property
    def runs(self) -> tuple[EarlierRun, ...]:
        """Those that can be compared with what is trained now, oldest first."""
        return self._shown

    def begin(self, present: ExperimentSpec, runs: Sequence[EarlierRun]) -> None:
        """Another session: its own earlier runs take the place of those before."""
        self._present = present
        self._held = gather([], runs)
        self._tell()

    def follow(
        self, present: ExperimentSpec, over: Sequence[EarlierRun], revived: Sequence[EarlierRun]
    ) -> None:
        """Take in the runs that are over; what lives again, by undo, is not one of them."""
        self._present = present
        held = gather(self._held, over)
        self._held = [run for run in held if not any(same_run(run, now) for now in revived)]
        self._tell()

    def remove(self, gone: Sequence[EarlierRun]) -> None:
        numbers = {run.number for run in gone}
        self._held = [run for run in self._held if run.number not in numbers]
        self._tell()

    def put_back(self, runs: Sequence[EarlierRun]) -> None:
        """Hold runs again that were removed."""
        self._held = gather(self._held, runs)
        self._tell()

    def _tell(self) -> None:
        if self._present is None:
            return
        present = self._present
        fit = [run for run in self._held if comparable(run.spec, present)]
        shown = tuple(named(fit, present))
        if shown or self._shown:
            self._shown = shown
            self.changed.emit(shown)
