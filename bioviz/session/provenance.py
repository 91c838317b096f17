"""Where and when a file was written, and by what."""

from __future__ import annotations

import datetime
import platform
from importlib import metadata

from pydantic import JsonValue

from .. import __version__


def provenance() -> dict[str, JsonValue]:
    """Versions, system and the present time (UTC)."""
    now = datetime.datetime.now(datetime.UTC)
    return {
        "bioviz": __version__,
        "numpy": metadata.version("numpy"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "saved": now.isoformat(timespec="seconds"),
    }
