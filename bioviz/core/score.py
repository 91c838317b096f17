"""Rules that no error reaches: each unit or weight hears only one number, how well it went."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .loss import example_losses
from .network import Network
from .projection import Projection
from .rule import Rule

ONE_NUMBER = "No error: one number for the whole network, as a reward signal could tell it."
TWO_PASSES = "Two passes over the same inputs, with noise and without, must be compared."


class ScoreRule(Rule):
    """Rules that jolt the network a little and keep what made it better.

    Both forward passes happen within one trial: the plain one is what is seen, the jolted one runs
    aside. `loss_of` is the score that is broadcast, per example.
    """

    group = "score"

    def loss_of(self, net: Network, y: np.ndarray, t: np.ndarray) -> np.ndarray:
        """The loss (batch,) of answers y to targets t, both (batch, n_out)."""
        return example_losses(y, t, self.loss, not net.output.unit.elementwise)

    def jolted_answer(
        self, net: Network, x: np.ndarray, jolt: Callable[[Projection], None]
    ) -> np.ndarray:
        """The answer (batch, n_out) to x where `jolt` disturbs each projection's drive, aside.

        Weights, and what the plain pass left in the layers, stay untouched.
        """
        with net.aside(len(x)):
            np.copyto(net.input.rate, x, casting="same_kind")
            for projection in net.forward:
                layer = projection.post
                projection.send(projection.pre.rate, layer.drive)
                jolt(projection)
                layer.unit.answer(layer.drive, layer.rate)
            return net.output.rate.copy()
