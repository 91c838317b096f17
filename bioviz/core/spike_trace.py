"""Spike traces: what a synapse remembers of earlier spikes, kept with the layer that sent them."""

from __future__ import annotations

import numpy as np

from .layer import Layer
from .spiking import decay
from .unit import Variable


class SpikeTrace:
    """A variable of a layer that each spike raises by 1, or to 1, and that decays exactly.

    It is (batch, n), has an address like every other variable, and is part of what is saved.
    """

    def __init__(self, layer: Layer, name: str, words: str) -> None:
        self.layer = layer
        self.name = name
        layer.add(Variable(name, "", words, signed=False))

    def fade(self, dt: float, tau: float) -> None:
        """Let a tick go by."""
        values = self.layer.state[self.name]
        values *= decay(dt, tau)

    def take(self, nearest: bool) -> None:
        """Take in this tick's spikes; only the latest counts where `nearest`."""
        values, spike = self.layer.state[self.name], self.layer.state["spike"]
        if nearest:
            np.copyto(values, 1, where=spike > 0)
        else:
            values += spike
