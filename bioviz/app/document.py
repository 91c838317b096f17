"""The document: the session being edited, its file, and its undo history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ..core.companion import Experiments, followed, reseeded, title_of
from ..core.spec import ExperimentSpec, Stop
from ..core.state import State
from ..session.session import About, PanelView, Session


@dataclass(frozen=True)
class Described:
    """Every experiment's description, and which of them is edited and looked at.

    `joining` is the state from which the last one goes on; without it all begin at trial 0.
    """

    experiments: Experiments
    active: int = 0
    joining: State | None = None


class Edit(QUndoCommand):
    """One change of what is described: holds every experiment before and after."""

    def __init__(self, document: Document, before: Described, after: Described, text: str) -> None:
        super().__init__(text)
        self._document = document
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._document.put(self._after)

    def undo(self) -> None:
        self._document.put(self._before, parting=self._after.joining is not None)


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

    spec_changed = Signal(object, object)  # the active experiment's description before and after
    active_changed = Signal(int)  # another experiment is edited and looked at
    replaced = Signal()  # another session took its place
    title_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(500)
        self.undo_stack.cleanChanged.connect(self._announce_title)
        self.session = session
        self.active = 0  # which experiment is edited and looked at
        self.joining: State | None = None  # from which one that was just added goes on
        self.parting = False  # whether one that had joined so was just taken away by undo
        self.path: Path | None = None
        self._trained = False

    @property
    def spec(self) -> ExperimentSpec:
        """The description of the active experiment: the one that is edited."""
        return self.session.experiments[self.active]

    @property
    def experiments(self) -> Experiments:
        return self.session.experiments

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
        """Change the active experiment, undoably; those beside it follow, but for the rule."""
        if after != self.spec:
            self._push(Described(followed(self.experiments, self.active, after), self.active), text)

    def new_weights(self) -> None:
        """Begin from the next seed in every experiment, undoably."""
        self._push(Described(reseeded(self.experiments), self.active), "New weights")

    def add(self, spec: ExperimentSpec, text: str, state: State | None = None) -> None:
        """Put another experiment beside those that are there, undoably, and make it active.

        All begin at trial 0 again; but where it goes on from a `state`, the others stay as they
        are.
        """
        own = spec.model_copy()  # experiments are told apart by identity
        after = Described((*self.experiments, own), len(self.experiments), state)
        self._push(after, text)

    def remove(self, index: int) -> None:
        """Take an experiment away, undoably; the others stay as they are."""
        if len(self.experiments) < 2:
            return
        gone = self.experiments[index]
        rest = tuple(spec for spec in self.experiments if spec is not gone)
        active = self.active - (self.active > index)
        after = Described(rest, min(active, len(rest) - 1))
        self._push(after, f"Remove {title_of(gone)}")

    def activate(self, index: int) -> None:
        """Edit and look at another of the experiments from now on; this is no edit."""
        if index != self.active and index < len(self.experiments):
            self.active = index
            self.active_changed.emit(index)

    def _push(self, after: Described, text: str) -> None:
        before = Described(self.experiments, self.active)
        self.undo_stack.push(Edit(self, before, after, text))

    def stop_at(self, stop: Stop) -> None:
        """Change when training stops by itself, undoably."""
        self.edit(self.spec.model_copy(update={"stop": stop}), "Change when to stop")

    def act(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do something to the live run, undoably."""
        self.undo_stack.push(Act(text, do, undo))

    def put(self, described: Described, *, parting: bool = False) -> None:
        """Put descriptions in place; only Edit calls this."""
        before, active = self.spec, self.active
        experiments = described.experiments
        self.session = self.session.model_copy(update={"experiments": experiments})
        self.active, self.joining, self.parting = described.active, described.joining, parting
        if self.active != active:
            self.active_changed.emit(self.active)
        self.spec_changed.emit(before, self.spec)
        self.joining, self.parting = None, False

    def put_view(self, panels: tuple[PanelView, ...], speed: float | None) -> None:
        """Note which panels are open, how, and at what speed it plays; this is no edit."""
        self.session = self.session.model_copy(update={"panels": panels, "speed": speed})

    def keep_history(self, kept: bool) -> None:
        """Choose whether the file is to hold what can be looked back at; this is no edit."""
        if kept != self.session.history:
            self.session = self.session.model_copy(update={"history": kept})
            self.note_training()  # the file would hold something else

    def replace(self, session: Session, path: Path | None) -> None:
        """Work on another session from now on; its undo history starts empty."""
        self.session = session
        self.active = 0
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
