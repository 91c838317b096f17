"""Changing a network's shape without losing what it learned: weights that still fit are kept."""

from __future__ import annotations

from .experiment import Experiment


def transplant(old: Experiment, new: Experiment) -> str:
    """Copy every weight that still fits from `old` to `new`; say in words what was done.

    What is kept stays as it was, pruned and frozen too; what is drawn anew is whole and learns.
    The new run bears a marker, as it does not follow from its seed alone.
    """
    before, after = old.net.projections, new.net.projections
    kept, drawn = [], []
    for name, path in after.items():
        was = before.get(name)
        if path.derived:
            continue  # its rule makes it from the forward weights
        same = was is not None and (was.pre.name, was.post.name) == (path.pre.name, path.post.name)
        if was is None or not same or was.w.shape != path.w.shape:
            drawn.append(name)
            continue
        path.w[...] = was.w
        path.mask = None if was.mask is None else was.mask.copy()
        path.frozen = was.frozen
        if path.bias is not None and was.bias is not None:
            path.bias[...] = was.bias
        kept.append(name)
    if not kept:
        return "Nothing of the earlier weights fits the new network; all are drawn from the seed."
    new.mark("weights kept")
    fresh = f"; {_list(drawn)} drawn anew" if drawn else ""
    return f"{_list(kept)} kept from the earlier network{fresh}."


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
