"""The document: every edit can be taken back, and nothing is lost unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.document import Document
from bioviz.session.session import Session

from ..specs import moons_spec


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document(Session(schema=1, experiments=(moons_spec(),)))


def test_an_edit_can_be_undone_and_redone(document: Document) -> None:
    before = document.spec
    after = before.with_value("rule.learning_rate", 0.3)
    document.edit(after, "Change learning rate")
    assert document.spec == after
    document.undo_stack.undo()
    assert document.spec == before
    document.undo_stack.redo()
    assert document.spec == after


def test_an_edit_that_changes_nothing_leaves_no_trace(document: Document) -> None:
    document.edit(document.spec, "Nothing")
    assert document.undo_stack.count() == 0
    assert not document.dirty


def test_training_makes_a_saved_file_precious_but_not_an_untouched_gallery_network(
    document: Document,
) -> None:
    document.note_training()
    assert document.dirty
    assert not document.precious
    document.note_saved(Path("a.bioviz"))
    document.note_training()
    assert document.precious


def test_undoing_back_to_what_was_saved_is_clean_again(document: Document) -> None:
    document.note_saved(Path("a.bioviz"))
    document.edit(document.spec.with_value("seed", 5), "Change seed")
    assert document.precious
    document.undo_stack.undo()
    assert not document.precious


def test_another_session_starts_with_no_history(document: Document) -> None:
    document.edit(document.spec.with_value("seed", 5), "Change seed")
    document.replace(Session(schema=1, experiments=(moons_spec("backprop"),)), None)
    assert document.undo_stack.count() == 0
    assert document.spec.rule.key == "backprop"
