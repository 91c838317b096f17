"""The pump: one timer that asks for what visible panels want and hands them what has come."""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import replace
from math import inf

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal

from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.status import Mode, Status
from ..core.trainer import Trainer
from ..core.vantage import Vantage
from . import motion
from .calls import Calls
from .panel import Panel

log = logging.getLogger(__name__)

# Part of the time that drawing may take; training of short steps loses just that, as it stands back
# meanwhile, and others rather less.
SHARES = {"watch": 0.14, "fast": 0.05, "off": 0.0}
TO_SPARE = 3  # times as much where the run keeps the speed that it is set to
FASTEST = 33  # ms between two beats: 30 Hz
LONG_TURN = 0.003  # seconds after which the event loop goes on between two panels
SLOWEST = 500


class Pump(QObject):
    """Pulls snapshots at up to 30 Hz and slows itself down where drawing takes too long.

    Nothing is pushed out of the training thread. A hidden panel is asked for nothing; a panel
    that fails is told to the window, which shows the fault in its place.
    """

    status_changed = Signal(object)  # the trainer's Status
    panel_failed = Signal(object, str)  # a Panel, and why

    def __init__(self, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.trainer = trainer
        self.beaten = Calls()  # after every beat: what must follow the run without being a panel
        self._source = trainer  # whose snapshots are shown: the one that trains, or one of the past
        self.rate = 0.0  # beats a second that really drew something
        self.drawn = 0  # snapshots handed out so far
        self._panels: list[Panel] = []
        self._due: dict[Panel, float] = {}
        self._asked: dict[Panel, tuple[Vantage, Wanted]] = {}  # from where, and what
        self._lit: list[Panel] = []  # the panels that were seen when they were looked through last
        self._looked = -inf  # when that was
        self._status: Status | None = None
        self._told: Status | None = None  # the last that was reported, and when
        self._told_at = 0.0
        self._stale = True
        self._waiting = False
        self._share = SHARES["watch"]
        self._began = 0.0
        self._drew = 0.0
        self._cost = 0.0  # of a beat, in ms of this thread's time
        self._left: deque[tuple[Panel, int, Snapshot]] = deque()  # what is still to be handed out
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # others come up to a twentieth late
        self._timer.timeout.connect(self._begin)
        self._next = QTimer(self)
        self._next.timeout.connect(self._go_on)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._govern)

    def start(self) -> None:
        self._timer.start(FASTEST)

    def stop(self) -> None:
        self._timer.stop()
        self._next.stop()
        self._settled.stop()
        self.trainer.turn.give()

    def add(self, panel: Panel) -> None:
        self._panels.append(panel)
        panel.changed.connect(self.refresh)
        self.refresh()

    def remove(self, panel: Panel) -> None:
        self._panels.remove(panel)
        self._left = deque(turn for turn in self._left if turn[0] is not panel)
        self._due.pop(panel, None)
        self._asked.pop(panel, None)
        self._lit = [one for one in self._lit if one is not panel]

    @property
    def looking_back(self) -> bool:
        """Whether what is shown is not what trains."""
        return self._source is not self.trainer

    def look_at(self, source: Trainer) -> None:
        """Show what this trainer holds from now on; the status is still that of what trains."""
        if source is not self._source:
            self._source, self._waiting = source, False
            self._left.clear()
        self.refresh()

    def set_share(self, name: str) -> None:
        """Choose how much of the time drawing may take: "watch", "fast" or "off"."""
        self._share = SHARES[name]
        self.refresh()

    def refresh(self) -> None:
        """Ask again at the next beat, although the run may stand still."""
        self._stale = True
        self._looked = -inf
        self._due.clear()

    def beat(self) -> None:
        """Hand out what has come, then ask for more; all at once."""
        self._begin()
        while self._next.isActive():
            self._go_on()

    def _begin(self) -> None:
        """Take what has come, and hand it to one panel after the other.

        Those that take long have a turn of the event loop of their own, so that keys, the mouse and
        other timers never wait for all of them; others share one, as each turn costs something: the
        window is put together anew after each.
        """
        if self._next.isActive():
            return  # the last is not handed out yet
        self._began = time.thread_time()
        snapshot = self._source.mailbox.take()
        if snapshot is not None:
            self.trainer.turn.take()  # until all of it is painted: two at once take longer, both
        self._follow(self.trainer.status)
        if snapshot is not None:
            self._waiting = False
            if snapshot.build == self._source.status.build and self._answers(snapshot):
                self._show(snapshot)
        self._go_on()

    def _go_on(self) -> None:
        """Hand the snapshot to the next panels; after the last one, ask for more."""
        ends = time.perf_counter() + LONG_TURN
        while self._left and time.perf_counter() < ends:
            self._hand_out(*self._left.popleft())
        if self._left:
            self._next.start(0)
            return
        self._next.stop()
        self._settled.start(0)  # fires after the paint events that this beat caused
        if not self._waiting:
            self._ask()
        self.beaten.emit()

    def _hand_out(self, panel: Panel, lane: int, snapshot: Snapshot) -> None:
        same = lane == panel.lane  # else it has turned to another experiment meanwhile
        if same and panel.isVisible() and snapshot.build == self._source.status.build:
            self._show_in(panel, snapshot)
            self._due[panel] = self._drew + panel.period

    def _follow(self, status: Status) -> None:
        if status != self._status:
            before, self._status = self._status, status
            moved = before is None or status.positions != before.positions
            begun = before is not None and status.mode is not before.mode  # a trial may be long
            if not self.looking_back:
                self._stale = self._stale or moved or begun
        if status != self._told and self._worth_telling(status):
            self._told, self._told_at = status, time.perf_counter()
            self.status_changed.emit(status)

    def _worth_telling(self, status: Status) -> bool:
        """Whether more has changed than how far a run is that goes on, or that long ago."""
        told = self._told
        if told is None or status.mode is not Mode.PLAYING:
            return True
        onward = replace(told, positions=status.positions, speed=status.speed)
        return status != onward or 1000 * (time.perf_counter() - self._told_at) >= motion.READABLE

    def _ask(self) -> None:
        now = time.perf_counter()
        if not self._moving or now - self._looked > motion.READABLE / 1000:
            self._look_through()
        drawing = self._share > 0 or not self._moving
        if not (self._stale and drawing):
            return
        self._asked = {
            panel: (Vantage(panel.lane), panel.wanted())
            for panel in self._lit
            if not self._moving or self._due.get(panel, 0.0) <= now
        }
        wanted = NOTHING.union(*(vantage.questions(own) for vantage, own in self._asked.values()))
        self._stale = len(self._asked) < len(self._lit)  # those that rest are still to be asked
        if wanted:
            self._waiting = True
            self._source.ask(wanted)

    def _look_through(self) -> None:
        """See which panels are on screen; one that came to light shows what is so now."""
        before, self._lit = self._lit, [panel for panel in self._panels if seen(panel)]
        if not set(before).issuperset(self._lit):
            self.refresh()  # also while paused
        self._looked = time.perf_counter()

    def _answers(self, snapshot: Snapshot) -> bool:
        """Whether it answers what was asked last, as one on its way to another view does not."""
        known = snapshot.replies.keys() | snapshot.failures.keys()
        fits = all(vantage.questions(own) <= known for vantage, own in self._asked.values())
        self._stale = self._stale or not fits
        return fits

    @property
    def playing(self) -> bool:
        """Whether a run was going on at the last beat."""
        return self._status is not None and self._status.mode is Mode.PLAYING

    @property
    def _moving(self) -> bool:
        """Whether what is shown moves by itself."""
        return self.playing and not self.looking_back

    def _show(self, snapshot: Snapshot) -> None:
        now = time.perf_counter()
        if self._drew:
            self.rate += 0.2 * (1 / max(now - self._drew, 1e-3) - self.rate)
        self._drew = now
        self.drawn += 1
        self._left.extend(
            (panel, vantage.lane, vantage.snapshot(snapshot, own))
            for panel, (vantage, own) in self._asked.items()
            if vantage.lane < len(snapshot.positions)  # else it was asked of a session before
        )

    def _show_in(self, panel: Panel, snapshot: Snapshot) -> None:
        try:
            panel.show_snapshot(snapshot)
        except Exception as error:  # a broken panel shows its error in itself; the rest goes on
            log.exception("Panel %s failed", panel.key)
            self.panel_failed.emit(panel, f"{type(error).__name__}: {error}")

    def _govern(self) -> None:
        """Set the next beat so that drawing takes no more than its share of the time.

        While nothing trains, nobody is kept from the rest of it.
        """
        cost = 1000 * (time.thread_time() - self._began)
        self._cost += 0.2 * (cost - self._cost)  # not every beat draws every panel
        share = self._share * (TO_SPARE if self.trainer.pace.kept else 1)
        wait = self._cost / share if share and self._moving else FASTEST
        least = motion.SLOWEST_BEAT if motion.reduced() and self._moving else FASTEST
        interval = int(min(max(wait, least), SLOWEST))
        further = abs(interval - self._timer.interval())
        if further > (0 if interval == least else 3) and self._timer.isActive():
            self._timer.setInterval(interval)
        self.trainer.turn.give()  # last: whoever waits takes the interpreter at once


def seen(panel: Panel) -> bool:
    """Whether any of a panel is on screen: Qt calls a tab behind another visible, off the window.

    (`visibleRegion` would not do: it is empty for a panel that its own opaque children cover.)
    """
    if not panel.isVisible():
        return False  # most are: nothing more is asked of them at every beat
    window = panel.window()
    if window.isMinimized():
        return False
    place = QRect(panel.mapTo(window, QPoint(0, 0)), panel.size())
    return window.rect().intersects(place)
