"""Burst-Poisson cell: a soma that spikes, and a dendrite that decides which events are bursts.

The two do not drive each other. After each event a coin with P = f(V_d), E_d = -57 mV and
D = 6 mV, decides on a burst, whose second spike follows 5 to 15 ms later; 20 ms after every spike
the cell is refractory. So the burst probability is a plain function of the dendrite's input.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, in the
version that their XOR network uses.
"""

from __future__ import annotations

from ..core.two_compartment import TwoCompartmentUnit


class BurstPoisson(TwoCompartmentUnit):
    """Events by the soma; the dendrite's potential is the odds of a burst."""

    key = "burst_poisson"
    title = "Burst-Poisson cell"
    help = "Its soma makes events; its dendrite, by chance, makes some of them bursts."
    coupled = False
    half = -57.0
    refractory = 20.0
    second = (5.0, 15.0)
