"""W against B as a figure: each weight beside its feedback weight, and how far they are apart."""

from __future__ import annotations

import numpy as np

from ...core.decade import round_up
from ...core.pair import Pairs, PairsReply
from ...core.request import Curve, Markers, Request
from ...core.snapshot import Snapshot, Wanted
from ..alignment_words import why_no_pairs
from ..facts import facts_of
from ..lanes import lanes_of
from ..pair_words import relation
from ..panel import PanelFigure
from ..recorded import POINTS, marked, time_axis
from ..spec import Axes, Axis, Dots, FigureSpec, Line

FEW = 60  # pairs, up to which each is a large point
SPARE = 1.02  # so that no point lies on the frame


class WeightScatterFigure(PanelFigure):
    """Whether forward weights come to equal the feedback weights that run against them."""

    key = "weight_scatter"
    title = "W against B"

    def why_not(self) -> str:
        return why_no_pairs(self.catalogue.first)

    def wanted(self) -> Wanted:
        if self._pair is None:
            return frozenset()
        found: set[Request] = {Pairs(self._pair[0]), Markers(), _distance(self._pair[0])}
        return frozenset(found)

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        pair = self._pair
        reply = snapshot.get(Pairs(pair[0])) if pair else None
        if pair is None or reply is None or not len(reply.w):
            raise ValueError(self.why_not() or "There is no pair of weights to draw.")
        forward, feedback = pair
        first = _pairs(reply, forward, feedback)
        second = self._over_time(snapshot, forward, feedback)
        parts = (first, second) if second is not None else (first,)
        return FigureSpec(
            f"{forward} against {feedback}",
            parts,
            widths=(1.0, 1.15)[: len(parts)],
            note=relation(reply)[0],
            facts=facts_of(self.catalogue, snapshot),
        )

    @property
    def _pair(self) -> tuple[str, str] | None:
        """The chosen projection and its feedback; the highest, which aligns first, by default."""
        entry = self.catalogue.first
        pairs = {path.mirrors: path.name for path in entry.projections if path.mirrors}
        wish = self.options.get("projection")
        name = wish if isinstance(wish, str) and wish in pairs else next(reversed(pairs), None)
        return (name, pairs[name]) if name else None

    def _over_time(self, snapshot: Snapshot, forward: str, feedback: str) -> Axes | None:
        """How far both are apart, trial by trial; None where that is not recorded."""
        trials, values = snapshot.get(_distance(forward)) or (np.empty(0), np.empty(0))
        if len(trials) < 2 or not (values > 0).any():
            return None
        epoch = self.catalogue.first.epoch_trials
        name = f"|{forward} − {feedback}ᵀ|"
        return Axes(
            (Line(trials, values, "", 1),),
            time_axis("trials", epoch),
            Axis(name, log=True),
            events=marked(snapshot, lanes_of(self.catalogue)[:1], "trials"),
            place=(0, 1),
        )


def _distance(forward: str) -> Curve:
    return Curve(f"weight_difference.{forward}", POINTS)


def _pairs(reply: PairsReply, forward: str, feedback: str) -> Axes:
    pairs = np.stack([reply.b, reply.w], axis=1).astype(np.float64)
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    end = round_up(SPARE * float(np.abs(pairs).max(initial=0.0)))
    ends = np.array([-end, end])
    few = len(pairs) <= FEW
    zero = np.zeros(2)
    dots = Dots(pairs[:, 0], pairs[:, 1], size=0.45 if few else 0.22, strength=1 if few else 0.45)
    return Axes(
        (
            Line(ends, zero, "", "grid", weight=0.5),
            Line(zero, ends, "", "grid", weight=0.5),
            Line(ends, ends, "equal", "muted", "dash", 0.6),
            dots,
        ),
        Axis(f"{feedback}ᵀ", low=-end, high=end),
        Axis(forward, low=-end, high=end),
        equal=True,
    )
