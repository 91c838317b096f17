"""Waiting for what other threads and the event loop bring."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

LONGEST = 20  # ms between two looks


def wait_until(true: Callable[[], object], timeout: int = 5_000) -> None:
    """Let events come until something is so; AssertionError after `timeout` milliseconds.

    It looks again after a tenth of the time that it has waited, at first after a millisecond:
    pytest-qt's own waits for ten, half of a short test, and who looks too often keeps others up.
    """
    began = time.perf_counter()
    while not true():
        waited = 1000 * (time.perf_counter() - began)
        assert waited < timeout, f"Waited for {timeout} ms in vain."
        loop = QEventLoop()  # QTest's wait would keep the interpreter from the training thread
        QTimer.singleShot(int(min(max(1, waited / 10), LONGEST)), loop.quit)
        loop.exec()
