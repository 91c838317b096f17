"""The lecture's spiking network, as bioviz has it; a module of its own, so that it loads alone."""

from __future__ import annotations

from bioviz.core.spec import ExperimentSpec

from ..specs import make_spec

SIZES = (784, 1500, 1500, 1500, 1000)
TICKS, SETTLE, TAU, RATE = 50, 10, 10.0, 0.02
SELDOM = {"every": 10**9, "test_every": 10**9}


def spec_of(batch: int) -> ExperimentSpec:
    spec = make_spec(
        SIZES, "spiking_feedback_alignment", "mnist", hidden="spiking_integrator",
        output="spiking_integrator", batch=batch, ticks=TICKS, settle=SETTLE, tau=TAU,
        learning_rate=RATE, feedback_scale=3.0, record=SELDOM,
    )  # fmt: skip
    return spec.with_value("network.layers.input.unit", "linear")
