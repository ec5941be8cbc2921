# Attention with fewer heads of keys and values than of queries (Vaswani et al. 2017; Ainslie et al. 2023). Head k of
# the K heads of keys and values serves the H / K heads of queries k · H / K and following.
#
# attend serves training, reading and prompts; attend_next the tokens that are written one by one. What changes the one
# changes the other.
import config
import dtypes
import linear
import norm
import rope


class Attention(NamedTuple):
    query: linear.Linear  # [H · D, d]
    key: linear.Linear  # [K · D, d]
    value: linear.Linear  # [K · D, d]
    output: linear.Linear  # [d, H · D]
    query_norm: Optional[Tensor]  # [D], in families that normalise heads
    key_norm: Optional[Tensor]  # [D]


class KeyValue(NamedTuple):
    key: Tensor  # [B, K, T, D]
    value: Tensor  # [B, K, T, D]


def queries(x: Tensor, layer: Attention, angles: rope.Angles, c: config.Config) -> Tensor:
    """Queries of x [B, T, d], turned by their places: [B, H, T, D]."""
    b, t, d = x.shape
    q = linear.apply(x, layer.query).view([b, t, c.heads, c.head_dim])
    return rope.rotate(norm.rms_if_there(q, layer.query_norm, c).transpose(1, 2), angles)


def keys_and_values(x: Tensor, layer: Attention, angles: rope.Angles, c: config.Config) -> KeyValue:
    """Keys, turned by their places, and values of x [B, T, d]."""
    b, t, d = x.shape
    k = linear.apply(x, layer.key).view([b, t, c.kv_heads, c.head_dim])
    v = linear.apply(x, layer.value).view([b, t, c.kv_heads, c.head_dim])
    k = rope.rotate(norm.rms_if_there(k, layer.key_norm, c).transpose(1, 2), angles)
    return KeyValue(k, v.transpose(1, 2))


def behind(prefix: KeyValue, rows: KeyValue) -> KeyValue:
    """Keys and values of rows [B, …] behind those of the prefix [1, …] that all rows share."""
    b = len(rows.key)
    key = torch.cat([prefix.key.expand([b, -1, -1, -1]), rows.key], 2)
    return KeyValue(key, torch.cat([prefix.value.expand([b, -1, -1, -1]), rows.value], 2))


def between(kv: KeyValue, begin: int, end: int) -> KeyValue:
    """Those of places begin to end - 1 of them."""
    return KeyValue(kv.key.narrow(-2, begin, end - begin), kv.value.narrow(-2, begin, end - begin))


def attend(q: Tensor, kv: KeyValue, mask: Tensor, c: config.Config) -> Tensor:
    """softmax(scale · q kᵀ + mask) v: [B, H, T, D] for q [B, H, T, D]; mask [H / K · T, places of kv] is 0 or -inf."""
    b, h, t, d = q.shape
    # The heads that share keys stand one below the other, as if they were more queries.
    grouped = q.reshape([b, c.kv_heads, h // c.kv_heads * t, d])
    y = torch.scaled_dot_product_attention(grouped, kv.key, kv.value, mask, 0.0, False, scale=c.scale, enable_gqa=False)
    return y.reshape([b, h, t, d])


def attend_next(q: Tensor, prefix: KeyValue, own: KeyValue, c: config.Config) -> Tensor:
    """
    The same for one query a row, q [n, H, 1, D], which sees all of its keys: first those of the prefix, [K, P, D], the
    same for all rows, then the row's own, [n, K, S, D]. Heads beside each other: [n, 1, H · D].
    """
    n, h, t, d = q.shape
    k = c.kv_heads
    g = h // k
    p = prefix.key.shape[1]
    grouped = q.reshape([n, k, g, d]) * c.scale
    scores = torch.matmul(grouped, own.key.transpose(2, 3))
    if p > 0:
        # One product for all rows, [K, n · g, P], as they share these keys.
        together = grouped.transpose(0, 1).reshape([k, n * g, d])
        shared = torch.bmm(together, prefix.key.transpose(1, 2)).view([k, n, g, p]).transpose(0, 1)
        scores = torch.cat([shared, scores], -1)
    weights = torch.softmax(scores, -1, dtypes.float32()).to(q.dtype)
    y = torch.matmul(weights[..., p:], own.value)
    if p > 0:
        together = weights[..., :p].transpose(0, 1).reshape([k, n * g, p])
        y = torch.bmm(together, prefix.value).view([k, n, g, d]).transpose(0, 1) + y
    return y.reshape([n, 1, h * d])


def merged(y: Tensor) -> Tensor:
    """Heads beside each other: [B, H, T, D] to [B, T, H · D]."""
    b, h, t, d = y.shape
    return y.transpose(1, 2).reshape([b, t, h * d])
