"""A folder of figures: one file a panel, each with the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..session.atomic import write_text
from ..session.fault import SessionError
from .file import save
from .gather import Described
from .sheet import Sheet
from .table import figure_csv

Tell = Callable[[str, float], None]


def write_folder(
    all_described: Sequence[Described], folder: Path, sheet: Sheet, tell: Tell
) -> Iterator[Path]:
    """Write every figure that there is; each figure's path as soon as it is written.

    `tell` hears which one is drawn and what part is done. SessionError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SessionError(f"'{folder}' cannot be made ({reason}); choose another.") from error
    for place, described in enumerate(all_described):
        if described.spec is None:
            continue
        tell(f"Drawing {described.title}", place / len(all_described))
        path = folder / f"{described.key}.{sheet.form}"
        save(described.spec, path, sheet)
        write_text(path.with_suffix(".csv"), figure_csv(described.spec))
        yield path
