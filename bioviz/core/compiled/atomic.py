"""What compiled loops of several threads need beyond numba: atomic numbers, and calls by address.

Each function here tells numba which instructions stand for it. A number is int64; `array[place]`
is where it lies.
"""

from __future__ import annotations

import platform
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

instruction: Any = intrinsic  # whose types say less than it does

PAUSES = {"x86_64": "llvm.x86.sse2.pause", "AMD64": "llvm.x86.sse2.pause"}


@instruction
def load(_: Any, array: Any, place: Any) -> Any:
    """array[place], and all that other threads wrote before they wrote this."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load_atomic(_pointer(context, builder, signature, args), "acquire", 8)

    return types.int64(array, types.intp), generate


@instruction
def store(_: Any, array: Any, place: Any, value: Any) -> Any:
    """array[place] = value, after all that this thread wrote before."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.store_atomic(args[2], _pointer(context, builder, signature, args), "release", 8)
        return context.get_dummy_value()

    return types.none(array, types.intp, types.int64), generate


@instruction
def add(_: Any, array: Any, place: Any, value: Any) -> Any:
    """array[place] += value, whoever else adds at the same time."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, signature, args)
        return builder.atomic_rmw("add", pointer, args[2], "acq_rel")

    return types.int64(array, types.intp, types.int64), generate


@instruction
def raise_by_one(_: Any, array: Any, place: Any, known: Any) -> Any:
    """array[place] = known + 1 if it is still `known`; whether it was."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, signature, args)
        more = builder.add(args[2], ir.Constant(ir.IntType(64), 1))
        return builder.extract_value(
            builder.cmpxchg(pointer, args[2], more, "acq_rel", "acquire"), 1
        )

    return types.boolean(array, types.intp, types.int64), generate


@instruction
def pause(_: Any) -> Any:
    """Tell the core that this thread only waits, where there is an instruction for it."""

    def generate(context: Any, builder: Any, *_: Any) -> Any:
        name = PAUSES.get(platform.machine())
        if name is not None:
            kind = ir.FunctionType(ir.VoidType(), [])
            known: Any = cgutils
            builder.call(known.get_or_insert_function(builder.module, kind, name), [])
        return context.get_dummy_value()

    return types.none(), generate


@instruction
def call(_: Any, piece: Any) -> Any:
    """Call the BLAS routine of the piece at this address."""

    def generate(context: Any, builder: Any, _: Any, args: Any) -> Any:
        number, pointer = ir.IntType(64), ir.IntType(8).as_pointer()
        row = builder.inttoptr(args[0], number.as_pointer())
        values = [
            builder.load(builder.gep(row, [ir.Constant(number, place)])) for place in range(14)
        ]
        kind = ir.FunctionType(ir.VoidType(), [pointer] * 13)
        routine = builder.inttoptr(values[0], kind.as_pointer())
        builder.call(routine, [builder.inttoptr(value, pointer) for value in values[1:]])
        return context.get_dummy_value()

    return types.none(types.int64), generate


def _pointer(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """Where place args[1] of the array args[0] is."""
    array = context.make_array(signature.args[0])(context, builder, args[0])
    return builder.gep(array.data, [args[1]])
