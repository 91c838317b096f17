"""Small real sessions that the tests save, mangle and open again."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from bioviz.core.array import write_array
from bioviz.core.experiment import Experiment, build
from bioviz.session.file import Saved, capture_all, save
from bioviz.session.session import About, PanelView, Session

from .. import specs

TITLE = About(title="Two moons", question="Does it align?")


def trained(trials: int = 30, **options: Any) -> Experiment:
    """Two moons after some trials; one recorded point every ten."""
    experiment = build(specs.moons_spec(**{"record": {"every": 10}, **options}))
    experiment.advance(trials)
    return experiment


def session(*experiments: Experiment) -> Saved:
    made = experiments or (trained(),)
    views = (PanelView(key="loss", options={"log": True}), PanelView(key="of the future"))
    described = tuple(experiment.spec for experiment in made)
    return capture_all(made, Session(schema=1, about=TITLE, experiments=described, panels=views))


def saved_file(folder: Path, *experiments: Experiment) -> Path:
    path = folder / "good.bioviz"
    save(path, session(*experiments))
    return path


def parts(path: Path) -> dict[str, bytes]:
    """A session file's members."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return stream.getvalue()


def plain(members: dict[str, bytes]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(members["session.json"])
    return data


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    write_array(stream, array)
    return stream.getvalue()


def same_state(one: Experiment, other: Experiment) -> None:
    """Assert that two experiments stand at the same bits: weights, curves, streams, markers."""
    mine, theirs = one.capture(), other.capture()
    assert mine.meta == theirs.meta
    for kind in ("arrays", "channels"):
        left, right = getattr(mine, kind), getattr(theirs, kind)
        assert left.keys() == right.keys()
        for name, array in left.items():
            assert array.tobytes() == right[name].tobytes(), name
