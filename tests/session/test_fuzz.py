"""Good files, mangled at random: every one opens or is refused in words, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bioviz.core.fault import BiovizError
from bioviz.core.misfit import MOST_WEIGHTS
from bioviz.session.file import SessionError, load

from .sample import parts, plain, saved_file, trained, zipped

QUICK = settings(
    max_examples=int(os.environ.get("BIOVIZ_FUZZ", 200)),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

Json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_file(tmp_path_factory.mktemp("good"), trained(25, rule="weight_mirror"))


def opens_or_is_refused(content: bytes, folder: Path) -> None:
    """Load, and where that works build and train a little: only BiovizErrors may come out."""
    path = folder / "mangled.bioviz"
    path.write_bytes(content)
    try:
        saved = load(path)
    except SessionError as error:
        assert str(error).startswith("'mangled.bioviz' cannot be opened: ")  # noqa: PT017
        return
    spec = saved.experiments[0]
    if (
        spec.network.weight_count * spec.batch > 10_000_000
        or spec.network.weight_count > MOST_WEIGHTS
    ):
        return  # sound, but too large for a quick test
    try:
        saved.build().advance(2)
    except BiovizError as error:
        assert str(error), "a fault without words"  # noqa: PT017


@QUICK
@given(data=st.data())
def test_mangled_bytes_never_surprise(data: st.DataObject, good: Path, tmp_path: Path) -> None:
    content = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["put", "cut", "insert", "double"]))
        some = data.draw(st.binary(min_size=1, max_size=8))
        end = min(len(content), start + data.draw(st.integers(1, 64)))
        if kind == "put":
            content[start : start + len(some)] = some
        elif kind == "cut":
            del content[start:end]
        elif kind == "insert":
            content[start:start] = some
        else:
            content[start:start] = content[start:end]
        content = content or bytearray(b"P")
    opens_or_is_refused(bytes(content), tmp_path)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in nested JSON, as paths of keys."""
    found = [path] if path else []
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            found += places(inner, (*path, key))
    return found


@QUICK
@given(data=st.data())
def test_one_changed_field_never_surprises(data: st.DataObject, good: Path, tmp_path: Path) -> None:
    members = parts(good)
    content = plain(members)
    spot = data.draw(st.sampled_from(places(content)))
    holder = content
    for key in spot[:-1]:
        holder = holder[key]
    if data.draw(st.booleans()):
        holder[spot[-1]] = data.draw(Json)
    else:
        del holder[spot[-1]]
    changed = json.dumps(content).encode()
    opens_or_is_refused(zipped(members | {"session.json": changed}), tmp_path)


@QUICK
@given(data=st.data())
def test_one_mangled_part_never_surprises(data: st.DataObject, good: Path, tmp_path: Path) -> None:
    """The zip is sound, with right checksums; only a part's content is not."""
    members = parts(good)
    name = data.draw(st.sampled_from(sorted(members)))
    part = bytearray(members[name])
    start = data.draw(st.integers(0, max(0, len(part) - 1)))
    part[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    opens_or_is_refused(zipped(members | {name: bytes(part)}), tmp_path)


def test_the_places_of_nested_data_are_all_found() -> None:
    assert places({"a": [1, {"b": 3.1}]}) == [("a",), ("a", 0), ("a", 1), ("a", 1, "b")]
