# Rotary position embeddings (Su et al. 2021): pairs of a head's numbers are turned by an angle that grows with the
# place.
import dtypes


class Angles(NamedTuple):
    cos: Tensor  # [T, R], R ≤ D numbers of a head are turned; or [B, 1, 1, R], a place for each row
    sin: Tensor


def angles(begin: int, end: int, frequencies: Tensor, dtype: int) -> List[Angles]:
    """Angles of places begin to end - 1, for each kind of attention; frequencies [kinds, R / 2] in radians a place."""
    places = torch.arange(begin, end, dtype=dtypes.float32(), device=frequencies.device)
    kinds: List[Angles] = []
    for k in range(len(frequencies)):
        half = torch.outer(places, frequencies[k])
        whole = torch.cat([half, half], -1)
        kinds.append(Angles(whole.cos().to(dtype), whole.sin().to(dtype)))
    return kinds


def between(a: Angles, begin: int, end: int) -> Angles:
    """Those of places begin to end - 1 of them."""
    return Angles(a.cos[begin:end], a.sin[begin:end])


def at(a: Angles, places: Tensor) -> Angles:
    """Those of one place for each row, places [B]."""
    width = a.cos.shape[1]
    return Angles(
        a.cos.index_select(0, places).view([-1, 1, 1, width]),
        a.sin.index_select(0, places).view([-1, 1, 1, width]),
    )


def rotate(x: Tensor, a: Angles) -> Tensor:
    """Turns the first R numbers of each head of x [B, heads, T, D]; the rest stay."""
    width = a.cos.shape[-1]
    if width < x.shape[-1]:
        return torch.cat([turn(x[..., :width], a), x[..., width:]], -1)
    return turn(x, a)


def turn(x: Tensor, a: Angles) -> Tensor:
    """Number i and number i + R / 2 are a pair."""
    first, second = torch.chunk(x, 2, -1)
    return x * a.cos + torch.cat([-second, first], -1) * a.sin
