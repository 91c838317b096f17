"""Trains the networks that the gallery holds trained, and writes them there.

    python -m tests.shots.train [KEY ...]

Each takes minutes. The same machine gives the same bits; another processor may round differently,
and then the network has learned the same by other weights.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from bioviz.core.experiment import build
from bioviz.core.spec import Stop
from bioviz.session import gallery
from bioviz.session.file import capture_all, save
from bioviz.session.lesson import Step
from bioviz.session.resource import folder

WORDS = ("title", "question", "lesson", "see", "steps", "next")


@dataclass(frozen=True)
class Trained:
    """Which network is trained, for how long, and what is then said of it."""

    source: str
    epochs: int
    title: str
    question: str
    lesson: str
    see: str
    steps: tuple[Step, ...]
    next: tuple[str, ...]


TRAINED = {
    "xor_in_spikes_trained": Trained(
        source="xor_in_spikes",
        epochs=120,
        title="XOR with bursts, in spikes: trained",
        question="What do cells do that have learned from bursts alone?",
        lesson=(
            "This is the network of XOR with bursts, in spikes, after 120 rounds of the four "
            "examples. It has learned, and goes on learning from here when you press play."
        ),
        see=(
            "The output sends more than 6 events a second for 10 and 01, and fewer for 00 and 11. "
            "Restart goes back to the beginning, where it cannot tell them apart."
        ),
        steps=(
            Step(
                text="This network has seen the four examples 120 times. Its output sends "
                "{example_answer.00}, {example_answer.10}, {example_answer.01} and "
                "{example_answer.11} events a second for 00, 10, 01 and 11: more than 6 for 10 "
                "and 01 alone.\n[Press play](do:play) and it goes on learning from here."
            ),
            Step(
                text="[Restart](do:restart) goes back to the beginning: the output then answers "
                "the more, the more is on. Bursts alone brought it from there to here: "
                "[show the way](show:transport)."
            ),
        ),
        next=("xor_in_spikes", "steering"),
    )
}


def train(key: str) -> None:
    """Train a network and write it into the gallery, packed."""
    plan = TRAINED[key]
    session = gallery.session_of(plan.source)
    experiment = build(session.experiments[0].model_copy(update={"stop": Stop()}))
    experiment.advance(plan.epochs * experiment.epoch_trials)
    words = {name: getattr(plan, name) for name in WORDS}
    about = session.about.model_copy(update=words)
    told = session.model_copy(update={"about": about, "expected": ()})
    path = folder("networks") / f"{key}.bioviz"
    save(path, capture_all([experiment], told), packed=True)
    answers = {n: round(c.last, 2) for n, c in experiment.channels.items() if "answer" in n}
    print(f"{path.name}: {path.stat().st_size / 2**20:.1f} MB; {answers}")


if __name__ == "__main__":
    for name in sys.argv[1:] or TRAINED:
        train(name)
