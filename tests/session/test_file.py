"""What a session file holds, and what becomes of what this bioviz does not know."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bioviz
from bioviz.core.experiment import build
from bioviz.core.fault import SpecError
from bioviz.session import text
from bioviz.session.file import Saved, SessionError, capture_all, load, save
from bioviz.session.migrations import migrate, steps
from bioviz.session.session import SCHEMA

from ..gallery import gallery_spec
from .sample import parts, plain, saved_file, session, trained, zipped


def gallery_like() -> dict[str, Any]:
    spec = trained(0).spec.model_dump(mode="json")
    return {"schema": 1, "about": {"title": "Plain"}, "experiments": [spec]}


def test_arrays_and_curves_are_named_by_address(tmp_path: Path) -> None:
    names = set(parts(saved_file(tmp_path, trained(), trained(rule="backprop"))))
    expected = {
        "session.json", "arrays/W2.w.npy", "arrays/B2.w.npy", "arrays/2/W2.w.npy",
        "channels/test_error.npy", "channels/weight_angle.W2.npy", "channels/2/test_error.npy",
    }  # fmt: skip
    assert expected <= names


def test_members_are_stored_and_numpy_can_read_them(tmp_path: Path) -> None:
    path = saved_file(tmp_path, experiment := trained())
    with zipfile.ZipFile(path) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        with archive.open("arrays/W1.w.npy") as member:
            read = np.lib.format.read_array(member, allow_pickle=False)
    assert np.array_equal(read, experiment.net["W1.w"])


def test_it_says_what_wrote_it_and_when(tmp_path: Path) -> None:
    told = load(saved_file(tmp_path)).session.provenance
    assert told["bioviz"] == bioviz.__version__
    assert told["numpy"] == np.__version__
    assert {"python", "platform"} <= told.keys()
    when = datetime.datetime.fromisoformat(str(told["saved"]))
    assert when.utcoffset() == datetime.timedelta(0)


def test_a_plain_json_file_opens_without_states(tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    path.write_text(json.dumps(gallery_like()), "utf-8")
    saved = load(path)
    assert saved.states == [None]
    assert not saved.started
    assert saved.build().trial == 0


def test_plain_json_from_a_windows_editor_opens_too(tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    path.write_text(json.dumps(gallery_like(), indent=2), "utf-8-sig", newline="\r\n")
    assert load(path).session.about.title == "Plain"


def test_a_description_is_saved_as_plain_json_but_never_weights(tmp_path: Path) -> None:
    saved = session()
    with pytest.raises(SessionError, match=r"JSON file keeps no weights.*\.bioviz"):
        save(tmp_path / "x.json", saved)
    save(tmp_path / "x.json", Saved(saved.session, [None]))
    assert load(tmp_path / "x.json").experiments == saved.experiments


def test_a_renamed_session_opens_by_its_content(tmp_path: Path) -> None:
    path = saved_file(tmp_path)
    path.rename(tmp_path / "mine.zip")
    assert load(tmp_path / "mine.zip").started


def test_a_session_packed_again_by_another_program_opens(tmp_path: Path) -> None:
    path = saved_file(tmp_path, before := trained())
    path.write_bytes(zipped(parts(path), zipfile.ZIP_DEFLATED))
    assert np.array_equal(load(path).build().net["W1.w"], before.net["W1.w"])


def test_unknown_panels_are_kept_and_written_back(tmp_path: Path) -> None:
    again = load(saved_file(tmp_path))
    save(tmp_path / "again.bioviz", again)
    panels = load(tmp_path / "again.bioviz").session.panels
    assert [(panel.key, panel.options) for panel in panels] == [
        ("loss", {"log": True}),
        ("of the future", {}),
    ]


@pytest.mark.parametrize("part", ["rule", "task"])
def test_an_unknown_rule_or_task_is_kept_with_its_weights_but_not_trained(
    part: str, tmp_path: Path
) -> None:
    path = saved_file(tmp_path)
    members = parts(path)
    data = plain(members)
    foreign = {"key": "dreaming", "depth": 3, "nested": {"a": [1, None]}}
    data["experiments"][0][part] = foreign
    members["session.json"] = json.dumps(data).encode()
    path.write_bytes(zipped(members))
    saved = load(path)
    assert any("dreaming" in warning for warning in saved.warnings)
    save(path, saved)
    kept = parts(path)
    assert plain(kept)["experiments"][0][part] == foreign
    assert kept["arrays/W2.w.npy"] == members["arrays/W2.w.npy"]
    with pytest.raises(SpecError, match="dreaming"):
        saved.build()


def test_a_newer_file_is_refused_by_naming_both_versions(tmp_path: Path) -> None:
    path = saved_file(tmp_path)
    members = parts(path)
    data = plain(members) | {"schema": 7, "provenance": {"bioviz": "9.1"}}
    path.write_bytes(zipped({"session.json": json.dumps(data).encode()}))
    with pytest.raises(SessionError) as caught:
        load(path)
    for word in ("9.1", "format 7", bioviz.__version__, f"up to {SCHEMA}", "Update"):
        assert word in str(caught.value)


def test_an_older_file_goes_through_every_migration_in_turn() -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "new": data["old"]}

    def double(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "new": data["new"] * 2}

    old = {"schema": 1, "old": 3}
    assert migrate(old, 3, {1: rename, 2: double}) == {"schema": 3, "old": 3, "new": 6}
    assert old == {"schema": 1, "old": 3}


def test_every_older_schema_has_its_migration() -> None:
    assert set(steps()) == set(range(1, SCHEMA))


def test_a_file_of_the_first_release_still_opens() -> None:
    saved = load(Path(__file__).parent / "files" / "schema-1.bioviz")
    experiment = saved.build()
    assert experiment.trial == 30
    experiment.advance(5)


def test_a_failed_run_saves_its_last_healthy_state(tmp_path: Path) -> None:
    experiment = trained(100)
    experiment.change(experiment.spec.with_value("rule.learning_rate", 1e8))
    with pytest.raises(bioviz.core.fault.Diverged):  # type: ignore[attr-defined]
        experiment.advance(100)
    save(tmp_path / "wreck.bioviz", capture_all([experiment]))
    again = load(tmp_path / "wreck.bioviz")
    assert not again.warnings
    assert again.build().trial == 100
    assert experiment.fault is not None, "saving does not touch the run"


def test_weights_that_are_not_finite_load_but_do_not_train(tmp_path: Path) -> None:
    experiment = trained()
    saved = capture_all([experiment])
    assert saved.states[0] is not None
    saved.states[0].arrays["W2.w"][0, 0] = np.nan
    save(tmp_path / "nan.bioviz", saved)
    again = load(tmp_path / "nan.bioviz")
    assert any("W2.w" in warning and "finite" in warning for warning in again.warnings)
    broken = again.build()
    assert np.isnan(broken.net["W2.w"][0, 0])
    with pytest.raises(SessionError, match="Restart it"):
        broken.advance()
    save(tmp_path / "again.bioviz", capture_all([broken]))
    assert load(tmp_path / "again.bioviz").warnings == again.warnings


def test_a_layer_name_too_long_for_a_zip_is_said_in_words(tmp_path: Path) -> None:
    saved = session()
    assert saved.states[0] is not None
    saved.states[0].channels["update_angle." + "h" * 300] = np.empty((0, 2))
    with pytest.raises(SessionError, match="too long"):
        save(tmp_path / "x.bioviz", saved)
    assert list(tmp_path.iterdir()) == []


def test_more_than_can_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    saved = session()
    assert saved.states[0] is not None
    saved.states[0].arrays["B9.w"] = np.broadcast_to(np.float32(0), (30_000, 30_000))
    with pytest.raises(SessionError, match=r"3\.4 GiB; at most 2 GiB"):
        save(tmp_path / "x.bioviz", saved)
    assert list(tmp_path.iterdir()) == []


def test_what_would_not_open_again_does_not_replace_what_does(tmp_path: Path) -> None:
    path = saved_file(tmp_path)
    before = path.read_bytes()
    saved = session()
    assert saved.states[0] is not None
    saved.states[0].meta["trial"] = "ten"
    with pytest.raises(SessionError, match=r"Nothing was saved.*malformed"):
        save(path, saved)
    assert path.read_bytes() == before


def test_what_cannot_be_json_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    saved = session()
    assert saved.states[0] is not None
    saved.states[0].meta["tally"]["loss"] = float("nan")
    with pytest.raises(SessionError, match="cannot be saved"):
        save(tmp_path / "x.bioviz", saved)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [("", "is a folder"), ("missing.bioviz", "no such file"), ("no/where.bioviz", "no such file")],
)
def test_a_path_that_is_no_file_is_said_in_words(place: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=words):
        load(tmp_path / place)


def test_the_text_of_a_session_reads_back_the_same() -> None:
    saved = session()
    again, metas = text.decode(text.encode(saved.session, [None]), states=True)
    assert again == saved.session
    assert metas == [None]


def test_importing_bioviz_imports_nothing_else_until_it_is_used() -> None:
    assert bioviz.load is load
    assert bioviz.Session is type(session().session)
    with pytest.raises(AttributeError, match="offers"):
        _ = bioviz.lod  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["xor_in_spikes", "bars_bcm"])
def test_curves_of_examples_and_patterns_are_saved_whatever_those_are_called(
    key: str, tmp_path: Path
) -> None:
    spec = gallery_spec(key)
    if key == "xor_in_spikes":
        spec = gallery_spec(key, rule__example=0.06, rule__teaching=0.03)
    experiment = build(spec)
    experiment.advance(2)
    path = tmp_path / "run.bioviz"
    save(path, capture_all([experiment]))
    state = load(path).states[0]
    assert state is not None
    odd = [name for name in state.channels if not name.replace(".", "_").isidentifier()]
    assert odd or key == "xor_in_spikes"
    assert state.channels.keys() == experiment.channels.keys()
