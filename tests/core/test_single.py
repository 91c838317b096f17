"""Wide networks that learn one example at a time: only what is active is looked at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core import network
from bioviz.core.experiment import Experiment, build
from bioviz.core.perturbation import Prune
from bioviz.core.registry import RULES

from ..rules.test_contract import same
from ..specs import make_spec

OUTER = sorted(key for key, rule in RULES.items() if rule.outer)


def single(rule: str = "feedback_alignment", **params: Any) -> Experiment:
    """A network of 128,000 and then 200,000 weights, on 8x8 digits."""
    units = {"hidden": "sigmoid", "output": "sigmoid"} if rule == "burstprop" else {}
    spec = make_spec(
        (64, 2000, 100, 10), rule, "digits", batch=1, record={"test_every": 500}, **units, **params
    )
    return build(spec)


def products(monkeypatch: pytest.MonkeyPatch, rule: str, **params: Any) -> Experiment:
    """The same network, but every product is one of BLAS."""
    with monkeypatch.context() as patch:
        patch.setattr(network, "WIDE", 10**9)
        return single(rule, **params)


def near(one: Experiment, other: Experiment) -> None:
    ours, theirs = one.net.weights(), other.net.weights()
    assert ours.keys() == theirs.keys()
    for address, values in ours.items():
        np.testing.assert_allclose(values, theirs[address], rtol=1e-3, atol=2e-5, err_msg=address)


@pytest.mark.parametrize("rule", OUTER)
def test_every_rule_learns_as_by_products(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = single(rule), products(monkeypatch, rule)
    assert ours.net.forward[0].by_columns
    assert not theirs.net.forward[0].by_columns
    start = ours.net["W1.w"].copy()
    for experiment in (ours, theirs):
        experiment.advance(15)
    near(ours, theirs)
    assert rule == "shallow" or not np.array_equal(ours.net["W1.w"], start)


@pytest.mark.parametrize(
    "params",
    [{"momentum": 0.5}, {"weight_decay": 0.1}, {"weights": {"sparsity": 0.5}}],
    ids=["momentum", "decay", "sparse"],
)
def test_every_option_acts_as_by_products(
    params: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = single(**params), products(monkeypatch, "feedback_alignment", **params)
    for experiment in (ours, theirs):
        experiment.advance(15)
    near(ours, theirs)


def test_inputs_that_are_all_on_are_sent_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(1).random((1, 64)).astype(np.float32)
    ours = single().answer(x)
    np.testing.assert_allclose(
        ours, products(monkeypatch, "feedback_alignment").answer(x), rtol=1e-4
    )


def test_a_saved_run_goes_on_with_the_same_bits() -> None:
    whole, parted = single(), single()
    whole.advance(30)
    parted.advance(12)
    again = single()
    again.restore(parted.capture())
    again.advance(18)
    same(whole, again)


def test_what_is_pruned_stays_away() -> None:
    experiment = single()
    Prune("W1", 0.5).apply(experiment)
    gone = experiment.net["W1.w"] == 0
    assert 0.49 < gone.mean() < 0.51
    experiment.advance(5)
    assert not experiment.net["W1.w"][gone].any()


def test_the_change_of_a_trial_can_be_looked_at() -> None:
    experiment = single()
    path = experiment.net.forward[0]
    assert not path.dw.any()
    before = path.w.copy()
    experiment.advance(1)
    np.testing.assert_allclose(path.dw, path.w - before, rtol=1e-2, atol=1e-6)
    assert path.dw.any()
