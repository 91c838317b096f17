"""Garbage: collected in the window's thread, and in no other.

Python looks for cyclic garbage in whichever thread happens to run, and the training thread runs
most. A Qt object that is freed there takes the program with it.
"""

from __future__ import annotations

import gc


def keep_to_this_thread() -> None:
    """From now on garbage is collected only by `sweep`."""
    gc.disable()


def spare_what_is() -> None:
    """Let no sweep look at what exists now, such as the window: it is here to stay."""
    gc.freeze()


def sweep() -> None:
    """Collect what Python would have collected by itself; call it often, from the main thread."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [count > limit for count, limit in zip(counts, limits, strict=True)]
    for generation in (2, 1, 0):
        if due[generation]:
            gc.collect(generation)
            return
