"""Earlier runs behind present ones: which of their curves are drawn, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..core.earlier import EarlierRun
from .spec import Line, Stroke

MOST_LINES = 4  # of earlier runs; where there would be more, each shows what matters most only
STROKES: tuple[Stroke, ...] = ("dot", "dashdot", "dash")
TONES = ("muted", "faded")  # with the strokes enough for six
THIN = 0.7  # of a curve that grows


@dataclass(frozen=True)
class EarlierLine:
    """One curve of an earlier run: a channel, in which words hovering tells it, and its factor."""

    run: EarlierRun
    channel: str
    words: str
    scale: float = 1.0
    soft: bool = False
    main: bool = True  # whether it stays where there is no room for all

    @property
    def stroke(self) -> Stroke:
        return STROKES[self.run.number % len(STROKES)]

    @property
    def tone(self) -> str:
        return TONES[self.run.number // len(STROKES) % len(TONES)] if self.main else TONES[-1]

    @property
    def tip(self) -> str:
        return f"Earlier run: {self.run.name}; {self.run.last:,.0f} trials."

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw: some rules have no angle at all."""
        rows = self.run.channels.get(self.channel)
        return rows is not None and bool(np.isfinite(rows[1]).any())

    def samples(self, unit: str) -> tuple[np.ndarray, np.ndarray]:
        """Where and how high it is drawn, over "trials" or "epochs"."""
        trials, values = self.run.channels[self.channel]
        epoch = 1 if unit == "trials" else max(1, self.run.epoch_trials)
        return trials / epoch, values * self.scale


def earlier_lines(
    runs: Sequence[EarlierRun], pick: Callable[[EarlierRun], Sequence[EarlierLine]]
) -> list[EarlierLine]:
    """What `pick` finds to draw in each run: all of it, or only the main ones where it is much."""
    found = [line for run in runs for line in pick(run) if line.drawable]
    main = [line for line in found if line.main]
    rest = [line for line in found if not line.main] if len(found) <= MOST_LINES else []
    return [*rest, *main]  # the main ones on top, and in the legend


def earlier_marks(lines: Sequence[EarlierLine], unit: str) -> list[Line]:
    """The same curves as marks of a figure; each run is in the legend once."""
    named = {line.run.number: line for line in lines}  # the last one, which lies on top
    return [
        Line(
            *line.samples(unit),
            line.run.label if named[line.run.number] is line else "",
            line.tone,
            line.stroke,
            THIN,
        )
        for line in lines
    ]
