"""Firing rate: how often the units of a layer spike, since the last point."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.spike_account import LayerAccount


class FiringRate(Metric):
    """Spikes a second of a layer's units, the mean over all of them and over the time gone by.

    `firing_rate.output` and so on, of the layers whose units spike on what they hear: how fast an
    input spikes is the task's own to say.
    """

    key = "firing_rate"
    title = "Firing rate"
    help = "Spikes a second, the mean over a layer's units since the last point."
    unit = "Hz"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [self.channel(name, name) for name in _in_time(experiment)]

    def values(self, seen: Measurement) -> dict[str, float]:
        net, spikes = seen.experiment.net, seen.experiment.account
        seconds = spikes.ticks * net.spec.dt / 1000
        if not seconds:
            return {}
        return {
            f"{self.key}.{name}": account.spikes / (seconds * net.batch * account.layer.size)
            for name, account in _in_time(seen.experiment).items()
        }


def _in_time(experiment: Experiment) -> dict[str, LayerAccount]:
    """Those whose ticks are milliseconds: some units spike by the tick, whatever its length."""
    return {
        name: account
        for name, account in experiment.account.layers.items()
        if any(v.name == "rate" and v.unit == "Hz" for v in account.layer.variables)
    }
