"""Taking, describing and drawing figures in other threads: the window never waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from ..core.snapshot import Snapshot, take
from ..figures.gather import Described, Options, describe, figures_of, wanted_of
from ..figures.panel import PanelFigure
from .looking_back import LookingBack
from .waiting import Else, Then, Waiting

Looked = Callable[[], tuple[Options, Sequence[Any]]]  # the panels' options, and the earlier runs
NOTHING_BUILT = "There is no network to draw yet; wait until it is built."


class Press(Protocol):
    """Does something off the main thread."""

    def run(self, work: Callable[[], Any], then: Then, otherwise: Else) -> None: ...


class FigurePress(QObject):
    """Asks what figures need of the run that is looked at, and draws in a thread of its own.

    What is asked of the run is an order of its own, so the panels' snapshots go on undisturbed.
    """

    def __init__(
        self, looking: LookingBack, waiting: Waiting, looked: Looked, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._looking = looking
        self._waiting = waiting
        self._looked = looked
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bioviz figures")

    def figures(self, keys: Sequence[str]) -> list[PanelFigure]:
        """The figures of some panels as they are looked at now; none before there is a network."""
        catalogue = self._looking.source.catalogue
        options, earlier = self._looked()
        return figures_of(catalogue, keys, options, earlier) if catalogue else []

    def describe(self, keys: Sequence[str], then: Then, otherwise: Else) -> None:
        """Give a list of Described to `then`: what each panel shows at this moment."""
        source, figures = self._looking.source, self.figures(keys)
        catalogue = source.catalogue
        if catalogue is None:
            otherwise(ValueError(NOTHING_BUILT))
            return
        wanted, build = wanted_of(figures), catalogue.build
        taken = source.do(lambda runs: take(build, runs, wanted))
        self._waiting.follow(taken, partial(self._put, figures, then, otherwise), otherwise)

    def _put(
        self, figures: Sequence[PanelFigure], then: Then, otherwise: Else, snapshot: Snapshot
    ) -> None:
        self.run(partial(_described, figures, snapshot), then, otherwise)

    def run(self, work: Callable[[], Any], then: Then, otherwise: Else) -> None:
        """Do something off the main thread, one after the other."""
        self._waiting.follow(self._pool.submit(work), then, otherwise)

    def close(self) -> None:
        """End the thread, once what it draws is drawn."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _described(figures: Sequence[PanelFigure], snapshot: Snapshot) -> list[Described]:
    return [describe(figure, snapshot) for figure in figures]


class Proof(QObject):
    """A preview's picture: of what is wished last, however fast the wishes come."""

    drawn = Signal(object)  # what was made: a PNG, and perhaps what is known of it
    failed = Signal(object)

    def __init__(self, press: Press, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._press = press
        self._wish: Callable[[], Any] | None = None
        self.busy = False

    def want(self, draw: Callable[[], Any]) -> None:
        """Do this, off the main thread, as soon as what is being drawn now is done."""
        self._wish = draw
        if not self.busy:
            self._begin()

    def _begin(self) -> None:
        if self._wish is not None:
            wish, self._wish, self.busy = self._wish, None, True
            self._press.run(wish, self._on_drawn, self._on_failed)

    def _on_drawn(self, image: Any) -> None:
        self.busy = False
        if self._wish is None:
            self.drawn.emit(image)
        self._begin()

    def _on_failed(self, fault: BaseException) -> None:
        self.busy = False
        if self._wish is None:
            self.failed.emit(fault)
        self._begin()
