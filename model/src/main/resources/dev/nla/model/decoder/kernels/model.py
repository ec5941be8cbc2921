# The whole model, put together from weights that Java hands over by name.
import attention
import block
import config
import feed_forward
import linear


class Model(NamedTuple):
    config: config.Config
    embedding: Tensor  # [V, d], of the type that is computed in or of that of the file
    blocks: List[block.Block]
    norm: Tensor  # [d]
    head: linear.Linear  # [V, d]; the embedding where the checkpoint has no other
    frequencies: Tensor  # [kinds, R / 2] float32, see rope.angles


def loaded(m: Optional[Model]) -> Model:
    assert m is not None, "no model is loaded"
    return m


def assembled(weights: Dict[str, Tensor], packed: Dict[str, linear.Linear], c: config.Config) -> Model:
    """Takes the weights out of the dictionaries one by one. Names are those of WeightSlot in Java."""
    embedding = weights.pop("embedding.weight")
    blocks: List[block.Block] = []
    for i in range(c.layers):
        blocks.append(block_of(weights, packed, "blocks." + str(i) + ".", c.kinds[i], c))
    head = linear.Linear(embedding, None, None, None, None, False, None)
    if "head" in packed or "head.weight" in weights:
        head = layer_of(weights, packed, "head", False)
    frequencies = torch.tensor(c.frequencies, device=embedding.device)
    whole = Model(c, embedding, blocks, weights.pop("norm.weight"), head, frequencies)
    assert len(weights) + len(packed) == 0, "weights without a place in the model"
    return whole


def without_blocks(weights: Dict[str, Tensor], c: config.Config) -> Model:
    """A model that is read block by block, and no further than that."""
    embedding = weights.pop("embedding.weight")
    head = linear.Linear(embedding, None, None, None, None, False, None)
    blocks: List[block.Block] = []
    frequencies = torch.tensor(c.frequencies, device=embedding.device)
    return Model(c, embedding, blocks, weights.pop("norm.weight"), head, frequencies)


def of_blocks(m: Model, blocks: List[block.Block]) -> Model:
    """The same with these blocks."""
    return Model(m.config, m.embedding, blocks, m.norm, m.head, m.frequencies)


def block_of(
    weights: Dict[str, Tensor], packed: Dict[str, linear.Linear], at: str, kind: int, c: config.Config
) -> block.Block:
    a = attention.Attention(
        layer_of(weights, packed, at + "attention.query", False),
        layer_of(weights, packed, at + "attention.key", c.fused),
        layer_of(weights, packed, at + "attention.value", c.fused),
        layer_of(weights, packed, at + "attention.output", False),
        found(weights, at + "attention.query_norm.weight"),
        found(weights, at + "attention.key_norm.weight"),
    )
    f = feed_forward.FeedForward(
        layer_of(weights, packed, at + "feed_forward.gate", False),
        layer_of(weights, packed, at + "feed_forward.up", c.fused),
        layer_of(weights, packed, at + "feed_forward.down", False),
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


def layer_of(
    weights: Dict[str, Tensor], packed: Dict[str, linear.Linear], name: str, shares_a: bool
) -> linear.Linear:
    bias = found(weights, name + ".bias")
    if name in packed:
        layer = packed.pop(name)
        return linear.Linear(layer.weight, layer.packed, layer.eight, layer.four, bias, shares_a, None)
    return linear.Linear(weights.pop(name + ".weight"), None, None, None, bias, shares_a, None)


def found(weights: Dict[str, Tensor], name: str) -> Optional[Tensor]:
    """What is not in every model."""
    if name in weights:
        return weights.pop(name)
    return None
