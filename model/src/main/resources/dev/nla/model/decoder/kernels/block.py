# One block of the decoder: attention, then a feed-forward layer, each behind a norm and added to what came in. The
# prefix that all rows of a batch begin with runs beside them and is computed once.
import attention
import causal
import config
import feed_forward
import linear
import norm
import rope


class Block(NamedTuple):
    kind: int  # of attention: an index into Config.windows and all that is kept for each kind
    attention_norm: Tensor  # [d]
    attention: attention.Attention
    attention_result_norm: Optional[Tensor]  # [d], in families that normalise results too
    feed_forward_norm: Tensor  # [d]
    feed_forward: feed_forward.FeedForward
    feed_forward_result_norm: Optional[Tensor]  # [d]


# Hidden states between blocks.
class Streams(NamedTuple):
    prefix: Tensor  # [1, P, d]
    rows: Tensor  # [B, T, d]


# What later tokens attend to.
class Cache(NamedTuple):
    prefix: attention.KeyValue  # [K, P, D]
    rows: attention.KeyValue  # [B, K, T, D]


def apply(h: Streams, layer: Block, at: causal.Places, whole: bool, c: config.Config) -> Tuple[Streams, Cache]:
    """Runs the block. Unless whole is set nobody needs the prefix afterwards: only its keys and values are computed."""
    k = layer.kind
    window = c.windows[k]
    p = h.prefix.shape[1]
    q, own = projected(h.rows, layer, rope.between(at.angles[k], p, p + h.rows.shape[1]), c)
    kv = own
    shared = attention.between(own, 0, 0)
    prefix = h.prefix
    if p > 0:
        prefix_q, shared = projected(prefix, layer, rope.between(at.angles[k], 0, p), c)
        kv = attention.behind(shared, own)
        if whole:
            y = causal.attend(prefix_q, shared, at.prefix_masks[k], window, c)
            prefix = finished(prefix, attention.merged(y), layer, c)
    y = causal.attend(q, kv, at.masks[k], window, c)
    rows = finished(h.rows, attention.merged(y), layer, c)
    return Streams(prefix, rows), Cache(attention.KeyValue(shared.key[0], shared.value[0]), own)


def following(
    h: Tensor, before: attention.KeyValue, layer: Block, at: causal.Places, c: config.Config
) -> Tuple[Tensor, attention.KeyValue]:
    """Runs the block on h [1, t, d], which stands behind places whose keys and values are there; gives those of all."""
    k = layer.kind
    p = before.key.shape[2]
    q, own = projected(h, layer, rope.between(at.angles[k], p, p + h.shape[1]), c)
    kv = attention.behind(before, own)
    y = causal.attend(q, kv, at.masks[k], c.windows[k], c)
    return finished(h, attention.merged(y), layer, c), kv


def projected(h: Tensor, layer: Block, angles: rope.Angles, c: config.Config) -> Tuple[Tensor, attention.KeyValue]:
    """Queries, keys and values of h [B, T, d]."""
    x = norm.rms(h, layer.attention_norm, c)
    kv = attention.keys_and_values(x, layer.attention, angles, c)
    return attention.queries(x, layer.attention, angles, c), kv


def finished(h: Tensor, y: Tensor, layer: Block, c: config.Config) -> Tensor:
    """What follows attention, whose result for h [B, T, d] is y [B, T, H · D]."""
    y = linear.apply(y, layer.attention.output)
    h = h + norm.rms_if_there(y, layer.attention_result_norm, c)
    y = feed_forward.apply(norm.rms(h, layer.feed_forward_norm, c), layer.feed_forward, c)
    return h + norm.rms_if_there(y, layer.feed_forward_result_norm, c)


def linears(layer: Block) -> List[linear.Linear]:
    """The linear layers, in the order in which adapters have them."""
    a = layer.attention
    f = layer.feed_forward
    return [a.query, a.key, a.value, a.output, f.gate, f.up, f.down]


def adapted(layer: Block, loras: List[Optional[linear.Lora]]) -> Block:
    """The same block with another adapter: one addition, or none, for each of linears."""
    a = layer.attention
    f = layer.feed_forward
    return Block(
        layer.kind,
        layer.attention_norm,
        attention.Attention(
            linear.adapted(a.query, loras[0]),
            linear.adapted(a.key, loras[1]),
            linear.adapted(a.value, loras[2]),
            linear.adapted(a.output, loras[3]),
            a.query_norm,
            a.key_norm,
        ),
        layer.attention_result_norm,
        layer.feed_forward_norm,
        feed_forward.FeedForward(
            linear.adapted(f.gate, loras[4]), linear.adapted(f.up, loras[5]), linear.adapted(f.down, loras[6])
        ),
        layer.feed_forward_result_norm,
    )
