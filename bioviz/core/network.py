"""A live network: layers with their activity, projections with weights, and their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from .fault import AddressError, BiovizError
from .layer import Layer, Room
from .product import Span
from .projection import Projection, Role
from .spec import LateralSpec, NetworkSpec
from .spiking import SpikingUnit
from .stream import Streams

WIDE = 100_000  # weights above the input from which its silent ends are worth looking for


class Network:
    """Layers in order, forward projections W1, W2, ... and whatever a rule adds to them.

    Lateral projections L1, L2, ... lead from the layer that W1, W2, ... lead to back to itself.
    `clock` counts the ticks since the network was last at rest.
    """

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
        self.clock = 0
        self._single = False  # whether compiled loops are worth loading: see `expect_single`
        self.pool = 1  # output units that speak for one output together
        self._spare: dict[int, list[list[Room]]] = {}  # by batch; several, for asides within asides
        for index, (pre, post) in enumerate(zip(self.chain, self.chain[1:], strict=False), 1):
            bias = spec.biases and post.unit.biased
            w = self.connect(Projection(f"W{index}", pre, post, bias=bias))
            w.draw(spec.weights, streams.fresh(f"weights/{w.name}"))
            w.delay = round(spec.delay / spec.dt)
            pre.delayed(w.delay)
        self.forward = list(self.projections.values())
        self.lateral = [self._add_lateral(lateral, streams) for lateral in spec.lateral]

    @property
    def input(self) -> Layer:
        return self.chain[0]

    @property
    def output(self) -> Layer:
        return self.chain[-1]

    def expect_single(self) -> None:
        """Make ready for a run whose trials are of one example each, before it begins."""
        self._single = any(path.w.size >= WIDE for path in self.forward)
        if self._single:
            for path in self.forward:
                path.expect_single(few=path.pre is self.input and path.w.size >= WIDE)

    def connect(self, projection: Projection) -> Projection:
        """Add a projection under its name; its weights get an address."""
        self.projections[projection.name] = projection
        if self._single:
            projection.expect_single(few=False)
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
            projection.step.release()
        self._hold(len(x))
        np.copyto(self.input.rate, x, casting="same_kind")
        self.input.awake = awake(x) if self._looks_for_ends else None
        for projection in self.forward:
            projection.send(projection.pre.rate, projection.post.drive)
            projection.post.unit.answer(projection.post.drive, projection.post.rate)
        return self.output.rate

    def tick(
        self, x: np.ndarray, stream: np.random.Generator, forced: np.ndarray | None = None
    ) -> None:
        """Live through one tick of `spec.dt` ms while the input is shown x (batch, n_in).

        Order: the input layer takes x, and its units relay or draw their spikes; then layer by
        layer, towards the output, each sums what arrives in this tick, advances and spikes. Through
        a forward projection arrives what the layer below sends in this very tick, or sent `delay`
        ticks ago; through a lateral one what the layer itself sent at least one tick ago. At the
        end every spike enters its delay lines. Traces and weights are the rule's to move, after
        that. `forced` (batch, n_out) holds 1 where an output unit is made to spike. What chance
        decides is drawn from `stream`, layer by layer.
        """
        self._hold(len(x))
        self._show(x, stream)
        dt, now = self.spec.dt, self.clock
        for layer, forward, lateral in self._wiring:
            if layer.unit.hears:
                forward.deliver(forward.pre.sent(now, forward.delay), layer.drive)
                if lateral is not None:
                    lateral.deliver(layer.sent(now, lateral.delay), layer.scratch)
                    np.add(layer.drive, layer.scratch, out=layer.drive)
            made = forced if layer is self.output else None
            layer.unit.advance(layer.state, dt, stream, made)  # type: ignore[attr-defined]
        for layer in self.chain:
            if layer.line is not None:
                layer.line.put(now, layer.sent(now, 0))
        self.clock = now + 1

    def rest(self, batch: int) -> None:
        """Bring every layer to rest, with room for `batch` examples, and the clock to 0."""
        self._hold(batch)
        for layer in self.chain:
            layer.rest()
        self.clock = 0

    def activity(self) -> dict[str, np.ndarray]:
        """Every array that lives on from trial to trial beside the weights, by address.

        All have the batch as their first axis; `h1.line` (batch, ticks, n) is what is under way.
        """
        found = {address: self[address] for address in self._states()}
        lines = {f"{layer.name}.line": layer.line for layer in self.chain}
        return found | {name: line.kept for name, line in lines.items() if line is not None}

    def put_activity(self, arrays: dict[str, np.ndarray], clock: int) -> None:
        """Write captured activity back; its batch may be another than the present one."""
        if not arrays:
            return
        self._hold(len(next(iter(arrays.values()))))
        for address, array in self.activity().items():
            array[...] = arrays[address]
        self.clock = clock

    @contextmanager
    def aside(self, batch: int) -> Iterator[None]:
        """Inside, the layers hold other activity: measuring never touches what is shown."""
        kept, clock = [layer.room for layer in self.chain], self.clock
        seen, self.input.awake = self.input.awake, None
        steps = [projection.step.made for projection in self.forward]
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
            self.batch, self.clock = now, clock
            for projection, step in zip(self.forward, steps, strict=True):
                projection.step.made = step

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
        weights = [
            f"{projection.name}.{name}"
            for projection in self.projections.values()
            for name in PROJECTION_VARIABLES
            if name == "dw" or getattr(projection, name) is not None
        ]
        return self._states() + weights

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

    def _states(self) -> list[str]:
        return [f"{layer.name}.{name}" for layer in self.chain for name in layer.state]

    def _add_lateral(self, spec: LateralSpec, streams: Streams) -> Projection:
        """Connect a layer to itself, but no unit to itself; at least one tick goes by."""
        layer, place = self.layers[spec.layer], self.chain.index(self.layers[spec.layer])
        path = self.connect(Projection(f"L{place}", layer, layer, role=Role.LATERAL))
        path.draw(spec.weights, streams.fresh(f"weights/{path.name}"))
        path.mask = np.ones_like(path.w) if path.mask is None else path.mask
        np.fill_diagonal(path.mask, 0)
        path.never = layer.size
        path.w *= path.mask
        path.delay = max(1, round(spec.delay / self.spec.dt))
        layer.delayed(path.delay)
        return path

    @cached_property
    def _wiring(self) -> list[tuple[Layer, Projection, Projection | None]]:
        """Each layer above the input with what leads to it."""
        within = {path.post.name: path for path in self.lateral}
        return [(path.post, path, within.get(path.post.name)) for path in self.forward]

    def _show(self, x: np.ndarray, stream: np.random.Generator) -> None:
        """Let the input layer take x (batch, n_in): as rates, or as what its spikes come from."""
        unit, state = self.input.unit, self.input.state
        if isinstance(unit, SpikingUnit):
            np.copyto(state[unit.shown], x, casting="same_kind")
            unit.advance(state, self.spec.dt, stream)
        else:
            np.copyto(state["rate"], x, casting="same_kind")

    @property
    def _looks_for_ends(self) -> bool:
        first = self.forward[0]
        return first.w.size >= WIDE and not first.by_columns

    def _hold(self, batch: int) -> None:
        if batch != self.batch:
            for layer in self.chain:
                layer.hold(batch)
            self.batch, self.clock = batch, 0

    def _room(self, batch: int) -> list[Room]:
        room = []
        for layer in self.chain:
            kept = layer.room
            layer.state = {}
            layer.hold(batch)
            room.append(layer.room)
            layer.room = kept
        return room

    def _swap(self, states: list[Room]) -> None:
        for layer, room in zip(self.chain, states, strict=True):
            layer.room = room


def awake(x: np.ndarray) -> Span:
    """The columns of (batch, n) between which everything lies that is not zero.

    Pictures have dark borders: on MNIST a tenth to a third of W1 need not be looked at.
    """
    on: np.ndarray = np.any(x, axis=0)
    return int(on.argmax()), len(on) - int(on[::-1].argmax())


PROJECTION_VARIABLES = ("w", "bias", "dw")
KEPT = ("w", "bias", "mask", "velocity", "bias_velocity")  # what a file must hold of a projection
