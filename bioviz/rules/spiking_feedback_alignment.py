"""Spiking feedback alignment: errors come back through random weights while spikes go up.

    in every tick k = 1 .. ticks, from rest:
    all units advance: p_l = sigma(u_l), s_l ~ Bernoulli(p_l)     trace_l += (s_l - trace_l) / tau
    from tick `settle` on:
    e = t - p_L, or t - s_L           delta_L = e          (times p_L (1 - p_L) for squared error)
    delta_l = (B_{l+1} delta_{l+1}) p_l (1 - p_l)               dW_l = eta <delta_l^T trace_{l-1}>

There are no phases: activity goes up and errors come down in the same tick. B may be random, or W
transposed, which is backprop, or absent, which is a readout of random features. Of an output layer
with several equal groups of units, each group speaks for one output: its target is that of all its
units, its answer their mean number of spikes a tick after settling, (count + 1/2) / (ticks + 1).
Order within a tick: `Network.tick`; traces; deltas from the top down; all weights at once. Once
the trial is over, a layer's `delta` holds the mean over the ticks.
Source: the spiking network of Lillicrap, Cownden, Tweed and Akerman (2016), Nature Communications
7:13276, for which this is a stand-in: its dynamics could not be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..core.feedback import FeedbackDraw, add_feedback, feedback_into
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.registry import RULES
from ..core.rule import Card, Phase, Rule, true_gradient
from ..core.task import Trial
from ..core.unit import Variable

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec

Deltas = dict[str, np.ndarray]  # (batch, n) by layer

TRACE = Variable("trace", "", "What synapses from here remember of the unit's spikes.")


class SpikingFeedbackAlignmentParams(FeedbackDraw):
    """How errors come back, and for how long an example is shown."""

    learning_rate: float = parameter(
        0.02, "Size of a weight step in one tick, on the mean over the batch.", symbol="η",
        gt=0, le=1e9,
    )  # fmt: skip
    route: Literal["random", "transposed", "none"] = parameter(
        "random",
        "What errors travel through: random weights B, the forward weights, or nothing at all.",
        title="Errors come back through",
        rebuild=True,
        names={
            "random": "Random weights (FA)",
            "transposed": "W transposed (backprop)",
            "none": "Nothing (last layer only)",
        },
    )
    error: Literal["probability", "spikes"] = parameter(
        "probability",
        "What the target is compared with: how likely an output spikes, or whether it does.",
        title="Error from",
        names={"probability": "Spike probability", "spikes": "Spikes"},
    )
    ticks: int = parameter(
        50, "For how many ticks an example is shown.", unit="ticks", ge=1, le=10_000
    )
    settle: int = parameter(
        10,
        "Ticks before learning and counting begin, while activity settles.",
        unit="ticks",
        ge=0,
        le=10_000,
    )
    tau: float = parameter(
        10.0,
        "How many ticks a synapse remembers a spike.",
        title="Synaptic trace",
        symbol="τ",
        unit="ticks",
        ge=1,
        le=1e4,
        advanced=True,
    )


class SpikingFeedbackAlignment(Rule):
    """Fixed random feedback among spiking units."""

    key = "spiking_feedback_alignment"
    title = "Spiking feedback alignment"
    summary = "Spikes go up and errors come down through random weights, at the same time."
    spiking = True
    pools = True
    dress = ("linear", "spiking_integrator", "spiking_integrator")
    Params = SpikingFeedbackAlignmentParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ p<sub>l</sub> (1 − p<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> s̄<sub>l−1</sub><sup>T</sup> in every tick",
            "B fixed and random",
        ),
        crosses="Spikes going up; the error of each layer coming down, through synapses that never "
        "learn.",
        implausible=(
            "Signed errors: a cell would send both less and more than nothing.",
            "A teacher at the output layer.",
            "Each cell knows the slope of its own spike probability.",
        ),
        source="After Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276",
    )

    def __init__(self, params: Any, streams: Any, loss: str) -> None:
        super().__init__(params, streams, loss)
        self._count: np.ndarray | None = None  # (batch, n_out) spikes of the output after settling
        self._ticks = 0  # in which they were counted

    def prepare(self, net: Network) -> None:
        for layer in net.chain[:-1]:
            layer.add(TRACE)
        if self.params.route == "random":
            add_feedback(net, self.params.feedback, self.streams)

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        for path in net.forward:
            path.step.begin_trial()
        total: Deltas = {}
        stream = self.streams.fresh(f"spikes/{trial.number}")
        t = _spread(net, trial.t)
        for settled in self._live(net, trial.x, stream):
            if settled:
                self._assign(net, t)
                self._learn(net)
                _add(total, {layer.name: layer.delta for layer in net.chain[1:]})
            yield Phase.TICK
        for name, delta in total.items():
            np.divide(delta, self._ticks, out=net.layers[name].delta)
        yield Phase.BACKWARD
        yield Phase.UPDATE

    def shown(self) -> dict[str, np.ndarray]:
        ticks = np.array([self._ticks])
        return {} if self._count is None else {"count": self._count, "ticks": ticks}

    def show(self, held: dict[str, np.ndarray]) -> None:
        self._count = held["count"].copy() if held else None
        self._ticks = int(held["ticks"][0]) if held else 0

    def answer(self, net: Network) -> np.ndarray:
        counted = self._count
        if counted is None or len(counted) != net.batch:
            return self._said(net, np.zeros_like(net.output.rate), 0)
        return self._said(net, counted, self._ticks)

    def respond(self, net: Network, x: np.ndarray) -> np.ndarray:
        kept = self._count, self._ticks
        for _ in self._live(net, x, self.streams.fresh("spikes/answer")):
            pass
        found = self.answer(net)
        self._count, self._ticks = kept
        return found

    def credit(self, net: Network, x: np.ndarray, t: np.ndarray) -> bool:
        self.credits(net, x, t)
        return True

    def credits(self, net: Network, x: np.ndarray, t: np.ndarray) -> tuple[Deltas, Deltas]:
        """Both averaged over the same ticks; so is every layer's `delta`."""
        kept = self._count, self._ticks
        own: Deltas = {}
        true: Deltas = {}
        spread = _spread(net, t)
        for settled in self._live(net, x, self.streams.fresh("spikes/credit")):
            if settled:
                self._assign(net, spread)
                _add(own, {layer.name: layer.delta for layer in net.chain[1:]})
                _add(true, true_gradient(net))
        ticks = max(1, self._ticks)
        self._count, self._ticks = kept
        for deltas in (own, true):
            for delta in deltas.values():
                delta /= ticks
        for name, delta in own.items():
            np.copyto(net.layers[name].delta, delta)
        return own, true

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        params: Any = spec.rule.params(RULES)
        found = [
            f"{cls.title} needs units whose spikes come by chance, but layer '{layer.name}' has "
            "others. Give it Spiking integrator units."
            for layer in spec.network.layers[1:]
            if layer.unit != "spiking_integrator"
        ]
        if params.settle >= params.ticks:
            found.append(
                f"An example is shown for {params.ticks} ticks, of which {params.settle} are for "
                "settling: nothing is left to learn from. Show it for longer, or settle faster."
            )
        net = spec.network
        through = (len(net.layers) - 1) * net.delay  # from the input to the output
        longest = round(max([through, *(lateral.delay for lateral in net.lateral)]) / net.dt)
        if longest >= params.ticks:
            found.append(
                f"Spikes take {longest:,} ticks to arrive, but an example is shown for "
                f"{params.ticks:,}. Make the delay shorter, or show examples for longer."
            )
        return found

    # ---- one tick ----------------------------------------------------------------------------

    def _live(self, net: Network, x: np.ndarray, stream: np.random.Generator) -> Iterator[bool]:
        """Show x tick by tick from rest; says after each whether activity has settled."""
        net.rest(len(x))
        count = np.zeros_like(net.output.rate)
        self._count, self._ticks = count, 0
        for k in range(self.params.ticks):
            net.tick(x, stream)
            self._remember(net)
            settled = k >= self.params.settle
            if settled:
                count += net.output.state["spike"]
                self._ticks += 1
            yield settled

    def _remember(self, net: Network) -> None:
        """Let every synapse's trace follow what is sent through it."""
        share = 1.0 / self.params.tau
        for layer in net.chain[:-1]:
            trace = layer.state["trace"]
            trace *= 1.0 - share
            trace += layer.sent(net.clock, 0) * share

    def _assign(self, net: Network, t: np.ndarray) -> None:
        """Fill every layer's `delta` from targets of all output units (batch, n_out)."""
        self._output_delta(net, t)
        for path in reversed(net.forward[1:]):
            self._carry(net, path)

    def _output_delta(self, net: Network, t: np.ndarray) -> None:
        output = net.output
        said = output.rate if self.params.error == "probability" else output.state["spike"]
        np.subtract(t, said, out=output.delta)
        if self.loss == "squared_error":
            output.unit.pull(output.delta, output.rate, output.scratch)

    def _carry(self, net: Network, path: Projection) -> None:
        layer = path.pre
        if self.params.route == "none":
            layer.delta.fill(0)
            return
        if self.params.route == "random":
            feedback_into(net, path).send(path.post.delta, layer.delta)
        else:
            path.back(path.post.delta, layer.delta)
        layer.unit.pull(layer.delta, layer.rate, layer.scratch)

    def _learn(self, net: Network) -> None:
        paths = net.forward[-1:] if self.params.route == "none" else net.forward
        for path in paths:
            path.learn(path.post.delta, path.pre.state["trace"], self.params.learning_rate)

    def _said(self, net: Network, count: np.ndarray, ticks: int) -> np.ndarray:
        """What the output's spike counts (batch, units) say: (batch, n_out), never 0 or 1."""
        groups: np.ndarray = count.reshape(len(count), -1, net.pool).mean(axis=2)
        groups += 0.5
        groups /= ticks + 1
        return groups


def _spread(net: Network, t: np.ndarray) -> np.ndarray:
    """Targets (batch, units) of all output units, from those of their groups (batch, n_out)."""
    return t if net.pool == 1 else np.repeat(t, net.pool, axis=1)


def _add(total: Deltas, part: Deltas) -> None:
    for name, values in part.items():
        if name in total:
            total[name] += values
        else:
            total[name] = values.copy()
