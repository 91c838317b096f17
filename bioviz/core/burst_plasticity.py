"""The family of rules by which bursts decide whether a synapse grows.

    dw_ij/dt = eta M(t) [B_i(t) - Pbar_i(t) E_i(t)] Etilde_j(t)

B and E are trains of bursts and events of the cell above, Etilde_j the trace of events of the cell
below, Pbar_i the burst probability that the cell has had of late: the ratio of exponential averages
of both trains. So an event lets a weight fall by Pbar, and a burst, at its second spike, lets it
rise by 1: it grows on average where events become bursts more often than they used to.

Order within a tick, once all units have advanced: events and bursts are told apart; traces and
averages decay; events enter the trace of the cell below; weights change by what happened in this
tick, by averages of which this tick is not yet a part, and stay within [0, w_max]; then events and
bursts enter the averages. So events of one tick count as below before above.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from .compiled import loop
from .layer import Layer
from .network import Network
from .projection import Projection
from .spike_rule import SpikeRule
from .spiking import decay
from .two_compartment import BURST, EVENT, FRESH, GAP, LONG, SINCE
from .unit import Variable

if TYPE_CHECKING:
    from .spec import ExperimentSpec

ELIGIBILITY = Variable("eligibility", "", "Trace of the cell's events at synapses from it.", False)
EVENTS = Variable("mean_events", "Hz", "Moving average of the cell's events a second.", False)
BURSTS = Variable("mean_bursts", "Hz", "Moving average of the cell's bursts a second.", False)
SPIKES = Variable("mean_spikes", "Hz", "Slow moving average of the cell's spikes a second.", False)
TRACES = (ELIGIBILITY, EVENTS, BURSTS, SPIKES)
TOLD = (EVENT, BURST, SINCE, FRESH)


class BurstPlasticity(SpikeRule):
    """Subclasses say what surrounds the rule: who teaches, and what comes down."""

    single = True
    bounded = True
    dress = ("burst_poisson", "burst_poisson", "burst_poisson")

    def prepare(self, net: Network) -> None:
        for layer in net.chain:
            for variable in TRACES if "event" in layer.state else (*TOLD, *TRACES):
                layer.add(variable)
            self._expect(layer)
        self.begin(net)

    def begin(self, net: Network) -> None:
        """Bring back weights that were drawn, or set by hand, outside their bounds."""
        for path in self.learning(net):
            if not path.frozen:
                np.abs(path.w, out=path.w)
                np.minimum(path.w, self.params.w_max, out=path.w)

    def learning(self, net: Network) -> list[Projection]:
        return net.forward  # connections within a layer stay as they are

    def _expect(self, layer: Layer) -> None:
        """Begin with the averages that cells had before."""
        params, state = self.params, layer.state
        state["mean_events"].fill(params.start_events)
        state["mean_bursts"].fill(params.start_events * params.start_probability)
        state["mean_spikes"].fill(params.start_events * (1 + params.start_probability))
        if "v_d" not in state:  # cells with a dendrite rest there by themselves
            state["since"].fill(LONG)

    def adapt(self, net: Network) -> None:
        self._tell_apart(net)
        self._follow(net)
        if self.learns_now(net):
            for path in self.learning(net):
                rate = self.rate_of(net, path)
                if rate and not path.frozen:
                    self._learn(path, rate)
        self._count(net)

    def respond(self, net: Network, x: np.ndarray) -> np.ndarray:
        """The output's spikes a second (n, n_out), to one example after the other, from rest."""
        said = []
        for one in x:
            with net.aside(1):
                said.append(super().respond(net, one[None])[0])
        return np.array(said, net.dtype)

    def learns_now(self, net: Network) -> bool:
        """Whether M(t) is 1."""
        return bool(net.clock * net.spec.dt >= 1000 * self.params.warm_up)

    def rate_of(self, net: Network, path: Projection) -> float:
        """The learning rate of a projection."""
        return float(self.params.learning_rate)

    # ---- a tick ------------------------------------------------------------------------------

    def _tell_apart(self, net: Network) -> None:
        for layer in net.chain:
            if "v_d" not in layer.state:  # cells with a dendrite know for themselves
                s = layer.state
                told = (s["spike"], s["since"], s["fresh"], s["event"], s["burst"])
                loop("telling", "tell_apart")(*told, net.spec.dt, GAP)

    def _follow(self, net: Network) -> None:
        p = self.params
        keep = _left(net.spec.dt, p.tau_pre, 1000 * p.tau_average, 1000 * p.tau_lower)
        for layer in net.chain:
            s = layer.state
            traces = (s["eligibility"], s["mean_events"], s["mean_bursts"], s["mean_spikes"])
            loop("bursts", "follow")(s["event"], *traces, keep)

    def _learn(self, path: Projection, rate: float) -> None:
        pre, post, p = path.pre.state, path.post.state, self.params
        mask = path.mask if path.mask is not None else path.w[:0, :0]
        below = (pre["event"], pre["eligibility"])
        above = tuple(
            post[name] for name in ("event", "burst", "mean_events", "mean_bursts", "mean_spikes")
        )
        bounds = np.array([rate, p.lower_bound, p.upper_bound, p.w_max])
        path.learns = loop("bursts", "learn")(path.w, mask, below, above, bounds) or path.learns

    def _count(self, net: Network) -> None:
        gain = _per_second(self.params.tau_average, self.params.tau_lower)
        for layer in net.chain:
            s = layer.state
            happened = (s["event"], s["burst"], s["spike"])
            averages = (s["mean_events"], s["mean_bursts"], s["mean_spikes"])
            loop("bursts", "count")(*happened, *averages, gain)

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        if spec.batch != 1:
            return [
                f"{cls.title} follows one stretch of time, but the batch is {spec.batch}. "
                "Set it to 1."
            ]
        return []


@cache
def _left(dt: float, *taus: float) -> np.ndarray:
    """What is left of traces with these time constants after a tick, all in ms."""
    return np.array([decay(dt, tau) for tau in taus])


@cache
def _per_second(*taus: float) -> np.ndarray:
    """What one spike adds to averages over these times, in s, so that they are told in Hz."""
    return np.array([1.0 / tau for tau in taus])
