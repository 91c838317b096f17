"""What the widgets' tests share: the light theme before and after each."""

from __future__ import annotations

import pytest

from bioviz.ui import theme


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light")
    yield
    if theme.current() is not theme.LIGHT:
        theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Whichever test comes first, there is an application: a pixmap without one aborts."""
