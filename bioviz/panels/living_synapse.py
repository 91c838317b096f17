"""Living synapse: two neurons that you fire, what passes between them, and what they learn."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.catalogue import Catalogue
from ..core.fire import Cease, Fire, Pulse, protocol
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.synapse import Change, Synapse, SynapseReply
from ..figures.panels.living_synapse import SPAN, UNFIT, two_cells
from ..figures.synapse_words import say
from ..ui.label import Empty
from ..ui.panel import Panel
from ._bar import push, stack_up, toggle
from ._synapse_view import SynapseView

NARROW = 430  # pixels across
LAG, PAIRS, PERIOD = 10.0, 60, 100.0  # ms, pairs, and ms from pair to pair: 10 Hz


class LivingSynapsePanel(Panel):
    """Keys and clicks put spikes into the run; everything shown is read from it."""

    key = "living_synapse"
    title = "Living synapse"
    icon = "panel-synapse"
    keys = (
        ("Living synapse", "Fire the presynaptic cell", "A"),
        ("Living synapse", "Fire the postsynaptic cell", "D"),
    )
    help = (
        "Fire both cells, by key or click, and watch spikes, transmitter and potential in slow "
        "motion. What comes first decides whether the synapse grows or shrinks."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Synapse | None = None  # None where the network is not two cells
        self._first: float | None = None  # the weight that was seen first
        self._change: Change | None = None  # what the last pair did, however long ago
        self._reply: SynapseReply | None = None
        self._live = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.pre = push("Fire pre", "Fire the presynaptic cell (A)")
        self.post = push("Fire post", "Fire the postsynaptic cell, whatever its potential (D)")
        self.grow = push(f"LTP × {PAIRS}", _tip("before", "grows"))
        self.shrink = push(f"LTD × {PAIRS}", _tip("after", "shrinks"))
        self.stop = push("Stop", "Drop the pairs of a protocol that are still to come")
        self.names = toggle("Labels", "Name the parts of the synapse")
        self.names.setChecked(True)
        self.view = SynapseView()
        self.setFocusProxy(self.view)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._nothing)
        self._controls = [self.pre, self.post, self.grow, self.shrink, self.stop, self.names]
        self._named = (
            (self.pre, "Fire pre", "Pre"),
            (self.post, "Fire post", "Post"),
            (self.grow, f"LTP × {PAIRS}", "LTP"),
            (self.shrink, f"LTD × {PAIRS}", "LTD"),
        )
        stack_up(self, list[QWidget](self._controls), self._pages)
        self._show()

    def _connect(self) -> None:
        self.pre.clicked.connect(self._fire_pre)
        self.post.clicked.connect(self._fire_post)
        self.grow.clicked.connect(self._grow)
        self.shrink.clicked.connect(self._shrink)
        self.stop.clicked.connect(self._stop)
        self.names.toggled.connect(self.view.set_labelled)
        self.view.fired.connect(self._fire)
        self.view.focused.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- the panel's duties ----------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return self._asked is None

    def rebuild(self, catalogue: Catalogue) -> None:
        ticks = max(2, round(SPAN / catalogue.first.dt))
        self._asked = Synapse(ticks) if two_cells(catalogue) else None
        self._first, self._change, self._reply = None, None, None
        self.view.start()
        self._show()

    def wanted(self) -> Wanted:
        return NOTHING if self._asked is None else frozenset({self._asked})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reply: SynapseReply | None = None if self._asked is None else snapshot.get(self._asked)
        if reply is None:
            return
        if self._first is None:
            self._first = reply.w
        if self._reply is not None and reply.now < self._reply.now:
            self._change = None  # the run was put back
        self._change = reply.change or self._change
        self._reply = reply
        if self.stop.isEnabled() != (reply.pending > 0):
            self.stop.setEnabled(reply.pending > 0)
            self._fit()
        self._tell()

    def set_live(self, live: bool) -> None:
        self._live = live
        self.view.set_live(live)
        self._tell()

    def options(self) -> dict[str, Any]:
        return {"labels": self.names.isChecked()}

    def set_options(self, options: dict[str, Any]) -> None:
        if isinstance(options.get("labels"), bool):
            self.names.setChecked(options["labels"])

    # ---- showing ---------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._reply is not None and self._first is not None:
            words = say(self._reply, self._change, live=self._live, keyed=self.view.hasFocus())
            self.view.show_reply(self._reply, self._first, self._change, words)

    def _show(self) -> None:
        fit = self._asked is not None
        self._pages.setCurrentWidget(self.view if fit else self._nothing)
        self.stop.setEnabled(False)
        self._fit()

    def _fit(self) -> None:
        """Shorten the words where there is little room, and leave out what is not needed now."""
        narrow, fit = self.width() < NARROW, self._asked is not None
        for button, long, short in self._named:
            button.setText(short if narrow else long)
        going = self.stop.isEnabled()
        for control in self._controls:
            control.setVisible(fit)
        if narrow:
            self.names.hide()
            self.stop.setVisible(fit and going)
            for button in (self.grow, self.shrink):
                button.setVisible(fit and not going)

    # ---- firing ----------------------------------------------------------------------------

    def _fire(self, end: str) -> None:
        if self._asked is not None:
            self.ordered.emit(Fire((Pulse("pre" if end == "pre" else "post"),)))

    def _fire_pre(self) -> None:
        self._fire("pre")

    def _fire_post(self) -> None:
        self._fire("post")

    def _grow(self) -> None:
        self._begin(LAG, f"pre {LAG:g} ms before post, {PAIRS} times")

    def _shrink(self) -> None:
        self._begin(-LAG, f"pre {LAG:g} ms after post, {PAIRS} times")

    def _begin(self, lag: float, words: str) -> None:
        """Begin a protocol, in place of one that is still going on."""
        if self._asked is not None:
            self.ordered.emit(Cease())
            self.ordered.emit(protocol(lag, PAIRS, PERIOD, words))

    def _stop(self) -> None:
        self.ordered.emit(Cease())


def _tip(order: str, does: str) -> str:
    rate = 1000 / PERIOD
    return (
        f"Fires pre {LAG:g} ms {order} post, {PAIRS} times at {rate:g} Hz: the synapse {does}. It "
        f"takes {PAIRS * PERIOD / 1000:g} s of the cells' time; raise the speed to see all of it."
    )
