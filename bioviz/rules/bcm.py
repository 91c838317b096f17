"""BCM: a threshold that moves with the unit's own activity decides between growing and weakening.

    y = w x                                              theta <- theta + (y^2 - theta) / tau
    dw = eta phi(y, theta) x,    phi = y (y - theta)

Above theta the active synapses grow, below it they weaken; as theta follows the mean of y^2, a unit
that answers too much finds it harder to grow, and one that is silent easier. Stable units answer to
one pattern alone: with K patterns of probability p_k, y = 1 / p_k to the one and 0 to the others.

Three forms: the plain one above (Intrator and Cooper); theta <- <y^2> / y0 with a target rate y0,
as textbooks have it; and the step divided by theta (Law and Cooper), which is steady at long steps.
theta must move faster than the weights: with tau eta y^2 near 1 the unit falls silent or swings.
Order within a presentation: activity up; theta takes it in; then the weights, by that theta.
Source: Bienenstock, Cooper and Munro (1982), Journal of Neuroscience 2:32; Intrator and Cooper
(1992), Neural Networks 5:3; Law and Cooper (1994), PNAS 91:7797.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..core.network import Network
from ..core.online import OnlineParams, OnlineRule
from ..core.parameter import parameter
from ..core.rule import Card
from ..core.unit import Variable

THETA = Variable("theta", "", "The threshold between weakening and growing.", signed=False)
TINY = 1e-12  # keeps 0 / 0 at 0 before anything has been answered


class BCMParams(OnlineParams):
    """Steps, the threshold, and what holds weights."""

    learning_rate: float = parameter(
        0.002, "Size of a weight step, at each presentation.", symbol="η", gt=0, le=1e9
    )
    tau: float = parameter(
        100.0,
        "How many presentations the threshold looks back; it must move faster than the weights.",
        symbol="τ",
        unit="presentations",
        ge=1,
        le=1e6,
    )
    form: Literal["plain", "target_rate", "divided"] = parameter(
        "plain",
        "What the threshold follows, and whether a step is divided by it.",
        names={
            "plain": "θ follows ⟨y²⟩",
            "target_rate": "θ follows ⟨y²⟩ / y0",
            "divided": "Step divided by θ (Law & Cooper)",
        },
    )
    target_rate: float = parameter(
        1.0,
        "The activity y0 around which the threshold equals the mean of y; only where θ uses it.",
        symbol="y0",
        gt=0,
        le=1e6,
        advanced=True,
    )
    positive: bool = parameter(
        True,
        "Make every weight positive before learning: a cell that is silent to all never learns.",
        title="Begin positive",
        rebuild=True,
        advanced=True,
    )
    floor: bool = parameter(
        False,
        "Hold weights at zero or above, as excitatory synapses are.",
        title="No weight below zero",
        advanced=True,
    )


class BCM(OnlineRule):
    """Selectivity from a sliding threshold."""

    key = "bcm"
    title = "BCM"
    summary = "A threshold that follows the unit's activity makes it answer to one pattern alone."
    Params = BCMParams
    units = ("linear", "relu")
    cure = (
        "The threshold came too late: it must move faster than the weights. Lower the learning "
        "rate or τ and restart"
    )
    card = Card(
        equations=(
            "y = w x",
            "Δw = η y (y − θ) x",
            "θ ← θ + (y<sup>2</sup> − θ) / τ",
        ),
        crosses="Nothing but activity; each unit remembers one number, its own threshold.",
        implausible=(
            "Every synapse of a cell must know the cell's threshold, at once.",
            "The threshold must follow activity faster than weights do: homeostasis in cells "
            "takes hours.",
        ),
        source="Bienenstock, Cooper & Munro 1982, J. Neurosci. 2:32",
    )

    def prepare(self, net: Network) -> None:
        path = net.forward[-1]
        self.keep(path.post, THETA)
        self._phi = np.zeros_like(path.post.rate)  # (1, post), written at every presentation
        if self.params.positive:
            np.abs(path.w, out=path.w)

    def adapt(self, net: Network) -> None:
        path, params = net.forward[-1], self.params
        y, theta = path.post.rate[0], self.kept(path.post, "theta")
        goal = y * y
        if params.form == "target_rate":
            goal /= theta.dtype.type(params.target_rate)
        goal -= theta
        goal *= theta.dtype.type(1 / params.tau)
        theta += goal
        self._phi[0] = self.modification(y, theta)
        path.learn(self._phi, path.pre.rate, params.learning_rate)
        if params.floor and not path.frozen:
            np.maximum(path.w, 0, out=path.w)

    def modification(self, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        change: np.ndarray = y * (y - theta)
        if self.params.form == "divided":
            change = change / (theta + theta.dtype.type(TINY))
        return change
