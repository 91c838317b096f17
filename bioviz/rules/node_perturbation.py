"""Node perturbation: jolt every unit, see whether the answer got better, and keep what helped.

    xi_l ~ N(0, sigma^2) on the summed input of every unit, per example
    c  = L(a + xi) - L(a)                                 one number for the whole network
    delta_l = -(c / sigma^2) xi_l                         dW_l = eta <delta_l^T h_{l-1}>

On average delta_l is what backprop would send, but its spread grows with the number of jolted
units, so it learns slowly, and in deep networks hardly at all. In Lillicrap's comparison only
hidden units are jolted and the output layer still gets its exact error, the delta rule.
sigma must stay well above the rounding of float32: 0.01 is good, 0.001 is not.
Order within a trial: activity up; a jolted second pass, aside; the nudges; all weights at once.
Source: Werfel, Xie and Seung (2005), Neural Computation 17:2699; the reinforcement curve of
Lillicrap et al. (2016), Nature Communications 7:13276.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..core.layer import Layer
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.rule import Card, DescentParams, Phase, output_delta
from ..core.score import ONE_NUMBER, TWO_PASSES, ScoreRule
from ..core.task import Trial


class NodePerturbationParams(DescentParams):
    """Descent, and how units are jolted."""

    learning_rate: float = parameter(
        0.01,
        "Size of a weight step, on the mean over the batch; noisy estimates want small steps.",
        symbol="η",
        gt=0,
        le=1e9,
    )
    noise: float = parameter(
        0.01,
        "Standard deviation of the jolt to each unit's summed input.",
        symbol="σ",
        ge=1e-4,
        le=10,
    )
    jolt_output: bool = parameter(
        True,
        "Jolt the output units too; else the output layer gets its exact error (the delta rule).",
    )


class NodePerturbation(ScoreRule):
    """Learning from a global score and noise on the units."""

    key = "node_perturbation"
    title = "Node perturbation"
    summary = "Every unit is jolted at random; all hear whether the answer got better."
    Params = NodePerturbationParams
    card = Card(
        equations=(
            "c = L(a + ξ) − L(a)",
            "ξ<sub>l</sub> ~ N(0, σ<sup>2</sup>)",
            "δ<sub>l</sub> = −(c / σ<sup>2</sup>) ξ<sub>l</sub>",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup>",
        ),
        crosses=ONE_NUMBER,
        implausible=(
            TWO_PASSES,
            "Slow: the estimate's spread grows with the number of units.",
        ),
        source="Werfel, Xie & Seung 2005, Neural Comput. 17:2699",
    )

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        net.step(trial.x)
        yield Phase.FORWARD
        self._assign(net, trial.x, trial.t, self.streams["jolts"])
        yield Phase.BACKWARD
        params = self.params
        for projection in net.forward:
            projection.learn(
                projection.post.delta,
                projection.pre.rate,
                params.learning_rate,
                momentum=params.momentum,
                decay=params.weight_decay,
            )
        yield Phase.UPDATE

    def credit(self, net: Network, x: np.ndarray, t: np.ndarray) -> bool:
        net.step(x)
        self._assign(net, x, t, self.streams.fresh("jolts of a probe"))
        return True

    def proposal(self, net: Network, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        self.credit(net, x, t)
        return {path.name: path.post.delta.T @ path.pre.rate for path in net.forward}

    def _assign(
        self, net: Network, x: np.ndarray, t: np.ndarray, stream: np.random.Generator
    ) -> None:
        """Fill every layer's delta from one jolt of each example."""
        jolted = net.chain[1:] if self.params.jolt_output else net.chain[1:-1]
        sigma = net.dtype(self.params.noise)
        for layer in jolted:
            jolt = layer.delta
            stream.standard_normal(dtype=net.dtype, out=jolt.T)  # unit by unit, as it lies
            jolt *= sigma
        plain = self.loss_of(net, net.output.rate, t)
        change = self.loss_of(net, self._jolted(net, x, jolted), t) - plain
        gain = (-change / (sigma * sigma)).astype(net.dtype)[:, None]
        for layer in jolted:
            np.multiply(layer.delta, gain, out=layer.delta)
        if not self.params.jolt_output:
            output_delta(net, t, self.loss)

    def _jolted(self, net: Network, x: np.ndarray, jolted: list[Layer]) -> np.ndarray:
        """The answer (batch, n_out) with each layer's delta added to its drive."""
        jolts = {layer.name: layer.delta for layer in jolted}

        def add(path: Projection) -> None:
            if path.post.name in jolts:
                np.add(path.post.drive, jolts[path.post.name], out=path.post.drive)

        return self.jolted_answer(net, x, add)
