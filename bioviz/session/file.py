"""Session files: `.bioviz` is a zip of one readable `session.json` and plain arrays.

    session.json             the Session, and under "states" where each experiment's run stands
    arrays/W2.w.npy          the first experiment's arrays by address; the second's are arrays/2/...
    channels/test_error.npy  its recorded curves, rows of (trial, value); channels/2/... likewise
    earlier/1/...            curves of an earlier run, one of those under "earlier" in session.json
    history/1/120.json       where the history is kept: trial 120 of the first experiment, with
    history/1/120.npy        the bytes of its arrays; see `session/history.py`
    excerpt/1/...            with it, a few examples of data that are files; `session/excerpt.py`

A session without arrays may be plain JSON: that is the gallery's format. Loading goes in three
stages: parse (bytes to plain data), resolve (data to checked models; unknown rules, tasks and
panels are kept as they are), build (a live experiment, by `Saved.build`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import numpy as np

from ..core.archive import MOST_BYTES, Archive, opened
from ..core.earlier import EarlierRun
from ..core.excerpt import excerpt_of
from ..core.experiment import Experiment, build
from ..core.fault import DataMissing
from ..core.spec import ExperimentSpec
from ..core.state import State
from ..core.task import Dataset, Progress, silent
from . import text
from .atomic import write_file
from .earlier import Tables, notes_of, runs_of
from .excerpt import members_of_excerpt
from .fault import SessionError
from .history import continue_from, members_of_history
from .lesson_text import link_faults
from .looked_back import LookedBackAt
from .member import SESSION, TEXT, members_of, placed, room_of, write_members
from .provenance import provenance
from .session import Session
from .state import check_state, checked_meta, not_finite, restore_into, state_of

__all__ = ["Saved", "SessionError", "capture_all", "load", "restore_into", "save", "state_of"]


@dataclass
class Saved:
    """What a file holds: the session, and for each experiment the state of its run or None.

    `warnings` are sentences for the user: what is unknown here, and what is not healthy.
    `earlier` are runs that ended before, to be seen behind the present ones; the session itself
    names them only in the file. States may have histories with them; then `excerpts` are, for each
    experiment, what views need of data that are files, or None.
    """

    session: Session
    states: list[State | None]
    warnings: list[str] = field(default_factory=list)
    earlier: list[EarlierRun] = field(default_factory=list)
    excerpts: list[Dataset | None] = field(default_factory=list)

    @property
    def experiments(self) -> tuple[ExperimentSpec, ...]:
        """The descriptions; `bioviz.build` starts one at trial 0."""
        return self.session.experiments

    @property
    def started(self) -> bool:
        """Whether it holds the state of a run."""
        return any(state is not None for state in self.states)

    def build(self, index: int = 0, progress: Progress = silent) -> Experiment:
        """The live experiment, continued from its saved state where there is one.

        Raises SpecError, DataMissing or SessionError in words.
        """
        return self._continued(index, build(self.experiments[index], progress=progress))

    def build_to_look(self, index: int = 0, progress: Progress = silent) -> Experiment:
        """The same, to be looked at where its data are not here: from an excerpt of them, then."""
        try:
            return self.build(index, progress)
        except DataMissing:
            excerpt = self.excerpts[index] if self.excerpts else None
            if excerpt is None:
                raise
            return self._continued(index, build(self.experiments[index], data=excerpt))

    def _continued(self, index: int, experiment: Experiment) -> Experiment:
        state = self.states[index]
        if state is not None:
            continue_from(experiment, state)
        return experiment

    def without_history(self) -> Saved:
        """The same without what can be looked back at, which may be large."""
        states = [state and replace(state, history=None) for state in self.states]
        return replace(self, states=states, excerpts=[])

    def build_all(self, progress: Progress = silent) -> list[Experiment]:
        """Every experiment, each continued from its saved state where there is one."""
        return [self.build(index, progress) for index in range(len(self.experiments))]


def load(path: Path | str) -> Saved:
    """Open a `.bioviz` or plain JSON session; SessionError says in one sentence what is wrong."""
    path = Path(path)
    try:
        return _read(path)
    except SessionError as error:
        raise SessionError(f"'{path.name}' cannot be opened: {_lower(str(error))}") from error


def description(path: Path) -> Session:
    """What a session says of itself, without its arrays, and whether or not it can be trained."""
    try:
        if path.suffix == ".json":
            return text.decode(path.read_bytes(), states=False)[0]
        with opened(path) as archive:
            return text.decode(archive.read(SESSION, text.MOST_TEXT), states=True)[0]
    except SessionError as error:
        raise SessionError(f"'{path.name}' cannot be opened: {_lower(str(error))}") from error


def save(path: Path | str, saved: Saved, *, packed: bool = False) -> None:
    """Write a session whole or not at all; what was there before stays until it is.

    A `packed` one takes longer to write and less room; masks and fixed weights nearly vanish.
    A path that ends in `.json` takes the description alone, so only a session without states.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        _save_plain(path, saved)
        return
    update = {"provenance": provenance(), "earlier": notes_of(saved.earlier)}
    stamped = saved.session.model_copy(update=update)
    members = dict(members_of(saved.states, saved.earlier)) | _looked_back_at(saved)
    content = text.encode(stamped, [state and state.meta for state in saved.states])
    room = len(content) + sum(room_of(name, array) for name, array in members.items())
    if room > MOST_BYTES:
        raise SessionError(
            f"This session would take {room / 2**30:.1f} GiB; at most 2 GiB can be saved. "
            f"{_smaller(saved)}"
        )
    write_file(path, lambda stream: write_members(stream, content, members, packed), _verify)


def capture_all(experiments: Sequence[Experiment], like: Session | None = None) -> Saved:
    """Copy live experiments (a trial under way is finished first) into something to save.

    What is said of them, the panels and the speed are taken from `like`. An experiment that has
    failed gives its last healthy state.
    """
    states = [state_of(experiment) for experiment in experiments]
    specs = tuple(experiment.spec for experiment in experiments)
    now = {"experiments": specs, "provenance": provenance()}
    session = like or Session(schema=1, experiments=specs)
    excerpts: list[Dataset | None] = []
    if session.history:
        excerpts = [excerpt_of(experiment) for experiment in experiments]
        for experiment, state in zip(experiments, states, strict=True):
            state.history = experiment.history and experiment.history.still()
    return Saved(session.model_copy(update=now), list(states), excerpts=excerpts)


def _looked_back_at(saved: Saved) -> dict[str, np.ndarray | bytes]:
    """The members of histories, and of excerpts of the data that they were made on."""
    found: dict[str, np.ndarray | bytes] = {}
    for number, state in enumerate(saved.states, 1):
        if state is not None and state.history is not None:
            found |= members_of_history(state.history, number)
    for number, excerpt in enumerate(saved.excerpts, 1):
        if excerpt is not None and found:
            found |= members_of_excerpt(excerpt, number)
    return found


def _smaller(saved: Saved) -> str:
    """What to do where a session is too large."""
    kept = any(state is not None and state.history is not None for state in saved.states)
    return "Save it without its history." if kept else "Make its layers smaller."


def _save_plain(path: Path, saved: Saved) -> None:
    if saved.started:
        raise SessionError("A JSON file keeps no weights; save under a name ending in .bioviz.")
    content = text.encode(saved.session)
    write_file(path, lambda stream: _put(stream, content), _verify)


def _put(stream: IO[bytes], content: bytes) -> None:
    stream.write(content)


def _verify(path: Path) -> None:
    """Read back what was just written, before it takes the old file's place."""
    try:
        _read(path)
    except SessionError as error:
        reason = _lower(str(error))
        raise SessionError(f"Nothing was saved, as it would not open again: {reason}") from error


def _read(path: Path) -> Saved:
    if path.is_dir():
        raise SessionError("It is a folder; choose a .bioviz or .json file.")
    if not path.is_file():
        raise SessionError("There is no such file; check its name and folder.")
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            if start[:2] != b"PK":
                return _resolve(*text.decode(start + stream.read(text.MOST_TEXT), states=False))
    except OSError as error:
        raise SessionError(f"It cannot be read ({error.strerror or error}).") from error
    with opened(path) as archive:
        return _from_archive(archive)


def _from_archive(archive: Archive) -> Saved:
    if SESSION not in archive.names:
        raise SessionError("It is a zip file, but not a bioviz session.")
    session, metas = text.decode(archive.read(SESSION, text.MOST_TEXT), states=True)
    states = [State(checked_meta(meta), {}) if meta is not None else None for meta in metas]
    earlier: dict[int, dict[str, np.ndarray]] = {}
    looked = LookedBackAt(len(states))
    for name in archive.names:
        if name != SESSION:
            kind, index, address = placed(name)
            if kind in TEXT:
                looked.take(archive, name, kind, index, address)
                continue
            if kind == "earlier":
                earlier.setdefault(index, {})[address] = archive.array(name)
                continue
            state = states[index] if index < len(states) else None
            if state is None:
                raise SessionError(f"It holds '{name}' without the run it belongs to.")
            target = state.arrays if kind == "arrays" else state.channels
            target[address] = archive.array(name)
    saved = _resolve(session, states, earlier)
    saved.excerpts = looked.finish(saved.states)
    return saved


def _resolve(
    session: Session, states: list[State | None], earlier: Mapping[int, Tables] | None = None
) -> Saved:
    runs = runs_of(session.earlier, earlier or {})
    session = session.model_copy(update={"earlier": ()})
    saved = Saved(session, states or [None] * len(session.experiments), earlier=runs)
    for spec, state in zip(session.experiments, saved.states, strict=True):
        if state is not None:
            check_state(state, spec.network)
            saved.warnings += [
                f"{address} holds numbers that are not finite; restart it before training."
                for address in not_finite(state)
            ]
        saved.warnings += spec.problems()
    saved.warnings += link_faults(session.about.steps)
    return saved


def _lower(sentence: str) -> str:
    """Go on in the middle of a sentence: It is damaged -> it is damaged."""
    first, _, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in ("It", "Its", "There", "A", "The") else sentence
