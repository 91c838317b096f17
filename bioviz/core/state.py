"""The whole state of a run as plain data, so that saving and continuing equals continuing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .history import History


@dataclass
class State:
    """`meta` is JSON-ready; `arrays` are weights by address; `channels` are (n, 2) by name."""

    meta: dict[str, Any]
    arrays: dict[str, np.ndarray]
    channels: dict[str, np.ndarray] = field(default_factory=dict)
    history: History | None = field(default=None, compare=False)  # what can be looked back at
