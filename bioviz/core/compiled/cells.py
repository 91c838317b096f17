"""One tick of cells with a soma and a dendrite; the equations stand with the units.

A layer's variables come as parts of one array (variables, batch, n), and what its cells share as a
record: handing over each by itself would cost as much as the loops do. Every loop does one thing to
few rows, none of them in need of a choice, so that the processor takes several cells at a time;
only where a cell spikes is it looked at alone.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from ..two_compartment import VARIABLES
from .chance import shower, uniform
from .telling import tell

# The places of the variables, in their order
(RATE, SPIKE, EVENT, BURST, V, V_D, W_S, W_D, THRESHOLD, G_E, G_I, D_E, D_I, CURRENT, INJECTED,
 PAUSE, PENDING, SINCE, FRESH, DRIVE) = range(len(VARIABLES))  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def live(
    cells: np.ndarray, forced: np.ndarray, shared: np.ndarray, seed: np.ndarray, coupled: bool
) -> None:
    """Bring a layer's cells on by one tick, in place.

    Where `coupled`, the two compartments drive each other and bursts come of that; else a coin
    decides on a burst at every event. `forced` (batch, n) holds 1 for cells that are made to spike.
    """
    c = shared[0]
    for b in range(cells.shape[1]):
        shower(cells[G_E, b], c.soma_hits, c.soma_excitation, seed)
        shower(cells[G_I, b], c.soma_hits, c.soma_inhibition, seed)
        shower(cells[D_E, b], c.dendrite_hits, c.dendrite_excitation, seed)
        shower(cells[D_I, b], c.dendrite_hits, c.dendrite_inhibition, seed)
        _move(cells, b, c, coupled)
        _decay(cells, b, c)
        _spike(cells, b, forced[b], c, seed, coupled)
        _follow(cells[RATE, b], cells[EVENT, b], c)


@njit(cache=True, nogil=True, error_model="numpy")
def _move(cells: np.ndarray, b: int, c: Any, coupled: bool) -> None:
    """Move both potentials on by an implicit Euler step under what there is."""
    into_soma, into_dendrite = _currents(cells, b, c)
    if coupled:
        _couple(cells, b, c, into_soma, into_dendrite)
    _dendrites(cells, b, c, into_dendrite)  # first, for they go by where the soma still is
    _somata(cells, b, c, into_soma)


@njit(cache=True, nogil=True, error_model="numpy")
def _currents(cells: np.ndarray, b: int, c: Any) -> tuple[np.ndarray, np.ndarray]:
    """What adaptation, task and background send into each soma and each dendrite, in pA."""
    w_s, current, w_d, injected = (
        cells[W_S, b],
        cells[CURRENT, b],
        cells[W_D, b],
        cells[INJECTED, b],
    )
    b_w, a_w, soma, dendrite = c.b_w, c.a_w, c.soma_current, c.dendrite_current
    into_soma, into_dendrite = np.empty(w_s.size), np.empty(w_s.size)
    for i in range(w_s.size):
        into_soma[i] = b_w * w_s[i] + current[i] + soma
    for i in range(w_d.size):
        into_dendrite[i] = a_w * w_d[i] + injected[i] + dendrite
    return into_soma, into_dendrite


@njit(cache=True, nogil=True, error_model="numpy")
def _couple(
    cells: np.ndarray, b: int, c: Any, into_soma: np.ndarray, into_dendrite: np.ndarray
) -> None:
    """Add what an open dendrite sends to both, and what a spike sends back into the dendrite."""
    v_d, since = cells[V_D, b], cells[SINCE, b]
    for i in range(v_d.size):
        opened, kicked = _open(v_d[i], c), since[i] < c.kick_for
        into_soma[i] += c.g_s * opened
        into_dendrite[i] += c.g_d * opened + (c.kick if kicked else 0.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _somata(cells: np.ndarray, b: int, c: Any, into: np.ndarray) -> None:
    v, g_e, g_i = cells[V, b], cells[G_E, b], cells[G_I, b]
    dt, rest, e_i, tau, capacity = c.dt, c.rest, c.e_i, c.tau_s, c.c_s
    for i in range(v.size):
        moved = v[i] + dt * ((rest + g_i[i] * e_i) / tau + into[i] / capacity)
        v[i] = moved / (1.0 + dt * (1.0 + g_e[i] + g_i[i]) / tau)


@njit(cache=True, nogil=True, error_model="numpy")
def _dendrites(cells: np.ndarray, b: int, c: Any, into: np.ndarray) -> None:
    """Their synapses go by the potential of the soma: see the unit."""
    v, v_d, d_e, d_i = cells[V, b], cells[V_D, b], cells[D_E, b], cells[D_I, b]
    dt, rest, e_i, tau, capacity = c.dt, c.rest, c.e_i, c.tau_d, c.c_d
    for i in range(v_d.size):
        heard = d_e[i] * -v[i] + d_i[i] * (e_i - v[i])
        moved = v_d[i] + dt * ((rest + heard) / tau + into[i] / capacity)
        v_d[i] = moved / (1.0 + dt / tau)


@njit(cache=True, nogil=True, error_model="numpy")
def _decay(cells: np.ndarray, b: int, c: Any) -> None:
    """Let everything that fades do so, and what has arrived enter the soma's conductances."""
    g_e, g_i, drive = cells[G_E, b], cells[G_I, b], cells[DRIVE, b]
    keep_e, keep_i = c.keep_e, c.keep_i
    for i in range(g_e.size):
        g_e[i] = g_e[i] * keep_e + max(drive[i], 0.0)
    for i in range(g_i.size):
        g_i[i] = g_i[i] * keep_i - min(drive[i], 0.0)
    _shrink(cells[D_E, b], keep_e)
    _shrink(cells[D_I, b], keep_i)
    _shrink(cells[W_S, b], c.keep_w_s)
    w_d, v_d, step, rest = cells[W_D, b], cells[V_D, b], c.step_w_d, c.rest
    for i in range(w_d.size):
        w_d[i] += step * (v_d[i] - rest - w_d[i])
    threshold, theta, keep_theta = cells[THRESHOLD, b], c.theta, c.keep_theta
    for i in range(threshold.size):
        threshold[i] = theta + (threshold[i] - theta) * keep_theta
    pause, since, dt = cells[PAUSE, b], cells[SINCE, b], c.dt
    for i in range(pause.size):
        pause[i] = max(pause[i] - 1.0, 0.0)
    for i in range(since.size):
        since[i] += dt


@njit(cache=True, nogil=True)
def _shrink(values: np.ndarray, keep: float) -> None:
    for i in range(values.size):
        values[i] *= keep


@njit(cache=True, nogil=True, error_model="numpy")
def _spike(
    cells: np.ndarray, b: int, forced: np.ndarray, c: Any, seed: np.ndarray, coupled: bool
) -> None:
    """Let spike who is above the threshold, is made to, or is due for a burst's second spike."""
    v, threshold, pause, pending = (
        cells[V, b],
        cells[THRESHOLD, b],
        cells[PAUSE, b],
        cells[PENDING, b],
    )
    spike, event, burst = cells[SPIKE, b], cells[EVENT, b], cells[BURST, b]
    spike[:] = event[:] = burst[:] = 0.0
    for i in range(v.size):
        begins = (v[i] > threshold[i] and pause[i] == 0.0) or forced[i] != 0.0
        if not begins and pending[i] == 0.0:
            continue
        due = pending[i] == 1.0
        pending[i] = max(pending[i] - 1.0, 0.0)
        if begins:
            v[i] = c.rest
            threshold[i] += c.jump
            cells[W_S, b, i] += 1.0
            if not coupled and uniform(seed) < _open(cells[V_D, b, i], c):
                pending[i] = math.floor((c.soonest + c.spread * uniform(seed)) / c.dt)
        if begins or due:
            spike[i] = 1.0
            pause[i] = c.pause
            tell(cells[SINCE, b], cells[FRESH, b], event, burst, i, c.gap)


@njit(cache=True, nogil=True)
def _follow(rate: np.ndarray, event: np.ndarray, c: Any) -> None:
    """Let the running average follow the events, in Hz."""
    keep, per_event = c.keep_rate, c.per_event
    for i in range(rate.size):
        rate[i] = rate[i] * keep + per_event * event[i]


@njit(cache=True, nogil=True, error_model="numpy")
def _open(dendrite: float, c: Any) -> float:
    """f(V_d): how far a dendrite is open, or how probable a burst."""
    return 1.0 / (1.0 + math.exp((c.half - dendrite) / c.slope))
