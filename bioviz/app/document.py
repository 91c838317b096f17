"""The document: the session being edited, its file, and its undo history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ..core.companion import follow
from ..core.spec import ExperimentSpec, Stop
from ..session.session import About, PanelView, Session

Experiments = tuple[ExperimentSpec, ...]


class Edit(QUndoCommand):
    """One change of what is described: holds every experiment before and after."""

    def __init__(
        self, document: Document, before: Experiments, after: Experiments, text: str
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._document.put(self._after)

    def undo(self) -> None:
        self._document.put(self._before)


class Act(QUndoCommand):
    """One thing done to the live run; the calls are queued to the trainer, not carried out here."""

    def __init__(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(text)
        self._do = do
        self._undo = undo

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._undo()


class Document(QObject):
    """What is being worked on; every change of the description goes through `edit`."""

    spec_changed = Signal(object, object)  # the first experiment's description before and after
    replaced = Signal()  # another session took its place
    title_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(500)
        self.undo_stack.cleanChanged.connect(self._announce_title)
        self.session = session
        self.path: Path | None = None
        self._trained = False

    @property
    def spec(self) -> ExperimentSpec:
        """The first experiment's description: the one that is edited."""
        return self.session.experiments[0]

    @property
    def about(self) -> About:
        return self.session.about

    @property
    def title(self) -> str:
        """The file's name, or the session's title, or that it has none yet."""
        return self.path.name if self.path else self.about.title or "Untitled network"

    @property
    def dirty(self) -> bool:
        """Whether anything would be lost: an edit, or training since the last save."""
        return self._trained or not self.undo_stack.isClean()

    @property
    def precious(self) -> bool:
        """Whether leaving it needs a question: edits, or training that belongs to a file.

        An untouched gallery network that was played comes back by itself, from its seed.
        """
        return not self.undo_stack.isClean() or (self._trained and self.path is not None)

    def edit(self, after: ExperimentSpec, text: str) -> None:
        """Change the first experiment, undoably; those beside it follow, but for the rule."""
        before = self.session.experiments
        if after != before[0]:
            others = (follow(before[0], after, other) for other in before[1:])
            self.undo_stack.push(Edit(self, before, (after, *others), text))

    def stop_at(self, stop: Stop) -> None:
        """Change when training stops by itself, undoably."""
        self.edit(self.spec.model_copy(update={"stop": stop}), "Change when to stop")

    def act(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do something to the live run, undoably."""
        self.undo_stack.push(Act(text, do, undo))

    def put(self, experiments: Experiments) -> None:
        """Put descriptions in place; only Edit calls this."""
        before = self.spec
        self.session = self.session.model_copy(update={"experiments": experiments})
        self.spec_changed.emit(before, experiments[0])

    def put_view(self, panels: tuple[PanelView, ...], speed: float | None) -> None:
        """Note which panels are open, how, and at what speed it plays; this is no edit."""
        self.session = self.session.model_copy(update={"panels": panels, "speed": speed})

    def replace(self, session: Session, path: Path | None) -> None:
        """Work on another session from now on; its undo history starts empty."""
        self.session = session
        self.path = path
        self._trained = False
        self.undo_stack.clear()
        self.replaced.emit()
        self._announce_title()

    def note_training(self) -> None:
        """Training has changed what the file would hold."""
        if not self._trained:
            self._trained = True
            self._announce_title()

    def note_saved(self, path: Path) -> None:
        """All that is worked on is now in the file at `path`."""
        self.path = path
        self._trained = False
        self.undo_stack.setClean()
        self._announce_title()

    def note_recovered(self) -> None:
        """What is worked on came from a crash, and is in no file of the user's yet."""
        self._trained = True
        self.undo_stack.resetClean()
        self._announce_title()

    def _announce_title(self) -> None:
        self.title_changed.emit()
