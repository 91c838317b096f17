"""A live network: layers with their activity, projections with weights, and their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from .blas import Columns
from .fault import AddressError, BiovizError
from .projection import Projection, Role
from .registry import UNITS
from .spec import LayerSpec, NetworkSpec
from .stream import Streams
from .unit import Unit, Variable

RATE_VARIABLES = (
    Variable("rate", "", "The activity that the unit sends onward."),
    Variable("drive", "", "The summed input that the unit receives."),
    Variable("delta", "", "The error signal that the rule brings to the unit."),
)


WIDE = 100_000  # weights above the input from which its silent ends are worth looking for

Room = list[tuple[dict[str, np.ndarray], np.ndarray]]  # each layer's state and scratch


class Layer:
    """Units of one kind; `rate`, `drive` and `delta` are (batch, size) and change in place.

    In memory a unit's values for all examples lie together, as products with W like them; but for
    the input, whose examples are copied in one by one.
    """

    def __init__(
        self, spec: LayerSpec, dtype: type[np.floating[Any]], *, shown: bool = False
    ) -> None:
        self.name = spec.name
        self.size = spec.size
        self.dtype = dtype
        self.unit: Unit = UNITS[spec.unit]()
        self.variables = RATE_VARIABLES
        self.state: dict[str, np.ndarray] = {}
        self._shown = shown  # whether it is the input
        self.awake: Columns = None  # units outside these are silent in the whole batch
        self.scratch = np.empty((0, self.size), dtype)
        self.hold(1)

    def hold(self, batch: int) -> None:
        """Make room for `batch` examples; zeroed where the number changes."""
        for variable in self.variables:
            self.state[variable.name] = self._zeros(batch)
        self.scratch = self._zeros(batch)

    def _zeros(self, batch: int) -> np.ndarray:
        if self._shown:
            return np.zeros((batch, self.size), self.dtype)
        return np.zeros((self.size, batch), self.dtype).T

    @property
    def rate(self) -> np.ndarray:
        return self.state["rate"]

    @property
    def drive(self) -> np.ndarray:
        return self.state["drive"]

    @property
    def delta(self) -> np.ndarray:
        return self.state["delta"]


class Network:
    """Layers in order, forward projections W1, W2, ... and whatever a rule adds to them."""

    def __init__(
        self, spec: NetworkSpec, streams: Streams, dtype: type[np.floating[Any]] = np.float32
    ) -> None:
        self.spec = spec
        self.dtype = dtype
        first, *others = spec.layers
        self.chain = [Layer(first, dtype, shown=True), *(Layer(layer, dtype) for layer in others)]
        self.layers = {layer.name: layer for layer in self.chain}
        self.projections: dict[str, Projection] = {}
        self._feedback: dict[str, Projection] = {}  # by the forward projection that it mirrors
        self.batch = 1
        self._spare: dict[int, list[Room]] = {}  # by batch; several, for asides within asides
        for index, (pre, post) in enumerate(zip(self.chain, self.chain[1:], strict=False), 1):
            w = self.connect(Projection(f"W{index}", pre, post, bias=spec.biases))
            w.draw(spec.weights, streams.fresh(f"weights/{w.name}"))
        self.forward = list(self.projections.values())

    @property
    def input(self) -> Layer:
        return self.chain[0]

    @property
    def output(self) -> Layer:
        return self.chain[-1]

    def connect(self, projection: Projection) -> Projection:
        """Add a projection under its name; its weights get an address."""
        self.projections[projection.name] = projection
        if projection.role is Role.FEEDBACK and projection.mirrors:
            self._feedback[projection.mirrors] = projection
        return projection

    def mirrors(self) -> list[tuple[Projection, Projection]]:
        """Pairs of a forward projection and the feedback that stands in for its transpose."""
        return [(self.projections[name], path) for name, path in self._feedback.items()]

    def feedback_of(self, name: str) -> Projection | None:
        """The projection that mirrors the forward projection `name`, if the rule has one."""
        return self._feedback.get(name)

    def step(self, x: np.ndarray) -> np.ndarray:
        """Send a batch (batch, n_input) up through every layer; returns the output's rate."""
        for projection in self.forward:
            projection.release_step()
        self._hold(len(x))
        np.copyto(self.input.rate, x, casting="same_kind")
        self.input.awake = awake(x) if self.forward[0].w.size >= WIDE else None
        for projection in self.forward:
            projection.send(projection.pre.rate, projection.post.drive)
            projection.post.unit.answer(projection.post.drive, projection.post.rate)
        return self.output.rate

    @contextmanager
    def aside(self, batch: int) -> Iterator[None]:
        """Inside, the layers hold other activity: measuring never touches what is shown."""
        kept = [(layer.state, layer.scratch) for layer in self.chain]
        seen, self.input.awake = self.input.awake, None
        steps = [projection.last_step for projection in self.forward]
        now, self.batch = self.batch, batch
        spare = self._spare.setdefault(batch, [])
        room = spare.pop() if spare else self._room(batch)
        self._swap(room)
        try:
            yield
        finally:
            spare.append(room)
            self._swap(kept)
            self.input.awake = seen
            self.batch = now
            for projection, step in zip(self.forward, steps, strict=True):
                projection.last_step = step

    def __getitem__(self, address: str) -> np.ndarray:
        owner, _, name = address.partition(".")
        if owner in self.layers and name in self.layers[owner].state:
            return self.layers[owner].state[name]
        projection = self.projections.get(owner)
        found = getattr(projection, name, None) if name in PROJECTION_VARIABLES else None
        if found is None:
            raise AddressError(
                f"There is nothing at '{address}'. Known: {', '.join(self.addresses())}."
            )
        return found  # type: ignore[no-any-return]

    def __contains__(self, address: object) -> bool:
        return address in self.addresses()

    def addresses(self) -> list[str]:
        """Every visible array, as `h1.rate` or `W2.w`."""
        activity = [f"{layer.name}.{name}" for layer in self.chain for name in layer.state]
        weights = [
            f"{projection.name}.{name}"
            for projection in self.projections.values()
            for name in PROJECTION_VARIABLES
            if name == "dw" or getattr(projection, name) is not None
        ]
        return activity + weights

    def weights(self) -> dict[str, np.ndarray]:
        """Every array that learning changes or a file must keep, by address."""
        kept = {}
        for projection in self.projections.values():
            for name in KEPT:
                array = getattr(projection, name)
                if array is not None:
                    kept[f"{projection.name}.{name}"] = array
        return kept

    def put(self, arrays: dict[str, np.ndarray]) -> None:
        """Write captured arrays back in place, by address; BiovizError where one does not fit.

        Masks and velocities are made on demand, so those that `arrays` lacks are dropped.
        """
        for projection in self.projections.values():
            projection.mask = projection.velocity = projection.bias_velocity = None
        for address, values in arrays.items():
            array = self._room_for(address)
            if array is None or array.shape != values.shape:
                need = "none" if array is None else f"{array.shape}"
                raise BiovizError(
                    f"The saved array {address} of shape {values.shape} does not fit this "
                    f"network, which has {need} there."
                )
            array[...] = values

    def _room_for(self, address: str) -> np.ndarray | None:
        owner, _, name = address.partition(".")
        projection = self.projections.get(owner)
        if projection is None or name not in KEPT:
            return None
        like = projection.bias if name == "bias_velocity" else projection.w
        if getattr(projection, name) is None and name != "bias" and like is not None:
            setattr(projection, name, np.zeros_like(like))
        return getattr(projection, name)  # type: ignore[no-any-return]

    def _hold(self, batch: int) -> None:
        if batch != self.batch:
            for layer in self.chain:
                layer.hold(batch)
            self.batch = batch

    def _room(self, batch: int) -> Room:
        room = []
        for layer in self.chain:
            kept = layer.state, layer.scratch
            layer.state = {}
            layer.hold(batch)
            room.append((layer.state, layer.scratch))
            layer.state, layer.scratch = kept
        return room

    def _swap(self, states: Room) -> None:
        for layer, (state, scratch) in zip(self.chain, states, strict=True):
            layer.state, layer.scratch = state, scratch


def awake(x: np.ndarray) -> Columns:
    """The columns of (batch, n) between which everything lies that is not zero.

    Pictures have dark borders: on MNIST a tenth to a third of W1 need not be looked at.
    """
    on: np.ndarray = np.any(x, axis=0)
    return int(on.argmax()), len(on) - int(on[::-1].argmax())


PROJECTION_VARIABLES = ("w", "bias", "dw")
KEPT = ("w", "bias", "mask", "velocity", "bias_velocity")  # what a file must hold of a projection
