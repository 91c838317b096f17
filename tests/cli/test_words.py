"""`bioviz`, `bioviz FILE` and its options: when the window opens, what is said when not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bioviz import __version__
from bioviz.cli import open as opening
from bioviz.cli.group import start
from bioviz.cli.open import bad_qt, no_display
from bioviz.session import gallery
from bioviz.session.launch import Launch

from .conftest import Bioviz


class Window:
    """Stands in for the window: remembers how it was opened."""

    def __init__(self) -> None:
        self.opened: list[tuple[str | None, Launch]] = []

    def __call__(self, path: str | None, launch: Launch) -> int:
        self.opened.append((path, launch))
        return 0


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return Window()


def test_without_a_word_the_window_opens(window: Window) -> None:
    assert start([], window) == 0
    assert window.opened == [(None, Launch())]


def test_a_file_opens_in_the_window(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.bioviz"
    path.touch()
    assert start([str(path)], window) == 0
    assert start(["open", str(path)], window) == 0
    assert window.opened == [(str(path), Launch())] * 2


def test_a_gallery_network_opens_by_name(window: Window) -> None:
    assert start(["fa_digits"], window) == 0
    assert window.opened == [(str(gallery.path_of("fa_digits")), Launch())]


def test_the_window_s_options_may_come_first(window: Window) -> None:
    assert start(["--theme", "dark", "--reset-layout", "fa_digits"], window) == 0
    assert window.opened[0][1] == Launch(theme="dark", reset_layout=True)


def test_the_window_s_exit_code_is_the_command_s(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start([], lambda _path, _launch: 7) == 7


def test_an_unknown_word_is_explained(bioviz: Bioviz, window: Window) -> None:
    code, _, err = bioviz("runn")
    assert code == 4
    assert "no file and no gallery network called 'runn'" in err
    assert "`bioviz --help` lists the commands" in err


def test_a_wrong_option_is_a_usage_error(bioviz: Bioviz) -> None:
    assert bioviz("--theme", "pink")[0] == 2
    assert bioviz("--nonsense")[0] == 2
    assert bioviz("list", "frogs")[0] == 2
    assert bioviz("run")[0] == 2


def test_help_explains_the_window_and_the_commands(bioviz: Bioviz) -> None:
    for word in ("--help", "-h"):
        code, out, _ = bioviz(word)
        assert code == 0
        for part in (
            "opens the window",
            "run FILE",
            "FILE",
            "130",
            "fetch",
            "info",
            "list",
            "data",
        ):
            assert part in out
    for command in ("run", "info", "list", "fetch", "open", "data"):
        assert bioviz(command, "--help")[0] == 0


def test_the_version_is_told(bioviz: Bioviz) -> None:
    assert bioviz("--version") == (0, f"bioviz {__version__}\n", "")


def test_without_a_display_one_sentence_names_the_headless_command(
    bioviz: Bioviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(opening.sys, "platform", "linux")
    code, out, err = bioviz()
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1
    assert "no display" in err
    assert "bioviz run FILE" in err


@pytest.mark.parametrize(
    ("environment", "system", "possible"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_needed_only_where_one_can_be_missing(
    environment: dict[str, str], system: str, possible: bool
) -> None:
    assert (no_display(environment, system) == "") is possible


def test_the_qt_that_crashes_on_this_python_is_refused() -> None:
    assert "crashes on Python 3.11" in bad_qt("6.12.0", (3, 11))
    assert bad_qt("6.12.1", (3, 11))
    assert not bad_qt("6.12.0", (3, 12))
    assert not bad_qt("6.11.3", (3, 11))
    assert "not installed" in bad_qt("", (3, 12))
