"""Firing cells by hand: a spike now, or a protocol of many; they leave a record, and no undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from .fault import BiovizError
from .intervention import Intervention

if TYPE_CHECKING:
    from .experiment import Experiment
    from .layer import Layer

End = Literal["pre", "post"]  # the input layer, or the output layer

LONGEST = 600_000.0  # ms: what is fired later than this can hardly be meant
MOST = 10_000  # spikes in one order


@dataclass(frozen=True)
class Pulse:
    """A spike of one unit, `after` ms from the tick that comes next."""

    end: End
    after: float = 0.0
    unit: int = 0


@dataclass(frozen=True)
class Fire(Intervention):
    """Make cells of the input or output layer spike, whatever their potential.

    Time cannot be taken back, so there is nothing to undo; the run keeps each spike with its
    tick. Only what has `words` leaves a marker: single presses would bury all others.
    """

    undoable: ClassVar[bool] = False

    pulses: tuple[Pulse, ...]
    words: str = ""

    def apply(self, experiment: Experiment) -> Intervention:
        check(experiment, self.pulses)
        for pulse in self.pulses:
            layer = _layer(experiment, pulse)
            experiment.electrodes.fire(layer.name, pulse.unit, pulse.after)
        if self.words:
            experiment.mark(self.words)
        return Cease()

    @property
    def text(self) -> str:
        return self.words or "fire"


@dataclass(frozen=True)
class Cease(Intervention):
    """Drop the spikes that were ordered and are still to come; those that came stay."""

    undoable: ClassVar[bool] = False

    def apply(self, experiment: Experiment) -> Intervention:
        experiment.electrodes.cease()
        return Cease()

    @property
    def text(self) -> str:
        return "stop firing"


def protocol(lag: float, pairs: int, period: float, words: str) -> Fire:
    """`pairs` of spikes, one each `period` ms; post comes `lag` ms after pre, or before it."""
    first, second = max(0.0, -lag), max(0.0, lag)
    starts = [period * pair for pair in range(pairs)]
    pulses = [Pulse("pre", start + first) for start in starts]
    pulses += [Pulse("post", start + second) for start in starts]
    return Fire(tuple(pulses), words)


def check(experiment: Experiment, pulses: tuple[Pulse, ...]) -> None:
    """Raise BiovizError, in a sentence, where these cannot be fired here."""
    if experiment.data.script is None or not experiment.rule.lasting:
        raise BiovizError(
            "Cells can be fired by hand only where the task and the rule let time run on. "
            "Choose the task 'Free firing' and the rule STDP."
        )
    if len(pulses) > MOST or any(not 0 <= pulse.after <= LONGEST for pulse in pulses):
        raise BiovizError(
            f"At most {MOST:,} spikes can be fired by one order, and within "
            f"{LONGEST / 60_000:g} minutes from now."
        )
    for pulse in pulses:
        layer = _layer(experiment, pulse)
        if not (layer.unit.relays if pulse.end == "pre" else layer.unit.spikes):
            raise BiovizError(
                f"Layer '{layer.name}' has {layer.unit.title} units, which cannot be fired by "
                "hand. Give the input layer Spike source units."
            )
        if not 0 <= pulse.unit < layer.size:
            raise BiovizError(f"Layer '{layer.name}' has no unit {pulse.unit} to fire.")


def _layer(experiment: Experiment, pulse: Pulse) -> Layer:
    return experiment.net.input if pulse.end == "pre" else experiment.net.output
