"""The real program in a process of its own: exit codes, streams, and no Qt where none is needed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bioviz.session.file import load

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

SPY = """
import sys
from bioviz.__main__ import main
try:
    main()
finally:
    found = {name.partition(".")[0] for name in sys.modules} & {"PySide6", "pyqtgraph", "shiboken6"}
    print("QT:", sorted(found), file=sys.stderr)
"""


TELLING = """
import bioviz.cli.run as command
from bioviz.__main__ import main
command._Checkpoint.__call__ = lambda self: print("under way", flush=True)
main()
"""


def bioviz(*words: object, spy: bool = False) -> subprocess.CompletedProcess[str]:
    how = ["-c", SPY] if spy else ["-W", "error", "-m", "bioviz"]
    command = [sys.executable, *how, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, timeout=60
    )


def test_running_and_listing_never_import_qt(tmp_path: Path) -> None:
    for words in (
        ("run", "fa_digits", "--trials", 3, "--out", tmp_path / "r"),
        ("info", tmp_path / "r" / "session.bioviz"),
        ("list", "panels"),
        ("list", "networks"),
        ("--help",),
    ):
        done = bioviz(*words, spy=True)
        assert done.returncode == 0, done.stderr
        assert "QT: []" in done.stderr


def test_help_and_import_stay_light() -> None:
    code = (
        "import sys, bioviz; from bioviz.cli.group import start;"
        "start(['--help'], None);"
        "print(sorted({'numpy', 'scipy', 'pydantic', 'rich', 'pooch'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--version",), 0),
        (("list", "frogs"), 2),
        (("run", "fa_digits", "--trials", "x"), 2),
        (("run", "fa_digits", "--set", "rule.learning_rate=1e8", "--trials", 500), 3),
        (("run", ROOT / "pyproject.toml"), 4),
    ],
)
def test_exit_codes_reach_the_shell(words: tuple[object, ...], code: int) -> None:
    done = bioviz(*words)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_json_goes_through_a_pipe_whatever_the_terminal_speaks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bioviz", "list", "rules", "--json"],
        capture_output=True, env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.decode("ascii"))


def test_a_reader_that_has_seen_enough_is_told_nothing() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "bioviz", "list", "rules", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.close()
    assert child.stderr is not None
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(30) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_in_the_shell_leaves_a_session_that_continues(tmp_path: Path) -> None:
    words = ["run", "fa_digits", "--set", "stop.epochs=null", "--trials", "999999999"]
    child = subprocess.Popen(
        [sys.executable, "-c", TELLING, *words, "--out", str(tmp_path)],
        env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "under way\n"
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=30)
    assert child.returncode == 130, told
    assert "Interrupted; all is saved" in told
    assert load(tmp_path / "session.bioviz").build().trial > 0
