"""A save fully happens or leaves the old file, whatever fails and whenever the process dies."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bioviz.session import atomic
from bioviz.session.atomic import MARK, sweep, write_file, write_text
from bioviz.session.fault import SessionError
from bioviz.session.file import load, save

from .sample import session, trained

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("nth", [1, 2])
def test_whichever_call_fails_the_file_is_whole(
    call: str, nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.bioviz"
    save(path, session(trained(10)))
    count = 0
    real = getattr(os, call)

    def failing(*args: Any) -> Any:
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    monkeypatch.setattr(atomic.os, call, failing)
    if (call, nth) == ("replace", 2):
        save(path, session(trained(20)))  # there is only one
    else:
        with pytest.raises(SessionError, match="No space left on device"):
            save(path, session(trained(20)))
    monkeypatch.undo()
    state = load(path).states[0]
    assert state is not None
    after_the_replace = (call, nth) in [("fsync", 2), ("replace", 2)]
    assert state.meta["trial"] == (20 if after_the_replace else 10)
    assert left(tmp_path) == ["a.bioviz"]


def test_the_nth_write_failing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    for nth in range(1, 6):

        def write(stream: Any, nth: int = nth) -> None:
            for count in range(1, 6):
                if count == nth:
                    raise OSError(errno.EIO, "Input/output error")
                stream.write(b"new")

        with pytest.raises(SessionError, match="is as it was"):
            write_file(path, write)
        assert path.read_text() == "old"
        assert left(tmp_path) == ["a.txt"]


def test_what_does_not_read_back_is_never_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def refuse(_beside: Path) -> None:
        raise SessionError("It is damaged.")

    with pytest.raises(SessionError, match="damaged"):
        write_file(path, lambda _stream: None, refuse)
    assert path.read_text() == "old"
    assert left(tmp_path) == ["a.txt"]


def test_a_target_held_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refusals = os.replace, [1, 1, 1]

    def held(*args: Any) -> None:
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "held by a virus scanner")
        real(*args)

    monkeypatch.setattr(atomic.os, "replace", held)
    write_text(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_target_held_for_good_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_args: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(atomic.os, "replace", held)
    monkeypatch.setattr(atomic, "PATIENCE", 0.1)
    with pytest.raises(SessionError, match=r"a\.txt' could not be written"):
        write_text(tmp_path / "a.txt", "new")
    assert left(tmp_path) == []


def test_a_missing_folder_or_a_folder_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="could not be written"):
        write_text(tmp_path / "no" / "a.txt", "new")
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(SessionError, match="could not be written"):
        write_text(tmp_path / "a.txt", "new")


@POSIX
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    write_text(real, "old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_leftovers_older_than_a_day_are_swept_and_nothing_else(tmp_path: Path) -> None:
    old = time.time() - 2 * atomic.DAY
    names = {f"{MARK}a.bioviz.0123456789ab": old, f"{MARK}b.bioviz.0123456789ab": time.time(),
             f"{MARK}notes.txt": old, "a.bioviz": old}  # fmt: skip
    for name, when in names.items():
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (when, when))
    sweep(tmp_path)
    assert left(tmp_path) == sorted(set(names) - {f"{MARK}a.bioviz.0123456789ab"})


SAVER = """
import sys
from pathlib import Path
from bioviz.session.file import load, save
from bioviz.session.atomic import MARK
saved = load(sys.argv[1])
print("ready", flush=True)
while True:
    saved.states[0].meta["trial"] += 1
    save(sys.argv[1], saved)
"""


def test_killing_a_process_that_saves_never_harms_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bioviz"
    save(path, session(trained(10)))
    trials = [10]
    for index in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        with child.stdout:
            assert child.stdout.readline() == "ready\n"
            time.sleep(0.05 + 0.013 * index)
            child.kill()
            child.wait()
        state = load(path).states[0]
        assert state is not None
        trials.append(state.meta["trial"])
    assert trials == sorted(trials)
    assert trials[-1] > 10
