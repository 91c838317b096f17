"""Alignment over time: which curves there are, what each is called, and what chance would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from ..core.earlier import EarlierRun
from .alignment_words import QUANTITIES, RULES, Quantity, why_nothing
from .angles import channels, few, freedom, left_out, missing, place, subject, tells
from .earlier import EarlierLine
from .lanes import Lane
from .recorded import Recorded, gap_words
from .spec import Stroke

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

RADIAN = 57.3  # degrees: the spread of angles between random vectors of d entries is this / sqrt(d)
STROKES: dict[str, Stroke] = {"weight_angle": "dash"}
BESIDE: tuple[Stroke, ...] = ("solid", "dash", "dot", "dashdot")  # where colour tells experiments
NAMES = {
    "weight_angle": "weight angle {}",
    "update_angle": "update angle {}",
    "gradient_angle": "gradient angle {}",
}
SHORT = {metric: name.replace("angle ", "") for metric, name in NAMES.items()}  # in little room
Reference = tuple[float | None, str, tuple[float, float] | None]  # level, its words, band around it


@dataclass(frozen=True)
class AngleCurves:
    """What is drawn of one quantity of some experiments, with or without room for long words.

    `past` says whether earlier runs are drawn behind: then also what is 0 by definition is. `apart`
    draws each minus the first experiment that has angles.
    """

    lanes: tuple[Lane, ...]
    key: str
    wide: bool = True
    past: bool = False
    apart: bool = False

    @property
    def quantity(self) -> Quantity:
        return QUANTITIES[self.key]

    @property
    def telling(self) -> list[Lane]:
        """The experiments that have such angles at all."""
        return [lane for lane in self.lanes if tells(lane, self.quantity)]

    @property
    def against(self) -> Lane | None:
        """The experiment that is taken away from the others, while differences are drawn."""
        telling = self.telling
        return telling[0] if self.apart and len(telling) > 1 else None

    def shown(self) -> list[ChannelInfo]:
        """All channels that there are of the quantity."""
        return channels(self.lanes, self.quantity) if self.lanes else []

    @cached_property
    def curves(self) -> list[Recorded]:
        """Each curve that is drawn, if it has any value at all."""
        found = list(self._lines())
        several = self.against is not None or len({lane.index for lane, _ in found}) > 1
        return [self._curve(lane, info, several=several) for lane, info in found]

    def plain(self, curve: Recorded) -> bool:
        """Whether it is drawn whatever it holds; others are 0 by definition, or nothing."""
        return tells(curve.lane, self.quantity)

    def axis(self) -> tuple[str, str]:
        """The name and unit of the y axis."""
        quantity = self.quantity
        main = {info.metric for _, info in self._lines()} == {"update_angle"}
        alone = main and len(self.lanes) > 1
        name = QUANTITIES["update"].axis if alone else quantity.axis
        return gap_words(name) if self.against else name, quantity.unit

    def reference(self) -> Reference:
        """The reference line, and around 90 degrees what random vectors are expected to do."""
        if self.against is not None:
            return 0.0, f"0: as {self.against.name}", None
        level, words = self.quantity.reference
        angular = self.quantity.angular and self.lanes
        entries = freedom(self.shown(), self.lanes[0].entry) if angular else None
        if entries is None:
            return level, words, None
        half = min(90.0, RADIAN / sqrt(entries))
        words = f"random: 90° ± {half:.2g}°"
        if self.wide:
            many = "1 entry" if entries == 1 else f"{entries:,} entries"
            words = f"random vectors of {many}: 90° ± {half:.2g}°"
        return level, words, (90 - half, 90 + half)

    def pick(self, run: EarlierRun) -> Sequence[EarlierLine]:
        """What an earlier run has of the quantity: most of all, its update angles."""
        if run.spec.rule.key in RULES:
            return []  # no error was sent back, or backprop's own
        first, *_ = metrics = self.quantity.metrics
        return [
            EarlierLine(
                run,
                name,
                f"{run.label}, {name.replace('_', ' ').replace('.', ' ')}",
                main=name.startswith(f"{first}."),
            )
            for name in run.channels
            if name.partition(".")[0] in metrics
        ]

    def fewer(self) -> str:
        """Which curves there cannot be, or are left out, and why; "" where all are there."""
        drawn = [info for _, info in self._lines()]
        return missing(self.lanes, self.quantity) or left_out(drawn, self.shown(), self.lanes)

    def why_nothing(self) -> str:
        """Why there is no curve at all; "" where there is one."""
        if self.past or not self.lanes or any(True for _ in self._lines()):
            return ""
        entry = self.lanes[0].entry
        return why_nothing(entry) or f"{entry.rule_title} does not record this."

    # What is drawn ---------------------------------------------------------------------------

    def _lines(self) -> Iterator[tuple[Lane, ChannelInfo]]:
        """What is drawn of which experiment; one without feedback only beside others."""
        telling, against = self.telling, self.against
        beside, shown = bool(telling or self.past), self.shown()
        if len(telling) > 1 and not self.wide:
            shown = few(shown, telling, self.quantity)
        for lane in self.lanes:
            if against is not None and (lane is against or lane not in telling):
                continue
            if lane in telling or (beside and lane.index == 0):
                yield from ((lane, info) for info in shown if lane.has(info))

    def _curve(self, lane: Lane, info: ChannelInfo, *, several: bool) -> Recorded:
        quantity = self.quantity
        stroke = STROKES.get(info.metric, "solid") if len(quantity.metrics) > 1 else "solid"
        if len(self.lanes) > 1:
            stroke = BESIDE[self.shown().index(info) % len(BESIDE)]
        name, whose = self._name(info), f"{lane.name}: " if several else ""
        if several:
            short = f"{subject(info, self.lanes)}, {lane.name}"  # which angle, the axis says
            name = whose + name if self.wide else short
        return Recorded(
            lane,
            info,
            label=name,
            colour=lane.index if len(self.lanes) > 1 else self._colour(info),
            stroke=stroke,
            unit=quantity.unit,
            tip=f"{whose}{info.label}: {info.help}",
            against=self.against,
            mark=lane.index if several else None,
        )

    def _colour(self, info: ChannelInfo) -> int:
        """A colour for each hidden layer; where there is one, for each angle."""
        entry = self.lanes[0].entry
        weight = info.metric == "weight_angle" and len(self.quantity.metrics) > 1
        return 1 if len(entry.layers) == 3 and weight else place(info, entry)

    def _name(self, info: ChannelInfo) -> str:
        pattern = (NAMES if self.wide else SHORT).get(info.metric)
        return info.label if pattern is None else pattern.format(subject(info, self.lanes))
