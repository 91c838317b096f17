"""Autosave and recovery: a crash costs two minutes at most, and nothing is thrown away unasked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bioviz.app.autosave import EVERY, Autosave
from bioviz.session.file import load
from bioviz.session.recovery import Recovery

from .conftest import Driver

CRASH = """
import sys, signal, os
from bioviz.core.experiment import build
from bioviz.session.file import capture_all
from bioviz.session.recovery import Recovery
from tests.specs import moons_spec
experiment = build(moons_spec())
experiment.advance(12)
recovery = Recovery()
recovery.write(capture_all([experiment]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def crashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that saved a copy and was then killed."""
    monkeypatch.setenv("BIOVIZ_STATE_DIR", str(tmp_path / "state"))
    done = subprocess.run([sys.executable, "-c", CRASH], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_copy_is_kept_only_when_it_is_time_and_there_is_something_to_lose(
    driver: Driver, tmp_path: Path
) -> None:
    now = [0.0]
    recovery = Recovery(tmp_path / "copies")
    autosave = Autosave(driver.controller, recovery, clock=lambda: now[0])
    now[0] = EVERY + 1
    autosave.consider()
    driver.settle()
    assert not list((tmp_path / "copies").rglob("*.bioviz")), "nothing was done yet"
    driver.advance(9)
    now[0] += EVERY / 2
    autosave.consider()
    driver.settle()
    assert not list((tmp_path / "copies").rglob("*.bioviz")), "it is too early"
    now[0] += EVERY
    autosave.consider()
    driver.settle()
    (copy,) = (tmp_path / "copies").rglob("*.bioviz")
    state = load(copy).states[0]
    assert state is not None
    assert state.meta["trial"] == 9
    recovery.close()


@pytest.mark.usefixtures("crashed")
def test_what_a_crash_left_is_offered_and_recovered(driver: Driver) -> None:
    driver.window.salvage.offer()
    assert "did not close properly" in driver.window.problem_bar.text
    (left,) = driver.window.autosave.recovery.find()
    driver.window.salvage.recover(left)
    driver.settle()
    assert driver.trial == 12
    assert driver.window.document.precious, "it is in no file of the user's yet"
    assert left.path.exists(), "a copy is never thrown away by itself"


@pytest.mark.usefixtures("crashed")
def test_what_a_crash_left_is_discarded_only_on_the_users_word(driver: Driver) -> None:
    driver.window.salvage.offer()
    (left,) = driver.window.autosave.recovery.find()
    driver.window.salvage.discard(left)
    assert driver.window.autosave.recovery.find() == []
    assert not driver.window.problem_bar.isVisible()


def test_nothing_is_offered_after_a_clean_end(driver: Driver) -> None:
    driver.advance(3)
    driver.window.autosave.save_now()
    driver.settle()
    own = driver.window.autosave.recovery.own
    assert list(own.glob("*.bioviz"))
    driver.window.leave()
    assert not own.exists() or not list(own.glob("*.bioviz"))
    assert os.environ["BIOVIZ_STATE_DIR"] in str(own)
