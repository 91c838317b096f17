"""Where no window can be shown, a sentence says why and what works without one."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from bioviz.app import screen
from bioviz.app.screen import missing_library, no_answer, no_window


class Xcb:
    """libxcb as far as it is called: a link that fails or not."""

    def __init__(self, failed: int) -> None:
        self.closed = False
        self.xcb_connect = _Call(7)
        self.xcb_connection_has_error = _Call(failed)
        self.xcb_disconnect = _Call(None)


class _Call:
    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.given: list[tuple[object, ...]] = []

    def __call__(self, *given: object) -> object:
        self.given.append(given)
        return self.answer


@pytest.mark.parametrize(
    ("environment", "system"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux"),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "linux"),
        ({"QT_QPA_PLATFORM": "vnc:port=5900"}, "linux"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
        ({}, "darwin"),
        ({}, "win32"),
    ],
)
def test_other_ways_to_draw_are_left_to_qt(
    environment: dict[str, str], system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> str:
        raise AssertionError("it must not be asked")

    monkeypatch.setattr(screen, "missing_library", refuse)
    monkeypatch.setattr(screen, "no_answer", refuse)
    assert no_window(environment, system) == ""


@pytest.mark.parametrize("way", ["", "xcb", "xcb:fontengine=freetype", "xcb;wayland"])
def test_on_x11_the_library_is_asked_for_before_the_display(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "missing_library", lambda _: "")
    monkeypatch.setattr(screen, "no_answer", lambda display: f"no {display}")
    assert no_window({"QT_QPA_PLATFORM": way, "DISPLAY": ":7"}, "linux") == "no :7"
    monkeypatch.setattr(screen, "missing_library", lambda _: "no library")
    assert no_window({"QT_QPA_PLATFORM": way}, "linux") == "no library"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 is asked about")
def test_a_library_that_is_missing_is_named_with_what_brings_it(tmp_path: Path) -> None:
    broken = tmp_path / "libqxcb.so"
    broken.write_bytes(b"no library at all")
    said = missing_library(broken)
    assert str(broken) in said
    assert "apt install" in said
    assert "bioviz run FILE" in said


def test_without_the_plugin_qt_may_say_itself_what_is_wrong(tmp_path: Path) -> None:
    assert missing_library(tmp_path / "nowhere.so") == ""


@pytest.mark.parametrize("failed", [0, 1])
def test_a_display_that_does_not_answer_is_named(
    failed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    xcb = Xcb(failed)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: xcb)
    said = no_answer(":99")
    assert said == "" if not failed else "':99' cannot be reached" in said
    assert xcb.xcb_connect.given == [(b":99", None)]
    assert xcb.xcb_disconnect.given == [(7,)], "a link is closed again, failed or not"


def test_without_xcb_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> None:
        raise OSError("no such file")

    monkeypatch.setattr(ctypes, "CDLL", absent)
    assert no_answer(":0") == ""
