"""Burstprop: bursts carry the credit down while single events carry activity up, in rates.

    up       e_l = sigma(W_l e_{l-1} + c_l)                       event rates
    output   p = p0          p' = p0 ((t - e)(1 - e) + 1)     burst probabilities (' with teacher)
    down     f_l = B_{l+1} b_{l+1}          f'_l = B_{l+1} b'_{l+1}
    hidden   u = f (1 - e) - r              p = sigma(u)
             u' = f' (1 - e) - r            p' = sigma(u')        r = Z_l (sigma(f) e), or 0
    all      b = p e         b' = p' e                            burst rates
    learn    v <- mu v + sum over the batch of (b' - b)^T e_{l-1}
             W_l <- (1 - lambda) W_l + eta_l v                    biases alike, without the fading

Two signals share each unit's spikes: how many events there are, and which part of them are bursts.
Only bursts go down, only events up. Events without the teacher and with it differ in nothing; what
tells a synapse to grow is that its unit bursts more than it would for the same input untaught.
Since 1 - e = phi'(a) / phi(a) for a sigmoid, b' - b is about a quarter of what backprop would
send, layer for layer, as long as u stays near 0, where the sigmoid is straight: large feedback
weights bend it and lose the credit. The recurrent weights Z push u towards 0 by
Z <- Z + eta_Z u^T (sigma(f) e), without momentum. The output's b' - b is p0 times the error of half
squared error. Steps are of the *sum* over the batch, as published: a larger batch takes larger
steps. With p0 at most 1/2 and targets between 0 and 1 every p and p' is a probability.

The feedback weights B (published as Y) stay as drawn, learn the same products as W (Kolen-Pollack),
or learn from noise (weight mirror).
Order within a trial: events up; bursts down without and with teacher, layer by layer; all W, then
all B if they learn, then all Z; then noise, every `mirror_every` trials, if B learns from it.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from ..core.burst import BURST_EXPECTED, BURST_PROB, BURST_RATE
from ..core.feedback import FeedbackDraw, add_feedback, feedback_into
from ..core.layer import Layer
from ..core.mirror import MirrorParams, spell
from ..core.network import Network
from ..core.parameter import Part, folded, parameter
from ..core.projection import Projection, Role
from ..core.registry import TASKS, UNITS
from ..core.rule import Card, ErrorRule, Phase
from ..core.spec import Draw, ExperimentSpec
from ..core.task import Trial
from ..core.unit import Variable

DENDRITE = Variable("dendrite", "", "What the dendrite hears without a teacher, u.")
ECHO = Variable(
    "burst_echo", "", "Bursts that feedback alone would cause, σ(f) e; Z carries them.",
    signed=False,
)  # fmt: skip
FIRST_Z = Draw(distribution="uniform", scale=0.01, relative=False)


class BurstParams(Part):
    """How long the steps are, and what bursts are like."""

    learning_rate: float = parameter(
        0.1,
        "Size of a hidden layer's weight step, on the sum over the batch: a larger batch takes "
        "larger steps.",
        symbol="η",
        gt=0,
        le=1e9,
    )
    output_rate: float = parameter(
        0.01,
        "Size of the output layer's weight step, on the sum over the batch.",
        title="Output learning rate",
        symbol="η_out",
        gt=0,
        le=1e9,
    )
    momentum: float = parameter(
        0.8, "Fraction of the last step that carries over into the next.", symbol="μ", ge=0, lt=1
    )
    fade: float = parameter(
        1e-6,
        "Part of every weight that fades in one trial, whatever the learning rate.",
        symbol="λ",
        ge=0,
        lt=1,
        advanced=True,
    )
    output_burst_prob: float = parameter(
        0.2,
        "Burst probability of output units without a teacher; at most 0.5, since the teacher can "
        "double it.",
        title="Output burst probability",
        symbol="p₀",
        gt=0,
        le=0.5,
    )
    feedback_learning: Literal["fixed", "learned", "mirror"] = parameter(
        "fixed",
        "Whether B stays as it was drawn, learns the same products as W, or learns from noise.",
        title="Feedback weights",
        names={
            "fixed": "Fixed",
            "learned": "Learned",
            "mirror": "Weight mirror",
        },
    )
    recurrent: bool = parameter(
        False,
        "Connections Z within each hidden layer that keep burst probabilities near 1/2.",
        title="Recurrent input",
        rebuild=True,
    )
    recurrent_rate: float = parameter(
        1e-4,
        "Size of a step of Z, on the sum over the batch.",
        title="Recurrent learning rate",
        symbol="η_Z",
        ge=0,
        le=1e9,
        advanced=True,
    )


class BurstpropParams(MirrorParams, FeedbackDraw, BurstParams):
    """Steps and bursts, how the feedback weights are drawn, and the mirror that may teach them."""

    feedback_relative: bool = parameter(
        False,
        "Divide the feedback scale by the square root of the number of units it comes from.",
        title="Feedback relative to fan-in",
        rebuild=True,
        advanced=True,
    )
    mirror_rate: float = parameter(
        0.16,
        "Size of a mirror step; B grows to η_B σ² / (4 λ_B) times W-transposed.",
        symbol="η_B",
        gt=0,
        le=1e4,
        advanced=True,
    )
    mirror_every: int = folded(MirrorParams, "mirror_every")
    noise_batches: int = folded(MirrorParams, "noise_batches")
    noise_scale: float = folded(MirrorParams, "noise_scale")
    mirror_decay: float = folded(MirrorParams, "mirror_decay")


class Burstprop(ErrorRule):
    """Credit as the difference of two burst rates."""

    key = "burstprop"
    title = "Burstprop"
    summary = "Bursts carry credit down, events activity up: one train of spikes, two signals."
    Params = BurstpropParams
    dress = ("linear", "sigmoid", "sigmoid")
    trains = ("sigmoid",)
    lowers = ("squared_error",)
    slope_as = "1 − e, which is φ′ / φ of a sigmoid unit"
    card = Card(
        equations=(
            "output: p′ = p<sub>0</sub> ((t − e)(1 − e) + 1), without teacher p = p<sub>0</sub>",
            "hidden: p = σ((B<sub>l+1</sub> b<sub>l+1</sub>) ∘ (1 − e<sub>l</sub>)), "
            "p′ likewise, of b′<sub>l+1</sub>",
            "b = p e, b′ = p′ e",
            "ΔW<sub>l</sub> = η (b′<sub>l</sub> − b<sub>l</sub>) e<sub>l−1</sub><sup>T</sup>",
        ),
        crosses="Events going up; bursts going down to the dendrites, on the same axons' spikes.",
        implausible=(
            "A teacher at the output layer, of which every synapse must know when it is there.",
            "Each unit must know how much it would burst for this very input without the teacher.",
            "Feedback that learns as W does needs both synapses of a pair to see the same.",
        ),
        source="Payeur, Guerguiev, Zenke, Richards & Naud 2021, Nat. Neurosci. 24:1010",
    )

    def __init__(self, params: Any, streams: Any, loss: str) -> None:
        super().__init__(params, streams, loss)
        self.engaged_trials = 0  # as long as noise teaches B

    def prepare(self, net: Network) -> None:
        add_feedback(net, self.params.feedback, self.streams)
        for layer in net.chain[1:]:
            for variable in (BURST_PROB, BURST_EXPECTED, BURST_RATE):
                layer.add(variable)
        self._recurrent: dict[str, Projection] = {}  # Z by the layer that it joins to itself
        if self.params.recurrent:
            for place, layer in enumerate(net.chain[1:-1], 1):
                self._add_recurrent(net, f"Z{place}", layer)

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        mirrored = self.params.feedback_learning == "mirror"
        self.mode = "engaged" if mirrored else ""
        yield from super().trial(net, trial)
        if not mirrored:
            return
        self.engaged_trials += 1
        if self.engaged_trials % self.params.mirror_every == 0:
            self.mode = "mirror"
            yield from spell(net, self.params, self.streams)

    def assign(self, net: Network, t: np.ndarray) -> None:
        """Fill every layer's burst probabilities and rates, and `delta` with b' - b."""
        self._teach(net.output, t)
        for projection in reversed(net.forward[1:]):
            self._send_down(projection.post, projection.pre, feedback_into(net, projection))

    def learn(self, net: Network) -> None:
        output, learned = net.output, self.params.feedback_learning == "learned"
        for projection in net.forward:
            self._step(projection, projection.post.delta, projection.pre.rate, output)
        for projection in net.forward[1:] if learned else ():
            feedback = feedback_into(net, projection)
            self._step(feedback, projection.pre.rate, projection.post.delta, output)
        for path in self._recurrent.values():
            state, rate = path.post.state, self.params.recurrent_rate
            path.learn(state[DENDRITE.name], state[ECHO.name], rate, summed=True)

    def memory(self) -> dict[str, Any]:
        return {"engaged_trials": self.engaged_trials}

    def remember(self, memory: dict[str, Any]) -> None:
        self.engaged_trials = int(memory["engaged_trials"])

    def _step(self, path: Projection, post: np.ndarray, pre: np.ndarray, output: Layer) -> None:
        """Learn the sum of products; what leads to or from the output has the output's rate."""
        params = self.params
        rate = params.output_rate if output in (path.pre, path.post) else params.learning_rate
        path.learn(post, pre, rate, momentum=params.momentum, fade=params.fade, summed=True)

    def _teach(self, output: Layer, t: np.ndarray) -> None:
        """Let the teacher set the output's bursts: more where an event rate should be higher."""
        state, p0, e = output.state, self.params.output_burst_prob, output.rate
        probability, expected = state[BURST_PROB.name], state[BURST_EXPECTED.name]
        expected.fill(p0)
        np.subtract(1, e, out=output.scratch)
        np.subtract(t, e, out=probability)
        probability *= output.scratch
        probability += 1
        probability *= e.dtype.type(p0)
        _burst(output)

    def _send_down(self, above: Layer, layer: Layer, feedback: Projection) -> None:
        """Bring the bursts of the layer above, without and with teacher, to a layer's dendrites."""
        state, e, z = layer.state, layer.rate, self._recurrent.get(layer.name)
        probability, expected = state[BURST_PROB.name], state[BURST_EXPECTED.name]
        feedback.send(above.scratch, expected)  # where `_burst` left the untaught bursts
        feedback.send(above.state[BURST_RATE.name], probability)
        if z is not None:
            np.multiply(_squash(expected, layer.scratch), e, out=state[ECHO.name])
            z.send(state[ECHO.name], state[DENDRITE.name])
        np.subtract(1, e, out=layer.scratch)
        for heard in (expected, probability):
            heard *= layer.scratch
            if z is not None:
                heard -= state[DENDRITE.name]
        if z is not None:
            np.copyto(state[DENDRITE.name], expected)
        for heard in (expected, probability):
            _squash(heard, heard)
        _burst(layer)

    def _add_recurrent(self, net: Network, name: str, layer: Layer) -> None:
        for variable in (DENDRITE, ECHO):
            layer.add(variable)
        path = Projection(name, layer, layer, role=Role.LATERAL)
        path.draw(FIRST_Z, self.streams.fresh(f"recurrent/{name}"))
        self._recurrent[layer.name] = net.connect(path)

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        found = [
            f"Burstprop trains sigmoid units, whose event rates lie between 0 and 1, but layer "
            f"'{layer.name}' has {UNITS[layer.unit].title} units. Give it Sigmoid units."
            for layer in spec.network.layers[1:]
            if layer.unit not in cls.trains
        ]
        task = TASKS[spec.task.key]
        if not task.names_classes(spec.task.params(TASKS)):
            found.append(
                f"Burstprop's teacher sets probabilities, which takes targets from 0 to 1, but the "
                f"task '{task.title}' asks for numbers of any size. Choose a task with classes."
            )
        elif spec.loss not in cls.lowers:
            found.append("Burstprop lowers half squared error. Choose that as the loss.")
        return found


def _burst(layer: Layer) -> None:
    """Fill a layer's burst rate b' and `delta` b' - b from p' and p; b is left in its scratch."""
    state, e = layer.state, layer.rate
    np.multiply(state[BURST_EXPECTED.name], e, out=layer.scratch)
    np.multiply(state[BURST_PROB.name], e, out=state[BURST_RATE.name])
    np.subtract(state[BURST_RATE.name], layer.scratch, out=layer.delta)


def _squash(u: np.ndarray, out: np.ndarray) -> np.ndarray:
    """sigma(u) into `out`, as (1 + tanh(u / 2)) / 2, which never overflows."""
    np.multiply(u, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5
    return out
