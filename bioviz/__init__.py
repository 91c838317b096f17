"""bioviz: watch biologically plausible learning rules train layered networks.

    import bioviz
    saved = bioviz.load("session.bioviz")
    experiment = bioviz.build(saved.experiments[0])   # at trial 0; saved.build(0) continues it
    for phase in experiment.run(): ...
    experiment.net["W2.w"]

Names are fetched when they are first used, so that `import bioviz` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .core.experiment import build as build
    from .core.spec import ExperimentSpec as ExperimentSpec
    from .session.file import Saved as Saved
    from .session.file import load as load
    from .session.file import save as save
    from .session.session import Session as Session

__version__ = "0.1.0"

HOMES = {
    "build": "core.experiment",
    "ExperimentSpec": "core.spec",
    "Saved": "session.file",
    "load": "session.file",
    "save": "session.file",
    "Session": "session.session",
}

__all__ = ["ExperimentSpec", "Saved", "Session", "build", "load", "save"]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"bioviz has no '{name}'. It offers: {', '.join(__all__)}.")
    return getattr(importlib.import_module(f".{HOMES[name]}", __name__), name)
