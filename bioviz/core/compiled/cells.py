"""One tick of cells with a soma and a dendrite; the equations stand with the units."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from .chance import shower, uniform


@njit(cache=True, nogil=True)
def live(
    state: tuple[np.ndarray, ...],
    forced: np.ndarray,
    c: np.ndarray,
    seed: np.ndarray,
    coupled: bool,
) -> None:
    """Bring a layer's cells on by one tick, in place.

    `state` holds arrays (batch, n) in the order of `bioviz.core.two_compartment.ARRAYS`, `c` the
    constants in the order of `TwoCompartmentUnit._of_tick`. Where `coupled`, the two compartments
    drive each other and bursts come of that; else a coin decides on a burst at every event.
    `forced` (batch, n) holds 1 for cells that are made to spike.
    """
    v, vd, ws, wd, theta, ge, gi, de, di = state[:9]
    current, injected, drive = state[9:12]
    pause, pending, since, fresh, spike, event, burst, rate = state[12:20]
    dt, rest, tau_s, cap_s, tau_d, cap_d = c[0], c[1], c[2], c[3], c[4], c[5]
    e_i, b_w, a_w, step_wd, keep_ws, keep_theta = c[6], c[7], c[8], c[9], c[10], c[11]
    threshold, jump, half, slope = c[12], c[13], c[14], c[15]
    g_s, g_d, kick, kick_ms = c[16], c[17], c[18], c[19]
    pause_ticks, gap, after, spread = c[20], c[21], c[22], c[23]
    keep_e, keep_i, keep_rate, per_event = c[24], c[25], c[26], c[27]
    steady_s, steady_d = c[28], c[29]
    for b in range(v.shape[0]):
        shower(ge[b], c[30], c[31], seed)
        shower(gi[b], c[30], c[32], seed)
        shower(de[b], c[33], c[34], seed)
        shower(di[b], c[33], c[35], seed)
        for i in range(v.shape[1]):
            soma, dendrite = v[b, i], vd[b, i]
            # the soma's potential, not the dendrite's: see the unit
            into_d = de[b, i] * -soma + di[b, i] * (e_i - soma)
            amp_s = b_w * ws[b, i] + current[b, i] + steady_s
            amp_d = a_w * wd[b, i] + injected[b, i] + steady_d
            if coupled:
                opened = 1.0 / (1.0 + math.exp((half - dendrite) / slope))
                amp_s += g_s * opened
                amp_d += g_d * opened
                if since[b, i] < kick_ms:
                    amp_d += kick
            soma += dt * ((rest + gi[b, i] * e_i) / tau_s + amp_s / cap_s)
            soma /= 1.0 + dt * (1.0 + ge[b, i] + gi[b, i]) / tau_s
            dendrite += dt * ((rest + into_d) / tau_d + amp_d / cap_d)
            dendrite /= 1.0 + dt / tau_d
            ge[b, i] *= keep_e
            gi[b, i] *= keep_i
            de[b, i] *= keep_e
            di[b, i] *= keep_i
            ws[b, i] *= keep_ws
            wd[b, i] += step_wd * (dendrite - rest - wd[b, i])
            theta[b, i] = threshold + (theta[b, i] - threshold) * keep_theta
            pause[b, i] = max(pause[b, i] - 1.0, 0.0)
            since[b, i] += dt
            fired = False
            if forced[b, i] != 0.0 or (soma > theta[b, i] and pause[b, i] == 0.0):
                fired = True
                soma = rest
                theta[b, i] += jump
                ws[b, i] += 1.0
                if not coupled:
                    chance = 1.0 / (1.0 + math.exp((half - dendrite) / slope))
                    if uniform(seed) < chance:
                        pending[b, i] = math.floor((after + spread * uniform(seed)) / dt) + 1.0
            elif pending[b, i] == 1.0:
                fired = True
            pending[b, i] = max(pending[b, i] - 1.0, 0.0)
            v[b, i], vd[b, i] = soma, dendrite
            spike[b, i] = event[b, i] = burst[b, i] = 0.0
            if fired:
                pause[b, i] = pause_ticks
                spike[b, i] = 1.0
                if since[b, i] > gap:
                    event[b, i] = fresh[b, i] = 1.0
                elif fresh[b, i] == 1.0:
                    burst[b, i] = 1.0
                    fresh[b, i] = 0.0
                since[b, i] = 0.0
            if drive[b, i] > 0.0:
                ge[b, i] += drive[b, i]
            else:
                gi[b, i] -= drive[b, i]
            rate[b, i] = rate[b, i] * keep_rate + per_event * event[b, i]
