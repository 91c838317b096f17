"""What was done to the runs, and when: of one experiment, or of several with their names."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.request import Markers
from ..core.snapshot import Snapshot
from .lanes import Lane

MOST = 12  # the latest; more words cannot be read
Events = list[tuple[int, str]]  # trials, each with all that was done then


def markers_of(lanes: Sequence[Lane]) -> set[Markers]:
    """The requests for what was done to each of these experiments."""
    return {Markers(lane.index) for lane in lanes} or {Markers()}


def events_of(snapshot: Snapshot, lanes: Sequence[Lane]) -> Events | None:
    """What was done of late, in the order of trials; None where the snapshot does not tell.

    What was done to all of several experiments is told once, what was done to one with its name.
    """
    told = {request: snapshot.get(request) for request in markers_of(lanes)}
    if any(found is None for found in told.values()):
        return None
    names = {lane.index: f"{lane.name}: " for lane in lanes} if len(lanes) > 1 else {}
    events: dict[int, list[str]] = {}
    for request in sorted(told, key=lambda request: request.index):
        for marker in told[request]:
            shared = all(marker in found for found in told.values())
            words = marker.text if shared else f"{names.get(request.index, '')}{marker.text}"
            at = events.setdefault(marker.trial, [])
            if not (shared and words in at and names):
                at.append(words)
    return [(trial, _join(words)) for trial, words in sorted(events.items())[-MOST:]]


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[-1]} (and {len(words) - 1} more)"
