"""Shallow: only the last layer learns; hidden layers keep their random first weights.

    delta_L from the loss, hidden deltas 0               dW_L = eta <delta_L^T h_{L-1}>

The comparison that shows whether a hidden layer learns at all: a linear readout of random
features. Order within a trial: activity up, the output's delta, the last weights.
Source: the "shallow" curve of Lillicrap et al. (2016), Nature Communications 7:13276.
"""

from __future__ import annotations

import numpy as np

from ..core.network import Network
from ..core.projection import Projection
from ..core.rule import Card, DescentParams, ErrorRule


class Shallow(ErrorRule):
    """A linear readout of random features."""

    key = "shallow"
    group = "baseline"
    title = "Shallow (last layer only)"
    summary = "Only the output layer learns; hidden layers stay random."
    Params = DescentParams
    card = Card(
        equations=(
            "ΔW<sub>L</sub> = η δ<sub>L</sub> h<sub>L−1</sub><sup>T</sup>",
            "ΔW<sub>l</sub> = 0 for every hidden layer",
        ),
        crosses="Nothing: no error leaves the output layer.",
        implausible=("Deep layers never learn, which brains' do.",),
        source="Baseline of Lillicrap et al. 2016, Nat. Commun. 7:13276",
    )

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> None:
        return None

    def learning(self, net: Network) -> list[Projection]:
        return net.forward[-1:]
