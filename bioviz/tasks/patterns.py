"""Patterns: a few fixed inputs, each shown with a probability of its own; nothing is to be said."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import field_validator, model_validator

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Patterns, Progress, Task, silent
from ._renewed import epoch_length, renewed


class PatternsParams(Part):
    """How many patterns, of what kind, and how often each comes."""

    patterns: int = parameter(
        4, "How many patterns there are.", symbol="K", rebuild=True, ge=1, le=100
    )
    inputs: int = parameter(20, "Numbers in one input.", rebuild=True, ge=1, le=10_000)
    kind: Literal["orthogonal", "oblique"] = parameter(
        "orthogonal",
        "Orthogonal patterns have no input in common; oblique ones are random and positive.",
        rebuild=True,
        names={"orthogonal": "Orthogonal", "oblique": "Oblique, at random"},
    )
    probabilities: str = parameter(
        "",
        "How often each pattern comes, as 0.5 0.3 0.2; empty: all equally often.",
        rebuild=True,
    )
    noise: float = parameter(
        0.0,
        "Standard deviation of noise on every input; a pattern has the length 1.",
        symbol="σ",
        rebuild=True,
        ge=0,
        le=10,
    )
    presentations: int = epoch_length()

    @field_validator("probabilities")
    @classmethod
    def _numbers(cls, text: str) -> str:
        try:
            shares = [float(word) for word in text.replace(",", " ").split()]
        except ValueError:
            raise ValueError("Probabilities are numbers, such as 0.5 0.3 0.2.") from None
        if any(not 0 < share < float("inf") for share in shares):
            raise ValueError("Every pattern's probability must be above 0.")
        return text

    @model_validator(mode="after")
    def _sound(self) -> PatternsParams:
        shares = len(self.probabilities.replace(",", " ").split())
        if shares not in (0, self.patterns):
            raise ValueError(
                f"There are {self.patterns} patterns but {shares} probabilities; give one each, "
                "or none."
            )
        if self.kind == "orthogonal" and self.patterns > self.inputs:
            raise ValueError(
                f"{self.patterns} orthogonal patterns need at least {self.patterns} inputs."
            )
        return self

    @property
    def shares(self) -> np.ndarray:
        """The probabilities (k,), which add up to 1."""
        given = [float(word) for word in self.probabilities.replace(",", " ").split()]
        shares: np.ndarray = np.array(given or [1.0] * self.patterns)
        shares /= shares.sum()
        return shares


class FixedPatterns(Task):
    """x is one of K patterns of length 1, drawn with probability p_k, and perhaps noise."""

    key = "patterns"
    title = "Patterns"
    summary = "A few fixed patterns, shown at random; there is no target."
    source = "The environment of Bienenstock, Cooper & Munro 1982, J. Neurosci. 2:32"
    classes = False
    taught = False
    Params = PatternsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        made = self._made(streams.fresh("data"))

        def draw(stream: np.random.Generator, _first: int, count: int) -> Examples:
            labels = stream.choice(len(made), count, p=params.shares)
            x = made[labels]
            if params.noise:
                x = x + params.noise * stream.standard_normal(x.shape)
            return Examples(x.astype(np.float32), 0, labels=labels)

        moments = (made.T * params.shares) @ made + params.noise**2 * np.eye(params.inputs)
        return renewed(
            draw,
            streams,
            params.presentations,
            patterns=Patterns(made.astype(np.float32), tuple(str(i + 1) for i in range(len(made)))),
            moments=moments,
        )

    def _made(self, stream: np.random.Generator) -> np.ndarray:
        """The patterns (k, n_in), each of length 1."""
        count, inputs = self.params.patterns, self.params.inputs
        made: np.ndarray
        if self.params.kind == "oblique":
            made = stream.random((count, inputs))
        else:
            made = (np.arange(inputs) * count // inputs == np.arange(count)[:, None]).astype(float)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made
