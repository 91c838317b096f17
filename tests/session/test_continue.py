"""Saving and continuing equals continuing, bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bioviz.core.change import needs_rebuild
from bioviz.core.experiment import build
from bioviz.core.intervention import Freeze
from bioviz.core.perturbation import AddNoise, Prune
from bioviz.core.registry import RULES
from bioviz.session.file import capture_all, load, restore_into, save

from .. import specs
from .sample import same_state, session, trained

LATER = 47  # not a round number: no recorded point, mid-epoch


def awkward(rule: str) -> dict[str, Any]:
    """Momentum and sparsity: everything that a file must hold beside weights."""
    fields = RULES[rule].Params.model_fields
    wanted = {"momentum": 0.9, "weight_decay": 1e-3, "mirror_every": 3, "redraw_every": 20}
    sparse = {"weights": {"sparsity": 0.2}, "feedback_sparsity": 0.3}
    if rule != "kolen_pollack":  # which refuses weights without a partner
        wanted |= sparse
    return {name: value for name, value in wanted.items() if name in {*fields, "weights"}}


@pytest.mark.parametrize("rule", list(RULES))
@pytest.mark.parametrize("odd", [False, True], ids=["plain", "momentum_and_sparsity"])
def test_save_load_continue_equals_continue(rule: str, odd: bool, tmp_path: Path) -> None:
    options = awkward(rule) if odd else {}
    straight = build(specs.digits_spec(rule, **options))
    straight.advance(LATER)
    save(tmp_path / "run.bioviz", capture_all([straight]))
    resumed = load(tmp_path / "run.bioviz").build()
    same_state(straight, resumed)
    straight.advance(LATER + 20)  # in batches, over the end of an epoch
    resumed.advance(LATER + 20)
    same_state(straight, resumed)
    assert straight.measure() == pytest.approx(resumed.measure(), nan_ok=True, abs=0)


@pytest.mark.parametrize("rule", ["feedback_alignment", "weight_mirror"])
def test_frozen_and_pruned_projections_continue_as_if_never_saved(
    rule: str, tmp_path: Path
) -> None:
    straight = build(specs.digits_spec(rule, hidden_sizes=(30, 20), momentum=0.9))
    straight.advance(LATER)
    for order in (Freeze("W1"), Prune("W2", 0.3), Prune("B3", 0.2, at_random=True), Freeze("B2")):
        order.apply(straight)
    straight.advance(5)
    save(tmp_path / "run.bioviz", capture_all([straight]))
    resumed = load(tmp_path / "run.bioviz").build()
    same_state(straight, resumed)
    kept = [name for name, path in resumed.net.projections.items() if path.frozen]
    assert kept == ["W1", "B2"]
    for experiment in (straight, resumed):
        experiment.advance(LATER)
        AddNoise("W2", 0.1).apply(experiment)
        Freeze("W1", on=False).apply(experiment)
        experiment.advance(LATER)
    same_state(straight, resumed)


def test_an_intervention_taken_back_after_saving_is_gone_from_the_next_file(tmp_path: Path) -> None:
    whole = trained(20)
    inverse = Prune("W2", 0.5).apply(whole)
    save(tmp_path / "pruned.bioviz", session(whole))
    inverse.apply(whole)
    save(tmp_path / "whole.bioviz", session(whole))
    pruned, again = (load(tmp_path / f"{name}.bioviz") for name in ("pruned", "whole"))
    live = pruned.build()
    assert live.net.projections["W2"].removed == 0.5
    restore_into(live, again.states[0])
    same_state(live, whole)


def test_a_run_saved_in_the_middle_of_a_trial_continues_the_same(tmp_path: Path) -> None:
    straight, halted = trained(23), trained(23)
    running = halted.run()
    next(running)
    assert not halted.between_trials
    save(tmp_path / "run.bioviz", session(halted))
    straight.advance(50)
    resumed = load(tmp_path / "run.bioviz").build()
    resumed.advance(49)
    same_state(straight, resumed)


def test_a_run_saved_before_its_first_trial_starts_the_same(tmp_path: Path) -> None:
    fresh = build(specs.moons_spec())
    save(tmp_path / "run.bioviz", capture_all([fresh]))
    resumed = load(tmp_path / "run.bioviz").build()
    fresh.advance(30)
    resumed.advance(30)
    same_state(fresh, resumed)


def test_a_parameter_changed_in_mid_run_is_in_the_file(tmp_path: Path) -> None:
    straight = trained(10)
    straight.change(straight.spec.with_value("rule.learning_rate", 0.03))
    assert not needs_rebuild(straight.rule.params, "learning_rate")
    save(tmp_path / "run.bioviz", session(straight))
    resumed = load(tmp_path / "run.bioviz").build()
    assert resumed.rule.params.learning_rate == 0.03
    assert [marker.text for marker in resumed.markers] == ["learning rate = 0.03"]
    straight.advance(40)
    resumed.advance(40)
    same_state(straight, resumed)


def test_two_experiments_are_kept_apart(tmp_path: Path) -> None:
    one, two = trained(20), trained(35, rule="backprop")
    save(tmp_path / "both.bioviz", session(one, two))
    again = load(tmp_path / "both.bioviz").build_all()
    assert [experiment.spec.rule.key for experiment in again] == ["feedback_alignment", "backprop"]
    for before, after in zip((one, two), again, strict=True):
        same_state(before, after)
