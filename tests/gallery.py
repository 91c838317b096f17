"""Descriptions of the gallery's networks, for tests that change something about them."""

from __future__ import annotations

import json

from bioviz.core.spec import ExperimentSpec
from bioviz.session.resource import folder
from bioviz.session.session import Session


def gallery_spec(key: str, **values: object) -> ExperimentSpec:
    """The first experiment of a gallery network, with values at dotted paths, as `task__rate`."""
    text = (folder("networks") / f"{key}.json").read_text(encoding="utf-8")
    spec = Session.model_validate(json.loads(text)).experiments[0]
    for path, value in values.items():
        spec = spec.with_value(path.replace("__", "."), value)
    return spec
