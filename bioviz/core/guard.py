"""The guard: notices when a number is not finite or runs away, and keeps the last good state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from .fault import Diverged
from .probe import decades

if TYPE_CHECKING:
    from .experiment import Experiment
    from .state import State

# Trials between two looks at every weight, besides those at 1, 2, 5, 10, ...; each keeps a copy.
CHECK_EVERY = 50


class Guard:
    """Watches one experiment; `kept` is the last state in which every number was healthy."""

    def __init__(self) -> None:
        self.kept: State | None = None

    def check(self, experiment: Experiment, loss: float) -> None:
        """Raise Diverged where the trial's loss or (every so often) a weight is not healthy."""
        if math.isfinite(loss) and not _due(experiment):
            return
        self.inspect(experiment)
        if not math.isfinite(loss):
            self._fault(experiment, "the loss", "is no longer finite")

    def keep(self, experiment: Experiment) -> None:
        """Every so often, copy the state; called once a checked trial is recorded."""
        if _due(experiment):
            self.kept = experiment.snapshot_state()

    def inspect(self, experiment: Experiment) -> None:
        """Look at every weight and activity now."""
        limit = experiment.rule.weight_limit
        for address, array in experiment.net.weights().items():
            flat = array if array.flags.c_contiguous else array.T
            square = float(np.vdot(flat, flat))
            if not math.isfinite(square):
                self._fault(experiment, address, "is no longer finite")
            if square > limit * limit * array.size:
                self._fault(experiment, address, f"has run away (its RMS is above {limit:g})")
        for layer in experiment.net.chain:
            for name, array in layer.state.items():
                if not math.isfinite(float(array.sum())):
                    self._fault(experiment, f"{layer.name}.{name}", "is no longer finite")

    def _fault(self, experiment: Experiment, address: str, reason: str) -> None:
        kept = self.kept.meta["trial"] if self.kept else 0
        raise Diverged(address, experiment.trial, int(kept), reason, experiment.rule.cure)


def _due(experiment: Experiment) -> bool:
    return experiment.trial % CHECK_EVERY == 0 or decades(experiment.trial)
