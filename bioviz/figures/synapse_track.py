"""One synapse in time, as tracks: both cells' spikes and traces, and the weight."""

from __future__ import annotations

import numpy as np

from ..core.catalogue import ExperimentEntry, ProjectionEntry
from ..core.decade import round_up
from ..core.request_timing import SynapseReply
from .span import Span
from .track import Track

PRE, POST, WEIGHT = 0, 1, 2  # the tracks, and their colours in the series


class SynapseTracks:
    """Makes tracks of one synapse after the other; their axes only ever grow."""

    def __init__(self) -> None:
        self._weights = Span()
        self._peaks = {PRE: 0.0, POST: 0.0}

    def forget(self) -> None:
        """Begin with another network."""
        self._peaks = {PRE: 0.0, POST: 0.0}
        self.forget_weights()

    def forget_weights(self) -> None:
        """Begin with another synapse."""
        self._weights.forget()

    def of(self, path: ProjectionEntry, pre: int, post: int, reply: SynapseReply) -> list[Track]:
        """The cell below, the cell above and the weight."""
        before = self._cell(f"{path.pre} {pre}", reply.pre, reply.pre_trace, PRE)
        after = self._cell(f"{path.post} {post}", reply.post, reply.post_trace, POST)
        if len(reply.w):
            self._weights.fit(float(reply.w.min()), float(reply.w.max()))
        low, high = self._weights.ends()
        return [before, after, Track("w", "weight", reply.w, None, low, high, None, WEIGHT)]

    def _cell(self, title: str, spikes: np.ndarray, trace: np.ndarray | None, place: int) -> Track:
        if trace is not None and len(trace):
            self._peaks[place] = max(self._peaks[place], round_up(float(trace.max())))
        top = 1.5 * (self._peaks[place] or 1.0)
        quantity = "" if trace is None else ("pre trace", "post trace")[place]
        return Track(title, quantity, trace, spikes > 0, 0.0, top, None, place)


def spiking_paths(entry: ExperimentEntry) -> list[ProjectionEntry]:
    """The projections between cells that spike, of whose synapses there are tracks."""
    found = []
    for path in entry.projections:
        ends = [entry.layer(name) for name in (path.pre, path.post)]
        if path.role != "feedback" and all(layer and layer.spikes for layer in ends):
            found.append(path)
    return found
