# An adapter: the factors A and B of each adapted linear layer, in one flat vector. The layers stand in the order of
# block.linears, block after block. A fused layer's parts, Linear.shares_a, have one A, which stands with the first of
# them.
import block
import dtypes
import linear
import model


class Adapter(NamedTuple):
    parameters: Tensor  # [n] float32: A [r, in], then B [out, r], of each layer; others' numbers may follow
    ranks: List[int]  # of each layer, 0 where it is not adapted
    scales: List[float]  # of each layer
    dropout: float


def read(inputs: Dict[str, Tensor]) -> Adapter:
    ranks: List[int] = inputs["ranks"].tolist()
    scales: List[float] = inputs["scales"].tolist()
    return Adapter(inputs["parameters"], ranks, scales, float(inputs["dropout"]))


def detached(adapter: Adapter) -> Adapter:
    """The same numbers, which pass no gradients on; nothing is dropped."""
    return Adapter(adapter.parameters.detach(), adapter.ranks, adapter.scales, 0.0)


def adapted(m: model.Model, adapter: Adapter) -> model.Model:
    """The model with the adapter's additions: views into its vector, through which gradients go back to it."""
    if adapter.parameters.numel() == 0:
        return m
    factors = split(m, adapter)
    at = 0
    blocks: List[block.Block] = []
    for layer in m.blocks:
        loras: List[Optional[linear.Lora]] = []
        a = factors[0]
        for each in block.linears(layer):
            r = adapter.ranks[at]
            lora: Optional[linear.Lora] = None
            if r > 0:
                out, features = each.weight.shape
                if not each.shares_a:
                    a = factors[2 * at].view([r, features])
                lora = linear.Lora(a, factors[2 * at + 1].view([out, r]), adapter.scales[at], adapter.dropout)
            loras.append(lora)
            at += 1
        blocks.append(block.adapted(layer, loras))
    return model.of_blocks(m, blocks)


def split(m: model.Model, adapter: Adapter) -> List[Tensor]:
    """The vector in pieces: A and B of each layer, empty where there is none, then what follows them."""
    sizes: List[int] = []
    rest = adapter.parameters.numel()
    for layer in m.blocks:
        for each in block.linears(layer):
            r = adapter.ranks[len(sizes) // 2]
            out, features = each.weight.shape
            a = 0 if each.shares_a else r * features
            sizes.extend([a, r * out])
            rest -= a + r * out
    sizes.append(rest)
    return adapter.parameters.to(dtypes.named(m.config.dtype)).split_with_sizes(sizes)


def factors(layer: block.Block) -> List[Tensor]:
    """What the adapter has in one block, in the order in which it stands in the vector."""
    found: List[Tensor] = []
    for each in block.linears(layer):
        lora = each.lora
        if lora is not None:
            if not each.shares_a:
                found.append(lora.a)
            found.append(lora.b)
    return found
