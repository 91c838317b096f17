"""A page: one figure while it is drawn, from its title to the last word beside a curve.

Everything is measured before it is placed: the legend stands above the axes, the words of events
in rows that do not overlap, and nothing is cut off at any size.
"""

from __future__ import annotations

from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from . import frame, legend, remark
from .bar import add_bar
from .marks import curve
from .marks.mark import draw_mark
from .measure import Measure
from .pen import Pen
from .spec import Axes, FigureSpec, Level

LEAST = (5.0, 2.0)  # times the text's height: narrower or lower axes are too crowded
DPI = 100  # while it is laid out; a file has its own
FEW_ROWS = 3  # with one x axis; where there are more they stand closer


class Places:
    """Where all axes of a page lie, and how much room their words found while it was laid out."""

    def __init__(self) -> None:
        self.boxes: list[Any] = []
        self.rooms: dict[tuple[int, str], float] = {}  # by the axes' number and what stands there


class Page:
    """One figure while it is drawn; `hurried` it is left unfinished once it turns out crowded."""

    def __init__(
        self, spec: FigureSpec, pen: Pen, places: Places | None = None, *, hurried: bool = False
    ) -> None:
        self.spec, self.pen = spec, pen
        self.places = places or Places()
        self._hurried = hurried
        self.figure = Figure(
            (pen.preset.width, pen.preset.height),
            dpi=DPI,
            facecolor=pen.look.ground,
            layout="constrained",
        )
        FigureCanvasAgg(self.figure)
        pad = 0.55 * pen.text / 72
        engine: Any = self.figure.get_layout_engine()
        close = 0.3 if spec.share_x and len(spec.heights) > FEW_ROWS else 1.0
        engine.set(w_pad=pad, h_pad=close * pad, wspace=0.03, hspace=0.04 * close)
        self.measure = Measure(self.figure)
        self._made: list[tuple[Any, Axes, list[curve.Handle]]] = []
        self._bars: dict[Any, Any] = {}
        self._above: dict[Any, list[curve.Handle]] = {}  # what the legends above axes hold
        self._draw()

    @property
    def crowded(self) -> bool:
        """Whether the words leave some axes too little room."""
        wide, high = (times * self.pen.text for times in LEAST)
        sizes = [self.measure.size(axes) for axes, part, _ in self._made if not part.bare]
        return any(across < wide or up < high for across, up in sizes)

    def _draw(self) -> None:
        self._say()
        grid = self.figure.add_gridspec(
            len(self.spec.heights),
            len(self.spec.widths),
            height_ratios=self.spec.heights,
            width_ratios=self.spec.widths,
        )
        for part in self.spec.axes:
            self._add(part, grid)
        self._lay_out()
        if self._hurried and self.crowded:
            return  # what is still to come only takes more room
        self._name()
        self._explain()
        self._lay_out()
        if self._hurried and self.crowded:
            return
        self._annotate()
        self._lay_out()
        self._name()  # again: there may be less room
        frame.keep_ticks(self.figure.axes)
        self._lay_out()
        self.figure.set_layout_engine("none")  # every file has it exactly so
        if not self._known:
            self.places.boxes = [axes.get_position(original=True) for axes in self.figure.axes]
        self._settle()
        for finish in self.pen.late:
            finish()
        for axes, part, _ in self._made:
            levels = [mark for mark in part.marks if isinstance(mark, Level)]
            remark.word_levels(axes, levels, self.pen, self.measure)

    def _name(self) -> None:
        for axes, part, _ in self._made:
            frame.name(axes, part, self.pen, self.measure)
            self._hide_inner(axes, part)
        beside = [axes for axes, part, _ in self._made if not (part.bare or part.equal)]
        self.figure.align_ylabels(beside)  # of a fixed shape, axes stand elsewhere in their place

    def _lay_out(self) -> None:
        """Give all axes their places: as they fit, or as they were before."""
        if not self._known:
            self.figure.get_layout_engine().execute(self.figure)
            return
        self.figure.set_layout_engine("none")
        for axes, place in zip(self.figure.axes, self.places.boxes, strict=True):
            axes.set_position(place)

    @property
    def _known(self) -> bool:
        """Whether a figure like this was laid out before."""
        return len(self.places.boxes) == len(self.figure.axes)

    # The page --------------------------------------------------------------------------------

    def _say(self) -> None:
        """Write the title above everything, and the note below."""
        pen, (wide, _) = self.pen, self.measure.page
        left = 0.6 * pen.text
        room = wide - 2 * left
        if self.spec.title:
            title = self.measure.wrap(self.spec.title, room, pen.label, strong=True)
            self.figure.suptitle(
                title,
                x=left / wide,
                ha="left",
                fontsize=pen.label,
                fontweight="bold",
                color=pen.look.theme.text,
            )
        if self.spec.note:
            size = 0.85 * pen.text
            note = self.measure.wrap(self.spec.note, room, size)
            self.figure.supxlabel(
                note, x=left / wide, ha="left", fontsize=size, color=pen.look.theme.muted
            )

    # Axes ------------------------------------------------------------------------------------

    def _add(self, part: Axes, grid: Any) -> None:
        row, col = part.place
        down, right = part.span
        shared = next((a for a, p, _ in self._made if p.place[1] == col), None)
        place = grid[row : row + down, col : col + right]
        axes = self.figure.add_subplot(place, sharex=shared if self.spec.share_x else None)
        frame.dress(axes, part, self.pen)
        handles, colours = self._mark(axes, part)
        frame.finish(axes, part)
        if part.bar is not None and colours is not None:
            self._bars[axes] = add_bar(axes, part.bar, colours, self.pen, self.measure)
        self._made.append((axes, part, handles))

    def _mark(self, axes: Any, part: Axes) -> tuple[list[curve.Handle], Any]:
        """Draw all marks, the first at the back; what the legend has, and the last colours."""
        handles: list[curve.Handle] = []
        colours = None
        known: set[int] = {id(artist) for artist in axes.get_children()}
        for place, mark in enumerate(part.marks):
            handle, found = draw_mark(axes, mark, self.pen, self.measure)
            handles += [handle] if handle else []
            colours = found or colours
            for artist in axes.get_children():
                if id(artist) not in known:
                    known.add(id(artist))
                    artist.set_zorder(1 + 1e-4 * place)
        return handles, colours

    def _hide_inner(self, axes: Any, part: Axes) -> None:
        """Leave numbers and names of a shared axis to the lowest of its column."""
        lowest = max(p.place[0] for _, p, _ in self._made if p.place[1] == part.place[1])
        if self.spec.share_x and part.place[0] < lowest:
            axes.tick_params(labelbottom=False)
            axes.set_xlabel("")

    # What stands around the axes ------------------------------------------------------------

    def _explain(self) -> None:
        """Put long legends beside their axes, and note which ones go above; each is there once."""
        told: set[tuple[str, ...]] = set()
        for axes, part, handles in self._made:
            words = tuple(text for _, text in handles)
            if not handles or not part.legend or words in told:
                continue
            told.add(words)
            room = self._noted(axes, "beside", self._room(axes))
            barred = part.bar is not None  # there the colours' scale stands
            if barred or not legend.place_beside(axes, handles, self.pen, self.measure, room):
                self._above[axes] = handles

    def _annotate(self) -> None:
        """Write above each axes, from below: what was done to the run, the legend, the title."""
        for axes, part, _ in self._made:
            above = remark.mark_events(axes, part.events, self.pen, self.measure)
            if axes in self._above:
                handles, room = self._above[axes], self._noted(axes, "above", self._room(axes))
                above += legend.place(axes, handles, self.pen, self.measure, room, above)
            if part.title:
                self._title(axes, part.title, above)

    def _settle(self) -> None:
        """Put the bars of axes with a fixed shape beside them; where they are alone, centre them.

        Their shape leaves a part of their place empty, of which the layout knows nothing.
        """
        for axes, part, _ in self._made:
            if not part.equal:
                continue
            axes.apply_aspect()
            place, bar = axes.get_position(), self._bars.get(axes)
            gap = 0.7 * self.pen.text / self.measure.page[0]
            wide = bar.get_position().width if bar is not None else 0.0
            if bar is not None:  # its name must not be longer than it is
                room = place.height * self.measure.page[1]
                words = " ".join(bar.get_ylabel().split())
                bar.set_ylabel(self.measure.wrap(words, room, self.pen.label))
            shift = self._middle(axes, bar) if len(self._made) == 1 else 0.0
            axes.set_position([place.x0 + shift, place.y0, place.width, place.height])
            if bar is not None:
                left = place.x1 + shift + gap
                bar.set(aspect="auto", position=[left, place.y0, wide, place.height])

    def _middle(self, axes: Any, bar: Any) -> float:
        """How far to the right some axes, with all around them, must go to be in the middle."""
        box = axes.get_tightbbox()
        ends = [box.x0, box.x1]
        if bar is not None:
            ends.append(axes.get_window_extent().x1 + bar.get_tightbbox().width + self.pen.text)
        wide = float(self.figure.bbox.width)
        left, right = min(ends), max(ends)
        return float((wide - (right - left)) / 2 - left) / wide

    def _room(self, axes: Any) -> float:
        """The width for a legend: the axes' own, or up to the page's end where they are alone."""
        if len(self.spec.widths) > 1:
            axes.apply_aspect()  # a fixed shape may leave a part of its place empty
            return self.measure.size(axes)[0]
        left = float(axes.get_window_extent().x0) * 72 / DPI
        return self.measure.page[0] - left - 1.6 * self.pen.text  # the axes may yet move

    def _noted(self, axes: Any, what: str, room: float) -> float:
        """The room that there was for some words when a figure like this was first laid out."""
        return self.places.rooms.setdefault((self.figure.axes.index(axes), what), room)

    def _title(self, axes: Any, title: str, above: float) -> None:
        pen = self.pen
        wide = self._noted(axes, "title", self.measure.size(axes)[0])
        words = self.measure.wrap(title, max(wide, 6 * pen.label), pen.label)
        axes.set_title(
            words,
            loc="left",
            fontsize=pen.label,
            color=pen.look.theme.text,
            pad=above + (0.8 if above else 0.35) * pen.text,
        )
