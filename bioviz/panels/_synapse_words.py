"""What the living synapse says: what the last pair of spikes did, and why."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.synapse import Change, SynapseReply
from ..ui.word import number

LEAST = 0.0005  # of the weight: less is no change that anybody could see
LONG = 60.0  # ms between two spikes that hardly know of each other
FAR = "Spikes so far apart hardly know of each other."
FULL = "A synapse that is at its limit, or frozen, changes no further."
HINT = "Press A to fire pre, D to fire post, or click a cell."
SUM = "One EPSP is too small: press A three times, quickly, and they add up."
LTP = "LTP (long-term potentiation): pre came first and may be the cause."
LTD = "LTD (long-term depression): pre came too late to be the cause."
STILL = "Time stands still: press play (Space), and it goes on in slow motion."
SOON = "Raise the speed in the run bar to see them sooner."
HINT_BRIEF = "A fires pre, D fires post."


@dataclass(frozen=True)
class Words:
    """One sentence on what is so, the same in brief for small panels, and one that explains it."""

    said: str
    brief: str
    why: str


def say(reply: SynapseReply, change: Change | None, *, live: bool) -> Words:
    """What there is to say now."""
    if reply.pending > 2:
        pairs = (reply.pending + 1) // 2
        count = f"{pairs} {'pair' if pairs == 1 else 'pairs'} to come"
        said = f"Protocol: {count}. {spoken(change)}".strip()
        return Words(said, f"Protocol: {count}", SOON if live else STILL)
    if not live and reply.pending:
        count = "1 spike waits" if reply.pending == 1 else f"{reply.pending} spikes wait"
        return Words(f"{count} for time to go on.", f"{count}: press play", STILL)
    if change is None:
        return Words(HINT, HINT_BRIEF, SUM if live else STILL)
    return Words(spoken(change), brief(change), explained(change) if live else STILL)


def spoken(change: Change | None) -> str:
    """The last pair, its order and what it did."""
    if change is None:
        return ""
    return f"Post came {_order(change)}: the synapse {_did(change)}."


def brief(change: Change) -> str:
    return f"Post {_order(change)}: {_did(change)}"


def explained(change: Change) -> str:
    """Why it did so, in a line."""
    if abs(change.step) <= LEAST * change.before:
        return FAR if abs(change.lag) > LONG else FULL
    return LTP if change.step > 0 else LTD


def _order(change: Change) -> str:
    return f"{number(abs(change.lag), 3)} ms {'after' if change.lag > 0 else 'before'} pre"


def _did(change: Change) -> str:
    percent = 100 * change.step / max(change.before, 1e-9)
    if abs(change.step) <= LEAST * change.before:
        return "stayed as it was"
    size = number(abs(percent), 2) if abs(percent) < 10 else f"{abs(percent):.0f}"
    return f"{'grew' if percent > 0 else 'shrank'} by {size} %"
