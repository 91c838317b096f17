"""The gallery: ready-made networks, in the order to teach them in.

Each is a readable JSON file, whose weights come from its seed; one that takes long to learn may
also be there as a session, trained.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from .fault import SessionError
from .file import Saved, description, load
from .resource import folder
from .session import Session

ENDINGS = (".json", ".bioviz")

ORDER = (  # a file that is not named here comes after these, by its title
    "how_neurons_work",
    "xor_backprop",
    "fa_two_moons",
    "fa_digits",
    "backprop_digits",
    "shallow_digits",
    "compare_digits",
    "flip_signs",
    "feedback_scale",
    "linear_teacher",
    "flow_1_1_1",
    "nonlinear_teacher",
    "fa_mnist",
    "deep_fa_dfa",
    "spiking_digits",
    "what_a_burst_is",
    "burst_synapse",
    "multiplexing",
    "steering",
    "xor_in_rates",
    "xor_in_spikes",
    "xor_in_spikes_trained",
    "burstprop_digits",
    "burstprop_mirror",
    "sign_symmetry",
    "weight_mirror",
    "kolen_pollack",
    "node_perturbation",
    "hebb_and_oja",
    "bcm_selective",
    "bars_bcm",
    "monocular_deprivation",
    "stdp_pairing",
    "pair_and_triplet",
    "who_causes_whom",
    "chain_learns",
    "latency_falls",
    "stdp_competition",
)

COURSE = (  # the main line of lessons, from how a neuron works to sequences
    "how_neurons_work",
    "xor_backprop",
    "fa_two_moons",
    "flow_1_1_1",
    "nonlinear_teacher",
    "spiking_digits",
    "what_a_burst_is",
    "xor_in_rates",
    "weight_mirror",
    "bcm_selective",
    "stdp_pairing",
    "chain_learns",
)


@dataclass(frozen=True)
class Entry:
    """One gallery network; its key is its file's name without the ending."""

    key: str
    path: Path
    session: Session


def entries() -> list[Entry]:
    """Every gallery network, in a stable order; SessionError names a file that does not open."""
    found = [Entry(path.stem, path, description(path)) for path in _paths()]
    return sorted(found, key=_place)


def lesson_number(key: str) -> str:
    """Where a network stands in the course, in words; "" for one beside it."""
    return f"Lesson {COURSE.index(key) + 1} of {len(COURSE)}" if key in COURSE else ""


def after(key: str) -> str:
    """The next lesson of the course; "" after the last, and for a network beside it."""
    place = COURSE.index(key) + 1 if key in COURSE else len(COURSE)
    return COURSE[place] if place < len(COURSE) else ""


def path_of(key: str) -> Path:
    """The file of a gallery network; SessionError with the nearest known key."""
    known = {path.stem: path for path in _paths()}
    if key in known:
        return known[key]
    near = difflib.get_close_matches(key, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise SessionError(
        f"There is no file and no gallery network called '{key}'.{hint} "
        "`bioviz list networks` shows the gallery."
    )


def session_of(key: str) -> Session:
    """A gallery network's session; SessionError with the nearest known key."""
    return saved_of(key).session


def saved_of(key: str) -> Saved:
    """A gallery network as it is in its file, weights included where it is trained."""
    return load(path_of(key))


def title_of(key: str) -> str:
    """A gallery network's title; "" where there is no such network."""
    path = folder("networks") / f"{key}.json"
    return load(path).session.about.title if key.isidentifier() and path.is_file() else ""


def _paths() -> list[Path]:
    return sorted(path for path in folder("networks").iterdir() if path.suffix in ENDINGS)


def _place(entry: Entry) -> tuple[int, str]:
    known = entry.key in ORDER
    return (ORDER.index(entry.key) if known else len(ORDER), entry.session.about.title)
