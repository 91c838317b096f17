"""Whether a window can be shown here: asked before Qt, which would abort where it cannot."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

WITHOUT = "`bioviz run FILE` trains a network without one (see `bioviz run --help`)."
PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libegl1 libgl1"


def no_window(environment: Mapping[str, str], system: str) -> str:
    """Why Qt could not open a window on this X11 display, or nothing; others are left to Qt."""
    way = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    elsewhere = way == "" and environment.get("WAYLAND_DISPLAY")
    if not system.startswith("linux") or way not in ("", "xcb") or elsewhere:
        return ""
    return missing_library(_plugin()) or no_answer(environment.get("DISPLAY", ""))


def missing_library(plugin: Path) -> str:
    """Which system library Qt's way to draw on X11 lacks, in a sentence, or nothing."""
    if not plugin.is_file():
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as fault:
        name = str(fault).split(":")[0]
        return (
            f"No window can be opened: Qt needs the system library {name}, which is not installed. "
            f"On Debian and Ubuntu, `apt install {PACKAGES}` brings it. Meanwhile, {WITHOUT}"
        )
    return ""


def no_answer(display: str) -> str:
    """That an X11 display cannot be reached, in a sentence, or nothing."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return ""
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for call in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        call.argtypes = [ctypes.c_void_p]
    link = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(link)
    xcb.xcb_disconnect(link)
    return f"The display '{display}' cannot be reached, so no window; {WITHOUT}" if failed else ""


def _plugin() -> Path:
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    return Path(folder) / "platforms" / "libqxcb.so"
