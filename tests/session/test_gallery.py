"""The gallery: every network opens, says what it is for, trains, and shows what it promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bioviz.panels
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing
from bioviz.core.fire import protocol
from bioviz.core.perturbation import FlipSigns
from bioviz.core.rule import Phase
from bioviz.session import gallery
from bioviz.session.file import capture_all, load, save
from bioviz.session.resource import folder
from bioviz.session.session import Expectation, Session

from .sample import same_state

FILES = sorted(folder("networks").glob("*.json"))
PANELS = {path.stem for path in Path(bioviz.panels.__path__[0]).glob("[a-z]*.py")}
OF_MNIST = {"fa_mnist", "deep_fa_dfa"}
LENGTHY = {"xor_in_spikes", "stdp_competition", "latency_falls"}  # seconds to minutes
OF_SECONDS = {"steering", "spiking_digits", "nonlinear_teacher"}
BY_HAND = {"how_neurons_work"}  # nothing happens until somebody fires a cell
UNLEARNED = {"what_a_burst_is", "multiplexing"}  # what cells do is all that there is to see
WAITING = {"steering"}  # it learns once its averages have warmed up, and not within five trials


def key_of(path: Path) -> str:
    return path.stem


def read(path: Path) -> Session:
    return Session.model_validate(json.loads(path.read_text(encoding="utf-8")))


def built(path: Path, which: int = 1) -> Experiment:
    try:
        return build(read(path).experiments[which - 1])
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")


def run_to(experiment: Experiment, expected: Expectation) -> None:
    """Go on to where the expectation looks."""
    trials = expected.trials or (expected.epochs or 0) * experiment.epoch_trials
    experiment.advance(trials - experiment.trial)


def when(expected: Expectation) -> tuple[int, int]:
    return expected.epochs or 0, expected.trials or 0


def assert_expectations_hold(path: Path) -> list[Experiment]:
    """Run each experiment to where something is expected of it last."""
    session, run = read(path), []
    assert session.expected, "a gallery network says what should come out"
    for which in range(1, len(session.experiments) + 1):
        experiment = built(path, which)
        promised = [expected for expected in session.expected if expected.experiment == which]
        assert promised, "of each experiment"
        for expected in sorted(
            promised, key=lambda e: e.trials or (e.epochs or 0) * experiment.epoch_trials
        ):
            run_to(experiment, expected)
            value = experiment.channels[expected.channel].last
            assert value == pytest.approx(expected.value, abs=expected.within), expected
        run.append(experiment)
    return run


everything = pytest.mark.parametrize("path", FILES, ids=key_of)
STILL = BY_HAND | UNLEARNED | WAITING
alone = pytest.mark.parametrize("path", [p for p in FILES if p.stem not in STILL], ids=key_of)
brief = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=pytest.mark.slow if path.stem in OF_SECONDS else ())
        for path in FILES
        if path.stem not in OF_MNIST | LENGTHY
    ],
    ids=key_of,
)


def test_the_gallery_is_complete() -> None:
    keys = {path.stem for path in FILES}
    assert keys >= {
        "fa_two_moons", "xor_backprop", "fa_digits", "backprop_digits", "shallow_digits",
        "linear_teacher", "fa_mnist", "weight_mirror", "compare_digits", "flow_1_1_1",
        "deep_fa_dfa", "feedback_scale", "flip_signs", "kolen_pollack", "sign_symmetry",
        "node_perturbation", "nonlinear_teacher", "stdp_pairing", "pair_and_triplet",
        "stdp_competition", "latency_falls", "who_causes_whom", "chain_learns", "spiking_digits",
        "how_neurons_work", "bcm_selective", "bars_bcm", "hebb_and_oja", "monocular_deprivation",
        "xor_in_rates", "burstprop_digits", "burstprop_mirror", "what_a_burst_is",
        "burst_synapse", "multiplexing", "steering", "xor_in_spikes",
    }  # fmt: skip


@everything
def test_a_gallery_network_says_what_it_is_for(path: Path) -> None:
    about = read(path).about
    assert about.title[0].isupper()
    assert not about.title.endswith(".")
    assert about.question.endswith("?")
    assert about.question.count("?") == 1
    assert 2 <= about.lesson.count(". ") + 1 <= 5
    assert any(character.isdigit() for character in about.source)
    assert any(character.isdigit() for character in about.see), "with numbers that were measured"


@everything
def test_a_gallery_network_can_be_built_and_ends_by_itself(path: Path) -> None:
    for spec in read(path).experiments:
        assert spec.problems() == []
        assert spec.stop.epochs or spec.stop.trials
        names = [layer.name for layer in spec.network.layers]
        assert names == ["input", *(f"h{i}" for i in range(1, len(names) - 1)), "output"]


@pytest.mark.parametrize("key", ["compare_digits", "deep_fa_dfa"])
def test_where_rules_are_compared_nothing_but_the_rule_differs(key: str) -> None:
    specs = read(folder("networks") / f"{key}.json").experiments
    assert len({spec.rule.key for spec in specs}) == 3
    assert len({spec.model_copy(update={"rule": specs[0].rule, "name": ""}) for spec in specs}) == 1
    assert len({spec.rule.values["learning_rate"] for spec in specs}) == 1


@everything
def test_experiments_beside_each_other_see_the_same_samples_and_have_names(path: Path) -> None:
    specs = read(path).experiments
    assert len({(spec.task, spec.loss, spec.batch, spec.seed, spec.stop) for spec in specs}) == 1
    assert len({spec.name for spec in specs}) == len(specs)


@everything
def test_a_gallery_network_survives_being_written_and_read(path: Path) -> None:
    session = read(path)
    text = session.model_dump_json(by_alias=True)
    assert Session.model_validate_json(text) == session


@everything
def test_a_gallery_network_opens_panels_that_there_are(path: Path) -> None:
    panels = [panel.key for panel in read(path).panels]
    assert set(panels) <= PANELS
    assert panels[0] == "network"


def test_no_network_is_seen_with_the_choices_of_the_one_before() -> None:
    views = [panel for path in FILES for panel in read(path).panels]
    for key in {panel.key for panel in views}:
        assert len({frozenset(panel.options) for panel in views if panel.key == key}) == 1, key


@alone
def test_a_gallery_network_trains_a_few_trials(path: Path) -> None:
    experiment = built(path)
    *_, last = [*experiment.net.forward, *experiment.net.lateral]
    before = last.w.copy()
    experiment.advance(5)
    assert (last.w != before).any()


@everything
def test_a_gallery_network_is_saved_in_mid_run_and_opens_again_the_same(
    path: Path, tmp_path: Path
) -> None:
    experiment = built(path)
    experiment.advance(2)
    save(tmp_path / "run.bioviz", capture_all([experiment]))
    same_state(experiment, load(tmp_path / "run.bioviz").build())


def test_lessons_of_the_course_come_in_its_order() -> None:
    lessons = [entry.key for entry in gallery.entries() if entry.key in gallery.COURSE]
    assert tuple(lessons) == gallery.COURSE


def test_the_trained_network_of_bursts_tells_xor_and_goes_on_from_there() -> None:
    saved = gallery.saved_of("xor_in_spikes_trained")
    experiment = saved.build()
    answers = {bits: f"example_answer.{bits}" for bits in ("00", "10", "01", "11")}
    rates = {bits: experiment.channels[name].last for bits, name in answers.items()}
    assert min(rates["10"], rates["01"]) > 6 > max(rates["00"], rates["11"])
    trial = experiment.trial
    experiment.advance(1)
    assert experiment.trial == trial + 1


def test_the_digits_networks_differ_in_nothing_but_the_rule() -> None:
    alone = [path for path in FILES if len(read(path).experiments) == 1]
    specs = [read(path).experiments[0] for path in alone if path.stem.endswith("_digits")]
    same = {spec.model_copy(update={"rule": specs[0].rule, "name": ""}) for spec in specs}
    assert len(specs) == 3
    assert len(same) == 1
    assert len({spec.rule.values["learning_rate"] for spec in specs}) == 1


@brief
def test_what_a_gallery_network_promises_comes_true_and_its_run_ends_soon(path: Path) -> None:
    first, *_ = assert_expectations_hold(path)
    if path.stem in BY_HAND:
        return  # a lecture is not cut short: it ends after a minute of the cells' time
    while not first.done:
        first.advance(1, Phase.TRIAL)
    assert first.trial <= 10_000


def test_flipping_the_signs_of_b_in_the_network_made_for_it_is_unlearned_and_recovered() -> None:
    experiment = built(folder("networks") / "flip_signs.json")
    experiment.advance(3, Phase.EPOCH)
    before = experiment.measure()
    FlipSigns("B2").apply(experiment)
    flipped = experiment.measure()
    for angle in ("weight_angle.W2", "update_angle.h1"):
        assert before[angle] < 65
        assert flipped[angle] == pytest.approx(180 - before[angle], abs=0.01)
    assert before["test_error"] < 0.1
    errors = []
    for _ in range(10):
        experiment.advance(20)
        errors.append(experiment.measure()["test_error"])
    assert max(errors) > 0.4
    experiment.advance(400)  # twelve seconds after the flip at the speed it is played at
    after = experiment.measure()
    assert after["test_error"] < 0.15
    assert after["update_angle.h1"] < 80
    experiment.advance(1000)
    assert experiment.measure()["test_error"] < 0.05
    assert experiment.measure()["weight_angle.W2"] < 85


def test_firing_pre_and_post_by_hand_shows_what_the_network_made_for_it_promises() -> None:
    about = read(folder("networks") / "how_neurons_work.json").about.see
    weights = {}
    for lag in (8.0, -8.0):
        experiment = built(folder("networks") / "how_neurons_work.json")
        protocol(lag, 1, 100.0, "").apply(experiment)
        experiment.advance(200)
        weights[lag] = 100 * (float(experiment.net["W1.w"][0, 0]) / 40 - 1)
    assert f"grows by {weights[8.0]:.1f} %" in about
    assert f"shrinks by {-weights[-8.0]:.1f} %" in about


@pytest.mark.slow
def test_sixty_pairs_by_hand_show_what_the_network_made_for_it_promises() -> None:
    about = read(folder("networks") / "how_neurons_work.json").about.see
    for lag, words in ((10.0, "from 40 to {:.0f}"), (-10.0, "down to {:.0f}")):
        experiment = built(folder("networks") / "how_neurons_work.json")
        protocol(lag, 60, 100.0, "").apply(experiment)
        experiment.advance(24_000)
        assert words.format(float(experiment.net["W1.w"][0, 0])) in about


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "key", [*sorted(LENGTHY), *(pytest.param(key, marks=pytest.mark.mnist) for key in OF_MNIST)]
)
def test_what_a_long_lesson_promises_comes_true(key: str) -> None:
    assert_expectations_hold(folder("networks") / f"{key}.json")
