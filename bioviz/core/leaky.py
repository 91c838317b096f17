"""What leaky integrate-and-fire units share: threshold, reset, refractory time and adaptation."""

from __future__ import annotations

import numpy as np
from pydantic import model_validator

from .parameter import parameter
from .spiking import RateParams, SpikingUnit, State, any_spike, decay
from .unit import Variable

POTENTIAL = Variable("v", "mV", "Membrane potential.")
ADAPTATION = Variable(
    "a", "mV", "Adaptation: what earlier spikes take off the current.", signed=False
)
PAUSE = Variable("pause", "ticks", "Ticks for which the unit stays refractory.", signed=False)


class LeakyParams(RateParams):
    """The constants of a cell."""

    tau_m: float = parameter(
        20.0,
        "How fast the potential forgets.",
        title="Membrane time constant",
        symbol="τ<sub>m</sub>",
        unit="ms",
        rebuild=True,
        gt=0,
        le=1e4,
    )
    rest: float = parameter(
        -70.0,
        "Where the potential stays while nothing arrives.",
        title="Resting potential",
        symbol="E<sub>L</sub>",
        unit="mV",
        rebuild=True,
        ge=-200,
        le=200,
    )
    threshold: float = parameter(
        -54.0, "Potential at which it spikes.", unit="mV", rebuild=True, ge=-200, le=200
    )
    reset: float = parameter(
        -60.0,
        "Potential from which it starts again after a spike.",
        unit="mV",
        rebuild=True,
        ge=-200,
        le=200,
    )
    refractory: float = parameter(
        2.0,
        "How long it stays at the reset after a spike.",
        title="Refractory time",
        unit="ms",
        rebuild=True,
        ge=0,
        le=1000,
    )
    current: float = parameter(
        0.0,
        "A steady current, as the shift of the potential that it would bring.",
        title="Steady current",
        unit="mV",
        rebuild=True,
        ge=-1000,
        le=1000,
        advanced=True,
    )
    jump: float = parameter(
        0.0,
        "What each spike adds to the adaptation, which is taken off the current.",
        title="Adaptation per spike",
        unit="mV",
        rebuild=True,
        ge=0,
        le=1000,
        advanced=True,
    )
    tau_a: float = parameter(
        100.0,
        "How long adaptation lasts.",
        title="Adaptation time constant",
        symbol="τ<sub>a</sub>",
        unit="ms",
        rebuild=True,
        gt=0,
        le=1e6,
        advanced=True,
    )

    @model_validator(mode="after")
    def _below_threshold(self) -> LeakyParams:
        if self.reset >= self.threshold:
            raise ValueError(
                f"The reset ({self.reset:g} mV) must lie below the threshold "
                f"({self.threshold:g} mV), or a unit that spikes would never stop."
            )
        return self


class LeakyUnit(SpikingUnit):
    """A potential that leaks, spikes at a threshold and starts again.

    Subclasses say how the potential moves on (`move`) and what arriving spikes do (`arrive`).
    Order within a tick: `move`; refractory units go back to the reset; adaptation decays; whoever
    has reached the threshold, or is forced, spikes; `arrive`.
    """

    Params = LeakyParams

    def rest(self, state: State) -> None:
        super().rest(state)
        state["v"].fill(self.params.rest)

    def move(self, state: State, dt: float) -> None:
        """Bring `v` on by `dt` ms, and let currents or conductances decay."""
        raise NotImplementedError

    def arrive(self, state: State) -> None:
        """Take in what came through the synapses in this tick."""
        raise NotImplementedError

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        self.move(state, dt)
        self._wait(state)
        if self.params.jump:
            state["a"] *= decay(dt, self.params.tau_a)
        spike = state["spike"]
        np.greater_equal(state["v"], self.params.threshold, out=spike, casting="unsafe")
        if forced is not None:
            np.maximum(spike, forced, out=spike)
        if any_spike(spike):
            self._fire(state, spike > 0, dt)
        self.arrive(state)
        self.average(state, dt)

    def _wait(self, state: State) -> None:
        pause = state["pause"]
        if any_spike(pause):
            np.copyto(state["v"], self.params.reset, where=pause > 0)
            pause -= 1
            np.maximum(pause, 0, out=pause)

    def _fire(self, state: State, fired: np.ndarray, dt: float) -> None:
        np.copyto(state["v"], self.params.reset, where=fired)
        np.copyto(state["pause"], round(self.params.refractory / dt), where=fired)
        if self.params.jump:
            np.add(state["a"], self.params.jump, out=state["a"], where=fired)
