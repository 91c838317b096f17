"""Two eyes: both see the same pattern, until a lid is closed: deprivation as an experiment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Patterns, Progress, Task, silent
from ._renewed import epoch_length, renewed

WIDTH = 1.2  # of a pattern's bump, in inputs
NEVER = {"": "never"}

CONDITIONS = {  # which eye is open: left, right
    "both eyes open": (True, True),
    "right eye closed": (True, False),
    "left eye closed": (False, True),
    "darkness": (False, False),
}


def _from(what: str, default: int | None = None, *, title: str) -> Any:
    return parameter(
        default,
        f"From which presentation on {what}.",
        title=title,
        names=NEVER,
        rebuild=True,
        ge=0,
        le=10_000_000,
    )


class TwoEyeParams(Part):
    """What eyes see, and which is closed from when on: what began last holds."""

    inputs: int = parameter(10, "Inputs from each eye.", rebuild=True, ge=4, le=1000)
    patterns: int = parameter(
        5, "How many patterns there are: bumps at places round a ring.", rebuild=True, ge=2, le=50
    )
    noise: float = parameter(
        0.1,
        "Standard deviation of the noise of every input; behind a closed lid there is only this.",
        symbol="σ",
        rebuild=True,
        ge=0,
        le=2,
    )
    right_closed: int | None = _from("the right eye is closed", title="Right eye closed from")
    left_closed: int | None = _from(
        "the left eye is closed and the right one open", title="Left eye closed from"
    )
    dark: int | None = _from("both eyes see nothing", title="Darkness from")
    reopened: int | None = _from("both eyes are open again", title="Both open again from")
    presentations: int = epoch_length()

    @property
    def schedule(self) -> list[tuple[int, str]]:
        """When each condition begins, in order; both eyes are open at first."""
        starts = (self.reopened, self.right_closed, self.left_closed, self.dark)
        begun = [(at, name) for at, name in zip(starts, CONDITIONS, strict=True) if at is not None]
        return [(0, "both eyes open"), *sorted(begun)]


class TwoEye(Task):
    """x = (left, right), each a bump of length 1 at one of K places plus noise, or noise alone.

    Both eyes see the same place with noise of their own. A closed eye still sends its noise: that
    is what weakens its synapses where the cell's threshold stays high.
    Source: Clothiaux, Bear and Cooper (1991), Journal of Neurophysiology 66:1785.
    """

    key = "two_eye"
    title = "Two eyes"
    summary = "Two eyes see the same patterns, until a lid is closed; there is no target."
    source = "After Clothiaux, Bear & Cooper 1991, J. Neurophysiol. 66:1785"
    classes = False
    taught = False
    Params = TwoEyeParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 2 * params.inputs, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        seen = bumps(params.patterns, params.inputs)
        starts = np.array([at for at, _ in params.schedule])
        opened = np.array([CONDITIONS[name] for _, name in params.schedule], float)

        def draw(stream: np.random.Generator, first: int, count: int) -> Examples:
            labels = stream.integers(params.patterns, size=count)
            when = np.searchsorted(starts, first + np.arange(count), side="right") - 1
            eyes = [seen[labels] * opened[when, eye][:, None] for eye in (0, 1)]
            x = np.concatenate(eyes, axis=1)
            x += params.noise * stream.standard_normal(x.shape)
            return Examples(x.astype(np.float32), 0, labels=labels)

        return renewed(
            draw,
            streams,
            params.presentations,
            patterns=_by_eye(seen),
            parts=(("left eye", params.inputs), ("right eye", params.inputs)),
            condition=_teller(params.schedule),
        )


def bumps(count: int, inputs: int) -> np.ndarray:
    """Patterns (count, inputs) of length 1: bumps at places spread evenly round a ring."""
    places = np.arange(count)[:, None] * inputs / count
    apart = np.abs(np.arange(inputs) - places)
    apart = np.minimum(apart, inputs - apart)
    made: np.ndarray = np.exp(-0.5 * (apart / WIDTH) ** 2)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def _by_eye(seen: np.ndarray) -> Patterns:
    """Every pattern to the left eye alone, then every one to the right eye alone."""
    nothing = np.zeros_like(seen)
    left, right = np.hstack([seen, nothing]), np.hstack([nothing, seen])
    names = tuple(f"{eye}{place + 1}" for eye in "LR" for place in range(len(seen)))
    return Patterns(np.vstack([left, right]).astype(np.float32), names)


def _teller(schedule: list[tuple[int, str]]) -> Callable[[int], str]:
    def condition(presentation: int) -> str:
        return [name for at, name in schedule if at <= presentation][-1]

    return condition
