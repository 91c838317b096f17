"""A bench for panels: a real trainer and pump, beaten by hand."""

from __future__ import annotations

from typing import Any

from bioviz.core.experiment import build
from bioviz.core.intervention import Intervention
from bioviz.core.snapshot import Wanted
from bioviz.core.status import Mode
from bioviz.core.trainer import Trainer
from bioviz.ui.panel import Panel
from bioviz.ui.pump import Pump

from ..waiting import wait_until


class Bench:
    """Panels on a running engine; `beat` asks and shows until all that was asked has come."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.trainer = Trainer()
        self.pump = Pump(self.trainer)
        self.asked: list[Wanted] = []
        self.failed: list[str] = []
        self.pump.panel_failed.connect(self._note)
        self._ask = self.trainer.ask
        self.trainer.ask = self._listen  # type: ignore[method-assign]

    def load(self, spec: Any) -> None:
        """Build `spec`, and tell the panels."""
        self.trainer.load(lambda _: [build(spec)]).result(30)
        for panel in self.pump._panels:
            panel.rebuild(self.trainer.catalogue)
        self.pump.refresh()

    def add(self, panel: Panel, *, show: bool = True) -> Panel:
        """Put a panel on the bench, as the window would."""
        self.qtbot.addWidget(panel)
        panel.resize(480, 320)
        panel.ordered.connect(self.order)
        if self.trainer.catalogue is not None:
            panel.rebuild(self.trainer.catalogue)
        if show:
            panel.show()
        self.pump.add(panel)
        return panel

    def order(self, what: Intervention) -> None:
        self.trainer.do(lambda experiments: what.apply(experiments[0])).result(10)
        self.pump.refresh()

    def advance(self, trials: int) -> None:
        """Train, wait until it rests, and show where it stands."""
        self.trainer.advance(trials)
        self.trainer.do(lambda _: None).result(30)
        wait_until(lambda: self.trainer.status.mode is not Mode.PLAYING, timeout=30_000)
        self.beat()

    def beat(self) -> None:
        """Ask for what is wanted now, and show it."""
        reply = self.trainer.mailbox
        wait_until(lambda: not self.pump._waiting or reply._reply is not None)
        self.pump.beat()  # what came of an earlier question
        wait_until(lambda: not self.pump._waiting or reply._reply is not None)
        self.pump.beat()
        self.pump.refresh()
        count = len(self.asked)
        self.pump.beat()
        if len(self.asked) > count and self.asked[-1]:
            wait_until(lambda: self.trainer.mailbox._reply is not None, timeout=10_000)
            self.pump.beat()
        assert not self.failed

    def read(self, address: str) -> Any:
        """Return a copy of an array of the live network."""
        return self.trainer.do(lambda experiments: experiments[0].net[address].copy()).result(10)

    def close(self) -> None:
        self.pump.stop()
        assert self.trainer.close()

    def _note(self, panel: Panel, why: str) -> None:
        self.failed.append(f"{panel.key}: {why}")

    def _listen(self, wanted: Wanted) -> None:
        self.asked.append(wanted)
        self._ask(wanted)
