"""Which pools of cells the bursts panel and its figure draw, and in which colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.catalogue import ExperimentEntry
from .burst_record import BurstView, PoolLine
from .burst_words import EVERY, QUANTITIES, bursting
from .spec import Colour

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo


def layers_of(entry: ExperimentEntry, layer: str) -> list[str]:
    """The layers that are drawn: the chosen one, or all above the input."""
    names = bursting(entry)
    if layer in names:
        return [layer]
    above = [layer.name for layer in entry.layers[1:]]
    return [name for name in names if name in above] or names


def pools_of(entry: ExperimentEntry, view: BurstView, layer: str) -> dict[PoolLine, Colour]:
    """The pools that are drawn, each with its colour."""
    alone = layer != EVERY
    names = layers_of(entry, layer)
    found = [line for name in names for line in view.lines(name, alone=alone)]
    return {line: place for place, line in enumerate(found)}


def teacher_of(
    entry: ExperimentEntry, view: BurstView, layer: str, lines: dict[PoolLine, Colour]
) -> dict[PoolLine, Colour]:
    """The pools of the output, by which the teacher's current is told apart."""
    output = entry.layers[-1].name
    colours = {line.key: colour for line, colour in lines.items()}
    found = view.lines(output, alone=layer == output)
    return {line: colours.get(line.key, "muted") for line in found}


def layer_colours(entry: ExperimentEntry) -> dict[str, int]:
    """A colour for each layer above the input, by name."""
    return {layer.name: place for place, layer in enumerate(entry.layers[1:])}


def channels_of(entry: ExperimentEntry, quantity: str) -> list[ChannelInfo]:
    """The channels of a quantity, those of a layer together."""
    order = list(layer_colours(entry))
    found = [info for m in QUANTITIES[quantity].strokes for info in entry.channels_of(m)]
    return sorted(found, key=lambda info: order.index(info.about))
