"""Loops in machine code, for what is worked out unit by unit and spike by spike.

numpy goes over memory once for every operation, and each call costs a microsecond: a tick of 250
cells with two compartments takes some 100 µs, one of 2,500 some 260. Compiled it takes 5 and 40.

Numba takes a quarter of a second to import, so `loop` imports a module of loops only once one of
them runs; what they are compiled to is kept on disk. They hold no lock while they run. They do the
same arithmetic in double precision and round where they store, so they agree with numpy to the last
bits of a float32, and repeat their own bits exactly.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any


@cache
def loop(module: str, name: str) -> Any:
    """The compiled function `name` of a module of this package."""
    import_module(f"{__name__}.effort")  # which listens from then on
    return getattr(import_module(f"{__name__}.{module}"), name)


def compiling() -> bool:
    """Whether a loop is being compiled just now, which takes seconds once after installation."""
    known = getattr(sys.modules.get(f"{__name__}.effort"), "EFFORT", None)  # or half imported
    return known is not None and known.under_way > 0
