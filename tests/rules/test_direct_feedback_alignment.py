"""Direct feedback alignment: straight from the output, at any depth, even from nothing."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build

from ..specs import digits_spec

DEEP = (24,) * 10  # hidden layers


def trained(rule: str, trials: int = 1500, **options: object) -> Experiment:
    experiment = build(digits_spec(rule, DEEP, **options))  # type: ignore[arg-type]
    experiment.advance(trials)
    return experiment


def test_every_hidden_layer_hears_the_output_itself() -> None:
    net = build(digits_spec("direct_feedback_alignment", (20, 15, 12))).net
    paths = [net.projections[name] for name in ("B2", "B3", "B4")]
    assert [path.post.name for path in paths] == ["h1", "h2", "h3"]
    assert {path.pre.name for path in paths} == {"output"}
    assert [path.w.shape for path in paths] == [(20, 10), (15, 10), (12, 10)]
    assert [path.mirrors for path in paths] == [None, None, "W4"], "only the last has a partner"


def test_with_one_hidden_layer_it_is_feedback_alignment_to_the_bit() -> None:
    ours, theirs = build(digits_spec("direct_feedback_alignment")), build(digits_spec())
    for one in (ours, theirs):
        one.advance(60)
    for address, values in theirs.net.weights().items():
        np.testing.assert_array_equal(ours.net.weights()[address], values)


def test_ten_hidden_layers_train_from_zero_weights_where_the_others_stall() -> None:
    nothing = {"weights": {"scale": 0.0}, "learning_rate": 0.2}
    error = {
        rule: trained(rule, 1000, **nothing).measure()["test_error"]
        for rule in ("direct_feedback_alignment", "feedback_alignment", "backprop")
    }
    assert error["direct_feedback_alignment"] < 0.08
    assert error["feedback_alignment"] > 0.4, "it gets off the ground, and no further"
    assert error["backprop"] > 0.85, "no error gets through weights of zero"


def test_all_layers_align_together() -> None:
    angles = trained("direct_feedback_alignment", learning_rate=0.2).measure()
    found = [angles[f"update_angle.h{i}"] for i in range(1, len(DEEP) + 1)]
    assert max(found) < 88
    assert np.mean(found) < 75


@pytest.mark.parametrize("rate", [0.1])
def test_its_feedback_stays_as_it_was_drawn(rate: float) -> None:
    experiment = build(digits_spec("direct_feedback_alignment", (20, 15), learning_rate=rate))
    before = {name: experiment.net[f"{name}.w"].copy() for name in ("B2", "B3")}
    experiment.advance(50)
    for name, values in before.items():
        np.testing.assert_array_equal(experiment.net[f"{name}.w"], values)
