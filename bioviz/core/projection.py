"""A projection: the weights from one layer to another, and the few verbs rules speak to them by."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from .blas import add_outer, add_scaled
from .spec import Draw

if TYPE_CHECKING:
    from .network import Layer


LARGE = 20_000  # weights; above it a transposed product is worth its copy


class Role(StrEnum):
    """What a projection is for; it decides how the diagram draws it."""

    FORWARD = "forward"
    FEEDBACK = "feedback"
    LATERAL = "lateral"


class Projection:
    """A dense weight matrix `w` of shape (post, pre), with an optional bias of shape (post,).

    Arrays are changed in place and never replaced: addresses stay bound to them. `mirrors` names
    the forward projection whose transpose this one stands in for ("W2" for B2).
    """

    def __init__(
        self,
        name: str,
        pre: Layer,
        post: Layer,
        *,
        role: Role = Role.FORWARD,
        mirrors: str | None = None,
        bias: bool = False,
    ) -> None:
        self.name = name
        self.pre = pre
        self.post = post
        self.role = role
        self.mirrors = mirrors
        self.w = np.zeros((post.size, pre.size), pre.dtype)
        self.bias = np.zeros(post.size, pre.dtype) if bias else None
        self.mask: np.ndarray | None = None  # (post, pre), 0 where a weight was removed
        self.velocity: np.ndarray | None = None  # (post, pre), once momentum is used
        self.bias_velocity: np.ndarray | None = None
        self.learns = False  # set by the rule that moves it
        self.frozen = False  # held still by the user: `learn` changes nothing
        self.derived = False  # made from the forward weights at every trial, never edited
        self.last_step: tuple[np.ndarray, np.ndarray, float] | None = None
        self._dw: np.ndarray | None = None
        self._written: tuple[np.ndarray, np.ndarray, float] | None = None  # the step `_dw` holds

    def draw(self, draw: Draw, stream: np.random.Generator) -> None:
        """Fill `w` by `draw`; the mask follows from its sparsity."""
        scale = draw.scale / np.sqrt(self.pre.size) if draw.relative else draw.scale
        if draw.distribution == "normal":
            self.w[...] = stream.standard_normal(self.w.shape) * scale
        elif draw.distribution == "constant":
            self.w[...] = scale
        else:
            self.w[...] = stream.uniform(-scale, scale, self.w.shape)
        self.mask = None
        if draw.sparsity:
            self.mask = np.zeros_like(self.w)
            self.mask[stream.random(self.w.shape) >= draw.sparsity] = 1
            self.w *= self.mask

    def send(self, pre: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Activity (batch, pre) to drive (batch, post), bias included."""
        if self.w.size < LARGE:
            np.dot(pre, self.w.T, out=out)
        else:
            out[...] = np.dot(self.w, pre.T).T  # OpenBLAS takes 0.6 of the time this way round
        if self.bias is not None:
            out += self.bias
        return out

    def back(self, post: np.ndarray, out: np.ndarray) -> np.ndarray:
        """What sits at post (batch, post) sent through the transpose to (batch, pre)."""
        return np.dot(post, self.w, out=out)

    def learn(
        self,
        post: np.ndarray,
        pre: np.ndarray,
        rate: float,
        *,
        momentum: float = 0.0,
        decay: float = 0.0,
    ) -> None:
        """w += rate * (mean over the batch of post^T pre - decay * w), in place.

        With momentum m the bracket feeds a velocity v <- m v + bracket and w += rate * v, so a
        rate changed mid-run acts at once. Biases learn from `post` alone and do not decay. A frozen
        projection stays as it is.
        """
        if self.frozen:
            return
        mean = 1.0 / len(post)
        if momentum:
            self._push(post, pre, mean, momentum, decay)
            add_scaled(self.w, self._velocity(), rate)
        else:
            add_outer(self.w, post, pre, rate * mean, 1.0 - rate * decay)
        if self.mask is not None:
            self.w *= self.mask
        if self.bias is not None:
            self._learn_bias(post, rate, momentum)
        self.last_step = (post, pre, rate * mean)
        self.learns = True

    @property
    def dw(self) -> np.ndarray:
        """What the last trial itself asked of `w`, rate * <post^T pre>: (post, pre).

        Decay and what momentum carries over are left out; zero before the first step. It is
        written when somebody looks, since writing it costs as much as learning itself.
        """
        if self._dw is None:
            self._dw = np.zeros_like(self.w)
        if self.last_step is not None and self.last_step is not self._written:
            self._write_dw(self._dw, *self.last_step)
            self._written = self.last_step
        return self._dw

    def release_step(self) -> None:
        """Let the layers overwrite the last step's activities; they are kept apart once watched."""
        if self._dw is None:
            self.last_step = None
        elif self.last_step is not None and self.last_step is not self._written:
            post, pre, rate = self.last_step
            self.last_step = (post.copy(), pre.copy(), rate)

    def _write_dw(self, dw: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float) -> None:
        np.dot(post.T, pre, out=dw)
        dw *= rate
        if self.mask is not None:
            dw *= self.mask

    def _push(
        self, post: np.ndarray, pre: np.ndarray, mean: float, momentum: float, decay: float
    ) -> None:
        velocity = self._velocity()
        add_outer(velocity, post, pre, mean, momentum)
        if decay:
            add_scaled(velocity, self.w, -decay)

    def _velocity(self) -> np.ndarray:
        if self.velocity is None:
            self.velocity = np.zeros_like(self.w)
        return self.velocity

    def _learn_bias(self, post: np.ndarray, rate: float, momentum: float) -> None:
        assert self.bias is not None  # noqa: S101  (told to the type checker)
        step = np.add.reduce(post, axis=0)
        step *= 1.0 / len(post)
        if momentum:
            if self.bias_velocity is None:
                self.bias_velocity = np.zeros_like(self.bias)
            self.bias_velocity *= momentum
            self.bias_velocity += step
            step = self.bias_velocity
        self.bias += step * self.bias.dtype.type(rate)
