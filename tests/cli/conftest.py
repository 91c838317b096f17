"""What the command's tests share: a way to call it, and a folder of their own to be in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bioviz.cli.group import start

Bioviz = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bioviz(capsys: pytest.CaptureFixture[str]) -> Bioviz:
    """Run one command line in this process; gives the exit code, stdout and stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        code = start([str(word) for word in words], lambda _path, _launch: 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return code, told.out, told.err

    return call


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty present folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
