"""Two neurons and their synapse as outlines, in a drawing WIDE by HIGH, upwards from 0.

The window draws the same cells with paths of its own; here they are polygons.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

WIDE, HIGH = 1000.0, 330.0
LEVEL = 175.0  # where axon, terminal and spine lie
RADIUS = 58.0  # of both cell bodies
PRE = np.array([101.5, LEVEL])
POST = np.array([878.0, 132.0])
FACE = 500.0  # where the terminal's membrane lies
BOUTON = 128.0, 92.0  # length and half the height of the terminal
CLEFT = 34.0
DOCKED, SLOTS = 7, 9  # vesicles at the membrane, and places for receptors
VESICLE = 6.7
STEPS = 40  # of a curve
Outline = np.ndarray  # (n, 2)


@dataclass(frozen=True)
class Synapse:
    """A synapse whose weight is `strength`, from 0 to 1 of the largest."""

    strength: float

    @property
    def head(self) -> tuple[float, float]:
        """Half the width and half the height of the spine's head; it grows with the weight."""
        half = 26 + 62 * self.strength
        return 0.725 * half, half

    @property
    def middle(self) -> np.ndarray:
        """The middle of the spine's head."""
        return np.array([FACE + CLEFT + self.head[0], LEVEL])

    def pre(self) -> list[Outline]:
        """The presynaptic cell: stumps of dendrites, body, axon and terminal."""
        stumps = [_stump(PRE, turn) for turn in (0.68, 1.0, 1.32)]
        return [*stumps, disc(PRE, RADIUS), tube(AXON, 17.0), _terminal()]

    def post(self) -> list[Outline]:
        """The postsynaptic cell: stumps, body, its own axon, dendrite and spine."""
        stumps = [_stump(POST, turn) for turn in (-0.30, -0.66)]
        onward = np.array([POST + np.array([0.95 * RADIUS, 0.0]), (WIDE + 8, POST[1])])
        thick = 11 + 10 * self.strength
        neck = np.array([self.middle, JOINT])
        wide, high = self.head
        head = self.middle + disc(np.zeros(2), 1.0) * (wide, high)
        return [*stumps, disc(POST, RADIUS), tube(onward, 11.0), tube(SHAFT, 25.0),
                tube(neck, thick), head]  # fmt: skip

    def vesicles(self) -> list[np.ndarray]:
        """Those at the membrane, and some further inside."""
        docked = [(FACE - 10.5, LEVEL + (k - DOCKED // 2) * 21.5) for k in range(DOCKED)]
        rows = ((0.30, (-44, -14, 18, 48)), (0.46, (-58, -29, 3, 33, 62)), (0.62, (-30, 2, 32)))
        inside = [(across, up) for across, heights in rows for up in heights]
        store = [(FACE - across * BOUTON[0], LEVEL + up) for across, up in inside]
        return [np.array(place) for place in (*docked, *store)]

    def receptors(self) -> list[Outline]:
        """Small channels across the head's membrane, as many as the weight allows."""
        count = max(2, round(2 + self.strength * (SLOTS - 2)))
        wide, high = self.head
        found = []
        for k in range(count):
            turn = pi + (k / (count - 1) - 0.5) * 0.62 * pi
            way = np.array([np.cos(turn), np.sin(turn)])
            side = np.array([-way[1], way[0]])
            at = self.middle + way * (wide, high)
            corners = [(6, 3.6), (6, -3.6), (-6, -3.6), (-6, 3.6)]
            found.append(np.array([at + a * way + b * side for a, b in corners]))
        return found

    def filled(self, part: float) -> Outline:
        """The postsynaptic body filled from below, as far as its potential has come."""
        height = -RADIUS + 2 + 2 * (RADIUS - 2) * part
        round_ = disc(np.zeros(2), RADIUS - 2)
        outline: np.ndarray = POST + np.stack(
            [round_[:, 0], np.minimum(round_[:, 1], height)], axis=1
        )
        return outline


def disc(middle: np.ndarray, radius: float) -> Outline:
    turns = np.linspace(0, 2 * pi, 2 * STEPS, endpoint=False)
    outline: np.ndarray = middle + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return outline


def curve(*points: tuple[float, float]) -> np.ndarray:
    """A cubic curve through its first and last of four points, as (STEPS, 2)."""
    a, b, c, d = (np.array(point) for point in points)
    t = np.linspace(0, 1, STEPS)[:, None]
    first: np.ndarray = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b
    return np.asarray(first + 3 * (1 - t) * t**2 * c + t**3 * d)


def tube(way: np.ndarray, thick: float) -> Outline:
    """The outline of a tube around a way (n, 2), with round ends."""
    along = np.gradient(way, axis=0)
    along /= np.maximum(np.hypot(along[:, :1], along[:, 1:]), 1e-9)
    side = np.stack([-along[:, 1], along[:, 0]], axis=1) * thick / 2
    turns = np.linspace(0, pi, 12)[1:-1]
    caps = []
    for at, out, left in ((way[-1], along[-1], side[-1]), (way[0], -along[0], -side[0])):
        cap = np.cos(turns)[:, None] * left + np.sin(turns)[:, None] * out * thick / 2
        caps.append(at + cap)
    outline: np.ndarray = np.concatenate([way + side, caps[0], (way - side)[::-1], caps[1]])
    return outline


def _stump(centre: np.ndarray, turn: float) -> Outline:
    """The stump of a dendrite, which tapers."""
    way = np.array([np.cos(turn * pi), np.sin(turn * pi)])
    side = np.array([-way[1], way[0]])
    tip, thick, thin = centre + 1.62 * RADIUS * way, 0.17 * RADIUS, 0.07 * RADIUS
    return np.array(
        [centre + thick * side, tip + thin * side, tip + thin * way, tip - thin * side,
         centre - thick * side]
    )  # fmt: skip


def _terminal() -> Outline:
    """A bulb that ends in a flat membrane."""
    long, half = BOUTON
    left, neck, corner = FACE - long, 8.5, 20.0
    start = (left - 0.35 * long, neck)
    upper = curve(start, (left + 0.1 * long, neck), (left + 0.02 * long, half),
                  (left + 0.62 * long, half))  # fmt: skip
    turn = curve(
        (FACE - corner, half), (FACE - corner / 3, half), (FACE, half - corner / 3),
        (FACE, half - corner),
    )  # fmt: skip
    above = np.concatenate([upper, turn])
    below = above[::-1] * (1, -1)
    outline: np.ndarray = np.concatenate([above, below]) + np.array([0.0, LEVEL])
    return outline


JOINT = np.array([FACE + CLEFT + 178.0, LEVEL - 4.0])
AXON = np.concatenate(
    [
        curve((156.6, LEVEL), (215.6, LEVEL + 22), (274.6, LEVEL), (333.6, LEVEL)),
        np.array([[430.0, LEVEL]]),
    ]
)
SHAFT = np.concatenate(
    [
        curve((738, 326), (734, 270), (726, 221), (724, 171)),
        curve((724, 170), (724, 110), (762, 132), (849, 132)),
    ]
)
