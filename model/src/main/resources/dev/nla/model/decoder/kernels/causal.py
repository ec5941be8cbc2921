# Who sees whom: each token what came before it, itself included; in a window, the last so many of these. And attention
# over long texts, in parts of at most span queries, so that it takes memory with the length of a text and not with its
# square.
import attention
import config
import dtypes
import rope


# What attention needs to know of the places of a batch; one of each for each kind of attention.
class Places(NamedTuple):
    angles: List[rope.Angles]  # of the P + T places
    masks: List[Tensor]  # of the last min(T, span) places, see mask
    prefix_masks: List[Tensor]  # of the last min(P, span) places of the prefix


def places(p: int, t: int, frequencies: Tensor, dtype: int, c: config.Config) -> Places:
    """Those of rows of t tokens after a prefix of p."""
    angles = rope.angles(0, p + t, frequencies, dtype)
    masks: List[Tensor] = []
    prefix_masks: List[Tensor] = []
    for window in c.windows:
        masks.append(mask(t, p + t, window, angles[0].cos, c))
        prefix_masks.append(mask(p, p, window, angles[0].cos, c))
    return Places(angles, masks, prefix_masks)


def mask(t: int, keys: int, window: int, like: Tensor, c: config.Config) -> Tensor:
    """Of the last n = min(t, span) of all places, once for each head of a group: [H / K · n, keys]."""
    n = min(t, c.span)
    seen = torch.ones([n, keys], dtype=dtypes.boolean(), device=like.device).tril(keys - n)
    if 0 < window and window < keys:
        seen = seen.triu(keys - n - window + 1)
    return additive(seen, like.dtype).repeat([c.heads // c.kv_heads, 1])


def additive(seen: Tensor, dtype: int) -> Tensor:
    """0 where something is seen, -inf elsewhere."""
    return torch.zeros(seen.shape, dtype=dtype, device=seen.device).masked_fill(seen.logical_not(), -inf)


def attend(q: Tensor, kv: attention.KeyValue, mask: Tensor, window: int, c: config.Config) -> Tensor:
    """Attention of the last t of all places, q [B, H, t, D], to all of them, kv; mask is of these t, see mask above."""
    t = q.shape[2]
    places = kv.key.shape[2]
    g = c.heads // c.kv_heads
    n = len(mask) // g
    if t <= n:
        return attention.attend(q, kv, mask, c)
    # Who sees whom hangs on the distance alone: the mask of the last n queries serves the n before them, its columns
    # moved along.
    by_head = mask.view([g, n, places])
    parts: List[Tensor] = []
    count = (t + n - 1) // n
    for i in range(count):
        later = (count - i - 1) * n
        end = t - later
        begin = max(0, end - n)
        seen = places - later
        first = 0
        if window > 0:
            first = max(0, places - t + begin - window + 1)
        own = by_head[:, n - (end - begin) :, later + first :].reshape([g * (end - begin), seen - first])
        parts.append(attention.attend(q.narrow(2, begin, end - begin), attention.between(kv, first, seen), own, c))
    return torch.cat(parts, 2)
