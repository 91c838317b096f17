"""Figures as files: what they hold, how large they are, and what goes wrong in words."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bioviz.figures.draw import draw
from bioviz.figures.file import MOST_BYTES, format_of, render, save
from bioviz.figures.look import LOOKS
from bioviz.figures.preset import FORMATS, PRESETS
from bioviz.figures.sheet import Sheet
from bioviz.figures.spec import (
    Axes,
    Axis,
    Bars,
    ColourBar,
    Dots,
    Events,
    FigureSpec,
    Level,
    Line,
    Picture,
    Tiles,
)
from bioviz.session.fault import SessionError

from .layout import faults

HALF = PRESETS["half-slide"]
FACTS = {"rule": "Feedback alignment", "seed": "7", "trial": "400", "version": "1.0"}
TRIALS = np.arange(5000.0)


def curves(count: int = 2) -> FigureSpec:
    noise = np.random.default_rng(1).normal(0, 1, (count, len(TRIALS)))
    lines = tuple(
        Line(TRIALS, row + place, f"run {place}", place) for place, row in enumerate(noise)
    )
    events = ((1000.0, "learning rate 0.1"), (1100.0, "B2: signs flipped"), (4900.0, "W1 frozen"))
    part = Axes((Level(0.5, "chance: 50 %"), *lines), Axis("Trials"), Axis("Error", "%"),
                events=events)  # fmt: skip
    return FigureSpec("Loss and accuracy", (part,), facts=FACTS)


def crowd() -> FigureSpec:
    """Far more of everything than a drawing can hold as shapes."""
    many = np.random.default_rng(2).normal(0, 1, (2, 20_000))
    noise = np.random.default_rng(3).normal(0, 1, (500, 800))
    parts = (
        Axes((Dots(*many, "pairs", strength=0.4), Line(TRIALS / 1e3, np.sin(TRIALS), "wave"))),
        Axes((Events(*many, "spikes"),), place=(0, 1)),
        Axes((Picture(noise),), bar=ColourBar("W1"), place=(1, 0)),
        Axes((Bars(np.arange(61.0), np.arange(60.0), "W", 1),), place=(1, 1)),
    )
    return FigureSpec("Much", parts, heights=(1, 1), widths=(1, 1), facts=FACTS)


def text_of(spec: FigureSpec, **wishes: object) -> str:
    return render(spec, Sheet(HALF, "svg", **wishes)).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_figure_is_the_same_file(form: str) -> None:
    sheet = Sheet(HALF, form)  # type: ignore[arg-type]
    assert render(curves(), sheet) == render(curves(), sheet)


def test_a_slide_has_the_pixels_of_a_screen() -> None:
    for fine, size in ((False, (1920, 1080)), (True, (3840, 2160))):
        content = render(curves(), Sheet(PRESETS["slide"], "png", fine=fine))
        with Image.open(io.BytesIO(content)) as image:
            assert image.size == size


def test_a_column_is_as_wide_as_a_journal_wants() -> None:
    preset = PRESETS["column"]
    with Image.open(io.BytesIO(render(curves(), Sheet(preset, "png")))) as image:
        assert image.size[0] == pytest.approx(85 / 25.4 * 600, abs=1)
    assert 'width="240.94' in render(curves(), Sheet(preset, "svg")).decode()[:1200]


def test_text_stays_text_unless_outlines_are_wished() -> None:
    words = text_of(curves())
    assert "learning rate 0.1" in words
    assert "Verdana, Arial, sans-serif" in words  # where the first font is missing
    assert "<text" not in text_of(curves(), outlines=True)
    plain = render(curves(), Sheet(HALF, "pdf"))
    shapes = render(curves(), Sheet(HALF, "pdf", outlines=True))
    assert b"/FontFile2" in plain
    assert b"/FontFile2" not in shapes


def test_a_drawing_holds_no_colour_that_powerpoint_shows_black() -> None:
    words = text_of(crowd())
    assert "rgba(" not in words
    assert "fill-opacity" in words


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=[] if key == "slide" else pytest.mark.slow) for key in PRESETS]
)
def test_a_drawing_stays_small_however_much_there_is(key: str) -> None:
    assert len(render(crowd(), Sheet(PRESETS[key], "svg"))) < MOST_BYTES


def test_white_is_white_whatever_the_theme_and_transparent_is_nothing() -> None:
    corners = {}
    for key, look in LOOKS.items():
        content = render(curves(), Sheet(HALF, "png", look, dpi=50))
        with Image.open(io.BytesIO(content)) as image:
            corners[key] = image.convert("RGBA").getpixel((1, 1))
    assert corners["white"] == (255, 255, 255, 255)
    assert corners["transparent"][3] == 0
    assert sum(corners["dark"][:3]) < 150


def test_a_small_picture_is_never_smoothed() -> None:
    spec = FigureSpec("W", (Axes((Picture(np.eye(2), "grey", (0, 1)),), bare=True),))
    with Image.open(io.BytesIO(render(spec, Sheet(HALF, "png", dpi=100)))) as image:
        inside = np.asarray(image.convert("L"))[120:400, 60:560]
    assert len(np.unique(inside[::7, ::7])) <= 3  # both values, and the frame


def test_words_of_events_and_of_levels_stand_apart_at_any_size() -> None:
    for preset in PRESETS.values():
        assert faults(draw(curves(9), preset)) == []


def test_captions_find_room_or_their_pictures_are_left_out() -> None:
    captions = tuple(f"{place} taken for something else" for place in range(40))
    tiles = Tiles(np.zeros((40, 8, 8)), captions)
    for preset in PRESETS.values():
        assert faults(draw(FigureSpec("Mistakes", (Axes((tiles,), bare=True),)), preset)) == []


def test_a_dollar_in_a_name_is_a_dollar() -> None:
    spec = FigureSpec("a $x^2$ b", (Axes((Line(TRIALS[:3], TRIALS[:3], "$y$"),)),))
    assert "a $x^2$ b" in text_of(spec)


def test_a_peak_between_two_pixels_is_not_lost() -> None:
    flat = np.zeros(100_000)
    flat[54_321] = 1.0
    spec = FigureSpec("Spike", (Axes((Line(np.arange(1e5), flat),), Axis("t"), Axis("y")),))
    path = max(re.findall(r'<path d="(M[^"]*)"', text_of(spec)), key=len)
    heights = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", path)]
    assert max(heights) - min(heights) > 100


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="could not be written"):
        save(curves(), tmp_path / "missing" / "loss.png", Sheet(HALF, dpi=30))
    with pytest.raises(ValueError, match=r"must end in \.png, \.svg or \.pdf"):
        format_of(Path("loss.gif"))


def test_nothing_finite_is_no_fault() -> None:
    empty = np.full(5, np.nan)
    spec = FigureSpec(
        "Nothing", (Axes((Line(TRIALS[:5], empty, "w"), Picture(np.full((3, 3), np.nan)))),)
    )
    assert render(spec, Sheet(HALF, "svg"))
