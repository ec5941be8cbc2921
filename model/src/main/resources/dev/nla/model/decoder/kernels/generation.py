# Completions in the making. They are decoded in a loop that can stop after any token and be entered again; those that
# are finished are taken out of the batch.
import attention
import batch
import block
import decode
import dtypes
import head
import model
import rope
import sample
import steer
import trunk


# N completions are asked for, n of them are still being decoded.
class Generation:
    caches: List[block.Cache]  # of each block; rows [n, K, T + limit, D], with room for all that may come
    tokens: Tensor  # [N, limit] int64, -1 behind the end of a completion
    log_probabilities: Tensor  # [N, limit] float32, 0 there
    uniforms: Tensor  # [N, limit] float32 in [0, 1): what each token is drawn by
    stops: Tensor  # [S, 1 + longest] int64: of each sequence that ends a completion its length, then its tokens
    rows: Tensor  # [n] int64: which of the N they are
    done: Tensor  # [n] bool: those that have ended since
    logits: Tensor  # [n, V] float32 of their next token
    count: int  # tokens so far

    def __init__(self, caches: List[block.Cache], logits: Tensor, uniforms: Tensor, stops: Tensor):
        n, limit = uniforms.shape
        device = uniforms.device
        self.caches = caches
        self.logits = logits
        self.uniforms = uniforms
        self.stops = stops
        self.tokens = torch.full([n, limit], -1, device=device)
        self.log_probabilities = torch.zeros([n, limit], device=device)
        self.rows = torch.arange(n, device=device)
        self.done = torch.zeros([n], dtype=dtypes.boolean(), device=device)
        self.count = 0

    def going(self) -> bool:
        return self.count < self.tokens.shape[1] and int(self.done.sum()) < len(self.rows)

    def drop(self, dropped: Tensor):
        """Ends the completions that are above 0 in dropped [N]."""
        self.done = self.done.logical_or((dropped > 0).index_select(0, self.rows))


def begun(m: model.Model, b: batch.Batch, inputs: Dict[str, Tensor]) -> Generation:
    """Reads the prompts; samples of one prompt follow each other. uniforms, stops and what steers are inputs."""
    prompts: List[block.Cache] = []
    h = trunk.run(m, b, len(m.blocks), False, None, prompts, steer.read(inputs))
    samples = int(inputs["samples"])
    limit = inputs["uniforms"].shape[1]
    caches: List[block.Cache] = []
    for cache in prompts:
        prefix = attention.KeyValue(cache.prefix.key.contiguous(), cache.prefix.value.contiguous())
        key = with_room(cache.rows.key, samples, limit)
        caches.append(block.Cache(prefix, attention.KeyValue(key, with_room(cache.rows.value, samples, limit))))
    logits = head.logits(h.rows[:, -1], m).repeat_interleave(samples, 0)
    return Generation(caches, logits, inputs["uniforms"].clone(), inputs["stops"].clone())


def with_room(x: Tensor, samples: int, limit: int) -> Tensor:
    """Each row of x [B, K, T, D] so many times, with room for so many places more."""
    b, k, t, d = x.shape
    room = torch.empty([b * samples, k, t + limit, d], dtype=x.dtype, device=x.device)
    room.narrow(2, 0, t).copy_(x.repeat_interleave(samples, 0))
    return room


def advance(g: Generation, m: model.Model, sampling: sample.Sampling, most: int) -> bool:
    """Decodes at most so many tokens more of each completion; whether any may get more."""
    limit = g.tokens.shape[1]
    prompt = g.caches[0].rows.key.shape[2] - limit
    before = g.caches[0].prefix.key.shape[1] + prompt
    angles = rope.angles(before, before + limit, m.frequencies, dtypes.named(m.config.dtype))
    end = min(limit, g.count + most)
    going = g.going()
    while going and g.count < end:
        ids = next_tokens(g, sampling)
        going = g.going()
        if going:
            ids = without_finished(g, ids)
            at = g.count - 1
            g.logits = decode.step(ids, m, g.caches, [rope.between(a, at, at + 1) for a in angles], prompt + at)
    return going


def next_tokens(g: Generation, sampling: sample.Sampling) -> Tensor:
    """Draws a token for each row, [n], and notes those of rows that have not ended."""
    at = g.count
    ids, log_probabilities = sample.draw(g.logits, sampling, g.uniforms[:, at].index_select(0, g.rows))
    live = g.done.logical_not()
    put = [g.rows.masked_select(live)]
    g.tokens[:, at].index_put_(put, ids.masked_select(live))
    g.log_probabilities[:, at].index_put_(put, log_probabilities.masked_select(live))
    g.count = at + 1
    for k in range(len(g.stops)):
        length = int(g.stops[k, 0])
        if g.count >= length:
            tail = g.tokens[:, g.count - length : g.count].index_select(0, g.rows)
            g.done = g.done.logical_or((tail == g.stops[k, 1 : length + 1]).all(1))
    return ids


def without_finished(g: Generation, ids: Tensor) -> Tensor:
    """Takes the rows that have ended out of the batch; the ids of those that stay, [n]."""
    # It costs a copy of the caches, which an eighth of the rows is worth.
    if int(g.done.sum()) * 8 < len(g.rows):
        return ids
    left = g.done.logical_not().nonzero().view([-1])
    g.rows = g.rows.index_select(0, left)
    g.done = g.done.index_select(0, left)
    for i, cache in enumerate(g.caches):
        own = cache.rows
        kept = attention.KeyValue(own.key.index_select(0, left), own.value.index_select(0, left))
        g.caches[i] = block.Cache(cache.prefix, kept)
    return ids.index_select(0, left)
