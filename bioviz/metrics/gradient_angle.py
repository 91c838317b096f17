"""Gradient angle: between the step that a rule guesses from noise and the loss's true gradient."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement, angle
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.rule import output_delta, true_gradient


class GradientAngle(Metric):
    """Angle between one step's guess on the probe examples and minus the gradient, degrees.

    For rules that hear only a score. Both are means over the probe, so the angle is that of a trial
    with as many examples; it stays near 90 degrees where many quantities are guessed at once.
    """

    key = "gradient_angle"
    title = "Gradient angle"
    help = "Angle between the step that the rule guesses and the true gradient; 90 is chance."
    unit = "°"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if experiment.rule.group != "score":
            return []
        return [
            self.channel(path.name, f"Δ{path.name}: guess against gradient")
            for path in experiment.net.forward
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        experiment = seen.experiment
        if not seen.angles or experiment.rule.group != "score":
            return {}
        net = experiment.net
        x, t = experiment.recorder.probe_examples()
        with net.aside(len(x)):
            guess = experiment.rule.proposal(net, x, t)
            if guess is None:
                return {}
            output_delta(net, t, experiment.rule.loss)
            true = true_gradient(net)
            return {
                f"{self.key}.{path.name}": angle(
                    guess[path.name], _gradient(true[path.post.name], path.pre.rate)
                )
                for path in net.forward
            }


def _gradient(delta: np.ndarray, rate: np.ndarray) -> np.ndarray:
    step: np.ndarray = delta.T @ rate
    return step
