"""Response: what a unit answers to each of a few patterns."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo

MOST = 12  # curves; of more, nobody can follow each


class Response(Metric):
    """y of the first output unit to each pattern: `response.2` is that to the pattern called 2."""

    key = "response"
    title = "Response"
    help = "The first output unit's activity y to one pattern without noise."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            ChannelInfo(f"{self.key}.{name}", f"y to {name}", "", self.key, self.help, name)
            for name in _names(experiment)
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        names = _names(seen.experiment) if seen.angles else ()
        answers = seen.responses if names else None
        if answers is None:
            return {}
        pairs = zip(names, answers[:, 0].tolist(), strict=True)
        return {f"{self.key}.{name}": value for name, value in pairs}


def _names(experiment: Experiment) -> tuple[str, ...]:
    """The patterns' names, where there are few and no teacher wants other answers."""
    patterns = experiment.data.patterns
    if experiment.rule.teacher or patterns is None or len(patterns.names) > MOST:
        return ()
    return patterns.names
