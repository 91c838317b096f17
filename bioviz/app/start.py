"""Starting the window: the application object, logs, theme, and what is opened first."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from ..core.fault import BiovizError
from ..session.launch import Launch
from ..session.place import log_file
from ..session.resource import folder
from ..ui import garbage, theme
from .enter_key import EnterKey
from .screen import no_window
from .settings import load_settings, settings_path
from .window import Window

log = logging.getLogger("bioviz")


def open_window(path: str | None = None, launch: Launch | None = None) -> int:
    """Open the window on a file or on the first gallery network; returns the exit code."""
    launch = launch or Launch()
    problem = no_window(os.environ, sys.platform)
    if problem:
        raise BiovizError(problem)
    sys.setswitchinterval(0.0005)  # the training thread yields soon when the window must draw
    app = make_app()
    _keep_logs()
    settings = load_settings(settings_path())
    theme.apply(app, launch.theme or settings.theme)  # type: ignore[arg-type]
    if launch.reset_layout:
        settings = settings.model_copy(update={"layout": None, "geometry": None})
    window = Window(settings)
    _tell_of_faults(window)
    EnterKey(window)
    window.begin(Path(path) if path else None)
    window.show()
    garbage.spare_what_is()
    window.controller.pump.beaten.connect(garbage.sweep)
    return app.exec()


def make_app() -> QApplication:
    """The application object, made once."""
    # Qt fills larger areas by several threads; waking them costs more than they save, and training
    # needs the cores
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  (told to the type checker)
    app.setApplicationName("bioviz")
    app.setApplicationDisplayName("bioviz")
    app.setDesktopFileName("bioviz")
    app.setWindowIcon(QIcon(str(folder("icons") / "bioviz.svg")))
    font = QFont(app.font())
    if font.pointSizeF() < 9.5:
        font.setPointSizeF(9.5)
        app.setFont(font)
    return app


def _keep_logs() -> None:
    """Python's and Qt's messages into one rotating file; a crash leaves its stack there too."""
    place = log_file()
    place.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(place, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_on_qt_message)
    faulthandler.enable(place.open("a", encoding="utf-8"))  # kept open: a crash cannot open it


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    logging.getLogger("qt").log(levels.get(kind, logging.WARNING), "%s", text)


def _tell_of_faults(window: Window) -> None:
    """Let no exception vanish: log it, and say one sentence in the window."""

    def on_fault(
        kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("Unforeseen fault", exc_info=(kind, fault, trace))
        if threading.current_thread() is threading.main_thread():
            window.telling.tell_fault(fault)

    sys.excepthook = on_fault
    threading.excepthook = lambda args: on_fault(
        args.exc_type, args.exc_value or RuntimeError("unknown"), args.exc_traceback
    )
