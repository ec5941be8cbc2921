# Hidden states: of a few places only, or of all blocks.
import attention
import batch
import block
import causal
import dtypes
import head
import model
import norm
import rope
import trunk


def hidden(m: model.Model, h: block.Streams, i: int, index: Tensor, few: bool) -> Tensor:
    """
    Outputs of block i at places index [n] of the rows flattened to [B · T]: [n, d] float32. Where they are few, h is
    what comes into the block, else what comes out of it.
    """
    y = last(m, h, i, index) if few else h.rows.flatten(0, 1).index_select(0, index)
    return y.to(dtypes.float32())


def states(m: model.Model, b: batch.Batch) -> Tuple[Tensor, Tensor]:
    """What comes into each block and, normed, out of the last, [blocks + 1, B, T, d] float32; logits [B, T, V]."""
    seen: List[block.Streams] = []
    h = trunk.run(m, b, len(m.blocks), False, seen, None, None)
    rows = [each.rows for each in seen] + [norm.rms(h.rows, m.norm, m.config)]
    return torch.stack(rows).to(dtypes.float32()), head.logits(h.rows, m)


def last(m: model.Model, h: block.Streams, i: int, index: Tensor) -> Tensor:
    """
    Outputs of block i, whose inputs are h, at places index [n] of the rows flattened to [B · T]: [n, d]. Keys and
    values are computed of all places, everything else of these alone.
    """
    c = m.config
    layer = m.blocks[i]
    b, t, d = h.rows.shape
    p = h.prefix.shape[1]
    a = rope.angles(0, p + t, m.frequencies, dtypes.named(m.config.dtype))[layer.kind]
    own_angles = rope.between(a, p, p + t)
    kv = keys_and_values(h.rows, layer, own_angles, m)
    if p > 0:
        kv = attention.behind(keys_and_values(h.prefix, layer, rope.between(a, 0, p), m), kv)
    row = index // t
    column = index % t
    x = h.rows.reshape([-1, 1, d]).index_select(0, index)
    normed = norm.rms(x, layer.attention_norm, c)
    q = attention.queries(normed, layer.attention, rope.at(own_angles, column), c)
    own = attention.KeyValue(kv.key.index_select(0, row), kv.value.index_select(0, row))
    y = attention.attend(q, own, mask(column + p, p + t, layer.kind, x.dtype, m), c)
    return block.finished(x, attention.merged(y), layer, c).squeeze(1)


def keys_and_values(h: Tensor, layer: block.Block, angles: rope.Angles, m: model.Model) -> attention.KeyValue:
    """Of a block's inputs [B, T, d]."""
    return attention.keys_and_values(norm.rms(h, layer.attention_norm, m.config), layer.attention, angles, m.config)


def mask(place: Tensor, keys: int, kind: int, dtype: int, m: model.Model) -> Tensor:
    """What each of the places [n] sees of the keys: [n, 1, H / K, keys]."""
    c = m.config
    key = torch.arange(keys, device=place.device).unsqueeze(0)
    own = place.unsqueeze(1)
    seen = key <= own
    window = c.windows[kind]
    if window > 0:
        seen = seen.logical_and(key > own - window)
    return causal.additive(seen, dtype).view([-1, 1, 1, keys]).expand([-1, -1, c.heads // c.kv_heads, -1])
