"""What a person does to a live run: its effect, its exact inverse, and what it leaves behind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.catalogue import describe
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import BiovizError
from bioviz.core.intervention import CopyTranspose, Freeze, Intervention, Redraw, SetEntry
from bioviz.core.network import KEPT
from bioviz.core.perturbation import AddNoise, FlipSigns, Prune, Scale
from bioviz.core.state import State
from bioviz.core.transplant import transplant

from ..specs import digits_spec, moons_spec

ORDERS = {
    "set": lambda name: SetEntry(f"{name}.w", 0, 1, 0.25),
    "redraw": Redraw,
    "freeze": Freeze,
    "flip": FlipSigns,
    "scale": lambda name: Scale(name, 0.3),
    "silence": lambda name: Scale(name, 0.0),
    "noise": lambda name: AddNoise(name, 0.1),
    "prune": lambda name: Prune(name, 0.3),
    "prune at random": lambda name: Prune(name, 0.3, at_random=True),
}
LIVELY: dict[str, Any] = {"momentum": 0.9, "weight_decay": 1e-3}


def trained(rule: str = "weight_mirror", trials: int = 30, **options: Any) -> Experiment:
    """Digits under a rule that moves both W2 and B2, with momentum and decay."""
    experiment = build(digits_spec(rule, **(LIVELY | options)))
    experiment.advance(trials)
    return experiment


def same(one: State, other: State) -> bool:
    """Whether two states agree to the bit in all but what was said of them."""
    left, right = ({**state.meta, "markers": []} for state in (one, other))
    return (
        left == right
        and one.arrays.keys() == other.arrays.keys()
        and all(one.arrays[name].tobytes() == other.arrays[name].tobytes() for name in one.arrays)
    )


def texts(experiment: Experiment) -> list[str]:
    return [marker.text for marker in experiment.markers]


@pytest.mark.parametrize("name", ["W2", "B2"])
@pytest.mark.parametrize("sparse", [False, True], ids=["dense", "sparse"])
@pytest.mark.parametrize("order", list(ORDERS))
def test_taking_an_intervention_back_restores_every_bit(
    order: str, sparse: bool, name: str
) -> None:
    options = {"weights": {"sparsity": 0.2}, "feedback_sparsity": 0.3} if sparse else {}
    experiment = trained(**options)
    path = experiment.net.projections[name]
    if sparse:
        assert path.mask is not None
        path.mask[0, 1] = 1  # so that there is a weight to set
    before = experiment.capture()
    inverse = ORDERS[order](name).apply(experiment)
    after = experiment.capture()
    assert not same(before, after)
    inverse.apply(experiment)
    assert same(experiment.capture(), before)
    ORDERS[order](name).apply(experiment)  # as redo does
    assert same(experiment.capture(), after)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (Freeze("W2"), "W2 frozen"),
        (FlipSigns("B2"), "B2 signs flipped"),
        (Redraw("W2"), "W2 drawn again"),
        (Scale("B2", 2), "B2 × 2"),
        (Scale("B2", -0.5), "B2 × −0.5"),
        (AddNoise("B2", 0.1), "noise 10 % on B2"),
        (Prune("W2", 0.3), "W2 pruned by 30 %"),
        (Prune("W2", 0.125, at_random=True), "W2 pruned by 12.5 % at random"),
    ],
)
def test_an_intervention_leaves_its_words_as_a_marker(order: Intervention, text: str) -> None:
    experiment = trained(trials=3)
    inverse = order.apply(experiment)
    assert (experiment.markers[-1].trial, experiment.markers[-1].text) == (3, text)
    inverse.apply(experiment)
    assert texts(experiment)[1:] == ["W2 thawed" if "frozen" in text else f"undo: {text}"]


def test_flipping_the_signs_of_b_turns_the_weight_angle_over_and_learning_recovers() -> None:
    experiment = build(digits_spec(hidden="relu", learning_rate=0.2))
    experiment.advance(100)
    before = experiment.measure()
    FlipSigns("B2").apply(experiment)
    flipped = experiment.measure()
    assert before["weight_angle.W2"] < 65
    assert flipped["weight_angle.W2"] == pytest.approx(180 - before["weight_angle.W2"], abs=1e-3)
    assert flipped["update_angle.h1"] == pytest.approx(180 - before["update_angle.h1"], abs=1e-3)
    experiment.advance(50)
    assert experiment.measure()["test_error"] > before["test_error"] + 0.2
    experiment.advance(900)
    assert experiment.measure()["test_error"] < before["test_error"]
    assert experiment.measure()["weight_angle.W2"] < 80


def test_a_frozen_projection_stays_as_it_is_while_the_others_learn() -> None:
    experiment = trained()
    Freeze("W2").apply(experiment)
    path = experiment.net.projections["W2"]
    kept = {key: np.copy(getattr(path, key)) for key in ("w", "bias", "velocity", "bias_velocity")}
    other = experiment.net["W1.w"].copy()
    experiment.advance(10)
    assert all(np.array_equal(getattr(path, key), array) for key, array in kept.items())
    assert not np.array_equal(experiment.net["W1.w"], other)
    Freeze("W2", on=False).apply(experiment)
    experiment.advance(1)
    assert not np.array_equal(path.w, kept["w"])


def test_the_change_of_a_frozen_projection_is_zero() -> None:
    experiment = trained()
    step = experiment.net["W2.dw"].copy()
    assert step.any()
    inverse = Freeze("W2").apply(experiment)
    assert not experiment.net["W2.dw"].any()
    inverse.apply(experiment)
    assert np.array_equal(experiment.net["W2.dw"], step)
    Freeze("W2").apply(experiment)
    experiment.advance(2)
    Freeze("W2", on=False).apply(experiment)
    assert not experiment.net["W2.dw"].any()  # not the step before it was frozen
    experiment.advance(1)
    assert experiment.net["W2.dw"].any()


@pytest.mark.parametrize("name", ["W2", "B2"])
def test_pruned_weights_stay_zero_under_momentum_and_decay(name: str) -> None:
    experiment = trained()
    Prune(name, 0.4).apply(experiment)
    path = experiment.net.projections[name]
    gone = path.mask == 0
    assert gone.sum() == round(0.4 * gone.size)
    assert path.removed == pytest.approx(0.4, abs=0.01)
    before = path.w.copy()
    experiment.advance(20)
    assert not path.w[gone].any()
    assert not path.dw[gone].any()
    assert not np.array_equal(path.w, before)


def test_pruning_takes_the_weakest_or_any_at_random() -> None:
    experiment = trained()
    sizes = np.abs(experiment.net["W2.w"])
    inverse = Prune("W2", 0.3).apply(experiment)
    path = experiment.net.projections["W2"]
    assert path.mask is not None
    assert sizes[path.mask == 0].max() <= sizes[path.mask == 1].min()
    inverse.apply(experiment)
    Prune("W2", 0.3, at_random=True).apply(experiment)
    assert sizes[path.mask == 0].max() > sizes[path.mask == 1].min()


def test_pruning_twice_takes_a_part_of_what_is_left_until_nothing_is() -> None:
    experiment = trained()
    for left in (150, 75, 0):
        Prune("W2", 0.5 if left else 1.0).apply(experiment)
        assert np.count_nonzero(experiment.net.projections["W2"].mask) == left
    with pytest.raises(BiovizError, match="no weights left"):
        Prune("W2", 0.5).apply(experiment)


@pytest.mark.parametrize(
    "order", [Redraw("B2"), CopyTranspose("B2"), AddNoise("B2", 0.5), FlipSigns("B2")]
)
def test_what_is_pruned_stays_away_whatever_else_is_done(order: Intervention) -> None:
    experiment = trained()
    Prune("B2", 0.4).apply(experiment)
    path = experiment.net.projections["B2"]
    gone, before = path.mask == 0, path.w.copy()
    order.apply(experiment)
    assert np.array_equal(path.mask == 0, gone)
    assert not np.signbit(path.w[gone]).any()
    assert not path.w[gone].any()
    assert not np.array_equal(path.w, before)
    with pytest.raises(BiovizError, match="stays zero"):
        SetEntry("B2.w", *map(int, np.argwhere(gone)[0]), 1.0).apply(experiment)


def test_the_same_seed_gives_the_same_noise_and_the_next_is_other_noise() -> None:
    one, two = trained(), trained()
    before = one.net["B2.w"].copy()
    for experiment in (one, two):
        AddNoise("B2", 0.1).apply(experiment)
    assert np.array_equal(one.net["B2.w"], two.net["B2.w"])
    first = one.net["B2.w"] - before
    assert first.std() / np.sqrt(np.mean(before**2)) == pytest.approx(0.1, rel=0.15)
    AddNoise("B2", 0.1).apply(one)
    assert not np.allclose(one.net["B2.w"] - two.net["B2.w"], first)


def test_a_forward_projection_drawn_again_begins_anew() -> None:
    experiment = trained()
    Redraw("W2").apply(experiment)
    path = experiment.net.projections["W2"]
    assert not path.bias.any()
    assert path.velocity is None
    assert path.w.std() == pytest.approx(1 / np.sqrt(30), rel=0.15)


@pytest.mark.parametrize("order", [order for order in ORDERS if order != "set"])
def test_what_follows_the_forward_weights_refuses_to_be_changed(order: str) -> None:
    experiment = trained()
    experiment.net.projections["B2"].derived = True
    before = experiment.capture()
    with pytest.raises(BiovizError, match="B2 is made from W2 at every trial"):
        ORDERS[order]("B2").apply(experiment)
    assert same(experiment.capture(), before)
    assert experiment.markers == []
    entry = describe(experiment)
    assert "Change W2 instead" in entry.projection("B2").why_fixed
    assert entry.projection("W2").why_fixed == ""


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Scale("B2", float("inf")), "finite"),
        (AddNoise("B2", 0.0), "above 0 %"),
        (AddNoise("B2", float("nan")), "above 0 %"),
        (Prune("B2", 1.5), "at most 100 %"),
        (FlipSigns("B7"), "no projection 'B7'"),
        (SetEntry("B2.w", 99, 0, 1.0), "no entry 99, 0"),
    ],
)
def test_an_impossible_order_is_explained_and_changes_nothing(
    order: Intervention, why: str
) -> None:
    experiment = trained(trials=2)
    before = experiment.capture()
    with pytest.raises(BiovizError, match=why):
        order.apply(experiment)
    assert same(experiment.capture(), before)


def test_noise_on_nothing_is_explained() -> None:
    experiment = trained(trials=2)
    Scale("B2", 0.0).apply(experiment)
    with pytest.raises(BiovizError, match="all zero"):
        AddNoise("B2", 0.1).apply(experiment)


def test_a_state_without_a_mask_brings_every_weight_back_to_life() -> None:
    experiment = trained()
    whole = experiment.capture()
    Prune("W2", 0.5).apply(experiment)
    Freeze("W1").apply(experiment)
    experiment.restore(whole)
    assert experiment.net.projections["W2"].mask is None
    assert not experiment.net.projections["W1"].frozen
    assert same(experiment.capture(), whole)


def test_a_live_change_of_parameters_keeps_what_is_frozen_and_pruned() -> None:
    experiment = trained()
    Freeze("W1").apply(experiment)
    Prune("W2", 0.5).apply(experiment)
    experiment.change(experiment.spec.with_value("rule.learning_rate", 0.5))
    assert experiment.net.projections["W1"].frozen
    assert experiment.net.projections["W2"].removed == 0.5


def test_kept_weights_stay_frozen_and_pruned_when_a_layer_changes() -> None:
    old = trained("feedback_alignment", hidden_sizes=(30, 20))
    Freeze("W1").apply(old)
    Freeze("W3").apply(old)
    Prune("W1", 0.5).apply(old)
    new = build(old.spec.with_value("network.layers.h2.size", 25))
    transplant(old, new)
    paths = new.net.projections
    assert [name for name, path in paths.items() if path.frozen] == ["W1"]
    assert paths["W1"].removed == 0.5


def test_what_a_rule_makes_by_itself_is_not_carried_over() -> None:
    old, new = trained("feedback_alignment"), build(digits_spec())
    Prune("B2", 0.5).apply(old)
    new.net.projections["B2"].derived = True
    assert transplant(old, new) == "W1 and W2 kept from the earlier network."
    assert new.net.projections["B2"].mask is None


def test_going_back_to_the_last_healthy_state_brings_its_condition_back() -> None:
    experiment = trained("feedback_alignment", trials=100)
    Freeze("W1").apply(experiment)
    experiment.restore(experiment.guard.kept)
    assert not experiment.net.projections["W1"].frozen


def test_what_is_put_back_must_still_fit() -> None:
    inverse = FlipSigns("B2").apply(build(moons_spec()))
    other = build(moons_spec(hidden_sizes=(7,)))
    with pytest.raises(BiovizError, match="no longer has the shape"):
        inverse.apply(other)


def test_every_array_of_a_projection_is_put_back() -> None:
    experiment = trained()
    path = experiment.net.projections["W2"]
    before = {key: np.copy(getattr(path, key)) for key in KEPT if getattr(path, key) is not None}
    inverse = FlipSigns("W2").apply(experiment)
    experiment.advance(5)
    inverse.apply(experiment)
    assert set(before) == {"w", "bias", "velocity", "bias_velocity"}
    assert all(np.array_equal(getattr(path, key), array) for key, array in before.items())
