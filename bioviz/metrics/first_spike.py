"""First spike: how soon a layer answers a volley."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class FirstSpike(Metric):
    """Time from the start of a volley to the first spike of a layer, the mean over those answered.

    For tasks that show volleys: elsewhere a trial's beginning means nothing to the cells. Measured
    over the volleys since the last point; no number where none was answered.
    """

    key = "first_spike"
    title = "First spike"
    help = "Time from the start of a volley to the layer's first spike, where there is one."
    unit = "ms"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not experiment.data.notes.get("volleys"):
            return []
        return [self.channel(name, name) for name in experiment.account.layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        dt, spikes = seen.experiment.net.spec.dt, seen.experiment.account
        if not spikes.ticks:
            return {}
        return {
            f"{self.key}.{name}": dt * account.first / account.firsts
            if account.firsts
            else float("nan")
            for name, account in spikes.layers.items()
        }
