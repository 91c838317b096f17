"""STDP window: what the lag between two spikes does to a weight, and how the weights end up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.request import Request
from ..core.request_timing import CourseReply, PairsSeen, SpikePairs, WeightCourse, Window
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.panels.stdp_window import PACES, UNFIT, say_curve, say_dots
from ..ui.label import Elided, Empty, toned
from ..ui.limits import Limits
from ..ui.number import NumberEdit
from ..ui.panel import Panel, Pick
from ..ui.scale import keep
from ..ui.word import number
from ._bar import Choice, Segments, stack_up
from ._course_view import CourseView
from ._window_view import WindowView

VIEWS = {
    "window": ("Window", "What a pair of spikes changes, by the lag between them"),
    "weights": ("Weights", "How the weights are spread, trial by trial"),
}
TALL = 200  # pixels of height from which the curve's settings find room
BESIDE = 520  # pixels of width from which both views find room


class StdpWindowPanel(Panel):
    """The rule's curve with the run's own pairs on it, and the weights they have made."""

    key = "stdp_window"
    title = "STDP window"
    icon = "panel-stdp-window"
    help = (
        "The curve is what the rule makes of a lag Δt = t_post − t_pre: right of zero the lower "
        "cell was first, and the weight grows; left of it, it shrinks. Each dot is a spike of this "
        "run: the lag to the other cell's latest one, and all that the weight did. Where earlier "
        "spikes count too, dots lie beyond the curve. Spikes of one tick are at 0 where the rule "
        "counts them, and else left out."
    )
    period = 0.1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._wish = ""  # the projection that was chosen, for networks that have it
        self._stamp = ""  # of the curve that is drawn
        self._pairs: PairsSeen | None = None
        self._pointing = False  # whether the words are about what is under the mouse
        self._build()
        self._connect()

    def _build(self) -> None:
        self._path = Choice("Projection", "Whose spikes and weights are shown")
        self._view = Segments("View", VIEWS)
        self._pace = Choice(
            "Pairings a second", "For which frequency of pairings the curve is drawn"
        )
        self._pace.offer(PACES)
        self._at = toned("at w / w_max", "muted")
        self.weight = NumberEdit(Limits(ge=0, le=1), "Weight")
        self.weight.setAccessibleName("Weight that the curve is drawn for")
        self.weight.setToolTip("Weight that the curve is drawn for, in parts of the largest")
        keep(self.weight, "width", 54)
        self.weight.set_value(0.5)
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(4, 0, 8, 0)
        self.window_view, self.course = WindowView(), CourseView()
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._lay_out())
        self._pages.addWidget(self._nothing)
        controls: list[QWidget] = [self._path, self._pace, self._view, self._at, self.weight]
        stack_up(self, controls, self._pages)
        self._turn()

    def _lay_out(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self._words)
        side = QHBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.window_view, 5)
        side.addWidget(self.course, 4)
        column.addLayout(side, 1)
        return body

    def _connect(self) -> None:
        self._path.chosen.connect(self._choose)
        self._view.chosen.connect(self._arrange)
        self._pace.chosen.connect(self.changed)
        self.weight.committed.connect(self.changed)
        self.weight.rejected.connect(self._explain)
        self.window_view.pointed.connect(self._point)
        self.course.pointed.connect(self._point_at_weights)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return self._entry is None or not self._entry.timing

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = self._entry = catalogue.first
        paths = [path for path in entry.projections if path.role != "feedback"]
        self._path.offer({path.name: path.name for path in paths})
        self._path.explain({path.name: f"{path.pre} → {path.post}" for path in paths})
        self._path.choose(self._wish)
        self._stamp = ""
        self.window_view.start()
        self._turn()

    def wanted(self) -> Wanted:
        if not self._timed:
            return NOTHING
        found: set[Request] = set()
        if not self.window_view.isHidden():
            found |= {self._window, SpikePairs(self._path.value())}
        if not self.course.isHidden():
            found.add(WeightCourse(self._path.value()))
        return frozenset(found)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self._timed:
            return
        window = snapshot.get(self._window)
        if window is not None and window.curve is not None:
            self._stamp = window.stamp
            self.window_view.show_curve(window.curve)
            self._show_settings()
        self._pairs = snapshot.get(SpikePairs(self._path.value())) or self._pairs
        if self._pairs is not None:
            self.window_view.show_pairs(self._pairs)
        course = snapshot.get(WeightCourse(self._path.value()))
        if course is not None:
            self.course.show_course(course)
        if not self._pointing:
            self._words.setText(self._say_present())

    def set_live(self, live: bool) -> None:
        self.window_view.set_live(live)

    def set_pick(self, pick: Pick) -> None:
        if pick.kind == "projection" and self._path.choose(pick.name):
            self._choose(pick.name)

    def options(self) -> dict[str, Any]:
        return {
            "projection": self._wish or self._path.value(),
            "view": self._view.value(),
            "weight": self.weight.value(),
            "pace": self._pace.value(),
        }

    def set_options(self, options: dict[str, Any]) -> None:
        path, weight = options.get("projection"), options.get("weight")
        if isinstance(path, str) and (self._entry is None or self._path.choose(path)):
            self._choose(path)
        self._view.choose(str(options.get("view")))
        self._pace.choose(str(options.get("pace")))
        if isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= 1:
            self.weight.set_value(weight)
        self._arrange()

    # What is shown --------------------------------------------------------------------------

    @property
    def _timed(self) -> bool:
        return self._entry is not None and self._entry.timing and bool(self._path.value())

    @property
    def _window(self) -> Window:
        return Window(self.weight.value(), float(self._pace.value()), known=self._stamp)

    def _choose(self, name: str) -> None:
        self._wish = name
        self._turn()

    def _turn(self) -> None:
        """Begin anew with the projection that is chosen, or say why there is nothing to see."""
        self._pairs = None
        self.window_view.forget_pairs()
        self.course.start()
        self._pages.setCurrentIndex(0 if self._timed else 1)
        self._words.setText(" ")
        self._arrange()

    def _arrange(self, _view: str = "") -> None:
        """Show both views where there is room for both, else the one that is chosen."""
        both = self.width() >= BESIDE
        self._view.setVisible(self._timed and not both)
        self._path.setVisible(self._timed and self._path.count() > 1)
        self.window_view.setVisible(both or self._view.value() == "window")
        self.course.setVisible(both or self._view.value() == "weights")
        self._show_settings()
        self.changed.emit()

    def _show_settings(self) -> None:
        """Offer what the curve depends on."""
        curve = self.window_view.curve
        shown = self._timed and not self.window_view.isHidden() and self.height() >= TALL
        self._pace.setVisible(shown)
        for part in (self._at, self.weight):
            part.setVisible(shown and curve is not None and curve.weighted)

    def _say_present(self) -> str:
        """Say what the curve is of, and what the dots are of."""
        words, curve, pairs = [], self.window_view.curve, self._pairs
        if curve is not None and not self.window_view.isHidden():
            words.append(f"{say_curve(curve, self._pace.value(), self.weight.value())}.")
        if pairs is not None and not self.window_view.isHidden():
            words.append(f"{say_dots(pairs)}.")
        reply = self.course.reply
        if not words and reply is not None:
            words.append(_say_weights(reply))
        return " ".join(words) or " "

    # Hearing --------------------------------------------------------------------------------

    def _point(self, lag: float | None) -> None:
        self._pointing = lag is not None
        self._words.setText(self._say_present() if lag is None else self.window_view.say(lag))

    def _point_at_weights(self, words: str | None) -> None:
        self._pointing = words is not None
        self._words.setText(words or self._say_present())

    def _explain(self, reason: str) -> None:
        """Say what is wrong with a typed number; "" where nothing is any more."""
        if reason:
            self._words.setText(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(480, 320)


def _say_weights(reply: CourseReply) -> str:
    """How many weights are shown, and how many lie near their bounds now."""
    now, some = reply.counts[-1], number(reply.shown)
    tenth = max(1, round(len(now) / 10))
    low, high = (100 * part.sum() / max(1, now.sum()) for part in (now[:tenth], now[-tenth:]))
    which = f"{some} weights" if reply.shown == reply.total else f"{some} of {reply.total} weights"
    return f"{which}: {low:.0f} % in the lowest tenth, {high:.0f} % in the highest."
