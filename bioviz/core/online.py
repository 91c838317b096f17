"""Rules without a teacher: each input is shown by itself, and the weights follow at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .layer import Layer
from .network import Network
from .parameter import Part, parameter
from .projection import Projection
from .registry import UNITS
from .rule import Phase, Rule
from .stream import Streams
from .task import Trial
from .unit import Variable

if TYPE_CHECKING:
    from .spec import ExperimentSpec


class OnlineParams(Part):
    """How long a weight step is."""

    learning_rate: float = parameter(
        0.005, "Size of a weight step, at each presentation.", symbol="η", gt=0, le=1e9
    )


class OnlineRule(Rule):
    """Rules that hear only the activity on both sides of a synapse: targets count for nothing.

    A trial shows the rows of its batch one after the other; with each, activity goes up and `adapt`
    changes the last projection, so twenty trials of one presentation equal one trial of twenty. The
    layers below it stay as they were drawn. What a rule remembers of earlier presentations lies in
    variables of a layer that `keep` adds: they have addresses (`output.theta`) and are saved.

    Subclasses give `adapt` and, where other output units make sense, `units`.
    """

    group = "none"
    teacher = False
    signals = False
    seen_at = Phase.UPDATE
    units: ClassVar[tuple[str, ...]] = ("linear",)  # which the output layer may have
    principal: ClassVar[str] = ""  # which principal axes units look for: "first", "each" its own
    centred: ClassVar[bool] = False  # whether those are of the covariance, not of <x x^T>

    def __init__(self, params: Any, streams: Streams, loss: str) -> None:
        super().__init__(params, streams, loss)
        self._kept: dict[str, tuple[Layer, str]] = {}  # by address

    def adapt(self, net: Network) -> None:
        """Change weights and memory by the one presentation that the layers now hold."""
        raise NotImplementedError

    def modification(self, y: np.ndarray, theta: np.ndarray) -> np.ndarray | None:
        """How much an active input's weight changes at activity y, where a threshold decides."""
        return None

    def learning(self, net: Network) -> list[Projection]:
        return net.forward[-1:]

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        for row in range(len(trial.x)):
            net.step(trial.x[row : row + 1])
            yield Phase.FORWARD
            self.adapt(net)
            yield Phase.UPDATE

    def keep(self, layer: Layer, variable: Variable) -> None:
        """Give every unit of a layer one number more, 0 at first; `kept` reads and writes it."""
        layer.add(variable)
        self._kept[f"{layer.name}.{variable.name}"] = layer, variable.name

    def kept(self, layer: Layer, name: str) -> np.ndarray:
        """The kept numbers (n,) of a layer, to be changed in place."""
        row: np.ndarray = layer.state[name][0]
        return row

    def memory(self) -> dict[str, Any]:
        return {at: self.kept(*place).tolist() for at, place in self._kept.items()}

    def remember(self, memory: dict[str, Any]) -> None:
        for address, place in self._kept.items():
            row = self.kept(*place)
            values = np.asarray(memory[address], np.float64)
            if values.shape != row.shape or not np.isfinite(values).all():
                raise ValueError(f"{address} needs {len(row)} finite numbers.")
            row[...] = values

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        output = spec.network.layers[-1]
        found = []
        if output.unit not in cls.units:
            fitting = " or ".join(_title(unit) for unit in cls.units)
            found.append(
                f"{cls.title} needs {fitting} output units, but layer '{output.name}' has "
                f"{_title(output.unit)} units. Change them."
            )
        if spec.network.biases:
            found.append(
                f"{cls.title} is about weights alone: a bias would learn without an input. Leave "
                "out the biases (Training, Weights before learning)."
            )
        return found


def _title(unit: str) -> str:
    title: str = UNITS[unit].title
    return title if title.endswith("U") else title.lower()
