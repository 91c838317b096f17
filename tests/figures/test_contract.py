"""Every panel's figure of every gallery network: it opens, can be read, and says what made it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

import pytest
from PIL import Image

from bioviz.core.catalogue import Catalogue
from bioviz.core.fault import DataMissing
from bioviz.core.snapshot import take
from bioviz.figures.draw import draw
from bioviz.figures.file import MOST_BYTES, render
from bioviz.figures.gather import Described, describe, figures_of, wanted_of
from bioviz.figures.look import LOOKS
from bioviz.figures.panel import FIGURES
from bioviz.figures.preset import FORMATS, PRESETS, Format
from bioviz.figures.sheet import Sheet
from bioviz.figures.spec import FigureSpec
from bioviz.figures.table import figure_csv
from bioviz.session import gallery
from bioviz.session.file import load
from bioviz.session.resource import folder
from bioviz.session.run import Goal, run

from .layout import faults

NETWORKS = sorted(path.stem for path in folder("networks").glob("*.json"))
MNIST = ("fa_mnist", "deep_fa_dfa")
FEW = ("compare_digits", "fa_two_moons")
TRIALS = 3


@lru_cache(maxsize=1)
def described(network: str) -> tuple[Described, ...]:
    """What every panel shows of a network that has learned a little."""
    saved = load(gallery.path_of(network))
    try:
        experiments = saved.build_all()
    except DataMissing:
        pytest.skip("its data are not on this machine")
    catalogue = Catalogue(0, tuple(experiment.catalogue() for experiment in experiments))
    options = {view.key: view.options for view in saved.session.panels}
    figures = figures_of(catalogue, FIGURES, options)
    take(0, experiments, wanted_of(figures))
    run(experiments, Goal(TRIALS))
    snapshot = take(0, experiments, wanted_of(figures))
    return tuple(describe(figure, snapshot) for figure in figures)


def drawable(network: str) -> Iterator[tuple[str, FigureSpec]]:
    for one in described(network):
        assert one.spec is not None or one.why.endswith((".", ")")), one
        if one.spec is not None:
            yield one.key, one.spec


def check(content: bytes, form: Format, spec: FigureSpec) -> None:
    """A file that opens, holds its text as text, and says what made it."""
    rule = spec.facts["rule"].split(",")[0]
    if form == "png":
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            assert rule in image.info["Rule"]
    elif form == "svg":
        text = content.decode()
        assert "rgba(" not in text
        assert "<text" in text
        assert rule in text
        assert all(word in text for word in ("width=", "height=", "viewBox="))
        assert len(content) < MOST_BYTES
    else:
        assert content.startswith(b"%PDF")
        assert b"/FontFile2" in content  # letters as letters
        assert b"/Subject" in content


def networks() -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.mnist if name in MNIST else ()) for name in NETWORKS
    ]


@pytest.mark.parametrize("network", networks())
def test_every_figure_of_a_network_can_be_read_and_opened(network: str) -> None:
    found = list(drawable(network))
    assert found, f"nothing of {network} can be drawn"
    turn = NETWORKS.index(network)
    for place, (key, spec) in enumerate(found, turn):
        assert figure_csv(spec).startswith("network,")
        if place % 4:
            continue  # another network's turn: all of all would take minutes
        form = FORMATS[place // 4 % len(FORMATS)]
        check(render(spec, Sheet(PRESETS["column"], form)), form, spec)
        assert faults(draw(spec, PRESETS["column"])) == [], key


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("network", FEW)
def test_nothing_is_cut_off_or_covered_at_any_size(network: str, preset: str) -> None:
    for key, spec in drawable(network):
        assert faults(draw(spec, PRESETS[preset], LOOKS["dark"])) == [], key


@pytest.mark.slow
@pytest.mark.parametrize("network", networks())
def test_every_figure_at_every_size_in_every_format(network: str) -> None:
    for key, spec in drawable(network):
        for preset in PRESETS.values():
            assert faults(draw(spec, preset)) == [], (key, preset.key)
            for form in preset.formats:
                check(render(spec, Sheet(preset, form)), form, spec)
