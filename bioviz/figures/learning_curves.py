"""Learning curves: which there are, what each is called, and what chance would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..core.earlier import EarlierRun
from .curve_words import METRICS, OWN, QUANTITIES, Quantity, quantity_of
from .earlier import EarlierLine
from .lanes import Lane
from .recorded import Recorded, gap_words
from .spec import Stroke

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

STROKES: tuple[Stroke, ...] = ("solid", "dash", "dot", "dashdot")
COLOURS = 8  # of curves beside each other; more are told apart by their strokes


@dataclass(frozen=True)
class LearningCurves:
    """What is drawn of one quantity of some experiments, with or without room for long words.

    `apart` draws each minus the first experiment.
    """

    lanes: tuple[Lane, ...]
    quantity: str = ""
    wide: bool = True
    apart: bool = False

    @property
    def title(self) -> str:
        """What the whole is called: without a teacher nothing is right or wrong."""
        taught = not self.lanes or self.lanes[0].entry.taught
        return "Loss and accuracy" if taught else "Learning curves"

    @property
    def against(self) -> Lane | None:
        """The experiment that is taken away from the others, while differences are drawn."""
        return self.lanes[0] if self.apart and self._several else None

    def channels(self) -> list[ChannelInfo]:
        """All that could be drawn of the first experiment."""
        if not self.lanes:
            return []
        entry = self.lanes[0].entry
        shown = METRICS if entry.taught else OWN
        return [info for info in entry.channels if info.metric in shown]

    def offered(self) -> dict[str, str]:
        """The quantities that are recorded, and their titles."""
        found = {quantity_of(info) for info in self.channels()}
        return {key: quantity.title for key, quantity in QUANTITIES.items() if key in found}

    @cached_property
    def curves(self) -> list[Recorded]:
        """Each curve that is drawn."""
        quantity = QUANTITIES.get(self.quantity)
        if quantity is None:
            return []
        return [
            (self._own if info.metric in OWN else self._taught)(lane, info, quantity)
            for lane, info in self._lines()
        ]

    def axis(self) -> tuple[str, str]:
        """The name and unit of the y axis."""
        quantity = QUANTITIES[self.quantity]
        units = [info.unit for info in self._shown()]
        name = quantity.title
        if self._test_alone and len(units) > 1:
            name = f"Test {name.lower()}"
        name = gap_words(name) if self.against else name
        return name, quantity.unit or (units[0] if units else "")

    def chance(self) -> tuple[float, str] | None:
        """What guessing at random would score, and in which words to say so."""
        if self.against is not None:
            return 0.0, f"0: as {self.against.name}"
        entry = self.lanes[0].entry if self.lanes else None
        if self.quantity == "nse":
            return 1.0, "1: always saying the mean"
        if self.quantity == "selectivity":  # of answering to one pattern alone
            count = len(entry.channels_of("response")) if entry else 0
            return (1 - 1 / count, f"one of {count} alone: {1 - 1 / count:.3g}") if count else None
        classes = len(entry.classes) if entry else 0
        if not classes or self.quantity not in ("error", "accuracy"):
            return None
        right = 100 / classes
        level = right if self.quantity == "accuracy" else 100 - right
        return level, f"chance: {level:.3g} %"

    def pick(self, run: EarlierRun) -> Sequence[EarlierLine]:
        """What an earlier run has of the quantity: most of all, on the test set."""
        scale = QUANTITIES[self.quantity].scale if self.quantity in QUANTITIES else 1.0
        if self.quantity in OWN:
            own = [name for name in run.channels if name.startswith(f"{self.quantity}.")]
            return [
                EarlierLine(run, name, f"{run.label}, {name.partition('.')[2]}", main=not at)
                for at, name in enumerate(own)
            ]
        found = [name for name in run.channels if name.partition("_")[2] == self.quantity]
        held_out = [name for name in found if name.startswith("test")]
        return [
            EarlierLine(
                run,
                name,
                f"{run.label}, {'test' if name in held_out else 'training'}",
                scale,
                soft=name not in held_out,
                main=name in held_out or not held_out,
            )
            for name in found
        ]

    # What is drawn ---------------------------------------------------------------------------

    def _shown(self) -> list[ChannelInfo]:
        return [info for info in self.channels() if quantity_of(info) == self.quantity]

    def _lines(self) -> list[tuple[Lane, ChannelInfo]]:
        """What is drawn of which experiment; of several, in little room, the test alone."""
        shown = self._shown()
        if self._test_alone:
            shown = [info for info in shown if info.name.startswith("test")]
        lanes = [lane for lane in self.lanes if lane is not self.against]
        return [(lane, info) for lane in lanes for info in shown if lane.has(info)]

    @property
    def _several(self) -> bool:
        return len(self.lanes) > 1

    @property
    def _test_alone(self) -> bool:
        """Whether the held-out curves are drawn without those of training."""
        kinds = {info.name.partition("_")[0] for info in self._shown()}
        return self._several and "test" in kinds and (not self.wide or len(kinds) == 1)

    def _taught(self, lane: Lane, info: ChannelInfo, quantity: Quantity) -> Recorded:
        test = info.name.startswith("test")  # measured over all held-out examples: no noise
        kind = "test" if test else "training"
        beside = lane.name if self._test_alone else f"{lane.name} {kind}"  # the axis says which
        whose = f"{lane.name}, {info.label}" if self._several else info.label
        return Recorded(
            lane,
            info,
            label=beside if self._several else info.label if self.wide else kind,
            colour=lane.index if self._several else int(test),
            stroke="dot" if self._several and not test else "solid",
            scale=quantity.scale,
            unit=quantity.unit or info.unit,
            soft=not test,
            tip=f"{whose[:1].upper()}{whose[1:]}: {info.help}",
            against=self.against,
            mark=lane.index if self._several else None,
        )

    def _own(self, lane: Lane, info: ChannelInfo, quantity: Quantity) -> Recorded:
        """A curve of a rule without a teacher: a colour for each, or for each experiment."""
        shown = self._shown()
        place, label = shown.index(info), info.label
        if self._several:
            label = lane.name if len(shown) == 1 else f"{lane.name}, {info.label}"
        stroke = place if self._several else place // COLOURS
        return Recorded(
            lane,
            info,
            label=label,
            colour=lane.index if self._several else place % COLOURS,
            stroke=STROKES[stroke % len(STROKES)],
            scale=quantity.scale,
            unit=quantity.unit,
            tip=f"{label}: {info.help}",
            against=self.against,
            mark=lane.index if self._several else None,
        )
