"""The mirror: noise, with eyes closed, from which feedback weights learn to mirror forward ones.

How it works and its source stand in `bioviz.rules.weight_mirror`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .feedback import feedback_into
from .network import Network
from .parameter import Part, parameter
from .projection import Projection
from .rule import Phase
from .stream import Streams


class MirrorParams(Part):
    """How often noise teaches the feedback weights, how much of it, and how fast they learn."""

    mirror_every: int = parameter(
        1, "Engaged trials between two spells of mirroring.", unit="trials", ge=1, le=100_000
    )
    noise_batches: int = parameter(1, "Noise batches in one spell of mirroring.", ge=1, le=10_000)
    noise_samples: int = parameter(
        64, "Noise patterns in one noise batch.", ge=2, le=10_000, advanced=True
    )
    noise_scale: float = parameter(
        0.5, "Standard deviation of the noise put into each layer.", symbol="σ", gt=0, le=100
    )
    mirror_rate: float = parameter(
        0.04,
        "Size of a mirror step; B grows to η_B σ² / λ_B times W-transposed (sigmoid: a quarter).",
        symbol="η_B",
        gt=0,
        le=1e4,
    )
    mirror_decay: float = parameter(
        0.01,
        "Fraction of B that fades with each noise batch; it bounds B.",
        symbol="λ_B",
        ge=0,
        lt=1,
    )


def spell(net: Network, params: MirrorParams, streams: Streams) -> Iterator[Phase]:
    """Teach B by `noise_batches` batches of noise, each through every layer from the lowest up."""
    for _ in range(params.noise_batches):
        for projection in net.forward[1:]:
            mirror(net, projection, params, streams["mirror noise"])
        yield Phase.MIRROR


def mirror(
    net: Network, projection: Projection, params: MirrorParams, stream: np.random.Generator
) -> None:
    """Put noise into a projection's pre layer; its B learns from the centred response to it."""
    noise = stream.standard_normal((params.noise_samples, projection.pre.size), net.dtype)
    noise *= net.dtype(params.noise_scale)
    drive = noise @ projection.w.T
    unit = projection.post.unit
    response = unit.answer(drive, np.empty_like(drive)) if unit.elementwise else drive
    response -= response.mean(axis=0)
    feedback = feedback_into(net, projection)
    feedback.learn(noise, response, params.mirror_rate, fade=params.mirror_decay)
