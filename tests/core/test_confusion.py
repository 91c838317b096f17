"""Confusions: counted by the run itself, kept with its state, read without answering anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.ask import Ask, HeldOut
from bioviz.core.confusion import Confused, Confusions
from bioviz.core.experiment import Experiment, build
from bioviz.core.measure import decide
from bioviz.core.rule import Phase
from bioviz.session.fault import SessionError
from bioviz.session.file import capture_all, load, save
from bioviz.session.state import restore_into

from ..specs import digits_spec, linear_spec, make_spec, moons_spec


def recounted(experiment: Experiment) -> np.ndarray:
    """The counts as anybody would make them: one example after the other."""
    x, t = experiment.data.test.read(slice(None), np.float32)
    counts = np.zeros((len(experiment.data.classes),) * 2, int)
    for true, said in zip(decide(t), decide(experiment.answer(x)), strict=True):
        counts[int(true), int(said)] += 1
    return counts


@pytest.mark.parametrize(
    "spec",
    [
        digits_spec(record={"test_every": 40}),
        moons_spec(record={"test_every": 40}),
        make_spec((2, 6, 1), "backprop", "xor", output="sigmoid", record={"test_every": 40}),
    ],
    ids=["digits", "moons", "one unit for two classes"],
)
def test_the_counts_are_those_of_a_plain_recount(spec: Any) -> None:
    experiment = build(spec)
    experiment.advance(40)
    reply = Confusions().read(experiment)
    assert reply is not None
    assert reply.trial == 40
    assert reply.counts is not None
    assert np.array_equal(reply.counts, recounted(experiment))
    wrong = 1 - np.trace(reply.counts) / reply.counts.sum()
    assert wrong == pytest.approx(experiment.channels["test_error"].last)


def test_between_two_passes_the_counts_stay_those_of_the_last() -> None:
    experiment = build(digits_spec(record={"test_every": 40}))
    experiment.advance(40)
    before = recounted(experiment)
    experiment.advance(39)
    reply = Confusions().read(experiment)
    assert reply is not None
    assert reply.trial == 40
    assert np.array_equal(reply.counts, before)


def test_no_example_is_answered_for_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    answered = []
    plain = experiment.answer
    monkeypatch.setattr(experiment, "answer", lambda x: answered.append(len(x)) or plain(x))
    for _ in range(40):
        experiment.advance(1)
        Confusions().read(experiment)
    assert sum(answered) == 3 * len(experiment.data.test)  # the passes at 0, 20 and 40


def test_a_pass_that_is_broken_off_does_not_show_half_of_itself() -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    experiment.advance(19)
    while experiment.phase is not Phase.TEST:
        next(experiment.run())
    reply = Confusions().read(experiment)
    assert reply is not None
    assert reply.trial == 0
    assert reply.counts is not None
    assert reply.counts.sum() == len(experiment.data.test)


def test_before_the_first_pass_it_is_said_when_that_will_be() -> None:
    experiment = build(digits_spec(record={"test_every": 40}))
    reply = Confusions().read(experiment)
    assert reply is not None
    assert (reply.counts, reply.trial) == (None, 0)


def test_a_task_without_classes_has_no_confusions() -> None:
    experiment = build(linear_spec())
    experiment.advance(1)
    assert Confusions().read(experiment) is None
    assert Confused(0, 1).read(experiment) is None


def test_what_a_panel_does_with_a_reply_does_not_reach_the_run() -> None:
    experiment = build(digits_spec())
    experiment.advance(1)
    first, again = Confusions().read(experiment), Confusions()
    assert first is not None
    assert first.counts is not None
    first.counts[:] = -1
    assert again.read(experiment).counts.min() == 0  # type: ignore[union-attr]


# ---- with the state --------------------------------------------------------------------------


def test_counts_come_back_from_a_file(tmp_path: Path) -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    experiment.advance(25)
    save(tmp_path / "run.bioviz", capture_all([experiment]))
    again = load(tmp_path / "run.bioviz").build()
    mine, theirs = Confusions().read(experiment), Confusions().read(again)
    assert mine is not None
    assert theirs is not None
    assert theirs.trial == 20
    assert np.array_equal(mine.counts, theirs.counts)


def test_a_state_from_before_there_were_counts_continues_and_says_when_they_come() -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    experiment.advance(25)
    state = experiment.capture()
    del state.meta["confusion"]
    restore_into(experiment, state)
    reply = Confusions().read(experiment)
    assert reply is not None
    assert (reply.counts, reply.trial) == (None, 40)
    experiment.advance(15)
    reply = Confusions().read(experiment)
    assert reply is not None
    assert np.array_equal(reply.counts, recounted(experiment))


def test_going_back_brings_back_the_counts_of_then() -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    experiment.advance(20)
    then, state = recounted(experiment), experiment.capture()
    experiment.advance(60)
    experiment.restore(state)
    reply = Confusions().read(experiment)
    assert reply is not None
    assert reply.trial == 20
    assert np.array_equal(reply.counts, then)


@pytest.mark.parametrize(
    "odd", [{"trial": 20, "counts": [1, 2, 3]}, {"trial": 10**6, "counts": [0] * 100}]
)
def test_counts_that_do_not_fit_are_refused_and_change_nothing(odd: dict[str, Any]) -> None:
    experiment = build(digits_spec(record={"test_every": 20}))
    experiment.advance(25)
    before, state = experiment.capture(), experiment.capture()
    state.meta["confusion"] = odd
    with pytest.raises(SessionError, match="counts of confused classes do not fit"):
        restore_into(experiment, state)
    assert experiment.capture().meta == before.meta


# ---- the examples behind a cell ----------------------------------------------------------------


def test_the_examples_of_a_cell_are_all_of_it_and_the_surest_come_first() -> None:
    experiment = build(digits_spec(record={"test_every": 30}))
    experiment.advance(30)
    counts = recounted(experiment)
    for true, said in ((9, 3), (0, 0), (8, 1)):
        reply = Confused(true, said, count=500).read(experiment)
        assert reply is not None
        assert reply.wrong == len(reply.inputs) == counts[true, said]
        assert reply.looked == counts[true].sum()
        assert (decide(reply.targets) == true).all()
        assert (decide(reply.answers) == said).all()
        assert (np.diff(reply.answers[:, said]) <= 0).all()


# ---- questions of one's own ----------------------------------------------------------------------


def test_a_question_is_answered_like_a_test_example_and_changes_nothing() -> None:
    experiment, other = build(digits_spec()), build(digits_spec())
    for _ in range(30):
        experiment.advance(1)
        held = HeldOut(7).read(experiment)
        answer = Ask.about(held.input.reshape(8, 8)).read(experiment)
        assert answer is not None
        assert np.array_equal(answer, experiment.answer(held.input[None])[0])
    other.advance(30)
    assert experiment.net["W1.w"].tobytes() == other.net["W1.w"].tobytes()
    assert experiment.net["output.rate"].tobytes() == other.net["output.rate"].tobytes()


def test_questions_are_the_same_where_their_pixels_are() -> None:
    picture = np.linspace(0, 1, 64, dtype=np.float32)
    assert Ask.about(picture) == Ask.about(picture.reshape(8, 8))
    assert Ask.about(picture) != Ask.about(picture[::-1])


def test_a_question_for_an_earlier_network_has_no_answer() -> None:
    assert Ask.about(np.zeros(784)).read(build(digits_spec())) is None


def test_held_out_examples_go_round() -> None:
    experiment = build(digits_spec())
    last = len(experiment.data.test) - 1
    assert HeldOut(last).read(experiment).row == last
    assert HeldOut(last + 1).read(experiment).row == 0
    assert HeldOut(3).read(build(linear_spec())).label is None
