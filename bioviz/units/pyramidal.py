"""Pyramidal cell: a soma and an active dendrite that drive each other, so that bursts arise.

Every spike runs back into the dendrite (2,600 pA for 2 ms); where the dendrite is excited as well
it opens (g_s = 1,300 pA, g_d = 1,200 pA, E_d = -38 mV), and drives the soma to further spikes.
Source: Naud and Sprekeler (2018), PNAS 115:E6329; parameters as in Payeur, Guerguiev, Zenke,
Richards and Naud (2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from ..core.two_compartment import TwoCompartmentUnit


class Pyramidal(TwoCompartmentUnit):
    """Two coupled compartments: coincident input to both makes a burst."""

    key = "pyramidal"
    title = "Pyramidal cell"
    help = "Soma and dendrite drive each other: input to both at once makes it burst."
    coupled = True
    half = -38.0
    g_s = 1300.0
    g_d = 1200.0
    kick = 2600.0
    kick_for = 2.0
