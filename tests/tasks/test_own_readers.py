"""The readers of somebody's own files: good ones are read, bad ones are told in one sentence."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bioviz.core.fault import BiovizError, DataMissing
from bioviz.core.stream import Streams
from bioviz.core.task import Dataset
from bioviz.tasks import _csv, _image_folder, _table
from bioviz.tasks._idx import NotIdx, decode_idx
from bioviz.tasks.own_data import OwnData, read_table

from .own import flower_rows, flowers, idx_bytes, idx_pair, params_of, reason, write

# ---- tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("header", [True, False])
def test_any_usual_separator_is_found_with_a_header_or_without(
    tmp_path: Path, separator: str, header: bool
) -> None:
    rows = ["length,width,kind"] * header + flower_rows()
    table = read_table(write(tmp_path / "f.csv", *(row.replace(",", separator) for row in rows)))
    assert table.inputs.shape == (40, 2)
    assert table.words == ("rose", "tulip")
    assert table.label == ("kind" if header else "column 3")
    assert not table.skipped


def test_a_label_is_found_by_its_name_wherever_it_stands(tmp_path: Path) -> None:
    rows = [f"{i % 3},{i},{-i}" for i in range(30)]
    table = read_table(write(tmp_path / "f.csv", "Label,a,b", *rows))
    assert (table.label, table.names) == ("Label", ("a", "b"))
    other = read_table(tmp_path / "f.csv", label="b")
    assert (other.label, other.names) == ("b", ("Label", "a"))
    assert read_table(tmp_path / "f.csv", label="2").label == "a"


def test_an_unknown_label_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "Known: length, width, kind" in reason(flowers(tmp_path), label="colour")


def test_columns_of_words_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [f"plant {i},{row}" for i, row in enumerate(flower_rows())]
    table = read_table(write(tmp_path / "f.csv", "name,length,width,kind", *rows))
    assert table.names == ("length", "width")
    assert table.remarks == ("Left out, for they hold words: name.",)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n"])
def test_line_endings_of_every_kind_are_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(ending.join(flower_rows()).encode())
    assert len(read_table(path)) == 40


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "latin-1"])
def test_labels_with_accents_are_read_in_usual_codings(tmp_path: Path, coding: str) -> None:
    text = "\n".join(row.replace("rose", "rosé") for row in flower_rows())
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode(coding))
    table = read_table(path)
    assert table.words == ("rosé", "tulip")
    assert bool(table.remarks) == (coding == "latin-1")


def test_a_gzipped_table_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "flowers"
    path.write_bytes(gzip.compress("\n".join(flower_rows()).encode()))
    assert len(read_table(path)) == 40


def test_quoted_cells_may_hold_the_separator(tmp_path: Path) -> None:
    rows = [row.replace("rose", '"rose, red"') for row in flower_rows()]
    assert read_table(write(tmp_path / "f.csv", *rows)).words[0] == "rose, red"


def test_many_rows_are_read_block_by_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_table(flowers(tmp_path, 200)).inputs
    monkeypatch.setattr(_csv, "BLOCK", 21)
    (tmp_path / "again").mkdir()
    np.testing.assert_array_equal(read_table(flowers(tmp_path / "again", 200)).inputs, whole)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "empty"),
        (["a,b", "1,x", "2,y"], "at least 10"),
        (["1", "2", "3"], "one column"),
        ([f"{i},only" for i in range(20)], "of one class ('only')"),
        ([f"word {i},x{i % 2}" for i in range(20)], "no column besides the label"),
        ([f"{i},{'x' * 300}{i % 2}" for i in range(20)], "long texts"),
        ([f"{i},x{i}" for i in range(1200)], "1,200 different values"),
        ([f"{i},{i if i < 4 else ''},{i % 2}" for i in range(20)], "16 were skipped"),
        (["\0\1\2"], "no text"),
        (['1,"' + "x" * 200_000], "row"),
    ],
    ids=["empty", "few", "column", "class", "words", "texts", "values", "nan", "binary", "field"],
)
def test_a_table_that_cannot_be_learned_is_told_in_a_sentence(
    tmp_path: Path, rows: list[str], words: str
) -> None:
    path = write(tmp_path / "f.csv", *rows) if rows else tmp_path / "f.csv"
    path.touch()
    assert words in reason(path)


def test_more_than_the_caps_allow_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = flowers(tmp_path)
    for module, name, most, words in (
        (_csv, "MOST_TEXT", 100, "larger than"),
        (_table, "MOST_NUMBERS", 1, "numbers; use a part"),
        (_table, "MOST_INPUTS", 1, "at most 1 can"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, most)
            os.utime(path, ns=(0, hash(name) % 10**9))
            assert words in reason(path)


def test_a_spreadsheet_is_told_to_be_saved_as_csv(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "flowers.xlsx", "w") as archive:
        archive.writestr("sheet.xml", "<xml/>")
    assert "save its sheet as CSV" in reason(tmp_path / "flowers.xlsx")


def test_a_table_may_begin_as_an_archive_does(tmp_path: Path) -> None:
    assert len(read_table(write(tmp_path / "f.csv", "PK,width,kind", *flower_rows()))) == 40


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "There is no file" in reason(tmp_path / "pipe.csv")


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    def stop(_text: str, _fraction: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_table(flowers(tmp_path), progress=stop)
    assert len(read_table(tmp_path / "flowers.csv")) == 40


# ---- archives ----------------------------------------------------------------------------------


def arrays(count: int = 30) -> dict[str, np.ndarray]:
    stream = np.random.default_rng(3)
    return {"x": stream.normal(size=(count, 4)), "y": np.arange(count) % 3}


def saved(path: Path, **parts: Any) -> Path:
    np.savez(path, **parts)
    return path


def test_x_and_y_are_read_from_an_archive(tmp_path: Path) -> None:
    params = params_of(saved(tmp_path / "a.npz", **arrays()))
    assert (params.kind, params.inputs, params.classes) == ("npz", 4, ("0", "1", "2"))
    np.savez_compressed(tmp_path / "b.npz", X=arrays()["x"].astype("f2"), Y=arrays()["y"])
    assert params_of(tmp_path / "b.npz").inputs == 4


def test_an_archive_brings_its_own_test_set(tmp_path: Path) -> None:
    train, test = arrays(30), arrays(12)
    path = saved(
        tmp_path / "a.npz", x_train=train["x"], y_train=train["y"], x_test=test["x"],
        y_test=test["y"],
    )  # fmt: skip
    params = params_of(path)
    assert params.own_split
    data = OwnData(params).load(Streams(1))
    assert (len(data.train), len(data.test)) == (30, 12)


def test_pictures_in_an_archive_are_seen_as_pictures(tmp_path: Path) -> None:
    stream = np.random.default_rng(3)
    grey = stream.integers(0, 256, (20, 6, 5)).astype(np.uint8)
    params = params_of(saved(tmp_path / "a.npz", x=grey, y=np.arange(20) % 2))
    assert (params.image, params.scaling) == ((6, 5), "range")
    colour = stream.integers(0, 256, (20, 6, 5, 3)).astype(np.uint8)
    table = read_table(saved(tmp_path / "c.npz", x=colour, y=np.arange(20) % 2))
    assert table.image == (6, 5)
    assert "grey" in table.remarks[0]


def test_rows_of_a_one_among_zeros_are_classes_and_other_rows_numbers(tmp_path: Path) -> None:
    parts = arrays()
    hot = params_of(saved(tmp_path / "a.npz", x=parts["x"], y=np.eye(3)[parts["y"]]))
    assert (hot.target, hot.outputs) == ("classes", 3)
    many = params_of(saved(tmp_path / "b.npz", x=parts["x"], y=parts["x"] @ np.ones((4, 2))))
    assert (many.target, many.outputs) == ("numbers", 2)


def test_rows_that_are_not_finite_are_skipped_and_counted(tmp_path: Path) -> None:
    parts = arrays()
    parts["x"][4, 1] = np.nan
    parts["x"][9, 2] = np.inf
    table = read_table(saved(tmp_path / "a.npz", **parts))
    assert (len(table), table.skipped) == (28, {"a value that is not finite": 2})


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"a": np.zeros(3)}, "it holds a, but needs arrays called x and y"),
        ({"x": np.zeros((3, 2)), "y": np.zeros(4)}, "'x' has 3 rows but 'y' 4"),
        ({"x": np.array([{}] * 12, object), "y": np.zeros(12)}, "not a plain array of numbers"),
        ({"x": np.zeros((12, 2)), "y": np.array(["a", "b"] * 6)}, "not a plain array of numbers"),
        ({"x": np.float64(1), "y": np.float64(1)}, "single number"),
        ({"x": np.zeros((12, 0)), "y": np.arange(12) % 2}, "no numbers"),
    ],
    ids=["names", "lengths", "objects", "texts", "numbers", "nothing"],
)
def test_an_archive_that_cannot_be_learned_is_told_in_a_sentence(
    tmp_path: Path, parts: dict[str, Any], words: str
) -> None:
    assert words in reason(saved(tmp_path / "a.npz", **parts))


def test_a_bomb_in_an_archive_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros((20_000, 400)), y=np.zeros(20_000))
    assert "grow more than 200-fold" in reason(tmp_path / "a.npz")


def test_a_part_of_an_archive_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.npz", **arrays())
    path.write_bytes(path.read_bytes()[:-40])
    assert "damaged or cut short" in reason(path)


# ---- IDX files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
def test_labels_are_found_beside_the_pictures(tmp_path: Path, packed: bool) -> None:
    path = idx_pair(tmp_path, packed=packed)
    params = params_of(path)
    assert (params.kind, params.image, params.outputs) == ("idx", (5, 4), 3)
    assert "labels" in params.label
    labels = path.with_name(path.name.replace("images-idx3", "labels-idx1"))
    assert params_of(labels).sha256 == params.sha256, "choosing the labels' file will do as well"


def test_test_files_beside_the_training_files_are_held_out(tmp_path: Path) -> None:
    path = idx_pair(tmp_path)
    idx_pair(tmp_path, "t10k", 9)
    data = OwnData(params_of(path)).load(Streams(1))
    assert (len(data.train), len(data.test)) == (30, 9)
    assert data.train.inputs.dtype == np.uint8


def test_labels_of_another_name_can_be_chosen_in_the_same_folder_only(tmp_path: Path) -> None:
    path = idx_pair(tmp_path)
    labels = tmp_path / "train-labels-idx1-ubyte"
    labels.rename(tmp_path / "answers-idx1")
    assert "no labels were found" in reason(path)
    assert "answers-idx1" in params_of(path, label="answers-idx1").label
    assert "same folder" in reason(path, label="../answers-idx1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\0\0\x08\x03" + b"\0" * 3, "ends before its dimensions do"),
        (idx_bytes(np.zeros((30, 5, 4), np.uint8))[:-1], "damaged or cut short"),
        (idx_bytes(np.zeros((30, 5, 4), np.uint8)) + b"x", "damaged or cut short"),
        (b"\0\0\x08\xff" + b"\0" * 1100, "255 dimensions"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "damaged or cut short"),
        (idx_bytes(np.zeros((29, 5, 4), np.uint8)), "29 examples but"),
        (gzip.compress(idx_bytes(np.zeros((30, 5, 4), np.uint8)))[:-9], "cut short"),
    ],
    ids=["header", "short", "long", "dimensions", "huge", "count", "gzip"],
)
def test_a_broken_idx_file_is_told_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = idx_pair(tmp_path)
    path.write_bytes(content)
    assert words in reason(path)


def test_numbers_of_other_types_are_read_from_idx() -> None:
    array = np.linspace(-1, 1, 6).astype(">f4").reshape(2, 3)
    assert decode_idx(idx_bytes(array, 0x0D), 1000).tolist() == array.tolist()
    with pytest.raises(NotIdx, match="most that can be read"):
        decode_idx(gzip.compress(bytes(10_000)), 100)


# ---- folders of pictures -----------------------------------------------------------------------


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Two classes of eight small pictures: dark ones and light ones."""
    image = pytest.importorskip("PIL.Image")
    for name, shade in (("dark", 20), ("light", 230)):
        (tmp_path / "set" / name).mkdir(parents=True)
        for place in range(8):
            made = image.new("RGB", (30 + place, 20), (shade, shade, shade))
            made.save(tmp_path / "set" / name / f"{place}.{'png' if place % 2 else 'jpg'}")
    return tmp_path / "set"


def test_a_sub_folder_is_a_class_and_pictures_are_made_of_one_size(pictures: Path) -> None:
    params = params_of(pictures, side=12)
    assert (params.classes, params.image) == (("dark", "light"), (12, 12))
    table = read_table(pictures, side=12)
    assert table.inputs.shape == (16, 144)
    assert table.inputs[0].max() < 60 < 200 < table.inputs[-1].min()


def test_pictures_that_cannot_be_read_are_skipped_and_counted(pictures: Path) -> None:
    (pictures / "dark" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (pictures / "dark" / "text.jpg").write_text("hello")
    (pictures / "dark" / "notes.txt").write_text("no picture, and not counted")
    table = read_table(pictures)
    assert len(table) == 16
    assert table.skipped == {_image_folder.UNREADABLE: 2}


def test_a_huge_picture_is_skipped_before_it_is_unpacked(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = pytest.importorskip("PIL.Image")
    image.new("L", (400, 400)).save(pictures / "dark" / "huge.png")
    monkeypatch.setattr(_image_folder, "MOST_PIXELS", 100_000)
    assert read_table(pictures).skipped == {_image_folder.TOO_LARGE: 1}
    monkeypatch.setattr(image, "MAX_IMAGE_PIXELS", 100_000)
    monkeypatch.setattr(_image_folder, "MOST_PIXELS", 10**9)
    assert read_table(pictures, side=20).skipped == {_image_folder.TOO_LARGE: 1}


def test_what_is_transparent_becomes_white(pictures: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    for file in (pictures / "light").iterdir():
        image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(file.with_suffix(".png"))
    light = read_table(pictures).inputs[-1]
    assert light.min() == 255


def test_a_changed_picture_is_noticed(pictures: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    params = params_of(pictures)
    OwnData(params).load(Streams(1))
    image.new("L", (40, 40), 128).save(pictures / "dark" / "1.png")
    with pytest.raises(DataMissing, match="has changed since"):
        OwnData(params).load(Streams(1))


def test_a_folder_without_classes_is_told(tmp_path: Path) -> None:
    assert "one sub-folder for each class" in reason(tmp_path)


# ---- anything at all ---------------------------------------------------------------------------


def corpus() -> list[bytes]:
    stream = io.BytesIO()
    np.savez(stream, **arrays())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", b"\x93NUMPY\x01\x00\x10\x00{'descr': '<f4'}")
    text = "\n".join(("a,b,kind", *flower_rows())).encode()
    image = idx_bytes(np.zeros((12, 3, 3), np.uint8))
    return [stream.getvalue(), packed.getvalue(), text, gzip.compress(text), image]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.integers(0, 4),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=4),
    cut=st.floats(0.2, 1),
)
def test_whatever_the_bytes_are_it_is_read_or_told_in_words(
    place: int, edits: list[tuple[float, bytes]], cut: float
) -> None:
    content = bytearray(corpus()[place])
    for where, new in edits:
        start = int(where * (len(content) - 1))
        content[start : start + len(new)] = new
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(content[: max(1, int(cut * len(content)))])
        data = learned(path)
        assert data is None or np.isfinite(data.train.read(slice(None), np.float32)[0]).all()


def learned(path: Path) -> Dataset | None:
    """The data, or None where a fault in words says why there are none."""
    try:
        return OwnData(params_of(path)).load(Streams(1))
    except BiovizError:
        return None
