"""Settings: remembered whole, and never able to stop the program from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from bioviz.app.settings import Layout, Settings, load_settings, save_settings


def test_settings_survive_a_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = Settings(theme="dark", layout=Layout.of(b"where the panels are"))
    save_settings(path, settings)
    assert load_settings(path) == settings


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"theme": 3}', b'{"unknown": 1}'])
def test_nonsense_is_set_aside_and_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert path.with_suffix(".bad").read_bytes() == content


def test_a_damaged_layout_is_dropped_before_qt_sees_it() -> None:
    layout = Layout.of(b"where the panels are")
    assert layout.read() == b"where the panels are"
    for wrong in ({"crc": 1}, {"version": 99}, {"state": "%%%"}, {"state": "AAAA"}):
        assert layout.model_copy(update=wrong).read() is None


def test_the_latest_file_comes_first_and_only_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.bioviz", tmp_path / "b.bioviz"
    settings = Settings().with_recent(first).with_recent(second).with_recent(first)
    assert [Path(name).name for name in settings.recent] == ["a.bioviz", "b.bioviz"]
