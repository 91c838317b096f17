"""The trainer: a background thread that obeys, answers and never loses a step."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import Diverged, SpecError
from bioviz.core.request import Curve, Matrix
from bioviz.core.rule import Phase
from bioviz.core.snapshot import Snapshot
from bioviz.core.spec import ExperimentSpec
from bioviz.core.status import Mode, Status, Stride
from bioviz.core.trainer import Trainer

from ..specs import digits_spec, moons_spec


@pytest.fixture
def trainer() -> Iterator[Trainer]:
    made = Trainer()
    yield made
    assert made.close(), "the training thread must end within five seconds"


def load(trainer: Trainer, spec: ExperimentSpec) -> None:
    trainer.load(lambda progress: [build(spec, progress=progress)]).result(20)


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for another thread's word; a deadline, never a fixed sleep."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.001)


def settle(trainer: Trainer) -> Status:
    """Wait until the trainer has obeyed and stands still."""
    trainer.do(lambda _: None).result(20)
    until(lambda: trainer.status.mode is not Mode.PLAYING)
    return trainer.status


def snapshot(trainer: Trainer, *requests: Any) -> Snapshot:
    taken: list[Snapshot] = []

    def come() -> bool:
        reply = trainer.mailbox.take()
        if reply is not None:
            taken.append(reply)
        return bool(taken)

    trainer.ask(frozenset(requests))
    until(come)
    return taken[0]


def weights(trainer: Trainer) -> dict[str, np.ndarray]:
    def copy(experiments: list[Experiment]) -> dict[str, np.ndarray]:
        return {name: array.copy() for name, array in experiments[0].net.weights().items()}

    return trainer.do(copy).result(20)  # type: ignore[no-any-return]


def same(left: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> bool:
    return left.keys() == right.keys() and all(
        left[name].tobytes() == right[name].tobytes() for name in left
    )


def test_a_loaded_network_is_paused_at_its_beginning(trainer: Trainer) -> None:
    load(trainer, moons_spec())
    assert trainer.status.mode is Mode.PAUSED
    assert trainer.status.positions[0].trial == 0


def test_pausing_still_serves_snapshots(trainer: Trainer) -> None:
    load(trainer, moons_spec())
    assert snapshot(trainer, Matrix("W1.w"))[Matrix("W1.w")].shape == (20, 2)


def test_playing_serves_snapshots_while_it_trains(trainer: Trainer) -> None:
    load(trainer, digits_spec())
    trainer.play()
    first = snapshot(trainer, Curve("train_loss")).position.trial
    until(lambda: trainer.status.positions[0].trial > first)
    later = snapshot(trainer, Curve("train_loss")).position.trial
    assert later > first


def test_the_thread_gives_the_same_bits_as_a_plain_loop(trainer: Trainer) -> None:
    spec = digits_spec("weight_mirror")
    load(trainer, spec)
    trainer.advance(100, Stride.BATCH)
    settle(trainer)
    plain = build(spec)
    plain.advance(100)
    assert same(weights(trainer), plain.net.weights())


def test_looking_does_not_change_what_is_looked_at(trainer: Trainer) -> None:
    spec = digits_spec("weight_mirror")
    load(trainer, spec)
    trainer.play()
    for _ in range(20):
        snapshot(trainer, Matrix("W1.dw"), Matrix("B2.w"), Curve("test_error"))
    trainer.pause()
    trainer.do(lambda runs: runs[0].settle()).result(20)
    plain = build(spec)
    plain.advance(trainer.status.positions[0].trial)
    assert same(weights(trainer), plain.net.weights())


@pytest.mark.parametrize("stride", list(Stride))
def test_steps_one_by_one_equal_a_run(trainer: Trainer, stride: Stride) -> None:
    spec = digits_spec()
    counts = {Stride.PHASE: 60, Stride.SAMPLE: 45, Stride.BATCH: 7, Stride.EPOCH: 2}
    load(trainer, spec)
    for _ in range(counts[stride]):
        trainer.advance(1, stride)
        settle(trainer)
    trainer.do(lambda runs: runs[0].settle()).result(20)
    one_by_one = weights(trainer)
    trial = trainer.do(lambda runs: runs[0].trial).result(20)
    assert trial > 0
    plain = build(spec)
    plain.advance(trial)
    assert same(one_by_one, plain.net.weights())


def test_a_batch_of_sample_steps_is_one_batch(trainer: Trainer) -> None:
    load(trainer, digits_spec(batch=20))
    trainer.advance(20, Stride.SAMPLE)
    position = settle(trainer).positions[0]
    assert (position.trial, position.sample) == (0, 19)
    trainer.advance(1, Stride.SAMPLE)
    position = settle(trainer).positions[0]
    assert (position.trial, position.sample) == (1, 0)


def test_an_epoch_step_ends_at_the_end_of_an_epoch(trainer: Trainer) -> None:
    load(trainer, digits_spec())
    trainer.advance(1, Stride.EPOCH)
    position = settle(trainer).positions[0]
    assert position.epoch == 1
    assert position.trial == 72


def test_a_set_speed_is_kept(trainer: Trainer) -> None:
    load(trainer, moons_spec(batch=1))
    trainer.set_speed(200)
    began = time.monotonic()
    trainer.advance(40, Stride.SAMPLE)
    settle(trainer)
    assert 0.15 < time.monotonic() - began < 2.0


def test_a_slow_pace_still_pauses_at_once(trainer: Trainer) -> None:
    load(trainer, moons_spec())
    trainer.set_speed(0.5)
    trainer.play()
    until(lambda: trainer.status.mode is Mode.PLAYING)
    began = time.monotonic()
    trainer.pause()
    settle(trainer)
    assert time.monotonic() - began < 0.1


def test_the_stop_condition_pauses_and_play_goes_past_it(trainer: Trainer) -> None:
    load(trainer, digits_spec(stop={"trials": 30}))
    trainer.play()
    until(lambda: trainer.status.message != "")
    assert settle(trainer).positions[0].trial == 30
    trainer.play()
    until(lambda: trainer.status.positions[0].trial > 40)


def test_a_diverging_run_is_named_kept_and_can_go_back(trainer: Trainer) -> None:
    load(trainer, digits_spec("backprop", hidden="relu", learning_rate=1e6))
    trainer.play()
    until(lambda: trainer.status.fault is not None)
    fault = trainer.status.fault
    assert isinstance(fault, Diverged)
    assert "Lower the learning rate" in str(fault)
    assert snapshot(trainer, Matrix("W1.w")).get(Matrix("W1.w")) is not None
    kept = trainer.recover().result(20)
    assert kept < fault.trial
    assert trainer.status.fault is None
    assert all(np.isfinite(array).all() for array in weights(trainer).values())


def test_playing_a_diverged_run_does_nothing(trainer: Trainer) -> None:
    load(trainer, digits_spec("backprop", hidden="relu", learning_rate=1e6))
    trainer.play()
    until(lambda: trainer.status.fault is not None)
    trainer.play()
    assert settle(trainer).mode is Mode.FAILED


def test_a_network_that_cannot_be_built_leaves_the_old_one(trainer: Trainer) -> None:
    load(trainer, moons_spec())
    build_number = trainer.status.build
    wrong = moons_spec().with_value("network.layers.0.size", 3)
    future = trainer.load(lambda progress: [build(wrong, progress=progress)])
    with pytest.raises(SpecError, match="Set its size to 2"):
        future.result(20)
    assert trainer.status.build == build_number
    assert trainer.status.mode is Mode.PAUSED


def test_two_experiments_go_in_lock_step(trainer: Trainer) -> None:
    specs = [digits_spec("backprop"), digits_spec("feedback_alignment")]
    trainer.load(lambda _: [build(spec) for spec in specs]).result(20)
    trainer.advance(50)
    positions = settle(trainer).positions
    assert [position.trial for position in positions] == [50, 50]
    trainer.advance(7, Stride.SAMPLE)
    first, second = settle(trainer).positions
    assert (first.trial, first.sample) == (second.trial, second.sample)


def test_a_request_that_makes_no_sense_is_answered_with_its_reason(trainer: Trainer) -> None:
    load(trainer, moons_spec())
    reply = snapshot(trainer, Matrix("B9.w"), Matrix("W1.w"))
    assert "B9.w" in reply.failures[Matrix("B9.w")]
    assert reply.get(Matrix("W1.w")) is not None


def test_closing_while_training_ends_the_thread() -> None:
    trainer = Trainer()
    load(trainer, digits_spec())
    trainer.play()
    until(lambda: trainer.status.mode is Mode.PLAYING)
    assert trainer.close()


def test_an_order_takes_effect_between_two_trials_of_a_run(trainer: Trainer) -> None:
    load(trainer, digits_spec())
    trainer.play()
    phases = {trainer.do(lambda runs: runs[0].phase).result(20) for _ in range(50)}
    assert phases <= {Phase.TRIAL, Phase.EPOCH, Phase.TEST}


def test_catching_up_is_no_step_however_often_somebody_asks_meanwhile(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def behind(progress: Any) -> list[Experiment]:
        first, second = (build(moons_spec(), progress=progress) for _ in range(2))
        first.advance(4)
        return [first, second]

    trainer.load(behind).result(20)
    answers = itertools.cycle([False, True])
    monkeypatch.setattr(trainer, "_asked", lambda: next(answers))
    trainer.advance(3)
    settle(trainer)
    assert [experiment.trial for experiment in trainer.experiments] == [7, 7]
