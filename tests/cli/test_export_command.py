"""`bioviz export`: what it draws, writes and says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from bioviz.session.file import save

from ..session.sample import session, trained
from .conftest import Bioviz


def begun(folder: Path) -> Path:
    path = folder / "begun.bioviz"
    save(path, session(trained(20)))
    return path


def test_a_panel_of_a_saved_run_becomes_a_file_that_its_name_tells(
    bioviz: Bioviz, here: Path
) -> None:
    code, out, _ = bioviz("export", begun(here), "--panel", "loss", "-o", "loss.svg")
    assert (code, out.strip()) == (0, "loss.svg")
    assert "training error" in (here / "loss.svg").read_text("utf-8")


def test_without_a_name_it_lies_in_the_present_folder_as_the_preset_wants(
    bioviz: Bioviz, here: Path
) -> None:
    path = begun(here)
    assert bioviz("export", path, "--panel", "loss", "--preset", "column")[0] == 0
    assert (here / "begun-loss.pdf").read_bytes().startswith(b"%PDF")


def test_all_panels_come_with_their_numbers_and_others_say_why_not(
    bioviz: Bioviz, here: Path
) -> None:
    code, out, err = bioviz(
        "export", "fa_digits", "--trials", 5, "--all", "--format", "svg", "--preset", "half-slide",
        "-o", "talk",
    )  # fmt: skip
    assert code == 0
    assert "talk/loss.svg" in out
    assert "Raster and voltages: No layer of this network spikes." in err
    drawn = {path.stem for path in (here / "talk").glob("*.svg")}
    assert {"loss", "alignment", "weights", "task", "weight_scatter", "table"} <= drawn
    assert {path.stem for path in (here / "talk").glob("*.csv")} == drawn
    assert (here / "talk/loss.csv").read_text("utf-8").startswith("network,64-30-10\n")


def test_several_panels_make_one_figure_if_that_is_wished(bioviz: Bioviz, here: Path) -> None:
    path = begun(here)
    panels = ("--panel", "network", "--panel", "loss", "--panel", "raster")
    code, _, err = bioviz("export", path, *panels, "--together", "--format", "svg", "-o", "all.svg")
    assert code == 0
    assert "Raster and voltages is left out: No layer of this network spikes." in err
    words = (here / "all.svg").read_text("utf-8")
    assert "Network" in words
    assert "Loss and accuracy" in words


def test_an_unknown_panel_is_answered_by_the_nearest_known(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("export", "fa_digits", "--panel", "los")
    assert code == 2
    assert "Did you mean 'loss'?" in err


def test_a_run_that_has_not_begun_says_how_to_train_it(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("export", "fa_digits", "--panel", "loss")
    assert code == 1
    assert "Nothing is recorded yet" in err
    assert "--epochs N" in err
    assert list(here.iterdir()) == []


def test_a_panel_without_anything_to_show_says_why(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("export", "xor_backprop", "--panel", "alignment")
    assert code == 1
    assert "W-transposed" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--all, or --panel"),
        (("--panel", "loss", "--trials", 1, "--epochs", 1), "not both"),
        (("--panel", "loss", "-o", "loss.gif"), "must end in"),
        (("--panel", "loss", "-o", "loss.svg", "--format", "pdf"), "does not fit"),
        (("--panel", "loss", "--preset", "poster", "--format", "png"), "pdf or svg"),
    ],
)
def test_what_does_not_fit_together_is_said_before_anything_is_done(
    bioviz: Bioviz, here: Path, words: tuple[object, ...], said: str
) -> None:
    code, _, err = bioviz("export", "fa_digits", *words)
    assert code == 2
    assert said in err
    assert list(here.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(bioviz: Bioviz, here: Path) -> None:
    (here / "talk").write_text("a file")
    path = begun(here)
    code, _, err = bioviz("export", path, "--all", "-o", "talk")
    assert code == 2
    assert "is a file" in err
    assert (here / "talk").read_text() == "a file"
