"""Selectivity: how much more a unit answers to its best pattern than to all on average."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.tuning import selectivity

MOST = 8  # units; of more, the mean alone


class Selectivity(Metric):
    """(max - mean) / max over the task's patterns: 0 for all alike, 1 - 1/K for one alone.

    Source: Bienenstock, Cooper and Munro (1982).
    """

    key = "selectivity"
    title = "Selectivity"
    help = "(max − mean) / max of a unit's answers to the patterns; 1 − 1/K is one pattern alone."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if experiment.rule.teacher or experiment.data.patterns is None:
            return []
        output = experiment.net.output
        if 1 < output.size <= MOST:
            return [
                self.channel(f"{output.name}_{unit}", f"unit {unit}") for unit in range(output.size)
            ]
        return [self.channel(output.name, "unit" if output.size == 1 else "mean of all units")]

    def values(self, seen: Measurement) -> dict[str, float]:
        experiment = seen.experiment
        answers = seen.responses if seen.angles and not experiment.rule.teacher else None
        if answers is None:
            return {}
        index, output = selectivity(answers), experiment.net.output
        if 1 < output.size <= MOST:
            return {f"{self.key}.{output.name}_{i}": float(v) for i, v in enumerate(index)}
        finite = index[np.isfinite(index)]
        mean = float(finite.mean()) if len(finite) else float("nan")
        return {f"{self.key}.{output.name}": mean}
