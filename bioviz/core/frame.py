"""A frame: one moment of a run, between two trials, with all that panels can show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .experiment import Experiment
from .seen import capture_seen, restore_seen, same_bits
from .spec import ExperimentSpec
from .spike_account import GAPS
from .state import State
from .task import Dataset

SMALL = 4096  # bytes below which an array is copied sooner than compared
PLAIN = 8192  # bytes that a frame's plain facts take, roughly
NUMBER = 32  # and one number among them
PARTS = ("seen", "spikes", "bursts")  # beside the state


@dataclass(frozen=True, eq=False)
class Frame:
    """A moment of a run as plain data: nothing in it ever changes, and frames share what is equal.

    `meta` is JSON-ready: under "state" what the run goes on from, under "rows" how much of each
    channel was there, and under "seen", "spikes" and "bursts" what panels look at beyond. `arrays`
    are named likewise, as `state/W2.w` and `seen/activity/h1.rate`. `spec` and `data` are those of
    that moment.
    """

    trial: int
    spec: ExperimentSpec
    data: Dataset
    meta: dict[str, Any]
    arrays: dict[str, np.ndarray]

    @property
    def state(self) -> State:
        """What a run can go on from, without the rows of its channels."""
        return State(self.meta["state"], self.part("state"))

    def part(self, name: str) -> dict[str, np.ndarray]:
        """The arrays of one part, by the rest of their names."""
        start = f"{name}/"
        return {k.removeprefix(start): a for k, a in self.arrays.items() if k.startswith(start)}


def take_frame(experiment: Experiment, before: Frame | None = None) -> Frame:
    """The present moment of a run that stands between two trials; it shares with the one before."""
    meta: dict[str, Any] = {
        "state": experiment.meta(),
        "rows": {name: channel.size for name, channel in experiment.channels.items()},
    }
    live = {f"state/{address}": array for address, array in experiment.kept_arrays().items()}
    captured = (capture_seen(experiment), experiment.spikes.capture(), experiment.bursts.capture())
    for name, (facts, arrays) in zip(PARTS, captured, strict=True):
        meta[name] = facts
        live |= {f"{name}/{key}": array for key, array in arrays.items()}
    held = before.arrays if before else {}
    kept = {key: _kept(array, held.get(key)) for key, array in live.items()}
    return Frame(experiment.trial, experiment.spec, experiment.data, meta, kept)


def show_frame(frame: Frame, twin: Experiment, original: Experiment) -> None:
    """Have a twin show a frame, and the original's channels as far as they went then."""
    twin.describe_as(frame.spec, frame.data)
    nothing = {name: np.empty((0, 2)) for name in twin.channels}
    state = frame.state
    twin.restore(State(state.meta, state.arrays, nothing))
    twin.spikes.restore(frame.meta["spikes"], frame.part("spikes"))
    twin.bursts.restore(frame.meta["bursts"], frame.part("bursts"))
    restore_seen(twin, frame.meta["seen"], frame.part("seen"))
    for name, channel in twin.channels.items():
        if name in original.channels:
            channel.borrow(original.channels[name], frame.meta["rows"].get(name, 0))


def branch_state(frame: Frame, original: Experiment) -> State:
    """The state to go on from at a frame, with the original's channels up to there.

    An experiment of the frame's description that takes it and runs equals a run from there on that
    never ended, bit for bit.
    """
    channels = {
        name: np.stack(channel.read(0, frame.meta["rows"].get(name, 0)), axis=1)
        for name, channel in original.channels.items()
    }
    arrays = {address: array.copy() for address, array in frame.state.arrays.items()}
    return State(frame.state.meta, arrays, channels)


def room_of(meta: dict[str, Any]) -> int:
    """Roughly the bytes that a frame's plain facts take; all that can be many are counted."""
    layers = meta["state"]["spikes"]["layers"].values() if meta["state"]["spikes"] else ()
    rows = (row for layer in layers for name in GAPS for row in layer[name])
    return PLAIN + NUMBER * (sum(map(len, rows)) + 4 * len(meta["state"]["markers"]))


def _kept(array: np.ndarray, before: np.ndarray | None) -> np.ndarray:
    """An array that nobody will change: the one before, where it is equal, or a copy."""
    if array is before or not array.flags.writeable:
        return array
    if before is not None and array.nbytes > SMALL and same_bits(array, before):
        return before
    copy = np.array(array)
    copy.flags.writeable = False
    return copy
