# Torch's numbers of its types of numbers, by name. Scripts know them as plain integers.


def uint8() -> int:
    return 0


def int8() -> int:
    return 1


def int32() -> int:
    return 3


def int64() -> int:
    return 4


def float16() -> int:
    return 5


def float32() -> int:
    return 6


def float64() -> int:
    return 7


def boolean() -> int:
    return 11


def qint8() -> int:
    return 12


def bfloat16() -> int:
    return 15


def named(name: str) -> int:
    """The type of numbers that is called so in settings and checkpoints."""
    if name == "float32":
        return float32()
    if name == "bfloat16":
        return bfloat16()
    if name == "uint8":
        return uint8()
    if name == "int8":
        return int8()
    assert name == "float16", "no type of numbers is called " + name
    return float16()
