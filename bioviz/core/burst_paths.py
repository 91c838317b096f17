"""The fixed synapses of a network of bursts: inhibition with every event, feedback with bursts.

I1, I2, ... lead up beside W1, W2, ... and inhibit the soma with every event below. B2, B3, ... and
J2, J3, ... lead down with every burst above: they excite and inhibit dendrites. Even pools of a
hidden layer are mostly excited, odd ones mostly inhibited, so that there are units of either sign.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .compiled import loop
from .layer import Layer
from .network import Network
from .parameter import Part, parameter
from .projection import Projection, Role
from .spec import Draw
from .stream import Streams


def strength(default: float, what: str, title: str) -> Any:
    """Declare the weight of a fixed synapse."""
    return parameter(default, what, title=title, rebuild=True, ge=0, le=100, advanced=True)


class BurstPathParams(Part):
    """What the fixed synapses are like."""

    signs: Literal["opposed", "same"] = parameter(
        "opposed",
        "Whether bursts inhibit every other pool of a hidden layer, or excite all of them.",
        title="Feedback to pools",
        rebuild=True,
        names={"opposed": "Excites one, inhibits the next", "same": "Excites all"},
    )
    feedback: float = strength(0.26, "What a burst adds to a dendrite that it excites.", "Feedback")
    feedback_inhibition: float = strength(
        0.06, "What it adds there of inhibition.", "Its inhibition"
    )
    opposed: float = strength(
        0.026, "What a burst adds of excitation where it inhibits.", "Opposed feedback"
    )
    opposed_inhibition: float = strength(
        0.27, "What it adds there of inhibition.", "Opposed inhibition"
    )
    opposed_current: float = parameter(
        500.0,
        "Steady current into the dendrites that bursts inhibit.",
        title="Their current",
        unit="pA",
        rebuild=True,
        ge=-1e5,
        le=1e5,
        advanced=True,
    )
    inhibition: float = strength(
        0.25, "What an event below adds of fixed inhibition.", "Inhibition from below"
    )
    fixed_sparsity: float = parameter(
        0.8,
        "Fraction of the fixed synapses, feedback and inhibition, that are not there.",
        title="Sparsity of fixed synapses",
        rebuild=True,
        ge=0,
        le=0.999,
        advanced=True,
    )


@dataclass(frozen=True)
class _Path:
    """One of them: what of the layer it comes from it sends, and on what of the other it acts."""

    path: Projection
    sends: str
    acts: str


class BurstPaths:
    """All of a network's fixed synapses; what they send acts from the next tick on."""

    def __init__(self, net: Network, params: BurstPathParams, streams: Streams) -> None:
        self._params = params
        self._streams = streams
        self._paths: list[_Path] = []
        for number, path in enumerate(net.forward, 1):
            self._add(net, f"I{number}", path.pre, path.post, "event", "g_i", params.inhibition)
        for number, path in enumerate(net.forward[1:], 2):
            self._add_feedback(net, number, path)

    def send(self) -> None:
        """Let this tick's events and bursts arrive."""
        for one in self._paths:
            sent, acted = one.path.pre.state[one.sends], one.path.post.state[one.acts]
            loop("arrival", "add_arrivals")(one.path.w, sent, acted)

    def steady(self, layer: Layer) -> np.ndarray:
        """The steady current (n,) into a hidden layer's dendrites, in pA."""
        return np.where(self._opposed(layer), self._params.opposed_current, 0.0)

    def _add_feedback(self, net: Network, number: int, path: Projection) -> None:
        p, opposed = self._params, self._opposed(path.pre)[:, None]
        excite = np.where(opposed, p.opposed, p.feedback)
        inhibit = np.where(opposed, p.opposed_inhibition, p.feedback_inhibition)
        ends = (path.post, path.pre)
        self._add(net, f"B{number}", *ends, "burst", "d_e", excite, mirrors=path.name)
        self._add(net, f"J{number}", *ends, "burst", "d_i", inhibit)

    def _add(
        self,
        net: Network,
        name: str,
        pre: Layer,
        post: Layer,
        sends: str,
        acts: str,
        weight: np.ndarray | float,
        mirrors: str | None = None,
    ) -> None:
        """Make a projection of synapses of `weight` (post, 1), some of them missing."""
        role = Role.FEEDBACK if mirrors else Role.INHIBITORY
        path = Projection(name, pre, post, role=role, mirrors=mirrors)
        sparsity = self._params.fixed_sparsity
        draw = Draw(distribution="constant", scale=1.0, relative=False, sparsity=sparsity)
        path.draw(draw, self._streams.fresh(f"fixed/{name}"))
        # Column by column in memory, as events read it: a whole column is added at each
        path.w = np.asfortranarray(path.w * weight, dtype=path.w.dtype)
        self._paths.append(_Path(net.connect(path), sends, acts))

    def _opposed(self, layer: Layer) -> np.ndarray:
        """Which cells (n,) of a layer bursts mostly inhibit: those of its odd pools."""
        pool = np.arange(layer.size) * layer.unit.params.pools // layer.size
        opposed: np.ndarray = (pool % 2 == 1) & (self._params.signs == "opposed")
        return opposed
