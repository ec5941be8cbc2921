# Weights of 4 bits: a number q from -8 to 7 for each, and for 32 inputs of an output a step s and a middle m; the
# weight is q s + m. Few rows are multiplied by the weights as they lie; for many, and where gradients pass, they are
# widened.
#
# Letters in shapes: N outputs, a multiple of 64; I inputs, a multiple of 32; W outputs that lie side by side, a tile.
import dtypes


class Rounded(NamedTuple):
    packed: Tensor  # [N, I / 2] uint8, as torch packs them: [N / W, I, W / 2], q + 8 of a tile's first half in low bits
    scales: Tensor  # [I / 32, N, 2] bfloat16: s and m
    outputs: int  # without those that fill the last tile up
    tile: int  # W, which differs between processors


def rounded(w: Tensor) -> Rounded:
    """The weight w [out, in] of any type, of which some rows at a time are in single precision."""
    out, inputs = w.shape
    filled = (out + 63) // 64 * 64
    padded = (inputs + 31) // 32 * 32
    # What stays is asked for before what goes, so that no holes are left between.
    packed = torch.empty([filled, padded // 2], dtype=dtypes.uint8())
    scales = torch.empty([padded // 32, filled, 2], dtype=dtypes.bfloat16())
    rows = max(1, 262144 // (64 * padded)) * 64
    for i in range((filled + rows - 1) // rows):
        at = i * rows
        n = min(rows, filled - at)
        part = w.narrow(0, at, min(n, out - at))
        wide = torch.zeros([n, padded], dtype=dtypes.float32())
        wide.narrow(0, 0, len(part)).narrow(1, 0, inputs).copy_(part)
        x = wide.view([n, padded // 32, 32])
        s, m = fitted(x)
        q = (levels(x, s, m) + 8.0).to(dtypes.int32()).view([n, padded])
        packed.narrow(0, at, n).copy_(torch._convert_weight_to_int4pack_for_cpu(q, 1))
        scales.narrow(1, at, n).copy_(torch.cat([s, m], -1).transpose(0, 1))
    return Rounded(packed, scales, out, tile())


def restored(packed: Tensor, scales: Tensor, shape: List[int]) -> Rounded:
    """What rounded made of a weight of that shape, of its parts in one row each."""
    groups = (shape[1] + 31) // 32
    return Rounded(packed.view([-1, groups * 16]), scales.view([groups, -1, 2]), shape[0], tile())


def fitted(x: Tensor) -> Tuple[Tensor, Tensor]:
    """
    Steps and middles [n, groups, 1] for groups x [n, groups, 32]: from the smallest to the largest number, and
    then three times the least squares for the levels that these give.
    """
    low = x.amin([-1], True)
    s = ((x.amax([-1], True) - low) / 15.0).clamp_min(1e-12)
    s, m = stored(s, low + 8.0 * s)
    mean = x.mean([-1], True)
    for i in range(3):
        q = levels(x, s, m)
        about = q - q.mean([-1], True)
        spread = (about * about).sum([-1], True)
        slope = (about * (x - mean)).sum([-1], True) / spread.clamp_min(1e-12)
        better = torch.where((spread > 0.0).logical_and(slope > 0.0), slope, s)
        s, m = stored(better, mean - better * q.mean([-1], True))
    return s, m


def stored(s: Tensor, m: Tensor) -> Tuple[Tensor, Tensor]:
    """As bfloat16 holds them."""
    return s.to(dtypes.bfloat16()).to(dtypes.float32()), m.to(dtypes.bfloat16()).to(dtypes.float32())


def levels(x: Tensor, s: Tensor, m: Tensor) -> Tensor:
    return ((x - m) / s).round().clamp(-8.0, 7.0)


def tile() -> int:
    """W, told by how torch packs a matrix that is known; 0 where it packs in another way."""
    known = torch.arange(2048, dtype=dtypes.int32()).view([64, 32])
    known = known * known // 7 % 16
    packed = torch._convert_weight_to_int4pack_for_cpu(known, 1)
    for w in [64, 32]:
        halves = packed.view([64 // w, 32, w // 2])
        found = torch.cat([halves.bitwise_and(15), halves.__rshift__(4)], 2).transpose(1, 2)
        if torch.equal(found.reshape([64, 32]).to(dtypes.int32()), known):
            return w
    return 0


def product(x: Tensor, w: Rounded) -> Tensor:
    """[..., in] to [..., out] of the same type."""
    rows = x.reshape([-1, x.shape[-1]])
    inputs = w.packed.shape[1] * 2
    if rows.shape[1] < inputs:
        rows = torch.constant_pad_nd(rows, [0, inputs - rows.shape[1]])
    ys: List[Tensor] = []
    # More rows than these are multiplied sooner when the weights have been widened.
    if len(rows) <= 32 and rows.dtype == dtypes.bfloat16() and not rows.requires_grad:
        ys.append(torch._weight_int4pack_mm_for_cpu(rows.contiguous(), w.packed, 32, w.scales))
    else:
        step = max(1, 33554432 // (inputs * w.tile))
        tiles = len(w.packed) // w.tile
        for i in range((tiles + step - 1) // step):
            wide = widened(w, i * step, min(step, tiles - i * step)).to(rows.dtype)
            ys.append(torch.matmul(rows, wide))
    y = torch.cat(ys, 1) if len(ys) > 1 else ys[0]
    return y.narrow(1, 0, w.outputs).reshape(x.shape[:-1] + [w.outputs])


def widened(w: Rounded, first: int, tiles: int) -> Tensor:
    """Weights of so many tiles, [I, tiles W] bfloat16: inputs by outputs."""
    half = w.tile // 2
    groups = len(w.scales)
    packed = w.packed.view([-1, groups, 32, half]).narrow(0, first, tiles).permute([1, 2, 0, 3])
    scales = w.scales.narrow(1, first * w.tile, tiles * w.tile).view([groups, 1, tiles, w.tile, 2])
    s = scales.select(4, 0).contiguous()
    m = scales.select(4, 1).contiguous()
    out = torch.empty([groups, 32, tiles, w.tile], dtype=dtypes.bfloat16())
    for i in range(2):
        q = packed.bitwise_and(15) if i == 0 else packed.__rshift__(4)
        q = q.to(dtypes.int8()).sub_(8).to(dtypes.bfloat16())
        at = i * half
        torch.addcmul(m.narrow(3, at, half), q, s.narrow(3, at, half), out=out.narrow(3, at, half))
    return out.view([groups * 32, tiles * w.tile])
