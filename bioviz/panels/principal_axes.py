"""Principal axes: the directions in which inputs differ most, and the weight vectors among them."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.principal import Principal, PrincipalReply, WeightPath
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..ui.label import Elided, Empty
from ..ui.panel import Panel
from ..ui.word import number
from ._bar import stack_up
from ._lanes import Lane, lanes_of
from ._principal_view import AngleBars, CloudView, Vector

UNFIT = (
    "This panel shows how weights turn to the principal axes of their inputs, as Hebb, "
    "covariance, Oja and Sanger make them in a network without hidden layers. The gallery (Ctrl+G) "
    "has one."
)
UNITS = 4  # whose single weights are recorded in the plane


class PrincipalAxesPanel(Panel):
    """Inputs in the plane with their axes, weight vectors and paths; else angles to the axes."""

    key = "principal_axes"
    title = "Principal axes"
    icon = "panel-axes"
    help = (
        "Dots are inputs, dashed lines the axes along which they differ most and least. Arrows are "
        "the weights of the cells, the thin lines where they have been."
    )
    shows_all = True
    period = 0.05

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()  # those that look for axes
        self._plane = False
        self._build()

    def _build(self) -> None:
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(10, 2, 8, 0)
        self.cloud, self.bars = CloudView(), AngleBars()
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self.cloud)
        self._pictures.addWidget(self.bars)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(6, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._pictures, 1)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(both)
        self._pages.addWidget(self._nothing)
        self._pages.setCurrentWidget(self._nothing)
        stack_up(self, [], self._pages)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return not self._lanes

    def rebuild(self, catalogue: Catalogue) -> None:
        self._lanes = tuple(lane for lane in lanes_of(catalogue) if looks(lane.entry))
        self._plane = bool(self._lanes) and self._lanes[0].entry.layers[0].size == 2
        self.cloud.start()
        self.bars.show_angles(np.empty((0, 0)))
        self._words.setText(" ")
        self._pictures.setCurrentWidget(self.cloud if self._plane else self.bars)
        self._pages.setCurrentIndex(0 if self._lanes else 1)

    def wanted(self) -> Wanted:
        if not self._lanes:
            return NOTHING
        if not self._plane:
            return frozenset({Principal(index=self._lanes[0].index)})
        paths = {WeightPath(unit, index=lane.index) for lane, unit in self._units}
        return frozenset({*paths, *(Principal(index=lane.index) for lane in self._lanes)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self._lanes:
            return
        first: PrincipalReply | None = snapshot.get(Principal(index=self._lanes[0].index))
        if first is None:
            return
        if self._plane:
            vectors = [
                vector
                for lane, unit in self._units
                if (vector := self._vector(lane, unit, snapshot)) is not None
            ]
            self.cloud.show_cloud(first, vectors)
            self._words.setText("; ".join(map(said, vectors)))
        else:
            self.bars.show_angles(first.angles)
            part = first.axes.values[0] / first.axes.values.sum()
            self._words.setText(
                f"The first axis carries {100 * part:.0f} % of the inputs' variance."
            )

    def set_live(self, live: bool) -> None:
        self.cloud.set_live(live)

    def options(self) -> dict[str, Any]:
        return {}

    # What is shown --------------------------------------------------------------------------

    @property
    def _units(self) -> list[tuple[Lane, int]]:
        """Each experiment and unit whose weights are drawn."""
        return [
            (lane, unit)
            for lane in self._lanes
            for unit in range(min(lane.entry.layers[-1].size, UNITS))
        ]

    def _vector(self, lane: Lane, unit: int, snapshot: Snapshot) -> Vector | None:
        reply = snapshot.get(Principal(index=lane.index))
        path = snapshot.get(WeightPath(unit, index=lane.index))
        if reply is None or unit >= len(reply.w):
            return None
        several = len(self._lanes) > 1
        single = lane.entry.layers[-1].size == 1
        name = lane.name if several else "w"
        colour = lane.index if several else unit
        trace = np.empty((0, 2)) if path is None else path
        return Vector(name if single else f"{name} {unit + 1}", colour, reply.w[unit], trace)


def looks(entry: ExperimentEntry) -> bool:
    """Whether an experiment's rule looks for principal axes in its inputs."""
    return bool(entry.channels_of("principal_angle"))


def said(vector: Vector) -> str:
    """Say how long a weight vector is."""
    length = float(np.linalg.norm(vector.w))
    return f"{vector.name}: |w| = {number(length, 3) if isfinite(length) else '∞'}"
