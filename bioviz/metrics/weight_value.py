"""Weight value: every single weight of a network that has only a few."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.projection import Projection, Role

MOST = 8  # forward weights; of more, nobody can follow each


class WeightValue(Metric):
    """The weights themselves, forward and feedback, where at most eight are forward.

    `weight_value.W1` where a projection has one weight, else `weight_value.W1_0_1` for the one
    from unit 1 to unit 0.
    """

    key = "weight_value"
    title = "Weight"
    help = "The value of one weight."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            ChannelInfo(name, label, "", self.key, self.help, path.name)
            for path in _paths(experiment)
            for name, label, _ in _entries(path)
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            name: value for path in _paths(seen.experiment) for name, _, value in _entries(path)
        }


def _paths(experiment: Experiment) -> list[Projection]:
    """All projections of a network small enough, but those from an input that is always silent."""
    net = experiment.net
    if sum(forward.w.size for forward in net.forward) > MOST:
        return []
    deaf = net.input if experiment.data.notes.get("silent") else None
    return [path for path in net.projections.values() if path.pre is not deaf]


def _entries(path: Projection) -> Iterator[tuple[str, str, float]]:
    """Each weight's channel, label and value; there is none from a unit to itself."""
    single = path.w.size == 1
    for row, line in enumerate(path.w.tolist()):
        for col, value in enumerate(line):
            if path.role is Role.LATERAL and row == col:
                continue
            name = path.name if single else f"{path.name}_{row}_{col}"
            label = path.name if single else f"{path.name}[{row}, {col}]"
            yield f"weight_value.{name}", label, value
