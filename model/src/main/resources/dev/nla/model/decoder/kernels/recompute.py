# Gradients with less memory (Chen et al. 2016): the forward pass keeps what comes into each block and nothing else, and
# the backward pass computes each block again, from the last to the first, with the gradient of what came out of it.
#
# The loss's graph begins behind the last block, at leaves: its backward pass leaves their gradients there.
import batch
import block
import dtypes
import lora
import model
import trunk


def streams(
    base: model.Model, inputs: Dict[str, Tensor], blocks: int, whole: bool, tape: List[block.Streams]
) -> Tuple[model.Model, block.Streams]:
    """The adapted model, and the batch behind its first blocks; with a tape to go back by where they say recompute."""
    adapter = lora.read(inputs)
    m = lora.adapted(base, adapter)
    if bool(inputs["recompute"]):
        fixed = lora.adapted(base, lora.detached(adapter))
        return m, run(fixed, batch.read(inputs), blocks, whole, tape)
    return m, trunk.run(m, batch.read(inputs), blocks, whole, None, None, None)


def run(m: model.Model, b: batch.Batch, blocks: int, whole: bool, tape: List[block.Streams]) -> block.Streams:
    """As trunk.run, for a model that passes no gradients on. Last on the tape are the leaves that are returned."""
    tape.clear()
    out = trunk.run(m, b, blocks, whole, tape, None, None)
    ends = block.Streams(out.prefix.detach().requires_grad_(whole), out.rows.detach().requires_grad_(True))
    tape.append(ends)
    return ends


def gradient(m: model.Model, adapter: lora.Adapter, tape: List[block.Streams]) -> Tensor:
    """Of the adapter's parameters, [n] float32, from the tape, which is empty afterwards."""
    blocks = lora.adapted(m, lora.detached(adapter)).blocks
    ends = tape.pop()
    p = ends.prefix.shape[1]
    at = trunk.places(m, p, ends.rows.shape[1])
    whole = ends.prefix.requires_grad
    prefix_slope = torch.zeros_like(ends.prefix)
    if whole and p > 0:
        prefix_slope = ends.prefix.grad
    rows_slope = ends.rows.grad
    slopes: List[Tensor] = []
    while len(tape) > 0:
        layer = blocks[len(tape) - 1]
        kept = tape.pop()
        h = block.Streams(kept.prefix.detach().requires_grad_(True), kept.rows.detach().requires_grad_(True))
        factors = [factor.requires_grad_(True) for factor in lora.factors(layer)]
        y = block.apply(h, layer, at, whole, m.config)[0]
        outputs = [y.rows]
        above: List[Optional[Tensor]] = [rows_slope]
        if whole and p > 0:
            outputs.append(y.prefix)
            above.append(prefix_slope)
        found = torch.autograd.grad(outputs, [h.prefix, h.rows] + factors, above, False, False, True)
        prefix_slope = present(found[0], prefix_slope)
        rows_slope = present(found[1], rows_slope)
        own: List[Tensor] = []
        for i, factor in enumerate(factors):
            own.append(present(found[i + 2], torch.zeros_like(factor)).reshape([-1]).to(dtypes.float32()))
        slopes = own + slopes
        # Later blocks read every block's prefix.
        whole = True
    rest = adapter.parameters.numel()
    for slope in slopes:
        rest -= slope.numel()
    slopes.append(torch.zeros([rest], device=adapter.parameters.device))
    return torch.cat(slopes)


def present(slope: Optional[Tensor], otherwise: Tensor) -> Tensor:
    """What autograd found, or something else where nothing hangs on an input."""
    return otherwise if slope is None else slope
