"""Which angles there are of the experiments, and what of them is worth drawing."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from ..core.catalogue import ExperimentEntry
from .alignment_words import GUESSED, QUANTITIES, Quantity, records, why_fewer, why_nothing
from .lanes import Lane

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

MOST_BESIDE = 4  # curves of several experiments; more would leave a small plot no room


def fitting(wish: str, lanes: Sequence[Lane]) -> str:
    """Return the quantity that the user chose or, where no rule records it, one that fits."""
    if not lanes or any(records(lane.entry, QUANTITIES[wish]) for lane in lanes):
        return wish
    if lanes[0].entry.rule_group == "score":
        return GUESSED
    return next(iter(QUANTITIES)) if wish == GUESSED else wish


def channels(lanes: Sequence[Lane], quantity: Quantity) -> list[ChannelInfo]:
    """Return the experiments' channels of a quantity, those of a layer together."""
    found = {
        info.name: info
        for metric in quantity.metrics
        for lane in lanes
        for info in lane.entry.channels_of(metric)
    }
    return sorted(found.values(), key=lambda info: place(info, lanes[0].entry))


def place(info: ChannelInfo, entry: ExperimentEntry) -> int:
    """Return which of the layers above the input a channel is about: whose error, or weights."""
    names = [layer.name for layer in entry.layers[1:]]
    path = entry.projection(info.about)
    up = info.metric == "gradient_angle"  # of the step of the weights themselves
    layer = (path.post if up else path.pre) if path else info.about
    return names.index(layer) if layer in names else 0


def freedom(shown: Sequence[ChannelInfo], entry: ExperimentEntry) -> int | None:
    """Return the smallest number of entries among the vectors whose angles are shown."""
    found = []
    for info in shown:
        path, layer = entry.projection(info.about), entry.layer(info.about)
        found += [prod(path.shape)] if path else [layer.size] if layer else []
    return min(found, default=None)


def tells(lane: Lane, quantity: Quantity) -> bool:
    """Whether an experiment has something to show that is not so by definition."""
    if lane.entry.rule_group == "score":
        return any(lane.entry.channels_of(metric) for metric in quantity.metrics)
    return not why_nothing(lane.entry)


def few(shown: list[ChannelInfo], lanes: Sequence[Lane], quantity: Quantity) -> list[ChannelInfo]:
    """Return what to draw of several experiments in little room.

    That is the main angle and, where it would be too many curves, of the lowest layer alone: there
    the errors have come the longest way.
    """
    entry = lanes[0].entry
    main = [info for info in shown if info.metric == quantity.metrics[0]] or shown
    if sum(lane.has(info) for lane in lanes for info in main) <= MOST_BESIDE:
        return main
    lowest = min(place(info, entry) for info in main)
    return [info for info in main if place(info, entry) == lowest]


def left_out(
    drawn: Sequence[ChannelInfo], shown: Sequence[ChannelInfo], lanes: Sequence[Lane]
) -> str:
    """Say whose curves alone are drawn, where there is no room for those of all layers."""
    names = {info.name for info in drawn}
    metrics = {info.metric for info in drawn}
    rest = [info for info in shown if info.metric in metrics and info.name not in names]
    if len(lanes) < 2 or not rest:
        return ""
    whose = " and ".join(dict.fromkeys(subject(info, lanes) for info in drawn))
    return f"{whose} alone; wider shows all layers."


def subject(info: ChannelInfo, lanes: Sequence[Lane]) -> str:
    """Return whose channel it is, as short as can be: the layer, the weights, or the B of them."""
    if info.metric in ("update_angle", "gradient_angle"):
        return info.about
    backs = (lane.entry.feedback_of(info.about) for lane in lanes)
    return next((back.name for back in backs if back), info.about)


def missing(lanes: Sequence[Lane], quantity: Quantity) -> str:
    """Say which feedback weights a quantity leaves out, and why; "" where it has all of them."""
    for lane in lanes if quantity.compares else ():
        if words := why_fewer(lane.entry):
            return words if lane.index == 0 else f"{lane.name}: {words}"
    return ""
