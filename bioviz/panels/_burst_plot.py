"""One of the bursts panel's plots over seconds: pools of cells, and when they were taught."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..core.decade import round_up
from ..figures.burst_record import PoolLine
from ..figures.burst_words import TIMED
from ..ui.colour import Colour
from ..ui.plot import CurvePlot
from ..ui.word import number

BIGGEST_HEAD = 0.36  # part of its height that names may take
NUMBERS = 58  # pixels for the y axis's: plots below each other begin at the same place
EXPECTED = "/expected"  # what the keys of dashed curves end with


class BurstPlot(CurvePlot):
    """One quantity, one colour a pool; dashed what is expected, shaded when it was taught."""

    def __init__(self) -> None:
        super().__init__()
        self.quantity = "event"
        self._top = 0.0  # how far up the axis goes, which only grows
        self._taught: dict[float, float] = {}  # when the teacher came, and when it went
        self.set_empty_text("Press play: events and bursts are counted from here on.")
        self.set_x_words(self._say)
        self.item.getAxis("left").setWidth(NUMBERS)

    def start(self, quantity: str) -> None:
        """Begin with a quantity, as if nothing had been seen."""
        self.quantity, self._top = quantity, 0.0
        self.clear()
        self.shade([])
        self.set_labels("Time (s)", TIMED[quantity].axis)

    def draw(self, x: np.ndarray, lines: Mapping[PoolLine, Colour]) -> None:
        """Draw these pools over x (bins,) s, and no others."""
        drawn = {line.key for line in lines}
        for key in self.keys():
            if key.removesuffix(EXPECTED) not in drawn:
                self.remove_curve(key)
        for line, colour in lines.items():
            y = getattr(line, self.quantity)
            self.set_curve(line.key, x, y, label=line.name, colour=colour, tip=line.help)
            if self.quantity == "probability":
                self._draw_expected(x, line, colour)
        self.set_y_range(*self._ends([getattr(line, self.quantity) for line in lines]))

    def _draw_expected(self, x: np.ndarray, line: PoolLine, colour: Colour) -> None:
        self.set_curve(
            line.key + EXPECTED,
            x,
            line.expected,
            colour=colour,
            style="dash",
            words=f"{line.name} P̄",
            beside=line.key,
        )

    def _ends(self, values: list[np.ndarray]) -> tuple[float, float]:
        """Where the axis ends: probabilities at 1, others in round steps."""
        if self.quantity == "probability":
            return 0.0, 1.0
        good = [float(np.nanmax(np.abs(y))) for y in values if np.isfinite(y).any()]
        self._top = max(self._top, round_up(max(good, default=0.0)))
        return (-self._top if self.quantity == "teacher" else 0.0), self._top

    def shade(self, taught: list[tuple[float, float]]) -> None:
        """Shade when the teacher was there; only what is another than before is drawn.

        They are told apart by their beginnings: the oldest go as new ones come.
        """
        before, self._taught = self._taught, dict(taught)
        for start in before.keys() | self._taught.keys():
            end = self._taught.get(start)
            if end != before.get(start):
                low = None if end is None else start
                self.set_band(f"teaching {start}", low, end, colour="warning", upright=True)

    def name_curves(self, named: bool) -> None:
        """Name the curves where that leaves them their room; hovering has the names too."""
        entries = {curve.entry for curve in self._curves.values()}
        for entry in entries:
            entry.setVisible(named)
        if self._legend.heightForWidth(self.width() - 12) > BIGGEST_HEAD * self.height():
            for entry in entries:
                entry.setVisible(False)

    def number_time(self, numbered: bool, named: bool) -> None:
        """Number and name the time axis, or leave that to the plot below."""
        axis = self.item.getAxis("bottom")
        axis.setStyle(showValues=numbered)
        axis.showLabel(numbered and named)

    def show_pool(self, key: str, shown: bool) -> None:
        """Hide a pool, or show it again."""
        if key in self._curves:
            self._curves[key].entry.setChecked(shown)

    def _say(self, x: float) -> str:
        """A moment in words, for hovering."""
        taught = any(begun <= x <= over for begun, over in self._taught.items())
        return f"{number(x, 6)} s{', with the teacher' if taught else ''}"
