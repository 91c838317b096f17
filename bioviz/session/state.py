"""The state of a run as a file tells it, checked by a model, its description and the network.

The first two checks need no data set, so that a file can be opened and looked at anywhere; the
third is made by `restore_into`, just before a live experiment takes the state.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, JsonValue, ValidationError

from ..core.experiment import Experiment
from ..core.fault import BiovizError
from ..core.parameter import Part, sentences
from ..core.spec import NetworkSpec
from ..core.state import State
from .fault import SessionError

Count = Annotated[int, Field(ge=0, le=2**53)]
Digits = Annotated[str, Field(pattern=r"^[0-9]{1,39}$")]  # 128 bits, more than JSON's numbers hold
# made on demand, shaped like another
GROWN = {"mask": "w", "velocity": "w", "bias_velocity": "bias"}


class Position(Part):
    """Where a PCG64 generator stands in its sequence."""

    state: Digits
    inc: Digits


class Stream(Part):
    """A random stream's whole state, as numpy gives it."""

    bit_generator: Literal["PCG64"]
    state: Position
    has_uint32: Literal[0, 1]
    uinteger: Annotated[int, Field(ge=0, lt=2**32)]


class Sums(Part):
    """What has been gathered since the last recorded point."""

    loss: float
    wrong: Count
    square: float
    count: Count


class LayerSpikes(Part):
    """What one layer's units did since then: spikes, first ones of a trial, times between two."""

    spikes: Count
    first: Count
    firsts: Count
    last: list[list[Annotated[int, Field(ge=-1, le=2**53)]]]
    gaps: list[list[Count]]
    total: list[list[Count]]
    square: list[list[Count]]


class Spikes(Part):
    """What spiking layers did since the last recorded point."""

    tick: Count
    since: Count
    layers: dict[str, LayerSpikes]


class Answered(Part):
    """How often each class of the test set was answered as each, row by row, and when."""

    trial: Count
    counts: list[Count]


class Meta(Part):
    """A state without its arrays: where the run stands, its random streams, the rule's memory."""

    trial: Count
    epoch: Count
    position: Count
    streams: dict[str, Stream]
    rule: dict[str, JsonValue]
    tally: Sums
    confusion: Answered | None = None  # None before the first pass, and in older files
    spikes: Spikes | None = None  # earlier files tell of none
    markers: list[tuple[Count, str]]
    frozen: tuple[str, ...] = ()  # projections that are held still; earlier files tell of none
    clock: Count = 0  # ticks since the network was at rest, where activity lives on
    # ticks and units that were fired by hand, by layer
    fired: dict[str, list[tuple[Count, Count]]] = Field(default_factory=dict)


def checked_meta(data: Any) -> dict[str, Any]:
    """Return a state's meta from plain JSON, ready for `Experiment.restore`."""
    try:
        meta = Meta.model_validate(data)
    except ValidationError as error:
        raise SessionError(f"Its saved state is malformed: {sentences(error)[0]}") from error
    for name, stream in meta.streams.items():
        if max(int(stream.state.state), int(stream.state.inc)) >= 2**128:
            raise SessionError(f"Its saved state is malformed: stream '{name}' is impossible.")
    return meta.model_dump(mode="json")


def check_state(state: State, network: NetworkSpec) -> None:
    """Refuse a state that its own description rules out: forward weights, and channels' rows."""
    pairs = zip(network.layers, network.layers[1:], strict=False)
    for index, (pre, post) in enumerate(pairs, 1):
        found = state.arrays.get(f"W{index}.w")
        if found is None:
            raise SessionError(f"Its weights W{index}.w are missing.")
        _check_shape(f"W{index}.w", found, (post.size, pre.size))
    for name, rows in state.channels.items():
        check_rows(name, rows)


def not_finite(state: State) -> list[str]:
    """Addresses of the arrays that hold a number that is not finite."""
    return [address for address, array in state.arrays.items() if not np.isfinite(array).all()]


def restore_into(experiment: Experiment, state: State) -> None:
    """Put a saved state into a live experiment.

    Raises SessionError where it does not fit, and then changes nothing.
    An experiment whose weights are not all finite can be looked at, but running it raises its
    fault, until it is built anew.
    """
    check_fits(experiment, state)
    try:
        experiment.restore(state)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise SessionError("Its saved state does not fit this network; restart it.") from error
    broken = not_finite(state)
    if broken:
        experiment.fault = SessionError(
            f"{', '.join(broken)} holds numbers that are not finite, so it cannot train on. "
            "Restart it to train from fresh weights."
        )


def check_fits(experiment: Experiment, state: State) -> None:
    """Refuse a state that is not one of this experiment's network, rule and task."""
    _check_arrays(experiment, state)
    _check_place(experiment, state)
    _check_counts(experiment, state)
    _check_memory(experiment, state)
    _check_frozen(experiment, state)
    _check_fired(experiment, state)


def state_of(experiment: Experiment) -> State:
    """The state to save: the present one, or where training failed the last healthy one."""
    if experiment.fault is None:
        try:
            return experiment.capture()
        except BiovizError:
            if experiment.fault is None:
                raise
    kept = experiment.guard.kept
    if kept is None:
        raise SessionError("There is no healthy state to save; restart the experiment first.")
    channels = {}
    for name, channel in experiment.channels.items():
        rows = np.stack(channel.read(), axis=1)
        channels[name] = rows[rows[:, 0] <= kept.meta["trial"]]
    return State(kept.meta, kept.arrays, channels)


def _check_arrays(experiment: Experiment, state: State) -> None:
    weights = experiment.net.weights()
    activity = _check_activity(experiment, state)
    for address, array in state.arrays.items():
        if address in activity:
            continue
        like = weights.get(address)
        if like is None:
            like = weights.get(_grown_from(address))
        if like is None:
            raise SessionError(f"It holds an array '{address}' that this network does not have.")
        _check_shape(address, array, like.shape)
        if array.dtype != like.dtype:
            raise SessionError(f"{address} holds {array.dtype} numbers; {like.dtype} are needed.")
        if address.endswith(".mask") and not ((array == 0) | (array == 1)).all():
            raise SessionError(f"'{address}' may hold only 0 and 1.")
    missing = [a for a in weights if a not in state.arrays and not _grown_from(a)]
    if missing:
        raise SessionError(f"Its weights {', '.join(missing)} are missing.")


def _check_activity(experiment: Experiment, state: State) -> set[str]:
    """Check what lives on from trial to trial, and return its addresses; any batch will do."""
    activity = experiment.net.activity() if experiment.rule.lasting else {}
    missing = [address for address in activity if address not in state.arrays]
    if missing:
        raise SessionError(f"Its activity {', '.join(missing)} is missing.")
    batch = {state.arrays[address].shape[:1] for address in activity}
    if len(batch) > 1 or () in batch or (0,) in batch:
        raise SessionError("Its layers' activity is not that of one batch.")
    for address, like in activity.items():
        array = state.arrays[address]
        _check_shape(address, array, (len(array), *like.shape[1:]))
        if array.dtype != like.dtype:
            raise SessionError(f"{address} holds {array.dtype} numbers; {like.dtype} are needed.")
    return set(activity)


def _grown_from(address: str) -> str:
    owner, _, name = address.partition(".")
    return f"{owner}.{GROWN[name]}" if name in GROWN else ""


def _check_shape(address: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        words = " by ".join(str(size) for size in array.shape)
        needed = " by ".join(str(size) for size in shape)
        raise SessionError(f"{address} has the shape {words}, but this network needs {needed}.")


def check_rows(name: str, rows: np.ndarray) -> None:
    """Refuse a channel that is not a table (n, 2) of ascending trials and values."""
    shaped = rows.ndim == 2 and rows.shape[1] == 2 and rows.dtype == np.float64
    if not shaped:
        raise SessionError(f"The channel '{name}' is not a table of trials and values.")
    trials = rows[:, 0]
    if not (np.isfinite(trials).all() and (trials >= 0).all() and (np.diff(trials) > 0).all()):
        raise SessionError(f"The channel '{name}' has trials that are not in order.")


def _check_place(experiment: Experiment, state: State) -> None:
    if state.meta["position"] >= len(experiment.data.train):
        raise SessionError("It stands behind the end of its task's training set.")


def _check_frozen(experiment: Experiment, state: State) -> None:
    for name in state.meta["frozen"]:
        if name not in experiment.net.projections:
            raise SessionError(f"It says that '{name}' is frozen, which this network has not.")


def _check_fired(experiment: Experiment, state: State) -> None:
    layers = experiment.net.layers
    for name, spikes in state.meta.get("fired", {}).items():
        if name not in layers or any(unit >= layers[name].size for _, unit in spikes):
            raise SessionError(f"It tells of spikes in '{name}' that this network cannot have.")


def _check_counts(experiment: Experiment, state: State) -> None:
    counted, classes = state.meta.get("confusion"), len(experiment.classes)
    if counted is None:
        return
    if len(counted["counts"]) != classes**2 or counted["trial"] > state.meta["trial"]:
        raise SessionError("Its counts of confused classes do not fit its task or its trial.")


def _check_memory(experiment: Experiment, state: State) -> None:
    rule = experiment.rule
    before = rule.memory()
    try:
        rule.remember(state.meta["rule"])
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise SessionError(f"What its rule '{rule.key}' remembers is malformed.") from error
    finally:
        rule.remember(before)
