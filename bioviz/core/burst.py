"""Bursts, as rules keep them and metrics and panels read them: two signals in one train of spikes.

A unit's *events* are single spikes or whole bursts; a part p of them are bursts. Events carry what
the unit hears from below, the burst probability what its dendrite hears from above, and the burst
rate is their product. Bursts more probable than expected teach a unit's synapses to grow.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .layer import Layer
from .network import Network
from .unit import Variable

STRAIGHT = 0.5  # the burst probability at which a dendrite's sigmoid is steepest and straightest

BURST_PROB = Variable(
    "burst_prob", "", "Burst probability P with the teacher: what part of the events are bursts.",
    signed=False,
)  # fmt: skip
BURST_EXPECTED = Variable(
    "burst_expected", "", "Expected burst probability P̄: that of the same input without a teacher.",
    signed=False,
)  # fmt: skip
BURST_RATE = Variable(
    "burst_rate", "", "Burst rate: the event rate times the burst probability.", signed=False
)


@dataclass(frozen=True)
class BurstMeans:
    """Means over a layer's units and over examples.

    Of both rates, of P and P̄, of |P - P̄|, and of |P̄ - 1/2|.
    """

    event_rate: float
    burst_rate: float
    probability: float
    expected: float
    difference: float
    distance: float


def bursts(layer: Layer) -> bool:
    """Whether a layer's units burst."""
    return BURST_PROB.name in layer.state and BURST_EXPECTED.name in layer.state


def burst_means(net: Network) -> dict[str, BurstMeans]:
    """What the layers that burst now hold, by name; none under rules without bursts."""
    return {layer.name: _means(layer) for layer in net.chain if bursts(layer)}


def _means(layer: Layer) -> BurstMeans:
    state = layer.state
    probability, expected = state[BURST_PROB.name], state[BURST_EXPECTED.name]
    return BurstMeans(
        event_rate=float(layer.rate.mean()),
        burst_rate=float(state[BURST_RATE.name].mean()),
        probability=float(probability.mean()),
        expected=float(expected.mean()),
        difference=float(np.abs(probability - expected).mean()),
        distance=float(np.abs(expected - STRAIGHT).mean()),
    )
