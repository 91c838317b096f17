"""Where bioviz keeps its own files on this machine; never where a session file says."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def state_folder() -> Path:
    """Settings-free working state, such as recovery files; BIOVIZ_STATE_DIR moves it."""
    chosen = os.environ.get("BIOVIZ_STATE_DIR")
    return Path(chosen) if chosen else platformdirs.user_state_path("bioviz", appauthor=False)


def log_file() -> Path:
    """The file that takes what a user need not read."""
    chosen = os.environ.get("BIOVIZ_STATE_DIR")
    if chosen:
        return Path(chosen) / "log" / "bioviz.log"
    return platformdirs.user_log_path("bioviz", appauthor=False) / "bioviz.log"
