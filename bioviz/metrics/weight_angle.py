"""Weight angle: between a feedback matrix B and the transpose of the weights it stands in for."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement, angle
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class WeightAngle(Metric):
    """arccos(B . W^T / |B||W|) over all entries, signed cosine, degrees; 90 is chance."""

    key = "weight_angle"
    title = "Weight angle"
    help = "Angle between B and W-transposed, read as long vectors; 90 degrees is chance."
    unit = "°"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            self.channel(forward.name, f"{feedback.name} against {forward.name}ᵀ")
            for forward, feedback in experiment.net.mirrors()
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            f"{self.key}.{forward.name}": angle(feedback.w, forward.w.T)
            for forward, feedback in seen.experiment.net.mirrors()
        }
