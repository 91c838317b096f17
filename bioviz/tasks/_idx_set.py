"""Sets in MNIST's format: found on disk, downloaded when a user asks, checked, and read."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np

from ..core.fault import DataMissing
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._idx import read_idx

SMALL = 8000  # training images of the small set; the other 2,000 of the test file are held out
SIDE = 28  # pixels


class IdxSetParams(Part):
    """Which part of it."""

    part: Literal["full", "small"] = parameter(
        "full",
        "All 60,000 training images, or 8,000 drawn from the test file (2,000 held out).",
        title="Images",
        rebuild=True,
        names={"full": "60,000 (full)", "small": "8,000 (small)"},
    )


class File(NamedTuple):
    """One file of a set: its name without .gz, the bytes to download, and its SHA-256."""

    name: str
    size: int
    digest: str


class IdxSet(Task):
    """60,000 training and 10,000 test pictures of 28 by 28 pixels in four gzipped IDX files.

    Subclasses give `mirrors`, `files` and `names`. `packed` says that the digests are those of the
    files as they are downloaded; else they are of what is inside, where mirrors have compressed it
    differently (sizes are then about right, for they are only for the progress).
    """

    mirrors: ClassVar[tuple[str, ...]]
    files: ClassVar[tuple[File, ...]]
    packed: ClassVar[bool] = True
    names: ClassVar[tuple[str, ...]]  # of the classes
    Params = IdxSetParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return SIDE * SIDE, 10

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        home = self.folder()
        if home is None:
            raise self._missing()
        progress(f"Reading {self.title}", 0.1)
        held_out = self._read(home, "t10k", 10_000)
        if self.params.part == "small":
            return self._dataset(*_split(*held_out))
        training = self._read(home, "train", 60_000)
        progress(f"Reading {self.title}", 1.0)
        return self._dataset(_examples(*training), _examples(*held_out))

    # ---- where it lies -----------------------------------------------------------------------

    @classmethod
    def places(cls) -> list[Path]:
        """Where the set is looked for, first place first."""
        import platformdirs

        chosen = os.environ.get("BIOVIZ_DATA_DIR")
        cache = platformdirs.user_cache_path("bioviz", appauthor=False) / "data"
        return [*([Path(chosen) / cls.key] if chosen else []), cache / cls.key]

    @classmethod
    def folder(cls) -> Path | None:
        """The first place that holds all four files, or None."""
        for place in cls.places():
            if all((place / f"{file.name}.gz").is_file() for file in cls.files):
                return place
        return None

    @classmethod
    def _missing(cls) -> DataMissing:
        return DataMissing(
            f"{cls.title} is not on this machine. Download it ({cls.megabytes} MB) with File > "
            f"Download data or `bioviz fetch {cls.key}`, or set BIOVIZ_DATA_DIR to the folder that "
            f"holds {cls.key}/.",
            fetch=cls.key,
        )

    # ---- downloading -------------------------------------------------------------------------

    @classmethod
    def download(cls, progress: Progress = silent) -> Path:
        """Fetch all four files into the cache, each from the first mirror with the right bytes.

        Raises DataMissing where no mirror has them; what was fetched before stays.
        """
        target = cls.places()[-1]
        for file in cls.files:
            place = target / f"{file.name}.gz"
            if not cls._sound(place, file):
                place.unlink(missing_ok=True)
                cls._fetch(place, file, progress)
        progress(f"{cls.title} is here", 1.0)
        return target

    @classmethod
    def _fetch(cls, place: Path, file: File, progress: Progress) -> None:
        failures = []
        for mirror in cls.mirrors:
            host = mirror.split("/")[2]
            try:
                _retrieve(f"{mirror}{place.name}", place, _Bar(cls, file, progress))
            except (OSError, ValueError) as error:  # requests' faults are OSErrors
                failures.append(f"{host}: {type(error).__name__}")
                continue
            if cls._sound(place, file):
                return
            place.unlink()
            failures.append(f"{host}: the file is not {cls.title}'s")
        raise DataMissing(
            f"{cls.title} could not be downloaded ({'; '.join(failures)}). Check the connection "
            f"and try again, or put the four .gz files into {place.parent}.",
            fetch=cls.key,
        )

    @classmethod
    def _sound(cls, place: Path, file: File) -> bool:
        """Whether a file is in its place with the right bytes."""
        if not place.is_file():
            return False
        try:
            content = place.read_bytes()
            content = content if cls.packed else gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return False
        return hashlib.sha256(content).hexdigest() == file.digest

    # ---- reading -----------------------------------------------------------------------------

    @classmethod
    def _read(cls, home: Path, kind: str, count: int) -> tuple[np.ndarray, np.ndarray]:
        who = (cls.title, cls.key)
        images = read_idx(home / f"{kind}-images-idx3-ubyte.gz", (count, SIDE, SIDE), *who)
        labels = read_idx(home / f"{kind}-labels-idx1-ubyte.gz", (count,), *who)
        return images.reshape(count, SIDE * SIDE), labels.astype(np.intp)

    @classmethod
    def _dataset(cls, train: Examples, test: Examples) -> Dataset:
        return Dataset(train=train, test=test, classes=cls.names, image=(SIDE, SIDE))


class _Bar:
    """What pooch tells how many bytes have come, passed on as a fraction of all four files."""

    def __init__(self, of: type[IdxSet], file: File, progress: Progress) -> None:
        self.total = 0
        self._words = f"Downloading {of.title}: {file.name}"
        self._before = sum(other.size for other in of.files[: of.files.index(file)])
        self._all = sum(other.size for other in of.files)
        self._came = 0
        self._progress = progress
        self.update(0)

    def update(self, count: int) -> None:
        self._came += count
        done = self._before + min(self._came, self.total or 0)
        self._progress(self._words, min(done / self._all, 1.0))

    def reset(self) -> None:
        """pooch calls this, then update(total), once the file is whole."""
        self._came = 0

    def close(self) -> None:
        """Nothing to put away."""


def _retrieve(address: str, place: Path, bar: _Bar) -> None:
    """Download one file to its place by way of a temporary one."""
    import pooch

    pooch.get_logger().setLevel("WARNING")  # it would write to the terminal, over our own words
    loader = pooch.HTTPDownloader(progressbar=bar)
    pooch.retrieve(address, None, place.name, place.parent, downloader=loader)


def _split(images: np.ndarray, labels: np.ndarray) -> tuple[Examples, Examples]:
    rows = Streams(0).fresh("mnist split").permutation(len(images))
    images, labels = images[rows], labels[rows]
    return _examples(images[:SMALL], labels[:SMALL]), _examples(images[SMALL:], labels[SMALL:])


def _examples(images: np.ndarray, labels: np.ndarray) -> Examples:
    return Examples(images, 10, labels=labels, scale=1 / 255)
