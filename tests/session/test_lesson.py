"""Lessons: what a text may hold, what a link may ask for, and that the gallery's are sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import bioviz.panels
from bioviz.core.catalogue import ExperimentEntry, describe
from bioviz.core.experiment import build
from bioviz.core.fault import DataMissing
from bioviz.core.registry import TASKS
from bioviz.core.request_lesson import ValueAt
from bioviz.session import gallery
from bioviz.session.fault import SessionError
from bioviz.session.file import load
from bioviz.session.lesson import Prediction, Step
from bioviz.session.lesson_text import Linked, Live, Words, checked, link_faults, live, pieces
from bioviz.session.link import SIGHTS, VERBS, read_link
from bioviz.session.session import Session

PANELS = {path.stem for path in Path(bioviz.panels.__path__[0]).glob("[a-z]*.py")}
ENTRIES = {entry.key: entry.session for entry in gallery.entries()}


def _predictions(session: Session) -> list[Prediction]:
    return [step.predict for step in session.about.steps if step.predict is not None]


every_lesson = pytest.mark.parametrize("key", list(ENTRIES))


def built(session: Session) -> list[ExperimentEntry]:
    try:
        return [describe(build(spec)) for spec in session.experiments]
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")


# ---- texts -------------------------------------------------------------------------------------


def test_a_line_holds_words_links_live_numbers_and_stress() -> None:
    found = pieces("[Press play](do:play): *now* it is {update_angle.h1} or {test_error@2}.")
    assert found == [
        Linked("Press play", "do:play"),
        Words(": "),
        Words("now", stress=True),
        Words(" it is "),
        Live("update_angle.h1"),
        Words(" or "),
        Live("test_error", 1),
        Words("."),
    ]


@pytest.mark.parametrize("text", ["a [b] c", "2 * 3 * 4", "{}", "[a](b c)", "{a b}", "[]()"])
def test_what_is_no_mark_stays_as_it_is_written(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text) if isinstance(piece, Words)) == text


# ---- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_s_example_is_one_of_its_own(verb: str) -> None:
    assert read_link(VERBS[verb].example).verb == verb


@pytest.mark.parametrize(
    "link",
    [
        "run:rm -rf /",
        "file:///etc/passwd",
        "https://example.com",
        "javascript:alert(1)",
        "do:quit",
        "do:save",
        "do:",
        "set:rule.learning_rate",
        "set:__class__.x=1",
        "set:stop.epochs=1",
        "set:panels=1",
        "set:rule.learning_rate=1 2",
        "open:../../etc/passwd",
        "open:/etc/passwd",
        "show:../x",
        "pick:projection/../x",
        "pick:file/x",
        "until:-5",
        "until:99999999999999",
        "",
        ":",
        "DO:play",
    ],
)
def test_a_hostile_link_is_refused_in_a_sentence(link: str) -> None:
    with pytest.raises(SessionError) as refused:
        read_link(link)
    assert str(refused.value).endswith(".")
    assert "lesson's link" in str(refused.value)


def test_a_file_with_a_hostile_link_opens_and_says_so(tmp_path: Path) -> None:
    data: dict[str, Any] = ENTRIES["fa_two_moons"].model_dump(mode="json", by_alias=True)
    data["about"]["steps"] = [{"text": "[Press play](run:rm) or [this](do:play)"}]
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    warnings = load(path).warnings
    assert len(warnings) == 1
    assert "'run:rm'" in warnings[0]
    assert warnings[0].endswith("The link does nothing.")


def test_a_file_without_steps_still_opens() -> None:
    data = ENTRIES["fa_two_moons"].model_dump(mode="json", by_alias=True)
    del data["about"]["steps"]
    del data["about"]["next"]
    assert Session.model_validate(data).about.steps == ()


def test_a_step_does_one_thing() -> None:
    asked = {"ask": "?", "answers": [{"text": "a", "why": "b"}, {"text": "c", "why": "d"}]}
    told = {"ask": "?", "channel": "x", "guesses": [0, 1]}
    with pytest.raises(ValueError, match="not both"):
        Step.model_validate({"text": "x", "question": asked, "predict": told})


# ---- the gallery's -----------------------------------------------------------------------------


def test_the_course_goes_through_lessons_that_are_there() -> None:
    assert set(gallery.COURSE) <= set(ENTRIES)
    assert gallery.lesson_number(gallery.COURSE[2]) == f"Lesson 3 of {len(gallery.COURSE)}"
    assert gallery.after(gallery.COURSE[0]) == gallery.COURSE[1]
    assert gallery.after(gallery.COURSE[-1]) == ""
    assert gallery.lesson_number("fa_digits") == gallery.after("fa_digits") == ""


@every_lesson
def test_every_network_has_a_lesson_whose_links_are_known(key: str) -> None:
    about = ENTRIES[key].about
    least, most = (3, 6) if key in gallery.COURSE else (2, 4)
    assert least <= len(about.steps) <= most
    assert link_faults(about.steps) == []
    assert set(about.next) <= set(ENTRIES) - {key}
    assert about.next
    for step in about.steps:
        if step.question is not None:
            rights = [answer for answer in step.question.answers if answer.right]
            assert len(rights) == 1


@every_lesson
def test_what_a_lesson_names_is_in_its_network(key: str) -> None:
    session = ENTRIES[key]
    runs = built(session)
    first, layers = runs[0], {layer.name: layer for layer in runs[0].layers}
    for link in checked(session.about.steps):
        if link.verb == "show":
            panel, _, variable = link.target.partition("/")
            assert panel in PANELS | set(SIGHTS)
            assert not variable or any(
                variable in [known.name for known in layer.variables] for layer in first.layers
            )
        elif link.verb == "pick":
            kind, name, *_ = link.target.split("/")
            assert first.projection(name) if kind == "projection" else name in layers, link
        elif link.verb == "flip":
            assert first.projection(link.target) is not None
        elif link.verb == "open":
            assert link.target in ENTRIES
    for number in live(session.about.steps):
        _assert_known(number, runs, session)
    for step in session.about.steps:
        if step.predict is not None:
            _assert_told(step, runs, session)
        if step.equation is not None:
            path = first.projection(step.equation.projection)
            assert path is not None
            assert step.equation.post < path.shape[0]
            assert step.equation.pre < path.shape[1]


def _assert_known(number: Live, runs: list[ExperimentEntry], session: Session) -> None:
    name = number.name
    if name in ("trial", "epoch", "batch", "seed"):
        return
    if name.startswith(("rule.", "task.")):
        assert session.experiments[0].with_value(name, 1) is not None
        return
    entry = runs[number.index]
    if "[" in name:
        path = entry.projection(name.partition(".")[0])
        assert path is not None
        row, col = map(int, name.partition("[")[2].rstrip("]").split(","))
        assert row < path.shape[0]
        assert col < path.shape[1]
        return
    assert name in [info.name for info in entry.channels], name


def _assert_told(step: Step, runs: list[ExperimentEntry], session: Session) -> None:
    """A channel that is there, and a trial that the run comes to before it ends by itself."""
    told = step.predict
    assert told is not None
    entry = runs[told.experiment - 1]
    assert told.channel in [info.name for info in entry.channels]
    stop = session.experiments[0].stop
    end = stop.trials or (stop.epochs or 0) * entry.epoch_trials
    assert told.trials <= end
    assert len(set(told.guesses)) == len(told.guesses)


@every_lesson
def test_what_a_lesson_sets_can_be_set(key: str) -> None:
    spec = ENTRIES[key].experiments[0]
    for link in checked(ENTRIES[key].about.steps):
        if link.verb != "set" or link.setting[0].endswith(".key"):
            continue
        path, value = link.setting
        changed = spec.with_value(path, json.loads(value) if value[0].isdigit() else value)
        assert changed.problems() == []
        assert changed != spec
        assert not TASKS[spec.task.key].by_file


FORETELLING = [key for key, session in ENTRIES.items() if _predictions(session)]


@pytest.mark.parametrize("key", FORETELLING)
def test_a_prediction_offers_a_guess_near_what_is_measured(key: str) -> None:
    session = ENTRIES[key]
    if session.experiments[0].task.key == "mnist":
        pytest.skip("It takes minutes; what is expected of the network tells it too.")
    for told in _predictions(session):
        run = build(session.experiments[told.experiment - 1])
        run.advance(told.trials)
        value = ValueAt(told.channel, told.trials).read(run)
        assert value is not None, "the channel is measured at that very trial"
        nearest, *others = sorted(abs(guess - value) for guess in told.guesses)
        assert nearest < 0.35 * others[0], value
