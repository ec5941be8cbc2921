# Linear layers, and what an adapter adds to them.
import dtypes
import eight_bits
import four_bits


# A low-rank addition (Hu et al. 2021): y = W x + scale · B A x.
class Lora(NamedTuple):
    a: Tensor  # [r, in]
    b: Tensor  # [out, r]
    scale: float
    dropout: float  # share of the inputs of A that training drops


class Linear(NamedTuple):
    weight: Tensor  # [out, in]; where it is packed, something of this shape
    packed: Optional[__torch__.torch.classes.quantized.LinearPackedParamsBase]  # the weight in 8 bits
    eight: Optional[eight_bits.Rounded]  # the weight in 8 bits, through which gradients pass
    four: Optional[four_bits.Rounded]  # the weight in 4 bits
    bias: Optional[Tensor]  # [out]
    shares_a: bool  # whether its adapter's A is that of the layer before it
    lora: Optional[Lora]


def apply(x: Tensor, layer: Linear) -> Tensor:
    """[…, in] to […, out]; from a weight in 8 bits float32."""
    packed = layer.packed
    eight = layer.eight
    four = layer.four
    bias = layer.bias
    if packed is not None:
        # Activations are rounded to 8 bits as they come.
        y = ops.quantized.linear_dynamic(x.to(dtypes.float32()), packed, True)
        if bias is not None:
            y = y + bias
    elif eight is not None:
        y = eight_bits.product(x, eight)
        if bias is not None:
            y = y + bias
    elif four is not None:
        y = four_bits.product(x, four)
        if bias is not None:
            y = y + bias
    else:
        y = torch.linear(x, layer.weight, bias)
    lora = layer.lora
    if lora is not None:
        kept = x
        if lora.dropout > 0.0:
            kept = torch.dropout(x, lora.dropout, True)
        # One step: a product by the scale of its own would round twice in bfloat16.
        y = torch.add(y, torch.linear(torch.linear(kept, lora.a), lora.b), alpha=lora.scale)
    return y


def quantized(w: Tensor, bits: int, taught: bool) -> Linear:
    """A layer whose weight is w [out, in] of any type, rounded to 8 bits or to 4; if taught so that gradients pass."""
    shape = torch.zeros([1, 1]).expand(w.shape)
    if bits == 4:
        return Linear(shape, None, None, four_bits.rounded(w), None, False, None)
    if taught:
        return Linear(shape, None, eight_bits.rounded(w), None, None, False, None)
    return Linear(shape, in_eight_bits(w), None, None, None, False, None)


def parts(layer: Linear) -> Tuple[Tensor, Tensor]:
    """What a layer in few bits is made of, each in one row: its values in bytes, and their scales."""
    packed = layer.packed
    eight = layer.eight
    four = layer.four
    if packed is not None:
        whole, _ = ops.quantized.linear_unpack(packed)
        return torch.int_repr(whole).reshape([-1]), whole.q_per_channel_scales()
    if eight is not None:
        return eight.values.reshape([-1]), eight.scales
    assert four is not None, "no layer in few bits"
    return four.packed.reshape([-1]), four.scales.reshape([-1])


def restored(values: Tensor, scales: Tensor, shape: List[int], bits: int, taught: bool) -> Linear:
    """The layer [out, in] that quantized made, of its parts."""
    like = torch.zeros([1, 1]).expand(shape)
    if bits == 4:
        return Linear(like, None, None, four_bits.restored(values, scales, shape), None, False, None)
    values = values.view(shape)
    if taught:
        return Linear(like, None, eight_bits.Rounded(values, scales), None, None, False, None)
    zero = torch.zeros([shape[0]], dtype=dtypes.int64())
    whole = torch._make_per_channel_quantized_tensor(values, scales.to(dtypes.float64()), zero, 0)
    return Linear(like, ops.quantized.linear_prepack(whole, None), None, None, None, False, None)


def in_eight_bits(w: Tensor) -> __torch__.torch.classes.quantized.LinearPackedParamsBase:
    """The weight w [out, in] of any type, rounded to 8 bits with one scale for each output."""
    # More than 32 MiB at a time are mapped by allocators, of which only what is written to takes memory, and given back
    # at once; many smaller pieces, with packed weights between them, would stay with the process.
    wide = torch.empty([max(w.numel(), 9437184)], dtype=dtypes.float32())[: w.numel()].view(w.shape).copy_(w)
    scale = (torch.maximum(wide.amax([1]), -wide.amin([1])) / 127.0).clamp_min(1e-12).to(dtypes.float64())
    zero = torch.zeros([len(w)], dtype=dtypes.int64())
    return ops.quantized.linear_prepack(torch.quantize_per_channel(wide, scale, zero, 0, dtypes.qint8()), None)


def adapted(layer: Linear, lora: Optional[Lora]) -> Linear:
    """The same layer with another adapter, or with none."""
    return Linear(layer.weight, layer.packed, layer.eight, layer.four, layer.bias, layer.shares_a, lora)
