# The whole model, put together from weights that Java hands over by name.
import attention
import block
import config
import feed_forward
import linear


class Model(NamedTuple):
    config: config.Config
    embedding: Tensor  # [V, d]
    blocks: List[block.Block]
    norm: Tensor  # [d]
    head: linear.Linear  # [V, d]; the embedding where the checkpoint has no other
    frequencies: Tensor  # [kinds, R / 2] float32, see rope.angles


def assembled(weights: Dict[str, Tensor], c: config.Config) -> Model:
    """Takes the weights out of the dictionary one by one. Names are those of WeightSlot in Java."""
    embedding = weights.pop("embedding.weight")
    blocks: List[block.Block] = []
    for i in range(c.layers):
        blocks.append(block_of(weights, "blocks." + str(i) + ".", c.kinds[i], c))
    head = embedding
    if "head.weight" in weights:
        head = weights.pop("head.weight")
    frequencies = torch.tensor(c.frequencies, device=embedding.device)
    whole = Model(c, embedding, blocks, weights.pop("norm.weight"), linear_of(head, None, False, c), frequencies)
    assert len(weights) == 0, "weights without a place in the model"
    return whole


def block_of(weights: Dict[str, Tensor], at: str, kind: int, c: config.Config) -> block.Block:
    a = attention.Attention(
        layer_of(weights, at + "attention.query", False, c),
        layer_of(weights, at + "attention.key", c.fused, c),
        layer_of(weights, at + "attention.value", c.fused, c),
        layer_of(weights, at + "attention.output", False, c),
        found(weights, at + "attention.query_norm.weight"),
        found(weights, at + "attention.key_norm.weight"),
    )
    f = feed_forward.FeedForward(
        layer_of(weights, at + "feed_forward.gate", False, c),
        layer_of(weights, at + "feed_forward.up", c.fused, c),
        layer_of(weights, at + "feed_forward.down", False, c),
    )
    return block.Block(
        kind,
        weights.pop(at + "attention_norm.weight"),
        a,
        found(weights, at + "attention_result_norm.weight"),
        weights.pop(at + "feed_forward_norm.weight"),
        f,
        found(weights, at + "feed_forward_result_norm.weight"),
    )


def layer_of(weights: Dict[str, Tensor], name: str, shares_a: bool, c: config.Config) -> linear.Linear:
    return linear_of(weights.pop(name + ".weight"), found(weights, name + ".bias"), shares_a, c)


def linear_of(weight: Tensor, bias: Optional[Tensor], shares_a: bool, c: config.Config) -> linear.Linear:
    layer = linear.Linear(weight, None, bias, shares_a, None)
    return linear.quantized(layer) if c.quantized else layer


def found(weights: Dict[str, Tensor], name: str) -> Optional[Tensor]:
    """What is not in every model."""
    if name in weights:
        return weights.pop(name)
    return None
