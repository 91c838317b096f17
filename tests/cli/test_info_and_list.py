"""`bioviz info`, `bioviz list` and `bioviz fetch`: what there is, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bioviz.cli import listing
from bioviz.core.earlier import ended
from bioviz.core.history import keep_histories
from bioviz.core.registry import METRICS, RULES, TASKS, UNITS
from bioviz.session import gallery
from bioviz.session.file import capture_all, save
from bioviz.session.resource import folder
from bioviz.session.session import Session
from bioviz.tasks.mnist import Mnist

from ..core.test_history import together
from ..session.sample import session, trained
from .conftest import Bioviz


def test_info_tells_a_person_what_a_session_holds(bioviz: Bioviz, here: Path) -> None:
    save("a.bioviz", session(trained(30)))
    code, out, _ = bioviz("info", "a.bioviz")
    assert code == 0
    for word in ("Two moons", "Does it align?", "h1 20 (tanh)", "feedback_alignment", "two_moons",
                 "trial 30", "W2.w 2 × 20", "test_error", "saved 2", "kB"):  # fmt: skip
        assert word in out, word


def test_info_tells_a_machine_the_same(bioviz: Bioviz, here: Path) -> None:
    save("a.bioviz", session(trained(30), trained(5, rule="shallow")))
    code, out, _ = bioviz("info", "a.bioviz", "--json")
    told = json.loads(out)
    assert code == 0
    assert [one["trial"] for one in told["experiments"]] == [30, 5]
    assert told["experiments"][0]["arrays"]["W1.w"] == [20, 2]
    assert 0 <= told["experiments"][0]["last"]["test_error"] <= 1
    assert told["panels"] == ["loss", "of the future"]
    assert told["warnings"] == []


def test_info_lists_the_earlier_runs(bioviz: Bioviz, here: Path) -> None:
    held = session(trained(30))
    runs = [ended(trained(20, rule="backprop")), ended(trained(10, seed=7))]
    held.earlier = [run for run in runs if run is not None]
    save("a.bioviz", held)
    _, out, _ = bioviz("info", "a.bioviz")
    lines = out.split("earlier runs\n")[1].splitlines()
    assert [line.split("  trial ")[0].strip().partition(",")[0] for line in lines] == [
        "Backprop",
        "Feedback alignment",
    ]
    assert "trial 20, epoch 1" in lines[0]
    assert "seed 7" in lines[1]
    assert "test_error 0." in lines[0]
    code, out, _ = bioviz("info", "a.bioviz", "--json")
    told = json.loads(out)["earlier"]
    assert code == 0
    assert [(run["rule"]["key"], run["seed"], run["trial"]) for run in told] == [
        ("backprop", held.session.experiments[0].seed, 20),
        ("feedback_alignment", 7, 10),
    ]
    assert 0 <= told[0]["last"]["test_error"] <= 1


def test_info_needs_no_data_set(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(here))
    code, out, _ = bioviz("info", "fa_mnist")
    assert code == 0
    assert "not begun" in out


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("rules", list(RULES)),
        ("units", list(UNITS)),
        ("tasks", list(TASKS)),
        ("metrics", list(METRICS)),
        ("networks", [path.stem for path in folder("networks").iterdir()]),
    ],
)
def test_a_list_names_everything_with_title_and_summary(
    kind: str, keys: list[str], bioviz: Bioviz
) -> None:
    code, out, _ = bioviz("list", kind, "--json")
    told = json.loads(out)
    assert code == 0
    assert sorted(row["key"] for row in told) == sorted(keys)
    assert all(row["title"] and row["summary"] for row in told)
    code, out, _ = bioviz("list", kind)
    assert code == 0
    assert all(key in out for key in keys)


def test_rules_list_what_can_be_set(bioviz: Bioviz) -> None:
    _, out, _ = bioviz("list", "rules", "--json")
    rule = next(row for row in json.loads(out) if row["key"] == "weight_mirror")
    names = {parameter["name"]: parameter for parameter in rule["parameters"]}
    assert names["noise_samples"]["default"] == 64
    assert all(parameter["help"] for parameter in rule["parameters"])


def test_panels_are_listed_from_their_first_lines(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "loss.py").write_text('"""Loss: how wrong it is.\n\nMore.\n"""\nimport no_such_thing\n')
    (here / "_private.py").write_text('"""Not: a panel."""')
    (here / "__init__.py").write_text('"""Panels."""')
    monkeypatch.setattr(listing, "PANELS", here)
    _, out, _ = bioviz("list", "panels", "--json")
    assert json.loads(out) == [{"key": "loss", "title": "Loss", "summary": "How wrong it is."}]


def test_every_real_panel_says_what_it_shows(bioviz: Bioviz) -> None:
    code, out, _ = bioviz("list", "panels", "--json")
    assert code == 0
    for row in json.loads(out):
        assert row["title"], row
        assert row["summary"].endswith("."), row


def test_the_gallery_is_in_teaching_order_and_named_files_exist() -> None:
    keys = [entry.key for entry in gallery.entries()]
    known = [key for key in gallery.ORDER if key in keys]
    assert keys[: len(known)] == known
    assert len(set(keys)) == len(keys)


def test_an_unlisted_network_comes_last(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("zebra", "fa_digits"):
        text = gallery.path_of("fa_digits").read_text("utf-8").replace('"title": "', '"title": "A ')
        (here / f"{key}.json").write_text(text, "utf-8")
    monkeypatch.setattr(gallery, "folder", lambda _kind: here)
    assert [entry.key for entry in gallery.entries()] == ["fa_digits", "zebra"]


def test_fetch_downloads_once_with_progress(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(progress: object) -> Path:
        assert callable(progress)
        progress("Downloading images", 0.0)
        progress("Downloading labels", 0.5)
        return here

    monkeypatch.setattr(Mnist, "download", download)
    code, out, err = bioviz("fetch", "mnist")
    assert code == 0
    assert str(here) in out
    assert err.splitlines() == ["Downloading images", "Downloading labels"]


def test_fetch_without_a_net_is_a_fault_in_words(
    bioviz: Bioviz, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pooch

    def offline(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(pooch, "retrieve", offline)
    monkeypatch.setenv("XDG_CACHE_HOME", str(here))
    code, _, err = bioviz("fetch", "mnist")
    assert code == 1
    assert "could not be downloaded" in err


def test_there_is_nothing_to_fetch_for_a_task_that_travels_along(bioviz: Bioviz) -> None:
    code, _, err = bioviz("fetch", "digits")
    assert code == 2
    assert "Known: fashion_mnist, kmnist, mnist" in err


def test_info_tells_how_much_can_be_looked_back_at(bioviz: Bioviz, here: Path) -> None:
    experiment = trained(0)
    keep_histories([experiment])
    together(5, experiment)
    history = experiment.history
    assert history is not None
    history.mark(3, "the dip")
    session_ = Session(schema=1, experiments=(experiment.spec,), history=True)
    save("a.bioviz", capture_all([experiment], session_))
    _, out, _ = bioviz("info", "a.bioviz")
    assert "6 moments" in out
    assert "the dip at trial 3" in out
    _, told, _ = bioviz("info", "a.bioviz", "--json")
    assert json.loads(told)["experiments"][0]["history"]["bookmarks"] == {"3": "the dip"}
