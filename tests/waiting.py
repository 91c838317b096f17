"""Waiting for what other threads and the event loop bring."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer


def wait_until(true: Callable[[], object], timeout: int = 5_000) -> None:
    """Let events come until something is so; AssertionError after `timeout` milliseconds.

    It looks every millisecond: pytest-qt's own waits for ten, which are half of a short test.
    """
    ends = time.perf_counter() + timeout / 1000
    while not true():
        assert time.perf_counter() < ends, f"Waited for {timeout} ms in vain."
        loop = QEventLoop()  # QTest's wait would keep the interpreter from the training thread
        QTimer.singleShot(1, loop.quit)
        loop.exec()
