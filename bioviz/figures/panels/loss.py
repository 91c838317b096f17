"""Loss and accuracy as a figure: training and held-out curves, with chance and what was done."""

from __future__ import annotations

from ...core.snapshot import Snapshot, Wanted
from ..earlier import earlier_lines, earlier_marks
from ..facts import facts_of
from ..lanes import lanes_of
from ..learning_curves import LearningCurves
from ..panel import PanelFigure
from ..recorded import AXES, lines_of, marked, requests_of, time_axis
from ..spec import Axes, Axis, FigureSpec, Level, Mark

MOST_SMOOTHING = 7  # the average runs over 2 to the power of this many points
NONE_YET = "Nothing is recorded yet: play, step or train first."


class LossFigure(PanelFigure):
    """What the network gets wrong, in training and on examples held out."""

    key = "loss"
    title = "Loss and accuracy"

    def why_not(self) -> str:
        return "" if self._curves.quantity else "This network records no learning curve."

    def wanted(self) -> Wanted:
        return requests_of(self._curves.curves, lanes_of(self.catalogue))

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        curves, unit = self._curves, self._unit
        epoch = self.catalogue.first.epoch_trials
        shown = self.options.get("earlier", True) is True and curves.against is None
        runs = self.earlier if shown else ()
        behind = earlier_marks(earlier_lines(runs, curves.pick), unit)
        lines = lines_of(curves.curves, snapshot, unit, self._smoothing)
        if not lines and not behind:
            raise ValueError(NONE_YET)
        chance = curves.chance()
        levels = [Level(*chance)] if chance else []
        marks: tuple[Mark, ...] = (*levels, *behind, *lines)
        name, y_unit = curves.axis()
        apart = curves.against is not None
        log = self.options.get("log") is True and not apart
        whole = y_unit == "%" and not log and not apart
        part = Axes(
            marks,
            time_axis(unit, epoch),
            Axis(name, y_unit, low=0.0 if whole else None, log=log),
            events=marked(snapshot, curves.lanes, unit),
        )
        return FigureSpec(curves.title, (part,), facts=facts_of(self.catalogue, snapshot))

    @property
    def _curves(self) -> LearningCurves:
        lanes = lanes_of(self.catalogue)
        offered = LearningCurves(lanes).offered()
        wish = self.options.get("quantity")
        chosen = wish if isinstance(wish, str) and wish in offered else next(iter(offered), "")
        return LearningCurves(lanes, chosen, apart=self.options.get("difference") is True)

    @property
    def _unit(self) -> str:
        axis = self.options.get("axis")
        return axis if isinstance(axis, str) and axis in AXES else "trials"

    @property
    def _smoothing(self) -> float:
        amount = self.options.get("smoothing")
        fits = isinstance(amount, int) and 0 <= amount <= MOST_SMOOTHING
        return 1 - 0.5**amount if fits and isinstance(amount, int) else 0.0
