"""The members of a session's zip: what each is called, and how they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import numpy as np

from ..core.archive import LOCAL
from ..core.array import write_array
from ..core.earlier import MOST, EarlierRun
from ..core.state import State
from .fault import SessionError

SESSION = "session.json"
MOST_DIGITS = 16
MOST_NAME = 200  # characters of a member's name
BESIDE = ("", "2", "3", "4")  # the first experiment's members stand in no folder of their own
NUMBERS = {
    "arrays": BESIDE,
    "channels": BESIDE,
    "earlier": tuple(str(number) for number in range(1, MOST + 1)),
    "history": tuple(str(number) for number in range(1, len(BESIDE) + 1)),
    "excerpt": tuple(str(number) for number in range(1, len(BESIDE) + 1)),
}
CURVES = ("channels", "earlier")  # may be of examples called "00", or of patterns called "45°"
TEXT = ("history", "excerpt")  # what has members of text as well


def placed(name: str) -> tuple[str, int, str]:
    """Kind, index of the experiment or earlier run, and address of a member's name."""
    kind, _, rest = name.partition("/")
    number, _, address = rest.rpartition("/")
    plain = address.removesuffix(".npy")
    if kind in TEXT:
        plain = plain.removesuffix(".json")
    known = kind in NUMBERS and plain != address and len(name) <= MOST_NAME
    if not known or number not in NUMBERS[kind] or not _fits(kind, plain):
        raise SessionError(f"It holds '{name[:40]}', which is no part of a session.")
    return kind, int(number or 1) - 1, plain


def _fits(kind: str, address: str) -> bool:
    if kind == "history":  # a trial
        return address.isascii() and address.isdecimal() and len(address) <= MOST_DIGITS
    if kind in CURVES:
        return address.isprintable() and all(part.strip() for part in address.split("."))
    return _speakable(address)


def _speakable(address: str) -> bool:
    return all(part.isidentifier() for part in address.split("."))


def members_of(
    states: Sequence[State | None], earlier: Sequence[EarlierRun] = ()
) -> Iterator[tuple[str, np.ndarray]]:
    for index, state in enumerate(states):
        if state is None:
            continue
        folder = f"{index + 1}/" if index else ""
        for kind, arrays in (("arrays", state.arrays), ("channels", state.channels)):
            for address, array in arrays.items():
                yield _named(f"{kind}/{folder}{address}.npy"), array
    for index, run in enumerate(earlier, 1):
        for address, rows in run.channels.items():
            yield _named(f"earlier/{index}/{address}.npy"), np.stack(rows, axis=1)


def _named(name: str) -> str:
    if len(name) > MOST_NAME:
        raise SessionError("A layer's name is too long to be saved; shorten it.")
    return name


def room_of(name: str, content: np.ndarray | bytes) -> int:
    size = len(content) if isinstance(content, bytes) else int(content.nbytes)
    return size + 2 * (LOCAL + 4 * len(name)) + 256


def write_members(
    stream: IO[bytes],
    content: bytes,
    members: Mapping[str, np.ndarray | bytes],
    packed: bool = False,
) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(SESSION), content)
        for name, part in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            if isinstance(part, bytes):
                archive.writestr(info, part)
                continue
            with archive.open(info, "w") as member:
                write_array(member, part)
