"""The lecture's spiking network, in PyTorch."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch

from .spiking_ours import RATE, SETTLE, SIZES, TAU, TICKS


class Theirs:
    """The same network in PyTorch, in place wherever it can be."""

    def __init__(self) -> None:
        pairs = list(pairwise(SIZES))
        self.w = [torch.randn(n, m) / m**0.5 for m, n in pairs]
        self.bias = [torch.zeros(n) for _, n in pairs]
        self.b = [3 * torch.randn(m, n) / n**0.5 for m, n in pairs]

    def trial(self, x: Any, t: Any) -> None:
        batch = len(x)
        u = [torch.zeros(batch, n) for n in SIZES[1:]]
        trace = [torch.zeros(batch, n) for n in SIZES[:-1]]
        for tick in range(TICKS):
            sent, p = x, []
            for place, w in enumerate(self.w):
                trace[place].mul_(1 - 1 / TAU).add_(sent, alpha=1 / TAU)
                drive = torch.addmm(self.bias[place], sent, w.t())
                u[place].mul_(1 - 1 / TAU).add_(drive, alpha=1 / TAU)
                p.append(torch.sigmoid(u[place]))
                sent = (torch.rand_like(p[-1]) < p[-1]).float()
            if tick >= SETTLE:
                self.learn(t, p, trace)

    def learn(self, t: Any, p: list[Any], trace: list[Any]) -> None:
        delta, scale = t - p[-1], RATE / len(t)
        for place in range(len(self.w) - 1, -1, -1):
            below = None
            if place:
                below = (delta @ self.b[place].t()).mul_(p[place - 1]).mul_(1 - p[place - 1])
            self.w[place].addmm_(delta.t(), trace[place], alpha=scale)
            self.bias[place].add_(delta.sum(0), alpha=scale)
            delta = below


def examples(batch: int) -> tuple[Any, Any]:
    """A batch of images and of targets that all units of a group share."""
    x = torch.rand(batch, SIZES[0])
    t = torch.nn.functional.one_hot(torch.arange(batch) % 10, 10).float()
    return x, t.repeat_interleave(SIZES[-1] // 10, dim=1)
