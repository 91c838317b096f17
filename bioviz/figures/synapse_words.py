"""What the living synapse says: what the last pair of spikes did, and why."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.synapse import Change, SynapseReply
from .word import number

LEAST = 0.0005  # of the weight: less is no change that anybody could see
LONG = 60.0  # ms between two spikes that hardly know of each other
FAR = "Spikes so far apart hardly know of each other."
FULL = "A synapse that is at its limit, or frozen, changes no further."
HINT = "Press A to fire pre, D to fire post, or click a cell."
SUM = "One EPSP is too small: press A three times, quickly, and they add up."
LTP = "LTP (long-term potentiation): pre came first and may be the cause."
LTD = "LTD (long-term depression): pre came too late to be the cause."
STILL = "Time stands still: press play (Space)."
SOON = "Raise the speed in the run bar to see them sooner."
CLICK = "Click a cell to fire it, or here, and then A fires pre and D fires post."
HINT_BRIEF = "A fires pre, D fires post."
CLICK_BRIEF = "Click here; then A fires pre, D post."


@dataclass(frozen=True)
class Words:
    """One sentence on what is so, the same in brief for small panels, and one that explains it."""

    said: str
    brief: str
    why: str


def say(reply: SynapseReply, change: Change | None, *, live: bool, keyed: bool = True) -> Words:
    """What there is to say now; `keyed` is whether the panel hears the keys."""
    if reply.pending > 2:
        pairs = (reply.pending + 1) // 2
        count = f"{pairs} {'pair' if pairs == 1 else 'pairs'} to come"
        said = f"Protocol: {count}. {spoken(change)}".strip()
        return Words(said, f"Protocol: {count}", SOON if live else STILL)
    if not live and reply.pending:
        count = "1 spike waits" if reply.pending == 1 else f"{reply.pending} spikes wait"
        return Words(f"{count} for time to go on.", f"{count}: press play", STILL)
    if change is None:
        hint, short = (HINT, HINT_BRIEF) if keyed else (CLICK, CLICK_BRIEF)
        return Words(hint, short, SUM if live else STILL)
    return Words(spoken(change), brief(change), explained(change))


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
    if not change.lag:
        return "with pre"
    return f"{number(abs(change.lag), 3)} ms {'after' if change.lag > 0 else 'before'} pre"


def _did(change: Change) -> str:
    percent = 100 * change.step / max(change.before, 1e-9)
    least = 0.1  # percent: below it one decimal would not do
    if abs(change.step) <= LEAST * change.before:
        return "stayed as it was"
    size = number(abs(percent), 1) if abs(percent) < least else number(round(abs(percent), 1))
    return f"{'grew' if percent > 0 else 'shrank'} by {size} %"
