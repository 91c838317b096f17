"""Principal angle: how far weight vectors are from the principal axes that their rule looks for."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.principal import angles_to
from ..core.probe import ChannelInfo

MOST = 8  # units; of more, nobody can follow each


class PrincipalAngle(Metric):
    """Degrees between a unit's weights and an axis of the inputs: the first, or the unit's own.

    An axis has no sign, so that 0 to 90 is all there is; 90 is at right angles.
    """

    key = "principal_angle"
    title = "Angle to the principal axis"
    help = "Angle between a unit's weights and the principal axis of the inputs that it looks for."
    unit = "°"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            self.channel(about, f"w{unit + 1} to axis {axis + 1}")
            for about, unit, axis in _pairs(experiment)
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        experiment = seen.experiment
        axes = experiment.principal_axes if seen.angles else None
        if axes is None:
            return {}
        pairs = list(_pairs(experiment))
        path = experiment.rule.learning(experiment.net)[-1]
        found = angles_to(path.w[:MOST], axes.vectors[:MOST])
        return {f"{self.key}.{about}": float(found[unit, axis]) for about, unit, axis in pairs}


def _pairs(experiment: Experiment) -> Iterator[tuple[str, int, int]]:
    """Each channel's own name, the unit and the axis that it is about."""
    if experiment.principal_axes is None:
        return
    output, each = experiment.net.output, experiment.rule.principal == "each"  # type: ignore[attr-defined]
    for unit in range(min(output.size, MOST)):
        axis = unit if each else 0
        if axis < experiment.net.input.size:
            about = output.name if output.size == 1 else f"{output.name}_{unit}"
            yield about, unit, axis
