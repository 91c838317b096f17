"""What can be chosen of a movie: its panels, format, size, length, time and ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from ..core.parameter import Part, parameter
from ..figures.look import LOOKS
from ..figures.movie import Film
from ..figures.panel import FIGURES
from ..panels._bar import Choice
from ..ui.form import Form
from ..ui.label import toned
from .views import ORDER

MOST_PANELS = 4
FULL = f"A movie shows up to {MOST_PANELS} panels: take another away first"
HINT = f"Up to {MOST_PANELS}. Rest the mouse on a pale one to read why it cannot be chosen."
FORMATS = {"gif": "GIF", "mp4": "MP4"}
FORMAT_TIPS = {
    "gif": "Plays by itself in slides and on web pages, with up to 256 colours",
    "mp4": "A film: smaller than a GIF, and with all colours",
}
SCROLLS = 8  # pixels between the choices and their scroll bar
SIZES = {
    f"{wide}x{high}": (wide, high)
    for wide, high in ((1280, 720), (1920, 1080), (960, 540), (640, 360))
}
TIMES = {"even": "Linear", "log": "Logarithmic"}
TIME_TIPS = {
    "even": "Every second shows as many trials as the one before",
    "log": "Ever faster: the beginning, where much is learned, is seen",
}


class Pace(Part):
    """How long a movie lasts, and how smoothly it moves."""

    seconds: float = parameter(20.0, "How long the movie lasts.", unit="s", gt=0, le=600)
    fps: float = parameter(
        12.0,
        "How many frames each second has: more move more smoothly, and take more room.",
        title="Frames a second",
        ge=1,
        le=60,
    )


class MovieOptions(QWidget):
    """The choices in a column; it draws nothing itself."""

    changed = Signal()  # another movie is wished

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons: Mapping[str, str] = {}  # why some panels have nothing to show
        self._build()
        self._connect()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.boxes = {key: QCheckBox(FIGURES[key].title) for key in ORDER if key in FIGURES}
        for key, box in self.boxes.items():
            box.setAccessibleName(f"Panel {FIGURES[key].title}")
        self.form = Choice("Format", "The kind of file")
        self.pixels = Choice("Size", "How many pixels wide and high the movie is")
        self.pixels.offer({key: f"{wide} × {high}" for key, (wide, high) in SIZES.items()})
        self.time = Choice("Time", "How the trials are spread over the movie")
        self.time.offer(TIMES)
        self.time.explain(TIME_TIPS)
        self.look = Choice("Ground", "The movie's colours, whatever the theme of the window")
        solid = {key: look for key, look in LOOKS.items() if look.ground != "none"}
        self.look.offer({key: look.title for key, look in solid.items()})
        self.look.explain({key: look.help for key, look in solid.items()})
        self.pace = Form(Pace())
        self.no_encoder = toned("", "muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SCROLLS, 0)
        column.setSpacing(6)
        column.addWidget(toned("Panels", "heading"))
        column.addLayout(self._panel_grid())
        column.addWidget(toned(HINT, "muted", wrap=True))
        column.addSpacing(6)
        column.addWidget(toned("Movie", "heading"))
        column.addLayout(self._choice_grid())
        column.addWidget(self.no_encoder)
        column.addWidget(self.pace)
        column.addStretch()

    def _panel_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        rows = -(-len(self.boxes) // 2)
        for place, box in enumerate(self.boxes.values()):
            grid.addWidget(box, place % rows, place // rows)
        return grid

    def _choice_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for row, choice in enumerate((self.form, self.pixels, self.time, self.look)):
            label = toned(choice.accessibleName(), "")
            label.setToolTip(choice.toolTip())
            label.setBuddy(choice)
            grid.addWidget(label, row, 0)
            grid.addWidget(choice, row, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return grid

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.clicked.connect(self._on_panel)
        for choice in (self.form, self.pixels, self.time, self.look):
            choice.chosen.connect(self._on_changed)
        self.pace.committed.connect(self._on_changed)

    # ---- calls down ------------------------------------------------------------------------

    def offer_panels(self, reasons: Mapping[str, str], first: Sequence[str]) -> None:
        """Let panels be chosen; those in `reasons` say why not. `first` are chosen at first."""
        self._reasons = reasons
        kept = [key for key in self.panels() if key not in reasons]
        wished = kept or [key for key in first if key not in reasons][:MOST_PANELS]
        if not wished:
            wished = [key for key in self.boxes if key not in reasons][:1]
        for key, box in self.boxes.items():
            box.setChecked(key in wished)
        self._fit()

    def offer_formats(self, no_mp4: str) -> None:
        """Offer GIF, and MP4 unless there is a reason why not."""
        self.form.offer(FORMATS, {"mp4": no_mp4} if no_mp4 else {})
        self.form.explain({"gif": FORMAT_TIPS["gif"], "mp4": no_mp4 or FORMAT_TIPS["mp4"]})
        self.no_encoder.setText(no_mp4)
        self.no_encoder.setVisible(bool(no_mp4))

    # ---- what is chosen --------------------------------------------------------------------

    def panels(self) -> list[str]:
        """The chosen panels, in the order in which they are shown."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def film(self) -> Film:
        """The movie as it is wished now."""
        pace = self.pace.model()
        assert isinstance(pace, Pace)  # noqa: S101  (told to the type checker)
        return Film(SIZES[self.pixels.value()], pace.seconds, pace.fps, LOOKS[self.look.value()])

    @property
    def log(self) -> bool:
        """Whether time goes by its logarithm."""
        return self.time.value() == "log"

    def _on_panel(self, _on: bool) -> None:
        self._fit()
        self.changed.emit()

    def _on_changed(self, _: object) -> None:
        self.changed.emit()

    def _fit(self) -> None:
        """Let no more panels be chosen than a movie shows; what cannot be says why."""
        full = len(self.panels()) >= MOST_PANELS
        for key, box in self.boxes.items():
            why = self._reasons.get(key, "") or (FULL if full and not box.isChecked() else "")
            box.setEnabled(not why)
            box.setToolTip(why or f"Show {FIGURES[key].title} in the movie")
            box.setAccessibleDescription(why)
