"""Rules that no error reaches: each unit or weight hears only one number, how well it went."""

from __future__ import annotations

import numpy as np

from .loss import example_losses
from .network import Network
from .rule import Rule


class ScoreRule(Rule):
    """Rules that jolt the network a little and keep what made it better.

    Both forward passes happen within one trial: the plain one is what is seen, the jolted one runs
    aside. `loss_of` is the score that is broadcast, per example.
    """

    group = "score"

    def loss_of(self, net: Network, y: np.ndarray, t: np.ndarray) -> np.ndarray:
        """The loss (batch,) of answers y to targets t, both (batch, n_out)."""
        return example_losses(y, t, self.loss, not net.output.unit.elementwise)
