"""A request for one synapse between two cells: their latest spikes, the potential, the weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .leaky import LeakyUnit
from .request import Request
from .spike_plasticity import SpikePlasticity

if TYPE_CHECKING:
    from .experiment import Experiment
    from .network import Network


@dataclass(frozen=True)
class Change:
    """What the latest pair of spikes did: `lag` is t_post - t_pre, `at` the later spike; in ms."""

    lag: float
    before: float
    after: float
    at: float

    @property
    def step(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class SynapseReply:
    """A synapse now; times are in ms since the run was built or put back.

    `pre` and `post` are the spikes of the last `len(v)` ticks, oldest first; `v` (ticks,) is the
    potential in mV, the latest tick last, which ended at `now`. `pending` counts the spikes that
    were ordered and are still to come.
    """

    now: float
    dt: float
    pre: tuple[float, ...]
    post: tuple[float, ...]
    v: np.ndarray
    rest: float
    threshold: float
    reset: float
    delay: float
    w: float
    w_max: float
    change: Change | None
    pending: int


@dataclass(frozen=True)
class Synapse(Request):
    """The synapse W1 of a network of two cells, over the last `ticks` ticks."""

    ticks: int = 800
    index: int = 0

    def read(self, experiment: Experiment) -> SynapseReply:
        net, memory, rule = experiment.net, experiment.spikes, experiment.rule
        if not is_one_synapse(net):
            raise ValueError("This network is not two cells and one synapse.")
        lower, upper, path = net.input, net.output, net.forward[0]
        dt = net.spec.dt
        v = memory.watch(f"{upper.name}.v", 0, self.ticks)
        w = memory.watch(f"{path.name}.w", 0, self.ticks)
        first = memory.count - np.arange(self.ticks, 0, -1)  # numbers of the last ticks
        pre, post = (
            _ticks(memory.spikes(layer.name, self.ticks), first) for layer in (lower, upper)
        )
        unit: Any = upper.unit.params
        now = float(path.w[0, 0])
        return SynapseReply(
            now=memory.count * dt,
            dt=dt,
            pre=tuple(float(tick * dt) for tick in pre),
            post=tuple(float(tick * dt) for tick in post),
            v=v if len(v) else np.array([upper.state["v"][0, 0]], np.float32),
            rest=unit.rest,
            threshold=unit.threshold,
            reset=unit.reset,
            delay=path.delay * dt,
            w=now,
            w_max=float(getattr(rule.params, "w_max", abs(now) or 1.0)),
            change=_latest(
                _pairs(pre, post, isinstance(rule, SpikePlasticity) and rule.lower_first),
                w,
                memory.count,
                dt,
            ),
            pending=experiment.electrodes.coming(lower.name)
            + experiment.electrodes.coming(upper.name),
        )


def is_one_synapse(net: Network) -> bool:
    """Whether it is one cell that can be fired by hand, leading to one with a potential."""
    return (
        [layer.size for layer in net.chain] == [1, 1]
        and net.input.unit.relays
        and isinstance(net.output.unit, LeakyUnit)
    )


def _ticks(spikes: np.ndarray, first: np.ndarray) -> list[int]:
    """The numbers of the ticks in which the one unit of `spikes` (ticks, 1) spiked."""
    numbers = first[len(first) - len(spikes) :]
    found: list[int] = numbers[spikes[:, 0] > 0].tolist()
    return found


def _latest(pairs: list[tuple[int, int]], w: np.ndarray, count: int, dt: float) -> Change | None:
    """The latest spike that had an earlier one on the other side, and what it did to the weight."""
    if not pairs:
        return None
    tick, lag = max(pairs)
    place = tick - (count - len(w))  # within w
    if place < 1:
        return None
    return Change(lag * dt, float(w[place - 1]), float(w[place]), tick * dt)


def _pairs(pre: list[int], post: list[int], lower_first: bool) -> list[tuple[int, int]]:
    """The latest spikes, and how far the other side's one before each lies: t_post - t_pre, ticks.

    Two of one tick are a pair only where they count as the lower cell's first.
    """
    ends = [(tick, 1, pre, tick + lower_first) for tick in post[-2:]]
    ends += [(tick, -1, post, tick) for tick in pre[-2:]]
    found = []
    for tick, sign, others, end in ends:
        earlier = [other for other in others if other < end]
        if earlier:
            found.append((tick, sign * (tick - earlier[-1])))
    return found
