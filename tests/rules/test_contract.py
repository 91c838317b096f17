"""What every learning rule promises, whatever it does."""

from __future__ import annotations

import json
from typing import Any, get_args

import numpy as np
import pytest

from bioviz.core.change import needs_rebuild
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import Diverged, SpecError
from bioviz.core.registry import RULES
from bioviz.core.rule import GROUPS
from bioviz.core.spec import ExperimentSpec, parse
from bioviz.core.state import State

from ..specs import digits_spec, make_spec

# Rates without a teacher: test_untaught.py; what answers too slowly to be asked: tests of its own.
TAUGHT = [key for key, rule in RULES.items() if rule.teacher and rule.asked]
SPIKING = [key for key, rule in RULES.items() if rule.spiking]
rules = pytest.mark.parametrize("rule", sorted({*TAUGHT, *SPIKING}))
taught = pytest.mark.parametrize("rule", TAUGHT)
rated = pytest.mark.parametrize(
    "rule", [key for key in TAUGHT if key not in SPIKING and not RULES[key].trains]
)

# Rules that hear one number for the whole network learn from estimates so noisy that they need
# smaller steps, and more of them.
STEPS = {"node_perturbation": (0.02, 2000), "weight_perturbation": (0.002, 6000)}
CALM = {"node_perturbation": 0.002, "weight_perturbation": 1e-5}


def steps(rule: str) -> tuple[float, int]:
    """A learning rate at which the rule learns the digits, and the trials it needs for that."""
    return STEPS.get(rule, (0.2, 300))


def known(rule: str, **options: float) -> dict[str, float]:
    """Those of the options that the rule has."""
    return {
        name: value for name, value in options.items() if name in RULES[rule].Params.model_fields
    }


def same(one: Experiment, other: Experiment) -> None:
    """Both experiments hold the same bits: weights, activity, channels, place and streams."""
    ours, theirs = one.kept_arrays(), other.kept_arrays()
    assert one.net.clock == other.net.clock or not one.rule.lasting
    assert list(ours) == list(theirs)
    for address, values in ours.items():
        np.testing.assert_array_equal(values, theirs[address], err_msg=address)
    for name, channel in one.channels.items():
        np.testing.assert_array_equal(channel.read(), other.channels[name].read(), err_msg=name)
    assert (one.trial, one.epoch, one.position) == (other.trial, other.epoch, other.position)
    assert one.streams.capture() == other.streams.capture()
    assert one.rule.memory() == other.rule.memory()


def through_json(state: State) -> State:
    return State(json.loads(json.dumps(state.meta)), state.arrays, state.channels)


@taught
def test_a_rule_lowers_the_loss_on_digits(rule: str) -> None:
    rate, trials = steps(rule)
    experiment = build(digits_spec(rule, learning_rate=rate, record={"test_every": 500}))
    first = experiment.measure()["test_loss"]
    experiment.advance(trials)
    assert experiment.measure()["test_loss"] < 0.5 * first


@rules
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(rule: str) -> None:
    runs = [build(digits_spec(rule, seed=seed)) for seed in (1, 1, 2)]
    for experiment in runs:
        experiment.advance(40)
    same(runs[0], runs[1])
    assert (runs[0].net["W1.w"] != runs[2].net["W1.w"]).all()


@taught
def test_all_rules_start_from_the_same_weights_and_see_the_same_order(rule: str) -> None:
    one, other = build(digits_spec(rule)), build(digits_spec("backprop"))
    for name in ("W1.w", "W2.w"):
        np.testing.assert_array_equal(one.net[name], other.net[name])
    for _ in range(75):  # over the end of an epoch
        one.advance(1)
        other.advance(1)
        assert one.shown is not None
        assert other.shown is not None
        np.testing.assert_array_equal(one.shown.indices, other.shown.indices)


@rules
@pytest.mark.parametrize("options", [{}, {"momentum": 0.9, "weight_decay": 0.001, "fade": 0.001}])
def test_saving_restoring_and_continuing_equals_continuing(
    rule: str, options: dict[str, float]
) -> None:
    spec = digits_spec(rule, learning_rate=CALM.get(rule, 0.05), **known(rule, **options))
    straight, saved = build(spec), build(spec)
    straight.advance(100)  # in batches, over the end of an epoch
    saved.advance(47)
    resumed = build(spec)
    resumed.advance(13)  # whatever it did before does not count
    resumed.restore(through_json(saved.capture()))
    resumed.advance(53)
    same(straight, resumed)


@rules
def test_going_back_to_the_start_with_momentum_repeats_the_run(rule: str) -> None:
    rate = CALM.get(rule, 0.05)
    experiment = build(digits_spec(rule, learning_rate=rate, **known(rule, momentum=0.9)))
    start = experiment.capture()
    experiment.advance(50)
    first = {name: values.copy() for name, values in experiment.net.weights().items()}
    experiment.restore(start)
    experiment.advance(50)
    for name, values in experiment.net.weights().items():
        np.testing.assert_array_equal(values, first[name], err_msg=name)


@rules
def test_a_state_captured_within_a_trial_stands_after_it(rule: str) -> None:
    spec = digits_spec(rule)
    broken, straight = build(spec), build(spec)
    phases = broken.run()
    while broken.trial < 20 or broken.between_trials:
        next(phases)
    resumed = build(spec)
    resumed.restore(broken.capture())
    resumed.advance(20)
    straight.advance(41)
    same(resumed, straight)


@rules
@pytest.mark.parametrize("task", ["digits", "two_moons", "xor", "linear_teacher"])
def test_a_rule_stays_finite_on_every_task(rule: str, task: str) -> None:
    ends = {"digits": (64, 10), "two_moons": (2, 2), "xor": (2, 1), "linear_teacher": (30, 10)}
    first, last = ends[task]
    output, loss = ("linear", "squared_error") if task == "linear_teacher" else ("sigmoid", "")
    units = RULES[rule].trains or ("linear", "tanh", "sigmoid", "relu", "softmax")
    if RULES[rule].spiking:
        units, output = (RULES[rule].dress[1],), RULES[rule].dress[2]
    if RULES[rule].trains and output not in units:
        pytest.skip("it has no units for numbers of any size, and says so: see its own tests")
    for hidden in units:
        spec = make_spec(
            (first, 12, 8, last),
            rule,
            task,
            hidden=hidden,
            output=output,
            loss=loss,
            learning_rate=CALM.get(rule, 0.02),
        )
        experiment = build(spec)
        experiment.advance(60)
        experiment.guard.inspect(experiment)


@rules
def test_parameters_survive_json(rule: str) -> None:
    spec = digits_spec(rule)
    params = RULES[rule].Params()
    full = spec.model_copy(update={"rule": spec.rule.with_params(params)})
    again = parse(json.loads(full.model_dump_json()))
    assert again == full
    assert again.rule.params(RULES) == params


@rules
def test_every_parameter_has_help_and_a_sensible_default(rule: str) -> None:
    for name, field in RULES[rule].Params.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
    RULES[rule].Params.model_validate(RULES[rule].Params().model_dump())


@rules
def test_a_rule_has_a_card(rule: str) -> None:
    kind = RULES[rule]
    assert kind.title
    assert kind.summary.endswith(".")
    assert kind.group in GROUPS
    assert kind.card.equations
    assert kind.card.crosses
    assert kind.card.implausible
    assert any(character.isdigit() for character in kind.card.source)


@taught
def test_a_rule_without_hidden_layers_trains(rule: str) -> None:
    rate, trials = steps(rule)
    experiment = build(digits_spec(rule, hidden_sizes=(), learning_rate=rate))
    experiment.advance(trials)
    assert experiment.measure()["test_error"] < 0.3


@rules
def test_measuring_changes_no_weight_activity_or_stream(rule: str) -> None:
    experiment, alone = build(digits_spec(rule)), build(digits_spec(rule))
    for one in (experiment, alone):
        one.advance(30)
    phases, others = experiment.run(), alone.run()
    for _ in range(100):
        next(phases)
        next(others)
        before = _everything(experiment)
        experiment.measure()
        experiment.answer(experiment.data.test.read(slice(0, 7), np.float32)[0])
        after = _everything(experiment)
        for name, values in before.items():
            np.testing.assert_array_equal(values, after[name], err_msg=name)
    same(experiment, alone)


def _everything(experiment: Experiment) -> dict[str, Any]:
    net = experiment.net
    held = {address: net[address].copy() for address in net.addresses()}
    held |= {name: values.copy() for name, values in net.activity().items()}
    held["clock"] = net.clock
    held |= {name: values.copy() for name, values in net.weights().items()}
    held["streams"] = json.dumps(experiment.streams.capture())
    held["tally"] = list(vars(experiment.recorder.tally).values())
    return held


@taught
@pytest.mark.parametrize("units", ["tanh softmax", "sigmoid sigmoid", "relu sigmoid"])
def test_a_learning_rate_of_a_million_is_told_and_the_last_healthy_state_comes_back(
    rule: str, units: str
) -> None:
    hidden, output = units.split()
    if RULES[rule].spiking or RULES[rule].trains:
        hidden, output = RULES[rule].dress[1:]
    experiment = build(digits_spec(rule, hidden=hidden, output=output, learning_rate=1e6))
    start = experiment.capture()
    with pytest.raises(Diverged) as caught:
        experiment.advance(1000)
    told = str(caught.value)
    assert caught.value.address in told
    assert caught.value.trial <= 50
    assert f"trial {caught.value.trial}" in told
    assert "Lower the learning rate" in told
    with pytest.raises(Diverged):
        experiment.advance(1)
    assert experiment.guard.kept is not None
    assert experiment.guard.kept.meta["trial"] == caught.value.kept

    experiment.restore(experiment.guard.kept)
    assert experiment.fault is None
    assert experiment.trial == caught.value.kept
    for address in start.arrays:
        assert np.isfinite(experiment.net.weights()[address]).all()
    experiment.change(experiment.spec.with_value("rule.learning_rate", CALM.get(rule, 0.05)))
    experiment.advance(100)
    assert np.isfinite(experiment.measure()["test_loss"])


@rated
def test_squared_error_with_too_high_a_rate_names_what_stopped_being_finite(rule: str) -> None:
    spec = make_spec(
        (30, 20, 10), rule, "linear_teacher", hidden="linear", output="linear",
        loss="squared_error", learning_rate=50.0,
    )  # fmt: skip
    experiment = build(spec)
    with pytest.raises(Diverged, match="diverged at trial"):
        experiment.advance(2000)


@rules
def test_parameters_change_from_the_next_trial_on_and_leave_a_marker(rule: str) -> None:
    experiment = build(digits_spec(rule))
    experiment.advance(10)
    experiment.change(experiment.spec.with_value("rule.learning_rate", 0.03))
    assert experiment.rule.params.learning_rate == 0.03
    [marker] = experiment.markers
    assert marker.trial == 10
    assert "0.03" in marker.text
    experiment.change(experiment.spec)
    assert len(experiment.markers) == 1


@rules
def test_what_a_rule_says_needs_a_rebuild_is_refused_while_it_runs(rule: str) -> None:
    experiment = build(digits_spec(rule))
    params = experiment.rule.params
    for name in type(params).model_fields:
        if not needs_rebuild(params, name):
            continue
        value = getattr(params, name)
        named = list(get_args(type(params).model_fields[name].annotation))
        others = [choice for choice in named or (True, False) if choice != value]
        other = others[0] if named or isinstance(value, bool) else 0.5
        with pytest.raises(SpecError, match="needs the network to be built again"):
            experiment.change(experiment.spec.with_value(f"rule.{name}", other))


def test_float64_runs_stay_float64() -> None:
    spec: ExperimentSpec = digits_spec("weight_mirror", momentum=0.5)
    experiment = build(spec, dtype=np.float64)
    experiment.advance(5)
    assert {values.dtype for values in experiment.net.weights().values()} == {np.dtype(float)}
