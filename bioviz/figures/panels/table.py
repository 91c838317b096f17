"""The table as a figure: the last value of every recorded scalar."""

from __future__ import annotations

from ...core.probe import ChannelInfo
from ...core.request import Curve
from ...core.snapshot import Snapshot, Wanted
from ...core.table import cell
from ..facts import facts_of
from ..panel import PanelFigure
from ..record_words import head, in_column
from ..spec import Axes, FigureSpec, Table
from ..word import number
from .loss import NONE_YET


class TableFigure(PanelFigure):
    """What every scalar came to, in words and in numbers."""

    key = "table"
    title = "Table"

    def why_not(self) -> str:
        return "" if self.catalogue.first.channels else "This network records no scalars."

    def wanted(self) -> Wanted:
        return frozenset(_last(info) for info in self._channels())

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        rows, exact = [], []
        for info in self._channels():
            reply = snapshot.get(_last(info))
            if reply is None or not len(reply[0]):
                continue
            trial, value = float(reply[0][-1]), float(reply[1][-1])
            factor = 100 if info.part else 1
            shown = in_column(factor * value) or "no value"
            rows.append((_name(info), shown, number(trial, 9)))
            exact.append((info.name, cell(value), cell(trial)))
        if not rows:
            raise ValueError(NONE_YET)
        part = Axes((Table(("", "Last value", "Trial"), tuple(rows), tuple(exact)),), bare=True)
        return FigureSpec("Recorded scalars", (part,), facts=facts_of(self.catalogue, snapshot))

    def _channels(self) -> list[ChannelInfo]:
        """Those with all the words that the table's columns are filtered by."""
        wish = self.options.get("columns")
        words = wish.lower().replace("_", " ").split() if isinstance(wish, str) else []
        channels = self.catalogue.first.channels
        found = [info for info in channels if all(word in _found_by(info) for word in words)]
        return found or list(channels)


def _last(info: ChannelInfo) -> Curve:
    return Curve(info.name, 2)


def _name(info: ChannelInfo) -> str:
    return " ".join(head(info).split())


def _found_by(info: ChannelInfo) -> str:
    return f"{info.name} {head(info)}".lower().replace("_", " ")
