"""Compiling loops: whoever waits for it can tell that it is under way."""

from __future__ import annotations

import subprocess
import sys

import pytest
from numba import njit
from numba.core.event import Event, Listener, register, unregister

from bioviz.core.compiled import compiling, loop


class Probe(Listener):
    """What `compiling` says while a loop is compiled."""

    def __init__(self) -> None:
        self.said: list[bool] = []

    def on_start(self, event: Event) -> None:
        self.said.append(compiling())

    def on_end(self, event: Event) -> None:
        pass


@pytest.mark.parametrize("fails", [False, True])
def test_it_is_told_while_a_loop_is_compiled_and_no_longer(fails: bool) -> None:
    loop("gaps", "take_gaps")  # from the first loop on it is listened for
    assert not compiling()

    @njit
    def half(x: float) -> float:
        return unknown(x) if fails else x / 2  # type: ignore[name-defined, no-any-return]  # noqa: F821

    probe = Probe()
    register("numba:compile", probe)
    try:
        half(3.0)
    except Exception:
        assert fails
    finally:
        unregister("numba:compile", probe)
    assert any(probe.said)
    assert not compiling()


def test_asking_does_not_import_the_compiler() -> None:
    ask = "import sys; from bioviz.core.compiled import compiling; assert not compiling(); "
    check = "assert 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", ask + check], check=True)
