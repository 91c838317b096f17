"""The history of a run: moments of it, kept ever more sparsely, to be looked at again.

Which trials are kept follows from their numbers alone, and from how coarse the history has become
(`core/grain.py`): where there are too many, or they take too much room, every other one goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf

import numpy as np

from .experiment import Experiment
from .frame import Frame, room_of, take_frame
from .grain import FIRST_STRIDE, Grain

MOST_BYTES = 256 * 2**20  # of a session's histories together
MOST = 300  # frames of a run; the eye cannot tell more apart on a line of that length


class History:
    """The frames of one run, in order. Tuples are replaced whole, so any thread may read them.

    The first frame and those with a bookmark always stay.
    """

    def __init__(self, grain: Grain | None = None) -> None:
        self.frames: tuple[Frame, ...] = ()
        self.trials: tuple[int, ...] = ()  # that are kept, in order
        self.bookmarks: Mapping[int, str] = {}  # names by trial
        self.bytes = 0
        self.limit = MOST_BYTES
        self.grain = grain or Grain()
        self.foreign = False  # whether it is from a file, and nobody has looked whether it fits
        self.due = 0.0  # the next trial to be kept
        self.last = -1  # the last one that was
        self._pruned = 0  # at which change of the grain
        self._owners: Counter[int] = Counter()  # in how many frames an array is, by identity

    @property
    def full(self) -> bool:
        """Whether not even the next frame would find room."""
        return self.due == inf

    def at(self, trial: float) -> Frame:
        """The latest frame that is not after `trial`; the first where all are."""
        frames = self.frames
        if not frames:
            raise LookupError("Nothing of this run has been kept yet.")
        place = bisect_right(frames, trial, key=_trial_of)
        return frames[max(0, place - 1)]

    # ---- keeping ---------------------------------------------------------------------------

    def keep(self, experiment: Experiment, name: str = "") -> Frame:
        """Keep the present moment, between two trials, whether or not it was due.

        With a `name` it stays; without one it may be the first to go, where there is no room.
        """
        if name:
            self.mark(experiment.trial, name)
        if self.frames and self.last == experiment.trial:
            return self.frames[-1]
        frame = take_frame(experiment, self.frames[-1] if self.frames else None)
        before = self.bytes
        self._put([*self.frames, frame])
        self._add(frame)
        if len(self.frames) == 2:
            self._begin(self.bytes - before)
        self._thin()
        return frame

    def take(self, frames: Sequence[Frame], bookmarks: Mapping[int, str]) -> None:
        """Begin with frames that a file held."""
        self._put(list(frames))
        self._owners.clear()
        self.bytes = 0
        for frame in self.frames:
            self._add(frame)
        self.bookmarks = dict(bookmarks)
        self._thin()

    def still(self) -> History:
        """The same moments in a history that does not grow, to be written to a file."""
        copy = History(self.grain)
        copy.frames, copy.trials = self.frames, self.trials
        copy.bookmarks, copy.bytes = self.bookmarks, self.bytes
        return copy

    def cut(self, trial: int) -> None:
        """Forget what came after a trial."""
        gone = [frame for frame in self.frames if frame.trial > trial]
        self._put([frame for frame in self.frames if frame.trial <= trial])
        for frame in gone:
            self._drop(frame)
        self.bookmarks = {at: name for at, name in self.bookmarks.items() if at <= trial}

    def mark(self, trial: int, name: str) -> None:
        """Give a kept moment a name, under which it stays; an empty one takes it away."""
        others = {at: words for at, words in self.bookmarks.items() if at != trial}
        self.bookmarks = dict(sorted((others | ({trial: name} if name else {})).items()))

    def _begin(self, room: int) -> None:
        """Begin nearly as coarse as it will soon be, where few frames of that room find theirs."""
        fitting = max(1, self.limit // room)
        coarse = max(0, (MOST // fitting).bit_length() - 1)
        self.grain.coarsen(FIRST_STRIDE << coarse, coarse)
        self._prune()

    def _put(self, frames: list[Frame]) -> None:
        self.frames = tuple(frames)
        self.trials = tuple(frame.trial for frame in frames)
        self.last = frames[-1].trial if frames else -1
        self.due = self.grain.next(self.last)

    def _add(self, frame: Frame) -> None:
        self.bytes += room_of(frame.meta)
        for array in frame.arrays.values():
            self.bytes += 0 if self._owners[id(array)] else _room(array)
            self._owners[id(array)] += 1

    def _drop(self, frame: Frame) -> None:
        self.bytes -= room_of(frame.meta)
        for array in frame.arrays.values():
            self._owners[id(array)] -= 1
            if not self._owners[id(array)]:
                del self._owners[id(array)]
                self.bytes -= _room(array)

    # ---- thinning --------------------------------------------------------------------------

    def _thin(self) -> None:
        """Grow coarser until there are not too many and they do not take too much room."""
        if self._pruned != self.grain.changes:
            self._prune()
        while len(self.frames) > MOST or self.bytes > self.limit:
            if not self._grow_coarser():
                self._stop()
                return

    def _grow_coarser(self) -> bool:
        """Drop every other one of the more numerous kind; False where there is nothing to drop."""
        free = [frame.trial for frame in self.frames if not self._stays(frame)]
        if not free:
            return False
        grain = self.grain
        even = sum(trial % grain.stride == 0 for trial in free)
        spread = sum(grain.on_grid(trial) for trial in free)
        if even == spread == 0:
            grain.drop_decades()
        elif even >= spread:
            grain.coarsen(2 * grain.stride, grain.widened)
        else:
            grain.coarsen(grain.stride, grain.widened + 1)
        self._prune()
        return True

    def _prune(self) -> None:
        """Let go of the frames that are not wanted at the present coarseness."""
        wanted, self._pruned = self.grain.wanted, self.grain.changes
        kept = [frame for frame in self.frames if self._stays(frame) or wanted(frame.trial)]
        if len(kept) < len(self.frames):
            held = set(map(id, kept))
            gone = [frame for frame in self.frames if id(frame) not in held]
            self._put(kept)
            for frame in gone:
                self._drop(frame)
        self.due = self.grain.next(self.last)

    def _stop(self) -> None:
        """Keep nothing more: what must stay takes all the room."""
        if len(self.frames) > 1 and self.frames[-1].trial not in self.bookmarks:
            self._drop(self.frames[-1])
            self._put(list(self.frames[:-1]))
        self.due = inf

    def _stays(self, frame: Frame) -> bool:
        return frame is self.frames[0] or frame.trial in self.bookmarks


def keep_histories(experiments: Sequence[Experiment]) -> None:
    """Have experiments that run side by side keep histories, of the same trials, from now on."""
    grain = Grain()
    for experiment in experiments:
        history = experiment.history = experiment.history or History()
        grain.follow(*history.grain.plain)
        history.grain = grain
        history.limit = MOST_BYTES // len(experiments)
    for experiment in experiments:
        if experiment.between_trials and experiment.history is not None:
            experiment.history.keep(experiment)


def keep_if_due(experiment: Experiment) -> None:
    """Keep the trial that is just over in the run's history, if there is one and it is time."""
    history = experiment.history
    if history is not None and experiment.trial >= history.due:
        history.keep(experiment)


def _room(array: np.ndarray) -> int:
    return int(array.nbytes) + 128


def _trial_of(frame: Frame) -> int:
    return frame.trial
