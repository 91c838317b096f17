"""`bioviz data`: an account of one's own data, a network that learns them, and what may be read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bioviz.core.choose import choose_task
from bioviz.session.file import load

from ..specs import moons_spec
from ..tasks.own import flower_rows, flowers, params_of, write
from .conftest import Bioviz


def test_an_account_is_printed_in_short_sentences(bioviz: Bioviz, here: Path) -> None:
    flowers(here)
    code, out, err = bioviz("data", "flowers.csv")
    assert (code, err.count("Reading flowers.csv")) == (0, 1)
    lines = out.splitlines()
    assert lines[0] == "'flowers.csv' is a table with 40 usable examples."
    assert "The label (kind) names 2 classes: rose (20), tulip (20)." in lines
    assert len(lines) == 5


def test_the_account_is_json_for_machines(bioviz: Bioviz, here: Path) -> None:
    flowers(here)
    code, out, _ = bioviz("data", "flowers.csv", "--json", "--label", "width", "--test", "0.5")
    facts = json.loads(out)
    assert code == 0
    assert (facts["target"], facts["inputs"], facts["held_out"]) == ("numbers", 1, 20)
    assert facts["remarks"] == ["Left out, for they hold words: kind."]
    assert len(facts["sha256"]) == 64


def test_a_network_is_written_that_runs_and_learns(bioviz: Bioviz, here: Path) -> None:
    flowers(here, 100)
    code, _, err = bioviz("data", "flowers.csv", "--out", "flowers.json")
    assert code == 0
    assert "Train it with `bioviz run flowers.json`" in err
    spec = load("flowers.json").experiments[0]
    assert [layer.size for layer in spec.network.layers] == [2, 64, 2]
    assert (spec.network.layers[1].unit, spec.rule.key) == ("tanh", "feedback_alignment")
    code, out, err = bioviz("run", "flowers.json", "--json")
    assert code == 0
    final = json.loads(out)["experiments"][0]["final"]
    assert final["test_error"] < 0.1


def test_numbers_to_be_met_are_learned_as_well(bioviz: Bioviz, here: Path) -> None:
    stream = np.random.default_rng(1)
    rows = [f"{a:.3f},{b:.3f},{3 * a - b:.3f}" for a, b in stream.normal(size=(80, 2))]
    write(here / "line.csv", "a,b,c", *rows)
    assert bioviz("data", "line.csv", "--out", "line.json")[0] == 0
    assert bioviz("run", "line.json", "--epochs", 1)[0] == 0
    assert load("line.json").experiments[0].loss == "squared_error"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no.csv"], 1, "There is no file 'no.csv'"),
        (["flowers.csv", "--label", "colour"], 1, "no column 'colour'"),
        (["flowers.csv", "--out", "flowers.bioviz"], 2, ".json file"),
        (["flowers.csv", "--test", "2"], 2, "range"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    bioviz: Bioviz, here: Path, words: list[str], code: int, said: str
) -> None:
    flowers(here)
    got, _, err = bioviz("data", *words)
    assert got == code
    assert said in err


def session_elsewhere(here: Path) -> tuple[Path, Path]:
    """A session, and its data in another folder."""
    for name in ("data", "sessions"):
        (here / name).mkdir()
    path = flowers(here / "data")
    spec, _ = choose_task(moons_spec(stop={"trials": 5}), "own_data", params_of(path))
    session = here / "sessions" / "s.json"
    content = {"schema": 1, "experiments": [spec.model_dump(mode="json")]}
    session.write_text(json.dumps(content), "utf-8")
    return session, path


def test_data_outside_the_sessions_folder_are_read_only_on_the_users_word(
    bioviz: Bioviz, here: Path
) -> None:
    session, path = session_elsewhere(here)
    code, out, err = bioviz("run", session)
    assert code == 4
    assert out == ""
    assert f"give --data {path}" in err
    code, _, err = bioviz("run", session, "--data", path, "--out", here / "results")
    assert code == 0
    assert f"--data {path} --epochs N" in err
    assert bioviz("run", here / "results" / "session.bioviz", "--data", path, "--trials", 2)[0] == 0


def test_the_same_data_are_read_from_another_place_and_others_are_refused(
    bioviz: Bioviz, here: Path
) -> None:
    session, path = session_elsewhere(here)
    moved = path.rename(here / "moved.csv")
    assert bioviz("run", session, "--data", moved)[0] == 0
    write(moved, "length,width,kind", *flower_rows(44))
    code, _, err = bioviz("run", session, "--data", moved)
    assert code == 1
    assert "44 examples instead of 40" in err


def test_data_are_asked_for_only_where_a_session_has_its_own(bioviz: Bioviz, here: Path) -> None:
    flowers(here)
    code, _, err = bioviz("run", "fa_two_moons", "--data", "flowers.csv", "--trials", 1)
    assert code == 2
    assert "no task of this session" in err


def test_info_says_what_a_session_would_read_without_reading_it(bioviz: Bioviz, here: Path) -> None:
    session, path = session_elsewhere(here)
    path.unlink()
    code, out, _ = bioviz("info", session)
    assert code == 0
    assert str(path) in out
