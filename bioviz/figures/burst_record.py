"""What the bursts panel has heard of pools of cells so far, and the curves that come of it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ..core.request_bursts import KEPT, Bursts, BurstsReply, PoolBins
from .word import number

SMOOTH = 5  # bins up to now that a curve is averaged over: one alone holds too few events
MOST_TOGETHER = 4  # pools of a layer that are told apart beside other layers
MOST_ALONE = 8  # and where it is seen alone: as many as there are colours


@dataclass(frozen=True, eq=False)
class PoolLine:
    """One pool over time, or the mean of too many to be told apart; all (bins,)."""

    key: str
    name: str
    help: str
    event: np.ndarray  # Hz
    probability: np.ndarray
    expected: np.ndarray
    burst: np.ndarray  # Hz
    teacher: np.ndarray  # pA


class BurstRecord:
    """The bins of one experiment, as they come in; those that are asked for next follow them."""

    def __init__(self, index: int) -> None:
        self._index = index
        self._held: BurstsReply | None = None

    def wanted(self) -> Bursts:
        """Ask for what is not known yet."""
        life = self._held.life if self._held else 0
        return Bursts(self._next, life, self._index)

    def take(self, reply: BurstsReply) -> bool:
        """Add what came; False where that was nothing."""
        held = self._held
        if held is None or held.life != reply.life:
            self._held = reply
            return True
        fresh = reply.numbers >= self._next  # an answer may come twice
        if not fresh.any():
            return False
        self._held = BurstsReply(
            reply.life,
            reply.width,
            _join(held.numbers, reply.numbers[fresh]),
            _join(held.teaching, reply.teaching[fresh]),
            {name: _joined(held.layers[name], bins, fresh) for name, bins in reply.layers.items()},
        )
        return True

    @property
    def _next(self) -> int:
        """The number of the bin that is not known yet."""
        held = self._held
        return int(held.numbers[-1]) + 1 if held is not None and len(held.numbers) else 0

    @property
    def now(self) -> float:
        """The end of the last bin, in s."""
        return self._next * self._held.width / 1000 if self._held else 0.0

    def since(self, start: float) -> BurstView | None:
        """What came after `start` s; None where nothing did."""
        held = self._held
        if held is None:
            return None
        late = held.numbers * held.width >= 1000 * start - 1e-6
        return BurstView(held, late) if late.any() else None


class BurstView:
    """A part of a record without holes: NaN where nobody was counting."""

    def __init__(self, reply: BurstsReply, part: np.ndarray) -> None:
        self._reply, self._part = reply, part
        numbers = reply.numbers[part]
        self._first, self._count = int(numbers[0]), int(numbers[-1] - numbers[0]) + 1
        self._rows = numbers - numbers[0]

    def times(self) -> np.ndarray:
        """The middle of each bin, in s."""
        return (self._first + np.arange(self._count) + 0.5) * self._reply.width / 1000

    def teaching(self) -> list[tuple[float, float]]:
        """From when to when the teacher was there, in s."""
        taught = np.concatenate([[False], self._spread(self._reply.teaching) > 0.5, [False]])
        turns = (self._first + np.flatnonzero(np.diff(taught))) * self._reply.width / 1000
        return [(float(a), float(b)) for a, b in turns.reshape(-1, 2)]

    def lines(self, layer: str, *, alone: bool = False) -> list[PoolLine]:
        """A layer's pools, or their mean where there are too many."""
        bins = self._reply.layers.get(layer)
        if bins is None:
            return []
        count = bins.events.shape[1]
        if count > (MOST_ALONE if alone else MOST_TOGETHER):
            return [self._mean(layer, bins)]
        if count == 1:
            return [self._line(layer, layer, f"All cells of {layer}", bins, 0)]
        return [
            self._line(layer, f"{layer} pool {n + 1}", f"One of {count} pools of {layer}", bins, n)
            for n in range(count)
        ]

    def _line(self, layer: str, name: str, words: str, bins: PoolBins, n: int) -> PoolLine:
        held = (bins.events, bins.bursts, bins.expected, bins.current)
        return self._drawn(f"{layer}/{n}", name, words, *(array[:, n] for array in held))

    def _mean(self, layer: str, bins: PoolBins) -> PoolLine:
        """The mean of all pools; what they expect counts as often as they have events."""
        weight = np.where(np.isfinite(bins.expected), bins.events, 0)
        expected = (np.nan_to_num(bins.expected) * weight).sum(axis=1)
        return self._drawn(
            f"{layer}/mean",
            layer,
            f"The mean of all {bins.events.shape[1]} pools of {layer}",
            bins.events.mean(axis=1),
            bins.bursts.mean(axis=1),
            _ratio(expected, weight.sum(axis=1)),
            bins.current.mean(axis=1),
        )

    def _drawn(
        self,
        key: str,
        name: str,
        words: str,
        events: np.ndarray,
        bursts: np.ndarray,
        expected: np.ndarray,
        current: np.ndarray,
    ) -> PoolLine:
        """A curve of each quantity, where events and bursts are averaged over SMOOTH bins."""
        event, burst = _smooth(self._spread(events)), _smooth(self._spread(bursts))
        words = f"{words}, averaged over the last {number(SMOOTH * self._reply.width / 1000)} s"
        drawn = (event, _ratio(burst, event), self._spread(expected), burst, self._spread(current))
        return PoolLine(key, name, words, *drawn)

    def _spread(self, values: np.ndarray) -> np.ndarray:
        spread: np.ndarray = np.full(self._count, np.nan)
        spread[self._rows] = values[self._part]
        return spread


def _join(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return np.concatenate([before, after])[-KEPT:]


def _joined(before: PoolBins, after: PoolBins, fresh: np.ndarray) -> PoolBins:
    names = [field.name for field in fields(PoolBins)]
    return PoolBins(*(_join(getattr(before, n), getattr(after, n)[fresh]) for n in names))


def _smooth(values: np.ndarray) -> np.ndarray:
    """The mean of the last SMOOTH values that are known: nothing shows before it is so."""
    known = np.isfinite(values)
    window = np.ones(SMOOTH)
    total = np.convolve(np.where(known, values, 0.0), window)[: len(values)]
    means = _ratio(total, np.convolve(known, window)[: len(values)])
    means[~known] = np.nan
    return means


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    ratio = np.full(below.shape, np.nan)
    np.divide(above, below, out=ratio, where=below > 0)
    return ratio
