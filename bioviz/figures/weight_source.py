"""What the weights panel can show of a projection, and by which requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.catalogue import Catalogue, ExperimentEntry, ProjectionEntry
from ..core.request import Difference, Entry, Histogram, Matrix, Request, Tiles
from ..core.request_beside import Apart, Peak

MOST_TILES = 100
BESIDE = "beside "  # what the keys of differences to other experiments begin with

Part = tuple[Entry, float]  # an entry, and the sign with which it counts


@dataclass(frozen=True)
class Source:
    """One matrix: what it is called, what its rows and columns are, and where its values lie."""

    key: str  # "w", "b", "wt", "dw", "diff" or "beside" with a name
    label: str
    help: str
    rows: str  # a layer
    cols: str
    shape: tuple[int, int]
    address: str
    back: str = ""  # the address that is taken away, transposed, in a difference
    transposed: bool = False
    other: int = 0  # which experiment's same matrix is taken away, if any
    fixed: str = ""  # why its entries cannot be set by hand

    @property
    def owner(self) -> str:
        """The projection that it is of."""
        return self.address.partition(".")[0]

    @property
    def short(self) -> str:
        """What it is called where there is little room."""
        return "difference" if self.other else self.label

    @property
    def titles(self) -> tuple[str, str]:
        """Say which layer the rows belong to, and which the columns."""
        words = ("from", "to") if self.transposed else ("to", "from")
        ends = zip(words, (self.rows, self.cols), self.shape, strict=True)
        row, col = (f"{word}: {layer} ({size})" for word, layer, size in ends)
        return row, col

    @property
    def names(self) -> tuple[str, str]:
        words = ("from", "to") if self.transposed else ("to", "from")
        return f"{words[0]} {self.rows}", f"{words[1]} {self.cols}"

    def matrix(self, high: int, wide: int) -> Request:
        """Ask for the whole, averaged down to so many rows and columns."""
        if self.other:
            return Apart(self.address, high, wide, other=self.other)
        if self.key == "diff":
            return Difference(self.address.partition(".")[0], high, wide)
        return Matrix(self.address, high, wide, self.transposed)

    def parts(self, row: int, col: int) -> tuple[Part, ...]:
        """Ask for one entry exactly, as a sum of signed parts."""
        if self.transposed:
            return ((Entry(self.address, col, row), 1.0),)
        first = (Entry(self.address, row, col), 1.0)
        if self.other:
            return (first, (Entry(self.address, row, col, self.other), -1.0))
        return (first, (Entry(self.back, col, row), -1.0)) if self.back else (first,)

    def peaks(self, high: int, wide: int, others: Sequence[int]) -> tuple[Request, ...]:
        """Ask how far the same matrix reaches in other experiments, to share its colours."""
        if self.other or self.key == "diff":
            return ()
        return tuple(Peak(self.address, high, wide, self.transposed, at) for at in others)

    def tiles(self, image: tuple[int, int]) -> Tiles:
        return Tiles(self.address, image[0], image[1], MOST_TILES)


def paths(entry: ExperimentEntry) -> dict[str, str]:
    """Words for each projection to choose from; feedback comes with the weights it mirrors."""
    return {
        path.name: f"{path.name}: {path.pre} → {path.post}{_inhibits(path)}"
        for path in entry.projections
        if path.mirrors is None
    }


def home(entry: ExperimentEntry, name: str) -> tuple[str, str]:
    """Return under which projection and as what a projection is shown: B2 as W2's "b"."""
    path = entry.projection(name)
    return (path.mirrors, "b") if path and path.mirrors else (name, "w")


def sources(entry: ExperimentEntry, name: str) -> dict[str, Source]:
    """Everything that can be shown of the projection `name`, by key."""
    path = entry.projection(name)
    if path is None:
        return {}
    if path.role == "inhibitory":
        return {"w": _weights(path)}  # nothing learns in it, and no error comes back through it
    back = entry.feedback_of(name)
    found = [_weights(path), *([_feedback(back)] if back else []), _transposed(path), _change(path)]
    if back is not None:
        found.append(_difference(path, back))
    return {source.key: source for source in found}


def differences(catalogue: Catalogue, name: str) -> dict[str, Source]:
    """The projection `name` of the first experiment minus that of each other, by key."""
    mine = catalogue.first.projection(name)
    found = {}
    for index, entry in enumerate(catalogue.experiments):
        theirs = entry.projection(name)
        if index and mine and theirs and theirs.shape == mine.shape:
            words = f"Weights minus those of {entry.name}: zero where both have learned the same."
            key, label = f"{BESIDE}{entry.name}", f"{name} − {name} of {entry.name}"
            ends = (mine.post, mine.pre, mine.shape, f"{name}.w")
            found[key] = Source(key, label, words, *ends, other=index)
    return found


def sharing(catalogue: Catalogue, source: Source) -> tuple[int, ...]:
    """Which other experiments have the same matrix, in the same shape."""
    own = catalogue.first.projection(source.owner)
    return tuple(
        index
        for index, entry in enumerate(catalogue.experiments)
        if index and own and (path := entry.projection(source.owner)) and path.shape == own.shape
    )


def missing(entry: ExperimentEntry, name: str) -> str:
    """Say why a projection has no feedback weights beside it; "" where it has."""
    path = entry.projection(name)
    if path is None or path.role == "inhibitory" or entry.feedback_of(name) is not None:
        return ""
    if entry.layers and path.pre == entry.layers[0].name:
        return f"{name} has no feedback weights: no error is needed below it, at the input."
    return f"{entry.rule_title} keeps no feedback weights of its own for {name}."


def histograms(entry: ExperimentEntry, source: Source) -> dict[str, Histogram]:
    """Ask how values are spread: W and B together, or what is shown where it is neither."""
    if source.key == "dw":
        return {source.label: Histogram(source.address)}
    name = source.address.partition(".")[0]
    forward = (path.mirrors or path.name) if (path := entry.projection(name)) else name
    back = entry.feedback_of(forward)
    names = [forward, *([back.name] if back else [])]
    return {name: Histogram(f"{name}.w") for name in names}


def why_no_tiles(entry: ExperimentEntry, source: Source) -> str:
    """Say why rows cannot be shown as pictures; "" where they can."""
    if entry.image is None:
        return f"Tiles need pictures as input; '{entry.task_title}' has none."
    if source.cols != entry.layers[0].name or source.key not in ("w", "dw"):
        return "Tiles show the weights from the input picture to each unit: choose W1 or ΔW1."
    if source.shape[1] != entry.image[0] * entry.image[1]:
        return "The input layer is not the size of the picture."
    return ""


def _inhibits(path: ProjectionEntry) -> str:
    return " (inhibition)" if path.role == "inhibitory" else ""


def _weights(path: ProjectionEntry) -> Source:
    words = f"Weights from {path.pre} to {path.post}; row i holds what unit i of {path.post} hears."
    return Source("w", path.name, words, path.post, path.pre, path.shape, f"{path.name}.w")


def _feedback(path: ProjectionEntry) -> Source:
    words = f"Feedback weights, which carry errors from {path.pre} back to {path.post}."
    address, fixed = f"{path.name}.w", path.why_fixed
    return Source("b", path.name, words, path.post, path.pre, path.shape, address, fixed=fixed)


def _transposed(path: ProjectionEntry) -> Source:
    words = "The same weights with rows and columns swapped: what backprop sends errors through."
    shape = (path.shape[1], path.shape[0])
    label, address = f"{path.name}ᵀ", f"{path.name}.w"
    return Source("wt", label, words, path.pre, path.post, shape, address, transposed=True)


def _change(path: ProjectionEntry) -> Source:
    words = "What the last trial changed."
    return Source("dw", f"Δ{path.name}", words, path.post, path.pre, path.shape, f"{path.name}.dw")


def _difference(path: ProjectionEntry, back: ProjectionEntry) -> Source:
    words = "Weights minus the transposed feedback weights: zero where both agree."
    label, address = f"{path.name} − {back.name}ᵀ", f"{path.name}.w"
    return Source(
        "diff", label, words, path.post, path.pre, path.shape, address, back=f"{back.name}.w"
    )
