"""The whole state of a run as plain data, so that saving and continuing equals continuing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class State:
    """`meta` is JSON-ready; `arrays` are weights by address; `channels` are (n, 2) by name."""

    meta: dict[str, Any]
    arrays: dict[str, np.ndarray]
    channels: dict[str, np.ndarray] = field(default_factory=dict)
