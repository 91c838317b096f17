"""`bioviz run`: what it trains, writes, says, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bioviz.cli import run as command
from bioviz.session import gallery
from bioviz.session.file import load, save

from ..session.sample import same_state, session, trained
from .conftest import Bioviz

PLACES = ("past", "whole", "plain")
ENDLESS = ("--set", "stop.epochs=null", "--trials", 10**9)


def begun(folder: Path, trials: int = 20, **options: Any) -> Path:
    path = folder / "begun.bioviz"
    save(path, session(trained(trials, **options)))
    return path


def test_a_gallery_network_runs_by_name_and_leaves_three_files(bioviz: Bioviz, here: Path) -> None:
    code, out, err = bioviz("run", "fa_digits", "--trials", 30, "--out", "results")
    assert code == 0
    assert "test_error" in out
    assert "results/session.bioviz" in err
    names = sorted(path.name for path in (here / "results").iterdir())
    assert names == ["metrics.csv", "session.bioviz", "summary.json"]


def test_running_twice_as_long_equals_running_saving_and_running_on(
    bioviz: Bioviz, here: Path
) -> None:
    assert bioviz("run", "fa_digits", "--trials", 60, "--out", "long")[0] == 0
    assert bioviz("run", "fa_digits", "--trials", 30, "--out", "half")[0] == 0
    assert bioviz("run", "half/session.bioviz", "--trials", 30, "--out", "half")[0] == 0
    same_state(load("long/session.bioviz").build(), load("half/session.bioviz").build())
    assert (here / "long/metrics.csv").read_bytes() == (here / "half/metrics.csv").read_bytes()


def test_a_run_keeps_what_can_be_looked_back_at_and_goes_on_with_it(
    bioviz: Bioviz, here: Path
) -> None:
    assert bioviz("run", "fa_digits", "--trials", 40, "--out", "past", "--history")[0] == 0
    assert bioviz("run", "past/session.bioviz", "--trials", 10, "--out", "past")[0] == 0
    assert bioviz("run", "fa_digits", "--trials", 50, "--out", "whole", "--history")[0] == 0
    assert bioviz("run", "fa_digits", "--trials", 50, "--out", "plain")[0] == 0
    past, whole, plain = (load(f"{name}/session.bioviz").build() for name in PLACES)
    assert past.history is not None
    assert whole.history is not None
    assert past.history.trials == whole.history.trials
    assert past.history.trials[:: len(past.history.trials) - 1] == (0, 50)
    assert plain.history is None
    same_state(plain, past)


def test_a_history_without_a_folder_is_told_before_training(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("run", "fa_digits", "--trials", 5, "--history")
    assert code == 2
    assert "with --out DIR" in err


def test_json_is_all_that_stdout_carries(bioviz: Bioviz, here: Path) -> None:
    code, out, _ = bioviz("run", "fa_digits", "--epochs", 1, "--json", "--out", "r")
    told = json.loads(out)
    assert code == 0
    assert told == json.loads((here / "r/summary.json").read_text())
    assert told["experiments"][0]["epochs"] == 1


def test_without_a_folder_nothing_is_written_and_it_says_so(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("run", "fa_digits", "--trials", 5)
    assert code == 0
    assert "--out DIR" in err
    assert list(here.iterdir()) == []


def test_seed_and_values_can_be_set(bioviz: Bioviz, here: Path) -> None:
    words = ["--seed", 9, "--set", "rule.learning_rate=0.02", "--set", "network.layers.h1.size=12"]
    assert bioviz("run", "fa_digits", "--trials", 3, *words, "--out", "r")[0] == 0
    (spec,) = load("r/session.bioviz").experiments
    assert spec.seed == 9
    assert spec.rule.values["learning_rate"] == 0.02
    assert spec.network.layers[1].size == 12


def test_one_of_several_experiments_can_be_addressed(bioviz: Bioviz, here: Path) -> None:
    save("two.bioviz", session(trained(0), trained(0, rule="backprop")))
    words = ["--set", "rule.momentum=0.5", "--set", "experiments.1.rule.learning_rate=0.2"]
    assert bioviz("run", "two.bioviz", "--trials", 25, *words, "--out", "r")[0] == 0
    one, two = load("r/session.bioviz").experiments
    assert (one.rule.values["momentum"], two.rule.values["momentum"]) == (0.5, 0.5)
    assert "learning_rate" not in one.rule.values or one.rule.values["learning_rate"] != 0.2
    assert two.rule.values["learning_rate"] == 0.2
    assert (here / "r/metrics-2.csv").is_file()
    summary = json.loads((here / "r/summary.json").read_text())
    assert [one["rule"] for one in summary["experiments"]] == ["feedback_alignment", "backprop"]


def test_a_live_parameter_of_a_begun_run_is_changed_with_a_marker(
    bioviz: Bioviz, here: Path
) -> None:
    path = begun(here)
    words = ["--set", "rule.learning_rate=0.02", "--trials", 5, "--out", "r"]
    assert bioviz("run", path, *words)[0] == 0
    experiment = load("r/session.bioviz").build()
    assert experiment.trial == 25
    assert [(m.trial, m.text) for m in experiment.markers] == [(20, "learning rate = 0.02")]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("network.layers.output.tau_m=-5", "'output.tau_m': should be greater than 0"),
        ("network.dt=8", "A tick of 8 ms is longer than output.tau_e"),
        ("network.delay=300", "but a trial is over after 100 ms"),
        ("network.layers.output.inhibitor_rate=-1", "'output.inhibitor_rate': should be"),
    ],
)
def test_times_that_cannot_be_are_told_before_anything_runs(
    value: str, says: str, bioviz: Bioviz, here: Path
) -> None:
    network = "latency_falls" if "delay" in value else "stdp_competition"
    code, out, err = bioviz("run", network, "--set", value, "--out", "results")
    assert code == 2
    assert says in " ".join(err.split())
    assert out == ""
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--set", "rule.feedback_scale=3"], "needs new weights"),
        (["--set", "network.layers.h1.size=7"], "needs new weights"),
        (["--set", "rule.key=backprop"], "needs new weights"),
        (["--set", "rule.lerning_rate=1"], "'rule.lerning_rate'|'lerning_rate'"),
        (["--set", "rule.learning_rate=-1"], "learning_rate"),
        (["--set", "rule.learning_rate=fast"], "learning_rate"),
        (["--set", "nowhere.at.all=1"], "nothing at 'nowhere.at.all'"),
        (["--set", "batch"], "path=value"),
        (["--set", "experiments.3.batch=1"], "numbered 0 to 0"),
        (["--seed", "4"], "Leave it out"),
        (["--trials", "3", "--epochs", "1"], "not both"),
        (["--trials", "0"], "0"),
        (["--trials", "many"], "many"),
        ([], "no stop condition"),
        (["--frobnicate"], "frobnicate"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error_in_words(
    words: list[str], says: str, bioviz: Bioviz, here: Path
) -> None:
    code, out, err = bioviz("run", begun(here), *words)
    assert code == 2
    assert any(part in err for part in says.split("|")), err
    assert out == ""


def test_divergence_ends_with_three_and_keeps_the_healthy_state(bioviz: Bioviz, here: Path) -> None:
    words = ["--set", "rule.learning_rate=1e6", "--trials", 500, "--out", "r"]
    code, out, err = bioviz("run", begun(here), *words)
    assert code == 3
    assert "diverged" in out
    assert "Lower the learning rate" in err
    assert load("r/session.bioviz").build().trial == 20
    (one,) = json.loads((here / "r/summary.json").read_text())["experiments"]
    assert one["status"] == "diverged"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\3\4", b'{"schema": 99}', b"{}"])
def test_a_bad_file_ends_with_four(content: bytes, bioviz: Bioviz, here: Path) -> None:
    (here / "bad.bioviz").write_bytes(content)
    for words in (["run", "bad.bioviz", "--trials", 1], ["info", "bad.bioviz"]):
        code, out, err = bioviz(*words)
        assert code == 4
        assert err.startswith("bioviz: 'bad.bioviz' cannot be opened: ")
        assert out == ""


def test_a_name_that_is_neither_file_nor_network_ends_with_four(bioviz: Bioviz, here: Path) -> None:
    code, _, err = bioviz("run", "fa_digit")
    assert code == 4
    assert "Did you mean 'fa_digits'?" in err
    code, _, err = bioviz("run", "no/such.bioviz")
    assert code == 4
    assert "no such file" in err


def test_a_file_with_an_unknown_rule_is_described_but_not_trained(
    bioviz: Bioviz, here: Path
) -> None:
    data = json.loads(
        json.dumps(session(trained(0)).session.model_dump(mode="json", by_alias=True))
    )
    data["experiments"][0]["rule"] = {"key": "dreaming"}
    (here / "odd.json").write_text(json.dumps(data))
    code, out, _ = bioviz("info", "odd.json")
    assert code == 0
    assert "warning: There is no learning rule called 'dreaming'" in out
    code, _, err = bioviz("run", "odd.json", "--trials", 1)
    assert code == 4
    assert "dreaming" in err


def test_a_missing_data_set_is_a_fault_in_words(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(here))
    code, _, err = bioviz("run", "fa_mnist", "--trials", 1)
    assert code == 1
    assert "bioviz fetch mnist" in err


def test_a_folder_that_cannot_be_written_is_told_before_training(
    bioviz: Bioviz, here: Path
) -> None:
    (here / "file").write_text("x")
    for place in ("file", "file/in"):
        code, out, err = bioviz("run", "fa_digits", "--trials", 1, "--out", place)
        assert code in (1, 2)
        assert "file" in err
        assert out == ""


def test_an_unforeseen_fault_is_one_sentence_and_a_log(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setenv("BIOVIZ_STATE_DIR", str(here / "state"))
    monkeypatch.setattr(command, "build", broken)
    code, _, err = bioviz("run", "fa_digits", "--trials", 1)
    assert code == 1
    assert "did not foresee (ZeroDivisionError: a bug)" in err
    log = (here / "state/log/bioviz.log").read_text()
    assert str(here / "state/log/bioviz.log") in err
    assert "Traceback" in log


@pytest.fixture
def signalled(monkeypatch: pytest.MonkeyPatch) -> Callable[[signal.Signals], None]:
    """Arrange for a signal to come while the next run is under way."""

    def arrange(number: signal.Signals) -> None:
        waiting = [number]

        def send(self: Any) -> None:
            if self._experiments[0].trial > 10 and waiting:
                os.kill(os.getpid(), waiting.pop())

        monkeypatch.setattr(command._Checkpoint, "__call__", send)

    return arrange


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("words", [["--out", "r"], []], ids=["with_out", "without"])
def test_an_interrupt_saves_a_state_that_continues_exactly(
    number: signal.Signals,
    words: list[str],
    bioviz: Bioviz,
    here: Path,
    signalled: Callable[[signal.Signals], None],
) -> None:
    before = signal.getsignal(number)
    signalled(number)
    code, _, err = bioviz("run", "fa_digits", *ENDLESS, *words)
    assert code == 130
    assert "Interrupted; all is saved" in err
    assert signal.getsignal(number) is before
    (place,) = here.rglob("*.bioviz")
    assert str(place.relative_to(here)) in err
    experiment = load(place).build()
    assert experiment.trial > 10
    straight = load(gallery.path_of("fa_digits")).build()
    straight.advance(experiment.trial)
    same_state(straight, experiment)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_second_interruption_takes_another_name(
    here: Path, bioviz: Bioviz, signalled: Callable[[signal.Signals], None]
) -> None:
    (here / "begun-interrupted.bioviz").write_text("precious")
    signalled(signal.SIGINT)
    assert bioviz("run", begun(here), "--trials", 10**9)[0] == 130
    assert (here / "begun-interrupted.bioviz").read_text() == "precious"
    assert (here / "begun-interrupted2.bioviz").is_file()


def test_a_long_run_leaves_checkpoints(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "CHECKPOINT_EVERY", 0.0)
    saves: list[float] = []
    real = command._Checkpoint.__call__

    def counted(self: Any) -> None:
        saves.append(time.monotonic())
        real(self)
        assert (here / "r/session.bioviz").is_file()

    monkeypatch.setattr(command._Checkpoint, "__call__", counted)
    assert bioviz("run", "fa_digits", "--trials", 40, "--out", "r")[0] == 0
    assert len(saves) >= 2
    straight = load(gallery.path_of("fa_digits")).build()
    straight.advance(40)
    same_state(straight, load("r/session.bioviz").build())
