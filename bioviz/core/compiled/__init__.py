"""Loops in machine code, for what is worked out unit by unit and spike by spike.

numpy goes over memory once for every operation, and each call costs a microsecond. Measured side by
side, a tick of 250, 500, 1,000 and 2,500 cells with two compartments takes 11, 15, 33 and 65 µs as
one compiled pass, and 9.5, 7, 5 and 4 times as long in numpy.

Numba takes a quarter of a second to import, so `loop` imports a module of loops only once one of
them runs; what they are compiled to is kept on disk. They hold no lock while they run. They do the
same arithmetic in double precision and round where they store, so they agree with numpy to the last
bits of a float32, and repeat their own bits exactly.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def loop(module: str, name: str) -> Any:
    """The compiled function `name` of a module of this package."""
    return getattr(import_module(f"{__name__}.{module}"), name)
