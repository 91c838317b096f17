"""What every panel is: a widget that says what it wants to see, and draws it when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QWidget

from ..core.catalogue import Catalogue
from ..core.earlier import EarlierRun
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec

KeyRow = tuple[str, str, str]  # group, what is done, and key sequences with spaces between

NARROWEST, LOWEST = 240, 170  # pixels that every panel must make do with


@dataclass(frozen=True)
class Pick:
    """Something that the user clicked: a layer, one of its units, or a projection."""

    kind: str  # "layer", "unit", "projection" or "nothing"
    name: str = ""
    unit: int = 0


class Panel(QWidget):
    """A view of a run. It reads snapshots and emits wishes; it never reaches the run itself.

    Subclasses give `key`, `title`, `icon` and `help`, and override what they need of `rebuild`,
    `wanted`, `show_snapshot`, `options` and `set_options`. A hidden panel is asked for nothing.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    help: ClassVar[str]
    keys: ClassVar[tuple[KeyRow, ...]] = ()  # its own, for the sheet of shortcuts
    shows_all: ClassVar[bool] = False  # whether it shows all experiments itself, side by side
    lane = 0  # which experiment it shows: what it asks of the first is asked of that one
    period: float = 0.0  # least seconds between two drawings, for views that cost much

    changed = Signal()  # what is wanted has changed: ask again, even while paused
    picked = Signal(object)  # a Pick
    edited = Signal(object, str)  # a new ExperimentSpec, and what was done, for the undo menu
    ordered = Signal(object)  # an Intervention to carry out on the live run
    unwanted = Signal(object)  # a list of EarlierRuns to let go of
    exported = Signal(str, object)  # a file's name, and what makes its text, in another thread

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.rescaled()

    def rescaled(self) -> None:
        """Letters have another size: what there was room for may not fit, or fit now."""

    def minimumSizeHint(self) -> QSize:
        """Never so large that one panel takes the room of the others."""
        return super().minimumSizeHint().boundedTo(QSize(NARROWEST, LOWEST))

    @property
    def heading(self) -> str:
        """What is written above it: its title, where it does not show another thing now."""
        return self.title

    @property
    def alone(self) -> int | None:
        """Of a panel that shows all experiments: the only one that it has anything of, if so."""
        return None

    @property
    def idle(self) -> bool:
        """Whether it has nothing to show of this network, and may leave its room to others."""
        return False

    def rebuild(self, catalogue: Catalogue) -> None:
        """The network was built anew: choose again what to show."""

    def set_spec(self, spec: ExperimentSpec) -> None:
        """The description that is being edited, for panels in which it can be edited."""

    def set_earlier(self, runs: Sequence[EarlierRun]) -> None:
        """The earlier runs that can be compared with the present one, oldest first."""

    def set_pick(self, pick: Pick) -> None:
        """What is picked now, wherever it was clicked."""

    def wanted(self) -> Wanted:
        """What the next snapshot must contain."""
        return NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw it; quickly, in the main thread."""

    def set_live(self, live: bool) -> None:
        """Whether a run is going on: lines are thin and quick while it is, fine when paused."""

    def options(self) -> dict[str, Any]:
        """What the user chose in this panel, JSON-ready, for the session file."""
        return {}

    def set_options(self, options: dict[str, Any]) -> None:
        """Take back what `options` gave; unknown or ill-fitting entries are left alone."""
