"""The family of rules that change a weight at spikes, by traces of those on the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from .network import Network
from .parameter import parameter
from .projection import Projection
from .spike_rule import SpikeRule, TimedParams
from .spike_trace import SpikeTrace
from .spiking import State, any_spike

if TYPE_CHECKING:
    from .experiment import Experiment
    from .spec import ExperimentSpec


class BoundParams(TimedParams):
    """What all rules of the family share."""

    interaction: Literal["all", "nearest"] = parameter(
        "all",
        "Whether a spike meets all earlier ones of the other side, or only the latest.",
        names={"all": "All to all", "nearest": "Nearest spike"},
    )
    coincident: Literal["apart", "pre_first"] = parameter(
        "apart",
        "What two spikes of one tick make of each other: nothing, or what they would if the lower "
        "cell's came just before. That adds a tick to the potentiation's window, so keep the tick "
        "short: at 1 ms a depression of 1.05 no longer holds weights in check.",
        title="Spikes of one tick",
        names={"apart": "Do not meet", "pre_first": "Lower cell first"},
        advanced=True,
    )
    w_max: float = parameter(
        1.0,
        "Largest weight; the smallest is 0. Initial weights lose their sign.",
        title="Largest weight",
        symbol="w<sub>max</sub>",
        gt=0,
        le=1e6,
    )


class SpikePlasticity(SpikeRule):
    """Depression when the lower cell spikes, potentiation when the upper one does.

    Order within a tick, once all units have advanced: (1) traces decay by the tick; (2) weights of
    units below that spiked are depressed, by the traces above; (3) weights of units above that
    spiked are potentiated, by the traces below; (4) both stay within [0, w_max]; (5) this tick's
    spikes enter the traces. So spikes of one tick neither potentiate nor depress each other. Where
    `coincident` counts them as the lower cell's first, as Brian 2 does by itself, the traces below
    take theirs between (2) and (3), and such a pair potentiates as at a lag of 0. Where weights
    matter, potentiation sees them after depression. Spikes count at the cells, whatever the delay
    between them. Nothing but decay happens in a tick without spikes. A batch is so many copies of
    the activity that share the weights, which change by the mean.

    Subclasses give `below` and `above`, the traces of either side by name with what they remember,
    the first being the one that the other side's spikes read; their time constants (`tau`); how
    much a spike counts (`lowering`, `raising`); and how steps depend on the weight (`falling`,
    `rising`).
    """

    bounded = True
    below: ClassVar[dict[str, str]] = {
        "pre_trace": "What synapses from here remember of the unit's spikes."
    }
    above: ClassVar[dict[str, str]] = {
        "post_trace": "What synapses onto the unit remember of its spikes."
    }

    def prepare(self, net: Network) -> None:
        paths = self.learning(net)
        lower = {path.pre.name: path.pre for path in paths}
        upper = {path.post.name: path.post for path in paths}
        self._traces_below, self._traces_above = (
            [SpikeTrace(layer, *memory) for layer in layers.values() for memory in kept.items()]
            for layers, kept in ((lower, self.below), (upper, self.above))
        )
        self.begin(net)

    def begin(self, net: Network) -> None:
        """Bring back weights that were drawn, or set by hand, outside their bounds."""
        for path in self.learning(net):
            if not path.frozen:
                np.abs(path.w, out=path.w)
                np.minimum(path.w, self.params.w_max, out=path.w)

    def adapt(self, net: Network) -> None:
        dt = net.spec.dt
        for trace in (*self._traces_below, *self._traces_above):
            trace.fade(dt, self.tau(trace.name))
        active = {layer.name for layer in net.chain if any_spike(layer.state["spike"])}
        if not active:
            return
        paths = [path for path in self.learning(net) if not path.frozen]
        for path in paths:
            if path.pre.name in active:
                self._depress(path)
        if self.lower_first:
            self._take(self._traces_below, active)
        for path in paths:
            if path.post.name in active:
                self._potentiate(path)
        if not self.lower_first:
            self._take(self._traces_below, active)
        self._take(self._traces_above, active)

    @property
    def lower_first(self) -> bool:
        """Whether two spikes of one tick count as the lower cell's first."""
        return bool(self.params.coincident == "pre_first")

    def _take(self, traces: list[SpikeTrace], active: set[str]) -> None:
        """Let this tick's spikes enter these traces."""
        nearest = self.params.interaction == "nearest"
        for trace in traces:
            if trace.layer.name in active:
                trace.take(nearest)

    def _depress(self, path: Projection) -> None:
        pre, post = path.pre.state, path.post.state[next(iter(self.above))]
        if not any_spike(post):
            return
        columns = _spiking(pre["spike"])
        spikes = pre["spike"][:, columns] * self.lowering(pre, columns)
        step = post.T @ spikes
        step /= len(post)
        w = path.w[:, columns]
        w -= self.falling(w, step)
        np.maximum(w, 0, out=w)
        if path.mask is not None:
            w *= path.mask[:, columns]
        path.w[:, columns] = w
        path.learns = True

    def _potentiate(self, path: Projection) -> None:
        pre, post = path.pre.state[next(iter(self.below))], path.post.state
        rows = _spiking(post["spike"])
        spikes = post["spike"][:, rows] * self.raising(post, rows)
        step = spikes.T @ pre
        step /= len(pre)
        w = path.w[rows]
        w += self.rising(w, step)
        np.minimum(w, self.params.w_max, out=w)
        if path.mask is not None:
            w *= path.mask[rows]
        path.w[rows] = w
        path.learns = True

    # ---- what a rule says --------------------------------------------------------------------

    def tau(self, trace: str) -> float:
        """The time constant of a trace, in ms."""
        raise NotImplementedError

    def lowering(self, pre: State, units: np.ndarray) -> np.ndarray | float:
        """How much a spike of these units below depresses for a trace of 1: (batch, k) or one."""
        raise NotImplementedError

    def raising(self, post: State, units: np.ndarray) -> np.ndarray | float:
        """How much a spike of these units above potentiates for a trace of 1."""
        raise NotImplementedError

    def falling(self, w: np.ndarray, step: np.ndarray) -> np.ndarray:
        """A depressing step (any shape) for weights `w` of that shape; it may change in place."""
        return step

    def rising(self, w: np.ndarray, step: np.ndarray) -> np.ndarray:
        """A potentiating step for weights `w` of its shape; it may change in place."""
        return step

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        return cls.without_spikes(spec) + [
            f"{cls.title} learns from cells with a potential, but layer '{layer.name}' has "
            "Spiking integrator units. Give it LIF units."
            for layer in spec.network.layers[1:]
            if layer.unit == "spiking_integrator"
        ]


def _spiking(spike: np.ndarray) -> np.ndarray:
    """The units that spike in any copy, from `spike` (batch, n)."""
    on: np.ndarray = spike[0] if len(spike) == 1 else np.any(spike, axis=0)
    return on.nonzero()[0]


def bounded_weights(experiment: Experiment, fewest: int) -> dict[str, np.ndarray]:
    """The weights (k,) that a rule keeps within bounds, as fractions of the largest, by path.

    Of paths with at least `fewest`; weights that were removed do not count, nor those from an input
    that is always silent. Empty for other rules.
    """
    rule, net = experiment.rule, experiment.net
    if not isinstance(rule, SpikeRule) or not rule.bounded:
        return {}
    deaf = net.input if experiment.data.notes.get("silent") else None
    found = {
        path.name: path.w.ravel() if path.mask is None else path.w[path.mask > 0]
        for path in rule.learning(net)
        if path.pre is not deaf
    }
    return {name: w / rule.params.w_max for name, w in found.items() if w.size >= fewest}
