# Weights of 8 bits under a model that learns: a whole number for each, and a scale for each output. They are widened
# for a product, so that gradients pass; few rows that need none are multiplied by the weights as they lie. Inputs are
# not rounded, other than in linear.in_eight_bits.
import dtypes


class Rounded(NamedTuple):
    values: Tensor  # [out, in] int8
    scales: Tensor  # [out] bfloat16


def rounded(w: Tensor) -> Rounded:
    """The weight w [out, in] of any type, of which some rows at a time are in single precision."""
    values: List[Tensor] = []
    scales: List[Tensor] = []
    for part in w.split(max(1, 262144 // w.shape[1])):
        wide = part.to(dtypes.float32())
        scale = (torch.maximum(wide.amax([1]), -wide.amin([1])) / 127.0).clamp_min(1e-12).to(dtypes.bfloat16())
        whole = (wide / scale.to(dtypes.float32()).unsqueeze(1)).round().clamp(-127.0, 127.0)
        values.append(whole.to(dtypes.int8()))
        scales.append(scale)
    return Rounded(torch.cat(values), torch.cat(scales))


def product(x: Tensor, w: Rounded) -> Tensor:
    """[..., in] to [..., out] of the same type."""
    rows = x.reshape([-1, x.shape[-1]])
    # Torch's product goes through both widths in steps of sixteen.
    fits = rows.shape[1] % 16 == 0 and len(w.values) % 16 == 0
    if fits and len(rows) <= 32 and rows.dtype == dtypes.bfloat16() and not rows.requires_grad:
        y = torch._weight_int8pack_mm(rows.contiguous(), w.values, w.scales)
    else:
        y = torch.linear(rows, widened(w, rows.dtype))
    return y.view(x.shape[:-1] + [len(w.values)])


def widened(w: Rounded, dtype: int) -> Tensor:
    """The weight [out, in] in the type that is computed in."""
    return w.values.to(dtype).mul_(w.scales.to(dtype).unsqueeze(1))
