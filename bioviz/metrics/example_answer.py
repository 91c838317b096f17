"""Answer by example: what the output said to each of a few examples when it was last shown."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class ExampleAnswer(Metric):
    """The output's events a second at the end of the latest prediction of every example.

    `example_answer.10` and so on. For rules that keep what they last said (`said`, by row), on
    tasks that name their few examples.
    """

    key = "example_answer"
    title = "Answer by example"
    help = "Events a second of the output when each example was last predicted."
    unit = "Hz"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not hasattr(experiment.rule, "said"):
            return []
        return [self.channel(name, name) for name in experiment.data.notes.get("examples", ())]

    def values(self, seen: Measurement) -> dict[str, float]:
        names = seen.experiment.data.notes.get("examples", ())
        said: dict[int, float] = getattr(seen.experiment.rule, "said", {})
        return {f"{self.key}.{names[row]}": rate for row, rate in said.items() if row < len(names)}
