"""The members of a session's zip: what each is called, and how they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

import numpy as np

from ..core.archive import LOCAL
from ..core.array import write_array
from ..core.state import State
from .fault import SessionError

SESSION = "session.json"
MOST_NAME = 200  # characters of a member's name


def placed(name: str) -> tuple[str, int, str]:
    """Kind, experiment index and address of a member's name."""
    kind, _, rest = name.partition("/")
    number, slash, address = rest.rpartition("/")
    plain = address.removesuffix(".npy")
    known = kind in ("arrays", "channels") and plain != address and len(name) <= MOST_NAME
    if not known or (slash and number not in ("2", "3", "4")) or not _speakable(plain):
        raise SessionError(f"It holds '{name[:40]}', which is no part of a session.")
    return kind, int(number or 1) - 1, plain


def _speakable(address: str) -> bool:
    return all(part.isidentifier() for part in address.split("."))


def members_of(states: Sequence[State | None]) -> Iterator[tuple[str, np.ndarray]]:
    for index, state in enumerate(states):
        if state is None:
            continue
        folder = f"{index + 1}/" if index else ""
        for kind, arrays in (("arrays", state.arrays), ("channels", state.channels)):
            for address, array in arrays.items():
                yield _named(f"{kind}/{folder}{address}.npy"), array


def _named(name: str) -> str:
    if len(name) > MOST_NAME:
        raise SessionError("A layer's name is too long to be saved; shorten it.")
    return name


def room_of(name: str, array: np.ndarray) -> int:
    return int(array.nbytes) + 2 * (LOCAL + 4 * len(name)) + 256


def write_members(stream: IO[bytes], content: bytes, members: dict[str, np.ndarray]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(SESSION), content)
        for name, array in members.items():
            with archive.open(zipfile.ZipInfo(name), "w") as member:
                write_array(member, array)
