"""A whole window on the real engine, driven without a timer: beat by beat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bioviz.app.settings import Settings
from bioviz.app.window import FIRST, Window
from bioviz.core.experiment import Experiment
from bioviz.core.spec import Stop
from bioviz.core.status import Mode
from bioviz.session.gallery import session_of
from bioviz.ui import theme

from ..waiting import wait_until


class Driver:
    """Does with a window what a person would, and waits for what comes of it."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.controller = window.controller
        self.trainer = window.controller.trainer
        self.qtbot = qtbot

    def until(self, true: Callable[[], bool], timeout: int = 20_000) -> None:
        """Beat until something is so."""

        def beaten() -> bool:
            self.controller.pump.beat()
            return true()

        wait_until(beaten, timeout=timeout)

    def settle(self) -> None:
        """Wait until everything asked for has been done, and shown."""
        self.trainer.do(lambda _: None).result(20)
        self.until(lambda: self.trainer.status.mode not in (Mode.PLAYING, Mode.BUILDING))
        self.until(lambda: not self.controller.waiting)

    def advance(self, count: int) -> None:
        self.trainer.advance(count)
        self.settle()

    def press(self, key: str) -> None:
        """Trigger an action by its key in the table."""
        self.window.actions_by_key[key].trigger()
        self.settle()

    def play(self) -> None:
        """Play without an end, and wait until it does."""
        self.window.run_bar.stop_changed.emit(Stop())
        self.settle()
        self.trainer.play()
        self.until(lambda: self.trainer.status.mode is Mode.PLAYING)

    @property
    def trial(self) -> int:
        return self.trainer.status.positions[0].trial

    def weights(self) -> dict[str, np.ndarray]:
        def copy(runs: list[Experiment]) -> dict[str, np.ndarray]:
            return {name: array.copy() for name, array in runs[0].net.weights().items()}

        return self.trainer.do(copy).result(20)  # type: ignore[no-any-return]

    def open(self, path: Path) -> None:
        self.window.files.open_path(path)
        self.settle()


def drop(target: QWidget, path: Path) -> None:
    """Let go of a file over a widget."""
    data = QMimeData()  # the event does not keep it alive
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, buttons = QPointF(5, 5), Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, buttons, held))


@contextmanager
def open_window(folder: Path, qtbot: QtBot) -> Iterator[Driver]:
    """A window of a new user's, whose files lie in this folder; closed and freed after."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIOVIZ_CONFIG_DIR", str(folder / "config"))
        patch.setenv("BIOVIZ_STATE_DIR", str(folder / "state"))
        theme.apply(app, "light")
        window = Window(Settings())
        window.begin(None)
        window.controller.pump.stop()
        window.resize(1280, 720)
        window.show()
        qtbot.waitExposed(window)
        driving = Driver(window, qtbot)
        driving.until(lambda: driving.trainer.catalogue is not None)
        driving.settle()
        window.views.complete()
        yield driving
        window.leave()
        window.deleteLater()  # now: what other fixtures take back is not to dress it once more
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A window of a test's own."""
    with open_window(tmp_path, qtbot) as driving:
        yield driving


@pytest.fixture
def driver(fresh: Driver) -> Driver:
    return fresh


@pytest.fixture(scope="module")
def kept_window(
    request: pytest.FixtureRequest, qapp: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    with open_window(tmp_path_factory.mktemp("window"), QtBot(request)) as driving:
        yield driving


@pytest.fixture
def onlooker(kept_window: Driver) -> Driver:
    """A window that a whole module looks through: making one takes longer than most of its tests.

    It shows the first network anew, in the first layout; whoever chooses anything that stays takes
    a `fresh` one.
    """
    kept_window.window.show_session(session_of(FIRST))
    kept_window.settle()
    kept_window.press("reset_layout")
    return kept_window


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Whichever test comes first, there is an application: a pixmap without one aborts."""
