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

    `state` holds arrays (1, n) in the order of `bioviz.core.two_compartment.ARRAYS`, `c` the
    constants in the order of `TwoCompartmentUnit._of_tick`. Where `coupled`, the two compartments drive each other
    and bursts come of that; else a coin decides on a burst at every event. `forced` (1, n) holds 1
    for cells that are made to spike.
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
    shower(ge[0], c[30], c[31], seed)
    shower(gi[0], c[30], c[32], seed)
    shower(de[0], c[33], c[34], seed)
    shower(di[0], c[33], c[35], seed)
    for i in range(v.shape[1]):
        soma, dendrite = v[0, i], vd[0, i]
        into_s = ge[0, i] * -soma + gi[0, i] * (e_i - soma)
        into_d = de[0, i] * -soma + di[0, i] * (e_i - soma)  # the soma's potential: see the unit
        amp_s = b_w * ws[0, i] + current[0, i] + steady_s
        amp_d = a_w * wd[0, i] + injected[0, i] + steady_d
        if coupled:
            opened = 1.0 / (1.0 + math.exp((half - dendrite) / slope))
            amp_s += g_s * opened
            amp_d += g_d * opened
            if since[0, i] < kick_ms:
                amp_d += kick
        soma += dt * ((rest - soma + into_s) / tau_s + amp_s / cap_s)
        dendrite += dt * ((rest - dendrite + into_d) / tau_d + amp_d / cap_d)
        ge[0, i] *= keep_e
        gi[0, i] *= keep_i
        de[0, i] *= keep_e
        di[0, i] *= keep_i
        ws[0, i] *= keep_ws
        wd[0, i] += step_wd * (dendrite - rest - wd[0, i])
        theta[0, i] = threshold + (theta[0, i] - threshold) * keep_theta
        pause[0, i] = max(pause[0, i] - 1.0, 0.0)
        since[0, i] += dt
        fired = False
        if forced[0, i] != 0.0 or (soma > theta[0, i] and pause[0, i] == 0.0):
            fired = True
            soma = rest
            theta[0, i] += jump
            ws[0, i] += 1.0
            if not coupled:
                chance = 1.0 / (1.0 + math.exp((half - dendrite) / slope))
                if uniform(seed) < chance:
                    pending[0, i] = math.floor((after + spread * uniform(seed)) / dt) + 1.0
        elif pending[0, i] == 1.0:
            fired = True
        pending[0, i] = max(pending[0, i] - 1.0, 0.0)
        v[0, i], vd[0, i] = soma, dendrite
        spike[0, i] = event[0, i] = burst[0, i] = 0.0
        if fired:
            pause[0, i] = pause_ticks
            spike[0, i] = 1.0
            if since[0, i] > gap:
                event[0, i] = fresh[0, i] = 1.0
            elif fresh[0, i] == 1.0:
                burst[0, i] = 1.0
                fresh[0, i] = 0.0
            since[0, i] = 0.0
        ge[0, i] += drive[0, i]
        rate[0, i] = rate[0, i] * keep_rate + per_event * event[0, i]
