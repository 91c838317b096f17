"""Short-term plasticity: what a spike passes on depends on the cell's spikes just before it.

    at a spike: release = u x, then x -= u x and u += f (1 - u)
    dx/dt = (1 - x) / tau_D     du/dt = (U - u) / tau_F

x is what is left of the store of transmitter, u the part of it that a spike releases. Depressing
synapses pass on the first spike of a burst and little of the next, so that what arrives tells of
events. Facilitating ones pass on next to nothing of a single spike, and tell of bursts. All
synapses that a cell sends to are alike, so that it is enough to follow one for each cell.
Source: Tsodyks and Markram (1997), PNAS 94:719; constants as in Payeur, Guerguiev, Zenke, Richards
and Naud (2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .spiking import State, any_spike, decay
from .unit import Variable

VARIABLES = (
    Variable("release", "", "What the cell's synapses pass on in this tick.", signed=False),
    Variable("store", "", "What is left to be released, x; 1 at rest.", signed=False),
    Variable("use", "", "The part of it that a spike releases, u.", signed=False),
)


@dataclass(frozen=True)
class ShortTerm:
    """The constants of one kind of synapse; times in ms."""

    use: float  # U
    gain: float  # f
    refills: float  # tau_D
    forgets: float  # tau_F

    def rest(self, state: State) -> None:
        """Bring a cell's synapses to where they are when it has long been silent."""
        state["release"].fill(0)
        state["store"].fill(1)
        state["use"].fill(self.use)

    def follow(self, state: State, dt: float) -> None:
        """Live through a tick of `dt` ms, at whose end the cells in `spike` (batch, n) spike."""
        spike, release, store, use = (state[n] for n in ("spike", "release", "store", "use"))
        _approach(store, 1.0, decay(dt, self.refills))
        _approach(use, self.use, decay(dt, self.forgets))
        if not any_spike(spike):
            release.fill(0)
            return
        np.multiply(store, use, out=release)
        release *= spike
        store -= release
        use += spike * self.gain * (1 - use)


def _approach(values: np.ndarray, end: float, keep: float) -> None:
    """Let what is between `values` and their `end` shrink to the part `keep`, in place."""
    values -= end
    values *= keep
    values += end


KINDS = {
    "depressing": ShortTerm(use=0.9, gain=0.1, refills=20.0, forgets=1000.0),
    "facilitating": ShortTerm(use=0.02, gain=0.1, refills=100.0, forgets=100.0),
}
