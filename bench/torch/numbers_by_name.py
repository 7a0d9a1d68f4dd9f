"""Numbers that this side and the tests make alike from a name: uniform in [0, 1), by mulberry32 seeded with FNV-1a of the name."""

import re

import numpy as np


def seed_of(name: str) -> int:
    """FNV-1a, 32 bits, of the name's bytes."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def uniform(name: str, count: int) -> np.ndarray:
    """`count` numbers in [0, 1) as float64. The generator's state only counts, so that all are computed at once."""
    with np.errstate(over="ignore"):
        steps = np.arange(1, count + 1, dtype=np.uint32)
        state = np.uint32(seed_of(name)) + steps * np.uint32(0x6D2B79F5)
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed ^= mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))
        return (mixed ^ (mixed >> np.uint32(14))).astype(np.float64) / 2.0**32


def between(name: str, shape, low: float, high: float) -> np.ndarray:
    """Numbers in [low, high), rounded to what single precision has, in this shape."""
    numbers = low + (high - low) * uniform(name, int(np.prod(shape)))
    return numbers.astype(np.float32).astype(np.float64).reshape(shape)


def parameter(name: str, shape) -> np.ndarray:
    """A parameter of a network: kernels keep the size of what they are given, scales lie around 1, biases and shifts around 0."""
    if len(shape) > 1:
        reach = (4.5 / np.prod(shape[1:])) ** 0.5
        return between(name, shape, -reach, reach)
    if name.endswith(".weight"):
        return between(name, shape, 0.75, 1.25)
    level = re.search(r"cv2\.(\d)\.2\.bias$", name)
    slope = -0.25 * int(level[1]) if level else 0.0
    # Coarser levels prefer shorter distances, so that objects are assigned on all of them.
    bins = np.arange(np.prod(shape)) % 16
    return (between(name, shape, -0.2, 0.2) + slope * bins).astype(np.float32).astype(np.float64)
