"""What all tests share: folders of their own, spec builders, and what to do without MNIST."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"  # beside the checkout


def _choose_places() -> None:
    """Point every user folder at a fresh one, before anything of bioviz or Qt is imported."""
    home = Path(tempfile.mkdtemp(prefix="bioviz-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["BIOVIZ_STATE_DIR"] = str(home / "bioviz")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name.lower())
    if "BIOVIZ_DATA_DIR" not in os.environ and SHARED_DATA.is_dir():
        os.environ["BIOVIZ_DATA_DIR"] = str(SHARED_DATA)
    no_display = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and no_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


_choose_places()

from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402  (after the folders are chosen)

from bioviz.core.spec import ExperimentSpec  # noqa: E402
from bioviz.tasks import mnist  # noqa: E402
from bioviz.ui import garbage  # noqa: E402

from . import specs  # noqa: E402

Builder = Callable[..., ExperimentSpec]


def pytest_configure(config: pytest.Config) -> None:
    garbage.keep_to_this_thread()
    config.addinivalue_line("markers", "mnist: needs the MNIST files on this machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests marked `mnist` where the data set is missing."""
    if mnist.folder() is not None:
        return
    missing = pytest.mark.skip(reason="MNIST is not on this machine; set BIOVIZ_DATA_DIR")
    for item in items:
        if item.get_closest_marker("mnist"):
            item.add_marker(missing)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Free windows in this thread, as the program does, never in one that trains.

    What is to be deleted later would wait for an event loop that a test may never run, and every
    widget that is left makes the next change of theme slower.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    garbage.sweep()


@pytest.fixture
def digits_spec() -> Builder:
    """The function `specs.digits_spec`: digits_spec(rule="backprop", learning_rate=0.2)."""
    return specs.digits_spec


@pytest.fixture
def moons_spec() -> Builder:
    return specs.moons_spec


@pytest.fixture
def linear_spec() -> Builder:
    return specs.linear_spec
