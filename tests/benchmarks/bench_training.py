"""How fast the gallery networks train, and what recording and guarding cost; ratios of one process.

Run: python -m pytest tests/benchmarks/bench_training.py -m benchmark -s
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing
from bioviz.core.spec import ExperimentSpec
from bioviz.session.resource import folder
from bioviz.session.session import Session

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

FILES = sorted(folder("networks").glob("*.json"))
SELDOM = 10**9


def spec_of(path: Path) -> ExperimentSpec:
    return Session.model_validate(json.loads(path.read_text(encoding="utf-8"))).experiments[0]


def made(spec: ExperimentSpec) -> Experiment:
    try:
        experiment = build(spec)
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")
    experiment.advance(10)
    return experiment


def seconds_a_trial(experiment: Experiment, budget: float = 0.4) -> float:
    """The mean over about `budget` seconds of training."""
    trials, started = 0, time.perf_counter()
    while time.perf_counter() - started < budget:
        experiment.advance(20)
        trials += 20
    return (time.perf_counter() - started) / trials


def best(measure: Callable[[], float], times: int = 3) -> float:
    return min(measure() for _ in range(times))


def without_recording(spec: ExperimentSpec) -> ExperimentSpec:
    return spec.with_value("record.every", SELDOM).with_value("record.test_every", SELDOM)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_training_speed_and_the_cost_of_recording(path: Path) -> None:
    spec = spec_of(path)
    recorded, bare = made(spec), made(without_recording(spec))
    pairs = [(seconds_a_trial(recorded), seconds_a_trial(bare)) for _ in range(3)]
    with_it, without = (min(column) for column in zip(*pairs, strict=True))
    print(
        f"\n{path.stem:16} {spec.batch / with_it:>9,.0f} images/s {1e6 * with_it:>7,.0f} us a trial"
        f"   recording costs {with_it / without - 1:5.0%} (every {recorded.recorder.every} trials)"
    )


def test_an_epoch_of_mnist_takes_a_few_seconds() -> None:
    experiment = made(spec_of(folder("networks") / "fa_mnist.json"))
    started, trial = time.perf_counter(), experiment.trial
    while experiment.epoch == 0:
        experiment.advance(1)
    took = (time.perf_counter() - started) * experiment.epoch_trials / (experiment.trial - trial)
    print(f"\nMNIST 784-1000-10, batch 32: {took:.2f} s an epoch, {60_000 / took:,.0f} images/s")
    assert took < 15  # a few seconds on a quiet core; a stalled BLAS takes minutes
