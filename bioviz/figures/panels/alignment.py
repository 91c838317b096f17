"""Alignment as a figure: angles of feedback to forward weights, and of updates to backprop's."""

from __future__ import annotations

import numpy as np

from ...core.snapshot import Snapshot, Wanted
from ..alignment_words import QUANTITIES
from ..angle_curves import AngleCurves
from ..angles import fitting
from ..earlier import EarlierLine, earlier_lines, earlier_marks
from ..facts import facts_of
from ..lanes import lanes_of
from ..panel import PanelFigure
from ..recorded import AXES, lines_of, marked, requests_of, samples_of, time_axis
from ..spec import Axes, Axis, Band, FigureSpec, Level, Mark
from .loss import NONE_YET

ANGLES = ((0.0, "0"), (30.0, "30"), (60.0, "60"), (90.0, "90"), (120.0, "120"))
WIDE_ANGLES = tuple((float(angle), str(angle)) for angle in range(0, 181, 45))


class AlignmentFigure(PanelFigure):
    """Whether feedback comes into line: weight angles and update angles, layer by layer."""

    key = "alignment"
    title = "Alignment"

    def why_not(self) -> str:
        return self._curves.why_nothing()

    def wanted(self) -> Wanted:
        return requests_of(self._curves.curves, lanes_of(self.catalogue))

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        curves, unit = self._curves, self._unit
        lines = lines_of(curves.curves, snapshot, unit)
        behind = earlier_marks(self._past, unit)
        if not lines and not behind:
            raise ValueError(NONE_YET)
        level, words, band = curves.reference()
        marks: list[Mark] = [Band(*band, colour="muted")] if band is not None else []
        marks += [Level(level, words)] if level is not None else []
        epoch = self.catalogue.first.epoch_trials
        part = Axes(
            (*marks, *behind, *lines),
            time_axis(unit, epoch),
            self._height(curves, snapshot),
            events=marked(snapshot, curves.lanes, unit),
        )
        facts = facts_of(self.catalogue, snapshot)
        return FigureSpec(self.title, (part,), note=curves.fewer(), facts=facts)

    def _height(self, curves: AngleCurves, snapshot: Snapshot) -> Axis:
        """The y axis: whole for angles, up to 180 degrees once one comes near 120."""
        name, unit = curves.axis()
        quantity = curves.quantity
        if curves.against is not None:
            return Axis(name, unit)
        if not quantity.angular:
            low, high = quantity.span or (None, None)
            return Axis(name, unit, low, high, log=quantity.log)
        drawn = [samples_of(curve, snapshot)[1] for curve in curves.curves]
        drawn += [line.samples("trials")[1] for line in self._past]
        wide = any((values > 115).any() for values in map(np.asarray, drawn))
        return Axis(name, unit, 0, 180 if wide else 120, ticks=WIDE_ANGLES if wide else ANGLES)

    @property
    def _curves(self) -> AngleCurves:
        return self._of(past=bool(self._past))

    @property
    def _past(self) -> list[EarlierLine]:
        shown = self.options.get("earlier", True) is True and self._of(past=False).against is None
        return earlier_lines(self.earlier if shown else (), self._of(past=False).pick)

    def _of(self, *, past: bool) -> AngleCurves:
        lanes = lanes_of(self.catalogue)
        wish = self.options.get("quantity")
        known = wish if isinstance(wish, str) and wish in QUANTITIES else next(iter(QUANTITIES))
        apart = self.options.get("difference") is True
        return AngleCurves(lanes, fitting(known, lanes), past=past, apart=apart)

    @property
    def _unit(self) -> str:
        axis = self.options.get("axis")
        return axis if isinstance(axis, str) and axis in AXES else "trials"
