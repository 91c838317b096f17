"""The history of a run: moments of it, kept ever more sparsely, to be looked at again.

Which trials are kept follows from their numbers alone, and from how coarse the history has become:
0, 1, 2, 5, 10, 20, ...; trials about five percent apart; and the multiples of a stride. Where there
are too many, or they take too much room, the stride doubles or the percentage does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, inf, log

import numpy as np

from .experiment import Experiment
from .frame import Frame, room_of, take_frame
from .probe import decades

MOST_BYTES = 256 * 2**20  # of a session's histories together
MOST = 300  # frames of a run; the eye cannot tell more apart on a line of that length
APART = 1.05  # of trials on the logarithmic grid, before it is widened
FIRST_STRIDE = 4
COARSEST = 12  # after so many widenings it has but a few places in any run


class History:
    """The frames of one run, in order. Tuples are replaced whole, so any thread may read them.

    The first frame and those with a bookmark always stay.
    """

    def __init__(self) -> None:
        self.frames: tuple[Frame, ...] = ()
        self.bookmarks: Mapping[int, str] = {}  # names by trial
        self.bytes = 0
        self.limit = MOST_BYTES
        self.stride = FIRST_STRIDE  # multiples of it are kept
        self.widened = 0  # how often the logarithmic grid was made twice as wide
        self.sparse = False  # whether 0, 1, 2, 5, 10, ... may go as well
        self.due = 0.0  # the next trial to be kept
        self.last = -1  # the last one that was
        self._owners: Counter[int] = Counter()  # in how many frames an array is, by identity

    @property
    def trials(self) -> tuple[int, ...]:
        """The trials that are kept, in order."""
        return tuple(frame.trial for frame in self.frames)

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

    def follow(self, experiment: Experiment) -> None:
        """Keep the present moment if it is time; to be called after every whole trial."""
        trial = experiment.trial
        if trial <= self.last:  # the run was put back
            self.cut(trial - 1)
        if trial >= self.due:
            self.keep(experiment)

    def keep(self, experiment: Experiment) -> Frame:
        """Keep the present moment, between two trials, whether or not it is time."""
        if self.frames and self.frames[-1].trial >= experiment.trial:
            self.cut(experiment.trial)
            if self.frames[-1].trial == experiment.trial:
                return self.frames[-1]
        frame = take_frame(experiment, self.frames[-1] if self.frames else None)
        self._put([*self.frames, frame])
        self._add(frame)
        if len(self.frames) == 1:
            self._begin()
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

    def coarsen(self, stride: int, widened: int, *, sparse: bool) -> None:
        """Keep no more than another history that has become coarser."""
        self.stride, self.widened = max(self.stride, stride), max(self.widened, widened)
        self.sparse = self.sparse or sparse
        self._prune()

    def _begin(self) -> None:
        """Begin as coarse as it will soon be, where frames are so large that few find room."""
        fitting = max(1, self.limit // self.bytes)
        coarse = max(0, (MOST // fitting).bit_length() - 1)
        self.coarsen(FIRST_STRIDE << coarse, max(0, coarse - 1), sparse=False)

    def _put(self, frames: list[Frame]) -> None:
        self.frames = tuple(frames)
        self.last = frames[-1].trial if frames else -1
        self.due = self._next(self.last)

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
        while len(self.frames) > MOST or self.bytes > self.limit:
            if not self._grow_coarser():
                self._stop()
                return

    def _grow_coarser(self) -> bool:
        """Drop every other one of the more numerous kind; False where there is nothing to drop."""
        free = [frame.trial for frame in self.frames if not self._stays(frame)]
        if not free:
            return False
        even = sum(trial % self.stride == 0 for trial in free)
        spread = sum(self._on_grid(trial) for trial in free)
        if even == spread == 0:
            self.sparse = True
        elif even >= spread:
            self.stride *= 2
        else:
            self.widened += 1
        self._prune()
        return True

    def _prune(self) -> None:
        """Let go of the frames that are not wanted at the present coarseness."""
        kept = [frame for frame in self.frames if self._stays(frame) or self._wanted(frame.trial)]
        if len(kept) < len(self.frames):
            held = set(map(id, kept))
            gone = [frame for frame in self.frames if id(frame) not in held]
            self._put(kept)
            for frame in gone:
                self._drop(frame)
        self.due = self._next(self.last)

    def _stop(self) -> None:
        """Keep nothing more: what must stay takes all the room."""
        if len(self.frames) > 1 and self.frames[-1].trial not in self.bookmarks:
            self._drop(self.frames[-1])
            self._put(list(self.frames[:-1]))
        self.due = inf

    def _stays(self, frame: Frame) -> bool:
        return frame is self.frames[0] or frame.trial in self.bookmarks

    def _wanted(self, trial: int) -> bool:
        if trial % self.stride == 0 or (decades(trial) and not self.sparse):
            return True
        return self._on_grid(trial)

    def _on_grid(self, trial: int) -> bool:
        """Whether a trial lies on the logarithmic grid, which in the end has no places left."""
        if self.widened >= COARSEST or trial <= 0:
            return False
        return _grid((_place(trial) >> self.widened) << self.widened) == trial

    def _next(self, trial: int) -> float:
        """The next trial that is wanted after one."""
        if trial < 0:
            return 0
        found = [(trial // self.stride + 1) * self.stride]
        if self.widened < COARSEST:
            found.append(_grid(((_place(trial) >> self.widened) + 1) << self.widened))
        if not self.sparse:
            decade = 10 ** len(str(trial))
            found += [part for part in (decade, decade // 2, decade // 5) if part > trial]
        return min(found)


def follow(experiments: Sequence[Experiment]) -> tuple[int, float]:
    """Keep the present moment of experiments that run side by side, all at the same trials.

    Returns the last trial that is kept and the next that will be: between them it need not be
    called.
    """
    histories = [_history_of(experiment) for experiment in experiments]
    limit = MOST_BYTES // max(1, len(histories))
    for experiment, history in zip(experiments, histories, strict=True):
        history.limit = limit
        history.follow(experiment)
    if len(histories) > 1:
        _level(histories)
    return max(one.last for one in histories), min(one.due for one in histories)


def _history_of(experiment: Experiment) -> History:
    if experiment.history is None:
        experiment.history = History()
    return experiment.history


def _level(histories: Sequence[History]) -> None:
    """Have all be as coarse as the coarsest, so that one can be held against the other."""
    levels = {(one.stride, one.widened, one.sparse) for one in histories}
    if len(levels) > 1:
        strides, widths, sparse = zip(*levels, strict=True)
        for one in histories:
            one.coarsen(max(strides), max(widths), sparse=any(sparse))


def _place(trial: int) -> int:
    """The last place of the logarithmic grid that is not after a trial."""
    return int(log(trial) / log(APART)) if trial > 0 else -1


def _grid(place: int) -> int:
    """The trial at a place of the logarithmic grid."""
    return ceil(APART**place)


def _room(array: np.ndarray) -> int:
    return int(array.nbytes) + 128


def _trial_of(frame: Frame) -> int:
    return frame.trial
