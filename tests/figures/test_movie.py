"""Movies: as many frames as asked, as large as asked, nothing that jumps, nothing left behind."""

from __future__ import annotations

import stat
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bioviz.core.catalogue import Catalogue, describe
from bioviz.core.experiment import Experiment, build
from bioviz.core.snapshot import Snapshot, take
from bioviz.figures import encoder
from bioviz.figures.ends import Ends
from bioviz.figures.gather import wanted_of
from bioviz.figures.movie import Cancelled, Film, _Reel, pick, still, write_movie
from bioviz.figures.movie_size import weigh
from bioviz.figures.panel import FIGURES, PanelFigure
from bioviz.session.fault import SessionError

from ..gallery import gallery_spec

SMALL = Film((320, 180), seconds=0.5, fps=10)


def same(snapshot: Snapshot) -> Snapshot:
    return snapshot


def reel(key: str, *panels: str, frames: int = 5) -> tuple[list[PanelFigure], list[partial]]:
    """Figures of a gallery network, and snapshots of its first trials."""
    experiment: Experiment = build(gallery_spec(key))
    catalogue = Catalogue(0, (describe(experiment),))
    figures = [FIGURES[panel](catalogue) for panel in panels]
    wanted = wanted_of(figures)
    found = []
    for _ in range(frames):
        found.append(partial(same, take(0, [experiment], wanted)))
        experiment.advance(count=5)
    return figures, found


def test_a_gif_has_as_many_frames_and_pixels_as_asked(tmp_path: Path) -> None:
    figures, frames = reel("xor_backprop", "network", "loss")
    path = tmp_path / "xor.gif"
    write_movie(path, figures, frames, SMALL)
    with Image.open(path) as movie:
        assert (movie.n_frames, movie.size) == (5, (320, 180))
        assert movie.info["loop"] == 0
        assert b"rule: Backprop" in movie.info["comment"]
        durations = []
        for frame in range(movie.n_frames):
            movie.seek(frame)
            durations.append(movie.info["duration"])
        assert sum(durations) == 500
        assert movie.convert("RGB").getpixel((319, 179)) == (255, 255, 255)


def test_the_same_movie_twice_is_the_same_file(tmp_path: Path) -> None:
    figures, frames = reel("xor_backprop", "network", frames=3)
    paths = [tmp_path / "one.gif", tmp_path / "two.gif"]
    for path in paths:
        write_movie(path, figures, frames, SMALL)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_cancelling_leaves_nothing_and_the_old_file_as_it_was(tmp_path: Path) -> None:
    figures, frames = reel("xor_backprop", "network", frames=3)
    path, told = tmp_path / "xor.gif", []
    path.write_bytes(b"before")
    drawing = lambda: "Drawing" in told  # noqa: E731
    with pytest.raises(Cancelled):
        write_movie(
            path,
            figures,
            frames,
            SMALL,
            progress=lambda text, _part: told.append(text),
            cancelled=drawing,
        )
    assert [found.name for found in tmp_path.iterdir()] == ["xor.gif"]
    assert path.read_bytes() == b"before"


def test_progress_only_ever_grows(tmp_path: Path) -> None:
    figures, frames = reel("xor_backprop", "network", frames=3)
    parts: list[float] = []
    write_movie(
        tmp_path / "a.gif", figures, frames, SMALL, progress=lambda _text, part: parts.append(part)
    )
    assert parts == sorted(parts)
    assert 0 <= parts[0] <= parts[-1] <= 1


def test_a_panel_without_anything_yet_is_blank_until_it_has(tmp_path: Path) -> None:
    figures, frames = reel("fa_digits", "loss", frames=3)  # before the first trial it has no curve
    path = tmp_path / "loss.gif"
    write_movie(path, figures, frames, SMALL)
    with Image.open(path) as movie:
        assert movie.n_frames == 3


def test_a_movie_of_nothing_says_why(tmp_path: Path) -> None:
    figures, frames = reel("fa_digits", "loss", frames=1)
    with pytest.raises(ValueError, match=r"\w"):
        write_movie(tmp_path / "loss.gif", figures, frames, SMALL)
    unfit, _ = reel("fa_digits", "bcm", "flow_field", frames=0)
    with pytest.raises(ValueError, match="This panel shows a threshold"):
        write_movie(tmp_path / "loss.gif", unfit, frames, SMALL)
    with pytest.raises(ValueError, match="no frames"):
        write_movie(tmp_path / "loss.gif", figures, [], SMALL)
    with pytest.raises(ValueError, match=r"must end in \.gif or \.mp4"):
        write_movie(tmp_path / "loss.avi", figures, frames, SMALL)
    assert not list(tmp_path.iterdir())


def test_axes_end_in_the_same_places_in_every_frame() -> None:
    figures, frames = reel("xor_backprop", "loss", frames=4)
    specs = [figures[0].figure(frame()) for frame in frames[1:]]
    ends = Ends()
    for spec in specs:
        ends.take(spec)
    fixed = [ends.fix(spec).axes[0] for spec in specs]
    assert len({(part.x.low, part.x.high, part.y.low, part.y.high) for part in fixed}) == 1
    assert fixed[0].x.high is not None
    longest = max(float(mark.x.max()) for mark in specs[-1].axes[0].marks if hasattr(mark, "x"))
    assert fixed[0].x.high >= longest


@pytest.mark.parametrize("log", [False, True])
def test_frames_are_picked_from_the_first_moment_to_the_last(log: bool) -> None:
    trials = list(range(0, 1001, 10))
    chosen = pick(trials, 30, log=log)
    assert len(chosen) == 30
    assert chosen == sorted(chosen)
    assert (chosen[0], chosen[-1]) == (0, 100)


def test_picking_by_the_logarithm_shows_more_of_the_beginning() -> None:
    trials = list(range(1001))
    linear, log = pick(trials, 30), pick(trials, 30, log=True)
    assert np.median(log) < 0.1 * np.median(linear)


def test_an_mp4_without_an_encoder_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "encoder", lambda: None)
    figures, frames = reel("xor_backprop", "network", frames=2)
    with pytest.raises(SessionError, match="Install ffmpeg"):
        write_movie(tmp_path / "a.mp4", figures, frames, SMALL)
    assert not list(tmp_path.iterdir())


def fake_encoder(folder: Path, code: str) -> str:
    """A program in an encoder's place: it takes what an encoder takes."""
    script = folder / "fake"
    script.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


@pytest.mark.skipif(sys.platform == "win32", reason="the program in its place is a script")
def test_an_encoder_gets_every_frame_with_even_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = "data = sys.stdin.buffer.read(); open(sys.argv[-1], 'wb').write(data)"
    program = fake_encoder(tmp_path, keep)
    monkeypatch.setattr(encoder, "encoder", lambda: program)
    figures, frames = reel("xor_backprop", "network", frames=3)
    path = tmp_path / "a.mp4"
    write_movie(path, figures, frames, Film((161, 91), seconds=0.3, fps=10))
    assert path.stat().st_size == 3 * 160 * 90 * 3


@pytest.mark.skipif(sys.platform == "win32", reason="the program in its place is a script")
def test_an_encoder_that_fails_is_quoted_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake_encoder(tmp_path, "sys.exit('Unknown encoder libx264')")
    monkeypatch.setattr(encoder, "encoder", lambda: program)
    figures, frames = reel("xor_backprop", "network", frames=2)
    with pytest.raises(SessionError, match="Unknown encoder libx264"):
        write_movie(tmp_path / "a.mp4", figures, frames, SMALL)
    assert [found.name for found in tmp_path.iterdir()] == ["fake"]


@pytest.mark.parametrize("film", [((8, 180), 1, 10), ((320, 180), 0, 10), ((320, 180), 1, 0)])
def test_a_film_that_cannot_be_is_refused_in_words(film: tuple) -> None:
    with pytest.raises(ValueError, match="A movie"):
        Film(*film)


def test_every_frame_has_its_legends_and_names_where_the_first_has_them() -> None:
    figures, frames = reel("fa_two_moons", "network", "loss", "alignment", "task")
    film = Film((640, 360), seconds=1, fps=5)
    drawn = _Reel(figures, frames, film, lambda _text, _part: None, lambda: False)
    drawn.measure()
    first, again = (drawn.picture(frames[-1])[40:] for _ in range(2))  # below the title
    assert np.array_equal(first, again)


def test_a_size_is_told_from_two_frames_and_grows_with_pixels_and_frames() -> None:
    figures, frames = reel("xor_backprop", "network")
    sample = weigh(*still(figures, frames, SMALL)[1:])
    one, five = sample.gif((320, 180), 1), sample.gif((320, 180), 5)
    assert 500 < one < five < 200_000
    assert sample.gif((640, 360), 5) > five > sample.mp4((320, 180), 5)
