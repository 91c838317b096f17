"""The dialog for movies: choose panels and what the movie is like, look at its end, save it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..figures.encoder import MISSING, encoder
from ..figures.footage import Footage
from ..figures.movie import LEAST, Film
from ..figures.panel import FIGURES, PanelFigure
from ..ui import icon
from ..ui.label import toned
from ..ui.problem import ProblemBar, Severity
from ..ui.scale import keep, px
from .dialog_foot import Working, foot, press_button
from .figure_press import Proof
from .figure_preview import FigurePreview
from .movie_account import (
    NO_PANEL,
    NOTHING,
    Sight,
    about,
    moments_in_words,
    sight_of,
    size_in_words,
)
from .movie_export import MovieExport
from .movie_options import MovieOptions

FILTERS = {"gif": "GIF (*.gif)", "mp4": "MP4 film (*.mp4)"}
WIDTH = 344  # pixels of the choices, at 100 %
SIZE = (1060, 620)

Figures = Callable[[Sequence[str]], list[PanelFigure]]


class MovieDialog(QDialog):
    """What was recorded when it opened is what is filmed: the run goes on meanwhile."""

    told = Signal(str, str)  # severity and sentence, where the dialog is no longer open to say it

    def __init__(
        self,
        export: MovieExport,
        figures: Figures,
        suggest: Callable[[str], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.export = export
        export.setParent(self)
        self._figures = figures
        self._suggest = suggest
        self._proof = Proof(export, self)
        self._footage: Footage | None = None
        self._sight: Sight | None = None  # of what is chosen now
        self._serial = 0  # of what was asked of the run last
        self._front: Sequence[str] = ()
        self._hint = QSize()
        self.setWindowTitle("Export movie")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        wished, parent = QSize(*map(px, SIZE)), self.parentWidget()
        return wished.boundedTo(parent.size()) if parent is not None else wished

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.problem = ProblemBar()
        self.options = MovieOptions()
        self.preview = FigurePreview()
        self.preview.setToolTip("The last frame of the movie, in its true proportions")
        self.account = toned("", "muted", wrap=True)
        self.account.setAccessibleName("What goes into the movie")
        self.anew_button = press_button("Take anew", "Film what the run has come to by now.")
        icon.tint(self.anew_button, "restart")
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.problem)
        right.addWidget(self.preview, 1)
        right.addWidget(self.account)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._scrolled(self.options))
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(middle, 1)
        column.addLayout(self._foot())

    def _scrolled(self, options: QWidget) -> QScrollArea:
        """The choices, which scroll where the window is too low for them."""
        area = QScrollArea()
        area.setWidget(options)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep(area, "width", WIDTH)
        return area

    def _foot(self) -> QHBoxLayout:
        self.working = Working("Writing the movie", "Write no more; nothing is left of the movie.")
        self.close_button = press_button(
            "Close", "Close this window (Esc). A movie that is being written goes on."
        )
        self.save_button = press_button("Save…", "Write the movie into a file.")
        return foot((self.anew_button,), self.working, (self.close_button, self.save_button))

    def _connect(self) -> None:
        self.options.changed.connect(self._draw_anew)
        self.preview.resized.connect(self._draw_again)
        self.anew_button.clicked.connect(self._take)
        self.working.stopped.connect(self.export.stop)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self._proof.drawn.connect(self._on_drawn)
        self._proof.failed.connect(self._on_undrawn)
        self.export.progress.connect(self._on_progress)
        self.export.done.connect(self._on_done)
        self.export.stopped.connect(self._on_stopped)
        self.export.failed.connect(self._on_failed)

    # ---- calls down ------------------------------------------------------------------------

    def begin(self, front: Sequence[str]) -> None:
        """Start with the panels in front, or with those of before; film what there is by now."""
        self._front = front
        if not self.export.busy:
            self.problem.dismiss()
            self.options.offer_formats("" if encoder() else MISSING)
            self._take()

    # ---- what is filmed ----------------------------------------------------------------------

    def _take(self) -> None:
        """Ask the run for what it has kept; an answer to an earlier question is dropped."""
        self._serial += 1
        self.preview.wait()
        self.export.take(partial(self._on_taken, self._serial), self._on_failed)

    def _on_taken(self, serial: int, footage: Footage) -> None:
        if serial != self._serial:
            return
        self._footage = footage
        figures = self._figures(list(FIGURES))
        reasons = {figure.key: why for figure in figures if (why := figure.why_not())}
        self.options.offer_panels(reasons, self._front)
        self._draw_anew()

    def _draw_anew(self) -> None:
        """Draw another movie's last frame."""
        self._sight = None
        self._draw_again()

    def _draw_again(self) -> None:
        """Draw the last frame of what is chosen, and tell what there is of it."""
        footage, film = self._footage, self.options.film()
        if footage is None or self.export.busy or not self.isVisible():
            return
        if not footage.moves or not self.options.panels():
            self._show_nothing(NO_PANEL if footage.moves else NOTHING)
            return
        self.preview.wait()
        figures = self._figures(self.options.panels())
        self._proof.want(
            partial(sight_of, footage, figures, self._as_seen(film), log=self.options.log)
        )
        self._show_state()

    def _as_seen(self, film: Film) -> Film:
        """The movie as large as there is room for it here."""
        wide, high = film.size
        fit = min(1.0, self.preview.fit(wide, high))
        size = max(LEAST, round(wide * fit)), max(LEAST, round(high * fit))
        return Film(size, film.seconds, film.fps, film.look)

    def _on_drawn(self, sight: Sight) -> None:
        if not self.options.panels():
            return  # none is chosen any more
        self._sight = sight
        self.preview.show_image(sight.png)
        self._show_state()

    def _on_undrawn(self, fault: BaseException) -> None:
        self._show_nothing(str(fault))

    def _show_nothing(self, words: str) -> None:
        self._sight = None
        self.preview.say(words)
        self._show_state()

    # ---- what the user does ------------------------------------------------------------------

    def _save(self) -> None:
        footage, form = self._footage, self.options.form.value()
        if footage is None or not self.save_button.isEnabled():
            return
        first = self._suggest(f"movie.{form}")
        name, _ = QFileDialog.getSaveFileName(self, "Save the movie", str(first), FILTERS[form])
        if name:
            path = _ending(Path(name), form)
            figures = self._figures(self.options.panels())
            film, log = self.options.film(), self.options.log
            self.problem.dismiss()
            self.export.write(path, footage, figures, film, log=log)

    # ---- hearing -----------------------------------------------------------------------------

    def tell(self, kind: Severity, words: str) -> None:
        """Say what was done, here or, once this is closed, in the window."""
        if self.isVisible():
            self.problem.show_problem(kind, words)
        else:
            self.told.emit(kind, words)

    def _on_done(self, path: Path) -> None:
        size = about(path.stat().st_size) if path.exists() else "nothing any more"
        self.tell("info", f"Saved {path.name} in {path.parent}; it takes {size}.")

    def _on_stopped(self) -> None:
        self.tell("info", "Stopped; no movie was written.")

    def _on_failed(self, fault: BaseException) -> None:
        self.tell("error", str(fault))

    def _on_progress(self, text: str, fraction: float) -> None:
        self.working.tell(f"{text}: {100 * fraction:.0f} %" if text else "", fraction)
        self._show_state()

    # ---- showing -----------------------------------------------------------------------------

    def _show_state(self) -> None:
        busy = self.export.busy
        self.working.set_busy(busy)
        self.options.setEnabled(not busy)
        self.anew_button.setEnabled(not busy)
        self.save_button.setEnabled(self._sight is not None and not busy)
        self.account.setText(self._account())

    def _account(self) -> str:
        footage, film, log = self._footage, self.options.film(), self.options.log
        if footage is None or not footage.moves:
            return ""
        words = moments_in_words(footage, film, log=log)
        if self._sight is None:
            return f"{words}\n "  # as many lines, or the preview would change its size
        form = self.options.form.value()
        return f"{words}\n{size_in_words(self._sight.sample, footage, film, form, log=log)}"

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._hint != self.sizeHint():  # another interface scale, or another window around it
            self._hint = self.sizeHint()
            self.resize(self._hint)


def _ending(path: Path, form: str) -> Path:
    """The path, with the format's ending where the user gave none or another."""
    right = path.suffix.lower() == f".{form}"
    return path if right else path.with_name(f"{path.name}.{form}")
