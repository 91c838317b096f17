"""Takes the pictures of the README and for review, from the program itself.

    python -m tests.shots.take [FOLDER]

Without a folder the README's own picture is written beside this file; with one, every gallery
network at two sizes in both themes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for place in ("BIOVIZ_CONFIG_DIR", "BIOVIZ_STATE_DIR"):
    os.environ[place] = tempfile.mkdtemp(prefix="bioviz-shots-")

from bioviz.app.settings import Settings  # noqa: E402  (after its folders are chosen)
from bioviz.app.start import make_app  # noqa: E402
from bioviz.app.window import FIRST, Window  # noqa: E402
from bioviz.core.status import Mode, Stride  # noqa: E402
from bioviz.session import gallery  # noqa: E402
from bioviz.tasks import mnist  # noqa: E402
from bioviz.ui import theme  # noqa: E402

SIZES = ((1280, 720), (1920, 1080))
HERE = Path(__file__).parent


class Photographer:
    """A window that is driven to where it is worth a picture."""

    def __init__(self) -> None:
        self.app = make_app()
        theme.apply(self.app, "light")
        self.window = Window(Settings())
        self.window.begin(None)
        self.window.show()
        self.trainer = self.window.controller.trainer

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + 120
        while not true():
            self.app.processEvents()
            if time.monotonic() > end:
                raise TimeoutError("The picture never came about.")
            time.sleep(0.002)

    def open(self, key: str, trials: int) -> None:
        """Open a gallery network and train it at full speed, then pause on a sample."""
        controller = self.window.controller
        self.until(lambda: self.trainer.catalogue is not None and not controller.waiting)
        self.window.show_session(self.window_session(key))
        self.until(lambda: not controller.waiting)
        self.trainer.set_speed(None)
        self.trainer.advance(trials)
        self.trainer.do(lambda _: None).result(300)
        self.until(lambda: self.trainer.status.mode is not Mode.PLAYING)
        self.trainer.advance(3, Stride.SAMPLE)
        self.trainer.do(lambda _: None).result(60)
        self.rest()

    def window_session(self, key: str):  # type: ignore[no-untyped-def]
        from bioviz.session.file import load

        return load(gallery.path_of(key)).session

    def rest(self) -> None:
        """Let everything that was asked for be drawn."""
        for _ in range(3):
            drawn = self.window.controller.pump.drawn
            self.window.controller.pump.refresh()
            self.until(lambda drawn=drawn: self.window.controller.pump.drawn > drawn)

    def shoot(self, path: Path, size: tuple[int, int], look: str) -> None:
        theme.apply(self.app, look)  # type: ignore[arg-type]
        self.window.resize(*size)
        self.window.reset_layout()
        self.rest()
        self.window.grab().save(str(path))

    def close(self) -> None:
        self.window.leave()


def main() -> None:
    photographer = Photographer()
    if len(sys.argv) == 1:
        photographer.open(FIRST, 400)
        photographer.shoot(HERE / "window-light.png", SIZES[0], "light")
    else:
        _everything(photographer, Path(sys.argv[1]))
    photographer.close()


def _everything(photographer: Photographer, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in gallery.entries():
        if entry.session.experiments[0].task.key == "mnist" and mnist.folder() is None:
            continue
        photographer.open(entry.key, 400)
        for look in ("light", "dark"):
            for size in SIZES:
                name = f"{entry.key}-{look}-{size[0]}.png"
                photographer.shoot(target / name, size, look)


if __name__ == "__main__":
    main()
