"""The machine's BLAS: held to one thread of its own, and its routines by their addresses.

scipy's Python wrappers of BLAS keep the interpreter's lock while they compute, so that a window
would stand still during every weight update. Its function pointers, called through ctypes, release
it, as numpy's own products do.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from .fault import BiovizError


@cache
def use_one_thread() -> None:
    """Limit this process's BLAS to one thread of its own, once; the crew shares work instead.

    Beside a busy window, BLAS threads beyond the free cores stall a product many times over, and
    small networks run ten times slower on several; a fixed count also keeps results repeatable.
    """
    _pointers()  # scipy brings a BLAS of its own, which must be there to be limited
    threadpool_limits(limits=1, user_api="blas")


def add_scaled(w: np.ndarray, step: np.ndarray, rate: float) -> None:
    """w <- w + rate * step, in place; both of one shape and contiguous.

    There is no temporary where they lie in memory alike.
    """
    double = w.dtype == np.float64
    if w.dtype != step.dtype or w.shape != step.shape:
        raise BiovizError("A weight update does not fit its array.")
    if not (contiguous(w) and contiguous(step)):
        raise BiovizError("A weight update was lost: its array is not contiguous.")
    if w.flags.c_contiguous != step.flags.c_contiguous:
        step = np.asarray(step, order="C" if w.flags.c_contiguous else "F")
    one, scale = ctypes.c_int(1), (ctypes.c_double if double else ctypes.c_float)(rate)
    values = (ctypes.c_int(w.size), scale, step, one, w, one)
    call, _ = routine("daxpy" if double else "saxpy", 6)
    call(*map(_address, values))


def contiguous(array: np.ndarray) -> bool:
    """Whether it lies in memory without gaps, by rows or by columns."""
    return bool(array.flags.c_contiguous or array.flags.f_contiguous)


def _address(value: Any) -> ctypes.c_void_p:
    if isinstance(value, np.ndarray):
        return ctypes.c_void_p(value.ctypes.data)
    pointer = ctypes.c_void_p(ctypes.addressof(value))
    pointer.kept = value  # type: ignore[attr-defined]  # it must outlive the address
    return pointer


@cache
def routine(name: str, arguments: int) -> tuple[Any, int]:
    """A routine of scipy's BLAS, to be called with addresses, and the address of itself."""
    capsule, api = _pointers()[name], ctypes.pythonapi
    name_of = ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.py_object)(("PyCapsule_GetName", api))
    taken = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)
    pointer = taken(("PyCapsule_GetPointer", api))(capsule, name_of(capsule))
    return ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * arguments)(pointer), pointer


@cache
def _pointers() -> dict[str, Any]:
    """Where scipy's BLAS has its routines, by name.

    The one module that tells is loaded by itself: scipy.linalg as a whole takes 0.2 s to import,
    just while the window opens.
    """
    name = "scipy.linalg.cython_blas"
    if name in sys.modules:
        return dict(sys.modules[name].__pyx_capi__)
    import scipy

    places = [str(Path(folder) / "linalg") for folder in scipy.__path__]
    spec = PathFinder.find_spec(name, places)
    if spec is None or spec.loader is None:
        raise BiovizError("scipy is installed without its BLAS; install bioviz again.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module  # for whoever imports scipy.linalg later: it cannot be loaded twice
    return dict(module.__pyx_capi__)
