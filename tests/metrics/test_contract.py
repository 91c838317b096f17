"""What every metric promises, and that its numbers are the ones that its definition gives."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.loss import cross_entropy
from bioviz.core.measure import Measurement, Tally, angle, credit_on, row_angles
from bioviz.core.registry import METRICS, RULES

from ..specs import digits_spec, linear_spec, make_spec, moons_spec

metrics = pytest.mark.parametrize("key", list(METRICS))
SPECS = [
    *(digits_spec(rule, (20, 15)) for rule in RULES),
    linear_spec(),
    moons_spec("shallow"),
]


@pytest.mark.parametrize("number", range(len(SPECS)))
def test_every_metric_fills_the_channels_that_it_names(number: int) -> None:
    experiment = build(SPECS[number])
    named = {
        key: [info.name for info in metric().channels(experiment)]
        for key, metric in METRICS.items()
    }
    experiment.advance(3)
    train, test = Tally(), Tally()
    x, t = experiment.recorder.probe_examples()
    for tally in (train, test):
        tally.add(experiment.answer(x), t, experiment.recorder.score)
    for key, names in named.items():
        filled = METRICS[key]().values(Measurement(experiment, train, test))
        assert set(names) <= set(filled), key
        assert len(set(names)) == len(names), key
        assert all(isinstance(value, float) for value in filled.values()), key


@metrics
def test_a_metric_says_what_it_is(key: str) -> None:
    metric = METRICS[key]
    assert metric.title
    assert metric.help.endswith(".")
    for info in metric().channels(build(digits_spec())):
        assert info.metric == key
        assert info.label
        assert info.help.endswith(".")


def test_no_two_metrics_name_the_same_channel() -> None:
    experiment = build(digits_spec())
    metrics = experiment.recorder.metrics
    names = [info.name for metric in metrics for info in metric.channels(experiment)]
    assert len(set(names)) == len(names)


def trained(rule: str = "feedback_alignment") -> Experiment:
    experiment = build(digits_spec(rule, (20, 15)), dtype=np.float64)
    experiment.advance(50)
    return experiment


def test_the_update_angle_is_against_backprops_complete_chain() -> None:
    experiment = trained()
    net = experiment.net
    x, t = experiment.recorder.probe_examples()
    h1 = np.tanh(x @ net["W1.w"].T + net["W1.bias"])
    h2 = np.tanh(h1 @ net["W2.w"].T + net["W2.bias"])
    e = t - experiment.answer(x)
    true2 = (e @ net["W3.w"]) * (1 - h2**2)
    true1 = (true2 @ net["W2.w"]) * (1 - h1**2)
    own2 = (e @ net["B3.w"].T) * (1 - h2**2)
    own1 = (own2 @ net["B2.w"].T) * (1 - h1**2)
    found = experiment.measure()
    for layer, own, true in (("h1", own1, true1), ("h2", own2, true2)):
        norms = np.linalg.norm(own, axis=1) * np.linalg.norm(true, axis=1)
        degrees = np.degrees(np.arccos((own * true).sum(axis=1) / norms))
        assert found[f"update_angle.{layer}"] == pytest.approx(degrees.mean(), abs=1e-6)


def test_weight_angle_and_norm_ratio_are_those_of_the_long_vectors() -> None:
    experiment = trained()
    b, w = experiment.net["B2.w"].ravel(), experiment.net["W2.w"].T.ravel()
    cosine = b @ w / np.linalg.norm(b) / np.linalg.norm(w)
    found = experiment.measure()
    assert found["weight_angle.W2"] == pytest.approx(np.degrees(np.arccos(cosine)))
    assert found["norm_ratio.W2"] == pytest.approx(np.linalg.norm(b) / np.linalg.norm(w))


def test_feedback_agreement_is_the_mean_of_e_w_b_e() -> None:
    experiment = trained()
    x, t = experiment.recorder.probe_examples()
    e = t - experiment.answer(x)
    product = experiment.net["W3.w"] @ experiment.net["B3.w"]
    expected = np.mean([row @ product @ row for row in e])
    assert experiment.measure()["feedback_agreement.W3"] == pytest.approx(expected)


def test_the_normalised_error_of_always_saying_the_mean_is_one() -> None:
    experiment = build(linear_spec(), dtype=np.float64)
    targets = experiment.data.test.targets
    assert targets is not None
    experiment.net["W2.w"][...] = 0
    assert experiment.measure()["test_nse"] == pytest.approx(1, abs=0.02)


def test_targets_that_are_all_alike_have_no_normalised_error() -> None:
    spec = make_spec(
        (1, 1, 1), "backprop", {"key": "scalar_map", "target": 0.0},
        output="linear", loss="squared_error",
    )  # fmt: skip
    assert np.isnan(build(spec).measure()["test_nse"])


def test_test_error_counts_wrong_answers_on_the_whole_test_set() -> None:
    experiment = trained("backprop")
    x, t = experiment.data.test.read(slice(None), np.float64)
    y = experiment.answer(x)
    wrong = float(np.mean(y.argmax(axis=1) != t.argmax(axis=1)))
    found = experiment.measure()
    assert found["test_error"] == pytest.approx(wrong)
    assert found["test_accuracy"] == pytest.approx(1 - wrong)
    assert found["test_loss"] == pytest.approx(-np.log((y * t).sum(axis=1)).mean())


def test_a_unit_that_answers_alone_also_pays_for_what_it_denies() -> None:
    y, t = np.array([[0.8, 0.3]]), np.array([[1.0, 0.0]])
    assert cross_entropy(y, t, competing=True) == pytest.approx(-np.log(0.8))
    assert cross_entropy(y, t, competing=False) == pytest.approx(-np.log(0.8) - np.log(0.7))


def test_a_certain_wrong_answer_costs_much_but_not_everything() -> None:
    y, t = np.array([[1.0, 0.0]], np.float32), np.array([[0.0, 1.0]], np.float32)
    for competing in (True, False):
        assert 20 < cross_entropy(y, t, competing) < 60


def test_burst_metrics_are_means_over_units_and_probe_examples() -> None:
    experiment = trained("burstprop")
    net = experiment.net
    x, t = experiment.recorder.probe_examples()
    found = experiment.measure()
    with net.aside(len(x)):
        assert experiment.rule.credit(net, x, t)
        for layer in net.chain[1:]:
            e, p, expected = (layer.state[k] for k in ("rate", "burst_prob", "burst_expected"))
            means = {
                "event_rate": e,
                "burst_rate": e * p,
                "burst_probability": p,
                "burst_expectation": expected,
                "burst_difference": abs(p - expected),
                "linear_distance": abs(expected - 0.5),
            }
            for key, values in means.items():
                if layer is net.output and key == "linear_distance":
                    assert f"{key}.output" not in found
                else:
                    assert found[f"{key}.{layer.name}"] == pytest.approx(values.mean())


def test_rules_without_bursts_record_none() -> None:
    names = {name.partition(".")[0] for name in build(digits_spec("kolen_pollack")).channels}
    assert not any("burst" in name for name in names)
    assert not names & {"event_rate", "linear_distance"}


@pytest.mark.parametrize(
    ("u", "v", "degrees"), [([1, 0], [2, 0], 0), ([1, 0], [0, 3], 90), ([1, 1], [-1, -1], 180)]
)
def test_angles_are_signed(u: list[float], v: list[float], degrees: float) -> None:
    assert angle(np.array(u), np.array(v)) == pytest.approx(degrees, abs=1e-5)
    assert row_angles(np.array([u]), np.array([v]))[0] == pytest.approx(degrees, abs=1e-5)


def test_an_angle_to_nothing_is_no_number() -> None:
    assert np.isnan(angle(np.zeros(3), np.ones(3)))
    assert np.isnan(row_angles(np.zeros((1, 3)), np.ones((1, 3)))[0])


def test_the_true_deltas_are_backprops_own() -> None:
    experiment = trained("backprop")
    credit = credit_on(experiment, *experiment.recorder.probe_examples())
    assert credit is not None
    for name, delta in credit.rule.items():
        np.testing.assert_allclose(delta, credit.true[name], atol=1e-12)
