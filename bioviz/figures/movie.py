"""Movies of what panels show: GIF always, and MP4 where there is an encoder.

The frames come from whoever holds them: recorded history, or a run that is being trained. Axes
and colours end where the farthest of all frames goes, so that nothing jumps.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from ..core.fault import BiovizError
from ..core.snapshot import Snapshot
from ..session.atomic import write_file
from .encoder import encode
from .ends import Ends
from .look import WHITE, Look
from .palette import Palette
from .panel import PanelFigure
from .preset import Preset
from .side_by_side import nothing_of, side_by_side
from .spec import FigureSpec
from .word import number

if TYPE_CHECKING:
    from .page import Places  # matplotlib is imported once something is drawn

Frame = Callable[[], Snapshot]
Progress = Callable[[str, float], None]

ENDINGS = (".gif", ".mp4")
FULL = 1920, 1080  # pixels, at which text is as large as on a slide
DOTS = 144  # dots per inch of such a page
TEXT = (20.0, 16.0, 14.0, 12.0)  # points, of one panel, two, three, and more
LINES = (2.5, 2.0, 1.75, 1.5)
SAMPLES = 6  # frames, from which a GIF's colours are chosen
TICK = 10  # ms: a GIF counts in these
LEAST, MOST = 16, 7680  # pixels


class Cancelled(BiovizError):  # noqa: N818  (no error: it was wished for)
    """Somebody did not want the movie any more; nothing of it is left."""


@dataclass(frozen=True)
class Film:
    """How a movie is shown: its size in pixels, seconds, frames in each, and its colours."""

    size: tuple[int, int] = (1280, 720)
    seconds: float = 8.0
    fps: float = 12.0
    look: Look = WHITE

    def __post_init__(self) -> None:
        if not all(LEAST <= side <= MOST for side in self.size):
            raise ValueError(f"A movie's sides are {LEAST} to {MOST} pixels long.")
        if not 0 < self.seconds <= 600 or not 1 <= self.fps <= 60:
            raise ValueError("A movie lasts up to 600 seconds, with 1 to 60 frames in each.")

    @property
    def frames(self) -> int:
        return max(2, round(self.seconds * self.fps))

    @property
    def even(self) -> tuple[int, int]:
        """The size with even sides, as encoders want them."""
        wide, high = self.size
        return wide - wide % 2, high - high % 2


def pick(trials: Sequence[int], frames: int, *, log: bool = False) -> list[int]:
    """Which of the moments at some trials make a movie of so many frames, evenly in time.

    With `log` each frame is the same factor further on, so that the quick beginning is seen.
    """
    if not len(trials):
        return []
    times = np.asarray(trials, float)
    last = times[-1] - times[0]
    places = np.geomspace(1, last + 1, frames) - 1 if log else np.linspace(0, last, frames)
    found = np.searchsorted(times - times[0], places + 1e-9, side="right") - 1
    return [int(place) for place in np.clip(found, 0, len(times) - 1)]


def write_movie(
    path: Path,
    figures: Sequence[PanelFigure],
    frames: Sequence[Frame],
    film: Film | None = None,
    *,
    progress: Progress = lambda _text, _part: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write `frames`, in their order, as the movie `path`; its ending says whether GIF or MP4.

    A frame that stands several times in a row is asked for once. Raises ValueError where there is
    nothing to show, SessionError where it cannot be written, and Cancelled; nothing is then left.
    """
    made = film or Film()
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"'{path.name}' must end in .gif or .mp4.")
    if not frames:
        raise ValueError("There are no frames to make a movie of.")
    if ending == ".mp4":
        made = replace(made, size=made.even)
    fitting = [figure for figure in figures if not figure.why_not()]
    if not fitting:
        raise ValueError(next((figure.why_not() for figure in figures), "No panel is chosen."))
    reel = _Reel(fitting, frames, made, progress, cancelled)
    reel.measure()
    if ending == ".gif":
        write_file(path, partial(_put_gif, reel))
    else:
        _write_mp4(path, reel)


def still(
    figures: Sequence[PanelFigure], frames: Sequence[Frame], film: Film
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The last frame as a movie has it, and two in the middle that follow each other.

    Each is (height, width, 3) of uint8. Axes and colours end where a few of the frames go.
    ValueError says why there is nothing.
    """
    apart = list(dict.fromkeys(frames))  # each that stands several times in a row once
    spread = np.linspace(0, len(apart) - 1, SAMPLES)
    few = [apart[place] for place in dict.fromkeys(round(float(place)) for place in spread)]
    reel = _Reel(figures, few, film, lambda _text, _part: None, lambda: False)
    reel.measure()
    middle = len(apart) // 2
    last, one, other = map(reel.picture, (apart[-1], apart[max(0, middle - 1)], apart[middle]))
    return last, one, other


class _Reel:
    """Draws the frames of one movie, one after the other."""

    def __init__(
        self,
        figures: Sequence[PanelFigure],
        frames: Sequence[Frame],
        film: Film,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self.film = film
        self.frames = frames
        self._figures, self._progress, self._cancelled = figures, progress, cancelled
        self._ends = [Ends() for _ in figures]
        self._blanks: list[FigureSpec | None] = [None] * len(figures)  # frames with nothing in them
        self._fitting: Preset | None = None  # with text for which there is room
        self._places: Places | None = None  # where axes lie, the same in all frames

    # Describing -----------------------------------------------------------------------------

    def measure(self) -> None:
        """Look through all frames for the ends of axes and colours."""
        why = ""
        for frame in self._each("Looking through the frames", 0.0, 0.3):
            snapshot = frame()
            for place, figure in enumerate(self._figures):
                try:
                    spec = figure.figure(snapshot)
                except ValueError as error:
                    why = str(error)
                else:
                    self._ends[place].take(spec)
                    self._blanks[place] = nothing_of(spec)
        if not any(self._blanks):
            raise ValueError(why)

    @property
    def about(self) -> str:
        """What made the movie, for its file."""
        facts = next((spec.facts for spec in self._blanks if spec is not None), {})
        told = {key: value for key, value in facts.items() if key not in ("trial", "epoch")}
        return "; ".join(f"{key}: {value}" for key, value in told.items())

    def _described(self, frame: Frame) -> FigureSpec:
        """A frame with the ends of all; a panel is blank where it has nothing to show yet."""
        snapshot = frame()
        specs = [spec for n in range(len(self._figures)) if (spec := self._one(n, snapshot))]
        trial = number(snapshot.position.trial, 9)
        if len(specs) == 1:
            return replace(specs[0], title=f"{specs[0].title}, trial {trial}", small=None)
        return side_by_side(specs, title=f"Trial {trial}")

    def _one(self, place: int, snapshot: Snapshot) -> FigureSpec | None:
        """One panel's frame; None where it has nothing to show in the whole movie."""
        blank = self._blanks[place]
        if blank is None:
            return None
        try:
            return self._ends[place].fix(self._figures[place].figure(snapshot))
        except ValueError:
            return self._ends[place].fix(blank)

    # Drawing --------------------------------------------------------------------------------

    def picture(self, frame: Frame) -> np.ndarray:
        """One frame as (height, width, 3) of uint8."""
        from .draw import draw, drawing, fitting

        with drawing():
            spec, look = self._described(frame), self.film.look
            if self._fitting is None:
                self._fitting, self._places = fitting(spec, self._preset, look)
            figure = draw(spec, self._fitting, look, places=self._places)
            figure.set_dpi(self._dots)
            canvas: Any = figure.canvas
            canvas.draw()
            seen = np.asarray(canvas.buffer_rgba())[..., :3].copy()
            figure.clear()
        wide, high = self.film.size
        return seen[:high, :wide]

    def pictures(self) -> Iterator[np.ndarray]:
        """Every frame in turn; one that stands several times in a row is drawn once."""
        before: Frame | None = None
        seen = np.empty(0)
        for frame in self._each("Drawing", 0.35, 1.0):
            if frame is not before:
                seen, before = self.picture(frame), frame
            yield seen

    def samples(self) -> list[np.ndarray]:
        """A few frames, the last one first: where axes lie is told by it."""
        spread = np.linspace(len(self.frames) - 1, 0, SAMPLES)
        places = dict.fromkeys(round(float(place)) for place in spread)
        return [self.picture(self.frames[place]) for place in places]

    def _each(self, text: str, start: float, end: float) -> Iterator[Frame]:
        for place, frame in enumerate(self.frames):
            if self._cancelled():
                raise Cancelled("Cancelled; no movie was written.")
            self._progress(text, start + (end - start) * place / len(self.frames))
            yield frame

    @property
    def _dots(self) -> float:
        """Dots per inch: text grows with the picture."""
        return DOTS * min(self.film.size[0] / FULL[0], self.film.size[1] / FULL[1])

    @property
    def _preset(self) -> Preset:
        wide, high = (side + 0.01 for side in self.film.size)  # pixels are cut, not rounded
        kind = min(len(self._figures), len(TEXT)) - 1
        text = TEXT[kind]
        return Preset(
            "movie", "Movie", wide / self._dots, high / self._dots, text, 1.2 * text, LINES[kind],
            ("png",), self._dots,
        )  # fmt: skip


def _put_gif(reel: _Reel, stream: IO[bytes]) -> None:
    """Write a GIF of one palette, without dither: flat colours stay flat."""
    colours = Palette(reel.samples())
    pictures = _indexed(colours, reel.pictures())
    ends = np.round(np.arange(len(reel.frames) + 1) * 1000 / reel.film.fps / TICK) * TICK
    next(pictures).save(
        stream,
        "GIF",
        save_all=True,
        append_images=pictures,
        duration=np.diff(ends).astype(int).tolist(),
        loop=0,
        optimize=False,
        comment=reel.about.encode(),
    )


def _indexed(colours: Palette, pictures: Iterable[np.ndarray]) -> Iterator[Image.Image]:
    """Pictures in these colours; one that stands several times in a row is looked up once."""
    before, found = np.empty(0), None
    for picture in pictures:
        if found is None or picture is not before:
            before, found = picture, colours.indexed(picture)
        yield found


def _write_mp4(path: Path, reel: _Reel) -> None:
    """Let the encoder write beside, and put the whole film in its place."""
    with tempfile.TemporaryDirectory(prefix="bioviz-") as folder:
        beside = Path(folder) / "film.mp4"
        reel.picture(reel.frames[-1])  # tells where axes lie
        encode(reel.pictures(), reel.film.size, reel.film.fps, beside, reel.about)
        write_file(path, partial(_copy, beside))


def _copy(source: Path, stream: IO[bytes]) -> None:
    stream.write(source.read_bytes())
