"""Loops in machine code, for what is worked out unit by unit and spike by spike.

numpy goes over memory once for every operation, and each call costs a microsecond: a tick of a
thousand cells with two compartments took half a millisecond. One compiled pass takes ten
microseconds. Numba is imported with these modules, so they are imported only once a network that
needs them is built; what they are compiled to is kept on disk. They hold no lock while they run.
"""
