# A long text, read some tokens at a time: what was read before comes in as keys and values, and those of all goes out.
import attention
import block
import dtypes
import embedding
import model
import trunk


class Read(NamedTuple):
    hidden: Tensor  # [t, d] float32
    keys: Tensor  # [blocks, K, p + t, D]
    values: Tensor  # [blocks, K, p + t, D]


def more(m: model.Model, inputs: Dict[str, Tensor]) -> Read:
    """Outputs of block for the tokens rows [1, t], behind the p that keys and values are of; p is 0 without these."""
    blocks = int(inputs["block"]) + 1
    h = embedding.look_up(inputs["rows"].clone(), m)
    keys, values = before(m, inputs, blocks)
    at = trunk.places(m, keys.shape[2], h.shape[1])
    all_keys: List[Tensor] = []
    all_values: List[Tensor] = []
    for i in range(blocks):
        known = attention.KeyValue(keys[i].unsqueeze(0), values[i].unsqueeze(0))
        h, kv = block.following(h, known, m.blocks[i], at, m.config)
        all_keys.append(kv.key[0])
        all_values.append(kv.value[0])
    return Read(h[0].to(dtypes.float32()), torch.stack(all_keys), torch.stack(all_values))


def before(m: model.Model, inputs: Dict[str, Tensor], blocks: int) -> Tuple[Tensor, Tensor]:
    if "keys" in inputs:
        return inputs["keys"], inputs["values"]
    c = m.config
    none = torch.zeros([blocks, c.kv_heads, 0, c.head_dim], dtype=dtypes.named(c.dtype), device=m.norm.device)
    return none, none
