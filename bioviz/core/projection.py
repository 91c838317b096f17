"""A projection: the weights from one layer to another, and the few verbs rules speak to them by."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from .blas import add_scaled, contiguous
from .compiled import loop
from .crew import Piece
from .product import LEAST, Bound, Span
from .spec import Draw
from .step import LastStep

if TYPE_CHECKING:
    from .layer import Layer


class Role(StrEnum):
    """What a projection is for; it decides how the diagram draws it."""

    FORWARD = "forward"
    FEEDBACK = "feedback"
    LATERAL = "lateral"
    INHIBITORY = "inhibitory"  # fixed; up or down


FEW = 8  # a product takes as long as adding up the columns of an eighth of the units


@cache
def _ones(count: int, dtype: np.dtype[Any]) -> np.ndarray:
    """For each of so many examples: (batch, 1)."""
    return np.ones((count, 1), dtype)


@cache
def _none(dtype: np.dtype[Any]) -> np.ndarray:
    return np.empty(0, dtype)


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
        self.never = 0  # entries where there can be no weight, as from a unit to itself
        self.velocity: np.ndarray | None = None  # (post, pre), once momentum is used
        self.bias_velocity: np.ndarray | None = None
        self.learns = False  # set by the rule that moves it
        self.frozen = False  # held still by the user: `learn` changes nothing
        self.drawn = Draw()  # what `w` was drawn from
        self.delay = 0  # ticks between a spike's being sent and its arriving
        self.by_columns = False  # whether the weights from a unit lie together in memory
        self._single = False  # whether examples come one at a time: compiled loops for BLAS
        self.derived = False  # made from the forward weights at every trial, never edited
        self.step = LastStep(self)
        self._up = Bound(lambda out, w, pre: (out.T, w, pre.T))
        self._down = Bound(lambda out, w, post: (out.T, w.T, post.T))
        self._learning = Bound(lambda w, post, pre: (w, post.T, pre))
        self._bias_learning = Bound(lambda bias, post, ones: (bias[:, None], post.T, ones))

    def draw(self, draw: Draw, stream: np.random.Generator) -> None:
        """Fill `w` by `draw`; the mask follows from its sparsity."""
        self.drawn = draw
        scale = draw.scale / np.sqrt(self.pre.size) if draw.relative else draw.scale
        if draw.distribution == "normal":
            self.w[...] = stream.standard_normal(self.w.shape) * scale
        elif draw.distribution == "constant":
            self.w[...] = scale
        elif draw.distribution == "alternating":
            odd = np.add.outer(np.arange(self.post.size), np.arange(self.pre.size)) % 2
            self.w[...] = scale * (1 - 2 * odd)
        else:
            self.w[...] = stream.uniform(-scale, scale, self.w.shape)
        self.mask = None
        if draw.sparsity:
            self.mask = np.zeros_like(self.w)
            self.mask[stream.random(self.w.shape) >= draw.sparsity] = 1
            self.w *= self.mask

    def expect_single(self, *, few: bool) -> None:
        """Make ready for one example at a time, before anybody else knows of `w`.

        Where `few` units below are active, the weights from each are laid together: those from all
        others need then not be looked at, such as from dark pixels, four fifths of MNIST's.
        """
        self._single = True
        if not few:
            return
        self.w = np.asfortranarray(self.w)
        if self.mask is not None:
            self.mask = np.asfortranarray(self.mask)
        self.by_columns = True

    def send(self, pre: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Activity (batch, pre) to drive (batch, post), bias included."""
        if self._single and len(pre) == 1 and self._send_one(pre, out):
            return out
        columns = self._columns(pre)
        if self._worth_sharing(pre, out):
            keep = 0.0
            if self.bias is not None:
                np.copyto(out, self.bias)
                keep = 1.0
            product = self._up.of(out, self.w, pre)
            product.look_along(columns)
            product(1.0, keep)
            return out
        w = self.w
        if columns is not None:
            w, pre = w[:, slice(*columns)], pre[:, slice(*columns)]
        np.matmul(w, pre.T, out=out.T)
        if self.bias is not None:
            out += self.bias
        return out

    def deliver(self, sent: np.ndarray, out: np.ndarray) -> np.ndarray:
        """As `send`, for spikes: those few units alone cost time that send something."""
        if len(sent) == 1 and self.bias is None and self.pre.unit.spikes:
            most = sent.shape[1] // FEW
            if loop("arrival", "arrive")(self.w, sent, out, most):
                return out
        return self.send(sent, out)

    def _send_one(self, pre: np.ndarray, out: np.ndarray) -> bool:
        """As `send`, where it is one example; False where that is quicker by BLAS."""
        if not self.by_columns:
            loop("arrival", "carry_by_rows")(self.w, self._bias, pre, out)
            return True
        if not loop("arrival", "arrive")(self.w, pre, out, pre.shape[1] // 2):
            return False
        if self.bias is not None:
            out += self.bias
        return True

    @property
    def _bias(self) -> np.ndarray:
        """The bias as compiled loops know it: empty where there is none."""
        return _none(self.w.dtype) if self.bias is None else self.bias

    def back(self, post: np.ndarray, out: np.ndarray) -> np.ndarray:
        """What sits at post (batch, post) sent through the transpose to (batch, pre)."""
        if self._worth_sharing(post, out):
            self._down.of(out, self.w, post)(1.0, 0.0)
        else:
            np.matmul(self.w.T, post.T, out=out.T)
        return out

    def learn(
        self,
        post: np.ndarray,
        pre: np.ndarray,
        rate: float,
        *,
        momentum: float = 0.0,
        decay: float = 0.0,
        fade: float = 0.0,
        summed: bool = False,
        later: list[Piece] | None = None,
    ) -> None:
        """w += rate * (mean over the batch of post^T pre - decay * w) - fade * w, in place.

        Where it is `summed`, the sum over the batch takes the place of the mean.

        With momentum m the bracket feeds a velocity v <- m v + bracket and w += rate * v, so a
        rate changed mid-run acts at once; what fades stays outside it. Biases learn from `post`
        alone and do not decay. A frozen projection stays as it is. What of it may wait is put into
        `later` where that is given, to be carried out together with other projections' steps.
        """
        if self.frozen:
            self.step.made = None
            return
        mean = 1.0 if summed else 1.0 / len(post)
        keep = 1.0 - rate * decay - fade
        if self._single and len(post) == 1 and keep == 1.0 and not momentum:
            self._learn_one(post, pre, rate)
            return
        if momentum:
            self._push(post, pre, mean, momentum, decay)
            if fade:
                self.w *= self.w.dtype.type(1.0 - fade)
            add_scaled(self.w, self._velocity(), rate)
        else:
            waits = later if self.mask is None else None
            self._add_outer(self.w, post, pre, rate * mean, keep, waits)
        if self.mask is not None:
            self.w *= self.mask
        if self.bias is not None:
            self._learn_bias(self.bias, post, rate, mean, momentum, later)
        self.step.made = (post, pre, rate * mean)
        self.learns = True

    def nudge(self, step: np.ndarray, bias_step: np.ndarray | None, rate: float) -> None:
        """w += rate * step (post, pre) and bias += rate * bias_step (post,), in place."""
        if self.frozen:
            self.step.missed()
            return
        add_scaled(self.w, step, rate)
        if self.mask is not None:
            self.w *= self.mask
        if self.bias is not None and bias_step is not None:
            self.bias += bias_step * self.bias.dtype.type(rate)
        self.step.nudged(step, rate)
        self.learns = True

    @property
    def dw(self) -> np.ndarray:
        """What the last trial itself asked of `w`: (post, pre); see `LastStep`."""
        return self.step.read()

    @property
    def removed(self) -> float:
        """The fraction of the weights that are not there: sparse from the start, or pruned."""
        if self.mask is None:
            return 0.0
        possible = self.mask.size - self.never
        return 1.0 - int(np.count_nonzero(self.mask)) / possible if possible else 0.0

    def _learn_one(self, post: np.ndarray, pre: np.ndarray, rate: float) -> None:
        """As `learn`, from one example and without anything beyond."""
        name = "add_by_columns" if self.by_columns else "add_by_rows"
        loop("arrival", name)(self.w, self._bias, post, pre, self.w.dtype.type(rate))
        if self.mask is not None:
            self.w *= self.mask
        self.step.made = (post, pre, rate)
        self.learns = True

    def _push(
        self, post: np.ndarray, pre: np.ndarray, mean: float, momentum: float, decay: float
    ) -> None:
        velocity = self._velocity()
        self._add_outer(velocity, post, pre, mean, momentum)
        if decay:
            add_scaled(velocity, self.w, -decay)

    def _add_outer(
        self,
        w: np.ndarray,
        post: np.ndarray,
        pre: np.ndarray,
        rate: float,
        keep: float,
        later: list[Piece] | None = None,
    ) -> None:
        product = self._learning.of(w, post, pre)
        product.look_across(self._columns(pre) if keep == 1.0 else None)  # else all of w changes
        if later is not None and product.large:
            product.set(rate, keep)
            later += product.pieces
        else:
            product(rate, keep)

    def _worth_sharing(self, sent: np.ndarray, out: np.ndarray) -> bool:
        """Whether to send this through `w` in pieces: not one example, which w's way here costs."""
        large = len(sent) > 1 and self.w.size * len(sent) >= LEAST
        return large and contiguous(sent) and contiguous(out)

    def _columns(self, pre: np.ndarray) -> Span:
        """Outside which of its columns `pre` is known to be all zero."""
        return self.pre.awake if pre is self.pre.rate else None

    def _velocity(self) -> np.ndarray:
        if self.velocity is None:
            self.velocity = np.zeros_like(self.w)
        return self.velocity

    def _learn_bias(
        self,
        bias: np.ndarray,
        post: np.ndarray,
        rate: float,
        mean: float,
        momentum: float,
        later: list[Piece] | None,
    ) -> None:
        ones = _ones(len(post), post.dtype)
        if momentum:
            if self.bias_velocity is None:
                self.bias_velocity = np.zeros_like(bias)
            self._bias_learning.of(self.bias_velocity, post, ones)(mean, momentum)
            add_scaled(bias, self.bias_velocity, rate)
            return
        product = self._bias_learning.of(bias, post, ones)
        if later:  # threads are kept busy anyway
            product.set(rate * mean, 1.0)
            later += product.pieces
        else:
            product(rate * mean, 1.0)


def why_derived(name: str, mirrors: str | None) -> str:
    """Why a projection that follows the forward weights cannot be changed by hand."""
    forward = mirrors or "the forward weights"
    return (
        f"{name} is made from {forward} at every trial, so a change of it would be gone at once. "
        f"Change {forward} instead."
    )


def why_not_drawn(name: str) -> str:
    """Why a projection whose strength the rule chooses cannot be drawn again."""
    return (
        f"Nothing in {name} was drawn at random but which synapses there are: how strong they are "
        "is among the rule's parameters. Scale it or add noise instead."
    )
