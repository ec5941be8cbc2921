# One token more of each completion.
import attention
import block
import embedding
import head
import model
import rope


def step(ids: Tensor, m: model.Model, caches: List[block.Cache], angles: List[rope.Angles], own: int) -> Tensor:
    """
    Logits [n, V] of what comes after tokens ids [n], which go to place own of the caches' rows [n, K, room, D]; what is
    before that place is there already. angles are those of this one place, for each kind of attention.
    """
    h = embedding.look_up(ids.unsqueeze(1), m)
    for i, layer in enumerate(m.blocks):
        q, kv = block.projected(h, layer, angles[layer.kind], m.config)
        cache = caches[i]
        cache.rows.key.narrow(2, own, 1).copy_(kv.key)
        cache.rows.value.narrow(2, own, 1).copy_(kv.value)
        seen = seen_by(own, cache, m.config.windows[layer.kind])
        h = block.finished(h, attention.attend_next(q, seen.prefix, seen.rows, m.config), layer, m.config)
    return head.logits(h.squeeze(1), m)


def seen_by(own: int, cache: block.Cache, window: int) -> block.Cache:
    """What a token at place own of the rows sees."""
    prefix = cache.prefix
    first = 0
    if window > 0:
        first = max(0, own + 1 - window)
        p = prefix.key.shape[1]
        gone = min(p, max(0, p + own + 1 - window))
        prefix = attention.between(prefix, gone, p)
    return block.Cache(prefix, attention.between(cache.rows, first, own + 1))
