"""What every metric offers: named channels, and their values from one measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from .probe import ChannelInfo

if TYPE_CHECKING:
    from .experiment import Experiment
    from .measure import Measurement


class Metric:
    """A quantity recorded while a run goes on.

    Subclasses give `key`, `title`, `help`, `channels` and `values`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    unit: ClassVar[str] = ""

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        """The channels that this metric fills in this experiment; none where it makes no sense."""
        raise NotImplementedError

    def values(self, seen: Measurement) -> dict[str, float]:
        """Values by channel name; those not measured this time are left out."""
        raise NotImplementedError

    def channel(self, about: str, label: str) -> ChannelInfo:
        """A channel of this metric for one layer or projection: `weight_angle.W2`."""
        return ChannelInfo(f"{self.key}.{about}", label, self.unit, self.key, self.help, about)
