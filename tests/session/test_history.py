"""Histories in files: they come back to the last bit, and hostile ones are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing
from bioviz.core.replay import Replay
from bioviz.session.file import SessionError, capture_all, load, save
from bioviz.session.session import Session

from ..core.test_history import everything, kept, plain, run
from ..gallery import gallery_spec
from ..specs import digits_spec, make_spec, moons_spec, two_cells
from .sample import npy, parts, same_state, zipped

Members = dict[str, bytes]


def saved(folder: Path, *experiments: Experiment, history: bool = True) -> Path:
    specs = tuple(experiment.spec for experiment in experiments)
    path = folder / "kept.bioviz"
    save(path, capture_all(experiments, Session(schema=1, experiments=specs, history=history)))
    return path


SPECS = {
    "moons": moons_spec(momentum=0.5),
    "digits": digits_spec("weight_mirror", (40,)),
    "two cells": two_cells(),
    "bursts": gallery_spec("xor_in_spikes", rule__example=0.06, rule__teaching=0.03),
    "pairs": gallery_spec("stdp_competition"),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_history_comes_back_to_the_last_bit_and_grows_on(name: str, tmp_path: Path) -> None:
    experiment = run(build(SPECS[name]), 6)
    kept(experiment).mark(3, "before the dip")
    wanted = everything(experiment)
    path = saved(tmp_path, experiment)
    again = load(path).build()
    assert kept(again).trials == kept(experiment).trials
    assert kept(again).bookmarks == {3: "before the dip"}
    for trial in (0, 3, 6):
        one, other = (Replay([run]).snapshot(trial, wanted) for run in (experiment, again))
        assert one.positions == other.positions
        for request in wanted:
            assert plain(one[request]) == plain(other[request]), request
    run(experiment, 4)
    run(again, 4)
    same_state(experiment, again)
    assert kept(again).trials == kept(experiment).trials
    save(path, load(path))
    assert parts(path).keys() == parts(saved(tmp_path, load(path).build())).keys()


def test_without_the_option_no_history_is_in_the_file(tmp_path: Path) -> None:
    names = parts(saved(tmp_path, run(build(moons_spec()), 5), history=False))
    assert not any(name.startswith("history/") for name in names)


def test_what_is_shared_is_in_the_file_once(tmp_path: Path) -> None:
    experiment = run(build(digits_spec("feedback_alignment", (200,))), 12)
    members = parts(saved(tmp_path, experiment))
    fixed = experiment.net["B2.w"].tobytes()
    assert sum(fixed in content for name, content in members.items() if "history" in name) == 1


def test_experiments_side_by_side_keep_their_own(tmp_path: Path) -> None:
    pair = [run(build(moons_spec()), 4), run(build(moons_spec("backprop")), 4)]
    again = load(saved(tmp_path, *pair)).build_all()
    for one, other in zip(pair, again, strict=True):
        frame, back = kept(one).at(2), kept(other).at(2)
        assert frame.arrays["state/W2.w"].tobytes() == back.arrays["state/W2.w"].tobytes()


# ---- without the data ------------------------------------------------------------------------


@pytest.mark.mnist
def test_a_history_is_looked_at_where_the_data_set_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = run(build(make_spec((784, 20, 10), "feedback_alignment", "mnist")), 4)
    path = saved(tmp_path, experiment)
    wanted = everything(experiment)
    then = Replay([experiment]).snapshot(2, wanted)
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(tmp_path / "empty"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(DataMissing):
        load(path).build()
    again = load(path).build_to_look()
    now = Replay([again]).snapshot(2, wanted)
    assert now.positions == then.positions
    for request in wanted:
        assert plain(now[request]) == plain(then[request]), request
    with pytest.raises(LookupError, match="first 500"):
        again.data.test.read(np.array([700]), np.float32)


def test_data_that_come_with_bioviz_are_in_no_file(tmp_path: Path) -> None:
    assert not any(
        "excerpt" in name for name in parts(saved(tmp_path, run(build(digits_spec()), 2)))
    )


# ---- hostile ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Members:
    return parts(saved(tmp_path_factory.mktemp("good"), run(build(moons_spec()), 3)))


def refused(members: Members, folder: Path) -> str:
    path = folder / "bad.bioviz"
    path.write_bytes(zipped(members))
    with pytest.raises(SessionError) as caught:
        load(path).build()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert not any(word in sentence for word in ("Error", "Traceback", "0x", "pydantic"))
    return sentence


def changed(good: Members, change: Callable[[dict[str, Any]], object], trial: int = 2) -> Members:
    name = f"history/1/{trial}.json"
    note = json.loads(good[name])
    change(note)
    return good | {name: json.dumps(note).encode()}


def put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(note: dict[str, Any]) -> None:
        *folders, last = path.split(">")
        for folder in folders:
            note = note[folder]
        note[last] = value

    return change


CHANGES = {
    "another type": put("arrays>state/W1.w", ["|O8", [20, 2], 2, 0]),
    "beyond its bytes": put("arrays>state/W1.w", ["<f4", [20, 2], 2, 2**40]),
    "more than its bytes": put("arrays>state/W1.w", ["<f4", [2**40, 2], 2, 0]),
    "askew": put("arrays>state/W1.w", ["<f4", [20, 2], 2, 3]),
    "of the future": put("arrays>state/W1.w", ["<f4", [20, 2], 3, 0]),
    "another shape": put("arrays>state/W1.w", ["<f4", [2, 20], 2, 0]),
    "a hole of zeros": put("arrays>state/W1.w", ["<f4", [0, 2**40, 2**40], 2, 0]),
    "another trial": put("meta>state>trial", 3),
    "a batch of all memory": put("meta>seen>batch", 2**31),
    "no phase": put("meta>seen>phase", "lunch"),
    "an unknown fact": put("meta>more", 1),
    "a stream of another kind": put("meta>state>streams", {"x": {"bit_generator": "MT"}}),
    "text for a number": put("meta>spikes>count", "many"),
    "another network": put("spec>seed", 99),
    "an unknown rule": put("spec>rule", {"key": "magic"}),
    "a step from nowhere": put(
        "meta>seen>steps", {"W1": {"rate": 1, "where": ["h9.rate", ""], "across": [False, False]}}
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_history_that_lies_is_refused(what: str, good: Members, tmp_path: Path) -> None:
    refused(changed(good, CHANGES[what]), tmp_path)


def test_members_that_do_not_belong_together_are_refused(good: Members, tmp_path: Path) -> None:
    block = good["history/1/2.npy"]
    assert "belong to no moment" in refused(good | {"history/1/9.npy": block}, tmp_path)
    assert "without the run" in refused(good | {"history/2/2.npy": block}, tmp_path)
    assert "no part" in refused(good | {"history/1/-2.npy": block}, tmp_path)
    assert "no part" in refused(good | {"history/1/२.npy": block}, tmp_path)
    assert "no part" in refused(good | {"history/9/2.npy": block}, tmp_path)
    lacking = {name: part for name, part in good.items() if name != "history/1/2.npy"}
    assert "lacks some" in refused(lacking, tmp_path)
    words = npy(np.zeros(40))
    assert "belong to no moment" in refused(good | {"history/1/2.npy": words}, tmp_path)
    assert "Trial 2" in refused(good | {"history/1/2.json": b"{"}, tmp_path)
