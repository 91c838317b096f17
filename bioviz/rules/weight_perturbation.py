"""Weight perturbation: jolt every weight, see whether the answers got better, keep what helped.

    Psi_l ~ N(0, sigma^2) on every weight and bias, one draw a trial
    c = <L(W + Psi)> - <L(W)>                             dW_l = -eta (c / sigma^2) Psi_l

On average the step is the gradient's, but its spread grows with the number of weights, which are
far more than the units of node perturbation: the slowest of the comparisons, and the one that asks
least of a synapse. sigma must stay well above the rounding of float32.
Order within a trial: activity up; a second pass with jolted weights, aside; all weights at once.
Source: Jabri and Flower (1992), IEEE Transactions on Neural Networks 3:154; Werfel, Xie and Seung
(2005), Neural Computation 17:2699, for how both scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.network import Network
from ..core.parameter import Part, parameter
from ..core.projection import Projection
from ..core.rule import Card, Phase
from ..core.score import ONE_NUMBER, TWO_PASSES, ScoreRule
from ..core.task import Trial

Jolts = dict[str, tuple[np.ndarray, np.ndarray | None]]  # of weights and biases, by projection


class WeightPerturbationParams(Part):
    """How long a step is, and how weights are jolted."""

    learning_rate: float = parameter(
        0.001,
        "Size of a weight step; estimates as noisy as these want very small steps.",
        symbol="η",
        gt=0,
        le=1e9,
    )
    noise: float = parameter(
        0.01,
        "Standard deviation of the jolt to each weight.",
        symbol="σ",
        ge=1e-4,
        le=10,
    )


class WeightPerturbation(ScoreRule):
    """Learning from a global score and noise on the weights."""

    key = "weight_perturbation"
    title = "Weight perturbation"
    summary = "Every weight is jolted at random; all hear whether the answers got better."
    signals = False
    Params = WeightPerturbationParams
    card = Card(
        equations=(
            "c = L(W + Ψ) − L(W)",
            "Ψ<sub>l</sub> ~ N(0, σ<sup>2</sup>)",
            "ΔW<sub>l</sub> = −η (c / σ<sup>2</sup>) Ψ<sub>l</sub>",
        ),
        crosses=ONE_NUMBER,
        implausible=(
            TWO_PASSES,
            "Slowest of all: the estimate's spread grows with the number of weights.",
        ),
        source="Jabri & Flower 1992, IEEE Trans. Neural Netw. 3:154",
    )

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        net.step(trial.x)
        yield Phase.FORWARD
        jolts, change = self._try(net, trial.x, trial.t, self.streams["jolts"])
        for layer in net.chain[1:]:
            layer.delta.fill(0)
        yield Phase.BACKWARD
        rate = -self.params.learning_rate * change / self.params.noise**2
        for projection in net.forward:
            projection.nudge(*jolts[projection.name], rate)
        yield Phase.UPDATE

    def proposal(self, net: Network, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        net.step(x)
        jolts, change = self._try(net, x, t, self.streams.fresh("jolts of a probe"))
        return {name: -change * weights for name, (weights, _) in jolts.items()}

    def _try(
        self, net: Network, x: np.ndarray, t: np.ndarray, stream: np.random.Generator
    ) -> tuple[Jolts, float]:
        """Draw jolts, and tell by how much they change the mean loss of the batch."""
        sigma = net.dtype(self.params.noise)
        jolts = {path.name: _draw(path, sigma, stream) for path in net.forward}
        plain = self.loss_of(net, net.output.rate, t)
        change = self.loss_of(net, self._jolted(net, x, jolts), t) - plain
        return jolts, float(change.mean())

    def _jolted(self, net: Network, x: np.ndarray, jolts: Jolts) -> np.ndarray:
        """The answer (batch, n_out) with jolts beside the weights."""

        def add(path: Projection) -> None:
            drive, (weights, biases) = path.post.drive, jolts[path.name]
            drive += path.pre.rate @ weights.T
            if biases is not None:
                drive += biases

        return self.jolted_answer(net, x, add)


def _draw(
    path: Projection, sigma: np.floating[Any], stream: np.random.Generator
) -> tuple[np.ndarray, np.ndarray | None]:
    weights = np.empty_like(path.w)
    stream.standard_normal(dtype=path.w.dtype.type, out=weights)
    weights *= sigma
    if path.mask is not None:
        weights *= path.mask
    if path.bias is None:
        return weights, None
    biases = np.empty_like(path.bias)
    stream.standard_normal(dtype=path.bias.dtype.type, out=biases)
    biases *= sigma
    return weights, biases
