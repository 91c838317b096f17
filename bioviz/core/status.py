"""What is true of the trainer now, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .fault import BiovizError
from .snapshot import Position


class Mode(StrEnum):
    """What the trainer is doing."""

    EMPTY = "empty"
    BUILDING = "building"
    PAUSED = "paused"
    PLAYING = "playing"
    FAILED = "failed"


class Stride(StrEnum):
    """What one step is."""

    PHASE = "phase"
    SAMPLE = "sample"
    BATCH = "batch"
    EPOCH = "epoch"


@dataclass(frozen=True)
class Status:
    """What is true now: replaced whole by the training thread, read by anybody."""

    mode: Mode = Mode.EMPTY
    build: int = 0
    positions: tuple[Position, ...] = ()
    speed: float = 0.0  # samples a second, measured
    message: str = ""  # why it stopped by itself
    fault: BiovizError | None = None
    doing: str = ""  # what is being built or read
    fraction: float = 0.0
    serial: int = 0  # grows with every stop by itself, so that each is told once
