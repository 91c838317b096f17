"""Principal axes: the directions in which inputs differ most, and the weight vectors among them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue
from ..core.principal import Principal, PrincipalReply
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.lanes import Lane, lanes_of
from ..figures.panels.principal_axes import UNFIT, asked, carried, looks, said, vectors_of
from ..ui.label import Elided, Empty
from ..ui.panel import Panel
from ._bar import stack_up
from ._principal_view import AngleBars, CloudView


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
        return asked(self._lanes, plane=self._plane)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self._lanes:
            return
        first: PrincipalReply | None = snapshot.get(Principal(index=self._lanes[0].index))
        if first is None:
            return
        if self._plane:
            vectors = vectors_of(self._lanes, snapshot)
            self.cloud.show_cloud(first, vectors)
            self._words.setText("; ".join(map(said, vectors)))
        else:
            self.bars.show_angles(first.angles)
            self._words.setText(carried(first))

    def set_live(self, live: bool) -> None:
        self.cloud.set_live(live)

    def options(self) -> dict[str, Any]:
        return {}
