"""Someone else's file: every attack of the threat table ends in one clear sentence."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.fault import BiovizError
from bioviz.core.state import State
from bioviz.session.file import SessionError, load, restore_into

from .sample import npy, parts, plain, saved_file, trained, zipped

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Members:
    return parts(saved_file(tmp_path_factory.mktemp("good"), trained(momentum=0.5)))


def refused(content: bytes, folder: Path) -> str:
    """The sentence with which these bytes are refused, at once and without a traceback's words."""
    path = folder / "bad.bioviz"
    path.write_bytes(content)
    began = time.perf_counter()
    with pytest.raises(SessionError) as caught:
        load(path)
    assert time.perf_counter() - began < 2
    sentence = str(caught.value)
    assert sentence.startswith("'bad.bioviz' cannot be opened: ")
    assert sentence.endswith(".")
    assert not any(word in sentence for word in ("Error", "Traceback", "0x", "pydantic"))
    return sentence


def with_data(good: Members, change: Callable[[dict[str, Any]], object]) -> bytes:
    data = plain(good)
    change(data)
    return zipped(good | {"session.json": json.dumps(data).encode()})


# ---- the container ---------------------------------------------------------------------------


def test_text_pictures_and_nothing_at_all_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"P", b"PK", b"hello", b"\x89PNG\r\n", b"\0" * 1000, b"PK\3\4" * 100):
        refused(content, tmp_path)


def test_every_kind_of_truncation_is_refused(good: Members, tmp_path: Path) -> None:
    whole = zipped(good)
    for end in [*range(0, 200, 7), *range(200, len(whole), 97), len(whole) - 1]:
        refused(whole[:end], tmp_path)


def test_bit_flips_are_refused_or_harmless(good: Members, tmp_path: Path) -> None:
    whole = bytearray(zipped(good))
    path = tmp_path / "flipped.bioviz"
    refusals = 0
    for place in range(11, len(whole), 37):
        flipped = whole.copy()
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        try:
            load(path)
        except SessionError:
            refusals += 1
    assert refusals > 0.8 * len(range(11, len(whole), 37))


def test_a_zip_that_is_no_session_is_refused(tmp_path: Path) -> None:
    assert "not a bioviz session" in refused(zipped({"a.txt": b"hello"}), tmp_path)


@pytest.mark.parametrize(
    "name",
    ["../evil.npy", "arrays/../../evil.npy", "/etc/passwd", "C:evil.npy", "arrays\\W1.npy",
     "arrays//W1.npy", "arrays/", "evil.py", "arrays/W1.w.exe", "arrays/7/W1.w.npy", "x/W1.w.npy",
     "arrays/2/3/W1.w.npy", "arrays/W1 w.npy", "arrays/.npy", "arrays/" + "a" * 500 + ".npy"],
)  # fmt: skip
def test_names_that_lead_elsewhere_or_mean_nothing_are_refused(
    name: str, good: Members, tmp_path: Path
) -> None:
    refused(zipped(good | {name: npy(np.zeros(1))}), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.bioviz"]


def test_a_name_with_a_hidden_end_is_refused(good: Members, tmp_path: Path) -> None:
    content = zipped(good | {"arrays/W7.w.npy0evil": npy(np.zeros(1))})
    assert "elsewhere" in refused(content.replace(b".npy0evil", b".npy\0evil"), tmp_path)


def test_two_parts_of_one_name_are_refused(good: Members, tmp_path: Path) -> None:
    stream = io.BytesIO(zipped(good))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("arrays/W1.w.npy", npy(np.zeros(1)))
    assert "same name" in refused(stream.getvalue(), tmp_path)


def test_parts_that_overlap_are_refused(good: Members, tmp_path: Path) -> None:
    content = bytearray(zipped(good))
    starts = [found for found in range(len(content)) if content[found : found + 4] == b"PK\1\2"]
    first = content[starts[1] + 42 : starts[1] + 46]
    content[starts[2] + 42 : starts[2] + 46] = first  # two entries, one place
    assert "overlap" in refused(bytes(content), tmp_path)


def test_a_quoted_overlap_bomb_is_refused(tmp_path: Path) -> None:
    """Many entries that all point at the same bytes."""
    content = bytearray(zipped({f"arrays/W{i}.w.npy": npy(np.zeros(100)) for i in range(50)}))
    for found in range(len(content)):
        if content[found : found + 4] == b"PK\1\2":
            content[found + 42 : found + 46] = bytes(4)
    assert "overlap" in refused(bytes(content), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(good: Members, tmp_path: Path) -> None:
    bomb = {"channels/bomb.npy": npy(np.zeros(4_000_000))}
    assert "200-fold" in refused(zipped(good | bomb, zipfile.ZIP_DEFLATED), tmp_path)


def test_more_than_two_gigabytes_are_refused_by_the_directory_alone(
    good: Members, tmp_path: Path
) -> None:
    content = bytearray(zipped(good | {"channels/a.npy": b"", "channels/b.npy": b""}))
    for found in range(len(content)):
        if content[found : found + 4] == b"PK\1\2":
            content[found + 20 : found + 28] = struct.pack("<2L", 2**31 - 1, 2**31 - 1)
    assert "2 GiB" in refused(bytes(content), tmp_path)


def test_a_part_that_is_longer_than_it_says_is_refused(good: Members, tmp_path: Path) -> None:
    content = bytearray(zipped(good, zipfile.ZIP_DEFLATED))
    found = content.rfind(b"PK\1\2")
    size = struct.unpack_from("<L", content, found + 24)[0]
    struct.pack_into("<L", content, found + 24, size - 16)
    refused(bytes(content), tmp_path)


def test_bytes_before_or_behind_the_archive_are_refused(good: Members, tmp_path: Path) -> None:
    whole = zipped(good)
    refused(b"PK" + b"x" * 50 + whole, tmp_path)
    refused(whole + b"x", tmp_path)


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    many = {f"channels/c{index}.npy": b"" for index in range(5000)}
    assert "far more parts" in refused(zipped(many), tmp_path)


def test_an_encrypted_or_strangely_packed_part_is_refused(good: Members, tmp_path: Path) -> None:
    assert "packed" in refused(zipped(good, zipfile.ZIP_BZIP2), tmp_path)
    content = bytearray(zipped(good))
    for found in range(len(content)):
        if content[found : found + 4] == b"PK\1\2":
            content[found + 8] |= 1
    assert "encrypted" in refused(bytes(content), tmp_path)


# ---- arrays ----------------------------------------------------------------------------------


def headed(text: str, body: bytes = b"", version: bytes = b"\1\0") -> bytes:
    header = text.encode() + b"\n"
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header + body


def described(descr: str, shape: str, order: str = "False") -> str:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


LIES = {
    "a pickle": headed(described("'|O'", "(1,)"), b"cos\nsystem\n(S'echo pwned'\ntR."),
    "terabytes": headed(described("'<f4'", "(1000000, 1000000)"), b"abcd"),
    "an overflowing shape": headed(described("'<f4'", "(4294967296, 4294967296)")),
    "a negative shape": headed(described("'<f4'", "(-1, 4)"), b"\0" * 16),
    "nothing times a lot": headed(described("'<f4'", "(0, 1152921504606846976)")),
    "nothing times more than the cap": headed(described("'<f4'", "(0, 4294967296)")),
    "too many dimensions": headed(described("'<f4'", "(" + "1, " * 40 + ")"), b"\0" * 4),
    "fortran order": headed(described("'<f4'", "(2, 2)", "True"), b"\0" * 16),
    "a structure": headed(described("[('a', '<f4')]", "(1,)"), b"\0" * 4),
    "complex numbers": headed(described("'<c8'", "(1,)"), b"\0" * 8),
    "text": headed(described("'<U1'", "(1,)"), b"\0" * 4),
    "big endian": headed(described("'>f4'", "(1,)"), b"\0" * 4),
    "code for a shape": headed(described("'<f4'", "__import__('os').system('id')"), b"\0" * 4),
    "a long header": b"\x93NUMPY\1\0\xff\xff" + b" " * 65535,
    "another version": headed(described("'<f4'", "(1,)"), b"\0" * 4, b"\2\0"),
    "no header": b"\x93NUMPY",
    "no array": b"hello",
    "nothing": b"",
    "too few bytes": headed(described("'<f4'", "(10,)"), b"\0" * 39),
    "too many bytes": headed(described("'<f4'", "(10,)"), b"\0" * 41),
    "a bool that is neither": headed(described("'|b1'", "(1,)"), b"\2"),
}


@pytest.mark.parametrize("lie", list(LIES))
def test_an_array_that_lies_is_refused(lie: str, good: Members, tmp_path: Path) -> None:
    assert "W2.w" in refused(zipped(good | {"arrays/W2.w.npy": LIES[lie]}), tmp_path)


def test_weights_of_another_shape_are_refused_with_both_shapes(
    good: Members, tmp_path: Path
) -> None:
    content = zipped(good | {"arrays/W2.w.npy": npy(np.zeros((3, 20), np.float32))})
    assert "3 by 20, but this network needs 2 by 20" in refused(content, tmp_path)


def test_missing_weights_are_refused(good: Members, tmp_path: Path) -> None:
    assert "W1.w are missing" in refused(
        zipped({name: part for name, part in good.items() if "W1.w" not in name}), tmp_path
    )


def test_arrays_without_a_run_are_refused(good: Members, tmp_path: Path) -> None:
    assert "without the run" in refused(
        with_data(good, lambda data: data.update(states=[None])), tmp_path
    )


@pytest.mark.parametrize(
    "rows",
    [np.zeros(4), np.zeros((3, 3)), np.zeros((2, 2), np.float32), np.array([[5.0, 1], [4, 1]]),
     np.array([[np.nan, 1]]), np.array([[np.inf, 1]]), np.array([[-1.0, 1]]), np.zeros((2, 2))],
)  # fmt: skip
def test_curves_that_are_no_curves_are_refused(
    rows: np.ndarray, good: Members, tmp_path: Path
) -> None:
    content = zipped(good | {"channels/test_error.npy": npy(rows)})
    assert "test_error" in refused(content, tmp_path)


# ---- the text --------------------------------------------------------------------------------

TEXTS = {
    "not a number": b'{"schema": 1, "experiments": [NaN]}',
    "infinity": b'{"schema": 1, "experiments": [1e999]}',
    "a deep nest": b'{"schema": 1, "a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "a long number": b'{"schema": ' + b"9" * 100_000 + b"}",
    "half a character": b'{"schema": 1, "about": {"title": "\\ud800"}}',
    "not UTF-8": b'{"schema": 1, "about": {"title": "\xff\xfe"}}',
    "a list": b"[1, 2]",
    "no schema": b'{"experiments": []}',
    "a schema in words": b'{"schema": "one"}',
    "a schema that is true": b'{"schema": true}',
    "a negative schema": b'{"schema": -1}',
    "a schema of halves": b'{"schema": 1.5}',
    "no experiments": b'{"schema": 1, "experiments": []}',
    "nothing": b"",
    "cut short": b'{"schema": 1, "exper',
    "17 megabytes": b'{"schema": 1, "a": "' + b"x" * 17 * 2**20 + b'"}',
}


@pytest.mark.parametrize("kind", list(TEXTS))
def test_text_that_is_no_session_is_refused(kind: str, good: Members, tmp_path: Path) -> None:
    refused(TEXTS[kind], tmp_path)
    refused(zipped(good | {"session.json": TEXTS[kind]}), tmp_path)


def test_a_plain_file_cannot_claim_a_run(good: Members, tmp_path: Path) -> None:
    assert "states" in refused(good["session.json"], tmp_path)


def test_a_network_of_half_a_million_layers_is_refused_at_once(
    good: Members, tmp_path: Path
) -> None:
    layers = [{"name": f"h{index}"} for index in range(400_000)]
    content = with_data(good, lambda data: data["experiments"][0]["network"].update(layers=layers))
    assert "at most 100 layers" in refused(content, tmp_path)


def test_a_network_that_no_memory_holds_opens_but_is_not_built(
    good: Members, tmp_path: Path
) -> None:
    def swell(data: dict[str, Any]) -> None:
        data["experiments"][0]["network"]["layers"][1]["size"] = 100_000
        data["experiments"][0]["batch"] = 10_000
        data["states"] = [None]

    path = tmp_path / "large.bioviz"
    path.write_bytes(with_data({"session.json": good["session.json"]}, swell))
    saved = load(path)
    assert any("too large for the memory" in warning for warning in saved.warnings)
    with pytest.raises(BiovizError, match="batch"):
        saved.build()


def state(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["states"][0]
    return found


STREAM = {
    "bit_generator": "PCG64",
    "state": {"state": "1", "inc": "3"},
    "has_uint32": 0,
    "uinteger": 0,
}

META: dict[str, Callable[[dict[str, Any]], object]] = {
    "trial in words": lambda meta: meta.update(trial="ten"),
    "trial below zero": lambda meta: meta.update(trial=-1),
    "trial beyond counting": lambda meta: meta.update(trial=2**70),
    "trial missing": lambda meta: meta.pop("trial"),
    "something unknown": lambda meta: meta.update(evil=1),
    "tally as a list": lambda meta: meta.update(tally=[1, 2]),
    "tally in words": lambda meta: meta["tally"].update(loss="much"),
    "tally too much": lambda meta: meta["tally"].update(extra=1),
    "confusions in words": lambda meta: meta.update(confusion="none"),
    "confusions below zero": lambda meta: meta.update(confusion={"trial": 0, "counts": [-1] * 4}),
    "markers as text": lambda meta: meta.update(markers="here"),
    "markers too long": lambda meta: meta.update(markers=[[1, "a", 2]]),
    "frozen as text": lambda meta: meta.update(frozen="W1"),
    "frozen numbers": lambda meta: meta.update(frozen=[1]),
    "rule as a list": lambda meta: meta.update(rule=[]),
    "streams as a list": lambda meta: meta.update(streams=[]),
    "another generator": lambda meta: meta.update(streams={"a": STREAM | {"bit_generator": "os"}}),
    "no stream": lambda meta: meta.update(streams={"a": {}}),
    "a stream in words": lambda meta: meta.update(
        streams={"a": STREAM | {"state": {"state": "x", "inc": "1"}}}
    ),
    "a stream beyond 128 bits": lambda meta: meta.update(
        streams={"a": STREAM | {"state": {"state": "9" * 39, "inc": "1"}}}
    ),
    "a stream of endless digits": lambda meta: meta.update(
        streams={"a": STREAM | {"state": {"state": "9" * 10_000, "inc": "1"}}}
    ),
    "a stream out of range": lambda meta: meta.update(streams={"a": STREAM | {"uinteger": 2**32}}),
}


@pytest.mark.parametrize("kind", list(META))
def test_a_malformed_state_is_refused(kind: str, good: Members, tmp_path: Path) -> None:
    content = with_data(good, lambda data: META[kind](state(data)))
    assert "saved state is malformed" in refused(content, tmp_path)


def test_a_state_from_before_anything_could_be_frozen_opens(good: Members, tmp_path: Path) -> None:
    path = tmp_path / "early.bioviz"
    path.write_bytes(with_data(good, lambda data: state(data).pop("frozen")))
    live = load(path).build()
    assert not any(projection.frozen for projection in live.net.projections.values())


def test_states_that_are_no_list_or_too_many_are_refused(good: Members, tmp_path: Path) -> None:
    for states in ({}, "x", [], [None, None], [1], [[]]):
        refused(with_data(good, lambda data, states=states: data.update(states=states)), tmp_path)  # type: ignore[misc]


# ---- what only the live network can tell -----------------------------------------------------


def misfit(change: Callable[[State], object], rule: str = "weight_mirror") -> str:
    """The sentence with which a changed state is refused; nothing in the experiment may move."""
    experiment = trained(25, rule=rule)
    kept = experiment.capture()
    spoilt = experiment.capture()
    change(spoilt)
    with pytest.raises(SessionError) as caught:
        restore_into(experiment, spoilt)
    for address, array in kept.arrays.items():
        assert array.tobytes() == experiment.net.weights()[address].tobytes()
    assert experiment.capture().meta == kept.meta
    return str(caught.value)


def test_a_state_that_does_not_fit_its_network_changes_nothing() -> None:
    other = np.zeros((20, 3), np.float32)
    assert "B2.w has the shape 20 by 3" in misfit(lambda s: s.arrays.update({"B2.w": other}))
    assert "'B9.w'" in misfit(lambda s: s.arrays.update({"B9.w": other}))
    assert "'W1.send'" in misfit(lambda s: s.arrays.update({"W1.send": other}))
    assert "'W1.mask'" in misfit(lambda s: s.arrays.update({"W1.mask": s.arrays["W1.w"]}))
    assert "'W9' is frozen" in misfit(lambda s: s.meta.update(frozen=["W9"]))
    assert "B2.w are missing" in misfit(lambda s: s.arrays.pop("B2.w"))
    wide = lambda s: s.arrays.update({"W1.w": s.arrays["W1.w"].astype(np.float64)})  # noqa: E731
    assert "float64 numbers; float32" in misfit(wide)
    assert "behind the end" in misfit(lambda s: s.meta.update(position=10**9))
    for memory in ({}, {"engaged_trials": "many"}, {"engaged_trials": None}):
        assert "remembers is malformed" in misfit(lambda s, m=memory: s.meta.update(rule=m))  # type: ignore[misc]


def test_a_velocity_without_its_weights_is_refused() -> None:
    zero = np.zeros((3, 3), np.float32)
    assert "'B7.velocity'" in misfit(lambda s: s.arrays.update({"B7.velocity": zero}))
    assert "shape 3 by 3" in misfit(lambda s: s.arrays.update({"W1.velocity": zero}))


def test_a_state_of_another_rule_is_refused() -> None:
    foreign = trained(5, rule="backprop").capture()
    experiment = build(trained(0).spec)
    with pytest.raises(SessionError, match=r"B2\.w are missing"):
        restore_into(experiment, foreign)


# ---- memory ----------------------------------------------------------------------------------

BOUND = """
import resource, sys
from bioviz.session.file import SessionError, load
import bioviz.core.registry
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        load(path)
    except SessionError:
        pass
    else:
        raise SystemExit("opened " + path)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="getrusage counts in kB there")
def test_hostile_files_take_no_memory_to_refuse(good: Members, tmp_path: Path) -> None:
    bomb = zipped(good | {"channels/b.npy": npy(np.zeros(25_000_000))}, zipfile.ZIP_DEFLATED)
    huge = zipped(good | {"arrays/W2.w.npy": LIES["terabytes"]})
    many = zipped({f"channels/c{index}.npy": b"" for index in range(60_000)})
    paths = []
    for name, content in (("bomb", bomb), ("huge", huge), ("many", many)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", BOUND, *map(str, paths)], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 60, "MiB"
