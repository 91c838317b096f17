"""Weight norm: how long the weight vectors are that a rule without a teacher changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class WeightNorm(Metric):
    """|w| of a unit's incoming weights: the root mean square over the units of a layer.

    Where the task's inputs have parts, as two eyes, each part's own length is a channel too. Only
    for rules without a teacher, which must hold the length by themselves.
    """

    key = "weight_norm"
    title = "Weight length"
    help = "Length |w| of a unit's incoming weights; the root mean square where there are several."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            ChannelInfo(f"{self.key}.{name}", label, "", self.key, self.help, path)
            for name, label, path, _ in _parts(experiment)
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            f"{self.key}.{name}": float(np.linalg.norm(w)) / len(w) ** 0.5
            for name, _, _, w in _parts(seen.experiment)
        }


def _parts(experiment: Experiment) -> Iterator[tuple[str, str, str, np.ndarray]]:
    """Each part's channel, label, projection and weights (post, some of pre)."""
    if experiment.rule.teacher:
        return
    for path in experiment.rule.learning(experiment.net):
        yield path.name, f"|{path.name}|", path.name, path.w
        start = 0
        for name, size in experiment.data.parts if path.pre is experiment.net.input else ():
            columns = slice(start, start + size)
            yield name.replace(" ", "_"), f"|{path.name}|, {name}", path.name, path.w[:, columns]
            start += size
