"""Rules for units that live in time: they say what changes in a tick, not how time goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .course import Course, Frames
from .layer import Layer
from .network import Network
from .parameter import Part, parameter
from .projection import Projection
from .registry import UNITS
from .rule import Phase, Rule
from .task import Trial

if TYPE_CHECKING:
    from .spec import ExperimentSpec


class TimedParams(Part):
    """How long an example is shown that has no time of its own."""

    shown_for: float = parameter(
        100.0,
        "How long each example is shown, where the task itself does not run in time.",
        title="Show an example for",
        unit="ms",
        gt=0,
        le=100_000,
        advanced=True,
    )


class SpikeRule(Rule):
    """Rules that learn while time goes by, with no teacher: subclasses write `adapt`.

    Order within a tick: `Network.tick`, then `adapt`. Activity and traces live on from trial to
    trial. What chance decides is drawn from a stream of the trial's own, so that nothing of it need
    be kept.
    """

    group = "none"
    teacher = False
    seen_at = Phase.UPDATE
    signals = False
    spiking = True
    lasting = True
    bounded: ClassVar[bool] = False  # whether its weights stay between 0 and a parameter, `w_max`
    dress = ("poisson", "lif", "lif")

    def adapt(self, net: Network) -> None:
        """Move traces and weights on, after every tick."""
        raise NotImplementedError

    def begin(self, net: Network) -> None:
        """Whatever must be seen to before a trial."""

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        self.begin(net)
        for path in self.learning(net):
            path.step.begin_trial()
        stream = self.streams.fresh(f"spikes/{trial.number}")
        for shown, forced in self.ticks(net, trial):
            net.tick(shown, stream, forced)
            self.adapt(net)
            yield Phase.TICK
        yield Phase.UPDATE

    def learning(self, net: Network) -> list[Projection]:
        """The projections that this rule changes."""
        return [*net.forward, *net.lateral]

    def ticks(self, net: Network, trial: Trial) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        """What is shown in each tick, (batch, n_in), and where output units are forced.

        Before a tick is told, the currents of the trial's course are where they belong.
        """
        frames, clamp = trial.frames, trial.clamp
        currents = _currents(net, trial.course)
        for k in range(self.length(net) if trial.course is None else trial.course.ticks):
            for layer, name, given in currents:
                layer.state[name][...] = given[k]
            shown = trial.x if frames is None else frames[k]
            yield shown, None if clamp is None else clamp[k]

    @staticmethod
    def shows_for(params: Any) -> float:
        return float(params.shown_for)

    def length(self, net: Network) -> int:
        """For how many ticks an example is shown that has no time of its own."""
        return max(1, round(self.shows_for(self.params) / net.spec.dt))

    def respond(self, net: Network, x: np.ndarray) -> np.ndarray:
        """The output's spikes a second (batch, n_out), from rest, learning nothing."""
        stream = self.streams.fresh("spikes/answer")
        net.rest(len(x))
        ticks = self.length(net)
        total = np.zeros_like(net.output.rate)
        for _ in range(ticks):
            net.tick(x, stream)
            total += net.output.state["spike"]
        total *= 1000.0 / (ticks * net.spec.dt)
        return total

    @classmethod
    def without_spikes(cls, spec: ExperimentSpec) -> list[str]:
        """Why the input will not do, for rules that change weights at its spikes."""
        first = spec.network.layers[0]
        if UNITS[first.unit].spikes:
            return []
        return [
            f"{cls.title} changes weights at spikes, but the input layer '{first.name}' shows "
            "numbers. Give it Poisson source units."
        ]


def _currents(net: Network, course: Course | None) -> list[tuple[Layer, str, Frames]]:
    """Which variables of which layers a course writes, and what in each tick."""
    ends = {"input": net.input, "output": net.output}
    found = []
    for address, frames in ({} if course is None else course.currents or {}).items():
        end, name = address.split(".")
        found.append((ends[end], name, frames))
    return found
