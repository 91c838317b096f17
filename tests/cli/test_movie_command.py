"""`bioviz export --movie`: a movie of training, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from bioviz.figures import encoder

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
