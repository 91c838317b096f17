"""Functions that are called in turn: in order, and each although another one fails."""

from __future__ import annotations

import sys

import pytest

from bioviz.ui.calls import Calls


def test_all_are_called_in_the_order_in_which_they_came() -> None:
    called: list[str] = []
    calls = Calls()
    for name in ("first", "second"):
        calls.connect(lambda name=name: called.append(name))  # type: ignore[misc]
    calls.emit()
    calls.emit()
    assert called == ["first", "second", "first", "second"]


def test_a_fault_in_one_is_reported_and_keeps_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: faults.append(kind))
    called: list[bool] = []
    calls = Calls()
    calls.connect(lambda: 1 / 0)
    calls.connect(lambda: called.append(True))
    calls.emit()
    assert faults == [ZeroDivisionError]
    assert called == [True]
