"""`bioviz export --movie`: a movie of training, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from bioviz.core.experiment import build
from bioviz.figures import encoder
from bioviz.session.file import capture_all, load, save
from bioviz.session.session import Session

from ..core.test_history import run
from ..gallery import gallery_spec
from .conftest import Bioviz

SMALL = ("--seconds", 0.4, "--fps", 10, "--size", "240x160")


def test_a_movie_shows_several_panels_while_they_learn(bioviz: Bioviz, here: Path) -> None:
    panels = ("--panel", "network", "--panel", "loss")
    code, out, _ = bioviz(
        "export", "xor_backprop", *panels, "--trials", 20, "--movie", "a.gif", *SMALL, "--log"
    )
    assert (code, out.strip()) == (0, "a.gif")
    with Image.open("a.gif") as movie:
        assert movie.size == (240, 160)
        assert movie.n_frames == 4
    assert [path.name for path in here.iterdir()] == ["a.gif"]


def test_a_panel_that_does_not_fit_is_left_out_in_words(bioviz: Bioviz, here: Path) -> None:
    panels = ("--panel", "network", "--panel", "bcm")
    code, _, err = bioviz(
        "export", "xor_backprop", *panels, "--trials", 4, "--movie", "a.gif", *SMALL
    )
    assert code == 0
    assert "BCM: This panel shows a threshold" in err
    code, _, err = bioviz(
        "export", "xor_backprop", "--panel", "bcm", "--trials", 4, "--movie", "b.gif", *SMALL
    )
    assert code == 1
    assert "None of these panels has anything to show" in err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--movie", "a.avi", "--trials", 3), "must end in .gif or .mp4"),
        (("--movie", "a.gif"), "say how long"),
        (("--movie", "a.gif", "--trials", 3, "--size", "big"), "WIDTHxHEIGHT"),
        (("--movie", "a.gif", "--trials", 3, "--fps", 900), "1 to 60 frames"),
    ],
)
def test_what_cannot_be_filmed_is_refused_before_training(
    bioviz: Bioviz, here: Path, words: tuple, why: str
) -> None:
    code, _, err = bioviz("export", "xor_backprop", "--panel", "network", *words)
    assert code == 2
    assert why in err
    assert not list(here.iterdir())


def test_without_an_encoder_a_gif_is_offered_in_place_of_an_mp4(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "encoder", lambda: None)
    words = ("--panel", "network", "--trials", 3, "--movie", "a.mp4")
    code, _, err = bioviz("export", "xor_backprop", *words)
    assert code == 1
    assert "A GIF needs neither" in err
    assert not list(here.iterdir())


def kept_file(folder: Path, trials: int) -> Path:
    """XOR after some trials, saved with the history of all of them."""
    experiment = run(build(gallery_spec("xor_backprop")), trials)
    session = Session(schema=1, experiments=(experiment.spec,), history=True)
    save(folder / "kept.bioviz", capture_all([experiment], session))
    return folder / "kept.bioviz"


def test_the_history_in_a_file_is_filmed_without_training(bioviz: Bioviz, here: Path) -> None:
    path = kept_file(here, 9)
    words = ("--panel", "network", "--movie", "a.gif", *SMALL)
    code, out, err = bioviz("export", path, *words)
    assert (code, out.strip()) == (0, "a.gif"), err
    with Image.open("a.gif") as movie:
        assert movie.n_frames == 4
    code, _, _ = bioviz("export", path, *words[:-1], "320x160")
    assert code == 0
    assert load(path).build().trial == 9


def test_training_on_is_filmed_after_the_history(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials: list[int] = []

    def note(_path: object, _figures: object, frames: list, *_: object, **__: object) -> None:
        trials.extend(frame().position.trial for frame in frames)

    monkeypatch.setattr("bioviz.figures.movie.write_movie", note)
    path = kept_file(here, 9)
    words = ("--panel", "network", "--movie", "a.gif", "--seconds", 0.7, "--fps", 10)
    assert bioviz("export", path, *words, "--trials", 9)[0] == 0
    assert trials == [0, 3, 6, 9, 12, 15, 18]
