"""Earlier runs in a session file: they come back as they were, and strangers' are checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.earlier import EarlierRun, ended
from bioviz.session.file import SessionError, load, save

from .sample import npy, parts, plain, session, trained, zipped

Members = dict[str, bytes]


def left(**options: Any) -> EarlierRun:
    run = ended(trained(**options))
    assert run is not None
    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    saved = session()
    saved.earlier = [left(rule="backprop"), left(seed=7)]
    save(tmp_path / "good.bioviz", saved)
    return tmp_path / "good.bioviz"


def test_earlier_runs_come_back_as_they_were(path: Path) -> None:
    before = [left(rule="backprop"), left(seed=7)]
    after = load(path).earlier
    assert [run.spec for run in after] == [run.spec for run in before]
    assert [run.epoch_trials for run in after] == [run.epoch_trials for run in before]
    for one, other in zip(before, after, strict=True):
        assert one.channels.keys() == other.channels.keys()
        for name, rows in one.channels.items():
            assert np.array_equal(rows, other.channels[name], equal_nan=True)


def test_their_curves_stand_beside_those_of_the_present_run(path: Path) -> None:
    assert {"earlier/1/test_error.npy", "earlier/2/test_error.npy"} <= set(parts(path))


def test_a_file_from_before_there_were_earlier_runs_opens(path: Path) -> None:
    members = {k: v for k, v in parts(path).items() if not k.startswith("earlier/")}
    data = plain(members)
    del data["earlier"]
    path.write_bytes(zipped(members | {"session.json": json.dumps(data).encode()}))
    assert load(path).earlier == []


def test_an_earlier_run_of_an_unknown_rule_is_kept(path: Path) -> None:
    members = parts(path)
    data = plain(members)
    data["earlier"][0]["experiment"]["rule"] = {"key": "dreaming", "depth": 3}
    path.write_bytes(zipped(members | {"session.json": json.dumps(data).encode()}))
    assert load(path).earlier[0].spec.rule.key == "dreaming"


def _too_many(data: dict[str, Any], members: Members) -> None:
    data["earlier"] = data["earlier"][:1] * 7


def _no_curves(data: dict[str, Any], members: Members) -> None:
    for name in [name for name in members if name.startswith("earlier/2/")]:
        del members[name]


def _not_described(data: dict[str, Any], members: Members) -> None:
    data["earlier"] = data["earlier"][:1]


def _unsorted(data: dict[str, Any], members: Members) -> None:
    members["earlier/1/test_error.npy"] = npy(np.array([[3.0, 0.1], [1.0, 0.2]]))


def _no_table(data: dict[str, Any], members: Members) -> None:
    members["earlier/1/test_error.npy"] = npy(np.zeros((3, 3)))


def _numbered_out(data: dict[str, Any], members: Members) -> None:
    members["earlier/7/test_error.npy"] = npy(np.zeros((1, 2)))


def _no_epoch(data: dict[str, Any], members: Members) -> None:
    data["earlier"][0]["epoch_trials"] = 0


@pytest.mark.parametrize(
    "harm",
    [_too_many, _no_curves, _not_described, _unsorted, _no_table, _numbered_out, _no_epoch],
)
def test_a_file_with_impossible_earlier_runs_is_refused_in_a_sentence(
    path: Path, harm: Callable[[dict[str, Any], Members], None]
) -> None:
    members = parts(path)
    data = plain(members)
    harm(data, members)
    path.write_bytes(zipped(members | {"session.json": json.dumps(data).encode()}))
    with pytest.raises(SessionError, match=r"^'good.bioviz' cannot be opened: .*\.$"):
        load(path)
