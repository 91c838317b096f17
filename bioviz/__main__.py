"""The program `bioviz`: `bioviz [FILE]` opens the window, `bioviz run FILE` trains without one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bioviz.session.launch import Launch

ENVIRONMENT = {  # read when numpy and Qt are first imported, so set before anything else
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "QT_API": "pyside6",
    "PYQTGRAPH_QT_LIB": "PySide6",
}


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    from bioviz.cli.group import start

    sys.exit(start(sys.argv[1:], _open))


def _open(path: str | None, launch: Launch) -> int:
    from bioviz.ui import forwarding, garbage

    garbage.keep_to_this_thread()  # before the rest is imported, which is then a tenth faster
    forwarding.import_pyqtgraph()
    from bioviz.app.start import open_window

    return int(open_window(path, launch))


if __name__ == "__main__":
    main()
