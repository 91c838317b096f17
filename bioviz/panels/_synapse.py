"""One synapse in time: which one, what is asked for, and how it is drawn."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from ..core.catalogue import ExperimentEntry, ProjectionEntry
from ..core.request import Request
from ..core.request_timing import Synapse, SynapseReply
from ..core.snapshot import Snapshot
from ..figures.synapse_track import SynapseTracks, spiking_paths
from ..figures.track import Track
from ..ui.label import toned
from ..ui.scale import keep
from ._bar import Choice


class SynapseChooser(QObject):
    """A projection and two units by number, each a control of its own; and the tracks of that."""

    chosen = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._wish: tuple[str, int, int] | None = None
        self._tracks = SynapseTracks()
        self._build()
        self._path.chosen.connect(self._choose_path)
        self.pre.valueChanged.connect(self._choose_unit)
        self.post.valueChanged.connect(self._choose_unit)

    def _build(self) -> None:
        self._path = Choice("Projection of the synapse", "Which projection the synapse is of")
        self.pre = _spin("Unit that the synapse comes from")
        self.post = _spin("Unit that the synapse leads to")
        self._words: list[QLabel] = [toned("from", "muted"), toned("to", "muted")]

    def controls(self) -> list[QWidget]:
        return [self._path, self._words[0], self.pre, self._words[1], self.post]

    def show_controls(self, shown: bool, *, named: bool) -> None:
        """Show or hide all of it; the words between the boxes only where there is room."""
        for control in self.controls():
            control.setVisible(shown and (named or control not in self._words))

    def start(self, entry: ExperimentEntry) -> None:
        """Begin with another network; a synapse that it has stays chosen."""
        self._entry = entry
        paths = spiking_paths(entry)
        self._path.offer({path.name: path.name for path in paths})
        self._path.explain({path.name: f"{path.pre} → {path.post}" for path in paths})
        self._tracks.forget()
        if self._wish is not None:
            self._path.choose(self._wish[0])
        self._limit()

    def value(self) -> tuple[str, int, int]:
        """Projection, unit below and unit above."""
        if self._entry is None:
            return self._wish or ("", 0, 0)
        return self._path.value(), self.pre.value(), self.post.value()

    def put(self, name: str, pre: int, post: int) -> None:
        """Choose a synapse, as far as it is there."""
        self._wish = (name, pre, post)
        if self._entry is not None and self._path.choose(name):
            self._limit()
            self.chosen.emit()

    def choose_path(self, name: str) -> None:
        """Choose a projection, if it is one between cells that spike."""
        if self._path.choose(name):
            self._choose_path()

    def choose_unit(self, layer: str, unit: int) -> None:
        """Let the synapse begin or end at a unit, if its projection does."""
        path = self._projection
        if path is None:
            return
        # of a layer connected to itself, clicks choose the end; its beginning is typed
        if layer == path.post:
            self.post.setValue(unit)
        elif layer == path.pre:
            self.pre.setValue(unit)

    def request(self, ticks: int) -> Request | None:
        name, pre, post = self.value()
        return Synapse(name, post, pre, ticks) if name else None

    def tracks(self, snapshot: Snapshot, ticks: int) -> list[Track]:
        """What came of it: both cells' spikes and traces, and the weight."""
        asked, path = self.request(ticks), self._projection
        reply: SynapseReply | None = snapshot.get(asked) if asked else None
        if reply is None or path is None:
            return []
        return self._tracks.of(path, self.pre.value(), self.post.value(), reply)

    @property
    def _projection(self) -> ProjectionEntry | None:
        return self._entry.projection(self._path.value()) if self._entry else None

    def _limit(self) -> None:
        """Let the units be chosen that there are."""
        path = self._projection
        if path is None:
            return
        name, pre, post = self._wish or ("", 0, 0)
        for box, size, wish in ((self.post, path.shape[0], post), (self.pre, path.shape[1], pre)):
            blocked = box.blockSignals(True)
            box.setMaximum(size - 1)
            box.setValue(wish if name == path.name else box.value())
            box.blockSignals(blocked)

    def _choose_path(self) -> None:
        self._limit()
        self._choose_unit()

    def _choose_unit(self) -> None:
        self._wish = (self._path.value(), self.pre.value(), self.post.value())
        self._tracks.forget_weights()
        self.chosen.emit()


def _spin(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    keep(box, "width", 58)
    return box
