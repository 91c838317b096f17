"""Cells with a soma and a dendrite: events go up, bursts come down.

    C_s dV_s/dt = -C_s/tau_s (V_s - E_L) + b_w w_s + I_s + [g_s f(V_d)]
    C_d dV_d/dt = -C_d/tau_d (V_d - E_L) + a_w w_d + I_d + [g_d f(V_d) + zeta K(t - t_spike)]
    V_s > theta: spike, V_s = E_L, w_s += 1, theta += jump
    tau_ws dw_s/dt = -w_s          tau_wd dw_d/dt = (V_d - E_L) - w_d
    tau_th dtheta/dt = theta_0 - theta
    f(V) = 1 / (1 + exp(-(V - E_d) / D))

Conductances g, in units of the leak, add g (E - V) / tau to either compartment. That of the
dendrite uses the soma's potential, as the authors' own program does; it hardly matters while the
two are near each other. The terms in brackets couple the compartments; cells without them toss a
coin for a burst. An event is a spike more than `gap` after the last one, or the first of a burst;
a burst is told by its second spike, and counted once.

Order within a tick: background spikes arrive; both compartments move on by an implicit Euler step
under what there is; everything decays; whoever is above the threshold, or due for the second spike
of a burst, spikes; events and bursts are told apart; what arrives through the projections is added.
Source: Naud and Sprekeler (2018), PNAS 115:E6329; Payeur, Guerguiev, Zenke, Richards and Naud
(2021), Nature Neuroscience 24:1010.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np

from . import short_term
from .block import in_one_block
from .compiled import loop
from .parameter import parameter
from .spiking import SPIKE, RateParams, SpikingUnit, State, decay
from .unit import DRIVE, Variable

GAP = 16.0  # ms; spikes that come sooner after the last one belong to one burst

EVENT_RATE = Variable("rate", "Hz", "Running average of the cell's events a second.", signed=False)
EVENT = Variable("event", "", "1 in a tick in which an event begins, else 0.", signed=False)
BURST = Variable("burst", "", "1 in the tick of a burst's second spike, else 0.", signed=False)
SINCE = Variable("since", "ms", "Time since the cell's last spike.", signed=False)
FRESH = Variable("fresh", "", "1 while the last event may still become a burst.", signed=False)

VARIABLES: tuple[Variable, ...] = (
    EVENT_RATE,
    SPIKE,
    EVENT,
    BURST,
    Variable("v", "mV", "Potential of the soma."),
    Variable("v_d", "mV", "Potential of the dendrite."),
    Variable("w_s", "", "Adaptation of the soma.", signed=False),
    Variable("w_d", "mV", "Recovery of the dendrite."),
    Variable("threshold", "mV", "Threshold, which every spike raises for a while."),
    Variable("g_e", "", "Excitatory conductance of the soma, in units of the leak.", signed=False),
    Variable("g_i", "", "Inhibitory conductance of the soma.", signed=False),
    Variable("d_e", "", "Excitatory conductance of the dendrite.", signed=False),
    Variable("d_i", "", "Inhibitory conductance of the dendrite.", signed=False),
    Variable("current", "pA", "Current that the task sends into the soma."),
    Variable("injected", "pA", "Current that a teacher or the task sends into the dendrite."),
    Variable("pause", "ticks", "Ticks for which the cell stays refractory.", signed=False),
    Variable("pending", "ticks", "Ticks until the second spike of a burst.", signed=False),
    SINCE,
    FRESH,
    DRIVE,
)
PARTS = [variable.name for variable in VARIABLES]  # in one block, for the compiled loop
LONG = 1e6  # ms without a spike, for a cell that has never had one

E_L, E_I = -70.0, -80.0  # mV
C_S, TAU_S, C_D, TAU_D = 370.0, 16.0, 170.0, 7.0  # pF and ms
B_W, A_W, TAU_WS, TAU_WD = -200.0, -13.0, 100.0, 30.0  # pA, nS and ms
THETA, JUMP, TAU_THETA = -50.0, 2.0, 27.0  # mV and ms
TAU_E, TAU_I = 5.0, 10.0  # ms
SLOPE = 6.0  # mV


def noise(default: float, where: str) -> Any:
    """Declare the weight of background spikes."""
    return parameter(
        default,
        f"What each background spike adds to a conductance of the {where}, in units of the leak.",
        rebuild=True,
        ge=0,
        le=100,
        advanced=True,
    )


class CompartmentParams(RateParams):
    """What differs from layer to layer; the constants of the cells are the published ones."""

    pools: int = parameter(
        1,
        "Into how many equal groups the layer is counted; each stands for one rate unit.",
        rebuild=True,
        ge=1,
        le=1000,
    )
    synapses: Literal["events", "depressing", "facilitating"] = parameter(
        "events",
        "What the cells' synapses pass on: every event whole, every spike less soon after another, "
        "or more.",
        rebuild=True,
        names={
            "events": "Pass on events",
            "depressing": "Depressing",
            "facilitating": "Facilitating",
        },
        advanced=True,
    )
    soma_noise: float = parameter(
        500.0,
        "Excitatory, and as many inhibitory, background spikes a second into every soma.",
        title="Background of the soma",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1e5,
    )
    soma_excitation: float = noise(0.35, "soma")
    soma_inhibition: float = noise(0.35, "soma")
    dendrite_noise: float = parameter(
        500.0,
        "Excitatory, and as many inhibitory, background spikes a second into every dendrite.",
        title="Background of the dendrite",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1e5,
    )
    dendrite_excitation: float = noise(0.05, "dendrite")
    dendrite_inhibition: float = noise(0.05, "dendrite")
    soma_current: float = parameter(
        0.0, "A steady current into every soma.", unit="pA", rebuild=True, ge=-1e5, le=1e5
    )
    dendrite_current: float = parameter(
        0.0,
        "A steady current into every dendrite: it shifts how readily events become bursts.",
        unit="pA",
        rebuild=True,
        ge=-1e5,
        le=1e5,
    )


class TwoCompartmentUnit(SpikingUnit):
    """A cell whose events tell what comes from below, and whose bursts what comes from above.

    Subclasses give `key`, `title`, `help` and the constants in which they differ.
    """

    source = True
    shown = "current"
    sends = "event"
    variables = VARIABLES
    Params = CompartmentParams
    coupled: ClassVar[bool]
    half: ClassVar[float]  # mV: E_d, at which the dendrite is half open
    refractory: ClassVar[float] = 0.0  # ms
    g_s: ClassVar[float] = 0.0  # pA
    g_d: ClassVar[float] = 0.0
    kick: ClassVar[float] = 0.0  # pA: zeta, of the spike that runs back into the dendrite
    kick_for: ClassVar[float] = 0.0  # ms
    second: ClassVar[tuple[float, float]] = (0.0, 0.0)  # ms: a burst's second spike, from and to

    def __init__(self, params: Any = None) -> None:
        super().__init__(params)
        self._short_term = short_term.KINDS.get(self.params.synapses)
        if self._short_term:
            self.sends = "release"
            self.variables = (*VARIABLES, *short_term.VARIABLES)
        self._tick = (0.0, self._of_tick(1.0))  # ms, and what cells share in a tick of so many
        self._cells = (np.zeros((0, 0)), np.zeros((0, 0, 0)))  # whose block is known, and it
        self._nobody = np.zeros((1, 0))  # who is made to spike where nobody is
        self._seed = np.zeros(1, np.uint64)

    def rest(self, state: State) -> None:
        in_one_block(state, PARTS)
        super().rest(state)
        for name, value in (("v", E_L), ("v_d", E_L), ("threshold", THETA), ("since", LONG)):
            state[name].fill(value)
        if self._short_term:
            self._short_term.rest(state)

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        if self._tick[0] != dt:
            self._tick = dt, self._of_tick(dt)
        if self._cells[0] is not state["v"]:  # others were put in their place
            block = in_one_block(state, PARTS)
            self._cells = state["v"], block
            self._nobody = np.zeros_like(state["v"])
        self._seed[0] = stream.bit_generator.random_raw()
        made = self._nobody if forced is None else forced
        loop("cells", "live")(self._cells[1], made, self._tick[1], self._seed, self.coupled)
        if self._short_term:
            self._short_term.follow(state, dt)

    def _of_tick(self, dt: float) -> np.ndarray:
        """What all cells share in a tick of `dt` ms, as a record (1,) of plain numbers.

        Times in ms, `pause` in ticks; mV, pA and pF; `keep_` is what decay leaves of a thing, and
        `_hits` how many background spikes of each kind a compartment gets.
        """
        p, keep = self.params, decay(dt, self.params.tau_rate)
        soonest, latest = self.second
        return _record(
            dt=dt,
            half=self.half,
            slope=SLOPE,
            g_s=self.g_s,
            g_d=self.g_d,
            kick=self.kick,
            kick_for=self.kick_for,
            pause=round(self.refractory / dt),
            soonest=soonest,
            spread=latest - soonest,
            gap=GAP,
            rest=E_L,
            e_i=E_I,
            c_s=C_S,
            tau_s=TAU_S,
            c_d=C_D,
            tau_d=TAU_D,
            b_w=B_W,
            a_w=A_W,
            theta=THETA,
            jump=JUMP,
            soma_current=p.soma_current,
            dendrite_current=p.dendrite_current,
            soma_hits=p.soma_noise * dt / 1000,
            soma_excitation=p.soma_excitation,
            soma_inhibition=p.soma_inhibition,
            dendrite_hits=p.dendrite_noise * dt / 1000,
            dendrite_excitation=p.dendrite_excitation,
            dendrite_inhibition=p.dendrite_inhibition,
            keep_rate=keep,
            per_event=(1.0 - keep) * 1000.0 / dt,
            keep_e=decay(dt, TAU_E),
            keep_i=decay(dt, TAU_I),
            keep_w_s=decay(dt, TAU_WS),
            keep_theta=decay(dt, TAU_THETA),
            step_w_d=dt / TAU_WD,
        )


def _record(**numbers: float) -> np.ndarray:
    """Numbers under their names, as a compiled loop reads them."""
    return np.array([tuple(numbers.values())], [(name, np.float64) for name in numbers])
