"""Autosave keeps unsaved work apart from the user's files, and offers it after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bioviz.session import recovery as module
from bioviz.session.fault import SessionError
from bioviz.session.file import Saved, load
from bioviz.session.recovery import Recovery

from .sample import session, trained


@pytest.fixture(scope="module")
def saved() -> Saved:
    return session(trained(12))


CRASHING = """
import os, sys
from pathlib import Path
from bioviz.session.file import load
from bioviz.session.recovery import Recovery
recovery = Recovery(Path(sys.argv[1]))
for index in range(int(sys.argv[3])):
    recovery.write(load(sys.argv[2]), "/home/ada/moons.bioviz")
print("written", flush=True)
if sys.argv[4] == "wait":
    sys.stdin.read()
os._exit(1)
"""


def crashing(
    folder: Path, sample: Path, writes: int = 1, then: str = "die"
) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CRASHING, str(folder), str(sample), str(writes), then]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    return child


def ended(child: subprocess.Popen[str]) -> None:
    child.communicate("", timeout=20)


@pytest.fixture
def sample() -> Path:
    return Path(__file__).parent / "files" / "schema-1.bioviz"


def test_what_a_crash_left_is_found_and_opens(tmp_path: Path, sample: Path) -> None:
    ended(crashing(tmp_path, sample))
    (left,) = Recovery(tmp_path).find()
    assert left.title == "Two moons"
    assert left.original == "/home/ada/moons.bioviz"
    assert left.size == left.path.stat().st_size
    assert abs(left.time - time.time()) < 60
    assert load(left.path).build().trial == 30


def test_work_of_a_living_process_is_not_offered_until_it_is_killed(
    tmp_path: Path, sample: Path
) -> None:
    child = crashing(tmp_path, sample, then="wait")
    recovery = Recovery(tmp_path)
    assert recovery.find() == []
    child.kill()
    ended(child)
    assert len(recovery.find()) == 1


def test_the_newest_three_are_kept_newest_first(tmp_path: Path, sample: Path) -> None:
    ended(crashing(tmp_path, sample, writes=5))
    found = Recovery(tmp_path).find()
    assert len(found) == 3
    assert found == sorted(found, key=lambda left: left.time, reverse=True)
    assert len(list(tmp_path.glob("*/*.json"))) == 3


def test_one_s_own_work_is_not_offered_and_a_clean_exit_removes_it(
    tmp_path: Path, saved: Saved
) -> None:
    recovery = Recovery(tmp_path)
    assert recovery.write(saved)
    assert recovery.find() == []
    assert Recovery(tmp_path).find() == []
    recovery.close()
    assert list(tmp_path.iterdir()) == []
    recovery.close()


def test_saved_work_is_cleared_but_the_process_can_go_on(tmp_path: Path, saved: Saved) -> None:
    recovery = Recovery(tmp_path)
    recovery.write(saved)
    recovery.clear()
    assert list(tmp_path.glob("*/*.bioviz")) == []
    assert recovery.write(saved)
    recovery.close()


def test_discarding_the_last_copy_removes_its_folder(tmp_path: Path, sample: Path) -> None:
    ended(crashing(tmp_path, sample, writes=2))
    recovery = Recovery(tmp_path)
    newer, older = recovery.find()
    recovery.discard(newer)
    assert recovery.find() == [older]
    recovery.discard(older)
    recovery.discard(older)
    assert list(tmp_path.iterdir()) == []


def test_two_writes_never_overlap(
    tmp_path: Path, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go_on = threading.Event(), threading.Event()
    real = module.save

    def slow(path: Path, what: Saved) -> None:
        entered.set()
        assert go_on.wait(10)
        real(path, what)

    monkeypatch.setattr(module, "save", slow)
    recovery = Recovery(tmp_path)
    writing = threading.Thread(target=recovery.write, args=(saved,))
    writing.start()
    assert entered.wait(10)
    assert recovery.write(saved) is False
    go_on.set()
    writing.join()
    assert len(list(tmp_path.glob("*/*.bioviz"))) == 1
    recovery.close()


def test_a_damaged_note_costs_only_the_title(tmp_path: Path, sample: Path) -> None:
    ended(crashing(tmp_path, sample))
    recovery = Recovery(tmp_path)
    (left,) = recovery.find()
    for note in ("[1]", "{", '{"title": 3, "original": []}'):
        left.path.with_suffix(".json").write_text(note)
        (again,) = recovery.find()
        assert (again.title, again.original) == ("Untitled", None)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path, saved: Saved) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SessionError, match="Save often"):
        Recovery(tmp_path / "in").write(saved)


def test_a_file_in_the_folder_s_place_is_said_in_words(tmp_path: Path, saved: Saved) -> None:
    (tmp_path / "recovery").write_text("x")
    with pytest.raises(SessionError, match="Save often"):
        Recovery(tmp_path / "recovery").write(saved)


def test_the_folder_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOVIZ_STATE_DIR", "/somewhere")
    assert Recovery().folder == Path("/somewhere/recovery")
    monkeypatch.delenv("BIOVIZ_STATE_DIR")
    assert Recovery().folder.name == "recovery"
