"""Run as a program: opens a real window, measures one thing, prints it as JSON.

A process of its own for each measurement, so that a launch is a launch and nothing is warmed by
the one before. Usage: python -m tests.benchmarks.window_trial launch|drawing|pause NETWORK SECONDS
"""

from __future__ import annotations

import time

BEGAN = time.perf_counter()

from bioviz.ui import forwarding, garbage  # noqa: E402

garbage.keep_to_this_thread()  # as the program itself does
forwarding.import_pyqtgraph()

import json  # noqa: E402
import os  # noqa: E402
import random  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
from functools import cache  # noqa: E402
from pathlib import Path  # noqa: E402

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from bioviz.app.settings import Settings  # noqa: E402
from bioviz.app.start import make_app  # noqa: E402
from bioviz.app.window import Window  # noqa: E402
from bioviz.core.spec import Stop  # noqa: E402
from bioviz.core.status import Mode  # noqa: E402
from bioviz.ui import theme  # noqa: E402

sys.setswitchinterval(0.0005)  # as the program itself does


WARM = 10.0  # seconds
STRETCH = 0.35


class Trial:
    """One window on the real engine."""

    def __init__(self, network: str) -> None:
        self.app: QApplication = make_app()
        theme.apply(self.app, "light")
        self.window = Window(Settings())
        self.window.begin(None)
        self.window.show()
        self.trainer = self.window.controller.trainer
        self.late: list[float] = []  # seconds by which a timer of ten milliseconds came too late
        self._rang = time.perf_counter()
        self._robbed = _robbed()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ring)
        garbage.spare_what_is()
        self.window.controller.pump.beaten.connect(garbage.sweep)
        self.spin_until(lambda: self.trainer.catalogue is not None)
        self.launched = time.perf_counter() - BEGAN
        self.spin_until(lambda: self.window.controller.pump.drawn > 0)
        self.drawn = time.perf_counter() - BEGAN
        self._take_room()
        if network:
            build = self.trainer.status.build
            self.window.open_network(network)
            self.spin_until(lambda: self.trainer.status.build > build)
            self.spin(1.0)  # nobody presses play sooner
        self.window.run_bar.stop_changed.emit(Stop())
        self.window.run_bar.set_speed(None)

    def _take_room(self) -> None:
        """Be as large as on a small laptop, also where there is no screen: that is smaller."""
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.spin(0.2)
        self.window.resize(1280, 720)
        self.window.centre.reset_layout()
        self.spin(0.2)

    def _ring(self) -> None:
        now, robbed = time.perf_counter(), _robbed()
        self.late.append(max(0.0, now - self._rang - 0.010 - (robbed - self._robbed)))
        self._rang, self._robbed = now, robbed

    def lateness(self, seconds: float) -> list[float]:
        """By how much a timer of ten milliseconds comes too late, while it plays: each time.

        It runs at no other time: a tenth of the window's work would be its own.
        """
        self.late.clear()
        self._rang, self._robbed = time.perf_counter(), _robbed()
        self._timer.start(10)
        self.spin(seconds)
        self._timer.stop()
        return self.late

    def spin(self, seconds: float) -> None:
        """Run the event loop as the program does: asleep until something is to be done."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def spin_until(self, true, seconds: float = 20.0) -> None:  # type: ignore[no-untyped-def]
        end = time.perf_counter() + seconds
        while not true():
            self.spin(0.005)
            if time.perf_counter() > end:
                raise TimeoutError

    def play(self, seconds: float) -> None:
        """Press play, and let it go on for some time."""
        self.trainer.play()
        self.spin_until(lambda: self.trainer.status.mode is Mode.PLAYING)
        self.spin(seconds)

    def test_never(self) -> None:
        """Answer the test set no more: that takes as long as a hundred trials, now and then.

        Where such a pass falls would decide what a short stretch tells. It loses less to drawing
        than trials do: on MNIST half as much.
        """

        def order(runs) -> None:  # type: ignore[no-untyped-def]
            runs[0].recorder.test_every = sys.maxsize

        self.trainer.do(order).result(20)

    def speed(self, seconds: float) -> float:
        """Samples a second over a stretch of playing."""
        seen = self.trainer.do(lambda runs: runs[0].trial * runs[0].spec.batch).result(20)
        began = time.perf_counter()
        self.spin(seconds)
        after = self.trainer.do(lambda runs: runs[0].trial * runs[0].spec.batch).result(20)
        return float(after - seen) / (time.perf_counter() - began)

    def pause_seconds(self) -> float:
        """How long it takes from asking for a pause to standing still."""
        began = time.perf_counter()
        self.trainer.pause()
        self.trainer.do(lambda _: None).result(20)
        return time.perf_counter() - began

    def close(self) -> None:
        self.window.leave()


def main() -> None:
    what, network, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    trial = Trial("" if what == "launch" else network)
    found: dict[str, float] = {"launched": trial.launched, "drawn": trial.drawn}
    if what == "drawing":
        found |= _drawing(trial, seconds)
    if what == "pause":
        trial.play(1.5)
        pauses = []
        for _ in range(10):
            trial.spin(0.2)
            pauses.append(trial.pause_seconds())
            trial.trainer.play()
        found["pause"] = max(pauses)
    trial.close()
    print(json.dumps(found))


def _robbed() -> float:
    """Seconds for which this thread was ready and had no processor: other programs' doing.

    Waiting for the interpreter's lock is not among them. 0 where the system does not tell.
    """
    account = _account()
    return int(os.pread(account, 80, 0).split()[1]) / 1e9 if account is not None else 0.0


@cache
def _account() -> int | None:
    """Where the system tells of this thread: kept open, as opening it takes longer than a panel."""
    told = Path("/proc/thread-self/schedstat")
    return os.open(told, os.O_RDONLY) if told.exists() else None


SETTINGS = {"watch": "watch", "fast": "fast", "off": "off", "again": "off"}  # by what is told


def _drawing(trial: Trial, seconds: float) -> dict[str, float]:
    """What part of its undrawn speed training keeps with panels live, and with less drawing.

    Stretches are so short, and so mixed, that a slow moment of the machine meets all alike; "again"
    is undrawn too, and tells by how much two that are alike differ. The run is ten seconds old by
    then.
    """
    trial.play(WARM)
    trial.test_never()
    rounds: list[dict[str, float]] = []
    rates: list[float] = []
    for _ in range(max(2, round(seconds / STRETCH))):
        speeds = {}
        for share in random.sample(list(SETTINGS), len(SETTINGS)):
            trial.window.memory.set_drawing(SETTINGS[share])
            trial.spin(0.2)
            before = trial.window.controller.pump.drawn
            speeds[share] = trial.speed(STRETCH)
            if share == "watch":
                rates.append((trial.window.controller.pump.drawn - before) / STRETCH)
        rounds.append(speeds)
    trial.window.memory.set_drawing("watch")
    late = sorted(trial.lateness(seconds))
    kept = {share: [speeds[share] / speeds["off"] for speeds in rounds] for share in SETTINGS}
    return {share: statistics.median(ratios) for share, ratios in kept.items()} | {
        "error": statistics.stdev(kept["watch"]) / len(rounds) ** 0.5,  # standard, of "watch"
        "off": statistics.median(speeds["off"] for speeds in rounds),  # samples a second
        "late_p95": late[int(len(late) * 0.95)],
        "late_max": late[-1],  # the longest time that the event loop was kept
        "rate": statistics.mean(rates),
    }


if __name__ == "__main__":
    main()
