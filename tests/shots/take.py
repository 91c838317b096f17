"""Takes the pictures of the README and for review, from the program itself.

    python -m tests.shots.take [FOLDER] [--network KEY ...] [--tabs]

Without a folder the README's own picture is written beside this file; with one, the start page
and every gallery network (or those named) at two sizes in both themes, with `--tabs` also each
panel that lies behind another.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for place in ("BIOVIZ_CONFIG_DIR", "BIOVIZ_STATE_DIR"):
    os.environ[place] = tempfile.mkdtemp(prefix="bioviz-shots-")

from PySide6.QtCore import Qt  # noqa: E402

from bioviz.app.settings import Settings  # noqa: E402  (after its folders are chosen)
from bioviz.app.start import make_app  # noqa: E402
from bioviz.app.window import FIRST, Window  # noqa: E402
from bioviz.core.status import Mode, Stride  # noqa: E402
from bioviz.session import gallery  # noqa: E402
from bioviz.tasks import mnist  # noqa: E402
from bioviz.ui import theme  # noqa: E402
from bioviz.ui.pump import seen  # noqa: E402

SIZES = ((1280, 720), (1920, 1080))
LONGEST = 15.0  # seconds for which a network is trained, whatever a trial takes
STRETCH = 10  # trials between two looks at the clock
HERE = Path(__file__).parent


class Photographer:
    """A window that is driven to where it is worth a picture."""

    def __init__(self) -> None:
        self.app = make_app()
        theme.apply(self.app, "light")
        self.window = Window(Settings())
        self.window.begin(None)
        self.window.setWindowState(Qt.WindowState.WindowNoState)  # a maximised one has one size
        self.window.show()
        self.trainer = self.window.controller.trainer
        self.until(lambda: self.trainer.catalogue is not None)
        self.until(lambda: not self.window.controller.waiting)
        self.window.views.complete()

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + 120
        while not true():
            self.app.processEvents()
            if time.monotonic() > end:
                raise TimeoutError("The picture never came about.")
            time.sleep(0.002)

    def open(self, key: str, trials: int) -> None:
        """Open a gallery network, train it at full speed for a while, then pause on a sample."""
        controller = self.window.controller
        self.window.show_session(gallery.session_of(key))
        self.until(lambda: not controller.waiting)
        self.trainer.set_speed(None)
        end = time.monotonic() + LONGEST
        for _ in range(0, trials, STRETCH):
            self.trainer.advance(STRETCH)
            self.trainer.do(lambda _: None).result(300)
            if time.monotonic() > end:
                break
        self.until(lambda: self.trainer.status.mode is not Mode.PLAYING)
        self.trainer.advance(3, Stride.SAMPLE)
        self.trainer.do(lambda _: None).result(60)
        self.rest()

    def rest(self) -> None:
        """Let everything that was asked for be drawn; where no panel is seen, nothing is asked."""
        pump = self.window.controller.pump
        for _ in range(3):
            drawn = pump.drawn
            pump.refresh()
            self.app.processEvents()
            if any(map(seen, self.window.panels.values())):
                self.until(lambda drawn=drawn: pump.drawn > drawn)

    def show(self, size: tuple[int, int], look: str) -> None:
        theme.apply(self.app, look)  # type: ignore[arg-type]
        self.window.resize(*size)
        self.window.centre.reset_layout()
        self.rest()

    def keep(self, path: Path) -> None:
        self.rest()
        self.window.grab().save(str(path))

    def shoot(self, path: Path, size: tuple[int, int], look: str) -> None:
        self.show(size, look)
        self.keep(path)

    def shoot_start_page(self, path: Path, size: tuple[int, int], look: str) -> None:
        self.show(size, look)
        self.window.centre.show_start_page()
        self.keep(path)

    def shoot_tabs(self, path: Path) -> None:
        """Take the panels that lie behind others, each brought to the front."""
        behind = [key for key, panel in self.window.panels.items() if not seen(panel)]
        for key in behind:
            self.window.workspace.show_panel(key)
            self.keep(path.with_stem(f"{path.stem}-{key}"))

    def close(self) -> None:
        self.window.leave()


def main(words: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(words)
    photographer = Photographer()
    if asked.folder is None:
        photographer.open(FIRST, 400)
        photographer.shoot(HERE / "window-light.png", SIZES[0], "light")
    else:
        asked.folder.mkdir(parents=True, exist_ok=True)
        _everything(photographer, asked.folder, asked.network, tabs=asked.tabs)
    photographer.close()


def _parser() -> argparse.ArgumentParser:
    keys = [entry.key for entry in gallery.entries()]
    parser = argparse.ArgumentParser(
        prog="python -m tests.shots.take", description="Take pictures of the program's window."
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", help="where to; without it, the README's own picture"
    )
    parser.add_argument(
        "--network", nargs="+", choices=keys, metavar="KEY", help="only these of the gallery"
    )
    parser.add_argument("--tabs", action="store_true", help="also the panels behind others")
    return parser


def _everything(
    photographer: Photographer, target: Path, only: Sequence[str] | None, *, tabs: bool
) -> None:
    for look, size in product(("light", "dark"), SIZES):
        path = target / f"start-page-{look}-{size[0]}.png"
        photographer.shoot_start_page(path, size, look)
    for entry in gallery.entries():
        lacking = entry.session.experiments[0].task.key == "mnist" and mnist.folder() is None
        if lacking or (only and entry.key not in only):
            continue
        photographer.open(entry.key, 400)
        for look, size in product(("light", "dark"), SIZES):
            path = target / f"{entry.key}-{look}-{size[0]}.png"
            photographer.shoot(path, size, look)
            if tabs:
                photographer.shoot_tabs(path)


if __name__ == "__main__":
    main()
