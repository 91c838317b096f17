"""One tick of cells with a soma and a dendrite; the equations stand with the units.

What is done to one cell stands in functions of plain numbers, which cost nothing to call; handing
them the arrays would cost more than all that they do.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from .chance import shower, uniform
from .telling import tell

if TYPE_CHECKING:
    from ..two_compartment import Cells, Tick


@njit(cache=True, nogil=True)
def live(cells: Cells, forced: np.ndarray, c: Tick, seed: np.ndarray, coupled: bool) -> None:
    """Bring a layer's cells on by one tick, in place.

    Where `coupled`, the two compartments drive each other and bursts come of that; else a coin
    decides on a burst at every event. `forced` (batch, n) holds 1 for cells that are made to spike.
    """
    v, v_d, w_s, w_d, threshold, g_e, g_i, d_e, d_i, current, injected, drive = cells[:12]
    pause, pending, since, fresh, spike, event, burst, rate = cells[12:]
    for b in range(v.shape[0]):
        shower(g_e[b], c.soma_hits, c.soma_excitation, seed)
        shower(g_i[b], c.soma_hits, c.soma_inhibition, seed)
        shower(d_e[b], c.dendrite_hits, c.dendrite_excitation, seed)
        shower(d_i[b], c.dendrite_hits, c.dendrite_inhibition, seed)
        for i in range(v.shape[1]):
            amp_s = c.b_w * w_s[b, i] + current[b, i] + c.soma_current
            amp_d = c.a_w * w_d[b, i] + injected[b, i] + c.dendrite_current
            if coupled:
                opened, kicked = _open(v_d[b, i], c), since[b, i] < c.kick_for
                amp_s += c.g_s * opened
                amp_d += c.g_d * opened + (c.kick if kicked else 0.0)
            soma = v[b, i]
            v[b, i] = _soma(soma, g_e[b, i], g_i[b, i], amp_s, c)
            v_d[b, i] = _dendrite(v_d[b, i], soma, d_e[b, i], d_i[b, i], amp_d, c)
            g_e[b, i] = g_e[b, i] * c.keep_e + max(drive[b, i], 0.0)
            g_i[b, i] = g_i[b, i] * c.keep_i - min(drive[b, i], 0.0)
            d_e[b, i] *= c.keep_e
            d_i[b, i] *= c.keep_i
            w_s[b, i] *= c.keep_w_s
            w_d[b, i] += c.step_w_d * (v_d[b, i] - c.rest - w_d[b, i])
            threshold[b, i] = c.theta + (threshold[b, i] - c.theta) * c.keep_theta
            pause[b, i] = max(pause[b, i] - 1.0, 0.0)
            since[b, i] += c.dt
            above = v[b, i] > threshold[b, i] and pause[b, i] == 0.0
            begins = above or forced[b, i] != 0.0
            fired = begins or pending[b, i] == 1.0
            pending[b, i] = max(pending[b, i] - 1.0, 0.0)
            if begins:
                v[b, i] = c.rest
                threshold[b, i] += c.jump
                w_s[b, i] += 1.0
                if not coupled and uniform(seed) < _open(v_d[b, i], c):
                    pending[b, i] = math.floor((c.soonest + c.spread * uniform(seed)) / c.dt)
            spike[b, i] = 1.0 if fired else 0.0
            if fired:
                pause[b, i] = c.pause
            tell(fired, since, fresh, event, burst, b, i, c.gap)
            rate[b, i] = rate[b, i] * c.keep_rate + c.per_event * event[b, i]


@njit(cache=True, nogil=True)
def _open(dendrite: float, c: Tick) -> float:
    """f(V_d): how far a dendrite is open, or how probable a burst."""
    return 1.0 / (1.0 + math.exp((c.half - dendrite) / c.slope))


@njit(cache=True, nogil=True)
def _soma(v: float, g_e: float, g_i: float, amp: float, c: Tick) -> float:
    """The soma's potential after an implicit Euler step under the current `amp` in pA."""
    moved = v + c.dt * ((c.rest + g_i * c.e_i) / c.tau_s + amp / c.c_s)
    return moved / (1.0 + c.dt * (1.0 + g_e + g_i) / c.tau_s)


@njit(cache=True, nogil=True)
def _dendrite(v: float, soma: float, d_e: float, d_i: float, amp: float, c: Tick) -> float:
    """The dendrite's; its synapses go by the potential of the soma: see the unit."""
    into = d_e * -soma + d_i * (c.e_i - soma)
    moved = v + c.dt * ((c.rest + into) / c.tau_d + amp / c.c_d)
    return moved / (1.0 + c.dt / c.tau_d)
